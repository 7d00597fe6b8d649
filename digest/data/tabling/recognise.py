"""A grid becomes tables of figures (识表): title, unit, head, members, sums and notes told apart; nothing is lost.

Every cell that holds something ends in a table (its title, a column, a row, a note), in a finding, or in what the
project said is not to be read; `account.py` proves it.

Codes. Errors: D250 no head or no figures, D251 two rows may be the head, D252 a range that is none, D253 several tables
on a sheet, D254 members side by side, D256 a unit above that is several. Warnings: D257 a time that cannot be told,
D260 not in the roster, D261 a row twice, D262 no label, D263 members without a row, D264 a former member, D265 struck
through, D266 one number in merged cells, D267 a column without a title, D269 two columns of the same. Notes: D255
hidden, D258 heads repeated or columns numbered, D259 a number format that is not known, D268 words between the rows.
Then: D270 to D273 in `totals.py`, D274 in `jumps.py`, D275 in `shares.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.model import Span
from digest.data.tabling.above import read_above, read_as_of
from digest.data.tabling.columns import declared, read_columns
from digest.data.tabling.figure_table import FigureTable
from digest.data.tabling.heads import Head, Sight, find_head
from digest.data.tabling.rows import read_rows
from digest.data.tabling.window import look, range_name, range_of
from digest.data.tabling.words import LABELS, plain
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from digest.data.grid import Grid
    from digest.data.period import Period
    from digest.data.roster import Roster
    from digest.data.tabling.columns import Declared
    from digest.data.tabling.figure_table import FigureColumn
    from digest.data.tabling.window import Window

Recognised = tuple[tuple[FigureTable, ...], tuple[Finding, ...]]


def recognise(
    grid: Grid,
    *,
    roster: Roster | None = None,
    known: Collection[str] = (),
    labels: Collection[str] = (),
    skip: Collection[str] = (),
    cells: str = "",
    header: int = 0,
    year: int | None = None,
    period: Period | None = None,
) -> Recognised:
    """The table on a grid (none where an error says why), and all that was seen.

    `known` are titles of metrics, `labels` of columns of words, `skip` of columns that are not read. `cells` is a
    range (`A3:H21`) outside of which nothing is read, `header` how many rows the head has where a person says so.
    `year` and `period` are those of the table where neither its title nor its head names one.
    """
    area = range_of(cells) if cells else None
    if cells and area is None:
        message = f"“{cells}”不是单元格区域"
        return (), (Finding("D252", "error", message, grid.place, cells, "请写成 A3:H21 的样子"),)
    window, seen = look(grid, area)
    if not window.rows:
        return (), (*seen, Finding("D250", "error", "没有内容，找不到表头", grid.place, hint="请核对文件和工作表"))
    said = declared(known, labels, skip)
    sight = _sight(said, roster)
    if not cells:
        blocks = _side_by_side(window, sight)
        if len(blocks) > 1:
            return (), (*seen, _several(window, blocks))
    head = find_head(window, sight, header)
    if isinstance(head, Finding):
        return (), (*seen, head)
    across = _members_across(window, head, roster)
    if across:
        return (), (*seen, across)
    tables, findings = _table(window, head, sight, said, roster, year, period)
    return tables, (*seen, *findings)


def _table(
    window: Window,
    head: Head,
    sight: Sight,
    said: Declared,
    roster: Roster | None,
    year: int | None,
    period: Period | None,
) -> Recognised:
    grid = window.grid
    texts = [
        (window.text(row, column), grid.place_of(row, column)) for row in head.above for column in window.filled(row)
    ]
    above = read_above(texts, year)
    columns, findings = read_columns(window, head, above, said, year=year, period=period)
    twice = _label_twice(window, head, columns)
    rows = read_rows(window, head, columns, sight, roster)
    if rows.again is not None:
        twice = _below_one_another(window, head, rows.again)
    if twice:
        return (), (*_numbered(window, head), twice)
    if any(finding.severity == "error" for finding in findings):
        return (), findings
    if all(column.role in {"label", "skipped"} for column in columns):
        message = f"没有数据列，列名是“{'、'.join('·'.join(column.levels) for column in columns)}”"
        hint = "请核对表头，或用 range、header 指明表格的位置"
        return (), (*findings, Finding("D250", "error", message, grid.place_of(head.rows[0]), hint=hint))
    stated = year if year is not None else _year(above.period or period)
    as_of, doubts = read_as_of([*texts, *rows.notes], stated)
    table = FigureTable(
        grid.place,
        columns,
        tuple(rows.rows),
        above.title,
        tuple(text for text, _ in rows.notes),
        above.period,
        as_of,
        tuple(rows.left_out),
        tuple(text for text, _ in texts),
        range_name(head.rows[0], window.columns[0], head.rows[-1], window.columns[-1]),
        window.range,
    )
    return (table,), (*_numbered(window, head), *findings, *doubts, *rows.findings)


def _sight(said: Declared, roster: Roster | None) -> Sight:
    if roster is None:
        return Sight(said.known | said.labels | said.skip, lambda _: False)
    return Sight(said.known | said.labels | said.skip, roster.finder().knows)


# --- several tables -----------------------------------------------------------------------------------


def _side_by_side(window: Window, sight: Sight) -> list[str]:
    """The ranges of the tables that stand beside one another, a blank column between them; one where there is one."""
    blocks: list[list[int]] = []
    for column in window.columns:
        between = range(blocks[-1][-1] + 1, column) if blocks else range(0)
        if not blocks or any(index not in window.grid.hidden_columns for index in between):
            blocks.append([])
        blocks[-1].append(column)
    found: list[str] = []
    for block in blocks if len(blocks) > 1 else ():
        part = window.part(block)
        head = find_head(part, sight, 0) if len(block) > 1 else None
        if isinstance(head, Head):
            titles = [plain(part.text(row, block[0])) for row in head.rows]
            members = sum(sight.is_member(part.text(row, block[0])) for row in head.below)
            if any(title in LABELS or title in sight.titles for title in titles) or members > 1:
                found.append(part.range)
    return found


def _several(window: Window, ranges: list[str]) -> Finding:
    message = f"这张表上有{len(ranges)}个表：{'、'.join(ranges)}"
    hint = f'请用 range 指明读哪一个，例如：range = "{ranges[0]}"'
    return Finding("D253", "error", message, window.grid.place, "、".join(ranges), hint)


def _below_one_another(window: Window, head: Head, again: int) -> Finding:
    """The ranges before and behind a second head; a title right above that is its own."""
    at = window.rows.index(again)
    first = at
    while first > 0 and len(window.filled(window.rows[first - 1])) == 1 and window.rows[first - 1] not in head.rows:
        first -= 1
    left, right = window.columns[0], window.columns[-1]
    ranges = [
        range_name(window.rows[0], left, window.rows[max(first - 1, 0)], right),
        range_name(window.rows[first], left, window.rows[-1], right),
    ]
    return _several(window, ranges)


def _label_twice(window: Window, head: Head, columns: tuple[FigureColumn, ...]) -> Finding | None:
    """A column 地区 again behind numbers: two tables side by side without anything between."""
    numbers = False
    seen: set[str] = set()
    for column in columns:
        name = plain("".join(column.levels))
        if column.role == "label" and name and numbers and name in seen:
            top, bottom = head.rows[0], window.rows[-1]
            ranges = [
                range_name(top, window.columns[0], bottom, column.index - 1),
                range_name(top, column.index, bottom, window.columns[-1]),
            ]
            return _several(window, ranges)
        numbers |= column.role not in {"label", "skipped"}
        seen |= {name} if column.role == "label" else set()
    return None


def _members_across(window: Window, head: Head, roster: Roster | None) -> Finding | None:
    if roster is None:
        return None
    find = roster.finder()
    for row in head.rows:
        texts = [window.text(row, column) for column in window.filled(row)]
        members = [text for text in texts if find(text).standing == "member"]
        if len(members) >= _ENOUGH and len(members) * 2 >= len(texts):
            message = f"“{'、'.join(members[:3])}……”横着排在表头里"
            hint = "请行列互换（复制后选择性粘贴—转置），一行一个"
            return Finding("D254", "error", message, window.grid.place_of(row), hint=hint)
    return None


def _numbered(window: Window, head: Head) -> tuple[Finding, ...]:
    """A note of a row that only numbers the columns."""
    return tuple(Finding("D258", "note", "这一行是栏次，没有读取", window.grid.place_of(row)) for row in head.numbering)


def _year(period: Period | Span | None) -> int | None:
    if isinstance(period, Span):
        return int(period.start[:4])
    return period.year if period else None


_ENOUGH: Final = 3
