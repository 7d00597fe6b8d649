"""Invented months of an invented office: what sixteen cities might report, and a ledger of issues (示例数据).

Every number is drawn from a seeded generator and belongs to nobody. The months begin before the example does, so that
changes against the year before, which an office may state itself, are right from its first month on.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

CITIES: Final = (
    "济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁",
    "泰安", "威海", "日照", "临沂", "德州", "聊城", "滨州", "菏泽",
)  # fmt: skip
APART: Final = "省直"
_WEIGHTS: Final = dict(zip((*CITIES, APART), (11, 12, 6, 5, 4, 9, 10, 9, 6, 4, 4, 11, 6, 6, 4, 9, 3), strict=True))
_SEASON: Final = (0.72, 0.66, 1.02, 1.08, 1.12, 1.2, 0.96, 0.92, 1.06, 1.1, 1.12, 1.04)
_SEED: Final = 20241101


class Month(NamedTuple):
    """A month of a year."""

    year: int
    month: int

    def __str__(self) -> str:
        """As files are called by it: 2026-10."""
        return f"{self.year}-{self.month:02}"

    def later(self, months: int) -> Month:
        """So many months later, or earlier."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)


FIRST_KNOWN: Final = Month(2023, 1)
FIRST, LAST = Month(2024, 11), Month(2026, 10)


def months(first: Month = FIRST, last: Month = LAST) -> Iterator[Month]:
    """Month by month, both ends included."""
    while first <= last:
        yield first
        first = first.later(1)


@dataclass(frozen=True, slots=True)
class Made:
    """How a metric is made up: what the whole reports in a usual month, how it grows in a year; stocks add up."""

    usual: float
    growth: float
    digits: int = 0
    stock: bool = False
    apart: bool = False


MADE: Final = {
    "villages": Made(1840, 0.08, stock=True),
    "projects": Made(118, 0.1),
    "funds": Made(720, 0.13, digits=1),
    "people": Made(31_000, 0.07, apart=True),
    "services": Made(540, 0.09, apart=True),
    "solved": Made(1_260, 0.12, apart=True),
    "sessions": Made(860, 0.06),
    "volunteers": Made(48_000, 0.11),
    "hours": Made(96_000, 0.1),
    "raised": Made(4100, -0.03),
    "events": Made(64, 0.08),
    "workers": Made(22_500, 0.1),
}


class Figures:
    """All numbers by metric, city and month, made once."""

    def __init__(self) -> None:
        """Draw them in one order, whatever is asked for later."""
        random = Random(_SEED)  # noqa: S311 - figures are made up, nothing is kept secret
        whole = sum(_WEIGHTS[city] for city in CITIES)
        self._all: dict[tuple[str, str, Month], float] = {}
        for name, made in MADE.items():
            for city in (*CITIES, *([APART] if made.apart else ())):
                level = made.usual * _WEIGHTS[city] / whole * random.uniform(0.85, 1.15)
                for n, month in enumerate(months(FIRST_KNOWN)):
                    trend = level * (1 + made.growth * n / 12)
                    swing = 1.0 if made.stock else _SEASON[month.month - 1] * random.uniform(0.86, 1.16)
                    self._all[name, city, month] = round(trend * swing, made.digits or None)
        for city in CITIES:
            for month in months(FIRST_KNOWN):
                part = random.uniform(0.74, 0.9) + 0.02 * (month.year - FIRST_KNOWN.year)
                self._all["settled", city, month] = round(part * self._all["raised", city, month])

    def of(self, name: str, city: str, month: Month) -> float:
        """What a city reported in a month."""
        return self._all[name, city, month]

    def cumulative(self, name: str, city: str, month: Month) -> float:
        """The same since January."""
        return round(sum(self.of(name, city, one) for one in months(Month(month.year, 1), month)), MADE[name].digits)

    def rate(self, cities: tuple[str, ...], month: Month) -> float:
        """What part of the problems raised were settled, in per cent with one decimal."""
        settled, raised = (sum(self.of(name, city, month) for city in cities) for name in ("settled", "raised"))
        return round(100 * settled / raised, 1)


@dataclass(slots=True)
class Problem:
    """A row of the ledger; `closed` is the month in which it was closed, None as long as it is open."""

    id: str
    text: str
    origin: str
    unit: str
    measure: str
    raised: Month
    day: int
    deadline: Month
    started: bool = False
    closed: Month | None = None
    closed_day: int = 0

    def state(self, month: Month) -> str:
        """Its state in words at the end of a month."""
        if self.closed and self.closed <= month:
            return "已销号"
        return "整改中" if self.started else "未启动"


_SUBJECTS: Final = (
    "窗口办事排队时间长", "表格重复填报", "惠企政策解读不及时", "老旧小区充电桩不足", "村级公共服务站缺少设备",
    "志愿服务项目与需求对接不准", "企业用工信息更新慢", "社区活动场地不足", "农产品检测周期偏长", "电子证照互认范围窄",
    "基层报表数量偏多", "园区公交班次偏少",
)  # fmt: skip
_ORIGINS: Final = ("座谈会", "实地走访", "问卷", "热线转办")
_UNITS: Final = ("甲厅（示例）", "乙厅（示例）", "丙局（示例）", "丁中心（示例）")
_MEASURES: Final = ("列入年度任务，按月调度", "修订办理流程", "开展专项排查", "协调资金和场地")


def ledger() -> dict[Month, tuple[tuple[Problem, str], ...]]:
    """The rows of every month's table with their state then: all that were raised since the beginning."""
    random = Random(_SEED + 1)  # noqa: S311 - the same
    problems: list[Problem] = []
    found: dict[Month, tuple[tuple[Problem, str], ...]] = {}
    for month in months(FIRST.later(-2)):
        for problem in problems:
            if problem.closed is None and random.random() < (0.3 if month >= problem.deadline else 0.17):
                problem.closed, problem.closed_day = month, random.randint(3, monthrange(*month)[1])
            problem.started = problem.started or problem.closed is not None or random.random() < 0.8  # noqa: PLR2004
        for _ in range(random.randint(3, 7)):
            number = len(problems) + 1
            subject, city = _SUBJECTS[number % len(_SUBJECTS)], CITIES[(number * 5) % len(CITIES)]
            problems.append(
                Problem(
                    id=f"YX-{number:03}",
                    text=f"{city}部分单位反映{subject}",
                    origin=random.choice(_ORIGINS),
                    unit=random.choice(_UNITS),
                    measure=random.choice(_MEASURES),
                    raised=month,
                    day=random.randint(1, 28),
                    deadline=month.later(random.choice((2, 3, 4, 6))),
                )
            )
        if month >= FIRST:
            found[month] = tuple((problem, problem.state(month)) for problem in problems)
    return found
