"""Interval: between which ends a number certainly lies (区间), and what follows for differences and ratios.

2700余 lies in [2700, ∞), 近5亿 in (−∞, 5亿). What is computed from them contains every number that may be meant and
nothing is assumed beyond that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `lower` to `upper`; None is no end at all, an open end (`lower_open`) is not one of them.

    ValueError where no number is left.
    """

    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        """Nothing to be made; only that there is such a number."""
        if self.lower is None or self.upper is None:
            return
        if self.lower > self.upper or (self.lower == self.upper and (self.lower_open or self.upper_open)):
            raise ValueError(f"no number lies in {self}")

    @property
    def only(self) -> Fraction | None:
        """The only number there is; None where there are more."""
        return self.lower if self.lower == self.upper else None

    @property
    def boundless(self) -> bool:
        """Whether any number at all may be meant."""
        return self.lower is None and self.upper is None

    @property
    def positive(self) -> bool:
        """Whether every number is above zero."""
        return self.lower is not None and (self.lower > 0 or (self.lower == 0 and self.lower_open))

    @property
    def negative(self) -> bool:
        """Whether every number is below zero."""
        return (-self).positive

    def __contains__(self, number: int | Fraction) -> bool:
        """Whether `number` may be meant."""
        above = self.lower is None or number > self.lower or (number == self.lower and not self.lower_open)
        below = self.upper is None or number < self.upper or (number == self.upper and not self.upper_open)
        return above and below

    def __neg__(self) -> Interval:
        """The negatives of all numbers."""
        lower = None if self.upper is None else -self.upper
        upper = None if self.lower is None else -self.lower
        return Interval(lower, upper, self.upper_open, self.lower_open)

    def __add__(self, other: Interval) -> Interval:
        """Every sum of a number of the one and a number of the other."""
        lower = None if self.lower is None or other.lower is None else self.lower + other.lower
        upper = None if self.upper is None or other.upper is None else self.upper + other.upper
        return Interval(
            lower,
            upper,
            lower is not None and (self.lower_open or other.lower_open),
            upper is not None and (self.upper_open or other.upper_open),
        )

    def __sub__(self, other: Interval) -> Interval:
        """Every difference of a number of the one and a number of the other."""
        return self + -other

    def __mul__(self, factor: int | Fraction) -> Interval:
        """All numbers times `factor`, which is above zero; ValueError for others."""
        if factor <= 0:
            raise ValueError(f"a factor above zero is needed, not {factor}")
        lower = None if self.lower is None else self.lower * factor
        upper = None if self.upper is None else self.upper * factor
        return Interval(lower, upper, self.lower_open, self.upper_open)

    def __truediv__(self, other: Interval) -> Interval:
        """Every ratio of a number of the one to a number of the other; ValueError where that may be zero or less."""
        if not other.positive:
            raise ValueError(f"cannot divide by {other}")
        lower, lower_open = _least_ratio(self, other)
        least_of_negated, upper_open = _least_ratio(-self, other)
        return Interval(lower, None if least_of_negated is None else -least_of_negated, lower_open, upper_open)

    def within(self, lower: int, upper: int) -> Interval:
        """The numbers of it that are neither below `lower` nor above `upper`; ValueError where there are none."""
        low, low_open = self.lower, self.lower_open
        if low is None or low < lower:
            low, low_open = Fraction(lower), False
        high, high_open = self.upper, self.upper_open
        if high is None or high > upper:
            high, high_open = Fraction(upper), False
        return Interval(low, high, low_open, high_open)


def exactly(number: int | Fraction) -> Interval:
    """The interval of one number."""
    return Interval(Fraction(number), Fraction(number))


def _least_ratio(over: Interval, under: Interval) -> tuple[Fraction | None, bool]:
    """The lower end of `over / under`, and whether it is open; `under` is above zero."""
    if over.lower is None:
        return None, False
    if over.lower == 0:
        return Fraction(0), over.lower_open  # whatever it is divided by
    if over.lower > 0:
        if under.upper is None:
            return Fraction(0), True
        return over.lower / under.upper, over.lower_open or under.upper_open
    if not under.lower:
        return None, False
    return over.lower / under.lower, over.lower_open or under.lower_open
