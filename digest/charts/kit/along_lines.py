"""Words along lines: names where lines end, what is said of a gap, and as many numbers as stand clear.

A number that is a bound must be said; the others are written from the telling ones (highest, lowest, where the line
turns) to the rest, and one that finds no room is left to the axis.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from digest.charts.kit.names import name_lines
from digest.charts.kit.places import Box, Word, apart
from digest.charts.kit.points import draw_hint
from digest.charts.kit.sheet import Voice
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS, WHITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.kit.pens import Pen
    from digest.charts.kit.places import Places
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.shapes import Point
    from digest.charts.kit.sheet import Sheet
    from digest.charts.kit.upright import Scale

DOT: Final = 2.1
VALUE: Final = 9.0
VALUE_GAP: Final = 2.6  # between a dot and its number
HINT: Final = 6.5  # what an arrowhead or a wave takes of that room
END: Final = 10.0
END_LINE: Final = 12.0
END_GAP: Final = 6.0

_SHIFTS: Final = (0.0, 3.0, -3.0, 6.0, -6.0, 9.0, -9.0, 12.0, -12.0)
_FAR: Final = (9.0, 18.0, 27.0)
_ASIDE: Final = (0, -9, 9, -15, 15, -21, 21)


class Line(NamedTuple):
    """A series with its pen, its readings and its points, None where nobody reported; `numbers` are those wanted."""

    name: str
    pen: Pen
    readings: tuple[Reading, ...]
    points: tuple[Point | None, ...]
    numbers: Literal["all", "highest", "bounds"]
    named: bool = True  # at its end, with its last number

    @property
    def known(self) -> list[int]:
        """The places with a number."""
        return [i for i, point in enumerate(self.points) if point]

    @property
    def inner(self) -> list[int]:
        """The places whose number stands at the point itself."""
        return self.known[:-1] if self.named else self.known

    def at(self, i: int) -> Point:
        """The point of a place that has one."""
        point = self.points[i]
        if point is None:
            raise IndexError(i)
        return point

    def beside(self, i: int) -> tuple[Point | None, Point | None]:
        """The points before and after a place."""
        last = len(self.points) - 1
        return self.points[i - 1] if i else None, self.points[i + 1] if i < last else None

    @property
    def end(self) -> tuple[str, str]:
        """Its name, and its last number in words."""
        known = self.known
        return self.name, self.readings[known[-1] if known else -1].label


def points_of(readings: Sequence[Reading], xs: Sequence[float], scale: Scale) -> tuple[Point | None, ...]:
    """The points of readings above those places."""
    return tuple(
        None if reading.amount is None else (x, scale.y(reading.amount))
        for x, reading in zip(xs, readings, strict=True)
    )


def trace_of(line: Line) -> dict[str, Any]:
    """The line and its dots as Plotly draws them, parted at gaps."""
    pen = line.pen
    edge = {"color": pen.color, "width": 1.1 if pen.hollow else 0}
    return {
        "type": "scatter", "mode": "lines+markers", "connectgaps": False, "cliponaxis": False,
        "x": [round(point[0], 3) if point else None for point in line.points],
        "y": [round(point[1], 3) if point else None for point in line.points],
        "line": {"color": pen.color, "width": pen.width, "dash": pen.dash},
        "marker": {"symbol": pen.shape, "size": 2 * DOT, "color": WHITE if pen.hollow else pen.color, "line": edge},
    }  # fmt: skip


def take_line(sheet: Sheet, places: Places, line: Line) -> None:
    """Draw the arrowheads of a line, and let no word lie on it."""
    for before, after in pairwise(line.points):
        if before and after:
            places.cross(*before, *after)
    for point, reading in zip(line.points, line.readings, strict=True):
        if point is None:
            continue
        x, y = point
        places.take(Box(x - DOT, y - DOT, x + DOT, y + DOT))
        hint = draw_hint(sheet, x, y, DOT, reading.certain, line.pen.color)
        if hint:
            places.take(hint)


# ------------------------------------------------------------------------------------------------ ends


def end_lines(line: tuple[str, str], room: float) -> tuple[str, ...]:
    """A name and a number within `room` points."""
    name, number = line
    lines = name_lines(name, END, room) if name else ()
    if lines and text_width(f"{lines[-1]} {number}", END) <= room:
        return (*lines[:-1], f"{lines[-1]} {number}")
    return (*lines, number)


def write_ends(
    sheet: Sheet, places: Places, lines: Sequence[Line], column: float, room: float, edges: tuple[float, float]
) -> None:
    """Names at the ends of lines, in a column one above the other where they would touch; between those edges."""
    late: list[tuple[Line, tuple[str, ...], float]] = []
    for line in lines:
        words, known = end_lines(line.end, room), line.known
        if not known:
            late.append((line, words, edges[1]))
            continue
        x, y = line.at(known[-1])
        early = known[-1] < len(line.points) - 1 and len(words) == 1
        voice = Voice(END, line.pen.words, bold=True)
        if not early or not places.settle(Word(x + END_GAP, y + away, words[0], voice) for away in _ASIDE):
            late.append((line, words, y))
    middles = apart([y for _, _, y in late], [END_LINE * len(words) for _, words, _ in late], *edges)
    for (line, words, _), middle in zip(late, middles, strict=True):
        voice = Voice(END, line.pen.words if line.known else sheet.quiet, bold=bool(line.known))
        for row, text in enumerate(words):
            places.put(Word(column, middle + END_LINE * (row + 0.5 - len(words) / 2), text, voice))


# ------------------------------------------------------------------------------------------------ gaps and numbers


def write_gaps(sheet: Sheet, places: Places, line: Line, xs: Sequence[float], foot: float) -> None:
    """Words where nobody reported: in the gap of the line, else at the foot under it."""
    voice = Voice(TICKS, sheet.quiet, side="center")
    low = foot - TICKS / 2 - 3.0
    for first, last in _gaps(line):
        before, after = line.beside(first)[0], line.beside(last)[1]
        sides = [point[1] for point in (before, after) if point]
        height = sum(sides) / len(sides) if sides else low
        x, text = (xs[first] + xs[last]) / 2, line.readings[first].label
        places.settle(Word(x, y, text, voice) for y in (height, low, low - 11, height - 11, height + 11))


def _gaps(line: Line) -> Iterator[tuple[int, int]]:
    """First and last of the places that follow one another without a number and with the same words."""
    start = 0
    for i in range(1, len(line.points) + 1):
        if i == len(line.points) or line.points[i] or line.readings[i].label != line.readings[start].label:
            if not line.points[start]:
                yield start, i - 1
            start = i


def write_bounds(places: Places, line: Line, periods: Sequence[str]) -> list[str]:
    """The words of numbers that are bounds; in full with their period those that found no room."""
    unsaid = []
    for i in line.inner:
        reading = line.readings[i]
        if reading.certain != "exact" and not places.settle(_choices(line, i, far=True)):
            unsaid.append(f"{periods[i]}{line.name}{reading.said}")
    return unsaid


def write_numbers(places: Places, line: Line) -> None:
    """As many of the other numbers as are wanted and find room."""
    exact = [i for i in line.inner if line.readings[i].certain == "exact"]
    ranked = sorted(exact, key=lambda i: line.readings[i].amount or 0)
    if line.numbers == "all":
        turning = (i for i in exact if _turns(line, i))
        for i in dict.fromkeys((*ranked[-1:], *ranked[:1], *turning, *exact)):
            places.settle(_choices(line, i))
    elif ranked and line.numbers == "highest":
        top = line.readings[ranked[-1]].amount
        first = next(i for i in exact if line.readings[i].amount == top)
        if all((line.readings[i].amount or 0) <= (top or 0) for i in line.known):
            places.settle(_choices(line, first))


def _turns(line: Line, i: int) -> bool:
    """Whether the line goes up to a point and down from it, or down and up."""
    before, after = line.beside(i)
    y = line.at(i)[1]
    return bool(before and after and (before[1] - y) * (after[1] - y) > 0)


def _choices(line: Line, i: int, *, far: bool = False) -> Iterator[Word]:
    """Where the words of a point may stand, best first."""
    x, y = line.at(i)
    reading = line.readings[i]
    voice = Voice(VALUE, line.pen.words, bold=True, side="center")
    near = DOT + VALUE_GAP + VALUE / 2
    above = y - near - (HINT if reading.certain in {"least", "vague"} else 0.0)
    below = y + near + (HINT if reading.certain == "most" else 0.0)
    before, after = line.beside(i)
    valley = before and after and before[1] < y and after[1] < y
    for level in (below, above) if valley and not far else (above, below):
        for shift in _SHIFTS:
            yield Word(x + shift, level, reading.label, voice)
    if far:
        for away in _FAR:
            for shift in _SHIFTS:
                yield Word(x + shift, above - away, reading.label, voice)
                yield Word(x + shift, below + away, reading.label, voice)
