"""Charts that a project declares become values to be drawn, each number with the fact it comes from."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from digest.data.charts import check_chart
from digest.data.load import load
from digest.data.model import ChartKind, ChartSpec, Fact, FactKind, SeriesRole, SeriesSpec, Source
from digest.data.provenance import check_digest
from digest.data.quantity import parse_quantity
from digest.data.starter import init_project
from digest.story.blocks import Caption, Chart
from digest.story.charting import chart_words, charted
from digest.story.charts import (
    MISSING,
    BarsAndLine,
    Bullet,
    Bullets,
    Change,
    Donut,
    Dots,
    Funnel,
    GroupedBars,
    HeatMap,
    Lines,
    Series,
    Share,
    Slope,
    SmallMultiples,
    Step,
    TileMap,
    Value,
    Waterfall,
)
from digest.story.draft import draft

if TYPE_CHECKING:
    from pathlib import Path

    from digest.story.charts import AnyChart

CAPTION = Caption("图1", "")
SHOWN = {"a": "3个", "b": "2700余个", "c": "2个", "d": "10个", "r": "58.3%", "t": "6个"}


def fact(key: str, shown: str) -> Fact:
    kind: FactKind = "target" if key == "t" else "stock"
    deadline = "2024-06" if key == "t" else ""
    return Fact(key, "p", key, parse_quantity(shown), kind, Source("d", shown), label=f"名{key}", deadline=deadline)


FACTS = {key: fact(key, shown) for key, shown in SHOWN.items()}
UNKNOWN = Value(display="未报")


def value(key: str) -> Value:
    return Value(parse_quantity(SHOWN[key]), SHOWN[key], key)


A, B, C, D = map(value, "abcd")
ROWS = (SeriesSpec("今年", ("a", "")), SeriesSpec("去年", ("b", "c"), "earlier"))
NOW, BEFORE = Series("今年", (A, UNKNOWN)), Series("去年", (B, C), "earlier")
PLACES = ("济南", "青岛")


def made(spec: ChartSpec) -> AnyChart:
    return charted(spec, FACTS, CAPTION).chart


@pytest.mark.parametrize(
    ("kind", "chart"),
    [
        ("grouped", GroupedBars(PLACES, (NOW, BEFORE), "个")),
        ("stacked", GroupedBars(PLACES, (NOW, BEFORE), "个", "stacked")),
        ("shares", GroupedBars(PLACES, (NOW, BEFORE), "个", "shares")),
        ("lines", Lines(PLACES, (NOW, BEFORE), "个")),
        ("bars_line", BarsAndLine(PLACES, NOW, BEFORE, "个", "个")),
        ("heat", HeatMap(("今年", "去年"), PLACES, (NOW.values, BEFORE.values), "个")),
        ("slope", Slope("济南", "青岛", (Change("今年", A, UNKNOWN), Change("去年", B, C)), "个")),
        ("small_lines", SmallMultiples(PLACES, (NOW, BEFORE), "个", "line")),
        ("small_bars", SmallMultiples(PLACES, (NOW, BEFORE), "个", "bar")),
    ],
)
def test_series_keep_names_order_roles_and_what_nobody_reported(kind: ChartKind, chart: AnyChart) -> None:
    assert made(ChartSpec(kind, PLACES, ROWS)) == chart


@pytest.mark.parametrize(
    ("kind", "chart"),
    [
        ("donut", Donut((Share("名a", A), Share("名c", C)), MISSING)),
        ("funnel", Funnel((Share("名a", A), Share("名c", C)), "个")),
        ("dots", Dots((Share("名a", A), Share("名c", C)), "个")),
        ("tiles", TileMap((Share("名a", A), Share("名c", C)), "个")),
    ],
)
def test_facts_in_a_row_go_by_their_short_names(kind: ChartKind, chart: AnyChart) -> None:
    assert made(ChartSpec(kind, facts=("a", "c"))) == chart


def test_categories_name_facts_in_a_row_otherwise() -> None:
    spec = ChartSpec("dots", PLACES, facts=("a", ""), mean="c", stressed=("济南",))
    shown = (Share("济南", A), Share("青岛", UNKNOWN))
    assert made(spec) == Dots(shown, "个", Share("名c", C), ("济南",))
    grid = (("济南", "青岛"),)
    assert made(ChartSpec("tiles", PLACES, facts=("a", "c"), grid=grid)) == TileMap(
        (Share("济南", A), Share("青岛", C)), "个", grid
    )


def test_a_target_stands_apart_from_what_was_reached() -> None:
    spec = ChartSpec("grouped", PLACES, (*ROWS, SeriesSpec("全年", ("t", ""), "target")))
    chart = made(spec)
    assert isinstance(chart, GroupedBars)
    assert chart.series == (NOW, BEFORE)
    assert chart.targets == Series("全年", (value("t"), UNKNOWN), "target")


def test_progress_has_its_deadline_from_the_target_and_the_share_of_time_from_a_fact() -> None:
    series = (SeriesSpec("目标", ("t", ""), "target"), SeriesSpec("已完成", ("", "a")))
    rows = (Bullet("济南", UNKNOWN, value("t"), "2024年6月"), Bullet("青岛", A, UNKNOWN))
    assert made(ChartSpec("bullets", PLACES, series)) == Bullets(rows)
    timed = Bullets(rows, Fraction(583, 1000), "名r58.3%")
    assert made(ChartSpec("bullets", PLACES, series, elapsed="r")) == timed


def test_a_waterfall_goes_by_signed_steps_from_the_first_fact_to_the_last() -> None:
    spec = ChartSpec("waterfall", facts=("a", "+b", "-c", "d"))
    steps = (Step("名b", B, "+"), Step("名c", C, "-"))
    assert made(spec) == Waterfall(Share("名a", A), steps, Share("名d", D), "个")


def test_the_whole_of_a_ring_is_said_in_words() -> None:
    chart = made(ChartSpec("donut", facts=("a", "c"), total="d"))
    assert isinstance(chart, Donut)
    assert (chart.total, chart.name) == (D, "名d")


def test_lines_to_be_seen_first_are_stressed() -> None:
    chart = made(ChartSpec("slope", PLACES, ROWS, stressed=("去年",)))
    assert isinstance(chart, Slope)
    assert [change.stressed for change in chart.changes] == [False, True]


def test_a_chart_names_every_fact_it_prints_once() -> None:
    series = (SeriesSpec("已完成", ("a", "a")), SeriesSpec("目标", ("t", ""), "target"))
    assert charted(ChartSpec("bullets", PLACES, series, elapsed="r"), FACTS, CAPTION).facts == ("a", "t", "r")
    assert charted(ChartSpec("waterfall", facts=("a", "-c", "d")), FACTS, CAPTION).facts == ("a", "c", "d")


@pytest.mark.parametrize(
    ("shown", "unit", "numerals"),
    [
        (("1226.7万元", "1129.4万元"), "万元", ["1226.7", "1129.4"]),
        (("近2万元", "1.5万元"), "万元", ["近2", "1.5"]),
        (("1.3万余元", "2万元"), "元", ["1.3万余", "2万"]),
        (("1226.7万元", "4.1亿元"), "元", ["1226.7万", "4.1亿"]),
        (("12000万元", "300万元"), "元", ["12000万", "300万"]),  # its axis would say 1万万元
        (("30余万元", "20万元"), "元", ["30余万", "20万"]),
        (("12元", "20元"), "元", ["12", "20"]),
    ],
)
def test_an_axis_counts_in_the_scale_that_all_its_numbers_are_told_in(
    shown: tuple[str, str], unit: str, numerals: list[str]
) -> None:
    facts = {key: fact(key, words) for key, words in zip("xy", shown, strict=True)}
    spec = ChartSpec("lines", ("9月", "10月"), (SeriesSpec("资金", ("x", "y")),))
    chart = charted(spec, facts, CAPTION).chart
    assert isinstance(chart, Lines)
    values = [one.quantity for one in chart.series[0].values if one.quantity]
    assert (chart.unit, [one.shown for one in values]) == (unit, numerals)
    assert [one.display for one in chart.series[0].values] == list(shown)
    assert chart_words(spec, facts, "资金") == f"资金主要数据（单位：{unit}）"


def test_without_a_caption_a_chart_says_what_it_counts() -> None:
    two = ChartSpec("bars_line", PLACES, (ROWS[0], SeriesSpec("完成率", ("", "r"))))
    assert chart_words(two, FACTS, "“双联共建”") == "“双联共建”主要数据（单位：个、%）"
    bare = {"a": fact("a", "1/2")}
    assert chart_words(ChartSpec("dots", facts=("a",)), bare, "甲") == "甲主要数据"


@settings(max_examples=300)
@given(
    st.sampled_from(get_args(ChartKind)),
    st.integers(1, 3),
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "a", "b", ""]), min_size=3, max_size=3), min_size=1, max_size=3),
    st.lists(st.sampled_from(["actual", "actual", "earlier", "target"]), min_size=3, max_size=3),
    st.sampled_from([("甲", "乙", "丙"), ("甲", "乙", "丙"), ()]),
)
def test_what_was_checked_can_be_put_into_values(
    kind: ChartKind, count: int, rows: list[list[str]], roles: list[SeriesRole], names: tuple[str, ...]
) -> None:
    def in_a_row(row: list[str]) -> list[str]:
        return [*row[:1], *(f"+{key}" for key in row[1:-1]), row[-1]] if kind == "waterfall" else row

    series = tuple(
        SeriesSpec(f"列{n}", tuple("t" if key and roles[n] == "target" else key for key in row[:count]), roles[n])
        for n, row in enumerate(rows)
    )
    spec = ChartSpec(kind, names[:count], series, tuple(in_a_row(rows[0][:count])))
    if not list(check_chart(spec, FACTS)):
        event(kind)
        assert set(charted(spec, FACTS, CAPTION).facts) <= set(FACTS)
        assert chart_words(spec, FACTS, "甲").startswith("甲主要数据（单位：个")


def test_charts_of_a_part_follow_its_panels_and_are_counted_with_them(tmp_path: Path) -> None:
    project = init_project(tmp_path / "project")
    file = project / "digest.toml"
    more = """
[[section.part.charts]]
kind = "点图"
facts = ["bf.branches", "bf.villages"]
caption = "结对规模（单位：个）"
note = "支部与村一一结对。"

[[section.part.charts]]
kind = "柱形图"
categories = ["村"]
series = [{ name = "目前", facts = ["bf.villages"] }, { name = "2027年", facts = ["bf.target"], role = "目标" }]
"""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('targets = ["bf.target"]\n', f'targets = ["bf.target"]\n{more}'), encoding="utf-8")
    digest = load(project)
    assert check_digest(digest) == ()
    story, doubts = draft(digest)
    assert not doubts
    charts = [block for block in story.blocks if isinstance(block, Chart)]
    assert [(type(one.chart).__name__, one.caption.label, one.caption.text, one.caption.note) for one in charts] == [
        ("BarChart", "图1", "结对帮扶主要数据（单位：个）", ""),
        ("Dots", "图2", "结对规模（单位：个）", "支部与村一一结对。"),
        ("GroupedBars", "图3", "结对帮扶主要数据（单位：个）", ""),
    ]
    assert [one.facts for one in charts[1:]] == [("bf.branches", "bf.villages"), ("bf.villages", "bf.target")]
