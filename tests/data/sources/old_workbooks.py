"""Old workbooks made byte by byte, as [MS-XLS] and [MS-CFB] have them: as much as the tests need."""

from __future__ import annotations

import struct
from typing import Final

RECORD_END: Final = 8224


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(words: str, *, length: str = "<H", wide: bool = True) -> bytes:
    coded = words.encode("utf-16-le" if wide else "latin-1")
    return struct.pack(length, len(coded) >> wide) + bytes([wide]) + coded


def cell(kind: int, row: int, column: int, rest: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<HHH", row, column, style) + rest)


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return cell(0x203, row, column, struct.pack("<d", value), style)


def label(row: int, column: int, words: str, style: int = 0) -> bytes:
    return cell(0x204, row, column, text(words), style)


def shared(row: int, column: int, index: int, style: int = 0) -> bytes:
    return cell(0xFD, row, column, struct.pack("<I", index), style)


def formula(row: int, column: int, result: bytes, flags: int = 0) -> bytes:
    return cell(0x06, row, column, result + struct.pack("<HIH", flags, 0, 0))


def shared_texts(*words: bytes, more: tuple[bytes, ...] = (), count: int = 0) -> bytes:
    count = count or len(words)
    whole = record(0xFC, struct.pack("<II", count, count) + b"".join(words))
    return whole + b"".join(record(0x3C, piece) for piece in more)


def font(*, struck: bool = False) -> bytes:
    return record(0x31, struct.pack("<HH", 200, 8 if struck else 0) + bytes(10) + text("A", length="<B"))


def style(font_number: int, format_number: int) -> bytes:
    return record(0xE0, struct.pack("<HH", font_number, format_number) + bytes(16))


def number_format(index: int, words: str) -> bytes:
    return record(0x41E, struct.pack("<H", index) + text(words))


def stream(*sheets: tuple[str, int, bytes], shared_by_all: bytes = b"", version: int = 0x600) -> bytes:
    """The stream of a workbook: name, state (0 visible, 1 hidden, 2 very hidden) and records of each sheet."""
    begin = record(0x809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0))
    page = record(0x809, struct.pack("<HHHHII", version, 16, 0, 0, 0, 0))
    names = [text(name, length="<B") for name, _, _ in sheets]
    at = len(begin) + len(shared_by_all) + sum(4 + 6 + len(name) for name in names) + 4
    listed, pages = b"", b""
    for (_, state, records), name in zip(sheets, names, strict=True):
        listed += record(0x85, struct.pack("<IBB", at + len(pages), state, 0) + name)
        pages += page + records + record(0x0A)
    return begin + shared_by_all + listed + record(0x0A) + pages


def compound(content: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """A compound file with one stream, in sectors of 512 bytes; a `small` one in pieces of 64."""
    free, end = 0xFFFFFFFF, 0xFFFFFFFE
    length = len(content)
    if not small:
        content = content.ljust(4096, b"\0")
        length = len(content)
    sectors = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
    count = len(sectors)
    tables = (count + 3 + 127) // 128 + 1
    minis = (len(content) + 63) // 64 if small else 0
    chain = [*range(1, count), end, end, end if small else free]  # the stream, the directory, the table of pieces
    chain += [0xFFFFFFFD] * tables
    chain += [free] * (128 * tables - len(chain))
    root = entry("Root Entry", 5, 0 if small else end, len(content) if small else 0)
    directory = (root + entry(name, 2, 0, length)).ljust(512, b"\0")
    mini_table = struct.pack("<128I", *([*range(1, minis), end] + [free] * (128 - minis))) if small else bytes(512)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    mini_start = count + 1 if small else end
    head += struct.pack("<5I", tables, count, 0, 4096, mini_start) + struct.pack("<3I", int(small), end, 0)
    listed = [count + 2 + at for at in range(tables)]
    head += struct.pack("<109I", *(listed + [free] * (109 - tables)))
    return head + b"".join(sectors) + directory + mini_table + struct.pack(f"<{len(chain)}I", *chain)


def entry(name: str, kind: int, start: int, length: int) -> bytes:
    coded = (name + "\0").encode("utf-16-le")
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBB", len(coded), kind, 1)
        + bytes(48)
        + struct.pack("<III", start, length, 0)
    )
