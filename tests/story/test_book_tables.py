"""Tables over the book: units in the head, — with its reason where there is no number, every number with its fact."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.book import ASPECTS, Book
from digest.data.model import Fact, Source, TableSpec
from digest.data.period import parse_period
from digest.data.quantity import Quantity, parse_quantity
from digest.data.shelf import Shelf
from digest.story.blocks import Caption, Run, Sparkline, Table, reads
from digest.story.book_tables import book_table, table_words
from digest.story.cell_words import cell_words, padded, places
from tests.data.books import CITIES, METRICS, MONTHS, book_of, observation, sample_book

CAPTION = Caption("表1", "各地情况")


def table_of(spec: TableSpec, book: Book | None = None) -> Table:
    table, _ = book_table(spec, Shelf(book or sample_book()), CAPTION)
    assert table
    return table


def lines(table: Table) -> list[str]:
    """Every row as it reads, a small line as ~."""
    return [" ".join("~" if isinstance(cell, Sparkline) else reads(cell) for cell in row.cells) for row in table.rows]


def at(period: str, scope: str = "") -> Book:
    book = sample_book()
    past = {key: one for key, one in book.observations.items() if str(one.period) <= period}
    return replace(book, period=parse_period(period), observations=past, scope=scope)


# --- members ----------------------------------------------------------------------------------------


def test_members_stand_in_their_order_with_the_whole_below_them() -> None:
    table = table_of(TableSpec("members", ("slgj.villages", "slgj.villages.rank")))
    assert lines(table) == ["济南 475 1", "青岛 410 2", "淄博 345 3", "枣庄 280 4", "全省 1510 —"]
    assert [row.sums for row in table.rows] == ["", "", "", "", "total"]
    assert table.caption == CAPTION


def test_the_whole_may_stand_first_or_not_at_all() -> None:
    first = table_of(TableSpec("members", ("slgj.villages",), whole="first"))
    assert lines(first)[0] == "全省 1510"
    assert [row.rule_above for row in first.rows] == [False, True, False, False, False]
    assert first.rows[0].cells[1] == (Run("1510", "strong", "slgj.villages"),)
    assert len(table_of(TableSpec("members", ("slgj.villages",), whole="none")).rows) == len(CITIES)


def test_aspects_of_a_metric_stand_under_its_name_and_units_in_the_head() -> None:
    table = table_of(TableSpec("members", ("slgj.villages", "slgj.villages.yoy", "slgj.funds", "zyfw.rate.yoy")))
    upper, lower = table.head
    assert [(cell.title, cell.across, cell.down) for cell in upper] == [
        ("地区", 1, 2),
        ("联建村（个）", 2, 1),
        ("投入资金累计（万元）", 1, 2),
        ("满意率同比（百分点）", 1, 2),
    ]
    assert [cell.title for cell in lower] == ["数量", "同比（%）"]
    assert {column.align for column in table.columns[1:]} == {"decimal"}


def test_a_table_of_one_aspect_each_has_a_head_of_one_level() -> None:
    table = table_of(TableSpec("members", ("slgj.villages", "zyfw.people.cumulative")))
    assert table.head == ()
    assert [column.title for column in table.columns] == ["地区", "联建村（个）", "服务群众累计（人次）"]


def test_what_nobody_reported_is_a_dash_with_a_note_and_what_follows_says_why() -> None:
    table = table_of(TableSpec("members", ("zyfw.people", "zyfw.people.yoy"), members=("青岛", "淄博")))
    assert lines(table) == ["青岛 13000余 超过69.9", "淄博 —① —①", "全省 — —"]
    assert table.notes == (
        "① 淄博“服务群众”未报。",
        "“—”：2026年10月“服务群众”没有报全，缺淄博，算不出合计。",
        "来源：月报表。",
    )


def test_a_base_of_nought_gives_no_rate_and_the_note_says_so() -> None:
    spec = TableSpec("members", ("slgj.villages", "slgj.villages.yoy"), members=("淄博", "枣庄"), whole="none")
    table = table_of(spec)
    assert lines(table) == ["淄博 345 21.1", "枣庄 280 —"]
    assert table.notes[0] == "“—”：基数“0个”是零，算不出比率。"


def test_rows_are_sorted_by_a_number_the_unreported_last_and_the_whole_where_it_was() -> None:
    table = table_of(TableSpec("members", ("zyfw.people",), sort="zyfw.people", whole="first"))
    assert [line.split()[0] for line in lines(table)] == ["全省", "青岛", "济南", "枣庄", "淄博"]
    by_place = table_of(TableSpec("members", ("slgj.villages",), members=("枣庄", "济南"), sort="slgj.villages.rank"))
    assert [line.split()[0] for line in lines(by_place)] == ["济南", "枣庄", "全省"]


def test_those_who_count_in_the_whole_and_are_no_members_stand_below_the_members() -> None:
    book = replace(
        book_of(
            (
                *(observation("slgj.villages", city, "2026-10", "10个") for city in CITIES),
                observation("slgj.villages", "省直", "2026-10", "7个"),
            )
        ),
        apart=("省直", "驻外"),
    )
    table = table_of(TableSpec("members", ("slgj.villages",)), book)
    assert lines(table)[-2:] == ["省直 7", "全省 47"]


def test_who_is_no_member_has_a_dash_without_a_reason_where_it_does_not_report() -> None:
    villages = [observation("slgj.villages", city, "2026-10", "10个") for city in (*CITIES, "省直")]
    people = [observation("zyfw.people", city, "2026-10", "20人次") for city in CITIES]
    book = replace(book_of((*villages, *people)), apart=("省直",))
    table = table_of(TableSpec("members", ("slgj.villages", "zyfw.people")), book)
    assert lines(table)[-2:] == ["省直 10 —", "全省 50 80"]
    assert table.notes == ("来源：月报表。",)


def test_a_sum_of_the_table_itself_says_whose_number_it_may_lack() -> None:
    said = [observation("slgj.villages", city, "2026-10", "10个") for city in CITIES[:3]]
    missing = observation("slgj.villages", "枣庄", "2026-10", "")
    given = observation("slgj.villages", "", "2026-10", "30个")
    table = table_of(TableSpec("members", ("slgj.villages",)), book_of((*said, missing, given)))
    assert lines(table)[-2:] == ["枣庄 —①", "全省 30②"]
    assert table.notes[:2] == ("① 枣庄“联建村”未报。", "② 枣庄“联建村”未报，全省数为表中所填合计。")


def test_the_member_that_a_digest_is_for_is_seen_first() -> None:
    table = table_of(TableSpec("members", ("slgj.villages",)), sample_book().for_member("青岛"))
    voices = {reads(row.cells[0]): row.cells[1][0].voice for row in table.rows}  # type: ignore[arg-type, index]
    assert voices == {"济南": "body", "青岛": "strong", "淄博": "body", "枣庄": "body", "全省": "body"}


def test_shares_that_do_not_add_up_to_a_hundred_say_why() -> None:
    thirds = book_of(observation("slgj.villages", city, "2026-10", "1个") for city in CITIES[:3])
    thirds = replace(thirds, roster=CITIES[:3])
    table = table_of(TableSpec("members", ("slgj.villages", "slgj.villages.share")), thirds)
    some = table_of(TableSpec("members", ("slgj.villages.share",), members=("济南",)), thirds)
    assert some.notes == ("来源：月报表。",)
    assert lines(table) == ["济南 1 33.3", "青岛 1 33.3", "淄博 1 33.3", "全省 3 —"]
    assert table.notes[0] == "因四舍五入，各项占比之和不等于100%。"


def test_a_small_line_holds_the_last_months_with_its_gaps() -> None:
    table = table_of(TableSpec("members", ("zyfw.people",), spark="zyfw.people", months=3))
    assert table.columns[-1].title == "近3个月"
    missing = table.rows[2].cells[-1]
    assert isinstance(missing, Sparkline)
    assert [value.display for value in missing.values] == ["6150人次", "6200人次", "未报"]
    assert [value.fact for value in missing.values] == ["zyfw.people@淄博:2026-08", "zyfw.people@淄博:2026-09", ""]


def test_a_small_line_has_a_gap_where_a_text_asks_for_the_same_number_in_vain() -> None:
    book = sample_book()
    asked = "zyfw.people@淄博"
    dash = Fact(asked, "zyfw", "", Quantity(Fraction(0), "—"), "flow", Source(), missing="未报")
    table, _ = book_table(
        TableSpec("members", ("zyfw.people",), spark="zyfw.people", months=3), Shelf(book, (dash,)), CAPTION
    )
    assert table
    line = table.rows[2].cells[-1]
    assert isinstance(line, Sparkline)
    assert line.values[-1].quantity is None


def test_in_the_first_month_there_are_no_small_lines_and_no_changes() -> None:
    spec = TableSpec("members", ("slgj.villages", "slgj.villages.yoy"), spark="slgj.villages")
    table, findings = book_table(spec, Shelf(at("2024-09")), CAPTION)
    assert table
    assert [column.title for column in table.columns] == ["地区", "联建村（个）"]
    assert [(one.code, one.severity, one.message) for one in findings] == [
        ("F360", "note", "“各地情况”中“联建村同比（%）”没有一个数，没有列出")
    ]


def test_a_table_without_any_number_is_left_away() -> None:
    table, findings = book_table(TableSpec("members", ("slgj.villages.yoy",)), Shelf(at("2024-09")), CAPTION)
    assert table is None
    assert [one.code for one in findings] == ["F361"]


def test_a_number_of_which_the_table_says_more_has_a_mark_and_a_note() -> None:
    expected = replace(observation("slgj.villages", "济南", "2026-10", "10个"), flag="预计")
    table = table_of(TableSpec("members", ("slgj.villages",), members=("济南",), whole="none"), book_of([expected]))
    assert lines(table) == ["济南 10①"]
    assert table.notes[0] == "① 济南“联建村”为预计数。"


# --- metrics and months -----------------------------------------------------------------------------


def test_metrics_have_their_units_in_a_column_and_what_differs_from_the_head_in_a_note() -> None:
    aspects = ("value", "同比", "cumulative", "target", "completion")
    spec = TableSpec("metrics", aspects, metrics=tuple(one.id for one in METRICS))
    table = table_of(spec, at("2026-09"))
    assert [column.title for column in table.columns] == [
        "指标", "单位", "本月", "同比（%）", "累计", "年度目标", "完成率（%）",
    ]  # fmt: skip
    assert lines(table)[:2] == ["联建村 个 1492 38.9 — — —", "投入资金 万元 3,140.0 1.7① 28,862.0 36,000 80.2"]
    assert lines(table)[3].startswith("满意率 % 86.4 0.2②")
    assert table.notes[:2] == ("① 按累计数计算。", "② 单位为百分点。")


def test_months_stand_from_the_first_that_has_a_number() -> None:
    table = table_of(TableSpec("months", ("slgj.villages", "zyfw.people"), months=12), at("2024-11"))
    assert [line.split()[0] for line in lines(table)] == ["2024年9月", "2024年10月", "2024年11月"]


def test_a_column_of_months_may_be_of_one_member() -> None:
    table = table_of(TableSpec("months", ("slgj.villages", "slgj.villages@济南"), months=1))
    assert lines(table) == ["2026年10月 1510 475"]


@pytest.mark.parametrize(
    ("spec", "scope", "words"),
    [
        (TableSpec("members", ("slgj.funds", "slgj.funds.yoy")), "", "2026年10月各地投入资金情况"),
        (TableSpec("months", ("slgj.funds",)), "济南", "济南各月投入资金情况"),
        (TableSpec("metrics", ("value",), metrics=("slgj.funds",)), "", "2026年10月主要指标情况"),
    ],
)
def test_a_table_without_a_caption_is_named_by_what_it_shows(spec: TableSpec, scope: str, words: str) -> None:
    assert table_words(spec, sample_book().for_member(scope)) == words


# --- cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [
        ("1226.7万元", "万元", "1226.7"),
        ("1.2亿元", "万元", "12000"),
        ("1.3万余人次", "人次", "13000余"),
        ("近5亿元", "亿元", "近5"),
        ("100个以上", "个", "100以上"),
        ("-2.1个百分点", "百分点", "-2.1"),
        ("不足0.1%", "%", "不足0.1"),
        ("第2位", "", "2"),
        ("95/196", "%", "95/196"),
        ("3家", "个", "3家"),
    ],
)
def test_a_quantity_leaves_its_unit_to_the_head(quantity: str, unit: str, words: str) -> None:
    assert cell_words(parse_quantity(quantity), unit) == words


# --- whatever is asked for --------------------------------------------------------------------------

COLUMNS = [f"{metric.id}{aspect}" for metric in METRICS for aspect in ("", *(f".{one}" for one in ASPECTS[1:]))]


@settings(max_examples=100, deadline=None)
@given(
    columns=st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=8),
    period=st.sampled_from([str(one) for one in MONTHS]),
    scope=st.sampled_from(("", *CITIES)),
    rows=st.sampled_from(("members", "months")),
)
def test_every_number_has_its_fact_and_every_row_a_cell_for_each_column(
    columns: list[str], period: str, scope: str, rows: str
) -> None:
    shelf = Shelf(at(period, scope))
    table, findings = book_table(TableSpec(rows, tuple(columns), months=5), shelf, CAPTION)  # type: ignore[arg-type]
    assert table or findings
    if table is None:
        return
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    for row in table.rows:
        for cell in row.cells[1:]:
            assert not isinstance(cell, Sparkline)
            (run,) = cell
            assert run.text.startswith("—") if not run.fact else shelf[run.fact]
    for level in table.head:
        assert sum(cell.across for cell in level) <= len(table.columns)


# --- how exact numbers are ----------------------------------------------------------------------------


def test_exact_numbers_of_a_column_have_the_places_of_the_most_exact_of_them() -> None:
    told = zip(CITIES, ("107万元", "103.9万元", "12万余元", "90.25万元"), strict=True)
    book = book_of(observation("slgj.funds", city, "2026-10", text) for city, text in told)
    table = table_of(TableSpec("members", ("slgj.funds",), whole="none"), book)
    assert lines(table) == ["济南 107.00", "青岛 103.90", "淄博 12余", "枣庄 90.25"]


def test_numbers_without_places_stay_without_them() -> None:
    assert lines(table_of(TableSpec("members", ("slgj.villages",))))[0] == "济南 475"


def test_metrics_one_under_another_have_each_their_own_places() -> None:
    table = table_of(TableSpec("metrics", ("value",), metrics=("slgj.villages", "zyfw.rate")))
    assert lines(table) == ["联建村 个 1510", "满意率 % 91.8"]


@given(st.integers(-9999, 9999), st.integers(0, 3), st.integers(0, 4))
def test_a_padded_number_is_the_same_number(number: int, behind: int, wanted: int) -> None:
    words = f"{number / 10**behind:.{behind}f}"
    assert float(padded(words, wanted)) == float(words)
    assert places(padded(words, wanted)) == max(wanted, behind)
