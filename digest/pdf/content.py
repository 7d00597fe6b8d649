"""Marks become operators of a page (ISO 32000-1, 8 and 9). Nothing is decided here, marks are only walked.

The page is turned upside down once, so that marks keep their y; text matrices turn the letters back.
"""

from __future__ import annotations

import math
from copy import copy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, assert_never

from digest.drawing import BLACK, GlyphRun, Group, Imported, Path, Raster, TextLine
from digest.pdf.gather import gather
from digest.pdf.lines import glyph_runs
from digest.pdf.syntax import array, dictionary, number, numbers, text_string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.drawing import Color, Mark, Matrix, Segment
    from digest.pdf.lines import Lines
    from digest.pdf.shelf import Shelf

CAPS: Final = {"butt": 0, "round": 1, "square": 2}
JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}

# (filled, stroked, even-odd) -> the operator that paints a path.
PAINT: Final[dict[tuple[bool, bool, bool], str]] = {
    (False, False, False): "n",
    (False, False, True): "n",
    (True, False, False): "f",
    (True, False, True): "f*",
    (False, True, False): "S",
    (False, True, True): "S",
    (True, True, False): "B",
    (True, True, True): "B*",
}

ROUND: Final = 1
FILL_TEXT: Final = 0
FILL_AND_STROKE_TEXT: Final = 2


@dataclass(slots=True)
class _State:
    """What the operators written so far have set; the defaults are PDF's (ISO 32000-1, table 52)."""

    fill: Color = BLACK
    stroke: Color = BLACK
    width: float = 1.0
    cap: int = 0
    join: int = 0
    dash: tuple[float, ...] = ()
    font: str = ""
    size: float = 0.0
    spacing: float = 0.0
    mode: int = FILL_TEXT


@dataclass(slots=True)
class Content:
    """The operators of one page, and which images and opacities they name."""

    shelf: Shelf
    texts: Lines
    height: float
    upright: bool = True
    lines: list[str] = field(default_factory=list)
    objects: dict[str, str] = field(default_factory=dict)
    opacities: dict[str, str] = field(default_factory=dict)
    _state: _State = field(default_factory=_State)
    _in_text: bool = False
    _reads: bool = False

    def __post_init__(self) -> None:
        """Turn the page: from here on y grows downwards, as it does already in what is no page."""
        if not self.upright:
            return
        self.lines.append(f"1 0 0 -1 0 {number(self.height)} cm")

    def draw(self, marks: Iterable[Mark], dx: float = 0.0, dy: float = 0.0) -> None:
        """Write marks, moved by (dx, dy)."""
        for mark in marks:
            match mark:
                case TextLine():
                    self._line(mark, dx, dy)
                case Group():
                    self._group(mark, dx, dy)
                case GlyphRun():
                    self._glyphs(mark, dx, dy)
                case Path():
                    self._path(mark, dx, dy)
                case Raster():
                    self._raster(mark, dx, dy)
                case Imported():
                    self._imported(mark, dx, dy)
                case _:
                    assert_never(mark)

    def finish(self) -> str:
        """All operators."""
        self._leave_text()
        return "\n".join(self.lines) + "\n"

    def resources(self) -> dict[str, str]:
        """The page's resource dictionary; all pages share one list of fonts."""
        kinds = {"XObject": self.objects, "ExtGState": self.opacities}
        return {"Font": self.shelf.fonts_ref} | {kind: dictionary(named) for kind, named in kinds.items() if named}

    # --- text

    def _line(self, line: TextLine, dx: float, dy: float) -> None:
        font, spacing, shown = self.texts.write(line, line.x + dx, line.y + dy)
        if not shown:
            self._group(Group(glyph_runs(line, self.shelf.fonts), actual=line.text), dx, dy)
            return
        self._begin_text(line.color, line.stroke)
        self._set_text(font, line.size, spacing)
        self.lines.append(shown)

    def _glyphs(self, run: GlyphRun, dx: float, dy: float) -> None:
        if not run.clusters:
            return
        face = self.shelf.face(run.face)
        self._begin_text(run.color, run.stroke)
        self._set_text(face.name, run.size, run.spacing)
        place = f"{_text_matrix(run, dx, dy)} Tm"
        if not run.kerns:
            self.lines.append(f"{place}({face.encode(run.clusters)})Tj")
            return
        parts = ["("]
        start = 0
        for index, extra in sorted(run.kerns):
            parts.append(f"{face.encode(run.clusters[start : index + 1])}){number(-1000 * extra / run.size)}(")
            start = max(start, index + 1)
        parts.append(f"{face.encode(run.clusters[start:])})")
        # two moves in a row are told apart by the empty string between them
        self.lines.append(f"{place}[{''.join(parts).removesuffix('()')}]TJ")

    def _begin_text(self, color: Color, stroke: float) -> None:
        state = self._state
        if not self._in_text:
            self.lines.append("BT")
            self._in_text = True
        if state.fill is not color:
            self._set_fill(color)
        mode = FILL_TEXT
        if stroke > 0:
            self._set_stroke(color)
            self._set_line(stroke, (), 0, ROUND)  # pointed joins would grow thorns at the ends of strokes
            mode = FILL_AND_STROKE_TEXT
        if state.mode != mode:
            self.lines.append(f"{mode} Tr")
            state.mode = mode

    def _set_text(self, font: str, size: float, spacing: float) -> None:
        state = self._state
        if state.font != font or state.size != size:
            self.lines.append(f"/{font} {number(size, 4)} Tf")
            state.font, state.size = font, size
        if state.spacing != spacing:
            self.lines.append(f"{self.texts.numbers[spacing]} Tc")
            state.spacing = spacing

    def _leave_text(self) -> None:
        if self._in_text:
            self.lines.append("ET")
            self._in_text = False

    # --- lines and areas

    def _path(self, path: Path, dx: float, dy: float) -> None:
        self._leave_text()
        if path.fill is not None:
            self._set_fill(path.fill)
        if path.stroke is not None:
            self._set_stroke(path.stroke)
            self._set_line(path.width, path.dash, CAPS[path.cap], JOINS[path.join])
        paint = PAINT[path.fill is not None, path.stroke is not None, path.even_odd]
        self.lines.append(f"{_segments(path.segments, dx, dy)} {paint}")

    def _set_fill(self, color: Color) -> None:
        state = self._state
        if state.fill is color:
            return
        if not _same_ink(state.fill, color):
            self.lines.append(f"{numbers((color.red, color.green, color.blue), 4)} rg")
        if state.fill.alpha != color.alpha:
            self._set_opacity("ca", color.alpha)
        state.fill = color

    def _set_stroke(self, color: Color) -> None:
        state = self._state
        if state.stroke is color:
            return
        if not _same_ink(state.stroke, color):
            self.lines.append(f"{numbers((color.red, color.green, color.blue), 4)} RG")
        if state.stroke.alpha != color.alpha:
            self._set_opacity("CA", color.alpha)
        state.stroke = color

    def _set_opacity(self, key: str, alpha: float) -> None:
        """`ca` for areas and letters, `CA` for lines."""
        name, ref = self.shelf.opacity(key, number(alpha, 4))
        self.opacities[name] = ref
        self.lines.append(f"/{name} gs")

    def _set_line(self, width: float, dash: tuple[float, ...], cap: int, join: int) -> None:
        state = self._state
        if state.width != width:
            self.lines.append(f"{number(width, 4)} w")
            state.width = width
        if state.dash != dash:
            self.lines.append(f"{array(map(number, dash))} 0 d")
            state.dash = dash
        if state.cap != cap:
            self.lines.append(f"{cap} J")
            state.cap = cap
        if state.join != join:
            self.lines.append(f"{join} j")
            state.join = join

    # --- what holds or comes from elsewhere

    def _group(self, group: Group, dx: float, dy: float) -> None:
        if group.opacity < 1.0:
            self._veiled(group, dx, dy)
            return
        spoken = self._open_span(group)
        marks = gather(group.marks, self.shelf.fonts) if spoken and group.actual else group.marks
        a, b, c, d, e, f = group.transform
        if (a, b, c, d) == (1.0, 0.0, 0.0, 1.0) and not group.clip:
            self.draw(marks, dx + e, dy + f)  # nothing but a move: no need to save what will not change
        else:
            self._leave_text()
            before = copy(self._state)
            self.lines.append("q")
            self.lines.append(f"{_matrix((a, b, c, d, e + dx, f + dy))} cm")
            if group.clip:
                self.lines.append(f"{_segments(group.clip, 0.0, 0.0)} {'W*' if group.clip_even_odd else 'W'} n")
            self.draw(marks)
            self._leave_text()
            self.lines.append("Q")
            self._state = before
        if spoken:
            self._leave_text()
            self.lines.append("EMC")
            self._reads = False

    def _veiled(self, group: Group, dx: float, dy: float) -> None:
        """A group that is see-through as a whole, as a form of its own (ISO 32000-1, 11.6.6).

        The form begins with the state that is set here, but for opacities: those are full at its start.
        """
        self._leave_text()
        state = copy(self._state)
        state.fill, state.stroke = replace(state.fill, alpha=1.0), replace(state.stroke, alpha=1.0)
        inner = Content(self.shelf, self.texts, self.height, upright=False, _state=state, _reads=self._reads)
        inner.draw((replace(group, opacity=1.0),), dx, dy)
        name, ref = self.shelf.form(inner.finish(), inner.resources())
        self.objects[name] = ref
        veil, graphics = self.shelf.opacity("ca", number(group.opacity, 4))
        self.opacities[veil] = graphics
        self.lines.append(f"q /{veil} gs /{name} Do Q")

    def _open_span(self, group: Group) -> bool:
        """Begin marked content for what the group reads as; a group inside one that reads is silent."""
        if self._reads or not (group.actual or group.alt):
            return False
        self._leave_text()
        entries = {
            "ActualText": text_string(group.actual) if group.actual else "",
            "Alt": text_string(group.alt) if group.alt else "",
        }
        self.lines.append(f"/Span {dictionary(entries)} BDC")
        self._reads = True
        return True

    def _raster(self, image: Raster, dx: float, dy: float) -> None:
        name, ref = self.shelf.raster(image.data)
        box = (image.width, 0.0, 0.0, -image.height, image.x + dx, image.y + dy + image.height)
        self._place(name, ref, box)

    def _imported(self, page: Imported, dx: float, dy: float) -> None:
        name, form = self.shelf.page(page.data)
        across, down = page.width / form.width, page.height / form.height
        self._place(name, form.ref, (across, 0.0, 0.0, -down, page.x + dx, page.y + dy + page.height))

    def _place(self, name: str, ref: str, matrix: Matrix) -> None:
        """Draw an object whose own y grows upwards."""
        self._leave_text()
        self.objects[name] = ref
        self._set_opacity_full()
        self.lines.append(f"q {_matrix(matrix)} cm /{name} Do Q")

    def _set_opacity_full(self) -> None:
        """Pictures take the opacity of areas; what was drawn before them must not shine through."""
        self._set_fill(replace(self._state.fill, alpha=1.0))
        self._set_stroke(replace(self._state.stroke, alpha=1.0))


def _same_ink(one: Color, other: Color) -> bool:
    """Whether two colours differ in nothing but their opacity."""
    return (one.red, one.green, one.blue) == (other.red, other.green, other.blue)


def _text_matrix(run: GlyphRun, dx: float, dy: float) -> str:
    """Letters upright on a page that was turned over, turned clockwise by the run's tilt."""
    place = f"{number(run.x + dx)} {number(run.y + dy)}"
    if not run.tilt:
        return f"1 0 0 -1 {place}"
    angle = math.radians(run.tilt)
    sine, cosine = math.sin(angle), math.cos(angle)
    return f"{numbers((cosine, sine, sine, -cosine), 6)} {place}"


def _matrix(matrix: Matrix) -> str:
    """Scales need more digits than places do: they act on whole pages."""
    return f"{numbers(matrix[:4], 6)} {numbers(matrix[4:], 4)}"


def _segments(segments: tuple[Segment, ...], dx: float, dy: float) -> str:
    """Path construction operators, moved by (dx, dy)."""
    parts: list[str] = []
    for segment in segments:
        match segment:
            case ("M", x, y):
                parts.append(f"{number(x + dx)} {number(y + dy)} m")
            case ("L", x, y):
                parts.append(f"{number(x + dx)} {number(y + dy)} l")
            case ("C", x1, y1, x2, y2, x, y):
                parts.append(f"{numbers((x1 + dx, y1 + dy, x2 + dx, y2 + dy, x + dx, y + dy))} c")
            case ("Z",):
                parts.append("h")
    return " ".join(parts)
