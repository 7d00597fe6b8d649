"""Words: where the words of a Chinese text begin (分词), for lines that are read at a glance.

Body text may break between any two characters; headings, captions and cells break at word ends (GB/T 9704-2012, 7.3.1).
The words come from rjieba's dictionary; what stands in quotation marks is one word as long as it is short, so that a
program's name is not parted. The library is loaded when the first such text needs a second line.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

_QUOTED: Final = re.compile(r"“[^“”]{1,6}”")


def inside(text: str, terms: tuple[str, ...]) -> frozenset[int]:
    """Offsets inside the terms that a text has."""
    found = (match for term in terms if term in text for match in re.finditer(re.escape(term), text))
    return frozenset(place for match in found for place in range(match.start() + 1, match.end()))


def word_starts(text: str) -> frozenset[int]:
    """Offsets at which a word of `text` begins; 0 and the end are among them."""
    import rjieba  # noqa: PLC0415 - its dictionary takes longer to load than most digests take to set

    words: list[str] = rjieba.cut(text)
    starts = {0, *accumulate(map(len, words))}
    for match in _QUOTED.finditer(text):
        starts -= set(range(match.start() + 1, match.end()))
    return frozenset(starts | {0, len(text)})
