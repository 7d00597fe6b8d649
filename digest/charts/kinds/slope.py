"""The same things before and after (去年、今年): a line each between two uprights, names and numbers at both ends.

Numbers stand where they are as far as there is room; words that would touch are nudged apart and led to their point.
What is stressed is dark and filled, the others lighter and hollow; where nothing is stressed all are dark. What was
reported only once has a point and no line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.kit.keys import draw_keys, point_keys
from digest.charts.kit.names import name_lines
from digest.charts.kit.places import apart
from digest.charts.kit.points import draw_hint
from digest.charts.kit.readings import amounts, check_count, check_some, of_unit, reading_of, said, unit_named
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import TITLE_LINE
from digest.charts.kit.words import text_width
from digest.charts.theme import TEXT, TICKS, WHITE, hex_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Slope
    from digest.style import Style

KIND: Final = "斜率图"
NOT_FROM_NOUGHT: Final = "高低不从零起"
MOST: Final = 24
LINE: Final = 12.5  # a line of words
HEAD: Final = 18.0
LEAST: Final = 92.0  # height of the uprights
FOOT: Final = 6.0
WIDEST_NAME: Final = 0.27  # of the measure
COLUMN_GAP: Final = 6.0  # between a name and its number
LEAD: Final = 13.0  # from a point to its words
DOT: Final = 2.3
NUMBER: Final = 9.5
UPRIGHT: Final = 0.6
WIDE: Final = 190.0  # between the uprights, where there is room enough


class _Thing(NamedTuple):
    """A thing with its name in lines, what it says before and after, and its colour."""

    name: tuple[str, ...]
    readings: tuple[Reading, Reading]
    color: str
    words: str
    filled: bool

    @property
    def room(self) -> float:
        return LINE * len(self.name)


class _Side(NamedTuple):
    """An upright at x and the side its words stand on: -1 left, 1 right; how wide its numbers are."""

    x: float
    way: int
    numbers: float
    middles: tuple[float, ...]  # of the words of each thing


def drawn(chart: Slope, style: Style) -> Drawn:
    """The figure; its height follows from the number of things.

    `ChartError`: C131 no thing or too many; C133 not a single number; C140 a number in another unit.
    """
    sheet = Sheet(style)
    things = _things(chart, style, sheet.width * WIDEST_NAME)
    known = amounts(reading for thing in things for reading in thing.readings)
    low, high = min(known), max(known)
    span = max(LEAST, sum(thing.room for thing in things) + FOOT)
    top = TITLE_LINE + HEAD
    foot = top + span
    ys = [[_y(reading, low, high, top + LINE / 2, foot - LINE / 2) for reading in thing.readings] for thing in things]
    sides = _sides(sheet, things, ys, (top - 2.0, foot + 2.0))
    title = "；".join([*([f"单位：{chart.unit}"] if chart.unit else []), *([NOT_FROM_NOUGHT] if low > 0 else [])])
    if title:
        sheet.say(0, TITLE_LINE / 2, title, Voice(TICKS, sheet.quiet))
    for side, head in zip(sides, (chart.before, chart.after), strict=True):
        sheet.line(side.x, top - 2.0, side.x, foot + 2.0, UPRIGHT, sheet.axis)
        _head(sheet, head, side.x, top - 2.0 - LINE / 2)
    for i, thing in enumerate(things):
        for n, side in enumerate(sides):
            _words(sheet, thing, n, side, i, ys[i][n])
    traces = [_trace(thing, sides, points) for thing, points in zip(things, ys, strict=True)]
    traces.sort(key=lambda trace: trace["line"]["width"])
    keys = point_keys((reading for thing in things for reading in thing.readings), hex_of(style.palette.deep))
    return sheet.drawn(traces, draw_keys(sheet, foot + FOOT, keys))


def _things(chart: Slope, style: Style, room: float) -> list[_Thing]:
    check_count(KIND, "个对象", len(chart.changes), MOST)
    unit = unit_named(chart.unit)
    deep, mid = hex_of(style.palette.deep), hex_of(style.palette.mid)
    plain = not any(change.stressed for change in chart.changes)
    things = []
    for change in chart.changes:
        dark = plain or change.stressed
        readings = (
            reading_of(change.before, unit, f"{change.label}{chart.before}"),
            reading_of(change.after, unit, f"{change.label}{chart.after}"),
        )
        words = deep if dark else hex_of(style.palette.ink)
        things.append(_Thing(name_lines(change.label, TEXT, room), readings, deep if dark else mid, words, dark))
    check_some(KIND, (reading for thing in things for reading in thing.readings))
    return things


def _y(reading: Reading, low: Fraction, high: Fraction, top: float, foot: float) -> float | None:
    if reading.amount is None:
        return None
    if low == high:
        return (top + foot) / 2
    return foot - float((reading.amount - low) / (high - low)) * (foot - top)


def _sides(
    sheet: Sheet, things: Sequence[_Thing], ys: Sequence[Sequence[float | None]], edges: tuple[float, float]
) -> tuple[_Side, _Side]:
    """Both uprights with the middles of their words; those of what was not reported stand lowest."""
    names = max(text_width(line, TEXT) for thing in things for line in thing.name)
    numbers = [max(text_width(thing.readings[n].label, NUMBER) for thing in things) for n in (0, 1)]
    room = [number + COLUMN_GAP + names + LEAD for number in numbers]
    between = min(WIDE, sheet.width - sum(room))
    left = room[0] + (sheet.width - sum(room) - between) / 2
    middles = [
        tuple(apart([edges[1] if y[n] is None else y[n] or 0.0 for y in ys], [thing.room for thing in things], *edges))
        for n in (0, 1)
    ]
    return _Side(left, -1, numbers[0], middles[0]), _Side(left + between, 1, numbers[1], middles[1])


# ---------------------------------------------------------------------------------------------------- drawing


def _head(sheet: Sheet, text: str, x: float, y: float) -> None:
    """What an upright stands for, over it."""
    half = text_width(text, TEXT) / 2
    sheet.say(min(max(x, half), sheet.width - half), y, text, Voice(TEXT, sheet.ink, bold=True, side="center"))


def _words(sheet: Sheet, thing: _Thing, n: int, side: _Side, i: int, y: float | None) -> None:
    """Number and name beside the upright, with a lead where they were nudged away; a hint at the point."""
    reading, middle = thing.readings[n], side.middles[i]
    at = side.x + side.way * LEAD
    known = y is not None
    near: Any = "right" if side.way > 0 else "left"
    number = Voice(NUMBER, thing.words if known else sheet.quiet, bold=known, side=near)
    sheet.say(at, middle, reading.label, number)
    name = Voice(TEXT, thing.words if known else sheet.quiet, bold=known and thing.filled, side=near)
    for row, line in enumerate(thing.name):
        beside = at + side.way * (side.numbers + COLUMN_GAP)
        sheet.say(beside, middle + LINE * (row + 0.5 - len(thing.name) / 2), line, name)
    if y is None:
        return
    if abs(y - middle) > LINE / 4:
        sheet.line(side.x + side.way * (DOT + 1.5), y, at - side.way * 1.5, middle, UPRIGHT / 1.5, sheet.axis)
    draw_hint(sheet, side.x, y, DOT, reading.certain, thing.color)


def _trace(thing: _Thing, sides: Sequence[_Side], ys: Sequence[float | None]) -> dict[str, Any]:
    edge = {"color": thing.color, "width": 0 if thing.filled else 1.1}
    return {
        "type": "scatter", "mode": "lines+markers", "connectgaps": False, "cliponaxis": False,
        "x": [side.x for side in sides], "y": list(ys),
        "line": {"color": thing.color, "width": 1.8 if thing.filled else 1.0},
        "marker": {"size": 2 * DOT, "color": thing.color if thing.filled else WHITE, "line": edge},
    }  # fmt: skip


def alt_text(chart: Slope) -> str:
    """Every thing with what it was and what it is."""
    things = "；".join(
        f"{change.label}：{chart.before}{said(change.before)}，{chart.after}{said(change.after)}"
        for change in chart.changes
    )
    return f"{KIND}{of_unit(chart.unit)}。{things}。"
