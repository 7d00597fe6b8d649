"""From draft to story: every chart is drawn, everything else passes as it is (architecture: charts are a stage)."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.charts.engines import ChartEngine
from digest.errors import RenderError
from digest.story.blocks import Chart, Plate

if TYPE_CHECKING:
    from pathlib import Path

    from digest.charts.engines import Engine
    from digest.charts.render import Renderer
    from digest.fonts import FontSet
    from digest.story.blocks import Story
    from digest.style import Style


def illustrate(
    draft: Story, style: Style, fonts: FontSet, *, engine: Engine | ChartEngine = "auto", cache: Path | None = None
) -> Story:
    """The draft with every chart drawn at the measure of the style; all charts share one engine.

    An engine that was handed in is left running, one that is only named ends with the call. Nothing is started for a
    draft without charts, nor when every drawing lies in the folder `cache`. `ChartError` names the chart that could not
    be drawn by its caption.
    """
    if not any(isinstance(block, Chart) for block in draft.blocks):
        return draft
    from digest.charts.render import Renderer  # noqa: PLC0415 - a digest without charts loads no engine

    with contextlib.ExitStack() as ours:
        running = engine if isinstance(engine, ChartEngine) else ours.enter_context(ChartEngine(engine))
        renderer = Renderer(fonts, running, cache=cache)
        blocks = tuple(_plate(block, style, renderer) if isinstance(block, Chart) else block for block in draft.blocks)
    return replace(draft, blocks=blocks)


def _plate(chart: Chart, style: Style, renderer: Renderer) -> Plate:
    from digest.charts.drawn import alt_text, drawn  # noqa: PLC0415 - a digest without charts needs no figures

    try:
        figure, width, height = drawn(chart.chart, style)
        picture = renderer.picture(figure, width, height, alt_text(chart.chart))
    except RenderError as error:
        error.message = f"{chart.caption.label}《{chart.caption.text}》：{error.message}"
        raise
    return Plate(picture, chart.caption, chart.facts)
