"""The records of an old workbook (记录): one after another, each a number, a length and its bytes ([MS-XLS] 2.1.4).

Texts that many cells share are one record, continued in others wherever it got too long, in the middle of a word too.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_compound import damaged_xls
from digest.data.sources.workbook_values import Texts, Words, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINUE: Final = 0x3C


def records(stream: bytes, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each record from `start` to the end of the stream."""
    at, end = start, len(stream)
    while at + 4 <= end:
        kind, length = HEAD(stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def text_at(data: bytes, at: int, length_bytes: int = 2) -> str:
    """The text in a record from `at`, whose length takes so many bytes."""
    count = int.from_bytes(data[at : at + length_bytes], "little")
    flags = data[at + length_bytes]
    begin = at + length_bytes + 1 + (2 if flags & _RICH else 0) + (4 if flags & _EXTENDED else 0)
    wide = flags & _WIDE
    return text_of(_decoded(data[begin : begin + (count << wide)], wide=wide))


def shared_texts_of(pieces: list[bytes], struck: frozenset[int]) -> Texts:
    """The shared texts of a record with those that continue it; `struck` are the fonts that strike through."""
    found = Texts([], {})
    reader = _Continued(pieces)
    count = struct.unpack("<II", reader.take(8))[1]
    for _ in range(min(count, sum(map(len, pieces)) // 3)):
        if reader.at_end():
            break
        found.add(reader.words(struck))
    return found


class _Continued:
    """Bytes of several records, read as one."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._number = 0
        self._at = 0

    def at_end(self) -> bool:
        self._step()
        return self._number >= len(self._pieces)

    def words(self, struck: frozenset[int]) -> Words:
        self._step()
        piece, at = self._piece(), self._at
        if at + 3 <= len(piece):
            count, flags = piece[at] | piece[at + 1] << 8, piece[at + 2]
            self._at = at + 3
        else:
            count, flags = struct.unpack("<HB", self.take(3))
        runs = int.from_bytes(self.take(2), "little") if flags & _RICH else 0
        extended = int.from_bytes(self.take(4), "little") if flags & _EXTENDED else 0
        text = self._text(count, flags & _WIDE)
        fonts = struct.unpack(f"<{2 * runs}H", self.take(4 * runs)) if runs else ()
        if extended:
            self.take(extended)
        strikes = {font in struck for font in fonts[1::2]} | ({False} if fonts and fonts[0] else set())
        return Words(text_of(text), strikes == {True}, strikes == {True, False})

    def take(self, count: int) -> bytes:
        """So many bytes, over the ends of records."""
        taken = b""
        while len(taken) < count:
            self._step()
            piece = self._piece()
            more = piece[self._at : self._at + count - len(taken)]
            taken += more
            self._at += len(more)
        return taken

    def _text(self, count: int, wide: int) -> str:
        piece = self._piece()
        end = self._at + (count << wide)
        if end <= len(piece):  # nearly always
            text = _decoded(piece[self._at : end], wide=wide)
            self._at = end
            return text
        units = b""
        while len(units) < 2 * count:
            if self._at >= len(piece):
                self._step()
                piece = self._piece()
                wide = piece[0] & _WIDE  # a text that goes on says anew how wide its characters are
                self._at = 1
            part = piece[self._at : self._at + ((count - len(units) // 2) << wide)]
            if wide and len(part) % 2:
                raise damaged_xls("文字在半个字符处中断")
            self._at += len(part)
            units += part if wide else part.decode("latin-1").encode("utf-16-le")
        return _decoded(units, wide=True)

    def _piece(self) -> bytes:
        if self._number >= len(self._pieces):
            raise damaged_xls("共享文字不完整")
        return self._pieces[self._number]

    def _step(self) -> None:
        while self._number < len(self._pieces) and self._at >= len(self._pieces[self._number]):
            self._number += 1
            self._at = 0


def _decoded(data: bytes, *, wide: int | bool) -> str:
    return data.decode("utf-16-le", "replace") if wide else data.decode("latin-1")


HEAD: Final = struct.Struct("<HH").unpack_from
_WIDE: Final = 1
_EXTENDED: Final = 4
_RICH: Final = 8
