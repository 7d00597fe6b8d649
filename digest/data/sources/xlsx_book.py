"""A workbook of today (.xlsx, .xlsm) as grids (工作簿): its sheets, each with styles, shared texts and what is hidden.

Nothing of a workbook is run: of a formula the result that was stored is read, macros and links are passed over.
Codes as in `workbooks.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.data.grid import Merge
from digest.data.sources.workbook_choice import SheetName
from digest.data.sources.workbook_sheet import MOST_MERGES, SheetCells, UnreadableError
from digest.data.sources.workbook_sheets import read_sheets
from digest.data.sources.workbook_styles import CellStyles
from digest.data.sources.workbook_values import Texts
from digest.data.sources.xlsx_alike import Alike
from digest.data.sources.xlsx_cells import SheetPart, column_number
from digest.data.sources.xlsx_filling import Filling
from digest.data.sources.xlsx_package import attribute, children, damaged, opened
from digest.data.sources.xlsx_parsing import ParsedPart
from digest.data.sources.xlsx_styles import styles_of
from digest.data.sources.xlsx_texts import UnusualError, shared_texts
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from digest.data.sources.opened import Grids
    from digest.data.sources.workbook_choice import Visibility
    from digest.data.sources.xlsx_package import Package


def read_xlsx(data: bytes, shown: str, sheet: str = "", *, first: bool = False) -> Grids:
    """The grids of a zipped workbook, or that of one sheet; `first` asks for the first visible one, empty or not."""
    place = Place(shown)
    try:
        with opened(data) as package:
            return _Book(package, place).grids(sheet, first=first)
    except UnreadableError as error:
        return (), (error.finding(place),)


class _Book:
    """An open workbook: what its sheets share."""

    def __init__(self, package: Package, place: Place) -> None:
        self._package = package
        self._place = place
        main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), _MAIN)
        self._root = package.xml(main)
        self._related = package.related(main)
        properties = next(children(self._root, "workbookPr"), None)
        self._from_1904 = properties is not None and properties.get("date1904", "0") in _TRUE
        calculation = next(children(self._root, "calcPr"), None)
        self._to_be_computed = calculation is not None and calculation.get("fullCalcOnLoad", "0") in _TRUE
        styles = self._part("styles")
        self._styles = styles_of(package.xml(styles)) if styles else CellStyles()
        texts = self._part("sharedStrings")
        self._texts = shared_texts(lambda: package.pieces(texts)) if texts else Texts([], {})

    def grids(self, wanted: str, *, first: bool) -> Grids:
        return read_sheets(list(self._sheets()), wanted, self._place, self._read, first=first)

    def _sheets(self) -> Iterator[SheetName]:
        group = next(children(self._root, "sheets"), ())
        if len(group) > _MOST_SHEETS:
            raise UnreadableError("D137", f"工作表过多（{len(group)}个）", "请只保留数据表，另存为新的工作簿")
        for sheet in group:
            kind, part = self._related.get(attribute(sheet, "id"), ("", ""))
            state = _STATES.get(sheet.get("state", ""), "visible")
            yield SheetName(sheet.get("name", ""), state, part, kind not in _NO_TABLES)
        if not len(group):
            raise damaged("没有工作表")

    def _part(self, wanted: str) -> str:
        return next((part for kind, part in self._related.values() if kind == wanted), "")

    def _read(self, name: str, place: Place, most: int) -> SheetCells:
        try:
            return self._filled(SheetPart(self._package.pieces(name)), place, most)
        except UnusualError:
            return self._filled(ParsedPart(self._package.pieces(name)), place, most)

    def _filled(self, part: SheetPart | ParsedPart, place: Place, most: int) -> SheetCells:
        cells = SheetCells(place, self._styles, from_1904=self._from_1904, most=max(1, most))
        filling = Filling(cells, self._texts)
        for rows in part.rows():
            if isinstance(rows.cells, Alike):
                filling.add_alike(rows.cells)
            else:
                filling.add(rows.cells)
            cells.hidden_rows.update(row - 1 for row in rows.hidden)
        if self._to_be_computed:
            filling.tell_zeros()
        _surroundings(part.around(), cells)
        return cells


def _surroundings(root: ET.Element, cells: SheetCells) -> None:
    """What stands around the rows: hidden columns, merges, a filter."""
    for group in children(root, "cols"):
        for columns in children(group, "col"):
            if columns.get("hidden", "0") in _TRUE:
                first, last = int(columns.get("min", "0")), int(columns.get("max", "0"))
                cells.hidden_columns.update(range(max(0, first - 1), min(last, _MOST_COLUMNS)))
    for group in children(root, "mergeCells"):
        if len(group) > MOST_MERGES:
            raise UnreadableError("D137", f"合并的单元格过多（{len(group)}处）", "请取消合并后重新保存")
        for merge in children(group, "mergeCell"):
            span = _SPAN.fullmatch(merge.get("ref", ""))
            if span:
                top, bottom = int(span[2]) - 1, int(span[4]) - 1
                cells.merges.append(Merge(top, column_number(span[1]) - 1, bottom, column_number(span[3]) - 1))
    for found in children(root, "autoFilter"):
        cells.note_filter(found.get("ref", ""))


_MAIN: Final = "xl/workbook.xml"
_TRUE: Final = {"1", "true"}
_STATES: Final[dict[str, Visibility]] = {"hidden": "hidden", "veryHidden": "very hidden"}
_NO_TABLES: Final = {"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}
_MOST_SHEETS: Final = 2_000
_MOST_COLUMNS: Final = 16_384
_SPAN: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
