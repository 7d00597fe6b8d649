"""What a file is, told by its first bytes and never by its name (文件真身)."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["zip", "compound", "markup", "text", "other", "empty"]

MARKS: Final[tuple[tuple[bytes, Kind, str], ...]] = (
    (b"pk\x03\x04", "zip", "压缩包"),
    (b"pk\x05\x06", "zip", "空的压缩包"),
    (b"\xd0\xcf\x11\xe0", "compound", "旧版.xls工作簿"),
    (b"%pdf", "other", "PDF文件"),
    (b"\x89png", "other", "PNG图片"),
    (b"\xff\xd8\xff", "other", "JPEG图片"),
    (b"gif8", "other", "GIF图片"),
    (b"{\\rtf", "other", "RTF文档"),
    (b"rar!", "other", "RAR压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "other", "7z压缩包"),
    (b"\x1f\x8b", "other", "gzip压缩包"),
    (b"mime-version:", "other", "单个文件网页（.mht）"),
    (b"sqlite format 3", "other", "SQLite数据库"),
    (b"par1", "other", "Parquet文件"),
    (b"\x09\x08\x10\x00\x00\x06", "other", "没有外壳的旧版工作簿"),
    (b"<!doctype html", "markup", "网页"),
    (b"<html", "markup", "网页"),
    (b"<table", "markup", "网页"),
    (b"<meta", "markup", "网页"),
    (b"<head", "markup", "网页"),
    (b"<style", "markup", "网页"),
    (b"<div", "markup", "网页"),
    (b"<?xml", "markup", "XML文件"),
)


def kind_of(data: bytes) -> tuple[Kind, str]:
    """What the first bytes say, and its name in Chinese."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty", "空文件" if not data else "全是空白或零字节"
    head = data[:1024]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").lower()
    if head.startswith(b"<?xml") and b"<html" in head:
        return "markup", "网页"
    return next(((kind, name) for mark, kind, name in MARKS if head.startswith(mark)), ("text", "纯文本"))


def is_workbook(data: bytes) -> bool:
    """Whether a reader of workbooks has something to say about it: zipped, compound, or markup."""
    return kind_of(data)[0] in {"zip", "compound", "markup"}
