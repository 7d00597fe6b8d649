"""Workbooks that would bring a reader down: each is a finding, in bounds of memory, and the process lives on."""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.sources.workbooks import read_workbook
from tests.data.sources import old_workbooks
from tests.data.sources.zipped_workbooks import cells, read, replaced, sharing, sheet_of, told, with_parts

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

PLAIN = sheet_of({"A1": "编号", "B1": "数据", "A2": "a", "B2": 137})
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    return with_parts(PLAIN, {"xl/sharedStrings.xml": bytes(201 * 2**20)})


def tight() -> bytes:
    return with_parts(PLAIN, {"xl/media/image1.emf": bytes(60 * 2**20)})


def lying() -> bytes:
    """The directory says that the sheet has 10 bytes."""
    data = bytearray(replaced(PLAIN, SHEET, b"<sheetData>", b"<sheetData>" + b" " * 10_000_000))
    at = data.rfind(b"PK\1\2", 0, data.rfind(SHEET.encode()))
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def many_sheets() -> bytes:
    sheet = (
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" name="x" r:id="rId1"/>'
    )
    return replaced(PLAIN, "xl/workbook.xml", b"</sheets>", sheet * 100_000 + b"</sheets>")


def many_parts() -> bytes:
    return with_parts(PLAIN, {f"xl/worksheets/s{number}.xml": b"" for number in range(2_001)})


def many_styles() -> bytes:
    return replaced(PLAIN, "xl/styles.xml", b"</cellXfs>", b'<xf numFmtId="1"/>' * 100_000 + b"</cellXfs>")


def many_merges() -> bytes:
    merges = b'<mergeCells count="100000">' + b'<mergeCell ref="A1:B2"/>' * 100_000 + b"</mergeCells>"
    return replaced(PLAIN, SHEET, b"</sheetData>", b"</sheetData>" + merges)


def flipped() -> bytes:
    data = bytearray(PLAIN)
    at = data.find(SHEET.encode()) + len(SHEET) + 20
    for number in range(at, at + 40):
        data[number] ^= 0x55
    return bytes(data)


def deep() -> bytes:
    return with_parts(PLAIN, {SHEET: b"<worksheet>" + b"<a>" * 1_000_000})


def without(part: str) -> Callable[[], bytes]:
    return lambda: with_parts(PLAIN, {part: None})


def other(parts: dict[str, bytes]) -> Callable[[], bytes]:
    return lambda: zipped({"[Content_Types].xml": b"", **parts})


ENCRYPTED = "EncryptedPackage".encode("utf-16-le") + bytes(32)

HOSTILE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "39 a bomb": (bomb, "D137", "过大"),
    "39 tightly packed": (tight, "D137", "压缩了"),
    "39 a directory that lies": (lying, "D138", "损坏"),
    "40 a far cell": (lambda: cells(b'<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>'), "D137", "1048576行"),
    "41 chains of sectors that lie": (
        lambda: old_workbooks.compound(bytes(5000))[:44] + b"\xff\xff\xff\x7f" * 20 + bytes(5000),
        "D138",
        "损坏",
    ),
    "42 entities": (lambda: replaced(PLAIN, SHEET, b"<worksheet", ENTITIES + b"<worksheet"), "D138", "损坏"),
    "42 entities in texts": (
        lambda: replaced(sharing(b"", b""), TEXTS, b"<sst", ENTITIES + b"<sst"),
        "D138",
        "损坏",
    ),
    "42 entities in UTF-16": (
        lambda: with_parts(PLAIN, {"xl/styles.xml": (ENTITIES.decode() + "<x>&e;</x>").encode("utf-16")}),
        "D138",
        "损坏",
    ),
    "44 sheets": (many_sheets, "D137", "工作表过多"),
    "44 parts": (many_parts, "D137", "个部件"),
    "44 styles": (many_styles, "D137", "样式过多"),
    "44 merges": (many_merges, "D137", "合并"),
    "44 depth": (deep, "D138", "损坏"),
    "45 a password": (lambda: old_workbooks.compound(bytes(5000), "EncryptedPackage"), "D131", "加密"),
    "45 a password, and damaged": (
        lambda: old_workbooks.compound(bytes(5000), "EncryptedPackage")[:48] + b"\xfe" * 464 + ENCRYPTED,
        "D131",
        "加密",
    ),
    "46 nothing": (lambda: b"", "D130", "空文件"),
    "46 zeros": (lambda: bytes(4096), "D130", "零字节"),
    "46 text": ("编号,数据\n".encode, "D130", "纯文本"),
    "46 garbage": (lambda: bytes(range(256)) * 20, "D130", "二进制"),
    "46 a workbook without its compound file": (lambda: b"\x09\x08\x10\0\0\x06" + bytes(90), "D130", "没有外壳"),
    "46 a picture": (lambda: b"\x89PNG\r\n\x1a\n", "D130", "PNG"),
    "46 a PDF file": (lambda: b"%PDF-1.7", "D130", "PDF"),
    "46 a document": (other({"word/document.xml": b""}), "D130", "Word"),
    "46 slides": (other({"ppt/presentation.xml": b""}), "D130", "PowerPoint"),
    "46 an archive": (other({"a.txt": b""}), "D130", "普通压缩包"),
    "46 a binary workbook": (other({"xl/workbook.bin": b""}), "D130", ".xlsb"),
    "46 a workbook of others": (
        other({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "D130",
        ".ods",
    ),
    "47 half": (lambda: PLAIN[: len(PLAIN) // 2], "D138", "损坏"),
    "47 nine tenths": (lambda: PLAIN[: len(PLAIN) * 9 // 10], "D138", "损坏"),
    "47 but the last bytes": (lambda: PLAIN[:-30], "D138", "损坏"),
    "47 flipped bytes": (flipped, "D138", "损坏"),
    "47 the XML ends early": (lambda: replaced(PLAIN, SHEET, re.compile(rb"</row>.*"), b""), "D138", "损坏"),
    "48 no sheet": (without(SHEET), "D138", "损坏"),
    "48 no list of sheets": (without("xl/workbook.xml"), "D138", "损坏"),
    "48 no types": (without("[Content_Types].xml"), "D138", "损坏"),
    "48 no texts": (
        lambda: with_parts(sharing(b"<si><t>a</t></si>", b""), {"xl/sharedStrings.xml": None}),
        "D138",
        "损坏",
    ),
}


def test_a_part_without_a_name_is_no_part() -> None:
    """A name ends at its first zero byte."""
    grids, findings = read(PLAIN.replace(b"docProps/app.xml", b"\0ocProps/app.xml"))
    assert (grids, findings) == read(PLAIN)


@pytest.mark.parametrize(("made", "code", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_workbook_to_be_read_is_one_error(made: Callable[[], bytes], code: str, said: str) -> None:
    grids, findings = read(made())
    assert (grids, [(finding.code, finding.severity) for finding in findings]) == ((), [(code, "error")])
    assert said in findings[0].message


def test_all_of_them_are_read_in_512_mb_and_the_next_workbook_after_them(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="no limits of memory on this platform")
    assert resource.RLIMIT_AS
    for number, (made, _, _) in enumerate(HOSTILE.values()):
        (tmp_path / f"{number:02}.xlsx").write_bytes(made())
    (tmp_path / "99.xlsx").write_bytes(PLAIN)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [*(code for _, code, _ in HOSTILE.values()), ""]


LIMITED = """
import json, resource, sys
from pathlib import Path
from digest.data.sources.workbooks import WorkbookReader
resource.setrlimit(resource.RLIMIT_AS, (512 * 2**20, 512 * 2**20))
with WorkbookReader() as reader:
    read = [reader.read(path.read_bytes(), path.name)[1] for path in sorted(Path(sys.argv[1]).iterdir())]
print(json.dumps(["".join(finding.code for finding in findings) for findings in read]))
"""


# --- what is odd and yet read -------------------------------------------------------------------------


def test_a_dimension_that_lies_is_passed_over() -> None:
    (grid,), findings = read(replaced(PLAIN, SHEET, re.compile(rb'ref="A1:B2"'), b'ref="A1:XFD1048576"'))
    assert (len(grid.rows), findings) == (2, ())


def test_a_count_of_texts_that_lies_is_passed_over() -> None:
    data = sharing(b"<si><t>a</t></si>", b'<c r="A1" t="s"><v>0</v></c>')
    (grid,), findings = read(
        replaced(data, "xl/sharedStrings.xml", b'count="9"', b'count="9" uniqueCount="4294967295"')
    )
    assert (grid.rows[0], findings) == (("a",), ())


def test_a_text_that_is_not_there_is_told_by_cell() -> None:
    texts = b'<c r="A1" t="s"><v>99999</v></c><c r="B1" t="s"><v>0</v></c>'
    numbers = b'<c r="C1"><v>4,1</v></c><c r="D1"><v>1e999</v></c>'
    (grid,), findings = read(sharing(b"<si><t>a</t></si>", texts + numbers))
    assert grid.rows[0] == (None, "a", "4,1", "1e999")
    assert told(findings) == [("D205", "warning", f"t.xlsx › 台账 › {cell}1") for cell in "ACD"]


def test_parts_that_would_climb_out_of_a_folder_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (grid,), findings = read(with_parts(PLAIN, {"../../evil.txt": b"x", "/abs.txt": b"x"}))
    assert (len(grid.rows), findings, list(tmp_path.iterdir())) == (2, (), [])


def test_of_macros_links_and_commands_only_what_was_stored_is_read() -> None:
    xml = b'<c r="A1"><f>cmd|\'/C calc\'!A0</f><v>7</v></c><c r="B1"><f>[1]Sheet1!A1</f><v>8</v></c>'
    data = with_parts(cells(xml), {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    (grid,), findings = read(data)
    assert (grid.rows[0], findings) == ((7, 8), ())


def test_heads_come_as_they_stand_twice_or_padded() -> None:
    (grid,), _ = read(sheet_of({"A1": "指标", "B1": "指标", "D1": " 数 "}))
    assert grid.rows == (("指标", "指标", None, " 数 "),)


def test_a_lock_file_is_a_note() -> None:
    grids, findings = read_workbook(b"\x05user", "数据/~$台账.xlsx")
    assert (grids, told(findings)) == ((), [("D203", "note", "数据/~$台账.xlsx")])


@settings(max_examples=300)
@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=4))
def test_no_damage_raises_anything(at: int, put: bytes) -> None:
    read(PLAIN[:at] + put + PLAIN[at + len(put) :])


@given(st.randoms(use_true_random=False))
def test_no_damage_inside_of_a_sheet_raises_anything(chance: random.Random) -> None:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts:
        xml = bytearray(parts.read(SHEET))
    for _ in range(chance.randrange(1, 4)):
        xml[chance.randrange(len(xml))] = chance.choice(b'<>/"= ct0x&\xff')
    read(with_parts(PLAIN, {SHEET: bytes(xml)}))
