from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.tiles import MOST_COLUMNS, SHANDONG, SIDE
from digest.errors import ChartError
from digest.story.charts import Share, TileMap
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, shares, value
from tests.charts.marks import paths

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.charts.paths import Box
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture

RAMP = ("#D5E0EC", "#93B1CF", "#4F76A3", "#1F3A5F")
ROSTER = (
    "济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁",
    "泰安", "威海", "日照", "临沂", "德州", "聊城", "滨州", "菏泽",
)  # fmt: skip
ALL = TileMap(tuple(Share(name, value(f"{5 * i}个")) for i, name in enumerate(ROSTER)), "个")


def squares(picture: Picture) -> list[Box]:
    return [box for color in RAMP for box in picture.filled(color) if box[3] - box[1] == pytest.approx(SIDE)]


def test_all_sixteen_cities_have_a_square_with_name_and_words(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(ALL, engine, fonts)
    assert len(squares(picture)) == 16
    assert set(ROSTER) <= set(picture.words)
    assert {"75", "55", "单位：个"} <= set(picture.words)


def test_the_grid_holds_the_roster_once() -> None:
    assert sorted(name for row in SHANDONG for name in row if name) == sorted(ROSTER)


@pytest.mark.parametrize(
    ("west", "east"), [("聊城", "济南"), ("济南", "青岛"), ("青岛", "威海"), ("菏泽", "枣庄"), ("济宁", "日照")]
)
def test_cities_stand_from_west_to_east(west: str, east: str, engine: InProcess, fonts: FontSet) -> None:
    picture = seen(ALL, engine, fonts)
    assert picture.run(west).x < picture.run(east).x


@pytest.mark.parametrize(
    ("north", "south"), [("德州", "济南"), ("济南", "泰安"), ("泰安", "枣庄"), ("烟台", "青岛"), ("淄博", "临沂")]
)
def test_cities_stand_from_north_to_south(north: str, south: str, engine: InProcess, fonts: FontSet) -> None:
    picture = seen(ALL, engine, fonts)
    assert picture.run(north).y < picture.run(south).y


def test_more_is_darker_and_the_legend_tells_the_steps(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(ALL, engine, fonts)
    assert {"0", "20", "40", "60", "80"} <= set(picture.words)
    counts = [sum(1 for box in picture.filled(color) if box[3] - box[1] > 20) for color in RAMP]
    assert counts == [4, 4, 4, 4]


def test_a_city_nobody_reported_for_is_hatched(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TileMap(shares(("济南", "3个"), ("青岛", "暂无")), "个"), engine, fonts)
    said = picture.words
    assert said.count("未报") == 14
    assert said.count("暂无") == 1
    assert len(squares(picture)) == 1
    assert sum(1 for path in paths(picture.marks) if path.stroke and len(path.segments) > 20) == 15


def test_a_city_may_be_called_with_its_rank(engine: InProcess, fonts: FontSet) -> None:
    said = seen(TileMap(shares(("济南市", "3个")), "个"), engine, fonts).words
    assert "济南" in said
    assert said.count("未报") == 15


def test_what_a_bound_means_is_said(engine: InProcess, fonts: FontSet) -> None:
    said = seen(TileMap(shares(("济南", "30余个"), ("青岛", "近20个")), "个"), engine, fonts).words
    assert {"30余", "近20", "原文为“余”“近”的，深浅按原文所写的数"} <= set(said)


def test_a_grid_of_ones_own_is_followed(engine: InProcess, fonts: FontSet) -> None:
    chart = TileMap(shares(("甲区", "3户"), ("丙县", "9户")), "户", (("甲区", "乙区"), ("", "丙县")))
    picture = seen(chart, engine, fonts)
    assert picture.run("甲区").x < picture.run("乙区").x == picture.run("丙县").x
    assert picture.words.count("未报") == 1


def test_a_unit_that_counts_in_wan_is_not_counted_twice(engine: InProcess, fonts: FontSet) -> None:
    said = seen(TileMap(shares(("济南", "182137万元"), ("青岛", "62137万元")), "万元"), engine, fonts).words
    assert {"182137", "200000"} <= set(said)
    assert not any(word.endswith("万") for word in said)


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    said = seen(TileMap(shares(("甲", "1"), ("乙", "2")), text, (("甲", "乙"),)), engine, fonts).words
    assert f"单位：{text}" in said
    narrow = TileMap((Share(text, value("3个")),), "个", ((text,),))
    assert "".join(seen(narrow, engine, fonts).words).count(text.replace(" ", "")) == 1


@FEW
@given(st.data())
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, data: st.DataObject
) -> None:
    rows, columns = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 8))
    names = [[f"{'甲乙丙丁戊己庚辛'[j]}{'一二三四五六'[i]}县" for j in range(columns)] for i in range(rows)]
    holes = data.draw(st.sets(st.tuples(st.integers(0, rows - 1), st.integers(1, 7)), max_size=9))
    grid = tuple(tuple("" if (i, j) in holes else name for j, name in enumerate(row)) for i, row in enumerate(names))
    number = st.integers(0, 10**5).map(lambda n: f"{n}个")
    cell = st.just("未报") | st.tuples(st.sampled_from(("", "近", "超")), number).map("".join)
    told = [(name, data.draw(cell)) for row in grid for name in row if name]
    assert seen(TileMap(shares(*told[1:], (told[0][0], "7个")), "个", grid), engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (TileMap(shares(("甲", "1个")), "个", ((*"甲乙丙丁戊己庚辛壬癸子"[: MOST_COLUMNS + 1],),)), "C131"),
        (TileMap(shares(("济南", "-1个")), "个"), "C132"),
        (TileMap((), "个"), "C133"),
        (TileMap(shares(("济南", "")), "个"), "C133"),
        (TileMap(shares(("济南", "123456789012个")), "个"), "C142"),
        (TileMap(shares(("济甯", "1个")), "个"), "C143"),
        (TileMap(shares(("济南", "1个"), ("济南市", "1个")), "个"), "C144"),
        (TileMap(shares(("甲", "1个")), "个", (("甲", "甲"),)), "C144"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: TileMap, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_an_unknown_city_is_answered_with_the_nearest() -> None:
    with pytest.raises(ChartError, match="图上没有“潍纺”，是不是“潍坊”？（图上有：德州、滨州"):
        figure_of(TileMap(shares(("潍纺", "1个")), "个"), BRIEFING)


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    chart = TileMap(shares(("甲区", "近3户"), ("丙县", "")), "户", (("甲区", "乙区"), ("", "丙县")))
    assert alt_text(chart) == "方块地图（单位：户）。甲区近3户，丙县未报，乙区未报。"
