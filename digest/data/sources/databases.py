"""Databases by their URL (数据库连接): SQLite and DuckDB by their own packages, all others through SQLAlchemy.

What is opened here can only read, and neither looks into files beside the database nor waits for ever. Codes: D229 a
package is missing, D236 no connection to be had.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from digest.data.sources.frames import first_line
from digest.data.sources.sql import Database, without_secrets
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from contextlib import ExitStack

Connected = tuple["Database | None", "tuple[Finding, ...]"]


def connect(url: str, shown: str, stack: ExitStack) -> Connected:
    """The database at `url`, or why there is none; it is closed with `stack`.

    `sqlite:///` and `duckdb:///` are followed by a path (a fourth slash: from the root). `shown` is what a person
    calls the connection; of the URL itself nothing is ever told.
    """
    secrets = _secrets(url)
    scheme, mark, rest = url.partition("://")
    opening = _OPENING.get(scheme, _by_sqlalchemy)
    try:
        if not mark:
            return None, (_no_connection(shown, "不是数据库的地址，应像 postgresql+pg8000://用户@主机/库"),)
        return opening(url, rest, stack), ()
    except ImportError as error:
        extra = _EXTRA.get(scheme, "sql")
        hint = f"请安装：pip install 'jianbao[{extra}]'，或这种数据库自己的驱动"
        return None, (Finding("D229", "error", f"缺少读数据库的包 {error.name}", Place(shown), hint=hint),)
    except Exception as error:  # noqa: BLE001  each driver raises its own, and none may bring a digest down
        fields = getattr(getattr(error, "orig", None), "args", None) or ((),)
        words = fields[0].get("M", "") if isinstance(fields[0], dict) else ""
        said = str(words) or first_line(getattr(error, "orig", None) or error)
        return None, (_no_connection(shown, without_secrets(said, secrets)),)


def _sqlite(_: str, rest: str, stack: ExitStack) -> Database:
    path = _path(rest)
    connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True)
    stack.enter_context(closing(connection))
    connection.execute("SELECT count(*) FROM sqlite_master").close()  # whether it is a database is seen only now
    steps = count()
    connection.set_progress_handler(lambda: next(steps) > _MOST_STEPS, _STEP)  # breaks off what goes on for ever
    return Database(connection)


def _duckdb(_: str, rest: str, stack: ExitStack) -> Database:
    import duckdb  # noqa: PLC0415  an extra

    path = _path(rest)
    connection = duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"})
    stack.enter_context(closing(connection))
    return Database(connection)


def _path(rest: str) -> Path:
    path = Path(rest.removeprefix("/").partition("?")[0])
    if not path.is_file():
        raise FileNotFoundError(f"没有数据库文件 {path.name or '（没有写路径）'}")
    return path


def _by_sqlalchemy(url: str, _: str, stack: ExitStack) -> Database:
    from sqlalchemy import create_engine  # noqa: PLC0415  an extra
    from sqlalchemy.pool import NullPool  # noqa: PLC0415  the same

    driver = _USUAL_DRIVER.get(url.partition("://")[0])
    engine = create_engine(f"{driver}://{url.partition('://')[2]}" if driver else url, poolclass=NullPool)
    if engine.dialect.driver == "pg8000":
        engine = create_engine(engine.url, poolclass=NullPool, connect_args={"timeout": _SECONDS})
    connection = stack.enter_context(closing(engine.raw_connection()))
    return Database(connection.dbapi_connection, _BEFORE.get(engine.dialect.name, ()), _secrets(url))


def _secrets(url: str) -> tuple[str, ...]:
    """The passwords of a URL as they stand there and as they are meant."""
    found = [match[1] or match[2] for match in _PASSWORD.finditer(url) if match[1] or match[2]]
    return tuple({*found, *map(unquote, found)})


def _no_connection(shown: str, said: str) -> Finding:
    return Finding("D236", "error", f"连不上数据库：{said}", Place(shown), hint="请检查地址、网络和权限")


_OPENING: Final = {"sqlite": _sqlite, "duckdb": _duckdb}
_EXTRA: Final = {"duckdb": "duckdb"}
_USUAL_DRIVER: Final = {"postgresql": "postgresql+pg8000", "postgres": "postgresql+pg8000"}  # the one the extra brings
_SECONDS: Final = 90
_BEFORE: Final[dict[str, tuple[str, ...]]] = {
    "postgresql": ("SET TRANSACTION READ ONLY", "SET LOCAL statement_timeout = 60000"),
    "mysql": ("SET SESSION TRANSACTION READ ONLY",),
    "mariadb": ("SET SESSION TRANSACTION READ ONLY",),
}
_STEP: Final = 1_000_000
_MOST_STEPS: Final = 5_000  # of a million each: a minute or so
_PASSWORD: Final = re.compile(
    r"^[^:/]+://[^:/@]*:(.*)@|[?&](?:password|passwd|pwd|secret|token)=([^&#]*)", re.IGNORECASE
)
