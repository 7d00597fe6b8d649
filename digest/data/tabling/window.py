"""Window: the part of a grid that a table is looked for in (取景): a range, without what is hidden or blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from digest.data.grid import Grid, column_name
from digest.data.tabling.display import displayed
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.data.grid import At, Merge


@dataclass(frozen=True, slots=True)
class Window:
    """`rows` and `columns` of the grid that are seen and hold something, in order.

    `anchors` tells of each cell that is covered by a merged one in which row and column that stands; `merges` are those
    that lie in the window.
    """

    grid: Grid
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    anchors: Mapping[At, At] = field(default_factory=dict)
    merges: tuple[Merge, ...] = ()

    def text(self, row: int, column: int) -> str:
        """What is shown there, without blanks at its ends; empty for what is covered by another cell."""
        return text_of(self.grid, row, column)

    def shown(self, row: int, column: int) -> str:
        """The same, of a covered cell what the merged cell shows."""
        return self.text(*self.anchors.get((row, column), (row, column)))

    def part(self, columns: Iterable[int]) -> Window:
        """The same with these columns only, and the rows that hold something in them."""
        chosen = tuple(columns)
        rows = tuple(row for row in self.rows if any(not blank(self.grid.value(row, column)) for column in chosen))
        return Window(self.grid, rows, chosen, self.anchors, self.merges)

    def filled(self, row: int) -> list[int]:
        """The columns that hold something in that row."""
        return [column for column in self.columns if not blank(self.grid.value(row, column))]

    @property
    def range(self) -> str:
        """Where it is: `A3:H21`."""
        return range_name(self.rows[0], self.columns[0], self.rows[-1], self.columns[-1])


def blank(value: object) -> bool:
    """Whether there is nothing to be seen."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def text_of(grid: Grid, row: int, column: int) -> str:
    """What a cell shows, without blanks at its ends."""
    return displayed(grid.value(row, column), grid.formats.get((row, column), "")).strip()


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """`A3:H21`, counted from 0."""
    return f"{column_name(left + 1)}{top + 1}:{column_name(right + 1)}{bottom + 1}"


def range_of(name: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right of `A3:H21` (one cell: `A3`), counted from 0; None where it is none."""
    match = _RANGE.fullmatch(name.strip().upper().replace("：", ":"))
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    first = (int(top) - 1, _number(left))
    last = (int(bottom) - 1, _number(right)) if right else first
    return (*first, *last) if first[0] <= last[0] and first[1] <= last[1] and first[0] >= 0 else None


def place_of_range(grid: Grid, name: str) -> Place:
    """A range as a place of the grid."""
    return Place(grid.place.file, grid.place.sheet, name)


def look(grid: Grid, area: tuple[int, int, int, int] | None) -> tuple[Window, tuple[Finding, ...]]:
    """What is seen of the grid or of an area of it, and a note of what is hidden and holds something."""
    width = max(map(len, grid.rows), default=0)
    top, left, bottom, right = area or (0, 0, len(grid.rows) - 1, width - 1)
    columns = [column for column in range(left, min(right + 1, width)) if column not in grid.hidden_columns]
    within = grid.rows[top : bottom + 1]
    rows: list[int] = []
    unseen: list[int] = []
    for index, cells in enumerate(within, top):
        if any(not blank(value) for value in cells[left : right + 1]):
            (unseen if index in grid.hidden_rows else rows).append(index)
    used = tuple(
        column
        for column in columns
        if any(column < len(cells) and not blank(cells[column]) for cells in (grid.rows[row] for row in rows))
    )
    if grid.hidden_columns:  # a row may hold something in those alone
        rows = [row for row in rows if any(not blank(grid.value(row, column)) for column in used)]
    merges = tuple(
        merge
        for merge in grid.merges
        if merge.top <= bottom and merge.bottom >= top and merge.left <= right and merge.right >= left
    )
    window = Window(grid, tuple(rows), used, _anchors(merges, set(rows), set(columns)), merges)
    return window, _hidden(grid, unseen, [column for column in sorted(grid.hidden_columns) if left <= column <= right])


def _anchors(merges: tuple[Merge, ...], rows: set[int], columns: set[int]) -> dict[At, At]:
    return {
        (row, column): (merge.top, merge.left)
        for merge in merges
        for row in (rows if merge.bottom - merge.top > len(rows) else range(merge.top, merge.bottom + 1))
        if merge.top <= row <= merge.bottom
        for column in (columns if merge.right - merge.left > len(columns) else range(merge.left, merge.right + 1))
        if merge.left <= column <= merge.right and (row, column) != (merge.top, merge.left)
    }


def _hidden(grid: Grid, rows: list[int], columns: list[int]) -> tuple[Finding, ...]:
    held = [
        column for column in columns if any(column < len(cells) and not blank(cells[column]) for cells in grid.rows)
    ]
    told = [f"第{_listed(str(row + 1) for row in rows)}行"] if rows else []
    told += [f"第{_listed(column_name(column + 1) for column in held)}列"] if held else []
    if not told:
        return ()
    message = f"隐藏的{'和'.join(told)}没有读取"
    return (Finding("D255", "note", message, grid.place, hint="要读取请先取消隐藏"),)


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return "、".join(found[:_MANY]) + (f"等{len(found)}" if len(found) > _MANY else "")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_MANY: Final = 10
