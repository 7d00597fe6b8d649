from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.paths import (
    apply,
    bounds,
    ellipse,
    inverse,
    joined_lines,
    parse_path,
    parse_transform,
    polyline,
    scale_of,
    times,
    transformed,
)
from digest.drawing import IDENTITY
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.drawing import Segment

small = st.floats(-50, 50, allow_nan=False)


def ends(segments: tuple[Segment, ...]) -> list[tuple[float, float]]:
    return [(segment[-2], segment[-1]) for segment in segments if len(segment) > 1]


def test_relative_commands_go_from_where_the_path_stands() -> None:
    assert ends(parse_path("m1,2 l3,4 h5 v-6 z l1,1")) == [(1, 2), (4, 6), (9, 6), (9, 0), (2, 3)]


def test_further_pairs_of_a_move_are_lines() -> None:
    assert parse_path("M0 0 1 1 2 0") == (("M", 0, 0), ("L", 1, 1), ("L", 2, 0))


def test_numbers_may_touch_each_other_and_use_exponents() -> None:
    assert parse_path("M1.5.5-2-3L1e1-2E0") == (("M", 1.5, 0.5), ("L", -2, -3), ("L", 10, -2))


def test_a_smooth_curve_mirrors_the_handle_before_it() -> None:
    *_, smooth = parse_path("M0,0C0,10,10,10,10,0S20,-10,20,0")
    assert smooth == ("C", 10, -10, 20, -10, 20, 0)


def test_a_smooth_curve_after_a_line_starts_from_its_own_point() -> None:
    *_, smooth = parse_path("M0,0L5,5S9,9,10,5")
    assert smooth == ("C", 5, 5, 9, 9, 10, 5)


def test_quadratic_curves_keep_their_shape_as_cubic_ones() -> None:
    *_, curve = parse_path("M0,0Q3,6,6,0")
    assert curve == pytest.approx(("C", 2, 4, 4, 4, 6, 0)) or curve[1:] == pytest.approx((2, 4, 4, 4, 6, 0))


@pytest.mark.parametrize(("large", "sweep", "highest"), [(0, 1, -1.0), (0, 0, 1.0)])
def test_a_half_circle_turns_the_way_its_sweep_says(large: int, sweep: int, highest: float) -> None:
    segments = parse_path(f"M-1,0A1,1,0,{large},{sweep},1,0")
    middle = ends(segments)[1]
    assert middle == pytest.approx((0, highest), abs=1e-9)


def test_arc_flags_may_be_glued_to_what_follows() -> None:
    assert parse_path("M0,0a1,1 0 01.5.5") == parse_path("M0,0a1,1 0 0 1 .5 .5")


def test_radii_that_do_not_reach_are_enlarged() -> None:
    assert ends(parse_path("M0,0A1,1,0,0,1,10,0"))[1] == pytest.approx((5, -5))


def test_an_arc_without_radius_is_a_line_and_one_to_itself_is_nothing() -> None:
    assert parse_path("M0,0A0,5,0,0,1,3,3")[1] == ("L", 3, 3)
    assert parse_path("M0,0A5,5,0,0,1,0,0") == (("M", 0, 0),)


@given(small, small, st.floats(1, 40), st.sampled_from((0, 1)), st.sampled_from((0, 1)))
def test_every_point_of_a_circular_arc_lies_on_its_circle(x: float, y: float, r: float, large: int, sweep: int) -> None:
    segments = parse_path(f"M0,0A{r:.6f},{r:.6f},0,{large},{sweep},{x:.6f},{y:.6f}")
    assert ends(segments)[-1] == pytest.approx((round(x, 6), round(y, 6)), abs=1e-6) or len(segments) == 1
    points = ends(segments)
    chord = math.hypot(x, y)
    for one, two in pairwise(points):
        assert math.dist(one, two) <= max(2 * r, chord) + 1e-3


@pytest.mark.parametrize("data", ["M0,0X3,3", "M0", "L", "M0,0A1,1,0,2,1,3,3", "M0,0L1,zwei"])
def test_path_data_that_is_not_understood_is_named(data: str) -> None:
    with pytest.raises(ChartError) as caught:
        parse_path(data)
    assert caught.value.code == "C105"
    assert "path d" in caught.value.message


def test_transforms_apply_from_right_to_left() -> None:
    assert apply(parse_transform("translate(10,20) scale(2)"), 1, 1) == (12, 22)


def test_a_rotation_may_have_a_centre() -> None:
    assert apply(parse_transform("rotate(90 5 5)"), 6, 5) == pytest.approx((5, 6))


def test_plotly_writes_transforms_without_spaces() -> None:
    assert apply(parse_transform("translate(1,2)rotate(180)scale(2)"), 1, 0) == pytest.approx((-1, 2))


@pytest.mark.parametrize("text", ["perspective(3)", "rotate(1,2)", "matrix(1,0,0)", "scale", "translate(1,2) spin(3)"])
def test_a_transform_that_is_not_understood_is_named(text: str) -> None:
    with pytest.raises(ChartError, match="transform"):
        parse_transform(text)


@given(small, small, st.floats(0.1, 5), st.floats(-180, 180))
def test_an_inverse_undoes_its_matrix(x: float, y: float, scale: float, degrees: float) -> None:
    matrix = parse_transform(f"translate({x:.4f},{y:.4f}) rotate({degrees:.4f}) scale({scale:.4f})")
    assert times(inverse(matrix), matrix) == pytest.approx(IDENTITY, abs=1e-6)
    assert scale_of(matrix) == pytest.approx(round(scale, 4))


def test_a_mirror_and_a_stretch_have_no_even_scale() -> None:
    assert scale_of((-1, 0, 0, 1, 0, 0)) is None
    assert scale_of((2, 0, 0, 1, 0, 0)) is None


def test_a_flat_matrix_has_no_inverse() -> None:
    with pytest.raises(ChartError):
        inverse((0, 0, 0, 0, 1, 1))


def test_an_ellipse_reaches_its_radii_exactly() -> None:
    assert bounds(ellipse(10, 20, 3, 4)) == pytest.approx((7, 16, 13, 24))


def test_bounds_follow_a_transform() -> None:
    assert bounds(transformed(polyline("0,0 2,0 2,1", closed=True), (2, 0, 0, 2, 1, 1))) == (1, 1, 5, 3)
    assert bounds(()) is None


def test_lines_that_continue_each_other_are_joined_and_others_stay() -> None:
    lines = parse_path("M0,0L4,4M8,8L4,4M9,9L12,12M0,5L5,5M5,6L0,6")
    assert joined_lines(lines) == (*parse_path("M0,0L8,8M9,9L12,12"), *parse_path("M0,5L5,5M0,6L5,6"))
    corner = parse_path("M0,0L4,4L8,0")
    assert joined_lines(corner) == corner


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.integers(1, 6)), min_size=1, max_size=30))
def test_joined_lines_cover_what_they_were_joined_from(stretches: list[tuple[int, int, int]]) -> None:
    lines = parse_path("".join(f"M{x},{y}L{x + length},{y}" for x, y, length in stretches))
    covered = {(x + step, y) for x, y, length in stretches for step in range(length)}
    joined = joined_lines(lines)
    found = [bounds(line) or (0, 0, 0, 0) for line in zip(joined[0::2], joined[1::2], strict=True)]
    assert covered == {(x, y) for left, y, right, _ in found for x in range(round(left), round(right))}
    assert len(found) == sum((x - 1, y) not in covered for x, y in covered)
