"""Every table of a project, read into one book (汇集): what each reports, and where two disagree.

Nothing of a later period than the digest's is kept: an old digest made again says what it said. The first to report a
number is believed; who reports another later is told of.

Codes: D297 a table of which no column is claimed (error), D298 a column that no metric claims (note), D299 two tables
that report one number unlike (warning), D307 doubts about files of earlier periods (note); those of `pieces.py`,
`taking.py` and `details.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.book import Book, Metric
from digest.data.details import take_details
from digest.data.pieces import end_of, pieces_of
from digest.data.roster import Roster
from digest.data.tabling.recognise import recognise
from digest.data.taking import take_figures
from digest.data.worth import worth
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from digest.data.book import Key, Observation, Stated, StatedKey
    from digest.data.grid import Grid
    from digest.data.metrics import TableSource
    from digest.data.period import Period
    from digest.data.pieces import Piece
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
        handed_in = source.title in frames
        pieces = tuple(pieces_of(source, plan.since, period, folder, opened, handed_in, gathering.findings))
        gathering.take(source, pieces)
    return Gathered(gathering.book(), tuple(gathering.findings))


class Gathered(NamedTuple):
    """The book, and all that was seen on the way."""

    book: Book
    findings: tuple[Finding, ...]


class _Gathering:
    """A book while it is filled."""

    def __init__(self, plan: Plan, period: Period) -> None:
        self._plan = plan
        self._period = period
        self._observations: dict[Key, Observation] = {}
        self._targets: dict[tuple[str, str, int], Observation] = {}
        self._stated: dict[StatedKey, Stated] = {}
        self._asked: dict[str, set[str]] = {}  # who is to report a metric in any of its tables
        self.findings: list[Finding] = []

    def book(self) -> Book:
        """All that was reported up to the period."""
        roster = self._plan.roster
        self._observations |= self._of_nobody_asked()
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

    def _of_nobody_asked(self) -> dict[Key, Observation]:
        """That a metric does not apply to members whom every table that has it leaves out by declaration."""
        found: dict[Key, Observation] = {}
        for one in self._observations.values():
            for member in self._plan.roster.members:
                key = (one.metric, member, one.period, one.reach)
                if member not in self._asked[one.metric] and key not in self._observations:
                    at = f"{member} › {self._plan.metrics[one.metric].name}"
                    of_whom = replace(one, member=member, quantity=None, why="not_applicable", flag="", at=at)
                    found[key] = replace(of_whom, place=None, text="")
        return found

    def take(self, source: TableSource, pieces: tuple[Piece, ...]) -> None:
        """Everything that the files of one table report."""
        unclaimed: dict[str, Place] = {}
        doubtful: list[_Doubtful] = []
        for piece in pieces:
            told, self.findings = self.findings, list(piece.findings)
            reports = [report for grid in piece.grids for report in self._of_grid(source, piece, grid)]
            reports += self._of_details(source, piece)
            if reports and not any(report.claimed for _, report in reports):
                self._nothing_claimed(source, reports)
            else:
                for place, report in reports:
                    self._keep(report)
                    for metric in {one.metric for one in report.observations}:
                        self._asked.setdefault(metric, set()).update(source.members or self._plan.roster.members)
                    unclaimed |= dict.fromkeys(report.unclaimed, place)
            if piece.period is not None and piece.period != self._period:
                self.findings = list(_of_earlier(self.findings, piece.period, doubtful))
            self.findings = [*told, *self.findings]
        self.findings += _doubts(doubtful)
        for title, place in unclaimed.items():
            hint = "要用就在指标的 columns 中写上这个列名，不用就写进数据表的 skip"
            self.findings.append(Finding("D298", "note", f"“{title}”列没有指标用到", place, title, hint))

    def _of_grid(self, source: TableSource, piece: Piece, grid: Grid) -> Iterator[tuple[Place, Reported]]:
        period = piece.period or self._period
        tables, findings = recognise(
            grid,
            roster=self._roster_of(source) if self._plan.roster.members else None,
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
        faulty = {finding.place for finding in piece.findings if finding.code == "D134"}  # #DIV/0! is told of once
        for table in tables:
            report = take_figures(table, source, self._plan.metrics, period, own=own, whole=whole)
            self.findings += (one for one in report.findings if one.code != "D150" or one.place not in faulty)
            if not any(finding.severity == "error" for finding in report.findings):
                yield table.place, report

    def _of_details(self, source: TableSource, piece: Piece) -> Iterator[tuple[Place, Reported]]:
        """What the rows of a file add up to that is too long to be read row by row."""
        if piece.details is not None:
            roster, period = self._roster_of(source), piece.period or self._period
            report = take_details(piece.details, piece.shown, source, self._plan.metrics, roster, period)
            self.findings += report.findings
            if not any(finding.severity == "error" for finding in report.findings):
                yield Place(piece.shown), report

    def _roster_of(self, source: TableSource) -> Roster:
        """The roster, of which a table may leave out some by declaration."""
        roster = self._plan.roster
        left_out = tuple(one for one in roster.members if one not in source.members) if source.members else ()
        return replace(roster, silent=left_out)

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
                before_it = self._stated.setdefault(stated, change)
                self._compare_changes(before_it, change)

    def _compare(self, first: Observation, second: Observation) -> None:
        """Two reports of one number that say two things."""
        if first is second or first.quantity is None or second.quantity is None:
            return
        if first.quantity == second.quantity or worth(first.quantity) == worth(second.quantity):
            return
        name = self._plan.metrics[first.metric].name
        member = first.member or self._plan.roster.whole
        message = (
            f"{member}{first.period.chinese}“{name}”有两个数：{_written(first)}（{first.place or first.table}）"
            f"和{_written(second)}（{second.place or second.table}），采用前一个"
        )
        hint = "请核对哪个对，把另一个改成一样，或把那一列写进 skip"
        self.findings.append(Finding("D299", "warning", message, second.place, _written(second), hint))

    def _compare_changes(self, first: Stated, second: Stated) -> None:
        """Two reports of one change that say two things."""
        one, other = ((getattr(said.change, "kind", ""), getattr(said.change, "amount", 0)) for said in (first, second))
        if one != other:
            written = second.change.aside.text
            message = f"{first.at}填的是“{first.change.aside.text}”，{second.at}填的是“{written}”，采用前一个"
            hint = "请核对哪个对，把另一个改成一样，或把那一列写进 skip"
            self.findings.append(Finding("D299", "warning", message, second.place, written, hint))

    def _is_later(self, period: Period) -> bool:
        return end_of(period) > end_of(self._period)


def _written(one: Observation) -> str:
    """What stands in the cell."""
    return one.text.strip() or str(one.quantity)


class _Doubtful(NamedTuple):
    """A file of an earlier period: how much of it is doubtful, and where the first of that is."""

    period: Period
    many: int
    place: Place | None


def _of_earlier(findings: list[Finding], period: Period, doubtful: list[_Doubtful]) -> Iterator[Finding]:
    """What was wrong with a file of an earlier period is counted, and told in full by the digest of that period.

    One that cannot be read is told: its numbers are missing, and this digest can be made all the same.
    """
    yield from (replace(finding, severity="warning") for finding in findings if finding.severity == "error")
    doubts = [finding for finding in findings if finding.severity == "warning"]
    if doubts:
        place = doubts[0].place
        doubtful.append(_Doubtful(period, len(doubts), Place(place.file, place.sheet) if place else None))


def _doubts(doubtful: list[_Doubtful]) -> Iterator[Finding]:
    """One note for all earlier files of a table, at the first of them."""
    if doubtful:
        first, files = doubtful[0], len(doubtful)
        when = f"{first.period.chinese}{f'等{files}期' if files > 1 else ''}"
        count = sum(one.many for one in doubtful)
        message = f"{when}的数据有{count}处疑点，逐条见{'各期' if files > 1 else '该期'}的核对结果"
        yield Finding("D307", "note", message, first.place)


_SHOWN: Final = 8
