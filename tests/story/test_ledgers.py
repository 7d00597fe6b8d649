"""A ledger in print: its account in a sentence, its issues in a table that needs no colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.data.ledger_facts import ledger_facts
from digest.data.ledgers import Issue, IssueLedger
from digest.data.model import Digest, EntriesSpec, Header, Part, Program, Section
from digest.data.period import Period
from digest.story.blocks import Block, Paragraph, Table, reads
from digest.story.desk import Desk
from digest.story.draft import draft
from digest.story.ledgers import entries_blocks, ledger_sentence

if TYPE_CHECKING:
    from typing import Literal

    from digest.data.ledgers import State

SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)


def issue(
    key: str, state: State = "under_way", deadline: str = "2026-12", written: str = "", progress: str = ""
) -> Issue:
    return Issue(key, f"问题{key}", unit="某单位", deadline=deadline, state=state, written=written, progress=progress)


BEFORE = (issue("甲"), issue("乙"), issue("丙"))
NOW = (
    issue("甲", "closed", written="已销号"),
    issue("乙", "not_started", "2026-10-19", written="未启动"),
    issue("丙", "under_way", "2026-10-30", written="推进整改"),
    issue("丁", "unknown", "2026-01-01", written="基本完成", progress="正在协调"),
)


def digest(*, before: tuple[Issue, ...] | None = BEFORE, now: tuple[Issue, ...] = NOW, facts: bool = True) -> Digest:
    periods = {OCTOBER: now} if before is None else {SEPTEMBER: before, OCTOBER: now}
    ledger = IssueLedger("tz", "p", "问题台账", periods=periods)
    return Digest(
        Header("简报"),
        (Section("整改", ("p",), (Part(entries=(EntriesSpec("tz"),)),)),),
        (Program("p", "整改"),),
        ledger_facts(ledger, OCTOBER) if facts else (),
        period="2026-10",
        ledgers=(ledger,),
    )


def blocks(
    one: Digest, show: Literal["all", "open", "overdue", "new", "closed"] = "open", limit: int = 0
) -> tuple[list[Block], Desk]:
    desk = Desk(one)
    return entries_blocks(EntriesSpec("tz", show, limit), desk), desk


def sentence(one: Digest, show: Literal["all", "open", "overdue", "new", "closed"] = "open") -> str:
    first = blocks(one, show)[0][0]
    assert isinstance(first, Paragraph)
    return reads(first.text)


def table(one: Digest, show: Literal["all", "open", "overdue", "new", "closed"] = "open", limit: int = 0) -> Table:
    last = blocks(one, show, limit)[0][-1]
    assert isinstance(last, Table)
    return last


def cells(block: Table, title: str) -> list[str]:
    number = [column.title for column in block.columns].index(title)
    found = [row.cells[number] for row in block.rows]
    return [reads(cell) for cell in found if isinstance(cell, tuple)]


def test_the_account_of_a_ledger_is_told_in_one_sentence() -> None:
    assert sentence(digest()) == "期初在办3个，本月新增1个、销号1个，期末在办3个；其中逾期2个、未注明状态1个。"


def test_the_account_can_stand_in_a_paragraph_of_its_own() -> None:
    assert reads(ledger_sentence("tz", Desk(digest()))) == sentence(digest())
    assert ledger_sentence("none", Desk(digest())) == ()


def test_every_number_of_the_sentence_is_a_fact() -> None:
    first = blocks(digest())[0][0]
    assert isinstance(first, Paragraph)
    assert [run.fact for run in first.text if run.fact] == [
        "tz.opening", "tz.new", "tz.closed", "tz.closing", "tz.overdue", "tz.unknown",
    ]  # fmt: skip
    assert not any(char.isdigit() for run in first.text if not run.fact for char in run.text)


def test_without_the_last_period_the_sentence_does_not_say_nought() -> None:
    told = sentence(digest(before=None))
    assert told.startswith("期末在办3个（没有2026年9月的台账，期初和新增、销号数不推算）")
    assert "新增0" not in told


def test_of_none_that_is_late_no_number_is_told() -> None:
    assert sentence(digest(now=BEFORE)).endswith("期末在办3个；无逾期。")


def test_several_tables_of_a_ledger_share_one_account() -> None:
    part = Part(text="按月核对。", entries=(EntriesSpec("tz", "overdue"), EntriesSpec("tz", "new")))
    one = replace(digest(), sections=(Section("整改", ("p",), (part,)),))
    texts = [reads(block.text) for block in draft(one)[0].blocks if isinstance(block, Paragraph)]
    assert texts == [f"按月核对。{sentence(digest())}"]


def test_the_first_month_of_a_ledger_is_no_reason_to_be_warned() -> None:
    assert [one.severity for one in blocks(digest(before=None), "new")[1].findings] == ["note"]


def test_whoever_adds_up_finds_what_was_reopened_or_lost() -> None:
    before = (issue("甲", "closed"), issue("乙"))
    told = sentence(digest(before=before, now=(issue("甲"),)))
    assert told == (
        "期初在办1个，本月新增0个、销号0个，期末在办1个"
        "（上期已销号、本期重新打开1个；上期在办、本期未再列入1个）；无逾期。"
    )


def test_late_issues_come_first_and_say_by_how_much() -> None:
    shown = table(digest())
    assert cells(shown, "状态") == ["▲ 未启动，逾期12天", "▲ 推进整改，逾期1天", "◇ 基本完成"]
    assert cells(shown, "时限") == ["2026年10月19日", "2026年10月30日", "2026年1月1日"]


def test_every_state_has_a_shape_that_is_explained() -> None:
    shown = table(digest(), "all")
    shapes = [state[0] for state in cells(shown, "状态")]
    assert shapes == ["●", "▲", "▲", "◇"]
    assert shown.notes[0] == "● 已销号　▲ 逾期未销号　◇ 未注明是否销号。"


def test_columns_that_nobody_filled_are_left_out() -> None:
    assert [column.title for column in table(digest()).columns] == ["序号", "问题", "责任单位", "时限", "进展", "状态"]
    assert "进展" not in [column.title for column in table(digest(), "closed").columns]


def test_what_is_left_out_is_counted() -> None:
    shown = table(digest(), limit=2)
    assert len(shown.rows) == 2
    assert shown.notes[1].endswith("另有1个从略。")


def test_an_empty_list_is_a_sentence_without_a_table() -> None:
    shown, desk = blocks(digest(now=BEFORE), "overdue")
    assert [type(one) for one in shown] == [Paragraph]
    assert sentence(digest(now=BEFORE), "overdue") == "截至2026年10月31日，逾期未销号0个。"
    assert desk.findings == []


def test_what_cannot_be_known_is_not_listed_but_told_of() -> None:
    shown, desk = blocks(digest(before=None), "new")
    assert shown == []
    assert [(one.code, one.message) for one in desk.findings] == [
        ("F351", "没有上期台账（2026年9月），不能列出本月新增问题")
    ]
    shown, desk = blocks(Digest(Header("简报"), (), (), (), period="2026-10"))
    assert shown == []
    assert [one.code for one in desk.findings] == ["F350"]


def test_a_section_without_parts_tells_of_its_ledger_once() -> None:
    story, findings = draft(replace(digest(), sections=(Section("整改", ("p",)),)))
    assert findings == ()
    kinds = [type(block).__name__ for block in story.blocks]
    assert kinds[kinds.index("Heading") :] == ["Heading", "Paragraph", "Table", "Table"]


def test_a_part_prints_its_ledger_after_its_text() -> None:
    story, findings = draft(digest())
    assert findings == ()
    kinds = [type(block).__name__ for block in story.blocks]
    assert kinds[kinds.index("Heading") :] == ["Heading", "Paragraph", "Table", "Table"]
