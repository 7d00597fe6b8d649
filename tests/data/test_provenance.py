"""Provenance: every quote stands in its document, every number in its quote, nothing is told as more than it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.load import load
from digest.data.model import (
    Commitment,
    CoverageSpec,
    Digest,
    Document,
    Fact,
    Header,
    LedgerSpec,
    Mechanism,
    Panel,
    Part,
    Program,
    Section,
    Source,
)
from digest.data.passages import find_passage
from digest.data.provenance import check_digest, check_meaning, number_pattern, trace_sources
from digest.data.quantity import parse_quantity
from digest.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

BODY = "目前,省直机关有137个部门单位联建169个村(含社区)。共收集问题196个,目前推进整改95个。资金近5亿元,项目2000多个。"


def fact(display: str, quote: str, **more: object) -> Fact:
    told = Fact(
        "a.b", "a", "指标", parse_quantity(display), "stock", Source("doc", quote), place=Place("f.csv", "", "第2行")
    )
    return replace(told, **more)  # type: ignore[arg-type]


def digest_of(*facts: Fact, part: Part | None = None, **more: object) -> Digest:
    sections = (Section("甲", ("a",), (part,) if part else ()),)
    documents = (Document("doc", "doc.txt", "文件", BODY),)
    return replace(Digest(Header("简报"), sections, (Program("a", "甲"),), facts, documents=documents), **more)  # type: ignore[arg-type]


def codes(digest: Digest) -> list[str]:
    return [finding.code for finding in check_digest(digest)]


def test_everything_in_the_example_is_proved(project: Path) -> None:
    assert check_digest(load(project)) == ()


def test_a_quote_that_stands_there_with_its_number_is_no_finding() -> None:
    assert codes(digest_of(fact("137个", "省直机关有137个部门单位"))) == []


def test_a_quote_nobody_said_is_told_with_the_nearest_passage() -> None:
    (finding,) = trace_sources(digest_of(fact("137个", "省直机关共有137个部门单位参加")))
    assert (finding.code, str(finding.place)) == ("P201", "f.csv › 第2行 › 原文")
    assert "137个部门单位" in finding.hint


def test_a_quote_that_differs_in_width_only_is_told_as_such() -> None:
    (finding,) = trace_sources(digest_of(fact("169个", "联建169个村（含社区）")))
    assert finding.code == "P202"
    assert "联建169个村(含社区)" in finding.hint


@pytest.mark.parametrize(
    ("display", "quote"),
    [
        ("37个", "省直机关有137个部门单位"),
        ("13个", "省直机关有137个部门单位"),
        ("138个", "省直机关有137个部门单位"),
        ("5亿元", "资金近5亿元"),
        ("近5万元", "资金近5亿元"),
        ("2000个", "项目2000多个"),
        ("2000余个", "项目2000多个"),
        ("每年95个", "目前推进整改95个"),
    ],
)
def test_a_number_that_is_not_in_its_quote_as_printed_is_told(display: str, quote: str) -> None:
    (finding,) = trace_sources(digest_of(fact(display, quote)))
    assert (finding.code, str(finding.place)) == ("P203", "f.csv › 第2行 › 数据")
    assert quote in finding.hint


def test_a_unit_other_than_in_the_quote_is_a_warning() -> None:
    (finding,) = trace_sources(digest_of(fact("169家", "联建169个村")))
    assert (finding.code, finding.severity) == ("P206", "warning")


@pytest.mark.parametrize(
    ("display", "text", "there"),
    [
        ("100个", "100个以上", False),
        ("100个以上", "共100个以上", True),
        ("1/10", "占1/10", True),
        ("1/10", "占11/10", False),
        ("三年", "二十三年", False),
        ("四张清单", "“四张清单”", True),
        ("4.1亿元", "14.1亿元", False),
        ("4万元", "4万亿元", False),
        ("首位", "居首位", True),
        ("30万千瓦", "装机30万千瓦", True),
        ("30万千瓦", "装机30万余千瓦", False),
    ],
)
def test_a_number_is_found_whole_or_not_at_all(display: str, text: str, there: bool) -> None:  # noqa: FBT001
    assert (number_pattern(parse_quantity(display)).search(text) is not None) is there


def test_no_source_no_quote_and_no_document_are_told() -> None:
    assert codes(digest_of(fact("1个", "", source=Source()))) == ["P205"]
    assert codes(digest_of(fact("1个", "", source=Source("doc")))) == ["P205"]
    assert codes(digest_of(fact("1个", "", source=Source("dok", "1个")))) == ["D105"]
    assert codes(digest_of(fact("1个", "", source=Source(cell=Place("台账.xlsx", "表", "F17"))))) == []
    empty = (Document("doc", "doc.txt", "文件"),)
    assert codes(digest_of(fact("137个", "137个"), documents=empty)) == ["P207"]


def test_items_of_a_mechanism_must_stand_in_the_document() -> None:
    source = Source("doc", "省直机关有137个部门单位")
    mechanism = Mechanism("m", "a", "机制", "parallel", ("推进整改", "部门单位→收集问题", "督促问责"), source)
    (finding,) = trace_sources(digest_of(mechanisms=(mechanism,)))
    assert (finding.code, finding.value) == ("P204", "督促问责")


def test_numbers_of_a_commitment_must_stand_in_its_quote() -> None:
    commitment = Commitment("c", "a", "联建196个村", Source("doc", "联建169个村"))
    (finding,) = trace_sources(digest_of(commitments=(commitment,)))
    assert (finding.code, finding.value) == ("P203", "196")


@pytest.mark.parametrize("words", ["完成全覆盖的村{}", "已实现全覆盖的村{}", "建成示范村{}"])
def test_a_target_is_not_told_as_reached(words: str) -> None:
    target = fact("169个", "联建169个村", kind="target", status="planned", phrase=words)
    assert codes(digest_of(target)) == ["P211"]
    assert codes(digest_of(replace(target, phrase="拟实现全覆盖的村{}"))) == []


@pytest.mark.parametrize("told", [{"phrase": "完成整改{}"}, {"label": "整改完成"}, {"metric": "已整改问题"}])
def test_what_is_being_rectified_is_not_told_as_rectified(told: dict[str, str]) -> None:
    part = fact("95个", "目前推进整改95个", phrase="推进整改{}")
    assert codes(digest_of(part)) == []
    assert codes(digest_of(replace(part, **told))) == ["P212"]  # type: ignore[arg-type]


def test_a_ledger_holds_no_more_than_its_total() -> None:
    total = fact("95个", "目前推进整改95个", id="total", phrase="推进整改{}")
    part = fact("196个", "共收集问题196个", id="part", kind="ledger_part", of="total")
    assert codes(digest_of(total, part)) == ["P214"]
    ledger = Part(ledger=LedgerSpec("total", ("part",)))
    assert codes(digest_of(total, replace(part, of=""), part=ledger)) == ["P214"]
    assert codes(digest_of(total, replace(part, of=""), part=Part(ledger=LedgerSpec("part", ("total",))))) == []


def test_a_duplicate_repeats_the_fact_it_names() -> None:
    first = fact("137个", "137个部门单位", id="first")
    again = fact("137个", "137个部门单位", id="again", kind="duplicate", of="first")
    assert codes(digest_of(first, again)) == []
    assert codes(digest_of(first, replace(again, of=""))) == ["P213"]
    assert codes(
        digest_of(replace(first, quantity=parse_quantity("169个"), source=Source("doc", "169个村")), again)
    ) == ["P213"]


def test_a_coverage_adds_up_and_a_panel_has_one_unit() -> None:
    villages, funds = fact("169个", "联建169个村", id="v"), fact("近5亿元", "资金近5亿元", id="f")
    coverage = Part(coverage=CoverageSpec("v", ("甲", "乙", "丙"), ("丙",)))
    assert [finding.code for finding in check_meaning(digest_of(villages, part=coverage))] == ["P215"]
    panel = Part(panels=(Panel(("v", "f")),))
    assert [finding.code for finding in check_meaning(digest_of(villages, funds, part=panel))] == ["P216"]


def test_a_number_below_zero_is_not_drawn_as_a_bar() -> None:
    down, up = fact("-3.5%", "增长-3.5%", id="d"), fact("2%", "增长2%", id="u")
    panel = Part(panels=(Panel(("d", "u")),))
    assert [finding.code for finding in check_meaning(digest_of(down, up, part=panel))] == ["P217"]


def test_a_passage_is_found_exactly_alike_nearly_or_not_at_all() -> None:
    assert find_passage("联建169个村", BODY).exact
    assert find_passage("“双联 共建”", '开展"双联共建"工作').text == '"双联共建"'
    assert not find_passage("联建170个村", BODY).same
    assert find_passage("风马牛不相及", BODY).text == ""
    assert find_passage("", BODY).exact


@given(st.integers(0, len(BODY)), st.integers(0, len(BODY)))
def test_every_stretch_of_a_document_is_found_in_it(start: int, end: int) -> None:
    assert find_passage(BODY[start:end], BODY).exact


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_shown_as_a_passage_stands_in_the_document(quote: str, body: str) -> None:
    assert find_passage(quote, body).text in body
