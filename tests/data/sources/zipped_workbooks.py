"""Workbooks written with openpyxl and then changed part by part, and what the reader says of them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl

from digest.data.sources.workbooks import WorkbookReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.data.grid import Grid
    from digest.findings import Finding


def written(fill: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, sheet: str = "") -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    with WorkbookReader() as reader:
        return reader.read(data, "t.xlsx", sheet)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, str(finding.place)) for finding in findings]


def sheet_of(cells: dict[str, object], **formats: str) -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        page.title = "台账"
        for where, value in cells.items():
            page[where] = value
            if where in formats:
                page[where].number_format = formats[where]

    return written(fill)


def with_parts(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The same workbook with parts put in; those that are None are left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in parts if name not in old.namelist())]:
            content = parts[name] if name in parts else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def replaced(data: bytes, part: str, what: bytes | re.Pattern[bytes], by: bytes) -> bytes:
    """The same workbook with something replaced in a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        content = parts.read(part)
    pattern = re.compile(re.escape(what)) if isinstance(what, bytes) else what
    changed = pattern.sub(lambda _: by, content)
    assert changed != content
    return with_parts(data, {part: changed})


def cells(xml: bytes) -> bytes:
    """A workbook whose first row is `xml`."""
    return replaced(sheet_of({"A1": 1}), "xl/worksheets/sheet1.xml", re.compile(rb"<c .*</c>"), xml)


def sharing(texts: bytes, xml: bytes) -> bytes:
    """A workbook with a part of shared texts, whose first row is `xml`."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = b'<Relationship Type="' + kind + b'" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    data = replaced(cells(xml), "xl/_rels/workbook.xml.rels", b"</Relationships>", relation)
    head = b'<?xml version="1.0"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="9">'
    return with_parts(data, {"xl/sharedStrings.xml": head + texts + b"</sst>"})
