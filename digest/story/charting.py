"""Charting: the charts of a part, declared with ids of facts, become values to be drawn (列图)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from digest.data.charts import axes, named_facts, row_ids, share_of, signed
from digest.story.blocks import Chart
from digest.story.charts import (
    MISSING,
    BarsAndLine,
    Bullet,
    Bullets,
    Change,
    Donut,
    Dots,
    Funnel,
    GroupedBars,
    HeatMap,
    Lines,
    Series,
    Share,
    Slope,
    SmallMultiples,
    Step,
    TileMap,
    Value,
    Waterfall,
)
from digest.story.exhibits import deadline_words, label_of
from digest.story.wording import NOT_REPORTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.data.model import ChartSpec, Fact, SeriesSpec
    from digest.story.blocks import Caption
    from digest.story.charts import AnyChart


def charted(spec: ChartSpec, facts: Mapping[str, Fact], caption: Caption) -> Chart:
    """The chart to be drawn, with every fact it prints; `spec` has passed `check_chart`."""
    return Chart(_Charting(spec, facts).chart(), caption, tuple(dict.fromkeys(key for key, _ in named_facts(spec))))


def chart_words(spec: ChartSpec, facts: Mapping[str, Fact], subject: str) -> str:
    """What a chart shows and in which units, where nobody wrote a caption: `“双联共建”主要数据（单位：个）`."""
    units = filter(None, dict.fromkeys(_unit(axis, facts) for axis in axes(spec)))
    counted = "、".join(units)
    return f"{subject}主要数据{f'（单位：{counted}）' if counted else ''}"


def _unit(keys: Sequence[str], facts: Mapping[str, Fact]) -> str:
    """What the facts of one axis count: 元, or 万元 where all of them are told so."""
    return _scale(keys, facts) + next((facts[key].quantity.counted for key in keys if key), "")


def _scale(keys: Sequence[str], facts: Mapping[str, Fact]) -> str:
    """The scale that belongs to the unit of an axis (R4, R21): that of all its facts, where none has a myriad of it."""
    told = [facts[key].quantity for key in keys if key]
    scales = {quantity.scale for quantity in told}
    apart = any(not quantity.exact and quantity.at in {"inner", "after"} for quantity in told)  # 1.3万余, never 1.3余万
    if len(scales) != 1 or apart or any(abs(quantity.value) >= _MYRIAD for quantity in told):
        return ""
    return scales.pop()


_MYRIAD: Final = 10_000  # from here on an axis would say 万 itself, and 1万万元 is no number


class _Charting:
    """One declaration with the facts it names."""

    def __init__(self, spec: ChartSpec, facts: Mapping[str, Fact]) -> None:
        self.spec, self.facts = spec, facts
        self.unit, *_ = (*(_unit(axis, facts) for axis in axes(spec)), "")
        self.scales = {key: _scale(axis, facts) for axis in axes(spec) for key in axis}

    def chart(self) -> AnyChart:  # noqa: C901, PLR0911, PLR0912 - one case a kind
        spec, unit = self.spec, self.unit
        match spec.kind:
            case "grouped":
                series = [self.series(one) for one in spec.series]
                targets = next((one for one in series if one.role == "target"), None)
                others = tuple(one for one in series if one is not targets)
                return GroupedBars(spec.categories, others, unit, "grouped", targets)
            case "stacked" | "shares":
                return GroupedBars(spec.categories, self.all_series(), unit, spec.kind)
            case "lines":
                return Lines(spec.categories, self.all_series(), unit)
            case "bars_line":
                bars, line = spec.series
                line_unit = _unit(line.facts, self.facts)
                return BarsAndLine(spec.categories, self.series(bars), self.series(line), unit, line_unit)
            case "bullets":
                return self.bullets()
            case "heat":
                rows = tuple(one.name for one in spec.series)
                return HeatMap(rows, spec.categories, tuple(one.values for one in self.all_series()), unit)
            case "slope":
                before, after = spec.categories
                return Slope(before, after, tuple(map(self.change, self.all_series())), unit)
            case "small_lines":
                return SmallMultiples(spec.categories, self.all_series(), unit, "line")
            case "small_bars":
                return SmallMultiples(spec.categories, self.all_series(), unit, "bar")
            case "donut":
                if not spec.total:
                    return Donut(self.shares(), MISSING)
                return Donut(self.shares(), self.value(spec.total), label_of(self.facts[spec.total]))
            case "waterfall":
                return self.waterfall()
            case "funnel":
                return Funnel(self.shares(), unit)
            case "dots":
                mean = Share(label_of(self.facts[spec.mean]), self.value(spec.mean)) if spec.mean else None
                return Dots(self.shares(), unit, mean, spec.stressed)
            case "tiles":
                return TileMap(self.shares(), unit, spec.grid)
            case _:
                assert_never(spec.kind)

    def value(self, key: str) -> Value:
        """A fact in the words of its source; where the id is empty, nobody reported one."""
        if not key:
            return Value(display=NOT_REPORTED)
        quantity = self.facts[key].quantity
        if self.scales.get(key):  # 1226.7万元 is drawn as 1226.7 of 万元
            quantity = replace(quantity, scale="", unit=quantity.scale + quantity.unit)
        return Value(quantity, str(quantity), key)

    def said(self, key: str) -> str:
        """A fact with its name: 收集问题196个."""
        return f"{label_of(self.facts[key])}{self.facts[key].quantity}" if key else ""

    def series(self, spec: SeriesSpec) -> Series:
        """Facts of one name."""
        return Series(spec.name, tuple(map(self.value, spec.facts)), spec.role)

    def all_series(self) -> tuple[Series, ...]:
        """All of them in their order."""
        return tuple(map(self.series, self.spec.series))

    def change(self, series: Series) -> Change:
        """A series of two values."""
        before, after = series.values
        return Change(series.name, before, after, stressed=series.name in self.spec.stressed)

    def shares(self) -> tuple[Share, ...]:
        """Facts in a row, each under its category or its own short name."""
        keys = row_ids(self.spec)
        names = self.spec.categories or tuple(label_of(self.facts[key]) for key in keys)
        return tuple(Share(name, self.value(key)) for name, key in zip(names, keys, strict=True))

    def waterfall(self) -> Waterfall:
        """The first and the last fact, and between them steps with their signs."""
        opening, *inner, closing = self.shares()
        falls = [signed(key)[0] == "-" for key in self.spec.facts[1:-1]]
        steps = (Step(one.label, one.value, "-" if fall else "+") for one, fall in zip(inner, falls, strict=True))
        return Waterfall(opening, tuple(steps), closing, self.unit)

    def bullets(self) -> Bullets:
        """What was reached beside its target, which says until when."""
        reached, targets = sorted(self.spec.series, key=lambda one: one.role == "target")
        rows = tuple(
            Bullet(label, self.value(done), self.value(aim), deadline_words(self.facts[aim].deadline) if aim else "")
            for label, done, aim in zip(self.spec.categories, reached.facts, targets.facts, strict=True)
        )
        elapsed = self.spec.elapsed
        return Bullets(rows, share_of(self.facts[elapsed].quantity) if elapsed else None, self.said(elapsed))
