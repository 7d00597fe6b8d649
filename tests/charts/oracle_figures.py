"""Figures that each show one thing that is hard to draw, small enough to be looked at."""

from __future__ import annotations

import base64
import io
import math
from typing import Any, Final

from PIL import Image

Figure = dict[str, Any]

XS: Final = [1, 2, 3, 4, 5]
YS: Final = [2, 5, 3, 8, 4]
UNITS: Final = ["甲单位", "乙单位", "丙单位", "丁单位", "戊单位"]
WAVES: Final = [[round(10 * math.sin(i / 2) * math.cos(j / 3), 2) for j in range(10)] for i in range(7)]


def _photo() -> str:
    """A ramp of colours, twice as wide as high, as the address of a PNG."""
    image = Image.new("RGB", (40, 20))
    image.putdata([(6 * x, 12 * y, 128) for y in range(20) for x in range(40)])
    file = io.BytesIO()
    image.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def _at(column: int, row: int, **more: object) -> dict[str, Any]:
    return {"xref": "paper", "yref": "paper", "x": column / 2, "y": row / 2, "sizex": 0.4, "sizey": 0.4, **more}


def _note(column: int, row: int, text: str, **font: object) -> dict[str, Any]:
    return {"x": column, "y": row, "text": text, "showarrow": False, "font": {"size": 15, **font}}


_PLAIN_AXES: Final = {"xaxis": {"range": [0, 4], "visible": False}, "yaxis": {"range": [0, 4], "visible": False}}

DIFFICULT: Final[dict[str, Figure]] = {
    "letters": {
        "data": [],
        "layout": _PLAIN_AXES
        | {
            "annotations": [
                _note(1, 1, "斜体 <i>Italic</i>", style="italic"),
                _note(1, 2, "Small Caps 字", variant="small-caps"),
                _note(1, 3, "all caps", textcase="upper", weight=700),
                _note(3, 1, "<u>下划线</u>与<s>删除线</s>"),
                _note(3, 2, "m<sup>2</sup>、CO<sub>2</sub>"),
                _note(3, 3, "两行<br>旋转") | {"textangle": 35, "bordercolor": "#c00", "bgcolor": "#ffe"},
            ]
        },
    },
    "seen through as a whole": {
        "data": [
            {"x": XS, "y": YS, "mode": "lines+markers", "opacity": 0.4, "line": {"width": 9}, "marker": {"size": 24}},
            {"x": XS, "y": YS[::-1], "visible": "legendonly", "name": "未显示"},
        ],
        "layout": {
            "annotations": [{"x": 3, "y": 3, "text": "框", "opacity": 0.5, "bgcolor": "#c00", "borderwidth": 4}],
            "shapes": [{"type": "circle", "x0": 1, "x1": 3, "y0": 6, "y1": 8, "opacity": 0.5, "fillcolor": "#0a0"}],
        },
    },
    "gradients": {
        "data": [
            {
                "x": XS,
                "y": YS,
                "fill": "tozeroy",
                "mode": "markers",
                "fillgradient": {"type": "vertical", "colorscale": [[0, "rgba(0,0,255,0)"], [1, "rgba(0,0,255,1)"]]},
                "marker": {"size": 36, "color": "#009", "gradient": {"type": "radial", "color": "#ff0"}},
            }
        ],
        "layout": {},
    },
    "pictures": {
        "data": [{"x": XS, "y": YS}],
        "layout": {
            "images": [
                _at(0, 2, source=_photo(), sizing="stretch"),
                _at(1, 2, source=_photo(), sizing="contain", opacity=0.5),
                _at(0, 1, source=_photo(), sizing="fill"),
            ]
        },
    },
    "pixels": {"data": [{"type": "heatmap", "z": WAVES, "zsmooth": "best", "colorscale": "Blues"}], "layout": {}},
    "contours": {
        "data": [{"type": "contour", "z": WAVES, "contours": {"showlabels": True, "coloring": "lines"}}],
        "layout": {},
    },
    "months": {
        "data": [{"x": ["2026-01-01", "2026-05-01", "2026-12-01"], "y": [1, 3, 2]}],
        "layout": {"yaxis": {"tickformat": ",.2f"}},
    },
    "many outer labels": {
        "data": [{"type": "pie", "labels": [f"第{i}项" for i in range(18)], "values": list(range(20, 2, -1))}],
        "layout": {},
    },
    "table": {
        "data": [
            {
                "type": "table",
                "columnwidth": [3, 1],
                "header": {"values": ["<b>指标</b>", "数值"], "fill": {"color": "#036"}, "font": {"color": "white"}},
                "cells": {"values": [["结对共建的村和社区数量，很长的一行要换行", "走访"], [169, 2700]], "height": 24},
            }
        ],
        "layout": {},
    },
    "gauges": {
        "data": [
            {
                "type": "indicator",
                "mode": "gauge+number+delta",
                "value": 70,
                "delta": {"reference": 80},
                "title": {"text": "达标率<br><span style='font-size:0.7em;color:gray'>同比</span>"},
                "gauge": {
                    "axis": {"range": [0, 100]},
                    "steps": [{"range": [0, 50], "color": "#ddd"}],
                    "threshold": {"line": {"color": "red", "width": 4}, "value": 90},
                },
            }
        ],
        "layout": {},
    },
    "carpet": {
        "data": [
            {
                "type": "carpet",
                "a": [4, 4, 4, 5, 5, 5, 6, 6, 6],
                "b": [1, 2, 3] * 3,
                "y": [2, 3.5, 4, 3, 4.5, 5, 5.5, 6.5, 7.5],
                "aaxis": {"title": {"text": "甲轴"}},
            },
            {"type": "scattercarpet", "a": [4, 5, 6], "b": [1.5, 2.5, 1.5], "marker": {"size": 10}},
        ],
        "layout": {},
    },
    "categories": {
        "data": [
            {
                "type": "parcats",
                "line": {"color": [0, 1, 0, 1], "shape": "hspline"},
                "dimensions": [
                    {"label": "性别", "values": ["男", "女", "男", "女"]},
                    {"label": "类别", "values": ["甲", "乙", "乙", "丙"]},
                ],
            }
        ],
        "layout": {},
    },
    "symbols": {
        "data": [
            {
                "x": XS,
                "y": YS,
                "mode": "markers",
                "marker": {
                    "size": 30,
                    "angle": [0, 20, 40, 60, 80],
                    "line": {"width": 3},
                    "symbol": ["star-dot", "hourglass", "arrow-wide", "circle-cross-open", "diamond-tall"],
                },
            }
        ],
        "layout": {"xaxis": {"type": "log", "dtick": "D1"}, "yaxis": {"minor": {"ticks": "inside"}, "mirror": True}},
    },
    "arrows": {
        "data": [{"x": XS, "y": YS}],
        "layout": {
            "annotations": [
                {"x": x, "y": y, "text": f"头{x}", "arrowhead": x, "ax": 40, "ay": -30, "arrowwidth": 2, "standoff": 4}
                for x, y in zip(XS, YS, strict=True)
            ]
        },
    },
}
"""What it is about -> the figure."""
