"""Sources: a file is what its bytes say, whatever it is called."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Self

import pandas as pd
import pytest

from digest.data.grid import Grid
from digest.data.sources.opened import Sources
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.sources.opened import Grids

CSV = "单位,资金\n济南,137\n".encode()
OLD = b"\xd0\xcf\x11\xe0" + bytes(600)


def read(folder: Path, name: str, data: bytes) -> tuple[tuple[tuple[object, ...], ...], list[tuple[str, str]]]:
    (folder / name).write_bytes(data)
    with Sources() as sources:
        grids, seen = sources.read(folder / name, name)
    return (grids[0].rows if grids else ()), [(finding.code, finding.severity) for finding in seen]


def test_texts_json_and_parquet_are_told_apart_by_their_bytes(tmp_path: Path) -> None:
    expected = (("单位", "资金"), ("济南", "137"))
    pd.DataFrame({"单位": ["济南"], "资金": ["137"]}).to_parquet(tmp_path / "made")
    assert read(tmp_path, "t.csv", CSV) == (expected, [])
    assert read(tmp_path, "t.txt", "单位\t资金\n济南\t137\n".encode("utf-16")) == (expected, [("D121", "note")])
    assert read(tmp_path, "t.json", '[{"单位": "济南", "资金": "137"}]'.encode()) == (expected, [])
    assert read(tmp_path, "t.parquet", (tmp_path / "made").read_bytes()) == (expected, [])


@pytest.mark.parametrize("name", ["t.xlsx", "t.json", "t.parquet", "t.xls"])
def test_a_name_that_says_another_kind_is_a_note_and_the_file_is_read(tmp_path: Path, name: str) -> None:
    rows, told = read(tmp_path, name, CSV)
    assert rows == (("单位", "资金"), ("济南", "137"))
    assert told == [("D221", "note")]


def test_a_csv_whose_first_cell_begins_with_a_bracket_is_a_csv(tmp_path: Path) -> None:
    assert read(tmp_path, "t.csv", b"[a],b\n1,2\n") == ((("[a]", "b"), ("1", "2")), [])


@pytest.mark.parametrize("title", ["PAR1", "BZh", "ORC", "Rar!", "GIF8"])
def test_a_title_that_looks_like_the_mark_of_another_kind_is_a_title(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, "t.csv", f"{title},b\n1,2\n".encode()) == (((title, "b"), ("1", "2")), [])


def test_json_that_is_called_a_csv_is_read_as_json(tmp_path: Path) -> None:
    assert read(tmp_path, "t.csv", b'[{"a": 1}]')[0] == (("a",), (1,))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF文件"),
        (b"\x89PNG\r\n\x1a\n", "PNG图片"),
        (b"\xff\xd8\xff\xe0", "JPEG图片"),
        (OLD + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"PK\x03\x04....word/document.xml", ".docx"),
        (b"{\\rtf1", "RTF文档"),
        (b"SQLite format 3\0", "SQLite数据库"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"ARROW1\0\0", "Arrow"),
    ],
)
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.json"])
def test_what_nobody_reads_is_called_by_its_true_name(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with Sources() as sources:
        grids, (finding,) = sources.read(tmp_path / name, name)
    assert (grids, finding.code, finding.severity) == ((), "D220", "error")
    assert said in finding.message


def test_a_file_that_is_missing_or_empty_or_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "leer").write_bytes(b"")
    with Sources() as sources:
        assert [sources.read(tmp_path / name, name)[1][0].code for name in ("none", "leer", "")] == [
            "D109",
            "D120",
            "D109",
        ]


def test_a_control_character_empties_its_cell_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b'a,b\n1,x\0y\n\x1b[0m,"line\nline"\n')
    with Sources() as sources:
        (grid,), seen = sources.read(tmp_path / "t.csv", "t.csv")
    assert grid.rows == (("a", "b"), ("1", None), (None, "line\nline"))
    assert [(finding.code, finding.severity, finding.value, str(finding.place)) for finding in seen] == [
        ("D124", "warning", "U+0000", "t.csv › 第2行 › 第2列"),
        ("D124", "warning", "U+001B", "t.csv › 第3行 › 第1列"),
    ]


def test_a_frame_stands_in_for_the_file_of_its_name(tmp_path: Path) -> None:
    with Sources(frames={"data/t.csv": pd.DataFrame({"资金": [137]})}) as sources:
        (grid,), seen = sources.read(tmp_path / "none", "data/t.csv")
    assert (grid.rows, str(grid.place), seen) == ((("资金",), (137,)), "data/t.csv", ())


@pytest.mark.parametrize("data", [b"PK\x03\x04....", OLD, b"<html><table>", b"<?xml version='1.0'?>"])
def test_workbooks_and_what_passes_for_one_go_to_one_reader_that_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    happened: list[str] = []

    class Reader:
        def __enter__(self) -> Self:
            happened.append("opened")
            return self

        def __exit__(self, *_: object) -> None:
            happened.append("ended")

        def read(self, data: bytes, shown: str, sheet: str) -> Grids:
            happened.append(f"{len(data)} {shown} {sheet}")
            return (Grid(Place(shown), (("a",),)),), (Finding("D137", "note", "x"),)

    module = ModuleType("workbooks")
    module.WorkbookReader = Reader  # type: ignore[attr-defined]  # it stands in
    monkeypatch.setitem(sys.modules, "digest.data.sources.workbooks", module)
    (tmp_path / "t.xls").write_bytes(data)
    with Sources() as sources:
        for _ in range(2):
            grids, seen = sources.read(tmp_path / "t.xls", "t.xls", "台账")
    assert (grids[0].rows, [finding.code for finding in seen]) == ((("a",),), ["D137"])
    assert happened == ["opened", *[f"{len(data)} t.xls 台账"] * 2, "ended"]
