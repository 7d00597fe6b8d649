"""What tests of kinds share: charts written short, and what the eye sees of them, where words stand and what is cut."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, Phase, settings

from digest.charts.drawn import drawn
from digest.charts.kit.places import Box
from digest.charts.paths import bounds
from digest.charts.svg import mark_box, marks_of
from digest.charts.theme import WHITE, hex_of
from digest.data.quantity import parse_quantity
from digest.drawing import BLACK, GlyphRun, Group
from digest.story.charts import Series, Share, Value
from digest.style import BRIEFING
from tests.charts.marks import paths, runs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.charts.engine import InProcess
    from digest.drawing import Mark, Path
    from digest.fonts import FontSet
    from digest.story.charts import AnyChart, Role

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
HARD = ("A<B且C>D", "R&D投入", "{{x}}", "%s", "</para>", "<b>x</b>", "$a$与$b$", "&amp;", "%{y}", "a<br>b", "<extra>")


def value(text: str) -> Value:
    """What was reported in these words; `-` is nothing, and a text without a digit says why nothing was."""
    if any(character.isdigit() for character in text):
        return Value(parse_quantity(text), text)
    return Value(None, text.removeprefix("-"))


def series(name: str, texts: str, role: Role = "actual") -> Series:
    return Series(name, tuple(map(value, texts.split())), role)


def share(label: str, text: str) -> Share:
    return Share(label, value(text))


def shares(*pairs: tuple[str, str]) -> tuple[Share, ...]:
    return tuple(itertools.starmap(share, pairs))


def months(count: int) -> tuple[str, ...]:
    return tuple(f"{2022 + i // 12}年{i % 12 + 1}月" for i in range(count))


class Picture(NamedTuple):
    marks: tuple[Mark, ...]
    width: float
    height: float
    fonts: FontSet

    def box(self, run: GlyphRun) -> Box:
        """Where the ink of a run may be: most of an em above its baseline, a little below."""
        right = run.x + sum(self.fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size
        return Box(run.x, run.y - 0.82 * run.size, right, run.y + 0.08 * run.size)

    @property
    def words(self) -> list[str]:
        return words(self.marks)

    def run(self, text: str) -> GlyphRun:
        return next(run for run in runs(self.marks) if "".join(run.clusters) == text)

    def where(self, text: str) -> Box:
        return self.box(self.run(text))

    def filled(self, color: str) -> list[Box]:
        """Boxes of what is filled with a colour, from the left."""
        found = (path for path in paths(self.marks) if path.fill and hex_of(path.fill) == color.lower())
        return sorted(Box(*box) for box in (bounds(path.segments) for path in found) if box)

    def strokes(self, color: str, wider: float = 0.0) -> list[Path]:
        every = [path for path in paths(self.marks) if path.stroke and path.width > wider]
        return [line for path in every if hex_of(path.stroke or BLACK) == color.lower() for line in _parted(path)]


def _parted(path: Path) -> list[Path]:
    """Lines that are one path, one by one; any other path as it is."""
    starts = [i for i, segment in enumerate(path.segments) if segment[0] == "M"]
    ends = [*starts[1:], len(path.segments)]
    return [replace(path, segments=path.segments[start:end]) for start, end in zip(starts, ends, strict=True)]


def seen(chart: AnyChart, engine: InProcess, fonts: FontSet) -> Picture:
    """The chart drawn, after a look that all words stand apart and nothing leaves the picture."""
    figure, width, height = drawn(chart, BRIEFING)
    picture = Picture(marks_of(engine.draw(figure, width, height, fonts), fonts), width, height, fonts)
    boxes = [(picture.box(run), "".join(run.clusters)) for run in runs(picture.marks)]
    for box, text in boxes:
        assert box.left >= -0.01, text
        assert box.top >= -0.01, text
        assert box.right <= width + 0.01, text
        assert box.bottom <= height + 0.01, text
    for (box, text), (other, more) in itertools.combinations(boxes, 2):
        assert not box.touches(other), f"{text} and {more}"
    for box in painted(picture.marks):
        assert box.left >= -1
        assert box.top >= -1
        assert box.right <= width + 1
        assert box.bottom <= height + 1
    return picture


def painted(marks: Iterable[Mark]) -> Iterator[Box]:
    """Boxes of all but words; of what is clipped no more than is seen."""
    for mark in marks:
        if isinstance(mark, Group) and not mark.clip:
            yield from painted(mark.marks)
        elif not isinstance(mark, GlyphRun) and (box := mark_box(mark)) is not None:
            yield Box(*box)


def no_line_runs_through_words(picture: Picture, wider: float) -> None:
    """No stroke of more than that width runs through a word."""
    boxes = [(picture.box(run), "".join(run.clusters)) for run in runs(picture.marks)]
    for path in paths(picture.marks):
        if path.stroke is None or path.width <= wider or hex_of(path.stroke) == WHITE:
            continue
        here: tuple[float, float] | None = None
        for step in path.segments:
            match step:
                case ("M", x, y):
                    here = (x, y)
                case ("L", x, y):
                    assert here is not None
                    for box, text in boxes:
                        assert not box.crossed(*here, x, y), text
                    here = (x, y)
                case _:
                    here = None
