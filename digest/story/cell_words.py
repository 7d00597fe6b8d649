"""Cell words: a quantity in a column whose head has the unit (单元格用语): 1.3万余人次 is 13000余 under 人次."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.data.adding import restated
from digest.data.quantity import parse_quantity

if TYPE_CHECKING:
    from digest.data.quantity import Quantity

_PLAIN: Final = re.compile(r"[-−]?\d[\d,]*(?:\.(\d+))?")  # nothing but a number
_POINTS: Final = {"个百分点": "百分点"}


def cell_words(quantity: Quantity, unit: str) -> str:
    """What is printed in a column of `unit` (万元, %; empty for places); with its own unit where it has another."""
    if quantity.prefix == "第" and not unit:
        return quantity.numeral
    column = _of_unit(unit)
    counted = _POINTS.get(quantity.counted, quantity.counted)
    if column is None or counted != _POINTS.get(column.unit, column.unit):
        return str(quantity)
    if quantity.scale != column.scale and "/" not in quantity.numeral:
        other = restated(quantity.amount, (column,))
        quantity = replace(quantity, value=other.value, numeral=other.numeral)
    bare = replace(quantity, scale="", unit=quantity.qualifier if quantity.at == "end" else "")
    return str(bare)


def places(words: str) -> int:
    """How many digits stand behind the point of a number; none in what is more or less than one."""
    match = _PLAIN.fullmatch(words)
    return len(match[1] or "") if match else 0


def padded(words: str, wanted: int) -> str:
    """An exact number with so many digits behind its point: 107 beside 103.9 is 107.0. Other words stay."""
    if not _PLAIN.fullmatch(words) or places(words) >= wanted:
        return words
    point = "" if places(words) else "."
    return f"{words}{point}{'0' * (wanted - places(words))}"


def _of_unit(unit: str) -> Quantity | None:
    """One of that unit, with its scale: 1万元. None where it cannot be told which that is."""
    try:
        return parse_quantity(f"1{unit}")
    except ValueError:
        return None
