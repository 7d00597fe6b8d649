"""Web pages that are called .xls (网页表格): reporting systems write a table in HTML and name it as a workbook.

Texts are taken as they are shown. A table within a cell is a table of its own. Tags are found by one pattern that never
goes back; Python's own parser takes minutes over a megabyte of angle brackets.
Codes: D122 encoding unknown, D136 no such table, D137 too large, D138 no table in it; note D206.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Final

from digest.data.grid import Merge
from digest.data.sources.workbook_choice import SheetName, chosen
from digest.data.sources.workbook_sheet import MOST_CELLS, MOST_MERGES, SheetCells, UnreadableError
from digest.data.sources.workbook_styles import CellStyles
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from digest.data.sources.opened import Grids


def read_html(data: bytes, shown: str, sheet: str = "") -> Grids:
    """The tables of a page that hold anything, or the one called `sheet` (表1, 表2 … where there are several)."""
    place = Place(shown)
    try:
        tables = _tables(markup_text(data))
        names = [SheetName(f"表{number}", "visible", str(number)) for number in range(1, len(tables) + 1)]
        asked, seen = chosen(names, sheet, place)
        alone = len(tables) == 1
        found = [_placed(tables[int(name.part) - 1], Place(shown, "" if alone else name.name)) for name in asked]
    except UnreadableError as error:
        return (), (error.finding(place),)
    note = Finding("D206", "note", "文件名是工作簿，内容是网页，按网页中的表格读取", place, hint="建议另存为.xlsx")
    findings = (finding for cells in found for finding in cells.findings())
    # the program shows a single table from A1 on; where several stand below each other only rows can be counted
    return tuple(cells.grid(addressed=alone) for cells in found), (note, *seen, *findings)


def markup_text(data: bytes) -> str:
    """The text of a page: by its byte order mark, by what it says of itself, as UTF-8, as GB18030. Code D122."""
    if len(data) > MOST_BYTES:
        raise UnreadableError("D137", f"文件过大（{len(data) // 2**20}MB）", "请用WPS或Excel另存为.xlsx")
    said = _CHARSET.search(data[:_HEAD])
    name = said[1].decode("ascii").lower() if said else ""
    candidates = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    if not candidates:
        own = "gb18030" if name.startswith(("gb", "x-gbk", "cp936")) else "big5" if name.startswith("big5") else "utf-8"
        candidates = [own, "utf-8", "gb18030"]
    for encoding in candidates:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("D122", "文字编码无法识别", "请用WPS或Excel另存为.xlsx", name)


def without_comments(text: str) -> str:
    """A page without comments, scripts and styles; the parser would look for the end of each again and again."""
    kept, at = [], 0
    while match := _DROPPED.search(text, at):
        kept.append(text[at : match.start()])
        word = match[0].lower()
        end = text.find(_ENDS[word], match.end())
        if end < 0:  # of a comment nothing comes after; of the rest only the mark is dropped
            kept.append("" if word == "<!--" else _DROPPED.sub(" ", text[match.end() :]))
            return "".join(kept)
        at = end + (len(_ENDS[word]) if word.startswith("<!") else 0)
    return "".join([*kept, text[at:]])


def _tables(text: str) -> list[_Table]:
    page, at = _Page(), 0
    text = without_comments(text)
    for tag in _TAG.finditer(text):
        page.words(text[at : tag.start()])
        at = tag.end()
        name = tag[2].lower()
        if tag[1]:
            page.end(name)
        else:
            page.begin(name, tag[3])
    page.words(text[at:])
    tables = [table for table in page.tables if table.filled]
    if not tables:
        raise UnreadableError("D138", "网页中没有表格", "请用WPS或Excel打开后另存为.xlsx")
    return tables


@dataclass(slots=True)
class _Cell:
    down: int
    right: int
    words: list[str] = field(default_factory=list)
    struck: int = 0
    plain: int = 0


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    cell: _Cell | None = None
    filled: bool = False


class _Page:
    """Collects tables, the outer before those within."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._struck = 0
        self._cells = 0

    def begin(self, tag: str, attributes: str) -> None:
        """A tag that opens something."""
        if tag == "table":
            if len(self._open) >= _DEEPEST or len(self.tables) >= _MOST_TABLES:
                raise _too_large()
            self.tables.append(_Table())
            self._open.append(self.tables[-1])
        elif tag in _STRIKES:
            self._struck += 1
        elif self._open:
            self._within(self._open[-1], tag, attributes)

    def end(self, tag: str) -> None:
        """A tag that closes it."""
        if tag == "table" and self._open:
            self._open.pop()
        elif tag in _STRIKES:
            self._struck = max(0, self._struck - 1)
        elif tag in {"td", "th", "tr"} and self._open:
            self._open[-1].cell = None

    def words(self, data: str) -> None:
        """What stands between two tags."""
        table = self._open[-1] if self._open else None
        if not data or table is None or table.cell is None:
            return
        table.cell.words.append(_BLANKS.sub(" ", unescape(data)))
        if table.cell.words[-1].strip():
            table.filled = True
            table.cell.struck += self._struck > 0
            table.cell.plain += not self._struck

    def _within(self, table: _Table, tag: str, attributes: str) -> None:
        if tag in _BREAKS and table.cell is not None:
            table.cell.words.append("\n")
        elif tag == "tr":
            table.cell = None
            if _HIDDEN.search(attributes):
                table.hidden.add(len(table.rows))
            table.rows.append([])
        elif tag in {"td", "th"}:
            self._cells += 1
            if self._cells > _MOST_CELLS:
                raise _too_large()
            if not table.rows:
                table.rows.append([])
            table.cell = _Cell(_span("rowspan", attributes), _span("colspan", attributes))
            table.rows[-1].append(table.cell)


def _placed(table: _Table, place: Place) -> SheetCells:
    """Cells where the page shows them: each row goes on where no cell from above reaches down."""
    sheet = SheetCells(place, CellStyles())
    sheet.hidden_rows = table.hidden
    below: dict[int, int] = {}  # until which row a column is taken
    for row, line in enumerate(table.rows):
        column = 0
        for cell in line:
            while below.get(column, 0) > row:
                column += 1
            text = "\n".join(filter(None, (part.strip(" ") for part in "".join(cell.words).split("\n"))))
            if text:
                sheet.put(row, column, text)
                if cell.struck and not cell.plain:
                    sheet.struck.add((row, column))
            bottom = min(row + cell.down, len(table.rows))
            if cell.right > 1 or cell.down > 1:
                sheet.merges.append(Merge(row, column, bottom - 1, column + cell.right - 1))
            if cell.down > 1:
                below.update(dict.fromkeys(range(column, column + cell.right), bottom))
            column += cell.right
            if column > _MOST_COLUMNS or len(sheet.merges) > MOST_MERGES or len(below) > MOST_CELLS:
                raise _too_large()
    return sheet


def _span(name: str, attributes: str) -> int:
    said = _SPAN.search(attributes) if name in attributes.lower() else None
    while said is not None and said[1].lower() != name:
        said = _SPAN.search(attributes, said.end())
    return max(1, min(int(said[2]), _MOST_COLUMNS)) if said else 1


def _too_large() -> UnreadableError:
    return UnreadableError("D137", "网页中的表格过大、过多或层次过深", "请用WPS或Excel另存为.xlsx")


MOST_BYTES: Final = 16 * 2**20  # of a page; the parser is no fast one
_HEAD: Final = 4096
_MOST_CELLS: Final = 500_000
_DEEPEST: Final = 32
_MOST_TABLES: Final = 500
_MOST_COLUMNS: Final = 16_384
_MARKS: Final = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))
_CHARSET: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_DROPPED: Final = re.compile(r"<!--|<!\[|<script|<style", re.IGNORECASE)
_ENDS: Final = {"<!--": "-->", "<![": "]>", "<script": "</", "<style": "</"}
_TAG: Final = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:]*+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""")
_SPAN: Final = re.compile(r"""\b(rowspan|colspan)\s*=\s*["']?([0-9]{1,5})""", re.IGNORECASE)
_STRIKES: Final = {"s", "strike", "del"}
_BREAKS: Final = {"br", "p", "div", "li"}
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
