from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.bars import BAR, ROW
from digest.charts.kit.bars import NOTCH, SIDE_CAP
from digest.charts.paths import bounds
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import Bar, BarChart, BarPanel, PlotlyChart
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen
from tests.charts.marks import paths, runs

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.drawing import GlyphRun
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture


def panel(title: str, unit: str, *bars: tuple[str, str]) -> BarPanel:
    return BarPanel(title, unit, tuple(Bar(label, parse_quantity(text), text, "") for label, text in bars))


def right_of(run: GlyphRun, fonts: FontSet) -> float:
    return run.x + sum(fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size


def ends_of_bars(picture: Picture) -> list[tuple[float, float, float]]:
    """Left, right and middle of every plain bar."""
    ends = []
    for path in paths(picture.marks):
        left, top, right, bottom = bounds(path.segments) or (0, 0, 0, 0)
        if path.fill is not None and path.stroke is None and abs(bottom - top - BAR) < 0.01:
            ends.append((left, right, (top + bottom) / 2))
    return ends


SHUANGLIAN = BarChart((
    panel("产出（自2017年起累计）", "个", ("培育新型经营主体", "2700余家"), ("实施增收项目", "2000多个")),
    panel("规模（目前）", "个", ("联建村", "169个"), ("部门单位", "137个"), ("所在县（市、区）", "65个")),
))  # fmt: skip


def test_words_are_those_of_the_source(engine: InProcess, fonts: FontSet) -> None:
    said = seen(SHUANGLIAN, engine, fonts).words
    for word in ("2700余家", "2000多个", "169个", "联建村", "所在县（市、区）", "规模（目前）"):
        assert said.count(word) == 1


def test_bars_are_in_the_given_order_and_a_row_apart(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(SHUANGLIAN, engine, fonts)
    rows = [picture.run(word).y for word in ("169个", "137个", "65个")]
    assert rows[1] - rows[0] == pytest.approx(ROW, abs=0.01)
    assert rows[2] - rows[1] == pytest.approx(ROW, abs=0.01)


def test_bars_are_as_long_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    ends = ends_of_bars(seen(SHUANGLIAN, engine, fonts))
    right = sorted(end - left for left, end, _ in ends if left > 200)
    assert right[1] / right[2] == pytest.approx(137 / 169, abs=0.001)
    assert right[0] / right[2] == pytest.approx(65 / 169, abs=0.001)


def test_a_value_stands_bold_just_behind_its_bar(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(SHUANGLIAN, engine, fonts)
    value = picture.run("169个")
    longest = max(end for _, end, _ in ends_of_bars(picture))
    assert value.face == "hei-bold"
    assert value.x - longest == pytest.approx(4, abs=0.1)


def test_a_lower_bound_ends_in_an_open_cap(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(SHUANGLIAN, engine, fonts)
    value = picture.run("2700余家")
    solid = max(end for left, end, _ in ends_of_bars(picture) if left < 200)
    assert value.x - solid == pytest.approx(SIDE_CAP + 4, abs=0.1)
    hatch = [path for path in paths(picture.marks) if path.stroke and len(path.segments) > 6 and path.width == 0.7]
    assert len(hatch) == 3  # two caps and the one of the key
    assert any("末端留口：原文为“余”“多”，不少于所画长度" in word for word in picture.words)


def test_no_line_closes_the_open_side(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(SHUANGLIAN, engine, fonts)
    value = picture.run("2700余家")
    edge = value.x - 4
    for path in paths(picture.marks):
        left, top, right, bottom = bounds(path.segments) or (0, 0, 0, 0)
        upright = left == right and bottom - top > 1 and top < value.y < bottom
        assert not (upright and abs(left - edge) < 1)


def test_an_upper_bound_ends_in_a_notch_whose_tips_touch_it(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart((panel("资金", "元", ("落实资金", "5亿元"), ("帮扶资金", "近5亿元")),))
    picture = seen(chart, engine, fonts)
    (_, exact, _), (_, cut, low), (_, tips, under) = ends_of_bars(picture)[:3]
    assert low == under
    assert tips == pytest.approx(exact, abs=0.01)
    assert cut == pytest.approx(exact - NOTCH, abs=0.01)
    assert "末端缺口：原文为“近”，不到所画长度" in picture.words


def test_a_bound_that_may_be_reached_is_not_told_as_missed(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart((panel("户数", "户", ("走访", "近12户"), ("帮扶", "不超过12户")),))
    assert "末端缺口：原文为“近”“不超过”，不超过所画长度" in seen(chart, engine, fonts).words


def test_exact_bars_need_no_key(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(BarChart((panel("", "个", ("甲", "3个")),)), engine, fonts)
    assert not any("末端" in word for word in picture.words)


def test_large_numbers_are_counted_in_wan(engine: InProcess, fonts: FontSet) -> None:
    said = seen(BarChart((panel("参加", "人次", ("党员", "11万余人次"), ("群众", "25万人次")),)), engine, fonts).words
    assert "参加（单位：人次）" in said
    assert "10万" in said
    assert "0" in said


def test_first_and_last_tick_are_both_printed(engine: InProcess, fonts: FontSet) -> None:
    said = seen(SHUANGLIAN, engine, fonts).words
    assert {"0", "50", "100", "150", "200", "1000", "3000"} <= set(said)
    assert "4000" not in said


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    quantity = parse_quantity("3个")
    chart = BarChart((BarPanel(text, "个", (Bar(text, quantity, text, ""),)),))
    assert seen(chart, engine, fonts).words.count(text) == 3


def test_three_panels_stand_side_by_side_without_touching(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart(
        tuple(
            panel(f"第{name}组", "个", ("名称很长很长很长很长很长的一项工作", "近1500个"), ("短", "7个"))
            for name in "一二三"
        )
    )
    picture = seen(chart, engine, fonts)
    values = sorted((run for run in runs(picture.marks) if "".join(run.clusters) == "近1500个"), key=lambda run: run.x)
    titles = [picture.run(f"第{name}组").x for name in "二三"]
    assert right_of(values[0], fonts) < titles[0]
    assert right_of(values[1], fonts) < titles[1]
    assert right_of(values[2], fonts) <= BRIEFING.measure


def test_nought_has_a_label_and_no_bar(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(BarChart((panel("", "个", ("无", "0个")),)), engine, fonts)
    assert "0个" in picture.words
    assert ends_of_bars(picture) == []


@FEW
@given(
    st.lists(
        st.lists(
            st.tuples(
                st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=30),
                st.sampled_from(("", "近", "超")),
                st.integers(0, 10**10),
            ),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_nothing_leaves_the_picture_and_no_value_covers_another(
    engine: InProcess, fonts: FontSet, groups: list[list[tuple[str, str, int]]]
) -> None:
    chart = BarChart(tuple(panel("组", "个", *((name, f"{word}{n}个") for name, word, n in bars)) for bars in groups))
    assert seen(chart, engine, fonts).words


@pytest.mark.parametrize("panels", [(), (panel("空", "个"),), (panel("甲", "个", ("甲", "1个")),) * 4])
def test_a_chart_has_one_to_three_panels_with_bars(panels: tuple[BarPanel, ...]) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(BarChart(panels), BRIEFING)
    assert caught.value.code == "C131"


def test_bars_do_not_go_below_zero() -> None:
    with pytest.raises(ChartError, match="结余") as caught:
        figure_of(BarChart((panel("", "元", ("结余", "-3元")),)), BRIEFING)
    assert caught.value.code == "C132"


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    assert alt_text(SHUANGLIAN) == (
        "条形图。产出（自2017年起累计）：培育新型经营主体2700余家，实施增收项目2000多个；"
        "规模（目前）：联建村169个，部门单位137个，所在县（市、区）65个。"
    )
    assert alt_text(PlotlyChart({"data": []}, alt="自己写的话")) == "自己写的话"


def test_about_a_number_has_a_wave_and_says_so(engine: InProcess, fonts: FontSet) -> None:
    exact = seen(BarChart((panel("", "元", ("甲", "5亿元")),)), engine, fonts)
    picture = seen(BarChart((panel("", "元", ("甲", "约5亿元")),)), engine, fonts)
    assert "末端波线：原文为“约”，在所画长度上下" in picture.words
    assert ends_of_bars(picture)[0][1] < ends_of_bars(exact)[0][1]


def test_ticks_count_no_myriads_where_the_unit_does(engine: InProcess, fonts: FontSet) -> None:
    said = seen(BarChart((panel("资金", "万元", ("甲", "9亿元"), ("乙", "3000万元")),)), engine, fonts).words
    assert "资金（单位：万元）" in said
    assert "100000" in said
    assert not any("万" in word for word in said if word[0].isdigit() and not word.endswith("万元"))
