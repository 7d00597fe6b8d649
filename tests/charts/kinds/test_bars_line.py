from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.charts.paths import bounds
from digest.errors import ChartError
from digest.story.charts import BarsAndLine
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, months, no_line_runs_through_words, seen, series

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, MID = "#1f3a5f", "#4f76a3"


def both(bars: str, line: str, unit: str = "个", line_unit: str = "%") -> BarsAndLine:
    values = series("项目数", bars)
    return BarsAndLine(
        tuple(f"{i + 1}月" for i in range(len(values.values))), values, series("完成率", line), unit, line_unit
    )


def test_each_axis_says_what_it_counts_and_as_what(engine: InProcess, fonts: FontSet) -> None:
    words = seen(both("51个 32个", "80% 100%"), engine, fonts).words
    assert {"完成率（线，右轴，单位：%；纵轴不从零起）", "项目数（柱，左轴，单位：个）"} <= set(words)


def test_the_line_runs_over_the_bars_and_never_through_them(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(both("51个 90个 3个", "0% 50% 100%"), engine, fonts)
    lowest = max(box[3] for box in (bounds(path.segments) for path in picture.strokes(DEEP, 1.5)) if box)
    assert all(box.top > lowest for box in picture.filled(MID))


def test_a_point_stands_over_the_middle_of_its_bar(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(both("51个 90个 3个", "10% 50% 100%"), engine, fonts)
    dots = [(box.left + box.right) / 2 for box in picture.filled(DEEP)]
    middles = [(box.left + box.right) / 2 for box in picture.filled(MID)]
    assert dots == pytest.approx(middles, abs=0.02)


def test_bounds_have_their_marks_on_both_axes(engine: InProcess, fonts: FontSet) -> None:
    words = seen(both("30余个 近60个 约45个", "超85% 不足90% 约88%"), engine, fonts).words
    assert {"30余", "近60", "约45", "超85%", "不足90%", "约88%"} <= set(words)
    assert "点上尖角：原文为“超”，多于所画之数" in words
    assert "末端留口：原文为“余”，不少于所画长度" in words


def test_missing_values_leave_gaps_on_either_axis(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(both("30个 - 40个", "80% 90% -"), engine, fonts)
    assert picture.words.count("未报") == 2
    assert len(picture.filled(MID)) == 2


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", BarsAndLine((), series("甲", ""), series("乙", ""), "个", "%"), "1至36个时段"),
        ("C134", both("1个 2个", "1%"), "“完成率”有1个值，时段有2个"),
        ("C133", both("-", "1%"), "柱线图的柱里没有一个数"),
        ("C133", both("1个", "-"), "柱线图的线里没有一个数"),
        ("C140", both("1个", "1个"), "图的单位是“%”"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: BarsAndLine, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


BARS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "9999个", "-20个"))
RATES = st.sampled_from(("-", "0%", "58.3%", "近60%", "超85%", "约88%", "100%"))


@FEW
@given(st.lists(st.tuples(BARS, RATES), min_size=24, max_size=24), st.sampled_from((1, 2, 12, 24)))
def test_no_word_touches_another_or_a_line(
    engine: InProcess, fonts: FontSet, rows: list[tuple[str, str]], count: int
) -> None:
    bars, line = (
        " ".join((*column[: count - 1], last))
        for column, last in zip(zip(*rows, strict=True), ("5个", "9%"), strict=True)
    )
    chart = BarsAndLine(months(count), series("项目数", bars), series("完成率", line), "个", "%")
    picture = seen(chart, engine, fonts)
    no_line_runs_through_words(picture, 1.2)


def test_the_words_for_those_who_cannot_see_hold_every_value() -> None:
    assert alt_text(both("30余个 -", "80% 近90%")) == (
        "柱线图。柱（单位：个），项目数：1月30余个，2月未报；线（单位：%），完成率：1月80%，2月近90%。"
    )
