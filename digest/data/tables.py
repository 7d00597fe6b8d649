"""Tables of texts as offices keep them, every cell with its place: CSV files, sheets of a workbook, data frames.

Nothing is guessed and nothing is changed silently: what a program turned into a date or a decimal is a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from digest.data.sources.frames import read_frame
from digest.data.sources.magic import true_type
from digest.data.sources.texts import decode, read_text
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from pandas import DataFrame

    from digest.data.grid import Grid

__all__ = ["Cell", "Found", "Row", "Table", "decode", "read_table", "strange_characters", "table_of_frame"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and where it stands. `number` says that the workbook holds a whole number here, not a text."""

    text: str
    place: Place
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column title; `place` names the row."""

    cells: dict[str, Cell]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under column titles."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    place: Place = field(default_factory=lambda: Place(""))


Found = tuple[Table, tuple[Finding, ...]]


def read_table(path: Path, shown: str, sheet: str = "") -> Found:
    """The table in a .csv file or on a sheet of an .xlsx workbook (the first where none is named), and what was seen.

    `shown` is the file's name as a person knows it. Codes D109, D120 to D138; nothing is raised for what a file holds.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return Table(), (Finding("D109", "error", f"文件不能读取（{error.strerror}）", Place(shown)),)
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        return _read_workbook(data, shown, sheet)
    return _read_csv(data, shown)


def table_of_frame(frame: DataFrame, shown: str = "数据框") -> Found:
    """The same of a pandas DataFrame whose columns are the titles; missing values are empty cells."""
    grids, seen = read_frame(frame, shown)
    return _of_grid(grids[0], seen) if grids else (Table(place=Place(shown)), seen)


# --- CSV --------------------------------------------------------------------------------------------


def strange_characters(text: str, place: Place) -> Iterator[Finding]:
    """D124 for each control character in `text`; where `place` has no cell the line is told."""
    for match in _STRANGE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        where = place if place.cell else Place(place.file, place.sheet, f"第{line}行")
        code = f"U+{ord(match.group()):04X}"
        yield Finding("D124", "error", f"含有控制字符{code}", where, value=code, hint="请删除该字符后重新保存")


def _read_csv(data: bytes, shown: str) -> Found:
    place = Place(shown)
    kind = true_type(data)
    if kind:
        return Table(), (Finding("D130", "error", f"文件名是表格文本，内容却是{kind}", place, hint="请另存为CSV"),)
    grids, seen = read_text(data, shown)
    return _of_grid(grids[0], seen) if grids else (Table(place=place), seen)


def _of_grid(grid: Grid, seen: tuple[Finding, ...]) -> Found:
    rows = [["" if value is None else value for value in row] for row in grid.rows]
    place_of = lambda row, column, title: grid.place_of(row - 1, column - 1, title)  # noqa: E731  as short as the call
    table, faults = _tabulate(rows, grid.place, place_of)
    return table, (*seen, *faults)


# --- workbooks --------------------------------------------------------------------------------------


def _read_workbook(data: bytes, shown: str, sheet: str) -> Found:
    kind = true_type(data)
    if kind != "压缩包":
        code, hint = ("D131", "请取消密码后重新保存") if "加密" in kind else ("D130", "请用WPS或Excel另存为.xlsx")
        what = kind or ("纯文本" if data else "空文件")
        return Table(), (Finding(code, "error", f"不是.xlsx工作簿，内容是{what}", Place(shown), hint=hint),)
    from digest.data.sources.workbooks import read_workbook  # noqa: PLC0415  most keep their facts in a text file

    grids, findings = read_workbook(data, shown, sheet, first=True)
    seen = tuple(replace(finding, severity="error") if finding.code in _FATAL else finding for finding in findings)
    if not grids:
        return Table(), seen
    grid = grids[0]
    lost = {finding.place for finding in seen if finding.code == "D134"}  # they were told, and are not told again
    width = max(map(len, grid.rows), default=0)
    rows = [list(values) + [None] * (width - len(values)) for values in grid.rows]
    told = [
        ["" if value is None or (lost and grid.place_of(row, column) in lost) else value for column, value in cells]
        for row, cells in enumerate(map(enumerate, rows))
    ]

    def place(row: int, column: int, title: str) -> Place:
        return grid.place_of(row - 1, column - 1) if title or column else Place(shown, grid.place.sheet, f"第{row}行")

    table, faults = _tabulate(told, grid.place, place)
    return table, (*seen, *faults)


# --- from a grid to a table -------------------------------------------------------------------------


def _tabulate(grid: Iterable[Sequence[object]], place: Place, place_of: Callable[[int, int, str], Place]) -> Found:
    """Rows under the titles of the first row that holds anything. `place_of` takes row, column (from 1) and title."""
    rows = [(number, row) for number, row in enumerate(grid, 1) if any(_text(value) for value in row)]
    if not rows:
        return Table(place=place), (Finding("D120", "error", "表是空的", place, hint="第一行应为列名"),)
    (head_row, head), *body = rows
    columns = [_text(value) for value in head]
    while columns and not columns[-1]:
        columns.pop()
    seen = list(_bad_titles(columns, head_row, place_of))
    if not body:
        seen.append(Finding("D120", "error", "表中只有列名，没有数据行", place))
    table_rows: list[Row] = []
    for number, values in body:
        cells, faults = _cells(number, values, columns, place_of)
        seen += faults
        if cells is not None:
            table_rows.append(Row(cells, _row_place(place_of(number, 0, ""))))
    return Table(tuple(columns), tuple(table_rows), place), tuple(seen)


def _bad_titles(columns: list[str], row: int, place_of: Callable[[int, int, str], Place]) -> Iterator[Finding]:
    for number, title in enumerate(columns, 1):
        place = place_of(row, number, title or f"第{number}列")
        yield from strange_characters(title, place)
        if not title:
            yield Finding("D126", "error", "这一列没有列名", place, hint="请补上列名，或删除整列")
        elif title in columns[: number - 1]:
            yield Finding("D126", "error", f"列名“{title}”重复", place, value=title, hint="每个列名只能出现一次")


def _cells(
    row: int, values: Sequence[object], columns: list[str], place_of: Callable[[int, int, str], Place]
) -> tuple[dict[str, Cell] | None, list[Finding]]:
    filled = list(values)
    while len(filled) > len(columns) and not _text(filled[-1]):
        filled.pop()
    if len(filled) != len(columns):
        message = f"这一行有{len(filled)}格，列名有{len(columns)}个"
        hint = "单元格内有逗号时，请用双引号括起该格"
        return None, [Finding("D123", "error", message, _row_place(place_of(row, 0, "")), hint=hint)]
    cells: dict[str, Cell] = {}
    faults: list[Finding] = []
    for number, (title, value) in enumerate(zip(columns, filled, strict=True), 1):
        place = place_of(row, number, title)
        fault = _not_a_text(value, place)
        faults += [fault] if fault else strange_characters(str(value), place)
        cells[title] = Cell("" if fault else _text(value), place, number=isinstance(value, int))
    return cells, faults


def _row_place(place: Place) -> Place:
    return Place(place.file, place.sheet, place.cell.removesuffix(" › "))


def _not_a_text(value: object, place: Place) -> Finding | None:
    """A finding for a value some program made of what a person typed: 2023-12 became a day, 2023.10 became 2023.1."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return None
    shown = str(value)
    if isinstance(value, date | datetime | time):
        message, hint = f"单元格已被自动转成日期或时间“{shown}”，原来写的内容无法确定", "写成 2023-12 或 1/10"
    elif isinstance(value, float | Decimal):
        message, hint = f"单元格是数值{shown}，小数末尾的零和单位无法确定", "连同单位写成文本，如 4.1亿元"
    else:
        message, hint = f"单元格是“{shown}”，不是文本", "填写文字"
    return Finding("D132", "error", message, place, value=shown, hint=f"请把单元格格式设为文本后重新填写，例如{hint}")


def _text(value: object) -> str:
    """A cell's text without the blanks around it, the zero-width ones of copied web pages among them."""
    return str(value).strip(_BLANK) if value is not None else ""


_FATAL: Final = {"D134", "D135", "D204", "D205", "D207"}  # in a table of facts every cell counts
_BLANK: Final = " \t\r\n\v\f\u3000\xa0\u200b\u2060\ufeff"
_STRANGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
