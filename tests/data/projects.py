"""Projects of a few small tables in a folder, for tests: three months of wide CSV files and one tidy file."""

from __future__ import annotations

import csv
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

DIGEST_TOML = """\
[digest]
name = "工作简报"
title = "{period}{member}工作情况"
period = "2026-10"

[data]
roster = "各市"
whole = "全省"
since = "2026-08"

[rosters]
"各市" = ["济南", "青岛", "淄博", "枣庄"]

[[program]]
id = "slgj"
name = "双联共建"

[[program]]
id = "zyfw"
name = "志愿服务"

[[metric]]
id = "slgj.villages"
program = "slgj"
name = "联建村"
unit = "个"
kind = "存量"

[[metric]]
id = "slgj.funds"
program = "slgj"
name = "投入资金"
unit = "万元"
reach = "累计"

[[metric]]
id = "zyfw.people"
program = "zyfw"
name = "服务群众"
unit = "人次"

[[table]]
title = "双联共建月报"
file = "数据/{period}.csv"

[[table]]
title = "志愿服务明细"
file = "数据/明细.csv"
member = "市"
period = "月份"
metric = "指标"
value = "数值"

[[section]]
title = "双联共建"
programs = ["slgj", "zyfw"]

[[section.part]]
text = "截至{as_of}，{member}联建村{slgj.villages}，{slgj.villages.yoy}，{slgj.villages.mom}。"
strip = ["slgj.villages", "slgj.funds@济南.alone", "zyfw.people"]
"""

MONTHS = {
    "2026-08": ("400", "300", "200", "100"),
    "2026-09": ("410", "310", "210", "110"),
    "2026-10": ("420", "320", "220", "120"),
}
FUNDS = {
    "2026-08": ("8,000.0", "7000", "6000", "5000"),
    "2026-09": ("9,000.5", "8000", "7000", "6000"),
    "2026-10": ("10,001.0", "9000", "8000", "7000"),
}
CITIES = ("济南", "青岛", "淄博", "枣庄")


def wide(period: str) -> str:
    """The table of a month as it is sent in: a title, a head with units, a row for each member."""
    year, month = period.split("-")
    rows = [f'{city},{one},"{two}"' for city, one, two in zip(CITIES, MONTHS[period], FUNDS[period], strict=True)]
    head = "市,联建村（个）,累计投入资金（万元）"
    return "\n".join((f"{year}年{int(month)}月双联共建情况,,", head, *rows, ""))


def tidy() -> str:
    """A row for each number."""
    rows = ["市,月份,指标,数值"]
    for number, city in enumerate(CITIES):
        rows += [f"{city},2026年{month}月,服务群众,{1000 * (4 - number) + month}" for month in (8, 9, 10)]
    return "\n".join((*rows, ""))


def small_project(folder: Path) -> Path:
    """The project with its tables laid into `folder`."""
    (folder / "数据").mkdir(parents=True)
    (folder / "digest.toml").write_text(DIGEST_TOML, encoding="utf-8")
    for period in MONTHS:
        (folder / "数据" / f"{period}.csv").write_text(wide(period), encoding="utf-8")
    (folder / "数据" / "明细.csv").write_text(tidy(), encoding="utf-8")
    return folder


SOURCES = ("csv", "parquet", "frame", "sqlite", "duckdb")
"""Where the table of single numbers may be kept; PostgreSQL too, by a connection that is handed to `kept_in`."""
_FILE = 'file = "数据/明细.csv"'
_MADE = "CREATE {} TABLE t (市 varchar(20), 月份 varchar(20), 指标 varchar(20), 数值 integer)"
_ASKED = "SELECT 市, 月份, 指标, 数值 FROM t WHERE :since < :period"


def kept_in(folder: Path, kind: str, postgres: Any = None) -> dict[str, Any]:  # noqa: ANN401  a connection
    """Moves the table of single numbers of a small project to another source; what `generate_digest` must be handed.

    Byte for byte the same PDF is to come of each: `generate_digest(folder, **kept_in(folder, kind))`.
    """
    import pandas as pd

    rows = list(csv.reader(tidy().splitlines()))
    frame = pd.DataFrame(rows[1:], columns=rows[0]).astype({"数值": "int64"})
    project, file = folder / "digest.toml", folder / "数据" / "明细.csv"
    text = project.read_text(encoding="utf-8")
    if kind == "csv":
        return {}
    file.unlink()
    if kind == "frame":
        return {"data": {"志愿服务明细": frame}}
    if kind == "parquet":
        frame.to_parquet(file.with_suffix(".parquet"))
        project.write_text(text.replace("明细.csv", "明细.parquet"), encoding="utf-8")
        return {}
    project.write_text(text.replace(_FILE, 'query = "明细.sql"\nconnection = "台账库"'), encoding="utf-8")
    (folder / "明细.sql").write_text(_ASKED, encoding="utf-8")
    return {"connections": {"台账库": _filled(kind, rows[1:], postgres)}}


def _filled(kind: str, rows: list[list[str]], postgres: Any) -> Any:  # noqa: ANN401  connections of any kind
    if kind == "postgresql":
        import sqlalchemy

        postgres.exec_driver_sql(_MADE.format("TEMP"))
        for row in rows:
            postgres.execute(
                sqlalchemy.text("INSERT INTO t VALUES (:a, :b, :c, :d)"), dict(zip("abcd", row, strict=True))
            )
        return postgres
    if kind == "duckdb":
        import duckdb

        made: Any = duckdb.connect()
    else:
        made = sqlite3.connect(":memory:")
    made.execute(_MADE.format(""))
    made.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
    return made
