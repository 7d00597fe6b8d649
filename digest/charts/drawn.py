"""From a chart to a figure: which kind is turned into Plotly by which file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from digest.story.charts import AnyChart
    from digest.style import Style


class Drawn(NamedTuple):
    """A figure of plain JSON values in its template, ready for an engine; width and height in points."""

    figure: dict[str, Any]
    width: float
    height: float


_FILES: Final = {
    "BarChart": "bars",
    "PlotlyChart": "own",
    "GroupedBars": "grouped",
    "Lines": "lines",
    "BarsAndLine": "bars_line",
    "Bullets": "bullets",
    "Donut": "donut",
    "HeatMap": "heat",
    "Slope": "slope",
    "Waterfall": "waterfall",
    "Funnel": "funnel",
    "Dots": "dots",
    "SmallMultiples": "multiples",
    "TileMap": "tiles",
}
"""Class of a chart -> the file in `kinds` that draws it and tells it in words."""


def drawn(chart: AnyChart, style: Style) -> Drawn:
    """The figure of a chart of any kind. `ChartError` for what cannot be drawn: C111-C119 in a figure of
    one's own, C131-C144 in the others (told in `kit/readings.py`).
    """
    figure: Drawn = _kind(chart).drawn(chart, style)
    return figure


def alt_text(chart: AnyChart) -> str:
    """What a chart shows, in words and from its data, for those who cannot see it."""
    words: str = _kind(chart).alt_text(chart)
    return words


def _kind(chart: AnyChart) -> Any:  # noqa: ANN401 - a module
    return import_module(f"digest.charts.kinds.{_FILES[type(chart).__name__]}")  # loaded with the first of its kind
