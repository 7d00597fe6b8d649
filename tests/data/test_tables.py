"""Tables: read from what offices really send, each cell with its place, nothing changed in silence."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import column_name
from digest.data.tables import read_table, table_of_frame

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.tables import Table
    from digest.findings import Finding

TITLES = "编号,数据\r\n"


def read_csv(folder: Path, content: bytes) -> tuple[Table, tuple[Finding, ...]]:
    (folder / "t.csv").write_bytes(content)
    return read_table(folder / "t.csv", "data/t.csv")


def read_xlsx(folder: Path, rows: list[list[object]], sheet: str = "") -> tuple[Table, tuple[Finding, ...]]:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "台账"
    for row in rows:
        page.append(row)
    book.create_sheet("空表")
    book.save(folder / "t.xlsx")
    return read_table(folder / "t.xlsx", "t.xlsx", sheet)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in table.rows]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


# --- CSV --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_a_mark(tmp_path: Path, encoding: str) -> None:
    table, findings = read_csv(tmp_path, f"{TITLES}a,137个\r\n".encode(encoding))
    assert (table.columns, texts(table), findings) == (("编号", "数据"), [["a", "137个"]], ())


def test_gb18030_is_read_and_said_so_with_the_rare_names_gbk_lacks(tmp_path: Path) -> None:
    table, findings = read_csv(tmp_path, f"{TITLES}㳇𫖯,137个\r\n".encode("gb18030"))
    assert texts(table) == [["㳇𫖯", "137个"]]
    assert [(finding.code, finding.severity) for finding in findings] == [("D121", "note")]
    assert "GB18030" in findings[0].message


def test_utf16_with_tabs_is_what_excel_calls_unicode_text(tmp_path: Path) -> None:
    table, findings = read_csv(tmp_path, "编号\t数据\r\na\t137个\r\n".encode("utf-16"))
    assert texts(table) == [["a", "137个"]]
    assert [finding.code for finding in findings] == ["D121"]


def test_each_cell_knows_its_line_and_column_even_behind_line_breaks_in_cells(tmp_path: Path) -> None:
    table, _ = read_csv(tmp_path, f'{TITLES}"a\r\nb",137个\r\n\r\nc,2家\r\n'.encode())
    assert str(table.rows[0].cells["数据"].place) == "data/t.csv › 第2行 › 数据"
    assert str(table.rows[1].cells["数据"].place) == "data/t.csv › 第5行 › 数据"
    assert str(table.rows[1].place) == "data/t.csv › 第5行"


def test_rows_of_another_length_are_told_by_line_and_not_shifted(tmp_path: Path) -> None:
    table, findings = read_csv(tmp_path, f"{TITLES}a,1,234个\r\nb\r\nc,3个,,\r\n".encode())
    assert told(findings) == [("D123", "data/t.csv › 第2行"), ("D123", "data/t.csv › 第3行")]
    assert texts(table) == [["c", "3个"]]  # empty cells at the end are what WPS leaves behind


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"", "D120", "data/t.csv"),
        (b"\xef\xbb\xbf", "D120", "data/t.csv"),
        (b" , ,\r\n", "D120", "data/t.csv"),
        (TITLES.encode(), "D120", "data/t.csv"),
        (f'{TITLES}a,1个\r\n"b,2个\r\nc,3个\r\n'.encode(), "D125", "data/t.csv › 第3行"),
        (f'{TITLES}"a"b,2个\r\n'.encode(), "D125", "data/t.csv › 第2行"),
        (f"{TITLES}a\0b,2个\r\n".encode(), "D124", "data/t.csv › 第2行 › 编号"),
        (f"{TITLES}a,{'9' * 200_000}\r\n".encode(), "D125", "data/t.csv › 第2行"),
        ("编号,编号\r\na,b\r\n".encode(), "D126", "data/t.csv › 第1行 › 编号"),
        ("编号,,数据\r\na,b,c\r\n".encode(), "D126", "data/t.csv › 第1行 › 第2列"),
        (TITLES.encode() + b"a,1\n" + b"\xff\xff,2\n", "D122", "data/t.csv › 第3行"),
        (b"PK\x03\x04....", "D130", "data/t.csv"),
        (b"\xd0\xcf\x11\xe0....", "D130", "data/t.csv"),
    ],
)
def test_a_damaged_file_is_told_with_its_place(tmp_path: Path, content: bytes, code: str, place: str) -> None:
    _, findings = read_csv(tmp_path, content)
    assert (code, place) in told(findings)


def test_texts_are_taken_as_they_stand(tmp_path: Path) -> None:
    hostile = ["A<B且C>D", "R&D投入", "=cmd|x", "00123", "NA", "{{ x }}", "<b>", "\\n", "𠮷野家🚀℃", "1e400"]
    rows = "".join(f'"{text}",1个\r\n' for text in hostile)
    table, findings = read_csv(tmp_path, (TITLES + rows).encode())
    assert [row[0] for row in texts(table)] == hostile
    assert findings == ()


@given(st.binary(max_size=200))
def test_no_bytes_bring_the_reader_down(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_csv(tmp_path_factory.getbasetemp(), content)


# --- workbooks --------------------------------------------------------------------------------------


def test_a_sheet_is_read_and_its_cells_are_called_as_in_the_workbook(tmp_path: Path) -> None:
    table, findings = read_xlsx(tmp_path, [[], ["编号", "数据"], ["a", "2700余家"], [None, None], ["b", "1/10"]])
    assert texts(table) == [["a", "2700余家"], ["b", "1/10"]]
    assert str(table.rows[1].cells["数据"].place) == "t.xlsx › 台账 › B5"
    assert findings == ()


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_lists_those_there_are(tmp_path: Path) -> None:
    _, findings = read_xlsx(tmp_path, [["编号"], ["a"]], "台帐")
    assert [finding.code for finding in findings] == ["D136"]
    assert "台账、空表" in findings[0].hint
    _, findings = read_xlsx(tmp_path, [["编号"], ["a"]], "空表")
    assert [finding.code for finding in findings] == ["D120"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2023, 5, 7), "2023-05-07"),  # typed as 5/7
        (datetime(2023, 12, 1, 8, tzinfo=UTC).replace(tzinfo=None), "2023-12-01"),  # typed as 2023-12
        (2023.1, "2023.1"),  # typed as 2023.10
        (4.1, "4.1"),
        (True, "True"),
    ],
)
def test_what_excel_made_of_a_text_is_a_finding_and_never_a_value(tmp_path: Path, value: object, said: str) -> None:
    table, findings = read_xlsx(tmp_path, [["编号", "数据"], ["a", value]])
    assert told(findings) == [("D132", "t.xlsx › 台账 › B2")]
    assert said in findings[0].message
    assert texts(table) == [["a", ""]]


def test_a_whole_number_is_taken_and_marked_as_one(tmp_path: Path) -> None:
    table, findings = read_xlsx(tmp_path, [["编号", "数据"], ["a", 137]])
    cell = table.rows[0].cells["数据"]
    assert (cell.text, cell.number, findings) == ("137", True, ())


def test_a_formula_without_a_result_and_an_error_are_told_by_cell(tmp_path: Path) -> None:
    _, findings = read_xlsx(tmp_path, [["编号", "数据"], ["a", "=1+1"], ["b", "#DIV/0!"]])
    assert ("D135", "t.xlsx › 台账 › B2") in told(findings)
    assert ("D134", "t.xlsx › 台账 › B3") in told(findings)


def test_one_far_cell_does_not_bring_the_process_down(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(tmp_path / "t.xlsx")
    _, findings = read_table(tmp_path / "t.xlsx", "t.xlsx")
    assert [finding.code for finding in findings] == ["D137"]


def test_a_workbook_that_would_swell_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/sharedStrings.xml", bytes(201 * 2**20))
    _, findings = read_table(tmp_path / "t.xlsx", "t.xlsx")
    assert [finding.code for finding in findings] == ["D137"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", "D130", "空文件"),
        ("编号,数据".encode(), "D130", "纯文本"),
        (b"<html><table>", "D130", "网页"),
        (b"\x89PNG\r\n", "D130", "PNG图片"),
        (b"%PDF-1.7", "D130", "PDF文件"),
        (b"\xd0\xcf\x11\xe0" + bytes(64), "D130", "旧版.xls工作簿"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "D131", "加密"),
        (b"PK\x03\x04 and nothing more", "D138", "损坏"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_true_name(tmp_path: Path, content: bytes, code: str, said: str) -> None:
    (tmp_path / "t.xlsx").write_bytes(content)
    _, (finding,) = read_table(tmp_path / "t.xlsx", "t.xlsx")
    assert finding.code == code
    assert said in finding.message


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_workbook_is_a_finding(tmp_path: Path, share: float) -> None:
    read_xlsx(tmp_path, [["编号"], ["a"]])
    whole = (tmp_path / "t.xlsx").read_bytes()
    (tmp_path / "t.xlsx").write_bytes(whole[: int(len(whole) * share)])
    _, findings = read_table(tmp_path / "t.xlsx", "t.xlsx")
    assert [finding.code for finding in findings] == ["D138"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_with_a_missing_or_poisoned_part_is_a_finding(tmp_path: Path, part: str) -> None:
    read_xlsx(tmp_path, [["编号"], ["a"]])
    whole = (tmp_path / "t.xlsx").read_bytes()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for replacement in (None, bomb, b"", b"<x"):
        with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as new:
            for name in old.namelist():
                content = replacement if name == part else old.read(name)
                if content is not None:
                    new.writestr(name, content)
        _, findings = read_table(tmp_path / "t.xlsx", "t.xlsx")
        assert findings


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    _, findings = read_table(tmp_path / "none.csv", "none.csv")
    assert [finding.code for finding in findings] == ["D109"]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_columns_are_called_by_letters(number: int, letters: str) -> None:
    assert column_name(number) == letters


# --- frames -----------------------------------------------------------------------------------------


def test_a_frame_is_a_table_with_missing_values_as_empty_cells() -> None:
    frame = pd.DataFrame({"编号": ["a", "b"], "数据": ["4.1亿元", None], "期间起": [2023, 2024]})
    table, findings = table_of_frame(frame)
    assert texts(table) == [["a", "4.1亿元", "2023"], ["b", "", "2024"]]
    assert str(table.rows[1].cells["数据"].place) == "数据框 › 第2行 › 数据"
    assert findings == ()


def test_floats_and_days_in_a_frame_are_findings() -> None:
    frame = pd.DataFrame({"编号": ["a"], "数据": [4.1], "截至": [pd.Timestamp("2023-12-01")]})
    _, findings = table_of_frame(frame)
    assert [finding.code for finding in findings] == ["D132", "D132"]


def test_csv_projects_load_without_pandas() -> None:
    command = "import sys, digest.data.load; sys.exit('pandas' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0
