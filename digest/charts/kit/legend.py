"""Names of series with what they are drawn in: beside the unit at the top, or before the rows of numbers below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.names import name_lines
from digest.charts.kit.points import draw_dot
from digest.charts.kit.shapes import boxed
from digest.charts.kit.sheet import Voice
from digest.charts.kit.upright import TITLE_LINE
from digest.charts.kit.words import text_width
from digest.charts.theme import TEXT, TICKS, WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.pens import Fill
    from digest.charts.kit.sheet import Sheet

SWATCH: Final = 7.5
SWATCH_GAP: Final = 3.5
BETWEEN: Final = 14.0
RING: Final = 3.2
RING_LINE: Final = 1.4


class Named(NamedTuple):
    """A series: its name and its fill; `ring` is a hollow mark of that colour instead of a square."""

    name: str
    fill: Fill
    ring: bool = False


def draw_swatch(sheet: Sheet, left: float, middle: float, named: Named) -> None:
    """A small square of the fill, or the ring."""
    if named.ring:
        draw_ring(sheet, left + SWATCH / 2, middle, named.fill.edge)
        return
    half = SWATCH / 2
    inset = 0.3 if named.fill.edge else 0.0
    side = SWATCH - 2 * inset
    path = boxed(left + inset, middle - half + inset, side, side)
    sheet.path([path], 2 * inset, named.fill.edge or named.fill.ground, fill=named.fill.ground)


def draw_ring(sheet: Sheet, x: float, y: float, color: str) -> None:
    """The hollow mark of a target."""
    draw_dot(sheet, x, y, RING + RING_LINE / 2, color, fill=WHITE, edge=RING_LINE)


def draw_legend(sheet: Sheet, words: str, names: Sequence[Named]) -> float:
    """What the numbers count, and behind it the names; the foot of the last line."""
    x, y = 0.0, TITLE_LINE / 2
    for i, line in enumerate(name_lines(words, TICKS, sheet.width) if words else ()):
        y = TITLE_LINE * (i + 0.5)
        sheet.say(0, y, line, Voice(TICKS, sheet.quiet))
        x = text_width(line, TICKS) + BETWEEN
    lead = SWATCH + SWATCH_GAP
    for named in names:
        lines = name_lines(named.name, TEXT, sheet.width - lead)
        width = lead + max(text_width(line, TEXT) for line in lines)
        if x and x + width > sheet.width:
            x, y = 0.0, y + TITLE_LINE
        draw_swatch(sheet, x, y, named)
        for line in lines:
            sheet.say(x + lead, y, line, Voice(TEXT, sheet.ink))
            y += TITLE_LINE
        y -= TITLE_LINE
        x += width + BETWEEN
    return y + TITLE_LINE / 2 if words or names else 0.0
