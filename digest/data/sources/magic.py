"""What a file is by its first bytes, whatever its name says (真实类型)."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["workbook", "parquet", "json", "text", "other"]
"""Who reads it: `other` nobody does."""


def kind_of(data: bytes) -> Kind:
    """Who reads a file that begins with (or is) `data`."""
    name = true_type(data)
    if name:
        return "workbook" if name in _OF_WORKBOOKS else "parquet" if name == _PARQUET else "other"
    head = data[:_HEAD].decode("utf-8-sig", "ignore").replace("\0", "").lstrip("\ufeff\ufffd \t\r\n")
    return "json" if head[:1] in {"{", "["} else "text"


def true_type(data: bytes) -> str:
    """What the first bytes say a file is, in Chinese; empty for what may be text."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return next((name for word, name in _STREAMS if word.encode("utf-16-le") in data), "旧版.xls工作簿")
    if data.startswith(b"PK\x03\x04"):
        return next((name for part, name in _PARTS if part in data), "压缩包")
    if data.startswith(_BIFF):
        return "旧版.xls工作簿"
    binary = next((name for magic, name in _BINARY if data.startswith(magic)), "")
    if binary:
        return binary
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # a web page that Excel saved as Unicode
        head = head.decode("utf-16", "ignore").encode()
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


_HEAD: Final = 1024
_PARQUET: Final = "Parquet文件"
_BIFF: Final = tuple(bytes((9, version, length, 0)) for version in (0, 2, 4) for length in (4, 6, 8))
_OF_WORKBOOKS: Final = frozenset({"压缩包", "加密的工作簿", "旧版.xls工作簿", "网页", "XML文件"})
# An old .doc is told from an old .xls by the streams it is made of.
_STREAMS: Final = (
    ("EncryptedPackage", "加密的工作簿"),
    ("WordDocument", "Word文档（.doc）"),
    ("PowerPoint Document", "演示文稿（.ppt）"),
)
_PARTS: Final = ((b"word/document.xml", "Word文档（.docx）"), (b"ppt/presentation.xml", "演示文稿（.pptx）"))
# Whole marks, in their own case: PAR1 and BZh may be titles in a CSV file as well.
_BINARY: Final = (
    *((b"PAR1" + bytes((byte,)), _PARQUET) for byte in range(32) if byte not in b"\t\r\n"),
    *((b"BZh%d1AY&SY" % level, "bzip2压缩文件") for level in range(1, 10)),
    (b"GIF87a", "GIF图片"),
    (b"GIF89a", "GIF图片"),
    (b"ARROW1\0\0", "Arrow文件"),
    (b"ORC\x00", "ORC文件"),
    (b"SQLite format 3\0", "SQLite数据库"),
    (b"\x1f\x8b", "gzip压缩文件"),
    (b"\xfd7zXZ\0", "xz压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包"),
    (b"Rar!\x1a", "RAR压缩包"),
    (b"(\xb5/\xfd", "zstd压缩文件"),
    (b"\x89HDF", "HDF5文件"),
)
_MAGIC: Final = (
    (b"pk\x03\x04", "压缩包"),
    (b"pk\x05\x06", "压缩包"),
    (b"%pdf", "PDF文件"),
    (b"\x89png", "PNG图片"),
    (b"\xff\xd8\xff", "JPEG图片"),
    (b"{\\rtf", "RTF文档"),
    (b"<!doctype html", "网页"),
    (b"<html", "网页"),
    (b"<head", "网页"),
    (b"<meta", "网页"),
    (b"<style", "网页"),
    (b"<body", "网页"),
    (b"<div", "网页"),
    (b"<table", "网页"),
    (b"<?xml", "XML文件"),
)
