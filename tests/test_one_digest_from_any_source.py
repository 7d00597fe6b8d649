"""One project, whatever its tables are kept in: the digest is the same, byte for byte."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from digest import generate_digest
from digest.charts.engines import ChartEngine
from tests.data.projects import MONTHS, kept_in, small_project, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from digest import DigestResult
    from tests.conftest import ReadPdf
    from tests.postgres import Postgres

PRINTED = """
[[section.part.tables]]
rows = "members"
columns = ["slgj.villages", "slgj.villages.mom", "slgj.funds", "slgj.funds.alone", "zyfw.people", "zyfw.people.rank"]
caption = "各市情况"

[[section.part.charts]]
kind = "点图"
metric = "zyfw.people"
members = ["全部"]
caption = "服务群众"
"""
HEAD = ("市", "联建村（个）", "累计投入资金（万元）")
HANDED_IN = ("sqlite", "duckdb", "frame", "parquet")


@pytest.fixture(scope="module")
def engine() -> Iterator[ChartEngine]:
    with ChartEngine() as engine:
        yield engine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small project with a table and a chart of its members."""
    return printed_project(tmp_path / "项目")


@pytest.fixture(scope="module")
def of_text(engine: ChartEngine, tmp_path_factory: pytest.TempPathFactory) -> DigestResult:
    """The digest of tables in UTF-8, which every other is held against."""
    return generate_digest(printed_project(tmp_path_factory.mktemp("utf8") / "项目"), engine=engine)


def printed_project(folder: Path) -> Path:
    project = small_project(folder) / "digest.toml"
    project.write_text(project.read_text(encoding="utf-8") + PRINTED, encoding="utf-8")
    return folder


def test_what_is_compared_has_numbers_a_table_and_a_chart(of_text: DigestResult, read_pdf: ReadPdf) -> None:
    text = read_pdf(bytes(of_text))
    for words in ("1080个", "10001.0", "4010", "图1服务群众", "各市情况", "数据质量说明"):
        assert words in text


# --- tables in files ------------------------------------------------------------------------------------


def texts(encoding: str) -> Callable[[Path, list[list[str]]], None]:
    """Writes comma-separated values in that encoding."""

    def write(path: Path, rows: list[list[str]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(rows)
        path.with_suffix(".csv").write_bytes(text.getvalue().encode(encoding))

    return write


def workbook(path: Path, rows: list[list[str]]) -> None:
    """Numbers as numbers, shown as they stand in the text."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            plain = text.replace(",", "")
            number = row > 1 and plain.replace(".", "").isdecimal()
            cell = sheet.cell(row, column, float(plain) if number else text)
            if number and "," in text:
                cell.number_format = "#,##0.0"
    book.save(path.with_suffix(".xlsx"))


def objects(path: Path, rows: list[list[str]]) -> None:
    """A list of JSON objects, those of a wide table without the title above it."""
    head, *rest = rows if rows[0][1] else rows[1:]
    data = [dict(zip(head, row, strict=True)) for row in rest]
    path.with_suffix(".json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def columns(path: Path, rows: list[list[str]]) -> None:
    """Parquet, those of a wide table without the title above it."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    head, *rest = rows if rows[0][1] else rows[1:]
    parquet.write_table(
        arrow.table(dict(zip(head, map(list, zip(*rest, strict=True)), strict=True))), path.with_suffix(".parquet")
    )


FILES: dict[str, tuple[str, Any]] = {
    "UTF-8 with a mark": (".csv", texts("utf-8-sig")),
    "GB18030": (".csv", texts("gb18030")),
    "UTF-16": (".csv", texts("utf-16")),
    "workbook": (".xlsx", workbook),
    "JSON": (".json", objects),
    "Parquet": (".parquet", columns),
}


@pytest.mark.parametrize("kind", FILES)
def test_all_tables_in_files_of_another_kind_give_the_same_bytes(
    kind: str, folder: Path, engine: ChartEngine, of_text: DigestResult
) -> None:
    suffix, write = FILES[kind]
    for path in [folder / "数据" / f"{name}.csv" for name in (*MONTHS, "明细")]:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        path.unlink()
        write(path, rows)
    project = folder / "digest.toml"
    project.write_text(project.read_text(encoding="utf-8").replace(".csv", suffix), encoding="utf-8")
    result = generate_digest(folder, engine=engine)
    assert {one.severity for one in result.findings} <= {one.severity for one in of_text.findings} | {"note"}
    assert bytes(result) == bytes(of_text)


def test_what_is_noted_of_an_encoding_is_told_and_not_printed(
    folder: Path, engine: ChartEngine, of_text: DigestResult
) -> None:
    path = folder / "数据" / "明细.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    result = generate_digest(folder, engine=engine)
    assert set(result.findings) > set(of_text.findings)
    assert bytes(result) == bytes(of_text)


# --- what is handed in ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", HANDED_IN)
def test_a_table_in_a_database_or_a_frame_gives_the_same_bytes(
    kind: str, folder: Path, engine: ChartEngine, of_text: DigestResult
) -> None:
    for package in ("pandas", *(("duckdb",) if kind == "duckdb" else ())):
        pytest.importorskip(package)
    assert bytes(generate_digest(folder, engine=engine, **kept_in(folder, kind))) == bytes(of_text)


def test_a_table_of_arrow_gives_the_same_bytes(folder: Path, engine: ChartEngine, of_text: DigestResult) -> None:
    arrow = pytest.importorskip("pyarrow")
    head, *rows = list(csv.reader(tidy().splitlines()))
    values: dict[str, list[object]] = {name: [row[at] for row in rows] for at, name in enumerate(head)}
    values["数值"] = [int(row[-1]) for row in rows]
    result = generate_digest(folder, engine=engine, data={"志愿服务明细": arrow.table(values)})
    assert bytes(result) == bytes(of_text)


def test_a_table_in_postgresql_gives_the_same_bytes(
    folder: Path, engine: ChartEngine, of_text: DigestResult, postgres: Postgres
) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    database = sqlalchemy.create_engine(postgres.url)
    with database.connect() as connection:
        handed = kept_in(folder, "postgresql", connection)
        assert bytes(generate_digest(folder, engine=engine, **handed)) == bytes(of_text)
    database.dispose()
