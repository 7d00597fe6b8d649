"""Ranking: every one has a standing, ties share a place, and no place is said that is not certain."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digest.data.incomparable import Incomparable
from digest.data.quantity import Quantity, parse_quantity
from digest.data.ranking import Standing, rank
from digest.data.worth import Worth, worth


def places(*texts: str, least_first: bool = False) -> list[int | None] | str:
    found = rank([parse_quantity(text) if text else None for text in texts], least_first=least_first)
    return found.code if isinstance(found, Incomparable) else [standing.place for standing in found]


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ([], ()),
        ([1], ("5个",)),
        ([1, 2, 2, 4], ("9个", "7个", "7个", "5个")),
        ([4, 2, 1, 2], ("5个", "7个", "9个", "7个")),
        ([1, 1, 1], ("7个", "7个", "7个")),
        ([2, 1, 2], ("1亿元", "2亿元", "10000万元")),
        ([1, 2], ("2700余家", "2000家")),
        ([None, None], ("2700余家", "2800家")),
        ([1, None, None], ("900家", "近400家", "300家")),
        ([None, None, None], ("900家", "约300家", "300家")),
        ([2, 1], ("近100家", "100家")),
        ([1, 2], ("82%", "1/10")),
        ("D170", ("5个", "", "7个")),
        ("D171", ("5个", "7人")),
        ("D171", ("5人", "7人次")),
        ("D184", ("第2名", "第1名")),
    ],
)
def test_places_with_ties_go_on_behind_those_who_share_one(
    expected: list[int | None] | str, texts: tuple[str, ...]
) -> None:
    assert places(*texts) == expected


def test_the_least_may_be_first() -> None:
    assert places("5个", "7个", "7个", "9个", least_first=True) == [1, 2, 2, 4]
    assert places("2700余家", "2000家", least_first=True) == [2, 1]


def test_a_standing_tells_between_which_places_it_is_and_how_many_share_it() -> None:
    found = rank([parse_quantity(text) for text in ("9个", "5余个", "7个", "7个", "3个")])
    assert found == (Standing(1, 2), Standing(1, 4), Standing(2, 3, 1), Standing(2, 3, 1), Standing(5, 5))


@given(st.lists(st.integers(-5, 5), max_size=9))
def test_rank_is_total_and_does_not_depend_on_the_order_given(numbers: list[int]) -> None:
    def standings(of: list[int]) -> tuple[Standing, ...]:
        found = rank([Quantity(Fraction(number), str(number), "个") for number in of])
        assert not isinstance(found, Incomparable)
        return found

    by_number = dict(zip(numbers, standings(numbers), strict=True))
    for number, standing in zip(sorted(numbers), standings(sorted(numbers)), strict=True):
        assert standing == by_number[number]
        assert standing.place == 1 + sum(other > number for other in numbers)
        assert standing.tied == numbers.count(number) - 1


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "余", "近", "超", "约"]), st.integers(0, 9))))
def test_the_true_place_lies_between_best_and_worst(said: list[tuple[int, str, int]]) -> None:
    quantities: list[Quantity] = []
    truths: list[int] = []
    for number, qualifier, other in said:
        quantity = Quantity(
            Fraction(number), str(number), "个", "", qualifier, at="after" if qualifier == "余" else "front"
        )
        told = worth(quantity)
        assert isinstance(told, Worth)
        truth = number if quantity.exact else other
        assume(truth in told.interval)
        quantities.append(quantity)
        truths.append(truth)
    found = rank(quantities)
    assert not isinstance(found, Incomparable)
    for standing, truth in zip(found, truths, strict=True):
        assert standing.best <= 1 + sum(other > truth for other in truths) <= standing.worst
