"""What a file is by its bytes, whatever its name says (真实类型): one table for all who read files."""

from __future__ import annotations

from typing import Final, Literal

from digest.data.sources.texts import without_mark

Form = Literal["zip", "compound", "stream", "html", "xml", "parquet", "other", "blank", "json", "text"]
"""How the bytes are put together; `stream` is an old workbook without the compound file round it."""
Kind = Literal["workbook", "parquet", "json", "text", "other"]
"""Who reads it: `other` nobody does."""


def kind_of(data: bytes) -> Kind:
    """Who reads the file that `data` is."""
    form, name = form_of(data)
    return "other" if name in _UNREAD else _READERS[form]


def true_type(data: bytes) -> str:
    """What the bytes say a file is, in Chinese; empty for what may be text."""
    form, name = form_of(data)
    return "" if _READERS[form] in {"text", "json"} else name


def form_of(data: bytes) -> tuple[Form, str]:
    """How `data` is put together, and what that is called."""
    if not data.strip(b"\0 \t\r\n"):
        return ("other", "全是零字节") if b"\0" in data else ("blank", "全是空白" if data else "空文件")
    form, name = next(((form, name) for mark, form, name in _MARKS if data.startswith(mark)), ("text", "纯文本"))
    match form:
        case "text":
            form, name = _of_text(data)
        case "zip" if b"xl/" not in data:
            name = next((other for part, other in _PARTS if part in data), name)
        case "compound":
            name = next((other for stream, other in _STREAMS if stream.encode("utf-16-le") in data), name)
        case _:
            pass
    return form, name


def _of_text(data: bytes) -> tuple[Form, str]:
    """What a text is, by what it begins with; `other` where it is none."""
    head = _head(data)
    form, name = next(((form, name) for word, form, name in _WORDS if head.startswith(word)), ("text", "纯文本"))
    if form == "xml" and b"<html" in head:
        return "html", "网页"
    if form == "text" and _is_binary(data):
        return "other", "二进制内容"
    if form == "text" and head.replace(b"\0", b"")[:1] in {b"{", b"["}:
        return "json", "JSON"
    return form, name


def _head(data: bytes) -> bytes:
    """What a text begins with, in small letters, as UTF-8 where it says that it is UTF-16."""
    head = data[:_HEAD]
    if head.startswith(_UTF_16):  # a web page that Excel saved as Unicode
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


def _is_binary(data: bytes) -> bool:
    """Whether it holds many control characters and is not UTF-16; a few are told cell by cell."""
    sample = data[:_SAMPLE]
    count = len(sample) - len(sample.translate(None, _CONTROLS))
    many = count >= _MANY and count * _PART > len(sample)
    return many and not data.startswith(_UTF_16) and without_mark(data) is None


_HEAD: Final = 1024
_SAMPLE: Final = 65_536
_MANY: Final = 8
_PART: Final = 50  # one in fifty; of what is packed or drawn it is one in nine
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS: Final = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1a")
_READERS: Final[dict[Form, Kind]] = {
    **dict.fromkeys(("zip", "compound", "stream", "html", "xml"), "workbook"),
    **dict.fromkeys(("blank", "text"), "text"),
    "json": "json",
    "parquet": "parquet",
    "other": "other",
}
# Whole marks, in their own case: PAR1, BZh and PK may be titles in a CSV file as well.
_MARKS: Final[tuple[tuple[bytes, Form, str], ...]] = (
    (b"PK\x03\x04", "zip", "压缩包"),
    (b"PK\x05\x06", "zip", "空的压缩包"),
    (b"\xd0\xcf\x11\xe0", "compound", "旧版.xls工作簿"),
    *(
        (bytes((9, version, length, 0)), "stream", "没有外壳的旧版工作簿")
        for version in (0, 2, 4, 8)
        for length in (4, 6, 8, 16)
    ),
    *((b"PAR1" + bytes((byte,)), "parquet", "Parquet文件") for byte in range(32) if byte not in b"\t\r\n"),
    *((b"BZh%d1AY&SY" % level, "other", "bzip2压缩文件") for level in range(1, 10)),
    (b"%PDF", "other", "PDF文件"),
    (b"\x89PNG", "other", "PNG图片"),
    (b"\xff\xd8\xff", "other", "JPEG图片"),
    (b"GIF87a", "other", "GIF图片"),
    (b"GIF89a", "other", "GIF图片"),
    (b"{\\rtf", "other", "RTF文档"),
    (b"ARROW1\0\0", "other", "Arrow文件"),
    (b"ORC\x00", "other", "ORC文件"),
    (b"SQLite format 3\0", "other", "SQLite数据库"),
    (b"\x1f\x8b", "other", "gzip压缩文件"),
    (b"\xfd7zXZ\0", "other", "xz压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "other", "7z压缩包"),
    (b"Rar!\x1a", "other", "RAR压缩包"),
    (b"(\xb5/\xfd", "other", "zstd压缩文件"),
    (b"\x89HDF", "other", "HDF5文件"),
)
# What markup begins with, behind blanks and in small letters.
_WORDS: Final[tuple[tuple[bytes, Form, str], ...]] = (
    *((word, "html", "网页") for word in (b"<!doctype html", b"<html", b"<head", b"<meta", b"<style", b"<body")),
    *((word, "html", "网页") for word in (b"<div", b"<table")),
    (b"<?xml", "xml", "XML文件"),
    (b"%pdf", "other", "PDF文件"),
    (b"{\\rtf", "other", "RTF文档"),
    (b"mime-version:", "other", "单个文件网页（.mht）"),
)
# An old .doc is told from an old .xls by the streams it is made of.
_STREAMS: Final = (
    ("EncryptedPackage", "加密的工作簿"),
    ("WordDocument", "Word文档（.doc）"),
    ("PowerPoint Document", "演示文稿（.ppt）"),
)
_PARTS: Final = ((b"word/document.xml", "Word文档（.docx）"), (b"ppt/presentation.xml", "演示文稿（.pptx）"))
_UNREAD: Final = frozenset(name for _, name in (*_STREAMS[1:], *_PARTS))
