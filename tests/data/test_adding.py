"""Sums and means of quantities: in the finest scale among them, with the decimals that were reported."""

from __future__ import annotations

import pytest

from digest.data.adding import mean, numeral, restated, total
from digest.data.incomparable import Incomparable
from digest.data.quantity import parse_quantity
from digest.data.worth import worth


def told(found: object) -> str:
    return found.code if isinstance(found, Incomparable) else str(found)


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ("12700余人次", ("10000人次", "2700余人次")),
        ("35.3万余小时", ("34万小时", "1.3万余小时")),
        ("18000余件", ("1.3万余件", "5000件")),
        ("18000件", ("1.3万件", "5000件")),
        ("18000.5件", ("1.3万件", "5000.5件")),
        ("13005.5件", ("1.30055万件", "0件")),
        ("1.50亿元", ("1.20亿元", "0.30亿元")),
        ("13500万元", ("1.2亿元", "1500万元")),
        ("12345万元", ("1.2345亿元", "0万元")),
        ("超过300个", ("超100个", "200个")),
        ("不足300个", ("近100个", "200个")),
        ("不超过300个", ("不超过100个", "200个")),
        ("D192", ("100余个", "近200个")),
        ("D192", ("约100个", "200个")),
        ("D171", ("100人", "200人次")),
        ("D290", ("10%", "20%")),
        ("D170", ()),
    ],
)
def test_a_sum_says_what_is_certain_of_its_parts(expected: str, texts: tuple[str, ...]) -> None:
    parts = [parse_quantity(text) for text in texts]
    assert told(total(parts)) == expected
    assert told(total(parts[::-1])) == expected or expected == "D171"


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ("2.5个", ("2个", "3个")),
        ("9000.0件", ("1.3万件", "5000件")),
        ("2.05个", ("2.0个", "2.1个")),
        ("D180", ("2余个", "3个")),
    ],
)
def test_a_mean_has_one_decimal_more_than_was_reported(expected: str, texts: tuple[str, ...]) -> None:
    assert told(mean([parse_quantity(text) for text in texts])) == expected


def test_what_is_restated_is_worth_the_same() -> None:
    like = [parse_quantity("1.3万元"), parse_quantity("500元")]
    made = restated(like[0].amount, like)
    assert str(made) == "13000元"
    assert worth(made) == worth(like[0])


@pytest.mark.parametrize(("expected", "number", "places"), [("-0.1", -1, 1), ("0", 0, 0), ("12.50", 1250, 2)])
def test_a_numeral_has_its_decimals_and_no_nought_has_a_sign(expected: str, number: int, places: int) -> None:
    from fractions import Fraction

    assert numeral(Fraction(number, 10**places), places) == expected
