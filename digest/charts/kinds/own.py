"""Figures of the user's own, in our template, and what they show in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from digest.charts.drawn import Drawn
from digest.charts.figures import plain_figure, sized
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.story.charts import PlotlyChart
    from digest.style import Style


def drawn(chart: PlotlyChart, style: Style) -> Drawn:
    """The figure in the look of the page; `ChartError` C111-C119 for what is no figure or cannot be printed."""
    return Drawn(*sized(plain_figure(chart.figure), style))


def alt_text(chart: PlotlyChart) -> str:
    """The words that came with it, else what its traces are, their names and as many values as can be listened to."""
    if chart.alt:
        return chart.alt
    try:
        figure = plain_figure(chart.figure)
    except ChartError:
        return "统计图。"
    kinds = "、".join(dict.fromkeys(_KINDS.get(trace.get("type", "scatter"), "统计图") for trace in figure["data"]))
    traces = [words for trace in figure["data"] if (words := _told(trace))]
    return _MARKUP.sub("", f"{kinds}。{'；'.join(traces)}{'。' if traces else ''}")


def _told(trace: Mapping[str, Any]) -> str:
    """`上半年：济南3，青岛5`; the name alone where the values are no simple row."""
    name = str(trace.get("name", ""))
    pairs = list(_pairs(trace))
    values = "，".join(pairs[:_MOST]) + (f"等 {len(pairs)} 项" if len(pairs) > _MOST else "")
    return "：".join(filter(None, (name, values)))


def _pairs(trace: Mapping[str, Any]) -> Iterator[str]:
    """Each value behind its category."""
    for labels, values in _ROWS:
        names, numbers = trace.get(labels), trace.get(values)
        if trace.get("orientation") == "h":
            names, numbers = numbers, names
        if isinstance(numbers, list) and not any(isinstance(number, list) for number in numbers):
            given = names if isinstance(names, list) and len(names) == len(numbers) else [""] * len(numbers)
            words = zip(given, numbers, strict=True)
            yield from (
                f"{name}{'：' if _ends_in_digit(name) else ''}{number}" for name, number in words if number is not None
            )
            return
    if isinstance(trace.get("value"), (int, float)):
        yield str(trace["value"])


def _ends_in_digit(name: object) -> bool:
    return str(name)[-1:].isdigit()


_KINDS: Final = {
    "bar": "条形图",
    "scatter": "折线图",
    "pie": "饼图",
    "heatmap": "热力图",
    "table": "表格",
    "histogram": "直方图",
    "box": "箱线图",
    "waterfall": "瀑布图",
    "funnel": "漏斗图",
    "scatterpolar": "雷达图",
    "sankey": "桑基图",
    "treemap": "矩形树图",
    "sunburst": "旭日图",
    "indicator": "指标图",
}
_ROWS: Final = (("x", "y"), ("labels", "values"), ("theta", "r"))
_MOST: Final = 24  # values of a trace
_MARKUP: Final = re.compile(r"<[^>]*>")
