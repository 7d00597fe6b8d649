"""What is left from stage to stage (征集、认领、办结): bars about one middle, the first the widest.

Between two bars a pale slope shows how much went; where a stage was not reported there is neither bar nor slope. A
stage that is certainly larger than the one before makes no funnel and is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from digest.charts.kit.bars import Bar, draw_bars, draw_end
from digest.charts.kit.keys import bar_keys, draw_keys
from digest.charts.kit.levels import beyond, bounds_of
from digest.charts.kit.pens import solid
from digest.charts.kit.readings import (
    check_count,
    check_from_nought,
    check_some,
    check_units,
    of_unit,
    reading_of,
    said,
    unit_named,
)
from digest.charts.kit.shades import say_lines
from digest.charts.kit.shapes import cornered, dashed
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.words import lines_of, widest
from digest.charts.theme import TEXT, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.pens import Fill
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Funnel
    from digest.style import Style

KIND: Final = "漏斗图"
LEAST_STAGES: Final = 2
MOST_STAGES: Final = 8
BAR: Final = 20.0
SLOPE: Final = 11.0  # height of what lies between two bars
NAME_ROOM: Final = 0.26  # of the measure
WORDS_ROOM: Final = 0.22
GAP: Final = 12.0
VALUE: Final = 10.0
LINE: Final = 1.2
CAP: Final = 8.0  # at either end of a bar
HAIRLINE: Final = 0.8
HOLLOW: Final = 72.0  # width of the frame of a stage that was not reported
KEYS_GAP: Final = 5.0


@dataclass(frozen=True, slots=True)
class _Stage:
    """A stage with its words in lines."""

    reading: Reading
    name: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def number(self) -> float | None:
        """None where nobody reported it."""
        return None if self.reading.amount is None else float(self.reading.amount)

    @property
    def height(self) -> float:
        return max(BAR, LINE * TEXT * len(self.name), LINE * VALUE * len(self.words))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where names end, where words begin, and the middle and the room of the bars between them."""

    names: float
    words: float
    scale: float

    @property
    def middle(self) -> float:
        return (self.names + self.words) / 2


def drawn(chart: Funnel, style: Style) -> Drawn:
    """The figure; its height follows from the stages.

    `ChartError`: C131 fewer than two stages or more than eight; C132 a number below zero; C133 not one number; C140 a
    stage that is certainly larger than the one before, or counted in another unit.
    """
    sheet = Sheet(style)
    stages = _stages(chart, sheet.width)
    place = _place(stages, sheet.width)
    fill, pale, frame = (hex_of(color) for color in (style.palette.deep, style.palette.pale, style.palette.mid))
    rows = list(_rows(stages))
    for (one, above), (two, below) in pairwise(rows):
        if one.number is not None and two.number is not None:
            _draw_slope(sheet, place, (one.number, above + BAR / 2), (two.number, below - BAR / 2), pale)
    for stage, middle in rows:
        _draw_stage(sheet, place, stage, middle, frame if stage.number is None else fill)
    foot = sum(stage.height for stage in stages) + SLOPE * (len(stages) - 1)
    keys = bar_keys((stage.reading for stage in stages), fill, "right", "两端")
    traces = draw_bars(sheet, _bars(rows, place, solid(fill)))
    return sheet.drawn(traces, draw_keys(sheet, foot + KEYS_GAP, keys) if keys else foot)


def _stages(chart: Funnel, width: float) -> list[_Stage]:
    check_count(KIND, "级", len(chart.stages), MOST_STAGES, LEAST_STAGES)
    unit = unit_named(chart.unit)
    readings = [(stage.label, reading_of(stage.value, unit, stage.label)) for stage in chart.stages]
    check_some(KIND, (reading for _, reading in readings))
    check_from_nought(KIND, readings)
    check_units(KIND, (reading for _, reading in readings))
    for (before, one), (after, two) in pairwise(part for part in readings if part[1].amount is not None):
        if beyond(bounds_of(two).low, bounds_of(one).high):
            message = f"“{after}”{two.said}，多于前一级“{before}”{one.said}，{KIND}只画逐级减少的"
            raise ChartError(message, code="C140", hint="请核对口径，或改用条形图")
    return [
        _Stage(reading, lines_of(label, TEXT, width * NAME_ROOM), lines_of(reading.said, VALUE, width * WORDS_ROOM))
        for label, reading in readings
    ]


# ---------------------------------------------------------------------------------------------------- measuring


def _place(stages: Sequence[_Stage], width: float) -> _Place:
    names = max(widest(stage.name, TEXT) for stage in stages) + GAP
    words = width - max(widest(stage.words, VALUE) for stage in stages) - GAP
    room = words - names
    scales = [(room - 2 * (CAP if s.reading.certain == "least" else 0.0)) / s.number for s in stages if s.number]
    return _Place(names, words, min(scales, default=0.0))


def _rows(stages: Sequence[_Stage]) -> Iterator[tuple[_Stage, float]]:
    """Each stage with the y of its middle."""
    y = 0.0
    for stage in stages:
        yield stage, y + stage.height / 2
        y += stage.height + SLOPE


# ---------------------------------------------------------------------------------------------------- drawing


def _draw_slope(
    sheet: Sheet, place: _Place, upper: tuple[float, float], lower: tuple[float, float], color: str
) -> None:
    """The slope from the foot of one bar, as wide as its number, to the top of the next."""
    corners = []
    for (number, y), sides in ((upper, (-1, 1)), (lower, (1, -1))):
        half = number * place.scale / 2
        corners += [(place.middle + side * half, y) for side in sides]
    sheet.area(cornered(corners), color, below=True)


def _draw_stage(sheet: Sheet, place: _Place, stage: _Stage, middle: float, color: str) -> None:
    name = Voice(TEXT, sheet.ink, side="left")
    words = Voice(VALUE, sheet.quiet if stage.number is None else sheet.ink, bold=stage.number is not None)
    say_lines(sheet, place.names - GAP, middle, stage.name, name)
    say_lines(sheet, place.words + GAP, middle, stage.words, words)
    top = middle - BAR / 2
    if stage.number is None:
        left, right = place.middle - HOLLOW / 2, place.middle + HOLLOW / 2
        sides = ((left, top, right, top), (right, top, right, top + BAR), (right, top + BAR, left, top + BAR))
        sheet.path([dashed(*side) for side in (*sides, (left, top + BAR, left, top))], HAIRLINE, color)
        return
    if not stage.number:
        sheet.line(place.middle, top, place.middle, top + BAR, HAIRLINE, color)
        return
    for half in _halves(place, stage, middle, solid(color)):
        draw_end(sheet, half)


def _halves(place: _Place, stage: _Stage, y: float, fill: Fill) -> tuple[Bar, Bar]:
    """What goes to the left and to the right."""
    half = (stage.number or 0.0) * place.scale / 2
    left, right = (
        Bar(place.middle, place.middle + way * half, y - BAR / 2, BAR, fill, stage.reading.certain, "right", CAP)
        for way in (-1, 1)
    )
    return left, right


def _bars(rows: Sequence[tuple[_Stage, float]], place: _Place, fill: Fill) -> Iterator[Bar]:
    """Each bar from end to end, without its ends."""
    for stage, y in rows:
        if stage.number:
            left, right = _halves(place, stage, y, fill)
            yield left._replace(base=left.end + left.cut, end=right.end - right.cut, certain="exact")


def alt_text(chart: Funnel) -> str:
    """Stage after stage with its words."""
    stages = "，".join(f"{stage.label}{said(stage.value)}" for stage in chart.stages)
    return f"{KIND}{of_unit(chart.unit)}。{stages}。"
