"""Small figures of many kinds, each the least that shows what it shows."""

from __future__ import annotations

from typing import Any, Final

MONTHS: Final = ["1月", "2月", "3月"]

FIGURES: Final[dict[str, list[dict[str, Any]]]] = {
    "bar": [{"type": "bar", "x": ["甲", "乙"], "y": [3, 5]}],
    "grouped": [
        {"type": "bar", "name": "上半年", "x": MONTHS, "y": [1, 2, 3]},
        {"type": "bar", "name": "下半年", "x": MONTHS, "y": [3, 1, 2], "marker": {"pattern": {"shape": "/"}}},
    ],
    "line": [{"type": "scatter", "x": MONTHS, "y": [2, 7, 4], "mode": "lines+markers+text", "text": ["", "峰值", ""]}],
    "dates": [{"type": "scatter", "x": ["2026-01-01", "2026-07-01", "2026-12-01"], "y": [1, 3, 2]}],
    "area": [{"type": "scatter", "x": [1, 2, 3], "y": [2, 1, 3], "fill": "tozeroy"}],
    "donut": [{"type": "pie", "labels": ["甲", "乙", "丙"], "values": [5, 3, 2], "hole": 0.5}],
    "heatmap": [{"type": "heatmap", "z": [[1, 2], [None, 4]], "x": ["甲", "乙"], "y": ["一", "二"]}],
    "contour": [{"type": "contour", "z": [[1, 2, 3], [2, 5, 3], [1, 2, 1]]}],
    "box": [{"type": "box", "y": [1, 2, 3, 4, 9], "name": "甲"}],
    "violin": [{"type": "violin", "y": [1, 2, 2, 3, 4], "name": "乙"}],
    "histogram": [{"type": "histogram", "x": [1, 1, 2, 3, 3, 3]}],
    "funnel": [{"type": "funnel", "y": ["受理", "办结"], "x": [10, 7]}],
    "waterfall": [{"type": "waterfall", "x": ["初", "增", "减"], "y": [10, 4, -3]}],
    "treemap": [{"type": "treemap", "labels": ["省", "甲", "乙"], "parents": ["", "省", "省"], "values": [0, 3, 2]}],
    "sunburst": [{"type": "sunburst", "labels": ["省", "甲"], "parents": ["", "省"], "values": [3, 2]}],
    "sankey": [
        {"type": "sankey", "node": {"label": ["甲", "乙"]}, "link": {"source": [0], "target": [1], "value": [2]}}
    ],
    "table": [{"type": "table", "header": {"values": ["指标"]}, "cells": {"values": [["结对"]]}}],
    "gauge": [{"type": "indicator", "mode": "gauge+number", "value": 48.5}],
    "polar": [{"type": "scatterpolar", "r": [1, 2, 3], "theta": ["甲", "乙", "丙"], "fill": "toself"}],
}


def figure(name: str) -> dict[str, Any]:
    return {"data": FIGURES[name], "layout": {"font": {"family": "Noto Sans SC", "size": 10}}}
