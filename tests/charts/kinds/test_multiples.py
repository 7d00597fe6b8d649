from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.multiples import MOST_PANELS, MOST_PERIODS
from digest.errors import ChartError
from digest.story.charts import Series, SmallMultiples
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, value

if TYPE_CHECKING:
    from typing import Any, Literal

    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, PALE = "#1F3A5F", "#D5E0EC"


def multiples(*rows: tuple[str, ...], unit: str = "个", kind: Literal["line", "bar"] = "line") -> SmallMultiples:
    """A name and words for each period in every row."""
    periods = tuple(f"{i}月" for i in range(1, len(rows[0])))
    series = tuple(Series(name, tuple(value(text) for text in texts)) for name, *texts in rows)
    return SmallMultiples(periods, series, unit, kind)


def traces(chart: SmallMultiples, kind: str) -> list[dict[str, Any]]:
    """Traces of lines or bars."""
    data = figure_of(chart, BRIEFING).figure["data"]
    return [trace for trace in data if trace["type"] == kind or trace.get("mode") == kind]


TWO = multiples(("济南", "10个", "30个", "25个"), ("青岛", "5个", "", "40个"))


def test_every_panel_has_its_name_and_the_words_of_the_last_period(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    said = picture.words
    for word in ("济南", "25", "青岛", "单位：个；右上为3月的数"):
        assert word in said
    assert picture.run("济南").y == pytest.approx(picture.run("青岛").y)
    assert picture.run("25").face == "hei-bold"


def test_all_panels_have_the_same_axes() -> None:
    jinan, qingdao = traces(TWO, "lines")
    rise = (jinan["y"][0] - jinan["y"][1]) / 20
    assert (qingdao["y"][0] - qingdao["y"][2]) / 35 == pytest.approx(rise, abs=0.001)
    assert qingdao["x"][0] - jinan["x"][0] > 200


def test_a_period_nobody_reported_is_a_gap_and_a_cross_and_never_nought(engine: InProcess, fonts: FontSet) -> None:
    _, line = traces(TWO, "lines")
    assert line["y"][1] is None
    assert line["connectgaps"] is False
    assert "未报，不是零" in seen(TWO, engine, fonts).words


def test_a_last_period_nobody_reported_is_said(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(multiples(("甲", "1个", ""), ("乙", "3个", "暂无")), engine, fonts)
    assert {"未报", "暂无"} <= set(picture.words)
    assert picture.run("未报").face == "hei"


def test_a_point_between_gaps_is_seen(engine: InProcess, fonts: FontSet) -> None:
    chart = multiples(("甲", "1个", "", "2个", "", "3个"), ("乙", "3个", "3个", "3个", "3个", "3个"))
    dots = [box for box in seen(chart, engine, fonts).filled(DEEP) if box.right - box.left < 5]
    assert len(dots) == 4  # two ends, and two that stand alone


def test_what_was_a_year_before_stands_dashed_in_the_panel_of_its_name(engine: InProcess, fonts: FontSet) -> None:
    now = Series("济南", (value("10个"), value("30个")))
    before = Series("济南", (value("8个"), value("20个")), "earlier")
    chart = SmallMultiples(("1月", "2月"), (before, now, Series("青岛", now.values)), "个")
    picture = seen(chart, engine, fonts)
    assert picture.words.count("济南") == picture.words.count("同期") == 1
    assert "30" in picture.words
    dashed, solid, _ = traces(chart, "lines")
    assert dashed["x"] == solid["x"]
    assert (dashed["line"]["dash"], solid["line"]["dash"]) == ("5px,2.4px", "solid")
    assert alt_text(chart).startswith("小图组（单位：个）。济南（同期）：1月8个，2月20个；济南：1月10个")


def test_bars_of_a_year_before_stand_beside_and_pale(engine: InProcess, fonts: FontSet) -> None:
    now = Series("济南", (value("10个"),))
    chart = SmallMultiples(("1月",), (now, replace(now, role="earlier"), Series("青岛", now.values)), "个", "bar")
    picture = seen(chart, engine, fonts)
    pale = max(picture.filled(PALE), key=lambda box: box.bottom - box.top)
    (beside,) = (box for box in picture.filled(DEEP) if box.right == pytest.approx(pale.left, abs=0.5))
    assert beside.top == pytest.approx(pale.top, abs=0.5)


def test_bars_are_as_high_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(multiples(("甲", "10个", "40个"), ("乙", "20个", "0个"), kind="bar"), engine, fonts)
    heights = sorted(bottom - top for _, top, _, bottom in picture.filled(DEEP) if bottom - top > 1)
    assert [height / heights[-1] for height in heights] == [pytest.approx(share, abs=0.001) for share in (0.25, 0.5, 1)]


@pytest.mark.parametrize("kind", ["line", "bar"])
def test_bounds_are_drawn_and_told(kind: Literal["line", "bar"], engine: InProcess, fonts: FontSet) -> None:
    chart = multiples(("甲", "10余个", "40个"), ("乙", "近20个", "0个"), kind=kind)
    said = seen(chart, engine, fonts).words
    least, most, drawn = ("末端留口", "末端缺口", "长度") if kind == "bar" else ("点上尖角", "点下尖角", "之数")
    assert f"{least}：原文为“余”，不少于所画{drawn}" in said
    assert f"{most}：原文为“近”，不到所画{drawn}" in said


def test_a_bar_of_at_most_is_cut_at_its_top() -> None:
    (exact,) = traces(multiples(("甲", "20个"), ("乙", "40个"), kind="bar"), "bar")
    (cut,) = traces(multiples(("甲", "近20个"), ("乙", "40个"), kind="bar"), "bar")
    assert -cut["y"][0] < -exact["y"][0]


@pytest.mark.parametrize(("count", "across"), [(2, 2), (3, 3), (4, 4), (5, 3), (6, 3), (8, 4), (9, 3), (16, 4)])
def test_two_to_four_panels_stand_side_by_side(count: int, across: int) -> None:
    lines = traces(multiples(*[("甲", "1个", "2个")] * count), "lines")
    assert len({trace["x"][0] for trace in lines}) == across


def test_large_numbers_are_counted_in_wan_and_yi(engine: InProcess, fonts: FontSet) -> None:
    said = seen(multiples(("甲", "1.3亿元", "2亿元"), ("乙", "0元", "9亿元"), unit="元"), engine, fonts).words
    assert {"2亿", "9亿", "10亿", "0"} <= set(said)


def test_nothing_but_noughts_can_be_drawn(engine: InProcess, fonts: FontSet) -> None:
    assert seen(multiples(("甲", "0个", "0个"), ("乙", "0个", "0个")), engine, fonts).words.count("0") == 3


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    series = tuple(Series(text, (value("1"), value("2"))) for _ in range(2))
    said = seen(SmallMultiples((text, text), series, text), engine, fonts).words
    assert said.count(text) >= 4
    assert f"单位：{text}；右上为{text}的数" in said


@FEW
@given(st.data())
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, data: st.DataObject
) -> None:
    panels, periods = data.draw(st.integers(2, 9)), data.draw(st.integers(2, 7))
    number = st.integers(0, 10**10).map(lambda n: f"{n}个")
    cell = st.just("") | st.tuples(st.sampled_from(("", "近", "超")), number).map("".join)
    name = st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=30)
    rows = data.draw(
        st.lists(st.lists(cell, min_size=periods, max_size=periods), min_size=panels, max_size=panels).filter(
            lambda table: any(text for row in table for text in row)
        )
    )
    series = tuple(Series(data.draw(name), tuple(value(text) for text in row)) for row in rows)
    times = tuple(data.draw(st.lists(name, min_size=periods, max_size=periods)))
    kind: Literal["line", "bar"] = data.draw(st.sampled_from(("line", "bar")))
    assert seen(SmallMultiples(times, series, "个", kind), engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (multiples(("甲", "1个", "2个")), "C131"),
        (multiples(*[("甲", "1个", "2个")] * (MOST_PANELS + 1)), "C131"),
        (multiples(*[("甲", "1个")] * 2), "C131"),
        (multiples(*[("甲", *["1个"] * (MOST_PERIODS + 1))] * 2), "C131"),
        (multiples(("甲", "-1个", "2个"), ("乙", "1个", "1个")), "C132"),
        (multiples(("甲", "", ""), ("乙", "", "")), "C133"),
        (multiples(("甲", "1个", "2个"), ("乙", "1个")), "C134"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: SmallMultiples, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    assert alt_text(TWO) == "小图组（单位：个）。济南：1月10个，2月30个，3月25个；青岛：1月5个，2月未报，3月40个。"
