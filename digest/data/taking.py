"""What a table of figures reports (取数): its cells read in the unit of their metric, each with period and member.

A table may have a column for each metric, or one row for each number, with the name of the metric in a column. What
cannot be read is a warning and a number that is missing, never nought. Codes: those of `cells.py` and `periods.py` as
warnings, D298 a column that no metric claims (note), D302 a time that is no period, D303 a unit that is not the
metric's, D304 a name that two metrics have, D305 a fraction that is no share, D306 a title of another period than the
file, D260 rows of nobody that
anybody knows, D276 numbers that are passed over, and why (note; a warning where a person is to mend them).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from digest.data.answers import Change, Level
from digest.data.book import Observation, Stated
from digest.data.former import with_merged
from digest.data.naming import Names
from digest.data.passing_over import not_added, passed_over, strangers
from digest.data.period import Period
from digest.data.reading_figures import Claimed, Reading
from digest.data.refusal import Refusal
from digest.data.solid import solid
from digest.data.tabling.shares import mixed_shares
from digest.data.tabling.totals import check_totals
from digest.data.tabling.words import UNIT_COLUMNS
from digest.data.times import Timed, read_time, timed
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.data.book import Metric, StatedKey
    from digest.data.metrics import TableSource
    from digest.data.over_time import Reach
    from digest.data.tabling.figure_table import FigureCell, FigureColumn, FigureRow, FigureTable
    from digest.findings import Place


@dataclass(frozen=True, slots=True)
class Reported:
    """All that one table says. `unclaimed` are titles that no metric goes by; `claimed` counts those that one does."""

    observations: tuple[Observation, ...] = ()
    targets: tuple[Observation, ...] = ()
    stated: tuple[tuple[StatedKey, Stated], ...] = ()
    claimed: int = 0
    unclaimed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def take_figures(
    table: FigureTable, source: TableSource, metrics: Mapping[str, Metric], period: Period, *, own: bool, whole: str
) -> Reported:
    """What `table` reports; `period` is that of its file (`own`), or the digest's where the file has none."""
    taking = _Taking(table, source, Names(metrics, source.only), whole, period)
    default = timed(table.period) or Timed(period)
    if own and table.period is not None and default.period != period:
        message = f"表题写的是{default.period.chinese}，文件是{period.chinese}的"
        hint = "请核对是否放错了文件，或改正表题"
        return Reported(findings=(Finding("D306", "error", message, table.place, table.title, hint),))
    taking.look_over(table)
    for at, row in enumerate(table.rows):
        taking.take_row(at, row, default)
    return taking.reported()


@dataclass(slots=True)
class _Taking:
    """A table while its rows are read."""

    table: FigureTable
    source: TableSource
    names: Names
    whole: str
    period: Period
    observations: list[Observation] = field(default_factory=list)
    targets: list[Observation] = field(default_factory=list)
    stated: list[tuple[StatedKey, Stated]] = field(default_factory=list)
    merged: list[Observation] = field(default_factory=list)
    claimed: set[str] = field(default_factory=set)
    unclaimed: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)
    parts: dict[int, FigureRow] = field(default_factory=dict)
    strangers: dict[str, Place] = field(default_factory=dict)
    reading: Reading = field(init=False)
    claims: dict[int, list[Metric]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """With nothing read yet."""
        self.reading = Reading(self.table, self.source, self.findings, self.told)

    def reported(self) -> Reported:
        """All of it, what former members reported added to those they are part of today."""
        observations = tuple(with_merged(self.observations, self.merged))
        self.findings += (*passed_over(self.parts.values()), *strangers(self.strangers), *not_added(observations))
        return Reported(
            observations,
            tuple(self.targets),
            tuple(self.stated),
            len(self.claimed),
            tuple(self.unclaimed),
            tuple(self.findings),
        )

    def look_over(self, table: FigureTable) -> None:
        """What a table with a column for each metric says of itself: totals that are no sums, shares in two ways."""
        claims = {column.index: found[0] for column in table.columns if len(found := self._claims(column)) == 1}
        for column in table.columns:
            if column.index in claims and claims[column.index].is_share and column.role == "number":
                mixed = mixed_shares(row.cells[column.index] for row in table.rows if column.index in row.cells)
                if mixed is not None:
                    self._tell(mixed.finding)
                    self.reading.doubtful |= {cell.place for cell in mixed.cells}
        added = [index for index, metric in claims.items() if metric.total == "sum" and not metric.is_share]
        units = {index: metric.unit for index, metric in claims.items()}
        self.findings += check_totals(table, units=units, only=added)

    def _claims(self, column: FigureColumn) -> list[Metric]:
        """The metrics that a column may be of, by its name or by one of its titles.

        One whose title is no more than a time is of the metric that the whole table is said to be of.
        """
        found = self.claims.get(column.index)
        if found is None:
            found = self.names.find(column.name, "".join(column.levels), *column.levels)
            if not found and not column.name:
                found = self.names.find(self.source.metric)
            self.claims[column.index] = found
        return found

    def take_row(self, number: int, row: FigureRow, default: Timed) -> None:
        """Every number of a row; rows that are parts of others are passed over."""
        if row.role not in _ROWS:
            self.parts[row.index] = row
            return
        if row.role == "member" and not row.member and (stranger := self._stranger(row)):
            self.strangers.setdefault(stranger, row.place)
            return
        when = self._row_time(row, default)
        if when is None:
            return
        for one in self._cells(number, row):
            if row.role == "mean" and one.metric.total != "mean":
                self.parts[row.index] = row
                continue
            at = timed(one.column.period) or when
            self._take(one, at, one.column.reach or at.reach or when.reach)

    def _stranger(self, row: FigureRow) -> str:
        """What a row is called that is of no member and not of the whole; its numbers would pass for the whole's."""
        known = {self.source.period, self.source.metric, self.source.unit, *_TIMES, *UNIT_COLUMNS}
        said = (text.strip() for title, text in row.labels.items() if title not in known)
        return next((text for text in said if text and text != self.whole), "")

    def _row_time(self, row: FigureRow, default: Timed) -> Timed | None:
        """When the row tells about; None where that cannot be read, which is told."""
        title = self.source.period or next((name for name in _TIMES if name in row.labels), "")
        text = row.labels.get(title, "")
        if not text:
            return default
        read = read_time(text, default.period.year)
        if isinstance(read, Refusal):
            self._tell(replace(read.finding(row.place), severity="warning"))
            return None
        return read

    def _cells(self, number: int, row: FigureRow) -> Iterator[Claimed]:
        """The numbers of a row that a metric claims."""
        tidy = self.source.metric in row.labels
        named = row.labels.get(self.source.metric, "")
        for column in self.table.columns:
            cell = row.cells.get(column.index)
            if cell is None or column.role in {"label", "skipped"}:
                continue
            found, title = (self.names.find(named), named) if tidy else (self._claims(column), _called(column))
            if tidy and self.source.value and self.source.value not in {column.name, *column.levels}:
                found, title = [], _called(column)
            if len(found) > 1:
                self._ambiguous(title, found, cell)
            elif found:
                self.claimed.add(found[0].id)
                unit = row.labels.get(self.source.unit, "") if self.source.unit else ""
                yield Claimed(found[0], column, row, number, cell, unit or column.unit)
            elif not title and cell.text.strip():
                message = f"这一行没有填“{self.source.metric}”，不知“{cell.text}”是哪个指标"
                self._tell(Finding("D276", "warning", message, cell.place, cell.text, "请补上指标的名称"))
            elif title and title not in self.source.skip and title not in self.source.only:
                self.unclaimed.setdefault(title)

    def _take(self, one: Claimed, at: Timed, said: Reach | None) -> None:
        metric, row = one.metric, one.row
        member = "" if row.role in {"total", "mean"} else row.member
        reach = said or self.source.reach or metric.reach
        if metric.kind == "stock":
            reach = "alone"
        name = row.merged or member or self.whole
        titles = "".join("·".join(one.column.levels).split())  # heads are broken where the cell was narrow
        where = f"{name} › {titles or metric.name}"
        if self.source.metric in row.labels:
            where = f"{name} › {metric.name}"
        if one.column.role == "change":
            self._take_change(one, (metric.id, member, at.period, reach), where)
            return
        quantity, why, flag = self.reading.quantity(one)
        title, place, as_of = self.source.title, one.cell.place, self.table.as_of
        observation = Observation(
            metric.id,
            at.period,
            member,
            reach,
            quantity,
            why,
            flag,
            title,
            where,
            place,
            as_of=as_of,
            text=one.cell.text,
        )
        if one.column.role == "target":
            self.targets.append(replace(observation, period=Period(at.period.year), reach=metric.reach))
        else:
            (self.merged if row.merged else self.observations).append(observation)

    def _take_change(self, one: Claimed, key: tuple[str, str, Period, Reach], where: str) -> None:
        answer = self.reading.answer(one, "change", one.unit or ("个百分点" if one.metric.is_share else "%"))
        if isinstance(answer, Change | Level):
            if isinstance(answer, Change):
                answer = replace(answer, size=solid(answer.size))
            said = one.column.basis or answer.basis
            if one.row.merged:
                name = one.row.merged
                self._pass_over(one, f"{name}的“{_called(one.column)}”不是{key[1]}的，没有采用", "")
            elif not said:
                hint = "请在列名中写明同比或环比；不用就写进数据表的 skip"
                self._pass_over(one, f"“{_called(one.column)}”没有写明是同比还是环比，没有采用", hint)
            else:
                full: StatedKey = (*key, "on_last_period" if said == "环比" else "year_on_year")
                self.stated.append((full, Stated(answer, self.source.title, where, one.cell.place)))

    def _pass_over(self, one: Claimed, message: str, hint: str) -> None:
        """A note on a change that nobody can use, once for its column."""
        if ("D276", message) not in self.told:
            self.told.add(("D276", message))
            self._tell(Finding("D276", "note", message, one.cell.place, one.cell.text, hint))

    def _ambiguous(self, title: str, found: list[Metric], cell: FigureCell) -> None:
        if ("D304", title) in self.told:
            return
        self.told.add(("D304", title))
        names = "、".join(metric.id for metric in found)
        hint = f"请在指标的 columns 中写出各自的列名，或用 only 写明这张表是哪个：{names}"
        self._tell(Finding("D304", "warning", f"“{title}”不知是哪个指标", cell.place, title, hint))

    def _tell(self, finding: Finding) -> None:
        self.findings.append(finding)


def _called(column: FigureColumn) -> str:
    """What a column is called: by what it measures, or by its titles where these say no more than a time."""
    return column.name or "·".join(column.levels)


_ROWS: Final = frozenset(("member", "apart", "total", "mean"))
_TIMES: Final = ("月份", "期间", "时间", "年月", "报告期", "日期", "年度", "年份", "季度")
