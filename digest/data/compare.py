"""Comparisons (比较) of quantities: changes, shares, completion, contribution, multiples; exact, or not at all.

This is what the story room asks before it writes 增长, 占, 完成 or 是…的几倍: a value that is certain (a fraction where
both numbers are exact, else the interval that holds every number that may be meant) or the reason why there is none.
Words and figures are made from it elsewhere: `rounding.py` says what may be printed, `over_time.py` what 同比 and 环比
are, `ranking.py` who comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from digest.data.incomparable import Incomparable, refuse
from digest.data.interval import Interval, exactly
from digest.data.worth import Worth, worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.quantity import Quantity

Kind = Literal[
    "amount",  # 增减量
    "percent_points",  # 增减几个百分点
    "percent",  # 增减幅度
    "share",  # 占比
    "completion",  # 完成率
    "contribution",  # 贡献率
    "multiple",  # 是…的几倍
]
Direction = Literal["up", "down", "level"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out: `value` in whole units of `unit` for an amount, in parts of one for all else (1/20 is 5%).

    A change by 1/20 in `percent_points` is one by 5个百分点, a `multiple` of 3 is 3倍. `value` is an interval
    where one of the quantities it was made `of` is not exact.
    """

    kind: Kind
    value: Fraction | Interval
    of: tuple[Quantity, ...]
    unit: str = ""

    @property
    def interval(self) -> Interval:
        """Where the value lies; one point where it is exact."""
        return self.value if isinstance(self.value, Interval) else exactly(self.value)

    @property
    def direction(self) -> Direction | None:
        """Whether a change goes up or down for certain; None where that cannot be told."""
        if self.interval.positive:
            return "up"
        if self.interval.negative:
            return "down"
        return "level" if self.value == 0 else None


Compared = Comparison | Incomparable


def difference(now: Quantity | None, before: Quantity | None) -> Compared:
    """By how much `now` is more than `before` (增减量): in their unit, or in 百分点 where both are shares."""
    pair = _alike(now, before)
    if isinstance(pair, Incomparable):
        return pair
    (new, old), of = pair
    if new.is_share:
        return _comparison("percent_points", new.interval - old.interval, of)
    return _comparison("amount", new.interval - old.interval, of, new.unit)


def growth(now: Quantity | None, before: Quantity | None) -> Compared:
    """By what part of `before` it became more (增幅). Refused: shares; a base not above zero; a fall below zero."""
    pair = _alike(now, before)
    if isinstance(pair, Incomparable):
        return pair
    (new, old), of = pair
    if new.is_share:
        return refuse("share_in_percent", *of)
    if wrong := _wrong_base(old, of[1]):
        return wrong
    if new.interval.negative:
        return refuse("turned_negative", *of)
    return _comparison("percent", new.interval / old.interval - exactly(1), of)


def multiple(now: Quantity | None, base: Quantity | None) -> Compared:
    """How many times `base` it is (是…的几倍). Refused where it is, or may be, less: decreases are not told in 倍."""
    pair = _alike(now, base)
    if isinstance(pair, Incomparable):
        return pair
    (new, old), of = pair
    if wrong := _wrong_base(old, of[1]):
        return wrong
    times = new.interval / old.interval
    if (times - exactly(1)).negative:
        return refuse("fewer_times", *of)
    if times.lower is None or times.lower < 1:
        return refuse("perhaps_fewer_times", *of)
    return _comparison("multiple", times, of)


def share(part: Quantity | None, whole: Quantity | None) -> Compared:
    """What part of `whole` is `part` (占比): from nothing to all of it, since it is a part."""
    read = _read(part, whole)
    if isinstance(read, Incomparable):
        return read
    (some, everything), of = read
    if wrong := _wrong_base(everything, of[1]):
        return wrong
    if some.interval.negative:
        return refuse("negative", of[0])
    if (some.interval - everything.interval).positive:
        return refuse("part_above_whole", *of)
    return _comparison("share", (some.interval / everything.interval).within(0, 1), of)


def shares(parts: Sequence[Quantity | None]) -> tuple[Comparison, ...] | Incomparable:
    """What part of their sum each is (占比); together they are one. Refused where one is not exact, or below zero."""
    read = _read(*parts)
    if isinstance(read, Incomparable):
        return read
    worths, of = read
    numbers = []
    for quantity, one in zip(of, worths, strict=True):
        if one.interval.only is None:
            return refuse("inexact", quantity)
        if one.interval.negative:
            return refuse("negative", quantity)
        numbers.append(one.interval.only)
    total = sum(numbers, Fraction(0))
    if not total:
        return refuse("base_zero", "合计")
    return tuple(
        Comparison("share", number / total, (quantity, *of)) for number, quantity in zip(numbers, of, strict=True)
    )


def completion(done: Quantity | None, target: Quantity | None) -> Compared:
    """What part of `target` is reached (完成率); more than all of it is more than one."""
    if target is None:
        return refuse("no_target")
    read = _read(done, target)
    if isinstance(read, Incomparable):
        return read
    (reached, goal), of = read
    if wrong := _wrong_base(goal, of[1]):
        return wrong
    if reached.interval.negative:
        return refuse("negative", of[0])
    return _comparison("completion", reached.interval / goal.interval, of)


def contribution(
    part: tuple[Quantity | None, Quantity | None], whole: tuple[Quantity | None, Quantity | None]
) -> Compared:
    """What part of the change of `whole` is that of `part` (贡献率), each as (now, before).

    Below zero where the part went the other way. Refused: shares; a whole that did not change, or perhaps did not.
    """
    read = _alike(*part, *whole)
    if isinstance(read, Incomparable):
        return read
    (new, old, all_new, all_old), of = read
    if new.is_share:
        return refuse("share_in_percent", of[0], of[1])
    change, change_of_all = new.interval - old.interval, all_new.interval - all_old.interval
    if change_of_all.negative:
        change, change_of_all = -change, -change_of_all
    if change_of_all.only == 0:
        return refuse("base_zero", f"{of[2]}－{of[3]}")
    if not change_of_all.positive:
        return refuse("base_uncertain", f"{of[2]}－{of[3]}")
    return _comparison("contribution", change / change_of_all, of)


_Read = tuple[tuple[Worth, ...], tuple["Quantity", ...]]


def _read(*quantities: Quantity | None) -> _Read | Incomparable:
    """All of them in one unit; else why not."""
    worths: list[Worth] = []
    of: list[Quantity] = []
    for quantity in quantities:
        if quantity is None:
            return refuse("missing")
        one = worth(quantity)
        if isinstance(one, Incomparable):
            return one
        if one.interval.boundless:
            return refuse("vague", quantity)
        if worths and (one.unit, one.rate) != (worths[0].unit, worths[0].rate):
            return refuse("unlike", of[0], quantity)
        worths.append(one)
        of.append(quantity)
    return tuple(worths), tuple(of)


def _alike(*quantities: Quantity | None) -> _Read | Incomparable:
    """All of them in one unit and all 累计 or none; else why not."""
    read = _read(*quantities)
    if isinstance(read, Incomparable):
        return read
    of = read[1]
    for quantity in of:
        if (quantity.prefix == "累计") != (of[0].prefix == "累计"):
            return refuse("reach", of[0], quantity)
    return read


def _wrong_base(base: Worth, quantity: Quantity) -> Incomparable | None:
    if base.interval.positive:
        return None
    if base.interval.only == 0:
        return refuse("base_zero", quantity)
    return refuse("base_negative" if base.interval.negative else "base_uncertain", quantity)


def _comparison(kind: Kind, interval: Interval, of: tuple[Quantity, ...], unit: str = "") -> Compared:
    says_nothing = kind == "share" and interval.lower == 0 and interval.upper == 1
    if interval.boundless or says_nothing:
        return refuse("unbounded", "、".join(map(str, of)))
    return Comparison(kind, interval if interval.only is None else interval.only, of, unit)
