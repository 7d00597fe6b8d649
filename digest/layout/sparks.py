"""Sparklines: a few values as a small line or small bars in a cell of a table, drawn without Plotly (迷你图).

A gap stays a gap and nought stays a mark: what nobody reported never looks like nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.drawing import Group, Mark, Path, Segment, rectangle, rule
from digest.story.blocks import Sparkline, plain
from digest.story.wording import NOT_REPORTED, TREND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.drawing import Color
    from digest.story.blocks import Column, Table, Text
    from digest.story.charts import Value
    from digest.style import Palette

LEAST: Final = 36.0
"""Points that a sparkline takes at least."""
NATURAL: Final = 60.0
"""Points that it takes where nobody gave its column a width."""
_INSET: Final = 2.0  # room for half a dot
_LINE: Final = 0.8
_HAIR: Final = 0.4
_LAST: Final = 3.4  # across, of the dot that is the last value
_DOT: Final = 2.4  # the same for the lowest, the highest, and a value without neighbours
_BAR: Final = 0.68  # of the room that a bar has
_LEAST_BAR: Final = 0.5  # height of the bar that says nought


class Scale(NamedTuple):
    """The amounts at the foot and at the top of a sparkline."""

    low: float
    high: float


class _Point(NamedTuple):
    n: int
    amount: float


def spark_words(spark: Sparkline) -> str:
    """What a sparkline reads as: its values in words, those included that nobody reported."""
    return TREND + "、".join(
        value.display or (str(value.quantity) if value.quantity else NOT_REPORTED) for value in spark.values
    )


def said(cell: Text | Sparkline) -> Text:
    """A text as it is, a sparkline in words."""
    return cell if isinstance(cell, tuple) else plain(spark_words(cell))


def spark_columns(table: Table) -> dict[int, list[Sparkline]]:
    """Columns that hold sparklines, with all of them.

    ValueError where values that stand on one scale count different things.
    """
    found: dict[int, list[Sparkline]] = {}
    for row in table.rows:
        if row.group:
            continue
        for n, cell in enumerate(row.cells):
            if isinstance(cell, Sparkline):
                found.setdefault(n, []).append(cell)
    for n, sparks in found.items():
        for together in [sparks] if table.columns[n].one_scale else [[spark] for spark in sparks]:
            units = dict.fromkeys(
                value.quantity.counted for spark in together for value in spark.values if value.quantity
            )
            if len(units) > 1:
                raise ValueError(f"sparklines of column {n} put unlike units on one scale: {', '.join(units)}")
    return found


def scale_of(sparks: Iterable[Sparkline]) -> Scale:
    """From the lowest value to the highest; with nought where bars stand on it or a hairline shows it."""
    amounts: list[float] = []
    for spark in sparks:
        amounts += [point.amount for point in _points(spark.values)]
        if spark.zero or spark.kind == "bars":
            amounts.append(0.0)
    return Scale(min(amounts, default=0.0), max(amounts, default=0.0))


class SparkSetter:
    """Draws the sparklines of one table."""

    def __init__(self, table: Table, palette: Palette) -> None:
        """Find the scales of columns that have one for all their sparklines. Raises what `spark_columns` raises."""
        self._palette = palette
        self._columns = table.columns
        sparks = spark_columns(table)
        self._scales = {n: scale_of(all_of_it) for n, all_of_it in sparks.items() if table.columns[n].one_scale}
        self.prints_facts = any(
            value.fact for all_of_it in sparks.values() for spark in all_of_it for value in spark.values
        )

    def mark(self, spark: Sparkline, n: int, left: float, room: float, top: float, height: float) -> Mark:
        """A sparkline of column n in its cell, `room` points wide; it reads as its values."""
        column = self._columns[n]
        width = room if column.width else min(room, NATURAL)
        pen = _Pen(
            len(spark.values),
            self._scales.get(n) or scale_of([spark]),
            left + _before(column, room - width),
            width,
            top,
            height,
        )
        draw = _line if spark.kind == "line" else _bars
        zero = [rule(pen.left, pen.y(0.0), pen.right, pen.y(0.0), _HAIR, self._palette.axis)] if spark.zero else []
        return Group((*zero, *draw(spark, pen, self._palette)), alt=spark_words(spark))


def _before(column: Column, spare: float) -> float:
    """White before a sparkline that is narrower than its column."""
    match column.align:
        case "left":
            return 0.0
        case "right":
            return spare
        case "center" | "decimal":
            return spare / 2


class _Pen:
    """Where the values of one sparkline stand."""

    def __init__(self, count: int, scale: Scale, left: float, width: float, top: float, height: float) -> None:
        self.left, self.right = left, left + width
        self._scale, self._foot, self._height = scale, top + height - _INSET, height - 2 * _INSET
        self._first, self._last = left + _INSET, self.right - _INSET
        self._step = (self._last - self._first) / max(count - 1, 1)
        self.slot = width / max(count, 1)
        self._count = count

    def x(self, n: int) -> float:
        """Of the nth point of a line; the last stands at the right end."""
        return self._last - (self._count - 1 - n) * self._step

    def y(self, amount: float) -> float:
        """Of an amount; where all are the same, it is the middle."""
        low, high = self._scale
        share = (amount - low) / (high - low) if high > low else 0.5
        return self._foot - share * self._height


def _line(spark: Sparkline, pen: _Pen, palette: Palette) -> Iterator[Mark]:
    """A line that is parted where a value is missing, and its dots."""
    points = list(_points(spark.values))
    segments: list[Segment] = []
    alone: list[_Point] = []
    for _, group in groupby(enumerate(points), lambda pair: pair[1].n - pair[0]):
        first, *rest = [point for _, point in group]
        if not rest:
            alone.append(first)
            continue
        segments.append(("M", pen.x(first.n), pen.y(first.amount)))
        segments += [("L", pen.x(point.n), pen.y(point.amount)) for point in rest]
    if segments:
        yield Path(tuple(segments), stroke=palette.mid, width=_LINE, cap="round", join="round")
    last = [point for point in points if point.n == len(spark.values) - 1]
    small = dict.fromkeys(point for point in (*alone, *_extremes(spark, points)) if point not in last)
    yield from _dots(small, pen, palette.mid, _DOT)
    yield from _dots(last, pen, palette.deep, _LAST)


def _dots(points: Iterable[_Point], pen: _Pen, color: Color, across: float) -> Iterator[Mark]:
    """Round ends of lines without length."""
    segments: list[Segment] = []
    for point in points:
        x, y = pen.x(point.n), pen.y(point.amount)
        segments += [("M", x, y), ("L", x, y)]
    if segments:
        yield Path(tuple(segments), stroke=color, width=across, cap="round")


def _bars(spark: Sparkline, pen: _Pen, palette: Palette) -> Iterator[Mark]:
    """Bars from nought, the last one dark."""
    points = list(_points(spark.values))
    marked = _extremes(spark, points)
    found: dict[Color, list[Segment]] = {}
    for point in points:
        color = palette.mid if point in marked else palette.soft
        if point.n == len(spark.values) - 1:
            color = palette.deep
        width = pen.slot * _BAR
        ends = sorted((pen.y(point.amount), pen.y(0.0)))
        height = max(ends[1] - ends[0], _LEAST_BAR)
        top = ends[0] if point.amount < 0 else ends[1] - height
        left = pen.left + point.n * pen.slot + (pen.slot - width) / 2
        found.setdefault(color, []).extend(rectangle(left, top, width, height))
    return (Path(tuple(segments), fill=color) for color, segments in found.items())


def _extremes(spark: Sparkline, points: list[_Point]) -> tuple[_Point, ...]:
    """The lowest and the highest, the first of equal ones; none where some value is only known by a bound, since then
    nobody knows which they are.
    """
    exact = all(value.quantity.exact for value in spark.values if value.quantity)
    if not (spark.extremes and exact and points):
        return ()
    low, high = (choose(points, key=lambda point: point.amount) for choose in (min, max))
    return (low, high) if low.amount < high.amount else ()


def _points(values: tuple[Value, ...]) -> Iterator[_Point]:
    """The values that were reported, each with its place among all; a bound (余, 近) is the number it names."""
    for n, value in enumerate(values):
        if value.quantity is not None:
            yield _Point(n, float(value.quantity.amount))
