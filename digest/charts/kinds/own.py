"""Figures of the user's own, in our template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from digest.charts.drawn import Drawn
from digest.charts.figures import plain_figure, sized

if TYPE_CHECKING:
    from digest.story.charts import PlotlyChart
    from digest.style import Style


def drawn(chart: PlotlyChart, style: Style) -> Drawn:
    """The figure in the look of the page; `ChartError` C111-C119 for what is no figure or cannot be printed."""
    return Drawn(*sized(plain_figure(chart.figure), style))


def alt_text(chart: PlotlyChart) -> str:
    """The words that came with it, else kinds and names of its traces."""
    return chart.alt or _told(chart.figure)


_KINDS: Final = {"bar": "条形图", "scatter": "折线图", "pie": "饼图", "heatmap": "热力图", "table": "表格"}


def _told(figure: object) -> str:
    """Kinds and names of the traces of any figure."""
    data = figure.get("data", ()) if isinstance(figure, Mapping) else ()
    traces = [trace for trace in data if isinstance(trace, Mapping)]
    kinds = "、".join(dict.fromkeys(_KINDS.get(str(trace.get("type", "scatter")), "统计图") for trace in traces))
    names = "、".join(str(trace["name"]) for trace in traces if trace.get("name"))
    return (kinds or "统计图") + (f"，画有{names}" if names else "") + "。"
