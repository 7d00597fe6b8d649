"""An old workbook (.xls of Excel 97 to 2003 and of WPS) as grids (旧版工作簿), read from its records.

[MS-XLS] 2.4. Read here and not by a library, since what those hand on has no errors, no number formats, no hidden rows
and no strikes, and 2023.10 is 2023.1 without its format. Codes as in `workbooks.py`.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_choice import SheetName
from digest.data.sources.workbook_compound import damaged_xls, locked, workbook_stream
from digest.data.sources.workbook_records import CONTINUE, HEAD, records, shared_texts_of, text_at
from digest.data.sources.workbook_sheet import SheetCells, UnreadableError
from digest.data.sources.workbook_sheets import read_sheets
from digest.data.sources.workbook_styles import CellStyles
from digest.data.sources.workbook_values import Texts
from digest.data.sources.workbook_xls_cells import OldCells
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.data.sources.opened import Grids
    from digest.data.sources.workbook_choice import Visibility


def read_xls(data: bytes, shown: str, sheet: str = "", *, first: bool = False) -> Grids:
    """The grids of an old workbook, or that of one sheet; `first` asks for the first visible one, empty or not."""
    place = Place(shown)
    if len(data) > MOST_BYTES:
        large = UnreadableError("D137", f"工作簿过大（{len(data) // 2**20}MB）", "请只保留数据表，另存为新的工作簿")
        return (), (large.finding(place),)
    try:
        stream = workbook_stream(data)
        book = _globals(stream)
    except UnreadableError as error:
        return (), (error.finding(place),)

    def read(start: str, where: Place, most: int) -> SheetCells:
        return _cells(stream, int(start), book, where, most)

    return read_sheets(book.sheets, sheet, place, read, first=first)


class _Book:
    """What the sheets of a workbook share, as its first records say it."""

    def __init__(self) -> None:
        self.sheets: list[SheetName] = []
        self.styles = CellStyles()
        self.texts = Texts([], {})
        self.from_1904 = False
        self._custom: dict[int, str] = {}
        self._struck: set[int] = set()
        self._count_of_fonts = 0
        self._formats: list[int] = []
        self._fonts: list[int] = []
        self._shared: list[bytes] = []
        self._in_shared = False
        self._readers: dict[int, Callable[[bytes], None]] = {
            _BOF: self._begin,
            0x2F: self._password,
            0x22: self._days,
            0x31: self._font,
            0x85: self._sheet,
            0xE0: self._style,
            _TEXTS: self._texts,
            0x41E: self._format,
        }

    def add(self, kind: int, data: bytes) -> None:
        """One more record."""
        if kind == CONTINUE and self._in_shared:
            self._shared.append(data)
            return
        self._in_shared = kind == _TEXTS
        reader = self._readers.get(kind)
        if reader is not None:
            reader(data)

    def done(self) -> None:
        """All are read."""
        if not self.sheets:
            raise damaged_xls("没有工作表")
        if self._formats:
            self.styles = CellStyles.of(self._formats, self._fonts, self._custom, self._struck)
        if self._shared:
            self.texts = shared_texts_of(self._shared, frozenset(self._struck))

    def _begin(self, data: bytes) -> None:
        if struct.unpack_from("<H", data)[0] != _BIFF8:
            message = "不是Excel 97之后的.xls工作簿（版本过旧）"
            raise UnreadableError("D130", message, "请用WPS或Excel另存为.xlsx")

    def _password(self, _: bytes) -> None:
        raise locked()

    def _days(self, data: bytes) -> None:
        self.from_1904 = data[:1] == b"\1"

    def _font(self, data: bytes) -> None:
        number = self._count_of_fonts + (self._count_of_fonts >= _NO_FONT)  # no font has the number 4
        if data[2] & _STRIKES:
            self._struck.add(number)
        self._count_of_fonts += 1

    def _sheet(self, data: bytes) -> None:
        start, state, kind = struct.unpack_from("<IBB", data)
        name = text_at(data, 6, length_bytes=1)
        self.sheets.append(SheetName(name, _STATES.get(state & 3, "visible"), str(start), kind == 0))

    def _style(self, data: bytes) -> None:
        font, number_format = struct.unpack_from("<HH", data)
        self._fonts.append(font)
        self._formats.append(number_format)

    def _texts(self, data: bytes) -> None:
        self._shared = [data]

    def _format(self, data: bytes) -> None:
        self._custom[struct.unpack_from("<H", data)[0]] = text_at(data, 2)


def _globals(stream: bytes) -> _Book:
    book = _Book()
    try:
        for number, (kind, data) in enumerate(records(stream)):
            if kind == _EOF:
                break
            if not number and kind != _BOF:
                raise damaged_xls("不是以工作簿的记录开头")
            book.add(kind, data)
        book.done()
    except (struct.error, IndexError) as error:
        raise damaged_xls(str(error)) from error
    return book


def _cells(stream: bytes, start: int, book: _Book, place: Place, most: int) -> SheetCells:
    cells = SheetCells(place, book.styles, from_1904=book.from_1904, most=max(1, most))
    reader = OldCells(cells, book.texts)
    try:
        _walk(stream, start, reader)
    except (struct.error, IndexError) as error:
        raise damaged_xls(str(error)) from error
    reader.done()
    return cells


def _walk(stream: bytes, start: int, reader: OldCells) -> None:
    """All records of one sheet, without those of the charts that stand in it."""
    readers, depth, at = reader.readers, 0, start
    while True:
        kind, length = HEAD(stream, at)
        begin, at = at + 4, at + 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
        elif depth == 1 and kind in readers:
            readers[kind](stream[begin:at])
        if depth <= 0:
            return


MOST_BYTES: Final = 50 * 2**20
_BIFF8: Final = 0x600
_BOF: Final = 0x809
_EOF: Final = 0x0A
_TEXTS: Final = 0xFC
_STRIKES: Final = 8
_NO_FONT: Final = 4
_STATES: Final[dict[int, Visibility]] = {1: "hidden", 2: "very hidden"}
