"""The XML files of Excel 2003 that are called .xls (XML工作簿): `urn:schemas-microsoft-com:office:spreadsheet`.

Codes: those of `workbook_sheet.py` and `workbook_choice.py`, D130 another XML file, D138 damaged; note D206.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from digest.data.grid import Merge
from digest.data.sources.html_tables import markup_text
from digest.data.sources.workbook_choice import SheetName, chosen
from digest.data.sources.workbook_sheet import MOST_CELLS, MOST_MERGES, SheetCells, UnreadableError
from digest.data.sources.workbook_styles import CellStyles, format_kind
from digest.data.sources.workbook_values import number_of, text_of
from digest.data.sources.xlsx_package import attribute, children, parsed
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from digest.data.sources.opened import Grids
    from digest.data.sources.workbook_choice import Visibility


def read_markup(data: bytes, shown: str, sheet: str = "") -> Grids:
    """The grids of an XML workbook of 2003, or that of one sheet."""
    place = Place(shown)
    try:
        root = _root(data)
        pages = [page for page in children(root, "Worksheet") if _NAMESPACE in page.tag]
        names = [SheetName(attribute(page, "Name"), _visibility(page), str(at)) for at, page in enumerate(pages)]
        asked, seen = chosen(names, sheet, place)
        styles, numbers = _styles(root)
        found = []
        left = MOST_CELLS
        for name in asked:
            cells = SheetCells(Place(shown, name.name), styles, most=max(1, left))
            _fill(cells, pages[int(name.part)], numbers)
            left -= cells.area
            found.append(cells)
    except UnreadableError as error:
        return (), (error.finding(place),)
    note = Finding("D206", "note", "文件名是工作簿，内容是Excel 2003的XML，按工作表读取", place, hint="建议另存为.xlsx")
    grids = tuple(cells.grid() for cells in found if cells.height or sheet)
    return grids, (note, *seen, *(finding for cells in found for finding in cells.findings()))


def _root(data: bytes) -> ET.Element:
    text = markup_text(data)
    if _NAMESPACE not in text[:4096]:
        raise UnreadableError("D130", "不是Excel工作簿，内容是XML文件", "请用WPS或Excel另存为.xlsx")
    try:
        return parsed(text)
    except (ET.ParseError, ValueError) as error:
        raise UnreadableError("D138", "XML工作簿已损坏", "请用WPS或Excel打开后另存为.xlsx", str(error)) from error


def _visibility(page: ET.Element) -> Visibility:
    for options in children(page, "WorksheetOptions"):
        for visible in children(options, "Visible"):
            return _STATES.get((visible.text or "").strip(), "visible")
    return "visible"


def _styles(root: ET.Element) -> tuple[CellStyles, dict[str, int]]:
    """Styles, and the number of each by its name; 0 is that of cells without one."""
    formats, struck, numbers = [""], set(), {"": 0}
    for group in children(root, "Styles"):
        for style in children(group, "Style"):
            numbers[attribute(style, "ID")] = len(formats)
            if any(attribute(font, "StrikeThrough") == "1" for font in children(style, "Font")):
                struck.add(len(formats))
            named = [attribute(written, "Format") for written in children(style, "NumberFormat")]
            formats.append(_NAMED.get(named[-1], named[-1]) if named else "")
    default = numbers.get("Default", 0)
    formats[0] = formats[default]
    written = CellStyles(tuple(formats), tuple(map(format_kind, formats)), frozenset(struck))
    return written, numbers


def _fill(cells: SheetCells, page: ET.Element, styles: dict[str, int]) -> None:
    for table in children(page, "Table"):
        column = 0
        for columns in children(table, "Column"):
            column = _number(columns, "Index", column + 1)
            last = column + _number(columns, "Span", 0)
            if attribute(columns, "Hidden") == "1":
                cells.hidden_columns.update(range(column - 1, min(last, _MOST_COLUMNS)))
            column = last
        row = 0
        for line in children(table, "Row"):
            row = _number(line, "Index", row + 1)
            last = row + _number(line, "Span", 0)
            if attribute(line, "Hidden") == "1":
                cells.hidden_rows.update(range(row - 1, min(last, _MOST_ROWS)))
            _fill_row(cells, row - 1, line, styles)
            row = last
    for found in children(page, "AutoFilter"):
        cells.note_filter(attribute(found, "Range"))


def _fill_row(cells: SheetCells, row: int, line: ET.Element, styles: dict[str, int]) -> None:
    column = 0
    for cell in children(line, "Cell"):
        column = _number(cell, "Index", column + 1)
        right, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        if right or down:
            cells.merges.append(Merge(row, column - 1, row + down, column - 1 + right))
            if len(cells.merges) > MOST_MERGES:
                raise UnreadableError("D137", "合并的单元格过多", "请取消合并后重新保存")
        style = styles.get(attribute(cell, "StyleID") or attribute(line, "StyleID"), 0)
        data = next(children(cell, "Data"), None)
        text = "" if data is None else "".join(data.itertext())
        if data is not None and text:
            _put(cells, row, column - 1, style, attribute(data, "Type"), text)
        elif attribute(cell, "Formula"):
            cells.put_nothing_computed(row, column - 1)
        column += right


def _put(cells: SheetCells, row: int, column: int, style: int, kind: str, text: str) -> None:
    match kind:
        case "Number" if (number := number_of(text)) is not None:
            cells.put(row, column, number, style)
        case "DateTime" if (moment := _moment(text)) is not None:
            cells.put(row, column, moment, style)
        case "Boolean":
            cells.put(row, column, text == "1", style)
        case "Error":
            cells.put_error(row, column, text, style)
        case "String":
            cells.put(row, column, text_of(text), style)
        case _:
            cells.put(row, column, text, style)
            cells.tell("D205", row, column, f"单元格存的“{text[:50]}”不是数字", "请重新填写该格", text[:50])


def _moment(text: str) -> object:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=None)
    return moment if moment.time() != datetime.min.time() else moment.date()


def _number(element: ET.Element, name: str, otherwise: int) -> int:
    text = attribute(element, name)
    return max(otherwise, min(int(text), _MOST_ROWS)) if text.isdecimal() and len(text) < _LONG else otherwise


_NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_STATES: Final[dict[str, Visibility]] = {"SheetHidden": "hidden", "SheetVeryHidden": "very hidden"}
_NAMED: Final = {
    "General": "",
    "General Number": "",
    "General Date": "m/d/yyyy h:mm",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm",
    "Currency": '"¥"#,##0.00',
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
_LONG: Final = 8
_MOST_ROWS: Final = 1_048_576
_MOST_COLUMNS: Final = 16_384
