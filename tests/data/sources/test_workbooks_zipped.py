"""Workbooks of today: every cell comes back with its format, and what is odd about a sheet is told."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.grid import Grid
from digest.data.sources.workbooks import WorkbookReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.findings import Finding


def written(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, sheet: str = "") -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    with WorkbookReader() as reader:
        return reader.read(data, "t.xlsx", sheet)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, str(finding.place)) for finding in findings]


def sheet_of(cells: dict[str, object], **formats: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        page.title = "台账"
        for where, value in cells.items():
            page[where] = value
            if where in formats:
                page[where].number_format = formats[where]

    return written(fill)


# --- what a cell holds --------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"]), max_size=12)
VALUES = st.one_of(
    TEXTS.filter(lambda text: text and not text.startswith(("=", "#")) and "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False).map(
        lambda number: float(f"{number:.15g}")
    ),  # as programs keep them
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.booleans(),
    st.none(),
)


@settings(max_examples=40)  # openpyxl is slow
@given(st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_any_table_comes_back_cell_by_cell_with_its_formats(rows: list[list[object]]) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["表"])
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                cell = book.worksheets[0].cell(number, column, value)
                if isinstance(value, float):
                    cell.number_format = "0.00"

    (grid,), findings = read(written(fill))
    assert findings == ()
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            back = grid.value(row, column) if row < len(grid.rows) else None
            assert back == value
            assert isinstance(back, bool) == isinstance(value, bool)
            shown = "0.00" if isinstance(value, float) else "yyyy-mm-dd" if isinstance(value, date) else ""
            assert grid.formats.get((row, column), "") == shown
