"""Panels: a table too wide for the page goes on below with its next columns, the key columns repeated (续表).

Whether the sheet is turned instead is decided in `tables.py`; a table too wide even for that has panels as well.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.layout.table_places import cut_head, place_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.story.blocks import Table, TableRow


def cut_panels(table: Table, widths: Sequence[float], measure: float) -> tuple[Table, ...]:
    """Tables that together show all columns: the table itself if its columns, `widths` at least, fit the measure.

    Columns under one head stay together where the measure allows it, and panels are about equally wide.
    """
    keys = [n for n, column in enumerate(table.columns) if column.key] or [0]
    others = [n for n in range(len(table.columns)) if n not in keys]
    room = measure - sum(widths[n] for n in keys)
    if sum(widths) <= measure or len(others) < 2 or room <= 0:  # noqa: PLR2004 - one column cannot be divided
        return (table,)
    bundles = _bundles(table, others, widths, room)
    panels = _filled(bundles, widths, _evenest(bundles, widths, room))
    return tuple(_panel(table, sorted([*keys, *columns]), n) for n, columns in enumerate(panels))


def _bundles(table: Table, others: list[int], widths: Sequence[float], room: float) -> list[list[int]]:
    """Columns that should not be parted: those under one cell of the topmost level, unless they are too wide."""
    bundles: list[list[int]] = []
    for placed in place_head(table):
        if placed.top:
            continue
        columns = [n for n in range(placed.start, placed.end) if n in others]
        whole = sum(widths[n] for n in columns) <= room
        bundles += [columns] if whole and columns else [[n] for n in columns]
    return bundles


def _filled(bundles: list[list[int]], widths: Sequence[float], room: float) -> list[list[int]]:
    """Bundles put into panels one after the other, as many as each holds."""
    panels: list[list[int]] = []
    left = 0.0
    for bundle in bundles:
        width = sum(widths[n] for n in bundle)
        if not panels or width > left:
            panels.append([])
            left = room
        panels[-1] += bundle
        left -= width
    return panels


def _evenest(bundles: list[list[int]], widths: Sequence[float], room: float) -> float:
    """The narrowest room that needs no more panels than `room` does."""
    count = len(_filled(bundles, widths, room))
    low, high = 0.0, room
    for _ in range(12):
        middle = (low + high) / 2
        widest = max(sum(widths[n] for n in bundle) for bundle in bundles)
        if middle >= min(widest, room) and len(_filled(bundles, widths, middle)) <= count:
            high = middle
        else:
            low = middle
    return high


def _panel(table: Table, columns: list[int], n: int) -> Table:
    """The table with these columns only; anchors stay with the first panel."""
    return replace(
        table,
        columns=tuple(table.columns[column] for column in columns),
        rows=tuple(_narrowed(row, columns, first=n == 0) for row in table.rows),
        head=cut_head(table, columns),
        anchor="" if n else table.anchor,
    )


def _narrowed(row: TableRow, columns: list[int], *, first: bool) -> TableRow:
    cells = row.cells if row.group else tuple(row.cells[column] for column in columns)
    return replace(row, cells=cells, anchor=row.anchor if first else "")
