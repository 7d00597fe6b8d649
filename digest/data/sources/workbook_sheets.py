"""The sheets of a workbook one after another (工作表), however it is written: which of them, and within what limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.sources.workbook_choice import chosen
from digest.data.sources.workbook_sheet import MOST_CELLS, UnreadableError
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.data.sources.opened import Grids
    from digest.data.sources.workbook_choice import SheetName
    from digest.data.sources.workbook_sheet import SheetCells


def read_sheets(
    sheets: Sequence[SheetName],
    wanted: str,
    place: Place,
    read: Callable[[str, Place, int], SheetCells],
    *,
    first: bool,
) -> Grids:
    """The grids of the sheets that are `chosen`; empty ones only where one was asked for.

    `read` is handed the part a sheet is in, its place and how many cells there may still be; what it cannot read
    (UnreadableError) is told of, and the others are read all the same.
    """
    names, seen = chosen(sheets, wanted, place)
    findings, grids, left = list(seen), [], MOST_CELLS
    for sheet in names[:1] if first else names:
        where = Place(place.file, sheet.name)
        try:
            cells = read(sheet.part, where, left)
        except UnreadableError as error:
            findings.append(error.finding(where))
            continue
        left -= cells.area
        findings += cells.findings()
        if cells.height or wanted or first:
            grids.append(cells.grid())
    return tuple(grids), tuple(findings)
