"""Frames of pandas, Arrow and others: one table reads the same, whatever holds it."""

from __future__ import annotations

import datetime as dt
import enum
import subprocess
import sys
import uuid
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import Merge
from digest.data.sources.frames import read_frame
from digest.data.sources.values import plain, shortest_single, text_of

DAY = dt.date(2025, 10, 31)


class Stream:
    """Whatever hands itself over as Arrow, and is nothing else: so does a frame of polars."""

    def __init__(self, table: object) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)  # type: ignore[attr-defined]


def rows(frame: object) -> tuple[tuple[object, ...], ...]:
    grids, seen = read_frame(frame, "数据框")
    assert seen == ()
    return grids[0].rows


def told(frame: object) -> list[tuple[str, str, str]]:
    _, seen = read_frame(frame, "数据框")
    return [(finding.code, finding.severity, str(finding.place)) for finding in seen]


COLUMNS: dict[str, list[object]] = {
    "单位": ["济南", None, "济南"],
    "资金": [Decimal("5.30"), None, Decimal("7.00")],
    "人次": [137, 0, 95],
    "比重": [0.1, float("nan"), 2.0],
    "已报": [True, False, None],
    "日期": [DAY, None, DAY],
}
EXPECTED = (
    tuple(COLUMNS),
    ("济南", Decimal("5.3"), 137, Decimal("0.1"), True, DAY),
    (None, None, 0, None, False, None),
    ("济南", 7, 95, 2, None, DAY),
)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS).astype(
            {"单位": "category", "日期": "datetime64[ns]", "人次": "Int64", "已报": "boolean"}
        ),
        pd.DataFrame(COLUMNS, index=[7, 3, 9]),
        pa.table(COLUMNS),
        pa.table(COLUMNS).to_batches()[0],
        pa.table({**COLUMNS, "单位": pa.array(COLUMNS["单位"]).dictionary_encode()}),
        Stream(pa.table(COLUMNS)),
    ],
    ids=["pandas", "pandas with its own types", "pandas filtered", "arrow", "batch", "arrow categories", "stream"],
)
def test_one_table_reads_the_same_whatever_holds_it(frame: object) -> None:
    assert rows(frame) == EXPECTED
    assert [[type(value) for value in row] for row in rows(frame)] == [[type(v) for v in row] for row in EXPECTED]


def test_a_frame_of_polars_reads_the_same() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert rows(polars.DataFrame(COLUMNS)) == EXPECTED


def test_rows_are_counted_without_the_titles() -> None:
    (grid,), _ = read_frame(pd.DataFrame(COLUMNS), "数据框")
    assert str(grid.place_of(1, 1, "资金")) == "数据框 › 第1行 › 资金"
    assert str(grid.place_of(0, 1)) == "数据框 › 列名 › 第2列"


def test_an_index_that_says_something_is_a_column_and_the_numbers_of_rows_are_none() -> None:
    frame = pd.DataFrame({"单位": ["青岛", "济南", "青岛"], "资金": [1, 2, 3]})
    assert rows(frame.groupby("单位").sum()) == (("单位", "资金"), ("济南", 2), ("青岛", 4))
    assert rows(frame.set_index("单位").rename_axis(None))[0] == ("", "资金")
    assert rows(frame[frame["资金"] > 1]) == (("单位", "资金"), ("济南", 2), ("青岛", 3))
    assert rows(frame.groupby("单位")["资金"].sum()) == (("单位", "资金"), ("济南", 2), ("青岛", 4))


def test_heads_of_several_rows_stay_rows_with_equal_titles_merged() -> None:
    columns = pd.MultiIndex.from_tuples([("2025年", "本月"), ("2025年", "累计"), ("2024年", "本月")])
    (grid,), _ = read_frame(pd.DataFrame([[1, 2, 3]], columns=columns), "数据框")
    assert grid.rows == (("2025年", "2025年", "2024年"), ("本月", "累计", "本月"), (1, 2, 3))
    assert grid.merges == (Merge(0, 0, 0, 1),)
    assert grid.lines == (0, 0, 1)


def test_single_precision_shows_the_digits_that_were_written() -> None:
    for column in (
        pd.DataFrame({"a": np.array([5.3, 0.1], "float32")}),
        pa.table({"a": pa.array([5.3, 0.1], "float32")}),
    ):
        assert rows(column) == (("a",), (Decimal("5.3"),), (Decimal("0.1"),))


@pytest.mark.parametrize(
    "value",
    [b"x", [1], {"a": 1}, float("inf"), dt.timedelta(1), dt.datetime(2025, 10, 1, tzinfo=dt.UTC), 1j, "长" * 131_073],
)
def test_what_is_no_value_of_a_table_is_told_by_its_cell(value: object) -> None:
    frame = pd.DataFrame({"a": pd.Series(["x", value], dtype=object)})
    assert told(frame) == [("D228", "warning", "数据框 › 第2行 › a")]
    assert read_frame(frame, "数据框")[0][0].rows == (("a",), ("x",), (None,))


def test_nested_values_and_bytes_of_arrow_are_told_by_their_cell() -> None:
    table = pa.table({"a": [[1], [2]], "b": [{"x": 1}, None], "c": [b"x", None]})
    assert [place for _, _, place in told(table)] == [
        "数据框 › 第1行 › a",
        "数据框 › 第1行 › b",
        "数据框 › 第1行 › c",
        "数据框 › 第2行 › a",
    ]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (pd.DataFrame(), "D120"),
        (pa.table({}), "D120"),
        ({"a": [1]}, "D231"),
        (3, "D231"),
        (pd.DataFrame({"a": np.zeros(1_000_001, "int8")}), "D222"),
        (pa.table({"a": pa.nulls(1_000_001)}), "D222"),
    ],
)
def test_what_is_no_frame_or_too_large_is_told(frame: object, code: str) -> None:
    assert [found for found, _, _ in told(frame)] == [code]


def test_a_stream_that_breaks_off_is_a_finding() -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ValueError("cut off")

    assert [code for code, _, _ in told(Broken())] == ["D230"]


def test_a_frame_of_pandas_needs_no_pyarrow_and_others_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(pa.table(COLUMNS))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert rows(pd.DataFrame({"a": [1]})) == (("a",), (1,))
    _, (finding,) = read_frame(stream, "数据框")
    assert finding.code == "D229"
    assert "jianbao[parquet]" in finding.hint


def test_reading_frames_enters_neither_pandas_nor_pyarrow_of_itself() -> None:
    command = "import sys, digest.data.sources.opened; sys.exit(bool({'pandas', 'pyarrow', 'numpy'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


# --- values -------------------------------------------------------------------------------------------


class Kind(enum.Enum):
    STOCK = "存量"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("5.30"), "5.3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.00"), "0"),
        (Decimal("-0"), "0"),
        (Decimal("0.0000001"), "0.0000001"),
        (5.3, "5.3"),
        (1e22, "1" + "0" * 22),
        (np.float64(0.1), "0.1"),
        (np.int64(7), "7"),
        (np.bool_(True), "True"),  # noqa: FBT003  the value itself
        (np.str_("济南"), "济南"),
        (np.datetime64("2025-10-31T00:00:00", "ns"), "2025-10-31"),
        (dt.datetime(2025, 10, 31), "2025-10-31"),  # noqa: DTZ001  tables have no zones
        (dt.datetime(2025, 10, 31, 8, 30), "2025-10-31 08:30:00"),  # noqa: DTZ001
        (dt.time(8, 30), "08:30:00"),
        (pd.Timestamp("2025-10-31"), "2025-10-31"),
        (pd.Timestamp("2025-10-31 08:30:00.000000001"), "2025-10-31 08:30:00"),
        (pd.Period("2025-10", "M"), "2025-10"),
        (pd.NA, ""),
        (pd.NaT, ""),
        (Kind.STOCK, "存量"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    ],
)
def test_a_value_has_one_text(value: Any, text: str) -> None:  # noqa: ANN401  of many packages
    assert text_of(plain(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_a_decimal_keeps_its_value_and_loses_only_noughts(value: Decimal) -> None:
    found = plain(value)
    assert found == value
    assert isinstance(found, int) or not text_of(found).endswith("0")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_shortest_decimal_that_means_it(value: float) -> None:
    assert float(text_of(plain(value))) == value


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_shortest_of_single_precision_means_the_same(value: float) -> None:
    assert np.float32(shortest_single(value)) == np.float32(value)
