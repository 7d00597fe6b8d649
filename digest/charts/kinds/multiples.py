"""The same small chart for every part (各市), two to four side by side, all on the same axes so that they compare.

Over each stands its name and the words of the last period. A period nobody reported is a gap with a small cross where
the number would have begun, never nought. Series of one name and of unlike roles (济南, this year and a year before)
stand in one panel.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.kit.along_lines import points_of
from digest.charts.kit.bars import Bar, draw_bars
from digest.charts.kit.keys import Key, bar_keys, draw_keys, point_keys
from digest.charts.kit.legend import Named, draw_swatch
from digest.charts.kit.pens import bar_fills, line_pens
from digest.charts.kit.points import draw_dot, draw_hint
from digest.charts.kit.readings import (
    amounts,
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
from digest.charts.kit.shapes import joined
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import Rule, Scale, draw_rule, rule_for
from digest.charts.kit.words import lines_of, text_width, widest
from digest.charts.theme import TEXT, TICKS, WHITE, hex_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.pens import Pen
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.shapes import Point
    from digest.story.charts import Role, Series, SmallMultiples
    from digest.style import Palette, Style

KIND: Final = "小图组"
MOST_PANELS: Final = 24
MOST_PERIODS: Final = 36
ACROSS: Final = {2: 2, 3: 3, 5: 3, 6: 3, 9: 3}  # panels side by side; four where nothing is said
GAP: Final = 18.0
PLOT: Final = {2: 64.0, 3: 52.0, 4: 44.0}  # height of a plot, by how many stand side by side
PLOT_GAP: Final = 7.0  # between the name and the plot: caps may reach into it
CAP: Final = 5.5
ROW_GAP: Final = 12.0
NAME_LINE: Final = 12.0
VALUE: Final = 10.0
WORDS_GAP: Final = 6.0
UNIT_LINE: Final = 15.0
PERIOD_DROP: Final = 9.0
PERIOD_LINE: Final = 10.5
PERIODS_APART: Final = 4.0
INSET: Final = 4.0  # of the first and last point
LINE: Final = 1.5
DOT: Final = 2.1
SMALL_DOT: Final = 1.6
RING: Final = 1.0
CROSS: Final = 1.7
CROSS_RISE: Final = 4.0
CROSS_STROKE: Final = 0.8
BAR_SHARE: Final = 0.64  # of the room of a period
WIDEST_BAR: Final = 14.0
KEYS_GAP: Final = 4.0
LONG: Final = 20.0  # of a line in a key
ROLES: Final[dict[Role, str]] = {"actual": "", "earlier": "同期", "target": "目标"}


class _Row(NamedTuple):
    """A series and what it says of each period."""

    series: Series
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel: its rows, what was reported before what it is compared with, the words over it and where it stands."""

    rows: tuple[_Row, ...]
    name: tuple[str, ...]
    words: tuple[str, ...]
    left: float
    scale: Scale
    last: bool  # nothing stands under it


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all panels share."""

    across: int
    left: float
    width: float
    height: float
    rule: Rule

    def x(self, i: int, count: int, *, bars: bool) -> float:
        """Where a period stands, from the left edge of the panel."""
        if bars:
            return self.width * (i + 0.5) / count
        return INSET + (self.width - 2 * INSET) * i / (count - 1)


def drawn(chart: SmallMultiples, style: Style) -> Drawn:
    """The figure; its height follows from the rows of panels.

    `ChartError`: C131 fewer than two panels or too many, fewer than two periods for lines or too many; C132 a number
    below nought; C133 not a single number; C134 a series with more or fewer values than there are periods; C140 a
    number in another unit.
    """
    parts = _read(chart)
    sheet = Sheet(style)
    frame = _frame(chart, parts, sheet.width)
    panels, foot = _panels(chart, parts, frame)
    unit = f"单位：{chart.unit}；" if chart.unit else ""
    head = lines_of(f"{unit}右上为{chart.periods[-1]}的数", TICKS, sheet.width)[0]
    sheet.say(0.0, TICKS / 2 + 1, head, Voice(TICKS, sheet.quiet))
    if chart.kind == "bar":
        traces = draw_bars(sheet, (bar for panel in panels for bar in _bars(sheet, panel, frame, style.palette)))
    else:
        traces = [trace for panel in panels for trace in _lines(sheet, panel, frame, style.palette)]
    for panel in panels:
        _draw_panel(sheet, style, chart, panel, frame)
    keys = list(_keys(chart, panels, style.palette))
    return sheet.drawn(traces, draw_keys(sheet, foot + KEYS_GAP, keys) if keys else foot)


def _read(chart: SmallMultiples) -> list[tuple[_Row, ...]]:
    """The rows of each panel."""
    unit, parts = unit_named(chart.unit), list[list[_Row]]()
    for series in chart.series:
        check_length(KIND, series.name, series.values, "时段", chart.periods)
        row = _Row(series, readings_of(series, chart.periods, unit))
        check_from_nought(KIND, zip((f"{period}{series.name}" for period in chart.periods), row.readings, strict=True))
        home = next((part for part in parts if _joins(series, part)), None)
        if home is None:
            parts.append([row])
        else:
            home.append(row)
    check_count(KIND, "幅", len(parts), MOST_PANELS, 2)
    check_count(KIND, "期", len(chart.periods), MOST_PERIODS, 1 if chart.kind == "bar" else 2)
    check_some(KIND, (reading for part in parts for row in part for reading in row.readings))
    order = list(ROLES)
    return [tuple(sorted(part, key=lambda row: order.index(row.series.role))) for part in parts]


def _joins(series: Series, part: Sequence[_Row]) -> bool:
    return part[0].series.name == series.name and all(row.series.role != series.role for row in part)


# ---------------------------------------------------------------------------------------------------- measuring


def _frame(chart: SmallMultiples, parts: Sequence[Sequence[_Row]], width: float) -> _Frame:
    across = ACROSS.get(len(parts), 4)
    numbers = amounts(reading for part in parts for row in part for reading in row.readings)
    rule = rule_for(numbers, PLOT[across], unit_named(chart.unit))
    return _Frame(across, rule.width, (width - rule.width - GAP * (across - 1)) / across, PLOT[across], rule)


def _panels(chart: SmallMultiples, parts: Sequence[tuple[_Row, ...]], frame: _Frame) -> tuple[list[_Panel], float]:
    """All panels at their places, and the foot of the last row."""
    heads = [_head(chart, part[0], frame.width) for part in parts]
    silent = replace(frame.rule, labels=("",) * len(frame.rule.labels))
    panels: list[_Panel] = []
    y = UNIT_LINE
    for first in range(0, len(parts), frame.across):
        row = range(first, min(first + frame.across, len(parts)))
        top = y + NAME_LINE * max(len(lines) for i in row for lines in heads[i]) + PLOT_GAP
        for i in row:
            scale = Scale(silent if i > first else frame.rule, top, top + frame.height)
            left = frame.left + (i - first) * (frame.width + GAP)
            panels.append(_Panel(parts[i], *heads[i], left, scale, last=i + frame.across >= len(parts)))
        y = top + frame.height + ROW_GAP
    lines = max(len(lines) for lines in _ends(chart, frame))
    return panels, y - ROW_GAP + PERIOD_DROP + PERIOD_LINE * (lines - 0.5)


def _head(chart: SmallMultiples, row: _Row, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name and last words of a panel, each in lines."""
    words = lines_of(bare(row.readings[-1], unit_named(chart.unit)), VALUE, width / 2)
    return lines_of(row.series.name, TEXT, width - widest(words, VALUE) - WORDS_GAP), words


def _ends(chart: SmallMultiples, frame: _Frame) -> tuple[tuple[str, ...], ...]:
    """The first and the last period in lines; the only one where there is one."""
    room = (frame.width - WORDS_GAP) / 2
    return tuple(lines_of(period, TICKS, room) for period in dict.fromkeys((chart.periods[0], chart.periods[-1])))


# ---------------------------------------------------------------------------------------------------- drawing


def _draw_panel(sheet: Sheet, style: Style, chart: SmallMultiples, panel: _Panel, frame: _Frame) -> None:
    right, y = panel.left + frame.width, panel.scale.top - PLOT_GAP
    told_last = panel.rows[0].readings[-1].amount is not None
    words = Voice(VALUE, sheet.ink, bold=True, side="left") if told_last else Voice(TICKS, sheet.quiet, side="left")
    for i, line in enumerate(reversed(panel.name)):
        sheet.say(panel.left, y - NAME_LINE * (i + 0.5), line, Voice(TEXT, sheet.ink))
    for i, line in enumerate(reversed(panel.words)):
        sheet.say(right, y - NAME_LINE * (i + 0.5), line, words)
    draw_rule(sheet, style, panel.scale, panel.left, right)
    if panel.last:
        _draw_periods(sheet, chart, panel, frame)


def _draw_periods(sheet: Sheet, chart: SmallMultiples, panel: _Panel, frame: _Frame) -> None:
    slot = frame.width / len(chart.periods)
    if chart.kind == "bar" and all(text_width(period, TICKS) + PERIODS_APART <= slot for period in chart.periods):
        for i, period in enumerate(chart.periods):
            x = panel.left + frame.x(i, len(chart.periods), bars=True)
            _say_under(sheet, panel, x, (period,), Voice(TICKS, sheet.ink, side="center"))
        return
    first, *rest = _ends(chart, frame)
    _say_under(sheet, panel, panel.left, first, Voice(TICKS, sheet.ink))
    for last in rest:
        _say_under(sheet, panel, panel.left + frame.width, last, Voice(TICKS, sheet.ink, side="left"))


def _say_under(sheet: Sheet, panel: _Panel, x: float, lines: Sequence[str], voice: Voice) -> None:
    for i, line in enumerate(lines):
        sheet.say(x, panel.scale.foot + PERIOD_DROP + i * PERIOD_LINE, line, voice)


def _draw_cross(sheet: Sheet, x: float, y: float) -> None:
    arms = (((x - CROSS, y - CROSS), (x + CROSS, y + CROSS)), ((x - CROSS, y + CROSS), (x + CROSS, y - CROSS)))
    sheet.path(map(joined, arms), CROSS_STROKE, sheet.quiet)


def _bars(sheet: Sheet, panel: _Panel, frame: _Frame, palette: Palette) -> Iterator[Bar]:
    """A bar for each period and row, side by side; crosses where nobody reported."""
    fills = bar_fills([row.series for row in panel.rows], palette)
    count, scale = len(panel.rows[0].readings), panel.scale
    width = min(frame.width / count * BAR_SHARE / len(fills), WIDEST_BAR)
    for n, (row, fill) in enumerate(zip(panel.rows, fills, strict=True)):
        for i, reading in enumerate(row.readings):
            left = panel.left + frame.x(i, count, bars=True) + width * (n - len(fills) / 2)
            if reading.amount is None:
                _draw_cross(sheet, left + width / 2, scale.base - CROSS_RISE)
            else:
                yield Bar(scale.base, scale.y(reading.amount), left, width, fill, reading.certain, cap=CAP)


def _lines(sheet: Sheet, panel: _Panel, frame: _Frame, palette: Palette) -> Iterator[dict[str, Any]]:
    """A line a row, parted where nobody reported, the first above the others; crosses and dots too."""
    pens = line_pens([row.series for row in panel.rows], palette)
    for n, (row, pen) in reversed(list(enumerate(zip(panel.rows, pens, strict=True)))):
        count, scale = len(row.readings), panel.scale
        xs = [panel.left + frame.x(i, count, bars=False) for i in range(count)]
        points = points_of(row.readings, xs, scale)
        if not n:
            for x, point in zip(xs, points, strict=True):
                if point is None:
                    _draw_cross(sheet, x, scale.base - CROSS_RISE)
        _draw_dots(sheet, row, points, pen)
        yield {
            "type": "scatter", "mode": "lines", "connectgaps": False, "cliponaxis": False,
            "x": [point and round(point[0], 3) for point in points],
            "y": [point and round(point[1], 3) for point in points],
            "line": {"color": pen.color, "width": min(LINE, pen.width), "dash": pen.dash},
        }  # fmt: skip


def _draw_dots(sheet: Sheet, row: _Row, points: Sequence[Point | None], pen: Pen) -> None:
    """Dots where a line ends, where a point stands alone and where a number is a bound, with what that bound is."""
    known = [i for i, point in enumerate(points) if point]
    for i, point in enumerate(points):
        if point is None:
            continue
        certain = row.readings[i].certain
        alone = i - 1 not in known and i + 1 not in known
        if i == known[-1] or alone or certain != "exact":
            radius = SMALL_DOT if alone and i != known[-1] else DOT
            draw_dot(sheet, *point, radius, pen.color, *((WHITE, RING) if pen.hollow else ()))
            draw_hint(sheet, *point, radius, certain, pen.color)


def _keys(chart: SmallMultiples, panels: Sequence[_Panel], palette: Palette) -> Iterator[Key]:
    """What roles, marks and crosses mean, where they occur."""
    rows = [row for panel in panels for row in panel.rows]
    for role, words in ROLES.items():
        row = next((row for row in rows if row.series.role == role), None)
        if row and words:
            yield _role_key(row.series, words, palette, bars=chart.kind == "bar")
    deep = hex_of(palette.deep)
    readings = [reading for row in rows for reading in row.readings]
    yield from bar_keys(readings, deep) if chart.kind == "bar" else point_keys(readings, deep)
    crossed = readings if chart.kind == "bar" else [reading for panel in panels for reading in panel.rows[0].readings]
    if any(reading.amount is None for reading in crossed):
        yield Key(lambda sheet, left, middle: _draw_cross(sheet, left + CROSS, middle), "未报，不是零", 2 * CROSS)


def _role_key(series: Series, words: str, palette: Palette, *, bars: bool) -> Key:
    (pen,), (fill,) = line_pens([series], palette), bar_fills([series], palette)
    if bars:
        return Key(lambda sheet, left, middle: draw_swatch(sheet, left, middle, Named(words, fill)), words)

    def draw(sheet: Sheet, left: float, middle: float) -> None:
        sheet.line(left, middle, left + LONG, middle, pen.width, pen.color, dash=pen.dash)

    return Key(draw, words, LONG)


def alt_text(chart: SmallMultiples) -> str:
    """Panel after panel, each period with its words."""
    rows = []
    for series in chart.series:
        role = f"（{ROLES[series.role]}）" if ROLES[series.role] else ""
        rows.append(told(replace(series, name=f"{series.name}{role}"), chart.periods))
    return f"{KIND}{of_unit(chart.unit)}。{'；'.join(rows)}。"
