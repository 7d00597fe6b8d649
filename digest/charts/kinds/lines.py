"""Lines over time: up to four series by month, named at their ends, parted where nobody reported.

A line of the year before (同比) is dashed and hollow, a target dotted and ochre.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from digest.charts.kit.along import draw_periods
from digest.charts.kit.along_lines import (
    END,
    END_GAP,
    Line,
    end_lines,
    points_of,
    take_line,
    trace_of,
    write_bounds,
    write_ends,
    write_gaps,
    write_numbers,
)
from digest.charts.kit.keys import draw_keys, point_keys, unsaid_key
from digest.charts.kit.pens import line_pens
from digest.charts.kit.places import Places, say_words
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
from digest.charts.kit.sheet import Sheet
from digest.charts.kit.upright import HEAD, TITLE_LINE, Scale, clear_grid, draw_rule, draw_title, rule_for
from digest.charts.kit.words import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Lines
    from digest.style import Style

KIND: Final = "折线图"
MOST_SERIES: Final = 4
MOST_PERIODS: Final = 36
PLOT: Final = 104.0
WIDEST_END: Final = 0.28  # of the measure
INSET: Final = 9.0  # from the axis to the first point
OUTSET: Final = 4.0  # from the last point to the end of the grid
LONE: Final = 56.0  # height of the plot, and half its width, where there is but one period


def drawn(chart: Lines, style: Style) -> Drawn:
    """The figure, of the same height whatever the numbers.

    `ChartError`: C131 no period or series or too many of them; C133 not a single number; C134 a series not as long as
    the periods; C140 a number in another unit.
    """
    every = _checked(chart)
    readings = [reading for series in every for reading in series]
    lone = len(chart.periods) == 1
    plot = LONE if lone else PLOT
    top = TITLE_LINE + HEAD
    sheet = Sheet(style)
    rule = rule_for(amounts(readings), plot, unit_named(chart.unit), from_nought=False)
    scale = Scale(rule, top, top + plot)
    room = sheet.width * WIDEST_END
    left, right = rule.width, rule.width + 2 * LONE
    if not lone:
        ends = (end_lines(line.end, room) for line in _lines(chart, every, [0.0] * len(chart.periods), scale, style))
        right = sheet.width - max(text_width(text, END) for lines in ends for text in lines) - END_GAP + OUTSET
    xs = _xs(len(chart.periods), left, right)
    lines = _lines(chart, every, xs, scale, style)
    draw_title(sheet, chart.unit, rule)
    places = Places(0.0, TITLE_LINE, sheet.width, scale.foot - 1.0)
    for label in draw_rule(sheet, style, scale, left, right):
        places.take(label.box)
    foot = draw_periods(sheet, chart.periods, xs, scale.foot)
    for line in lines:
        take_line(sheet, places, line)
    write_ends(sheet, places, lines, xs[-1] + END_GAP, room, (TITLE_LINE, scale.foot))
    unsaid = []
    for line in lines:
        unsaid += write_bounds(places, line, chart.periods)
        write_gaps(sheet, places, line, xs, scale.foot)
    for line in lines:
        write_numbers(places, line)
    clear_grid(sheet, places.words, scale, right)
    say_words(sheet, places.words)
    keys = [*point_keys(readings, lines[0].pen.color), *unsaid_key(unsaid)]
    return sheet.drawn([trace_of(line) for line in reversed(lines)], draw_keys(sheet, foot, keys))


def _checked(chart: Lines) -> tuple[tuple[Reading, ...], ...]:
    check_count(KIND, "个时段", len(chart.periods), MOST_PERIODS)
    check_count(KIND, "个系列", len(chart.series), MOST_SERIES)
    for series in chart.series:
        check_length(KIND, series.name, series.values, "时段", chart.periods)
    unit = unit_named(chart.unit)
    every = tuple(readings_of(series, chart.periods, unit) for series in chart.series)
    check_some(KIND, (reading for readings in every for reading in readings))
    return every


def _xs(count: int, left: float, right: float) -> list[float]:
    if count == 1:
        return [(left + right) / 2]
    step = (right - left - INSET - OUTSET) / (count - 1)
    return [left + INSET + step * i for i in range(count)]


def _lines(
    chart: Lines, every: Sequence[tuple[Reading, ...]], xs: Sequence[float], scale: Scale, style: Style
) -> list[Line]:
    alone = sum(series.role == "actual" for series in chart.series) == 1
    lines = []
    for series, pen, readings in zip(chart.series, line_pens(chart.series, style.palette), every, strict=True):
        points = points_of(readings, xs, scale)
        wanted: Literal["all", "highest", "bounds"] = "all" if alone else "highest"
        lines.append(Line(series.name, pen, readings, points, wanted if series.role == "actual" else "bounds"))
    return lines


def alt_text(chart: Lines) -> str:
    """Series after series, each value with its period."""
    return f"{KIND}{of_unit(chart.unit)}。{'；'.join(told(series, chart.periods) for series in chart.series)}。"
