"""JSON as grids (JSON 表): a list of objects, lists by column, either under a key, or several of them by sheet.

    [{"单位": "济南", "资金": "1.3万元"}, …]      {"单位": ["济南", …], "资金": […]}
    [["单位", "资金"], ["济南", …]]               {"数据": [ … ]}    {"双联共建": [ … ], "双报到": [ … ]}

The first row is the keys in the order in which they come up; a key that an object lacks is an empty cell. One sheet
under a key is the sheet of that name. Codes: D120 nothing in it, D136 no such sheet, D222 too large, D226 no table,
D228 an object or a list in a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.grid import Grid
from digest.data.sources.json_values import parse_json
from digest.data.sources.texts import decode
from digest.data.sources.values import LONGEST, MOST_TOLD, too_large
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.data.sources.opened import Grids


def read_json(data: bytes, shown: str, sheet: str = "") -> Grids:
    """The tables of a JSON file, or that under the key `sheet`; codes of `json_values.py` besides."""
    text, seen = decode(data, shown)
    if any(finding.severity == "error" for finding in seen):
        return (), seen
    value, doubts = parse_json(_of_lines(text), shown)
    if doubts:
        return (), (*seen, *doubts)
    grids, faults = _tables(value, shown, sheet)
    return grids, (*seen, *faults)


def _of_lines(text: str) -> str:
    """A text with an object on each line (JSON Lines) as one list, its lines where they were."""
    lines = text.strip().split("\n")
    if len(lines) < _FEW or not all(
        line.startswith("{") and line.rstrip().endswith("}") for line in lines if line.strip()
    ):
        return text
    return f"[{','.join(line + chr(10) for line in lines if line.strip())}]"


def _tables(value: object, shown: str, sheet: str) -> Grids:
    place = Place(shown)
    if isinstance(value, list | dict) and not value:
        return (), (_empty(place),)
    if _is_table(value):
        return ((), (_no_such_sheet(sheet, [], place),)) if sheet else _grid(value, place)
    if not isinstance(value, dict):
        return (), (_no_table(place),)
    sheets = {name: table for name, table in value.items() if _is_table(table) or table == []}
    if sheet and sheet not in sheets:
        return (), (_no_such_sheet(sheet, list(sheets), place),)
    if not sheets:
        return (), (_no_table(place),)
    grids: list[Grid] = []
    seen: list[Finding] = []
    for name in [sheet] if sheet else sheets:
        found, faults = _grid(sheets[name], Place(shown, name))
        grids += found
        seen += faults
    skipped = [name for name in value if name not in sheets]
    if skipped and not sheet:
        names = "、".join(skipped)
        seen.append(Finding("D226", "note", f"“{names}”不是表，没有读", place))
    return tuple(grids), tuple(seen)


def _is_table(value: object) -> bool:
    """Whether a value is one table: a list of objects or of lists, lists by column, or titles and data of pandas."""
    if isinstance(value, list):
        return bool(value) and (_all(value, dict) or _all(value, list))
    if not isinstance(value, dict) or not value or not _all(list(value.values()), list):
        return False
    return _is_split(value) or not any(isinstance(cell, dict | list) for column in value.values() for cell in column)


def _is_split(value: Mapping[str, object]) -> bool:
    rows = value.get("data")
    return (
        {*value} <= {"columns", "index", "data"} and isinstance(rows, list) and _all(rows, list) and "columns" in value
    )


def _grid(value: object, place: Place) -> Grids:
    """The grid of what `_is_table`."""
    head: list[str] = []
    rows: list[list[object]]
    if isinstance(value, dict) and _is_split(value):
        head, rows = [str(title) for title in value["columns"]], value["data"]
    elif isinstance(value, dict):
        lengths = {len(column) for column in value.values()}
        if len(lengths) > 1:
            told = "、".join(f"“{name}”{len(column)}个" for name, column in value.items())
            return (), (Finding("D226", "error", f"各列的值个数不同：{told}", place, hint="没有值的格请写 null"),)
        head, rows = list(value), [list(row) for row in zip(*value.values(), strict=True)]
    elif isinstance(value, list) and _all(value, dict):
        head = list(dict.fromkeys(key for entry in value for key in entry))
        rows = [[entry.get(key) for key in head] for entry in value]
    else:
        rows = value if isinstance(value, list) else []
    if not rows or not any(rows):
        return (), (_empty(place),)
    if too_large(len(rows), sum(map(len, rows))):
        return (), (Finding("D222", "error", f"数据过大（{len(rows)}行）", place, hint="请先汇总，或只取要用的行和列"),)
    return _checked(head, rows, place)


def _checked(head: list[str], rows: list[list[object]], place: Place) -> Grids:
    """The grid without what is no value of a cell."""
    first = 1 if head else 0
    made = [tuple(head)] if head else []
    lines = tuple(range(1 - first, len(rows) + 1))
    grid = Grid(place, (*made, *(tuple([None if _unfit(cell) else cell for cell in row]) for row in rows)), lines=lines)
    seen: list[Finding] = []
    count = 0
    for number, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            if _unfit(cell):
                count += 1
                if count <= MOST_TOLD:
                    where = grid.place_of(number, column, head[column] if column < len(head) else "")
                    seen.append(Finding("D228", "warning", f"这一格是{_unfit(cell)}，不能作为表中的值", where))
    if count > MOST_TOLD:
        seen.append(Finding("D228", "warning", f"另有{count - MOST_TOLD}格不能作为表中的值", place))
    return (grid,), tuple(seen)


def _unfit(cell: object) -> str:
    if isinstance(cell, dict):
        return "嵌套的对象"
    if isinstance(cell, list):
        return "一组值"
    return f"超过{LONGEST}字的文字" if isinstance(cell, str) and len(cell) > LONGEST else ""


def _all(values: Sequence[object], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)


def _empty(place: Place) -> Finding:
    return Finding("D120", "error", "表是空的", place)


def _no_table(place: Place) -> Finding:
    hint = '写成对象的列表：[{"单位": "济南", "数量": 137}]；用 pandas 导出时写 orient="records"'
    return Finding("D226", "error", "JSON里没有能认作表的内容", place, hint=hint)


def _no_such_sheet(sheet: str, names: list[str], place: Place) -> Finding:
    there = "、".join(names) or "没有分表"
    return Finding("D136", "error", f"没有名为“{sheet}”的表", place, value=sheet, hint=f"文件中有：{there}")


_FEW: Final = 2
