"""Every table of a project, read into one book (汇集): which files there are, what each reports, where two disagree.

Files are those of the months from `[data] since` on, or of the 24 before the digest's own, never of a later one: an old
digest made again says what it said. The first to report a number is believed; who reports another later is told of.

Codes: D295 no file of the digest's own period (error), D296 none of an earlier one (warning), D297 a table of which no
column is claimed (error), D298 a column that no metric claims (note), D299 two tables that report one number unlike
(warning), D307 doubts about a file of an earlier period (note); those of `taking.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.book import Book, Metric
from digest.data.documents import find_file
from digest.data.over_time import periods_until
from digest.data.roster import Roster
from digest.data.tabling.recognise import recognise
from digest.data.taking import take_figures
from digest.data.worth import worth
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from digest.data.book import Key, Observation, Stated, StatedKey
    from digest.data.grid import Grid
    from digest.data.metrics import TableSource
    from digest.data.period import Period
    from digest.data.rounding import Rule
    from digest.data.sources.opened import Sources
    from digest.data.taking import Reported


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be gathered: metrics and tables of a project, who reports, since when, how is rounded."""

    metrics: Mapping[str, Metric] = field(default_factory=dict)
    tables: tuple[TableSource, ...] = ()
    roster: Roster = field(default_factory=lambda: Roster(()))
    since: Period | None = None
    rule: Rule = "half_up"
    counted: str = "个市"


def gather(plan: Plan, period: Period, folder: Path, opened: Sources, frames: Collection[str] = ()) -> Gathered:
    """The book of a project up to `period`; tables whose title is among `frames` were handed in with `opened`."""
    gathering = _Gathering(plan, period)
    for source in plan.tables:
        pieces = tuple(_pieces(source, plan, period, folder, opened, source.title in frames, gathering.findings))
        gathering.take(source, pieces)
    return Gathered(gathering.book(), tuple(gathering.findings))


class Gathered(NamedTuple):
    """The book, and all that was seen on the way."""

    book: Book
    findings: tuple[Finding, ...]


class _Piece(NamedTuple):
    """One file of a table, or its query or frame: the period it is of, None where it holds more than one."""

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    period: Period | None = None


class _Gathering:
    """A book while it is filled."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self._plan = plan
        self._period = period
        self._observations: dict[Key, Observation] = {}
        self._targets: dict[tuple[str, str, int], Observation] = {}
        self._stated: dict[StatedKey, Stated] = {}
        self.findings: list[Finding] = []

    def book(self) -> Book:
        """All that was reported up to the period."""
        roster = self._plan.roster
        return Book(
            period=self._period,
            metrics=self._plan.metrics,
            roster=roster.members,
            whole=roster.whole,
            observations=self._observations,
            targets=self._targets,
            apart=roster.apart,
            stated=self._stated,
            rule=self._plan.rule,
            counted=self._plan.counted,
        )

    def take(self, source: TableSource, pieces: tuple[_Piece, ...]) -> None:
        """Everything that the files of one table report."""
        unclaimed: dict[str, Place] = {}
        for piece in pieces:
            told, self.findings = self.findings, list(piece.findings)
            reports = [report for grid in piece.grids for report in self._of_grid(source, piece, grid)]
            if reports and not any(report.claimed for _, report in reports):
                self._nothing_claimed(source, reports)
            else:
                for place, report in reports:
                    self._keep(report)
                    unclaimed |= dict.fromkeys(report.unclaimed, place)
            earlier = piece.period is not None and piece.period != self._period
            self.findings = [*told, *(_of_earlier(self.findings, piece) if earlier else self.findings)]
        for title, place in unclaimed.items():
            hint = "要用就在指标的 columns 中写上这个列名，不用就写进数据表的 skip"
            self.findings.append(Finding("D298", "note", f"“{title}”列没有指标用到", place, title, hint))

    def _of_grid(self, source: TableSource, piece: _Piece, grid: Grid) -> Iterator[tuple[Place, Reported]]:
        period = piece.period or self._period
        tables, findings = recognise(
            grid,
            roster=self._plan.roster if self._plan.roster.members else None,
            known=self._titles(source),
            labels=source.labels,
            skip=source.skip,
            cells=source.cells,
            header=source.header,
            year=period.year,
            period=piece.period,
        )
        self.findings += findings
        own, whole = piece.period is not None, self._plan.roster.whole
        for table in tables:
            report = take_figures(table, source, self._plan.metrics, period, own=own, whole=whole)
            self.findings += report.findings
            if not any(finding.severity == "error" for finding in report.findings):
                yield table.place, report

    def _titles(self, source: TableSource) -> frozenset[str]:
        """What columns may be called; nothing where metrics stand in rows."""
        if source.metric and source.metric not in self._plan.metrics:
            return frozenset()
        return frozenset(name for metric in self._plan.metrics.values() for name in (metric.name, *metric.columns))

    def _nothing_claimed(self, source: TableSource, reports: list[tuple[Place, Reported]]) -> None:
        titles = list(dict.fromkeys(title for _, report in reports for title in report.unclaimed))
        seen = f"，列名有：{'、'.join(titles[:_SHOWN])}" if titles else ""
        names = "、".join(metric.name for metric in self._plan.metrics.values())
        hint = f"请在指标的 columns 中写上表里的列名；现有指标：{names or '无'}"
        message = f"数据表“{source.title}”里没有一列是指标{seen}"
        self.findings.append(Finding("D297", "error", message, reports[0][0], source.title, hint))

    def _keep(self, report: Reported) -> None:
        """What was reported up to the period, where nobody reported it before."""
        for one in report.observations:
            if self._is_later(one.period):
                continue
            key = (one.metric, one.member, one.period, one.reach)
            before = self._observations.get(key)
            if before is None or (before.quantity is None and one.quantity is not None):
                self._observations[key] = one
            else:
                self._compare(before, one)
        for one in report.targets:
            if one.period.year <= self._period.year:
                before = self._targets.setdefault((one.metric, one.member, one.period.year), one)
                self._compare(before, one)
        for stated, change in report.stated:
            if not self._is_later(stated[2]):
                self._stated.setdefault(stated, change)

    def _compare(self, first: Observation, second: Observation) -> None:
        """Two reports of one number that say two things."""
        if first is second or first.quantity is None or second.quantity is None:
            return
        if first.quantity == second.quantity or worth(first.quantity) == worth(second.quantity):
            return
        name = self._plan.metrics[first.metric].name
        member = first.member or self._plan.roster.whole
        message = (
            f"{member}{first.period.chinese}“{name}”有两个数：{first.quantity}（{first.place or first.table}）"
            f"和{second.quantity}（{second.place or second.table}），采用前一个"
        )
        hint = "请核对哪个对，把另一个改成一样，或把那一列写进 skip"
        self.findings.append(Finding("D299", "warning", message, second.place, str(second.quantity), hint))

    def _is_later(self, period: Period) -> bool:
        return _end_of(period) > _end_of(self._period)


def _pieces(
    source: TableSource,
    plan: Plan,
    period: Period,
    folder: Path,
    opened: Sources,
    handed_in: bool,  # noqa: FBT001  one of three ways a table comes
    seen: list[Finding],
) -> Iterator[_Piece]:
    """The grids of a table: of a frame, of a query, or of each of its files."""
    periods = periods_read(plan.since, period)
    if handed_in:
        yield _Piece(*opened.frame(source.title))
    elif source.query:
        place = source.place or Place("")
        path = find_file(folder, source.query, place, seen)
        if path is not None:
            told = parameters_of(period, periods[0])
            yield _Piece(*opened.query(path, source.query, source.connection, told))
    elif source.file:
        names = _files(source.file, periods)
        yield from _of_files(source, names, folder, opened, seen, told_of=plan.since is not None)


def parameters_of(period: Period, since: Period) -> dict[str, str | int]:
    """What a query may ask for: `:period` and `:since` as ISO texts, `:year` and `:month` of the period."""
    return {"period": str(period), "since": str(since), "year": period.year, "month": period.month}


def _of_files(
    source: TableSource,
    names: Mapping[str, Period | None],
    folder: Path,
    opened: Sources,
    seen: list[Finding],
    *,
    told_of: bool,
) -> Iterator[_Piece]:
    *_, last = names
    missing = []
    for name, period in names.items():
        if name != last and _is_absent(folder / name):
            missing.append(name)
            continue
        found: list[Finding] = []
        path = find_file(folder, name, source.place or Place(""), found)
        if path is None:
            seen += (
                Finding("D295", "error", f"数据表“{source.title}”：{one.message}", one.place, one.value, one.hint)
                for one in found
            )
            continue
        yield _Piece(*opened.read(path, name, source.sheet), period)
    if missing and told_of:
        listed = "、".join(missing[:_SHOWN]) + ("等" if len(missing) > _SHOWN else "")
        message = f"数据表“{source.title}”缺以前的文件{len(missing)}个：{listed}"
        hint = "补上这些文件，或把 [data] 的 since 改晚；没有的数不补零，相应的比较也不做"
        seen.append(Finding("D296", "warning", message, source.place, missing[0], hint))


def _is_absent(path: Path) -> bool:
    """Whether there is no such file; one that cannot even be asked for is there, and `find_file` tells what it has."""
    try:
        return not path.is_file()
    except OSError:
        return False


def _of_earlier(findings: list[Finding], piece: _Piece) -> Iterator[Finding]:
    """What was wrong with a file of an earlier period is counted, and told in full by the digest of that period.

    One that cannot be read is told: its numbers are missing, and this digest can be made all the same.
    """
    yield from (replace(finding, severity="warning") for finding in findings if finding.severity == "error")
    doubts = [finding for finding in findings if finding.severity == "warning"]
    if doubts and piece.period is not None:
        message = f"{piece.period.chinese}的数据有{len(doubts)}处疑点，逐条见该期的核对结果"
        place = doubts[0].place
        yield Finding("D307", "note", message, Place(place.file, place.sheet) if place else None)


def _files(pattern: str, periods: Iterable[Period]) -> dict[str, Period | None]:
    """The files of a pattern, those of the last period last; with a period where one file is of one period only."""
    single = re.search(r"\{(?:period|month|quarter)\}", pattern) is not None
    names: dict[str, Period | None] = {}
    for period in periods:
        name = pattern.replace("{period}", str(period)).replace("{year}", f"{period.year:04}")
        name = name.replace("{month}", f"{period.month:02}").replace("{quarter}", str(period.quarter))
        names.pop(name, None)
        names[name] = period if single else None
    return names


def periods_read(since: Period | None, period: Period) -> tuple[Period, ...]:
    """From the first that is read to the digest's own."""
    if since is None:
        return periods_until(period, _MONTHS_BEFORE + 1 if period.month else _OTHERS_BEFORE + 1)
    count = 1
    while count < _MOST and _end_of(periods_until(period, count + 1)[0]) >= _start_of(since):
        count += 1
    return periods_until(period, count)


def _end_of(period: Period) -> int:
    """Its last month, counted from the year zero."""
    return period.year * 12 + (period.month or 3 * period.quarter or 12)


def _start_of(period: Period) -> int:
    return period.year * 12 + (period.month or max(3 * period.quarter - 2, 1))


_MONTHS_BEFORE: Final = 24
_OTHERS_BEFORE: Final = 8
_MOST: Final = 600  # periods; a `since` in the year 1 is a slip of the pen
_SHOWN: Final = 8
