"""The same small chart for every part (各市), two to four side by side, all on the same axes so that they compare.

Over each stands its name and the words of the last period. A period nobody reported is a gap with a small cross where
the number would have begun, never nought.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from digest.charts.drawn import Drawn
from digest.charts.kit.sheet import KEY_LINE, Sheet, Voice, end_keys
from digest.charts.kit.ticks import ticks_for
from digest.charts.kit.words import text_width
from digest.charts.reported import (
    check_alike,
    check_count,
    check_numbers,
    drawn_number,
    lines_of,
    of_unit,
    scale_in,
    widest,
    words_of,
    words_without,
)
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.charts.tops import draw_key_bar, draw_top, top_depth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.kit.sheet import End
    from digest.charts.kit.ticks import Ticks
    from digest.story.charts import Series, SmallMultiples
    from digest.style import Style

NAME: Final = "小图组"
MOST_PANELS: Final = 24
MOST_PERIODS: Final = 36
ACROSS: Final = {2: 2, 3: 3, 5: 3, 6: 3, 9: 3}  # panels side by side; four where nothing is said
GAP: Final = 18.0
PLOT: Final = {2: 64.0, 3: 52.0, 4: 44.0}  # height of a plot, by how many stand side by side
PLOT_GAP: Final = 7.0  # between the name and the plot: caps may reach into it
ROW_GAP: Final = 12.0
NAME_LINE: Final = 12.0
VALUE: Final = 10.0
WORDS_GAP: Final = 6.0
UNIT_LINE: Final = 15.0
TICK_GAP: Final = 4.0
TICK_APART: Final = 13.0
PERIOD_DROP: Final = 9.0
PERIOD_LINE: Final = 10.5
PERIODS_APART: Final = 4.0
INSET: Final = 4.0  # of the first and last point
LINE: Final = 1.5
DOT: Final = 4.2
SMALL_DOT: Final = 3.2
BOUND: Final = 5.6
CROSS: Final = 1.7
CROSS_RISE: Final = 4.0
CROSS_STROKE: Final = 0.8
ZERO_LINE: Final = 0.8
GRID_LINE: Final = 0.5
BAR_SHARE: Final = 0.64  # of the room of a period
WIDEST_BAR: Final = 14.0
KEYS_GAP: Final = 4.0
KEY_ROOM: Final = 12.0
KEYS_APART: Final = 16.0
PAPER: Final = "#ffffff"


@dataclass(frozen=True, slots=True)
class _Point:
    """A value at its place in points; without a height nobody reported it."""

    x: float
    y: float | None
    end: End


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel: left edge, where its head begins and where its zero line stands."""

    left: float
    top: float
    zero: float
    name: tuple[str, ...]
    words: tuple[str, ...]
    reported: bool
    points: tuple[_Point, ...]
    last: bool  # nothing stands under it


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all panels share."""

    across: int
    left: float
    width: float
    height: float
    ticks: Ticks

    @property
    def scale(self) -> float:
        """Points a unit."""
        return self.height / max(float(self.ticks.last), 1e-9) if self.ticks.last else 0.0

    def x(self, i: int, count: int, *, bars: bool) -> float:
        """Where a period stands, from the left edge of the panel."""
        if bars:
            return self.width * (i + 0.5) / count
        return INSET + (self.width - 2 * INSET) * i / (count - 1)


def drawn(chart: SmallMultiples, style: Style) -> Drawn:
    """The figure; its height follows from the rows of panels.

    `ChartError`: C131 fewer than two panels or too many, fewer than two periods for lines or too many; C132 a number
    below zero; C133 not one number; C134 a series with more or fewer values than there are periods.
    """
    _check(chart)
    sheet = Sheet(style)
    frame = _frame(chart, sheet.width)
    panels, foot = _panels(chart, frame)
    fill, grid = hex_of(style.palette.deep), hex_of(style.palette.grid)
    _draw_head(sheet, chart)
    for panel in panels:
        _draw_panel(sheet, chart, panel, frame, grid)
    traces = _bars(sheet, panels, frame, fill) if chart.kind == "bar" else _lines(panels, fill)
    bottom, keys = _draw_keys(sheet, chart, foot, fill)
    height = float(math.ceil(bottom))
    layout = {**sheet.layout(height), "barmode": "overlay", "bargap": 0}
    return Drawn({"data": [*traces, *keys, *sheet.traces()], "layout": layout}, style.measure, height)


def _check(chart: SmallMultiples) -> None:
    check_count(NAME, "幅", len(chart.series), 2, MOST_PANELS)
    check_count(NAME, "期", len(chart.periods), 1 if chart.kind == "bar" else 2, MOST_PERIODS)
    for series in chart.series:
        check_alike(NAME, f"“{series.name}”", len(series.values), len(chart.periods), "个数")
    named = [
        (f"{series.name}{period}", value)
        for series in chart.series
        for period, value in zip(chart.periods, series.values, strict=True)
    ]
    check_numbers(NAME, named)


# ---------------------------------------------------------------------------------------------------- measuring


def _frame(chart: SmallMultiples, width: float) -> _Frame:
    numbers = [drawn_number(value, chart.unit) for series in chart.series for value in series.values]
    largest = float(max(number[0] for number in numbers if number is not None))
    across = ACROSS.get(len(chart.series), 4)
    height = PLOT[across]
    ticks = ticks_for(largest, height / largest if largest else 1.0, upright=TICK_APART)
    if scale_in(chart.unit) > 1:
        ticks = replace(ticks, unit=1)  # the unit counts in 万 or 亿 already
    left = max(text_width(ticks.label(tick), TICKS) for tick in ticks.values) + TICK_GAP
    return _Frame(across, left, (width - left - GAP * (across - 1)) / across, height, ticks)


def _panels(chart: SmallMultiples, frame: _Frame) -> tuple[list[_Panel], float]:
    """All panels at their places, and the foot of the last row."""
    heads = [_head(chart, series, frame.width) for series in chart.series]
    panels: list[_Panel] = []
    y = UNIT_LINE
    count = len(chart.series)
    for first in range(0, count, frame.across):
        row = range(first, min(first + frame.across, count))
        tall = max(NAME_LINE * max(len(heads[i][0]), len(heads[i][1])) for i in row)
        zero = y + tall + PLOT_GAP + frame.height
        for i in row:
            name, words = heads[i]
            left = frame.left + (i - first) * (frame.width + GAP)
            points = tuple(_points(chart, chart.series[i], frame, left, zero))
            reported = chart.series[i].values[-1].quantity is not None
            below = i + frame.across < count
            panels.append(_Panel(left, zero - frame.height - PLOT_GAP, zero, name, words, reported, points, not below))
        y = zero + ROW_GAP
    lines = max(len(lines) for lines in _ends(chart, frame))
    return panels, y - ROW_GAP + PERIOD_DROP + PERIOD_LINE * (lines - 0.5)


def _head(chart: SmallMultiples, series: Series, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name and last words of a panel, each in lines."""
    words = lines_of(words_without(chart.unit, series.values[-1]), VALUE, width / 2)
    return lines_of(series.name, TEXT, width - widest(words, VALUE) - WORDS_GAP), words


def _points(chart: SmallMultiples, series: Series, frame: _Frame, left: float, zero: float) -> Iterable[_Point]:
    count = len(chart.periods)
    for i, value in enumerate(series.values):
        x = left + frame.x(i, count, bars=chart.kind == "bar")
        number = drawn_number(value, chart.unit)
        if number is None:
            yield _Point(x, None, "plain")
        else:
            yield _Point(x, zero - float(number[0]) * frame.scale, number[1])


def _ends(chart: SmallMultiples, frame: _Frame) -> tuple[tuple[str, ...], ...]:
    """The first and the last period in lines; the only one where there is one."""
    room = (frame.width - WORDS_GAP) / 2
    return tuple(lines_of(period, TICKS, room) for period in dict.fromkeys((chart.periods[0], chart.periods[-1])))


# ---------------------------------------------------------------------------------------------------- drawing


def _draw_head(sheet: Sheet, chart: SmallMultiples) -> None:
    unit = f"单位：{chart.unit}；" if chart.unit else ""
    for i, line in enumerate(lines_of(f"{unit}右上为{chart.periods[-1]}的数", TICKS, sheet.width)[:1]):
        sheet.say(0.0, TICKS / 2 + 1 + i * KEY_LINE, line, Voice(TICKS, sheet.quiet))


def _draw_panel(sheet: Sheet, chart: SmallMultiples, panel: _Panel, frame: _Frame, grid: str) -> None:
    right, y = panel.left + frame.width, panel.top
    told, silent = Voice(VALUE, sheet.ink, bold=True, side="left"), Voice(TICKS, sheet.quiet, side="left")
    for i, line in enumerate(reversed(panel.name)):
        sheet.say(panel.left, y - NAME_LINE * (i + 0.5), line, Voice(TEXT, sheet.ink))
    for i, line in enumerate(reversed(panel.words)):
        sheet.say(right, y - NAME_LINE * (i + 0.5), line, told if panel.reported else silent)
    for tick in frame.ticks.values:
        height = panel.zero - float(tick) * frame.scale
        if tick:
            sheet.line(panel.left, height, right, height, GRID_LINE, grid)
            sheet.shapes[-1]["layer"] = "below"
        if panel.left == frame.left:
            label = Voice(TICKS, sheet.ink, side="left")
            sheet.say(panel.left - TICK_GAP, height, frame.ticks.label(tick), label)
    for point in panel.points:
        if point.y is None:
            sheet.path([_cross(point.x, panel.zero - CROSS_RISE)], CROSS_STROKE, sheet.quiet)
    sheet.line(panel.left, panel.zero, right, panel.zero, ZERO_LINE, sheet.ink)
    if panel.last:
        _draw_periods(sheet, chart, panel, frame)


def _draw_periods(sheet: Sheet, chart: SmallMultiples, panel: _Panel, frame: _Frame) -> None:
    slot = frame.width / len(chart.periods)
    if chart.kind == "bar" and all(text_width(period, TICKS) + PERIODS_APART <= slot for period in chart.periods):
        for point, period in zip(panel.points, chart.periods, strict=True):
            _say_under(sheet, panel, point.x, (period,), Voice(TICKS, sheet.ink, side="center"))
        return
    first, *rest = _ends(chart, frame)
    _say_under(sheet, panel, panel.left, first, Voice(TICKS, sheet.ink))
    for last in rest:
        _say_under(sheet, panel, panel.left + frame.width, last, Voice(TICKS, sheet.ink, side="left"))


def _say_under(sheet: Sheet, panel: _Panel, x: float, lines: Sequence[str], voice: Voice) -> None:
    for i, line in enumerate(lines):
        sheet.say(x, panel.zero + PERIOD_DROP + i * PERIOD_LINE, line, voice)


def _cross(x: float, y: float) -> str:
    return (
        f"M{x - CROSS:.3f},{y - CROSS:.3f}L{x + CROSS:.3f},{y + CROSS:.3f}"
        f"M{x - CROSS:.3f},{y + CROSS:.3f}L{x + CROSS:.3f},{y - CROSS:.3f}"
    )


def _draw_keys(sheet: Sheet, chart: SmallMultiples, foot: float, fill: str) -> tuple[float, list[dict[str, Any]]]:
    """What ends, marks and crosses mean, where they occur, side by side; the foot of the picture and its marks."""
    values = [value for series in chart.series for value in series.values]
    ends = end_keys(value.quantity for value in values if value.quantity is not None)
    keys: list[tuple[End, str]] = [(end, text.partition("：")[2].replace("长度", "高度")) for end, text in ends]
    keys += [("plain", "未报，不是零")] if any(value.quantity is None for value in values) else []
    x, y = 0.0, foot + KEYS_GAP + KEY_LINE / 2
    marks: list[dict[str, Any]] = []
    for end, said in keys:
        width = KEY_ROOM + text_width(said, TICKS)
        if x and x + width > sheet.width:
            x, y = 0.0, y + KEY_LINE
        middle = x + KEY_ROOM / 2 - 1
        if end == "plain":
            sheet.path([_cross(middle, y)], CROSS_STROKE, sheet.quiet)
        elif chart.kind == "bar":
            draw_key_bar(sheet, middle, y, end, fill)
        else:
            marks.append(_marks([(middle, y)], _SYMBOLS[end], BOUND, fill))
        sheet.say(x + KEY_ROOM, y, said, Voice(TICKS, sheet.quiet))
        x += width + KEYS_APART
    return (y + KEY_LINE / 2 if keys else foot), marks


# ---------------------------------------------------------------------------------------------------- bars


def _bars(sheet: Sheet, panels: Sequence[_Panel], frame: _Frame, fill: str) -> list[dict[str, Any]]:
    width = min(frame.width / len(panels[0].points) * BAR_SHARE, WIDEST_BAR)
    xs, bases, lengths = [], [], []
    for panel in panels:
        for point in panel.points:
            if point.y is None:
                continue
            top = point.y + (top_depth(panel.zero - point.y) if point.end == "notch" else 0.0)
            xs.append(round(point.x, 3))
            bases.append(panel.zero)
            lengths.append(top - panel.zero)
            draw_top(sheet, point.x, panel.zero, point.y, point.end, width, fill)
    marker = {"color": fill, "line": {"width": 0}}
    return [
        {"type": "bar", "x": xs, "y": lengths, "base": bases, "width": width, "marker": marker, "cliponaxis": False}
    ]


# ---------------------------------------------------------------------------------------------------- lines


_SYMBOLS: Final[dict[End, str]] = {"open": "triangle-up", "notch": "triangle-down", "plain": "circle"}


def _lines(panels: Sequence[_Panel], fill: str) -> list[dict[str, Any]]:
    """A line a panel, broken where nobody reported; dots at its end and wherever a point stands alone."""
    traces = [
        {
            "type": "scatter", "mode": "lines", "x": [round(point.x, 3) for point in panel.points],
            "y": [None if point.y is None else round(point.y, 3) for point in panel.points],
            "line": {"color": fill, "width": LINE}, "connectgaps": False, "cliponaxis": False,
        }
        for panel in panels
    ]  # fmt: skip
    ends, alone = [], []
    bounds: dict[End, list[tuple[float, float]]] = {"open": [], "notch": []}
    for panel in panels:
        told = [i for i, point in enumerate(panel.points) if point.y is not None]
        for i in told:
            point = panel.points[i]
            place = (round(point.x, 3), round(point.y or 0.0, 3))
            if point.end in bounds:
                bounds[point.end].append(place)
            elif i == told[-1]:
                ends.append(place)
            elif i - 1 not in told and i + 1 not in told:
                alone.append(place)
    traces += [_marks(places, _SYMBOLS[end], BOUND, fill) for end, places in bounds.items() if places]
    traces += [_marks(ends, "circle", DOT, fill, solid=True)] if ends else []
    traces += [_marks(alone, "circle", SMALL_DOT, fill, solid=True)] if alone else []
    return traces


def _marks(
    places: Sequence[tuple[float, float]], symbol: str, size: float, fill: str, *, solid: bool = False
) -> dict[str, Any]:
    """Marks at some places: filled, or hollow where the number is a bound."""
    return {
        "type": "scatter", "mode": "markers", "x": [x for x, _ in places], "y": [y for _, y in places],
        "cliponaxis": False,
        "marker": {
            "symbol": symbol, "size": size, "color": fill if solid else PAPER, "opacity": 1,
            "line": {"color": fill, "width": 0 if solid else 1},
        },
    }  # fmt: skip


def alt_text(chart: SmallMultiples) -> str:
    """Panel after panel, each period with its words."""
    rows = []
    for series in chart.series:
        told = (f"{period}{words_of(value)}" for period, value in zip(chart.periods, series.values, strict=False))
        rows.append(f"{series.name}：{'，'.join(told)}")
    return f"{NAME}{of_unit(chart.unit)}。{'；'.join(rows)}。"
