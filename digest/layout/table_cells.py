"""Cells: texts of a table set in their columns, each different one once (单元格)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from digest.layout.furniture import baseline
from digest.layout.galley import at
from digest.layout.lines import Line, set_line, set_lines
from digest.layout.table_columns import Ruler, pads
from digest.layout.table_figures import before_point
from digest.story.blocks import reads

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.drawing import Mark
    from digest.fonts import FontSet
    from digest.layout.table_columns import Need
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Align, Column, Table, Text

_SUMS_VOICE: Final = "hei"  # what names a sum


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
    """The text with the page numbers it asks for."""
    if not any(run.pages_of for run in text):
        return text
    return tuple(
        replace(run, text="、".join(map(str, where.get(run.pages_of, ())))) if run.pages_of else run for run in text
    )


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
        self._cells: dict[tuple[Text, int, bool], Cell] = {}
        self._marks: dict[tuple[Text, int, bool, float], tuple[Mark, ...]] = {}

    def inner(self, start: int, end: int | None = None) -> tuple[float, float]:
        """Left edge and width of what a cell over the columns [start, end) may fill."""
        end = start + 1 if end is None else end
        left = self.edges[start] + self._pads[start][0]
        return left, self.edges[end] - self._pads[end - 1][1] - left

    def cell(self, text: Text, n: int, *, sums: bool = False) -> Cell:
        """The text in the lines of column n."""
        known = self._cells.get((text, n, sums))
        if known is None:
            known = self._cells[text, n, sums] = self._set(text, n, sums=sums)
        return known

    def marks(self, text: Text, n: int, top: float, *, sums: bool = False) -> tuple[Mark, ...]:
        """The lines of a cell, the first line box at `top`."""
        known = self._marks.get((text, n, sums, top))
        if known is None:
            cell = self.cell(text, n, sums=sums)
            known = tuple(self.line_mark(cell, k, top + k * self.dress.text.leading) for k in range(len(cell.lines)))
            self._marks[text, n, sums, top] = known
        return known

    def line_mark(self, cell: Cell, k: int, top: float) -> Mark:
        """One line of a cell, its line box at `top`."""
        return at(cell.lines[k], cell.xs[k], top + baseline(self.dress.text))

    def _set(self, text: Text, n: int, *, sums: bool) -> Cell:
        if not reads(text):
            return Cell((), ())
        column = self.columns[n]
        face = self._faces[n][sums]
        left, room = self.inner(n)
        point = before_point(reads(text)) if column.align == "decimal" else -1
        if point >= 0:
            line = set_line(text, face, self.fonts)
            if line.width <= room + 0.01:
                return Cell((line,), (self._on_point(text, point, line, n, face),))
        lines = set_lines(text, face, room, self.fonts, justify=False)
        return Cell(lines, tuple(aligned(line, column.align, left, room) for line in lines))

    def _on_point(self, text: Text, point: int, line: Line, n: int, face: Typeface) -> float:
        """Where a figure begins whose point stands under the others; the figures together stand in the middle."""
        left, room = self.inner(n)
        need = self.needs[n]
        before = sum(self._ruler.advances(text, face)[:point])
        x = left + (room - need.before - need.after) / 2 + need.before - before
        return min(max(x, left), left + room - line.width)


def aligned(line: Line, align: Align, left: float, room: float) -> float:
    """Where a line begins that stands in a room in that way."""
    if align == "right":
        return left + room - line.width
    return left if align == "left" else left + (room - line.width) / 2
