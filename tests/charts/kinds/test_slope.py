from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.errors import ChartError
from digest.story.charts import Change, Slope
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, no_line_runs_through_words, seen, value

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, MID = "#1f3a5f", "#4f76a3"


def slope(*rows: tuple[str, str, str], stressed: str = "", unit: str = "个") -> Slope:
    changes = tuple(Change(name, value(before), value(after), name == stressed) for name, before, after in rows)
    return Slope("去年", "今年", changes, unit)


def test_names_and_numbers_stand_at_both_ends(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(slope(("甲", "10个", "21个"), ("乙", "30个", "44个")), engine, fonts)
    assert {"去年", "今年", "10", "21", "30", "44", "单位：个；高低不从零起"} <= set(picture.words)
    assert picture.words.count("甲") == picture.words.count("乙") == 2
    assert picture.where("去年").right < picture.where("今年").left


def test_points_stand_as_high_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(slope(("甲", "0个", "40个"), ("乙", "20个", "0个")), engine, fonts)
    left = sorted((box.top for box in picture.filled(DEEP)[:2]), reverse=True)
    right = sorted((box.top for box in picture.filled(DEEP)[2:]), reverse=True)
    assert left[0] == pytest.approx(right[0], abs=0.01)
    assert (left[0] - left[1]) / (right[0] - right[1]) == pytest.approx(0.5, abs=0.002)


def test_what_is_stressed_is_dark_and_filled(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(slope(("甲", "10个", "21个"), ("乙", "30个", "44个"), stressed="乙"), engine, fonts)
    assert len(picture.strokes(DEEP, 1.5)) == 1
    assert len(picture.filled(DEEP)) == 2
    assert picture.run("乙").face == "hei-bold"
    assert picture.run("甲").face == "hei"


def test_what_was_reported_once_has_a_point_and_no_line(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(slope(("甲", "10个", "-"), ("乙", "30个", "44个")), engine, fonts)
    assert sum(len(path.segments) > 1 for path in picture.strokes(DEEP, 1.5)) == 1
    assert len(picture.filled(DEEP)) == 3
    assert "未报" in picture.words


def test_equal_numbers_are_nudged_apart_and_led_to_their_point(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(slope(*((name, "7个", "7个") for name in "甲乙丙丁")), engine, fonts)
    assert picture.words.count("7") == 8
    assert len(picture.strokes("#8a8a8a")) >= 2 + 4


def test_bounds_have_their_marks_and_keys(engine: InProcess, fonts: FontSet) -> None:
    words = seen(slope(("甲", "30余个", "近60个"), ("乙", "约40个", "41个")), engine, fonts).words
    assert {"30余", "近60", "约40", "点上尖角：原文为“余”，不少于所画之数"} <= set(words)


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", slope(), "1至24个对象"),
        ("C133", slope(("甲", "-", "-")), "没有一个数"),
        ("C140", slope(("甲", "1个", "1元")), "“甲今年”是 1元"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: Slope, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


NUMBERS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "9999个", "-20个", "8个", "3亿个"))
NAMES = st.text("甲乙丙丁工作项目（）、AB12", min_size=1, max_size=20)


@FEW
@given(st.lists(st.tuples(NAMES, NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_no_word_touches_another_or_a_line(engine: InProcess, fonts: FontSet, rows: list[tuple[str, str, str]]) -> None:
    picture = seen(slope(*rows, ("末", "5个", "6个")), engine, fonts)
    no_line_runs_through_words(picture, 0.9)


def test_the_words_for_those_who_cannot_see_hold_every_value() -> None:
    assert alt_text(slope(("甲", "30余个", "-"), ("乙", "3个", "4个"))) == (
        "斜率图（单位：个）。甲：去年30余个，今年未报；乙：去年3个，今年4个。"
    )
