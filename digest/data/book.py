"""Book: what was reported of every metric, in every period, by every member of the roster (数据簿).

The tables of an office end here, each number once. What is computed of them is computed here too, once, whoever asks:
text, table and chart are handed the same fact. An id says what is asked for:

    slgj.funds                    投入资金, of the digest's period and scope (the whole, or the member it is for)
    slgj.funds@济南               of one member; `@全省`, or `@` alone, of the whole
    slgj.funds:2025-10            of another period
    slgj.funds@济南:2025-10.yoy   and compared with the year before (同比)

The words behind the last dot are in `ASPECTS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from digest.data.following import alone_of, cumulative_of, of_members
from digest.data.over_time import Dated, Reach, period_before, periods_of_year, periods_until
from digest.data.period import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.answers import Change, Level
    from digest.data.incomparable import Incomparable
    from digest.data.model import AsOf, FactKind
    from digest.data.over_time import Basis
    from digest.data.quantity import Quantity
    from digest.data.rounding import Rule
    from digest.findings import Place

Aspect = Literal[
    "value",  # the number itself; an id without an aspect means this
    "alone",  # 当月数
    "cumulative",  # 累计数
    "yoy",  # 同比, in per cent, or in 百分点 where the metric is a share
    "yoy_amount",  # 同比增减量
    "mom",  # 环比
    "mom_amount",  # 环比增减量
    "target",  # 年度目标
    "completion",  # 完成率
    "elapsed",  # 时序进度
    "pace",  # 完成率比时序进度快慢
    "rank",  # 位次 among the roster
    "share",  # 占全省比重
    "contribution",  # 对全省增量的贡献率
]
ASPECTS: Final[tuple[Aspect, ...]] = get_args(Aspect)
Total = Literal["sum", "mean", "given", "none"]
"""How the whole comes from its members: added up, averaged (never over shares without weights), only where the table
gives it, not at all."""
Better = Literal["", "more", "less"]
Lack = Literal[
    "blank", "dash", "nothing", "not_applicable", "left_out", "unknown", "not_reported", "unread", "incomplete", "",
]  # fmt: skip
"""Why there is no number: what the cell says (`answers.Why`), that it could not be read, that a sum lacks a part."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is measured (指标): `name` in print, `unit` with its scale (万元), `kind` as facts have it.

    `reach` is what its columns hold where they do not say: 当月 or 累计; a stock is always `alone`. `columns` are
    titles it goes by in tables beside its name. `target` is the target of the whole for a year where no table has one,
    by year. `digits` are the decimals of per cent in print.
    """

    id: str
    program: str
    name: str
    unit: str
    kind: FactKind = "flow"
    reach: Reach = "alone"
    total: Total = "sum"
    better: Better = "more"
    columns: tuple[str, ...] = ()
    targets: Mapping[int, Quantity] = field(default_factory=dict)
    digits: int = 1
    place: Place | None = None

    @property
    def is_share(self) -> bool:
        """Whether its changes are told in 百分点, and its members are not added up."""
        return self.kind == "share" or self.unit in {"%", "％", "‰", "百分点", "个百分点"}

    @property
    def accumulates(self) -> bool:
        """Whether its months add up to a 累计."""
        return self.kind in {"flow", "event"} and not self.is_share


@dataclass(frozen=True, slots=True)
class Observation:
    """One number as one cell of a table has it (填报数), or why there is none; a missing one is never nought.

    `member` is empty for the whole. `table` is the title of the table in print and `at` where in it, in words that
    hold whatever the table is kept in (`济南 › 投入资金`); `place` is the cell itself. `computed` says that nobody
    reported it and it was made of other observations; `refused` says why that could not be done. `without` are the
    members that a whole lacks: why it could not be added up, or who has no number beside a 合计 that the table gives.
    `as_of` is what the table says of the day it counts at, `text` what stands in the cell, to the character.
    """

    metric: str
    period: Period
    member: str
    reach: Reach
    quantity: Quantity | None
    why: Lack = ""
    flag: str = ""
    table: str = ""
    at: str = ""
    place: Place | None = None
    computed: bool = False
    as_of: AsOf | None = None
    refused: Incomparable | None = None
    without: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A change that a table gives itself (填报的同比、环比), and where."""

    change: Change | Level
    table: str = ""
    at: str = ""
    place: Place | None = None


class Asked(NamedTuple):
    """What an id asks for; `member` and `period` are None where it leaves them to the digest."""

    metric: str
    member: str | None
    period: Period | None
    aspect: Aspect

    def __str__(self) -> str:
        """The id again."""
        member = "" if self.member is None else f"@{self.member}"
        period = "" if self.period is None else f":{self.period}"
        return f"{self.metric}{member}{period}{'' if self.aspect == 'value' else f'.{self.aspect}'}"


Key = tuple[str, str, Period, Reach]
"""Metric, member, period, reach."""
StatedKey = tuple[str, str, Period, Reach, "Basis"]


@dataclass(frozen=True, slots=True)
class Book:
    """All observations up to the digest's `period`; `scope` is the member the digest is for, empty for the whole.

    `roster` holds the members in their official order, `whole` what they are called together (全省), `apart` those who
    count in the whole and are no members (省直). `targets` are those that tables give, by metric, member and year;
    `stated` the changes they give, `rule` how is rounded. `counted` is what members are counted in (有3个市未报).
    """

    period: Period
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    roster: tuple[str, ...] = ()
    whole: str = "全省"
    scope: str = ""
    observations: Mapping[Key, Observation] = field(default_factory=dict)
    targets: Mapping[tuple[str, str, int], Observation] = field(default_factory=dict)
    apart: tuple[str, ...] = ()
    stated: Mapping[StatedKey, Stated] = field(default_factory=dict)
    rule: Rule = "half_up"
    counted: str = "个市"

    def parse(self, key: str) -> Asked | None:
        """What an id asks for; None where it names no metric of this book, or no member, period or aspect."""
        match = _ID.fullmatch(key)
        if match is None or match["metric"] not in self.metrics:
            return None
        member = match["member"]
        if member == self.whole:
            member = ""
        elif member and member not in self.roster and member not in self.apart:
            return None
        try:
            period = parse_period(match["period"]) if match["period"] else None
        except ValueError:
            return None
        return Asked(match["metric"], member, period, _ASPECT_OF.get(match["aspect"] or "value", "value"))

    def at(
        self, metric: str, member: str = "", period: Period | None = None, reach: Reach | None = None
    ) -> Observation | None:
        """What was reported; the digest's period and the metric's own reach where none is named. None: nothing was."""
        wanted = reach or self.metrics[metric].reach
        return self.observations.get((metric, member, period or self.period, wanted))

    def for_member(self, member: str) -> Book:
        """The same for a digest of one member; KeyError where the roster has none of that name."""
        if member and member not in self.roster:
            raise KeyError(member)
        return replace(self, scope=member)

    def name_of(self, member: str) -> str:
        """What a member is called in print; the whole by its own name."""
        return member or self.whole

    def known(
        self, metric: str, member: str = "", period: Period | None = None, reach: Reach | None = None
    ) -> Observation | None:
        """What was reported, or else follows from it: the whole from its members, 当月 from 累计 and the reverse.

        An observation without a quantity says why there is none; None where nothing was ever said.
        """
        of = self.metrics[metric]
        when, wanted = period or self.period, reach or of.reach
        said = self._said(of, member, when, wanted)
        if (said is not None and said.quantity is not None) or not of.accumulates:
            return said
        if wanted == "alone":
            last = period_before(when, "on_last_period")
            upto, before = (self._said(of, member, one, "cumulative") for one in (when, last))
            follows = alone_of(upto, before)
        else:
            follows = cumulative_of({one: self._said(of, member, one, "alone") for one in periods_of_year(when)})
        return said if follows is None or (said is not None and follows.quantity is None) else follows

    def dated(self, asked: Asked) -> Dated | None:
        """The number that an id asks for, whatever its aspect compares it with; None where nothing was said of it."""
        of = self.metrics[asked.metric]
        reach = asked.aspect if asked.aspect in {"alone", "cumulative"} else of.reach
        period = asked.period or self.period
        wanted: Reach = "cumulative" if reach == "cumulative" else "alone"
        known = self.known(asked.metric, self.scope if asked.member is None else asked.member, period, wanted)
        return None if known is None else Dated(known.quantity, period, wanted)

    def series(
        self, metric: str, member: str | None = None, months: int = 13, reach: Reach | None = None
    ) -> tuple[Dated, ...]:
        """The last `months` periods up to the digest's own, the oldest first; a missing one has no quantity."""
        wanted = reach or self.metrics[metric].reach
        one = self.scope if member is None else member
        found = ((period, self.known(metric, one, period, wanted)) for period in periods_until(self.period, months))
        return tuple(Dated(known.quantity if known else None, period, wanted) for period, known in found)

    def target(self, metric: str, member: str = "", year: int = 0) -> Observation | None:
        """What is to be reached in that year: as a table has it, as the metric has it, or the sum of all members'."""
        of, year = self.metrics[metric], year or self.period.year
        given = self.targets.get((metric, member, year))
        if given is not None or member:
            return given
        end = Period(year)
        if year in of.targets:
            return Observation(metric, end, "", of.reach, of.targets[year], at=f"{of.name}{year}年目标", place=of.place)
        parts = {one: self.targets.get((metric, one, year)) for one in self.roster}
        return of_members(of, parts, self.counted, self.rule)

    def _said(self, of: Metric, member: str, period: Period, reach: Reach) -> Observation | None:
        """As reported in that reach, or of all members together.

        A 合计 that was reported wins, also over members that are missing beside it; it says then which. Nobody can tell
        whether it has an estimate of theirs in it, so it is printed with their names, and not compared with a 合计
        that lacks others: what looks like growth may be no more than a member that reports again. Only those count
        whose row in the same table says that there is nothing. Who has no row may be in another table or in none by
        agreement, and who was misread by us was not misread by those who added it up. A share of the whole is not made
        of the shares of its members, and lacks nobody's.
        """
        reported = self.at(of.id, member, period, reach)
        if member:
            return reported
        if reported is not None and reported.quantity is not None:
            without = () if of.is_share else self._silent_beside(reported)
            return replace(reported, without=without) if without else reported
        parts = {one: self.known(of.id, one, period, reach) for one in self.roster}
        beside = {one: self.known(of.id, one, period, reach) for one in self.apart}
        parts |= {one: part for one, part in beside.items() if part is not None}
        return of_members(of, parts, self.counted, self.rule, self.apart) or reported

    def _silent_beside(self, whole: Observation) -> tuple[str, ...]:
        """The members whose row in the table of a whole has no number."""
        of_member = ((one, self.at(whole.metric, one, whole.period, whole.reach)) for one in self.roster)
        return tuple(
            one
            for one, part in of_member
            if part is not None
            and part.quantity is None
            and part.table == whole.table
            and part.why not in {"not_applicable", "unread"}
        )


_ASPECT_OF: Final[dict[str, Aspect]] = {aspect: aspect for aspect in ASPECTS}
_ID: Final = re.compile(
    r"(?P<metric>[A-Za-z_][\w.-]*?)(?:@(?P<member>\w*))?(?::(?P<period>\d{4}(?:-(?:\d{2}|Q[1-4]))?))?"
    rf"(?:\.(?P<aspect>{'|'.join(ASPECTS)}))?"
)
