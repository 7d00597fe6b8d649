"""What is true of file after file is told once, what is true of a cell at every cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.data.load import in_order, load
from digest.data.repeated import told_once
from digest.findings import Finding, Place
from tests.data.projects import MONTHS, small_project

if TYPE_CHECKING:
    from pathlib import Path

ENCODING = Finding("D121", "note", "文件编码不是UTF-8，按GB18030读取", Place("数据/2026-01.csv"))


def of_files(one: Finding, *files: str) -> list[Finding]:
    assert one.place
    return [replace(one, place=replace(one.place, file=file)) for file in files]


def test_two_dozen_files_in_one_encoding_are_one_thing_to_know() -> None:
    files = [f"数据/{year}-{month:02}.csv" for year in (2024, 2025) for month in range(1, 13)]
    (one,) = told_once(of_files(ENCODING, *files))
    assert one.place == Place("数据/2024-01.csv")
    assert one.message == "文件编码不是UTF-8，按GB18030读取（等24个文件）"
    assert (one.code, one.severity, one.hint) == (ENCODING.code, ENCODING.severity, ENCODING.hint)


@pytest.mark.parametrize(
    "other",
    [
        replace(ENCODING, place=Place("b.csv", "", "A1")),
        replace(ENCODING, place=Place("b.csv", "汇总")),
        replace(ENCODING, place=Place("b.csv"), severity="warning"),
        replace(ENCODING, place=Place("b.csv"), message="按UTF-16读取"),
        replace(ENCODING, place=Place("b.csv"), code="D122"),
        replace(ENCODING, place=None),
    ],
)
def test_what_is_not_the_same_stays_by_itself(other: Finding) -> None:
    assert told_once([ENCODING, other]) == (ENCODING, other)


def test_cells_stay_single_though_they_say_the_same() -> None:
    cell = Finding("D150", "warning", "“大约”不是数", Place("a.xlsx", "表", "B4"), "大约")
    cells = [cell, *of_files(cell, "b.xlsx", "c.xlsx")]
    assert told_once(cells) == tuple(cells)


def test_order_is_kept_and_what_is_told_once_is_not_told_again() -> None:
    first = Finding("D296", "warning", "缺文件", Place("digest.toml"))
    findings = in_order([*of_files(ENCODING, "b.csv", "a.csv"), first])
    assert [str(one.place) for one in findings] == ["digest.toml", "a.csv"]
    assert in_order(findings) == findings


def test_a_project_of_files_of_one_encoding_says_so_once(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "项目")
    for name in (*MONTHS, "明细"):
        path = folder / "数据" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8"), encoding="gb18030")
    (one,) = (one for one in load(folder).findings if one.code == "D121")
    assert one.message.endswith("（等2个文件）")


def test_doubts_about_earlier_files_are_counted_together(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "项目")
    for period, number in (("2026-08", "400"), ("2026-09", "410")):
        path = folder / "数据" / f"{period}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(number, f"{number[:2]}O"), encoding="utf-8")
    doubts = [one.message for one in load(folder).findings if one.code == "D307"]
    assert doubts == ["2026年8月等2期的数据有2处疑点，逐条见各期的核对结果"]
