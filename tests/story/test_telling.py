"""What the book knows becomes sentences of a briefing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.book import ASPECTS, Book, Metric
from digest.data.model import Digest, Fact, Header, Part, Program, Section, Source
from digest.data.over_time import periods_until
from digest.data.period import Period, parse_period
from digest.data.quantity import parse_quantity
from digest.data.shelf import Shelf
from digest.story.blocks import Contents, Paragraph, Table, reads
from digest.story.desk import Desk
from digest.story.draft import draft
from digest.story.lint.lint import lint
from digest.story.phrases import Phrases, phrases_of
from digest.story.telling import tell
from tests.data.books import CITIES, METRICS, book_of, observation, sample_book

BOOK = sample_book()
VILLAGES, FUNDS, PEOPLE, RATE = (metric.id for metric in METRICS)


def told(*keys: str, book: Book = BOOK, phrases: Phrases | None = None) -> str:
    return reads(tell(keys, Shelf(book), phrases or Phrases())[0])


def notes(*keys: str, book: Book = BOOK) -> list[tuple[str, str]]:
    return [(one.code, one.severity) for one in tell(keys, Shelf(book), Phrases())[1]]


def stocks(*texts: str, roster: tuple[str, ...] = CITIES, **metric: object) -> Book:
    """The last value of 联建村 of each member."""
    rows = [observation(VILLAGES, member, "2026-10", text) for member, text in zip(roster, texts, strict=True)]
    return book_of(rows, roster=roster, metrics=(replace(METRICS[0], **metric),))  # type: ignore[arg-type]


# --- kinds of metrics -----------------------------------------------------------------------------------


def test_a_stock_is_told_at_its_day_with_the_year_before_and_the_month_before() -> None:
    assert told(VILLAGES) == "截至2026年10月底，全省联建村1510个，同比增长39.0%，比上月增加18个。"


def test_a_flow_is_told_of_its_month_and_since_january_each_with_its_own_comparisons() -> None:
    assert told(FUNDS) == (
        "2026年10月，全省投入资金3,140.0万元，与上月持平；1—10月累计32,002.0万元，同比增长1.5%，"
        "完成年度目标的88.9%，比时序进度快5.6个百分点。"
    )


def test_a_share_is_compared_in_percent_points() -> None:
    assert told(RATE) == "2026年10月，全省满意率为91.8%，同比下降2.1个百分点，环比提高5.4个百分点。"


def test_every_number_is_a_run_with_the_id_of_its_fact() -> None:
    text, _ = tell([FUNDS], Shelf(BOOK), Phrases())
    assert [(run.text, run.fact) for run in text if run.fact] == [
        ("3,140.0万元", "slgj.funds.alone"),
        ("与上月持平", "slgj.funds.mom"),
        ("32,002.0万元", "slgj.funds"),
        ("1.5%", "slgj.funds.yoy"),
        ("88.9%", "slgj.funds.completion"),
        ("5.6个百分点", "slgj.funds.pace"),
    ]


def test_a_member_is_told_with_its_place_and_its_share_of_the_whole() -> None:
    book = BOOK.for_member("青岛")
    assert told(VILLAGES, book=book) == (
        "截至2026年10月底，青岛联建村410个，同比增长13.3%，比上月增加4个；居全省第2位，占全省的27.2%。"
    )
    assert told(RATE, book=book).endswith("；居全省首位（并列）。")


def test_a_target_has_a_sentence_of_its_own() -> None:
    sentences = told(FUNDS, f"{FUNDS}.target").split("。")
    assert sentences[1] == "2026年，投入资金年度目标为36,000万元"
    assert "36,000" not in sentences[0]


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        ("yoy", "2026年1—10月，全省投入资金同比增长1.5%。"),
        ("completion", "2026年1—10月，全省投入资金完成年度目标的88.9%。"),
        ("cumulative", "2026年1—10月，全省投入资金累计32,002.0万元。"),
        ("elapsed", "2026年，时序进度83.3%。"),
    ],
)
def test_one_comparison_may_be_told_alone(aspect: str, expected: str) -> None:
    assert told(f"{FUNDS}.{aspect}") == expected


# --- what is not there ----------------------------------------------------------------------------------


def test_with_nothing_before_it_nothing_is_compared_and_nobody_is_told() -> None:
    first = replace(BOOK, period=Period(2024, 9))
    assert told(VILLAGES, RATE, book=first) == "截至2024年9月底，全省联建村930个。9月，满意率为86.0%。"
    assert not notes(VILLAGES, RATE, book=first)


def test_in_january_the_month_is_the_year_so_far_and_said_once() -> None:
    january = replace(BOOK, period=Period(2025, 1))
    assert told(FUNDS, book=january) == "2025年1月，全省投入资金3,262.0万元，环比增长3.9%。"


def test_from_zero_the_amount_is_told_and_that_there_was_nothing() -> None:
    assert "同比增加280个（上年同期为零），" in told(f"{VILLAGES}@枣庄")


def test_a_number_that_nobody_reported_is_said_to_be_missing_and_noted() -> None:
    assert told(f"{PEOPLE}@淄博") == "2026年10月淄博服务群众数据未报。"
    assert notes(f"{PEOPLE}@淄博") == [("F340", "note")]


def test_a_number_that_could_not_be_read_is_not_called_unreported() -> None:
    book = book_of([observation(VILLAGES, "济南", "2026-10", "", why="unread")])
    assert told(f"{VILLAGES}@济南", book=book) == "2026年10月济南联建村填报有误、未采用。"


def test_what_does_not_apply_is_not_mentioned() -> None:
    book = book_of([observation(VILLAGES, "济南", "2026-10", "", why="not_applicable")])
    assert told(f"{VILLAGES}@济南", book=book) == ""
    assert notes(f"{VILLAGES}@济南", book=book) == [("F340", "note")]


def test_a_whole_that_lacks_members_names_them_and_is_not_added_up() -> None:
    assert told(PEOPLE) == "2026年10月，服务群众尚有1个市未报（淄博），全省合计未计算。"


def test_a_number_that_is_not_exact_keeps_its_word_in_whatever_is_computed_from_it() -> None:
    sentence = told(f"{PEOPLE}@青岛")
    assert sentence == (
        "2026年10月，青岛服务群众1.3万余人次，同比增长超过69.9%，环比增长超过58.5%；1—10月累计85000余人次。"
    )


def test_what_is_neither_more_nor_less_for_certain_is_left_out_and_noted() -> None:
    rows = [observation(VILLAGES, "济南", when, text) for when, text in (("2025-10", "100余个"), ("2026-10", "120个"))]
    assert told(f"{VILLAGES}@济南", book=book_of(rows)) == "截至2026年10月底，济南联建村120个。"
    assert notes(f"{VILLAGES}@济南", book=book_of(rows)) == [("F341", "note")]


def test_an_id_that_the_book_does_not_know_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        told("slgj.nothing")


# --- one sentence after the other -----------------------------------------------------------------------


def test_time_and_subject_are_said_where_they_change() -> None:
    assert told(FUNDS, RATE, VILLAGES).count("全省") == 1
    assert told(FUNDS, RATE, VILLAGES).count("2026年") == 1
    assert "截至10月底，联建村1510个" in told(FUNDS, RATE, VILLAGES)


def test_metrics_side_by_side_are_told_in_the_same_order() -> None:
    units = replace(METRICS[0], id="slgj.units", name="联建单位")
    rows = [
        observation(VILLAGES, member, when, text)
        for member in CITIES
        for when, text in (("2025-10", "10个"), ("2026-09", "12个"), ("2026-10", "15个"))
    ]
    again = [replace(row, metric="slgj.units") for row in rows]
    book = book_of([*rows, *again], metrics=(METRICS[0], units))
    assert told(VILLAGES, "slgj.units", book=book) == (
        "截至2026年10月底，全省联建村60个，同比增长50.0%，比上月增加12个。联建单位60个，同比增长50.0%，比上月增加12个。"
    )


def test_what_is_asked_of_the_number_just_told_goes_on_in_its_sentence() -> None:
    assert told(f"{FUNDS}.completion", f"{FUNDS}.pace").startswith(
        "2026年1—10月，全省投入资金完成年度目标的88.9%，比时序进度"
    )
    assert told(f"{FUNDS}.completion", f"{FUNDS}.pace").count("。") == 1
    assert told(f"{FUNDS}.completion", f"{VILLAGES}.yoy").count("。") == 2
    assert told(f"{FUNDS}.alone", f"{FUNDS}.completion").count("。") == 2  # the month is not what completes the year
    first = replace(sample_book(), period=parse_period("2024-09"))
    assert notes(f"{PEOPLE}.alone", f"{PEOPLE}.yoy", book=first) == []
    assert told(VILLAGES, f"{VILLAGES}.yoy").count("。") == 2  # the first sentence has it already


def test_members_that_follow_their_whole_are_parts_of_it() -> None:
    sentences = told(VILLAGES, f"{VILLAGES}@济南", f"{VILLAGES}@青岛").split("。")
    assert sentences[1].startswith("其中，济南475个，")
    assert sentences[2].startswith("青岛410个，")


# --- who comes first ------------------------------------------------------------------------------------


def test_the_first_three_are_named_with_their_numbers() -> None:
    assert told(f"{VILLAGES}.rank") == (
        "截至2026年10月底，联建村居前三位的是济南（475个）、青岛（410个）和淄博（345个）。"
    )


def test_a_tie_is_named_and_all_who_share_a_place_are_there() -> None:
    book = stocks("9个", "7个", "7个", "7个", "1个", roster=("甲", "乙", "丙", "丁", "戊"))
    assert told(f"{VILLAGES}.rank", book=book).endswith(
        "居前三位的是甲（9个）、乙（7个）、丙（7个）和丁（7个），乙、丙和丁并列。"
    )


def test_where_a_place_is_shared_by_more_than_are_read_it_is_not_told() -> None:
    roster = tuple("甲乙丙丁戊己庚辛")
    assert "居首位的是甲（9个）。" in told(f"{VILLAGES}.rank", book=stocks("9个", *["7个"] * 7, roster=roster))
    assert notes(f"{VILLAGES}.rank", book=stocks(*["7个"] * 8, roster=roster)) == [("F340", "note")]


def test_few_members_are_told_in_their_order_and_the_least_first_where_less_is_better() -> None:
    book = stocks("3个", "5个", roster=("甲", "乙"))
    assert told(f"{VILLAGES}.rank", book=book).endswith("联建村由多到少依次是乙（5个）和甲（3个）。")
    book = stocks("3个", "5个", roster=("甲", "乙"), better="less")
    assert told(f"{VILLAGES}.rank", book=book).endswith("联建村由少到多依次是甲（3个）和乙（5个）。")


def test_nobody_has_a_place_while_one_has_not_reported() -> None:
    assert told(f"{PEOPLE}.rank") == "服务群众尚有1个市未报（淄博），不排位次。"


def test_nobody_has_a_place_where_numbers_are_not_exact() -> None:
    book = stocks("9余个", "10个", "3个", "1个")
    assert notes(f"{VILLAGES}.rank", book=book) == [("F340", "note")]


# --- properties -----------------------------------------------------------------------------------------

KEYS = [f"{metric}{member}{aspect}" for metric in BOOK.metrics for member in ("", "@青岛", "@枣庄", "@全省")
        for aspect in ("", *(f".{aspect}" for aspect in ASPECTS if aspect != "value"))]  # fmt: skip


@given(
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=5),
    st.sampled_from(periods_until(Period(2026, 10), 26)),
    st.sampled_from(("", *CITIES)),
)
def test_whatever_is_told_breaks_no_rule_and_has_no_number_without_its_fact(
    keys: list[str], period: Period, scope: str
) -> None:
    shelf = Shelf(replace(BOOK, period=period, scope=scope))
    text, findings = tell(keys, shelf, Phrases())
    assert not lint(text, None, shelf)
    assert all(run.fact in shelf for run in text if run.fact)
    assert all(one.severity == "note" for one in findings)
    loose = "".join(run.text for run in text if not run.fact)
    assert "%" not in loose
    assert "。。" not in reads(text)
    assert "，，" not in reads(text)


# --- at the desk ----------------------------------------------------------------------------------------

FACT = Fact("slgj.pairs", "slgj", "结对数", parse_quantity("12对"), "stock", Source("d", "结对12对"), phrase="结对{}")


def test_a_part_tells_facts_and_metrics_in_any_mix_and_the_desk_remembers_those_of_the_book() -> None:
    desk = Desk(Digest(Header("简报"), (), (Program("slgj", "双联"),), (FACT,), book=BOOK))
    text = desk.narrated([VILLAGES, FACT.id, RATE])
    assert reads(text).startswith("截至2026年10月底，全省联建村1510个，")
    assert "。结对12对。2026年10月，全省满意率为91.8%，" in reads(text)
    assert list(desk.told) == [
        VILLAGES,
        f"{VILLAGES}.yoy",
        f"{VILLAGES}.mom_amount",
        RATE,
        f"{RATE}.yoy",
        f"{RATE}.mom",
    ]


def test_a_written_paragraph_takes_numbers_and_comparisons_of_the_book() -> None:
    desk = Desk(Digest(Header("简报"), (), (Program("slgj", "双联"),), (FACT,), book=BOOK))
    text = desk.written("济南有{slgj.villages@济南}村，{slgj.villages@济南:2026-10.yoy}。", None)
    assert reads(text) == "济南有475个村，同比增长8.2%。"
    assert not desk.findings
    assert list(desk.told) == ["slgj.villages@济南", "slgj.villages@济南:2026-10.yoy"]


def test_a_number_that_the_book_does_not_have_is_printed_as_unreported_and_warned_of() -> None:
    desk = Desk(Digest(Header("简报"), (), (), (), book=BOOK))
    assert reads(desk.written("服务{zyfw.people@淄博}。", None)) == "服务未报。"
    assert [(one.code, one.severity) for one in desk.findings] == [("F342", "warning")]
    desk.written("服务{zyfw.peple}。", None)
    assert desk.findings[-1].code == "F303"


def test_a_digest_tells_its_book() -> None:
    section = Section("双联", ("slgj",), (Part(narrate=(VILLAGES, FUNDS)),))
    story, findings = draft(Digest(Header("简报"), (section,), (Program("slgj", "双联"),), (), book=BOOK))
    (paragraph,) = [block for block in story.blocks if isinstance(block, Paragraph)]
    assert reads(paragraph.text) == told(VILLAGES, FUNDS)
    assert not findings


def test_a_project_may_say_it_in_other_words() -> None:
    phrases, _ = phrases_of({"数量": "{主体}{指标}达{数}", "比上月": "较上月"})
    assert told(VILLAGES, phrases=phrases).startswith(
        "截至2026年10月底，全省联建村达1510个，同比增长39.0%，较上月增加18个"
    )


def test_of_what_should_be_little_no_pace_is_told() -> None:
    limits = Metric("a.cost", "a", "三公经费", "万元", "flow", better="less")
    rows = [replace(observation(FUNDS, "济南", "2026-01", "10万元"), metric="a.cost", reach="alone")]
    goal = [replace(observation(FUNDS, "济南", "2026", "100万元"), metric="a.cost")]
    book = book_of(rows, goal, metrics=(limits,), period="2026-01", roster=("济南",), scope="济南")
    assert "完成年度目标的10.0%" in told("a.cost", book=book)
    assert "时序进度" not in told("a.cost", book=book)


def test_the_annex_traces_what_was_told_and_the_contents_name_it() -> None:
    section = Section("双联", ("slgj",), (Part(narrate=(VILLAGES,)),))
    story, _ = draft(Digest(Header("简报"), (section,), (Program("slgj", "双联"),), (), book=BOOK))
    (annex,) = [block for block in story.blocks if isinstance(block, Table)]
    assert [row.anchor for row in annex.rows if row.anchor] == [
        f"row:{VILLAGES}", f"row:{VILLAGES}.yoy", f"row:{VILLAGES}.mom_amount"
    ]  # fmt: skip
    assert any(
        entry.text == "溯源附表" for block in story.blocks if isinstance(block, Contents) for entry in block.entries
    )


def test_a_blank_line_in_the_text_of_a_part_begins_a_new_paragraph() -> None:
    section = Section("双联", ("slgj",), (Part(title="概况", text="甲。\n\n乙。", narrate=(RATE,)),))
    story, _ = draft(Digest(Header("简报"), (section,), (Program("slgj", "双联"),), (), book=BOOK))
    first, second = [reads(block.text) for block in story.blocks if isinstance(block, Paragraph)]
    assert first == "（一）概况。甲。"
    assert second == f"乙。{told(RATE)}"


def test_a_metric_that_stands_in_a_strip_as_well_is_told_all_the_same() -> None:
    fact = Shelf(BOOK)[VILLAGES]
    desk = Desk(Digest(Header("简报"), (), (Program("slgj", "双联"),), (fact,), book=BOOK))
    assert reads(desk.narrated([VILLAGES])) == told(VILLAGES)


def test_what_nobody_reported_is_said_in_one_sentence_for_metrics_side_by_side() -> None:
    keys = (f"{PEOPLE}@淄博", f"{PEOPLE}@济南", f"{PEOPLE}@淄博", f"{PEOPLE}@淄博")
    sentences = told(*keys).split("。")
    assert sentences[0] == "2026年10月淄博服务群众数据未报"
    assert sentences[1].startswith("10月，济南服务群众")
    assert sentences[2] == "10月淄博服务群众和服务群众数据未报"


def test_where_nobody_reported_nobody_is_listed() -> None:
    book = book_of([])
    assert told(f"{VILLAGES}.rank", book=book) == ""
    assert notes(f"{VILLAGES}.rank", book=book) == [("F340", "note")]
