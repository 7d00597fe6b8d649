"""A small table under a plot: the numbers of each series in the words of the report, one column a category.

It stands where numbers find no room at their bars, so that none is left out; its heads are the legend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.legend import SWATCH, SWATCH_GAP, draw_swatch
from digest.charts.kit.names import name_lines
from digest.charts.kit.sheet import Voice
from digest.charts.kit.upright import GRID
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS, hex_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.legend import Named
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.sheet import Sheet
    from digest.style import Style

ROW: Final = 13.0
LINE: Final = 10.5
SMALLEST: Final = 8.0
FOOT: Final = 3.0
CELL_GAP: Final = 3.0
HEAD_GAP: Final = 6.0


class Row(NamedTuple):
    """A series and its numbers."""

    named: Named
    readings: tuple[Reading, ...]


def head_width(rows: Sequence[Row], widest: float) -> float:
    """Room that the names take before the first column, `widest` at most."""
    lead = SWATCH + SWATCH_GAP
    room = widest - lead - HEAD_GAP
    lines = (line for row in rows for line in name_lines(row.named.name, TICKS, room))
    return lead + max(text_width(line, TICKS) for line in lines) + HEAD_GAP


def size_of_numbers(rows: Sequence[Row], pitch: float) -> float | None:
    """The type size at which every number stands in a column of that width; None where none does."""
    widest = max(text_width(reading.label, 1.0) for row in rows for reading in row.readings)
    for size in (TICKS, SMALLEST):
        if widest * size <= pitch - CELL_GAP:
            return size
    return None


def draw_rows(
    sheet: Sheet, style: Style, rows: Sequence[Row], xs: Sequence[float], top: float, size: float,
    right: float, widest: float,
) -> float:  # fmt: skip
    """The table from `top` on, its names no wider than `widest`; its foot."""
    lead = SWATCH + SWATCH_GAP
    grid = hex_of(style.palette.grid)
    y = top
    room = widest - lead - HEAD_GAP
    for row in rows:
        lines = name_lines(row.named.name, TICKS, room) if row.named.name else ("",)
        height = ROW + LINE * (len(lines) - 1)
        sheet.line(0, y, right, y, GRID, grid)
        middle = y + height / 2
        if row.named.name:
            draw_swatch(sheet, 0, y + ROW / 2, row.named)
        for i, line in enumerate(lines):
            sheet.say(lead, y + ROW / 2 + LINE * i, line, Voice(TICKS, sheet.ink))
        for x, reading in zip(xs, row.readings, strict=True):
            known = reading.amount is not None
            voice = Voice(size, sheet.ink if known else sheet.quiet, bold=known, side="center")
            sheet.say(x, middle, reading.label, voice)
        y += height
    sheet.line(0, y, right, y, GRID, grid)
    return y + FOOT
