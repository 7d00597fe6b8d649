"""Places of head cells: levels of cells, merged over columns and levels (多级表头)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.story.blocks import HeadCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.story.blocks import Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A head cell at its place: columns [`start`, `end`), levels [`top`, `bottom`)."""

    cell: HeadCell
    start: int
    end: int
    top: int
    bottom: int


def place_head(table: Table) -> tuple[Placed, ...]:
    """The cells of a head at their places, level by level.

    Raises ValueError when they do not fill the columns and levels exactly.
    """
    levels = table.head or (tuple(HeadCell(column.title) for column in table.columns),)
    free = [[True] * len(table.columns) for _ in levels]
    placed: list[Placed] = []
    for top, cells in enumerate(levels):
        for cell in cells:
            start = next((n for n, is_free in enumerate(free[top]) if is_free), len(table.columns))
            found = Placed(cell, start, start + cell.across, top, top + cell.down)
            _take(found, free)
            placed.append(found)
    if any(any(level) for level in free):
        raise ValueError(f"the head of table {table.caption.text!r} leaves places empty")
    return tuple(placed)


def _take(placed: Placed, free: list[list[bool]]) -> None:
    """Mark the places of a cell as taken."""
    cell = placed.cell
    inside = min(cell.across, cell.down) > 0 and placed.bottom <= len(free) and placed.end <= len(free[0])
    if not inside or not all(all(level[placed.start : placed.end]) for level in free[placed.top : placed.bottom]):
        raise ValueError(f"head cell {cell.title!r} has no place among the columns")
    for level in free[placed.top : placed.bottom]:
        level[placed.start : placed.end] = [False] * cell.across


def cut_head(table: Table, columns: Sequence[int]) -> tuple[tuple[HeadCell, ...], ...]:
    """The head over some of the columns only: what spans a cut stands on both sides of it."""
    if not table.head:
        return ()
    levels: list[list[HeadCell]] = [[] for _ in table.head]
    for placed in sorted(place_head(table), key=lambda placed: (placed.top, placed.start)):
        kept = [n for n, column in enumerate(columns) if placed.start <= column < placed.end]
        cell = placed.cell
        while kept:
            across = next((n for n in range(1, len(kept)) if kept[n] != kept[0] + n), len(kept))
            levels[placed.top].append(HeadCell(cell.title, across, cell.down, cell.corner))
            kept = kept[across:]
    return tuple(map(tuple, levels))
