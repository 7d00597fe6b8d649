"""What came out of a comparison, in words that are true of it (表述): 同比增长5.3%, 下降不足0.1%, 与上年同期持平.

Here a fraction becomes the quantity that is printed and the clause it is said in. What is not exact keeps the word
that says so, one only: 约 where every number that may be meant rounds to the same, else 超过 or 不低于, 不足 or 不超过.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.adding import numeral, restated
from digest.data.incomparable import Incomparable, refuse
from digest.data.quantity import Quantity
from digest.data.rounding import Shown, rounded, shown

if TYPE_CHECKING:
    from digest.data.answers import Change, Level
    from digest.data.compare import Comparison, Kind
    from digest.data.interval import Interval
    from digest.data.over_time import Basis
    from digest.data.period import Period
    from digest.data.rounding import Relation, Rule


class Worded(NamedTuple):
    """A quantity with its sign, for tables and charts, and the clause for a sentence."""

    quantity: Quantity
    wording: str


def change_in_words(
    change: Comparison, basis: Basis, period: Period, digits: int, rule: Rule = "half_up"
) -> Worded | Incomparable:
    """A change over time. Refused where it may be a rise as well as a fall."""
    size = _size(change, digits, rule)
    if not isinstance(size, Quantity):
        return size
    falls = change.interval.negative
    if change.direction == "level":
        return Worded(size, _LEVEL[basis, _length(period)])
    return _told(size, change.kind, basis, period, falls=falls)


def stated_in_words(change: Change | Level, basis: Basis, period: Period, digits: int) -> Worded:
    """A change as a table gives it, its number untouched."""
    size = getattr(change, "size", None)
    if size is None:
        none = Quantity(Fraction(0), numeral(Fraction(0), digits), "%")
        return Worded(none, _LEVEL[basis, _length(period)])
    falls = bool(getattr(change, "falls", False))
    return _told(size, _KIND_OF[getattr(change, "kind", "percent")], basis, period, falls=falls)


def part_in_words(part: Comparison, clause: str, digits: int, rule: Rule = "half_up") -> Worded | Incomparable:
    """A share, completion or contribution, in `clause` with {} where its quantity goes; 的 and 为 stand before numbers
    only: 完成年度目标的85.1%, 完成年度目标不足100%.
    """
    size = _size(part, digits, rule)
    if isinstance(size, Incomparable):
        return size
    quantity = _signed(size, "") if part.interval.negative else size
    if not size.exact:
        clause = clause.replace("的{}", "{}").replace("为{}", "{}")
    return Worded(quantity, clause.format(quantity))


def pace_in_words(lead: Comparison, digits: int, rule: Rule = "half_up") -> Worded | Incomparable:
    """By how much a completion is before the time that is over, in 百分点. Refused where it may be behind as well."""
    size = _size(lead, digits, rule)
    if isinstance(size, Incomparable):
        return size
    if lead.direction == "level":
        return Worded(size, "与时序进度一致")
    falls = lead.interval.negative
    return Worded(_signed(size, "慢") if falls else size, f"比时序进度{'慢' if falls else '快'}{size}")


def _told(size: Quantity, kind: Kind, basis: Basis, period: Period, *, falls: bool) -> Worded:
    """The clause, and the quantity with its sign; 降不足0.1% where a minus would stand before the 不足."""
    rise, fall = _VERBS[kind]
    clause = f"{_LEAD[basis, _length(period)]}{fall if falls else rise}{size}"
    return Worded(_signed(size, "减" if kind == "amount" else "降") if falls else size, clause)


def _signed(size: Quantity, word: str) -> Quantity:
    if size.exact:
        return replace(size, value=-size.value, numeral=f"-{size.numeral}")
    return replace(size, value=-size.value, prefix=word)


def _size(comparison: Comparison, digits: int, rule: Rule) -> Quantity | Incomparable:
    """How much it is, without its sign."""
    if comparison.kind == "amount":
        return _amount(comparison)
    told = shown(comparison, digits, rule=rule)
    unit = _UNITS.get(comparison.kind, "%")
    if isinstance(told, Shown):
        near, word = abs(told.number), _RELATIONS[told.relation]
        return Quantity(near, numeral(near, told.digits), unit, qualifier=word, at="front" if word else "after")
    raw = _without_sign(comparison)
    if isinstance(raw, Incomparable):
        return raw
    if raw.lower is not None and raw.upper is not None:
        low, high = (rounded(end * 100, digits, rule) for end in (raw.lower, raw.upper))
        if low == high and low:
            return Quantity(low, numeral(low, digits), unit, qualifier="约", at="front")
    end = _told_end(-told if comparison.interval.negative else told, "不低于")
    if end is None:
        return refuse("unbounded", "、".join(map(str, comparison.of)))
    return Quantity(end[0], numeral(end[0], digits), unit, qualifier=end[1], at="front")


def _amount(comparison: Comparison) -> Quantity | Incomparable:
    ends = _without_sign(comparison)
    if isinstance(ends, Incomparable):
        return ends
    if ends.only is not None:
        return restated(ends.only, comparison.of)
    end = _told_end(ends, "不少于")
    if end is None:
        return refuse("unbounded", "、".join(map(str, comparison.of)))
    return replace(restated(end[0], comparison.of), qualifier=end[1], at="front")


def _without_sign(comparison: Comparison) -> Interval | Incomparable:
    """Where its size lies; refused where even the sign is not certain. What is part of something is not below zero."""
    ends = comparison.interval
    if ends.negative:
        return -ends
    if ends.positive or ends.only == 0 or comparison.kind in {"share", "completion"}:
        return ends
    return refuse("direction", "、".join(map(str, comparison.of)))


def _told_end(ends: Interval, at_least: str) -> tuple[Fraction, str] | None:
    """The end that is told, and the word that is true of it: the lower where it says anything; None: neither does."""
    if ends.lower is not None and ends.lower > 0:
        return ends.lower, "超过" if ends.lower_open else at_least
    if ends.upper is None:
        return None
    return ends.upper, "不足" if ends.upper_open else "不超过"


def _length(period: Period) -> str:
    return "month" if period.month else "quarter" if period.quarter else "year"


_RELATIONS: Final[dict[Relation, str]] = {"exact": "", "rounded": "", "under": "不足", "over": "超过"}
_UNITS: Final[dict[Kind, str]] = {"percent_points": "个百分点", "multiple": "倍"}
_VERBS: Final[dict[Kind, tuple[str, str]]] = {
    "percent": ("增长", "下降"),
    "percent_points": ("提高", "下降"),
    "amount": ("增加", "减少"),
    "multiple": ("增长", "下降"),
}
_KIND_OF: Final[dict[str, Kind]] = {
    "percent": "percent",
    "points": "percent_points",
    "times": "multiple",
    "amount": "amount",
}
_LEAD: Final[dict[tuple[Basis, str], str]] = {
    ("year_on_year", "month"): "同比",
    ("year_on_year", "quarter"): "同比",
    ("year_on_year", "year"): "比上年",
    ("on_last_period", "month"): "环比",
    ("on_last_period", "quarter"): "环比",
    ("on_last_period", "year"): "比上年",
}
_LEVEL: Final[dict[tuple[Basis, str], str]] = {
    ("year_on_year", "month"): "与上年同期持平",
    ("year_on_year", "quarter"): "与上年同期持平",
    ("year_on_year", "year"): "与上年持平",
    ("on_last_period", "month"): "与上月持平",
    ("on_last_period", "quarter"): "与上季度持平",
    ("on_last_period", "year"): "与上年持平",
}
