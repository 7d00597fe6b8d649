"""Bars that lie: where names of categories are too long to stand under upright ones.

A row a category, its name at the left, a bar for each series under the other or all parts in one bar; a number behind
each bar, a target on a line of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.across import UNDER_AXIS, Across, draw_axis
from digest.charts.kit.bars import SIDE_CAP, Bar, draw_bars
from digest.charts.kit.keys import draw_keys, unsaid_key
from digest.charts.kit.legend import RING, draw_legend, draw_ring
from digest.charts.kit.names import name_lines
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import ZERO
from digest.charts.kit.words import text_width
from digest.charts.theme import TEXT, TICKS

if TYPE_CHECKING:
    from digest.charts.drawn import Drawn
    from digest.charts.kit.groups import Groups
    from digest.charts.kit.pens import Fill
    from digest.charts.kit.readings import Certain
    from digest.style import Style

WIDEST_NAME: Final = 0.32  # of the measure
NAME_GAP: Final = 6.0
NAME_LINE: Final = 11.0
NUMBER_GAP: Final = 4.0


class _Size(NamedTuple):
    """A bar with its line, the room between categories, and the size of numbers."""

    bar: float
    line: float
    between: float
    number: float


_AMPLE: Final = _Size(8.5, 10.5, 7.0, 9.0)
_CLOSE: Final = _Size(6.0, 8.0, 3.4, 8.0)
_STACK: Final = _Size(13.0, 15.0, 4.0, 8.5)
MANY: Final = 24  # bars, from which on they stand closer


def draw_lying(groups: Groups, style: Style) -> Drawn:
    """The figure; it may be taller than a page."""
    sheet = Sheet(style)
    slots = len(groups.all_rows) if groups.side_by_side else 1
    size = _STACK if not groups.side_by_side else _CLOSE if slots * len(groups.categories) > MANY else _AMPLE
    names = [name_lines(name, TEXT, sheet.width * WIDEST_NAME) for name in groups.categories]
    left = max(text_width(line, TEXT) for lines in names for line in lines) + NAME_GAP
    across = _across(groups, left, sheet.width, size)
    y = top = draw_legend(sheet, groups.title("柱内"), groups.named) + 2.0
    bars: list[Bar] = []
    unsaid: list[str] = []
    for i, lines in enumerate(names):
        height = max(slots * size.line, NAME_LINE * len(lines)) + size.between
        for n, line in enumerate(lines):
            middle = y + height / 2 + NAME_LINE * (n + 0.5 - len(lines) / 2)
            sheet.say(left - NAME_GAP, middle, line, Voice(TEXT, sheet.ink, side="left"))
        first = y + (height - slots * size.line) / 2
        if groups.side_by_side:
            bars += _side_by_side(sheet, groups, i, first, across, size)
        else:
            bars += _parts(sheet, groups, i, first, across, size, unsaid)
        y += height
    draw_axis(sheet, across, y)
    sheet.line(across.x(0), top, across.x(0), y, ZERO, sheet.ink)
    keys = [*groups.keys("right"), *unsaid_key(unsaid)]
    return sheet.drawn(draw_bars(sheet, bars), draw_keys(sheet, y + UNDER_AXIS, keys))


def _across(groups: Groups, left: float, width: float, size: _Size) -> Across:
    """The axis, short enough that the number behind each bar stays in the picture, and one before it on the axis."""
    rule = groups.rule((width - left) / 2)
    low, high = float(rule.ticks[0]), float(rule.ticks[-1])
    right = width - text_width(rule.labels[-1], TICKS) / 2
    if not groups.side_by_side:
        return Across(rule, left + ZERO, right)
    for reading in (reading for row in groups.all_rows for reading in row.readings):
        tail = NUMBER_GAP + text_width(reading.label, size.number) + (SIDE_CAP if reading.certain == "least" else RING)
        share = (max(float(reading.amount or 0), 0.0) - low) / (high - low)
        if share:
            right = min(right, left + (width - left - tail) / share)
    return Across(rule, left + ZERO, right)


# ---------------------------------------------------------------------------------------------------- bars


def _side_by_side(sheet: Sheet, groups: Groups, i: int, top: float, across: Across, size: _Size) -> list[Bar]:
    """A line for each series, and one for the target."""
    bars = []
    y = top + size.line / 2
    base = across.x(0)
    for row in groups.rows:
        reading, fill = row.readings[i], row.named.fill
        if reading.amount is None:
            sheet.say(base + NUMBER_GAP, y, reading.label, Voice(size.number, sheet.quiet))
        else:
            end = across.x(float(reading.amount))
            bars.append(_bar(base, end, y, size, fill, reading.certain))
            x = max(base, bars[-1].tip) + NUMBER_GAP
            sheet.say(x, y, reading.label, Voice(size.number, fill.mark, bold=True))
        y += size.line
    if groups.targets:
        reading, fill = groups.targets.readings[i], groups.targets.named.fill
        x = base if reading.amount is None else across.x(float(reading.amount)) + RING
        voice = Voice(
            size.number, fill.words if reading.amount is not None else sheet.quiet, bold=reading.amount is not None
        )
        if reading.amount is not None:
            draw_ring(sheet, x - RING, y, fill.edge)
        sheet.say(x + NUMBER_GAP, y, reading.label, voice)
    return bars


def _parts(
    sheet: Sheet, groups: Groups, i: int, top: float, across: Across, size: _Size, unsaid: list[str]
) -> list[Bar]:
    """All parts in one bar, each with its number where it is long enough; bounds without room go to `unsaid`."""
    stack = groups.stacks[i]
    y = top + size.line / 2
    missing = [row for row, span in zip(groups.rows, stack.spans, strict=True) if span is None]
    last = max((n for n, span in enumerate(stack.spans) if span and span[0] < span[1]), default=-1)
    bars, end = [], across.x(0)
    for n, (row, span) in enumerate(zip(groups.rows, stack.spans, strict=True)):
        if span is None:
            continue
        start, end = (across.x(float(amount)) for amount in span)
        certain = stack.certain if n == last else "exact"
        bars.append(_bar(start, end, y, size, row.named.fill, certain))
        label = row.readings[i].label
        if text_width(label, size.number) <= end - start - 2:
            sheet.say((start + end) / 2, y, label, Voice(size.number, row.named.fill.words, bold=True, side="center"))
        elif row.readings[i].certain != "exact":
            unsaid.append(f"{groups.categories[i]}{row.named.name}{row.readings[i].said}")
    if missing:
        names = [f"{row.named.name}{row.readings[i].label}" for row in missing]
        whole = "、".join(names) if len(missing) < len(groups.rows) else missing[0].readings[i].label
        room = across.right - end - SIDE_CAP - NUMBER_GAP
        if text_width(whole, TICKS) > room:
            unsaid.append(f"{groups.categories[i]}{whole}")
        else:
            sheet.say(end + (SIDE_CAP if last >= 0 else 0.0) + NUMBER_GAP, y, whole, Voice(TICKS, sheet.quiet))
    return bars


def _bar(base: float, end: float, y: float, size: _Size, fill: Fill, certain: Certain) -> Bar:
    """A bar about the line y; one below nought says no more of its end than that it is not exact."""
    if end < base and certain != "exact":
        certain = "vague"
    return Bar(base, end, y - size.bar / 2, size.bar, fill, certain, "right")
