"""Figures of the user's own: from whatever they hand in to plain Plotly JSON that is safe to draw.

Refused are values that cannot be printed (NaN), addresses and whatever else would be fetched or clicked, keys and words
that plotly.js would pass over without a sound, formulas, and kinds of traces that no engine here knows.
"""

from __future__ import annotations

import array
import base64
import binascii
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from digest.charts.theme import HEIGHT
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.style import Style


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IN_PROCESS: Final = _words(
    "bar barpolar box candlestick contour funnel funnelarea heatmap histogram histogram2d histogram2dcontour icicle "
    "indicator ohlc parcats pie quiver sankey scatter scattercarpet scatterpolar scattersmith scatterternary "
    "sunburst table treemap violin waterfall carpet contourcarpet"
)
"""Traces that the engine inside the process draws."""

BY_BROWSER: Final = _words(
    "cone image isosurface mesh3d parcoords scatter3d scattergl scatterpolargl splom streamtube surface volume"
)
"""Traces that need WebGL or pixels: the second engine's."""

FETCHING: Final = _words("choropleth choroplethmap densitymap scattergeo scattermap")
"""Traces whose maps would have to be fetched: nobody's."""

_FETCHING_KEYS: Final = _words("images geo map updatemenus sliders")
_TOP: Final = _words("data layout frames")
_TOLD: Final = 8  # strange keys in one message

_ADDRESS: Final = re.compile(r"(?:\b[a-zA-Z][a-zA-Z0-9+.-]*://)|(?:^\s*(?:data|javascript|file|mailto|blob):)")
_HREF: Final = re.compile(r"<a\s[^>]*href", re.IGNORECASE)
_FORMULA: Final = re.compile(r"\$[^$]+\$")
_TEMPLATE: Final = re.compile(r"%\{[^}]*\}")  # `%{y:$,.0f}` in a text template is no formula
_DEEPEST: Final = 60

_ARRAYS: Final = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q"} | {
    "f4": "f",
    "f8": "d",
}


def plain_figure(figure: object, remark: Callable[[str], None] | None = None) -> dict[str, Any]:
    """A figure as plain JSON values: `data` and `layout`, arrays as lists, titles as objects.

    Takes a mapping or an object with `to_plotly_json` or `to_dict` (`go.Figure`). `ChartError`: C111 not a figure or a
    value JSON does not know, C112 a value that is not a number (NaN), C113 an address or what would be fetched, C114 no
    data to draw, C115 an unknown kind of trace, C118 a key or word that Plotly does not know, C119 a formula. With a
    `remark` to tell them to, such keys are passed over as plotly.js does.
    """
    from digest.charts.allowed import TRACES  # noqa: PLC0415 - a table for figures of somebody's own only

    for name in ("to_plotly_json", "to_dict"):
        if not isinstance(figure, Mapping) and callable(getattr(figure, name, None)):
            figure = getattr(figure, name)()
    if not isinstance(figure, Mapping):
        message = f"图要用 Plotly 的 JSON（data、layout），拿到的是 {type(figure).__name__}"
        raise ChartError(message, code="C111")
    if figure.get("frames"):
        message = "印出来的图不会动：请去掉 frames"
        raise ChartError(message, code="C111")
    data, layout = _plain(figure.get("data", ()), "data", 0), _plain(figure.get("layout") or {}, "layout", 0)
    if not isinstance(data, list) or not all(isinstance(trace, dict) for trace in data) or not isinstance(layout, dict):
        message = "图的 data 要是一列 trace，layout 要是一个对象"
        raise ChartError(message, code="C111")
    plain = {"data": data, "layout": layout}
    _refuse_fetching(plain)
    for kind in (str(trace.get("type", "scatter")) for trace in data):
        if kind not in IN_PROCESS | BY_BROWSER:
            near = get_close_matches(kind, TRACES, n=1)
            hint = f"最接近的是“{near[0]}”" if near else ""
            raise ChartError(f"不认识的图形种类：{kind}", code="C115", hint=hint)
    if message := _unknown_in(figure, plain):
        (remark or _refuse_unknown)(message)
    if not any(_has_data(trace) for trace in data if trace.get("visible", True) is True):
        message = "图里没有数据"
        raise ChartError(message, code="C114")
    return plain


def _refuse_unknown(message: str) -> None:
    raise ChartError(message, code="C118")


def _unknown_in(figure: Mapping[str, Any], plain: dict[str, Any]) -> str:
    """What Plotly does not know in a figure, the first few of it; empty where it knows all."""
    from digest.charts.allowed import strangers  # noqa: PLC0415 - as above

    unknown = [("", f"没有这个键：“{key}”，可以写 data、layout") for key in figure if key not in _TOP]
    wrong = [*unknown, *strangers(plain)]
    message = "；".join(f"{where}：{what}" if where else what for where, what in wrong[:_TOLD])
    return message + (f"；共 {len(wrong)} 处" if len(wrong) > _TOLD else "")


def _refuse_fetching(figure: Mapping[str, Any]) -> None:
    """C113 for a map, a picture from elsewhere, a button or a slider."""
    for key, value in figure["layout"].items():
        if key.rstrip("0123456789") in _FETCHING_KEYS and value:
            message = f"layout.{key}：印出来的图不取外面的东西，也没有可点的按钮"
            raise ChartError(message, code="C113", hint="请去掉")
    for number, trace in enumerate(figure["data"]):
        if str(trace.get("type")) in FETCHING:
            message = f"data[{number}].type：{trace['type']} 的底图要从网上取"
            raise ChartError(message, code="C113", hint="请改用条形图、热力图或表格")


def sized(figure: dict[str, Any], style: Style) -> tuple[dict[str, Any], float, float]:
    """The figure dressed for the page, its width and height in points: its own, or the measure by 180.

    `ChartError` C116 for a size that is no size or wider than the measure.
    """
    from digest.charts.dressing import dressed  # noqa: PLC0415 - as above

    layout = figure["layout"]
    width, height = layout.get("width", style.measure), layout.get("height", HEIGHT)
    if not all(isinstance(side, (int, float)) and side > 1 for side in (width, height)):
        message = f"图的大小不对：{width} × {height}"
        raise ChartError(message, code="C116")
    if width > style.measure + 0.01 or height > style.depth:
        message = f"图比版心大：{width} × {height} 磅，版心 {style.measure:.1f} × {style.depth:.1f} 磅"
        raise ChartError(message, code="C116", hint="图的单位是磅，1:1 印出")
    return dressed(figure, style, float(width), float(height)), float(width), float(height)


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
            return {
                str(key): _titled(key, _plain(inner, f"{where}.{key}", depth + 1))
                for key, inner in value.items()
                if inner is not None and not (str(key).endswith("src") and isinstance(inner, str))  # names of columns
            }
        case bytes() | bytearray():
            pass
        case Sequence():
            return [_plain(inner, f"{where}[{i}]", depth + 1) for i, inner in enumerate(value)]
    for name in ("to_plotly_json", "tolist"):  # parts of go.Figure, numpy, pandas
        if callable(getattr(value, name, None)):
            return _plain(getattr(value, name)(), where, depth + 1)
    message = f"{where}：{type(value).__name__} 不是图里能写的值"
    raise ChartError(message, code="C111")


def _titled(key: object, value: object) -> object:
    """The same; a title that is only words as plotly.js wants it, which else prints none."""
    return {"text": value} if key == "title" and isinstance(value, str) else value


def _finite(number: float, where: str) -> float:
    if not math.isfinite(number):
        message = f"{where} 不是数（{number}）"
        raise ChartError(message, code="C112", hint="没有数据的地方请写 null")
    return number


def _text(text: str, where: str) -> str:
    if _ADDRESS.search(text) or _HREF.search(text):
        message = f"{where} 里有网址：{text[:40]}"
        raise ChartError(message, code="C113", hint="图里不取外面的东西，也不放链接")
    if "$" in text and _FORMULA.search(_TEMPLATE.sub("", text)):
        message = f"{where} 里有公式：{text[:40]}"
        raise ChartError(message, code="C119", hint="图里排不了 $…$ 公式；要印美元符号，请写成 &#36;")
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
