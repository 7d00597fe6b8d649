from __future__ import annotations

from fractions import Fraction

import pytest

from digest.charts.kit.readings import bare, read, reading_of, said, unit_named
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import MISSING, Value
from tests.charts.kinds.seen import value


def test_what_nobody_reported_says_so_in_its_own_words_or_ours() -> None:
    assert said(MISSING) == "未报"
    assert said(Value(None, "下月报送")) == "下月报送"
    assert said(Value(parse_quantity("2700余家"))) == "2700余家"


@pytest.mark.parametrize(
    ("text", "unit", "short"),
    [
        ("12个", "个", "12"),
        ("三个", "个", "三个"),
        ("2700余家", "家", "2700余"),
        ("4.1亿元", "元", "4.1亿"),
        ("4.1亿元", "万元", "4.1亿元"),
        ("100个以上", "个", "100个以上"),
        ("12户", "个", "12户"),
        ("12", "", "12"),
        ("58.3%", "%", "58.3%"),
    ],
)
def test_a_unit_that_is_said_once_is_left_out_and_no_other(text: str, unit: str, short: str) -> None:
    assert read(value(text) if text != "三个" else Value(parse_quantity(text), text), unit_named(unit)).label == short


def test_in_a_cell_a_sign_is_left_out_too() -> None:
    assert bare(read(value("58.3%"), unit_named("%")), unit_named("%")) == "58.3"
    assert bare(read(value("12个"), unit_named("个")), unit_named("个")) == "12"


def test_words_for_what_is_missing_keep_their_unit() -> None:
    assert read(Value(None, "报送中的3个"), unit_named("个")).label == "报送中的3个"


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12万元", "万元", 12),
        ("1.2亿元", "万元", 12000),
        ("12", "万元", 12),
        ("3万", "万元", 3),
        ("3万户", "户", 30000),
    ],
)
def test_numbers_are_drawn_in_the_unit_of_their_chart(text: str, unit: str, number: int) -> None:
    reading = reading_of(value(text), unit_named(unit), "甲")
    assert (reading.amount, reading.certain) == (Fraction(number), "exact")


@pytest.mark.parametrize(("text", "certain"), [("10余个", "least"), ("近10个", "most"), ("约10个", "vague")])
def test_a_bound_stays_a_bound(text: str, certain: str) -> None:
    assert read(value(text), unit_named("个")).certain == certain


def test_a_number_in_another_unit_is_refused() -> None:
    with pytest.raises(ChartError, match="“甲”是 3元") as caught:
        reading_of(value("3元"), unit_named("个"), "甲")
    assert caught.value.code == "C140"


def test_a_missing_number_is_drawn_nowhere() -> None:
    assert read(MISSING, unit_named("个")).amount is None
