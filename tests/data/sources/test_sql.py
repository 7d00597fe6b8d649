"""Queries: one table reads the same from every database, nothing is changed by it, and no password is told."""

from __future__ import annotations

import csv
import sqlite3
import sys
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pg8000.dbapi
import pyarrow as pa
import pytest
import sqlalchemy
from pyarrow import parquet

from digest.data.sources.opened import Sources
from digest.data.sources.sql import read_query, without_secrets
from digest.data.sources.values import text_of
from tests.postgres import PASSWORD, USER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from digest.data.grid import Grid
    from digest.findings import Finding
    from tests.postgres import Postgres

HEAD = ("单位", "资金", "人次", "比重", "截至")
ROWS = (
    ("济南", "5.3", "137", "0.125", "2025-10-31"),
    ("青岛", "7", "", "48.5", "2025-10-31"),
    ("淄博", "", "0", "", ""),
    ("枣庄", "-1234567890.12", "9007199254740993", "0.1", "2025-01-01"),
)
CREATE = """CREATE TABLE t (
    "单位" varchar(20), "资金" numeric(12, 2), "人次" bigint, "比重" double precision, "截至" timestamp)"""
INSERT = """INSERT INTO t VALUES
    ('济南', 5.30, 137, 0.125, '2025-10-31 00:00:00'), ('青岛', 7.00, NULL, 48.5, '2025-10-31 00:00:00'),
    ('淄博', NULL, 0, NULL, NULL), ('枣庄', -1234567890.12, 9007199254740993, 0.1, '2025-01-01 00:00:00')"""


def texts(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(text_of, row)) for row in grid.rows)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "t.db")) as connection:
        connection.execute(CREATE.replace("timestamp", "text"))
        connection.execute(INSERT.replace(" 00:00:00", ""))
        connection.commit()
    return tmp_path / "t.db"


@pytest.fixture
def duckdb_file(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "t.duckdb")) as connection:
        connection.execute(CREATE)
        connection.execute(INSERT)
    return tmp_path / "t.duckdb"


@pytest.fixture
def table(postgres: Postgres) -> Iterator[Postgres]:
    """The table in PostgreSQL, gone afterwards."""
    engine = sqlalchemy.create_engine(postgres.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(CREATE)
        connection.exec_driver_sql(INSERT)
    yield postgres
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE t")
    engine.dispose()


def asked(folder: Path, query: str, url: str, monkeypatch: pytest.MonkeyPatch, **parameters: str | int) -> Any:  # noqa: ANN401  grids and findings
    (folder / "x.sql").write_text(query, encoding="utf-8")
    monkeypatch.setenv("JIANBAO_TEST", url)
    with Sources() as sources:
        return sources.query(folder / "x.sql", "queries/x.sql", "JIANBAO_TEST", parameters)


# --- one table, many places ---------------------------------------------------------------------------


def test_postgresql_sqlite_duckdb_csv_parquet_and_frames_give_the_same_texts(
    tmp_path: Path, sqlite_file: Path, duckdb_file: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    grids: dict[str, Grid] = {}
    for url in (f"sqlite:///{sqlite_file}", f"duckdb:///{duckdb_file}", table.url):
        (grid,), seen = asked(tmp_path, "SELECT * FROM t", url, monkeypatch)
        assert seen == ()
        grids[url] = grid
    with duckdb.connect(str(duckdb_file), read_only=True) as connection:
        arrow = connection.sql("SELECT * FROM t").to_arrow_table()
    parquet.write_table(arrow, tmp_path / "t.parquet")
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEAD, *ROWS))
    with Sources(frames={"框": arrow.to_pandas(types_mapper=pd.ArrowDtype), "表": arrow}) as sources:
        for name in ("t.parquet", "t.csv", "框", "表"):
            (grid,), seen = sources.read(tmp_path / name, name)
            assert seen == ()
            grids[name] = grid
    assert {name: texts(grid) for name, grid in grids.items()} == dict.fromkeys(grids, (HEAD, *ROWS))
    assert str(grids[table.url].place_of(3, 1, "资金")) == "queries/x.sql › 第3行 › 资金"


def test_values_of_postgresql_are_those_a_grid_holds(
    tmp_path: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = """SELECT 5.30::numeric, 5.3::real, 5.3::float8, true, date '2025-10-31', time '08:30', NULL::int,
        timestamp '2025-10-31 08:30', 7::smallint, 1e20::numeric, 'a'::char(3),
        'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, 0.00::numeric"""
    (grid,), seen = asked(tmp_path, query, table.url, monkeypatch)
    assert seen == ()
    assert [text_of(value) for value in grid.rows[1]] == [
        *["5.3", "5.3", "5.3", "True", "2025-10-31", "08:30:00", "", "2025-10-31 08:30:00", "7", "1" + "0" * 20, "a  "],
        *["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "0"],
    ]


def test_what_is_no_value_of_a_table_is_told_by_its_cell(
    tmp_path: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = """SELECT 'x'::bytea AS "图", ARRAY[1,2] AS "组", '{"a":1}'::json AS "对象", 'NaN'::numeric AS "非数",
        now() AS "时刻", interval '1 day' AS "时长", 'infinity'::float8 AS "无穷", 1 AS "数" """
    (grid,), seen = asked(tmp_path, query, table.url, monkeypatch)
    assert grid.rows[1] == (None, None, None, None, None, None, None, 1)
    assert told(seen) == [("D228", f"queries/x.sql › 第1行 › {name}") for name in grid.rows[0][:-1]]
    assert {finding.severity for finding in seen} == {"warning"}


# --- parameters ---------------------------------------------------------------------------------------

PARAMETERS: dict[str, str | int] = {"period": "2025-10", "year": 2025, "month": 10, "since": "2025-01-01"}


def test_parameters_reach_every_database(
    tmp_path: Path, sqlite_file: Path, duckdb_file: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = """-- 当月 :nobody
SELECT "单位", ':period 5%', :year % 100 AS y FROM t
WHERE substr(CAST("截至" AS varchar(30)), 1, 7) = :period AND "截至" >= :since AND :year = :year AND :month < 11
ORDER BY "人次" """
    for url in (f"sqlite:///{sqlite_file}", f"duckdb:///{duckdb_file}", table.url):
        grids, seen = asked(tmp_path, query, url, monkeypatch, **PARAMETERS)
        assert seen == ()
        assert set(texts(grids[0])[1:]) == {("济南", ":period 5%", "25"), ("青岛", ":period 5%", "25")}


def test_a_percent_is_a_percent_without_parameters_too(
    tmp_path: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    (grid,), seen = asked(
        tmp_path, "SELECT 7 % 4 AS a, '5%' AS b, '%s' AS c WHERE '5%' LIKE '5%%'", table.url, monkeypatch
    )
    assert (grid.rows[1], seen) == ((3, "5%", "%s"), ())


# --- connections handed in ----------------------------------------------------------------------------


def test_any_connection_is_good(postgres: Postgres, sqlite_file: Path, tmp_path: Path) -> None:
    engine = sqlalchemy.create_engine(postgres.url)
    lite = sqlalchemy.create_engine(f"sqlite:///{sqlite_file}")
    direct = pg8000.dbapi.connect(USER, password=PASSWORD, host="127.0.0.1", port=postgres.port, database="postgres")
    duck = duckdb.connect()
    duck.register("framed", pa.table({"a": [1]}))
    plain = sqlite3.connect(sqlite_file)
    with engine.connect() as connection:
        query = "SELECT :year AS a, 'ä' AS b"
        for database in (engine, lite, connection, direct, duck, plain):
            (grid,), seen = read_query(query, database, "x.sql", {"year": 2025})
            assert (tuple(map(text_of, grid.rows[1])), seen) == (("2025", "ä"), ())
    assert read_query("SELECT a FROM framed", duck, "x.sql")[0][0].rows == (("a",), (1,))
    (tmp_path / "x.sql").write_text("SELECT 1 AS a", encoding="utf-8")
    with Sources(connections={"台账库": plain}) as sources:
        assert sources.query(tmp_path / "x.sql", "x.sql", "台账库")[0][0].rows == (("a",), (1,))
    assert plain.execute("SELECT 1").fetchone() == (1,)  # whoever handed it in closes it
    for closing_one in (direct, duck, plain):
        closing_one.close()
    engine.dispose()
    lite.dispose()


def test_what_somebody_has_open_stays_open_and_what_a_query_opened_does_not(postgres: Postgres) -> None:
    connection = pg8000.dbapi.connect(
        USER, password=PASSWORD, host="127.0.0.1", port=postgres.port, database="postgres"
    )
    read_query("SELECT 1", connection, "x.sql")
    assert not connection._in_transaction
    connection.cursor().execute("CREATE TEMP TABLE mine (a int)")
    assert read_query("SELECT a FROM mine", connection, "x.sql")[1] == ()
    assert connection._in_transaction
    connection.close()
    with closing(sqlite3.connect(":memory:")) as lite:
        lite.execute("CREATE TABLE t (a)")
        lite.execute("INSERT INTO t VALUES (1)")
        assert read_query("SELECT a FROM t", lite, "x.sql")[0][0].rows == (("a",), (1,))
        assert lite.in_transaction
        lite.row_factory = lambda _, row: {"a": row[0]}
        assert read_query("SELECT a FROM t", lite, "x.sql")[0][0].rows == (("a",), (1,))


# --- nothing is changed -------------------------------------------------------------------------------


def test_a_query_that_writes_behind_a_function_is_refused_by_the_server(
    tmp_path: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sqlalchemy.create_engine(table.url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION gone() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'"
        )
    grids, (finding,) = asked(tmp_path, "SELECT gone()", table.url, monkeypatch)
    assert (grids, finding.code) == ((), "D237")
    assert "read-only" in finding.message
    assert read_query("SELECT gone()", engine, "x.sql")[1] == ()  # handed in with the right to write: rolled back
    assert read_query("SELECT count(*) FROM t", engine, "x.sql")[0][0].rows[1] == (4,)
    engine.dispose()


def test_files_opened_here_cannot_be_written_and_duckdb_looks_into_no_other_file(
    tmp_path: Path, sqlite_file: Path, duckdb_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    query = f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')"  # noqa: S608  a path of our own
    _, (finding,) = asked(tmp_path, query, f"duckdb:///{duckdb_file}", monkeypatch)
    assert finding.code == "D237"
    before = (sqlite_file.read_bytes(), duckdb_file.read_bytes())
    for url in (f"sqlite:///{sqlite_file}", f"duckdb:///{duckdb_file}"):
        assert asked(tmp_path, "SELECT 1", url, monkeypatch)[1] == ()
    assert (sqlite_file.read_bytes(), duckdb_file.read_bytes()) == before


# --- what goes wrong ----------------------------------------------------------------------------------


def test_a_variable_that_is_not_set_and_a_url_in_its_place_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JIANBAO_NONE", raising=False)
    (tmp_path / "x.sql").write_text("SELECT 1", encoding="utf-8")
    with Sources() as sources:
        for name, said in (("JIANBAO_NONE", "JIANBAO_NONE"), ("postgresql://u:geheim@h/d", "环境变量"), ("", "没有写")):
            grids, (finding,) = sources.query(tmp_path / "x.sql", "queries/x.sql", name)
            assert (grids, finding.code, finding.severity) == ((), "D235", "error")
            assert said in finding.message
            assert "geheim" not in str(finding)
        assert sources.query(tmp_path / "none.sql", "none.sql", "JIANBAO_NONE")[1][0].code == "D109"


def test_the_words_of_the_server_are_told_with_the_line_of_the_query(
    tmp_path: Path, table: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, (finding,) = asked(tmp_path, "SELECT 1,\n  2,\n  资今\nFROM t", table.url, monkeypatch)
    assert (finding.code, str(finding.place)) == ("D237", "queries/x.sql › 查询第3行")
    assert 'column "资今" does not exist' in finding.message


@pytest.mark.parametrize("query", ["SELECT * FROM nichts", "SELECT", "SELECT 1/0 + nichts()"])
def test_every_database_says_what_is_wrong(
    tmp_path: Path,
    sqlite_file: Path,
    duckdb_file: Path,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
) -> None:
    urls = [f"sqlite:///{sqlite_file}", f"duckdb:///{duckdb_file}"] + [postgres.url] * (query != "SELECT")
    for url in urls:
        grids, (finding,) = asked(tmp_path, query, url, monkeypatch)
        assert (grids, finding.code) == ((), "D237")


def test_no_password_is_ever_told(tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = postgres.url.replace(USER, "nobody")
    closed = postgres.url.replace(f":{postgres.port}", ":1")
    quoted = postgres.url.partition("@")[0].rpartition(":")[2]
    for url in (
        wrong,
        closed,
        "nonsense://u:geheim@h/d",
        "postgresql+pg8000://u:geheim@[bad/d",
        "geheim",
        "mysql://u:geheim@h",
    ):
        grids, (finding,) = asked(tmp_path, "SELECT 1", url, monkeypatch)
        assert (grids, finding.severity) == ((), "error")
        assert finding.code in {"D236", "D229"}
        for secret in (PASSWORD, quoted, "geheim"):
            assert secret not in str(finding)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("cannot reach postgresql://a:b@h/d", "cannot reach postgresql://***@h/d"),
        ("conn: host=h password=geheim user=u", "conn: host=h password=*** user=u"),
        ("bad PWD='a b';x", "bad PWD=***;x"),
        ("key s3cr3t is wrong", "key *** is wrong"),
    ],
)
def test_what_looks_like_a_password_is_not_repeated(said: str, shown: str) -> None:
    assert without_secrets(said, ["s3cr3t"]) == shown


@pytest.mark.parametrize("scheme", ["sqlite", "duckdb"])
def test_a_file_that_is_missing_or_is_no_database_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    (tmp_path / "text.db").write_text("no database, only words" * 99, encoding="utf-8")
    for name in ("none.db", "text.db"):
        _, (finding,) = asked(tmp_path, "SELECT 1", f"{scheme}:///{tmp_path / name}", monkeypatch)
        assert finding.code == "D236"
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("url", "module", "extra"),
    [("postgresql://u:p@h/d", "sqlalchemy", "sql"), ("duckdb:///x", "duckdb", "duckdb")],
)
def test_a_package_that_is_missing_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    _, (finding,) = asked(tmp_path, "SELECT 1", url, monkeypatch)
    assert finding.code == "D229"
    assert f"jianbao[{extra}]" in finding.hint


def test_too_many_rows_are_not_kept(sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.data.sources.values._MOST_ROWS", 20_000)  # of a query that has no end
    query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    grids, (finding,) = asked(tmp_path, query, f"sqlite:///{sqlite_file}", monkeypatch)
    assert (grids, finding.code) == ((), "D222")


def test_a_query_that_never_ends_is_broken_off(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.data.sources.databases._MOST_STEPS", 5)
    query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    grids, (finding,) = asked(tmp_path, query, f"sqlite:///{sqlite_file}", monkeypatch)
    assert (grids, finding.code) == ((), "D237")
    assert "interrupted" in finding.message


def test_a_result_without_rows_is_a_grid_of_its_titles() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        (grid,), seen = read_query("SELECT 1 AS a WHERE 0", connection, "x.sql")
    assert (grid.rows, seen) == ((("a",),), ())


def test_numbers_are_compared_by_value_and_days_are_days(sqlite_file: Path) -> None:
    with closing(duckdb.connect()) as connection:
        (grid,), _ = read_query(
            "SELECT 5.30::decimal(12,2), 5.3::float, 5::double, DATE '2025-10-31', TIMESTAMP '2025-10-31'",
            connection,
            "x",
        )
    assert grid.rows[1] == (Decimal("5.3"), Decimal("5.3"), 5, date(2025, 10, 31), date(2025, 10, 31))
    assert sqlite_file.exists()
