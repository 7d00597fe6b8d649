"""Cells: texts of a table set in their columns, equal ones together (单元格).

A long table has more cells than should be remembered: how many lines a cell takes is told without setting it where its
column is as wide as it, figures are set by their digits and forgotten, and of others only so many are remembered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

from digest.drawing import GlyphRun
from digest.layout.furniture import baseline
from digest.layout.galley import at
from digest.layout.lines import Line, set_line, set_lines
from digest.layout.table_columns import EASE, Ruler, pads
from digest.layout.table_figures import before_point
from digest.story.blocks import reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.drawing import Mark
    from digest.fonts import FontSet
    from digest.layout.table_columns import Need
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Align, Column, Table, Text

_TWO: Final = 2  # pages in a row that are named both
_SUMS_VOICE: Final = "hei"  # what names a sum
_FIGURE: Final = re.compile(r"[0-9][0-9.,]*%?", re.ASCII)  # no gap, no half white: as wide as its characters
_MOST_SHORT: Final = 4_000  # cells of one line remembered at once
_MOST_LONG: Final = 8_000  # cells of several lines; more of them are set again for their page


@dataclass(frozen=True, slots=True)
class Dress:
    """The typefaces of a table, the white in a row besides its lines, and the height of a head of one line."""

    text: Typeface
    digits: Typeface
    head: Typeface
    caption: Typeface
    note: Typeface
    slack: float
    head_height: float


def dress(table: Table, faces: Typefaces) -> Dress:
    """How a table of this kind is set."""
    if table.small:
        return Dress(faces.small, faces.small_digits, faces.small_head, faces.caption, faces.note, 4.4, 19.0)
    return Dress(faces.cell, faces.cell_digits, faces.cell_head, faces.caption, faces.note, 4.0, 20.0)


def face_of(column: Column, dress: Dress, *, sums: bool = False) -> Typeface:
    """A column of digits is set in the face whose digits are of equal width, words that name a sum in 黑体."""
    if column.digits or column.align == "decimal":
        return dress.digits
    if sums:
        return replace(dress.text, voices={**dress.text.voices, "body": _SUMS_VOICE})
    if column.voice == "body":
        return dress.text
    return replace(dress.text, voices={**dress.text.voices, "body": dress.text.voices[column.voice]})


def with_pages(text: Text, where: Mapping[str, tuple[int, ...]]) -> Text:
    """The text with the page numbers it asks for: `1、2、5`, and `2—4` for pages in a row."""
    if not any(run.pages_of for run in text):
        return text
    return tuple(
        replace(run, text="、".join(_in_a_row(where.get(run.pages_of, ())))) if run.pages_of else run for run in text
    )


def _in_a_row(pages: Sequence[int]) -> Iterator[str]:
    for _, group in groupby(enumerate(pages), lambda numbered: numbered[1] - numbered[0]):
        row = [str(page) for _, page in group]
        yield from (f"{row[0]}—{row[-1]}",) if len(row) > _TWO else row


@dataclass(frozen=True, slots=True)
class Cell:
    """A set cell: its lines, and the x at which each begins."""

    lines: tuple[Line, ...]
    xs: tuple[float, ...]

    @property
    def text(self) -> str:
        """What it reads as."""
        return "".join(line.text for line in self.lines)


class CellSetter:
    """Sets cells of one table whose first column begins at `left`; what was set is remembered by its text.

    `edges` are the places where columns begin, and the place where the last one ends.
    """

    def __init__(
        self,
        table: Table,
        dress: Dress,
        left: float,
        widths: Sequence[float],
        needs: Sequence[Need],
        fonts: FontSet,
    ) -> None:
        """Lay the columns side by side."""
        self.columns, self.dress, self.fonts = table.columns, dress, fonts
        self.edges = [left, *(left + end for end in accumulate(widths))]
        self.needs = needs
        self._ruler = Ruler(fonts)
        self._pads = pads(len(widths))
        self._faces = [(face_of(column, dress), face_of(column, dress, sums=True)) for column in table.columns]
        self._digits = Digits(fonts)
        self._short: dict[tuple[Text, int, bool], Cell] = {}
        self._long: dict[tuple[Text, int, bool], Cell] = {}
        rooms = (self.inner(n)[1] for n in range(len(widths)))
        self.turning = [n for n, room in enumerate(rooms) if needs[n].natural > room + EASE]
        """Columns in which some cell may take more than one line."""

    def inner(self, start: int, end: int | None = None) -> tuple[float, float]:
        """Left edge and width of what a cell over the columns [start, end) may fill."""
        end = start + 1 if end is None else end
        left = self.edges[start] + self._pads[start][0]
        return left, self.edges[end] - self._pads[end - 1][1] - left

    def height(self, text: Text, n: int, *, sums: bool = False) -> int:
        """How many lines the text takes in column n."""
        face = self._faces[n][sums]
        if self._ruler.width(text, face) <= self.inner(n)[1]:
            return 1
        return len(self.cell(text, n, sums=sums).lines)

    def cell(self, text: Text, n: int, *, sums: bool = False) -> Cell:
        """The text in the lines of column n."""
        if len(text) == 1 and _FIGURE.fullmatch(text[0].text):
            return self._set(text, n, sums=sums)  # figures are sooner set than found
        key = (text, n, sums)
        known = self._short.get(key) or self._long.get(key)
        if known is not None:
            return known
        cell = self._set(text, n, sums=sums)
        if len(cell.lines) > 1:
            if len(self._long) < _MOST_LONG:
                self._long[key] = cell
            return cell
        if len(self._short) >= _MOST_SHORT:
            self._short.clear()
        self._short[key] = cell
        return cell

    def marks(self, text: Text, n: int, top: float, *, sums: bool = False) -> tuple[Mark, ...]:
        """The lines of a cell, the first line box at `top`."""
        cell = self.cell(text, n, sums=sums)
        pitch = self.dress.text.leading
        return tuple(self.line_mark(cell, k, top + k * pitch) for k in range(len(cell.lines)))

    def line_mark(self, cell: Cell, k: int, top: float) -> Mark:
        """One line of a cell, its line box at `top`."""
        return at(cell.lines[k], cell.xs[k], top + baseline(self.dress.text))

    def _set(self, text: Text, n: int, *, sums: bool) -> Cell:
        if not reads(text):
            return Cell((), ())
        column = self.columns[n]
        face = self._faces[n][sums]
        left, room = self.inner(n)
        line = self._digits.line(text, face)
        point = before_point(reads(text)) if column.align == "decimal" else -1
        if point >= 0:
            line = line or set_line(text, face, self.fonts)
            if line.width <= room + 0.01:
                return Cell((line,), (self._on_point(text, point, line, n, face),))
        if line and line.width <= room:
            return Cell((line,), (aligned(line, column.align, left, room),))
        lines = set_lines(text, face, room, self.fonts, justify=False)
        return Cell(lines, tuple(aligned(line, column.align, left, room) for line in lines))

    def _on_point(self, text: Text, point: int, line: Line, n: int, face: Typeface) -> float:
        """Where a figure begins whose point stands under the others; the figures together stand in the middle."""
        left, room = self.inner(n)
        need = self.needs[n]
        before = sum(self._ruler.advances(text, face)[:point])
        x = left + (room - need.before - need.after) / 2 + need.before - before
        return min(max(x, left), left + room - line.width)


class Digits:
    """Sets figures of digits, points and commas. There are too many different ones to remember what became of each."""

    def __init__(self, fonts: FontSet) -> None:
        """Set with these faces."""
        self._voices = _Voices(fonts)

    def line(self, text: Text, face: Typeface) -> Line | None:
        """A figure on one line, as `set_line` would draw it; None for what is no such figure, or in several faces."""
        if len(text) != 1 or not _FIGURE.fullmatch(text[0].text):
            return None
        figure = text[0].text
        known = self._voices[face.voices[text[0].voice]]
        keys, advances = zip(*map(known.__getitem__, figure), strict=True)
        if keys.count(keys[0]) != len(keys):
            return None
        run = GlyphRun(0.0, 0.0, keys[0], face.size, figure, face.color, 0.0, (), face.stroke)
        return Line(sum(advances) * face.size, (run,), figure)


class _Voices(dict[str, "_Advances"]):
    """Voice -> what is known of its digits."""

    def __init__(self, fonts: FontSet) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, voice: str) -> _Advances:
        known = self[voice] = _Advances(voice, self._fonts)
        return known


class _Advances(dict[str, tuple[str, float]]):
    """Character -> its face in a voice, and its advance in em."""

    def __init__(self, voice: str, fonts: FontSet) -> None:
        super().__init__()
        self._voice, self._fonts = voice, fonts

    def __missing__(self, character: str) -> tuple[str, float]:
        key = self._fonts.choose(self._voice, character)
        known = self[character] = (key, self._fonts.face(key).advance(character))
        return known


def aligned(line: Line, align: Align, left: float, room: float) -> float:
    """Where a line begins that stands in a room in that way."""
    if align == "right":
        return left + room - line.width
    return left if align == "left" else left + (room - line.width) / 2
