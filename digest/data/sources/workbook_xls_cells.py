"""The cells of a sheet of an old workbook (旧版单元格), record by record ([MS-XLS] 2.4)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from digest.data.grid import Merge
from digest.data.sources.workbook_records import text_at
from digest.data.sources.workbook_sheet import MOST_MERGES, SheetCells, UnreadableError
from digest.data.sources.workbook_values import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.data.sources.workbook_values import Texts


class OldCells:
    """Puts what the records of a sheet say into `cells`."""

    def __init__(self, cells: SheetCells, texts: Texts) -> None:
        """Into `cells`; `texts` are those that all sheets share."""
        self._cells = cells
        self._texts = texts
        self._awaited: tuple[int, int, int] | None = None  # a formula whose text is in a record to come
        self._zeros: list[tuple[int, int]] = []
        self._empty: list[tuple[int, int]] = []
        self._computed = False
        self.readers: dict[int, Callable[[bytes], None]] = {  # the other records say how a sheet looks
            0xFD: self._shared,
            0x203: self._number,
            0x27E: self._short,
            0xBD: self._shorts,
            0x204: self._label,
            0xD6: self._label,
            0x06: self._formula,
            0x207: self._result,
            0x205: self._flag,
            0x208: self._row,
            0x7D: self._columns,
            0xE5: self._merges,
            0x9D: self._filter,
        }

    def done(self) -> None:
        """What can be told only after the last: where no formula shows anything, a program wrote them all."""
        self._cells.tell_zeros(self._zeros)
        for row, column in () if self._computed else self._empty:
            self._cells.put_nothing_computed(row, column)

    def _shared(self, data: bytes) -> None:
        row, column, style, number = _SHARED(data)
        self._cells.put_shared(row, column, self._texts, number, style)

    def _number(self, data: bytes) -> None:
        row, column, style, number = _NUMBER(data)
        self._put_number(row, column, style, number)

    def _short(self, data: bytes) -> None:
        row, column, style, number = _SHARED(data)
        self._put_number(row, column, style, _unpacked(number))

    def _shorts(self, data: bytes) -> None:
        row, column = _PLACE(data)
        for at in range(4, len(data) - 2, 6):
            style, number = _SHORT(data, at)
            self._put_number(row, column + (at - 4) // 6, style, _unpacked(number))

    def _label(self, data: bytes) -> None:
        row, column, style = _CELL(data)
        text = text_at(data, 6)
        if text:
            self._cells.put(row, column, text, style)

    def _formula(self, data: bytes) -> None:
        row, column, style, number, flags = _FORMULA(data)
        kind, value, special = data[6], data[8], data[12:14] == b"\xff\xff"
        self._awaited = None
        if special and kind == _IS_EMPTY:
            self._empty.append((row, column))
            return
        self._computed = True
        if not special:
            self._put_number(row, column, style, number)
            if not number and flags & _COMPUTE_ON_LOAD:
                self._zeros.append((row, column))
        elif kind == 0:
            self._awaited = row, column, style
        elif kind == 1:
            self._cells.put(row, column, bool(value), style)
        elif kind == _IS_ERROR:
            self._cells.put_error(row, column, ERRORS.get(value, "#N/A"), style)

    def _result(self, data: bytes) -> None:
        if self._awaited is not None and (text := text_at(data, 0)):
            row, column, style = self._awaited
            self._cells.put(row, column, text, style)
        self._awaited = None

    def _flag(self, data: bytes) -> None:
        row, column, style = _CELL(data)
        if data[7]:
            self._cells.put_error(row, column, ERRORS.get(data[6], "#N/A"), style)
        else:
            self._cells.put(row, column, bool(data[6]), style)

    def _row(self, data: bytes) -> None:
        if data[12] & _HEIGHT_0:
            self._cells.hidden_rows.add(_ROW(data)[0])

    def _columns(self, data: bytes) -> None:
        first, last, _, _, flags = _COLUMNS(data)
        if flags & 1:
            self._cells.hidden_columns.update(range(first, min(last + 1, 256)))

    def _merges(self, data: bytes) -> None:
        for at in range(2, min(len(data) - 7, 2 + 8 * _ROW(data)[0]), 8):
            top, bottom, left, right = _MERGE(data, at)
            self._cells.merges.append(Merge(top, left, bottom, right))
        if len(self._cells.merges) > MOST_MERGES:
            raise UnreadableError("D137", "合并的单元格过多", "请取消合并后重新保存")

    def _filter(self, _: bytes) -> None:
        self._cells.note_filter("")

    def _put_number(self, row: int, column: int, style: int, number: float) -> None:
        value = whole(number)
        if value is None:
            self._cells.tell("D205", row, column, "单元格存的不是数字", "请重新填写该格", str(number))
        else:
            self._cells.put(row, column, value, style)


def _unpacked(packed: int) -> float:
    """A number of 30 bits: a whole one, or the front of a double; either may be a hundredth of what stands there."""
    if packed & 2:
        number = float((packed - (1 << 32) if packed & _NEGATIVE else packed) >> 2)
    else:
        number = _DOUBLE(bytes(4) + (packed & ~3).to_bytes(4, "little"))[0]
    return number / 100 if packed & 1 else number


ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_IS_ERROR: Final = 2
_IS_EMPTY: Final = 3
_COMPUTE_ON_LOAD: Final = 2
_HEIGHT_0: Final = 0x20
_NEGATIVE: Final = 1 << 31
_ROW: Final = struct.Struct("<H").unpack_from
_PLACE: Final = struct.Struct("<HH").unpack_from
_SHORT: Final = struct.Struct("<HI").unpack_from
_CELL: Final = struct.Struct("<HHH").unpack_from
_SHARED: Final = struct.Struct("<HHHI").unpack_from
_NUMBER: Final = struct.Struct("<HHHd").unpack_from
_FORMULA: Final = struct.Struct("<HHHdH").unpack_from
_COLUMNS: Final = struct.Struct("<HHHHH").unpack_from
_MERGE: Final = struct.Struct("<HHHH").unpack_from
_DOUBLE: Final = struct.Struct("<d").unpack
