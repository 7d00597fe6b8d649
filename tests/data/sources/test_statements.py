"""Statements: one query and no more, its parameters bound and never pasted."""

from __future__ import annotations

import sqlite3
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.sources.statements import Statement, Style, bound, parse_statement

KNOWN = ("period", "year", "month", "since")
VALUES: dict[str, str | int] = {"period": "2025-10", "year": 2025, "month": 10, "since": "2025-01"}


def parsed(text: str) -> Statement:
    statement, seen = parse_statement(text, "x.sql", KNOWN)
    assert statement is not None, seen
    return statement


def refused(text: str) -> tuple[str, str]:
    statement, (finding,) = parse_statement(text, "x.sql", KNOWN)
    assert statement is None
    return finding.code, f"{finding.place} {finding.message}"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "  select 1 ;\n",
        "\ufeff-- 各市情况\nSELECT 1; -- 完\n",
        "/* 一 */ (SELECT 1) UNION (SELECT 2)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "VALUES (1), (2)",
        "TABLE t",
        "SELECT ';', \"a;b\", `c;d`, 'it''s; ' FROM t",
        "SELECT $$ ; delete $$, $x$ ' $x$, E'\\'; drop'",
        "SELECT '-- INSERT', \"update\" FROM t -- DELETE\n",
        "SELECT updated, deleted_at, inserted FROM t",
    ],
)
def test_a_query_is_taken(text: str) -> None:
    parsed(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "空的"),
        (" ; -- nichts\n", "空的"),
        ("DELETE FROM t", "DELETE"),
        ("INSERT INTO t VALUES (1)", "INSERT"),
        ("DROP TABLE t", "DROP"),
        ("PRAGMA query_only = off", "PRAGMA"),
        ("ATTACH 'x' AS y", "ATTACH"),
        ("COPY t TO 'x.csv'", "COPY"),
        ("BEGIN", "BEGIN"),
        ("SELECT 1; SELECT 2", "不止一条"),
        ("SELECT 1; -- zwei\n DROP TABLE t", "不止一条"),
        ("SELECT 1;;/**/;SELECT 2", "不止一条"),
        ("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x", "DELETE"),
        ("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "INSERT"),
        ("SELECT * INTO u FROM t", "INTO"),
        ("SELECT * FROM t INTO OUTFILE 'x.csv'", "INTO"),
        ("SELECT * FROM t FOR UPDATE", "UPDATE"),
        ("'SELECT' 1", "不是查询"),
        ("SELECT 'a\nFROM t", "第1行 引号"),
        ("SELECT 1\n/* offen", "第2行 注释"),
        ("SELECT 1 /* a /* b */ ; DROP TABLE t */", "第1行 注释"),
    ],
)
def test_everything_else_is_refused(text: str, said: str) -> None:
    code, message = refused(text)
    assert code == "D233"
    assert said in message


def test_a_parameter_nobody_knows_is_told_with_those_there_are() -> None:
    _, (finding,) = parse_statement("SELECT :perod, :x", "x.sql", KNOWN)
    assert (finding.code, finding.value) == ("D234", ":perod、:x")
    assert finding.hint == "可以用：:period、:year、:month、:since"


QUERY = """SELECT ':year' || "a:month", '12:30'::text, a[1:2], b % 2, '5%' -- :since %
FROM t WHERE p = :period AND y=:year AND z::int>:year /* :month */"""


@pytest.mark.parametrize(
    ("style", "where", "values"),
    [
        ("qmark", "p = ? AND y=? AND z::int>?", ["2025-10", 2025, 2025]),
        ("numeric", "p = :1 AND y=:2 AND z::int>:3", ["2025-10", 2025, 2025]),
        ("dollar", "p = $1 AND y=$2 AND z::int>$3", ["2025-10", 2025, 2025]),
        ("named", "p = :period AND y=:year AND z::int>:year", {"period": "2025-10", "year": 2025}),
        ("format", "p = %s AND y=%s AND z::int>%s", ["2025-10", 2025, 2025]),
        ("pyformat", "p = %(period)s AND y=%(year)s AND z::int>%(year)s", {"period": "2025-10", "year": 2025}),
    ],
)
def test_parameters_are_marked_as_each_driver_has_them_and_only_outside_quotes(
    style: Style, where: str, values: object
) -> None:
    text, found = bound(parsed(QUERY), style, VALUES)
    percent = "%%" if "format" in style else "%"
    assert text.rstrip() == (
        f"SELECT ':year' || \"a:month\", '12:30'::text, a[1:2], b {percent} 2, '5{percent}'  \nFROM t WHERE {where}"
    )
    assert found == values


def test_percents_stay_where_nothing_is_bound_and_in_the_quotes_of_a_driver_that_looks_for_signs_outside() -> None:
    assert bound(parsed("SELECT b % 2, '5%'"), "pyformat", {})[0] == "SELECT b % 2, '5%'"
    assert bound(parsed("SELECT b % 2, '5%', :year"), "format", VALUES, code_only=True)[0] == "SELECT b %% 2, '5%', %s"


_BITS = st.sampled_from(
    ["'", "''", '"', "--", "\n", "/*", "*/", ";", ":", "::", ":year", "$$", "a", "1", " ", "%", "[", "E'"]
)


@given(st.lists(_BITS, max_size=12).map("".join), st.sampled_from(get_args(Style)))
def test_whatever_is_written_behind_a_query_sqlite_runs_one_statement_or_we_refuse_it(tail: str, style: Style) -> None:
    statement, _ = parse_statement("SELECT 1 " + tail, "x.sql", KNOWN)
    if statement is None:
        return
    bound(statement, style, VALUES)
    text, values = bound(statement, "qmark", VALUES)
    with sqlite3.connect(":memory:") as connection:
        try:
            connection.execute(text, values)
        except sqlite3.Error as error:
            assert "one statement" not in str(error)  # noqa: PT017  most of these are no SQL at all
    connection.close()
