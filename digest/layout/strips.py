"""The metric strip: up to four figures side by side, hairlines between them (指标带)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, moved, rule
from digest.layout.galley import Art, at
from digest.layout.lines import set_label, set_line
from digest.layout.page import Link
from digest.layout.phrases import cut

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Metric, MetricStrip
    from digest.style import Style

_HEIGHT: Final = 66.0
_ACROSS: Final = 4
_ROW_GAP: Final = 6.0
_LABEL_LEAST: Final = 70.0  # a column narrower than that is no column
_PAD: Final = 10.0  # from a hairline to the column beside it
_UNIT_GAP: Final = 2.0
_VALUE: Final = 27.0  # baselines, from the top of the strip
_LABEL: Final = 45.5
_NOTE: Final = 59.5
_LABEL_PITCH: Final = 13.5
_NOTE_PITCH: Final = 12.0


def draw_strip(strip: MetricStrip, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """The strip over the full measure, in as many rows as its figures ask: four across at the most."""
    values = [_Value(metric, faces, fonts) for metric in strip.metrics]
    rows = _rows(values, faces, style, fonts)
    arts = [_draw_row(row, faces, style, fonts) for row in rows]
    marks: list[Mark] = []
    links: list[Link] = []
    y = 0.0
    for art in arts:
        marks.append(moved(art.marks, 0.0, y))
        links += [link._replace(y=link.y + y) for link in art.links]
        y += art.height + _ROW_GAP
    mentions = tuple(fact for art in arts for fact in art.mentions)
    return Art(y - _ROW_GAP, tuple(marks), "\n".join(art.text for art in arts), mentions, tuple(links))


def _rows(values: list[_Value], faces: Typefaces, style: Style, fonts: FontSet) -> list[list[_Value]]:
    """The figures in rows of equal number: the fewest rows, of at most four, in which every figure has its room."""
    for count in range(max(-(-len(values) // _ACROSS), 1), len(values) + 1):
        across = -(-len(values) // count)
        rows = [values[n : n + across] for n in range(0, len(values), across)]
        if all(_needed(row, faces, fonts) <= style.measure for row in rows):
            return rows
    return [[value] for value in values]


def _needed(row: list[_Value], faces: Typefaces, fonts: FontSet) -> float:
    """What a row takes at the least: every figure whole, labels and notes wrapped as far as they may."""
    least = [max(value.width, min(_widest_piece(value.metric, faces, fonts), _LABEL_LEAST)) for value in row]
    return sum(least) + _PAD * 2 * (len(row) - 1)


def _widest_piece(metric: Metric, faces: Typefaces, fonts: FontSet) -> float:
    pieces = [(piece, faces.metric_label) for piece in cut(metric.label)]
    pieces += [(piece, faces.metric_change) for piece in cut(metric.change)]
    pieces += [(piece, faces.metric_note) for piece in cut(metric.note)]
    return max((set_line(piece, face, fonts).width for piece, face in pieces), default=0.0)


def _draw_row(values: list[_Value], faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """Figures side by side; columns as wide as their content asks, what is left shared alike."""
    between = _PAD * 2 * (len(values) - 1)
    columns = [_Column(value, style.measure, faces, fonts) for value in values]
    if sum(column.width for column in columns) > style.measure - between:
        needs = [max(value.width, _widest_piece(value.metric, faces, fonts)) for value in values]
        rooms = _shares(needs, style.measure - between)
        columns = [_Column(value, room, faces, fonts) for value, room in zip(values, rooms, strict=True)]
    free = style.measure - sum(column.width for column in columns) - between
    share = max(free, 0.0) / max(len(columns), 1)
    marks: list[Mark] = []
    links: list[Link] = []
    height = max([_HEIGHT, *(column.height for column in columns)])
    x = 0.0
    for n, column in enumerate(columns):
        if n:
            marks.append(rule(x - _PAD, 4.0, x - _PAD, height - 4.0, 0.5, style.palette.axis))
        marks += column.marks(x)
        links += [Link(x, 4.0, column.width, _VALUE, f"row:{fact}") for fact in column.value.metric.facts[:1]]
        x += column.width + share + 2 * _PAD
    text = "\n".join(column.text for column in columns)
    mentions = tuple(fact for value in values for fact in value.metric.facts)
    return Art(height, tuple(marks), text, mentions, tuple(links))


def _shares(needs: list[float], room: float) -> list[float]:
    """Room for each column: equal parts, but at least what its figure needs; the others share what then is left."""
    open_ones = sorted(range(len(needs)), key=lambda n: -needs[n])
    rooms = [0.0] * len(needs)
    for done, n in enumerate(open_ones):
        rooms[n] = max(needs[n], room / (len(needs) - done))
        room -= rooms[n]
    return rooms


class _Value:
    """A figure and its unit, set."""

    def __init__(self, metric: Metric, faces: Typefaces, fonts: FontSet) -> None:
        self.metric = metric
        self.value = set_line(metric.value, faces.metric, fonts)
        self.unit = set_line(metric.unit, faces.metric_unit, fonts)
        self.width = self.value.width + _UNIT_GAP + self.unit.width


class _Column:
    """One metric within its room: its lines and their places."""

    def __init__(self, value: _Value, room: float, faces: Typefaces, fonts: FontSet) -> None:
        metric = value.metric
        self.value = value
        self.labels = set_label(metric.label, faces.metric_label, room, fonts)
        self.changes = set_label(metric.change, faces.metric_change, room, fonts)
        self.notes = set_label(metric.note, faces.metric_note, room, fonts)
        lines = (*self.labels, *self.changes, *self.notes)
        self.width = max([value.width, *(line.width for line in lines)])
        lines_below = len(self.changes) + len(self.notes)
        extra = max(len(self.labels) - 1, 0) * _LABEL_PITCH + max(lines_below - 1, 0) * _NOTE_PITCH
        self.height = _HEIGHT + extra
        self.text = " ".join(filter(None, (f"{metric.value}{metric.unit}", metric.label, metric.change, metric.note)))

    def marks(self, x: float) -> list[Mark]:
        """Its lines, their left at `x`."""
        value = self.value
        marks = [at(value.value, x, _VALUE), at(value.unit, x + value.value.width + _UNIT_GAP, _VALUE)]
        marks += _stack(self.labels, x, _LABEL, _LABEL_PITCH)
        below = _NOTE + _LABEL_PITCH * max(len(self.labels) - 1, 0)
        marks += _stack((*self.changes, *self.notes), x, below, _NOTE_PITCH)
        return marks


def _stack(lines: tuple[Line, ...], x: float, baseline: float, pitch: float) -> list[Mark]:
    return [at(line, x, baseline + n * pitch) for n, line in enumerate(lines)]
