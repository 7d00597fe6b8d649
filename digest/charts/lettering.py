"""Text of an SVG as glyphs: which face draws a character, where each run of a line stands, what is drawn with it.

Underlines, slants, small capitals and halos are made as a browser makes them for faces that bring none of their own.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.colors import color
from digest.charts.kerning import kerns_of
from digest.charts.paths import apply, placed, refuse, scale_of, times
from digest.charts.properties import at, length, tag_of
from digest.charts.voices import INVISIBLE, voice_of
from digest.drawing import GlyphRun, Group, Path, rectangle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from digest.charts.properties import Look
    from digest.drawing import Color, Mark, Matrix
    from digest.fonts import FontSet

_ANCHORS: Final = {"start": 0.0, "middle": 0.5, "end": 1.0}
_SMALL_CAPITALS: Final = 0.7  # of the type size
_SLANT: Final = 0.25  # to the right, for each unit upwards
_THICKNESS: Final = 0.1  # of a line under, over or through a text, in em
_RISES: Final = {"underline": -0.1, "overline": 0.9, "line-through": 0.3}  # of its middle over the baseline, in em
_HALO_WIDTH: Final = 2.0
_WORD: Final = re.compile(r"(?<![\w'’])[^\W\d_]")
_SHADOW: Final = re.compile(r"\s*(-?[\d.]+)px\s+(-?[\d.]+)px(?:\s+([\d.]+)px)?\s+([^,(]+(?:\([^)]*\))?)\s*(?:,|$)")
_Shadow = tuple[float, float, float, "Color"]  # to the right, down, width of an outline, colour
_CORNERS: Final = {(1.0, 1.0, 1.0), (-1.0, -1.0, 1.0), (1.0, -1.0, 1.0), (-1.0, 1.0, 1.0)}  # plotly.js: shadow "auto"

_CASES: Final[dict[str, Callable[[str], str]]] = {
    "none": str,
    "uppercase": str.upper,
    "lowercase": str.lower,
    "capitalize": lambda text: _WORD.sub(lambda match: match.group().upper(), text),
}


class _Piece(NamedTuple):
    """Characters of one face and size; `share` is the size of its letters in that of the text. Widths are in its em."""

    face: str
    text: str
    width: float
    share: float
    kerns: tuple[tuple[int, float], ...]  # room in em after the letter at an index


class _Line(NamedTuple):
    """A line under, over or through a text: of the look that asked for it, whatever the text in it looks like."""

    kind: str
    look: Look
    alpha: float


class _Run(NamedTuple):
    """Text of one look on its way to a place."""

    pieces: tuple[_Piece, ...]
    look: Look
    alpha: float
    lines: tuple[_Line, ...]
    x: float | None  # a new chunk begins here; None follows the run before
    y: float
    width: float


class Lettering:
    """The texts of one document in the faces of a digest."""

    def __init__(self, fonts: FontSet) -> None:
        """Take the faces; what was measured once is remembered."""
        self._fonts = fonts
        self._known: dict[str, dict[str, tuple[str, float]]] = {}  # voice: {character: (face, advance in em)}

    def marks(self, element: Element, look: Look, matrix: Matrix, alpha: float) -> list[Mark]:
        """Marks of a `<text>` under a matrix. `ChartError` C105; `GlyphError` for a character without a face."""
        marks: list[Mark] = []
        chunk: list[_Run] = []
        for run in self._runs(element, look, alpha, (), [0.0], outermost=True):
            if run.x is not None and chunk:
                marks += _chunk(chunk, matrix)
                chunk = []
            chunk.append(run)
        return marks + _chunk(chunk, matrix) if chunk else marks

    def _runs(
        self, element: Element, look: Look, alpha: float, lines: tuple[_Line, ...], pen: list[float], *, outermost: bool
    ) -> Iterator[_Run]:
        """Runs of an element in reading order; `pen` holds the baseline."""
        if element.get("y") is not None:
            pen[0] = at(element, "y")
        pen[0] += length(element.get("dy", "0"), "dy", look.size)
        shift = length(element.get("dx", "0"), "dx", look.size)
        lines += _lines(look, alpha)
        fresh = at(element, "x") + shift if outermost or element.get("x") is not None else None
        if fresh is None and shift:
            yield _Run((), look, alpha, (), None, pen[0], shift)
        for run in self._inner_runs(element, look, alpha, lines, pen):
            yield run._replace(x=fresh) if fresh is not None and run.x is None else run
            fresh = None

    def _inner_runs(
        self, element: Element, look: Look, alpha: float, lines: tuple[_Line, ...], pen: list[float]
    ) -> Iterator[_Run]:
        if element.text:
            yield self._measured(element.text, look, alpha, lines, pen[0])
        for child in element:
            tag = tag_of(child)
            if tag not in ("tspan", "a"):
                raise refuse(f"<{tag}> in <text>")
            inner = look.inside(child, tag)
            if child.get("transform") or inner["clip-path"] != "none":
                raise refuse("tspan transform/clip-path")
            if inner.shown:
                yield from self._runs(child, inner, alpha * inner.opacity, lines, pen, outermost=False)
            if child.tail:
                yield self._measured(child.tail, look, alpha, lines, pen[0])

    def _measured(self, text: str, look: Look, alpha: float, lines: tuple[_Line, ...], y: float) -> _Run:
        voice = voice_of(look["font-family"], look["font-weight"])
        pieces: list[_Piece] = []
        for letters, share in _setting(text, look):
            pieces += self._pieces(letters, voice, share)
        return _Run(tuple(pieces), look, alpha, lines, None, y, sum(piece.width for piece in pieces) * look.size)

    def _pieces(self, text: str, voice: str, share: float) -> Iterator[_Piece]:
        """The text cut where its face changes."""
        known = self._known.setdefault(voice, {})
        face, start, width = "", 0, 0.0
        shown = text.translate(_DRAWN)
        for i, character in enumerate(shown):
            found = known.get(character)
            if found is None:
                key = self._fonts.choose(voice, character)
                found = known[character] = (key, self._fonts.face(key).advance(character))
            if found[0] != face:
                if i > start:
                    yield self._piece(face, shown[start:i], width, share)
                face, start, width = found[0], i, 0.0
            width += found[1]
        if shown:
            yield self._piece(face, shown[start:], width, share)

    def _piece(self, face: str, text: str, width: float, share: float) -> _Piece:
        pairs = kerns_of(self._fonts.face(face)) if len(text) > 1 and not text.isdigit() else {}
        kerns = tuple((i, pairs[text[i : i + 2]]) for i in range(len(text) - 1) if text[i : i + 2] in pairs)
        return _Piece(face, text, (width + sum(room for _, room in kerns)) * share, share, kerns)


_DRAWN: Final = dict.fromkeys(map(ord, INVISIBLE)) | {0xA0: " "}


def _setting(text: str, look: Look) -> list[tuple[str, float]]:
    """What is set of a text, and in which share of its size: capitals and small capitals are made of it."""
    change = _CASES.get(look["text-transform"])
    if change is None:
        raise refuse(f"text-transform: {look['text-transform']}")
    text, variant = change(text), look["font-variant"]
    if variant == "normal":
        return [(text, 1.0)]
    if variant not in ("small-caps", "petite-caps", "all-small-caps", "all-petite-caps"):
        raise refuse(f"font-variant: {variant}")
    every = variant.startswith("all-")
    shares = [
        _SMALL_CAPITALS if letter.upper() != letter or (every and letter.lower() != letter) else 1.0 for letter in text
    ]
    cut = [i for i in range(len(text)) if i == 0 or shares[i] != shares[i - 1]]
    return [(text[i:j].upper(), shares[i]) for i, j in zip(cut, [*cut[1:], len(text)], strict=True)]


def _lines(look: Look, alpha: float) -> tuple[_Line, ...]:
    kinds = look["text-decoration-line"]
    if kinds == "none":
        return ()
    for kind in kinds.split():
        if kind not in ("underline", "overline", "line-through"):
            raise refuse(f"text-decoration-line: {kind}")
    return tuple(_Line(kind, look, alpha) for kind in kinds.split())


def _chunk(chunk: list[_Run], matrix: Matrix) -> list[Mark]:
    """Marks of runs that follow each other; the anchor moves all of them."""
    x = (chunk[0].x or 0.0) - sum(run.width for run in chunk) * _ANCHORS[chunk[0].look["text-anchor"]]
    marks: list[Mark] = []
    for run in chunk:
        if run.look.pen.visible and run.pieces:
            marks += _run(run, x, matrix)
        x += run.width
    return marks


def _run(run: _Run, x: float, matrix: Matrix) -> list[Mark]:
    """Glyphs of one run with what lies under and over them."""
    look, pen = run.look, run.look.pen
    if pen.width > 0 and color(pen.stroke) is not None:
        raise refuse(f"text stroke: {pen.stroke}")
    ink = color(pen.fill, pen.fill_opacity * run.alpha)
    if ink is None:
        return []
    place = _Place(matrix, _slant(look))
    shadows = () if look["text-shadow"] == "none" else _shadows(look["text-shadow"], run.alpha)
    marks: list[Mark] = [_stroke(line, x, run, matrix) for line in run.lines if line.kind != "line-through"]
    start = x
    for piece in run.pieces:
        if not piece.text.isspace():
            size = look.size * piece.share
            for dx, dy, width, tint in shadows:
                marks.append(place.glyphs(x + dx, run.y + dy, piece, size, tint, width))
            marks.append(place.glyphs(x, run.y, piece, size, ink))
        x += piece.width * look.size
    marks += [_stroke(line, start, run, matrix) for line in run.lines if line.kind == "line-through"]
    return marks


def _slant(look: Look) -> float:
    style = look["font-style"]
    if style not in ("normal", "italic", "oblique"):
        raise refuse(f"font-style: {style}")
    return 0.0 if style == "normal" else _SLANT


def _stroke(line: _Line, x: float, run: _Run, matrix: Matrix) -> Path:
    """A line along a run; underlines stand as far below letters as browsers put them."""
    look = line.look
    thick = _THICKNESS * look.size
    rise = _RISES[line.kind] * look.size
    segments = placed(rectangle(x, run.y - rise - thick / 2, run.width, thick), matrix)
    return Path(segments, fill=color(look["fill"], look.pen.fill_opacity * line.alpha))


def _shadows(text: str, alpha: float) -> tuple[_Shadow, ...]:
    """Copies of the letters under them. A blurred one is refused, but for the halo that plotly.js makes of four."""
    shadows = [(float(x), float(y), float(blur or 0), tint) for x, y, blur, tint in _SHADOW.findall(text)]
    if not shadows or _SHADOW.sub("", text).strip():
        raise refuse(f"text-shadow: {text}")
    tints = {tint.strip() for *_, tint in shadows}
    if {shadow[:3] for shadow in shadows} == _CORNERS and len(tints) == 1:
        tint = color(tints.pop(), alpha)
        return ((0.0, 0.0, _HALO_WIDTH, tint),) if tint else ()
    if any(blur for _, _, blur, _ in shadows):
        raise refuse(f"text-shadow: {text}")
    inks = [(x, y, 0.0, color(tint, alpha)) for x, y, _, tint in reversed(shadows)]  # the first lies on top
    return tuple((x, y, width, ink) for x, y, width, ink in inks if ink)


class _Place(NamedTuple):
    """Where letters stand: the matrix to the picture, and how far they lean to the right, per unit upwards."""

    matrix: Matrix
    slant: float

    def glyphs(self, x: float, y: float, piece: _Piece, size: float, ink: Color, stroke: float = 0.0) -> Mark:
        """One run; the matrix is worked into it where it only moves, turns and enlarges."""
        scale = scale_of(self.matrix)
        if scale is None or self.slant:
            matrix = times(self.matrix, (1.0, 0.0, -self.slant, 1.0, x, y))
            run = GlyphRun(0.0, 0.0, piece.face, size, piece.text, ink, 0.0, _rooms(piece, size), stroke)
            return Group((run,), transform=matrix)
        px, py = apply(self.matrix, x, y)
        tilt = round(math.degrees(math.atan2(self.matrix[1], self.matrix[0])), 4) + 0.0
        size = round(size * scale, 4)
        kerns = _rooms(piece, size)
        return GlyphRun(round(px, 4), round(py, 4), piece.face, size, piece.text, ink, 0.0, kerns, stroke, tilt)


def _rooms(piece: _Piece, size: float) -> tuple[tuple[int, float], ...]:
    """Room after letters of a piece, in points."""
    return tuple((i, round(room * size, 4)) for i, room in piece.kerns)
