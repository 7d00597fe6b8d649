"""From draft to story: every chart is drawn, everything else passes as it is (architecture: charts are a stage)."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.charts.engines import ChartEngine
from digest.errors import RenderError
from digest.story.blocks import Chart, Plate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.charts.engines import Engine
    from digest.charts.render import Renderer
    from digest.fonts import FontSet
    from digest.story.blocks import Caption, Story
    from digest.style import Style


class Illustration:
    """A story whose charts are being drawn: it can be set at once, since the size of every picture is known."""

    def __init__(self, story: Story, awaited: tuple[Plate, ...] = ()) -> None:
        """A story that has these pictures among its own."""
        self.story = story
        self._awaited = awaited

    def finish(self) -> None:
        """Wait until every chart is drawn. `ChartError` names the chart that could not be, by its caption."""
        for plate in self._awaited:
            with _named(plate.caption):
                len(plate.picture.marks)


@contextlib.contextmanager
def illustrating(
    draft: Story, style: Style, fonts: FontSet, *, engine: Engine | ChartEngine = "auto", cache: Path | None = None
) -> Iterator[Illustration]:
    """The draft with every chart as a picture at the measure of the style, drawn behind the caller's back.

    An engine that was handed in is left running, one that is only named ends with the context. Nothing is started for a
    draft without charts, nor when every drawing lies in the folder `cache`. `ChartError` names a chart by its caption;
    what only drawing shows is raised by `finish`.
    """
    if not any(isinstance(block, Chart) for block in draft.blocks):
        yield Illustration(draft)
        return
    from digest.charts.render import Renderer  # noqa: PLC0415 - a digest without charts loads no engine

    with contextlib.ExitStack() as ours:
        running = engine if isinstance(engine, ChartEngine) else ours.enter_context(ChartEngine(engine))
        renderer = ours.enter_context(Renderer(fonts, running, cache=cache))
        blocks = tuple(_plate(block, style, renderer) if isinstance(block, Chart) else block for block in draft.blocks)
        awaited = tuple(
            new
            for new, old in zip(blocks, draft.blocks, strict=True)
            if isinstance(new, Plate) and isinstance(old, Chart)
        )
        yield Illustration(replace(draft, blocks=blocks), awaited)


def illustrate(
    draft: Story, style: Style, fonts: FontSet, *, engine: Engine | ChartEngine = "auto", cache: Path | None = None
) -> Story:
    """The draft with every chart drawn: `illustrating`, waited for."""
    with illustrating(draft, style, fonts, engine=engine, cache=cache) as illustration:
        illustration.finish()
        return illustration.story


def _plate(chart: Chart, style: Style, renderer: Renderer) -> Plate:
    from digest.charts.drawn import alt_text, drawn  # noqa: PLC0415 - a digest without charts needs no figures

    with _named(chart.caption):
        figure, width, height = drawn(chart.chart, style)
        picture = renderer.picture(figure, width, height, alt_text(chart.chart))
    return Plate(picture, chart.caption, chart.facts)


@contextlib.contextmanager
def _named(caption: Caption) -> Iterator[None]:
    """Errors of a chart say which it is."""
    try:
        yield
    except RenderError as error:
        error.message = f"{caption.label}《{caption.text}》：{error.message}"
        raise
