"""Files of more rows than an office fills in are added up: a number for each member and month, and where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.data.derived import derive
from digest.data.load import load
from digest.data.model import Fact
from digest.errors import DataError
from tests.data.projects import CITIES, small_project

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.book import Book
    from digest.findings import Finding

ROWS = 60_000
HEAD = "市,月份,指标,数值"


def rows(name: str = "服务群众") -> list[str]:
    """Sixty thousand numbers of four members on twenty-eight days of October and as many of September."""
    return [f"{CITIES[n % 4]}市,2026-{9 + n // 4 % 2:02}-{n // 8 % 28 + 1:02},{name},{n % 7 + 1}" for n in range(ROWS)]


def by_hand(lines: list[str], city: str, month: str) -> int:
    return sum(int(line.rpartition(",")[2]) for line in lines if line.startswith(f"{city}市,{month}"))


def project(folder: Path, lines: list[str], head: str = HEAD) -> Path:
    small_project(folder)
    (folder / "数据" / "明细.csv").write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Book, tuple[Finding, ...]]:
    digest = load(folder)
    assert digest.book is not None
    return digest.book, digest.findings


def told(book: Book, key: str) -> str:
    answer = derive(book, key)
    return str(answer.quantity) if isinstance(answer, Fact) else answer.code


def test_sixty_thousand_rows_are_a_number_for_each_member_and_month(tmp_path: Path) -> None:
    lines = rows()
    book, findings = read(project(tmp_path / "项目", lines))
    for city in CITIES:
        for month in ("2026-09", "2026-10"):
            assert told(book, f"zyfw.people@{city}:{month}") == f"{by_hand(lines, city, month)}人次"
    whole = sum(by_hand(lines, city, "2026-10") for city in CITIES)
    assert told(book, "zyfw.people") == f"{whole}人次"
    fact = derive(book, "zyfw.people@济南")
    assert isinstance(fact, Fact)
    assert fact.source.at == "济南 › 服务群众（由7500行明细相加）"
    assert fact.computed
    assert str(fact.place) == "数据/明细.csv"
    assert not [one for one in findings if one.place and one.place.file == "数据/明细.csv"]


def test_a_parquet_file_says_the_same(tmp_path: Path) -> None:
    import pandas as pd

    lines = rows()
    folder = project(tmp_path / "项目", lines)
    book, _ = read(folder)
    frame = pd.DataFrame([line.split(",") for line in lines], columns=HEAD.split(",")).astype({"数值": "int64"})
    frame["月份"] = pd.to_datetime(frame["月份"]).dt.date
    frame.to_parquet(folder / "数据" / "明细.parquet")
    text = (folder / "digest.toml").read_text(encoding="utf-8").replace("明细.csv", "明细.parquet")
    (folder / "digest.toml").write_text(text, encoding="utf-8")
    other, _ = read(folder)
    of_sums = {key: str(one.quantity) for key, one in book.observations.items() if key[0] == "zyfw.people"}
    assert of_sums == {key: str(one.quantity) for key, one in other.observations.items() if key[0] == "zyfw.people"}
    assert len(of_sums) == 8


@pytest.mark.parametrize(
    ("expected", "severity", "row"),
    [
        ("D241", "warning", "济南市,2026-10-01,服务群众,大约"),
        ("D260", "warning", "济难市,2026-10-01,服务群众,3"),
        ("D262", "warning", ",2026-10-01,服务群众,3"),
        ("D160", "warning", "济南市,本次,服务群众,3"),
        ("D298", "note", "济南市,2026-10-01,好人好事,3"),
        ("D301", "warning", "济南市,2026-10-01,满意率,3"),
        ("D242", "note", "济南市,2026-10-01,服务群众,"),
    ],
)
def test_a_row_that_cannot_be_added_is_told(tmp_path: Path, expected: str, severity: str, row: str) -> None:
    folder = project(tmp_path / "项目", [*rows(), row])
    text = (folder / "digest.toml").read_text(encoding="utf-8")
    share = '[[metric]]\nid = "zyfw.rate"\nprogram = "zyfw"\nname = "满意率"\nunit = "%"\n\n[[table]]\n'
    (folder / "digest.toml").write_text(text.replace("[[table]]\n", share, 1), encoding="utf-8")
    book, findings = read(folder)
    assert (expected, severity) in {(one.code, one.severity) for one in findings}
    spoiled = expected == "D241"
    assert (told(book, "zyfw.people@济南") == "D281") == spoiled
    assert (told(book, "zyfw.people") == "D282") == spoiled


def test_who_has_no_row_is_told_and_has_no_number(tmp_path: Path) -> None:
    book, findings = read(project(tmp_path / "项目", [line.replace("青岛", "济南") for line in rows()]))
    (one,) = (one for one in findings if one.code == "D263")
    assert "青岛" in one.message
    assert told(book, "zyfw.people@青岛") == "D280"
    assert told(book, "zyfw.people") == "D282"


def test_two_days_of_a_stock_are_not_added(tmp_path: Path) -> None:
    folder = project(tmp_path / "项目", [*rows(), *rows("联建村")])
    for period in ("2026-08", "2026-09", "2026-10"):
        path = folder / "数据" / f"{period}.csv"
        path.write_text(path.read_text(encoding="utf-8").replace("联建村（个）", "党员（个）"), encoding="utf-8")
    book, findings = read(folder)
    assert "D301" in {one.code for one in findings}
    assert told(book, "slgj.villages@济南") == "D281"


def test_a_file_without_its_columns_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(project(tmp_path / "项目", rows(), "市,月份,指标,数量"))
    assert "D240" in {one.code for one in caught.value.findings}


def test_scales_are_those_of_the_metric(tmp_path: Path) -> None:
    folder = project(tmp_path / "项目", [f"{line},万人次" for line in rows()], f"{HEAD},单位")
    text = (folder / "digest.toml").read_text(encoding="utf-8")
    (folder / "digest.toml").write_text(
        text.replace('value = "数值"', 'value = "数值"\nunit = "单位"'), encoding="utf-8"
    )
    book, _ = read(folder)
    answer = derive(book, "zyfw.people@济南")
    assert isinstance(answer, Fact)
    assert answer.quantity.amount == by_hand(rows(), "济南", "2026-10") * 10_000
    assert answer.quantity.counted == "人次"
