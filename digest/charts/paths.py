"""Path data and transforms of SVG as segments and matrices of `drawing.py` (SVG 1.1, chapters 7 and 8)."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from digest.drawing import IDENTITY
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from digest.drawing import Matrix, Segment

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_SEPARATOR: Final = re.compile(r"[\s,]*")
_FLAG: Final = re.compile(r"[01]")
_SHORT: Final = 400  # characters of a path that is remembered
_REAL: Final = r"[-+]?+(?:\d++\.?+\d*+|\.\d++)(?:[eE][-+]?+\d++)?+"  # possessive: 12 is never read as 1 and 2
_N: Final = rf"[\s,]*+{_REAL}"
_LINES: Final = re.compile(rf"\s*+M{_N}{_N}(?:[\s,]*+(?:[ML]{_N}{_N}|[HV]{_N}|Z))*+[\s,]*+")
_LINE: Final = re.compile(rf"([MLHVZ])(?:[\s,]*+({_REAL})(?:[\s,]*+({_REAL}))?+)?+")
_TRANSFORM: Final = re.compile(r"\s*,?\s*([A-Za-z]+)\s*\(([^)]*)\)")

# Letters say what each argument is: n a number, f a flag (arcs may glue flags to what follows).
_ARGUMENTS: Final = {"M": "nn", "L": "nn", "H": "n", "V": "n", "C": "n" * 6, "S": "nnnn", "Q": "nnnn", "T": "nn"} | {
    "A": "nnnffnn",
    "Z": "",
}
_KAPPA: Final = 4 / 3 * (math.sqrt(2) - 1)  # handles of a quarter circle
_TINY: Final = 1e-12


def refuse(what: str) -> ChartError:
    """The error for something in the SVG that would change the picture and is not understood."""
    return ChartError(f"图里有读不懂的内容：{what}", code="C105")


# ---------------------------------------------------------------------------------------------------- matrices


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that applies `other` first and then `one`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where the matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix:
    """The matrix that undoes this one. `ChartError` for one that flattens everything."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < _TINY:
        raise refuse(f"transform {matrix}")
    return (d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area)


def scale_of(matrix: Matrix) -> float | None:
    """How much a matrix enlarges, where it turns, moves and enlarges evenly; None where it distorts or mirrors."""
    a, b, c, d, _, _ = matrix
    scale = math.hypot(a, b)
    even = abs(a - d) <= 1e-6 * scale and abs(b + c) <= 1e-6 * scale
    return scale if even and scale > _TINY else None


def _rotation(values: list[float]) -> Matrix:
    turn = math.radians(values[0])
    x, y = (values[1], values[2]) if len(values) > 1 else (0.0, 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    return (cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)


_TRANSFORMS: Final[dict[str, tuple[tuple[int, ...], Callable[[list[float]], Matrix]]]] = {
    # name: (how many values it may have, the matrix of them)
    "matrix": ((6,), lambda v: (v[0], v[1], v[2], v[3], v[4], v[5])),
    "translate": ((1, 2), lambda v: (1.0, 0.0, 0.0, 1.0, v[0], v[1] if len(v) > 1 else 0.0)),
    "scale": ((1, 2), lambda v: (v[0], 0.0, 0.0, v[-1], 0.0, 0.0)),
    "rotate": ((1, 3), _rotation),
    "skewX": ((1,), lambda v: (1.0, 0.0, math.tan(math.radians(v[0])), 1.0, 0.0, 0.0)),
    "skewY": ((1,), lambda v: (1.0, math.tan(math.radians(v[0])), 0.0, 1.0, 0.0, 0.0)),
}


@lru_cache(4096)
def parse_transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute. `ChartError` C105 for what is not understood."""
    matrix, at = IDENTITY, 0
    while text[at:].strip():
        match = _TRANSFORM.match(text, at)
        counts, make = _TRANSFORMS.get(match.group(1), ((), None)) if match else ((), None)
        values = [float(number) for number in _NUMBER.findall(match.group(2))] if match else []
        if match is None or make is None or len(values) not in counts:
            raise refuse(f"transform “{text}”")
        matrix, at = times(matrix, make(values)), match.end()
    return matrix


# ---------------------------------------------------------------------------------------------------- segments


def transformed(segments: Iterable[Segment], matrix: Matrix) -> tuple[Segment, ...]:
    """The same segments after a transform."""
    moved: list[Segment] = []
    for segment in segments:
        match segment:
            case ("M", x, y):
                moved.append(("M", *apply(matrix, x, y)))
            case ("L", x, y):
                moved.append(("L", *apply(matrix, x, y)))
            case ("C", ax, ay, bx, by, x, y):
                moved.append(("C", *apply(matrix, ax, ay), *apply(matrix, bx, by), *apply(matrix, x, y)))
            case _:
                moved.append(segment)
    return tuple(moved)


def rounded(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Segments to a ten-thousandth of a point: the last bits of sines differ between machines."""
    return placed(segments, IDENTITY)


def placed(segments: Iterable[Segment], matrix: Matrix) -> tuple[Segment, ...]:
    """The same segments after a transform, to a ten-thousandth of a point."""
    a, b, c, d, e, f = matrix
    if (a, b, c, d) == (1.0, 0.0, 0.0, 1.0):
        return _shifted(segments, e, f)
    moved: list[Segment] = []
    for segment in segments:
        size = len(segment)
        if size == 3:  # noqa: PLR2004 - a letter and a point; adding zero makes -0.0 plain
            letter, x, y = segment  # type: ignore[misc]  # its size tells
            moved.append((letter, round(a * x + c * y + e, 4) + 0.0, round(b * x + d * y + f, 4) + 0.0))  # type: ignore[arg-type]  # the same
        elif size == 1:
            moved.append(segment)
        else:
            letter, ax, ay, bx, by, x, y = segment  # type: ignore[misc]  # the same
            moved.append(
                (
                    letter,
                    round(a * ax + c * ay + e, 4) + 0.0,
                    round(b * ax + d * ay + f, 4) + 0.0,
                    round(a * bx + c * by + e, 4) + 0.0,
                    round(b * bx + d * by + f, 4) + 0.0,
                    round(a * x + c * y + e, 4) + 0.0,
                    round(b * x + d * y + f, 4) + 0.0,
                )
            )
    return tuple(moved)


def _shifted(segments: Iterable[Segment], right: float, down: float) -> tuple[Segment, ...]:
    """Segments `placed` under nothing but a move, as most are."""
    moved: list[Segment] = []
    for segment in segments:
        size = len(segment)
        if size == 3:  # noqa: PLR2004 - a letter and a point
            letter, x, y = segment  # type: ignore[misc]  # its size tells
            moved.append((letter, round(x + right, 4) + 0.0, round(y + down, 4) + 0.0))  # type: ignore[arg-type]  # the same
        elif size == 1:
            moved.append(segment)
        else:
            xs = [round(x + right, 4) + 0.0 for x in segment[1::2]]
            ys = [round(y + down, 4) + 0.0 for y in segment[2::2]]
            moved.append((segment[0], xs[0], ys[0], xs[1], ys[1], xs[2], ys[2]))  # type: ignore[arg-type]  # the same
    return tuple(moved)


def bounds(segments: Iterable[Segment]) -> Box | None:
    """Box around end points and handles; None for no segments."""
    xs: list[float] = []
    ys: list[float] = []
    for segment in segments:
        values = segment[1:]
        xs.extend(values[0::2])
        ys.extend(values[1::2])
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def ellipse(cx: float, cy: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """Segments of a closed ellipse."""
    hx, hy = rx * _KAPPA, ry * _KAPPA
    return (
        ("M", cx + rx, cy),
        ("C", cx + rx, cy + hy, cx + hx, cy + ry, cx, cy + ry),
        ("C", cx - hx, cy + ry, cx - rx, cy + hy, cx - rx, cy),
        ("C", cx - rx, cy - hy, cx - hx, cy - ry, cx, cy - ry),
        ("C", cx + hx, cy - ry, cx + rx, cy - hy, cx + rx, cy),
        ("Z",),
    )


def round_rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """Segments of a rectangle with quarter ellipses for corners."""
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    right, bottom = x + width, y + height
    kx, ky = rx * (1 - _KAPPA), ry * (1 - _KAPPA)
    return (
        ("M", x + rx, y),
        ("L", right - rx, y),
        ("C", right - kx, y, right, y + ky, right, y + ry),
        ("L", right, bottom - ry),
        ("C", right, bottom - ky, right - kx, bottom, right - rx, bottom),
        ("L", x + rx, bottom),
        ("C", x + kx, bottom, x, bottom - ky, x, bottom - ry),
        ("L", x, y + ry),
        ("C", x, y + ky, x + kx, y, x + rx, y),
        ("Z",),
    )


def polyline(text: str, *, closed: bool) -> tuple[Segment, ...]:
    """Segments of a `points` attribute."""
    values = [float(number) for number in _NUMBER.findall(text)]
    points = list(zip(values[0::2], values[1::2], strict=False))
    segments: list[Segment] = [("L", x, y) for x, y in points]
    if points:
        segments[0] = ("M", *points[0])
        if closed:
            segments.append(("Z",))
    return tuple(segments)


# ---------------------------------------------------------------------------------------------------- path data


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with one set of arguments; further sets of one command come one by one."""
    at = _skip(data, 0)
    while at < len(data):
        letter = data[at]
        kinds = _ARGUMENTS.get(letter.upper())
        if kinds is None:
            raise refuse(f"path d “{data[at : at + 20]}”")
        at = _skip(data, at + 1)
        while True:
            values = []
            for kind in kinds:
                match = (_NUMBER if kind == "n" else _FLAG).match(data, at)
                if match is None:
                    raise refuse(f"path d “{data[at : at + 20]}”")
                values.append(float(match.group()))
                at = _skip(data, match.end())
            yield letter, values
            if not kinds or at >= len(data) or data[at].isalpha():
                break
            letter = {"M": "L", "m": "l"}.get(letter, letter)  # further pairs of a move are lines


def _skip(data: str, at: int) -> int:
    match = _SEPARATOR.match(data, at)
    return match.end() if match else at


def parse_path(data: str) -> tuple[Segment, ...]:
    """Absolute segments of a `d` attribute; arcs and quadratic curves become cubic ones. `ChartError` C105."""
    return _parse_short(data) if len(data) < _SHORT else _parse_path(data)


def _parse_path(data: str) -> tuple[Segment, ...]:
    if _LINES.fullmatch(data):
        return tuple(_lines(data))
    pen = _Pen()
    for letter, values in _commands(data):
        pen.step(letter, values)
    return tuple(pen.segments)


_parse_short = lru_cache(2048)(_parse_path)  # markers, ticks and hatches say the same again and again


def _lines(data: str) -> Iterator[Segment]:
    """Segments of a path of absolute straight lines, which is what most of a chart is made of."""
    x = y = start_x = start_y = 0.0
    for letter, one, two in _LINE.findall(data):
        if letter == "H":
            x = float(one)
        elif letter == "V":
            y = float(one)
        elif letter == "Z":
            x, y = start_x, start_y
            yield ("Z",)
            continue
        else:
            x, y = float(one), float(two)
            if letter == "M":
                start_x, start_y = x, y
                yield ("M", x, y)
                continue
        yield ("L", x, y)


class _Pen:
    """Where the path stands while its commands are read."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.x = self.y = self.start_x = self.start_y = 0.0
        self.handle: tuple[str, float, float] | None = None  # kind and place of the curve handle before, for S and T

    def step(self, letter: str, values: list[float]) -> None:
        command, relative = letter.upper(), letter.islower()
        handle, self.handle = self.handle, None
        if command == "Z":
            self.segments.append(("Z",))
            self.x, self.y = self.start_x, self.start_y
            return
        ox, oy = (self.x, self.y) if relative else (0.0, 0.0)
        if command in "HV":
            x, y = (ox + values[0], self.y) if command == "H" else (self.x, oy + values[0])
            self._line(x, y)
            return
        if command == "A":
            self._arc(values[:5], ox + values[5], oy + values[6])
            return
        points = [(ox + x, oy + y) for x, y in zip(values[0::2], values[1::2], strict=True)]
        if command == "M":
            (self.x, self.y) = (self.start_x, self.start_y) = points[0]
            self.segments.append(("M", self.x, self.y))
        elif command == "L":
            self._line(*points[0])
        else:
            self._curve(command, points, handle)

    def _line(self, x: float, y: float) -> None:
        self.segments.append(("L", x, y))
        self.x, self.y = x, y

    def _curve(
        self, command: str, points: Sequence[tuple[float, float]], handle: tuple[str, float, float] | None
    ) -> None:
        kind = "C" if command in "CS" else "Q"
        if command in "ST":  # the first handle mirrors the last one of a curve of the same kind
            mirrored = handle if handle and handle[0] == kind else (kind, self.x, self.y)
            points = [(2 * self.x - mirrored[1], 2 * self.y - mirrored[2]), *points]
        if kind == "C":
            (ax, ay), (bx, by), (x, y) = points
            self.handle = ("C", bx, by)
        else:
            (qx, qy), (x, y) = points
            ax, ay = self.x + (qx - self.x) * 2 / 3, self.y + (qy - self.y) * 2 / 3
            bx, by = x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3
            self.handle = ("Q", qx, qy)
        self.segments.append(("C", ax, ay, bx, by, x, y))
        self.x, self.y = x, y

    def _arc(self, shape: Sequence[float], x: float, y: float) -> None:
        for curve in arc_curves((self.x, self.y), shape, (x, y)):
            self.segments.append(curve)
        self.x, self.y = x, y


def arc_curves(start: tuple[float, float], shape: Sequence[float], end: tuple[float, float]) -> list[Segment]:
    """Cubic curves of an elliptical arc; `shape` is rx, ry, rotation in degrees, large-arc and sweep flags.

    From end points to centre as in SVG 1.1, appendix F.6; each curve spans a quarter turn at most, which keeps it
    within 0.03 % of the radius.
    """
    (x0, y0), (x1, y1) = start, end
    rx, ry = abs(shape[0]), abs(shape[1])
    if start == end:
        return []
    if rx < _TINY or ry < _TINY:
        return [("L", x1, y1)]
    turn, large, sweep = math.radians(shape[2]), shape[3] > 0, shape[4] > 0
    cos, sin = math.cos(turn), math.sin(turn)
    hx, hy = (x0 - x1) / 2, (y0 - y1) / 2
    ux, uy = cos * hx + sin * hy, cos * hy - sin * hx
    stretch = math.hypot(ux / rx, uy / ry)
    if stretch > 1:  # radii that do not reach are enlarged until they do
        rx, ry = rx * stretch, ry * stretch
    away = (rx * uy) ** 2 + (ry * ux) ** 2
    k = math.sqrt(max(0.0, (rx * ry) ** 2 - away) / away) * (-1 if large == sweep else 1)
    cx, cy = k * rx * uy / ry, -k * ry * ux / rx
    first = math.atan2((uy - cy) / ry, (ux - cx) / rx)
    span = math.atan2((-uy - cy) / ry, (-ux - cx) / rx) - first
    if sweep and span < 0:
        span += 2 * math.pi
    if not sweep and span > 0:
        span -= 2 * math.pi
    place = (cos, sin, -sin, cos, (x0 + x1) / 2, (y0 + y1) / 2)
    return _turn(times(place, (rx, 0.0, 0.0, ry, cx, cy)), first, span, end)


def _turn(circle: Matrix, first: float, span: float, end: tuple[float, float]) -> list[Segment]:
    """Curves along the unit circle under a matrix, from angle `first` over `span`, ending exactly at `end`."""
    count = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    step = span / count
    reach = 4 / 3 * math.tan(step / 4)
    curves: list[Segment] = []
    for i in range(count):
        one, two = first + i * step, first + (i + 1) * step
        a = apply(circle, math.cos(one) - reach * math.sin(one), math.sin(one) + reach * math.cos(one))
        b = apply(circle, math.cos(two) + reach * math.sin(two), math.sin(two) - reach * math.cos(two))
        c = end if i == count - 1 else apply(circle, math.cos(two), math.sin(two))
        curves.append(("C", *a, *b, *c))
    return curves
