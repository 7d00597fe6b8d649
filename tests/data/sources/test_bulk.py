"""Large tables are added up exactly, and what is no number leaves its group without a sum."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from digest.data.sources.bulk import add_up

if TYPE_CHECKING:
    from pathlib import Path

    from digest.findings import Finding

HEAD = "单位,指标,数值\n"


def sums(folder: Path, content: str | bytes | pa.Table, *keys: str) -> tuple[list[tuple[object, ...]], list[Finding]]:
    path = folder / "t"
    if isinstance(content, pa.Table):
        parquet.write_table(content, path)
    else:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    grids, seen = add_up(path, "t", keys or ("单位",), "数值")
    return [tuple(row) for row in grids[0].rows[1:]] if grids else [], list(seen)


def test_groups_come_in_the_order_in_which_they_come_up_with_the_number_of_their_rows(tmp_path: Path) -> None:
    text = f"{HEAD}青岛,资金,0.1\n济南,资金,1\n青岛,资金,0.2\n青岛,人次,3\n"
    assert sums(tmp_path, text) == ([("青岛", Decimal("3.3"), 3), ("济南", 1, 1)], [])
    assert sums(tmp_path, text, "指标", "单位")[0] == [
        ("资金", "青岛", Decimal("0.3"), 2),
        ("资金", "济南", 1, 1),
        ("人次", "青岛", 3, 1),
    ]
    grids, _ = add_up(tmp_path / "t", "t", [], "数值")
    assert grids[0].rows == (("数值", "行数"), (Decimal("4.3"), 4))
    assert str(grids[0].place) == "t › 汇总"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_and_separator_is_read(tmp_path: Path, encoding: str) -> None:
    text = f'{HEAD}济南,资金,5\n青岛,资金,"1,234.5"\n'
    rows, seen = sums(tmp_path, text.encode(encoding))
    assert rows == [("济南", 5, 1), ("青岛", Decimal("1234.5"), 1)]
    assert [finding.code for finding in seen] == ([] if encoding.startswith("utf-8") else ["D121"])
    assert sums(tmp_path, "sep=;\n单位;数值\n济南;５\n")[0] == [("济南", 5, 1)]


@pytest.mark.parametrize(
    "cells",
    [
        pa.array(["0.1", "0.2", None, "7"]),
        pa.array([0.1, 0.2, None, 7.0]),
        pa.array([Decimal("0.1"), Decimal("0.2"), None, Decimal(7)], pa.decimal128(10, 2)),
        pa.array(["0.1", " 0.2 ", "—", "7.0"]),
        pa.array([0.1, 0.2, float("nan"), 7.0]),
        pa.array(["0.1", "0.2", None, "7"]).dictionary_encode(),
        pa.array([0.1, 0.2, None, 7], "float32"),
    ],
)
def test_parquet_is_added_up_the_same_whatever_its_numbers_are_kept_as(tmp_path: Path, cells: pa.Array) -> None:
    rows, seen = sums(tmp_path, pa.table({"单位": ["济南", "济南", "济南", "青岛"], "数值": cells}))
    assert rows == [("济南", Decimal("0.3"), 2), ("青岛", 7, 1)]
    assert [(finding.code, finding.severity) for finding in seen] == [("D242", "note")]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_cell_that_is_no_number_is_told_by_its_line_and_its_group_has_no_sum(tmp_path: Path, kind: str) -> None:
    cells = ["1", "约3", "1e400", "", "Infinity", "2"]
    units = ["济南", "济南", "青岛", "青岛", "青岛", "淄博"]
    table = pa.table({"单位": units, "数值": cells})
    text = "单位,数值\n" + "".join(f"{unit},{cell}\n" for unit, cell in zip(units, cells, strict=True))
    rows, seen = sums(tmp_path, text if kind == "csv" else table)
    first = 2 if kind == "csv" else 1
    assert rows == [("济南", None, 1), ("青岛", None, 0), ("淄博", 2, 1)]
    assert [(finding.code, finding.value, finding.place and finding.place.cell) for finding in seen] == [
        ("D241", "约3", f"第{first + 1}行 › 数值"),
        ("D241", "1e400", f"第{first + 2}行 › 数值"),
        ("D241", "Infinity", f"第{first + 4}行 › 数值"),
        ("D242", "", ""),
    ]


def test_of_many_such_cells_fifty_are_told_and_the_others_counted(tmp_path: Path) -> None:
    _, seen = sums(tmp_path, HEAD + "济南,资金,x\n" * 70_000)
    assert len(seen) == 51
    assert "69950" in seen[-1].message


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        ("", "D120", "t"),
        (HEAD, "D120", "t"),
        ("单位,数\n济南,1\n", "D240", "t"),
        ("单位,数值,数值\n济南,1,2\n", "D240", "t"),
        (f"{HEAD}济南,资金,1\n青岛\n", "D243", "t › 第3行"),
        (f'{HEAD}济南,资金,1\n"青岛,资金,1\n', "D125", "t › 第3行"),
        (HEAD.encode() + b"\xff\xff,a,1\n", "D122", "t › 第2行"),
        (b"PAR1\x15\x04 and no more", "D230", "t"),
        (pa.table({"单位": ["济南"]}), "D240", "t"),
    ],
)
def test_what_cannot_be_added_up_is_told(
    tmp_path: Path, content: str | bytes | pa.Table, code: str, place: str
) -> None:
    rows, seen = sums(tmp_path, content)
    assert rows == []
    assert (seen[-1].code, str(seen[-1].place)) == (code, place)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert add_up(tmp_path / "none", "t", [], "数值")[1][0].code == "D109"


def test_too_many_groups_are_not_kept(tmp_path: Path) -> None:
    rows, seen = sums(tmp_path, HEAD + "".join(f"{number},资金,1\n" for number in range(200_001)))
    assert (rows, [finding.code for finding in seen]) == ([], ["D222"])


_NUMBERS = st.decimals(min_value=-(10**19), max_value=10**19, places=6)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), _NUMBERS), min_size=1, max_size=30))
def test_sums_are_exact_and_text_and_parquet_agree(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, Decimal]]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    units = [unit for unit, _ in rows]
    texts = [format(number, "f") for _, number in rows]
    expected: dict[str, int] = dict.fromkeys(units, 0)
    for unit, number in rows:
        expected[unit] += int(number.scaleb(6))
    wanted = [(unit, total, Counter(units)[unit]) for unit, total in expected.items()]
    text = "单位,数值\n" + "".join(f"{unit},{number}\n" for unit, number in zip(units, texts, strict=True))
    for content in (text, pa.table({"单位": units, "数值": texts})):
        found, seen = sums(folder, content)
        assert seen == []
        assert [(unit, int(Decimal(str(total)).scaleb(6)), count) for unit, total, count in found] == wanted
