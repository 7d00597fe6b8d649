"""Periods along the foot of a plot: where each stands, and their names, the year once where it begins."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.names import name_lines
from digest.charts.kit.sheet import Voice
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.sheet import Sheet

TICK: Final = 2.5
NAME_DROP: Final = 8.5  # middle of the first line of names under the axis
NAME_LINE: Final = 11.0
CLEAR: Final = 3.0  # between two names

_YEAR: Final = re.compile(r"(\d{4}年)?((?!\d{4}年).+)")


def spread(count: int, left: float, right: float) -> list[float]:
    """The middles of `count` equal parts."""
    part = (right - left) / count
    return [left + part * (i + 0.5) for i in range(count)]


def draw_periods(sheet: Sheet, periods: Sequence[str], xs: Sequence[float], foot: float) -> float:
    """Ticks and names of periods; the foot of the last line. Where they stand too close some are left out, the last
    stays.
    """
    names = _rows(periods)
    pitch = xs[1] - xs[0] if len(xs) > 1 else float(sheet.width)
    step = _step(names, pitch)
    deepest = 1
    for i, (name, x) in enumerate(zip(names, xs, strict=True)):
        sheet.line(x, foot, x, foot + TICK, 0.5, sheet.axis)
        if (len(names) - 1 - i) % step and len(names[i]) == 1:
            continue
        lines = list(name)
        if (len(names) - 1 - i) % step:
            lines[0] = ""  # only the year
        deepest = max(deepest, len(lines))
        for row, line in enumerate(lines):
            half = text_width(line, TICKS) / 2
            middle = min(max(x, half), sheet.width - half)
            sheet.say(middle, foot + NAME_DROP + NAME_LINE * row, line, Voice(TICKS, sheet.ink, side="center"))
    return foot + NAME_DROP + NAME_LINE * deepest - NAME_LINE / 2 + 3.0


def _rows(periods: Sequence[str]) -> list[tuple[str, ...]]:
    """Lines of each name: the month, and under it the year where it is a new one.

    Names may say their year each, or only where it begins (2025年11月, 12月, 2026年1月).
    """
    matches = [_YEAR.fullmatch(period) for period in periods]
    first = matches[0] if matches else None
    if len(periods) < 2 or first is None or not first[1] or not all(matches):  # noqa: PLR2004 - one is named in full
        return [(period,) for period in periods]
    rows: list[tuple[str, ...]] = []
    year = ""
    for match in filter(None, matches):
        rows.append((match[2], match[1]) if match[1] and match[1] != year else (match[2],))
        year = match[1] or year
    return rows


def _step(names: Sequence[Sequence[str]], pitch: float) -> int:
    """Every how many periods a name is written."""
    widest = max(text_width(name[0], TICKS) for name in names) + CLEAR
    return max(1, math.ceil(widest / pitch))


class Names(NamedTuple):
    """Names of categories in lines of one size."""

    lines: tuple[tuple[str, ...], ...]
    size: float


def fitting_names(names: Sequence[str], sizes: Sequence[float], pitch: float, most: int) -> Names | None:
    """Lines of each name between its neighbours in the largest size in which they fit; None where one takes more than
    `most` lines or is too wide in all of them.
    """
    for size in sizes:
        lines = tuple(name_lines(name, size, pitch - CLEAR) for name in names)
        if all(len(one) <= most and max(text_width(line, size) for line in one) <= pitch - CLEAR for one in lines):
            return Names(lines, size)
    return None


def draw_names(sheet: Sheet, names: Names, xs: Sequence[float], top: float) -> float:
    """Names of categories centred under their places; the foot of the longest."""
    voice = Voice(names.size, sheet.ink, side="center")
    for lines, x in zip(names.lines, xs, strict=True):
        for row, line in enumerate(lines):
            sheet.say(x, top + NAME_LINE * (row + 0.5), line, voice)
    return top + NAME_LINE * max(map(len, names.lines))
