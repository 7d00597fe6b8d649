from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.errors import ChartError
from digest.story.charts import Step, Waterfall
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, no_line_runs_through_words, seen, share, value

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, MID, PALE, QUIET = "#1f3a5f", "#4f76a3", "#d5e0ec", "#454545"


def fall(opening: str, steps: str, closing: str, unit: str = "个") -> Waterfall:
    """`+30个 -近80个`: signed steps from the opening number to the closing one."""
    signed = tuple(
        Step(f"第{i + 1}步", value(text[1:]), "+" if text[0] == "+" else "-") for i, text in enumerate(steps.split())
    )
    return Waterfall(share("期初", opening), signed, share("期末", closing), unit)


def test_each_step_begins_where_the_last_one_ended(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(fall("100个", "+30个 -50个", "80个"), engine, fonts)
    opening, closing = picture.filled(DEEP)
    (coming,), (going,) = picture.filled(MID), picture.filled(PALE)
    assert coming.bottom == pytest.approx(opening.top, abs=0.4)
    assert going.top == pytest.approx(coming.top, abs=0.4)
    assert going.bottom == pytest.approx(closing.top, abs=0.4)


def test_a_sign_stands_before_what_comes_in_and_goes_out(engine: InProcess, fonts: FontSet) -> None:
    assert {"100", "+30", "−50", "80"} <= set(seen(fall("100个", "+30个 -50个", "80个"), engine, fonts).words)


def test_hairlines_lead_from_step_to_step_dashed_where_a_level_is_not_sure(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(fall("100个", "+30余个 -50个", "85个"), engine, fonts)
    links = picture.strokes(QUIET, 0.55)
    assert [bool(link.dash) for link in links] == [False, True, True]


def test_nothing_leads_over_a_gap_and_what_is_behind_is_reckoned_back(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(fall("100个", "+- -50个", "80个"), engine, fonts)
    (going,) = picture.filled(PALE)
    opening, closing = picture.filled(DEEP)
    assert going.bottom == pytest.approx(closing.top, abs=0.4)
    assert len(picture.strokes(QUIET, 0.55)) == 1
    assert opening.right < picture.where("未报").left < picture.where("未报").right < going.left


def test_bounds_keep_their_marks_and_words(engine: InProcess, fonts: FontSet) -> None:
    words = seen(fall("100个", "+30余个 -近80个", "约60个"), engine, fonts).words
    assert {"+30余", "−近80", "约60", "末端留口：原文为“余”，不少于所画长度"} <= set(words)


def test_levels_may_fall_below_nought(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(fall("10个", "-30个 +5个", "-15个"), engine, fonts)
    opening, closing = picture.filled(DEEP)
    assert closing.top == pytest.approx(opening.bottom, abs=0.01)
    assert "-15" in picture.words


@pytest.mark.parametrize("closing", ["81个", "79个", "近80个", "超80个", "85余个", "不超过79个"])
def test_steps_that_cannot_amount_to_the_closing_number_are_an_error(closing: str) -> None:
    with pytest.raises(ChartError, match="“期初”100个加减各步是80，“期末”是") as caught:
        drawn(fall("100个", "+30个 -50个", closing), BRIEFING)
    assert caught.value.code == "C140"


@pytest.mark.parametrize(
    ("steps", "closing"),
    [("+30个 -50个", "80个"), ("+30余个 -50个", "95个"), ("+30个 -近50个", "90个"), ("+约30个", "7个"), ("+-", "7个")],
)
def test_what_bounds_allow_is_drawn(steps: str, closing: str) -> None:
    assert drawn(fall("100个", steps, closing), BRIEFING).height > 0


def test_a_lower_bound_that_is_passed_is_an_error() -> None:
    with pytest.raises(ChartError, match="不少于130") as caught:
        drawn(fall("100个", "+30余个", "120个"), BRIEFING)
    assert caught.value.code == "C140"


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", fall("1个", "", "1个"), "1至12步"),
        ("C132", fall("1个", "+-3个", "-2个"), "“第1步”是 -3个"),
        ("C133", fall("-", "+-", "-"), "没有一个数"),
        ("C140", fall("1元", "+1个", "2个"), "“期初”是 1元"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: Waterfall, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


def test_names_too_long_to_stand_under_their_bars_are_said() -> None:
    steps = tuple(Step("黄河三角洲农业高新技术产业示范区建设专项资金", value("1个"), "+") for _ in range(12))
    with pytest.raises(ChartError, match="在柱下放不开") as caught:
        drawn(Waterfall(share("期初", "0个"), steps, share("期末", "12个"), "个"), BRIEFING)
    assert caught.value.code == "C142"


NUMBERS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "9999个"))


@FEW
@given(st.lists(st.tuples(st.sampled_from("+-"), NUMBERS), min_size=1, max_size=12), NUMBERS)
def test_no_word_touches_another_or_a_line(
    engine: InProcess, fonts: FontSet, steps: list[tuple[str, str]], opening: str
) -> None:
    chart = fall(opening, " ".join(sign + text for sign, text in steps), "约100个")
    picture = seen(chart, engine, fonts)
    no_line_runs_through_words(picture, 0.55)


def test_the_words_for_those_who_cannot_see_hold_every_step() -> None:
    assert alt_text(fall("100个", "+30余个 --", "约60个")) == (
        "瀑布图（单位：个）。期初100个；第1步30余个（增），第2步未报（减）；期末约60个。"
    )
