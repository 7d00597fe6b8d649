from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from digest.charts.kit.bars import NOTCH, SIDE_CAP, STUB, TOP_CAP, WAVE, Bar, draw_bars
from digest.charts.kit.pens import solid
from digest.charts.kit.sheet import Sheet
from digest.style import BRIEFING

if TYPE_CHECKING:
    from digest.charts.kit.bars import Way
    from digest.charts.kit.readings import Certain

BLUE = solid("#1f3a5f")


def points(bar: Bar) -> set[tuple[float, float]]:
    """Every point of what is drawn at the end of a bar."""
    sheet = Sheet(BRIEFING)
    draw_bars(sheet, [bar])
    pairs = (pair for shape in sheet.shapes for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape["path"]))
    return {(float(x), float(y)) for x, y in pairs}


@pytest.mark.parametrize(
    ("certain", "more", "reach"),
    [
        ("exact", "up", 0),
        ("least", "up", TOP_CAP),
        ("most", "up", 0),
        ("vague", "up", WAVE),
        ("least", "right", SIDE_CAP),
    ],
)
def test_a_bar_takes_the_room_of_its_end(certain: Certain, more: Way, reach: float) -> None:
    base, end = (100, 60) if more == "up" else (0, 40)
    bar = Bar(base, end, 10, 20, BLUE, certain, more)
    assert abs(bar.tip - bar.base) == 40 + reach
    assert all(
        bar.box.left - 0.01 <= x <= bar.box.right + 0.01 and bar.box.top - WAVE <= y <= bar.box.bottom + 0.01
        for x, y in points(bar)
    )


def test_a_notch_has_tips_at_the_number_and_is_no_deeper_than_the_bar_is_long() -> None:
    tips = points(Bar(100, 60, 10, 20, BLUE, "most"))
    assert {(10, 60), (30, 60), (20, 60 + NOTCH)} <= tips
    assert Bar(100, 98, 10, 20, BLUE, "most").cut == 2


def test_a_bar_that_lies_has_the_end_of_one_that_stands_turned() -> None:
    lying = points(Bar(0, 40, 10, 20, BLUE, "most", "right"))
    hanging = points(Bar(0, 40, 10, 20, BLUE, "most"))
    assert lying == {(y, x) for x, y in hanging}


def test_bars_of_one_fill_are_one_trace_and_nought_has_a_stub() -> None:
    sheet = Sheet(BRIEFING)
    standing, lying = draw_bars(
        sheet, [Bar(9, 5, 0, 4, BLUE), Bar(9, 9, 8, 4, BLUE), Bar(0, 7, 0, 4, BLUE, more="right")]
    )
    assert (standing["x"], standing["y"], standing["base"]) == ([2, 10], [-4, 0], [9, 9])
    assert (lying["orientation"], lying["x"], lying["y"]) == ("h", [7], [2])
    assert [shape["line"]["width"] for shape in sheet.shapes] == [STUB]
