"""Comparisons over time: what may be called 同比 or 环比, 当月 out of 累计, and how much of a period is over."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.compare import Comparison
from digest.data.incomparable import Incomparable
from digest.data.over_time import Change, Dated, Elapsed, Reach, alone, compare_over_time, elapsed
from digest.data.period import Period, parse_period
from digest.data.quantity import Quantity, parse_quantity

By = Literal["months", "days"]


def dated(text: str, period: str, reach: Reach = "alone") -> Dated:
    return Dated(parse_quantity(text) if text else None, parse_period(period), reach)


@pytest.mark.parametrize(
    ("expected", "now", "before", "reach"),
    [
        ("year_on_year", "2023-11", "2022-11", "alone"),
        ("year_on_year", "2023-11", "2022-11", "cumulative"),
        ("year_on_year", "2023-Q3", "2022-Q3", "alone"),
        ("year_on_year", "2023", "2022", "alone"),
        ("on_last_period", "2023-11", "2023-10", "alone"),
        ("on_last_period", "2023-01", "2022-12", "alone"),
        ("on_last_period", "2023-Q1", "2022-Q4", "alone"),
        ("D179", "2023-11", "2023-10", "cumulative"),
        ("D179", "2023-11", "2023-09", "alone"),
        ("D179", "2023-11", "2021-11", "alone"),
        ("D179", "2022-11", "2023-11", "alone"),
        ("D179", "2023-11", "2023-11", "alone"),
        ("D179", "2023-Q1", "2022-12", "alone"),
        ("D179", "2023", "2022-Q4", "alone"),
    ],
)
def test_two_periods_have_one_name_for_their_comparison_or_none(
    expected: str, now: str, before: str, reach: Reach
) -> None:
    found = compare_over_time(dated("120件", now, reach), dated("100件", before, reach))
    assert (found.code if isinstance(found, Incomparable) else found.basis) == expected


def test_a_change_is_told_as_amount_and_percent_and_each_may_be_refused_alone() -> None:
    found = compare_over_time(dated("120件", "2023-11"), dated("100件", "2023-10"))
    assert isinstance(found, Change)
    assert isinstance(found.amount, Comparison)
    assert isinstance(found.percent, Comparison)
    assert found.amount.value == 20
    assert found.percent.value == Fraction(1, 5)
    from_nothing = compare_over_time(dated("120件", "2023-11"), dated("0件", "2023-10"))
    assert isinstance(from_nothing, Change)
    assert isinstance(from_nothing.amount, Comparison)
    assert isinstance(from_nothing.percent, Incomparable)
    assert from_nothing.amount.value == 120
    assert from_nothing.percent.code == "D172"


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (dated("120件", "2023-11", "cumulative"), dated("100件", "2022-11")),
        (dated("120件", "2023-11"), dated("100件", "2022-11", "cumulative")),
        (dated("累计120件", "2023-11"), dated("100件", "2022-11")),
        (dated("120件", "2023-11"), dated("累计100件", "2022-11")),
        (dated("", "2023-11", "cumulative"), dated("累计100件", "2022-11")),
    ],
)
def test_cumulative_and_single_periods_are_never_compared(now: Dated, before: Dated) -> None:
    found = compare_over_time(now, before)
    assert isinstance(found, Incomparable)
    assert found.code == "D178"


def test_a_cumulative_number_may_be_written_with_the_word_or_without() -> None:
    found = compare_over_time(dated("累计120件", "2023-11", "cumulative"), dated("100件", "2022-11", "cumulative"))
    assert isinstance(found, Change)
    assert isinstance(found.amount, Comparison)
    assert found.amount.value == 20


@pytest.mark.parametrize(
    ("expected", "upto", "before"),
    [
        (20, ("120件", "2023-11"), ("100件", "2023-10")),
        (20, ("累计120件", "2023-11"), ("累计100件", "2023-10")),
        (0, ("100件", "2023-02"), ("100件", "2023-01")),
        (2_000_000, ("1200万元", "2023-Q3"), ("0.1亿元", "2023-Q2")),
        ("D180", ("120余件", "2023-11"), ("100件", "2023-10")),
        ("D180", ("120件", "2023-11"), ("近100件", "2023-10")),
        ("D181", ("120件", "2023-11"), ("100件", "2023-09")),
        ("D181", ("120件", "2023-01"), ("100件", "2022-12")),
        ("D181", ("120件", "2023-Q4"), ("100件", "2023-10")),
        ("D170", ("120件", "2023-11"), ("", "2023-10")),
        ("D171", ("120件", "2023-11"), ("100人", "2023-10")),
        ("D189", ("48%", "2023-11"), ("45%", "2023-10")),
    ],
)
def test_a_month_alone_comes_out_of_two_exact_cumulative_numbers(
    expected: int | str, upto: tuple[str, str], before: tuple[str, str]
) -> None:
    found = alone(dated(*upto, "cumulative"), dated(*before, "cumulative"))
    assert (found.code if isinstance(found, Incomparable) else found.value) == expected


def test_nothing_is_subtracted_from_what_is_not_cumulative() -> None:
    found = alone(dated("120件", "2023-11"), dated("100件", "2023-10"))
    assert isinstance(found, Incomparable)
    assert found.code == "D193"


@given(st.lists(st.integers(0, 10**6), min_size=12, max_size=12))
def test_the_months_of_a_year_are_found_again_in_what_is_cumulative(months: list[int]) -> None:
    upto = [
        Dated(Quantity(Fraction(total), str(total), "件"), Period(2023, number), "cumulative")
        for number, total in enumerate((sum(months[: count + 1]) for count in range(12)), 1)
    ]
    found = [alone(now, before) for before, now in pairwise(upto)]
    assert [one.value for one in found if isinstance(one, Comparison)] == months[1:]


@pytest.mark.parametrize(
    ("expected", "period", "as_of", "by"),
    [
        ((11, 12), "2023", "2023-11", "months"),
        ((11, 12), "2023", "2023-11-30", "months"),
        ((12, 12), "2023", "2023", "months"),
        ((1, 12), "2023", "2023-01", "months"),
        ((2, 3), "2023-Q4", "2023-11", "months"),
        ((1, 1), "2023-11", "2023-11", "months"),
        ((334, 365), "2023", "2023-11", "days"),
        ((60, 366), "2024", "2024-02", "days"),
        ((1, 365), "2023", "2023-01-01", "days"),
        ((365, 365), "2023", "2023-12-31", "days"),
        ((15, 30), "2023-11", "2023-11-15", "days"),
        ((92, 92), "2023-Q4", "2023-12", "days"),
        ("D182", "2023", "2024-01", "months"),
        ("D182", "2023", "2022-12-31", "days"),
        ("D182", "2023-Q3", "2023-10", "months"),
        ("D183", "2023", "2023-11-15", "months"),
        ("D183", "2024", "2024-02-28", "months"),
    ],
)
def test_so_much_of_a_period_is_over(expected: tuple[int, int] | str, period: str, as_of: str, by: By) -> None:
    found = elapsed(parse_period(period), as_of, by)
    assert (found.code if isinstance(found, Incomparable) else (found.passed, found.whole)) == expected


def test_a_period_is_over_at_its_end_and_not_before() -> None:
    assert Elapsed(11, 12, "months").value == Fraction(11, 12)
    assert Elapsed(12, 12, "months").value == 1


def test_a_day_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"day is out of range|must be in"):
        elapsed(Period(2023), "2023-02-30")
