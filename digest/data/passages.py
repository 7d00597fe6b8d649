"""Passages (段落查找): where a quote stands in a document, and what comes nearest where it does not."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final


@dataclass(frozen=True, slots=True)
class Passage:
    """What was found: `exact` to the character; `same` but for width, spaces and quotation marks; else the nearest."""

    text: str
    exact: bool = False
    same: bool = False


def find_passage(quote: str, body: str) -> Passage:
    """The passage of `body` that is `quote`, or comes nearest to it; an empty one where nothing is alike."""
    if quote in body:
        return Passage(quote, exact=True, same=True)
    plain, places = _plainly(body)
    wanted, _ = _plainly(quote)
    at = plain.find(wanted) if wanted else -1
    if at >= 0:
        return Passage(body[places[at] : places[at + len(wanted) - 1] + 1], same=True)
    return Passage(_nearest(wanted, plain, places, body))


def _plainly(text: str) -> tuple[str, list[int]]:
    """The text without spaces and differences of width, and for each of its characters where it stood."""
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKC", char).translate(_ALIKE):
            if not plain.isspace():
                chars.append(plain)
                places.append(place)
    return "".join(chars), places


def _nearest(wanted: str, plain: str, places: list[int], body: str) -> str:
    """The stretch of the body around the longest thing both have in common, as long as what is sought."""
    if not wanted:
        return ""
    match = SequenceMatcher(None, plain, wanted, autojunk=False).find_longest_match()
    if match.size < min(_ALIKE_ENOUGH, len(wanted)):
        return ""
    start = max(0, match.a - match.b)
    end = min(len(plain), start + len(wanted))
    return body[places[start] : places[end - 1] + 1]


_ALIKE: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u200b": " ", "\ufeff": " "})
_ALIKE_ENOUGH: Final = 3  # characters in common; two may be chance
