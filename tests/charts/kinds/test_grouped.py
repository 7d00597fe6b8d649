from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.charts.kit.bars import NOTCH, TOP_CAP, WAVE
from digest.errors import ChartError
from digest.story.charts import GroupedBars, Series
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, seen, series

if TYPE_CHECKING:
    from typing import Literal

    from digest.charts.engine import InProcess
    from digest.charts.kit.places import Box
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture

DEEP, SOFT, MID, PALE, OCHRE = "#1f3a5f", "#93b1cf", "#4f76a3", "#d5e0ec", "#b07a00"
CITIES = (
    *("济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁"),
    *("泰安", "威海", "日照", "临沂", "德州", "聊城", "滨州", "菏泽"),
)
LONG = tuple(f"{city}市新旧动能转换综合试验区（起步区）" for city in CITIES)


def bars(
    *rows: Series, together: Literal["grouped", "stacked", "shares"] = "grouped", targets: str = ""
) -> GroupedBars:
    categories = tuple(f"{name}组" for name in "甲乙丙丁戊"[: len(rows[0].values)])
    marks = series("目标", targets, "target") if targets else None
    return GroupedBars(categories, rows, "个", together, marks)


def bodies(picture: Picture, color: str) -> list[Box]:
    """Plain bars of a colour, not the swatch of the legend."""
    return [box for box in picture.filled(color) if box.right - box.left > 12 and box.top > 14]


def test_bars_stand_on_nought_and_are_as_high_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    first, second, third = bodies(seen(bars(series("甲", "10个 20个 40个")), engine, fonts), DEEP)
    assert first.bottom == pytest.approx(second.bottom) == pytest.approx(third.bottom)
    assert (first.bottom - first.top) / (third.bottom - third.top) == pytest.approx(0.25, abs=0.002)


def test_series_stand_side_by_side_in_their_order(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("今年", "10个"), series("去年", "20个")), engine, fonts)
    (one,), (other,) = bodies(picture, DEEP), bodies(picture, SOFT)
    assert one.right == pytest.approx(other.left, abs=0.01)
    assert {"今年", "去年", "10", "20", "单位：个"} <= set(picture.words)


def test_a_lower_bound_ends_in_an_open_cap(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "20余个 20个")), engine, fonts)
    bounded, exact = bodies(picture, DEEP)
    assert bounded.top == pytest.approx(exact.top)
    assert exact.top - picture.where("20余").bottom == pytest.approx(TOP_CAP + 2, abs=2)
    assert "末端留口：原文为“余”，不少于所画长度" in picture.words


def test_an_upper_bound_ends_in_a_notch_whose_tips_touch_it(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "近20个 20个")), engine, fonts)
    shapes = bodies(picture, DEEP)
    exact = max(shapes, key=lambda box: box.left)
    plain, tips = sorted((box for box in shapes if box != exact), key=lambda box: box.top, reverse=True)
    assert plain.top == pytest.approx(exact.top + NOTCH, abs=0.01)
    assert tips.top == pytest.approx(exact.top, abs=0.01)


def test_a_vague_number_ends_in_a_wave_about_it(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "约20个 20个")), engine, fonts)
    shapes = bodies(picture, DEEP)
    exact = max(shapes, key=lambda box: box.left)
    assert min(box.top for box in shapes) >= exact.top - 2 * WAVE
    assert "约20" in picture.words
    assert "末端波线：原文为“约”，在所画长度上下" in picture.words


def test_a_missing_value_has_words_and_no_bar_and_nought_has_a_stub(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "- 0个 20个")), engine, fonts)
    assert len(bodies(picture, DEEP)) == 1
    assert len(picture.strokes(DEEP, 0.9)) == 1
    assert {"未报", "0"} <= set(picture.words)


def test_targets_are_hollow_rings_with_their_words(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "10个 20个"), targets="30个 35个"), engine, fonts)
    assert len(picture.strokes(OCHRE, 1.2)) == 3  # two rings and the one of the legend
    assert {"30", "35", "目标"} <= set(picture.words)


def test_the_year_before_is_pale_with_an_edge(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("今年", "10个"), series("去年", "20个", "earlier")), engine, fonts)
    assert len(bodies(picture, PALE)) == 1
    assert picture.strokes(MID)


def test_numbers_without_room_at_their_bars_stand_in_rows_under_them(engine: InProcess, fonts: FontSet) -> None:
    texts = " ".join(f"{100 + i}个" for i in range(16))
    names = ("甲类", "乙类", "丙类", "丁类")
    picture = seen(GroupedBars(CITIES, tuple(series(name, texts) for name in names), "个"), engine, fonts)
    assert all(picture.words.count(str(100 + i)) >= 4 for i in range(1, 16))
    for name in names:
        assert picture.where(name).top > picture.where("济南").bottom


def test_negative_bars_hang(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("甲", "-33个 20个")), engine, fonts)
    down, up = bodies(picture, DEEP)
    assert down.top == pytest.approx(up.bottom, abs=0.01)
    assert picture.where("-33").top > down.bottom


def test_parts_stand_upon_one_another_with_their_numbers_inside(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("已办", "61个"), series("未办", "42个"), together="stacked"), engine, fonts)
    (low,), (high,) = bodies(picture, DEEP), bodies(picture, SOFT)
    assert high.bottom == pytest.approx(low.top, abs=0.01)
    assert low.top < picture.where("61").top < picture.where("61").bottom < low.bottom


def test_a_whole_with_a_part_missing_is_open_at_its_end(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("已办", "60个"), series("未办", "-"), together="stacked"), engine, fonts)
    assert "末端留口：所含有约数或未报，合计不少于所画长度" in picture.words
    assert "未报" in picture.words


def test_shares_fill_the_axis_and_keep_the_numbers_reported(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("已办", "30个 1个"), series("未办", "10个 1个"), together="shares"), engine, fonts)
    assert [box.top for box in bodies(picture, SOFT)] == pytest.approx([bodies(picture, SOFT)[0].top] * 2)
    assert {"30", "10", "100%", "柱长为占合计的比例，柱内为数（单位：个）"} <= set(picture.words)
    first, second = bodies(picture, DEEP)
    assert (first.bottom - first.top) / (second.bottom - second.top) == pytest.approx(1.5, abs=0.01)


def test_no_share_is_told_of_a_whole_that_is_not_known(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(bars(series("已办", "30个 -"), series("未办", "10个 5个"), together="shares"), engine, fonts)
    assert len(bodies(picture, DEEP)) == len(bodies(picture, SOFT)) == 1
    assert {"未报", "5"} <= set(picture.words)


@pytest.mark.parametrize("together", ["grouped", "stacked", "shares"])
def test_bars_lie_where_names_are_too_long(
    together: Literal["grouped", "stacked", "shares"], engine: InProcess, fonts: FontSet
) -> None:
    texts = "30余个 - 0个 近50个 " + " ".join(["7个"] * 12)
    picture = seen(GroupedBars(LONG, (series("甲", texts), series("乙", texts)), "个", together), engine, fonts)
    assert picture.height > 300
    assert all(box.right - box.left > box.bottom - box.top for box in picture.filled(DEEP) if box.right - box.left > 20)


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", GroupedBars((), (series("甲", ""),), "个"), "1至16个类别"),
        ("C131", GroupedBars(tuple(map(str, range(17))), (series("甲", "1个 " * 17),), "个"), "有17个"),
        ("C131", GroupedBars(("甲",), tuple(series(name, "1个") for name in "甲乙丙丁戊"), "个"), "1至4个系列"),
        ("C134", bars(series("甲", "1个 2个"), series("乙", "1个")), "“乙”有1个值，类别有2个"),
        ("C131", bars(series("甲", "1个"), together="stacked", targets="3个"), "目标只标在并列的柱形图上"),
        ("C132", bars(series("甲", "-3个"), together="stacked"), "“甲组甲”是 -3个"),
        ("C133", bars(series("甲", "- -")), "没有一个数"),
        ("C140", bars(series("甲", "3元")), "图的单位是“个”"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: GroupedBars, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


NUMBERS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "100个", "9999个", "3亿个"))


@FEW
@given(
    rows=st.lists(st.lists(NUMBERS, min_size=16, max_size=16), min_size=1, max_size=4),
    count=st.sampled_from((1, 3, 8, 16)),
    together=st.sampled_from(("grouped", "stacked", "shares")),
    long=st.booleans(),
    aims=st.booleans(),
)
def test_no_word_touches_another_or_leaves_the_picture(
    engine: InProcess, fonts: FontSet, *, rows: list[list[str]], count: int,
    together: Literal["grouped", "stacked", "shares"], long: bool, aims: bool,
) -> None:  # fmt: skip
    names = ("新增", "上年同期", "全省三级联动平均水平（不含青岛）", "其他")
    count = min(count, 8) if long else count  # more of them with four bars each are taller than a page
    every = tuple(series(name, " ".join((*row[: count - 1], "5个"))) for name, row in zip(names, rows, strict=False))
    targets = series("目标", " ".join(["50个"] * count), "target") if aims and together == "grouped" else None
    chart = GroupedBars((LONG if long else CITIES)[:count], every, "个", together, targets)
    assert seen(chart, engine, fonts).marks


def test_a_chart_taller_than_a_page_is_said() -> None:
    texts = " ".join(["30余个", "近30个", "约30个", "30个"] * 4)
    rows = tuple(series(name, texts) for name in "甲乙丙丁")
    with pytest.raises(ChartError, match="一页放不下：16个类别") as caught:
        drawn(GroupedBars(LONG, rows, "个", targets=series("目标", texts, "target")), BRIEFING)
    assert caught.value.code == "C131"


def test_the_words_for_those_who_cannot_see_hold_every_value() -> None:
    chart = bars(series("甲", "30余个 -"), targets="40个 50个")
    assert alt_text(chart) == "柱形图（单位：个）。甲：甲组30余个，乙组未报；目标：甲组40个，乙组50个。"
