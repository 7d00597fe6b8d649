"""Charts over the book: a few words become a chart of facts, and what nobody reported stays a gap."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.charts import IN_A_ROW, KINDS, check_chart, named_facts, read_charts
from digest.data.model import ChartSpec, Part, Section, SeriesSpec, Short
from digest.data.over_time import periods_until
from digest.data.period import Period, parse_period
from digest.data.schema import Taken
from digest.data.shelf import Shelf
from digest.data.spreading import spread, spread_charts
from digest.findings import Finding, Place
from digest.story.blocks import Caption
from digest.story.charting import charted
from tests.data.books import CITIES, MONTHS, sample_book

if TYPE_CHECKING:
    from digest.data.book import Book, Key, Observation
    from digest.data.quantity import Quantity

PLACE = Place("digest.toml", "section[1].part[1]")


def declared(text: str) -> ChartSpec:
    seen: list[Finding] = []
    (chart,) = read_charts(Taken(PLACE, tomllib.loads(f"[[charts]]\n{text}")), seen)
    assert not seen
    return chart


def at(period: str, book: Book | None = None, member: str = "") -> Book:
    """The same book a while ago: what was reported later is not in it."""
    book, now = book or sample_book(), parse_period(period)
    past = {key: one for key, one in book.observations.items() if str(one.period) <= period}
    return replace(book, period=now, observations=past, scope=member)


def drawn(text: str, book: Book | None = None) -> tuple[ChartSpec | None, list[tuple[str, str, str]]]:
    book = book or sample_book()
    chart, seen = spread(declared(text), book, Shelf(book))
    return chart, [(one.code, one.severity, one.message) for one in seen]


def wrong(text: str) -> list[tuple[str, str, str]]:
    book = sample_book()
    chart, seen = spread(declared(text), book, Shelf(book))
    assert chart is None
    assert {one.severity for one in seen} == {"error"}
    return [(one.code, str(one.place).removeprefix("digest.toml › section[1].part[1]."), one.hint) for one in seen]


# --- over months ------------------------------------------------------------------------------------


def test_months_are_named_with_their_year_at_the_first_and_at_each_january() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 4\nmetric = "zyfw.people"', at("2026-02"))
    assert chart
    assert chart.categories == ("2025年11月", "12月", "2026年1月", "2月")
    assert chart.series == (
        SeriesSpec("服务群众", ("zyfw.people:2025-11", "zyfw.people:2025-12", "zyfw.people:2026-01", "zyfw.people")),
    )
    assert chart.short is None


def test_months_of_more_than_a_year_never_go_by_one_name() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 26\nmetric = "slgj.villages"')
    assert chart
    assert len(set(chart.categories)) == 26
    assert chart.categories[:3] == ("2024年9月", "10月", "11月")
    assert chart.categories[12:15] == ("9月", "2025年10月", "2025年11月")


def test_the_year_before_stands_beside_it_in_the_role_of_the_same_period() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 2\nmetric = "slgj.funds"\nshift = "上年"')
    assert chart
    assert chart.series == (
        SeriesSpec("本期", ("slgj.funds:2026-09", "slgj.funds")),
        SeriesSpec("上年同期", ("slgj.funds:2025-09", "slgj.funds:2025-10"), "earlier"),
    )


def test_what_nobody_reported_is_an_empty_place_and_never_nought() -> None:
    chart, _ = drawn('kind = "热力图"\nmonths = 2\nmembers = ["全部"]\nmetric = "zyfw.people"')
    assert chart
    assert [one.name for one in chart.series] == list(CITIES)
    assert chart.series[2].facts == ("zyfw.people@淄博:2026-09", "")
    assert chart.series[3].facts == ("zyfw.people@枣庄:2026-09", "zyfw.people@枣庄")


def test_the_whole_is_a_gap_where_a_member_is_missing() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 3\nmetric = "zyfw.people"')
    assert chart
    assert chart.series[0].facts == ("zyfw.people:2026-08", "zyfw.people:2026-09", "")


def test_months_before_anything_was_reported_are_left_away() -> None:
    chart, seen = drawn('kind = "折线图"\nmonths = 13\nmetric = "slgj.villages"\nshift = "上年"', at("2024-11"))
    assert chart
    assert chart.categories == ("2024年9月", "10月", "11月")
    assert [one.name for one in chart.series] == ["本期"]
    assert seen == [("D333", "note", "上年没有数，“联建村”不画同期")]


@pytest.mark.parametrize("kind", ["折线图", "折线小图", "柱形小图"])
def test_a_lone_month_is_no_line(kind: str) -> None:
    chart, seen = drawn(f'kind = "{kind}"\nmonths = 13\nmetric = "slgj.villages"', at("2024-09"))
    assert chart is None
    assert seen == [("D332", "note", "数还不够，没有画“联建村”")]


def test_a_line_of_cumulative_numbers_is_of_one_year_and_never_falls_in_january() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 13\nmetric = "slgj.funds"\nshift = "上年"', at("2026-03"))
    assert chart
    assert chart.categories == ("2026年1月", "2月", "3月")
    assert chart.series[1].facts == ("slgj.funds:2025-01", "slgj.funds:2025-02", "slgj.funds:2025-03")
    bars, _ = drawn('kind = "柱形图"\nmonths = 13\nmetric = "slgj.funds"', at("2026-03"))
    assert bars
    assert len(bars.categories) == 13


def test_bars_without_their_line_are_bars() -> None:
    text = """
        kind = "柱线图"
        months = 12
        series = [{ metric = "slgj.villages" }, { metric = "slgj.villages", aspect = "同比" }]
    """
    chart, seen = drawn(text, at("2025-03"))
    assert chart
    assert (chart.kind, [one.name for one in chart.series]) == ("grouped", ["联建村"])
    assert seen == [("D333", "note", "“联建村同比”还没有数，“联建村、联建村同比”只画柱")]
    later, nothing = drawn(text)
    assert later
    assert (later.kind, later.series[1].facts[-1], nothing) == ("bars_line", "slgj.villages.yoy", [])


def test_series_may_each_say_what_they_are_of() -> None:
    chart, _ = drawn("""
        kind = "折线图"
        months = 2
        metric = "slgj.funds"
        aspect = "当月"
        series = [
          { member = "济南" },
          { member = "全省", name = "全省合计" },
          { member = "青岛", aspect = "累计", name = "青岛累计" },
        ]
    """)
    assert chart
    assert chart.series == (
        SeriesSpec("济南", ("slgj.funds@济南:2026-09.alone", "slgj.funds@济南.alone")),
        SeriesSpec("全省合计", ("slgj.funds:2026-09.alone", "slgj.funds.alone")),
        SeriesSpec("青岛累计", ("slgj.funds@青岛:2026-09", "slgj.funds@青岛")),
    )


def test_small_charts_have_what_they_are_compared_with_under_one_name() -> None:
    chart, _ = drawn('kind = "折线小图"\nmonths = 3\nmembers = ["济南", "青岛"]\nmetric = "slgj.funds"\nshift = "上年"')
    assert chart
    assert [(one.name, one.role) for one in chart.series] == [
        ("济南", "actual"), ("青岛", "actual"), ("济南", "earlier"), ("青岛", "earlier"),
    ]  # fmt: skip


def test_quarters_go_back_by_quarters() -> None:
    book = sample_book()
    quarters: dict[Key, Observation] = {
        ("slgj.villages", "济南", quarter, "alone"): replace(one, period=quarter)
        for quarter, one in zip(periods_until(Period(2026, quarter=3), 5), book.observations.values(), strict=False)
    }
    quarterly = replace(book, period=Period(2026, quarter=3), observations=quarters)
    chart, _ = drawn('kind = "折线图"\nmonths = 2\nmetric = "slgj.villages"\nmembers = ["济南"]', quarterly)
    assert chart
    assert chart.categories == ("2026年第二季度", "2026年第三季度")


# --- over members and metrics -----------------------------------------------------------------------


def test_members_stand_in_their_official_order() -> None:
    chart, _ = drawn('kind = "点图"\nmembers = ["全部"]\nmetric = "zyfw.people"')
    assert chart
    assert chart.categories == CITIES
    assert chart.facts == ("zyfw.people@济南", "zyfw.people@青岛", "", "zyfw.people@枣庄")


def test_metrics_are_series_over_members() -> None:
    chart, _ = drawn('kind = "柱形图"\nmembers = ["青岛", "济南"]\nmetrics = ["slgj.funds"]\nshift = "上年"')
    assert chart
    assert chart.categories == ("青岛", "济南")
    assert [one.name for one in chart.series] == ["本期", "上年同期"]
    assert chart.series[1].facts == ("slgj.funds@青岛:2025-10", "slgj.funds@济南:2025-10")


def test_progress_has_targets_of_the_year_and_how_much_of_it_is_over() -> None:
    chart, seen = drawn('kind = "进度图"\nmetrics = ["slgj.funds", "slgj.villages"]')
    assert chart
    assert chart.categories == ("投入资金",)
    assert chart.series == (
        SeriesSpec("已完成", ("slgj.funds",)),
        SeriesSpec("目标", ("slgj.funds.target",), "target"),
    )
    assert chart.elapsed == "slgj.funds.elapsed"
    assert [code for code, _, _ in seen] == ["D334"]


def test_the_months_of_a_flow_are_held_against_their_sum() -> None:
    book = sample_book()
    metrics = {**book.metrics, "zyfw.people": replace(book.metrics["zyfw.people"], targets={2026: _people(book)})}
    chart, _ = drawn('kind = "进度图"\nmetric = "zyfw.people"', replace(at("2026-09", book), metrics=metrics))
    assert chart
    assert chart.series[0].facts == ("zyfw.people.cumulative",)


def _people(book: Book) -> Quantity:
    return next(one.quantity for one in book.observations.values() if one.metric == "zyfw.people" and one.quantity)


def test_a_slope_leads_from_the_year_before_to_the_period() -> None:
    chart, _ = drawn('kind = "斜率图"\nmembers = ["济南", "淄博"]\nmetric = "slgj.villages"\nstressed = ["济南"]')
    assert chart
    assert chart.categories == ("2025年10月", "2026年10月")
    assert chart.series[0] == SeriesSpec("济南", ("slgj.villages@济南:2025-10", "slgj.villages@济南"))


# --- a digest of one member -------------------------------------------------------------------------


def test_in_the_digest_of_a_member_what_names_nobody_is_its_own() -> None:
    chart, _ = drawn(
        'kind = "折线图"\nmonths = 2\nseries = [{ metric = "slgj.funds" }, { metric = "slgj.funds", member = "全省" }]',
        at("2026-10", member="济南"),
    )
    assert chart
    assert chart.series[0].facts == ("slgj.funds:2026-09", "slgj.funds")
    assert chart.series[1] == SeriesSpec("全省", ("slgj.funds@全省:2026-09", "slgj.funds@全省"))


# --- captions ---------------------------------------------------------------------------------------


def test_a_chart_says_what_it_shows() -> None:
    chart, _ = drawn('kind = "折线图"\nmonths = 2\nmetric = "slgj.funds"\naspect = "alone"\nnote = "初步数。"')
    assert chart
    assert (chart.caption, chart.note) == ("投入资金当月（单位：元）", "初步数。")


# --- what cannot be spread --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('kind = "折线图"\nmonths = 13\nmetric = "slgj.fund"', ("D105", "charts[1] › metrics", "是否应为“slgj.funds”")),
        (
            'kind = "点图"\nmembers = ["济南市"]\nmetric = "slgj.funds"',
            ("D105", "charts[1] › members", "是否应为“济南”"),
        ),
        (
            'kind = "折线图"\nmonths = 13\nseries = [{ metric = "slgj.funds", member = "青鸟" }]',
            ("D105", "charts[1].series[1] › member", "是否应为“青岛”"),
        ),
        (
            'kind = "折线图"\nmonths = 13\nmetric = "slgj.funds"\naspect = "cumulativ"',
            ("D107", "charts[1] › aspect", "是否应为“cumulative”"),
        ),
        (
            'kind = "折线图"\nmonths = 13\nmetric = "slgj.funds"\nshift = "上年度"',
            ("D107", "charts[1] › shift", "是否应为“上年”"),
        ),
    ],
)
def test_a_name_that_nothing_goes_by_is_told_with_the_nearest(text: str, found: tuple[str, str, str]) -> None:
    assert wrong(text) == [found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind = '折线图'\nmonths = 13", "D330"),
        ("kind = '折线图'\nmonths = 13\nseries = [{ member = '济南' }]", "D330"),
        ("kind = '折线图'\nseries = [{ metric = 'slgj.funds' }]", "D330"),
        ("kind = '热力图'\nmonths = 3\nmembers = ['全部']\nmetrics = ['slgj.funds', 'zyfw.people']", "D331"),
        ("kind = '点图'\nmembers = ['全部']\nmetric = 'slgj.funds'\nshift = '上年'", "D331"),
        ("kind = '斜率图'\nmembers = ['全部']\nseries = [{ metric = 'slgj.funds' }]", "D331"),
        ("kind = '折线图'\nmonths = 3\nshift = '上年'\nseries = [{ metric = 'slgj.funds' }]", "D331"),
    ],
)
def test_what_is_too_little_or_too_much_for_a_chart_is_told(text: str, code: str) -> None:
    assert [found for found, _, _ in wrong(text)] == [code]


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = 'kind = "折线图"\nmonths = 3\nmetric = "甲"\nmembers = ["乙"]\naspect = "丙"\nshift = "丁"'
    assert [code for code, _, _ in wrong(text)] == ["D105", "D105", "D107", "D107"]


def test_a_chart_of_facts_by_id_stays_as_it_is() -> None:
    book = sample_book()
    spec = ChartSpec("lines", ("甲", "乙"), (SeriesSpec("列", ("a", "")),))
    assert spread(spec, book, Shelf(book)) == (spec, ())


def test_sections_are_spread_chart_by_chart() -> None:
    book = sample_book()
    short = Short(months=3, metrics=("slgj.funds",))
    plain = ChartSpec("lines", ("甲", "乙"), (SeriesSpec("列", ("a", "")),))
    part = Part(
        charts=(ChartSpec("lines", short=short), plain, ChartSpec("lines", short=replace(short, metrics=("x",))))
    )
    (section,), seen = spread_charts([Section("节", ("slgj",), (part,))], book, Shelf(book))
    spread_one, untouched = section.parts[0].charts
    assert len(spread_one.categories) == 3
    assert untouched == plain
    assert [one.code for one in seen] == ["D105"]


def test_a_part_of_which_only_its_title_is_left_goes_with_its_last_chart() -> None:
    chart = ChartSpec("lines", short=Short(months=3, metrics=("slgj.funds",)))
    only, more = Part(title="走势", charts=(chart,)), Part(title="走势", text="已报。", charts=(chart,))
    book = at("2024-09")
    (section,), _ = spread_charts([Section("节", ("slgj",), (only, more, Part(title="空")))], book, Shelf(book))
    assert section.parts == (replace(more, charts=()), Part(title="空"))


def test_a_chart_that_is_still_in_short_is_not_looked_at() -> None:
    assert not list(check_chart(declared('kind = "折线图"\nmonths = 3\nmetric = "slgj.funds"'), {}))
    assert not list(check_chart(declared('kind = "折线图"\nseries = [{ metric = "slgj.funds" }]'), {}))


# --- whatever is asked for --------------------------------------------------------------------------

ONE_BOOK = sample_book()
ONE_SHELF = Shelf(ONE_BOOK)
SHORTS = st.builds(
    Short,
    months=st.integers(0, 30),
    members=st.lists(st.sampled_from((*CITIES, "全部", "全省")), max_size=3).map(tuple),
    metrics=st.lists(st.sampled_from(tuple(ONE_BOOK.metrics)), min_size=1, max_size=2, unique=True).map(tuple),
    aspect=st.sampled_from(("", "alone", "累计", "同比", "mom", "位次")),
    shift=st.sampled_from(("", "", "上年", "上期")),
)


@settings(max_examples=200, deadline=None)
@given(short=SHORTS, kind=st.sampled_from(sorted(KINDS.values())), period=st.sampled_from([str(one) for one in MONTHS]))
def test_every_id_in_a_chart_is_a_fact_and_every_row_as_long_as_its_axis(short: Short, kind: str, period: str) -> None:
    book = at(period, ONE_BOOK)
    facts = Shelf(book)
    spec = ChartSpec(kind, short=short, place=PLACE)  # type: ignore[arg-type]
    chart, seen = spread(spec, book, facts)
    assert chart or seen
    if chart is None:
        return
    assert all(key in facts for key, _ in named_facts(chart))
    assert {len(one.facts) for one in chart.series} <= {len(chart.categories)}
    if chart.kind in IN_A_ROW:
        assert len(chart.facts) == len(chart.categories)
    if not list(check_chart(chart, facts)):
        charted(chart, facts, Caption("图1", ""))
