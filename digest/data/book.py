"""Book: what was reported of every metric, in every period, by every member of the roster (数据簿).

The tables of an office end here, each number once. What is computed of them is computed here too, once, whoever asks:
text, table and chart are handed the same fact. An id says what is asked for:

    slgj.funds                    投入资金, of the digest's period and scope (the whole, or the member it is for)
    slgj.funds@济南               of one member; `@全省` of the whole
    slgj.funds:2025-10            of another period
    slgj.funds@济南:2025-10.yoy   and compared with the year before (同比)

The words behind the last dot are in `MEASURES`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from digest.data.over_time import Reach
from digest.data.period import Period, parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.answers import Why
    from digest.data.model import FactKind
    from digest.data.quantity import Quantity
    from digest.findings import Place

Measure = Literal[
    "value",  # the number itself; an id without a measure means this
    "alone",  # 当月数
    "cumulative",  # 累计数
    "yoy",  # 同比, in per cent, or in 百分点 where the metric is a share
    "yoy_amount",  # 同比增减量
    "mom",  # 环比
    "mom_amount",  # 环比增减量
    "target",  # 年度目标
    "completion",  # 完成率
    "elapsed",  # 时序进度
    "rank",  # 位次 among the roster
    "share",  # 占全省比重
    "contribution",  # 对全省增量的贡献率
]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
Total = Literal["sum", "mean", "given", "none"]
"""How the whole comes from its members: added up, averaged (never over shares without weights), only where the table
gives it, not at all."""
Better = Literal["", "more", "less"]


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


@dataclass(frozen=True, slots=True)
class Observation:
    """One number as one cell of a table has it (填报数), or why there is none; a missing one is never nought.

    `member` is empty for the whole. `table` is the title of the table in print and `at` where in it, in words that
    hold whatever the table is kept in (`济南 › 投入资金`); `place` is the cell itself. `computed` says that nobody
    reported it and it was made of other observations.
    """

    metric: str
    period: Period
    member: str
    reach: Reach
    quantity: Quantity | None
    why: Why | Literal["unread", ""] = ""
    flag: str = ""
    table: str = ""
    at: str = ""
    place: Place | None = None
    computed: bool = False


class Asked(NamedTuple):
    """What an id asks for; `member` and `period` are None where it leaves them to the digest."""

    metric: str
    member: str | None
    period: Period | None
    measure: Measure

    def __str__(self) -> str:
        """The id again."""
        member = "" if self.member is None else f"@{self.member}"
        period = "" if self.period is None else f":{self.period}"
        return f"{self.metric}{member}{period}{'' if self.measure == 'value' else f'.{self.measure}'}"


Key = tuple[str, str, Period, Reach]
"""Metric, member, period, reach."""


@dataclass(frozen=True, slots=True)
class Book:
    """All observations up to the digest's `period`; `scope` is the member the digest is for, empty for the whole.

    `roster` holds the members in their official order, `whole` what they are called together (全省). `targets` are
    those that tables give, by metric, member and year.
    """

    period: Period
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    roster: tuple[str, ...] = ()
    whole: str = "全省"
    scope: str = ""
    observations: Mapping[Key, Observation] = field(default_factory=dict)
    targets: Mapping[tuple[str, str, int], Observation] = field(default_factory=dict)

    def parse(self, key: str) -> Asked | None:
        """What an id asks for; None where it names no metric of this book, or no member, period or measure."""
        match = _ID.fullmatch(key)
        if match is None or match["metric"] not in self.metrics:
            return None
        member = match["member"]
        if member == self.whole:
            member = ""
        elif member is not None and member not in self.roster:
            return None
        try:
            period = parse_period(match["period"]) if match["period"] else None
        except ValueError:
            return None
        return Asked(match["metric"], member, period, _MEASURE_OF.get(match["measure"] or "value", "value"))

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


_MEASURE_OF: Final[dict[str, Measure]] = {measure: measure for measure in MEASURES}
_ID: Final = re.compile(
    r"(?P<metric>[A-Za-z_][\w.-]*?)(?:@(?P<member>\w+))?(?::(?P<period>\d{4}(?:-(?:\d{2}|Q[1-4]))?))?"
    rf"(?:\.(?P<measure>{'|'.join(MEASURES)}))?"
)
