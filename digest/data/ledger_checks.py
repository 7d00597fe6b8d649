"""Does a ledger hold together (台账核对): every issue that broke the chain from one period to the next is named.

D322 not in the table any more, open again, closed once more, closed before, raised earlier but new now (补登)
D323 a count that the office wrote itself is not ours
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.ledger_counting import count_ledger
from digest.data.ledger_dates import first_day_of, is_dated, last_day
from digest.data.ledger_words import COUNTS
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.ledger_counting import Movement
    from digest.data.ledgers import CountName, Issue, IssueLedger
    from digest.data.period import Period
    from digest.findings import Severity


def check_ledger(ledger: IssueLedger, period: Period, as_of: str = "") -> tuple[Finding, ...]:
    """What a person should see of the ledger's way through `period`; nothing where it has no table of it."""
    movement = count_ledger(ledger, period, as_of)
    if movement is None:
        return ()
    return (*_breaks(ledger, movement), *_states_itself(ledger, movement))


def _breaks(ledger: IssueLedger, movement: Movement) -> Iterator[Finding]:
    last = movement.before.chinese
    hint = "" if ledger.numbered else "问题或责任单位改了写法也会这样，请加编号列"
    for issue in movement.lost:
        yield _of(issue, "warning", f"{last}尚未销号，本期台账没有这一条", hint or "请补上，或写明去向")
    for issue in movement.reopened:
        yield _of(
            issue, "warning", f"{last}已销号，本期又是“{issue.written or '未注明'}”", "是重新打开的，请在备注中写明"
        )
    for issue in movement.late:
        yield _of(issue, "note", f"{issue.raised}提出，本期才列入台账，按补登计入新增")
    begin = first_day_of(movement.period)
    for issue in movement.closed or ():
        if is_dated(issue.closed) and last_day(issue.closed) < begin:
            yield _of(issue, "note", f"销号时间{issue.closed}在本期之前，到本期才记为已销号，计入本期销号")
    was = {issue.id: issue for issue in ledger.periods.get(movement.before, ())}
    for issue in movement.settled:
        before = was.get(issue.id)
        if before and before.state == "closed" and before.closed != issue.closed and before.closed and issue.closed:
            message = f"{last}已于{before.closed}销号，本期又写{issue.closed}销号，不再计入本期销号"
            yield _of(issue, "warning", message, "请核对销号时间")
    for issue in movement.issues:
        if is_dated(issue.closed) and last_day(issue.closed) > movement.as_of:
            yield _of(issue, "warning", f"销号时间{issue.closed}晚于{movement.as_of.isoformat()}", "请核对")


def _of(issue: Issue, severity: Severity, message: str, hint: str = "") -> Finding:
    named = issue.problem if len(issue.problem) <= _SHORT else f"{issue.problem[:_SHORT]}…"
    return Finding("D322", severity, f"“{named}”{message}", issue.place, issue.id, hint)


def _states_itself(ledger: IssueLedger, movement: Movement) -> Iterator[Finding]:
    ours: dict[CountName, tuple[Issue, ...] | None] = {
        "opening": movement.opening,
        "new": movement.new,
        "closed": movement.closed,
        "closing": movement.closing,
        "overdue": movement.overdue,
        "total": movement.issues,
    }
    for stated in ledger.stated.get(movement.period, ()):
        counted = ours[stated.name]
        if counted is not None and len(counted) != stated.number:
            message = f"表中写{COUNTS[stated.name]}{stated.number}，按台账逐条计数是{len(counted)}；简报用逐条计数"
            yield Finding("D323", "warning", message, stated.place, stated.text, "请核对台账和表中所写的数")


_SHORT: Final = 24
