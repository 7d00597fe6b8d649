"""Bars from zero as a Plotly figure: up to three panels side by side, each with an axis of its own.

The figure is laid out in points: a hidden pair of axes spans the picture, one unit a point, y downwards, and carries
every word and line; the bars themselves stand in the units of their panel. Sizes are those of the look (point 11).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from digest.charts.drawn import Drawn
from digest.charts.kit.sheet import (
    CAP,
    KEY_LINE,
    Sheet,
    Voice,
    bound_of,
    draw_cap,
    draw_key,
    draw_notch,
    end_keys,
    key_width,
    notch_depth,
)
from digest.charts.kit.ticks import ticks_for
from digest.charts.kit.words import text_width, wrapped
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.kit.sheet import End
    from digest.charts.kit.ticks import Ticks
    from digest.story.charts import Bar, BarChart, BarPanel
    from digest.style import Style

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

    value: float
    end: End
    name: tuple[str, ...]
    display: tuple[str, ...]

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
        label = max(text_width(line, VALUE) for line in self.display)
        return (CAP if self.end == "open" else 0.0) + VALUE_GAP + label


@dataclass(frozen=True, slots=True)
class _Axis:
    """Ticks of a panel and how many points one unit takes."""

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

    `ChartError`: C131 no panel, more than three or one without bars; C132 a quantity below zero.
    """
    panels = _panels(chart, style)
    titles = max(len(panel.title) for panel in panels) * TITLE_LINE
    top = titles + TITLE_ROOM if titles else TITLE_ROOM
    foot = top + max(panel.depth for panel in panels)
    sheet = Sheet(style)
    for panel in panels:
        _draw_panel(sheet, panel, top, foot)
    height = float(math.ceil(_draw_keys(sheet, chart, panels, top, foot)))  # plotly.js rounds the room for plots
    figure = {"data": [*_bar_traces(panels, top), *sheet.traces()], "layout": _layout(panels, sheet, style, height)}
    return Drawn(figure, style.measure, height)


# ---------------------------------------------------------------------------------------------------- measuring


def _panels(chart: BarChart, style: Style) -> tuple[_Panel, ...]:
    count = len(chart.panels)
    if not 1 <= count <= MOST_PANELS or not all(panel.bars for panel in chart.panels):
        message = f"条形图要有1至{MOST_PANELS}组，每组至少一条；这张图是 {[len(panel.bars) for panel in chart.panels]}"
        raise ChartError(message, code="C131")
    gutter = GUTTERS[count]
    width = (math.floor(style.measure) - gutter * (count - 1)) / count
    fills = [hex_of(style.palette.deep), *[hex_of(style.palette.mid)] * (MOST_PANELS - 1)]
    return tuple(
        _panel(panel, i * (width + gutter), width, fills[i], alone=count == 1) for i, panel in enumerate(chart.panels)
    )


def _panel(panel: BarPanel, left: float, width: float, fill: str, *, alone: bool) -> _Panel:
    rows = tuple(_row(bar, width) for bar in panel.bars)
    axis = _axis(rows, width * ALONE if alone else width, width)
    title = panel.title
    if axis.ticks.unit > 1 and panel.unit and panel.unit not in title:
        title = f"{title}（单位：{panel.unit}）" if title else f"单位：{panel.unit}"
    return _Panel(left, width, wrapped(title, TITLE, width) if title else (), rows, axis, fill)


def _row(bar: Bar, width: float) -> _Row:
    value, end = bound_of(bar.quantity)
    if value < 0:
        message = f"条形图从零画起，“{bar.label}”是 {bar.display}"
        raise ChartError(message, code="C132", hint="负数请用表格")
    room = width * (1 - NARROWEST) - VALUE_GAP - CAP
    return _Row(float(value), end, wrapped(bar.label, TEXT, width - NAME_INSET), wrapped(bar.display, VALUE, room))


def _axis(rows: Sequence[_Row], longest: float, width: float) -> _Axis:
    """The largest scale at which every bar with its label stays in `width` and no bar passes `longest`."""
    largest = max(row.value for row in rows)
    if largest <= 0:
        return _Axis(ticks_for(0, 1), width)
    scale = longest / largest
    for row in rows:
        if row.value > 0:
            scale = min(scale, (width - row.tail) / row.value)
    ticks = ticks_for(largest, scale)
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
    for row, bar_top in _tops(panel, top):
        _draw_row(sheet, panel, row, bar_top)
    _draw_axis(sheet, panel, top, foot)


def _draw_row(sheet: Sheet, panel: _Panel, row: _Row, top: float) -> None:
    name, value = Voice(TEXT, sheet.ink), Voice(VALUE, sheet.ink, bold=True)
    first = top - row.drop + NAME_RISE
    for i, line in enumerate(row.name):
        sheet.say(panel.left + NAME_INSET, first + i * NAME_LINE, line, name)
    end = panel.left + row.value * panel.axis.scale
    if row.end == "open":
        draw_cap(sheet, end, top, CAP, BAR, panel.fill)
        end += CAP
    elif row.end == "notch":
        draw_notch(sheet, panel.left, end, top, BAR, panel.fill)
    middle = top + BAR / 2 - VALUE_LINE * (len(row.display) - 1) / 2
    for i, line in enumerate(row.display):
        sheet.say(end + VALUE_GAP, middle + i * VALUE_LINE, line, value)


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


def _draw_keys(sheet: Sheet, chart: BarChart, panels: Sequence[_Panel], top: float, foot: float) -> float:
    """Draw the keys where the panel has room for them, else under the axes; the foot of the picture."""
    keys = end_keys(bar.quantity for panel in chart.panels for bar in panel.bars)
    bottom = foot + UNDER_AXIS
    if not keys:
        return bottom
    home = next((panel for panel in panels if _has_room(panel, panels, keys, top, foot)), None)
    x, y = 0.0, bottom + KEY_LINE / 2
    if home is not None:
        x = home.left + NAME_INSET
        free = foot - top - home.depth
        y = foot - FOOT_ROOM - (free + KEY_LINE * (len(keys) - 1)) / 2
    for end, text in keys:
        draw_key(sheet, x, y, end, text, panels[0].fill if home is None else home.fill)
        y += KEY_LINE
    return bottom if home is not None else y - KEY_LINE / 2


def _has_room(
    panel: _Panel, panels: Sequence[_Panel], keys: Sequence[tuple[End, str]], top: float, foot: float
) -> bool:
    room = panel.width - NAME_INSET
    if panel is not panels[-1]:
        room += GUTTERS[len(panels)] - 2 * NAME_INSET  # a key may run into the gutter
    tall = foot - top - panel.depth >= KEY_LINE * len(keys)
    return tall and all(key_width(text) <= room for _, text in keys)


# ---------------------------------------------------------------------------------------------------- the figure


def _bar_traces(panels: Sequence[_Panel], top: float) -> list[dict[str, Any]]:
    traces = []
    for i, panel in enumerate(panels):
        lengths, middles = [], []
        for row, bar_top in _tops(panel, top):
            length = row.value * panel.axis.scale
            cut = notch_depth(length) if row.end == "notch" else 0.0
            lengths.append((length - cut) / panel.axis.scale)
            middles.append(round(bar_top + BAR / 2, 3))
        traces.append({
            "type": "bar", "orientation": "h", "x": lengths, "y": middles, "width": BAR, "xaxis": f"x{i + 2}",
            "yaxis": "y", "marker": {"color": panel.fill, "line": {"width": 0}}, "cliponaxis": False,
        })  # fmt: skip
    return traces


def _layout(panels: Sequence[_Panel], sheet: Sheet, style: Style, height: float) -> dict[str, Any]:
    across = round(style.measure)
    layout = {**sheet.layout(height), "barmode": "overlay", "bargap": 0}
    for i, panel in enumerate(panels):
        domain = [panel.left / across, min(1.0, (panel.left + panel.width) / across)]
        span = panel.width / panel.axis.scale
        layout[f"xaxis{i + 2}"] = {**layout["xaxis"], "range": [0, span], "domain": domain, "anchor": "y"}
    return layout


def alt_text(chart: BarChart) -> str:
    """Panel after panel, each bar with its words."""
    parts = []
    for panel in chart.panels:
        bars = "，".join(f"{bar.label}{bar.display}" for bar in panel.bars)
        parts.append(f"{panel.title}：{bars}" if panel.title else bars)
    return f"条形图。{'；'.join(parts)}。"
