"""Kerning of chart text: pairs of letters that a face sets closer or wider than their advances say, as browsers do."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.fonts import Face

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;'\"()/-"
"""What is kerned; digits are as wide as each other, but not as far from every letter."""

_FACES: Final = 16  # remembered
_FEATURES: Final = {"kern": True, "liga": False, "clig": False, "calt": False, "ccmp": False, "locl": False}


@lru_cache(_FACES)
def kerns_of(face: Face) -> Mapping[str, float]:
    """Room in em after the first of two letters where the second follows it; pairs without any are left out."""
    import uharfbuzz as hb  # noqa: PLC0415 - already loaded by the time a face is open

    letters = [letter for letter in LETTERS if face.has(letter)]
    text = "".join(_every_pair(letters))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.direction = "Latn", "ltr"
    hb.shape(face.shaper, buffer, _FEATURES)
    advances = {letter: round(face.advance(letter) * face.upem) for letter in letters}
    found = zip(pairwise(text), buffer.glyph_positions, strict=False)
    return {
        one + other: (place.x_advance - advances[one]) / face.upem
        for (one, other), place in found
        if place.x_advance != advances[one]
    }


def _every_pair(letters: list[str]) -> Iterator[str]:
    """A text in which every letter follows every letter once."""
    for i, letter in enumerate(letters):
        yield letter
        for other in letters[i + 1 :]:
            yield letter + other
    yield letters[0]
