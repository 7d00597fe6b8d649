"""Upright bars by category (各市): series side by side, one upon another, or as shares of the whole.

Numbers stand at their bars where all of them find room, else in rows under the plot; where names are too long for
upright bars they lie. So no number is left out for want of room, and no name is turned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.along import draw_names, fitting_names, spread
from digest.charts.kit.bars import TOP_CAP, Bar, draw_bars
from digest.charts.kit.groups import KINDS, groups_of
from digest.charts.kit.keys import draw_keys
from digest.charts.kit.legend import RING, RING_LINE, draw_legend, draw_ring
from digest.charts.kit.lying import draw_lying
from digest.charts.kit.places import Box, Places, Word, say_words
from digest.charts.kit.readings import of_unit, told
from digest.charts.kit.rows_of_numbers import draw_rows, head_width, size_of_numbers
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import HEAD, Scale, clear_grid, draw_rule
from digest.charts.kit.words import text_width
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.groups import Groups
    from digest.charts.kit.readings import Reading
    from digest.story.charts import GroupedBars
    from digest.style import Style

PLOT: Final = 104.0
NAME_LINES: Final = 3
NAME_GAP: Final = 3.0
HEAD_BARE: Final = 4.0  # over the plot, where no numbers stand in it
LABEL_GAP: Final = 2.2
FULL: Final = 0.76  # of the room of a category that its bars take
FULL_STACK: Final = 0.62
WIDEST: Final = 22.0
WIDEST_STACK: Final = 36.0
ROOMY: Final = 28.0  # for a bar, where there is room enough
APART: Final = 30.0  # between two categories, the same
WIDE: Final = 105.0  # of a category, the same
IN_PART: Final = 2.0  # round a number inside a bar


def drawn(chart: GroupedBars, style: Style) -> Drawn:
    """The figure: upright with numbers at the bars or under them, else lying.

    `ChartError`: C131 no category or series, too many of them, or targets where bars do not stand side by side; C132 a
    number below nought that is part of a whole; C133 not a single number; C134 a series not as long as the categories;
    C140 a number in another unit.
    """
    groups = groups_of(chart, style)
    for way in (_Way(at_bars=9.0), _Way(at_bars=8.0), _Way(heads=0.24), _Way(heads=0.15)):
        if upright := _upright(groups, style, way):
            return upright
    lying = draw_lying(groups, style)
    if lying.height <= style.depth - style.leading:
        return lying
    if bare := _upright(groups, style, _Way()):
        return bare
    many = f"{len(chart.categories)}个类别、{len(chart.series)}个系列"
    message = f"横放的{KINDS[chart.together]}要高{lying.height:.0f}磅，一页放不下：{many}"
    raise ChartError(message, code="C131", hint="请分成几张图，或写短名称")


class _Way(NamedTuple):
    """Where numbers stand: at the bars in that size, in rows whose heads take that share of the measure, or nowhere,
    where there is room for neither.
    """

    at_bars: float = 0.0
    heads: float = 0.0


class _Told(NamedTuple):
    """A value with its bar (None where nobody reported) and the x its words stand about."""

    reading: Reading
    column: Bar | None
    x: float
    part: bool  # of a whole: its words stand inside


def _upright(groups: Groups, style: Style, way: _Way) -> Drawn | None:
    """Upright bars with numbers where the way has them; None where that does not fit."""
    sheet = Sheet(style)
    rule, size, heads = groups.rule(PLOT), way.at_bars, way.heads * sheet.width
    left = max(rule.width, head_width(groups.all_rows, heads)) if heads else rule.width
    count = len(groups.categories)
    pitch = min((sheet.width - left) / count, _roomy(groups, size or TICKS))
    right = left + pitch * count
    names = fitting_names(groups.categories, (TEXT, TICKS), pitch, NAME_LINES)
    number = size_of_numbers(groups.all_rows, pitch) if heads else size
    if names is None or number is None:
        return None
    top = draw_legend(sheet, groups.title("柱下" if heads else "柱内"), () if heads else groups.named)
    open_ends = any(reading.certain == "least" or reading.amount is None for reading in groups.readings)
    head = (HEAD if size else HEAD_BARE) + (TOP_CAP if open_ends else 0.0)
    scale = Scale(rule, top + head, top + head + PLOT)
    xs = spread(count, left, right)
    bars = list((_side_by_side if groups.side_by_side else _stacked)(groups, xs, pitch, scale))
    hanging = [bar.column.tip for bar in bars if bar.column and bar.column.hangs]
    under = max(0.0, max(hanging, default=0.0) + size + 2 * LABEL_GAP - scale.foot)
    rings = _rings(groups, xs, scale)
    places = Places(left, top, sheet.width, scale.foot + under)
    if size and not _write(places, groups, bars, rings, scale, size, sheet.quiet):
        return None
    draw_rule(sheet, style, scale, left, right)
    traces = draw_bars(sheet, (bar.column for bar in bars if bar.column))
    for _, x, y in rings:
        draw_ring(sheet, x, y, hex_of(style.palette.target))
    if groups.side_by_side:
        clear_grid(sheet, places.words, scale, right)
    say_words(sheet, places.words)
    foot = draw_names(sheet, names, xs, scale.foot + under + NAME_GAP) + NAME_GAP
    if heads:
        foot = draw_rows(sheet, style, groups.all_rows, xs, foot, number, right, heads)
    keys = groups.keys() if size or heads else [*groups.keys(), *groups.unsaid()]
    return sheet.drawn(traces, draw_keys(sheet, foot, keys))


def _roomy(groups: Groups, size: float) -> float:
    """How wide a category is where there is room enough, so that a few bars are not stretched over the measure."""
    label = max(text_width(reading.label, size) for row in groups.all_rows for reading in row.readings)
    if not groups.side_by_side:
        return WIDE
    return max(len(groups.rows) * max(ROOMY, label + 2 * LABEL_GAP) + APART, WIDE)


# ---------------------------------------------------------------------------------------------------- bars


def _side_by_side(groups: Groups, xs: Sequence[float], pitch: float, scale: Scale) -> Iterator[_Told]:
    width = min(WIDEST, pitch * FULL / len(groups.rows))
    for i, middle in enumerate(xs):
        left = middle - width * len(groups.rows) / 2
        for row in groups.rows:
            reading, x = row.readings[i], left + width / 2
            column = None
            if reading.amount is not None:
                end = scale.y(reading.amount)
                column = Bar(scale.base, end, left, width, row.named.fill, reading.certain)
            yield _Told(reading, column, x, part=False)
            left += width


def _stacked(groups: Groups, xs: Sequence[float], pitch: float, scale: Scale) -> Iterator[_Told]:
    width = min(WIDEST_STACK, pitch * FULL_STACK)
    for i, (middle, stack) in enumerate(zip(xs, groups.stacks, strict=True)):
        last = max((n for n, span in enumerate(stack.spans) if span and span[0] < span[1]), default=-1)
        for n, (row, span) in enumerate(zip(groups.rows, stack.spans, strict=True)):
            column = None
            if span:
                certain = stack.certain if n == last else "exact"
                low, high = (scale.y(amount) for amount in span)
                column = Bar(low, high, middle - width / 2, width, row.named.fill, certain)
            yield _Told(row.readings[i], column, middle, part=True)


def _rings(groups: Groups, xs: Sequence[float], scale: Scale) -> list[tuple[Reading, float, float]]:
    """Targets that were told, each at the middle of its category."""
    if groups.targets is None:
        return []
    found = zip(groups.targets.readings, xs, strict=True)
    return [(reading, x, scale.y(reading.amount)) for reading, x in found if reading.amount is not None]


# ---------------------------------------------------------------------------------------------------- words


def _write(
    places: Places, groups: Groups, bars: Sequence[_Told], rings: Sequence[tuple[Reading, float, float]], scale: Scale,
    size: float, quiet: str,
) -> bool:  # fmt: skip
    """Numbers at all bars and rings; False where one of them finds no room."""
    if groups.targets and len(rings) < len(groups.categories):
        return False  # what is said of a target without a number needs a row
    half = RING + RING_LINE
    for _, x, y in rings:
        places.take(Box(x - half, y - half, x + half, y + half))
    if not groups.side_by_side:
        return places.settle_all([_inside(bar, size)] for bar in bars)
    for bar in bars:
        if bar.column:
            places.take(bar.column.box)
    target = groups.targets.named.fill.words if groups.targets else ""
    return places.settle_all(
        [
            *(list(_at(bar, scale, size, quiet)) for bar in bars),
            *(list(_round(reading.label, x, y, Voice(size, target, bold=True))) for reading, x, y in rings),
        ]
    )


def _inside(bar: _Told, size: float) -> Word:
    """The number in the middle of its part; a word without room, where it has none."""
    column = bar.column
    if column is None or column.base - column.end < size + IN_PART or _wide(bar, size) > column.thick - IN_PART:
        return Word(-math.inf, 0.0, bar.reading.label, Voice(size, ""))
    middle = (column.base + column.end) / 2
    return Word(bar.x, middle, bar.reading.label, Voice(size, column.fill.words, bold=True, side="center"))


def _wide(bar: _Told, size: float) -> float:
    return text_width(bar.reading.label, size)


def _at(bar: _Told, scale: Scale, size: float, quiet: str) -> Iterator[Word]:
    """The number over its bar, or under one that hangs; to one side where a neighbour is in the way."""
    gap = LABEL_GAP + size / 2
    if bar.column is None:
        yield Word(bar.x, scale.base - gap, bar.reading.label, Voice(size, quiet, side="center"))
        return
    voice = Voice(size, bar.column.fill.mark, bold=True, side="center")
    y = bar.column.tip + gap if bar.column.hangs else min(bar.column.tip, scale.base - 1.0) - gap
    aside = max(0.0, (_wide(bar, size) - bar.column.thick) / 2)
    for shift in (0.0, -aside / 2, aside / 2, -aside, aside):
        yield Word(bar.x + shift, y, bar.reading.label, voice)


def _round(text: str, x: float, y: float, voice: Voice) -> Iterator[Word]:
    """Words round a ring: above, at the right, at the left."""
    half = RING + RING_LINE
    yield Word(x, y - half - voice.size / 2 - 1, text, Voice(voice.size, voice.color, bold=True, side="center"))
    yield Word(x + half + 1.5, y, text, voice)
    yield Word(x - half - 1.5, y, text, Voice(voice.size, voice.color, bold=True, side="left"))


def alt_text(chart: GroupedBars) -> str:
    """Series after series, each value with its category; targets last."""
    every = (*chart.series, chart.targets) if chart.targets else chart.series
    rows = "；".join(told(series, chart.categories) for series in every)
    return f"{KINDS[chart.together]}{of_unit(chart.unit)}。{rows}。"
