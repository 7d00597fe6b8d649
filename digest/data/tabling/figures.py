"""The figures of a table where they stand in their grid (取格): a cell is made of them when somebody asks for it.

Of a table of a hundred thousand numbers a few are told of one by one; the others are read a column at a time
(`read_column` in `data/cells.py`), for which nothing has to be made of each.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.tabling.display import displayed, displayed_alike
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
        cells = list(map(grid.rows.__getitem__, rows))
        try:
            values = list(map(itemgetter(index), cells))
        except IndexError:  # rows end with what they hold
            values = [row[index] if index < len(row) else None for row in cells]
        if missing:
            values = [None if (row, index) in missing else value for row, value in zip(rows, values, strict=True)]
        formats = (
            list(map(grid.formats.get, zip(rows, repeat(index)), repeat(""))) if grid.formats else [""] * len(rows)
        )
        return Column(_texts(values, formats), values, formats)


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
    held = [row.cells for row in rows]
    first = held[0] if held else None
    if isinstance(first, RowCells) and all(map(first.is_beside, held)):
        return first.figures.column(index, [row.index for row in rows])
    cells = [one.get(index, _BLANK) for one in held]
    return Column([cell.text for cell in cells], [cell.value for cell in cells], [cell.number_format for cell in cells])


def shown(value: object, number_format: str) -> str:
    """What a cell shows; a number or a text in no format of its own is seen at once."""
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


def _texts(values: Sequence[object], formats: Sequence[str]) -> list[str]:
    """What cells show; those of one format are told together."""
    kinds = set(formats)
    if len(kinds) <= 1:
        return displayed_alike(values, formats[0] if formats else "")
    texts = [""] * len(values)
    for number_format in kinds:
        places = [at for at, form in enumerate(formats) if form == number_format]
        for at, text in zip(places, displayed_alike([values[at] for at in places], number_format), strict=True):
            texts[at] = text
    return texts


_ONLY_DIGITS: Final = frozenset("-.0123456789")
_BLANK: Final = FigureCell("", None, "", Place(""))
