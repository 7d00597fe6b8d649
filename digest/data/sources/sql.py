"""Results of queries as grids (查询结果): through any DBAPI 2 connection, SQLAlchemy or ADBC, and by a URL.

Whatever database a table stands in, the same values come out (`values.py`). A query is run alone, in a transaction
that is rolled back; a connection opened here can only read. Nobody's password is in any message.

Codes: D233 and D234 of `statements.py`, D222 and D228 of `values.py`, D237 what the server said, D239 a statement
without rows.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from digest.data.sources.frames import first_line
from digest.data.sources.statements import Style, bound, parse_statement
from digest.data.sources.values import shortest_single, value_grid
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.data.sources.opened import Grids
    from digest.data.sources.statements import Statement

Parameters = Mapping[str, "str | int"]
"""Values of `:period`, `:year`, `:month`, `:since`: ISO texts and ints."""

NO_PARAMETERS: Final[Parameters] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Database:
    """A connection opened here: statements that go before each query, and words that no message may repeat."""

    connection: Any
    before: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


def url_of(name: str) -> str:
    """The URL in the environment variable of that name; empty where nobody set it.

    The one thing the library ever asks the environment for, and only where a project names it: a password stands in
    neither a project nor a command.
    """
    return os.environ.get(name, "")


def read_query(query: str, connection: object, shown: str, parameters: Parameters = NO_PARAMETERS) -> Grids:
    """The rows of one query under the names of its columns; `shown` is what a person calls it (queries/x.sql).

    `connection` is one of DBAPI 2, of ADBC, an engine or a connection of SQLAlchemy, or a `Database`. What was open on
    a connection that was handed in stays as it was; else the transaction is rolled back.
    """
    statement, faults = parse_statement(query, shown, tuple(parameters))
    if statement is None:
        return (), faults
    database = connection if isinstance(connection, Database) else Database(connection)
    sent = ""
    try:
        with _borrowed(database.connection) as raw, _cursor(raw) as cursor:
            for command in database.before:
                cursor.execute(command)
            sent, values = _for_driver(statement, raw, parameters)
            cursor.execute(sent, values) if values else cursor.execute(sent)
            if cursor.description is None:
                return (), (Finding("D239", "error", "语句没有查询结果", Place(shown)),)
            head = [str(column[0]) for column in cursor.description]
            return value_grid(head, _rows(cursor, head), Place(shown), nan_is_empty=False)
    except Exception as error:  # noqa: BLE001  each driver raises its own, and none may bring a digest down
        message, line = _said(error, sent, database.secrets)
        where = Place(shown, "", f"查询第{line}行" if line else "")
        return (), (Finding("D237", "error", f"数据库不能完成查询：{message}", where, hint="请检查查询和数据库"),)


# --- connections --------------------------------------------------------------------------------------


@contextmanager
def _borrowed(connection: Any) -> Iterator[Any]:  # noqa: ANN401  of any driver
    """The driver's own connection behind `connection`, rolled back at the end unless something was open on it."""
    if hasattr(connection, "raw_connection"):  # an Engine
        raw = connection.raw_connection()
        try:
            yield raw.dbapi_connection
        finally:
            with suppress(Exception):  # a connection that broke off has nothing to roll back
                raw.rollback()
            raw.close()
        return
    busy = _is_busy(connection)
    raw = connection.connection.dbapi_connection if hasattr(connection, "exec_driver_sql") else connection
    try:
        yield raw
    finally:
        if not busy and not _is_duckdb(raw):
            with suppress(Exception):  # as above
                raw.rollback()


def _is_busy(connection: Any) -> bool:  # noqa: ANN401  of any driver
    """Whether somebody has a transaction open on it, as far as its driver says."""
    told = getattr(connection, "in_transaction", getattr(connection, "_in_transaction", None))
    if told is None:
        told = getattr(getattr(connection, "info", None), "transaction_status", False)
    return bool(told() if callable(told) else told)


def _is_duckdb(raw: object) -> bool:
    """DuckDB's connection is its own cursor: another would not see what was registered, and a query opens nothing."""
    return type(raw).__module__ in {"duckdb", "_duckdb"}


@contextmanager
def _cursor(raw: Any) -> Iterator[Any]:  # noqa: ANN401  of any driver
    cursor = raw if _is_duckdb(raw) else raw.cursor()
    try:
        yield cursor
    finally:
        if cursor is not raw:
            with suppress(Exception):
                cursor.close()


def _for_driver(statement: Statement, raw: object, parameters: Parameters) -> tuple[str, Any]:
    module = type(raw).__module__
    return bound(statement, _style(raw, module), parameters, code_only=module.startswith("pg8000"))


def _style(raw: object, module: str) -> Style:
    """How the driver of a connection marks parameters: as its module or one above says; ? where none does."""
    info = getattr(raw, "adbc_get_info", None)
    if callable(info):
        return "dollar" if "postgres" in str(info().get("vendor_name", "")).lower() else "qmark"
    while module:
        told: Any = getattr(sys.modules.get(module), "paramstyle", None)
        if told in get_args(Style):
            return cast("Style", told)
        module = module.rpartition(".")[0]
    return "qmark"


def _rows(cursor: Any, head: Sequence[str]) -> Iterator[Sequence[object]]:  # noqa: ANN401  of any driver
    single = [number for number, column in enumerate(cursor.description) if str(column[1]) in _SINGLE]
    while found := cursor.fetchmany(_AT_ONCE):
        for row in found:
            values = [row[name] for name in head] if isinstance(row, Mapping) else row
            if single:
                values = list(values)
                for number in single:
                    values[number] = None if values[number] is None else shortest_single(values[number])
            yield values


# --- what a server says -------------------------------------------------------------------------------


def _said(error: BaseException, sent: str, secrets: Sequence[str]) -> tuple[str, int]:
    """The server's words without secrets, and the line of the query that they are about (0: they do not say)."""
    error = getattr(error, "orig", None) or error  # of SQLAlchemy, which repeats the statement
    fields = error.args[0] if error.args and isinstance(error.args[0], dict) else {}  # of pg8000
    told = getattr(error, "diag", None)  # of psycopg
    words = fields.get("M") or getattr(told, "message_primary", None) or first_line(error)
    position = str(fields.get("P") or getattr(told, "statement_position", None) or "")
    line = sent.count("\n", 0, int(position) - 1) + 1 if position.isdigit() and sent else 0
    return without_secrets(str(words), secrets), line


def without_secrets(text: str, secrets: Sequence[str]) -> str:
    """The text without the words in `secrets`, and without what looks like a password in a URL or an option."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return _OPTION.sub(r"\1***", _IN_URL.sub("://***@", text))


_AT_ONCE: Final = 2_000
_SINGLE: Final = frozenset({"FLOAT", "float"})  # of DuckDB and of Arrow: both hand on single precision as a float
_IN_URL: Final = re.compile(r"://[^\s/@]*:[^\s@]*@")
_OPTION: Final = re.compile(
    r"((?:password|passwd|pwd|secret|token)\s*[=:]\s*)(?:'[^']*'|\"[^\"]*\"|[^\s;,&)]+)", re.IGNORECASE
)
