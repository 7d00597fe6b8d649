"""Set lines as text operators (ISO 32000-1, 9.4): what becomes of a box is remembered, a line is little but a join.

A line is shown in the face most of it is in, its home; a box that needs another face goes there and comes back. Room
behind a glyph is drawn as part of a wider glyph, white that a mark gives away as part of a narrower one, the nearest
there is; only what remains is a move. Readers that find blanks and words by their places (Poppler takes a tenth of an
em for a gap or an overlap, PDFium a sixth for a gap) then find none that are not there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Box, GlyphRun, Glyphs
from digest.fonts import is_han
from digest.pdf.syntax import number

if TYPE_CHECKING:
    from digest.drawing import TextLine
    from digest.fonts import FontSet
    from digest.pdf.faces import EmbeddedFace
    from digest.pdf.shelf import Shelf

STEPS: Final = 8
"""Glyphs are made wider and narrower by eighths of an em; the layout's gaps and half marks are such."""
MOST: Final = 8  # eighths; more than an em is no gap in a text
LIMIT: Final = 0.09
"""Em between two glyphs beyond which readers would see a blank."""

# Stand in for what differs from line to line in what is remembered; no code holds such a byte.
_MOVE: Final = "\x01"
_BACK: Final = ")\x02("  # behind a glyph that does not take the line's spacing
_HAIR: Final = 5e-5  # em; less is nothing


class Lines:
    """Writes lines of text for one file."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is remembered yet."""
        self._faces = _Faces(shelf)
        self._shown = _Shown(self._faces)
        self._homes = _Homes()
        self._home = ""
        self._ways: dict[tuple[str, float], _Ways] = {}
        self.numbers = _Numbers()

    def write(self, line: TextLine, x: float, y: float) -> tuple[str, float, str]:
        """Name of the font that `line` begins and ends with, its spacing in points, and its operators at (x, y).

        The operators are empty when a glyph stands so far from the next that the line has to say what it reads as.
        """
        name, text = self._write(line, x, y)
        if text:
            return name, line.spacing, text
        return name, 0.0, self._write(_spread_out(line), x, y)[1]

    def _write(self, line: TextLine, x: float, y: float) -> tuple[str, str]:
        """Name of the font and operators of a line that is drawn with its spacing; none when that is too wide."""
        parts, size = line.parts, line.size
        home = next(filter(None, map(self._homes.__getitem__, parts)), "") or self._home or _first_face(line)
        ways = self._ways.get((home, size))
        if ways is None:
            if not home:
                return "", ""
            ways = self._ways[home, size] = _Ways(self._faces, self._shown, home, size)
        self._home = home
        shown = list(map(ways.__getitem__, parts))
        spread = widest = line.spacing / size
        if _MOVE in shown:
            widest = ways.move(parts, shown, spread)
        if ways.rest + spread >= LIMIT:
            widest = max(widest, max(map(ways.rest_in, parts)) + spread)
        if widest >= LIMIT:
            return ways.name, ""
        numbers = self.numbers
        text = f"1 0 0 -1 {numbers[x]} {numbers[y]} Tm[({''.join(shown)})]TJ"
        if _BACK in text:
            text = text.replace(_BACK, f"){1000 * spread:.2f}(" if spread else "")
        if "()" in text:
            for seam in ways.seams:
                text = text.replace(seam, "")
            text = text.replace(")(", "").replace("()", " ").replace("[ ]TJ", "")
        return ways.name, text


class _Numbers(dict[float, str]):
    """Number -> how it is written; the places of lines come again on every page."""

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value)
        return text


def _first_face(line: TextLine) -> str:
    """The face of the first glyph, or an empty string where there is none."""
    pieces = (piece for part in line.parts if isinstance(part, Box) for piece in part.parts)
    return next((piece.face for piece in pieces if isinstance(piece, Glyphs)), "")


class _Homes(dict["Box | float", str]):
    """Part of a line -> the face of its first spaced Han, or nothing."""

    def __missing__(self, part: Box | float) -> str:
        found = ""
        if isinstance(part, Box):
            glyphs = (piece for piece in part.parts if isinstance(piece, Glyphs))
            found = next((piece.face for piece in glyphs if piece.spaced and is_han(piece.clusters[0])), "")
            self[part] = found
        return found


class _Faces(dict[str, "EmbeddedFace"]):
    """Key -> the face in the file."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf

    def __missing__(self, key: str) -> EmbeddedFace:
        face = self[key] = self._shelf.face(key)
        return face

    def eighths(self, glyphs: Glyphs, room: float) -> int:
        """By how many eighths of an em the last glyph is made wider to hold the room; some advance always remains.

        Only marks are made narrower: a Han character keeps its em, and a numeral its width, for whoever measures them.
        """
        eighths = round(room * STEPS)
        if eighths >= 0:
            return min(eighths, MOST)
        if is_han(glyphs.clusters[-1]) or not glyphs.spaced:
            return 0
        advance = int(self[glyphs.face].face.advance(glyphs.clusters[-1]) * STEPS)
        return min(max(eighths, -MOST, 1 - advance), 0)


class _Shown(dict[tuple[Glyphs, int], str]):
    """Glyphs, and the eighths of an em behind the last -> what they are within a string."""

    def __init__(self, faces: _Faces) -> None:
        super().__init__()
        self._faces = faces

    def __missing__(self, key: tuple[Glyphs, int]) -> str:
        glyphs, eighths = key
        face, clusters = self._faces[glyphs.face], glyphs.clusters
        last = face.code(clusters[-1], eighths * 1000 // STEPS)
        if glyphs.spaced:
            text = face.encode(clusters[:-1]) + last
        else:
            text = _BACK.join([*(face.code(cluster) for cluster in clusters[:-1]), last])
        self[key] = text
        return text


class _Ends:
    """What stands before a move: its last glyphs, and how it is shown with so many eighths of an em behind it.

    There are no glyphs where nothing stands that could be wider.
    """

    __slots__ = ("glyphs", "shown")

    def __init__(self, part: Box | float) -> None:
        last = part.parts[-1] if isinstance(part, Box) and part.parts else None
        self.glyphs = last if isinstance(last, Glyphs) else None
        self.shown: dict[int, tuple[str, str]] = {}


class _Ways(dict["Box | float", str]):
    """Box -> how it is shown in lines of one home and size, from within a string of the home to within one."""

    def __init__(self, faces: _Faces, shown: _Shown, home: str, size: float) -> None:
        super().__init__()
        self._faces = faces
        self._shown = shown
        self._paths: dict[str, str] = {}
        self._home = home
        self._size = number(size, 4)
        self._ends: dict[Box | float, _Ends] = {}
        self._ways_home: dict[str, str] = {}
        self._rests: dict[Box | float, float] = {}
        self.rest = 0.0
        self.name = faces[home].name
        self.seams: list[str] = []

    def __missing__(self, part: Box | float) -> str:
        if not isinstance(part, Box):
            return _MOVE
        last = part.parts[-1] if part.parts else None
        glyphs, way_home = self._show(part, 0)
        text = self[part] = glyphs + (_BACK if isinstance(last, Glyphs) and not last.spaced else "") + way_home
        return text

    def move(self, parts: tuple[Box | float, ...], shown: list[str], spread: float) -> float:
        """Put the moves of a line behind the glyphs before them; the widest room that readers will see comes back."""
        widest = spread
        index = -1
        for _ in range(shown.count(_MOVE)):
            index = shown.index(_MOVE, index + 1)
            room = parts[index]
            if isinstance(room, Box):
                continue
            before = parts[index - 1] if index else room
            ends = self._ends.get(before)
            if ends is None:
                ends = self._ends[before] = _Ends(before)
            glyphs = ends.glyphs
            if glyphs is None or isinstance(before, float):  # it stands at the start, or behind another
                shown[index] = f"){-1000 * room:.2f}("
                widest = max(widest, room)
                continue
            behind = room + spread if glyphs.spaced else room
            eighths = round(behind * STEPS)
            if not 0 <= eighths <= MOST:
                eighths = self._faces.eighths(glyphs, behind)
            end = ends.shown.get(eighths)
            if end is None:
                end = ends.shown[eighths] = self._show(before, eighths)
            rest = behind - eighths / STEPS
            move = spread - rest  # spacing follows every glyph by itself
            shown[index - 1] = f"{end[0]}){1000 * move:.2f}({end[1]}" if abs(move) > _HAIR else end[0] + end[1]
            shown[index] = ""
            widest = max(widest, rest)
        return widest

    def rest_in(self, part: Box | float) -> float:
        """The widest room within a box that no wider glyph holds."""
        return self._rests.get(part, 0.0)

    def _show(self, box: Box, eighths: int) -> tuple[str, str]:
        """The box up to the end of its last glyph, with so many eighths of an em behind it, and the way home."""
        at = self._home
        out: list[str] = []
        parts = box.parts
        end = len(parts) - 1
        widest = held = 0.0
        for index, piece in enumerate(parts):
            if isinstance(piece, Glyphs):
                key, _, spaced = piece
                if key != at:
                    out.append(self._paths.get(key) or self._path(key))
                    at = key
                if index == end:
                    out.append(self._shown[piece, eighths])
                    continue
                following = parts[index + 1]
                wider = 0 if isinstance(following, Glyphs) else self._faces.eighths(piece, following)
                held = wider / STEPS
                out.append(self._shown[piece, wider] if spaced else self._shown[piece, wider] + _BACK)
                continue
            rest = piece - held
            held = 0.0
            if abs(rest) > _HAIR:
                out.append(f"){-1000 * rest:.2f}(")
                widest = max(widest, rest)
        if widest:
            self._rests[box] = widest
            self.rest = max(self.rest, widest)
        if at == self._home:
            return "".join(out), ""
        return "".join(out), self._ways_home.get(at) or self._way_home(at)

    def _path(self, key: str) -> str:
        """Out of a string in one face and into one in another."""
        path = self._paths[key] = f")]TJ/{self._faces[key].name} {self._size} Tf[("
        return path

    def _way_home(self, key: str) -> str:
        """From a face back to the home; what leads home and at once to the same face again is a seam.

        Each face has a number of blanks of its own in its way home, or its seams would fit other faces as well.
        """
        self._ways_home[key] = way = self._path(self._home).replace("[", " " * len(self.seams) + "[")
        self.seams.append(f"{way[1:-1]}(){self._path(key)[1:-1]}")
        return way


def _spread_out(line: TextLine) -> TextLine:
    """The same line without spacing: what it was is room behind every glyph, so that wider glyphs can hold it."""
    spread = line.spacing / line.size
    parts: list[Box | float] = []
    room = 0.0
    for part in line.parts:
        for piece in part.parts if isinstance(part, Box) else (part,):
            if not isinstance(piece, Glyphs):
                room += piece
                continue
            for glyphs in _apart(piece) if piece.spaced else (piece,):
                if abs(room) > _HAIR:
                    parts.append(room)
                parts.append(Box((glyphs,)))
                room = spread if piece.spaced else 0.0
    return replace(line, parts=tuple(parts), spacing=0.0)


def _apart(glyphs: Glyphs) -> tuple[Glyphs, ...]:
    """Each of the glyphs by itself, none of them taking the line's spacing."""
    return tuple(Glyphs(glyphs.face, (cluster,), spaced=False) for cluster in glyphs.clusters)


def glyph_runs(line: TextLine, fonts: FontSet) -> tuple[GlyphRun, ...]:
    """The same glyphs at the same places, run by run."""
    runs: list[GlyphRun] = []
    x = line.x
    for part in line.parts:
        for piece in part.parts if isinstance(part, Box) else (part,):
            if not isinstance(piece, Glyphs):
                x += piece * line.size
                continue
            spacing = line.spacing if piece.spaced else 0.0
            runs.append(
                GlyphRun(x, line.y, piece.face, line.size, piece.clusters, line.color, spacing, stroke=line.stroke)
            )
            advance = sum(map(fonts.face(piece.face).advance, piece.clusters))
            x += advance * line.size + len(piece.clusters) * spacing
    return tuple(runs)
