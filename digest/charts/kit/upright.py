"""An upright axis: round ticks on either side of nought, a light grid, and which y a number has.

It begins at nought, as bars must. A line may begin higher where its numbers would else lie in a thin band; then the
title says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.charts.kit.places import Word, say_words
from digest.charts.kit.sheet import Voice
from digest.charts.kit.ticks import tick_label, unit_of
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS, WHITE, hex_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.kit.readings import Unit
    from digest.charts.kit.sheet import Sheet
    from digest.style import Style

TITLE_LINE: Final = 14.0
HEAD: Final = 11.0  # over the highest tick, for a number above a point
MOST_STEPS: Final = 5
LEAST_STEP: Final = 17.0  # points between two grid lines
THIN: Final = Fraction(1, 4)  # numbers that differ by less of the largest need no nought
UNDER: Final = Fraction(1, 8)  # room for a number under the lowest point of a rule without nought
GRID: Final = 0.5
ZERO: Final = 0.8
TICK_GAP: Final = 5.0  # between tick labels and the plot
NOT_FROM_NOUGHT: Final = "纵轴不从零起"


@dataclass(frozen=True, slots=True)
class Rule:
    """Ticks from the lowest to the highest and their labels; `broken` where nought is not among them."""

    ticks: tuple[Fraction, ...]
    labels: tuple[str, ...]

    @property
    def broken(self) -> bool:
        """Whether it begins above nought."""
        return self.ticks[0] > 0 or self.ticks[-1] < 0

    @property
    def width(self) -> float:
        """Room its labels take, with the gap to the plot."""
        return max(text_width(label, TICKS) for label in self.labels) + TICK_GAP


@dataclass(frozen=True, slots=True)
class Scale:
    """Which y a number has on a rule between `top` and `foot`."""

    rule: Rule
    top: float
    foot: float

    def y(self, amount: Fraction) -> float:
        """The place of a number, in points."""
        low, high = self.rule.ticks[0], self.rule.ticks[-1]
        if low == high:
            return self.foot
        return self.foot - float((amount - low) / (high - low)) * (self.foot - self.top)

    @property
    def base(self) -> float:
        """Where bars stand: nought, or the foot of a rule without it."""
        return self.foot if self.rule.broken else self.y(Fraction(0))


def rule_for(
    amounts: Sequence[Fraction], height: float, unit: Unit, *, from_nought: bool = True, thin: Fraction = THIN
) -> Rule:
    """The rule that holds these numbers in `height` points. It may begin above nought, unless it must be `from_nought`,
    where they differ by less than the share `thin` of the largest.
    """
    low, high = min(amounts), max(amounts)
    if from_nought or low <= 0 or high - low > high * thin or low == high:
        low, high = min(low, Fraction(0)), max(high, Fraction(0))
    else:
        low = max(low - (high - low) * UNDER, Fraction(0))
    if low == high:
        return Rule((Fraction(0), Fraction(1)), ("0", "")) if not low else Rule((low,), (str(low),))
    steps = max(1, min(MOST_STEPS, int(height // LEAST_STEP)))
    power = Fraction(10) ** math.floor(math.log10((high - low) / steps) - 1)
    while True:
        for factor in (1, 2, 5):
            step = power * factor
            first, last = math.floor(low / step), math.ceil(high / step)
            if last - first <= steps:
                ticks = tuple(step * i for i in range(first, last + 1))
                return Rule(ticks, _labels(ticks, unit))
        power *= 10


def _labels(ticks: Sequence[Fraction], unit: Unit) -> tuple[str, ...]:
    counted = unit_of(float(max(abs(tick) for tick in ticks))) if unit.shortens else 1
    return tuple(tick_label(tick, counted) for tick in ticks)


def draw_rule(
    sheet: Sheet, style: Style, scale: Scale, left: float, right: float, *, at_right: bool = False, grid: bool = True
) -> list[Word]:
    """Grid, the line of nought and the labels of the ticks, at the left or the right of the plot; those labels."""
    color = hex_of(style.palette.grid)
    voice = Voice(TICKS, sheet.ink, side="right" if at_right else "left")
    labels: list[Word] = []
    for tick, label in zip(scale.rule.ticks, scale.rule.labels, strict=True):
        y = scale.y(tick)
        if grid and tick:
            sheet.line(left, y, right, y, GRID, color, below=True)
        if label:
            labels.append(Word(right + TICK_GAP if at_right else left - TICK_GAP, y, label, voice))
    if scale.rule.broken:
        sheet.line(left, scale.foot, right, scale.foot, GRID, sheet.axis)
    else:
        sheet.line(left, scale.base, right, scale.base, ZERO, sheet.ink)
    say_words(sheet, labels)
    return labels


def draw_title(sheet: Sheet, unit: str, rule: Rule, broken: str = NOT_FROM_NOUGHT) -> None:
    """What the numbers of the axis count, and that it does not begin at nought, at the top left."""
    words = [f"单位：{unit}"] if unit else []
    if rule.broken:
        words.append(broken)
    if words:
        sheet.say(0, TITLE_LINE / 2, "；".join(words), Voice(TICKS, sheet.quiet))


def clear_grid(sheet: Sheet, words: Iterable[Word], scale: Scale, right: float) -> None:
    """Paper under words that a line of the grid, which ends at `right`, would run through."""
    for word in words:
        box = word.box
        if box.left < right and any(box.top < scale.y(tick) < box.bottom for tick in scale.rule.ticks):
            middle = (box.top + box.bottom) / 2
            sheet.line(box.left - 1, middle, box.right + 1, middle, box.bottom - box.top, WHITE, below=True)
