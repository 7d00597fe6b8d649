"""What a value says to a drawing: how far it goes, what is certain about that end, and the words that stand there.

A value is counted in the unit of its chart, so that 300万元 in a chart of 万元 is 300. A bound stays a bound, and what
nobody reported has words and no place. What cannot be drawn as declared is a `ChartError`, the same in every kind:

C131 too few, too many or too long to be drawn        C140 numbers that contradict one another (unlike units, parts
C132 below nought where nothing can be drawn               beyond their whole, sums that do not add up)
C133 not a single number                              C141 a number that is needed is missing
C134 values not as many as what they belong to        C142 words that do not fit
                                                      C143 an unknown place or name     C144 one given twice
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


WHOLE: Final = Unit("", 1, "")
"""No unit: what is counted is not looked at, 300万元 is 3000000."""


def reading_of(value: Value, unit: Unit, where: str) -> Reading:
    """What a value says. `ChartError` C140 where it is counted in another unit; `where` tells which value it is."""
    reading = read(value, unit)
    if unit.name and reading.quantity and reading.quantity.counted not in {"", unit.name, unit.counted}:
        message = f"图的单位是“{unit.name}”，“{where}”是 {reading.said}"
        raise ChartError(message, code="C140", hint="一条轴只画一种单位；别的单位另画一张")
    return reading


def read(value: Value, unit: Unit) -> Reading:
    """The same, whatever is counted."""
    words, quantity = said(value), value.quantity
    if quantity is None:
        return Reading(None, "exact", words, words)
    scaled = unit.scale > 1 and (quantity.scale or quantity.counted == unit.counted)
    amount = quantity.amount / unit.scale if scaled else quantity.amount
    return Reading(amount, _certain(quantity), _without_unit(words, unit), words, quantity)


def _certain(quantity: Quantity) -> Certain:
    if quantity.lower is not None:
        return "exact" if quantity.upper is not None else "least"
    return "vague" if quantity.upper is None else "most"


def _without_unit(words: str, unit: Unit) -> str:
    """The words without the unit; whole where nothing but a number in Han would be left."""
    if not unit.name or unit.name[0] in SIGNS:
        return words
    short = words.removesuffix(unit.name).rstrip()
    return short if any(character.isdigit() for character in short) else words


def bare(reading: Reading, unit: Unit) -> str:
    """The label without a sign too, for cells whose unit stands over them: 58.3 for 58.3%."""
    signed = reading.quantity and unit.name[:1] in SIGNS
    return reading.label.removesuffix(unit.name) if signed else reading.label


def readings_of(series: Series, places: Sequence[str], unit: Unit) -> tuple[Reading, ...]:
    """What the values of a series say, one a place."""
    return tuple(
        reading_of(value, unit, f"{place}{series.name}") for place, value in zip(places, series.values, strict=True)
    )


def amounts(readings: Iterable[Reading]) -> list[Fraction]:
    """The places of those that were reported."""
    return [reading.amount for reading in readings if reading.amount is not None]


# ------------------------------------------------------------------------------------------------ what can be drawn


def check_count(kind: str, what: str, count: int, most: int, least: int = 1) -> None:
    """`ChartError` C131 where there are too few to be compared or too many to be read; `what` has its measure word."""
    if not least <= count <= most:
        message = f"{kind}要有{least}至{most}{what}；这张图有{count}{what}"
        raise ChartError(message, code="C131", hint="太多的请分成几张图，或用表格" if count > most else "")


def check_length(kind: str, name: str, values: Sequence[object], what: str, places: Sequence[object]) -> None:
    """`ChartError` C134 where a row has not one value for each place."""
    if len(values) != len(places):
        message = f"{kind}的“{name}”有{len(values)}个值，{what}有{len(places)}个；要一一对应"
        raise ChartError(message, code="C134", hint="没有报的请写成未报，不要略去")


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


def check_units(kind: str, readings: Iterable[Reading]) -> None:
    """`ChartError` C140 where numbers that are added or compared are counted in unlike units."""
    units = dict.fromkeys(reading.quantity.counted for reading in readings if reading.quantity)
    units.pop("", None)
    if len(units) > 1:
        message = f"{kind}里单位不一：{'、'.join(units)}"
        raise ChartError(message, code="C140", hint="一张图只用一个单位")


# ------------------------------------------------------------------------------------------------ in words


def said(value: Value) -> str:
    """A value in full, as it was reported; `未报` where there are no words for what is missing."""
    return value.display or (UNREPORTED if value.quantity is None else str(value.quantity))


def told(series: Series, places: Sequence[str]) -> str:
    """A series in words: `新增：1月8个，2月未报`."""
    values = zip(places, series.values, strict=True)
    listed = "，".join(f"{place}{said(value)}" for place, value in values)
    return f"{series.name}：{listed}" if series.name else listed


def of_unit(unit: str) -> str:
    """`（单位：个）` where there is a unit."""
    return f"（单位：{unit}）" if unit else ""
