"""Ranking (排名): who comes first, with ties (并列): 1, 2, 2, 4; where a number is not exact, between which places.

For tables and sentences that say 居第2位: a place is said only where `best` and `worst` are one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.data.incomparable import Incomparable, refuse
from digest.data.worth import worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.interval import Interval
    from digest.data.quantity import Quantity


class Standing(NamedTuple):
    """The place of one among all, certainly from `best` to `worst`; `tied` others certainly share it."""

    best: int
    worst: int
    tied: int = 0

    @property
    def place(self) -> int | None:
        """The place; None where it cannot be told."""
        return self.best if self.best == self.worst else None


def rank(quantities: Sequence[Quantity | None], *, least_first: bool = False) -> tuple[Standing, ...] | Incomparable:
    """The standing of each, in the order given; the most is first, or the least.

    Refused where one is missing (it might be before any other) or counts something else.
    """
    intervals: list[Interval] = []
    unit: tuple[str, str] | None = None
    for quantity in quantities:
        if quantity is None:
            return refuse("missing")
        told = worth(quantity)
        if isinstance(told, Incomparable):
            return told
        unit = unit or (told.unit, told.rate)
        if unit != (told.unit, told.rate):
            return refuse("unlike", quantities[0], quantity)
        intervals.append(-told.interval if least_first else told.interval)
    return tuple(_standing(index, intervals) for index in range(len(intervals)))


def _standing(index: int, among: Sequence[Interval]) -> Standing:
    one, others = among[index], (*among[:index], *among[index + 1 :])
    surely_before = sum((other - one).positive for other in others)
    surely_not_before = sum(_at_most(other, one) for other in others)
    tied = sum(one.only is not None and one.only == other.only for other in others)
    return Standing(1 + surely_before, len(among) - surely_not_before, tied)


def _at_most(low: Interval, high: Interval) -> bool:
    return low.upper is not None and high.lower is not None and low.upper <= high.lower
