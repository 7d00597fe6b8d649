"""What was wrong with the data is printed where somebody should know, and the annex says where a count is from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.ledger_facts import ledger_facts
from digest.data.ledgers import Issue, IssueLedger
from digest.data.model import AsOf, Digest, Header, Panel, Part, Program, Section, Source, Span
from digest.data.period import Period
from digest.data.quantity import parse_quantity
from digest.findings import Finding, Place
from digest.story.blocks import Block, Contents, Heading, Paragraph, Run, Table, reads
from digest.story.desk import Desk
from digest.story.draft import draft
from digest.story.sections.annex import annex_table
from digest.story.sections.data_notes import DATA_NOTES, data_notes_blocks

WARNING = Finding("D315", "warning", "“绿”不是状态", Place("台账.xlsx", "十月", "J2"), hint="请写已销号")
NOTE = Finding("D121", "note", "按GB18030读取", Place("月报.csv"))
LEDGER = IssueLedger("tz", "p", "问题台账", periods={Period(2026, 10): (Issue("1", "破损", state="closed"),)})


def digest(*findings: Finding) -> Digest:
    return Digest(
        Header("简报"),
        (Section("整改", ("p",)),),
        (Program("p", "整改"),),
        ledger_facts(LEDGER, Period(2026, 10)),
        period="2026-10",
        ledgers=(LEDGER,),
        findings=findings,
        data_notes="auto",
    )


def rows(blocks: list[Block]) -> list[list[str]]:
    table = blocks[-1]
    assert isinstance(table, Table)
    return [[reads(cell) for cell in row.cells if isinstance(cell, tuple)] for row in table.rows]


def test_doubts_stand_by_file() -> None:
    other = Finding("D299", "warning", "有两个数，采用前一个", Place("月报.csv"))
    blocks = data_notes_blocks(Desk(digest(other, WARNING)))
    assert rows(blocks) == [
        ["月报.csv"],
        ["D299", "整个文件", "有两个数，采用前一个", "已按左列所述处理"],
        ["台账.xlsx"],
        ["D315", "十月 › J2", "“绿”不是状态", "请写已销号"],
    ]
    assert isinstance(blocks[1], Paragraph)
    assert reads(blocks[1].text) == "本期读取台账1期、问题1条；核对发现警告2条。"


@pytest.mark.parametrize("when", ["auto", "always"])
@pytest.mark.parametrize("others", [(), (WARNING,)])
def test_what_is_only_noted_changes_nothing_in_print(when: str, others: tuple[Finding, ...]) -> None:
    noted, plain = (
        data_notes_blocks(Desk(replace(digest(*findings), data_notes=when)))  # type: ignore[arg-type]
        for findings in ((NOTE, *others), others)
    )
    assert noted == plain


@pytest.mark.parametrize(
    ("when", "findings", "printed"),
    [
        ("auto", (WARNING,), True),
        ("auto", (NOTE,), False),
        ("auto", (), False),
        ("always", (), True),
        ("never", (WARNING,), False),
    ],
)
def test_the_page_is_there_when_the_project_wants_it(when: str, findings: tuple[Finding, ...], printed: bool) -> None:  # noqa: FBT001
    story, _ = draft(replace(digest(*findings), data_notes=when))  # type: ignore[arg-type]
    headings = [block.text for block in story.blocks if isinstance(block, Heading)]
    contents = next(block for block in story.blocks if isinstance(block, Contents))
    assert (DATA_NOTES in headings) == printed
    assert (DATA_NOTES in [entry.text for entry in contents.entries]) == printed


@pytest.mark.parametrize(
    ("places", "printed"),
    [
        ([Place("a.xlsx", "十月", "J2"), Place("a.xlsx", "十月", "J3")], "十月 › J2等2处"),
        ([Place("a.xlsx", "底稿"), Place("b.xlsx", "底稿"), Place("c.xlsx", "底稿")], "底稿等3个文件"),
        ([Place("a.csv"), Place("b.csv")], "整个文件等2个文件"),
        ([Place("a.csv", "", "第2行"), Place("a.csv", "", "第3行"), Place("b.csv", "", "第2行")], "第2行等2个文件3处"),
    ],
)
def test_what_is_said_of_many_places_in_the_same_words_is_one_row(places: list[Place], printed: str) -> None:
    blocks = data_notes_blocks(Desk(digest(*(replace(WARNING, place=place) for place in places))))
    assert [row[1] for row in rows(blocks)[1:]] == [printed]


def test_a_long_list_is_cut_and_the_rest_is_counted_the_least_grave_first() -> None:
    warnings = [replace(WARNING, message=f"警告{n}") for n in range(40)]
    errors = [replace(WARNING, severity="error", message=f"错误{n}") for n in range(30)]
    blocks = data_notes_blocks(Desk(digest(*warnings, *errors)))
    table = blocks[-1]
    assert isinstance(table, Table)
    listed = [row[2][:2] for row in rows(blocks) if len(row) > 1]
    assert (listed.count("错误"), listed.count("警告")) == (30, 20)
    assert table.notes == ("另有20条从略，核对项目时全部列出。",)


def test_the_annex_names_the_table_and_says_that_its_numbers_were_counted() -> None:
    table = annex_table(Desk(digest()), digest().facts)
    assert reads(cell(table, 0, 0)) == "问题台账"
    assert reads(cell(table, 1, 3)) == "按台账逐条计数"
    assert {run.voice for run in cell(table, 1, 3)} == {"body"}


def test_a_target_that_the_project_sets_is_traced_in_its_words_and_a_number_of_a_table_to_its_period() -> None:
    source = Source(cell=Place("digest.toml", "metric[3]"), at="投入资金2026年目标")
    target = replace(
        digest().facts[0], id="t", source=source, computed=False, as_of=AsOf(), period=Span("2026", "2026")
    )
    table = annex_table(Desk(digest()), (target,))
    assert reads(cell(table, 0, 0)) == "项目文件（digest.toml）"
    assert [reads(cell(table, 1, column)) for column in (3, 4)] == ["投入资金2026年目标", "2026"]


def test_targets_that_no_table_has_stand_under_what_they_are() -> None:
    source = Source(cell=Place("digest.toml", "metric[3]"), at="投入资金2026年目标")
    target = replace(digest().facts[0], id="t", source=source, kind="target", label="投入资金年度目标")
    table = annex_table(Desk(digest()), (target,))
    assert reads(cell(table, 0, 0)) == "年度目标（项目设定）"
    assert reads(cell(table, 1, 1)) == "投入资金年度目标"


def test_what_was_computed_says_so_once() -> None:
    known = digest().facts[0]
    told = [
        reads(cell(annex_table(Desk(digest()), (replace(known, source=replace(known.source, at=at)),)), 1, 3))
        for at in ("据本期3个、上期2个计算", "全省 › 联建村（据填报）")
    ]
    assert told == ["据本期3个、上期2个计算", "全省 › 联建村（据填报）（推算）"]


def test_a_quote_stands_in_kai_beside_them() -> None:
    facts = digest().facts
    quoted = replace(facts[0], id="q", quantity=parse_quantity("3个"), source=Source("d", "共3个"), computed=False)
    table = annex_table(Desk(digest()), (quoted, *facts))
    assert {run.voice for run in cell(table, 1, 3)} == {"kai"}


def test_of_tables_the_annex_lists_what_is_printed_by_itself() -> None:
    quoted = replace(digest().facts[0], id="q", source=Source("d", "共1个"), computed=False)
    part = Part(
        text="已销号{tz.settled}，",
        narrate=("tz.closing",),
        strip=("tz.total",),
        panels=(Panel(("tz.under_way", "tz.unknown")),),
    )
    one = replace(digest(), facts=(*digest().facts, quoted), sections=(Section("整改", ("p",), (part,)),))
    story, _ = draft(one)
    table = story.blocks[-1]
    assert isinstance(table, Table)
    rows = [row.anchor for row in table.rows if row.anchor]
    assert rows == ["row:tz.total", "row:tz.closing", "row:tz.settled", "row:q"]


def test_where_nothing_is_printed_by_itself_there_is_no_annex_and_no_line_for_it() -> None:
    story, _ = draft(replace(digest(), sections=(Section("整改", ("p",), (Part(text="无"),)),)))
    contents = next(block for block in story.blocks if isinstance(block, Contents))
    assert [entry.text for entry in contents.entries] == ["整改"]
    assert not any(isinstance(block, Table) for block in story.blocks)


def cell(table: Table, row: int, column: int) -> tuple[Run, ...]:
    found = table.rows[row].cells[column]
    assert isinstance(found, tuple)
    return found
