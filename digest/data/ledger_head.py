"""The head of a ledger's table (台账表头): in which row it stands, and which column holds what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from digest.data.ledger_words import EITHER, TITLES, field_of, plain_title
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.data.grid import At, Grid
    from digest.data.ledger_words import Field


@dataclass(frozen=True, slots=True)
class Head:
    """Rows `first` to `last` of the grid are the head; `columns` says where each field stands, `titles` what each
    column is called.
    """

    first: int
    last: int
    columns: Mapping[Field, int]
    titles: Mapping[int, str] = field(default_factory=dict)

    def title(self, name: Field) -> str:
        """What the table calls that field."""
        return self.titles[self.columns[name]]


def origins(grid: Grid) -> dict[At, At]:
    """For every cell that a merge covers, the cell whose value it shows."""
    return {
        (row, column): (merge.top, merge.left)
        for merge in grid.merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }


def find_head(grid: Grid, own: Mapping[str, Field]) -> tuple[Head | None, tuple[Finding, ...]]:
    """The first row that names 问题 and something else of a ledger, with a second level below it where there is one.

    None where no row does. D311 one thing in two columns, or a title that may be one thing or another.
    """
    shared = origins(grid)
    for row in range(len(grid.rows)):
        if _names(grid, row, own):
            last = _last_level(grid, row, own, shared)
            titles = dict(_titles(grid, row, last, shared))
            columns, findings = _columns(grid, row, titles, own)
            if "problem" in columns:  # 问题 may have been the name of a group of columns, none of which is known
                return Head(row, last, columns, titles), findings
    return None, ()


def repeats(grid: Grid, row: int, head: Head) -> bool:
    """Whether that row is the head once more, as on every page of a printed table."""
    cells = [(column, plain_title(grid.value(row, column))) for column in range(len(grid.rows[row]))]
    filled = [(column, title) for column, title in cells if title]
    return len(filled) >= _FEWEST and all(head.titles.get(column) == title for column, title in filled)


def _names(grid: Grid, row: int, own: Mapping[str, Field]) -> bool:
    found = {field_of(str(value), own) for value in grid.rows[row] if isinstance(value, str)} - {None}
    return "problem" in found and len(found) >= _FEWEST


def _last_level(grid: Grid, row: int, own: Mapping[str, Field], shared: Mapping[At, At]) -> int:
    """The row of the lowest level: below 整改情况 may stand 措施, 进展 and 状态."""
    deepest = max((merge.bottom for merge in grid.merges if merge.top == row), default=row)
    if deepest > row:
        return min(deepest, row + _DEEPEST)
    below = row + 1
    if below >= len(grid.rows):
        return row
    named = {field_of(str(value), own) for value in grid.rows[below] if isinstance(value, str)} - {None}
    problem = next(c for c, value in enumerate(grid.rows[row]) if field_of(str(value or ""), own) == "problem")
    return below if named and not _text(grid, below, problem, shared) else row


def _titles(grid: Grid, first: int, last: int, shared: Mapping[At, At]) -> Iterator[tuple[int, str]]:
    """What every column is called: the lowest level that says something."""
    width = max(len(grid.rows[row]) for row in range(first, last + 1))
    for column in range(width):
        levels = (_text(grid, row, column, shared) for row in range(last, first - 1, -1))
        title = next(filter(None, levels), "")
        if title:
            yield column, title


def _columns(
    grid: Grid, row: int, titles: Mapping[int, str], own: Mapping[str, Field]
) -> tuple[dict[Field, int], tuple[Finding, ...]]:
    found: dict[Field, list[int]] = {}
    seen: list[Finding] = []
    for column, title in titles.items():
        name = field_of(title, own)
        if name:
            found.setdefault(name, []).append(column)
        elif title in EITHER:
            one, other = (TITLES[each][0] for each in EITHER[title])
            message = f"“{title}”是{one}还是{other}，看不出来，没有采用"
            hint = f'请在 columns 中写明，如 {one} = "{title}"'
            seen.append(Finding("D311", "warning", message, grid.place_of(row, column, title), title, hint))
    chosen: dict[Field, int] = {}
    for name, columns in found.items():
        ranked = sorted(columns, key=lambda column: _standing(name, titles[column], own))
        chosen[name] = ranked[0]
        for column in ranked[1:]:
            kept, passed = titles[ranked[0]], titles[column]
            message = f"“{kept}”和“{passed}”说的是同一项，采用“{kept}”"
            hint = f'要采用另一列，请在 columns 中写明，如 {TITLES[name][0]} = "{passed}"'
            seen.append(Finding("D311", "warning", message, grid.place_of(row, column, passed), passed, hint))
    return chosen, tuple(seen)


def _standing(name: Field, title: str, own: Mapping[str, Field]) -> int:
    if title in own:
        return -1
    return TITLES[name].index(title)


def _text(grid: Grid, row: int, column: int, shared: Mapping[At, At]) -> str:
    """A title; one over several columns is that of the first of them."""
    if shared.get((row, column), (row, column))[1] != column:
        return ""
    return plain_title(grid.value(*shared.get((row, column), (row, column))))


_FEWEST: Final = 2  # known titles that make a head
_DEEPEST: Final = 2  # rows below the first
