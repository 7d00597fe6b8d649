"""Levels between the steps of a waterfall, and whether the steps can amount to what is told at their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.charts.kit.ticks import in_digits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from digest.charts.kit.readings import Reading


class Level(NamedTuple):
    """A level between two steps: None where nothing tells it; `sure` where it was told by exact numbers alone."""

    amount: Fraction | None
    sure: bool


def levels_of(opening: Reading, steps: Sequence[tuple[int, Reading]], closing: Reading) -> list[Level]:
    """The levels before the first step, between steps and behind the last; steps are signed by 1 or -1.

    They are summed up from the opening number, and behind a gap reckoned back from the closing one.
    """
    ahead = _summed(opening, steps)
    back = _summed(closing, [(-sign, reading) for sign, reading in reversed(steps)])[::-1]
    return [
        known if known.amount is not None else Level(reckoned.amount, sure=False)
        for known, reckoned in zip(ahead, back, strict=True)
    ]


def _summed(start: Reading, steps: Sequence[tuple[int, Reading]]) -> list[Level]:
    level = Level(start.amount, start.certain == "exact")
    levels = [level]
    for sign, reading in steps:
        if level.amount is None or reading.amount is None:
            level = Level(None, sure=False)
        else:
            level = Level(level.amount + sign * reading.amount, level.sure and reading.certain == "exact")
        levels.append(level)
    return levels


class Bound(NamedTuple):
    """A number that another is not beyond, nor, where it is `strict`, at."""

    amount: Fraction
    strict: bool = False


class Bounds(NamedTuple):
    """What a number certainly lies between; None where nobody said."""

    low: Bound | None
    high: Bound | None

    def __str__(self) -> str:
        """In words."""
        if self.low is not None and self.low == self.high:
            return in_digits(self.low.amount)
        sides = ((self.low, "多于", "不少于"), (self.high, "少于", "不多于"))
        told = ((bound, strict if bound.strict else loose) for bound, strict, loose in sides if bound)
        return "、".join(f"{words}{in_digits(bound.amount)}" for bound, words in told)

    def meets(self, other: Bounds) -> bool:
        """Whether a number may lie within both."""
        return not beyond(self.low, other.high) and not beyond(other.low, self.high)


def beyond(low: Bound | None, high: Bound | None) -> bool:
    """Whether nothing lies above one bound and below the other."""
    if low is None or high is None:
        return False
    return low.amount > high.amount or (low.amount == high.amount and (low.strict or high.strict))


def bounds_of(reading: Reading) -> Bounds:
    """What is certain of a number."""
    quantity, amount = reading.quantity, reading.amount
    if quantity is None or amount is None:
        return Bounds(None, None)
    low = Bound(amount, quantity.lower_strict) if reading.certain in {"exact", "least"} else None
    high = Bound(amount, quantity.upper_strict) if reading.certain in {"exact", "most"} else None
    return Bounds(low, high)


def summed_bounds(opening: Reading, steps: Sequence[tuple[int, Reading]]) -> Bounds:
    """What the opening number and the steps certainly amount to."""
    low, high = bounds_of(opening)
    for sign, reading in steps:
        least, most = bounds_of(reading)
        if sign < 0:
            least, most = most, least
        low, high = _moved(low, sign, least), _moved(high, sign, most)
    return Bounds(low, high)


def _moved(bound: Bound | None, sign: int, by: Bound | None) -> Bound | None:
    if bound is None or by is None:
        return None
    return Bound(bound.amount + sign * by.amount, bound.strict or by.strict)
