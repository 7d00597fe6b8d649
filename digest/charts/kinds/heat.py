"""A table of cells (各市 by month), darker where more: the number stands in every cell, what is missing is hatched."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from digest.charts.kit.readings import (
    bare,
    check_count,
    check_from_nought,
    check_length,
    check_some,
    of_unit,
    readings_of,
    told,
    unit_named,
)
from digest.charts.kit.shades import (
    KEY_BOX,
    LABEL_LINE,
    LINE,
    bound_note,
    cell_lines,
    draw_missing,
    draw_scale,
    ink_on,
    say_lines,
    step_of,
    steps_of,
)
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.words import lines_of, widest
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.story.charts import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.shades import Steps
    from digest.story.charts import HeatMap
    from digest.style import Style

KIND: Final = "热力图"
MOST_ROWS: Final = 24
MOST_COLUMNS: Final = 16
NAME_ROOM: Final = 0.24  # of the measure
NAME_GAP: Final = 7.0
CELL: Final = 8.5
LEAST_HEIGHT: Final = 18.0
MOST_WIDTH: Final = 88
CELL_CLEAR: Final = 2.0  # at either side of the words of a cell
SEAM: Final = 1.0  # at the right of a cell and under it, as plotly.js leaves it
UNIT_LINE: Final = 13.0
HEAD_GAP: Final = 4.0
KEYS_GAP: Final = 8.0
NOTE_GAP: Final = 16.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells stand: the left and top edge of the first, the size of each with its seams.

    All in whole points: plotly.js rounds the edges of cells to them.
    """

    left: int
    top: int
    across: int
    down: int
    cells: tuple[tuple[tuple[str, ...], ...], ...]  # lines of every cell
    heads: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]

    @property
    def foot(self) -> int:
        return self.top + self.down * len(self.cells)


def drawn(chart: HeatMap, style: Style) -> Drawn:
    """The figure; its height follows from the rows.

    `ChartError`: C131 no rows or columns or too many; C132 a number below nought; C133 not a single number; C134 a row
    with more or fewer values than there are columns; C140 a number in another unit; C142 words too wide for their cell.
    """
    rows = _read(chart)
    sheet = Sheet(style)
    grid = _grid(chart, rows, sheet.width)
    readings = [reading for row in rows for reading in row]
    steps = steps_of(readings, unit_named(chart.unit), style.palette)
    taken = [[step_of(steps, reading) for reading in row] for row in rows]
    _draw_words(sheet, chart, grid)
    _draw_cells(sheet, grid, taken, steps, style)
    foot = _draw_keys(sheet, readings, grid, steps)
    return sheet.drawn([_trace(grid, taken, steps)], foot)


def _read(chart: HeatMap) -> list[tuple[Reading, ...]]:
    check_count(KIND, "行", len(chart.rows), MOST_ROWS)
    check_count(KIND, "列", len(chart.columns), MOST_COLUMNS)
    check_length(KIND, "各行", chart.values, "名称", chart.rows)
    unit, rows = unit_named(chart.unit), []
    for name, values in zip(chart.rows, chart.values, strict=True):
        check_length(KIND, name, values, "列", chart.columns)
        rows.append(readings_of(Series(name, values), chart.columns, unit))
        check_from_nought(KIND, zip((f"{name}{column}" for column in chart.columns), rows[-1], strict=True))
    check_some(KIND, (reading for row in rows for reading in row))
    return rows


# ---------------------------------------------------------------------------------------------------- measuring


def _grid(chart: HeatMap, rows: Sequence[Sequence[Reading]], width: float) -> _Grid:
    names = tuple(lines_of(name, TEXT, width * NAME_ROOM) for name in chart.rows)
    least = max(widest(lines, TEXT) for lines in names) + NAME_GAP
    across = min(math.floor((width - least) / len(chart.columns)), MOST_WIDTH)
    left = math.floor(width) - across * len(chart.columns)
    if across == MOST_WIDTH:
        left = math.floor((left + least) / 2)
    room = across - SEAM - 2 * CELL_CLEAR
    unit = unit_named(chart.unit)
    cells = tuple(
        tuple(
            cell_lines(f"{name}{column}", bare(reading, unit), CELL, room)
            for column, reading in zip(chart.columns, row, strict=True)
        )
        for name, row in zip(chart.rows, rows, strict=True)
    )
    heads = tuple(lines_of(head, CELL, across - CELL_CLEAR) for head in chart.columns)
    lines = max(len(cell) for row in cells for cell in row)
    down = max(LEAST_HEIGHT, lines * LINE * CELL + SEAM + 2 * CELL_CLEAR, *(_height(name, TEXT) + 3 for name in names))
    top = (UNIT_LINE if chart.unit else 0.0) + max(_height(head, CELL) for head in heads) + HEAD_GAP
    return _Grid(left, math.ceil(top), across, math.ceil(down), cells, heads, names)


def _height(lines: Sequence[str], size: float) -> float:
    return LINE * size * len(lines)


# ---------------------------------------------------------------------------------------------------- drawing


def _draw_words(sheet: Sheet, chart: HeatMap, grid: _Grid) -> None:
    if chart.unit:
        edge = grid.left - NAME_GAP - max(widest(lines, TEXT) for lines in grid.names)
        sheet.say(edge, UNIT_LINE / 2 - 1, f"单位：{chart.unit}", Voice(TICKS, sheet.quiet))
    head, name = Voice(CELL, sheet.ink, side="center"), Voice(TEXT, sheet.ink, side="left")
    for i, lines in enumerate(grid.heads):
        x, y = grid.left + i * grid.across + (grid.across - SEAM) / 2, grid.top - HEAD_GAP - _height(lines, CELL) / 2
        say_lines(sheet, x, y, lines, head)
    for i, lines in enumerate(grid.names):
        say_lines(sheet, grid.left - NAME_GAP, grid.top + (i + 0.5) * grid.down, lines, name)


def _draw_cells(sheet: Sheet, grid: _Grid, taken: Sequence[Sequence[int | None]], steps: Steps, style: Style) -> None:
    quiet, hatch = Voice(CELL, sheet.quiet, side="center"), hex_of(style.palette.grid)
    for i, row in enumerate(taken):
        for j, step in enumerate(row):
            left, top = grid.left + j * grid.across, grid.top + i * grid.down
            lines = grid.cells[i][j]
            if step is None:
                box = (left, top, grid.across - SEAM, grid.down - SEAM)
                draw_missing(sheet, box, lines, quiet, hatch)
            else:
                voice = Voice(CELL, ink_on(steps.colors[step]), side="center")
                say_lines(sheet, left + (grid.across - SEAM) / 2, top + (grid.down - SEAM) / 2, lines, voice)


def _draw_keys(sheet: Sheet, readings: Sequence[Reading], grid: _Grid, steps: Steps) -> float:
    """The steps and what bounds mean, under the cells; the foot of the picture."""
    y, x = grid.foot - SEAM, float(grid.left)
    used = draw_scale(sheet, x, y + KEYS_GAP, steps)
    foot = y + KEYS_GAP + KEY_BOX + LABEL_LINE + 1 if used else y
    note = bound_note(readings, sheet.width - x)
    if not note:
        return foot
    beside = bool(used) and len(note) == 1 and x + used + NOTE_GAP + widest(note, TICKS) <= sheet.width
    if beside:
        sheet.say(x + used + NOTE_GAP, y + KEYS_GAP + KEY_BOX / 2, note[0], Voice(TICKS, sheet.quiet))
        return foot
    tall = _height(note, TICKS)
    say_lines(sheet, x, foot + KEYS_GAP / 2 + tall / 2, note, Voice(TICKS, sheet.quiet))
    return foot + KEYS_GAP / 2 + tall


# ---------------------------------------------------------------------------------------------------- the figure


def _trace(grid: _Grid, taken: Sequence[Sequence[int | None]], steps: Steps) -> dict[str, Any]:
    """The cells as plotly.js draws them; a missing one is left out."""
    count = len(steps.colors)
    scale = [[edge / count, color] for i, color in enumerate(steps.colors) for edge in (i, i + 1)]
    return {
        "type": "heatmap",
        "x": [grid.left + i * grid.across for i in range(len(grid.heads) + 1)],
        "y": [grid.top + i * grid.down for i in range(len(grid.names) + 1)],
        "z": [list(row) for row in taken],
        "zmin": -0.5,
        "zmax": count - 0.5,
        "colorscale": scale,
        "showscale": False,
        "xgap": SEAM,
        "ygap": SEAM,
    }


def alt_text(chart: HeatMap) -> str:
    """Row after row, each column with its words."""
    rows = (told(Series(name, row), chart.columns) for name, row in zip(chart.rows, chart.values, strict=True))
    return f"{KIND}{of_unit(chart.unit)}。{'；'.join(rows)}。"
