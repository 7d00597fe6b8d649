"""Tables of so many rows that they can only be details (明细): added up to a number for each member and period.

One row for each number, with the member beside it: more than 50,000 of those are no table that an office fills in, and
are added up as they are read (`sources/bulk.py`). Only metrics whose whole is the sum of its parts (total = 相加) are
taken, and days of one month only where what came in is counted: two days of a stock are not twice the stock.

Codes: D301 a number that is not to be added up, D260 not in the roster, D262 no member, D263 members without a row,
D303 a unit that is not the metric's, D304 a name that two metrics have (warnings); those of `sources/bulk.py` and of
`periods.py` as warnings, D297 nothing claimed (error), D298 what no metric claims (note).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.data.adding import total
from digest.data.answers import Counted
from digest.data.book import Observation
from digest.data.cells import read_cell
from digest.data.incomparable import Incomparable
from digest.data.metrics import one_of
from digest.data.naming import Names
from digest.data.refusal import Refusal
from digest.data.solid import in_scale, solid
from digest.data.sources.magic import kind_of
from digest.data.sources.values import text_of
from digest.data.taking import Reported
from digest.data.times import Timed, read_time
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from digest.data.book import Metric
    from digest.data.metrics import TableSource
    from digest.data.over_time import Reach
    from digest.data.period import Period
    from digest.data.quantity import Quantity
    from digest.data.roster import Roster

_MOST_ROWS: Final = 20_000
_HEAD: Final = 4096
_BLOCK: Final = 2**20
_LEAST_LINE: Final = 4  # bytes


def is_of_details(path: Path, source: TableSource) -> bool:
    """Whether a file has a row for each number, and more of them than are read one by one."""
    if not (source.member and source.value) or source.sheet or source.cells or source.header:
        return False
    try:
        with path.open("rb") as file:
            kind = kind_of(head) if (head := file.read(_HEAD)) else "other"
        if kind == "parquet":
            return _rows_of_parquet(path) > _MOST_ROWS
        if kind != "text" or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            return False
        return path.stat().st_size > _LEAST_LINE * _MOST_ROWS and _has_more_lines(path, _MOST_ROWS)
    except OSError:
        return False  # told when it is read


def _rows_of_parquet(path: Path) -> int:
    """How many rows the file says that it has; none where nobody can tell."""
    from digest.data.sources.frames import arrow_faults  # noqa: PLC0415  an extra

    try:
        from pyarrow import parquet  # noqa: PLC0415  an extra, and a third of a second

        with parquet.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except ImportError:
        return 0
    except arrow_faults():
        return 0


def _has_more_lines(path: Path, most: int) -> bool:
    lines = 0
    with path.open("rb") as file:
        while lines <= most and (block := file.read(_BLOCK)):
            lines += block.count(b"\n")
    return lines > most


def take_details(
    path: Path, shown: str, source: TableSource, metrics: Mapping[str, Metric], roster: Roster, period: Period
) -> Reported:
    """What the rows of such a file add up to; `period` is that of its file, or the digest's."""
    from digest.data.sources.bulk import COUNT, add_up  # noqa: PLC0415  few projects need it

    of_all = metrics.get(source.metric)
    titles = (source.member, source.period, "" if of_all else source.metric, source.unit)
    keys = [title for title in dict.fromkeys(titles) if title]
    grids, findings = add_up(path, shown, keys, source.value)
    adding = _Adding(source, metrics, roster, period, Place(shown), list(findings))
    for grid in grids:
        head, *rows = grid.rows
        for row in rows:
            cells = dict(zip(map(str, head), row, strict=True))
            adding.add(cells, cells[source.value], int(str(cells[COUNT])))
    return adding.reported()


_Key = tuple[str, str, "Period", "Reach"]


class _Sum(NamedTuple):
    """A number added up from rows of one time as it is written; None where a cell of them is none."""

    when: str
    quantity: Quantity | None
    rows: int
    unread: bool


@dataclass(slots=True)
class _Adding:
    """The sums of one file while they are sorted."""

    source: TableSource
    metrics: Mapping[str, Metric]
    roster: Roster
    period: Period
    place: Place
    findings: list[Finding]
    sums: dict[_Key, list[_Sum]] = field(default_factory=dict)
    unclaimed: dict[str, None] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    names: Names = field(init=False)
    told: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """With the metrics by what they are called."""
        self.names = Names(self.metrics, self.source.only)

    def add(self, cells: Mapping[str, Any], number: object, count: int) -> None:
        """One group of rows, where somebody it is of can be told."""
        metric = self._metric(text_of(cells.get(self.source.metric)).strip())
        member = self._member(text_of(cells[self.source.member]).strip())
        if metric is None or member is None:
            return
        when = text_of(cells[self.source.period]).strip() if self.source.period else ""
        at = self._time(when)
        if at is None:
            return
        reach = at.reach or self.source.reach or metric.reach
        if metric.kind == "stock":
            reach = "alone"
        quantity = self._quantity(metric, number, text_of(cells.get(self.source.unit)).strip())
        unread = quantity is None and (number is not None or any(one.code == "D241" for one in self.findings))
        key = (metric.id, member, at.period, reach)
        self.sums.setdefault(key, []).append(_Sum(when, quantity, count, unread))

    def reported(self) -> Reported:
        """The sums as observations; those that may not be added up are missing."""
        if not self.claimed and not any(one.severity == "error" for one in self.findings):
            names = "、".join(metric.name for metric in self.metrics.values())
            message = f"数据表“{self.source.title}”里没有一项是指标"
            hint = f"请在指标的 columns 中写上表里的叫法；现有指标：{names or '无'}"
            self.findings.append(Finding("D297", "error", message, self.place, self.source.title, hint))
        observations = tuple(self._observation(key, sums) for key, sums in self.sums.items())
        present = {*(member for _, member, _, _ in self.sums), *self.roster.silent}
        missing = [one for one in self.roster.members if one not in present]
        if self.claimed and missing:
            message = f"名册共{len(self.roster.members)}个，表里缺{len(missing)}个：{'、'.join(missing)}"
            self._tell("D263", "", message, "没有的请核对是否漏导")
        return Reported(
            observations,
            claimed=len(self.claimed),
            unclaimed=tuple(self.unclaimed),
            findings=tuple(self.findings),
        )

    def _observation(self, key: _Key, sums: list[_Sum]) -> Observation:
        metric, count = self.metrics[key[0]], sum(one.rows for one in sums)
        name = key[1] or self.roster.whole
        at = f"{name} › {metric.name}" + (f"（由{count}行明细相加）" if count > 1 else "")
        numbers = [one.quantity for one in sums if one.quantity is not None]
        made = Observation(key[0], key[2], key[1], key[3], None, "blank", "", self.source.title, at, self.place)
        if any(one.unread for one in sums):
            return replace(made, why="unread")
        days = {one.when for one in sums}
        if (not metric.accumulates or key[3] == "cumulative") and len(days) > 1:
            message = f"{name}{key[2].chinese}“{metric.name}”有{len(days)}个时间的数，不是当期发生数，不能相加"
            self._tell("D301", f"{key[0]}{key[2]}", message, "请只保留期末的一批明细")
            return replace(made, why="unread")
        summed = total(numbers) if numbers else None
        if summed is None or isinstance(summed, Incomparable):
            return made
        return replace(made, quantity=summed, why="", computed=count > 1)

    def _metric(self, title: str) -> Metric | None:
        of_all = self.metrics.get(self.source.metric)
        found = [of_all] if of_all else self.names.find(title if self.source.metric else self.source.value)
        if len(found) > 1:
            ids = "、".join(metric.id for metric in found)
            self._tell("D304", title, f"“{title}”不知是哪个指标", f"请在指标的 columns 中写出各自的叫法：{ids}", title)
            return None
        if not found:
            if title and title not in self.source.skip and title not in self.source.only:
                self.unclaimed.setdefault(title)
            return None
        metric = found[0]
        self.claimed.add(metric.id)
        if metric.total != "sum" or metric.is_share:
            message = f"“{metric.name}”不是各部分之和，明细不能相加"
            self._tell("D301", metric.id, message, "请用已汇总的表，或把指标的 total 写成 相加", metric.name)
            return None
        return metric

    def _member(self, text: str) -> str | None:
        """Who it is as the roster spells it, the whole empty; None where nobody knows."""
        if not text:
            self._tell("D262", "", f"有的行没有填“{self.source.member}”，没有加到任何成员", "请补上")
            return None
        found = self.roster.find(text)
        if found.standing in {"member", "apart", "merged"}:
            return found.name
        if found.standing == "whole":
            return ""
        near = f"是不是“{found.name}”？" if found.name else ""
        hint = f"{near}其他写法请写入 aliases，名册以外的请写入 apart"
        self._tell("D260", text, f"“{text}”不在名册里，有关的行没有读取", hint, text)
        return None

    def _time(self, text: str) -> Timed | None:
        if not text:
            return Timed(self.period)
        read = read_time(text, self.period.year)
        if not isinstance(read, Refusal):
            return read
        if (read.code, text) not in self.told:
            self.told.add((read.code, text))
            self.findings.append(replace(read.finding(self.place), severity="warning"))
        return None

    def _quantity(self, metric: Metric, number: object, unit: str) -> Quantity | None:
        if number is None:
            return None
        own, column = one_of(metric.unit), one_of(unit or metric.unit)
        if own is None or column is None or column.unit != own.unit:
            message = f"“{metric.name}”的明细单位是“{unit}”，指标的单位是“{metric.unit}”"
            self._tell("D303", metric.id + unit, message, "请改正明细或 digest.toml 中的单位", unit)
            return None
        answer = read_cell(text_of(number), unit=unit or metric.unit)
        return in_scale(solid(answer.quantity), own, column) if isinstance(answer, Counted) else None

    def _tell(self, code: str, what: str, message: str, hint: str, value: str = "") -> None:
        """A warning, once for what it is about."""
        if (code, what) not in self.told:
            self.told.add((code, what))
            self.findings.append(Finding(code, "warning", message, self.place, value, hint))
