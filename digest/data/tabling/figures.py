"""The figures of a table where they stand in their grid (取格): a cell is made of them when somebody asks for it.

Of a table of a hundred thousand numbers a few are told of one by one; the others are read a column at a time
(`read_column` in `data/cells.py`), for which nothing has to be made of each.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.tabling.display import displayed
from digest.data.tabling.figure_table import FigureCell
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.grid import At, Grid
    from digest.data.tabling.figure_table import FigureRow


class Column(NamedTuple):
    """The cells of a column, row by row: what they show, what is stored in them, their number formats."""

    texts: list[str]
    values: list[object]
    formats: list[str]


class Figures(NamedTuple):
    """What the cells of all rows share: the grid, the titles of the columns of figures by their index in it, and the
    cells whose number is not to be read.
    """

    grid: Grid
    titles: Mapping[int, str]
    missing: Mapping[At, str]

    def cell(self, row: int, index: int) -> FigureCell:
        """The figure in that row and column of the grid."""
        number_format = self.grid.formats.get((row, index), "")
        value = self.grid.value(row, index) if (row, index) not in self.missing else None
        return FigureCell(
            shown(value, number_format), value, number_format, (self.grid, index, self.titles[index]), row
        )

    def column(self, index: int, rows: Sequence[int]) -> Column:
        """The figures of these rows in that column of the grid."""
        grid, missing = self.grid, self.missing
        values = [cells[index] if index < len(cells) else None for cells in map(grid.rows.__getitem__, rows)]
        if missing:
            values = [None if (row, index) in missing else value for row, value in zip(rows, values, strict=True)]
        if not grid.formats:
            return Column(_texts(values), values, [""] * len(values))
        formats = [grid.formats.get((row, index), "") for row in rows]
        if not any(formats):
            return Column(_texts(values), values, formats)
        return Column(list(map(shown, values, formats)), values, formats)


class RowCells(Mapping[int, FigureCell]):
    """The figures of one row by the index of their column, each made when it is asked for."""

    __slots__ = ("figures", "row")

    def __init__(self, figures: Figures, row: int) -> None:
        """Those in that row of the grid."""
        self.figures, self.row = figures, row

    def __getitem__(self, index: int) -> FigureCell:
        """The figure in that column of the grid; KeyError for a column of labels."""
        if index not in self.figures.titles:
            raise KeyError(index)
        return self.figures.cell(self.row, index)

    def __iter__(self) -> Iterator[int]:
        """The columns of figures, from the left."""
        return iter(self.figures.titles)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.figures.titles)

    def __contains__(self, index: object) -> bool:
        """Whether that column is one of figures."""
        return index in self.figures.titles

    def __repr__(self) -> str:
        """As the cells it stands for."""
        return repr(self._made())

    def items(self) -> ItemsView[int, FigureCell]:
        """All of them, made at once."""
        return self._made().items()

    def values(self) -> ValuesView[FigureCell]:
        """The same without their columns."""
        return self._made().values()

    def is_beside(self, cells: object) -> bool:
        """Whether these are of the same table."""
        return type(cells) is RowCells and cells.figures is self.figures

    def _made(self) -> dict[int, FigureCell]:
        return {index: self.figures.cell(self.row, index) for index in self.figures.titles}


def column_of(rows: Sequence[FigureRow], index: int) -> Column:
    """The figures of rows in a column; blank where a row has none."""
    first = rows[0].cells if rows else None
    if isinstance(first, RowCells) and all(first.is_beside(row.cells) for row in rows):
        return first.figures.column(index, [row.index for row in rows])
    cells = [row.cells.get(index, _BLANK) for row in rows]
    return Column([cell.text for cell in cells], [cell.value for cell in cells], [cell.number_format for cell in cells])


def shown(value: object, number_format: str) -> str:
    """What a cell shows; a whole number or a text in no format of its own is seen at once."""
    if isinstance(value, str):
        return value
    if not number_format:
        if type(value) is int:
            return str(value)
        if type(value) is float:
            text = format(value, ".15g")
            if _ONLY_DIGITS.issuperset(text):
                return text
    return displayed(value, number_format)


def _texts(values: list[object]) -> list[str]:
    """What cells without a number format show."""
    kinds = set(map(type, values))
    if kinds <= {int, str}:
        return list(map(str, values))
    if kinds <= {int, float}:
        texts = [str(value) if type(value) is int else format(value, ".15g") for value in values]
        joined = "".join(texts)
        if "e" not in joined and "n" not in joined:  # no exponent, nan or inf
            return texts
    return [shown(value, "") for value in values]


_BLANK: Final = FigureCell("", None, "", Place(""))
_ONLY_DIGITS: Final = frozenset("-.0123456789")
