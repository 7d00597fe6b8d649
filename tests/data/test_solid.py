"""Numbers of tables are printed in one way, and say what they said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.answers import Counted
from digest.data.cells import read_cell
from digest.data.quantity import parse_quantity
from digest.data.solid import in_scale, solid


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("1217405人次", "1,217,405"),
        ("1217405人次", "1，217，405"),
        ("1217405人次", "１，２１７，４０５"),
        ("123人次", "１２３"),
        ("123人次", " 123 "),
        ("1234.50人次", "1 234.50"),
        ("-1234人次", "－1,234"),
        ("5482人次", "5482"),
        ("1.3万余人次", "1.3万余"),
        ("近1200人次", "近1,200"),
        ("1.30万人次", "１．３０万"),
    ],
)
def test_digits_stand_solid_and_words_stay(expected: str, text: str) -> None:
    answer = read_cell(text, unit="人次")
    assert isinstance(answer, Counted)
    assert str(solid(answer.quantity)) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_said_is_not_touched(number: object) -> None:
    written = parse_quantity(f"{number:,}万元")
    plain = solid(written)
    assert (plain.amount, plain.unit, plain.scale) == (written.amount, written.unit, written.scale)
    assert parse_quantity(str(plain)) == plain
    assert solid(plain) is plain


@pytest.mark.parametrize(
    ("expected", "quantity", "own", "column"),
    [
        ("120万元", "1200000元", "1万元", "1元"),
        ("1.3万人", "1.3万人", "1人", "1人"),
        ("0.5亿元", "5000万元", "1亿元", "1万元"),
        ("120余万元", "1200000余元", "1万元", "1元"),
    ],
)
def test_a_column_in_another_scale_is_converted(expected: str, quantity: str, own: str, column: str) -> None:
    made = in_scale(parse_quantity(quantity), parse_quantity(own), parse_quantity(column))
    assert made.amount == parse_quantity(expected).amount
    assert (made.unit, made.numeral) == (parse_quantity(expected).unit, parse_quantity(expected).numeral)
