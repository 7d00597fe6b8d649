"""Comparisons: a value that is certain, or a reason why there is none."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.data.compare import (
    Compared,
    Comparison,
    completion,
    contribution,
    difference,
    growth,
    multiple,
    share,
    shares,
)
from digest.data.incomparable import REASONS, Incomparable
from digest.data.interval import Interval
from digest.data.quantity import QUALIFIERS, Quantity, parse_quantity
from digest.data.worth import worth

if TYPE_CHECKING:
    from collections.abc import Callable

F = Fraction
Told = int | Fraction | Interval | str  # a value, or the code of a refusal


def told(compared: Compared) -> Told:
    return compared.code if isinstance(compared, Incomparable) else compared.value


def ask(question: Callable[[Quantity | None, Quantity | None], Compared], *texts: str) -> Compared:
    one, other = (parse_quantity(text) if text else None for text in texts)
    return question(one, other)


def over(number: int | Fraction, *, strictly: bool = False) -> Interval:
    return Interval(lower=F(number), lower_open=strictly)


def under(number: int | Fraction, *, strictly: bool = False) -> Interval:
    return Interval(upper=F(number), upper_open=strictly)


@pytest.mark.parametrize(
    ("expected", "now", "before"),
    [
        (F(20), "120个", "100个"),
        (F(-20), "100个", "120个"),
        (F(0), "100个", "100个"),
        (F(100), "100个", "0个"),
        (F(1_500_000), "100万元", "-50万元"),
        (F(10_000_000), "4.1亿元", "40000万元"),
        (F(1), "1元", "0.00万元"),
        (F(3000), "1.3万人", "1万人"),
        (F(17, 100), "82%", "65%"),
        (F(-2, 100), "8%", "1/10"),
        (F(1, 10), "三成", "20%"),
        (F(1, 1000), "5‰", "4‰"),
        (F(1, 20), "百分之十五", "10％"),
        (F(1, 100), "3个百分点", "2个百分点"),
        (over(700), "2700余家", "2000家"),
        (over(700, strictly=True), "超2700家", "2000家"),
        (under(200, strictly=True), "近500家", "300家"),
        (under(-100), "100家", "200余家"),
        (over(0, strictly=True), "100家", "不足100家"),
        (over(-50, strictly=True), "至少50家", "不到100家"),
        (F(2), "每年10个", "每年8个"),
        ("D170", "", "100个"),
        ("D170", "100个", ""),
        ("D171", "280人", "25万人次"),
        ("D171", "10个", "每年10个"),
        ("D171", "10%", "10元"),
        ("D171", "3个百分点", "3%"),
        ("D171", "10家", "10户"),
        ("D175", "约100家", "80家"),
        ("D175", "100家", "80家左右"),
        ("D178", "累计100件", "80件"),
        ("D184", "第三届", "第二届"),
        ("D184", "首位", "2位"),
        ("D185", "-5万余元", "3万元"),
        ("D192", "2700余家", "2000余家"),
        ("D192", "近500家", "近400家"),
    ],
)
def test_a_change_is_told_in_whole_units_or_refused(expected: Told, now: str, before: str) -> None:
    assert told(ask(difference, now, before)) == expected


@pytest.mark.parametrize(
    ("expected", "now", "before"),
    [
        (F(1, 5), "120个", "100个"),
        (F(-1, 2), "50个", "100个"),
        (F(-1), "0个", "100个"),
        (F(0), "1亿元", "10000万元"),
        (F(1), "2万件", "1万件"),
        (over(F(7, 20)), "2700余家", "2000家"),
        (under(F(1, 4), strictly=True), "近5亿元", "4亿元"),
        (Interval(F(-1), F(-1, 2), lower_open=True), "100家", "200余家"),
        (over(F(1, 3)), "400余家", "300家"),
        ("D170", "", "1个"),
        ("D171", "1人", "1人次"),
        ("D172", "100个", "0个"),
        ("D173", "100万元", "-50万元"),
        ("D174", "100家", "近100家"),
        ("D174", "100家", "0余家"),
        ("D175", "100家", "约90家"),
        ("D176", "82%", "65%"),
        ("D176", "1/5", "1/10"),
        ("D178", "100件", "累计80件"),
        ("D190", "-10万元", "20万元"),
    ],
)
def test_a_growth_is_told_in_parts_of_what_was_before_or_refused(expected: Told, now: str, before: str) -> None:
    assert told(ask(growth, now, before)) == expected


@pytest.mark.parametrize(
    ("expected", "now", "base"),
    [
        (F(3), "300个", "100个"),
        (F(1), "100个", "100个"),
        (F(3, 2), "15%", "10%"),
        (F(41), "4.1亿元", "1000万元"),
        (over(F(27, 20)), "2700余家", "2000家"),
        ("D186", "50个", "100个"),
        ("D186", "不足100个", "100个"),
        ("D187", "近5亿元", "2亿元"),
        ("D187", "3000家", "2000余家"),
        ("D172", "1个", "0个"),
        ("D173", "1万元", "-1万元"),
    ],
)
def test_multiples_are_never_told_of_a_decrease(expected: Told, now: str, base: str) -> None:
    assert told(ask(multiple, now, base)) == expected


@pytest.mark.parametrize(
    ("expected", "part", "whole"),
    [
        (F(95, 196), "95个", "196个"),
        (F(0), "0个", "196个"),
        (F(1), "196个", "196个"),
        (Interval(F(5, 6), F(1)), "100余人", "120人"),
        (Interval(F(0), F(1, 2), upper_open=True), "近5亿元", "10亿元"),
        (Interval(F(0), F(1, 2), lower_open=True), "50个", "100余个"),
        ("D177", "197个", "196个"),
        ("D177", "超196个", "196个"),
        ("D171", "280余人", "25万余人次"),
        ("D172", "0个", "0个"),
        ("D175", "约100人", "200人"),
        ("D188", "-1万元", "2万元"),
        ("D192", "0余个", "100个"),
    ],
)
def test_a_share_lies_between_nothing_and_all_or_is_refused(expected: Told, part: str, whole: str) -> None:
    assert told(ask(share, part, whole)) == expected


@pytest.mark.parametrize(
    ("expected", "done", "target"),
    [
        (F(1, 2), "80项", "160项"),
        (F(5, 4), "200项", "160项"),
        (F(9999, 10000), "9999万元", "1亿元"),
        (over(F(5, 4)), "200余项", "160项"),
        (under(1, strictly=True), "近160项", "160项"),
        ("D170", "", "160项"),
        ("D191", "80项", ""),
        ("D172", "80项", "0项"),
        ("D171", "80项", "160个"),
        ("D188", "-80万元", "160万元"),
    ],
)
def test_a_completion_may_be_more_than_all_and_needs_a_target(expected: Told, done: str, target: str) -> None:
    assert told(ask(completion, done, target)) == expected


@pytest.mark.parametrize(
    ("expected", "part", "whole"),
    [
        (F(3, 4), ("130个", "100个"), ("240个", "200个")),
        (F(-1, 4), ("90个", "100个"), ("240个", "200个")),
        (F(1, 2), ("90个", "100个"), ("180个", "200个")),
        (F(3, 2), ("160个", "100个"), ("240个", "200个")),
        (over(F(1, 2)), ("120余个", "100个"), ("240个", "200个")),
        ("D172", ("130个", "100个"), ("200个", "200个")),
        ("D174", ("130个", "100个"), ("近240个", "200个")),
        ("D170", ("130个", "100个"), ("240个", "")),
        ("D171", ("130个", "100个"), ("240人", "200人")),
        ("D176", ("13%", "10%"), ("24%", "20%")),
        ("D178", ("130个", "100个"), ("累计240个", "累计200个")),
    ],
)
def test_a_contribution_is_the_part_of_a_change(expected: Told, part: tuple[str, str], whole: tuple[str, str]) -> None:
    now, before, all_now, all_before = (parse_quantity(text) if text else None for text in (*part, *whole))
    assert told(contribution((now, before), (all_now, all_before))) == expected


def test_a_change_of_shares_is_told_in_percent_points_and_one_of_amounts_in_their_whole_unit() -> None:
    for expected, now, before in [("percent_points", "82%", "65%"), ("amount", "2万元", "1万元")]:
        change = ask(difference, now, before)
        assert isinstance(change, Comparison)
        assert change.kind == expected
        assert change.unit == ("" if expected == "percent_points" else "元")
        assert change.of == (parse_quantity(now), parse_quantity(before))


@pytest.mark.parametrize(
    ("expected", "now", "before"),
    [
        ("up", "2个", "1个"),
        ("down", "1个", "2个"),
        ("level", "1个", "1个"),
        ("up", "2700余家", "2000家"),
        ("down", "近100家", "100家"),
        (None, "100余家", "100家"),
        (None, "近100家", "90家"),
    ],
)
def test_a_direction_is_told_only_where_it_is_certain(expected: str | None, now: str, before: str) -> None:
    change = ask(difference, now, before)
    assert isinstance(change, Comparison)
    assert change.direction == expected


def test_a_scale_written_into_the_unit_is_converted_and_a_unit_that_begins_like_one_is_not() -> None:
    bare = Quantity(F(5), "5", "万元")
    assert told(difference(bare, parse_quantity("2万元"))) == 30_000
    assert told(difference(Quantity(F(5), "5", "千瓦"), parse_quantity("2千瓦"))) == 3
    assert told(difference(Quantity(F(5), "5", "万人"), parse_quantity("2万人次"))) == "D171"
    assert told(difference(Quantity(F(5), "5", "余家"), parse_quantity("2家"))) == "D171"  # no unit: not guessed at


def test_a_refusal_names_what_stands_there() -> None:
    refused = ask(growth, "100个", "0个")
    assert isinstance(refused, Incomparable)
    assert (refused.code, refused.message) == ("D172", "基数“0个”是零，算不出比率")


def test_every_reason_has_a_code_of_its_own() -> None:
    codes = [code for code, _ in REASONS.values()]
    assert len(set(codes)) == len(codes)
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ((F(1, 2), F(1, 4), F(1, 4)), ("2个", "1个", "1个")),
        ((F(1), F(0)), ("1万元", "0元")),
        ("D172", ("0个", "0个")),
        ("D172", ()),
        ("D180", ("2个", "1余个")),
        ("D188", ("2万元", "-1万元")),
        ("D171", ("2个", "1家")),
        ("D170", ("2个", "")),
    ],
)
def test_shares_of_a_whole_are_told_of_exact_parts_only(
    expected: str | tuple[Fraction, ...], texts: tuple[str, ...]
) -> None:
    found = shares([parse_quantity(text) if text else None for text in texts])
    assert (found.code if isinstance(found, Incomparable) else tuple(one.value for one in found)) == expected


# --- what holds for all numbers ---------------------------------------------------------------------------


NUMBERS = st.fractions(min_value=-200, max_value=200, max_denominator=12)


@st.composite
def meant(draw: st.DrawFn) -> tuple[Quantity, Fraction]:
    """A quantity as written, and a number that it may mean."""
    number, truth = draw(NUMBERS), draw(NUMBERS)
    qualifier = draw(st.sampled_from(sorted(QUALIFIERS)))
    slots = QUALIFIERS[qualifier][0]
    quantity = Quantity(number, str(number), "个", qualifier=qualifier, at=slots[0] if slots else "after")
    said = worth(quantity)
    assume(not isinstance(said, Incomparable) or number < 0)
    truth = number if quantity.exact else truth
    assume(isinstance(said, Incomparable) or truth in said.interval)
    return quantity, truth


def holds(compared: Compared, truth: Callable[[], Fraction]) -> bool:
    return isinstance(compared, Incomparable) or truth() in compared.interval


@given(meant(), meant())
def test_the_interval_contains_the_truth_for_all_numbers_that_may_be_meant(
    one: tuple[Quantity, Fraction], other: tuple[Quantity, Fraction]
) -> None:
    (now, new), (before, old) = one, other
    assert holds(difference(now, before), lambda: new - old)
    assert holds(growth(now, before), lambda: new / old - 1)
    assert holds(multiple(now, before), lambda: new / old)
    assert holds(completion(now, before), lambda: new / old)
    if 0 <= new <= old:  # the one is part of the other
        assert holds(share(now, before), lambda: new / old)


@given(meant(), meant(), meant(), meant())
def test_a_contribution_contains_the_truth_for_all_numbers_that_may_be_meant(
    a: tuple[Quantity, Fraction],
    b: tuple[Quantity, Fraction],
    c: tuple[Quantity, Fraction],
    d: tuple[Quantity, Fraction],
) -> None:
    found = contribution((a[0], b[0]), (c[0], d[0]))
    assert holds(found, lambda: (a[1] - b[1]) / (c[1] - d[1]))


@given(st.lists(st.fractions(0, 1000, max_denominator=20), min_size=1, max_size=8))
def test_shares_of_a_whole_sum_to_one(numbers: list[Fraction]) -> None:
    found = shares([Quantity(number, str(number), "个") for number in numbers])
    if isinstance(found, Incomparable):
        assert not any(numbers)
    else:
        assert sum(one.interval.only or 0 for one in found) == 1


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=6))
def test_contributions_of_all_parts_sum_to_one(parts: list[tuple[int, int]]) -> None:
    def of(number: int) -> Quantity:
        return Quantity(F(number), str(number), "个")

    whole = of(sum(now for now, _ in parts)), of(sum(before for _, before in parts))
    assume(whole[0].amount != whole[1].amount)
    found = [contribution((of(now), of(before)), whole) for now, before in parts]
    assert sum(one.value for one in found if isinstance(one, Comparison) and isinstance(one.value, Fraction)) == 1
