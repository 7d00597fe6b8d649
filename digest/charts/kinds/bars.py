"""Bars from zero as a Plotly figure: up to three panels side by side, each with an axis of its own.

A bar has its name over it and its words behind it, as they were reported, with their unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from digest.charts.kit.bars import SIDE_CAP, Bar, draw_bars
from digest.charts.kit.keys import KEY_LINE, bar_keys, draw_key
from digest.charts.kit.pens import solid
from digest.charts.kit.readings import check_from_nought, read, unit_named
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.ticks import ticks_for
from digest.charts.kit.words import text_width, widest, wrapped
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.errors import ChartError
from digest.story.charts import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.keys import Key
    from digest.charts.kit.readings import Reading, Unit
    from digest.charts.kit.ticks import Ticks
    from digest.story.charts import Bar as Reported
    from digest.story.charts import BarChart, BarPanel
    from digest.style import Style

KIND: Final = "条形图"
MOST_PANELS: Final = 3
GUTTERS: Final = {1: 0.0, 2: 32.2, 3: 24.0}  # between panels
BAR: Final = 11.0
ROW: Final = 27.5
NAME_INSET: Final = 4.0
NAME_RISE: Final = 7.2  # centre of the name above the top of its bar
NAME_LINE: Final = 12.0
VALUE: Final = 10.0
VALUE_GAP: Final = 4.0
VALUE_LINE: Final = 12.5
TITLE: Final = 10.0
TITLE_LINE: Final = 14.0
TITLE_ROOM: Final = 1.5  # between the title and the zero line
FOOT_ROOM: Final = 2.0  # between the last row and the axis
TICK: Final = 2.5
TICK_LABEL_DROP: Final = 8.0  # centre of the tick labels under the axis
UNDER_AXIS: Final = 14.0
ZERO_LINE: Final = 0.8
HAIRLINE: Final = 0.5
ALONE: Final = 0.7  # bars of a single panel end there, so that a few do not stretch over the whole measure
NARROWEST: Final = 0.3  # share of a panel that its longest bar keeps, whatever its label


@dataclass(frozen=True, slots=True)
class _Row:
    """A bar with its words cut into lines."""

    reading: Reading
    name: tuple[str, ...]
    display: tuple[str, ...]

    @property
    def value(self) -> float:
        return float(self.reading.amount or 0)

    @property
    def drop(self) -> float:
        """From the top of the row to the top of its bar."""
        return 2 * NAME_RISE + NAME_LINE * (len(self.name) - 1) + VALUE_LINE * (len(self.display) - 1) / 2

    @property
    def height(self) -> float:
        return ROW + NAME_LINE * (len(self.name) - 1) + VALUE_LINE * (len(self.display) - 1)

    @property
    def tail(self) -> float:
        """What stands behind the bound: the cap, a gap and the label."""
        return (SIDE_CAP if self.reading.certain == "least" else 0.0) + VALUE_GAP + widest(self.display, VALUE)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Ticks of a panel, and how many points one unit takes."""

    ticks: Ticks
    scale: float


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel with its place: left edge and width in points."""

    left: float
    width: float
    title: tuple[str, ...]
    rows: tuple[_Row, ...]
    axis: _Axis
    fill: str

    @property
    def depth(self) -> float:
        return sum(row.height for row in self.rows) + FOOT_ROOM


def drawn(chart: BarChart, style: Style) -> Drawn:
    """The figure; its height follows from the number of bars.

    `ChartError`: C131 no panel, more than three or one without bars; C132 a number below nought.
    """
    panels = _panels(chart, style)
    titles = max(len(panel.title) for panel in panels) * TITLE_LINE
    top = titles + TITLE_ROOM if titles else TITLE_ROOM
    foot = top + max(panel.depth for panel in panels)
    sheet = Sheet(style)
    for panel in panels:
        _draw_panel(sheet, panel, top, foot)
    traces = draw_bars(sheet, (bar for panel in panels for bar in _bars(panel, top)))
    return sheet.drawn(traces, _draw_keys(sheet, panels, top, foot))


# ---------------------------------------------------------------------------------------------------- measuring


def _panels(chart: BarChart, style: Style) -> tuple[_Panel, ...]:
    count = len(chart.panels)
    if not 1 <= count <= MOST_PANELS or not all(panel.bars for panel in chart.panels):
        message = f"{KIND}要有1至{MOST_PANELS}组，每组至少一条；这张图是 {[len(panel.bars) for panel in chart.panels]}"
        raise ChartError(message, code="C131")
    gutter = GUTTERS[count]
    width = (math.floor(style.measure) - gutter * (count - 1)) / count
    fills = [hex_of(style.palette.deep), *[hex_of(style.palette.mid)] * (MOST_PANELS - 1)]
    return tuple(
        _panel(panel, i * (width + gutter), width, fills[i], alone=count == 1) for i, panel in enumerate(chart.panels)
    )


def _panel(panel: BarPanel, left: float, width: float, fill: str, *, alone: bool) -> _Panel:
    unit = unit_named(panel.unit)
    rows = tuple(_row(bar, width, unit) for bar in panel.bars)
    check_from_nought(KIND, zip((bar.label for bar in panel.bars), (row.reading for row in rows), strict=True))
    axis = _axis(rows, width * ALONE if alone else width, width, unit)
    title = panel.title
    if (axis.ticks.unit > 1 or not unit.shortens) and panel.unit and panel.unit not in title:
        title = f"{title}（单位：{panel.unit}）" if title else f"单位：{panel.unit}"
    return _Panel(left, width, wrapped(title, TITLE, width) if title else (), rows, axis, fill)


def _row(bar: Reported, width: float, unit: Unit) -> _Row:
    room = width * (1 - NARROWEST) - VALUE_GAP - SIDE_CAP
    words = wrapped(bar.label, TEXT, width - NAME_INSET), wrapped(bar.display, VALUE, room)
    return _Row(read(Value(bar.quantity, bar.display), unit), *words)


def _axis(rows: Sequence[_Row], longest: float, width: float, unit: Unit) -> _Axis:
    """The largest scale at which every bar with its label stays in `width` and no bar passes `longest`."""
    largest = max(row.value for row in rows)
    if largest <= 0:
        return _Axis(ticks_for(0, 1), width)
    scale = longest / largest
    for row in rows:
        if row.value > 0:
            scale = min(scale, (width - row.tail) / row.value)
    ticks = ticks_for(largest, scale, shortened=unit.shortens)
    return _Axis(ticks, min(scale, width / float(ticks.last)))  # the last tick must stay on the panel


# ---------------------------------------------------------------------------------------------------- drawing


def _tops(panel: _Panel, top: float) -> Iterable[tuple[_Row, float]]:
    """Each row with the y at which its bar begins."""
    y = top
    for row in panel.rows:
        yield row, y + row.drop
        y += row.height


def _draw_panel(sheet: Sheet, panel: _Panel, top: float, foot: float) -> None:
    title = Voice(TITLE, sheet.ink)
    for i, line in enumerate(panel.title):
        sheet.say(panel.left, TITLE_LINE * (i + 0.5), line, title)
    for (row, y), bar in zip(_tops(panel, top), _bars(panel, top), strict=True):
        _write(sheet, panel, row, y, bar)
    _draw_axis(sheet, panel, top, foot)


def _bars(panel: _Panel, top: float) -> Iterable[Bar]:
    for row, y in _tops(panel, top):
        end = panel.left + row.value * panel.axis.scale
        yield Bar(panel.left, end, y, BAR, solid(panel.fill), row.reading.certain, "right")


def _write(sheet: Sheet, panel: _Panel, row: _Row, top: float, bar: Bar) -> None:
    """The name over a bar and its words behind it."""
    name, value = Voice(TEXT, sheet.ink), Voice(VALUE, sheet.ink, bold=True)
    first = top - row.drop + NAME_RISE
    for i, line in enumerate(row.name):
        sheet.say(panel.left + NAME_INSET, first + i * NAME_LINE, line, name)
    middle = top + BAR / 2 - VALUE_LINE * (len(row.display) - 1) / 2
    for i, line in enumerate(row.display):
        sheet.say(bar.tip + VALUE_GAP, middle + i * VALUE_LINE, line, value)


def _draw_axis(sheet: Sheet, panel: _Panel, top: float, foot: float) -> None:
    axis, left = panel.axis, panel.left
    right = left + max(float(axis.ticks.last) * axis.scale, 1.0)
    sheet.line(left, foot, right, foot, HAIRLINE, sheet.axis)
    for tick in axis.ticks.values:
        x, text = left + float(tick) * axis.scale, axis.ticks.label(tick)
        sheet.line(x, foot, x, foot + TICK, HAIRLINE, sheet.axis)
        half = text_width(text, TICKS) / 2
        side: Literal["right", "left", "center"] = "center"
        if not tick:
            side = "right"  # nought begins under the zero line
        elif x + half > panel.left + panel.width:
            side, x = "left", panel.left + panel.width
        sheet.say(x, foot + TICK_LABEL_DROP, text, Voice(TICKS, sheet.ink, side=side))
    zero = left + ZERO_LINE / 2  # inside, so that the first panel does not lose half of it at the edge
    sheet.line(zero, top, zero, foot, ZERO_LINE, sheet.ink)


# ---------------------------------------------------------------------------------------------------- keys


def _draw_keys(sheet: Sheet, panels: Sequence[_Panel], top: float, foot: float) -> float:
    """Draw the keys where a panel has room for them, else under the axes; the foot of the picture."""
    readings = [row.reading for panel in panels for row in panel.rows]
    keys, bottom = bar_keys(readings, panels[0].fill, "right"), foot + UNDER_AXIS
    home = next((panel for panel in panels if _has_room(panel, panels, keys, top, foot)), None)
    x, y = 0.0, bottom
    if home is not None:
        keys = bar_keys(readings, home.fill, "right")
        free = foot - top - home.depth
        x, y = home.left + NAME_INSET, foot - FOOT_ROOM - (free + KEY_LINE * len(keys)) / 2
    for key in keys:
        draw_key(sheet, x, y, key)
        y += KEY_LINE
    return y if home is None else bottom


def _has_room(panel: _Panel, panels: Sequence[_Panel], keys: Sequence[Key], top: float, foot: float) -> bool:
    room = panel.width - NAME_INSET
    if panel is not panels[-1]:
        room += GUTTERS[len(panels)] - 2 * NAME_INSET  # a key may run into the gutter
    tall = foot - top - panel.depth >= KEY_LINE * len(keys)
    return tall and all(key.width <= room for key in keys)


def alt_text(chart: BarChart) -> str:
    """Panel after panel, each bar with its words."""
    parts = []
    for panel in chart.panels:
        bars = "，".join(f"{bar.label}{bar.display}" for bar in panel.bars)
        parts.append(f"{panel.title}：{bars}" if panel.title else bars)
    return f"{KIND}。{'；'.join(parts)}。"
