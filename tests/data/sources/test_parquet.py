"""Parquet files."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from digest.data.sources.parquet import read_parquet

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table(
    {
        "单位": ["济南", None],
        "资金": pa.array([Decimal("5.30"), Decimal("7.00")], pa.decimal128(12, 2)),
        "截至": pa.array([dt.datetime(2025, 10, 31), None], pa.timestamp("ns")),  # noqa: DTZ001  no zone in it
    }
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    parquet.write_table(TABLE, tmp_path / "t.parquet")
    return tmp_path / "t.parquet"


def test_a_file_is_a_grid_under_its_titles(path: Path) -> None:
    (grid,), seen = read_parquet(path, "t.parquet")
    assert grid.rows == (("单位", "资金", "截至"), ("济南", Decimal("5.3"), dt.date(2025, 10, 31)), (None, 7, None))
    assert (str(grid.place_of(1, 1, "资金")), seen) == ("t.parquet › 第1行 › 资金", ())


def test_the_numbers_pandas_gave_the_rows_are_no_column_and_texts_in_their_place_are_one(tmp_path: Path) -> None:
    frame = pd.DataFrame({"资金": [1, 2]})
    frame.iloc[[1, 0]].to_parquet(tmp_path / "t.parquet")
    assert read_parquet(tmp_path / "t.parquet", "t")[0][0].rows == (("资金",), (2,), (1,))
    frame.set_index(pd.Index(["济南", "青岛"])).to_parquet(tmp_path / "t.parquet")
    assert read_parquet(tmp_path / "t.parquet", "t")[0][0].rows == (("资金", ""), (1, "济南"), (2, "青岛"))


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": pa.nulls(1_000_001, pa.int8())}), tmp_path / "t.parquet")
    _, (finding,) = read_parquet(tmp_path / "t.parquet", "t.parquet")
    assert finding.code == "D222"


def test_without_pyarrow_it_says_what_to_install(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    _, (finding,) = read_parquet(path, "t.parquet")
    assert (finding.code, finding.severity) == ("D229", "error")


@given(at=st.floats(0, 1), byte=st.integers(0, 255), kept=st.sampled_from([1.0, 0.9, 0.5, 0.1]))
def test_a_damaged_file_is_a_finding_or_read_and_nothing_is_raised(
    tmp_path_factory: pytest.TempPathFactory, at: float, byte: int, kept: float
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.parquet"
    parquet.write_table(TABLE, path)
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] = byte
    path.write_bytes(data[: int(len(data) * kept)])
    grids, seen = read_parquet(path, "t.parquet")
    assert grids or seen[0].code in {"D230", "D222", "D120"}
