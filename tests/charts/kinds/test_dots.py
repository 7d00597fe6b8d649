from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.errors import ChartError
from digest.story.charts import Dots
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, no_line_runs_through_words, seen, share

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, MID = "#1f3a5f", "#4f76a3"


def dots(*rows: tuple[str, str], mean: str = "", stressed: tuple[str, ...] = ()) -> Dots:
    return Dots(tuple(share(*row) for row in rows), "个", share("平均", mean) if mean else None, stressed)


SIX = (("济南", "30余个"), ("青岛", "近60个"), ("淄博", "-"), ("枣庄", "约44个"), ("东营", "0个"), ("烟台", "43个"))


def test_the_largest_stands_on_top_and_the_missing_last(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(dots(*SIX), engine, fonts)
    ranked = sorted((name for name, _ in SIX), key=lambda name: picture.where(name).top)
    assert ranked == ["青岛", "枣庄", "烟台", "济南", "东营", "淄博"]
    assert "未报" in picture.words


def test_dots_stand_where_their_numbers_are(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(dots(("甲", "40个"), ("乙", "20个"), ("丙", "0个")), engine, fonts)
    zero, half, whole = ((box.left + box.right) / 2 for box in picture.filled(DEEP))
    assert (half - zero) / (whole - zero) == pytest.approx(0.5, abs=0.001)


def test_what_is_stressed_is_filled_and_the_others_are_hollow(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(dots(("甲", "40个"), ("乙", "20个"), stressed=("乙",)), engine, fonts)
    assert len(picture.filled(DEEP)) == len(picture.strokes(MID)) == 1
    assert picture.run("乙").face == "hei-bold"
    assert picture.run("甲").face == "hei"


def test_the_mean_is_a_line_with_its_words(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(dots(("甲", "40个"), ("乙", "20个"), mean="30个"), engine, fonts)
    (line,) = picture.strokes("#454545", 0.9)
    assert line.dash
    assert "平均 30" in picture.words


def test_bounds_point_along_the_axis_and_have_keys(engine: InProcess, fonts: FontSet) -> None:
    words = seen(dots(*SIX), engine, fonts).words
    assert {"30余", "近60", "约44", "0", "点右尖角：原文为“余”，不少于所画之数"} <= set(words)
    assert "点左尖角：原文为“近”，不到所画之数" in words


def test_an_axis_that_begins_above_nought_says_so(engine: InProcess, fonts: FontSet) -> None:
    assert "单位：个；横轴不从零起" in seen(dots(("甲", "101个"), ("乙", "98个")), engine, fonts).words


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", dots(), "1至36个点；这张图有0个"),
        ("C143", dots(("甲", "1个"), stressed=("乙",)), "“乙”不在点图的各点之中"),
        ("C133", dots(("甲", "-")), "没有一个数"),
        ("C140", dots(("甲", "1元")), "“甲”是 1元"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: Dots, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


NUMBERS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "9999个", "-20个", "55个", "100000个"))
NAMES = st.text("甲乙丙丁工作项目（）、AB12", min_size=1, max_size=30)


@FEW
@given(st.lists(st.tuples(NAMES, NUMBERS), min_size=1, max_size=20), st.sampled_from(("", "50个", "近30个")))
def test_no_word_touches_another_or_a_line(
    engine: InProcess, fonts: FontSet, rows: list[tuple[str, str]], mean: str
) -> None:
    picture = seen(dots(*rows, ("末", "5个"), mean=mean), engine, fonts)
    no_line_runs_through_words(picture, 0.9)


def test_the_words_for_those_who_cannot_see_are_ranked() -> None:
    assert alt_text(dots(("甲", "3个"), ("乙", "-"), ("丙", "30余个"), mean="近20个")) == (
        "点图（单位：个），从大到小：丙30余个，甲3个，乙未报；平均近20个。"
    )
