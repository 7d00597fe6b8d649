"""Intervals: what is computed from them holds every number that may come out, and no end that cannot."""

from __future__ import annotations

from fractions import Fraction

import pytest

from digest.data.interval import Interval, exactly

F = Fraction


@pytest.mark.parametrize(
    ("lower", "upper", "lower_open", "upper_open"),
    [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True)],
)
def test_an_interval_without_a_number_is_none(lower: int, upper: int, *, lower_open: bool, upper_open: bool) -> None:
    with pytest.raises(ValueError, match="no number lies in"):
        Interval(F(lower), F(upper), lower_open, upper_open)


@pytest.mark.parametrize(
    ("expected", "over", "under"),
    [
        (exactly(F(1, 2)), exactly(1), exactly(2)),
        (Interval(F(1, 4), F(1)), Interval(F(1), F(2)), Interval(F(2), F(4))),
        (Interval(F(-1), F(1)), Interval(F(-2), F(2)), Interval(F(2), F(4))),
        (Interval(F(-1), F(-1, 4)), Interval(F(-2), F(-1)), Interval(F(2), F(4))),
        (Interval(F(0), F(1), lower_open=True), exactly(2), Interval(F(2))),
        (Interval(F(0), F(0)), exactly(0), Interval(F(2))),
        (Interval(F(1, 2), None, lower_open=True), exactly(1), Interval(F(0), F(2), lower_open=True, upper_open=True)),
        (Interval(None, F(-1, 2)), exactly(-1), Interval(F(0), F(2), lower_open=True)),
        (Interval(), Interval(), exactly(2)),
    ],
)
def test_a_ratio_lies_between_the_ratios_of_the_ends(expected: Interval, over: Interval, under: Interval) -> None:
    assert over / under == expected


@pytest.mark.parametrize("under", [exactly(0), Interval(F(0), F(1)), exactly(-1), Interval(None, F(1)), Interval()])
def test_nothing_is_divided_by_what_may_be_zero_or_less(under: Interval) -> None:
    with pytest.raises(ValueError, match="cannot divide"):
        exactly(1) / under


def test_an_open_end_stays_open_in_sums_and_differences() -> None:
    some, more = Interval(F(1), F(2), upper_open=True), Interval(F(3))
    assert some + more == Interval(F(4))
    assert some - more == Interval(None, F(-1), upper_open=True)
    assert (F(1) in some, F(2) in some, 0 in some) == (True, False, False)


def test_a_factor_is_above_zero() -> None:
    assert Interval(F(1), F(2)) * 3 == Interval(F(3), F(6))
    with pytest.raises(ValueError, match="above zero"):
        Interval() * 0
