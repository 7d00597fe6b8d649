"""What was reported, as charts read it: the words that are printed, the number that is drawn, and what cannot be drawn.

A value that nobody reported is never nought; it says 未报, or the words that were given for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.charts.kit.sheet import bound_of
from digest.charts.kit.words import text_width, wrapped
from digest.data.quantity import SCALES
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from digest.charts.kit.sheet import End
    from digest.story.charts import Value

UNREPORTED: Final = "未报"

_SCALES: Final = sorted((scale for scale in SCALES if scale.endswith(("万", "亿"))), key=len, reverse=True)


def words_of(value: Value) -> str:
    """What is printed of a value: its words as reported, `未报` where there are none."""
    if value.display:
        return value.display
    return UNREPORTED if value.quantity is None else str(value.quantity)


def words_without(unit: str, value: Value) -> str:
    """The words of a value without the unit, where that is said once for the whole chart."""
    words = words_of(value)
    short = words.removesuffix(unit).rstrip() if unit and value.quantity is not None else words
    return short if any(character.isdigit() for character in short) else words


def drawn_number(value: Value, unit: str) -> tuple[Fraction, End] | None:
    """How far a value is drawn in the unit of its chart (12 for 12万元 in 万元) and how it ends; None where missing.

    A bare number is taken to be counted in that unit already.
    """
    if value.quantity is None:
        return None
    number, end = bound_of(value.quantity)
    bare = not value.quantity.unit and not value.quantity.scale
    return number / (1 if bare else scale_in(unit)), end


def scale_in(unit: str) -> int:
    """How many a unit counts by: 10000 for 万元."""
    return next((SCALES[scale] for scale in _SCALES if unit.startswith(scale)), 1)


def check_numbers(chart: str, values: Iterable[tuple[str, Value]]) -> None:
    """`ChartError`: C132 a value below zero, C133 not a single number. Each value has the name of its place."""
    reported = 0
    for name, value in values:
        if value.quantity is None:
            continue
        reported += 1
        if bound_of(value.quantity)[0] < 0:
            message = f"{chart}从零画起，“{name}”是 {words_of(value)}"
            raise ChartError(message, code="C132", hint="负数请用表格")
    if not reported:
        message = f"{chart}里没有一个数，全部未报"
        raise ChartError(message, code="C133", hint="请等报来再画，或用文字说明")


def check_count(chart: str, what: str, count: int, least: int, most: int) -> None:
    """`ChartError` C131 where there are too few to be compared or too many to be read."""
    if not least <= count <= most:
        message = f"{chart}要有{least}至{most}{what}，这张图有 {count}{what}"
        raise ChartError(message, code="C131", hint="再多请分成几张图或用表格" if count > most else "")


def check_alike(chart: str, place: str, given: int, asked: int, what: str = "个数") -> None:
    """`ChartError` C134 where values do not match what they belong to."""
    if given != asked:
        message = f"{chart}{place}要有 {asked} {what}，这里是 {given} {what}"
        raise ChartError(message, code="C134", hint="没有报来的写“未报”，不要空过去")


def check_units(chart: str, values: Iterable[Value]) -> None:
    """`ChartError` C140 where numbers that are added or compared are counted in unlike units."""
    units = dict.fromkeys(value.quantity.counted for value in values if value.quantity is not None)
    units.pop("", None)
    if len(units) > 1:
        message = f"{chart}里单位不一：{'、'.join(units)}"
        raise ChartError(message, code="C140", hint="一张图只用一个单位")


def lines_of(text: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a label within `room` points; a word that is wider alone is parted where the room ends."""
    lines: list[str] = []
    for line in wrapped(text, size, room):
        rest = line
        while text_width(rest, size) > room and len(rest) > 1:
            end = next(i for i in range(len(rest), 0, -1) if i == 1 or text_width(rest[:i], size) <= room)
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return tuple(lines)


def numbers_parted(words: str, lines: Sequence[str]) -> bool:
    """Whether a numeral in the words was parted between two of their lines."""
    numerals = "".join(c if c.isdigit() or c in ".,%/" else " " for c in words).split()
    return any(not any(numeral in line for line in lines) for numeral in numerals)


def widest(lines: Sequence[str], size: float) -> float:
    """Width of the widest of some lines, in points."""
    return max((text_width(line, size) for line in lines), default=0.0)


def of_unit(unit: str) -> str:
    """`（单位：个）` where there is a unit."""
    return f"（单位：{unit}）" if unit else ""
