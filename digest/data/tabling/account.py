"""Where every cell of a grid went (清点): in a table, in a finding, or in what is not to be read; else it was lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.data.tabling.window import blank, range_of, text_of
from digest.data.tabling.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.grid import At, Grid
    from digest.data.tabling.figure_table import FigureTable
    from digest.findings import Finding


def account(
    grid: Grid, tables: Sequence[FigureTable], findings: Iterable[Finding], *, cells: str = ""
) -> tuple[At, ...]:
    """The cells of a grid that hold something and that neither tables nor findings have; `cells` is the range chosen.

    An error says that a sheet is not read, so that nothing of it was lost without a word.
    """
    told = list(findings)
    if any(finding.severity == "error" for finding in told):
        return ()
    area = range_of(cells) if cells else None
    hidden = any(finding.code == "D255" for finding in told)
    texts = _texts(tables)
    taken = _of_tables(tables)
    places = _places(grid, told)
    quoted = _quoted(grid, told)
    lost: list[At] = []
    for row, stored in enumerate(grid.rows):
        for column, value in enumerate(stored):
            outside = area and not (area[0] <= row <= area[2] and area[1] <= column <= area[3])
            unseen = hidden and (row in grid.hidden_rows or column in grid.hidden_columns)
            if blank(value) or outside or unseen or (row, column) in places or (row, -1) in places:
                continue
            text = plain(text_of(grid, row, column))
            if (row, text) in quoted:
                continue
            if not _is_there(taken, texts, (row, column), value, text):
                lost.append((row, column))
    return tuple(lost)


_Taken = dict[tuple[int, int], tuple[object, ...]]


def _of_tables(tables: Iterable[FigureTable]) -> _Taken:
    """What the rows of the tables hold, by cell: what was stored, or for labels what was shown."""
    taken: _Taken = {}
    for table in tables:
        for row in (*table.rows, *table.left_out):
            for index, cell in row.cells.items():
                taken[row.index, index] = ("stored", cell.value)
            for column in table.columns:
                if column.role == "label" and column.name in row.labels:
                    taken[row.index, column.index] = ("shown", plain(row.labels[column.name]))
                elif column.role == "skipped":
                    taken[row.index, column.index] = ("skipped",)
    return taken


def _texts(tables: Iterable[FigureTable]) -> dict[int, str]:
    """What stands above and below a table (-1) and over each of its columns, as one text each."""
    texts: dict[int, str] = {}
    for table in tables:
        texts[-1] = texts.get(-1, "") + "\n".join(map(plain, (*table.above, *table.notes)))
        for column in table.columns:
            texts[column.index] = texts.get(column.index, "") + "\n".join(map(plain, column.levels))
    return texts


def _is_there(taken: _Taken, texts: dict[int, str], at: At, value: object, text: str) -> bool:
    found = taken.get(at)
    if found is None:
        return text in texts.get(-1, "") or text in texts.get(at[1], "")
    match found:
        case ("stored", stored):
            return stored is value or (type(stored) is type(value) and stored == value)
        case ("shown", shown):
            return shown == text
        case _:
            return True


def _quoted(grid: Grid, findings: Iterable[Finding]) -> set[tuple[int, str]]:
    """What findings quote of a row, where a cell has no address and its column is called by its title."""
    return {
        (_row(grid, line["row"]), plain(finding.value))
        for finding in findings
        if finding.place and finding.value and (line := _ROW.match(finding.place.cell))
    }


def _row(grid: Grid, number: str) -> int:
    line = int(number)
    return grid.lines.index(line) if line in grid.lines else line - 1


def _places(grid: Grid, findings: Iterable[Finding]) -> set[At]:
    """The cells that findings tell of; a row as a whole with column -1."""
    places: set[At] = set()
    for finding in findings:
        name = finding.place.cell if finding.place else ""
        area = range_of(name)
        line = _ROW.match(name)
        if area:
            places |= {(row, column) for row in range(area[0], area[2] + 1) for column in range(area[1], area[3] + 1)}
            if finding.code in _WHOLE_COLUMN:
                places |= {(row, area[1]) for row in range(len(grid.rows))}
        elif line:
            row = _row(grid, line["row"])
            column = _COLUMN.search(name)
            if not column and finding.code in _WHOLE_ROW:
                places.add((row, -1))
            elif column:
                at = int(column["column"]) - 1
                whole = range(len(grid.rows)) if finding.code in _WHOLE_COLUMN else (row,)
                places |= {(other, at) for other in whole}
    return places


_ROW: Final = re.compile("第(?P<row>[0-9]+)行")
_COLUMN: Final = re.compile("第(?P<column>[0-9]+)列$")
_WHOLE_ROW: Final = frozenset(("D258", "D268"))
_WHOLE_COLUMN: Final = frozenset(("D267",))
