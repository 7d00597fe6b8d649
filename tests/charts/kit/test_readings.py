from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.kit.words import text_width
from digest.charts.reported import drawn_number, lines_of, numbers_parted, words_of, words_without
from digest.data.quantity import parse_quantity
from digest.story.charts import MISSING, Value


def reported(text: str) -> Value:
    return Value(parse_quantity(text), text)


def test_what_nobody_reported_says_so_in_its_own_words_or_ours() -> None:
    assert words_of(MISSING) == "未报"
    assert words_of(Value(None, "下月报送")) == "下月报送"
    assert words_of(Value(parse_quantity("2700余家"))) == "2700余家"


@pytest.mark.parametrize(
    ("text", "unit", "short"),
    [
        ("12个", "个", "12"),
        ("2700余家", "家", "2700余"),
        ("4.1亿元", "元", "4.1亿"),
        ("4.1亿元", "万元", "4.1亿元"),
        ("100个以上", "个", "100个以上"),
        ("12户", "个", "12户"),
        ("12", "", "12"),
        ("58.3%", "%", "58.3"),
    ],
)
def test_a_unit_that_is_said_once_is_left_out_and_no_other(text: str, unit: str, short: str) -> None:
    assert words_without(unit, reported(text)) == short


def test_words_for_what_is_missing_keep_their_unit() -> None:
    assert words_without("个", Value(None, "报送中的3个")) == "报送中的3个"


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
    assert drawn_number(reported(text), unit) == (Fraction(number), "plain")


def test_a_missing_number_is_drawn_nowhere() -> None:
    assert drawn_number(MISSING, "个") is None


@given(st.text("甲乙（）、AB12 ，", min_size=1, max_size=60), st.floats(12, 200))
def test_every_line_fits_its_room_and_nothing_is_lost(text: str, room: float) -> None:
    lines = lines_of(text, 9.5, room)
    assert all(text_width(line, 9.5) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_numeral_that_was_parted_is_seen() -> None:
    assert numbers_parted("123456个", ("123", "456个"))
    assert not numbers_parted("近12个以上", ("近12", "个以上"))
