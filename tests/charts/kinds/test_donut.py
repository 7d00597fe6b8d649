from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.donut import RADIUS
from digest.charts.kit.around import LEADER_STROKE
from digest.charts.paths import bounds
from digest.errors import ChartError
from digest.story.charts import Donut
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, shares, value
from tests.charts.marks import paths

if TYPE_CHECKING:
    from typing import Any

    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

DEEP, SOFT = "#1F3A5F", "#93B1CF"
LEDGER = Donut(shares(("推进整改", "95个"), ("已经销号", "61个"), ("正在核实", "40个")), value("196个"), "收集问题")


def ring(chart: Donut) -> dict[str, Any]:
    """The trace of the ring."""
    trace: dict[str, Any] = figure_of(chart, BRIEFING).figure["data"][0]
    return trace


def hatched(chart: Donut) -> list[float]:
    """Sizes of the hatched slices."""
    trace = ring(chart)
    return [size for size, shape in zip(trace["values"], trace["marker"]["pattern"]["shape"], strict=True) if shape]


def test_words_are_those_of_the_report_and_stand_once(engine: InProcess, fonts: FontSet) -> None:
    said = seen(LEDGER, engine, fonts).words
    for word in ("推进整改", "95个", "已经销号", "61个", "正在核实", "40个", "收集问题", "196个"):
        assert said.count(word) == 1


def test_parts_run_clockwise_from_the_top_in_the_given_order(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "3个"), ("乙", "1个")), value("4个"))
    picture = seen(chart, engine, fonts)
    (first,), (second,) = picture.filled(DEEP), picture.filled(SOFT)
    assert first[2] - first[0] == pytest.approx(2 * RADIUS, abs=0.1)
    assert first[2] > second[2]
    assert second[2] == pytest.approx(first[0] + RADIUS, abs=0.1)
    assert second[3] == pytest.approx(first[1] + RADIUS, abs=0.1)


def test_a_percentage_says_that_it_was_reckoned(engine: InProcess, fonts: FontSet) -> None:
    said = seen(LEDGER, engine, fonts).words
    assert "占48.5%（推算）" in said
    assert all("推算" in word for word in said if "%" in word)


def test_a_share_too_small_to_be_told_is_not_nought(engine: InProcess, fonts: FontSet) -> None:
    said = seen(Donut(shares(("甲", "9999个"), ("乙", "1个"), ("丙", "0个")), value("1万个")), engine, fonts).words
    assert {"占100.0%（推算）", "占比不足0.1%（推算）", "占0.0%（推算）"} <= set(said)


def test_no_share_is_reckoned_from_what_is_not_exact(engine: InProcess, fonts: FontSet) -> None:
    said = seen(Donut(shares(("甲", "近100个"), ("乙", "90个")), value("200余个")), engine, fonts).words
    assert not any("%" in word for word in said)


def test_an_exact_part_of_an_exact_whole_has_its_share_beside_a_bounded_one(engine: InProcess, fonts: FontSet) -> None:
    said = seen(Donut(shares(("甲", "100余个"), ("乙", "90个")), value("200个")), engine, fonts).words
    assert [word for word in said if "%" in word] == ["占45.0%（推算）"]


def test_what_no_part_was_reported_for_is_hatched(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "95个"), ("乙", "50个")), value("196个"))
    assert hatched(chart) == [51]
    assert "未注明" in seen(chart, engine, fonts).words


def test_a_missing_part_takes_the_rest_and_says_so(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "95个"), ("乙", ""), ("丙", "暂无")), value("196个"))
    assert hatched(chart) == [101]
    said = seen(chart, engine, fonts).words
    assert {"乙、丙", "未报、暂无"} <= set(said)
    assert not any("101" in word for word in said)


def test_a_bounded_part_has_a_hatched_edge_and_a_key(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "近100个"), ("乙", "96个")), value("196个"))
    assert len(hatched(chart)) == 1
    assert sum(ring(chart)["values"]) == pytest.approx(196)
    assert "边缘斜线：原文为约数，分界按原文所写的数画" in seen(chart, engine, fonts).words


def test_a_whole_in_words_is_the_sum_of_its_parts(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "3亿元"), ("乙", "1亿元")), value("全部资金"))
    assert hatched(chart) == []
    assert {"全部资金", "占75.0%（推算）"} <= set(seen(chart, engine, fonts).words)


def test_the_hatch_is_drawn_as_lines(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Donut(shares(("甲", "95个"), ("乙", "")), value("196个")), engine, fonts)
    assert any(len(path.segments) > 20 and path.fill is None for path in paths(picture.marks))


def test_leaders_begin_at_the_ring(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Donut(shares(("甲", "1个"), ("乙", "1个")), value("2个")), engine, fonts)
    leaders = [bounds(path.segments) or (0, 0, 0, 0) for path in paths(picture.marks) if path.width == LEADER_STROKE]
    assert (
        sorted(abs(x - 221) for left, _, right, _ in leaders for x in (left, right))[:2]
        == [pytest.approx(RADIUS + 1, abs=0.1)] * 2
    )


def test_many_small_parts_turn_to_a_side_and_no_leader_crosses_the_ring(engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares(("甲", "95个"), *[(name, "1个") for name in "乙丙丁戊己"]), value("100个"))
    picture = seen(chart, engine, fonts)
    assert ring(chart)["rotation"] > 0
    for path in paths(picture.marks):
        if path.width == LEADER_STROKE:
            left, _, right, _ = bounds(path.segments) or (0, 0, 0, 0)
            assert left > 221 + RADIUS * 0.5 or right < 221 - RADIUS * 0.5


def test_the_first_part_begins_at_the_top_where_words_have_room() -> None:
    assert ring(LEDGER)["rotation"] == 0


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    chart = Donut(shares((text, "1个"), ("乙", "1个")), value("全部"), text)
    assert seen(chart, engine, fonts).words.count(text) == 2


NAMES = st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=40)
NUMBERS = st.tuples(st.sampled_from(("", "近", "超", "约")), st.integers(0, 10**10)).map(lambda p: f"{p[0]}{p[1]}个")


@FEW
@given(st.lists(st.tuples(NAMES, NUMBERS), min_size=2, max_size=6), st.integers(0, 10**11), NAMES)
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, parts: list[tuple[str, str]], more: int, name: str
) -> None:
    total = sum(int("".join(c for c in text if c.isdigit())) for _, text in parts) + more
    # one more than all parts together, since 超160个 is more than 160
    assert seen(Donut(shares(*parts, ("其余", "1个"))[-6:], value(f"{total + 2}个"), name[:12]), engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (Donut(shares(("甲", "1个")), value("1个")), "C131"),
        (Donut(shares(*[("甲", "1个")] * 7), value("7个")), "C131"),
        (Donut(shares(("甲", "-1个"), ("乙", "2个")), value("1个")), "C132"),
        (Donut(shares(("甲", ""), ("乙", "")), value("1个")), "C133"),
        (Donut(shares(("甲", "0个"), ("乙", "0个")), value("0个")), "C133"),
        (Donut(shares(("甲", "3个"), ("乙", "2个")), value("4个")), "C140"),
        (Donut(shares(("甲", "3个"), ("乙", "2余个")), value("近5个")), "C140"),
        (Donut(shares(("甲", "3个"), ("乙", "2户")), value("全部")), "C140"),
        (Donut(shares(("甲", "3个"), ("乙", "")), value("全部")), "C141"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: Donut, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    chart = Donut(shares(("甲", "近100个"), ("乙", "")), value("196个"), "收集问题")
    assert alt_text(chart) == "环形图。收集问题196个：甲近100个，乙未报。"
