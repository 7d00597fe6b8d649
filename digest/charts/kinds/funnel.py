"""What is left from stage to stage (征集、认领、办结): bars about one middle, the first the widest.

Between two bars a pale slope shows how much went; where a stage was not reported there is neither bar nor slope. A
stage that is certainly larger than the one before makes no funnel and is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from digest.charts.drawn import Drawn
from digest.charts.kit.shades import say_lines
from digest.charts.kit.shapes import dashed
from digest.charts.kit.sheet import KEY_LINE, Sheet, Voice, draw_cap, draw_key, end_keys, notch_depth
from digest.charts.reported import (
    check_count,
    check_numbers,
    check_units,
    drawn_number,
    lines_of,
    of_unit,
    widest,
    words_of,
)
from digest.charts.theme import TEXT, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.charts.kit.sheet import End
    from digest.story.charts import Funnel, Share
    from digest.style import Style

NAME: Final = "漏斗图"
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
    """A stage with its words in lines; without a number nobody reported it. Width in points."""

    number: float | None
    end: End
    name: tuple[str, ...]
    words: tuple[str, ...]
    width: float = 0.0

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
    _check(chart)
    sheet = Sheet(style)
    stages = [_stage(share, chart.unit, sheet.width) for share in chart.stages]
    place = _place(stages, sheet.width)
    fill, pale, frame = (hex_of(color) for color in (style.palette.deep, style.palette.pale, style.palette.mid))
    rows = list(_rows(stages))
    for (one, above), (two, below) in pairwise(rows):
        if one.number is not None and two.number is not None:
            _draw_slope(sheet, place, (one.number, above + BAR / 2), (two.number, below - BAR / 2), pale)
    for stage, middle in rows:
        _draw_stage(sheet, place, stage, middle, frame if stage.number is None else fill)
    y = sum(stage.height for stage in stages) + SLOPE * (len(stages) - 1)
    bottom = _draw_keys(sheet, chart, y, fill)
    height = float(math.ceil(bottom))
    layout = {**sheet.layout(height), "barmode": "overlay", "bargap": 0}
    return Drawn({"data": [*_bars(rows, place, fill), *sheet.traces()], "layout": layout}, style.measure, height)


def _check(chart: Funnel) -> None:
    check_count(NAME, "级", len(chart.stages), LEAST_STAGES, MOST_STAGES)
    check_numbers(NAME, [(stage.label, stage.value) for stage in chart.stages])
    check_units(NAME, [stage.value for stage in chart.stages])
    for before, after in pairwise(stage for stage in chart.stages if stage.value.quantity is not None):
        if _surely_more(after, before):
            message = (
                f"“{after.label}”{words_of(after.value)}，多于前一级“{before.label}”{words_of(before.value)}，"
                f"{NAME}只画逐级减少的"
            )
            raise ChartError(message, code="C140", hint="请核对口径，或改用条形图")


def _surely_more(after: Share, before: Share) -> bool:
    one, two = after.value.quantity, before.value.quantity
    if one is None or two is None or one.lower is None or two.upper is None:
        return False
    return one.lower > two.upper or (one.lower == two.upper and (one.lower_strict or two.upper_strict))


# ---------------------------------------------------------------------------------------------------- measuring


def _stage(share: Share, unit: str, width: float) -> _Stage:
    number = drawn_number(share.value, unit)
    name = lines_of(share.label, TEXT, width * NAME_ROOM)
    words = lines_of(words_of(share.value), VALUE, width * WORDS_ROOM)
    return _Stage(None, "plain", name, words) if number is None else _Stage(float(number[0]), number[1], name, words)


def _place(stages: Sequence[_Stage], width: float) -> _Place:
    names = max(widest(stage.name, TEXT) for stage in stages) + GAP
    words = width - max(widest(stage.words, VALUE) for stage in stages) - GAP
    room = words - names
    scales = [(room - 2 * (CAP if s.end == "open" else 0.0)) / s.number for s in stages if s.number]
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
    path = "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"
    sheet.path([path], 0, color, fill=color)
    sheet.shapes[-1]["layer"] = "below"


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
    half = stage.number * place.scale / 2
    if not half:
        sheet.line(place.middle, top, place.middle, top + BAR, HAIRLINE, color)
    elif stage.end == "open":
        draw_cap(sheet, place.middle + half, top, CAP, BAR, color)
        draw_cap(sheet, place.middle - half - CAP, top, CAP, BAR, color)
    elif stage.end == "notch":
        for way in (-1, 1):
            _draw_notch(sheet, place.middle + way * half, way * notch_depth(half), top, color)


def _draw_notch(sheet: Sheet, end: float, depth: float, top: float, color: str) -> None:
    """Two tips that reach the bound at `end`; the bar stops `depth` before it."""
    under = end - depth * 1.2  # lies a little under the bar, so that no seam shows
    corners = ((under, top), (end, top), (end - depth, top + BAR / 2), (end, top + BAR), (under, top + BAR))
    sheet.path(["M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"], 0, color, fill=color)


def _draw_keys(sheet: Sheet, chart: Funnel, foot: float, fill: str) -> float:
    """What the ends mean; the foot of the picture."""
    keys = end_keys(stage.value.quantity for stage in chart.stages if stage.value.quantity is not None)
    y = foot + KEYS_GAP
    for end, text in keys:
        draw_key(sheet, 0.0, y + KEY_LINE / 2, end, text.replace("右端", "两端"), fill)
        y += KEY_LINE
    return y if keys else foot


def _bars(rows: Sequence[tuple[_Stage, float]], place: _Place, fill: str) -> list[dict[str, Any]]:
    lengths, middles = [], []
    for stage, middle in rows:
        if stage.number:
            length = stage.number * place.scale
            lengths.append(length - (2 * notch_depth(length / 2) if stage.end == "notch" else 0.0))
            middles.append(round(middle, 3))
    return [
        {
            "type": "bar", "orientation": "h", "x": lengths, "y": middles, "width": BAR,
            "base": [place.middle - length / 2 for length in lengths], "cliponaxis": False,
            "marker": {"color": fill, "line": {"width": 0}},
        }
    ] if lengths else []  # fmt: skip


def alt_text(chart: Funnel) -> str:
    """Stage after stage with its words."""
    stages = "，".join(f"{stage.label}{words_of(stage.value)}" for stage in chart.stages)
    return f"{NAME}{of_unit(chart.unit)}。{stages}。"
