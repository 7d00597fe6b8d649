"""Workbooks made and read back for tests: what a sheet stores becomes a grid, as the readers of files hand it on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook

from digest.data.grid import Grid, Merge
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet


def grid_of(rows: Sequence[Sequence[object]], dress: Callable[[Worksheet], None] | None = None) -> Grid:
    """The grid of a workbook of these rows, saved and read again; `dress` merges, formats, hides and strikes first."""
    book = Workbook()
    made = book.active
    for row in rows:
        made.append(list(row))
    if dress:
        dress(made)
    data = io.BytesIO()
    book.save(data)
    sheet = load_workbook(io.BytesIO(data.getvalue()), data_only=True).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return Grid(
        Place("数据.xlsx", "Sheet1"),
        tuple(tuple(cell.value for cell in row) for row in sheet.iter_rows()),
        {(c.row - 1, c.column - 1): c.number_format for c in cells if c.number_format != "General"},
        tuple(Merge(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges),
        frozenset(number - 1 for number, row in sheet.row_dimensions.items() if row.hidden),
        frozenset(ord(name) - ord("A") for name, column in sheet.column_dimensions.items() if column.hidden),
        frozenset((c.row - 1, c.column - 1) for c in cells if getattr(c.font, "strike", None)),
        addressed=True,
    )
