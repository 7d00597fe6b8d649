"""How far a completion is before or behind the time that is over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.derived import derive
from digest.data.incomparable import Incomparable
from digest.data.model import Fact
from digest.data.period import Period
from tests.data.books import book_of, observation, sample_book

FUNDS = "slgj.funds"


def pace(done: str, goal: str = "120万元", period: str = "2026-10") -> Fact | Incomparable:
    rows = [observation(FUNDS, "济南", period, done)]
    return derive(book_of(rows, [observation(FUNDS, "济南", "2026", goal)], period=period), f"{FUNDS}@济南.pace")


@pytest.mark.parametrize(
    ("done", "wording", "quantity"),
    [
        ("120万元", "比时序进度快16.7个百分点", "16.7个百分点"),
        ("100万元", "与时序进度一致", "0.0个百分点"),
        ("99.99万元", "比时序进度慢不足0.1个百分点", "慢不足0.1个百分点"),
        ("60万元", "比时序进度慢33.3个百分点", "-33.3个百分点"),
        ("110余万元", "比时序进度快超过8.3个百分点", "超过8.3个百分点"),
    ],
)
def test_the_difference_is_exact_before_it_is_rounded(done: str, wording: str, quantity: str) -> None:
    fact = pace(done)
    assert isinstance(fact, Fact)
    assert (fact.wording, str(fact.quantity)) == (wording, quantity)


def test_what_may_be_before_or_behind_is_refused() -> None:
    assert isinstance(pace("90余万元"), Incomparable)


def test_it_says_what_it_was_computed_from() -> None:
    fact = pace("60万元")
    assert isinstance(fact, Fact)
    assert fact.source.at == "据60万元、年度目标120万元和全年12个月中已过10个月计算"


def test_without_a_target_there_is_none() -> None:
    book = replace(sample_book(), period=Period(2025, 10))
    told = derive(book, f"{FUNDS}.pace")
    assert isinstance(told, Incomparable)
