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
    from collections.abc import Iterable

    from digest.drawing import Part, TextLine
    from digest.fonts import FontSet
    from digest.pdf.shelf import Shelf

STEPS: Final = 8
"""Glyphs are made wider and narrower by eighths of an em; the layout's gaps and half marks are such."""
MOST: Final = 8  # eighths; more than an em is no gap in a text
LIMIT: Final = 0.09
"""Em between two glyphs beyond which readers would see a blank."""

# Stand in for what differs from line to line; no code holds such a character.
_BACK: Final = "\x00"  # behind a glyph that does not take the line's spacing: what is undone of it
_FIRST_MARK: Final = 1  # from here on two for every face: out of a string of the home into one in it, and back
_UNKNOWN: Final = "\xff"  # what was never shown; all else is ASCII
_HAN: Final = re.compile("[一-鿿]")
_HAIR: Final = 5e-5  # em; less is nothing


class Lines:
    """Writes lines of text for one file."""

    def __init__(self, shelf: Shelf) -> None:
        """Nothing is remembered yet."""
        self._shelf = shelf
        self._homes: dict[str, _Home] = {}
        self.numbers = _Numbers()

    def write(self, line: TextLine, x: float, y: float) -> tuple[str, float, str]:
        """Name of the font that `line` begins and ends with, its spacing in points, and its operators at (x, y).

        The operators are empty when a glyph stands so far from the next that the line has to say what it reads as.
        """
        home = self._homes.get(line.voice)
        if home is None:
            face = _home_of(line, self._shelf.fonts)
            if not face:
                return "", line.spacing, ""
            home = self._homes[line.voice] = _Home(self._shelf, line.voice, face)
        spacing, shown = line.spacing, home.show(line)
        if not shown and line.text:
            spacing, shown = 0.0, home.show(_spread_out(line))
        return home.name, spacing, f"1 0 0 -1 {self.numbers[x]} {self.numbers[y]} Tm{shown}" if shown else ""


def _home_of(line: TextLine, fonts: FontSet) -> str:
    """The face of the first Han of a line in its voice, else of its first glyph."""
    for part in line.parts:
        if isinstance(part, str) and (han := _HAN.search(part)):
            return fonts.choose(line.voice, han.group())
    return next((glyph.face for glyph in placed(line, fonts)), "")


class _Numbers(dict[float, str]):
    """Number -> how it is written; the places of lines come again on every page."""

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value)
        return text


class _Home:
    """How lines of one voice are shown: from within a string in their home to within one."""

    def __init__(self, shelf: Shelf, voice: str, face: str) -> None:
        """No other face is known yet."""
        self.shelf = shelf
        self.name = shelf.face(face).name
        self.rest = 0.0  # the widest room behind a glyph shown so far that is no part of it
        self._marks: dict[str, tuple[str, str]] = {face: ("", "")}
        self._ways: dict[float, list[tuple[str, str, str, str]]] = {}
        self._own = _Glyphs(self, voice)
        self._others: dict[str, _Glyphs] = {}

    def show(self, line: TextLine) -> str:
        """The operators of a line that is drawn with its spacing; none when readers would see a blank in it."""
        size = line.size
        spread = line.spacing / size
        if len(line.parts) == 1 and isinstance(line.parts[0], str):
            text, widest = self._own.show(line.parts[0]), spread
        else:
            text, widest = self._join(line.parts, spread)
        if self.rest + spread >= LIMIT:
            widest = max(widest, spread + max(glyphs.widest(line) for glyphs in (self._own, *self._others.values())))
        if not text or widest >= LIMIT:
            return ""
        text = text.replace(_BACK, f"){1000 * spread:.2f}(" if spread else "")
        ways = self._ways.get(size)
        for there, back, way, way_back in self._ways_at(size) if ways is None else ways:
            if there in text:
                text = text.replace(back + there, "").replace(there, way).replace(back, way_back)
        text = f"[({text})]TJ"
        return text.replace("[()]TJ", "").replace("()", " ") if "()" in text else text

    def _join(self, parts: Iterable[Part], spread: float) -> tuple[str, float]:
        """The glyphs of a line, and the widest room between them that readers will see."""
        out: list[str] = []
        widest = spread
        glyphs, string = self._own, ""
        for part in parts:
            if isinstance(part, float):
                shown, rest = glyphs.show_with_room(string, part, spread)
                widest = max(widest, rest)
                out.append(shown)
                string = ""
                continue
            if string:
                out.append(glyphs.show(string))
            glyphs, string = (self._own, part) if isinstance(part, str) else (self._other(part.voice), part.string)
        if string:
            out.append(glyphs.show(string))
        return "".join(out), widest

    def _other(self, voice: str) -> _Glyphs:
        found = self._others.get(voice)
        if found is None:
            found = self._others[voice] = _Glyphs(self, voice)
        return found

    def marks(self, face: str) -> tuple[str, str]:
        """What stands in for the way out of a string of the home into one in a face, and for the way back.

        What leads back from a face and at once to it again is a seam; back from another it is none.
        """
        found = self._marks.get(face)
        if found is None:
            mark = _FIRST_MARK + 2 * len(self._marks)
            found = self._marks[face] = chr(mark), chr(mark + 1)
            self._ways.clear()
        return found

    def _ways_at(self, size: float) -> list[tuple[str, str, str, str]]:
        """The marks of every other face, and the ways in that size which they stand for."""
        digits = number(size, 4)
        back = f")]TJ/{self.name} {digits} Tf[("
        found = self._ways[size] = [
            (*marks, f")]TJ/{self.shelf.face(face).name} {digits} Tf[(", back)
            for face, marks in self._marks.items()
            if all(marks)
        ]
        return found


class _Glyphs:
    """How the characters of glyph strings are shown in one voice, from within a string of the home to within one."""

    def __init__(self, home: _Home, voice: str) -> None:
        """No character is known yet."""
        self._home = home
        self._voice = voice
        self._fonts = home.shelf.fonts
        self._codes = dict.fromkeys(range(0x80), _UNKNOWN)  # a plain dictionary: `translate` asks no other as fast
        self._known: set[str] = set()
        self._wide: dict[tuple[str, int], tuple[str, str]] = {}
        self._traits: dict[str, tuple[float, bool, int]] = {}
        self._rests: dict[str, float] = {}

    def show(self, string: str) -> str:
        """A glyph string."""
        text = string.translate(self._codes)
        if text.isascii():
            return text
        for char in string:
            if char not in self._known:
                self._learn(char)
        return string.translate(self._codes)

    def _learn(self, char: str) -> None:
        """Find out how a character is shown."""
        self._known.add(char)
        if char in INVISIBLE:
            self._codes[ord(char)] = ""
            return
        room, spaced, least = self._traits_of(char)
        eighths = min(max(round(room * STEPS), least), MOST)
        rest = room - eighths / STEPS
        if rest > _HAIR:
            self._rests[char] = rest
            self._home.rest = max(self._home.rest, rest)
        shown, back = self._show(char, eighths)
        moved = f"){-1000 * rest:.2f}(" if abs(rest) > _HAIR else ""
        self._codes[ord(char)] = f"{shown}{moved}{'' if spaced else _BACK}{back}"

    def show_with_room(self, string: str, more: float, spread: float) -> tuple[str, float]:
        """A glyph string and more room behind it, in a wider glyph as far as it goes; what remains of it comes back."""
        last = string[-1:]
        if not last or last in INVISIBLE:
            return f"{self.show(string)}){-1000 * more:.2f}(", more
        room, spaced, least = self._traits.get(last) or self._traits_of(last)
        behind = room + more + spread if spaced else room + more
        eighths = min(max(round(behind * STEPS), least), MOST)
        shown, back = self._wide.get((last, eighths)) or self._show(last, eighths)
        rest = behind - eighths / STEPS
        move = spread - rest  # spacing follows every glyph by itself
        moved = f"){1000 * move:.2f}(" if abs(move) > _HAIR else ""
        return f"{self.show(string[:-1])}{shown}{moved}{back}", rest

    def widest(self, line: TextLine) -> float:
        """The widest room behind a glyph of a line that is no part of it."""
        strings = (part if isinstance(part, str) else part.string for part in line.parts if not isinstance(part, float))
        return max((self._rests.get(char, 0.0) for string in strings for char in string), default=0.0)

    def _traits_of(self, char: str) -> tuple[float, bool, int]:
        """The room behind a glyph in em, whether it takes the line's spacing, and the fewest eighths of an em by which
        it is made wider.

        Only marks are made narrower, by a negative number of them, and some advance always remains: a Han character
        keeps its em, and a numeral its width, for whoever measures them.
        """
        glyph, spaced, least = glyph_of(char), takes_spacing(char), 0
        if spaced and not is_han(glyph.cluster):
            face = self._fonts.face(self._fonts.choose(self._voice, glyph.cluster))
            least = min(max(-MOST, 1 - int(face.advance(glyph.cluster) * STEPS)), 0)
        traits = self._traits[char] = glyph.room, spaced, least
        return traits

    def _show(self, char: str, eighths: int) -> tuple[str, str]:
        """A glyph with so many eighths of an em behind it, and the way home."""
        cluster, reads, _, advance, _ = glyph_of(char)
        key = self._fonts.choose(self._voice, cluster)
        face = self._home.shelf.face(key)
        room = eighths * 1000 // STEPS
        if advance:
            room += round(1000 * (advance - face.face.advance(cluster)))
        there, back = self._home.marks(key)
        found = self._wide[char, eighths] = there + face.code(cluster, room, reads), back
        return found


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
    return line._replace(parts=tuple(parts), spacing=0.0)


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
