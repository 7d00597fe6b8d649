"""Set lines as text operators (ISO 32000-1, 9.4): what becomes of a glyph is remembered, a line is little but a join.

A line is shown in the face most of it is in, its home; a glyph that needs another face goes there and comes back. Room
behind a glyph is drawn as part of a wider glyph, white that a mark gives away as part of a narrower one, the nearest
there is; only what remains is a move. Readers that find blanks and words by their places (Poppler takes a tenth of an
em for a gap or an overlap, PDFium a sixth for a gap) then find none that are not there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import GlyphRun, Glyphs
from digest.fonts import is_han
from digest.layout.glyphs import INVISIBLE, glyph_of, placed, takes_spacing
from digest.pdf.syntax import number

if TYPE_CHECKING:
    from digest.drawing import Part, TextLine
    from digest.fonts import FontSet
    from digest.pdf.shelf import Shelf

STEPS: Final = 8
"""Glyphs are made wider and narrower by eighths of an em; the layout's gaps and half marks are such."""
MOST: Final = 8  # eighths; more than an em is no gap in a text
LIMIT: Final = 0.09
"""Em between two glyphs beyond which readers would see a blank."""

# Stands in for what differs from line to line in what is remembered; no code holds such a byte.
_BACK: Final = ")\x02("  # behind a glyph that does not take the line's spacing
_HAN: Final = re.compile("[一-鿿]")
_STRETCHES: Final = re.compile("[一-鿿]+|[^一-鿿]+")
_MOST_WORDS: Final = 100_000  # remembered of a voice; beyond that memory is worth more than time
_HAIR: Final = 5e-5  # em; less is nothing


class Lines:
    """Writes lines of text for one file."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is remembered yet."""
        self._shelf = shelf
        self._ways: dict[tuple[str, float], _Ways] = {}
        self._home = ""
        self.numbers = _Numbers()

    def write(self, line: TextLine, x: float, y: float) -> tuple[str, float, str]:
        """Name of the font that `line` begins and ends with, its spacing in points, and its operators at (x, y).

        The operators are empty when a glyph stands so far from the next that the line has to say what it reads as.
        """
        name, text = self._write(line, x, y)
        if text or not line.text:
            return name, line.spacing, text
        return name, 0.0, self._write(_spread_out(line), x, y)[1]

    def _write(self, line: TextLine, x: float, y: float) -> tuple[str, str]:
        """Name of the font and operators of a line that is drawn with its spacing; none when that is too wide."""
        home, size = self._home_of(line), line.size
        if not home:
            return "", ""
        ways = self._ways.get((home, size))
        if ways is None:
            ways = self._ways[home, size] = _Ways(self._shelf, home, size)
        self._home = home
        text, widest = ways.show(line, line.spacing / size)
        if widest >= LIMIT:
            return ways.name, ""
        numbers = self.numbers
        text = f"1 0 0 -1 {numbers[x]} {numbers[y]} Tm[({text})]TJ"
        return ways.name, ways.without_seams(text) if "()" in text else text

    def _home_of(self, line: TextLine) -> str:
        """The face of the first Han of a line; without any, that of the line before, or of the first glyph."""
        choose = self._shelf.fonts.choose
        for part in line.parts:
            if isinstance(part, str) and (han := _HAN.search(part)):
                return choose(line.voice, han.group())
        glyphs = placed(line, self._shelf.fonts)
        first = next(glyphs, None)
        return "" if first is None else self._home or first.face


class _Numbers(dict[float, str]):
    """Number -> how it is written; the places of lines come again on every page."""

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value)
        return text


class _Ways:
    """How glyphs are shown in lines of one home and size: from within a string of the home to within one."""

    def __init__(self, shelf: Shelf, home: str, size: float) -> None:
        """No other face is known yet."""
        self.shelf = shelf
        self.name = shelf.face(home).name
        self._home = home
        self._size = number(size, 4)
        self._paths: dict[str, tuple[str, str]] = {home: ("", "")}
        self._voices: dict[str, _Glyphs] = {}
        self.rest = 0.0  # the widest room behind a glyph shown so far that is no part of it
        self.seams: list[str] = []

    def show(self, line: TextLine, spread: float) -> tuple[str, float]:
        """A line within a string of the home, and the widest room in it that readers will see."""
        out: list[str] = []
        widest = spread
        own = self._glyphs(line.voice)
        glyphs, string = own, ""
        for part in line.parts:
            if isinstance(part, float):
                shown, rest = glyphs.with_room(string, part, spread)
                out.append(shown)
                widest = max(widest, rest)
                string = ""
                continue
            if string:
                out.append(glyphs.show(string))
            glyphs, string = (own, part) if isinstance(part, str) else (self._glyphs(part.voice), part.string)
        out.append(glyphs.show(string))
        text = "".join(out)
        if _BACK in text:
            text = text.replace(_BACK, f"){1000 * spread:.2f}(" if spread else "")
        if self.rest + spread >= LIMIT:
            widest = max(widest, spread + max(glyphs.widest(line) for glyphs in self._voices.values()))
        return text, widest

    def without_seams(self, text: str) -> str:
        """The same operators without ways home and at once to where they came from."""
        for seam in self.seams:
            text = text.replace(seam, "")
        return text.replace(")(", "").replace("()", " ").replace("[ ]TJ", "")

    def _glyphs(self, voice: str) -> _Glyphs:
        found = self._voices.get(voice)
        if found is None:
            found = self._voices[voice] = _Glyphs(self, voice)
        return found

    def paths(self, face: str) -> tuple[str, str]:
        """Out of a string of the home into one in a face, and back.

        What leads home and at once to the same face again is a seam. Each face has a number of blanks of its own in its
        way home, or its seams would fit other faces as well.
        """
        found = self._paths.get(face)
        if found is None:
            there = f")]TJ/{self.shelf.face(face).name} {self._size} Tf[("
            back = f")]TJ/{self.name} {self._size} Tf{' ' * len(self.seams)}[("
            found = self._paths[face] = there, back
            self.seams.append(f"{back[1:-1]}(){there[1:-1]}")
        return found


class _Glyphs(dict[int, str]):
    """Code point of a character of a glyph string -> how it is shown in one voice; made for `str.translate`."""

    def __init__(self, ways: _Ways, voice: str) -> None:
        super().__init__()
        self.ways = ways
        self._voice = voice
        self._fonts = ways.shelf.fonts
        self._wide: dict[tuple[str, int], tuple[str, str]] = {}
        self._traits = _Traits()
        self._rests: dict[str, float] = {}
        self._words = _Words(self)

    def show(self, string: str) -> str:
        """A glyph string from within a string of the home to within one."""
        return "".join(map(self._words.__getitem__, _STRETCHES.findall(string)))

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in INVISIBLE:
            self[code] = ""
            return ""
        room, spaced = self._traits[char]
        eighths = self._eighths(char, room, spaced=spaced)
        rest = room - eighths / STEPS
        if rest > _HAIR:
            self._rests[char] = rest
            self.ways.rest = max(self.ways.rest, rest)
        shown, way = self._show(char, eighths)
        moved = f"){-1000 * rest:.2f}(" if abs(rest) > _HAIR else ""
        text = self[code] = f"{shown}{moved}{'' if spaced else _BACK}{way}"
        return text

    def with_room(self, string: str, more: float, spread: float) -> tuple[str, float]:
        """Glyphs and more room behind them, in a wider glyph as far as it goes; what remains of it comes back."""
        last = string[-1:]
        if not last or last in INVISIBLE:
            return f"{self.show(string)}){-1000 * more:.2f}(", more
        room, spaced = self._traits[last]
        behind = room + more + spread if spaced else room + more
        eighths = round(behind * STEPS)
        if not 0 <= eighths <= MOST:
            eighths = self._eighths(last, behind, spaced=spaced)
        wide = self._wide.get((last, eighths))
        if wide is None:
            wide = self._wide[last, eighths] = self._show(last, eighths)
        rest = behind - eighths / STEPS
        move = spread - rest  # spacing follows every glyph by itself
        moved = f"){1000 * move:.2f}(" if abs(move) > _HAIR else ""
        return f"{self.show(string[:-1])}{wide[0]}{moved}{wide[1]}", rest

    def widest(self, line: TextLine) -> float:
        """The widest room behind a glyph of a line that is no part of it."""
        strings = (part if isinstance(part, str) else part.string for part in line.parts if not isinstance(part, float))
        return max((self._rests.get(char, 0.0) for string in strings for char in string), default=0.0)

    def _eighths(self, char: str, room: float, *, spaced: bool) -> int:
        """By how many eighths of an em a glyph is made wider to hold the room; some advance always remains.

        Only marks are made narrower: a Han character keeps its em, and a numeral its width, for whoever measures them.
        """
        eighths = round(room * STEPS)
        if eighths >= 0:
            return min(eighths, MOST)
        cluster = glyph_of(char).cluster
        if is_han(cluster) or not spaced:
            return 0
        advance = int(self._fonts.face(self._fonts.choose(self._voice, cluster)).advance(cluster) * STEPS)
        return min(max(eighths, -MOST, 1 - advance), 0)

    def _show(self, char: str, eighths: int) -> tuple[str, str]:
        """A glyph with so many eighths of an em behind it from within a string of the home, and the way home."""
        cluster, reads, _, advance, _ = glyph_of(char)
        key = self._fonts.choose(self._voice, cluster)
        face = self.ways.shelf.face(key)
        room = eighths * 1000 // STEPS
        if advance:
            room += round(1000 * (advance - face.face.advance(cluster)))
        there, back = self.ways.paths(key)
        return there + face.code(cluster, room, reads), back


class _Words(dict[str, str]):
    """Stretch of Han, or of all else -> how it is shown; the same come again and again."""

    def __init__(self, glyphs: _Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, string: str) -> str:
        if len(self) > _MOST_WORDS:
            self.clear()
        text = string.translate(self._glyphs)
        if "()" in text:
            for seam in self._glyphs.ways.seams:
                text = text.replace(seam, "")
        self[string] = text
        return text


class _Traits(dict[str, tuple[float, bool]]):
    """Character of a glyph string -> the room behind it in em, and whether it takes the line's spacing."""

    def __missing__(self, char: str) -> tuple[float, bool]:
        traits = self[char] = glyph_of(char).room, takes_spacing(char)
        return traits


def _spread_out(line: TextLine) -> TextLine:
    """The same line without spacing: what it was is room behind every glyph, so that wider glyphs can hold it."""
    spread = line.spacing / line.size
    parts: list[Part] = []
    room = 0.0
    for part in line.parts:
        if isinstance(part, float):
            room += part
            continue
        for char in part if isinstance(part, str) else part.string:
            if abs(room) > _HAIR:
                parts.append(room)
            parts.append(char if isinstance(part, str) else Glyphs(part.voice, char))
            room = spread if takes_spacing(char) else 0.0  # what always stands behind a glyph is its own
    return replace(line, parts=tuple(parts), spacing=0.0)


def glyph_runs(line: TextLine, fonts: FontSet) -> tuple[GlyphRun, ...]:
    """The same glyphs at the same places, run by run; a long dash is one glyph again."""
    runs: list[GlyphRun] = []
    end = 0.0
    for glyph, face, x, advance, spaced in placed(line, fonts):
        if glyph.reads != glyph.cluster and len(glyph.cluster) == 1:
            continue  # the blank half
        spacing = line.spacing if spaced else 0.0
        last = runs[-1] if runs else None
        if last and last.face == face and last.spacing == spacing and abs(end - x) < _HAIR * line.size:
            runs[-1] = replace(last, clusters=(*last.clusters, glyph.cluster))
        else:
            clusters = (glyph.cluster,)
            runs.append(GlyphRun(x, line.y, face, line.size, clusters, line.color, spacing, stroke=line.stroke))
        end = x + advance + spacing
    return tuple(runs)
