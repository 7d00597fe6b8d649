from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.kinds.donut import ramp
from digest.charts.kit.readings import read, unit_named
from digest.charts.kit.shades import MOST_STEPS, ink_on, steps_of
from digest.charts.theme import hex_of
from digest.data.quantity import parse_quantity
from digest.story.charts import Value
from digest.style import BRIEFING

if TYPE_CHECKING:
    from digest.charts.kit.shades import Steps

PALETTE = BRIEFING.palette
NUMBERS = st.lists(st.integers(0, 10**12) | st.decimals(0, 1000, places=2), min_size=1, max_size=20)


def lightness(color: str) -> float:
    """L* of a colour."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    y = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def steps(*texts: str, unit: str = "个") -> Steps:
    counted = unit_named(unit)
    return steps_of([read(Value(parse_quantity(text), text), counted) for text in texts], counted, PALETTE)


@given(NUMBERS)
def test_every_number_lies_in_its_step(numbers: list[object]) -> None:
    found = steps(*(f"{number}个" for number in numbers))
    assert len(found.colors) <= MOST_STEPS
    for text in map(str, numbers):
        number = Fraction(text)
        step = found.step(number)
        assert found.bounds[step] <= number <= found.bounds[step + 1]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_whole_numbers_have_whole_bounds(numbers: list[int]) -> None:
    assert all(bound.denominator == 1 for bound in steps(*(f"{number}个" for number in numbers)).bounds)


def test_darker_steps_differ_by_eighteen_from_their_neighbours() -> None:
    shades = [lightness(color) for color in steps("0个", "10个", "20个", "30个", "40个").colors]
    assert len(shades) == 4
    assert all(round(one - two) >= 18 for one, two in pairwise(shades))


def test_neighbours_in_a_ring_differ_by_eighteen() -> None:
    shades = [lightness(hex_of(color)) for color in ramp(PALETTE)]
    for count in range(2, len(shades) + 1):
        ring = [*shades[:count], shades[0]]
        assert all(round(abs(one - two)) >= 18 for one, two in pairwise(ring))


@pytest.mark.parametrize("color", ["#D5E0EC", "#93B1CF", "#4F76A3", "#1F3A5F"])
def test_words_on_a_shade_can_be_read(color: str) -> None:
    assert abs(lightness(ink_on(color)) - lightness(color)) > 45


def test_what_is_less_than_a_bound_lies_below_it() -> None:
    found = steps("0个", "40个")
    assert found.step(Fraction(20)) == found.step(Fraction(20), below=True) + 1


def test_bounds_are_counted_as_the_unit_is() -> None:
    assert steps("0元", "300000000元", unit="元").labels() == ("0", "1亿", "2亿", "3亿")
    assert steps("0万元", "400000万元", unit="万元").labels()[-1] == "400000"
