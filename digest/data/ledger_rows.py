"""The rows of a ledger's table become issues (台账逐条); every cell that is filled is in one, in a note, or told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from digest.data.ledger_head import find_head, origins, repeats
from digest.data.ledger_issue import Line, issue_of
from digest.data.ledger_words import COUNTED, TITLES
from digest.data.ledgers import StatedCount
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.data.grid import At, Grid
    from digest.data.ledger_head import Head
    from digest.data.ledger_words import Field
    from digest.data.ledgers import Issue, State
    from digest.data.period import Period
    from digest.findings import Place, Severity


@dataclass(frozen=True, slots=True)
class Words:
    """Of which period the table is, and how the project calls columns and states."""

    period: Period
    columns: Mapping[str, Field] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The issues of one table. `above` and `below` are the texts over its head and what is no issue under it."""

    issues: tuple[Issue, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    stated: tuple[StatedCount, ...] = ()
    numbered: bool = False
    findings: tuple[Finding, ...] = ()
    place: Place | None = None


def read_rows(grid: Grid, words: Words) -> ReadRows:
    """What the table says, row by row. D310 where no head is found; what else is wrong is a warning with its cell."""
    head, findings = find_head(grid, words.columns)
    if head is None:
        titles = "、".join(TITLES[name][0] for name in ("problem", "unit", "deadline", "state"))
        hint = f'表头应有{titles}等列；叫法不同的，请在 columns 中写明，如 问题 = "反映的情况"'
        return ReadRows(findings=(Finding("D310", "error", "没有找到台账的表头", grid.place, hint=hint),))
    return _Reading(grid, head, words, list(findings)).read()


class _Reading:
    """One table being read."""

    def __init__(self, grid: Grid, head: Head, words: Words, seen: list[Finding]) -> None:
        self.grid, self.head, self.words, self.seen = grid, head, words, seen
        self.shared: dict[At, At] = origins(grid)
        self.problem = head.columns["problem"]
        self.lines: list[list[Line]] = []
        self.above: list[str] = []
        self.below: list[str] = []
        self.stated: list[StatedCount] = []
        self.blank: list[int] = []
        self.repeated: list[int] = []

    def read(self) -> ReadRows:
        """All rows in their order."""
        for row in range(self.head.first):
            self.note(row, self.filled(row), self.above)
        for row in range(self.head.last + 1, len(self.grid.rows)):
            self.row(row)
        self.columns()
        self.hidden()
        self.tell(self.repeated, "重复了表头，已略过")
        self.tell(self.blank, "只有序号，没有内容，已略过")
        issues = [issue_of(lines, self.head, self.words.states, self.words.period, self.seen) for lines in self.lines]
        return ReadRows(
            self.without_repeats(issues),
            tuple(self.above),
            tuple(self.below),
            tuple(self.stated),
            "id" in self.head.columns,
            tuple(_gathered(self.seen)),
            self.grid.place,
        )

    def row(self, row: int) -> None:
        """One row below the head: an issue, more of the issue before it, a note, or nothing that is understood."""
        cells = self.filled(row)
        if not cells:
            return
        first = next(iter(cells.values()))
        top, _ = self.shared.get((row, self.problem), (row, self.problem))
        if self.head.last < top < row and self.lines:
            self.lines[-1].append(self.line(row))
        elif repeats(self.grid, row, self.head):
            self.repeated.append(row)
        elif len(cells) == 1 and next(iter(cells)) == self.head.columns.get("number") and first.isdecimal():
            self.blank.append(row)
        elif _NOTE.match(first) or _SUMS.match(first) or self.spans(row, cells):
            self.note(row, cells, self.below)
        elif self.problem not in cells:
            message = f"这一行没有写问题，没有计入：“{_in_short('，'.join(cells.values()))}”"
            hint = "请补上问题；同一问题占几行的，请合并问题单元格"
            self.seen.append(Finding("D313", "warning", message, self.grid.place_of(row), first, hint))
        else:
            self.lines.append([self.line(row)])

    def spans(self, row: int, cells: Mapping[int, str]) -> bool:
        """Whether one text stands in the row and is no problem: a heading of a group, or words over several columns."""
        if len(cells) > 1:
            return False
        ((column, _),) = cells.items()
        across = any(merge.top <= row <= merge.bottom and merge.left < merge.right for merge in self.grid.merges)
        return column != self.problem or (across and self.shared.get((row, self.problem + 1)) == (row, column))

    def note(self, row: int, cells: Mapping[int, str], into: list[str]) -> None:
        """The words of a row that is no issue, and the counts they give."""
        text = "　".join(cells.values())
        if not text:
            return
        into.append(text)
        place = self.grid.place_of(row, next(iter(cells)))
        self.stated += _stated(text, place)
        if into is self.below and not _NOTE.match(text) and not _SUMS.match(text):
            message = f"作为分组标题或说明，没有计为问题：“{_in_short(text)}”"
            self.seen.append(Finding("D314", "note", message, place, text))

    def filled(self, row: int) -> dict[int, str]:
        """The texts of a row by column; what a merge covers stands in its first column only."""
        texts = ((column, self.text(row, column)) for column in range(len(self.grid.rows[row])))
        return {column: text for column, text in texts if text and (row, column) not in self.shared}

    def text(self, row: int, column: int) -> str:
        """A cell as words on one line."""
        return as_text(self.grid.value(*self.shared.get((row, column), (row, column))))

    def line(self, row: int) -> Line:
        """A row's values by field. A cell beside the table is told of."""
        beside = [column for column in self.filled(row) if column not in self.head.titles]
        for column in beside:
            text = self.text(row, column)
            message = f"这一格不在表头的任何一列下，没有采用：“{_in_short(text)}”"
            self.seen.append(Finding("D312", "warning", message, self.grid.place_of(row, column), text))
        at = {name: self.shared.get((row, c), (row, c)) for name, c in self.head.columns.items()}
        for name, cell in at.items():
            strange = _STRANGE.search(str(self.grid.value(*cell) or ""))
            if strange:
                place = self.grid.place_of(row, self.head.columns[name], self.head.title(name))
                code = f"U+{ord(strange.group()):04X}"
                self.seen.append(Finding("D312", "warning", f"含有控制字符{code}，已去掉", place, code))
        if at["problem"] in self.grid.struck:
            message = "这一条划了删除线；是否销号只看状态，删除线不作数"
            self.seen.append(Finding("D315", "warning", message, self.grid.place_of(row, self.problem, "问题")))
        return Line(
            self.grid.place_of(row),
            {name: as_text(self.grid.value(*cell)) for name, cell in at.items()},
            {name: self.grid.value(*cell) for name, cell in at.items()},
            {name: self.grid.formats.get(cell, "") for name, cell in at.items()},
            {name: self.grid.place_of(row, c, self.head.title(name)) for name, c in self.head.columns.items()},
        )

    def columns(self) -> None:
        """D312 for columns that nobody knows, D315, D319 and D327 for those that are not there."""
        for name, code, severity, message, hint in _WITHOUT:
            if name not in self.head.columns:
                self.seen.append(Finding(code, severity, message, self.grid.place, hint=hint))
        used = set(self.head.columns.values())
        told = {finding.value for finding in self.seen if finding.code == "D311"}
        for column, title in self.head.titles.items():
            if column not in used and title not in told:
                place = self.grid.place_of(self.head.last, column, title)
                hint = "需要时请在 columns 中写明它是哪一项"
                self.seen.append(Finding("D312", "note", f"没有采用“{title}”这一列", place, title, hint))

    def hidden(self) -> None:
        """D314: a filter hides rows and deletes none, so they count."""
        rows = [row for row in sorted(self.grid.hidden_rows) if row > self.head.last and row < len(self.grid.rows)]
        self.tell([row for row in rows if self.filled(row)], "被隐藏或筛选掉，仍然计入")

    def tell(self, rows: list[int], what: str) -> None:
        """One note for all rows of one kind."""
        if rows:
            place = self.grid.place_of(rows[0])
            many = f"从这一行起有{len(rows)}行" if len(rows) > 1 else "这一行"
            self.seen.append(Finding("D314", "note", f"{many}{what}", place))

    def without_repeats(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """Every issue once; D318 for those that are there again, which are not counted."""
        known: dict[str, Issue] = {}
        for issue in issues:
            first = known.setdefault(issue.id, issue)
            if first is not issue:
                where = first.place.cell if first.place else ""
                message = f"与{where}是同一问题，只计一次：“{_in_short(issue.problem)}”"
                hint = "确是两个问题的，请加“编号”列，各给一个编号"
                self.seen.append(Finding("D318", "warning", message, issue.place, issue.id, hint))
        return tuple(known.values())


def as_text(value: object) -> str:
    """A stored value as words on one line: whole numbers without a point, days as ISO, line ends as blanks."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() | Decimal():
            return str(int(value)) if value == int(value) else str(value)
        case _:
            return " ".join(_STRANGE.sub("", str(value)).split()).strip("\u200b\u2060\ufeff")


def _stated(text: str, place: Place) -> list[StatedCount]:
    found = ((name, pattern.search(text)) for name, pattern in COUNTED)
    return [StatedCount(name, int(match.group(1)), text, place) for name, match in found if match]


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """The same with notes that say one thing of many cells as one note, at the first of them."""
    alike: dict[object, list[Finding]] = {}
    for one in findings:
        alike.setdefault((one.code, one.message) if one.severity == "note" else one, []).append(one)
    return [
        replace(same[0], message=f"{same[0].message}（共{len(same)}处）") if len(same) > 1 else same[0]
        for same in alike.values()
    ]


def _in_short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


_SHORT: Final = 24
_WITHOUT: Final[tuple[tuple[Field, str, Severity, str, str], ...]] = (
    ("state", "D315", "warning", "没有“状态”列，全部按未注明计", "叫法不同的，请在 columns 中写明"),
    ("deadline", "D327", "note", "没有“完成时限”列，不判断逾期", ""),
    ("closed", "D327", "note", "没有“销号时间”列，销号只看状态", ""),
    ("id", "D319", "note", "没有“编号”列，各期之间按问题和责任单位认定同一问题", "加上编号列，改动文字也不会认错"),
)
_NOTE: Final = re.compile(r"(?:备?注|说明|填表|制表|审核|联系|填报|报送|截[至止]|数据来源|\*|※)")
_SUMS: Final = re.compile(r"(?:合计|总计|共计|小计|期初|期末|上期末|本期|本月|其中)")
_STRANGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
