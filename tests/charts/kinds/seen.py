"""What the tests of kinds share: values from words, a chart as marks, and the boxes of its words."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings

from digest.charts.drawn import drawn as figure_of
from digest.charts.paths import bounds
from digest.charts.svg import mark_box, marks_of
from digest.charts.theme import hex_of
from digest.data.quantity import parse_quantity
from digest.drawing import GlyphRun, Group
from digest.story.charts import Share, Value
from digest.style import BRIEFING
from tests.charts.marks import paths, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.charts.engine import InProcess
    from digest.charts.paths import Box
    from digest.drawing import Mark
    from digest.fonts import FontSet
    from digest.story.charts import AnyChart

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HARD = ("A<B且C>D", "R&D投入", "{{x}}", "%s", "<b>x</b>", "$a$与$b$", "&amp;", "%{y}", "a<br>b", "<extra>")


def value(text: str) -> Value:
    """What was reported in these words; a text without a digit says why nothing was."""
    return Value(parse_quantity(text), text) if any(c.isdigit() for c in text) else Value(None, text)


def shares(*pairs: tuple[str, str]) -> tuple[Share, ...]:
    return tuple(Share(label, value(text)) for label, text in pairs)


def seen(chart: AnyChart, engine: InProcess, fonts: FontSet) -> tuple[Mark, ...]:
    """The marks of a chart, after a look that all words stand apart and inside the picture."""
    figure, width, height = figure_of(chart, BRIEFING)
    marks = marks_of(engine.draw(figure, width, height, fonts), fonts)
    boxes = [(box_of(run, fonts), run) for run in runs(marks)]
    for (left, top, right, bottom), run in boxes:
        assert left >= -0.01, run
        assert top >= -0.01, run
        assert right <= width + 0.01, run
        assert bottom <= height + 0.01, run
    for (one, run), (two, other) in itertools.combinations(boxes, 2):
        assert two[0] >= one[2] or two[2] <= one[0] or two[1] >= one[3] or two[3] <= one[1], (run, other)
    for left, top, right, bottom in painted(marks):
        assert left >= -1
        assert top >= -1
        assert right <= width + 1
        assert bottom <= height + 1
    return marks


def painted(marks: Iterable[Mark]) -> Iterator[Box]:
    """Boxes of all but words; of what is clipped no more than is seen."""
    for mark in marks:
        if isinstance(mark, Group) and not mark.clip:
            yield from painted(mark.marks)
        elif not isinstance(mark, GlyphRun) and (box := mark_box(mark)) is not None:
            yield box


def box_of(run: GlyphRun, fonts: FontSet) -> Box:
    """Where the ink of a run may be: most of an em above its baseline, a little below."""
    across = sum(fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size
    return (run.x, run.y - 0.82 * run.size, run.x + across, run.y + 0.08 * run.size)


def run_of(marks: tuple[Mark, ...], text: str) -> GlyphRun:
    return next(run for run in runs(marks) if "".join(run.clusters) == text)


def boxes_of(marks: tuple[Mark, ...], color: str) -> list[Box]:
    """Boxes of all that is filled with a colour, in the order of painting."""
    return [
        box
        for path in paths(marks)
        if path.fill is not None and hex_of(path.fill) == color.lower() and (box := bounds(path.segments)) is not None
    ]
