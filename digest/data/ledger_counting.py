"""How an issue ledger moved in a period (台账逐条计数): 期初 + 新增 − 销号 = 期末, counted by the ids of issues.

An issue is open (在办) while nobody wrote that it is closed. What was open at the end of the last period is the
opening; without a table of that period there is no opening, no new and no closed: they are not nought. 销号率 is told
with the words of what it is a rate of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.ledger_dates import first_day, first_day_of, is_dated, last_day, last_day_of, period_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from digest.data.ledgers import Issue, IssueLedger, State
    from digest.data.period import Period

Issues = tuple["Issue", ...]


class Rate(NamedTuple):
    """So many closed (`part`) of so many (`whole`), and in words of which."""

    part: int
    whole: int
    of: str


class Tally(NamedTuple):
    """The issues of one responsible unit or of one origin; an empty name is that nobody wrote one."""

    name: str
    total: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Movement:
    """What became of a ledger in `period`, held against `as_of`. None: there is no table of the period `before`.

    `closed` are those closed in this period, `settled` all that its table has as closed. `reopened` were closed before
    and are open now, `lost` were open and are not in the table any more, `late` are new but were raised earlier (补登).
    `overdue` and `due_soon` are None where open issues have no deadlines. `open_for` says in how many periods on end
    an open issue stood open, this one among them. `rate` is None where nobody wrote any state.
    """

    period: Period
    before: Period
    as_of: date
    issues: Issues
    closing: Issues
    settled: Issues
    opening: Issues | None = None
    new: Issues | None = None
    closed: Issues | None = None
    reopened: Issues = ()
    lost: Issues = ()
    late: Issues = ()
    overdue: Issues | None = None
    due_soon: Issues | None = None
    open_for: Mapping[str, int] | None = None
    rate: Rate | None = None

    @property
    def stated(self) -> bool:
        """Whether somebody wrote a state for any issue; what is open can be counted only then."""
        return not self.issues or any(issue.state != "unknown" for issue in self.issues)

    @property
    def carried(self) -> Issues:
        """Those that stood open in earlier periods as well, the oldest first."""
        ages = self.open_for or {}
        return tuple(sorted((one for one in self.closing if ages.get(one.id, 1) > 1), key=lambda one: -ages[one.id]))

    def of_state(self, state: State) -> Issues:
        """The issues of one state."""
        return tuple(issue for issue in self.issues if issue.state == state)

    @property
    def by_unit(self) -> tuple[Tally, ...]:
        """The issues of every responsible unit, those with most open first."""
        return self._tallies([issue.unit for issue in self.issues])

    @property
    def by_origin(self) -> tuple[Tally, ...]:
        """The issues of every origin, those with most open first."""
        return self._tallies([issue.origin for issue in self.issues])

    def _tallies(self, names: list[str]) -> tuple[Tally, ...]:
        overdue = {issue.id for issue in self.overdue or ()}
        rows = list(zip(names, self.issues, strict=True))
        total = Counter(names)
        still = Counter(name for name, issue in rows if issue.state != "closed")
        late = Counter(name for name, issue in rows if issue.id in overdue)
        return tuple(
            sorted((Tally(name, total[name], still[name], late[name]) for name in total), key=lambda one: -one.open)
        )


def count_ledger(ledger: IssueLedger, period: Period, as_of: str = "", soon: int = 30) -> Movement | None:
    """The movement of the ledger in `period`; None where it has no table of it. `as_of` is an ISO day, by default that
    of the ledger for its last period, else the end of the period; `soon` are the days within which a deadline is near.
    """
    issues = ledger.periods.get(period)
    if issues is None:
        return None
    latest = period == max(ledger.periods, key=last_day_of)
    day = last_day(as_of or (latest and ledger.as_of) or last_day_of(period).isoformat())
    before = period_before(period)
    closing = tuple(issue for issue in issues if issue.state != "closed")
    started = any(issue.state != "unknown" for issue in issues)
    due = any(is_dated(issue.deadline) for issue in issues) or not closing
    opening, new, closed, reopened, lost = _moved(ledger.periods.get(before), issues)
    return Movement(
        period,
        before,
        day,
        issues,
        closing,
        tuple(issue for issue in issues if issue.state == "closed"),
        opening,
        new,
        closed,
        reopened,
        lost,
        tuple(one for one in new or () if is_dated(one.raised) and last_day(one.raised) < first_day_of(period)),
        tuple(issue for issue in issues if days_late(issue, day) > 0) if due else None,
        tuple(issue for issue in issues if 0 <= -_late(issue, day) <= soon) if due else None,
        _ages(ledger, closing, period),
        _rate(ledger, period) if started else None,
    )


def days_late(issue: Issue, day: date) -> int:
    """By how many days an issue that is under way or not started is past its deadline; 0 where it is not."""
    return max(0, _late(issue, day))


def _late(issue: Issue, day: date) -> int:
    """Days past the deadline, negative before it; far before it where there is none, or nothing to be mended."""
    if issue.state in {"closed", "unknown"} or not is_dated(issue.deadline):
        return -_NEVER
    return (day - last_day(issue.deadline)).days


def _moved(
    earlier: Issues | None, issues: Issues
) -> tuple[Issues | None, Issues | None, Issues | None, Issues, Issues]:
    """Opening, new, closed, reopened and lost."""
    if earlier is None:
        return None, None, None, (), ()
    was = {issue.id: issue for issue in earlier}
    now = {issue.id for issue in issues}
    opening = tuple(issue for issue in earlier if issue.state != "closed")
    return (
        opening,
        tuple(issue for issue in issues if issue.id not in was),
        tuple(one for one in issues if one.state == "closed" and not _was_closed(one, was)),
        tuple(one for one in issues if one.state != "closed" and _was_closed(one, was)),
        tuple(issue for issue in opening if issue.id not in now),
    )


def _was_closed(issue: Issue, was: Mapping[str, Issue]) -> bool:
    return issue.id in was and was[issue.id].state == "closed"


def _ages(ledger: IssueLedger, closing: Issues, period: Period) -> dict[str, int]:
    """In how many periods on end, up to this one, each stood open."""
    ages: dict[str, int] = {}
    still = {issue.id for issue in closing}
    while still:
        for key in still:
            ages[key] = ages.get(key, 0) + 1
        period = period_before(period)
        still &= {issue.id for issue in ledger.periods.get(period, ()) if issue.state != "closed"}
    return ages


def _rate(ledger: IssueLedger, period: Period) -> Rate | None:
    """Closed of all raised this year; where days are missing, of all that the tables of this year list."""
    listed: dict[str, Issue] = {}
    for one, issues in sorted(ledger.periods.items(), key=lambda item: last_day_of(item[0])):
        if one.year == period.year and last_day_of(one) <= last_day_of(period):
            listed |= {issue.id: issue for issue in issues}
    known = all(is_dated(issue.raised) for issue in listed.values())
    chosen = [one for one in listed.values() if not known or first_day(one.raised).year == period.year]
    if not chosen:
        return None
    of = f"{period.year}年提出的问题" if known else f"{period.year}年各期台账所列问题"
    return Rate(_closed(chosen), len(chosen), of)


def _closed(issues: Iterable[Issue]) -> int:
    return sum(issue.state == "closed" for issue in issues)


_NEVER: Final = 10**6
