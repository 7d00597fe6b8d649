from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.kit.shapes import dashed, hatched

LENGTH = st.floats(0, 300)


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.\d+", path)]


@given(LENGTH, LENGTH, LENGTH, LENGTH)
def test_no_stroke_leaves_its_box(left: float, top: float, width: float, height: float) -> None:
    for stroke in hatched(left, top, width, height):
        x0, y0, x1, y1 = numbers(stroke)
        assert left - 0.001 <= x0 <= x1 <= left + width + 0.001
        assert top - 0.001 <= y1 <= y0 <= top + height + 0.001


def test_strokes_go_on_in_the_box_beside() -> None:
    places = {round(sum(numbers(stroke)[:2]), 2) for stroke in hatched(0, 0, 40, 20)}
    assert {round(sum(numbers(stroke)[:2]), 2) for stroke in hatched(20, 0, 20, 20)} <= places


@given(LENGTH, LENGTH, LENGTH, LENGTH)
def test_dashes_stay_between_their_ends(x0: float, y0: float, x1: float, y1: float) -> None:
    found = numbers(dashed(x0, y0, x1, y1))
    assert all(min(x0, x1) - 0.001 <= x <= max(x0, x1) + 0.001 for x in found[::2])
    assert all(min(y0, y1) - 0.001 <= y <= max(y0, y1) + 0.001 for y in found[1::2])


def test_a_line_of_no_length_has_no_dash() -> None:
    assert dashed(1, 1, 1, 1) == ""


def test_dashes_and_gaps_follow_each_other() -> None:
    assert numbers(dashed(0, 0, 7, 0))[::2] == pytest.approx([0, 2.6, 4.4, 7])
