"""Facts become sentences."""

from __future__ import annotations

from dataclasses import replace

from digest.data.model import AsOf, Fact, Source, Span
from digest.data.quantity import parse_quantity
from digest.story.blocks import Run, reads
from digest.story.narrate import clause, narrate, written
from digest.story.wording import full_width, opening, span_words

FUNDS = Fact(
    id="a.funds",
    program="a",
    metric="落实到位资金",
    quantity=parse_quantity("4.1亿元"),
    kind="flow",
    source=Source("d", "资金4.1亿元"),
    phrase="落实资金{}",
    period=Span(text="目前"),
    as_of=AsOf("2023-12", inferred=True),
)
TARGET = replace(
    FUNDS, id="a.t", kind="target", status="planned", quantity=parse_quantity("55个"), phrase="拟覆盖{}社区"
)


def test_a_clause_puts_the_quantity_where_the_phrase_says_and_binds_it_to_its_fact() -> None:
    assert clause(TARGET) == (Run("拟覆盖"), Run("55个", fact="a.t"), Run("社区"))


def test_without_a_phrase_metric_and_quantity_stand_side_by_side() -> None:
    assert reads(clause(replace(FUNDS, phrase=""))) == "落实到位资金4.1亿元"


def test_facts_of_one_time_share_a_sentence() -> None:
    other = replace(FUNDS, id="a.b", quantity=parse_quantity("2700余家"), phrase="培育主体{}")
    assert reads(narrate([FUNDS, other])) == "目前，落实资金4.1亿元，培育主体2700余家。"


def test_what_is_promised_never_shares_a_sentence_with_what_is_reached() -> None:
    assert reads(narrate([FUNDS, TARGET])) == "目前，落实资金4.1亿元。目前，拟覆盖55个社区。"


def test_a_part_goes_on_in_the_sentence_of_its_whole() -> None:
    whole = replace(
        FUNDS,
        kind="ledger_total",
        quantity=parse_quantity("196个"),
        phrase="收集问题{}",
        period=Span("2023", text="今年"),
    )
    part = replace(FUNDS, id="a.p", kind="ledger_part", quantity=parse_quantity("95个"), phrase="其中推进整改{}")
    assert reads(narrate([whole, part])) == "2023年，收集问题196个，其中推进整改95个。"


def test_so_far_is_resolved_to_a_printed_date() -> None:
    fact = replace(FUNDS, period=Span(text="截至目前"))
    assert opening(fact) == "截至2023年12月（推断），"
    assert span_words(fact) == "截至2023年12月（推断）"


def test_this_year_is_said_as_a_year() -> None:
    assert opening(replace(FUNDS, period=Span("2023", "2023", "今年"))) == "2023年，"
    assert span_words(replace(FUNDS, period=Span("2026-01", "", "今年以来"))) == "2026年以来"


def test_an_inferred_period_says_so() -> None:
    assert span_words(replace(FUNDS, period=Span("2021", "2023", "三年来", inferred=True))) == "三年来（推断）"


def test_a_written_paragraph_takes_its_figures_from_facts() -> None:
    text, findings = written("资金{a.funds}到位，涉及{=16}市", {"a.funds": FUNDS}, (), None)
    assert text == (Run("资金"), Run("4.1亿元", fact="a.funds"), Run("到位，涉及16市"))
    assert not findings


def test_a_bare_number_in_a_written_paragraph_is_a_finding() -> None:
    _, findings = written("涉及16市", {}, (), None)
    assert [finding.code for finding in findings] == ["F301"]


def test_half_width_marks_beside_chinese_become_full_width_and_those_in_numbers_stay() -> None:
    assert full_width("分布在65个县(市、区),共1,234.5万元") == "分布在65个县（市、区），共1,234.5万元"
