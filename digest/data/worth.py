"""Worth: what a quantity says in whole units, ready to be computed with (折算): 4.1亿元 is 410000000元, 1/10 is 10%.

Only scales are converted: 万元 becomes 元, and 万人 becomes 人. 人 never becomes 人次, nor 每年10个 ten 个.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from digest.data.incomparable import Incomparable, refuse
from digest.data.interval import Interval
from digest.data.quantity import QUALIFIERS, RATES, SCALES, Bound, Quantity, parse_quantity

SHARE: Final = "%"  # the unit of every share, however it was written
POINTS: Final = "百分点"

_PARTS_OF_ONE: Final = {
    "%": (Fraction(1, 100), SHARE),
    "％": (Fraction(1, 100), SHARE),
    "‰": (Fraction(1, 1000), SHARE),
    "成": (Fraction(1, 10), SHARE),
    "百分点": (Fraction(1, 100), POINTS),
    "个百分点": (Fraction(1, 100), POINTS),
}
_EXACT, _VAGUE = QUALIFIERS[""][1], Bound()
_ORDINALS: Final = frozenset(("第", "前"))


class Worth(NamedTuple):
    """Where the number lies, in whole units; shares and 百分点 are parts of one. `rate` is 每年, 每村 ... or empty."""

    interval: Interval
    unit: str
    rate: str = ""

    @property
    def is_share(self) -> bool:
        """Whether its changes are told in 百分点."""
        return self.unit in {SHARE, POINTS}


def worth(quantity: Quantity) -> Worth | Incomparable:
    """What `quantity` says in whole units. Refused: ordinals (第三届, 首位), negative numbers with a bound (-5余)."""
    if quantity.prefix in _ORDINALS or quantity.numeral == "首":
        return refuse("ordinal", quantity)
    if quantity.amount < 0 and QUALIFIERS[quantity.qualifier][1] not in {_EXACT, _VAGUE}:
        return refuse("negative_bound", quantity)
    factor, unit = _whole_unit(quantity)
    written = Interval(quantity.lower, quantity.upper, quantity.lower_strict, quantity.upper_strict)
    return Worth(written * factor, unit, quantity.prefix if quantity.prefix in RATES else "")


def _whole_unit(quantity: Quantity) -> tuple[Fraction, str]:
    """How many of the whole unit one of the written unit is: 10000 and 元 for 万元."""
    if not quantity.counted and re.search("[/／]|分之", quantity.numeral):
        return Fraction(1), SHARE
    return _whole(quantity.counted)


@lru_cache(maxsize=1024)  # a book has a few units and asks for each of its numbers
def _whole(unit: str) -> tuple[Fraction, str]:
    if unit in _PARTS_OF_ONE:
        return _PARTS_OF_ONE[unit]
    try:
        one = parse_quantity(f"1{unit}")
    except ValueError:
        return Fraction(1), unit
    if one != Quantity(Fraction(1), "1", one.unit, one.scale):  # words of approximation are no unit
        return Fraction(1), unit
    return Fraction(SCALES[one.scale]), one.unit
