from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text, drawn
from digest.charts.paths import bounds
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import Lines, Series, Value
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, months, no_line_runs_through_words, seen, series

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, MID, OCHRE = "#1f3a5f", "#4f76a3", "#b07a00"

TWO = Lines(
    tuple(f"{month}月" for month in range(3, 9)),
    (series("新增", "8个 14个 21个 26个 23个 19个"), series("销号", "0个 2个 6个 11个 16个 18个")),
    "个",
)


def line(texts: str, unit: str = "个") -> Lines:
    values = series("走访", texts)
    return Lines(tuple(f"{i + 1}月" for i in range(len(values.values))), (values,), unit)


def test_a_line_is_named_where_it_ends_with_its_last_number(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    assert {"新增 19", "销号 18", "单位：个", "26"} <= set(picture.words)
    assert picture.run("新增 19").face == "hei-bold"


def test_names_of_lines_that_end_together_are_nudged_apart(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    assert picture.where("新增 19").bottom < picture.where("销号 18").top


def test_points_stand_as_high_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("10个 30个 20个"), engine, fonts)
    dots = [box for box in picture.filled(DEEP) if box.right - box.left < 5]
    first, second, third = ((box.top + box.bottom) / 2 for box in dots)
    assert (first - third) / (first - second) == pytest.approx(0.5, abs=0.01)


def test_a_line_is_parted_where_nobody_reported(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("10个 20个 - 30个 20个"), engine, fonts)
    before, after = sorted(box for box in (bounds(path.segments) for path in picture.strokes(DEEP, 1.5)) if box)
    word = picture.where("未报")
    assert before[2] < word.left < word.right < after[0]


def test_what_is_said_of_a_missing_value_is_printed(engine: InProcess, fonts: FontSet) -> None:
    chart = Lines(
        ("1月", "2月"), (Series("走访", (Value(parse_quantity("3个"), "3个"), Value(display="未到期"))),), "个"
    )
    assert "未到期" in seen(chart, engine, fonts).words
    assert alt_text(chart) == "折线图（单位：个）。走访：1月3个，2月未到期。"


def test_nought_is_a_point_like_others(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("0个 0个 0个"), engine, fonts)
    assert len([box for box in picture.filled(DEEP) if box.right - box.left < 5]) == 3
    assert "走访 0" in picture.words


def test_bounds_have_arrowheads_and_keys_in_the_words_of_the_report(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("30余个 近60个 约50个 40个"), engine, fonts)
    assert {"30余", "近60", "约50"} <= set(picture.words)
    assert "点上尖角：原文为“余”，不少于所画之数" in picture.words
    assert "点下尖角：原文为“近”，不到所画之数" in picture.words
    assert "点上波线：原文为“约”，在所画之数上下" in picture.words


def test_exact_numbers_need_no_key(engine: InProcess, fonts: FontSet) -> None:
    assert not any("原文" in word for word in seen(TWO, engine, fonts).words)


def test_bounds_that_find_no_room_are_said_under_the_picture(engine: InProcess, fonts: FontSet) -> None:
    crowd = tuple(series(name, " ".join(["100000余个"] * 36)) for name in "甲乙丙丁")
    picture = seen(Lines(months(36), crowd, "个"), engine, fonts)
    notes = "".join(picture.words)
    written = picture.words.count("100000余")
    assert (
        written + sum(notes.count(f"{month}{name}100000余个") for name in "甲乙丙丁" for month in months(36)) >= 4 * 35
    )


def test_the_year_before_is_dashed_and_the_target_is_ochre(engine: InProcess, fonts: FontSet) -> None:
    chart = Lines(
        ("1月", "2月"),
        (series("今年", "3个 9个"), series("去年", "2个 5个", "earlier"), series("目标", "4个 7个", "target")),
        "个",
    )
    picture = seen(chart, engine, fonts)
    assert all(path.dash for path in picture.strokes(MID, 1.2))
    assert all(path.dash for path in picture.strokes(OCHRE, 1.2))
    assert not any(path.dash for path in picture.strokes(DEEP, 1.5))


def test_an_axis_that_begins_above_nought_says_so(engine: InProcess, fonts: FontSet) -> None:
    assert "单位：%；纵轴不从零起" in seen(line("96.1% 97% 98.2%", "%"), engine, fonts).words
    assert "单位：个" in seen(line("1个 50个 100个"), engine, fonts).words


def test_values_count_in_the_unit_of_the_chart(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("300万元 0.05亿元", "万元"), engine, fonts)
    assert {"300", "走访 0.05亿元", "单位：万元", "500", "0"} <= set(picture.words)


def test_negative_numbers_lie_under_the_line_of_nought(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(line("-35个 20个 -10个"), engine, fonts)
    assert "-40" in picture.words
    zero = max(picture.strokes("#000000", 0.7), key=lambda path: path.width)
    box = bounds(zero.segments)
    assert box is not None
    assert picture.where("-35").top > box[1]


def test_the_year_stands_once_under_its_first_month(engine: InProcess, fonts: FontSet) -> None:
    words = seen(Lines(months(24), (series("甲", " ".join(["3个"] * 24)),), "个"), engine, fonts).words
    assert words.count("2022年") == words.count("2023年") == 1
    assert words.count("12月") == 2


@pytest.mark.parametrize("text", ["A<B且C>D", "{{x}}", "$a$与$b$", "&amp;", "a<br>b"])
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    words = seen(Lines((text, "2月"), (series(text, "1 4"),), text), engine, fonts).words
    assert {text, f"{text} 4", f"单位：{text}"} <= set(words)


@pytest.mark.parametrize(
    ("code", "chart", "words"),
    [
        ("C131", Lines((), (), "个"), "0个"),
        ("C131", Lines(("1月",), (), "个"), "1至4个系列"),
        ("C131", Lines(("1月",), tuple(series(name, "1个") for name in "甲乙丙丁戊"), "个"), "有5个"),
        ("C134", Lines(("1月", "2月"), (series("甲", "1个"),), "个"), "“甲”有1个值，时段有2个"),
        ("C133", Lines(("1月",), (series("甲", "-"),), "个"), "没有一个数"),
        ("C140", Lines(("1月",), (series("甲", "3元"),), "个"), "“1月甲”是 3元"),
    ],
)
def test_what_cannot_be_drawn_is_said(code: str, chart: Lines, words: str) -> None:
    with pytest.raises(ChartError, match=words) as caught:
        drawn(chart, BRIEFING)
    assert caught.value.code == code


NUMBERS = st.sampled_from(("-", "0个", "7个", "近60个", "30余个", "约45个", "100个", "99999个", "-20个"))


@FEW
@given(st.lists(st.lists(NUMBERS, min_size=13, max_size=13), min_size=1, max_size=4), st.sampled_from((1, 2, 7, 13)))
def test_no_word_touches_another_or_a_line(
    engine: InProcess, fonts: FontSet, rows: list[list[str]], count: int
) -> None:
    names = ("新增", "上年同期", "全省三级联动平均水平（不含青岛）", "目标")
    lines = [series(name, " ".join((*row[: count - 1], "5个"))) for name, row in zip(names, rows, strict=False)]
    picture = seen(Lines(months(count), tuple(lines), "个"), engine, fonts)
    no_line_runs_through_words(picture, 1.2)


def test_no_shape_is_turned(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Lines(months(36), (series("甲", " ".join(["3个"] * 36)),), "个"), engine, fonts)
    assert all(picture.run(word).tilt == 0 for word in picture.words)
