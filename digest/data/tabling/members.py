"""Who the rows of a table are of (行名): members of the roster, however they are spelt, sums, and who is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from digest.data.tabling.words import OF_WHICH, ROLES, plain
from digest.findings import Finding

if TYPE_CHECKING:
    from digest.data.roster import Found, Roster
    from digest.data.tabling.figure_table import FigureColumn, FigureRow, RowRole
    from digest.data.tabling.heads import Head
    from digest.data.tabling.window import Window
    from digest.findings import Place


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the labels of a row say."""

    role: RowRole
    member: str = ""
    merged: str = ""
    left_out: bool = False
    finding: Finding | None = None


class Members:
    """Reads the labels of one table's rows from the top; a row may say what it is only by the one before it."""

    def __init__(self, window: Window, head: Head, labels: tuple[FigureColumn, ...], roster: Roster | None) -> None:
        """Ready for the first row."""
        self._window = window
        self._head = head
        self._labels = labels
        self._find = roster.finder() if roster else None
        self._roster = roster
        self._key = self._column()
        if self._key is None:
            self._find = None
            self._key = 0 if labels else None
        self._last: RowRole = "member"

    def knows(self, text: str) -> bool:
        """Whether a text is a member or the label of a sum."""
        known = self._find is not None and self._find.knows(text)
        return known or _role(text) is not None

    def of_row(self, row: int, texts: list[str]) -> Labelled:
        """The role of a row with these labels, and what is wrong with them."""
        said = self._of_row(row, texts)
        self._last = said.role if not said.left_out else self._last
        return said

    def _of_row(self, row: int, texts: list[str]) -> Labelled:
        if self._key is None:
            return Labelled("member")
        text = texts[self._key]
        role = next((role for other in (text, *texts) if (role := _role(other))), None)
        if not text and role is None:
            message = "这一行没有写明是谁的数，没有读取"
            return Labelled(
                "member", left_out=True, finding=Finding("D262", "warning", message, self._place(row), hint=_FILL)
            )
        if role == "of_which":
            return self._of_which(text)
        if self._find is None:
            return Labelled(self._indented(row, role or "member"))
        return self._in_roster(row, text, role, self._find(text))

    def _in_roster(self, row: int, text: str, role: RowRole | None, found: Found) -> Labelled:
        match found.standing:
            case "member" | "apart":
                said = Labelled(found.standing, found.name)
            case "whole":
                said = Labelled(role or "total")
            case "merged":
                said = Labelled("member", found.name, plain(text))
            case "former":
                said = Labelled("apart", plain(text), finding=self._former(row, text, found.name))
            case "unknown" if role is not None or self._indented(row, "member") == "of_which":
                said = Labelled(role or "of_which")
            case "unknown":
                said = Labelled("member", plain(text), left_out=True, finding=self._unknown(row, text, found.name))
            case _:
                assert_never(found.standing)
        return said

    def _of_which(self, text: str) -> Labelled:
        """其中：济南 below the whole is 济南."""
        rest = OF_WHICH.sub("", plain(text), count=1)
        if self._find is not None and self._last == "total":
            found = self._find(rest)
            if found.standing == "member":
                return Labelled("member", found.name)
        return Labelled("of_which")

    def _indented(self, row: int, role: RowRole) -> RowRole:
        """What is written further to the right below 其中 goes on with it."""
        value = self._window.grid.value(row, self._labels[self._key or 0].index)
        follows = self._last == "of_which" and isinstance(value, str) and value[:1].isspace()
        return "of_which" if role == "member" and follows else role

    def _place(self, row: int) -> Place:
        key = self._labels[self._key or 0]
        return self._window.grid.place_of(row, key.index, key.name)

    def _unknown(self, row: int, text: str, near: str) -> Finding:
        hint = f"是不是“{near}”？" if near else ""
        hint += "其他写法请写入 aliases，名册以外的请写入 apart"
        return Finding("D260", "warning", f"“{text}”不在名册里，这一行没有读取", self._place(row), text, hint)

    def _former(self, row: int, text: str, today: str) -> Finding:
        message = f"“{text}”已并入{today}，这一行没有加到{today}里"
        hint = f'要加到{today}里，请在 [data] 中写 merged = {{ "{plain(text)}" = "{today}" }}'
        return Finding("D264", "warning", message, self._place(row), text, hint)

    def findings(self, rows: list[FigureRow], left_out: list[FigureRow]) -> list[Finding]:
        """Rows that are there twice (taken out of `rows`), and members without a row; D261, D263."""
        if self._find is None or self._roster is None:
            return []
        twice = self._twice(rows, left_out)
        present = {row.member for row in (*rows, *left_out) if not row.merged} | set(self._roster.silent)
        missing = [member for member in self._roster.members if member not in present]
        if missing:
            whole = len(self._roster.members)
            message = f"名册共{whole}个，表里缺{len(missing)}个：{'、'.join(missing)}"
            place = self._window.grid.place_of(self._head.below[-1])
            twice.append(Finding("D263", "warning", message, place, hint="没有报的请保留该行，数据格写“未报”"))
        return twice

    def _twice(self, rows: list[FigureRow], left_out: list[FigureRow]) -> list[Finding]:
        seen: dict[tuple[object, ...], FigureRow] = {}
        findings: list[Finding] = []
        out: set[int] = set()
        key = self._labels[self._key or 0].name
        for row in rows:
            if row.role != "member" or row.merged:
                continue
            others = tuple(plain(text) for name, text in row.labels.items() if name != key)
            first = seen.setdefault((row.member, *others), row)
            if first is row:
                continue
            same = _values(first) == _values(row)
            out |= {row.index} if same else {row.index, first.index}
            does = "只算一次" if same else "两行的数不同，都没有读取"
            message = f"“{row.labels[key]}”与{first.place.cell}的“{first.labels[key]}”重复，{does}"
            findings.append(Finding("D261", "warning", message, row.place, row.labels[key], "请删去多余的一行"))
        left_out += [row for row in rows if row.index in out]
        rows[:] = [row for row in rows if row.index not in out]
        return findings

    def _column(self) -> int | None:
        """Which of the label columns holds members; None where none does."""
        if self._find is None:
            return None
        best, most = None, 0
        for at, column in enumerate(self._labels):
            texts = [self._window.shown(row, column.index) for row in self._head.below[:_SAMPLE]]
            held = [text for text in texts if text]
            hits = sum(map(self._find.knows, held))
            if hits > most and hits * _PART >= len(held):
                best, most = at, hits
        return best


def _role(text: str) -> RowRole | None:
    """What a label says that is the name of a sum; most are not, which is seen at once."""
    if _OF_SUMS.search(text) is None:
        return None
    folded = plain(text)
    return next((role for words, role in ROLES if words.fullmatch(folded)), None)


def _values(row: FigureRow) -> list[object]:
    return [cell.value for cell in row.cells.values()]


_SAMPLE: Final = 500
_PART: Final = 3
_OF_SUMS: Final = re.compile("[计总均其累汇]|全\\s*[省市县区国]")
_FILL: Final = "请逐行填写，或把同一名称的单元格合并"
