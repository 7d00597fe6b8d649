"""A chart of bars by category, read and checked: what each series says of each category, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.charts.kit.keys import Key, bar_keys, sum_keys, unsaid_key
from digest.charts.kit.legend import Named
from digest.charts.kit.pens import Fill, bar_fills
from digest.charts.kit.readings import (
    amounts,
    check_count,
    check_from_nought,
    check_length,
    check_some,
    readings_of,
    unit_named,
)
from digest.charts.kit.rows_of_numbers import Row
from digest.charts.kit.stacks import shares_of, stack_of
from digest.charts.kit.upright import Rule, rule_for
from digest.charts.theme import WHITE, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.charts.kit.bars import Way
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.stacks import Stack
    from digest.story.charts import GroupedBars
    from digest.style import Style

KINDS: Final = {"grouped": "柱形图", "stacked": "堆积柱形图", "shares": "百分比柱形图"}
MOST_CATEGORIES: Final = 16
MOST_SERIES: Final = 4
SHARES: Final = Rule(tuple(Fraction(25 * i) for i in range(5)), ("0", "25%", "50%", "75%", "100%"))


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows of readings with their names and fills, one value a category."""

    chart: GroupedBars
    rows: tuple[Row, ...]
    targets: Row | None

    @property
    def categories(self) -> tuple[str, ...]:
        """What stands along the foot."""
        return self.chart.categories

    @property
    def side_by_side(self) -> bool:
        """Whether each series has a bar of its own."""
        return self.chart.together == "grouped"

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """Series and, last, targets."""
        return (*self.rows, self.targets) if self.targets else self.rows

    @property
    def readings(self) -> list[Reading]:
        """What the series say, targets not among it."""
        return [reading for row in self.rows for reading in row.readings]

    @property
    def named(self) -> tuple[Named, ...]:
        """What a legend must tell; nothing where there is but one series."""
        return tuple(row.named for row in self.all_rows) if len(self.all_rows) > 1 else ()

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """The parts of each category upon one another."""
        stack = shares_of if self.chart.together == "shares" else stack_of
        return tuple(stack([row.readings[i] for row in self.rows]) for i in range(len(self.categories)))

    def title(self, where: str) -> str:
        """What the numbers count; `where` they stand is told where bars show something else."""
        unit = f"单位：{self.chart.unit}" if self.chart.unit else ""
        if self.chart.together != "shares":
            return unit
        return f"柱长为占合计的比例，{where}为数" + (f"（{unit}）" if unit else "")

    def rule(self, length: float) -> Rule:
        """The axis, `length` points long."""
        if self.chart.together == "shares":
            return SHARES
        unit = unit_named(self.chart.unit)
        if self.side_by_side:
            return rule_for(amounts(reading for row in self.all_rows for reading in row.readings), length, unit)
        return rule_for([stack.top for stack in self.stacks], length, unit)

    def unsaid(self) -> list[Key]:
        """Bounds and gaps in words, where there is no room for numbers."""
        words = [
            f"{category}{row.named.name}{reading.said}"
            for row in self.all_rows
            for category, reading in zip(self.categories, row.readings, strict=True)
            if reading.certain != "exact" or reading.amount is None
        ]
        return unsaid_key(words)

    def keys(self, more: Way = "up") -> list[Key]:
        """What marks of bars mean that stand or, where more is right, lie."""
        color = self.rows[0].named.fill.mark
        if self.side_by_side:
            return bar_keys(self.readings, color, more)
        if self.chart.together == "stacked":
            return sum_keys((stack.certain for stack in self.stacks), color, more)
        loose = any(reading.certain != "exact" for reading in self.readings)
        return [Key(None, "所报有约数，比例按所报之数算")] if loose else []


def groups_of(chart: GroupedBars, style: Style) -> Groups:
    """The chart read. `ChartError` as `kinds/grouped.py` tells."""
    kind = KINDS[chart.together]
    every = (*chart.series, chart.targets) if chart.targets else chart.series
    check_count(kind, "个类别", len(chart.categories), MOST_CATEGORIES)
    check_count(kind, "个系列", len(chart.series), MOST_SERIES)
    for series in every:
        check_length(kind, series.name, series.values, "类别", chart.categories)
    if chart.targets and chart.together != "grouped":
        message = f"目标只标在并列的{KINDS['grouped']}上，这张是{kind}"
        raise ChartError(message, code="C131", hint="请改为并列，或去掉目标")
    unit = unit_named(chart.unit)
    rows = tuple(
        Row(Named(series.name, fill), readings_of(series, chart.categories, unit))
        for series, fill in zip(chart.series, bar_fills(chart.series, style.palette), strict=True)
    )
    check_some(kind, (reading for row in rows for reading in row.readings))
    if chart.together != "grouped":
        for row in rows:
            places = (f"{category}{row.named.name}" for category in chart.categories)
            check_from_nought(kind, zip(places, row.readings, strict=True))
    targets = None
    if chart.targets:
        ring = Fill(WHITE, hex_of(style.palette.target), hex_of(style.palette.target_text), "")
        named = Named(chart.targets.name or "目标", ring, ring=True)
        targets = Row(named, readings_of(chart.targets, chart.categories, unit))
    return Groups(chart, rows, targets)
