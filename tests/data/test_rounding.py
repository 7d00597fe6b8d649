"""Rounding: half away from zero, and never onto a number that would say something else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.compare import Comparison, Kind, completion, difference, growth
from digest.data.interval import Interval
from digest.data.quantity import parse_quantity
from digest.data.rounding import LIMITS, Relation, Shown, rounded, rounded_outwards, show_number, shown

F = Fraction
DIGITS = st.integers(0, 4)
NUMBERS = st.fractions(-300, 300, max_denominator=10**5)


@pytest.mark.parametrize(
    ("expected", "number", "digits"),
    [
        ("0.3", "0.25", 1),
        ("-0.3", "-0.25", 1),
        ("0.4", "0.35", 1),  # half-even would be the same, binary floats would not
        ("0.5", "0.45", 1),
        ("0.2", "0.249999", 1),
        ("3", "2.5", 0),
        ("-3", "-2.5", 0),
        ("2", "2.4999", 0),
        ("48.5", "48.4694", 1),
        ("1.005", "1.005", 3),
        ("1.01", "1.005", 2),
        ("0.0", "-0.04", 1),
        ("0", "-0.4", 0),
        ("100.0", "99.96", 1),
        ("-12.30", "-12.3", 2),
        ("0.05", "0.05", 2),
    ],
)
def test_half_goes_away_from_zero_and_zero_has_no_sign(expected: str, number: str, digits: int) -> None:
    assert Shown(rounded(F(number), digits), digits).numeral == expected


@pytest.mark.parametrize(
    ("numeral", "relation", "number", "digits", "limits"),
    [
        ("100", "under", "99.96", 1, (0, 100)),
        ("100", "over", "100.04", 1, (0, 100)),
        ("100.0", "exact", "100", 1, (0, 100)),
        ("99.9", "rounded", "99.94", 1, (0, 100)),
        ("0.1", "under", "0.04", 1, (0, 100)),
        ("-0.1", "under", "-0.04", 1, (0,)),
        ("1", "under", "0.4", 0, (0,)),
        ("0.0", "exact", "0", 1, (0,)),
        ("0.1", "rounded", "0.05", 1, (0,)),
        ("-100", "under", "-99.96", 1, (-100, 0)),
        ("-100.0", "exact", "-100", 1, (-100, 0)),
        ("1", "over", "1.04", 1, (1,)),
        ("48.5", "rounded", "48.4694", 1, (0, 100)),
        ("48.5", "exact", "48.5", 1, (0, 100)),
    ],
)
def test_rounding_does_not_reach_what_is_not_reached(
    numeral: str, relation: Relation, number: str, digits: int, limits: tuple[int, ...]
) -> None:
    found = show_number(F(number), digits, limits)
    assert (found.numeral, found.relation) == (numeral, relation)


def test_what_is_almost_done_is_not_shown_as_done() -> None:
    almost = completion(parse_quantity("9996项"), parse_quantity("10000项"))
    assert isinstance(almost, Comparison)
    assert shown(almost, 1) == Shown(F(100), 0, "under")


def test_a_change_is_never_shown_as_none() -> None:
    up = growth(parse_quantity("10003项"), parse_quantity("10000项"))
    assert isinstance(up, Comparison)
    assert shown(up, 1) == Shown(F(1, 10), 1, "under")
    more = difference(parse_quantity("10003元"), parse_quantity("10000元"))
    assert isinstance(more, Comparison)
    assert shown(more, 0, "万") == Shown(F(1), 0, "under")
    assert shown(more, 0) == Shown(F(3), 0)


@pytest.mark.parametrize(
    ("expected", "kind", "value"),
    [
        ("17.0", "percent_points", F(17, 100)),
        ("1.5", "multiple", F(3, 2)),
        ("48.5", "share", F(95, 196)),
        ("125.0", "contribution", F(5, 4)),
    ],
)
def test_parts_of_one_are_shown_per_cent_and_multiples_as_they_are(expected: str, kind: Kind, value: Fraction) -> None:
    found = shown(Comparison(kind, value, ()), 1)
    assert isinstance(found, Shown)
    assert found.numeral == expected


def test_an_interval_is_rounded_outwards_and_what_moved_is_open() -> None:
    found = shown(Comparison("share", Interval(F(95, 196), F(1)), ()), 1)
    assert found == Interval(F(484, 10), F(100), lower_open=True)


def test_decimals_are_counted_from_zero() -> None:
    with pytest.raises(ValueError, match="counted from 0"):
        rounded(F(1), -1)


@given(NUMBERS, DIGITS)
def test_a_rounded_number_is_at_most_half_a_step_away_and_as_far_on_the_other_side_of_zero(
    number: Fraction, digits: int
) -> None:
    assert abs(rounded(number, digits) - number) <= F(1, 2 * 10**digits)
    assert rounded(-number, digits) == -rounded(number, digits)
    assert not Shown(rounded(number, digits), digits).numeral.startswith("-0.0") or rounded(number, digits)


@given(NUMBERS, DIGITS, st.sampled_from(sorted(LIMITS)))
def test_rounding_never_crosses_a_claimed_bound(number: Fraction, digits: int, kind: Kind) -> None:
    found = show_number(number, digits, LIMITS[kind])
    match found.relation:
        case "exact":
            assert found.number == number
        case "under":
            assert abs(number) < abs(found.number)
            assert number * found.number > 0
        case "over":
            assert abs(number) > abs(found.number)
            assert number * found.number > 0
        case "rounded":
            for limit in LIMITS[kind]:
                assert (found.number > limit, found.number < limit) == (number > limit, number < limit)
    assert F(found.numeral) == found.number


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    lower, width = draw(NUMBERS), draw(st.none() | st.fractions(0, 5, max_denominator=10**5))
    if not width:
        return Interval(lower, None if width is None else lower)
    return Interval(lower, lower + width, draw(st.booleans()), draw(st.booleans()))


@given(intervals(), DIGITS, st.fractions(0, 1))
def test_an_interval_rounded_outwards_holds_all_it_held_and_is_less_than_a_step_wider(
    interval: Interval, digits: int, part: Fraction
) -> None:
    outer, step = rounded_outwards(interval, digits), F(1, 10**digits)
    assert interval.lower is not None
    assert outer.lower is not None
    end = interval.lower + 9 if interval.upper is None else interval.upper
    number = interval.lower + part * (end - interval.lower)
    assert number not in interval or number in outer
    assert 0 <= interval.lower - outer.lower < step
    if interval.upper is not None:
        assert outer.upper is not None
        assert 0 <= outer.upper - interval.upper < step
    else:
        assert outer.upper is None


@pytest.mark.parametrize(
    ("number", "digits", "half_up", "half_even"),
    [
        ("0.25", 1, "0.3", "0.2"),
        ("0.35", 1, "0.4", "0.4"),
        ("0.2501", 1, "0.3", "0.3"),
        ("-0.25", 1, "-0.3", "-0.2"),
        ("-0.35", 1, "-0.4", "-0.4"),
        ("0.5", 0, "1", "0"),
        ("1.5", 0, "2", "2"),
        ("2.5", 0, "3", "2"),
        ("-2.5", 0, "-3", "-2"),
        ("12.345", 2, "12.35", "12.34"),
        ("0.05", 1, "0.1", "0.0"),
        ("99.95", 1, "100.0", "100.0"),
        ("7", 1, "7.0", "7.0"),
    ],
)
def test_a_half_goes_where_the_rule_says(number: str, digits: int, half_up: str, half_even: str) -> None:
    assert rounded(Fraction(number), digits) == Fraction(half_up)
    assert rounded(Fraction(number), digits, "half_even") == Fraction(half_even)
    assert Shown(rounded(Fraction(number), digits, "half_even"), digits).numeral == half_even
