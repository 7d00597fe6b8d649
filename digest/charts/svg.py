"""SVG as marks: what plotly.js drew, read once into the same marks that lines and tables are made of.

One figure unit is one point. Whatever is not understood and would change the picture is refused by name (C105); it is
never drawn wrong in silence. Transforms are worked into the marks where they only move, turn and enlarge.
"""

from __future__ import annotations

import base64
import binascii
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

from digest.charts.paths import (
    apply,
    bounds,
    ellipse,
    inverse,
    parse_path,
    parse_transform,
    polyline,
    refuse,
    round_rectangle,
    rounded,
    scale_of,
    times,
    transformed,
)
from digest.charts.properties import (
    ROOT,
    Look,
    at,
    color,
    length,
    lengths,
    look_of,
    reference,
    share,
    tag_of,
)
from digest.charts.voices import INVISIBLE, voice_of
from digest.drawing import IDENTITY, WHITE, GlyphRun, Group, Path, Raster, TextLine, rectangle
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from digest.charts.paths import Box
    from digest.drawing import Color, Mark, Matrix, Segment
    from digest.fonts import FontSet

_PATTERN_TILES: Final = 20_000  # more would be a grey, and a file nobody wants
_STRIPS: Final = 96  # a gradient is drawn in that many strips: steps below what print can show
_HALO: Final = "1px 1px 1px {0}, -1px -1px 1px {0}, 1px -1px 1px {0}, -1px 1px 1px {0}"  # plotly.js font.shadow "auto"
_WHITE_HALO: Final = _HALO.format("rgb(255, 255, 255)")
_HALO_WIDTH: Final = 2.0

_CAPS: Final[dict[str, Literal["butt", "round", "square"]]] = {"butt": "butt", "round": "round", "square": "square"}
_JOINS: Final[dict[str, Literal["miter", "round", "bevel"]]] = {"miter": "miter", "round": "round", "bevel": "bevel"}
_ANCHORS: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where an element stands: what it inherits, the matrix to the picture, and the opacity of what holds it."""

    look: Look
    matrix: Matrix = IDENTITY
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class _Letters:
    """Characters of one run on their way to a place: advances are in points."""

    characters: tuple[tuple[str, str, float], ...]  # (character, face, advance)
    look: Look
    x: float | None  # a new chunk begins here; None follows the run before
    y: float

    @property
    def width(self) -> float:
        return sum(advance for _, _, advance in self.characters)


def marks_of(svg: str, fonts: FontSet) -> tuple[Mark, ...]:
    """Marks of an SVG document, in points from its top left.

    `ChartError` C105 names an element, attribute or value that is not understood; `GlyphError` a character without a
    face.
    """
    return _Reader(_parse(svg), fonts).read()


def _parse(svg: str | bytes) -> Element:
    head = svg if isinstance(svg, bytes) else svg.encode()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise refuse("<!DOCTYPE>")
    try:
        root = ET.fromstring(head)  # noqa: S314 - no entities are left to expand
    except ET.ParseError as error:
        message = f"XML：{error}"
        raise refuse(message) from error
    if tag_of(root) != "svg":
        raise refuse(f"<{tag_of(root)}>")
    return root


class _Reader:
    """One document being read."""

    def __init__(self, root: Element, fonts: FontSet) -> None:
        self._root = root
        self._fonts = fonts
        self._named = {element.get("id", ""): element for element in root.iter() if element.get("id")}
        self._draw: Mapping[str, Callable[[Element, _Scene], list[Mark]]] = {
            "svg": self._svg,
            "g": self._children,
            "a": self._children,
            "path": self._shape,
            "rect": self._shape,
            "line": self._shape,
            "circle": self._shape,
            "ellipse": self._shape,
            "polygon": self._shape,
            "polyline": self._shape,
            "text": self._text,
            "image": self._image,
        }

    def read(self) -> tuple[Mark, ...]:
        return tuple(self._element(self._root, _Scene(ROOT)))

    # ------------------------------------------------------------------------------------------------ elements

    def _element(self, element: Element, scene: _Scene) -> list[Mark]:
        tag = tag_of(element)
        if tag in _NEVER_DRAWN:
            return []
        draw = self._draw.get(tag)
        if draw is None:
            raise refuse(f"<{tag}>")
        look = look_of(element, scene.look)
        if look["display"] == "none" or look.opacity == 0:
            return []
        matrix = scene.matrix
        if look["transform"] != "none":
            matrix = times(matrix, parse_transform(look["transform"]))
        marks = draw(element, _Scene(look, matrix, scene.alpha * look.opacity))
        if look.opacity < 1:
            _check_apart(marks, tag)
        return self._clipped(marks, look, matrix)

    def _children(self, element: Element, scene: _Scene) -> list[Mark]:
        return [mark for child in element for mark in self._element(child, scene)]

    def _svg(self, element: Element, scene: _Scene) -> list[Mark]:
        x, y, width, height = (at(element, name) for name in ("x", "y", "width", "height"))
        matrix = times(scene.matrix, (1.0, 0.0, 0.0, 1.0, x, y))
        view = element.get("viewBox")
        if view:
            matrix = times(matrix, _view_matrix(view, width, height, element.get("preserveAspectRatio", "")))
        marks: list[Mark] = []
        ground = color(scene.look["background"]) if scene.look["background"] != "none" else None
        if ground is not None:
            marks.append(Path(rounded(transformed(rectangle(x, y, width, height), scene.matrix)), fill=ground))
        marks += self._children(element, replace(scene, matrix=matrix))
        if element is self._root or scene.look["overflow"] == "visible":
            return marks
        return _clip(marks, transformed(rectangle(x, y, width, height), scene.matrix))

    # ------------------------------------------------------------------------------------------------ clipping

    def _clipped(self, marks: list[Mark], look: Look, matrix: Matrix) -> list[Mark]:
        if look["clip-path"] == "none" or not marks:
            return marks
        name = reference(look["clip-path"])
        clip = self._named.get(name) if name else None
        if clip is None or tag_of(clip) != "clipPath":
            raise refuse(f"clip-path: {look['clip-path']}")
        if clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            raise refuse(f"clipPath clipPathUnits: {clip.get('clipPathUnits')}")
        if len(clip) > 1:  # several shapes are a union, which one path may cut differently
            raise refuse("clipPath 里有几个图形")
        segments: tuple[Segment, ...] = ()
        even_odd = False
        for child in clip:
            inner = look_of(child, ROOT)
            own = parse_transform(inner["transform"]) if inner["transform"] != "none" else IDENTITY
            segments = transformed(_outline(child), times(matrix, own))
            even_odd = inner["clip-rule"] == "evenodd"
        return _clip(marks, segments, even_odd=even_odd)

    # ------------------------------------------------------------------------------------------------ shapes

    def _shape(self, element: Element, scene: _Scene) -> list[Mark]:
        segments = _outline(element)
        if not segments or scene.look["visibility"] != "visible":
            return []
        marks: list[Mark] = []
        look = scene.look
        paint = reference(look["fill"])
        fill = None
        if paint is None:
            fill = color(look["fill"], look.number("fill-opacity") * scene.alpha)
        elif tag_of(element) != "line":
            marks += self._painted(paint, segments, scene)
        if reference(look["stroke"]) is not None:
            raise refuse(f"stroke: {look['stroke']}")
        stroke = color(look["stroke"], look.number("stroke-opacity") * scene.alpha)
        width = look.number("stroke-width")
        if width <= 0:
            stroke = None
        if fill is None and stroke is None:
            return marks
        return [*marks, _path(segments, fill, stroke, width, scene)]

    def _painted(self, name: str, segments: tuple[Segment, ...], scene: _Scene) -> list[Mark]:
        server = self._named.get(name)
        kind = tag_of(server) if server is not None else ""
        box = bounds(segments)
        if server is None or kind not in ("pattern", "linearGradient") or box is None:
            raise refuse(f"fill: {scene.look['fill']} <{kind}>")
        alpha = scene.alpha * scene.look.number("fill-opacity")
        inside = replace(scene, alpha=alpha)
        make = self._pattern if kind == "pattern" else self._gradient
        even_odd = scene.look["fill-rule"] == "evenodd"
        return _clip(make(server, box, inside), transformed(segments, scene.matrix), even_odd=even_odd)

    def _pattern(self, pattern: Element, box: Box, scene: _Scene) -> list[Mark]:
        """The tiles of a pattern over a box, as marks of their own: a hatch stays lines."""
        look_of(pattern, ROOT)
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
        if len(columns) * len(rows) > _PATTERN_TILES:
            raise refuse(f"pattern 要画 {len(columns) * len(rows)} 块")
        marks: list[Mark] = []
        for child in pattern:
            if _covers_tile(child, x, y, width, height):  # a ground in one piece has no seams
                ground = rectangle(
                    columns[0] * width + x, rows[0] * height + y, len(columns) * width, len(rows) * height
                )
                look = look_of(child, ROOT)
                fill = color(look["fill"], look.number("fill-opacity") * look.opacity * scene.alpha)
                if fill is not None:
                    matrix = times(scene.matrix, own)
                    marks.append(Path(rounded(transformed(ground, matrix)), fill=fill))
                continue
            places = [(column * width, row * height) for row in rows for column in columns]
            for mark in self._element(child, _Scene(ROOT, IDENTITY, scene.alpha)):
                marks += _repeated(mark, places, times(scene.matrix, own))
        return marks

    def _gradient(self, gradient: Element, box: Box, scene: _Scene) -> list[Mark]:
        """A linear gradient as strips, each reaching to the end so that no seam shows between two."""
        look_of(gradient, ROOT)
        if gradient.get("spreadMethod", "pad") != "pad" or gradient.get("gradientTransform"):
            raise refuse("linearGradient spreadMethod/gradientTransform")
        stops = _stops(gradient, scene.alpha)
        x1, y1, x2, y2 = (
            share(gradient.get(name, default), name)
            for name, default in (("x1", "0"), ("y1", "0"), ("x2", "1"), ("y2", "0"))
        )
        space = IDENTITY
        if gradient.get("gradientUnits", "objectBoundingBox") == "objectBoundingBox":
            space = (box[2] - box[0], 0.0, 0.0, box[3] - box[1], box[0], box[1])
        if (x1, y1) == (x2, y2) or not stops:
            raise refuse("linearGradient 没有方向")
        # The unit square along the gradient: x from its start to its end, y across and wide enough for any box.
        dx, dy = x2 - x1, y2 - y1
        along = times(times(scene.matrix, space), (dx, dy, -dy, dx, x1, y1))
        reach = 1e3
        marks: list[Mark] = []
        edges = sorted({0.0, *(offset for offset, _ in stops), *(i / _STRIPS for i in range(_STRIPS))})
        starts = [-reach, *(edge for edge in edges if 0 < edge < 1)]
        for i, start in enumerate(starts):
            middle = 0.0 if i == 0 else (start + (starts[i + 1] if i + 1 < len(starts) else 1.0)) / 2
            strip = rectangle(start, -reach, reach - start, 2 * reach)
            marks.append(Path(rounded(transformed(strip, along)), fill=_between(stops, middle)))
        return marks

    # ------------------------------------------------------------------------------------------------ text

    def _text(self, element: Element, scene: _Scene) -> list[Mark]:
        pen = [0.0]
        runs = list(self._letters(element, scene.look, pen, outermost=True))
        marks: list[Mark] = []
        chunk: list[_Letters] = []
        for run in runs:
            if run.x is not None and chunk:
                marks += self._chunk(chunk, scene)
                chunk = []
            chunk.append(run)
        if chunk:
            marks += self._chunk(chunk, scene)
        return marks

    def _letters(self, element: Element, look: Look, pen: list[float], *, outermost: bool) -> Iterator[_Letters]:
        """Runs of an element in reading order; `pen` holds the baseline."""
        if element.get("y") is not None:
            pen[0] = at(element, "y")
        pen[0] += length(element.get("dy", "0"), "dy", look.size)
        shift = length(element.get("dx", "0"), "dx", look.size)
        if shift and element.get("x") is None and not outermost:
            raise refuse(f"tspan dx: {element.get('dx')}")
        fresh = at(element, "x") + shift if outermost or element.get("x") is not None else None
        for run in self._inner_letters(element, look, pen):
            yield replace(run, x=fresh) if run.x is None else run
            fresh = None

    def _inner_letters(self, element: Element, look: Look, pen: list[float]) -> Iterator[_Letters]:
        if element.text:
            yield self._measured(element.text, look, pen[0])
        for child in element:
            if tag_of(child) not in ("tspan", "a"):
                raise refuse(f"<{tag_of(child)}> in <text>")
            inner = look_of(child, look)
            if (inner["transform"], inner["clip-path"]) != ("none", "none"):
                raise refuse("tspan transform/clip-path")
            if inner["display"] != "none":
                yield from self._letters(child, inner, pen, outermost=False)
            if child.tail:
                yield self._measured(child.tail, look, pen[0])

    def _measured(self, text: str, look: Look, y: float) -> _Letters:
        voice = voice_of(look["font-family"], look["font-weight"])
        characters = []
        for character in text:
            if character in INVISIBLE:
                continue
            drawn = " " if character == "\u00a0" else character
            face = self._fonts.choose(voice, drawn)
            characters.append((drawn, face, self._fonts.face(face).advance(drawn) * look.size))
        return _Letters(tuple(characters), look, None, y)

    def _chunk(self, chunk: list[_Letters], scene: _Scene) -> list[Mark]:
        anchor = chunk[0].look["text-anchor"]
        if anchor not in _ANCHORS:
            raise refuse(f"text-anchor: {anchor}")
        x = (chunk[0].x or 0.0) - sum(run.width for run in chunk) * _ANCHORS[anchor]
        marks: list[Mark] = []
        for run in chunk:
            if run.look["visibility"] == "visible":
                marks += self._run(run, x, scene)
            x += run.width
        return marks

    def _run(self, run: _Letters, x: float, scene: _Scene) -> list[Mark]:
        """Glyph runs of one stretch of text: a new one wherever the face changes."""
        look = run.look
        if color(look["stroke"]) is not None and look.number("stroke-width") > 0:
            raise refuse(f"text stroke: {look['stroke']}")
        alpha = scene.alpha if look is scene.look else scene.alpha * look.opacity
        ink = color(look["fill"], look.number("fill-opacity") * alpha)
        if ink is None:
            return []
        shadow = look["text-shadow"] if look["text-shadow"] != "none" else scene.look["text-shadow"]
        if shadow not in ("none", _WHITE_HALO):
            raise refuse(f"text-shadow: {shadow}")
        marks: list[Mark] = []
        start = 0
        for i, (_, face, _) in enumerate(run.characters):
            following = run.characters[i + 1][1] if i + 1 < len(run.characters) else None
            if face == following:
                continue
            part = run.characters[start : i + 1]
            text = "".join(character for character, _, _ in part)
            if text.strip():
                if shadow != "none":
                    halo = replace(WHITE, alpha=ink.alpha)
                    marks.append(_glyphs(x, run.y, face, look.size, text, halo, scene.matrix, stroke=_HALO_WIDTH))
                marks.append(_glyphs(x, run.y, face, look.size, text, ink, scene.matrix))
            x += sum(advance for _, _, advance in part)
            start = i + 1
        return marks

    # ------------------------------------------------------------------------------------------------ images

    def _image(self, element: Element, scene: _Scene) -> list[Mark]:
        if scene.look["visibility"] != "visible":
            return []
        x, y, width, height = (at(element, name) for name in ("x", "y", "width", "height"))
        href = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"), "")
        kind, data = _data_of(href)
        if not width or not height:
            return []
        if element.get("preserveAspectRatio", "") != "none":
            raise refuse(f"image preserveAspectRatio: {element.get('preserveAspectRatio')}")
        if scene.alpha < 1:
            raise refuse("image opacity")
        if kind == "image/svg+xml":
            inner = _parse(data)
            own = (at(inner, "width"), at(inner, "height"))
            stretch = (width / own[0], 0.0, 0.0, height / own[1], x, y)
            return _Reader(inner, self._fonts)._children(inner, replace(scene, matrix=times(scene.matrix, stretch)))  # noqa: SLF001 - its own kind
        a, b, c, d, _, _ = scene.matrix
        if b == c == 0 and a > 0 and d > 0:
            left, top = apply(scene.matrix, x, y)
            return [Raster(left, top, width * a, height * d, data)]
        return [Group((Raster(x, y, width, height, data),), transform=scene.matrix)]


_NEVER_DRAWN: Final = frozenset(
    ("defs", "clipPath", "pattern", "linearGradient", "radialGradient", "style", "title", "desc")
)


def _outline(element: Element) -> tuple[Segment, ...]:
    """Segments of a shape in its own coordinates."""
    match tag_of(element):
        case "path":
            return parse_path(element.get("d", ""))
        case "rect":
            x, y, width, height = (at(element, name) for name in ("x", "y", "width", "height"))
            if width <= 0 or height <= 0:
                return ()
            rx = at(element, "rx", at(element, "ry"))
            ry = at(element, "ry", rx)
            return round_rectangle(x, y, width, height, rx, ry) if rx > 0 and ry > 0 else rectangle(x, y, width, height)
        case "line":
            x1, y1, x2, y2 = (at(element, name) for name in ("x1", "y1", "x2", "y2"))
            return (("M", x1, y1), ("L", x2, y2))
        case "circle" | "ellipse" as tag:
            rx = at(element, "r") if tag == "circle" else at(element, "rx")
            ry = rx if tag == "circle" else at(element, "ry")
            return ellipse(at(element, "cx"), at(element, "cy"), rx, ry) if rx > 0 and ry > 0 else ()
        case "polygon" | "polyline" as tag:
            return polyline(element.get("points", ""), closed=tag == "polygon")
        case tag:
            raise refuse(f"<{tag}>")


def _path(
    segments: tuple[Segment, ...],
    fill: Color | None,
    stroke: Color | None,
    width: float,
    scene: _Scene,
) -> Mark:
    look, scale = scene.look, scene.look["vector-effect"]
    if scale not in ("none", "non-scaling-stroke"):
        raise refuse(f"vector-effect: {scale}")
    factor = 1.0 if stroke is None or scale == "non-scaling-stroke" else scale_of(scene.matrix)
    join = _JOINS.get(look["stroke-linejoin"])
    cap = _CAPS.get(look["stroke-linecap"])
    if join is None or cap is None or look["fill-rule"] not in ("nonzero", "evenodd"):
        raise refuse(f"{look['stroke-linejoin']}/{look['stroke-linecap']}/{look['fill-rule']}")
    if stroke is not None and join == "miter" and _sharpest(segments) > look.number("stroke-miterlimit"):
        join = "bevel"  # what a corner beyond the limit becomes
    dash = lengths(look["stroke-dasharray"], "stroke-dasharray") if stroke is not None else ()
    if len(dash) % 2:
        dash *= 2
    plain = factor or 1.0
    mark = Path(
        rounded(segments if factor is None else transformed(segments, scene.matrix)),
        fill=fill,
        stroke=stroke,
        width=round(width * plain, 4),
        dash=tuple(round(part * plain, 4) for part in dash) if any(dash) else (),
        cap=cap,
        join=join,
        even_odd=look["fill-rule"] == "evenodd",
    )
    return mark if factor is not None else Group((mark,), transform=scene.matrix)


def _glyphs(
    x: float, y: float, face: str, size: float, text: str, ink: Color, matrix: Matrix, *, stroke: float = 0.0
) -> Mark:
    scale = scale_of(matrix)
    if scale is None:
        return Group((GlyphRun(x, y, face, size, text, ink, stroke=stroke),), transform=matrix)
    px, py = apply(matrix, x, y)
    tilt = round(math.degrees(math.atan2(matrix[1], matrix[0])), 4) + 0.0
    return GlyphRun(round(px, 4), round(py, 4), face, round(size * scale, 4), text, ink, stroke=stroke, tilt=tilt)


def _repeated(mark: Mark, places: list[tuple[float, float]], matrix: Matrix) -> list[Mark]:
    """The mark at each of the places under a matrix; a path becomes one path of many parts."""
    scale = scale_of(matrix)
    if not isinstance(mark, Path) or scale is None:
        return [Group((mark,), transform=times(matrix, (1.0, 0.0, 0.0, 1.0, x, y))) for x, y in places]
    segments = [
        segment for x, y in places for segment in transformed(mark.segments, times(matrix, (1.0, 0.0, 0.0, 1.0, x, y)))
    ]
    dash = tuple(round(part * scale, 4) for part in mark.dash)
    return [replace(mark, segments=rounded(segments), width=round(mark.width * scale, 4), dash=dash)]


def _clip(marks: list[Mark], segments: tuple[Segment, ...], *, even_odd: bool = False) -> list[Mark]:
    """The marks inside a path; nothing where the path holds no area."""
    box = bounds(segments)
    if not marks or box is None or box[0] >= box[2] or box[1] >= box[3]:
        return []
    return [Group(tuple(marks), clip=rounded(segments), clip_even_odd=even_odd)]


def _view_matrix(view: str, width: float, height: float, fit: str) -> Matrix:
    values = [float(value) for value in view.replace(",", " ").split()]
    left, top, view_width, view_height = values
    across, down = width / view_width, height / view_height
    if fit != "none" and not math.isclose(across, down, rel_tol=1e-6):
        raise refuse(f"viewBox: {view}")
    return (across, 0.0, 0.0, down, -left * across, -top * down)


def _sharpest(segments: tuple[Segment, ...]) -> float:
    """Largest miter length of a corner between two lines, in stroke widths (SVG 1.1, 11.4)."""
    sharpest = 1.0
    points: list[tuple[float, float]] = []
    start: tuple[float, float] | None = None
    for segment in segments:
        match segment:
            case ("M", x, y):
                points, start = [(x, y)], (x, y)
            case ("L", x, y):
                points.append((x, y))
            case ("Z",) if start is not None:
                points += [start, *points[1:2]]
            case ("C", _, _, _, _, x, y):
                points = [(x, y)]
        if len(points) >= 3:  # noqa: PLR2004 - a corner has three points
            sharpest = max(sharpest, *(_miter(*points[i : i + 3]) for i in range(len(points) - 2)))
            points = points[-2:]
    return sharpest


def _miter(one: tuple[float, float], corner: tuple[float, float], two: tuple[float, float]) -> float:
    ax, ay, bx, by = one[0] - corner[0], one[1] - corner[1], two[0] - corner[0], two[1] - corner[1]
    reach = math.hypot(ax, ay) * math.hypot(bx, by)
    if reach == 0:
        return 1.0
    half = math.sqrt(max(0.0, (1 - (ax * bx + ay * by) / reach) / 2))
    return 1 / half if half > 0 else math.inf


def _tiles(values: Iterable[float], origin: float, step: float) -> range:
    """Numbers of the tiles that cover these values."""
    values = list(values)
    return range(math.floor((min(values) - origin) / step), math.floor((max(values) - origin) / step) + 1)


def _covers_tile(element: Element, x: float, y: float, width: float, height: float) -> bool:
    if tag_of(element) != "rect" or element.get("transform"):
        return False
    return (at(element, "x"), at(element, "y"), at(element, "width"), at(element, "height")) == (x, y, width, height)


def _stops(gradient: Element, alpha: float) -> list[tuple[float, Color]]:
    stops = []
    for stop in gradient:
        look = look_of(stop, ROOT)
        tint = color(look["stop-color"], look.number("stop-opacity") * alpha)
        if tint is None or tint.alpha < 1:
            raise refuse("stop-opacity")  # strips lie over each other
        stops.append((share(stop.get("offset", "0"), "offset"), tint))
    return stops


def _between(stops: list[tuple[float, Color]], where: float) -> Color:
    before = [stop for stop in stops if stop[0] <= where] or stops[:1]
    after = [stop for stop in stops if stop[0] > where] or stops[-1:]
    (low, one), (high, two) = before[-1], after[0]
    t = 0.0 if high <= low else (where - low) / (high - low)
    mix = [round(p + (q - p) * t, 4) for p, q in zip(_rgb(one), _rgb(two), strict=True)]
    return replace(one, red=mix[0], green=mix[1], blue=mix[2])


def _rgb(tint: Color) -> tuple[float, float, float]:
    return tint.red, tint.green, tint.blue


def _data_of(href: str) -> tuple[str, bytes]:
    """Kind and bytes of a `data:` address; nothing is ever fetched."""
    head, comma, body = href.partition(",")
    kind, _, coding = head.removeprefix("data:").partition(";")
    if not href.startswith("data:") or not comma or kind not in ("image/png", "image/jpeg", "image/svg+xml"):
        raise refuse(f"image href: {href[:40]}")
    try:
        return kind, base64.b64decode(body, validate=True) if coding == "base64" else unquote_to_bytes(body)
    except binascii.Error as error:
        raise refuse(f"image href: {href[:40]}") from error


# ---------------------------------------------------------------------------------------------------- opacity


def _check_apart(marks: list[Mark], tag: str) -> None:
    """A see-through group is drawn mark by mark, which is right only where none lies over another."""
    boxes = sorted(box for mark in marks if (box := mark_box(mark)) is not None)
    for i, (_, top, right, bottom) in enumerate(boxes):
        for left, other_top, _, other_bottom in boxes[i + 1 :]:
            if left >= right - 0.01:
                break
            if other_top < bottom - 0.01 and top < other_bottom - 0.01:
                message = f"图里有读不懂的内容：<{tag}> opacity：半透明的图形相互重叠"
                raise ChartError(message, code="C105", hint="请给每个图形自己的半透明颜色，或用不透明的颜色")


def mark_box(mark: Mark) -> Box | None:
    """Box around a mark in the coordinates of what holds it; text counts from its baseline to its size above."""
    match mark:
        case Path(segments=segments):
            return bounds(segments)
        case GlyphRun():
            return (mark.x, mark.y - mark.size, mark.x + mark.size * len(mark.clusters), mark.y)
        case TextLine():
            return (mark.x, mark.y - mark.size, mark.x + mark.size * len(mark.text), mark.y)
        case Group(marks=marks, transform=matrix, clip=clip):
            if clip:
                return bounds(transformed(clip, matrix))
            boxes = [box for inner in marks if (box := mark_box(inner)) is not None]
            corners = [apply(matrix, x, y) for box in boxes for x in (box[0], box[2]) for y in (box[1], box[3])]
            xs, ys = [x for x, _ in corners], [y for _, y in corners]
            return (min(xs), min(ys), max(xs), max(ys)) if corners else None
        case _:
            return (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
