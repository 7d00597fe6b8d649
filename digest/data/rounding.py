"""Rounding (修约) that does not lie: by a rule that is named, and never onto a number that would say something else.

99.96% done is not 100.0% done but 不足100%, a change by 0.03% is not 0 but 不足0.1%, and the ends of an interval move
outwards only. For whoever prints a `Comparison`: `shown` gives the number and how it stands to the truth; the words
are the story's.

A half goes away from zero (四舍五入, `half_up`) unless the project asks for the even neighbour (四舍六入五成双,
`half_even`, GB/T 8170 3.2). The first is the rule of tables in an office: it is what a workbook shows, and a digest
that differs from the workbook by a last digit is taken for wrong.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.data.interval import Interval
from digest.data.quantity import SCALES

if TYPE_CHECKING:
    from digest.data.compare import Comparison, Kind

Relation = Literal["exact", "rounded", "under", "over"]
"""The truth is the number, is close to it, is less than it, is more than it (both without regard to the sign)."""

Rule = Literal["half_up", "half_even"]
RULES: Final[dict[str, Rule]] = {"四舍五入": "half_up", "四舍六入五成双": "half_even"}

# What says more than a number, as it is printed: 0 is no change, -100% is gone, 100% is all of it. It is printed only
# where it is true.
LIMITS: Final[dict[Kind, tuple[int, ...]]] = {
    "amount": (0,),
    "percent_points": (0,),
    "percent": (-100, 0),
    "share": (0, 100),
    "completion": (0, 100),
    "contribution": (0, 100),
    "multiple": (1,),
}


class Shown(NamedTuple):
    """A number with at most so many decimals (`digits`) and how the truth stands to it."""

    number: Fraction
    digits: int
    relation: Relation = "exact"

    @property
    def numeral(self) -> str:
        """Its digits without a unit: `48.5`, `-0.1`, `0.0`; never `-0.0`."""
        sign = "-" if self.number < 0 else ""
        units = int(abs(self.number) * 10**self.digits)
        whole, rest = divmod(units, 10**self.digits)
        return f"{sign}{whole}.{rest:0{self.digits}}" if self.digits else f"{sign}{whole}"


def rounded(number: Fraction, digits: int, rule: Rule = "half_up") -> Fraction:
    """`number` with `digits` decimals: 0.25 is 0.3, by `half_even` 0.2; -0.25 is -0.3. ValueError below 0 digits."""
    unit = _unit(digits)
    units = round(abs(number) / unit) if rule == "half_even" else floor(abs(number) / unit + Fraction(1, 2))
    return units * unit if number >= 0 else -units * unit


def rounded_outwards(interval: Interval, digits: int) -> Interval:
    """The smallest interval with `digits` decimals that holds all of `interval`; an end that moved is open."""
    unit = _unit(digits)
    lower = None if interval.lower is None else floor(interval.lower / unit) * unit
    upper = None if interval.upper is None else ceil(interval.upper / unit) * unit
    return Interval(
        lower, upper, interval.lower_open or lower != interval.lower, interval.upper_open or upper != interval.upper
    )


def show_number(number: Fraction, digits: int, limits: tuple[int, ...] = (0,), rule: Rule = "half_up") -> Shown:
    """`number` as it may be printed: rounded, unless it would reach or cross one of `limits` it is not at.

    It is then told by that limit (不足100), and by the smallest step where the limit is zero (不足0.1).
    """
    near = rounded(number, digits, rule)
    if near == number:
        return Shown(near, digits)
    for limit in limits:
        if (number < limit <= near) or (near <= limit < number):
            if limit:
                return Shown(Fraction(limit), 0, "under" if abs(number) < abs(limit) else "over")
            return Shown(_unit(digits) if number > 0 else -_unit(digits), digits, "under")
    return Shown(near, digits, "rounded")


def shown(comparison: Comparison, digits: int, scale: str = "", rule: Rule = "half_up") -> Shown | Interval:
    """What may be printed of it: per cent, 百分点 and 倍 with `digits` decimals, an amount in `scale` (万, 亿).

    An interval stays one, its ends rounded outwards. KeyError for an unknown scale.
    """
    factor = Fraction(100)
    if comparison.kind == "multiple":
        factor = Fraction(1)
    elif comparison.kind == "amount":
        factor = Fraction(1, SCALES[scale])
    if isinstance(comparison.value, Interval):
        return rounded_outwards(comparison.value * factor, digits)
    return show_number(comparison.value * factor, digits, LIMITS[comparison.kind], rule)


def _unit(digits: int) -> Fraction:
    if digits < 0:
        raise ValueError(f"decimals are counted from 0, not {digits}")
    return Fraction(1, 10**digits)
