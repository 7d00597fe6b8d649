"""A dozen figures and what they are known to look like (样图): whoever draws them otherwise has another plotly.js.

Each says all of its looks itself, so that nothing but the engine, our reader of SVG and the faces make the drawing.
`samples.json` holds a print of each; `make golden` writes it anew.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import fields, is_dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from digest.charts.svg import marks_of
from digest.drawing import Color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.charts.engine import InProcess
    from digest.drawing import Mark
    from digest.fonts import FontSet

WIDTH: Final = 360.0
HEIGHT: Final = 220.0
PRINTS: Final = "samples.json"

_STEPS: Final = 20.0  # a point is told in twentieths
_AWAY: Final = 0.317  # of a step: plotly.js likes halves and tenths, which would else lie on the edge between two steps
_MONTHS: Final = ("1月", "2月", "3月", "4月")

FIGURES: Final[Mapping[str, list[dict[str, Any]]]] = {
    "条形": [{"type": "bar", "orientation": "h", "x": [169, 137, 32], "y": ["联建村", "单位", "活动"]}],
    "分组": [
        {"type": "bar", "name": "上半年", "x": _MONTHS, "y": [12, 25, 31, 8], "text": [12, 25, 31, 8]},
        {"type": "bar", "name": "下半年", "x": _MONTHS, "y": [19, 22, 27, 30], "marker": {"pattern": {"shape": "/"}}},
    ],
    "折线": [
        {"type": "scatter", "name": "完成", "x": _MONTHS, "y": [2.5, 7.1, None, 6.3], "mode": "lines+markers"},
        {
            "type": "scatter",
            "name": "计划",
            "x": _MONTHS,
            "y": [3, 6, 6, 7],
            "line": {"dash": "dash", "shape": "spline"},
        },
    ],
    "日期": [{"type": "scatter", "x": ["2026-01-15", "2026-05-02", "2026-11-30"], "y": [1, 3, 2], "fill": "tozeroy"}],
    "饼": [
        {"type": "pie", "labels": ["已办结", "办理中", "未受理"], "values": [52, 31, 17], "hole": 0.4, "sort": False}
    ],
    "热力": [{"type": "heatmap", "z": [[1, 5, 3], [None, 4, 2]], "x": ["甲", "乙", "丙"], "y": ["一", "二"]}],
    "箱": [{"type": "box", "y": [1, 2, 3, 4, 4.5, 9], "name": "天数", "boxpoints": "outliers"}],
    "直方": [{"type": "histogram", "x": [1, 1, 2, 3, 3, 3, 4, 6, 6, 7]}],
    "瀑布": [
        {
            "type": "waterfall",
            "x": ["年初", "新增", "核减", "年末"],
            "y": [10, 4, -3, 0],
            "measure": ["absolute", "relative", "relative", "total"],
        }
    ],
    "矩形树": [{"type": "treemap", "labels": ["省", "甲市", "乙市"], "parents": ["", "省", "省"], "values": [0, 3, 2]}],
    "桑基": [
        {
            "type": "sankey",
            "node": {"label": ["来信", "来访", "办结", "转办"]},
            "link": {"source": [0, 0, 1], "target": [2, 3, 2], "value": [6, 2, 4]},
        }
    ],
    "雷达": [{"type": "scatterpolar", "r": [3, 4, 2, 3], "theta": ["学", "查", "改", "建"], "fill": "toself"}],
}
"""Name -> traces."""


def sample(name: str) -> dict[str, Any]:
    """The figure of that name."""
    layout = {
        "font": {"family": "Noto Sans SC", "size": 10, "color": "#222222"},
        "title": {"text": f"样图：<b>{name}</b>", "x": 0.02},
        "margin": {"l": 50, "r": 20, "t": 40, "b": 40},
        "width": WIDTH,
        "height": HEIGHT,
        "xaxis": {"title": {"text": "横轴（单位）"}},
    }
    return {"data": FIGURES[name], "layout": layout}


def known_prints() -> dict[str, str]:
    """Name -> print of the drawing that was looked at."""
    text = resources.files("digest.charts").joinpath(PRINTS).read_text(encoding="utf-8")
    prints: dict[str, str] = json.loads(text)
    return prints


def drawn_print(name: str, engine: InProcess, fonts: FontSet) -> str:
    """The print of a sample as it is drawn here. `ChartError`, `GlyphError`, `FontError`: it cannot be drawn."""
    return print_of(marks_of(engine.draw(sample(name), WIDTH, HEIGHT, fonts), fonts))


def print_of(marks: Iterable[Mark]) -> str:
    """Sixteen hexadecimal digits that tell drawings apart; places count in twentieths of a point."""
    return hashlib.sha256("\n".join(_told(tuple(marks))).encode()).hexdigest()[:16]


def _told(value: object) -> Iterator[str]:
    """A value and all that it holds, one word a line."""
    match value:
        case Color():
            yield " ".join(f"{part:.2f}" for part in (value.red, value.green, value.blue, value.alpha))
        case float() | int():
            yield str(math.floor(value * _STEPS + _AWAY))
        case tuple():
            yield "("
            for part in value:
                yield from _told(part)
            yield ")"
        case bytes():
            yield hashlib.sha256(value).hexdigest()
        case _ if is_dataclass(value) and not isinstance(value, type):
            yield type(value).__name__
            for field in fields(value):
                yield from _told(getattr(value, field.name))
        case _:
            yield str(value)
