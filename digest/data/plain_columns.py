"""A column of plain numbers becomes quantities at once (整列取数); what is not plain is left out.

What is done for every cell is done by the interpreter's own loops, over the texts and values of a whole column: that
all texts are digits is asked of one long text, that what is stored is what is shown of two lists, and the values that
come back are filled slot by slot (`plain_quantities`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import compress, repeat
from operator import eq
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.answers import Aside, Counted
from digest.data.quantity import plain_quantities, without_commas

if TYPE_CHECKING:
    from collections.abc import Sequence


class Plain(NamedTuple):
    """Cells of a column, by their number in it, and what they say."""

    places: Sequence[int]
    answers: Sequence[Counted]


def plain_counts(texts: Sequence[str], values: Sequence[object], unit: str, scale: str) -> list[Plain]:
    """The cells that show digits alone and store the same number, or nothing that could be another."""
    found: list[Plain] = []
    places: Sequence[int]
    numerals: Sequence[str]
    stored: Sequence[object]
    for types in (_NUMBERS, _NO_NUMBERS):
        places, numerals, stored = range(len(texts)), texts, values
        if not types.issuperset(map(type, values)):
            places, numerals, stored = _where([type(value) in types for value in values], places, numerals, stored)
        if not _all_digits(numerals):
            digits = [_DIGITS.fullmatch(text) is not None for text in numerals]
            places, numerals, stored = _where(digits, places, numerals, stored)
        if types is _NUMBERS and (told := list(map(float, without_commas(numerals)))) != stored:
            places, numerals, stored = _where(list(map(eq, told, stored)), places, numerals, stored)
        if numerals:
            asides = map(_new, repeat(Aside), zip(numerals, repeat(""), repeat(""), repeat(())))
            quantities = plain_quantities(numerals, unit, scale)
            found.append(Plain(places, list(map(_new, repeat(Counted), zip(quantities, asides, strict=True)))))
    return found


def _where(
    chosen: Sequence[bool], places: Sequence[int], numerals: Sequence[str], stored: Sequence[object]
) -> tuple[list[int], list[str], list[object]]:
    """The same cells where they are chosen."""
    return list(compress(places, chosen)), list(compress(numerals, chosen)), list(compress(stored, chosen))


def _all_digits(numerals: Sequence[str]) -> bool:
    """Whether all of them are; a text of several lines is none."""
    joined = "\n".join(numerals)
    return joined.count("\n") == len(numerals) - 1 and _ALL_DIGITS.fullmatch(joined) is not None


_new: Final = tuple.__new__
_NUMBERS: Final = frozenset((int, float))
_NO_NUMBERS: Final = frozenset((type(None), str, Decimal))
# Fifteen characters: any such decimal comes out of a float as it went in, so that one look at both is enough.
_NUMERAL: Final = r"(?=[-0-9.,]{1,15}(?:\n|\Z))-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_DIGITS: Final = re.compile(_NUMERAL)
_ALL_DIGITS: Final = re.compile(rf"(?:{_NUMERAL}(?:\n(?!\Z)|\Z))++")  # an empty text may be the last
