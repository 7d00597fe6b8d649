"""Figures of the user's own: from whatever they hand in to plain Plotly JSON that is safe to draw.

Refused are values that cannot be printed (NaN), addresses of any kind (nothing is ever fetched) and kinds of traces
that no engine here knows.
"""

from __future__ import annotations

import array
import base64
import binascii
import math
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from digest.charts.theme import HEIGHT, template
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.style import Style


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IN_PROCESS: Final = _words(
    "bar barpolar box candlestick contour funnel funnelarea heatmap histogram histogram2d histogram2dcontour icicle "
    "indicator ohlc parcats pie sankey scatter scattercarpet scatterpolar scattersmith scatterternary "
    "sunburst table treemap violin waterfall carpet contourcarpet"
)
"""Traces that the engine inside the process draws."""

BY_BROWSER: Final = _words(
    "choropleth choroplethmap choroplethmapbox cone densitymap densitymapbox image isosurface mesh3d parcoords "
    "scatter3d scattergeo scattergl scattermap scattermapbox scatterpolargl splom streamtube surface volume"
)
"""Traces that need WebGL, maps or pixels: the second engine's."""

_ADDRESS: Final = re.compile(r"(?:\b[a-zA-Z][a-zA-Z0-9+.-]*://)|(?:^\s*(?:data|javascript|file|mailto|blob):)")
_HREF: Final = re.compile(r"<a\s[^>]*href", re.IGNORECASE)
_DEEPEST: Final = 60

_ARRAYS: Final = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q"} | {
    "f4": "f",
    "f8": "d",
}


def plain_figure(figure: object) -> dict[str, Any]:
    """A figure as plain JSON values: `data` and `layout`, arrays as lists.

    Takes a mapping or an object with `to_plotly_json` or `to_dict` (`go.Figure`). `ChartError`: C111 not a figure or a
    value JSON does not know, C112 a value that is not a number (NaN), C113 an address, C114 no data to draw, C115 an
    unknown kind of trace.
    """
    for name in ("to_plotly_json", "to_dict"):
        if not isinstance(figure, Mapping) and callable(getattr(figure, name, None)):
            figure = getattr(figure, name)()
    if not isinstance(figure, Mapping):
        message = f"图要用 Plotly 的 JSON（data、layout），拿到的是 {type(figure).__name__}"
        raise ChartError(message, code="C111")
    data = _plain(figure.get("data", ()), "data", 0)
    layout = _plain(figure.get("layout") or {}, "layout", 0)
    if not isinstance(data, list) or not all(isinstance(trace, dict) for trace in data) or not isinstance(layout, dict):
        message = "图的 data 要是一列 trace，layout 要是一个对象"
        raise ChartError(message, code="C111")
    if figure.get("frames"):
        message = "印出来的图不会动：请去掉 frames"
        raise ChartError(message, code="C111")
    if not any(_has_data(trace) for trace in data if trace.get("visible", True) is True):
        message = "图里没有数据"
        raise ChartError(message, code="C114")
    for trace in data:
        kind = trace.get("type", "scatter")
        if kind not in IN_PROCESS | BY_BROWSER:
            message = f"不认识的图形种类：{kind}"
            raise ChartError(message, code="C115")
    return {"data": data, "layout": layout}


def sized(figure: dict[str, Any], style: Style) -> tuple[dict[str, Any], float, float]:
    """The figure in our template, its width and height in points: its own, or the measure by 180.

    `ChartError` C116 for a size that is no size or wider than the measure.
    """
    layout = figure["layout"]
    width, height = layout.get("width", style.measure), layout.get("height", HEIGHT)
    if not all(isinstance(side, (int, float)) and side > 1 for side in (width, height)):
        message = f"图的大小不对：{width} × {height}"
        raise ChartError(message, code="C116")
    if width > style.measure + 0.01 or height > style.depth:
        message = f"图比版心大：{width} × {height} 磅，版心 {style.measure:.1f} × {style.depth:.1f} 磅"
        raise ChartError(message, code="C116", hint="图的单位是磅，1:1 印出")
    dressed = {**layout, "template": template(style), "width": width, "height": height}
    return {"data": figure["data"], "layout": dressed}, float(width), float(height)


def needs_browser(figure: Mapping[str, Any]) -> bool:
    """Whether a trace of the figure, or mathematics in it, is beyond the engine inside the process."""
    return any(trace.get("type", "scatter") in BY_BROWSER for trace in figure["data"])


def _has_data(trace: Mapping[str, Any]) -> bool:
    """Whether a trace holds at least one value besides its settings."""
    return any(_some(value) for key, value in trace.items() if key in _DATA)


_DATA: Final = _words(
    "x y z r theta a b c real imag lat lon locations values labels value node link cells dimensions open high low "
    "close median q1 q3 u v w i j k"
)


def _some(value: object) -> bool:
    if isinstance(value, list):
        return any(_some(inner) for inner in value)
    if isinstance(value, dict):
        return any(_some(inner) for inner in value.values())
    return value is not None and value != ""


def _plain(value: object, where: str, depth: int) -> Any:  # noqa: ANN401, C901, PLR0911 - JSON has no better type; one case a line
    """JSON values only, everything checked on the way; `where` names the place in errors."""
    if depth > _DEEPEST:
        message = f"{where}：一层套一层，太深了"
        raise ChartError(message, code="C111")
    match value:
        case None | bool():
            return value
        case str():
            return _text(str(value), where)
        case int():
            return int(value)
        case float() | Decimal() | Fraction():
            return _finite(float(value), where)
        case date():
            return value.isoformat()
        case Mapping():
            if {"dtype", "bdata"} <= value.keys():
                return _plain(_unpacked(value, where), where, depth + 1)
            return {str(key): _plain(inner, f"{where}.{key}", depth + 1) for key, inner in value.items()}
        case bytes() | bytearray():
            pass
        case Sequence():
            return [_plain(inner, f"{where}[{i}]", depth + 1) for i, inner in enumerate(value)]
    for name in ("to_plotly_json", "tolist"):  # parts of go.Figure, numpy, pandas
        if callable(getattr(value, name, None)):
            return _plain(getattr(value, name)(), where, depth + 1)
    message = f"{where}：{type(value).__name__} 不是图里能写的值"
    raise ChartError(message, code="C111")


def _finite(number: float, where: str) -> float:
    if not math.isfinite(number):
        message = f"{where} 不是数（{number}）"
        raise ChartError(message, code="C112", hint="没有数据的地方请写 null")
    return number


def _text(text: str, where: str) -> str:
    if _ADDRESS.search(text) or _HREF.search(text):
        message = f"{where} 里有网址：{text[:40]}"
        raise ChartError(message, code="C113", hint="图里不取外面的东西，也不放链接")
    return text


def _unpacked(packed: Mapping[str, Any], where: str) -> list[Any]:
    """Numbers of Plotly's packed arrays (`dtype`, `bdata`, `shape`), rows as lists."""
    kind = str(packed["dtype"]).lstrip("<=|")
    try:
        numbers = array.array(_ARRAYS[kind])
        numbers.frombytes(base64.b64decode(packed["bdata"], validate=True))
        shape = [int(part) for part in str(packed.get("shape", len(numbers))).split(",")]
    except (KeyError, ValueError, TypeError, binascii.Error) as error:
        message = f"{where}：读不出打包的数组（{kind}）"
        raise ChartError(message, code="C111") from error
    if sys.byteorder == "big":
        numbers.byteswap()  # bdata is little-endian
    values: list[Any] = numbers.tolist()
    for size in reversed(shape[1:]):
        values = [values[i : i + size] for i in range(0, len(values), size)]
    return values
