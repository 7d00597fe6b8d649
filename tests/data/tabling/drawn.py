"""Grids drawn as rows of values, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest.data.grid import Grid
from digest.data.roster import Roster
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.tabling.figure_table import FigureTable
    from digest.findings import Finding

FOUR = Roster(("济南", "青岛", "淄博", "枣庄"), apart=("省直",), former={"莱芜": "济南"})


def sheet(*rows: Sequence[object], **more: Any) -> Grid:  # noqa: ANN401  whatever a grid has
    """A sheet of a workbook whose rows hold these values from column A on."""
    return Grid(Place("报表.xlsx", "Sheet1"), tuple(map(tuple, rows)), addressed=True, **more)


def csv(*rows: Sequence[object]) -> Grid:
    """The same as a text file, whose cells have no addresses."""
    return Grid(Place("报表.csv"), tuple(map(tuple, rows)), lines=tuple(range(1, len(rows) + 1)))


def columns(table: FigureTable) -> list[str]:
    """Each column in words: `资金 number 万元 2026-10 cumulative`."""
    return [
        " ".join(str(part) for part in (c.name, c.role, c.unit, c.period, c.reach, c.basis) if part)
        for c in table.columns
    ]


def rows(table: FigureTable) -> list[str]:
    """Each row in words: `member 济南 10 2`."""
    return [
        " ".join(filter(None, (row.role, row.member, row.merged, *(cell.text for cell in row.cells.values()))))
        for row in table.rows
    ]


def told(findings: Sequence[Finding]) -> list[str]:
    """Each finding in short: `warning D260 A4`."""
    return [f"{finding.severity} {finding.code} {finding.place.cell if finding.place else ''}" for finding in findings]
