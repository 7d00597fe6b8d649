from __future__ import annotations

import pytest

from digest.charts.colors import NAMED_COLORS, color
from digest.drawing import Color
from digest.errors import ChartError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru", (205, 133, 63, 1)),
        ("#f80", (255, 136, 0, 1)),
        ("#ff880033", (255, 136, 0, 0.2)),
        ("rgb(255, 136, 0)", (255, 136, 0, 1)),
        ("rgb(100% 0% 50% / 25%)", (255, 0, 127.5, 0.25)),
        ("rgba(300,-5,0,0.5)", (255, 0, 0, 0.5)),
        ("hsl(120, 100%, 25%)", (0, 127.5, 0, 1)),
        ("hsla(480deg,100%,25%,.5)", (0, 127.5, 0, 0.5)),
    ],
)
def test_a_colour_is_read_however_css_writes_it(text: str, expected: tuple[float, float, float, float]) -> None:
    found = color(text)
    assert found is not None
    assert (found.red * 255, found.green * 255, found.blue * 255, found.alpha) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("text", ["none", "transparent", "rgba(1,2,3,0)", "#12345600"])
def test_a_colour_that_cannot_be_seen_is_none(text: str) -> None:
    assert color(text) is None


@pytest.mark.parametrize("text", ["burgundy-ish", "#12", "#12345", "rgb(1,2)", "rgb(a,b,c)", "url(#x)", "currentcolor"])
def test_what_is_no_colour_is_refused_by_name(text: str) -> None:
    with pytest.raises(ChartError) as caught:
        color(text)
    assert caught.value.code == "C105"
    assert text in caught.value.message


def test_an_opacity_is_worked_into_the_colour() -> None:
    assert color("rgba(255,0,0,0.5)", 0.5) == Color(1.0, 0.0, 0.0, 0.25)


def test_css_has_148_names() -> None:
    assert len(NAMED_COLORS) == 148
