"""Bars over time with a line above them (项目数 and 完成率): two axes of unlike units, each with a band of its own.

The line runs over the bars and never through them, so that no crossing is read that means nothing; the periods along
the foot are those of both. Each band says in words what it shows, as what, and on which side its axis stands.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.charts.kit.along import draw_periods, spread
from digest.charts.kit.along_lines import Line, points_of, take_line, trace_of, write_bounds, write_gaps, write_numbers
from digest.charts.kit.bars import TOP_CAP, Bar, draw_bars
from digest.charts.kit.keys import bar_keys, draw_keys, point_keys, unsaid_key
from digest.charts.kit.names import name_lines
from digest.charts.kit.pens import bar_fills, line_pens
from digest.charts.kit.places import Places, Word, say_words
from digest.charts.kit.readings import (
    amounts,
    check_count,
    check_length,
    check_some,
    of_unit,
    readings_of,
    told,
    unit_named,
)
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.upright import (
    HEAD,
    NOT_FROM_NOUGHT,
    TITLE_LINE,
    Scale,
    clear_grid,
    draw_rule,
    rule_for,
)
from digest.charts.theme import TEXT, hex_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.charts.kit.upright import Rule
    from digest.story.charts import BarsAndLine, Series
    from digest.style import Style

KIND: Final = "柱线图"
MOST_PERIODS: Final = 36
LINE_PLOT: Final = 46.0
BAR_PLOT: Final = 78.0
THIN: Final = Fraction(1, 2)  # the band is low: a line that differs by less of its largest number needs no nought
APART: Final = 7.0  # between the bands
FULL: Final = 0.62
WIDEST: Final = 26.0
ROOMY: Final = 100.0  # of a period, where there is room enough
SIZES: Final = (9.0, 8.0)
LABEL_GAP: Final = 2.2


def drawn(chart: BarsAndLine, style: Style) -> Drawn:
    """The figure, of the same height whatever the numbers.

    `ChartError`: C131 no period or too many; C133 no number for the bars or the line; C134 a series not as long as the
    periods; C140 a number in another unit than that of its axis.
    """
    bars, points = _checked(chart)
    sheet = Sheet(style)
    bar_rule = rule_for(amounts(bars), BAR_PLOT, unit_named(chart.unit))
    line_rule = rule_for(amounts(points), LINE_PLOT, unit_named(chart.line_unit), from_nought=False, thin=THIN)
    left, right = bar_rule.width, sheet.width - line_rule.width
    pitch = min((right - left) / len(chart.periods), ROOMY)
    right = left + pitch * len(chart.periods)
    xs = spread(len(chart.periods), left, right)
    top = _title(sheet, 0.0, chart.line, "线，右轴", chart.line_unit, line_rule) + HEAD
    upper = Scale(line_rule, top, top + LINE_PLOT)
    middle = _title(sheet, upper.foot + APART, chart.bars, "柱，左轴", chart.unit, bar_rule)
    top = middle + HEAD + (TOP_CAP if any(reading.certain == "least" for reading in bars) else 0.0)
    lower = Scale(bar_rule, top, top + BAR_PLOT)
    line = _line(chart, points, xs, upper, style)
    draw_rule(sheet, style, upper, left, right, at_right=True)
    draw_rule(sheet, style, lower, left, right)
    columns = _columns(chart, bars, xs, pitch, lower, style)
    hanging = [column.tip for column in columns if column and column.hangs]
    under = max(0.0, max(hanging, default=0.0) + SIZES[0] + 2 * LABEL_GAP - lower.foot)
    foot = draw_periods(sheet, chart.periods, xs, lower.foot + under)

    over = Places(left, TITLE_LINE, right, upper.foot - 1.0)
    take_line(sheet, over, line)
    unsaid = write_bounds(over, line, chart.periods)
    write_gaps(sheet, over, line, xs, upper.foot)
    write_numbers(over, line)
    clear_grid(sheet, over.words, upper, right)

    below = Places(left, middle, right, lower.foot + under)
    unsaid += _write(below, chart, bars, columns, xs, lower, sheet.quiet)
    clear_grid(sheet, below.words, lower, right)
    say_words(sheet, (*over.words, *below.words))
    traces = [*draw_bars(sheet, filter(None, columns)), trace_of(line)]
    color = hex_of(style.palette.deep)
    keys = [*point_keys(points, color), *bar_keys(bars, hex_of(style.palette.mid)), *unsaid_key(unsaid)]
    return sheet.drawn(traces, draw_keys(sheet, foot, keys))


def _checked(chart: BarsAndLine) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    check_count(KIND, "个时段", len(chart.periods), MOST_PERIODS)
    for series in (chart.bars, chart.line):
        check_length(KIND, series.name, series.values, "时段", chart.periods)
    bars = readings_of(chart.bars, chart.periods, unit_named(chart.unit))
    points = readings_of(chart.line, chart.periods, unit_named(chart.line_unit))
    check_some(f"{KIND}的柱", bars)
    check_some(f"{KIND}的线", points)
    return bars, points


def _title(sheet: Sheet, top: float, series: Series, drawn_as: str, unit: str, rule: Rule) -> float:
    """What a band shows, at its top left; the foot of the last line."""
    told_of = f"{drawn_as}，单位：{unit}" if unit else drawn_as
    text = f"{series.name}（{told_of}{'；' + NOT_FROM_NOUGHT if rule.broken else ''}）"
    lines = name_lines(text, TEXT, sheet.width)
    for i, one in enumerate(lines):
        sheet.say(0, top + TITLE_LINE * (i + 0.5), one, Voice(TEXT, sheet.ink))
    return top + TITLE_LINE * len(lines)


def _line(chart: BarsAndLine, points: Sequence[Reading], xs: Sequence[float], scale: Scale, style: Style) -> Line:
    (pen,) = line_pens((chart.line,), style.palette)
    return Line(chart.line.name, pen, tuple(points), points_of(points, xs, scale), "all", named=False)


def _columns(
    chart: BarsAndLine, bars: Sequence[Reading], xs: Sequence[float], pitch: float, scale: Scale, style: Style
) -> list[Bar | None]:
    width = min(WIDEST, pitch * FULL)
    fill = bar_fills((chart.bars, chart.bars, chart.bars), style.palette)[2 if chart.bars.role == "actual" else 0]
    return [
        None
        if reading.amount is None
        else Bar(scale.base, scale.y(reading.amount), x - width / 2, width, fill, reading.certain)
        for x, reading in zip(xs, bars, strict=True)
    ]


# ---------------------------------------------------------------------------------------------------- words


def _write(
    places: Places, chart: BarsAndLine, bars: Sequence[Reading], columns: Sequence[Bar | None],
    xs: Sequence[float], scale: Scale, quiet: str,
) -> list[str]:  # fmt: skip
    """Numbers over all bars, or where they find no room over those that must be told and the highest; what had to be
    said and found no room.
    """
    every = list(zip(bars, columns, xs, strict=True))
    for column in columns:
        if column:
            places.take(column.box)
    for size in SIZES:
        if places.settle_all(list(_over(*one, scale, size, quiet)) for one in every):
            return []
    unsaid = []
    for period, one in zip(chart.periods, every, strict=True):
        must = one[0].certain != "exact" or one[0].amount is None
        if must and not places.settle(_over(*one, scale, SIZES[-1], quiet)) and one[0].amount is not None:
            unsaid.append(f"{period}{chart.bars.name}{one[0].said}")
    exact = [one for one in every if one[0].certain == "exact" and one[0].amount is not None]
    for one in (max(exact, key=lambda one: one[0].amount or 0), exact[-1]) if exact else ():
        places.settle(_over(*one, scale, SIZES[-1], quiet))
    return unsaid


def _over(reading: Reading, column: Bar | None, x: float, scale: Scale, size: float, quiet: str) -> Iterator[Word]:
    """The number over its bar, or under one that hangs."""
    gap = LABEL_GAP + size / 2
    if column is None:
        yield Word(x, scale.base - gap, reading.label, Voice(size, quiet, side="center"))
        return
    y = column.tip + gap if column.hangs else min(column.tip, scale.base - 1.0) - gap
    yield Word(x, y, reading.label, Voice(size, column.fill.mark, bold=True, side="center"))


def alt_text(chart: BarsAndLine) -> str:
    """Bars first, then the line, each value with its period."""
    both = ((chart.bars, "柱", chart.unit), (chart.line, "线", chart.line_unit))
    parts = (f"{shape}{of_unit(unit)}，{told(series, chart.periods)}" for series, shape, unit in both)
    return f"{KIND}。{'；'.join(parts)}。"
