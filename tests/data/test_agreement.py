"""Changes that a table gives are held against its numbers, where these can be compared at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.agreement import disagreements, leaps
from digest.data.answers import Aside, Change, Level
from digest.data.book import Book, Stated
from digest.data.quantity import parse_quantity
from tests.data.books import CITIES, METRICS, NOW, book_of, observation

V = METRICS[0].id


def given(text: str, *, falls: bool = False) -> Stated:
    size = parse_quantity(text) if text else None
    change = Change("percent", falls, size, "同比", Aside(text)) if size else Level("同比", Aside("持平"))
    return Stated(change, "月报表", "同比")


def book(now: str, ago: str, stated: Stated, member: str = "济南") -> Book:
    seen = [observation(V, member, "2026-10", now), observation(V, member, "2025-10", ago)]
    return replace(book_of(seen), stated={(V, member, NOW, "alone", "year_on_year"): stated})


@pytest.mark.parametrize(
    ("agrees", "now", "ago", "stated"),
    [
        (True, "105个", "100个", given("5.0%")),
        (True, "105个", "100个", given("5%")),
        (True, "1053个", "1000个", given("5%")),
        (False, "1056个", "1000个", given("5%")),
        (False, "105个", "100个", given("5.0%", falls=True)),
        (True, "100个", "100个", given("")),
        (False, "105个", "100个", given("")),
        (True, "105个", "100余个", given("9.0%")),
        (True, "105个", "0个", given("9.0%")),
        (True, "105个", "", given("9.0%")),
    ],
)
def test_a_change_is_told_of_where_it_cannot_be_rounding(agrees: bool, now: str, ago: str, stated: Stated) -> None:  # noqa: FBT001
    codes = [one.code for one in disagreements(book(now, ago, stated))]
    assert codes == ([] if agrees else ["D300"])


def test_the_change_of_a_whole_that_lacks_others_is_not_held_against_ours() -> None:
    whole = book("440个", "400个", given("30.0%"), member="")
    assert [one.code for one in disagreements(whole)] == ["D300"]
    silent = observation(V, "青岛", "2026-10", "")
    seen = {**whole.observations, (V, "青岛", NOW, "alone"): silent}
    assert list(disagreements(replace(whole, observations=seen))) == []


@pytest.mark.parametrize(
    ("leap", "now", "last"), [(True, "100000个", "10个"), (False, "12个", "10个"), (False, "", "10个")]
)
def test_a_leap_from_the_period_before_is_told(leap: bool, now: str, last: str) -> None:  # noqa: FBT001
    seen = [observation(V, CITIES[0], "2026-10", now), observation(V, CITIES[0], "2026-09", last)]
    assert [one.code for one in leaps(book_of(seen))] == (["D274"] if leap else [])
