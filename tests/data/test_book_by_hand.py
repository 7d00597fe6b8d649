"""What the book computes, held against the same computed by hand in fractions; and what must not change it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from digest.data.book import ASPECTS, Metric, Observation
from digest.data.derived import derive
from digest.data.model import Fact
from digest.data.period import Period
from digest.data.quantity import parse_quantity
from tests.data.books import CITIES, book_of

if TYPE_CHECKING:
    from digest.data.book import Book

NOW, AGO, LAST = Period(2026, 10), Period(2025, 10), Period(2026, 9)
NUMBERS = st.dictionaries(
    st.tuples(st.sampled_from(CITIES), st.sampled_from((NOW, AGO, LAST))), st.integers(0, 10**6), max_size=12
)
FULL = st.fixed_dictionaries({(city, when): st.integers(1, 10**6) for city in CITIES for when in (NOW, AGO, LAST)})
Numbers = dict[tuple[str, Period], int]


def book(numbers: Numbers, unit: str = "万元", factor: int = 1, order: tuple[str, ...] = CITIES) -> Book:
    """A stock of these numbers, each `factor` times in `unit`."""
    metric = Metric("a.b", "a", "资金", unit, "stock")
    seen = [
        Observation("a.b", when, city, "alone", parse_quantity(f"{number * factor}{unit}"))
        for (city, when), number in numbers.items()
    ]
    return book_of(seen, metrics=(metric,), roster=order)


def value(of: Book, key: str) -> Fraction | None:
    answer = derive(of, key)
    return answer.quantity.value if isinstance(answer, Fact) and answer.quantity.exact else None


def half_up(number: Fraction) -> Fraction:
    """With one decimal, a half away from zero."""
    tenths = abs(number) * 10 + Fraction(1, 2)
    return Fraction(tenths.numerator // tenths.denominator, 10) * (1 if number >= 0 else -1)


@given(NUMBERS)
def test_the_whole_is_the_sum_where_all_have_reported_and_nothing_else(numbers: Numbers) -> None:
    of = book(numbers)
    for when in (NOW, AGO, LAST):
        told = value(of, f"a.b:{when}")
        reported = [numbers[city, when] for city in CITIES if (city, when) in numbers]
        assert told == (sum(reported) if len(reported) == len(CITIES) else None)


@given(FULL)
def test_changes_shares_and_contributions_are_those_by_hand(numbers: Numbers) -> None:
    of = book(numbers)
    now, ago, last = (sum(numbers[city, when] for city in CITIES) for when in (NOW, AGO, LAST))
    by_hand = {
        "a.b.yoy": Fraction(now - ago, ago) * 100,
        "a.b.mom": Fraction(now - last, last) * 100,
        "a.b@济南.share": Fraction(numbers["济南", NOW], now) * 100,
    }
    if now != ago:
        mine = numbers["济南", NOW] - numbers["济南", AGO]
        by_hand["a.b@济南.contribution"] = Fraction(mine, now - ago) * 100
    for key, number in by_hand.items():
        told = value(of, key)
        assert told in {None, half_up(number)}  # none where rounding would say something else: 不足0.1%
        assert told is not None or half_up(number) in {0, 100, -100}
    assert value(of, "a.b.yoy_amount") == now - ago


@given(FULL)
def test_places_are_those_of_a_sorted_list(numbers: Numbers) -> None:
    of = book(numbers)
    for city in CITIES:
        before = sum(numbers[other, NOW] > numbers[city, NOW] for other in CITIES)
        assert value(of, f"a.b@{city}.rank") == before + 1


@given(FULL)
def test_the_same_in_another_scale_and_another_order_says_the_same(numbers: Numbers) -> None:
    one, finer, turned = book(numbers), book(numbers, "元", 10_000), book(numbers, order=CITIES[::-1])
    for aspect in ASPECTS:
        if aspect in {"value", "alone", "cumulative", "yoy_amount", "mom_amount"}:
            continue
        for member in ("", "@济南", "@枣庄"):
            key = f"a.b{member}.{aspect}"
            told = [derive(of, key) for of in (one, finer, turned)]
            words = [(str(fact.quantity), fact.wording) if isinstance(fact, Fact) else fact.code for fact in told]
            assert words[0] == words[1] == words[2]


@given(FULL, st.sampled_from(CITIES))
def test_a_number_more_or_less_of_one_member_leaves_all_others_as_they_were(numbers: Numbers, city: str) -> None:
    of = book(numbers)
    without = replace(of, observations={key: one for key, one in of.observations.items() if key[1] != city})
    for other in CITIES:
        if other != city:
            assert derive(of, f"a.b@{other}.yoy") == derive(without, f"a.b@{other}.yoy")
    assert value(without, "a.b") is None
    assert value(without, f"a.b@{city}") is None


@given(st.lists(st.integers(0, 10**6), min_size=10, max_size=10))
def test_months_out_of_their_sum_give_the_sum_back(months: list[int]) -> None:
    metric = Metric("a.b", "a", "资金", "万元", "flow", reach="cumulative")
    upto = [sum(months[: n + 1]) for n in range(10)]
    seen = [
        Observation("a.b", Period(2026, n + 1), "济南", "cumulative", parse_quantity(f"{number}万元"))
        for n, number in enumerate(upto)
    ]
    of = book_of(seen, metrics=(metric,))
    told = [value(of, f"a.b@济南:2026-{n + 1:02}.alone") for n in range(10)]
    assert told == months
    alone = [
        Observation("a.b", Period(2026, n + 1), "济南", "alone", parse_quantity(f"{number}万元"))
        for n, number in enumerate(months)
    ]
    assert value(book_of(alone, metrics=(metric,)), "a.b@济南.cumulative") == upto[-1]
