"""What a value says to a drawing: how far it goes, what is certain about that end, and the words that stand there.

A value is counted in the unit of its chart, so that 300万元 in a chart of 万元 is 300. A bound stays a bound, and what
nobody reported has words and no place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.data.quantity import SCALES, parse_quantity
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from digest.data.quantity import Quantity
    from digest.story.charts import Series, Value

Certain = Literal["exact", "least", "most", "vague"]
"""What is certain about a number: all, not less (余), not more (近), nothing (约)."""

UNREPORTED: Final = "未报"
SIGNS: Final = frozenset("%％‰℃°")  # units that stay with their number: so short, and the number is odd without


class Reading(NamedTuple):
    """A value as it is drawn. `amount` is in the unit of the chart, None where nobody reported; `label` leaves out the
    unit that the chart names once, `said` is the value in full.
    """

    amount: Fraction | None
    certain: Certain
    label: str
    said: str
    quantity: Quantity | None = None


class Unit(NamedTuple):
    """What a chart counts in: `万元` is 10000 times `元`."""

    name: str
    scale: int
    counted: str

    @property
    def shortens(self) -> bool:
        """Whether ticks may be counted in 万 and 亿: not where the unit does so itself."""
        return self.scale == 1


def unit_named(name: str) -> Unit:
    """The unit of that name."""
    try:
        one = parse_quantity(f"1{name}")
    except ValueError:
        return Unit(name, 1, name)
    return Unit(name, SCALES[one.scale], one.counted)


def reading_of(value: Value, unit: Unit, where: str) -> Reading:
    """What a value says. `ChartError` C134 where it is counted in another unit; `where` tells which value it is."""
    quantity = value.quantity
    if quantity is None:
        words = value.display or UNREPORTED
        return Reading(None, "exact", words, words)
    said = value.display or str(quantity)
    if unit.name and quantity.counted not in {"", unit.name, unit.counted}:
        message = f"图的单位是“{unit.name}”，“{where}”是 {said}"
        raise ChartError(message, code="C134", hint="一条轴只画一种单位；别的单位另画一张")
    scaled = unit.scale > 1 and (quantity.scale or quantity.counted == unit.counted)
    amount = quantity.amount / unit.scale if scaled else quantity.amount
    return Reading(amount, _certain(quantity), _without_unit(said, unit), said, quantity)


def _certain(quantity: Quantity) -> Certain:
    if quantity.lower is not None:
        return "exact" if quantity.upper is not None else "least"
    return "vague" if quantity.upper is None else "most"


def _without_unit(said: str, unit: Unit) -> str:
    if not unit.name or unit.name[0] in SIGNS:
        return said
    return said.removesuffix(unit.name) or said


def readings_of(series: Series, places: Sequence[str], unit: Unit) -> tuple[Reading, ...]:
    """What the values of a series say, one a place."""
    return tuple(
        reading_of(value, unit, f"{place}{series.name}") for place, value in zip(places, series.values, strict=True)
    )


def amounts(readings: Iterable[Reading]) -> list[Fraction]:
    """The places of those that were reported."""
    return [reading.amount for reading in readings if reading.amount is not None]


# ------------------------------------------------------------------------------------------------ what can be drawn


def check_many(kind: str, what: str, names: Sequence[str], most: int) -> None:
    """`ChartError` C131 where there are none of them or more than can be read."""
    if not 1 <= len(names) <= most:
        message = f"{kind}要有1至{most}个{what}；这张图有{len(names)}个"
        hint = "太多的请分成几张图，或用表格" if names else ""
        raise ChartError(message, code="C131", hint=hint)


def check_length(kind: str, series: Series, what: str, places: Sequence[str]) -> None:
    """`ChartError` C131 where a series has not one value for each place."""
    if len(series.values) != len(places):
        message = f"{kind}的“{series.name}”有{len(series.values)}个值，{what}有{len(places)}个；要一一对应"
        raise ChartError(message, code="C131", hint="没有报的请写成未报，不要略去")


def check_some(kind: str, readings: Iterable[Reading]) -> None:
    """`ChartError` C133 where nobody reported anything."""
    if not amounts(readings):
        message = f"{kind}里没有一个数：各值都是未报"
        raise ChartError(message, code="C133", hint="请等有数时再画，或在正文里写明未报")


def check_from_nought(kind: str, named: Iterable[tuple[str, Reading]]) -> None:
    """`ChartError` C132 for what lies below nought where nothing can be drawn there."""
    for name, reading in named:
        if reading.amount is not None and reading.amount < 0:
            message = f"{kind}从零画起，“{name}”是 {reading.said}"
            raise ChartError(message, code="C132", hint="负数请用并列的柱形图、折线图或表格")


# ------------------------------------------------------------------------------------------------ in words


def told(series: Series, places: Sequence[str]) -> str:
    """A series in words: `新增：1月8个，2月未报`."""
    values = zip(places, series.values, strict=True)
    listed = "，".join(f"{place}{said(value)}" for place, value in values)
    return f"{series.name}：{listed}" if series.name else listed


def said(value: Value) -> str:
    """A value in full, as it was reported."""
    if value.quantity is None:
        return value.display or UNREPORTED
    return value.display or str(value.quantity)
