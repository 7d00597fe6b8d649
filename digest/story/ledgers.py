"""Issue ledgers in a part (台账): how many there were and are, in a sentence, and the issues themselves in a table.

F350 a ledger that nobody knows, or without a table of this period   F351 what cannot be told without the last period
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.ledger_counting import count_ledger, days_late
from digest.data.ledger_dates import is_dated, last_day, last_day_of
from digest.data.ledger_facts import counts_of, ledger_facts, this_period
from digest.data.ledger_words import STATE_NAMES, is_color
from digest.data.period import chinese_date, parse_period
from digest.findings import Finding
from digest.story.blocks import Caption, Column, Paragraph, Run, Table, TableRow, plain
from digest.story.narrate import merged
from digest.story.wording import NOT_STATED, full_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from digest.data.ledger_counting import Movement
    from digest.data.ledgers import Issue, IssueLedger
    from digest.data.model import EntriesSpec, Fact
    from digest.findings import Severity
    from digest.story.blocks import Block, Text
    from digest.story.desk import Desk

# Each has a shape of its own, so that grey print and those who see no colours lose nothing.
_SHAPES: Final = {"closed": "●", "under_way": "◐", "not_started": "○", "unknown": "◇"}
_LATE: Final = "▲"
_MEANINGS: Final = {
    "●": "已销号",
    "◐": "整改中",
    "○": "未启动",
    "▲": "逾期未销号",
    "◇": "未注明是否销号",
}
_SHOWN: Final = {
    "all": "全部问题",
    "open": "未销号问题",
    "overdue": "逾期未销号问题",
    "new": "{}新增问题",
    "closed": "{}销号问题",
}
_COUNT_OF: Final = {"all": "total", "open": "closing", "overdue": "overdue", "new": "new", "closed": "closed"}
_LONGEST_WORD: Final = 6  # characters of a state as the office writes it


def listed_often(entries: Sequence[EntriesSpec]) -> tuple[str, ...]:
    """The ledgers with several tables, which share one account."""
    named = [spec.ledger for spec in entries]
    return tuple(dict.fromkeys(key for key in named if named.count(key) > 1))


def entries_blocks(spec: EntriesSpec, desk: Desk, *, told: bool = False) -> list[Block]:
    """The sentence and the table of one ledger in the digest's period, or the table alone where its account was told;
    findings are put to the desk.
    """
    found = _found(spec.ledger, desk)
    if found is None:
        message = f"台账“{spec.ledger}”没有本期的表，没有列出"
        desk.findings.append(Finding("F350", "warning", message, spec.place, spec.ledger))
        return []
    ledger, movement = found
    chosen = counts_of(movement).get(_COUNT_OF[spec.show]) if movement.stated else movement.issues
    if chosen is None:
        what = _SHOWN[spec.show].format(this_period(movement.period))
        why = "没有逐条写明时限" if spec.show == "overdue" else f"没有上期台账（{movement.before.chinese}）"
        message = f"{why}，不能列出{what}"
        severity: Severity = "note" if min(ledger.periods, key=last_day_of) == movement.period else "warning"
        desk.findings.append(Finding("F351", severity, message, spec.place, spec.ledger))
        return []
    blocks: list[Block] = [] if told else [Paragraph(_telling(ledger, movement, desk).sentence(spec.show))]
    if chosen:
        blocks.append(_table(spec, ledger, movement, _ordered(chosen, movement, spec.show), desk))
    return blocks


def ledger_sentence(key: str, desk: Desk) -> Text:
    """The account of one ledger (期初在办36个，…) for any paragraph; empty where there is no table of this period."""
    found = _found(key, desk)
    return _telling(*found, desk).sentence("open") if found else ()


def _found(key: str, desk: Desk) -> tuple[IssueLedger, Movement] | None:
    ledger = next((one for one in desk.digest.ledgers if one.id == key), None)
    movement = count_ledger(ledger, parse_period(desk.digest.period)) if ledger else None
    return (ledger, movement) if ledger and movement else None


# --- the sentence -----------------------------------------------------------------------------------------


def _telling(ledger: IssueLedger, movement: Movement, desk: Desk) -> _Telling:
    facts = {fact.id.removeprefix(f"{ledger.id}."): fact for fact in ledger_facts(ledger, movement.period)}
    return _Telling(movement, facts, desk)


class _Telling(NamedTuple):
    """What is told of: counts by their names."""

    movement: Movement
    facts: Mapping[str, Fact]
    desk: Desk

    def sentence(self, show: str) -> Text:
        """How the ledger stands, by what of it is shown."""
        here = this_period(self.movement.period)
        if not self.movement.stated:
            return merged((Run("台账所列问题"), self.number("total"), Run("，均未注明状态。")))
        if show == "new":
            return merged((Run(f"{here}新增"), self.number("new"), Run("。")))
        if show == "closed":
            return merged((Run(f"{here}销号"), self.number("closed"), Run("。")))
        if show == "overdue":
            day = chinese_date(self.movement.as_of.isoformat())
            return merged((Run(f"截至{day}，逾期未销号"), self.number("overdue"), Run("。")))
        return merged((*self.account(here), *self.among_them(), Run("。")))

    def number(self, name: str) -> Run:
        """A count, bound to its fact where the digest has it."""
        fact = self.facts[name]
        return Run(str(fact.quantity), fact=fact.id if fact.id in self.desk.facts else "")

    def account(self, here: str) -> Iterable[Run]:
        """期初在办36个，本月新增12个、销号9个，期末在办39个; without the last period its end only."""
        if self.movement.opening is None:
            without = f"（没有{self.movement.before.chinese}的台账，期初和新增、销号数不推算）"
            return (Run("期末在办"), self.number("closing"), Run(without))
        return (
            *(Run("期初在办"), self.number("opening"), Run(f"，{here}新增"), self.number("new")),
            *(Run("、销号"), self.number("closed"), Run("，期末在办"), self.number("closing"), Run(self.breaks())),
        )

    def breaks(self) -> str:
        """What else changed the number, so that whoever adds up finds it."""
        unit = self.facts["closing"].quantity.unit
        told = (
            ("上期已销号、本期重新打开", self.movement.reopened),
            ("上期在办、本期未再列入", self.movement.lost),
        )
        words = "；".join(f"{what}{len(issues)}{unit}" for what, issues in told if issues)
        return f"（{words}）" if words else ""

    def among_them(self) -> list[Run]:
        """；其中逾期3个、未注明状态1个; of none that is late in words."""
        runs: list[Run] = []
        if "overdue" in self.facts and not self.movement.overdue:
            runs.append(Run("；无逾期"))
        elif "overdue" in self.facts:
            runs += (Run("；其中逾期"), self.number("overdue"))
        if self.movement.of_state("unknown"):
            runs += (Run("、未注明状态" if runs else "；其中未注明状态"), self.number("unknown"))
        return runs


# --- the table --------------------------------------------------------------------------------------------


def _ordered(issues: tuple[Issue, ...], movement: Movement, show: str) -> tuple[Issue, ...]:
    """Those that are late first, the latest at the top, then by deadline; all of a ledger stay as they stand there."""
    if show not in {"open", "overdue"}:
        return issues

    def key(issue: Issue) -> tuple[int, str]:
        due = last_day(issue.deadline).isoformat() if is_dated(issue.deadline) else "9999"
        return -days_late(issue, movement.as_of), due

    return tuple(sorted(issues, key=key))


def _table(spec: EntriesSpec, ledger: IssueLedger, movement: Movement, issues: tuple[Issue, ...], desk: Desk) -> Table:
    shown = issues[: spec.limit] if spec.limit else issues
    columns = [(column, text) for column, text in _columns(movement) if column.title == "时限" or any(map(text, shown))]
    rows = tuple(
        TableRow((plain(str(number)), *(plain(full_width(text(issue))) for _, text in columns)))
        for number, issue in enumerate(shown, 1)
    )
    what = _SHOWN[spec.show].format(this_period(movement.period))
    caption = Caption(desk.tables.next(), spec.caption or full_width(f"{ledger.title}：{what}"))
    return Table(
        (Column("序号", 26.0, "center", digits=True), *(column for column, _ in columns)),
        rows,
        caption,
        tuple(_notes(spec, ledger, movement, issues, shown)),
        small=True,
    )


def _columns(movement: Movement) -> tuple[tuple[Column, Callable[[Issue], str]], ...]:
    """What is told of an issue; a column that nobody filled is left out."""
    return (
        (Column("问题"), lambda issue: issue.problem),
        (Column("来源"), lambda issue: issue.origin),
        (Column("责任单位"), lambda issue: issue.unit),
        (Column("时限"), lambda issue: _date(issue.deadline)),
        (Column("进展"), lambda issue: issue.progress),
        (Column("状态"), lambda issue: _standing(issue, movement)),
    )


def _date(deadline: str) -> str:
    return chinese_date(deadline) if is_dated(deadline) else deadline or NOT_STATED


def _shape(issue: Issue, movement: Movement) -> str:
    return _LATE if days_late(issue, movement.as_of) else _SHAPES[issue.state]


def _standing(issue: Issue, movement: Movement) -> str:
    """Shape and word of the state, the office's own where it is a short one, and by how many days it is late."""
    own = "".join(char for char in issue.written if "\u4e00" <= char <= "\u9fff")
    word = own if own and len(own) <= _LONGEST_WORD and not is_color(own) else STATE_NAMES[issue.state]
    late = days_late(issue, movement.as_of)
    return f"{_shape(issue, movement)} {word}{f'，逾期{late}天' if late else ''}"


def _notes(
    spec: EntriesSpec, ledger: IssueLedger, movement: Movement, issues: tuple[Issue, ...], shown: tuple[Issue, ...]
) -> Iterable[str]:
    used = {_shape(issue, movement) for issue in shown}
    yield "　".join(f"{shape} {meaning}" for shape, meaning in _MEANINGS.items() if shape in used) + "。"
    day = chinese_date(movement.as_of.isoformat())
    rest = f"另有{len(issues) - len(shown)}{ledger.unit}从略。" if len(shown) < len(issues) else ""
    yield f"来源：{full_width(ledger.title)}（{movement.period.chinese}），是否逾期按{day}核对。{rest}"
    if spec.note:
        yield full_width(spec.note)
