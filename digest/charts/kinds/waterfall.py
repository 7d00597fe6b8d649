"""From an opening number by steps to a closing one (期初、新增、销号、期末), each step from where the last one ended.

What comes in is of a middle blue, what goes out pale with an edge, and a sign stands before its number. Hairlines lead
from step to step, dashed where a bound or a gap leaves the level uncertain. Behind a step that nobody reported levels
are reckoned back from the closing number; where neither end tells one, a step stands on nought and nothing leads to it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.along import draw_names, fitting_names, spread
from digest.charts.kit.bars import TOP_CAP, Bar, draw_bars
from digest.charts.kit.keys import Key, bar_keys, draw_keys, unsaid_key
from digest.charts.kit.levels import bounds_of, levels_of, summed_bounds
from digest.charts.kit.pens import bar_fills
from digest.charts.kit.places import Places, Word, say_words
from digest.charts.kit.readings import check_count, check_from_nought, check_some, of_unit, reading_of, said, unit_named
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import HEAD, TITLE_LINE, Scale, clear_grid, draw_rule, draw_title, rule_for
from digest.charts.theme import TEXT, TICKS
from digest.errors import ChartError
from digest.story.charts import Series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.levels import Level
    from digest.charts.kit.pens import Fill
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Waterfall
    from digest.style import Style

KIND: Final = "瀑布图"
MOST_STEPS: Final = 12
PLOT: Final = 112.0
NAMES: Final = (TEXT, TICKS, 8.0)
NAME_LINES: Final = 4
NAME_GAP: Final = 3.0
FULL: Final = 0.66
WIDEST: Final = 44.0
ROOMY: Final = 92.0  # of a step, where there is room enough
SIZES: Final = (9.5, 8.5, 8.0)  # of numbers
LABEL_GAP: Final = 2.4
LINK: Final = 0.6
SIGNS: Final = {"+": 1, "-": -1}


class _Step(NamedTuple):
    """A bar and the levels it leads from and to; they are None where nobody reported it."""

    label: str
    reading: Reading
    words: str
    fill: Fill
    start: Fraction | None
    end: Fraction | None


def drawn(chart: Waterfall, style: Style) -> Drawn:
    """The figure.

    `ChartError`: C131 no step or more than twelve; C132 a step below nought; C133 not a single number; C140 a number in
    another unit, or steps that cannot amount to the closing number; C142 names too long to stand under them.
    """
    bars, levels = _read(chart, style)
    sheet = Sheet(style)
    ends = [level for bar in bars for level in (bar.start, bar.end) if level is not None]
    rule = rule_for(ends, PLOT, unit_named(chart.unit))
    pitch = min((sheet.width - rule.width) / len(bars), ROOMY)
    names = fitting_names([bar.label for bar in bars], NAMES, pitch, NAME_LINES)
    if names is None:
        longest = max((bar.label for bar in bars), key=len)
        message = f"{KIND}有{len(bars)}根柱，名称“{longest}”在柱下放不开"
        raise ChartError(message, code="C142", hint="请写短名称，或合并几步")
    left, right = rule.width, rule.width + pitch * len(bars)
    cap = TOP_CAP if any(bar.reading.certain == "least" for bar in bars) else 0.0
    top = TITLE_LINE + HEAD + cap
    scale = Scale(rule, top, top + PLOT)
    xs = spread(len(bars), left, right)
    columns = [_column(bar, x, min(WIDEST, pitch * FULL), scale) for bar, x in zip(bars, xs, strict=True)]
    hanging = [column.tip for column in columns if column and column.hangs]
    below = SIZES[0] + 2 * LABEL_GAP if rule.ticks[0] < 0 else 0.0
    under = max(0.0, max(hanging, default=0.0) + below - scale.foot)
    draw_title(sheet, chart.unit, rule)
    draw_rule(sheet, style, scale, left, right)
    places = Places(left, TITLE_LINE, sheet.width, scale.foot + under)
    places.cross(left, scale.base, right, scale.base)
    _link(sheet, places, levels, columns, scale)
    unsaid = _write(places, sheet, bars, columns, xs, scale)
    clear_grid(sheet, places.words, scale, right)
    say_words(sheet, places.words)
    traces = draw_bars(sheet, filter(None, columns))
    foot = draw_names(sheet, names, xs, scale.foot + under + NAME_GAP) + NAME_GAP
    keys = bar_keys((bar.reading for bar in bars), bars[0].fill.mark)
    return sheet.drawn(traces, draw_keys(sheet, foot, [*keys, *unsaid]))


# ---------------------------------------------------------------------------------------------------- reading


def _read(chart: Waterfall, style: Style) -> tuple[list[_Step], list[Level]]:
    """Bars from the opening to the closing one, and the levels between them."""
    check_count(KIND, "步", len(chart.steps), MOST_STEPS)
    unit = unit_named(chart.unit)
    opening = reading_of(chart.opening.value, unit, chart.opening.label)
    closing = reading_of(chart.closing.value, unit, chart.closing.label)
    steps = [reading_of(step.value, unit, step.label) for step in chart.steps]
    check_some(KIND, (opening, *steps, closing))
    check_from_nought(f"{KIND}每一步的长", zip((step.label for step in chart.steps), steps, strict=True))
    signed = [(SIGNS[step.sign], reading) for step, reading in zip(chart.steps, steps, strict=True)]
    sums, told = summed_bounds(opening, signed), bounds_of(closing)
    if not sums.meets(told):
        begins, ends = f"“{chart.opening.label}”{opening.said}", f"“{chart.closing.label}”是 {closing.said}"
        message = f"{KIND}合不上：{begins}加减各步是{sums}，{ends}"
        raise ChartError(message, code="C140", hint="请核对各步的数和增减方向")
    levels = levels_of(opening, signed, closing)
    whole, _, coming, going = bar_fills((Series("", ()),) * 4, style.palette)
    nought = Fraction(0)
    bars = [_Step(chart.opening.label, opening, opening.label, whole, *_ends(nought, opening.amount))]
    for step, (sign, reading), level in zip(chart.steps, signed, levels[:-1], strict=True):
        start = _start(level, sign, reading, levels[len(bars)])
        end = None if reading.amount is None else start + sign * reading.amount
        words = f"{'+' if sign > 0 else '−'}{reading.label}" if reading.amount else reading.label
        bars.append(_Step(step.label, reading, words, coming if sign > 0 else going, *_ends(start, end)))
    bars.append(_Step(chart.closing.label, closing, closing.label, whole, *_ends(nought, closing.amount)))
    return bars, levels


def _start(before: Level, sign: int, reading: Reading, after: Level) -> Fraction:
    """Where a step begins: the level before it, else that behind it less the step, else nought."""
    if before.amount is not None:
        return before.amount
    if after.amount is not None and reading.amount is not None:
        return after.amount - sign * reading.amount
    return Fraction(0)


def _ends(start: Fraction, end: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    return (None, None) if end is None else (start, end)


# ---------------------------------------------------------------------------------------------------- drawing


def _column(bar: _Step, x: float, width: float, scale: Scale) -> Bar | None:
    if bar.start is None or bar.end is None:
        return None
    return Bar(scale.y(bar.start), scale.y(bar.end), x - width / 2, width, bar.fill, bar.reading.certain)


def _link(sheet: Sheet, places: Places, levels: Sequence[Level], columns: Sequence[Bar | None], scale: Scale) -> None:
    """Hairlines from bar to bar at the levels between them; none to or from a gap."""
    for level, (before, after) in zip(levels, pairwise(columns), strict=True):
        if level.amount is None or before is None or after is None:
            continue
        y = scale.y(level.amount)
        link = before.side + before.thick, y, after.side, y
        sheet.line(*link, LINK, sheet.quiet, dash="solid" if level.sure else "2px,1.6px")
        places.cross(*link)


def _write(
    places: Places,
    sheet: Sheet,
    bars: Sequence[_Step],
    columns: Sequence[Bar | None],
    xs: Sequence[float],
    scale: Scale,
) -> list[Key]:
    """Numbers at all bars, in the largest size in which they find room; what finds none even in the smallest is said
    under the picture.
    """
    for column in columns:
        if column:
            places.take(column.box)
    every = list(zip(bars, columns, xs, strict=True))
    for size in SIZES:
        if places.settle_all(list(_at(*one, scale, size, sheet.quiet)) for one in every):
            return []
    left = [bar for bar, column, x in every if not places.settle(_at(bar, column, x, scale, SIZES[-1], sheet.quiet))]
    return unsaid_key([f"{bar.label}{bar.reading.said}" for bar in left])


def _at(bar: _Step, column: Bar | None, x: float, scale: Scale, size: float, quiet: str) -> Iterator[Word]:
    """The number beyond the end of its bar, else before its beginning."""
    gap = LABEL_GAP + size / 2
    if column is None:
        yield Word(x, scale.base - gap, bar.words, Voice(size, quiet, side="center"))
        return
    voice = Voice(size, bar.fill.mark, bold=True, side="center")
    over, below = min(column.base, column.tip) - gap, max(column.base, column.tip) + gap
    for y in (below, over) if column.hangs else (over, below):
        yield Word(x, y, bar.words, voice)


def alt_text(chart: Waterfall) -> str:
    """From the opening number by the steps, with their signs in words, to the closing one."""
    way = {"+": "增", "-": "减"}
    steps = "，".join(f"{step.label}{said(step.value)}（{way[step.sign]}）" for step in chart.steps)
    ends = [f"{end.label}{said(end.value)}" for end in (chart.opening, chart.closing)]
    return f"{KIND}{of_unit(chart.unit)}。{ends[0]}；{steps}；{ends[1]}。"
