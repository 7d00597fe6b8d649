"""A ranking of dots: one row each, the largest on top, with the mean as a line across.

What is stressed is filled and dark, the others are hollow; where nothing is stressed all are filled. Whatever nobody
reported stands last and has a word for a dot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.across import NOT_FROM_NOUGHT, UNDER_AXIS, Across, draw_axis
from digest.charts.kit.keys import draw_keys, point_keys
from digest.charts.kit.names import name_lines
from digest.charts.kit.points import ARROW_GAP, ARROW_RISE, draw_dot, draw_hint
from digest.charts.kit.readings import (
    WHOLE,
    amounts,
    check_count,
    check_some,
    of_unit,
    read,
    reading_of,
    said,
    unit_named,
)
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import TITLE_LINE, ZERO, draw_title, rule_for
from digest.charts.kit.words import text_width
from digest.charts.theme import TEXT, TICKS, WHITE, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Dots
    from digest.style import Style

KIND: Final = "点图"
MOST: Final = 36
WIDEST_NAME: Final = 0.32  # of the measure
NAME_GAP: Final = 7.0
NAME_LINE: Final = 11.0
ROW: Final = 15.0
CLOSE_ROW: Final = 13.0
MANY: Final = 24  # rows, from which on they stand closer
DOT: Final = 3.0
STRESSED: Final = 3.4
RING: Final = 1.2
NUMBER: Final = 9.5
NUMBER_GAP: Final = 4.0
MEAN: Final = 1.0
CLEAR: Final = 3.0  # from a line to a number
GUIDE: Final = 0.5


class _Row(NamedTuple):
    """A dot: its name in lines, what it says, whether it is stressed."""

    name: tuple[str, ...]
    reading: Reading
    stressed: bool

    @property
    def tail(self) -> float:
        """What stands behind its place: the dot, an arrowhead, the number."""
        hint = ARROW_GAP + ARROW_RISE if self.reading.certain == "least" else 0.0
        return STRESSED + hint + NUMBER_GAP + text_width(self.reading.label, NUMBER)


def drawn(chart: Dots, style: Style) -> Drawn:
    """The figure; its height follows from the number of dots.

    `ChartError`: C131 no dots or too many; C133 not a single number; C140 a number in another unit; C143 a stressed
    name that none has.
    """
    sheet = Sheet(style)
    rows = _rows(chart, sheet.width * WIDEST_NAME)
    unit = unit_named(chart.unit)
    mean = reading_of(chart.mean.value, unit, chart.mean.label) if chart.mean else None
    known = amounts([*(row.reading for row in rows), *([mean] if mean else [])])
    left = max(text_width(line, TEXT) for row in rows for line in row.name) + NAME_GAP
    across = _across(rows, Across(rule_for(known, sheet.width - left, unit, from_nought=False), left, sheet.width))
    draw_title(sheet, chart.unit, across.rule, NOT_FROM_NOUGHT)
    top = TITLE_LINE + (TITLE_LINE if mean else 2.0)
    pitch = CLOSE_ROW if len(rows) > MANY else ROW
    foot = top + sum(pitch + NAME_LINE * (len(row.name) - 1) for row in rows) + 2.0
    line = across.x(float(mean.amount)) if mean and mean.amount is not None else None
    if chart.mean and mean:
        _draw_mean(sheet, f"{chart.mean.label} {mean.label}".strip(), line, top, foot)
    uprights = [] if line is None else [line]
    if across.rule.ticks[0] < 0 < across.rule.ticks[-1]:
        uprights.append(across.x(0))
    y = top
    for row in rows:
        height = pitch + NAME_LINE * (len(row.name) - 1)
        _draw_row(sheet, style, row, y + height / 2, across, uprights, plain=not chart.stressed)
        y += height
    draw_axis(sheet, across, foot)
    if not across.rule.broken:
        sheet.line(across.x(0), top, across.x(0), foot, ZERO, sheet.ink)
    told = [row.reading for row in rows] + ([mean] if mean else [])
    keys = point_keys(told, hex_of(style.palette.deep), "right")
    return sheet.drawn((), draw_keys(sheet, foot + UNDER_AXIS, keys))


def _rows(chart: Dots, room: float) -> list[_Row]:
    check_count(KIND, "个点", len(chart.dots), MOST)
    strange = [name for name in chart.stressed if name not in {dot.label for dot in chart.dots}]
    if strange:
        message = f"要突出的“{strange[0]}”不在{KIND}的各点之中"
        raise ChartError(message, code="C143", hint=f"各点是：{'、'.join(dot.label for dot in chart.dots)}")
    unit = unit_named(chart.unit)
    rows = [
        _Row(name_lines(dot.label, TEXT, room), reading_of(dot.value, unit, dot.label), dot.label in chart.stressed)
        for dot in chart.dots
    ]
    check_some(KIND, (row.reading for row in rows))
    return sorted(rows, key=_rank)


def _rank(row: _Row) -> tuple[bool, float]:
    amount = row.reading.amount
    return amount is None, -float(amount or 0)


def _across(rows: list[_Row], whole: Across) -> Across:
    """The axis, short enough that the number behind each dot stays in the picture."""
    rule, left = whole.rule, whole.left + DOT
    low, high = float(rule.ticks[0]), float(rule.ticks[-1])
    right = whole.right - text_width(rule.labels[-1], TICKS) / 2
    for row in rows:
        share = (float(row.reading.amount or 0) - low) / (high - low) if row.reading.amount is not None else 0.0
        if share > 0:
            right = min(right, left + (whole.right - left - row.tail) / share)
    return Across(rule, left, right)


def _draw_mean(sheet: Sheet, words: str, line: float | None, top: float, foot: float) -> None:
    """The line of the mean from its words down to the axis; the words alone where it is not known."""
    half = text_width(words, NUMBER) / 2
    x = half if line is None else min(max(line, half), sheet.width - half)
    sheet.say(x, top - TITLE_LINE / 2 - 1.0, words, Voice(NUMBER, sheet.quiet, bold=True, side="center"))
    if line is not None:
        sheet.line(line, top, line, foot, MEAN, sheet.quiet, below=True, dash="3px,2px")


def _draw_row(
    sheet: Sheet, style: Style, row: _Row, y: float, across: Across, uprights: list[float], *, plain: bool
) -> None:
    """A name, a guide to its dot, the dot and its number, clear of the lines that stand upright."""
    ink = sheet.ink
    for n, text in enumerate(row.name):
        middle = y + NAME_LINE * (n + 0.5 - len(row.name) / 2)
        sheet.say(across.left - NAME_GAP, middle, text, Voice(TEXT, ink, bold=row.stressed, side="left"))
    reading = row.reading
    if reading.amount is None:
        sheet.say(across.left + NUMBER_GAP, y, reading.label, Voice(TICKS, sheet.quiet))
        return
    deep, mid = hex_of(style.palette.deep), hex_of(style.palette.mid)
    x = across.x(float(reading.amount))
    filled = plain or row.stressed
    radius = STRESSED if row.stressed else DOT
    color = deep if filled else mid
    start = _beside(row, x, radius, across.left, uprights)
    guide = start - 2.0 if start < x else x
    sheet.line(across.left, y, max(guide, across.left), y, GUIDE, hex_of(style.palette.grid), below=True)
    draw_dot(sheet, x, y, radius, color, *(() if filled else (WHITE, RING)))
    draw_hint(sheet, x, y, radius, reading.certain, color, "right")
    sheet.say(start, y, reading.label, Voice(NUMBER, deep if filled else ink, bold=filled))


def _beside(row: _Row, x: float, radius: float, left: float, uprights: list[float]) -> float:
    """Where the number begins: behind its dot, or before it, or behind the line that is in the way of both."""
    width = text_width(row.reading.label, NUMBER)
    behind = x + row.tail - width
    hint = ARROW_GAP + ARROW_RISE if row.reading.certain == "most" else 0.0
    choices = (behind, x - radius - hint - NUMBER_GAP - width, *(upright + CLEAR for upright in sorted(uprights)))
    for start in choices:
        apart = start >= behind or start + width < x
        if (
            apart
            and start > left
            and not any(start - CLEAR + 0.1 < upright < start + width + CLEAR for upright in uprights)
        ):
            return start
    return behind


def alt_text(chart: Dots) -> str:
    """Every dot from the largest, then the mean."""
    ranked = sorted(chart.dots, key=lambda dot: _rank(_Row((), read(dot.value, WHOLE), stressed=False)))
    dots = "，".join(f"{dot.label}{said(dot.value)}" for dot in ranked)
    mean = f"；{chart.mean.label}{said(chart.mean.value)}" if chart.mean else ""
    return f"{KIND}{of_unit(chart.unit)}，从大到小：{dots}{mean}。"
