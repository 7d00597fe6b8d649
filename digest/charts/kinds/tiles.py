"""A square for every city, about where it lies, darker where more; name and words stand in each.

Squares of one size let a small city be seen as well as a large one. One that nobody reported for is hatched.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.charts.kit.readings import (
    bare,
    check_count,
    check_from_nought,
    check_some,
    of_unit,
    reading_of,
    said,
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
from digest.charts.kit.shapes import boxed
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.words import lines_of, text_width, widest
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.errors import ChartError
from digest.story.charts import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.shades import Steps
    from digest.story.charts import TileMap
    from digest.style import Palette, Style

KIND: Final = "方块地图"
SHANDONG: Final = (
    ("", "德州", "滨州", "东营", "烟台", "威海"),
    ("聊城", "济南", "淄博", "潍坊", "青岛", ""),
    ("济宁", "泰安", "临沂", "日照", "", ""),
    ("菏泽", "枣庄", "", "", "", ""),
)
"""The sixteen cities of 山东, each beside those it borders on."""

MOST_ROWS: Final = 12
MOST_COLUMNS: Final = 10
SIDE: Final = 52.0
GAP: Final = 3.0
CLEAR: Final = 3.0  # inside a square at either side
VALUE: Final = 10.0
UNIT_LINE: Final = 14.0
LEGEND_GAP: Final = 16.0
LEGEND_BOX: Final = (15.0, 14.0)
LEGEND_LABEL: Final = 4.0
KEYS_GAP: Final = 7.0
MOST_NAMES: Final = 20  # as many as an error lists


@dataclass(frozen=True, slots=True)
class _Tile:
    """A square at its row and column with its words in lines."""

    row: int
    column: int
    reading: Reading
    name: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def height(self) -> float:
        return LINE * (TEXT * len(self.name) + VALUE * len(self.words))


@dataclass(frozen=True, slots=True)
class _Map:
    """The squares, and where the first would stand."""

    tiles: tuple[_Tile, ...]
    side: float
    left: float = 0.0
    top: float = 0.0

    def at(self, tile: _Tile) -> tuple[float, float]:
        """Left and top edge of a square."""
        return self.left + tile.column * (self.side + GAP), self.top + tile.row * (self.side + GAP)

    @property
    def right(self) -> float:
        return max(self.at(tile)[0] for tile in self.tiles) + self.side

    @property
    def foot(self) -> float:
        return max(self.at(tile)[1] for tile in self.tiles) + self.side


def drawn(chart: TileMap, style: Style) -> Drawn:
    """The figure; its height follows from the grid.

    `ChartError`: C131 a grid too small or too large; C132 a number below nought; C133 not a single number; C140 a
    number in another unit; C142 words too wide for their square; C143 a name that is not on the grid; C144 one given
    twice.
    """
    grid = chart.grid or SHANDONG
    readings = _read(chart, grid)
    steps = steps_of(readings.values(), unit_named(chart.unit), style.palette)
    sheet = Sheet(style)
    tiles = _tiles(chart, grid, readings, sheet.width)
    legend = _legend_size(chart, steps)
    plan, beside = _placed(tiles, legend, sheet.width)
    if beside is None and chart.unit:
        plan = _Map(plan.tiles, plan.side, plan.left, UNIT_LINE)
        sheet.say(plan.left, UNIT_LINE / 2 - 1, f"单位：{chart.unit}", Voice(TICKS, sheet.quiet))
    for tile in plan.tiles:
        _draw_tile(sheet, plan, tile, step_of(steps, tile.reading), steps, style.palette)
    foot = plan.foot
    if beside is not None:
        _draw_legend(sheet, chart, steps, beside, plan.foot - legend[1])
    elif used := draw_scale(sheet, plan.left, foot + KEYS_GAP, steps):
        foot += KEYS_GAP + KEY_BOX + LABEL_LINE + (1 if used else 0)
    if note := bound_note(readings.values(), sheet.width):
        tall = LINE * TICKS * len(note)
        say_lines(sheet, sheet.width / 2, foot + KEYS_GAP + tall / 2, note, Voice(TICKS, sheet.quiet, side="center"))
        foot += KEYS_GAP + tall
    return sheet.drawn((), foot)


# ---------------------------------------------------------------------------------------------------- values


def _read(chart: TileMap, grid: tuple[tuple[str, ...], ...]) -> Mapping[str, Reading]:
    """What stands in each square that a value was given for."""
    check_count(KIND, "行", len(grid), MOST_ROWS)
    check_count(KIND, "列", max(len(row) for row in grid), MOST_COLUMNS)
    names = [name for row in grid for name in row if name]
    _check_once("格子里", names)
    unit = unit_named(chart.unit)
    found = [(_named(share.label, names), reading_of(share.value, unit, share.label)) for share in chart.values]
    _check_once("数据里", [name for name, _ in found])
    check_some(KIND, (reading for _, reading in found))
    check_from_nought(KIND, found)
    return dict(found)


def _named(label: str, names: list[str]) -> str:
    """The name of a square, with or without 市."""
    plain = label.strip()
    for name in (plain, plain.removesuffix("市"), f"{plain}市"):
        if name in names:
            return name
    near = difflib.get_close_matches(plain, names, n=1, cutoff=0.4)
    listed = "、".join(names[:MOST_NAMES]) + ("等" if len(names) > MOST_NAMES else "")
    message = f"图上没有“{label}”" + (f"，是不是“{near[0]}”？" if near else "")
    raise ChartError(message, code="C143", hint=f"图上有：{listed}")


def _check_once(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            message = f"{KIND}的{where}“{name}”出现了两次"
            raise ChartError(message, code="C144", hint="每个地方只能有一个数")
        seen.add(name)


# ---------------------------------------------------------------------------------------------------- measuring


def _tiles(chart: TileMap, grid: tuple[tuple[str, ...], ...], readings: Mapping[str, Reading], width: float) -> _Map:
    columns = max(len(row) for row in grid)
    most = (width + GAP) / columns - GAP
    side = min(SIDE, most)
    room = side - 2 * CLEAR
    unit, tiles = unit_named(chart.unit), []
    missing = reading_of(MISSING, unit, "")
    for i, row in enumerate(grid):
        for j, name in enumerate(row):
            if name:
                reading = readings.get(name, missing)
                lines = cell_lines(name, bare(reading, unit), VALUE, room)
                tiles.append(_Tile(i, j, reading, lines_of(name, TEXT, room), lines))
    tallest = max(tile.height for tile in tiles) + 2 * CLEAR
    return _Map(tuple(tiles), min(max(side, tallest), most)) if tallest <= most else _too_tall(tiles, most)


def _too_tall(tiles: Iterable[_Tile], side: float) -> _Map:
    tile = max(tiles, key=lambda tile: tile.height)
    message = f"“{''.join(tile.name)}{''.join(tile.words)}”在边长{side:.0f}磅的方格里写不下"
    raise ChartError(message, code="C142", hint="请用简称，或减少列数")


def _legend_size(chart: TileMap, steps: Steps) -> tuple[float, float]:
    """Width and height of the legend that stands: the unit over the steps."""
    unit = text_width(f"单位：{chart.unit}", TICKS) if chart.unit else 0.0
    if len(steps.colors) == 1:
        return unit, UNIT_LINE if chart.unit else 0.0
    boxes = LEGEND_BOX[0] + LEGEND_LABEL + widest(steps.labels(), TICKS)
    return max(unit, boxes), (UNIT_LINE if chart.unit else 0.0) + LEGEND_BOX[1] * len(steps.colors) + TICKS


def _placed(plan: _Map, legend: tuple[float, float], width: float) -> tuple[_Map, float | None]:
    """The map in the middle of the measure, and where the legend begins if it stands beside the lower rows."""
    across, tall = legend
    roof = plan.foot - tall
    beside = max(plan.at(tile)[0] for tile in plan.tiles if plan.at(tile)[1] + plan.side > roof - GAP) + plan.side
    beside += LEGEND_GAP
    whole = max(plan.right, beside + across)
    if whole > width or roof < 0:
        return _Map(plan.tiles, plan.side, (width - plan.right) / 2), None
    left = (width - whole) / 2
    return _Map(plan.tiles, plan.side, left), left + beside


# ---------------------------------------------------------------------------------------------------- drawing


def _draw_tile(sheet: Sheet, plan: _Map, tile: _Tile, step: int | None, steps: Steps, palette: Palette) -> None:
    left, top = plan.at(tile)
    middle, side = left + plan.side / 2, plan.side
    first = top + (side - tile.height) / 2
    name_middle = first + LINE * TEXT * len(tile.name) / 2
    words_middle = first + tile.height - LINE * VALUE * len(tile.words) / 2
    if step is None:
        quiet = Voice(TEXT, sheet.quiet, side="center")
        draw_missing(sheet, (left, top, side, side), (*tile.name, *tile.words), quiet, hex_of(palette.grid))
        return
    color = steps.colors[step]
    sheet.area(boxed(left, top, side, side), color, below=True)
    ink = ink_on(color)
    say_lines(sheet, middle, name_middle, tile.name, Voice(TEXT, ink, side="center"))
    say_lines(sheet, middle, words_middle, tile.words, Voice(VALUE, ink, bold=True, side="center"))


def _draw_legend(sheet: Sheet, chart: TileMap, steps: Steps, x: float, y: float) -> None:
    """The unit, and the steps one upon another, the darkest on top."""
    if chart.unit:
        sheet.say(x, y + TICKS / 2 + 1, f"单位：{chart.unit}", Voice(TICKS, sheet.quiet))
        y += UNIT_LINE
    if len(steps.colors) == 1:
        return
    width, height = LEGEND_BOX
    top = y + TICKS / 2
    for i, color in enumerate(reversed(steps.colors)):
        sheet.area(boxed(x, top + i * height, width, height), color)
    for i, label in enumerate(reversed(steps.labels())):
        sheet.say(x + width + LEGEND_LABEL, top + i * height, label, Voice(TICKS, sheet.ink))


def alt_text(chart: TileMap) -> str:
    """Each place with its words, in the order given; those on the grid that nobody reported for at the end."""
    grid = chart.grid or SHANDONG
    words = [f"{share.label}{said(share.value)}" for share in chart.values]
    labels = {share.label.removesuffix("市") for share in chart.values}
    rest = [name for row in grid for name in row if name and name.removesuffix("市") not in labels]
    words += [f"{name}{said(MISSING)}" for name in rest]
    return f"{KIND}{of_unit(chart.unit)}。{'，'.join(words)}。"
