"""The metric strip: up to four figures side by side, hairlines between them (指标带)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, rule
from digest.layout.galley import Art, at
from digest.layout.lines import set_label, set_line
from digest.layout.page import Link

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Metric, MetricStrip
    from digest.style import Style

_HEIGHT: Final = 66.0
_PAD: Final = 10.0  # from a hairline to the column beside it
_UNIT_GAP: Final = 2.0
_VALUE: Final = 27.0  # baselines, from the top of the strip
_LABEL: Final = 45.5
_NOTE: Final = 59.5


def draw_strip(strip: MetricStrip, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """The strip over the full measure; columns as wide as their content asks, what is left shared alike."""
    columns = [_Column(metric, faces, style, fonts, len(strip.metrics)) for metric in strip.metrics]
    free = style.measure - sum(column.width for column in columns) - _PAD * 2 * (len(columns) - 1)
    share = max(free, 0.0) / max(len(columns), 1)
    marks: list[Mark] = []
    links: list[Link] = []
    height = max([_HEIGHT, *(column.height for column in columns)])
    x = 0.0
    for n, column in enumerate(columns):
        if n:
            marks.append(rule(x - _PAD, 4.0, x - _PAD, height - 4.0, 0.5, style.palette.axis))
        marks += column.marks(x)
        links += [Link(x, 4.0, column.width, _VALUE, f"row:{fact}") for fact in column.metric.facts[:1]]
        x += column.width + share + 2 * _PAD
    text = "\n".join(column.text for column in columns)
    mentions = tuple(fact for metric in strip.metrics for fact in metric.facts)
    return Art(height, tuple(marks), text, mentions, tuple(links))


class _Column:
    """One metric, set: its lines and their places."""

    def __init__(self, metric: Metric, faces: Typefaces, style: Style, fonts: FontSet, count: int) -> None:
        room = (style.measure - 2 * _PAD * (count - 1)) / count
        self.metric = metric
        self.value = set_line(metric.value, faces.metric, fonts)
        self.unit = set_line(metric.unit, faces.metric_unit, fonts)
        top = max(room, self.value.width + _UNIT_GAP + self.unit.width)
        self.labels = set_label(metric.label, faces.metric_label, top, fonts)
        self.notes = set_label(metric.note, faces.metric_note, top, fonts)
        widths = [line.width for line in (*self.labels, *self.notes)]
        self.width = max([self.value.width + _UNIT_GAP + self.unit.width, *widths])
        self._pitches = (faces.metric_label.leading, faces.metric_note.leading)
        extra = max(len(self.labels) - 1, 0) * 13.5 + max(len(self.notes) - 1, 0) * 12.0
        self.height = _HEIGHT + extra
        self.text = " ".join(filter(None, (f"{metric.value}{metric.unit}", metric.label, metric.note)))

    def marks(self, x: float) -> list[Mark]:
        marks = [at(self.value, x, _VALUE), at(self.unit, x + self.value.width + _UNIT_GAP, _VALUE)]
        marks += _stack(self.labels, x, _LABEL, 13.5)
        marks += _stack(self.notes, x, _NOTE + 13.5 * max(len(self.labels) - 1, 0), 12.0)
        return marks


def _stack(lines: tuple[Line, ...], x: float, baseline: float, pitch: float) -> list[Mark]:
    return [at(line, x, baseline + n * pitch) for n, line in enumerate(lines)]
