"""SVG as marks: what plotly.js drew, read once into the same marks that lines and tables are made of.

One figure unit is one point. Whatever is not understood and would change the picture is refused by name (C105); it is
never drawn wrong in silence. Transforms are worked into the marks where they only move, turn and enlarge.
"""

from __future__ import annotations

import base64
import binascii
import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

from digest.charts.colors import color
from digest.charts.lettering import Lettering
from digest.charts.paints import gradient_marks, pattern_marks
from digest.charts.paths import (
    apply,
    bounds,
    ellipse,
    parse_path,
    parse_transform,
    placed,
    polyline,
    refuse,
    round_rectangle,
    scale_of,
    times,
    transformed,
)
from digest.charts.pixels import fitted, pixel_size
from digest.charts.properties import at, reference, root_look, tag_of
from digest.drawing import IDENTITY, GlyphRun, Group, Path, Raster, TextLine, rectangle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from digest.charts.paths import Box
    from digest.charts.properties import Look
    from digest.drawing import Color, Mark, Matrix, Segment
    from digest.fonts import FontSet

_CAPS: Final[dict[str, Literal["butt", "round", "square"]]] = {"butt": "butt", "round": "round", "square": "square"}
_JOINS: Final[dict[str, Literal["miter", "round", "bevel"]]] = {"miter": "miter", "round": "round", "bevel": "bevel"}
_CONVEX: Final = ("rect", "circle", "ellipse")  # all drawn the same way round


class _Scene(NamedTuple):
    """Where an element stands: its look, the matrix to the picture, and the opacity of what holds it and its own."""

    look: Look
    matrix: Matrix = IDENTITY
    alpha: float = 1.0


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
        self._lettering = Lettering(fonts)
        self._bare = root_look()
        self._named = {name: element for element in root.iter() if (name := element.get("id"))}
        self._draw: Mapping[str, Callable[[Element, str, _Scene], list[Mark]]] = {
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
        return tuple(self._element(self._root, _Scene(self._bare)))

    def inside(self, scene: _Scene) -> list[Mark]:
        """Marks of what the document holds, in a scene of another."""
        return self._children(self._root, "svg", scene)

    # ------------------------------------------------------------------------------------------------ elements

    def _element(self, element: Element, scene: _Scene) -> list[Mark]:
        tag = tag_of(element)
        draw = self._draw.get(tag)
        if draw is None:
            if tag in _NEVER_DRAWN:
                return []
            raise refuse(f"<{tag}>")
        look = scene.look.inside(element, tag)
        if not look.shown:
            return []
        matrix = scene.matrix
        transform = element.get("transform")
        if transform:
            matrix = times(matrix, parse_transform(transform))
        alpha = scene.alpha * look.opacity
        marks = draw(element, tag, _Scene(look, matrix, alpha))
        if look.opacity < 1 and not _lie_apart(marks):
            marks = [Group(tuple(draw(element, tag, _Scene(look, matrix))), opacity=round(alpha, 4))]
        if look["clip-path"] == "none" or not marks:
            return marks
        return self._clipped(marks, look["clip-path"], matrix)

    def _children(self, element: Element, _tag: str, scene: _Scene) -> list[Mark]:
        marks: list[Mark] = []
        for child in element:
            marks += self._element(child, scene)
        return marks

    def _svg(self, element: Element, tag: str, scene: _Scene) -> list[Mark]:
        x, y, width, height = (at(element, name) for name in ("x", "y", "width", "height"))
        matrix = times(scene.matrix, (1.0, 0.0, 0.0, 1.0, x, y))
        view = element.get("viewBox")
        if view:
            matrix = times(matrix, _view_matrix(view, width, height, element.get("preserveAspectRatio", "")))
        marks: list[Mark] = []
        ground = color(scene.look["background"])
        if ground is not None:
            marks.append(Path(placed(rectangle(x, y, width, height), scene.matrix), fill=ground))
        marks += self._children(element, tag, scene._replace(matrix=matrix))
        if element is self._root or scene.look["overflow"] == "visible":
            return marks
        return _clip(marks, transformed(rectangle(x, y, width, height), scene.matrix))

    # ------------------------------------------------------------------------------------------------ clipping

    def _clipped(self, marks: list[Mark], value: str, matrix: Matrix) -> list[Mark]:
        name = reference(value)
        clip = self._named.get(name) if name else None
        if clip is None or tag_of(clip) != "clipPath":
            raise refuse(f"clip-path: {value}")
        if clip.get("clipPathUnits", "userSpaceOnUse") != "userSpaceOnUse":
            raise refuse(f"clipPath clipPathUnits: {clip.get('clipPathUnits')}")
        if clip.get("transform") or self._bare.inside(clip, "clipPath")["clip-path"] != "none":
            raise refuse("clipPath transform/clip-path")
        segments: list[Segment] = []
        even_odd = False
        for child in clip:
            tag = tag_of(child)
            inner = self._bare.inside(child, tag)
            own = parse_transform(child.get("transform", ""))
            if len(clip) > 1 and (tag not in _CONVEX or own[0] * own[3] <= own[1] * own[2]):
                raise refuse("clipPath 里有几个图形")  # one path of several cuts as they do only for plain shapes
            segments += transformed(_outline(child, tag), times(matrix, own))
            even_odd = len(clip) == 1 and inner["clip-rule"] == "evenodd"
        return _clip(marks, tuple(segments), even_odd=even_odd)

    # ------------------------------------------------------------------------------------------------ shapes

    def _shape(self, element: Element, tag: str, scene: _Scene) -> list[Mark]:
        look, matrix, alpha = scene
        pen = look.pen
        segments = _outline(element, tag)
        if not segments or not pen.visible:
            return []
        marks: list[Mark] = []
        fill = None
        if pen.fill_reference is None:
            fill = color(pen.fill, pen.fill_opacity * alpha)
        elif tag != "line":
            marks += self._painted(pen.fill_reference, segments, scene)
        if reference(pen.stroke) is not None:
            raise refuse(f"stroke: {pen.stroke}")
        stroke = color(pen.stroke, pen.stroke_opacity * alpha) if pen.width > 0 else None
        if fill is None and stroke is None:
            return marks
        if fill is not None and stroke is not None and stroke.alpha < round(alpha, 4):
            # The fill shines through a stroke that is clear by itself; one operation would knock it out.
            return [*marks, _path(segments, fill, None, look, matrix), _path(segments, None, stroke, look, matrix)]
        return [*marks, _path(segments, fill, stroke, look, matrix)]

    def _painted(self, name: str, segments: tuple[Segment, ...], scene: _Scene) -> list[Mark]:
        server = self._named.get(name)
        kind = tag_of(server) if server is not None else ""
        box = bounds(segments)
        if server is None or box is None or kind not in ("pattern", "linearGradient", "radialGradient"):
            raise refuse(f"fill: {scene.look['fill']} <{kind}>")
        alpha = scene.alpha * scene.look.pen.fill_opacity
        if kind == "pattern":
            tile = _Scene(self._bare, alpha=alpha)
            marks = pattern_marks(server, box, scene.matrix, alpha, lambda child: self._element(child, tile))
        else:
            marks = gradient_marks(server, box, scene.matrix, alpha)
        return _clip(marks, transformed(segments, scene.matrix), even_odd=scene.look.pen.even_odd)

    # ------------------------------------------------------------------------------------------------ text, images

    def _text(self, element: Element, _tag: str, scene: _Scene) -> list[Mark]:
        return self._lettering.marks(element, scene.look, scene.matrix, scene.alpha)

    def _image(self, element: Element, _tag: str, scene: _Scene) -> list[Mark]:
        x, y, width, height = (at(element, name) for name in ("x", "y", "width", "height"))
        if not scene.look.pen.visible or not width or not height:
            return []
        href = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"), "")
        kind, data = _data_of(href)
        inner = _parse(data) if kind == "image/svg+xml" else None
        size = pixel_size(data) if inner is None else (at(inner, "width"), at(inner, "height"))
        left, top, across, down = fitted(
            size, (x, y, width, height), element.get("preserveAspectRatio") or "xMidYMid meet"
        )
        marks: list[Mark]
        if inner is None:
            marks = [_raster(left, top, across, down, data, scene.matrix)]
        else:
            stretch = times(scene.matrix, (across / size[0], 0.0, 0.0, down / size[1], left, top))
            marks = _Reader(inner, self._fonts).inside(_Scene(self._bare, stretch))
        if across > width or down > height:
            marks = _clip(marks, transformed(rectangle(x, y, width, height), scene.matrix))
        return marks if scene.alpha >= 1 else [Group(tuple(marks), opacity=round(scene.alpha, 4))]


_NEVER_DRAWN: Final = frozenset(
    ("defs", "clipPath", "pattern", "linearGradient", "radialGradient", "style", "title", "desc")
)


def _outline(element: Element, tag: str) -> tuple[Segment, ...]:
    """Segments of a shape in its own coordinates."""
    match tag:
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
        case "circle" | "ellipse":
            rx = at(element, "r") if tag == "circle" else at(element, "rx")
            ry = rx if tag == "circle" else at(element, "ry")
            return ellipse(at(element, "cx"), at(element, "cy"), rx, ry) if rx > 0 and ry > 0 else ()
        case "polygon" | "polyline":
            return polyline(element.get("points", ""), closed=tag == "polygon")
        case _:
            raise refuse(f"<{tag}>")


def _path(segments: tuple[Segment, ...], fill: Color | None, stroke: Color | None, look: Look, matrix: Matrix) -> Mark:
    pen = look.pen
    if stroke is None:
        return Path(placed(segments, matrix), fill=fill, even_odd=pen.even_odd)
    join = _JOINS[look["stroke-linejoin"]]
    if join == "miter" and len(segments) > 2 and _sharper(segments, pen.miter_limit):  # noqa: PLR2004 - a corner
        join = "bevel"  # what a corner beyond the limit becomes
    factor = scale_of(matrix) if pen.scales else 1.0
    plain = factor or 1.0
    mark = Path(
        placed(segments, IDENTITY if factor is None else matrix),
        fill=fill,
        stroke=stroke,
        width=round(pen.width * plain, 4),
        dash=tuple(round(part * plain, 4) for part in pen.dash) if any(pen.dash) else (),
        cap=_CAPS[look["stroke-linecap"]],
        join=join,
        even_odd=pen.even_odd,
    )
    return mark if factor is not None else Group((mark,), transform=matrix)


def _raster(x: float, y: float, width: float, height: float, data: bytes, matrix: Matrix) -> Mark:
    a, b, c, d, _, _ = matrix
    if b == c == 0 and a > 0 and d > 0:
        left, top = apply(matrix, x, y)
        return Raster(left, top, width * a, height * d, data)
    return Group((Raster(x, y, width, height, data),), transform=matrix)


def _clip(marks: list[Mark], segments: tuple[Segment, ...], *, even_odd: bool = False) -> list[Mark]:
    """The marks inside a path; nothing where the path holds no area."""
    box = bounds(segments)
    if not marks or box is None or box[0] >= box[2] or box[1] >= box[3]:
        return []
    return [Group(tuple(marks), clip=placed(segments, IDENTITY), clip_even_odd=even_odd)]


def _view_matrix(view: str, width: float, height: float, fit: str) -> Matrix:
    values = [float(value) for value in view.replace(",", " ").split()]
    left, top, view_width, view_height = values
    across, down = width / view_width, height / view_height
    if fit != "none" and not math.isclose(across, down, rel_tol=1e-6):
        raise refuse(f"viewBox: {view}")
    return (across, 0.0, 0.0, down, -left * across, -top * down)


def _sharper(segments: tuple[Segment, ...], limit: float) -> bool:
    """Whether a corner between two lines has a miter longer than so many stroke widths (SVG 1.1, 11.4)."""
    bound = 1 - 2 / (limit * limit)  # the cosine of the angle at which it has just that length
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
            if any(_cosine(*points[i : i + 3]) > bound for i in range(len(points) - 2)):
                return True
            points = points[-2:]
    return False


def _cosine(one: tuple[float, float], corner: tuple[float, float], two: tuple[float, float]) -> float:
    """Cosine of the angle at a corner; of a straight line where two of the points are one."""
    ax, ay, bx, by = one[0] - corner[0], one[1] - corner[1], two[0] - corner[0], two[1] - corner[1]
    reach = math.hypot(ax, ay) * math.hypot(bx, by)
    return (ax * bx + ay * by) / reach if reach else -1.0


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


def _lie_apart(marks: list[Mark]) -> bool:
    """Whether no mark lies over another: only then is a see-through group the same as see-through marks."""
    boxes = sorted(box for mark in marks if (box := mark_box(mark)) is not None)
    for i, (_, top, right, bottom) in enumerate(boxes):
        for left, other_top, _, other_bottom in boxes[i + 1 :]:
            if left >= right - 0.01:
                break
            if other_top < bottom - 0.01 and top < other_bottom - 0.01:
                return False
    return True


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
