"""What is measured and where it stands (指标与数据表): `[[metric]]`, `[[table]]` and `[data]` as values.

Codes: D106 a period that is none, D107 a word that is not accepted, D291 an id that no metric may have, D292 a unit
that is none, D293 a target that is no number of that unit, D294 a table from nowhere or from two places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from digest.data import schema
from digest.data.book import ASPECTS, Metric
from digest.data.period import parse_period
from digest.data.quantity import parse_quantity
from digest.data.rounding import RULES
from digest.data.solid import solid
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from digest.data.book import Better, Total
    from digest.data.model import FactKind
    from digest.data.over_time import Reach
    from digest.data.period import Period
    from digest.data.quantity import Quantity
    from digest.data.rounding import Rule
    from digest.data.schema import Taken
    from digest.findings import Place

KINDS: Final[dict[str, FactKind]] = {
    "流量": "flow",
    "存量": "stock",
    "占比": "share",
    "活动": "event",
    "时长": "duration",
}
REACHES: Final[dict[str, Reach]] = {"当月": "alone", "当季": "alone", "当年": "alone", "累计": "cumulative"}
TOTALS: Final[dict[str, Total]] = {"相加": "sum", "平均": "mean", "表中": "given", "不合": "none"}
BETTER: Final[dict[str, Better]] = {"多": "more", "少": "less", "中": ""}


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where a table of figures is and what its columns are called (数据表来源).

    `file` may have {period}, {year} and {month} in it and `query` is one of a database; neither where a frame of that
    title is handed in. `member`, `period`, `metric`, `value` and `unit` are the titles of columns with labels, where
    the table has them; `metric` may be the one of the whole table, where its columns are months. `skip` are the
    columns nobody counts, `only` those somebody does (empty: all). `members` are those of the roster that alone are to
    report in it (empty: all); a project writes them in `only` too.
    """

    title: str
    file: str = ""
    sheet: str = ""
    query: str = ""
    connection: str = ""
    cells: str = ""
    header: int = 0
    member: str = ""
    period: str = ""
    metric: str = ""
    value: str = ""
    unit: str = ""
    reach: Reach | None = None
    skip: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    place: Place | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The titles of its columns that hold no numbers."""
        return tuple(filter(None, (self.member, self.period, self.metric, self.unit)))


def read_metrics(project: Taken, seen: list[Finding]) -> dict[str, Metric]:
    """The metrics of a project by id, in their order; what is wrong with them is put to `seen`."""
    metrics: dict[str, Metric] = {}
    for taken in schema.take_each(project, "metric", schema.METRIC, seen):
        metric = _metric(taken, seen)
        if metric.id in metrics:
            seen.append(_twice(metric.id, taken.where("id"), metrics[metric.id].place))
        elif metric.id:
            metrics[metric.id] = metric
    return metrics


def read_table_sources(project: Taken, frames: Collection[str], seen: list[Finding]) -> tuple[TableSource, ...]:
    """The tables of a project in their order; those whose title is among `frames` need no file."""
    sources = []
    for taken in schema.take_each(project, "table", schema.TABLE, seen):
        title = taken.text("title")
        given = [key for key in ("file", "query") if taken.text(key)]
        if (not given and title not in frames) or len(given) > 1:
            message = f"数据表“{title}”{'既有 file 又有 query' if given else '没有写从哪里来'}"
            hint = "请写 file（数据文件）或 query（查询文件）其中一个，或者在程序里按这个标题交一张表"
            seen.append(Finding("D294", "error", message, taken.where("title"), title, hint))
        sources.append(
            TableSource(
                title,
                **{key: taken.text(key) for key in _SAME},
                cells=taken.text("range"),
                header=taken.number("header"),
                reach=schema.word(taken, "reach", REACHES, None, seen),
                skip=taken.texts("skip"),
                only=taken.texts("only"),
                members=(),
                place=taken.place,
            )
        )
    return tuple(sources)


def read_since(data: Taken, seen: list[Finding]) -> Period | None:
    """The first period that is read; None where the project names none."""
    written = data.text("since")
    try:
        return parse_period(written) if written else None
    except ValueError:
        hint = "请写成 2024-01、2024-Q1 或 2024"
        seen.append(Finding("D106", "error", f"起始期写法不对：“{written}”", data.where("since"), written, hint))
        return None


def read_rounding(data: Taken, seen: list[Finding]) -> Rule:
    """The rule of rounding; 四舍五入 where the project names none."""
    return schema.word(data, "rounding", RULES, "half_up", seen)


def _metric(taken: Taken, seen: list[Finding]) -> Metric:
    kind = schema.word(taken, "kind", KINDS, "flow", seen)
    share = kind == "share" or taken.text("unit") in _SHARES
    metric = Metric(
        id=taken.text("id"),
        program=taken.text("program"),
        name=taken.text("name"),
        unit=taken.text("unit"),
        kind="share" if share else kind,
        reach=schema.word(taken, "reach", REACHES, "alone", seen),
        total=schema.word(taken, "total", TOTALS, "given" if share else "sum", seen),
        better=schema.word(taken, "better", BETTER, "more", seen),
        columns=taken.texts("columns"),
        targets=_targets(taken, seen),
        digits=taken.number("digits") if "digits" in taken.values else 1,
        place=taken.place,
    )
    seen += _strange_id(metric, taken.where("id"))
    if metric.unit and one_of(metric.unit) is None:
        hint = "请写成 个、万元、人次、% 这样的单位"
        seen.append(Finding("D292", "error", f"单位看不懂：“{metric.unit}”", taken.where("unit"), metric.unit, hint))
    return metric


@lru_cache(maxsize=1024)
def one_of(unit: str) -> Quantity | None:
    """One of a unit, its scale apart (万元: 万 and 元); None where it is none."""
    try:
        one = parse_quantity(f"1{unit}")
    except ValueError:
        return None
    return one if one.numeral == "1" and one.exact and not one.prefix else None


def _strange_id(metric: Metric, place: Place) -> list[Finding]:
    """An id is told from what is asked about it by its end and by its letters."""
    end = metric.id.rpartition(".")[2]
    if end in ASPECTS and "." in metric.id:
        message = f"指标编号“{metric.id}”的末尾“.{end}”是留给推算的"
        return [Finding("D291", "error", message, place, metric.id, f"不能以这些结尾：{'、'.join(ASPECTS)}")]
    if metric.id and not _ID.fullmatch(metric.id):
        hint = "请用英文字母、数字、下划线和点，字母开头，如 slgj.funds"
        return [Finding("D291", "error", f"指标编号写法不对：“{metric.id}”", place, metric.id, hint)]
    return []


def _targets(taken: Taken, seen: list[Finding]) -> Mapping[int, Quantity]:
    """The targets of the whole by year; a number alone is in the metric's unit."""
    targets: dict[int, Quantity] = {}
    unit = taken.text("unit")
    for year, written in taken.names("targets").items():
        place = schema.inside(taken.where("targets"), year)
        text = written if not _NUMERAL.fullmatch(written) else f"{written}{unit}"
        try:
            target = parse_quantity(text)
        except ValueError:
            target = None
        one = one_of(unit)
        if target is None or (one is not None and target.counted != one.unit):
            hint = f"请写成以“{unit}”为单位的一个数"
            seen.append(Finding("D293", "error", f"目标“{written}”不是这个指标的数", place, written, hint))
        elif not _YEAR.fullmatch(year):
            seen.append(Finding("D293", "error", f"目标的年份写法不对：“{year}”", place, year, "请写成 2026"))
        else:
            targets[int(year)] = solid(target)
    return targets


def _twice(key: str, place: Place, first: Place | None) -> Finding:
    return Finding("D104", "error", f"编号“{key}”重复", place, value=key, hint=f"第一次出现在 {first}")


_SAME: Final = ("file", "sheet", "query", "connection", "member", "period", "metric", "value", "unit")
_SHARES: Final = frozenset(("%", "％", "‰"))
_ID: Final = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_NUMERAL: Final = re.compile("[0-9][0-9,，.]*")
_YEAR: Final = re.compile("[0-9]{4}")
