"""Charts of these tests, written short, and what the eye sees of them: where words stand and what runs through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, Phase, settings

from digest.charts.drawn import drawn
from digest.charts.kit.places import Box
from digest.charts.paths import bounds
from digest.charts.svg import marks_of
from digest.data.quantity import parse_quantity
from digest.story.charts import Series, Share, Value
from digest.style import BRIEFING
from tests.charts.marks import paths, runs

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.drawing import GlyphRun, Mark, Path
    from digest.fonts import FontSet
    from digest.story.charts import AnyChart, Role

PAPER = "#ffffff"

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def value(text: str) -> Value:
    """A value as it was reported; `-` is none."""
    return Value() if text == "-" else Value(parse_quantity(text), text)


def series(name: str, texts: str, role: Role = "actual") -> Series:
    return Series(name, tuple(map(value, texts.split())), role)


def share(label: str, text: str) -> Share:
    return Share(label, value(text))


def months(count: int) -> tuple[str, ...]:
    return tuple(f"{2022 + i // 12}年{i % 12 + 1}月" for i in range(count))


class Picture(NamedTuple):
    marks: tuple[Mark, ...]
    width: float
    height: float
    fonts: FontSet

    def box(self, run: GlyphRun) -> Box:
        right = run.x + sum(self.fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size
        return Box(run.x, run.y - 0.7 * run.size, right, run.y)

    @property
    def words(self) -> list[str]:
        return ["".join(run.clusters) for run in runs(self.marks)]

    def where(self, text: str) -> Box:
        return self.box(next(run for run in runs(self.marks) if "".join(run.clusters) == text))

    def run(self, text: str) -> GlyphRun:
        return next(run for run in runs(self.marks) if "".join(run.clusters) == text)

    def filled(self, color: str) -> list[Box]:
        """Boxes of what is filled with a colour, from the left."""
        found = (path for path in paths(self.marks) if path.fill is not None and _hex(path, "fill") == color)
        return sorted(Box(*box) for box in (bounds(path.segments) for path in found) if box)

    def strokes(self, color: str, wider: float = 0.0) -> list[Path]:
        return [
            path
            for path in paths(self.marks)
            if path.stroke is not None and path.width > wider and _hex(path, "stroke") == color
        ]


def _hex(path: Path, part: str) -> str:
    color = path.fill if part == "fill" else path.stroke
    assert color is not None
    return "#" + "".join(f"{round(value * 255):02x}" for value in (color.red, color.green, color.blue))


def seen(chart: AnyChart, engine: InProcess, fonts: FontSet) -> Picture:
    figure, width, height = drawn(chart, BRIEFING)
    return Picture(marks_of(engine.draw(figure, width, height, fonts), fonts), width, height, fonts)


def words_stand_clear(picture: Picture) -> None:
    """No word leaves the picture or touches another."""
    boxes = [(picture.box(run), "".join(run.clusters)) for run in runs(picture.marks)]
    for box, text in boxes:
        assert box.left >= -0.01, text
        assert box.top >= 0, text
        assert box.right <= picture.width + 0.01, text
        assert box.bottom <= picture.height, text
    for i, (box, text) in enumerate(boxes):
        for other, more in boxes[i + 1 :]:
            assert not box.touches(other), f"{text} and {more}"


def no_line_runs_through_words(picture: Picture, wider: float) -> None:
    """No stroke of more than that width runs through a word."""
    boxes = [(picture.box(run), "".join(run.clusters)) for run in runs(picture.marks)]
    for path in paths(picture.marks):
        if path.stroke is None or path.width <= wider or _hex(path, "stroke") == PAPER:
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
