"""Workbooks (.xlsx), looked through before they are read: what would bring the reader down or be lost on the way.

The reader keeps a sheet as one dense block and turns error cells into empty ones; so size, far cells, cell errors and
formulas without a result are looked for in the sheet's own XML first.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Grid = tuple[str, "list[Sequence[object]] | None", tuple[Finding, ...]]


def read_cells(data: bytes, shown: str, sheet: str) -> Grid:
    """Name and values of the sheet called `sheet` (the first where it is empty), and what was seen; None: unreadable.

    Values are str, int, float, bool, date, time or None as the workbook has them. Codes D133 to D138.
    """
    place = Place(shown)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            fault = _too_big(parts, place)
            if fault:
                return "", None, (fault,)
            names = _sheets(parts)
            if sheet and sheet not in names:
                return "", None, (_no_such_sheet(sheet, list(names), place),)
            name = sheet or next(iter(names))
            seen = tuple(_look_through(parts.read(names[name]).decode(), Place(shown, name)))
    except _DAMAGED as error:
        fault = Finding(
            "D138", "error", "工作簿已损坏，或不是.xlsx格式", place, value=str(error), hint="请重新另存为.xlsx"
        )
        return "", None, (fault,)
    if any(finding.code == "D137" for finding in seen):
        return name, None, seen
    try:
        return name, _values(data, name), seen
    except _unreadable() as error:
        fault = Finding(
            "D138", "error", "工作表不能读取", Place(shown, name), value=str(error), hint="请重新另存为.xlsx"
        )
        return name, None, (*seen, fault)


def _values(data: bytes, sheet: str) -> list[Sequence[object]]:
    """All cells from A1 on; pandas is entered here and nowhere else."""
    from pandas import read_excel  # noqa: PLC0415  a second of start-up only workbooks pay for

    frame = read_excel(
        io.BytesIO(data), sheet_name=sheet, engine="calamine", header=None, dtype=object, na_filter=False
    )
    return [[_plain(value) for value in row] for row in frame.itertuples(index=False, name=None)]


def _plain(value: object) -> object:
    return None if value is None or value != value else value  # noqa: PLR0124  NaN is not itself


def _unreadable() -> tuple[type[Exception], ...]:
    from python_calamine import CalamineError  # noqa: PLC0415  see `_values`

    return (CalamineError, ValueError, KeyError, IndexError)


def _too_big(parts: zipfile.ZipFile, place: Place) -> Finding | None:
    sizes = [part.file_size for part in parts.infolist()]
    if len(sizes) <= _MOST_PARTS and sum(sizes) <= _MOST_BYTES:
        return None
    message = f"工作簿过大（解压后{sum(sizes) // 2**20}MB，{len(sizes)}个部件）"
    return Finding("D137", "error", message, place, hint="请只保留数据表，另存为新的工作簿")


def _sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """Names of the sheets in their order, with the parts they are stored in."""
    targets = {
        relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        for relation in _xml(parts, "xl/_rels/workbook.xml.rels")
    }
    found = _xml(parts, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {sheet.get("name", ""): targets[sheet.get(f"{_RELATIONS}id", "")] for sheet in found}


def _xml(parts: zipfile.ZipFile, name: str) -> ET.Element:
    text = parts.read(name)
    if b"<!DOCTYPE" in text:  # no workbook has one; entities are how XML bombs are built
        raise ET.ParseError("DOCTYPE")
    return ET.fromstring(text)  # noqa: S314  size is bounded and there is no DOCTYPE


def _no_such_sheet(sheet: str, names: list[str], place: Place) -> Finding:
    there = "、".join(names)
    return Finding("D136", "error", f"没有名为“{sheet}”的工作表", place, value=sheet, hint=f"工作簿中有：{there}")


def _look_through(xml: str, place: Place) -> Iterator[Finding]:
    rows = columns = 0
    for match in _CELL.finditer(xml):
        attributes, content = match.group(1), match.group(2) or ""
        reference = _REFERENCE.search(attributes)
        if reference is None:
            continue
        cell = Place(place.file, place.sheet, reference.group(1) + reference.group(2))
        columns, rows = max(columns, _column(reference.group(1))), max(rows, int(reference.group(2)))
        value = _VALUE.search(content)
        if 't="e"' in attributes:
            shown = value.group(1) if value else ""
            yield Finding("D134", "error", f"单元格是公式错误“{shown}”", cell, value=shown, hint="请改正公式后重新保存")
        elif "<f" in content and (value is None or not value.group(1)):
            yield Finding("D135", "error", "公式没有算出结果", cell, hint="请用WPS或Excel打开并保存一次")
    if rows * columns > _MOST_CELLS:
        message = f"工作表的使用范围过大（{rows}行×{columns}列）"
        yield Finding("D137", "error", message, place, hint="请删除远处的空白单元格后重新保存")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CELL: Final = re.compile(r"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE: Final = re.compile(r'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE: Final = re.compile(r"<v[^>]*>(.*?)</v>", re.DOTALL)
_MOST_PARTS: Final = 2_000
_MOST_BYTES: Final = 200 * 2**20
_MOST_CELLS: Final = 2_000_000  # a table of figures has hundreds of rows; the reader needs some 100 bytes a cell
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ET.ParseError,
    KeyError,  # a part that is named and not there
    StopIteration,  # no sheet at all
    UnicodeDecodeError,
    RuntimeError,  # a part with a password, an unknown compression
)
