"""A book as small as it can be and still have everything: two programs, four metrics, four members, 26 months."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from digest.data.book import Book, Metric, Observation
from digest.data.model import Program
from digest.data.over_time import periods_until
from digest.data.period import Period, parse_period
from digest.data.quantity import parse_quantity
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.book import Lack
    from digest.data.over_time import Reach

PROGRAMS = (Program("slgj", "双联共建"), Program("zyfw", "志愿服务"))
CITIES = ("济南", "青岛", "淄博", "枣庄")
NOW = Period(2026, 10)
MONTHS = periods_until(NOW, 26)

METRICS = (
    Metric("slgj.villages", "slgj", "联建村", "个", "stock"),
    Metric("slgj.funds", "slgj", "投入资金", "万元", "flow", reach="cumulative"),
    Metric("zyfw.people", "zyfw", "服务群众", "人次", "flow", reach="alone"),
    Metric("zyfw.rate", "zyfw", "满意率", "%", "share", total="given"),
)
_UNITS = {metric.id: metric.unit for metric in METRICS}
_REACHES: dict[str, Reach] = {metric.id: metric.reach for metric in METRICS}
_NAMES = {metric.id: metric.name for metric in METRICS}

# What stands in the tables where it is not what `_regular` says; an empty text is nothing reported.
SPECIAL: dict[tuple[str, str, str], str] = {
    ("zyfw.people", "青岛", "2026-10"): "1.3万余人次",
    ("zyfw.people", "淄博", "2026-10"): "",
    ("zyfw.rate", "青岛", "2026-10"): "92.5%",
    ("zyfw.rate", "淄博", "2026-10"): "92.5%",
    ("zyfw.rate", "", "2026-10"): "91.8%",
    ("zyfw.rate", "", "2025-10"): "93.9%",
    ("zyfw.rate", "枣庄", "2025-10"): "",
}


def observation(
    metric: str,
    member: str,
    period: str,
    text: str,
    reach: Reach | None = None,
    why: Lack = "not_reported",
) -> Observation:
    """What a cell says of a metric of `METRICS`; an empty text is a number that is missing."""
    at = f"{member or '全省'} › {_NAMES[metric]}"
    return Observation(
        metric,
        parse_period(period),
        member,
        reach or _REACHES[metric],
        parse_quantity(text) if text else None,
        "" if text else why,
        table="月报表",
        at=at,
        place=Place(f"月报-{period}.csv", "", at),
    )


def book_of(
    observations: Iterable[Observation],
    targets: Iterable[Observation] = (),
    *,
    period: str = "2026-10",
    roster: tuple[str, ...] = CITIES,
    metrics: tuple[Metric, ...] = METRICS,
    scope: str = "",
) -> Book:
    """A book of these and nothing else."""
    return Book(
        period=parse_period(period),
        metrics={metric.id: metric for metric in metrics},
        roster=roster,
        scope=scope,
        observations={(one.metric, one.member, one.period, one.reach): one for one in observations},
        targets={(one.metric, one.member, one.period.year): one for one in targets},
    )


@cache
def sample_book() -> Book:
    """Two years and two months up to October 2026.

    枣庄 has no village before 2026 (zero), 青岛 served 1.3万余 in the last month, 淄博 did not report it; 青岛 and
    淄博 share a place in 满意率, whose whole is given. 投入资金 is 累计, with targets of each member for 2026.
    """
    return book_of(_observations(), _targets())


def _observations() -> Iterable[Observation]:
    for metric in METRICS:
        for number, period in enumerate(MONTHS):
            for place, member in enumerate((*CITIES, "") if metric.total == "given" else CITIES):
                text = _regular(metric.id, place, number, period)
                yield observation(metric.id, member, str(period), SPECIAL.get((metric.id, member, str(period)), text))


def _regular(metric: str, place: int, number: int, period: Period) -> str:
    if metric == "slgj.villages":
        none_yet = place == 3 and period.year < 2026
        return "0个" if none_yet else f"{400 - 90 * place + number * (3 + place)}个"
    if metric == "slgj.funds":
        return f"{(1000 - 150 * place) * period.month + 10 * number:,}.5万元"
    if metric == "zyfw.people":
        return f"{9000 - 2000 * place + 50 * number}人次"
    return f"{90 - place}.{number % 10}%"


def _targets() -> Iterable[Observation]:
    for place, member in enumerate(CITIES):
        yield observation("slgj.funds", member, "2026", f"{12000 - 2000 * place:,}万元")
