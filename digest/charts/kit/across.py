"""A level axis under bars that lie or dots: which x a number has, its ticks and their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.sheet import Voice
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS

if TYPE_CHECKING:
    from digest.charts.kit.sheet import Sheet
    from digest.charts.kit.upright import Rule

HAIRLINE: Final = 0.5
TICK: Final = 2.5
TICK_DROP: Final = 8.0  # middle of the labels under the axis
UNDER_AXIS: Final = 14.0
NOT_FROM_NOUGHT: Final = "横轴不从零起"


class Across(NamedTuple):
    """A rule from the left to the right, in points."""

    rule: Rule
    left: float
    right: float

    def x(self, amount: float) -> float:
        """The place of a number."""
        low, high = float(self.rule.ticks[0]), float(self.rule.ticks[-1])
        return self.left + (amount - low) / (high - low) * (self.right - self.left)


def draw_axis(sheet: Sheet, across: Across, foot: float) -> None:
    """The axis with its ticks; labels stay in the picture."""
    sheet.line(across.left, foot, across.right, foot, HAIRLINE, sheet.axis)
    for tick, text in zip(across.rule.ticks, across.rule.labels, strict=True):
        x = across.x(float(tick))
        sheet.line(x, foot, x, foot + TICK, HAIRLINE, sheet.axis)
        half = text_width(text, TICKS) / 2
        middle = min(max(x, half), sheet.width - half)
        sheet.say(middle, foot + TICK_DROP, text, Voice(TICKS, sheet.ink, side="center"))
