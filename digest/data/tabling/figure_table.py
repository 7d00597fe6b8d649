"""A table of figures with its parts told apart (数据表): columns with units, rows with their role, notes.

Numbers are not read here: a cell keeps what is stored and shown, and `data/gather.py` reads it with the unit of
its metric.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.grid import Grid
    from digest.data.model import AsOf, Span
    from digest.data.over_time import Reach
    from digest.data.period import Period

ColumnRole = Literal["label", "number", "change", "target", "skipped"]
RowRole = Literal["member", "apart", "total", "subtotal", "mean", "of_which"]
"""A member of the roster (or any row, where there is no roster); one beside it (省直); 合计, 小计, 平均, 其中."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: `levels` are its titles from the top as they stand there, `name` what it measures without unit, time
    and basis (`投入资金`); `unit` from its title or from 单位：万元 above the table, empty where neither says.

    `period` and `reach` are what the head says of time (2026年10月, 累计), None where it says nothing; `basis` is 同比
    or 环比 in a column of changes.
    """

    index: int
    levels: tuple[str, ...]
    name: str
    role: ColumnRole
    unit: str = ""
    period: Period | None = None
    reach: Reach | None = None
    basis: Literal["", "同比", "环比"] = ""


class FigureCell(NamedTuple):
    """What is shown in a cell, what is stored, and the number format it is shown with.

    `where` is its place, or the grid with column and title of which, with `row`, the place is made when somebody asks:
    a hundred thousand cells are read and a few of them told of.
    """

    text: str
    value: object
    number_format: str
    where: Place | tuple[Grid, int, str]
    row: int = -1

    @property
    def place(self) -> Place:
        """Where it stands."""
        if isinstance(self.where, Place):
            return self.where
        grid, column, title = self.where
        return grid.place_of(self.row, column, title)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row: `labels` by the name of their column (merged ones filled in), `member` as the roster spells it.

    `cells` are those of the columns that are no labels, by the index of the column. `merged` is the former member that
    the row is of and that is declared to be part of `member` today: it is to be added to that.
    """

    index: int
    role: RowRole
    labels: Mapping[str, str]
    cells: Mapping[int, FigureCell]
    place: Place
    member: str = ""
    merged: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table of a sheet. `period` and `as_of` are what its title and notes say, None where they do not.

    `left_out` are rows that a finding tells of and that are not to be counted: of nobody the roster knows, without a
    label, twice of the same. `above` is everything that stands above the head, as it stands there. `header` and
    `cells` are where the head and the whole table stand: `A3:H4`.
    """

    place: Place
    columns: tuple[FigureColumn, ...] = ()
    rows: tuple[FigureRow, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()
    period: Period | Span | None = None
    as_of: AsOf | None = None
    left_out: tuple[FigureRow, ...] = ()
    above: tuple[str, ...] = ()
    header: str = ""
    cells: str = ""
