"""期初 + 新增 − 销号 = 期末, issue by issue; what is not known is not nought, and what broke the chain is named."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING, get_args

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import Grid
from digest.data.ledger_checks import check_ledger
from digest.data.ledger_counting import Movement, Tally, count_ledger, days_late
from digest.data.ledger_facts import ledger_facts
from digest.data.ledger_reading import read_ledger
from digest.data.ledgers import Issue, IssueLedger, State, StatedCount
from digest.data.period import Period
from digest.data.schema import ISSUES, take
from digest.data.sources.opened import Grids, Sources
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

AUGUST, SEPTEMBER, OCTOBER = Period(2026, 8), Period(2026, 9), Period(2026, 10)


def issue(key: str, state: State = "under_way", deadline: str = "", raised: str = "", closed: str = "") -> Issue:
    return Issue(key, f"问题{key}", unit=f"单位{key[0]}", deadline=deadline, raised=raised, closed=closed, state=state)


def ledger(*periods: tuple[Issue, ...], stated: tuple[StatedCount, ...] = ()) -> IssueLedger:
    """Issues of the months up to October."""
    months = (AUGUST, SEPTEMBER, OCTOBER)[-len(periods) :]
    return IssueLedger(
        "tz", "p", "问题台账", periods=dict(zip(months, periods, strict=True)), stated={OCTOBER: stated}, numbered=True
    )


def moved(one: IssueLedger) -> Movement:
    movement = count_ledger(one, OCTOBER)
    assert movement is not None
    return movement


def ids(issues: tuple[Issue, ...] | None) -> list[str]:
    assert issues is not None
    return [one.id for one in issues]


def printed(one: IssueLedger) -> dict[str, str]:
    return {fact.id.removeprefix("tz."): str(fact.quantity) for fact in ledger_facts(one, OCTOBER)}


BEFORE = (issue("a1"), issue("a2"), issue("b1", "closed", closed="2026-09-03"))
NOW = (
    issue("a1", "closed", closed="2026-10-09"),
    issue("a2", "not_started"),
    issue("b1", "closed", closed="2026-09-03"),
    issue("b2", raised="2026-10-12"),
)


def test_opening_and_new_less_closed_is_closing() -> None:
    movement = moved(ledger(BEFORE, NOW))
    assert ids(movement.opening) == ["a1", "a2"]
    assert ids(movement.new) == ["b2"]
    assert ids(movement.closed) == ["a1"]
    assert ids(movement.closing) == ["a2", "b2"]
    assert ids(movement.settled) == ["a1", "b1"]
    assert check_ledger(ledger(BEFORE, NOW), OCTOBER) == ()


def test_without_a_table_of_the_last_period_nothing_is_said_to_have_been_nought() -> None:
    movement = moved(ledger(NOW))
    assert (movement.opening, movement.new, movement.closed) == (None, None, None)
    assert not {"opening", "new", "closed", "carried"} & set(printed(ledger(NOW)))
    assert printed(ledger(NOW))["closing"] == "2个"


def test_facts_of_a_ledger_say_that_they_were_counted_and_in_which_table() -> None:
    facts = {fact.id: fact for fact in ledger_facts(ledger(BEFORE, NOW), OCTOBER)}
    closing = facts["tz.closing"]
    assert (closing.source.table, closing.source.at, closing.computed) == ("问题台账", "按台账逐条计数", True)
    assert (closing.period.text, closing.as_of.date) == ("2026年10月", "2026-10-31")
    assert (facts["tz.opening"].period.text, facts["tz.opening"].as_of.date) == ("2026年9月", "2026-09-30")
    parts = [fact for fact in facts.values() if fact.of == "tz.total"]
    assert sum(fact.quantity.amount for fact in parts) == facts["tz.total"].quantity.amount


# --- deadlines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "deadline", "late"),
    [
        ("under_way", "2026-10-30", 1),
        ("under_way", "2026-10-31", 0),
        ("not_started", "2026-09", 31),
        ("under_way", "2026-10", 0),
        ("closed", "2026-01-01", 0),
        ("unknown", "2026-01-01", 0),
        ("under_way", "长期坚持", 0),
    ],
)
def test_an_issue_is_late_after_its_deadline_if_it_is_known_to_be_open(state: State, deadline: str, late: int) -> None:
    one = issue("a", state, deadline)
    assert days_late(one, moved(ledger((one,))).as_of) == late
    assert len(moved(ledger((one, issue("z", deadline="2027")))).overdue or ()) == (late > 0)


def test_a_ledger_without_deadlines_has_no_number_of_late_ones() -> None:
    assert "overdue" not in printed(ledger((issue("a"), issue("b", deadline="尽快"))))
    assert printed(ledger((issue("a", deadline="2026-10-15"),)))["overdue"] == "1个"


def test_deadlines_of_the_next_thirty_days_are_near() -> None:
    days = ("2026-10-30", "2026-10-31", "2026-11-30", "2026-12-01")
    movement = moved(ledger(tuple(issue(day, deadline=day) for day in days)))
    assert ids(movement.due_soon) == ["2026-10-31", "2026-11-30"]


def test_how_long_an_issue_stood_open_is_counted_in_periods_on_end() -> None:
    old, again = issue("a"), issue("b")
    one = ledger((old, again), (old, issue("b", "closed")), (old, again, issue("c")))
    assert moved(one).open_for == {"a": 3, "b": 1, "c": 1}
    assert ids(moved(one).carried) == ["a"]


# --- rates -------------------------------------------------------------------------------------------


def test_the_rate_is_that_of_what_was_raised_this_year_and_says_so() -> None:
    one = ledger(
        (
            issue("a", "closed", raised="2026-03-01"),
            issue("b", raised="2026-05"),
            issue("c", "closed", raised="2025-12-30"),
        )
    )
    rate = moved(one).rate
    assert rate == (1, 2, "2026年提出的问题")
    assert printed(one)["rate"] == "50.0%"
    fact = next(fact for fact in ledger_facts(one, OCTOBER) if fact.id == "tz.rate")
    assert fact.source.at == "2026年提出的问题2个，其中已销号1个"


def test_where_days_are_missing_the_rate_is_that_of_what_the_tables_list() -> None:
    one = ledger((issue("a", "closed", raised="2026-03-01"), issue("z", "closed")), (issue("b", raised="2026-09-01"),))
    assert moved(one).rate == (2, 3, "2026年各期台账所列问题")


def test_a_rate_is_never_rounded_to_all() -> None:
    issues = tuple(issue(f"{n}", "closed", raised="2026-01") for n in range(2999))
    assert printed(ledger((*issues, issue("x", raised="2026-02"))))["rate"] == "不足100%"


def test_where_nobody_wrote_a_state_nothing_is_open_or_closed() -> None:
    assert printed(ledger((issue("a", "unknown"), issue("b", "unknown")))) == {"total": "2个", "unknown": "2个"}


def test_units_are_counted_with_the_busiest_first() -> None:
    one = ledger((issue("a1", "closed"), issue("b1", deadline="2026-10-01"), issue("b2", deadline="2027-01")))
    assert moved(one).by_unit == (Tally("单位b", 2, 2, 1), Tally("单位a", 1, 0, 0))


# --- breaks ------------------------------------------------------------------------------------------


def said(one: IssueLedger) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, finding.value) for finding in check_ledger(one, OCTOBER)]


def test_an_open_issue_that_is_not_there_any_more_is_named_and_a_closed_one_may_go() -> None:
    one = ledger((issue("a"), issue("b", "closed")), ())
    assert said(one) == [("D322", "warning", "a")]


def test_an_issue_that_is_open_again_is_named() -> None:
    one = ledger((issue("a", "closed"),), (issue("a"),))
    assert said(one) == [("D322", "warning", "a")]
    assert ids(moved(one).closing) == ["a"]


def test_an_issue_that_is_closed_once_more_does_not_count_twice() -> None:
    one = ledger((issue("a", "closed", closed="2026-09-01"),), (issue("a", "closed", closed="2026-10-05"),))
    assert said(one) == [("D322", "warning", "a")]
    assert moved(one).closed == ()


def test_what_was_raised_earlier_and_is_new_now_is_told() -> None:
    assert said(ledger((), (issue("a", raised="2026-08"),))) == [("D322", "note", "a")]


def test_the_counts_of_the_office_are_held_against_ours() -> None:
    place = Place("台账.xlsx", "十月", "A9")
    counts = (StatedCount("closing", 3, "期末3个", place), StatedCount("new", 1, "新增1个", place))
    (finding,) = check_ledger(ledger(BEFORE, NOW, stated=counts), OCTOBER)
    assert (finding.code, finding.severity, finding.place) == ("D323", "warning", place)
    assert finding.message == "表中写期末3，按台账逐条计数是2；简报用逐条计数"


_STATES = st.sampled_from(get_args(State))
_TABLE = st.dictionaries(st.sampled_from("abcdefgh"), _STATES).map(
    lambda table: tuple(issue(key, state) for key, state in table.items())
)


@given(_TABLE, _TABLE)
def test_the_account_always_closes_once_every_break_is_counted(
    before: tuple[Issue, ...], now: tuple[Issue, ...]
) -> None:
    movement = moved(ledger(before, now))
    opening, new, closed = (len(ids(issues)) for issues in (movement.opening, movement.new, movement.closed))
    breaks = len(movement.reopened) - len(movement.lost)
    assert opening + new - closed + breaks == len(movement.closing)
    named = {finding.value for finding in check_ledger(ledger(before, now), OCTOBER)}
    assert named >= {one.id for one in (*movement.reopened, *movement.lost)}


# --- from files --------------------------------------------------------------------------------------


class TextFiles(Sources):
    """Files of comma separated values and nothing else."""

    def read(self, path: Path, shown: str, sheet: str = "") -> Grids:
        with path.open(encoding="utf-8", newline="") as file:
            return (Grid(Place(shown, sheet), tuple(map(tuple, csv.reader(file)))),), ()


def write(folder: Path, name: str, *rows: str) -> None:
    (folder / name).write_text("\n".join(("编号,问题,责任单位,提出时间,时限,销号时间,状态", *rows)), encoding="utf-8")


def read(
    folder: Path, sources: Sources | None = None, frames: Collection[str] = (), **keys: object
) -> tuple[IssueLedger, list[Finding]]:
    seen: list[Finding] = []
    table = {"id": "tz", "program": "p", "title": "问题台账", "file": "{year}年{month}月.csv", **keys}
    taken = take(table, ISSUES, Place("digest.toml", "ledger[1]"), seen)
    with sources or TextFiles() as opened:
        return read_ledger(taken, folder, OCTOBER, opened, seen, frames), seen


def test_a_pattern_of_files_gives_the_periods_there_are(tmp_path: Path) -> None:
    write(tmp_path, "2026年9月.csv", "1,破损,城管局,2026-09-01,2026-10-20,,整改中")
    write(tmp_path, "2026年10月.csv", "1,破损,城管局,2026-09-01,2026-10-20,2026-10-19,已销号", "合计1个,,,,,,")
    one, seen = read(tmp_path)
    assert list(one.periods) == [SEPTEMBER, OCTOBER]
    assert (one.as_of, one.unit, one.numbered) == ("2026-10-31", "个", True)
    assert [(count.name, count.number) for count in one.stated[OCTOBER]] == [("total", 1)]
    assert seen == []
    assert printed(one)["closed"] == "1个"


def test_the_first_month_has_no_opening_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, "2026年10月.csv", "1,破损,城管局,2026-09-01,2026-10-20,,整改中")
    _, seen = read(tmp_path)
    assert [(one.code, one.severity) for one in seen] == [("D320", "note")]


def test_a_month_missing_in_between_is_a_warning(tmp_path: Path) -> None:
    for month in (8, 10):
        write(tmp_path, f"2026年{month}月.csv", "1,破损,城管局,2026-08-01,2026-10-20,,整改中")
    _, seen = read(tmp_path)
    assert [(one.code, one.severity, one.value) for one in seen] == [("D320", "warning", "2026-09")]


def test_what_is_wrong_with_earlier_tables_is_counted_only(tmp_path: Path) -> None:
    write(tmp_path, "2026年9月.csv", "1,破损,城管局,2026-09-01,尽快,,整改中")
    write(tmp_path, "2026年10月.csv", "1,破损,城管局,2026-09-01,尽快,,整改中")
    _, seen = read(tmp_path)
    assert [(one.code, one.severity) for one in seen] == [("D316", "warning"), ("D328", "note")]


def test_a_day_in_the_title_is_the_one_deadlines_are_held_against(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "台账（截至2026年10月25日）\n问题,状态,时限\n破损,整改中,2026-10-24", encoding="utf-8"
    )
    one, seen = read(tmp_path, file="t.csv")
    assert one.as_of == "2026-10-25"
    assert "D324" in {finding.code for finding in seen}
    assert printed(one)["overdue"] == "1个"


class Queries(TextFiles):
    """Answers a query with the rows of the period it asks for."""

    def query(self, path: Path, shown: str, name: str, parameters: Mapping[str, str | int] | None = None) -> Grids:
        assert (path.name, name) == ("tz.sql", "BASE")
        rows = {"2026-09": [("1", "破损", "整改中")], "2026-10": [("1", "破损", "已销号")]}
        found = rows.get(str((parameters or {})["period"]), [])
        return (Grid(Place(shown), (("编号", "问题", "状态"), *found)),), ()


def test_a_query_is_asked_for_every_period_and_one_without_rows_is_none(tmp_path: Path) -> None:
    (tmp_path / "tz.sql").write_text("select * from tz where month <= :period", encoding="utf-8")
    one, seen = read(tmp_path, Queries(), file="", query="tz.sql", connection="BASE")
    assert list(one.periods) == [SEPTEMBER, OCTOBER]
    assert printed(one)["closed"] == "1个"
    assert "D320" not in {finding.code for finding in seen}


def test_a_frame_that_was_handed_in_is_the_table_of_the_period(tmp_path: Path) -> None:
    frame = pd.DataFrame({"编号": [1], "问题": ["破损"], "状态": ["整改中"]})
    one, seen = read(tmp_path, Sources(frames={"问题台账": frame}), frames={"问题台账"})
    assert {period: ids(issues) for period, issues in one.periods.items()} == {OCTOBER: ["1"]}
    assert {finding.severity for finding in seen} == {"note"}


def test_a_day_of_another_year_in_a_note_is_not_the_one(tmp_path: Path) -> None:
    text = "问题,状态,时限\n破损,整改中,2026-10-24\n注：截至2025年12月31日的问题已并入"
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    one, seen = read(tmp_path, file="t.csv")
    assert one.as_of == "2026-10-31"
    assert "D324" not in {finding.code for finding in seen}


def test_a_workbook_with_merged_heads_dates_and_a_hidden_row_is_read_whole(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["问题整改台账（截至2026年10月25日）"],
        ["序号", "问题", "整改情况", None, None],
        [None, None, "责任单位", "整改时限", "整改\n状态"],
        [1, "破损", "城管局", date(2026, 10, 20), "整改中"],
        [2, "占道", "城管局", "10月底前", "未启动"],
        [None, None, "交警支队", None, None],
        ["期末在办2个"],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:E2", "A5:A6", "B5:B6", "D5:D6", "E5:E6", "A7:E7"):
        sheet.merge_cells(area)
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "t.xlsx")
    one, seen = read(tmp_path, Sources(), file="t.xlsx")
    assert [(issue.unit, issue.deadline, issue.state) for issue in one.periods[OCTOBER]] == [
        ("城管局", "2026-10-20", "under_way"),
        ("城管局；交警支队", "2026-10", "not_started"),
    ]
    assert [issue.id for issue in moved(one).overdue or ()] == ["城管局｜破损"]
    assert not [finding for finding in (*seen, *check_ledger(one, OCTOBER)) if finding.severity != "note"]


def test_a_missing_table_and_names_that_nobody_knows_are_errors(tmp_path: Path) -> None:
    one, seen = read(tmp_path, columns={"问提": "事项"}, states={"三类": "差不多"})
    assert one.periods == {}
    assert [(finding.code, finding.severity) for finding in seen] == [("D325", "error")] * 2 + [("D109", "error")]
