"""What came out of a comparison is said in words that are true of it, one word of approximation at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.data.compare import Comparison, completion, difference, growth, share
from digest.data.incomparable import Incomparable
from digest.data.period import Period
from digest.data.quantity import parse_quantity
from digest.data.worded import Worded, change_in_words, part_in_words

if TYPE_CHECKING:
    from digest.data.over_time import Basis

MONTH, QUARTER, YEAR = Period(2026, 10), Period(2026, quarter=3), Period(2026)


def said(found: Worded | Incomparable) -> str:
    return found.code if isinstance(found, Incomparable) else found.wording


@pytest.mark.parametrize(
    ("expected", "now", "before", "basis", "period"),
    [
        ("同比增长5.0%", "105个", "100个", "year_on_year", MONTH),
        ("同比下降5.0%", "95个", "100个", "year_on_year", QUARTER),
        ("比上年增长5.0%", "105个", "100个", "year_on_year", YEAR),
        ("环比增长5.0%", "105个", "100个", "on_last_period", MONTH),
        ("与上月持平", "100个", "100个", "on_last_period", MONTH),
        ("与上季度持平", "100个", "100个", "on_last_period", QUARTER),
        ("与上年持平", "100个", "100个", "on_last_period", YEAR),
        ("同比增长不低于5.0%", "105余个", "100个", "year_on_year", MONTH),
        ("同比增长超过5.0%", "超105个", "100个", "year_on_year", MONTH),
        ("同比下降超过5.0%", "近95个", "100个", "year_on_year", MONTH),
        ("D289", "近105个", "100个", "year_on_year", MONTH),
        ("同比增长不足0.1%", "100001个", "100000个", "year_on_year", MONTH),
    ],
)
def test_a_growth_is_said_for_its_period(expected: str, now: str, before: str, basis: Basis, period: Period) -> None:
    change = growth(parse_quantity(now), parse_quantity(before))
    assert isinstance(change, Comparison)
    assert said(change_in_words(change, basis, period, 1)) == expected


@pytest.mark.parametrize(
    ("expected", "now", "before"),
    [
        ("同比增加5个", "105个", "100个"),
        ("同比减少5个", "95个", "100个"),
        ("同比提高2.1个百分点", "87.2%", "85.1%"),
        ("同比增加不少于5个", "105余个", "100个"),
        ("与上年同期持平", "1万个", "10000个"),
    ],
)
def test_a_difference_is_said_in_its_unit(expected: str, now: str, before: str) -> None:
    change = difference(parse_quantity(now), parse_quantity(before))
    assert isinstance(change, Comparison)
    assert said(change_in_words(change, "year_on_year", MONTH, 1)) == expected


@pytest.mark.parametrize(
    ("expected", "part", "whole"),
    [
        ("完成年度目标的85.1%", "851个", "1000个"),
        ("完成年度目标的100.0%", "1000个", "1000个"),
        ("完成年度目标不低于85.0%", "850余个", "1000个"),
        ("完成年度目标不足85.0%", "近850个", "1000个"),
        ("完成年度目标不足100%", "99999个", "100000个"),
        ("完成年度目标超过100%", "100001个", "100000个"),
    ],
)
def test_the_particle_goes_where_a_word_takes_its_place(expected: str, part: str, whole: str) -> None:
    rate = completion(parse_quantity(part), parse_quantity(whole))
    assert isinstance(rate, Comparison)
    assert said(part_in_words(rate, "完成年度目标的{}", 1)) == expected


def test_a_share_below_nought_has_no_words() -> None:
    assert isinstance(share(parse_quantity("-1个"), parse_quantity("10个")), Incomparable)
