"""From draft to story: every chart is drawn, everything else passes as it is (architecture: charts are a stage)."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from digest.charts.engines import ChartEngine
from digest.drawing import Awaited
from digest.errors import ChartError, GlyphError, RenderError
from digest.findings import Finding
from digest.grey import grey_marks
from digest.story.blocks import Chart, Plate
from digest.story.charts import PlotlyChart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from digest.charts.engines import Engine
    from digest.charts.render import Renderer
    from digest.drawing import Mark, Picture
    from digest.findings import Place
    from digest.fonts import FontSet
    from digest.story.blocks import Story
    from digest.style import Style

OnChartError = Literal["raise", "omit"]
"""What becomes of a chart that cannot be drawn: the error is raised and there is no digest, or a note stands in its
place that says so and tells its data in words, and a finding (C157) beside the story.
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """A chart that is being drawn: its picture, the figure it is drawn from (None: a note stands in its place), and
    what was remarked on the way.
    """

    chart: Chart
    plate: Plate
    figure: Mapping[str, Any] | None
    remarks: list[Finding] = field(default_factory=list)


class Illustration:
    """A story whose charts are being drawn: it can be set at once, since the size of every picture is known."""

    def __init__(self, story: Story, fonts: FontSet, begun: Sequence[Begun] = ()) -> None:
        """A story that has these pictures among its own."""
        self.story = story
        self._fonts = fonts
        self._begun = begun

    def finish(self) -> tuple[Finding, ...]:
        """Wait until every chart is drawn: what is doubtful about the pictures, and about the plotly.js that drew them.

        `ChartError` names the chart that could not be drawn, by its caption.
        """
        from digest.charts.known import doubt  # noqa: PLC0415 - a digest without charts asks for no plotly.js

        of_engine = filter(None, (doubt(),) if self._begun else ())
        return (*of_engine, *(_of(one.chart, found) for one in self._begun for found in self._doubts(one)))

    def _doubts(self, one: Begun) -> tuple[Finding, ...]:
        from digest.charts.guards import doubts_of  # noqa: PLC0415 - a digest without charts needs no guards

        if one.figure is None:
            return tuple(one.remarks)
        doubts = doubts_of(one.plate.picture, one.figure, self._fonts)
        return (*one.remarks, *doubts)


@contextlib.contextmanager
def illustrating(
    draft: Story,
    style: Style,
    fonts: FontSet,
    *,
    engine: Engine | ChartEngine = "auto",
    cache: Path | None = None,
    on_chart_error: OnChartError = "raise",
) -> Iterator[Illustration]:
    """The draft with every chart as a picture at the measure of the style, drawn behind the caller's back.

    An engine that was handed in is left running, one that is only named ends with the context. Nothing is started for a
    draft without charts, nor when every drawing lies in the folder `cache`. `ChartError` names a chart by its caption;
    what only drawing shows is raised by `finish`. Where charts may be omitted all are waited for: a note has another
    size than its chart.
    """
    if not any(isinstance(block, Chart) for block in draft.blocks):
        yield Illustration(draft, fonts)
        return
    from digest.charts.render import Renderer  # noqa: PLC0415 - a digest without charts loads no engine

    with contextlib.ExitStack() as ours:
        running = engine if isinstance(engine, ChartEngine) else ours.enter_context(ChartEngine(engine))
        renderer = ours.enter_context(Renderer(fonts, running, cache=cache))
        charts = [block for block in draft.blocks if isinstance(block, Chart)]
        if on_chart_error == "omit":
            tried = [_or_note(partial(_begun, chart, style, renderer), chart, style, fonts) for chart in charts]
            begun = [_or_note(partial(_drawn, one), one.chart, style, fonts) for one in tried]
        else:
            begun = [_begun(chart, style, renderer) for chart in charts]
        plates = (one.plate for one in begun)
        blocks = tuple(next(plates) if isinstance(block, Chart) else block for block in draft.blocks)
        yield Illustration(replace(draft, blocks=blocks), fonts, begun)


def illustrate(
    draft: Story,
    style: Style,
    fonts: FontSet,
    *,
    engine: Engine | ChartEngine = "auto",
    cache: Path | None = None,
    on_chart_error: OnChartError = "raise",
) -> tuple[Story, tuple[Finding, ...]]:
    """The draft with every chart drawn, and what is doubtful about the pictures: `illustrating`, waited for."""
    with illustrating(draft, style, fonts, engine=engine, cache=cache, on_chart_error=on_chart_error) as illustration:
        doubts = illustration.finish()
        return illustration.story, doubts


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


def _begun(chart: Chart, style: Style, renderer: Renderer) -> Begun:
    from digest.charts.drawn import alt_text, drawn  # noqa: PLC0415 - a digest without charts needs no figures

    remarks: list[Finding] = []
    with _named(chart):
        figure, width, height = drawn(chart.chart, style)
        picture = renderer.picture(figure, width, height, alt_text(chart.chart), remarks.append)
    named = replace(picture, marks=Awaited(lambda: _marks(chart, picture, style)))
    return Begun(chart, Plate(named, chart.caption, chart.facts), figure, remarks)


def _marks(chart: Chart, picture: Picture, style: Style) -> tuple[Mark, ...]:
    """What was drawn, without colour where the style is."""
    with _named(chart):
        return grey_marks(picture.marks) if style.grey else tuple(picture.marks)


def _drawn(one: Begun) -> Begun:
    """The same, waited for."""
    len(one.plate.picture.marks)
    return one


def _or_note(make: Callable[[], Begun], chart: Chart, style: Style, fonts: FontSet) -> Begun:
    """What is made, or where that fails a note in its place."""
    from digest.charts.drawn import alt_text  # noqa: PLC0415 - as above
    from digest.charts.omitted import omitted  # noqa: PLC0415 - rarely wanted

    try:
        return make()
    except (ChartError, GlyphError) as error:
        reason = error.message.removeprefix(f"{_called(chart)}：")
        message = f"这张图没有画出，原处写有说明：{reason}"
        picture = omitted(reason, alt_text(chart.chart), style, fonts)
        remark = Finding("C157", "warning", message, value=error.code, hint=error.hint)
        return Begun(chart, Plate(picture, chart.caption, chart.facts), None, [remark])


@contextlib.contextmanager
def _named(chart: Chart) -> Iterator[None]:
    """Errors of a chart say which it is."""
    try:
        yield
    except RenderError as error:
        name = f"{_called(chart)}："
        if not error.message.startswith(name):  # whoever looks again gets the same error
            error.message = name + error.message
        raise


def _of(chart: Chart, finding: Finding) -> Finding:
    """The finding with the chart it is about, by caption and, for a file of the project, by place."""
    return replace(finding, message=f"{_name(chart)}：{finding.message}", place=_place(chart))


def _called(chart: Chart) -> str:
    place = _place(chart)
    return f"{place}：{_name(chart)}" if place else _name(chart)


def _name(chart: Chart) -> str:
    return f"{chart.caption.label}《{chart.caption.text}》"


def _place(chart: Chart) -> Place | None:
    return chart.chart.place if isinstance(chart.chart, PlotlyChart) else None
