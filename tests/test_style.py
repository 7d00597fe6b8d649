"""Styles: the grid of the standard, pages of one's own, and pages that cannot be."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import Any

import pytest

from digest.style import BRIEFING, Style
from digest.units import mm


def test_the_briefing_is_the_page_of_the_standard() -> None:
    assert BRIEFING.cells == 28
    assert BRIEFING.lines == 22
    assert BRIEFING.body == pytest.approx(15.793, abs=0.001)
    assert (BRIEFING.lines - 1) * BRIEFING.leading + BRIEFING.body == pytest.approx(BRIEFING.depth)
    assert BRIEFING.snapped().measure == pytest.approx(BRIEFING.measure)


def test_a_style_of_points_keeps_its_size_leading_and_measure() -> None:
    style = Style(size=16.0, pitch=28.8)
    assert (style.body, style.leading, style.measure) == (16.0, 28.8, mm(156))
    assert style.cells == 27


def test_a_snapped_measure_holds_whole_characters_and_the_margins_share_the_rest() -> None:
    style = Style(size=16.0, pitch=28.8, mirrored=False).snapped()
    assert style.measure == 27 * 16
    right = style.page_width - style.binding - style.measure
    assert style.binding - mm(28) == pytest.approx(right - mm(26))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"size": -1.0}, "size"),
        ({"measure": nan}, "measure"),
        ({"measure": 600.0}, "beyond the sheet"),
        ({"top": 300.0}, "beyond the sheet"),
        ({"size": 500.0}, "holds no character"),
        ({"pitch": 3.0}, "overlap"),
        ({"pitch": 40.0}, "deeper"),
        ({"lines": 0}, "lines"),
        ({"characters": 0}, "characters"),
        ({"voice": "comic"}, "voice"),
        ({"folio": "left"}, "folio"),
    ],
)
def test_a_page_that_cannot_be_is_an_error_of_programming(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(BRIEFING, **wrong)
