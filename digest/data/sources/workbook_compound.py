"""The compound file that an old workbook stands in (复合文档): a small file system, of which one stream is read.

What a file says of itself is not believed: no chain of sectors is longer than the file, and none is walked twice.
Codes: D130 another kind of file, D131 a password, D138 damaged.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_sheet import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator


def workbook_stream(data: bytes) -> bytes:
    """The stream with the workbook in a compound file; raises `UnreadableError` where there is none to be read."""
    try:
        return _stream(data)
    except (struct.error, IndexError, ValueError) as error:
        raise _locked_or(damaged_xls(str(error)), data) from error
    except UnreadableError as error:
        raise _locked_or(error, data) from error


def damaged_xls(why: str) -> UnreadableError:
    """D138 with what was found wrong."""
    return UnreadableError("D138", "旧版工作簿已损坏", "请用WPS或Excel打开后另存为.xlsx", why)


def _locked_or(error: UnreadableError, data: bytes) -> UnreadableError:
    """D131 in place of D138 where what is left of the directory names an encrypted workbook."""
    return locked() if error.code == "D138" and "EncryptedPackage".encode("utf-16-le") in data else error


def locked() -> UnreadableError:
    """D131."""
    return UnreadableError("D131", "工作簿已加密", "请取消密码后重新保存")


def _stream(data: bytes) -> bytes:
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or mini_shift != _MINI_SHIFT:
        raise damaged_xls(f"扇区大小{shift}")
    directory_start, _, cutoff, mini_start, _, next_difat, _ = struct.unpack_from("<7I", data, 48)
    size = 1 << shift
    sectors = len(data) // size

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    listed = list(struct.unpack_from("<109I", data, 76))
    for _ in range(sectors):
        if next_difat >= sectors:
            break
        *more, next_difat = _numbers(sector(next_difat))
        listed += more
    table = _numbers(b"".join(sector(number) for number in listed[:sectors] if number < sectors))

    def chained(start: int) -> bytes:
        return b"".join(sector(number) for number in _chain(start, table, sectors))

    entries = list(_entries(chained(directory_start)))
    names = {name for name, _, _ in entries}
    if not any(names):
        raise damaged_xls("没有目录")
    if "EncryptedPackage" in names:
        raise locked()
    found = next((entry for wanted in ("workbook", "book") for entry in entries if entry[0].lower() == wanted), None)
    if found is None:
        kind = next((kind for name, kind in _OTHERS if name in names), "不含工作簿的复合文档")
        raise UnreadableError("D130", f"不是Excel工作簿，内容是{kind}", "请用WPS或Excel另存为.xlsx")
    _, start, length = found
    if length >= cutoff:
        return chained(start)[:length]
    minis = _numbers(chained(mini_start))
    small = chained(entries[0][1])
    pieces = (small[number << _MINI_SHIFT : number + 1 << _MINI_SHIFT] for number in _chain(start, minis, len(minis)))
    return b"".join(pieces)[:length]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _chain(start: int, table: tuple[int, ...], most: int) -> Iterator[int]:
    number = start
    for _ in range(most + 1):
        if number >= len(table):  # the marks of an end are numbers larger than any sector's
            return
        yield number
        number = table[number]
    raise damaged_xls("扇区的链没有尽头")


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and length of each entry."""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield name, start, size


_MINI_SHIFT: Final = 6
_OTHERS: Final = (
    ("WordDocument", "旧版Word文档"),
    ("PowerPoint Document", "旧版PowerPoint演示文稿"),
    ("VisioDocument", "Visio图"),
    ("__properties_version1.0", "Outlook邮件"),
)
