"""Patterns and gradients as marks: a hatch stays lines, a gradient becomes strips or rings in its steps of colour."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from digest.charts.colors import channels_of, color
from digest.charts.paths import apply, ellipse, inverse, parse_transform, placed, refuse, scale_of, times, transformed
from digest.charts.properties import at, root_look, share, tag_of
from digest.drawing import IDENTITY, Color, Group, Path, rectangle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from digest.charts.paths import Box
    from digest.drawing import Mark, Matrix, Segment

_TILES: Final = 20_000  # more would be a grey, and a file nobody wants
_STEPS: Final = 96  # of a gradient: finer than what print can show
_ONE_RING: Final = 6  # segments; more are a ground with a hole in it
_FAR: Final = 1e3  # lengths of a gradient that are beyond any box

Stop = tuple[float, float, float, float]
"""Red, green, blue and opacity."""


def pattern_marks(
    pattern: Element, box: Box, matrix: Matrix, alpha: float, draw: Callable[[Element], list[Mark]]
) -> list[Mark]:
    """The tiles of a pattern over a box, as marks of their own; `draw` makes those of one element of the tile."""
    root = root_look()
    root.inside(pattern, "pattern")
    units = (pattern.get("patternUnits", ""), pattern.get("patternContentUnits", "userSpaceOnUse"))
    if units != ("userSpaceOnUse", "userSpaceOnUse"):
        raise refuse(f"pattern patternUnits: {units}")
    x, y, width, height = (at(pattern, name) for name in ("x", "y", "width", "height"))
    own = parse_transform(pattern.get("patternTransform", ""))
    if width <= 0 or height <= 0:
        return []
    back = inverse(own)
    corners = [apply(back, px, py) for px in (box[0], box[2]) for py in (box[1], box[3])]
    columns = _tiles([px for px, _ in corners], x, width)
    rows = _tiles([py for _, py in corners], y, height)
    if len(columns) * len(rows) > _TILES:
        raise refuse(f"pattern 要画 {len(columns) * len(rows)} 块")
    here = times(matrix, own)
    marks: list[Mark] = []
    for child in pattern:
        if _covers_tile(child, x, y, width, height):  # a ground in one piece has no seams
            ground = rectangle(columns[0] * width + x, rows[0] * height + y, len(columns) * width, len(rows) * height)
            look = root.inside(child, "rect")
            fill = color(look["fill"], look.number("fill-opacity") * look.opacity * alpha)
            if fill is not None:
                marks.append(Path(placed(ground, here), fill=fill))
            continue
        places = [(column * width, row * height) for row in rows for column in columns]
        for mark in draw(child):
            marks += _repeated(mark, places, here)
    return marks


def _tiles(values: Iterable[float], origin: float, step: float) -> range:
    """Numbers of the tiles that cover these values."""
    values = list(values)
    return range(math.floor((min(values) - origin) / step), math.floor((max(values) - origin) / step) + 1)


def _covers_tile(element: Element, x: float, y: float, width: float, height: float) -> bool:
    if tag_of(element) != "rect" or element.get("transform"):
        return False
    return (at(element, "x"), at(element, "y"), at(element, "width"), at(element, "height")) == (x, y, width, height)


def _repeated(mark: Mark, places: list[tuple[float, float]], matrix: Matrix) -> list[Mark]:
    """The mark at each of the places under a matrix; a path becomes one path of many parts."""
    scale = scale_of(matrix)
    if not isinstance(mark, Path) or scale is None:
        return [Group((mark,), transform=times(matrix, (1.0, 0.0, 0.0, 1.0, x, y))) for x, y in places]
    tile = transformed(mark.segments, matrix)
    a, b, c, d, _, _ = matrix
    segments: list[Segment] = []
    for x, y in places:
        segments += placed(tile, (1.0, 0.0, 0.0, 1.0, a * x + c * y, b * x + d * y))
    dash = tuple(round(part * scale, 4) for part in mark.dash)
    return [replace(mark, segments=tuple(segments), width=round(mark.width * scale, 4), dash=dash)]


# ---------------------------------------------------------------------------------------------------- gradients


def gradient_marks(gradient: Element, box: Box, matrix: Matrix, alpha: float) -> list[Mark]:
    """A gradient over a box. Each step reaches on under those after it, so that no seam shows between two."""
    kind = tag_of(gradient)
    root_look().inside(gradient, kind)
    if gradient.get("spreadMethod", "pad") != "pad" or gradient.get("gradientTransform"):
        raise refuse(f"{kind} spreadMethod/gradientTransform")
    stops = _stops(gradient, alpha)
    if not stops:
        return []
    space = IDENTITY
    units = gradient.get("gradientUnits", "objectBoundingBox")
    if units == "objectBoundingBox":
        space = (box[2] - box[0], 0.0, 0.0, box[3] - box[1], box[0], box[1])
    if kind == "linearGradient":
        return _strips(gradient, stops, times(matrix, space))
    return _rings(gradient, stops, times(matrix, space))


def _strips(gradient: Element, stops: list[tuple[float, Stop]], matrix: Matrix) -> list[Mark]:
    x1, y1, x2, y2 = (
        _share(gradient, name, default) for name, default in zip(("x1", "y1", "x2", "y2"), "0010", strict=True)
    )
    if (x1, y1) == (x2, y2):
        raise refuse("linearGradient 没有方向")
    # The unit square along the gradient: x from its start to its end, y across and wide enough for any box.
    dx, dy = x2 - x1, y2 - y1
    along = times(matrix, (dx, dy, -dy, dx, x1, y1))
    edges = _edges(stops)
    tints = [_between(stops, where) for where in _middles(edges)]
    forward = _layers(tints)
    if forward is not None:
        strips = [rectangle(start, -_FAR, _FAR - start, 2 * _FAR) for start in (-_FAR, *edges)]
        return [_plain(strip, along, tint) for strip, tint in zip(strips, forward, strict=True) if tint]
    backward = _layers(tints[::-1])
    if backward is None:
        raise refuse("linearGradient stop-opacity")
    strips = [rectangle(-_FAR, -_FAR, end + _FAR, 2 * _FAR) for end in (*edges, _FAR)]
    return [_plain(strip, along, tint) for strip, tint in zip(strips[::-1], backward, strict=True) if tint]


def _rings(gradient: Element, stops: list[tuple[float, Stop]], matrix: Matrix) -> list[Mark]:
    cx, cy, r = (_share(gradient, name, "50%") for name in ("cx", "cy", "r"))
    if (_share(gradient, "fx", repr(cx)), _share(gradient, "fy", repr(cy))) != (cx, cy) or r <= 0:
        raise refuse("radialGradient fx/fy/r")
    edges = _edges(stops)
    tints = [_between(stops, where) for where in _middles(edges)]
    ground = rectangle(cx - _FAR * r, cy - _FAR * r, 2 * _FAR * r, 2 * _FAR * r)
    inward = _layers(tints[::-1])
    if inward is not None:
        shapes = [ground, *(ellipse(cx, cy, edge * r, edge * r) for edge in reversed(edges))]
        return [_plain(shape, matrix, tint) for shape, tint in zip(shapes, inward, strict=True) if tint]
    outward = _layers(tints)
    if outward is None:
        raise refuse("radialGradient stop-opacity")
    shapes = [ground, *((*ground, *ellipse(cx, cy, edge * r, edge * r)) for edge in edges)]
    return [_plain(shape, matrix, tint) for shape, tint in zip(shapes, outward, strict=True) if tint]


def _plain(segments: tuple[Segment, ...], matrix: Matrix, tint: Color) -> Path:
    return Path(placed(segments, matrix), fill=tint, even_odd=len(segments) > _ONE_RING)


def _share(element: Element, name: str, default: str) -> float:
    return share(element.get(name, default), f"{tag_of(element)} {name}")


def _edges(stops: list[tuple[float, Stop]]) -> list[float]:
    """Where one step ends and the next begins, between 0 and 1."""
    return sorted(
        {place for place in (*(place for place, _ in stops), *(i / _STEPS for i in range(_STEPS))) if 0 < place < 1}
    )


def _middles(edges: list[float]) -> list[float]:
    return [0.0, *((start + end) / 2 for start, end in pairwise((*edges, 1.0)))]


def _stops(gradient: Element, alpha: float) -> list[tuple[float, Stop]]:
    root = root_look()
    stops: list[tuple[float, Stop]] = []
    for stop in gradient:
        look = root.inside(stop, tag_of(stop))
        channels = channels_of(look["stop-color"])
        if channels is None:
            raise refuse(f"stop-color: {look['stop-color']}")
        red, green, blue, own = channels
        place = min(max(share(stop.get("offset", "0"), "offset"), 0.0), 1.0)
        stops.append(
            (max(place, stops[-1][0] if stops else 0.0), (red, green, blue, own * look.number("stop-opacity") * alpha))
        )
    return stops


def _between(stops: list[tuple[float, Stop]], where: float) -> Stop:
    before = [stop for stop in stops if stop[0] <= where] or stops[:1]
    after = [stop for stop in stops if stop[0] > where] or stops[-1:]
    (low, one), (high, two) = before[-1], after[0]
    t = 0.0 if high <= low else (where - low) / (high - low)
    red, green, blue, alpha = (round(p + (q - p) * t, 4) for p, q in zip(one, two, strict=True))
    return red, green, blue, alpha


def _layers(tints: list[Stop]) -> list[Color | None] | None:
    """Colours to lay over each other, the first everywhere, each further one from its step on.

    None where that cannot give what is asked for: only one colour that grows more opaque can, or opaque ones.
    """
    if all(alpha == 1 for *_, alpha in tints):
        return [Color(*tint) for tint in tints]
    if len({tint[:3] for tint in tints}) > 1 or any(one[3] > two[3] for one, two in pairwise(tints)):
        return None
    layers: list[Color | None] = []
    under = 0.0
    for red, green, blue, alpha in tints:
        own = round((alpha - under) / (1 - under), 4) if under < 1 else 0.0
        layers.append(Color(red, green, blue, own) if own > 0 else None)
        under += own * (1 - under)
    return layers
