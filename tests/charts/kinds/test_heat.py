from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.heat import MOST_COLUMNS, MOST_ROWS
from digest.charts.theme import hex_of
from digest.errors import ChartError
from digest.story.charts import HeatMap
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, value
from tests.charts.marks import flat, paths

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.charts.paths import Box
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture

RAMP = ("#D5E0EC", "#93B1CF", "#4F76A3", "#1F3A5F")


def heat(unit: str, *rows: tuple[str, ...]) -> HeatMap:
    """Rows of words; the names of rows and columns are counted."""
    columns = tuple(f"{i}月" for i in range(1, len(rows[0]) + 1))
    names = tuple("甲乙丙丁戊己庚辛"[: len(rows)])
    return HeatMap(names, columns, tuple(tuple(value(text) for text in row) for row in rows), unit)


FOUR = heat("个", ("5个", "25个"), ("45个", "65个"))


def cells(picture: Picture, color: str) -> list[Box]:
    """Cells of a colour, without the boxes of the legend."""
    return [box for box in picture.filled(color) if box[3] - box[1] > 10]


def test_every_cell_says_its_number_and_the_unit_stands_once(engine: InProcess, fonts: FontSet) -> None:
    said = seen(FOUR, engine, fonts).words
    for word in ("5", "25", "45", "65", "单位：个"):
        assert said.count(word) == 1


def test_more_is_darker(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(FOUR, engine, fonts)
    for color, word in zip(RAMP, ("5", "25", "45", "65"), strict=True):
        (cell,) = cells(picture, color)
        left, top, right, bottom = picture.where(word)
        assert cell[0] < left < right < cell[2]
        assert cell[1] < top < bottom < cell[3]


def test_cells_are_vectors(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(FOUR, engine, fonts)
    assert {type(mark).__name__ for mark in flat(picture.marks)} == {"GlyphRun", "Path"}
    assert sum(len(cells(picture, color)) for color in RAMP) == 4


def test_the_legend_tells_where_steps_begin(engine: InProcess, fonts: FontSet) -> None:
    said = seen(FOUR, engine, fonts).words
    assert {"0", "20", "40", "60", "80"} <= set(said)


def test_words_are_white_where_cells_are_dark(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(FOUR, engine, fonts)
    assert [hex_of(picture.run(word).color) for word in ("5", "25", "45", "65")] == [
        "#000000", "#000000", "#ffffff", "#ffffff"
    ]  # fmt: skip


def test_what_is_missing_is_hatched_and_never_nought(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(heat("个", ("0个", "未报"), ("暂无", "9个")), engine, fonts)
    assert {"0", "未报", "暂无", "9"} <= set(picture.words)
    assert sum(len(cells(picture, color)) for color in RAMP) == 2
    assert sum(1 for path in paths(picture.marks) if path.stroke and len(path.segments) > 6) >= 2


def test_less_than_a_bound_lies_below_it(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(heat("个", ("0个", "20个", "近20个", "40个")), engine, fonts)
    row = sorted((cell[0], RAMP.index(color)) for color in RAMP for cell in cells(picture, color))
    _, exact, near, _ = (step for _, step in row)
    assert near < exact
    assert "原文为“近”的，深浅按原文所写的数" in picture.words


def test_equal_numbers_have_one_shade_and_no_legend(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(heat("个", ("5个", "5个")), engine, fonts)
    assert len(cells(picture, RAMP[1])) == 2
    assert sorted(picture.words) == sorted(("甲", "1月", "2月", "5", "5", "单位：个"))


def test_large_numbers_are_counted_in_wan_and_yi(engine: InProcess, fonts: FontSet) -> None:
    said = seen(heat("元", ("1.3亿元", "8亿元", "未报")), engine, fonts).words
    assert {"1.3亿", "8亿", "0", "4亿"} <= set(said) or {"1.3亿", "8亿", "0", "5亿", "10亿"} <= set(said)


def test_a_unit_that_counts_in_wan_is_not_counted_twice(engine: InProcess, fonts: FontSet) -> None:
    said = seen(heat("万元", ("12万元", "70万元")), engine, fonts).words
    assert {"单位：万元", "12", "70", "20", "80"} <= set(said)
    assert not any(word.endswith("万") for word in said)


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    chart = HeatMap((text,), (text,), ((value("3"),),), text)
    said = seen(chart, engine, fonts).words
    assert said.count(text) == 2
    assert f"单位：{text}" in said


@FEW
@given(st.data())
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, data: st.DataObject
) -> None:
    rows, columns = data.draw(st.integers(1, 8)), data.draw(st.integers(1, 8))
    number = st.integers(0, 10**5).map(lambda n: f"{n}个")
    cell = st.just("未报") | st.tuples(st.sampled_from(("", "近", "超")), number).map("".join)
    name = st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=30)
    values = data.draw(
        st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows).filter(
            lambda table: any("个" in text for row in table for text in row)
        )
    )
    names = tuple(data.draw(st.lists(name, min_size=rows, max_size=rows)))
    heads = tuple(data.draw(st.lists(name, min_size=columns, max_size=columns)))
    chart = HeatMap(names, heads, tuple(tuple(value(text) for text in row) for row in values), "个")
    assert seen(chart, engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (HeatMap((), (), (), "个"), "C131"),
        (heat("个", ("1个",) * (MOST_COLUMNS + 1)), "C131"),
        (HeatMap(("甲",) * (MOST_ROWS + 1), ("一",), ((value("1个"),),) * (MOST_ROWS + 1), "个"), "C131"),
        (heat("个", ("-1个",)), "C132"),
        (heat("个", ("未报", "")), "C133"),
        (HeatMap(("甲", "乙"), ("一",), ((value("1个"),),), "个"), "C134"),
        (HeatMap(("甲",), ("一",), ((value("1个"), value("2个")),), "个"), "C134"),
        (heat("个", ("1234567890123个",) * 12), "C142"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: HeatMap, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    assert alt_text(heat("个", ("1个", ""), ("近3个", "暂无"))) == (
        "热力图（单位：个）。甲：1月1个，2月未报；乙：1月近3个，2月暂无。"
    )
