"""Bars from zero as a Plotly figure: up to three panels side by side, each with an axis of its own.

The figure is laid out in points: a hidden pair of axes spans the picture, one unit a point, y downwards, and carries
every word and line; the bars themselves stand in the units of their panel. Sizes are those of the look (point 11).

A bound is drawn as what it is. 余 and 多: solid up to what was said, then a hatched cap whose right side stays open.
近 and 不足: the end is cut into a notch whose tips touch what was said, so that it never reads as reached.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

from digest.charts.theme import FAMILY, TEXT, TICKS, hex_of, template
from digest.errors import ChartError
from digest.story.blocks import BarChart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.quantity import Quantity
    from digest.story.blocks import Bar, BarPanel, PlotlyChart
    from digest.style import Palette, Style

End = Literal["plain", "open", "notch"]

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
KEY_LINE: Final = 14.0
KEY_BAR: Final = 8.0
CAP: Final = 16.0
HATCH: Final = 0.7
HATCH_PITCH: Final = 3.4
CAP_EDGE: Final = 0.6
NOTCH: Final = 5.5
ZERO_LINE: Final = 0.8
MIDDLE: Final = 0.12  # em: plotly.js puts the baseline 0.25 em under the middle, a Han character has its own 0.37 above
HAIRLINE: Final = 0.5
ALONE: Final = 0.7  # bars of a single panel end there, so that a few do not stretch over the whole measure
NARROWEST: Final = 0.3  # share of a panel that its longest bar keeps, whatever its label
MOST_TICKS: Final = 5
TICK_CLEAR: Final = 8.0  # between two tick labels

# Signs in the words of a source that say where the number stands, for the key.
_OPEN_SIGNS: Final = ("余", "多", "超", "逾", "突破", "高于", "至少", "不少于", "不低于", "以上")
_NOTCH_SIGNS: Final = ("近", "将近", "接近", "不足", "不到", "低于", "至多", "不超过", "不高于", "以下", "以内")

# Widths of the Hei face in em, rounded up; a label may be given too much room, never too little.
_NARROW: Final = dict.fromkeys(".,:;'|!()[]ijlI", 0.4) | dict.fromkeys('"/-', 0.6)
_WIDE: Final = dict.fromkeys("mwMW%", 1.0) | {"@": 1.1}
_LATIN: Final = 0.66
_CAPITAL: Final = 0.8
_DIGIT: Final = 0.6
_CLOSING: Final = "，。、；：？！）》」』”’％%)]}"
_OPENING: Final = "（《「『“‘([{"


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

    step: Fraction
    last: Fraction
    unit: int  # 1, 10000 or 100000000
    scale: float

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        return tuple(self.step * i for i in range(int(self.last / self.step) + 1))

    def label(self, tick: Fraction) -> str:
        number = tick / self.unit
        text = f"{float(number):.10f}".rstrip("0").rstrip(".")
        return text + ({10**4: "万", 10**8: "亿"}.get(self.unit, "") if tick else "")


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


def bar_figure(chart: BarChart, style: Style) -> tuple[dict[str, Any], float, float]:
    """Plotly figure (plain JSON values), width and height in points; the height follows from the number of bars.

    `ChartError`: C131 no panel, more than three or one without bars; C132 a quantity below zero.
    """
    panels = _panels(chart, style)
    titles = max(len(panel.title) for panel in panels) * TITLE_LINE
    top = titles + TITLE_ROOM if titles else TITLE_ROOM
    foot = top + max(panel.depth for panel in panels)
    sheet = _Sheet(style.palette, math.floor(style.measure))
    for panel in panels:
        _draw_panel(sheet, panel, top, foot)
    height = float(math.ceil(_draw_keys(sheet, chart, panels, top, foot)))  # plotly.js rounds the room for plots
    figure = {"data": [*_bar_traces(panels, top), *sheet.traces()], "layout": _layout(panels, sheet, style, height)}
    return figure, style.measure, height


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
    if axis.unit > 1 and panel.unit and panel.unit not in title:
        title = f"{title}（单位：{panel.unit}）" if title else f"单位：{panel.unit}"
    return _Panel(left, width, wrapped(title, TITLE, width) if title else (), rows, axis, fill)


def _row(bar: Bar, width: float) -> _Row:
    value, end = bound_of(bar.quantity)
    if value < 0:
        message = f"条形图从零画起，“{bar.label}”是 {bar.display}"
        raise ChartError(message, code="C132", hint="负数请用表格")
    room = width * (1 - NARROWEST) - VALUE_GAP - CAP
    return _Row(float(value), end, wrapped(bar.label, TEXT, width - NAME_INSET), wrapped(bar.display, VALUE, room))


def bound_of(quantity: Quantity) -> tuple[Fraction, End]:
    """How far a quantity is drawn, and how the bar ends there."""
    lower, upper = quantity.lower, quantity.upper
    if lower is not None and upper is None:
        return lower, "open"
    if upper is not None and lower is None:
        return upper, "notch"
    return (quantity.amount if lower is None else lower), "plain"


def _axis(rows: Sequence[_Row], longest: float, width: float) -> _Axis:
    """The largest scale at which every bar with its label stays in `width` and no bar passes `longest`."""
    largest = max(row.value for row in rows)
    if largest <= 0:
        return _Axis(Fraction(1), Fraction(0), 1, width)
    scale = longest / largest
    for row in rows:
        if row.value > 0:
            scale = min(scale, (width - row.tail) / row.value)
    step, unit = _step(largest, scale)
    last = step * math.ceil(Fraction(largest) / step)
    return _Axis(step, last, unit, min(scale, width / float(last)))  # the last tick must stay on the panel


def _step(largest: float, scale: float) -> tuple[Fraction, int]:
    """A round step with labels that stand clear of each other, and the unit they are counted in (1, 万, 亿)."""
    unit = 10**8 if largest >= 10**8 else 10**4 if largest >= 5 * 10**4 else 1  # 万 from five digits on
    power = Fraction(10) ** math.floor(math.log10(largest) - 1)
    while True:
        for factor in (1, 2, 5):
            step = power * factor
            count = math.ceil(Fraction(largest) / step)
            label = text_width(_Axis(step, step * count, unit, scale).label(step * count), TICKS)
            if count <= MOST_TICKS and float(step) * scale >= label + TICK_CLEAR:
                return step, unit
            if count == 1:
                return step, unit
        power *= 10


def text_width(text: str, size: float) -> float:
    """Room a text takes in the Hei face, in points, rounded up."""
    return sum(_em(character) for character in text) * size


def _em(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if character in _WIDE:
        return _WIDE[character]
    if not character.isascii():
        return 1.0
    if character.isdigit() or character == " ":
        return _DIGIT
    return _CAPITAL if character.isupper() or not character.isalpha() else _LATIN


def wrapped(text: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a label within `room` points, about equally long.

    Words and numbers stay whole, closing marks do not begin a line.
    """
    lines = _filled(text, size, room)
    narrower = room
    while len(lines) > 1 and narrower > room / 2:
        narrower -= size / 2
        tighter = _filled(text, size, narrower)
        if len(tighter) > len(lines) or max(text_width(line, size) for line in tighter) > room:
            break
        lines = tighter
    return lines


def _filled(text: str, size: float, room: float) -> tuple[str, ...]:
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and text_width(lines[-1] + piece, size) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(lines)


def _pieces(text: str) -> Iterable[str]:
    """What a line may end behind: a Han character, a word, a number, each with the marks that belong to it."""
    piece = ""
    for character in text:
        joins = piece and (
            character in _CLOSING
            or piece[-1] in _OPENING
            or (character.isascii() and piece[-1].isascii() and not character.isspace() and not piece[-1].isspace())
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


# ---------------------------------------------------------------------------------------------------- drawing


@dataclass(frozen=True, slots=True)
class _Voice:
    """Size, colour and weight of words, and where they stand to their point."""

    size: float
    color: str
    bold: bool = False
    side: Literal["right", "left", "center"] = "right"


class _Sheet:
    """Words and lines collected on the hidden axes, in points."""

    def __init__(self, palette: Palette, width: float) -> None:
        self.width = width
        self.ink, self.quiet, self.axis = (hex_of(c) for c in (palette.ink, palette.quiet, palette.axis))
        self.shapes: list[dict[str, Any]] = []
        self._words: dict[_Voice, list[tuple[float, float, str]]] = {}

    def say(self, x: float, y: float, text: str, voice: _Voice) -> None:
        """Words whose middle line is at y, beginning, ending or centred at x as the voice says."""
        self._words.setdefault(voice, []).append((x, y + MIDDLE * voice.size, text))

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float, color: str) -> None:
        self.path([f"M{x0:.3f},{y0:.3f}L{x1:.3f},{y1:.3f}"], width, color)

    def path(self, parts: Iterable[str], width: float, color: str, fill: str = "rgba(0,0,0,0)") -> None:
        line = {"width": width, "color": color}
        self.shapes.append({
            "type": "path", "path": "".join(parts), "xref": "x", "yref": "y", "line": line, "fillcolor": fill,
            "layer": "above",
        })  # fmt: skip

    def traces(self) -> list[dict[str, Any]]:
        """One trace of words for each voice."""
        return [
            {
                "type": "scatter",
                "mode": "text",
                "x": [_inside(x, self.width) for x, _, _ in words],
                "y": [round(y, 3) for _, y, _ in words],
                "text": [escaped(text) for _, _, text in words],
                "textposition": f"middle {voice.side}",
                "textfont": {
                    "family": FAMILY,
                    "size": voice.size,
                    "color": voice.color,
                    "weight": "bold" if voice.bold else "normal",
                },
                "cliponaxis": False,
            }
            for voice, words in self._words.items()
        ]


def _inside(x: float, width: float) -> float:
    """The place in thousandths, never past the edge: Plotly drops a word whose point lies outside, without a sound."""
    return math.floor(min(max(x, 0.0), width) * 1000) / 1000


def escaped(text: str) -> str:
    """The text as Plotly must be given it to print every character: its own markup is written as entities.

    Plotly reads <b>, <br>, <a href>, &amp; and, where MathJax is loaded, $…$; templates read %{…}.
    """
    return "".join(_ENTITIES.get(character, character) for character in text)


_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "%": "&#37;", "\n": " ", "\r": " ", "\t": " "}


def _tops(panel: _Panel, top: float) -> Iterable[tuple[_Row, float]]:
    """Each row with the y at which its bar begins."""
    y = top
    for row in panel.rows:
        yield row, y + row.drop
        y += row.height


def _draw_panel(sheet: _Sheet, panel: _Panel, top: float, foot: float) -> None:
    title = _Voice(TITLE, sheet.ink)
    for i, line in enumerate(panel.title):
        sheet.say(panel.left, TITLE_LINE * (i + 0.5), line, title)
    for row, bar_top in _tops(panel, top):
        _draw_row(sheet, panel, row, bar_top)
    _draw_axis(sheet, panel, top, foot)


def _draw_row(sheet: _Sheet, panel: _Panel, row: _Row, top: float) -> None:
    name, value = _Voice(TEXT, sheet.ink), _Voice(VALUE, sheet.ink, bold=True)
    first = top - row.drop + NAME_RISE
    for i, line in enumerate(row.name):
        sheet.say(panel.left + NAME_INSET, first + i * NAME_LINE, line, name)
    end = panel.left + row.value * panel.axis.scale
    if row.end == "open":
        _draw_cap(sheet, end, top, CAP, BAR, panel.fill)
        end += CAP
    elif row.end == "notch":
        _draw_notch(sheet, panel.left, end, top, BAR, panel.fill)
    middle = top + BAR / 2 - VALUE_LINE * (len(row.display) - 1) / 2
    for i, line in enumerate(row.display):
        sheet.say(end + VALUE_GAP, middle + i * VALUE_LINE, line, value)


def _draw_cap(sheet: _Sheet, left: float, top: float, width: float, height: float, color: str) -> None:
    """A hatched end, edged above and below and open at the right."""
    right, bottom = left + width, top + height
    for y in (top + CAP_EDGE / 2, bottom - CAP_EDGE / 2):
        sheet.line(left, y, right, y, CAP_EDGE, color)
    pitch = HATCH_PITCH * math.sqrt(2)  # along the edge; the lines stand a pitch apart
    strokes = []
    start = left - height + pitch / 2
    while start < right:
        low, high = max(start, left), min(start + height, right)
        if high > low:
            strokes.append(f"M{low:.3f},{bottom - (low - start):.3f}L{high:.3f},{bottom - (high - start):.3f}")
        start += pitch
    sheet.path(strokes, HATCH, color)


def _notch_depth(length: float) -> float:
    return min(NOTCH, length)


def _draw_notch(sheet: _Sheet, left: float, end: float, top: float, height: float, color: str) -> None:
    """Two tips that reach the bound; between them the bar stops short."""
    back = end - _notch_depth(end - left)
    under = max(left, back - 1.0)  # lies a little under the bar, so that no seam shows
    bottom, middle = top + height, top + height / 2
    corners = ((under, top), (end, top), (back, middle), (end, bottom), (under, bottom))
    path = "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"
    sheet.path([path], 0, color, fill=color)


def _draw_axis(sheet: _Sheet, panel: _Panel, top: float, foot: float) -> None:
    axis, left = panel.axis, panel.left
    right = left + max(float(axis.last) * axis.scale, 1.0)
    sheet.line(left, foot, right, foot, HAIRLINE, sheet.axis)
    for tick in axis.ticks:
        x, text = left + float(tick) * axis.scale, axis.label(tick)
        sheet.line(x, foot, x, foot + TICK, HAIRLINE, sheet.axis)
        half = text_width(text, TICKS) / 2
        side: Literal["right", "left", "center"] = "center"
        if not tick:
            side = "right"  # nought begins under the zero line
        elif x + half > panel.left + panel.width:
            side, x = "left", panel.left + panel.width
        sheet.say(x, foot + TICK_LABEL_DROP, text, _Voice(TICKS, sheet.ink, side=side))
    zero = left + ZERO_LINE / 2  # inside, so that the first panel does not lose half of it at the edge
    sheet.line(zero, top, zero, foot, ZERO_LINE, sheet.ink)


# ---------------------------------------------------------------------------------------------------- keys


def _keys(chart: BarChart) -> list[tuple[End, str]]:
    """What the ends mean, in the words that occur; empty where every bar is exact."""
    signs: dict[End, dict[str, None]] = {"open": {}, "notch": {}}
    for panel in chart.panels:
        for bar in panel.bars:
            end = bound_of(bar.quantity)[1]
            if end in signs:
                signs[end][bar.quantity.qualifier] = None
    said = {end: "".join(f"“{word}”" for word in words if word) for end, words in signs.items()}
    keys: list[tuple[End, str]] = []
    if signs["open"]:
        keys.append(("open", f"右端留口：原文为{said['open']}，不少于所画长度"))
    if signs["notch"]:
        ends = (bar.quantity for panel in chart.panels for bar in panel.bars if bound_of(bar.quantity)[1] == "notch")
        short = "不到" if all(quantity.upper_strict for quantity in ends) else "不超过"
        keys.append(("notch", f"右端缺口：原文为{said['notch']}，{short}所画长度"))
    return keys


def _draw_keys(sheet: _Sheet, chart: BarChart, panels: Sequence[_Panel], top: float, foot: float) -> float:
    """Draw the keys where the panel has room for them, else under the axes; the foot of the picture."""
    keys = _keys(chart)
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
        _draw_key(sheet, x, y, end, text, panels[0].fill if home is None else home.fill)
        y += KEY_LINE
    return bottom if home is not None else y - KEY_LINE / 2


def _key_width(text: str) -> float:
    return 2 * CAP + VALUE_GAP + text_width(text, TICKS)


def _has_room(
    panel: _Panel, panels: Sequence[_Panel], keys: Sequence[tuple[End, str]], top: float, foot: float
) -> bool:
    room = panel.width - NAME_INSET
    if panel is not panels[-1]:
        room += GUTTERS[len(panels)] - 2 * NAME_INSET  # a key may run into the gutter
    tall = foot - top - panel.depth >= KEY_LINE * len(keys)
    return tall and all(_key_width(text) <= room for _, text in keys)


def _draw_key(sheet: _Sheet, x: float, y: float, end: End, text: str, color: str) -> None:
    top, bound = y - KEY_BAR / 2, x + CAP
    stop = bound if end == "open" else bound + CAP - _notch_depth(CAP)
    box = ((x, top), (stop, top), (stop, top + KEY_BAR), (x, top + KEY_BAR))
    sheet.path(["M" + "L".join(f"{px:.3f},{py:.3f}" for px, py in box) + "Z"], 0, color, fill=color)
    if end == "open":
        _draw_cap(sheet, bound, top, CAP, KEY_BAR, color)
    else:
        _draw_notch(sheet, x, bound + CAP, top, KEY_BAR, color)
    sheet.say(x + 2 * CAP + VALUE_GAP, y, text, _Voice(TICKS, sheet.quiet))


# ---------------------------------------------------------------------------------------------------- the figure


def _bar_traces(panels: Sequence[_Panel], top: float) -> list[dict[str, Any]]:
    traces = []
    for i, panel in enumerate(panels):
        lengths, middles = [], []
        for row, bar_top in _tops(panel, top):
            length = row.value * panel.axis.scale
            cut = _notch_depth(length) if row.end == "notch" else 0.0
            lengths.append((length - cut) / panel.axis.scale)
            middles.append(round(bar_top + BAR / 2, 3))
        traces.append({
            "type": "bar", "orientation": "h", "x": lengths, "y": middles, "width": BAR, "xaxis": f"x{i + 2}",
            "yaxis": "y", "marker": {"color": panel.fill, "line": {"width": 0}}, "cliponaxis": False,
        })  # fmt: skip
    return traces


def _layout(panels: Sequence[_Panel], sheet: _Sheet, style: Style, height: float) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True, "automargin": False}
    across = round(style.measure)  # plotly.js rounds the room for plots; so one unit is exactly one point
    layout: dict[str, Any] = {
        "template": template(style),
        "width": style.measure,
        "height": height,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "barmode": "overlay",
        "bargap": 0,
        "xaxis": {**hidden, "range": [0, across]},
        "yaxis": {**hidden, "range": [height, 0]},
        "shapes": sheet.shapes,
    }
    for i, panel in enumerate(panels):
        domain = [panel.left / across, min(1.0, (panel.left + panel.width) / across)]
        span = panel.width / panel.axis.scale
        layout[f"xaxis{i + 2}"] = {**hidden, "range": [0, span], "domain": domain, "anchor": "y"}
    return layout


def alt_text(chart: BarChart | PlotlyChart) -> str:
    """What a chart shows, in words and from its data, for those who cannot see it."""
    if not isinstance(chart, BarChart):
        return chart.alt or _told(chart.figure)
    parts = []
    for panel in chart.panels:
        bars = "，".join(f"{bar.label}{bar.display}" for bar in panel.bars)
        parts.append(f"{panel.title}：{bars}" if panel.title else bars)
    return f"条形图。{'；'.join(parts)}。"


_KINDS: Final = {"bar": "条形图", "scatter": "折线图", "pie": "饼图", "heatmap": "热力图", "table": "表格"}


def _told(figure: object) -> str:
    """Kinds and names of the traces of any figure."""
    data = figure.get("data", ()) if isinstance(figure, Mapping) else ()
    traces = [trace for trace in data if isinstance(trace, Mapping)]
    kinds = "、".join(dict.fromkeys(_KINDS.get(str(trace.get("type", "scatter")), "统计图") for trace in traces))
    names = "、".join(str(trace["name"]) for trace in traces if trace.get("name"))
    return (kinds or "统计图") + (f"，画有{names}" if names else "") + "。"
