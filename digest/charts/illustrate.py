"""From draft to story: every chart is drawn, everything else passes as it is (architecture: charts are a stage)."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from digest.charts.engines import ChartEngine
from digest.errors import ChartError, GlyphError
from digest.findings import Finding
from digest.story.blocks import Chart, Plate
from digest.story.charts import PlotlyChart

if TYPE_CHECKING:
    from pathlib import Path

    from digest.charts.engines import Engine
    from digest.charts.render import Renderer
    from digest.findings import Place
    from digest.fonts import FontSet
    from digest.story.blocks import Block, Story
    from digest.style import Style


OnChartError = Literal["raise", "omit"]
"""What becomes of a chart that cannot be drawn: the error is raised and there is no digest, or a note stands in its
place that says so and tells its data in words, and a finding (C147) beside the story.
"""


def illustrate(
    draft: Story,
    style: Style,
    fonts: FontSet,
    *,
    engine: Engine | ChartEngine = "auto",
    cache: Path | None = None,
    on_chart_error: OnChartError = "raise",
) -> tuple[Story, tuple[Finding, ...]]:
    """The draft with every chart drawn at the measure of the style, and what is doubtful about the pictures.

    All charts share one engine. One that was handed in is left running, one that is only named ends with the call.
    Nothing is started for a draft without charts, nor when every drawing lies in the folder `cache`. `ChartError` names
    the chart that could not be drawn by its caption.
    """
    if not any(isinstance(block, Chart) for block in draft.blocks):
        return draft, ()
    from digest.charts.render import Renderer  # noqa: PLC0415 - a digest without charts loads no engine

    blocks: list[Block] = []
    findings: list[Finding] = []
    with contextlib.ExitStack() as ours:
        running = engine if isinstance(engine, ChartEngine) else ours.enter_context(ChartEngine(engine))
        renderer = Renderer(fonts, running, cache=cache)
        for block in draft.blocks:
            if isinstance(block, Chart):
                plate, doubts = _plate(block, style, fonts, renderer, on_chart_error)
                blocks.append(plate)
                findings += doubts
            else:
                blocks.append(block)
    return replace(draft, blocks=tuple(blocks)), tuple(findings)


def check_charts(draft: Story, style: Style) -> tuple[Finding, ...]:
    """An error for every chart whose figure cannot be drawn as it is written; nothing is drawn."""
    from digest.charts.drawn import drawn  # noqa: PLC0415 - a digest without charts needs no figures

    findings: list[Finding] = []
    for block in draft.blocks:
        if isinstance(block, Chart):
            try:
                drawn(block.chart, style)
            except ChartError as error:
                found = Finding(error.code, "error", error.message, hint=error.hint)
                findings.append(_of(block, found))
    return tuple(findings)


def _plate(
    chart: Chart, style: Style, fonts: FontSet, renderer: Renderer, on_error: OnChartError
) -> tuple[Plate, tuple[Finding, ...]]:
    from digest.charts.drawn import alt_text, drawn  # noqa: PLC0415 - a digest without charts needs no figures
    from digest.charts.guards import doubts_of  # noqa: PLC0415 - the same

    try:
        figure, width, height = drawn(chart.chart, style)
        picture, remarks = renderer.picture(figure, width, height, alt_text(chart.chart))
        doubts = (*remarks, *doubts_of(picture, figure, fonts))
    except (ChartError, GlyphError) as error:
        if on_error == "raise":
            where = _place(chart)
            error.message = f"{f'{where}：' if where else ''}{_name(chart)}：{error.message}"
            raise
        from digest.charts.omitted import omitted  # noqa: PLC0415 - rarely wanted

        message = f"这张图没有画出，原处写有说明：{error.message}"
        picture = omitted(error.message, alt_text(chart.chart), style, fonts)
        doubts = (Finding("C147", "warning", message, value=error.code, hint=error.hint),)
    return Plate(picture, chart.caption, chart.facts), tuple(_of(chart, doubt) for doubt in doubts)


def _of(chart: Chart, finding: Finding) -> Finding:
    """The finding with the chart it is about, by caption and, for a file of the project, by place."""
    return replace(finding, message=f"{_name(chart)}：{finding.message}", place=_place(chart))


def _name(chart: Chart) -> str:
    return f"{chart.caption.label}《{chart.caption.text}》"


def _place(chart: Chart) -> Place | None:
    return chart.chart.place if isinstance(chart.chart, PlotlyChart) else None
