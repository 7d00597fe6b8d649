"""Spreading (展开): a chart over the book that is declared in short becomes one whose every value is a fact by its id.

    months = 13                          the categories are months up to the digest's period
    members = ["全部"]                   the categories are members, or the series where there are months
    metric = "slgj.funds"                of what; metrics = [...] are series, or the categories where there is no other
    aspect = "cumulative"               what of it: the words of `aspects.py`
    shift = "上年"                       the same a year before stands beside it

or one by one in `series`, each with its `metric`, `member`, `aspect` and `shift`. What nobody reported is an empty id
(未报), never nought. Months before anything was reported are left away.

D332 nothing to be drawn yet   D333 nothing to be compared with   D334 no target   others: `short_charts.py`
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.aspects import ASPECT_OF, CALLED, short_id
from digest.data.charts import IN_A_ROW, SHARED, WITH_ROLES
from digest.data.model import Part, SeriesSpec, Short
from digest.data.over_time import period_before, periods_until
from digest.data.short_charts import ALL, SHIFTS, short_faults
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.data.book import Asked, Aspect, Book
    from digest.data.model import ChartKind, ChartSpec, Fact, Section, SeriesRole
    from digest.data.period import Period

NOW, BEFORE = "本期", {"上年": "上年同期", "上期": "上期"}
_YEAR: Final = "上年"
_OVER_TIME: Final[frozenset[ChartKind]] = frozenset({"lines", "small_lines", "small_bars", "bars_line"})
"""Kinds in which a single month says nothing: a point is no line."""
_LINES: Final[frozenset[ChartKind]] = frozenset({"lines", "small_lines"})


def spread_charts(
    sections: Iterable[Section], book: Book, facts: Mapping[str, Fact]
) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The sections with all charts of theirs spread over the book, and what a person should see of it.

    A part of which nothing is left but its title goes with its last chart.
    """
    seen: list[Finding] = []

    def with_charts(part: Part) -> Part:
        told = [spread(spec, book, facts) for spec in part.charts]
        for _, findings in told:
            seen.extend(findings)
        return replace(part, charts=tuple(spec for spec, _ in told if spec))

    done: list[Section] = []
    for section in sections:
        parts = [(part, with_charts(part)) for part in section.parts]
        done.append(replace(section, parts=tuple(new for old, new in parts if not (old.charts and _is_empty(new)))))
    return tuple(done), tuple(seen)


def _is_empty(part: Part) -> bool:
    """Whether nothing but a title and captions is left of a part."""
    return part == Part(
        title=part.title, caption=part.caption, note=part.note, place=part.place, audience=part.audience
    )


def spread(spec: ChartSpec, book: Book, facts: Mapping[str, Fact]) -> tuple[ChartSpec | None, tuple[Finding, ...]]:
    """A chart with the ids of its facts, and findings; None where it cannot be drawn. One not in short stays itself.

    `facts` holds every fact that the book can tell, by its id.
    """
    if spec.short is None and not any(series.short for series in spec.series):
        return spec, ()
    spreading = _Spreading(spec, book, facts)
    return spreading.chart(), tuple(spreading.seen)


class _Point(NamedTuple):
    """A place on the axis: its label, and what the values there are of."""

    label: str
    metric: str = ""
    member: str = ""
    period: Period | None = None


class _Row(NamedTuple):
    """A series to be: what it is of beside its axis, and what is asked of each number."""

    name: str
    metric: str = ""
    member: str = ""
    aspect: str = ""
    shift: str = ""
    written: SeriesSpec | None = None


class _Spreading:
    """One chart over one book."""

    def __init__(self, spec: ChartSpec, book: Book, facts: Mapping[str, Fact]) -> None:
        self.spec, self.book, self.facts = spec, book, facts
        self.short = spec.short or Short()
        self.members = tuple(one for name in self.short.members for one in (book.roster if name == ALL else (name,)))
        self.by_member = len(self.members) > 1 or (bool(self.members) and len(self.short.metrics) < 2)  # noqa: PLR2004
        self.seen: list[Finding] = []

    def chart(self) -> ChartSpec | None:
        """The chart with its facts; None where it cannot be drawn, which `seen` tells."""
        self.seen += short_faults(self.spec, self.short, self.book, many=len(self.members) > 1)
        if self.seen:
            return None
        if self.spec.kind == "bullets":
            return self.bullets()
        if self.spec.kind == "slope":
            return self.slope()
        return self.in_a_row() if self.spec.kind in IN_A_ROW else self.in_series()

    # --- what is along the axis, and what stands on it ----------------------------------------------

    def axis(self) -> tuple[_Point, ...]:
        """Months where they are asked for, else members, else metrics."""
        if self.short.months:
            return _labelled(periods_until(self.book.period, self.short.months))
        return self.things()

    def things(self) -> tuple[_Point, ...]:
        """Members, of one metric; or metrics."""
        metrics = self.short.metrics
        if self.by_member:
            return tuple(_Point(one, (*metrics, "")[0], one) for one in self.members)
        return tuple(_Point(self.book.metrics[one].name, one, (*self.members, "")[0]) for one in metrics)

    def rows(self) -> tuple[_Row, ...]:
        """The series: as they are written one by one, else one for each thing that is not along the axis."""
        if self.spec.series:
            return tuple(map(self.row, self.spec.series))
        metrics = self.short.metrics
        if self.short.months and len(self.members) > 1:
            rows = [_Row(one, metrics[0], one) for one in self.members]
        elif self.short.months or self.by_member:
            member = self.members[0] if self.short.months and self.members else ""
            rows = [_Row(self.book.metrics[one].name, one, member) for one in metrics]
        else:
            rows = [_Row(NOW)]
        if not self.short.shift:
            return tuple(rows)
        before = BEFORE[self.short.shift]
        if self.spec.kind in SHARED:
            named = [row.name for row in rows]
        elif len(rows) == 1:
            rows, named = [rows[0]._replace(name=NOW)], [before]
        else:
            named = [f"{row.name}{before}" for row in rows]
        shifted = (row._replace(name=name, shift=self.short.shift) for row, name in zip(rows, named, strict=True))
        return (*rows, *shifted)

    def row(self, series: SeriesSpec) -> _Row:
        """A series written on its own; what it does not say is as the chart has it."""
        if series.short is None:
            return _Row(series.name, written=series)
        of = series.short
        metric, member = (*of.metrics, *self.short.metrics, "")[0], (*of.members, "")[0]
        called = self.book.metrics[metric].name if metric else ""
        if of.aspect:
            called += CALLED[ASPECT_OF[of.aspect]]
        if of.shift:
            called = BEFORE[of.shift]
        return _Row(series.name or member or called, metric, member, of.aspect, of.shift)

    def series(self, row: _Row, axis: Iterable[_Point]) -> SeriesSpec:
        """The facts of a row along the axis."""
        if row.written:
            return row.written
        role: SeriesRole = "earlier" if row.shift == _YEAR and self.spec.kind in WITH_ROLES else "actual"
        aspect = self.aspect(row.aspect)
        facts = (
            self.id_of(row.metric or one.metric, row.member or one.member, self.shifted(one.period, row.shift), aspect)
            for one in axis
        )
        return SeriesSpec(row.name, tuple(facts), role)

    def aspect(self, word: str = "") -> Aspect:
        """What is asked of each number; the number itself where nobody says."""
        return ASPECT_OF[word or self.short.aspect or "value"]

    def shifted(self, period: Period | None, shift: str) -> Period:
        """That period, the digest's own where there is none, or the one it is compared with."""
        return period_before(period or self.book.period, SHIFTS[shift]) if shift else period or self.book.period

    def id_of(self, metric: str, member: str, period: Period, aspect: Aspect) -> str:
        """The id of that number; empty where there is none."""
        key = short_id(self.book, metric, member, period, aspect)
        return key if key in self.facts else ""

    # --- the charts ---------------------------------------------------------------------------------

    def in_series(self) -> ChartSpec | None:
        """Series over months, members or metrics; months before the first number of all are left away."""
        axis = self.axis()
        series = [self.series(row, axis) for row in self.rows()]
        current = [one for one in series if one.role == "actual"]
        if self.short.months:
            axis, series = self.of_one_year(axis, series)
            told = [n for n in range(len(axis)) if any(one.facts[n] for one in current if n < len(one.facts))]
            axis = _labelled([one.period for one in axis[told[0] if told else len(axis) :] if one.period])
            series = [replace(one, facts=one.facts[len(one.facts) - len(axis) :]) for one in series]
        least = 2 if self.short.months and self.spec.kind in _OVER_TIME else 1
        if len(axis) < least or not any(key for one in current for key in one.facts):
            return self.passed_over()
        kept = [one for one in series if one.role != "earlier" or any(one.facts)]
        if len(kept) < len(series):
            self.note("D333", f"上年没有数，“{self.words()}”不画同期")
        kind = self.spec.kind
        if kind == "bars_line" and not any(kept[-1].facts):
            self.note("D333", f"“{kept[-1].name}”还没有数，“{self.words()}”只画柱")
            kind, kept = "grouped", kept[:-1]
        return self.done(kind, tuple(one.label for one in axis), kept)

    def of_one_year(
        self, axis: tuple[_Point, ...], series: list[SeriesSpec]
    ) -> tuple[tuple[_Point, ...], list[SeriesSpec]]:
        """Of lines of 累计 the months of the digest's year alone: from December to January they would fall."""
        asked = [self.book.parse(key) for one in series for key in one.facts if key]
        upto = all(one and (one.aspect if one.aspect != "value" else self.reach(one)) == "cumulative" for one in asked)
        if self.spec.kind not in _LINES or not upto:
            return axis, series
        kept = [n for n, one in enumerate(axis) if one.period and one.period.year == self.book.period.year]
        own = [replace(one, facts=tuple(one.facts[n] for n in kept if n < len(one.facts))) for one in series]
        return tuple(axis[n] for n in kept), own

    def reach(self, asked: Asked) -> Aspect:
        """Whether it is 当月 or 累计, or what else it is."""
        return asked.aspect if asked.aspect != "value" else self.book.metrics[asked.metric].reach

    def slope(self) -> ChartSpec | None:
        """From a year before, or the last period, to the digest's own: a line for each member or metric."""
        now = self.book.period
        before = self.shifted(now, self.short.shift or _YEAR)
        ends = (_Point("", period=before), _Point("", period=now))
        rows = [_Row(one.label, one.metric, one.member) for one in self.things()]
        series = [self.series(row, ends) for row in rows]
        if not any(all(one.facts) for one in series):
            return self.passed_over()
        return self.done("slope", (before.chinese, now.chinese), series)

    def in_a_row(self) -> ChartSpec | None:
        """One number for each member, metric or month."""
        axis = self.axis()
        facts = self.series(_Row("", (*self.short.metrics, "")[0] if self.short.months else ""), axis).facts
        if not any(facts):
            return self.passed_over()
        labels = self.spec.categories or tuple(one.label for one in axis)
        return self.told(replace(self.spec, categories=labels, facts=facts, short=None), facts)

    def bullets(self) -> ChartSpec | None:
        """What was reached in the year beside its target, for each metric or member that has one."""
        rows: list[tuple[str, str, str]] = []
        lacking: list[str] = []
        now = self.book.period
        for one in self.things():
            reached: Aspect = "cumulative" if self.book.metrics[one.metric].accumulates else "value"
            aim = self.id_of(one.metric, one.member, now, "target")
            if aim:
                rows.append((one.label, self.id_of(one.metric, one.member, now, reached), aim))
            else:
                lacking.append(one.label)
        if not rows:
            return self.passed_over()
        if lacking:
            self.note("D334", f"{'、'.join(lacking)}没有年度目标，“{self.words()}”不画")
        labels, done, aims = zip(*rows, strict=True)
        series = [SeriesSpec("已完成", tuple(done)), SeriesSpec("目标", tuple(aims), "target")]
        elapsed = self.spec.elapsed or self.id_of(self.short.metrics[0], "", now, "elapsed")
        return replace(self.done("bullets", tuple(labels), series), elapsed=elapsed)

    def done(self, kind: ChartKind, categories: tuple[str, ...], series: list[SeriesSpec]) -> ChartSpec:
        """The chart of these series."""
        spec = replace(self.spec, kind=kind, categories=categories, series=tuple(series), short=None)
        return self.told(spec, [key for one in series for key in one.facts])

    def told(self, spec: ChartSpec, keys: Iterable[str]) -> ChartSpec:
        """With a caption that says what is counted, where nobody wrote one."""
        units = "、".join(filter(None, dict.fromkeys(self.facts[key].quantity.counted for key in keys if key)))
        return replace(spec, caption=spec.caption or f"{self.words()}{f'（单位：{units}）' if units else ''}")

    def words(self) -> str:
        """What the chart shows: `各地投入资金累计`, where nobody wrote a caption."""
        if self.spec.caption:
            return self.spec.caption
        asked = [(one, self.short.aspect) for one in self.short.metrics]
        for series in (one.short for one in self.spec.series if one.short):
            asked += [(one, series.aspect or self.short.aspect) for one in series.metrics]
        told: dict[str, None] = {}
        for metric, word in asked:
            aspect = self.aspect(word)
            told[f"{self.book.metrics[metric].name}{CALLED[aspect] if aspect != 'value' else ''}"] = None
        return f"{'各地' if len(self.members) > 1 else ''}{'、'.join(told)}"

    def passed_over(self) -> ChartSpec | None:
        """None, and a note of why there is no chart."""
        self.note("D332", f"数还不够，没有画“{self.words()}”")
        return None

    def note(self, code: str, message: str) -> None:
        """What a person may want to know; nothing has to be mended."""
        self.seen.append(Finding(code, "note", message, self.spec.place))


def _labelled(periods: Iterable[Period]) -> tuple[_Point, ...]:
    """Months with their year at the first and at each January, as an axis needs them; no name stands twice."""
    points: dict[str, Period] = {}
    for period in periods:
        short = f"{period.month}月"
        whole = not points or period.month <= 1 or short in points
        points[period.chinese if whole else short] = period
    return tuple(_Point(label, period=period) for label, period in points.items())
