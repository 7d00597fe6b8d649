"""Sources that are read one after another (来源): files of any kind by what is in them, queries, frames handed in.

A file is taken for what its first bytes say. Codes: D109 it cannot be read, D120 nothing in it, D124 a control
character in a cell, D220 a kind nobody reads, D221 its name says something else (note), D222 too large, D235 no
connection of that name; those of each kind besides.
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from digest.data.grid import Grid
from digest.data.sources.magic import kind_of, true_type
from digest.data.sources.texts import decode, read_text
from digest.data.sources.values import MOST_TOLD
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from digest.data.sources.workbooks import WorkbookReader

Grids = tuple[tuple[Grid, ...], "tuple[Finding, ...]"]
"""The sheets of a source, hidden ones left out, and what was seen; nothing is raised for what a source holds."""


class Sources:
    """Opened for one digest: what is started for it (a process that reads workbooks, a connection) is ended with it.

    `connections` are those a person handed in, by the name a project calls them; they stay open. `frames` stand in for
    files, by the name a project calls these.
    """

    def __init__(
        self, *, connections: Mapping[str, object] | None = None, frames: Mapping[str, object] | None = None
    ) -> None:
        """Nothing is opened yet."""
        self._connections = dict(connections or {})
        self._frames = dict(frames or {})
        self._stack = ExitStack()
        self._workbooks: WorkbookReader | None = None

    def __enter__(self) -> Self:
        """Ready to read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Everything that was started is ended."""
        self._stack.close()
        self._workbooks = None

    def read(self, path: Path, shown: str, sheet: str = "") -> Grids:
        """The grids of a file, or that of one sheet; `shown` is its name as a person knows it, and that of a frame."""
        if shown in self._frames:
            return self.frame(shown)
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size > _MOST_BYTES:
                    return (), (Finding("D222", "error", "文件过大", Place(shown), hint="请先汇总，或放进数据库查询"),)
                data = file.read()
        except OSError as error:
            return (), (Finding("D109", "error", f"文件不能读取（{error.strerror}）", Place(shown)),)
        if not data:
            return (), (Finding("D120", "error", "文件是空的", Place(shown), hint="请核对是否存好、放对"),)
        grids, seen = self._read(data, path, shown, sheet)
        return _without_controls(grids, (*_misnamed(data, path.suffix.lower(), Place(shown)), *seen))

    def frame(self, name: str) -> Grids:
        """The grid of a frame that was handed in; KeyError where none has that name."""
        from digest.data.sources.frames import read_frame  # noqa: PLC0415  few projects need it

        return _without_controls(*read_frame(self._frames[name], name))

    def query(self, path: Path, shown: str, name: str, parameters: Mapping[str, str | int] | None = None) -> Grids:
        """The rows of the query in a file, asked of the connection that the project calls `name`.

        That is one handed in, else the URL in the environment variable of that name.
        """
        from digest.data.sources.sql import read_query  # noqa: PLC0415  few projects need it

        try:
            text, seen = decode(path.read_bytes(), shown)
        except OSError as error:
            return (), (Finding("D109", "error", f"文件不能读取（{error.strerror}）", Place(shown)),)
        if any(finding.severity == "error" for finding in seen):
            return (), seen
        connection, faults = self._connection(name, shown)
        if connection is None:
            return (), (*seen, *faults)
        grids, found = read_query(text, connection, shown, parameters or {})
        return _without_controls(grids, (*seen, *found))

    def _connection(self, name: str, shown: str) -> tuple[object, tuple[Finding, ...]]:
        """The connection of that name, opened when it is first asked for; None with the reason."""
        from digest.data.sources.databases import connect  # noqa: PLC0415  few projects need it
        from digest.data.sources.sql import url_of  # noqa: PLC0415  the same

        if name in self._connections:
            return self._connections[name], ()
        if not _VARIABLE.fullmatch(name):
            message = "connection 应是环境变量的名字，地址和密码不写进项目" if name else "没有写用哪个数据库连接"
            hint = 'connection = "JIANBAO_DATABASE"，再在环境变量 JIANBAO_DATABASE 里写数据库地址'
            return None, (Finding("D235", "error", message, Place(shown), hint=hint),)
        url = url_of(name)
        if not url:
            hint = f"请设置它，例如 {name}=postgresql+pg8000://用户:密码@主机/库，或在程序里用 connections 传入连接"
            return None, (Finding("D235", "error", f"没有设置环境变量 {name}", Place(shown), hint=hint),)
        database, faults = connect(url, shown, self._stack)
        if database is not None:
            self._connections[name] = database
        return database, faults

    def _read(self, data: bytes, path: Path, shown: str, sheet: str) -> Grids:
        match kind_of(data):
            case "workbook":
                return self._opened_workbooks().read(data, shown, sheet)
            case "parquet":
                from digest.data.sources.parquet import read_parquet  # noqa: PLC0415  few projects need it

                return read_parquet(path, shown)
            case "json":
                from digest.data.sources.json_grids import read_json  # noqa: PLC0415  few projects need it

                found = read_json(data, shown, sheet)
                text = path.suffix.lower() in _TEXT_NAMES and not found[0]  # a first cell may begin with a bracket
                return read_text(data, shown) if text else found
            case "other":
                message = f"这是{true_type(data)}，不能当作数据表"
                return (), (Finding("D220", "error", message, Place(shown), hint=_READ),)
            case _:
                return read_text(data, shown)

    def _opened_workbooks(self) -> WorkbookReader:
        if self._workbooks is None:
            from digest.data.sources.workbooks import WorkbookReader  # noqa: PLC0415  projects of texts do without

            self._workbooks = self._stack.enter_context(WorkbookReader())
        return self._workbooks


def _misnamed(data: bytes, suffix: str, place: Place) -> tuple[Finding, ...]:
    """A note where a file's name says another kind than its bytes."""
    kind = kind_of(data)
    usual = next((kinds for names, kinds in _USUAL if suffix in names), frozenset({kind, "other"}))
    if kind in usual or kind == "other":
        return ()
    what = true_type(data) or {"json": "JSON", "text": "文本"}.get(kind, kind)
    return (Finding("D221", "note", f"文件名是{suffix}，内容是{what}，按内容读取", place),)


def _without_controls(grids: tuple[Grid, ...], seen: tuple[Finding, ...]) -> Grids:
    """The grids with an empty cell where a control character was, each told."""
    made: list[Grid] = []
    told = list(seen)
    for grid in grids:
        bad = [
            (row, column)
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if isinstance(cell, str) and not cell.isprintable() and _STRANGE.search(cell)
        ]
        told += [_control(grid, row, column) for row, column in bad[:MOST_TOLD]]
        if len(bad) > MOST_TOLD:
            told.append(Finding("D124", "warning", f"另有{len(bad) - MOST_TOLD}格含有控制字符", grid.place))
        rows = [list(cells) for cells in grid.rows] if bad else []
        for row, column in bad:
            rows[row][column] = None
        made.append(replace(grid, rows=tuple(map(tuple, rows))) if bad else grid)
    return tuple(made), tuple(told)


def _control(grid: Grid, row: int, column: int) -> Finding:
    match = _STRANGE.search(str(grid.value(row, column)))
    code = f"U+{ord(match.group()):04X}" if match else ""
    hint = "请删除该字符后重新保存"
    return Finding("D124", "warning", f"含有控制字符{code}，按空白处理", grid.place_of(row, column), code, hint)


_STRANGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TEXT_NAMES: Final = frozenset({".csv", ".tsv", ".tab"})
_USUAL: Final = (
    (_TEXT_NAMES | {".txt"}, frozenset({"text", "json"})),
    (frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".xltx"}), frozenset({"workbook"})),
    (frozenset({".json", ".jsonl"}), frozenset({"json"})),
    (frozenset({".parquet", ".pq"}), frozenset({"parquet"})),
)
_READ: Final = "可以读取的有：工作簿（.xlsx、.xls、.et）、文本（.csv、.tsv）、JSON、Parquet"
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MOST_BYTES: Final = 300 * 2**20
