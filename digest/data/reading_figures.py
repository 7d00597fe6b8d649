"""The cells of a table of figures read in the unit of their metric (读数): the quantity in print, or why there is none.

Codes: those of `cells.py` as warnings, D303 a unit that is not the metric's, D305 a fraction that is no share.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from digest.data.answers import Counted, Missing, Parts
from digest.data.cells import read_cell, read_column
from digest.data.metrics import one_of
from digest.data.refusal import Refusal
from digest.data.solid import in_scale, solid
from digest.data.tabling.figures import column_of
from digest.findings import Finding

if TYPE_CHECKING:
    from digest.data.answers import Answer
    from digest.data.book import Lack, Metric
    from digest.data.cells import CellKind
    from digest.data.metrics import TableSource
    from digest.data.quantity import Quantity
    from digest.data.tabling.figure_table import FigureCell, FigureColumn, FigureRow, FigureTable
    from digest.findings import Place


class Claimed(NamedTuple):
    """One number of a table: of which metric and column, in which row and the how many-th that is."""

    metric: Metric
    column: FigureColumn
    row: FigureRow
    at: int
    cell: FigureCell
    unit: str


@dataclass(slots=True)
class Reading:
    """A table while its cells are read; what is wrong with them goes to `findings`, once where it was `told`.

    `doubtful` are cells of which nobody knows what they mean: shares in two ways of writing.
    """

    table: FigureTable
    source: TableSource
    findings: list[Finding]
    told: set[tuple[str, str]]
    doubtful: set[Place] = field(default_factory=set)
    read: dict[tuple[int, CellKind, str], list[Answer | Refusal]] = field(default_factory=dict)

    def quantity(self, one: Claimed) -> tuple[Quantity | None, Lack, str]:
        """The quantity in the metric's scale, or why there is none; and the flag beside it."""
        own, column = one_of(one.metric.unit), one_of(one.unit or one.metric.unit)
        if own is None or column is None or column.unit != own.unit:
            self._wrong_unit(one)
            return None, "unread", ""
        if self.doubtful and one.cell.place in self.doubtful:
            return None, "unread", ""
        answer = self.answer(one, "quantity", one.unit or one.metric.unit)
        if isinstance(answer, Missing):
            return None, answer.why, answer.aside.flag
        if isinstance(answer, Parts) and not one.metric.is_share:
            message = f"“{one.cell.text}”是几分之几，“{one.metric.name}”要的是数量"
            self.findings.append(
                Finding("D305", "warning", message, one.cell.place, one.cell.text, "请写分子，分母另列")
            )
            return None, "unread", ""
        if isinstance(answer, Counted | Parts):
            return in_scale(solid(answer.quantity), own, column), "", answer.aside.flag
        return None, "unread", ""

    def answer(self, one: Claimed, kind: CellKind, unit: str) -> Answer | None:
        """What the cell says; None where it is not read, which is told."""
        if self.source.unit or self.source.metric in one.row.labels:  # each row may be of another unit
            read = read_cell(one.cell.text, kind, unit=unit, value=one.cell.value, number_format=one.cell.number_format)
        else:
            read = self._column(one.column.index, kind, unit)[one.at]
        if isinstance(read, Refusal):
            self.findings.append(replace(read.finding(one.cell.place), severity="warning"))
            return None
        for note in read.aside.notes:
            self.findings.append(replace(note, place=one.cell.place))
        return read

    def _column(self, index: int, kind: CellKind, unit: str) -> list[Answer | Refusal]:
        """What every cell of a column says, read when the first of them is asked for."""
        key = index, kind, unit
        if key not in self.read:
            self.read[key] = read_column(*column_of(self.table.rows, index), kind, unit=unit)
        return self.read[key]

    def _wrong_unit(self, one: Claimed) -> None:
        if ("D303", one.column.name) in self.told:
            return
        self.told.add(("D303", one.column.name))
        message = f"“{one.column.name}”的单位是“{one.unit}”，指标“{one.metric.name}”的单位是“{one.metric.unit}”"
        hint = "请改正表头或 digest.toml 中的单位"
        self.findings.append(Finding("D303", "warning", message, one.cell.place, one.unit, hint))
