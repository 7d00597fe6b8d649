"""Ticks of an axis from nought: round steps, counted in 万 and 亿 as soon as numbers grow long."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS

MOST_TICKS: Final = 5
TICK_CLEAR: Final = 8.0  # between two tick labels

_UNITS: Final = {10**4: "万", 10**8: "亿"}
_MYRIAD_FROM: Final = 5 * 10**4


@dataclass(frozen=True, slots=True)
class Ticks:
    """Ticks from nought to `last`, a `step` apart; labels count in `unit` (1, 10000 or 100000000)."""

    step: Fraction
    last: Fraction
    unit: int

    @property
    def values(self) -> tuple[Fraction, ...]:
        """Where they stand, in units of the data."""
        return tuple(self.step * i for i in range(int(self.last / self.step) + 1))

    def label(self, tick: Fraction) -> str:
        """What stands at a tick: `0`, `2.5万`, `3亿`."""
        return tick_label(tick, self.unit)


def tick_label(tick: Fraction, unit: int) -> str:
    """A number counted in a unit: `0`, `2.5万`, `3亿`."""
    return in_digits(tick / unit) + (_UNITS.get(unit, "") if tick else "")


def in_digits(number: Fraction) -> str:
    """A number as it is written, without noughts behind it."""
    return f"{float(number):.10f}".rstrip("0").rstrip(".")


def unit_of(largest: float) -> int:
    """What labels are counted in where that is the largest number."""
    return 10**8 if largest >= 10**8 else 10**4 if largest >= _MYRIAD_FROM else 1


def ticks_for(largest: float, scale: float, *, shortened: bool = True) -> Ticks:
    """At most five ticks on round numbers, the last at or beyond `largest`, where one unit takes `scale` points.

    Their labels stand clear of each other; they count in 万 and 亿 unless they must not be `shortened`.
    """
    if largest <= 0:
        return Ticks(Fraction(1), Fraction(0), 1)
    unit = unit_of(largest) if shortened else 1
    power = Fraction(10) ** math.floor(math.log10(largest) - 1)
    while True:
        for factor in (1, 2, 5):
            step = power * factor
            count = math.ceil(Fraction(largest) / step)
            ticks = Ticks(step, step * count, unit)
            room = text_width(ticks.label(ticks.last), TICKS) + TICK_CLEAR
            if count == 1 or (count <= MOST_TICKS and float(step) * scale >= room):
                return ticks
        power *= 10
