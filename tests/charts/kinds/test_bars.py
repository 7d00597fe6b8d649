from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.bars import BAR, ROW
from digest.charts.kit.sheet import CAP, NOTCH
from digest.charts.kit.words import escaped, text_width, wrapped
from digest.charts.paths import bounds
from digest.charts.svg import marks_of
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import Bar, BarChart, BarPanel, PlotlyChart
from digest.style import BRIEFING
from tests.charts.marks import paths, runs, words

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.drawing import GlyphRun, Mark
    from digest.fonts import FontSet


def panel(title: str, unit: str, *bars: tuple[str, str]) -> BarPanel:
    return BarPanel(title, unit, tuple(Bar(label, parse_quantity(text), text, "") for label, text in bars))


def drawn(chart: BarChart, engine: InProcess, fonts: FontSet) -> tuple[Mark, ...]:
    figure, width, height = figure_of(chart, BRIEFING)
    return marks_of(engine.draw(figure, width, height, fonts), fonts)


def run_of(marks: tuple[Mark, ...], text: str) -> GlyphRun:
    return next(run for run in runs(marks) if "".join(run.clusters) == text)


def right_of(run: GlyphRun, fonts: FontSet) -> float:
    return run.x + sum(fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size


def ends_of_bars(marks: tuple[Mark, ...]) -> list[tuple[float, float, float]]:
    """Left, right and middle of every plain bar."""
    ends = []
    for path in paths(marks):
        left, top, right, bottom = bounds(path.segments) or (0, 0, 0, 0)
        if path.fill is not None and path.stroke is None and abs(bottom - top - BAR) < 0.01:
            ends.append((left, right, (top + bottom) / 2))
    return ends


SHUANGLIAN = BarChart((
    panel("产出（自2017年起累计）", "个", ("培育新型经营主体", "2700余家"), ("实施增收项目", "2000多个")),
    panel("规模（目前）", "个", ("联建村", "169个"), ("部门单位", "137个"), ("所在县（市、区）", "65个")),
))  # fmt: skip


def test_words_are_those_of_the_source(engine: InProcess, fonts: FontSet) -> None:
    said = words(drawn(SHUANGLIAN, engine, fonts))
    for word in ("2700余家", "2000多个", "169个", "联建村", "所在县（市、区）", "规模（目前）"):
        assert said.count(word) == 1


def test_bars_are_in_the_given_order_and_a_row_apart(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(SHUANGLIAN, engine, fonts)
    rows = [run_of(marks, word).y for word in ("169个", "137个", "65个")]
    assert rows[1] - rows[0] == pytest.approx(ROW, abs=0.01)
    assert rows[2] - rows[1] == pytest.approx(ROW, abs=0.01)


def test_bars_are_as_long_as_their_numbers(engine: InProcess, fonts: FontSet) -> None:
    ends = ends_of_bars(drawn(SHUANGLIAN, engine, fonts))
    right = sorted(end - left for left, end, _ in ends if left > 200)
    assert right[1] / right[2] == pytest.approx(137 / 169, abs=0.001)
    assert right[0] / right[2] == pytest.approx(65 / 169, abs=0.001)


def test_a_value_stands_bold_just_behind_its_bar(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(SHUANGLIAN, engine, fonts)
    value = run_of(marks, "169个")
    longest = max(end for _, end, _ in ends_of_bars(marks))
    assert value.face == "hei-bold"
    assert value.x - longest == pytest.approx(4, abs=0.1)


def test_a_lower_bound_ends_in_an_open_cap(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(SHUANGLIAN, engine, fonts)
    value = run_of(marks, "2700余家")
    solid = max(end for left, end, _ in ends_of_bars(marks) if left < 200)
    assert value.x - solid == pytest.approx(CAP + 4, abs=0.1)
    hatch = [path for path in paths(marks) if path.stroke and len(path.segments) > 6 and path.width == 0.7]
    assert len(hatch) == 3  # two caps and the one of the key
    assert any("右端留口：原文为“余”“多”，不少于所画长度" in word for word in words(marks))


def test_no_line_closes_the_open_side(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(SHUANGLIAN, engine, fonts)
    value = run_of(marks, "2700余家")
    edge = value.x - 4
    for path in paths(marks):
        left, top, right, bottom = bounds(path.segments) or (0, 0, 0, 0)
        upright = left == right and bottom - top > 1 and top < value.y < bottom
        assert not (upright and abs(left - edge) < 1)


def test_an_upper_bound_ends_in_a_notch_whose_tips_touch_it(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart((panel("资金", "元", ("落实资金", "5亿元"), ("帮扶资金", "近5亿元")),))
    marks = drawn(chart, engine, fonts)
    (_, exact, _), (_, cut, low), (_, tips, under) = ends_of_bars(marks)[:3]
    assert low == under
    assert tips == pytest.approx(exact, abs=0.01)
    assert cut == pytest.approx(exact - NOTCH, abs=0.01)
    assert "右端缺口：原文为“近”，不到所画长度" in words(marks)


def test_a_bound_that_may_be_reached_is_not_told_as_missed(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart((panel("户数", "户", ("走访", "近12户"), ("帮扶", "不超过12户")),))
    assert "右端缺口：原文为“近”“不超过”，不超过所画长度" in words(drawn(chart, engine, fonts))


def test_exact_bars_need_no_key(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(BarChart((panel("", "个", ("甲", "3个")),)), engine, fonts)
    assert not any("右端" in word for word in words(marks))


def test_large_numbers_are_counted_in_wan(engine: InProcess, fonts: FontSet) -> None:
    said = words(drawn(BarChart((panel("参加", "人次", ("党员", "11万余人次"), ("群众", "25万人次")),)), engine, fonts))
    assert "参加（单位：人次）" in said
    assert "10万" in said
    assert "0" in said


def test_first_and_last_tick_are_both_printed(engine: InProcess, fonts: FontSet) -> None:
    said = words(drawn(SHUANGLIAN, engine, fonts))
    assert {"0", "50", "100", "150", "200", "1000", "3000"} <= set(said)
    assert "4000" not in said


HARD = ("A<B且C>D", "R&D投入", "{{x}}", "%s", "</para>", "<b>x</b>", "$a$与$b$", "&amp;", "%{y}", "a<br>b", "<extra>")


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    quantity = parse_quantity("3个")
    chart = BarChart((BarPanel(text, "个", (Bar(text, quantity, text, ""),)),))
    assert words(drawn(chart, engine, fonts)).count(text) == 3


def test_escaped_text_holds_no_sign_that_plotly_reads() -> None:
    assert escaped("<b>R&D</b>$%") == "&lt;b&gt;R&amp;D&lt;/b&gt;&#36;&#37;"


def test_three_panels_stand_side_by_side_without_touching(engine: InProcess, fonts: FontSet) -> None:
    chart = BarChart(
        tuple(
            panel(f"第{name}组", "个", ("名称很长很长很长很长很长的一项工作", "近1500个"), ("短", "7个"))
            for name in "一二三"
        )
    )
    marks = drawn(chart, engine, fonts)
    values = sorted((run for run in runs(marks) if "".join(run.clusters) == "近1500个"), key=lambda run: run.x)
    titles = [run_of(marks, f"第{name}组").x for name in "二三"]
    assert right_of(values[0], fonts) < titles[0]
    assert right_of(values[1], fonts) < titles[1]
    assert right_of(values[2], fonts) <= BRIEFING.measure


def test_nought_has_a_label_and_no_bar(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(BarChart((panel("", "个", ("无", "0个")),)), engine, fonts)
    assert "0个" in words(marks)
    assert ends_of_bars(marks) == []


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
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
    figure, width, height = figure_of(chart, BRIEFING)
    marks = marks_of(engine.draw(figure, width, height, fonts), fonts)
    boxes = [(run.x, run.y - 0.7 * run.size, right_of(run, fonts), run.y) for run in runs(marks)]
    for left, top, right, bottom in boxes:
        assert left >= -0.01
        assert top >= 0
        assert right <= width + 0.01
        assert bottom <= height
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top


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


def test_lines_of_a_label_keep_numbers_whole_and_begin_with_no_closing_mark() -> None:
    for line in wrapped("实施增收项目2000多个（含民生实事项目），共建", 10, 62):
        assert text_width(line, 10) <= 62
        assert line[0] not in "），"
    assert any("2000" in line for line in wrapped("实施增收项目2000多个", 10, 62))


def test_no_label_is_wider_than_it_was_taken_for(fonts: FontSet) -> None:
    text = "".join(map(chr, range(0x20, 0x7F))) + "中文，。“”（）·—…％"
    for face in ("hei", "hei-bold"):
        for character in text:
            assert fonts.face(face).advance(character) * 10 <= text_width(character, 10) + 0.01, character
