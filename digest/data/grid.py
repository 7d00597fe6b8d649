"""Grid: the cells of one sheet as they are stored and shown, before anything in it is understood (格子).

Every source hands one on, whatever it was: a CSV file, a sheet of a workbook, a data frame, the result of a query.
What it means is found in `tabling/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

At = tuple[int, int]
"""Row and column, counted from 0."""


class Merge(NamedTuple):
    """Cells that are one cell: its first and last row and column, all counted from 0 and all belonging to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of values: str, int, float, Decimal, bool, date, datetime, time, or None for an empty cell.

    Rows may be of unlike length. `formats` holds the number format of every cell whose format is not General, `struck`
    the cells that are struck through. `lines` are the lines of the file that the rows begin at, where it is a text
    (counted from 1), or the rows of a frame or a query, whose head is 0; `addressed` says that a cell is called B5, as
    in a workbook.
    """

    place: Place
    rows: tuple[tuple[object, ...], ...]
    formats: Mapping[At, str] = field(default_factory=lambda: _NOTHING)
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[At] = frozenset()
    lines: tuple[int, ...] = ()
    addressed: bool = False

    def value(self, row: int, column: int) -> object:
        """What is stored there; None beyond the end of a row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def place_of(self, row: int, column: int = -1, title: str = "") -> Place:
        """Where that cell stands, or the row where `column` is negative: `B5`; `第5行 › 资金` without addresses."""
        if self.addressed and column >= 0:
            return Place(self.place.file, self.place.sheet, f"{column_name(column + 1)}{row + 1}")
        number = self.lines[row] if self.lines else row + 1
        cell = f"第{number}行" if number else "列名"
        if column >= 0:
            cell += f" › {title or f'第{column + 1}列'}"
        return Place(self.place.file, self.place.sheet, cell)


def column_name(number: int) -> str:
    """The letters of a sheet's column: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_NOTHING: Final[Mapping[At, str]] = MappingProxyType({})
