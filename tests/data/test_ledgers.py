"""Ledgers as offices keep them: every cell is read, noted or told of, and a state is what somebody wrote."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import Grid, Merge
from digest.data.ledger_dates import first_day_of, last_day, last_day_of, period_before, read_day
from digest.data.ledger_rows import ReadRows, Words, read_rows
from digest.data.ledger_words import COUNTED, state_of
from digest.data.ledgers import Issue, State
from digest.data.period import Period
from digest.findings import Place

OCTOBER = Period(2026, 10)
HEAD = ("序号", "编号", "问题描述", "问题来源", "责任单位", "登记时间", "整改时限", "销号时间", "进展情况", "整改状态")
ROW = (1, "W1", "道路破损", "信箱", "城管局", "2026-09-01", "2026-10-20", "", "已列入计划", "整改中")


def grid(*rows: tuple[object, ...], merges: tuple[Merge, ...] = (), hidden: frozenset[int] = frozenset()) -> Grid:
    return Grid(Place("台账.xlsx", "十月"), rows, merges=merges, hidden_rows=hidden, addressed=True)


def read(*rows: tuple[object, ...], merges: tuple[Merge, ...] = (), hidden: frozenset[int] = frozenset()) -> ReadRows:
    return read_rows(grid(*rows, merges=merges, hidden=hidden), Words(OCTOBER))


def row(**cells: object) -> tuple[object, ...]:
    """The row above with other cells, by the title of the column."""
    return tuple(cells.get(title, value) for title, value in zip(HEAD, ROW, strict=True))


def told(result: ReadRows, severity: str = "warning") -> list[tuple[str, str]]:
    return [(one.code, one.place.cell if one.place else "") for one in result.findings if one.severity == severity]


def only(result: ReadRows) -> Issue:
    (issue,) = result.issues
    return issue


# --- what a table holds ------------------------------------------------------------------------------


def test_titles_above_the_head_and_notes_below_are_no_issues() -> None:
    result = read(
        ("问题整改台账",),
        ("截至2026年10月25日", None, None, "单位：个"),
        HEAD,
        ROW,
        ("注：本月新增1个，销号0个，期末在办1个",),
        ("填表人：某某", None, None, "审核人：某某"),
    )
    assert only(result).problem == "道路破损"
    assert result.above == ("问题整改台账", "截至2026年10月25日　单位：个")
    assert result.below == ("注：本月新增1个，销号0个，期末在办1个", "填表人：某某　审核人：某某")
    assert [(one.name, one.number) for one in result.stated] == [("new", 1), ("closed", 0), ("closing", 1)]
    assert told(result) == []


def test_a_row_is_read_by_the_titles_of_its_columns() -> None:
    issue = only(read(HEAD, ROW))
    assert issue == Issue(
        "W1", "道路破损", "信箱", "城管局", raised="2026-09-01", deadline="2026-10-20", progress="已列入计划",
        state="under_way", written="整改中", place=Place("台账.xlsx", "十月", "第2行"),
    )  # fmt: skip


def test_two_levels_of_a_head_are_one() -> None:
    result = read(
        ("序号", "存在问题", "整改情况", None, None),
        (None, None, "责任单位", "时限", "状态"),
        (1, "道路破损", "城管局", date(2026, 10, 20), "已销号"),
        merges=(Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 4)),
    )
    issue = only(result)
    assert (issue.unit, issue.deadline, issue.state) == ("城管局", "2026-10-20", "closed")


def test_a_problem_over_several_rows_is_one_issue_of_several_units() -> None:
    result = read(
        ("序号", "问题", "责任单位", "时限", "状态"),
        (1, "占道经营", "城管局", "2026-11-30", "整改中"),
        (None, None, "交警支队", "2026-11-30", "整改中"),
        merges=(Merge(1, 0, 2, 0), Merge(1, 1, 2, 1)),
    )
    assert only(result).unit == "城管局；交警支队"
    assert told(result) == []


def test_lines_of_one_issue_that_disagree_about_its_state_leave_it_unknown() -> None:
    result = read(
        ("问题", "责任单位", "状态"),
        ("占道经营", "城管局", "整改中"),
        (None, "交警支队", "已销号"),
        merges=(Merge(1, 0, 2, 0),),
    )
    assert only(result).state == "unknown"
    assert told(result) == [("D326", "C2")]


def test_a_table_without_a_head_is_an_error_and_has_no_issues() -> None:
    result = read(("地市", "投入资金"), ("济南", 5))
    assert result.issues == ()
    assert told(result, "error") == [("D310", "")]


def test_a_column_that_may_be_two_things_is_taken_for_neither() -> None:
    result = read(("问题", "状态", "完成时间"), ("道路破损", "整改中", "2026-01-01"))
    assert (only(result).deadline, only(result).closed) == ("", "")
    assert told(result) == [("D311", "C1")]


def test_the_project_says_what_its_columns_and_words_are_called() -> None:
    table = grid(("反映的情况", "办理到哪一步", "完成时间"), ("道路破损", "三类", "2026-10-31"))
    words = Words(OCTOBER, {"反映的情况": "problem", "办理到哪一步": "state", "完成时间": "closed"}, {"三类": "closed"})
    issue = only(read_rows(table, words))
    assert (issue.state, issue.closed) == ("closed", "2026-10-31")


def test_a_row_without_a_problem_and_a_cell_beside_the_table_are_told() -> None:
    result = read(HEAD, row(问题描述=None), (*row(编号="W2"), "随手记"))
    assert [issue.id for issue in result.issues] == ["W2"]
    assert told(result) == [("D313", "第2行"), ("D312", "K3")]


def test_heads_on_every_page_blank_numbers_and_groups_are_passed_over_and_said() -> None:
    result = read(HEAD, ("一、城市管理",), ROW, HEAD, (2,), row(编号="W3", 问题描述="路灯不亮"))
    assert [issue.id for issue in result.issues] == ["W1", "W3"]
    assert told(result) == []
    assert [code for code, _ in told(result, "note")] == ["D314"] * 3


def test_hidden_rows_count_and_are_told_of() -> None:
    result = read(HEAD, ROW, hidden=frozenset({1}))
    assert len(result.issues) == 1
    assert told(result, "note") == [("D314", "第2行")]


def test_a_line_through_an_issue_does_not_close_it() -> None:
    table = Grid(Place("台账.xlsx"), (("问题", "状态"), ("破损", "整改中")), struck=frozenset({(1, 0)}), addressed=True)
    result = read_rows(table, Words(OCTOBER))
    assert only(result).state == "under_way"
    assert told(result) == [("D315", "A2")]


def test_an_issue_that_is_there_again_counts_once() -> None:
    result = read(HEAD, ROW, row(序号=2))
    assert len(result.issues) == 1
    assert told(result) == [("D318", "第3行")]


def test_without_numbers_issues_go_by_problem_and_unit_and_that_is_said() -> None:
    result = read(("问题", "责任单位", "状态"), ("道路 破损", "城管局", "整改中"))
    assert only(result).id == "城管局｜道路破损"
    assert ("D319", "") in told(result, "note")


# --- states ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("已销号", "closed"),
        ("● 已办结", "closed"),
        ("整改中", "under_way"),
        ("推进整改", "under_way"),
        ("未启动", "not_started"),
        ("基本完成", "unknown"),
        ("未完成", "unknown"),
        ("逾期", "unknown"),
        ("绿", "unknown"),
    ],
)
def test_only_words_that_say_that_it_is_over_close_an_issue(word: str, state: State) -> None:
    result = read(HEAD, row(整改状态=word, 销号时间="2026-10-02" if state == "closed" else ""))
    assert only(result).state == state
    assert told(result) == ([("D315", "J2")] if state == "unknown" else [])


def test_a_yes_closes_only_where_that_was_asked() -> None:
    assert state_of("是", {}, question=True) == "closed"
    assert state_of("是", {}) == "unknown"


def test_an_empty_state_is_unknown_whatever_the_dates_say() -> None:
    result = read(HEAD, row(整改状态="", 销号时间="2026-10-02"))
    assert only(result).state == "unknown"
    assert ("D315", "J2") in told(result)


@pytest.mark.parametrize(
    "cells",
    [
        {"销号时间": "2026-10-02"},
        {"整改状态": "已销号"},
        {"整改状态": "已销号", "销号时间": "2026-08-02"},
        {"整改时限": "2026-08-20"},
    ],
)
def test_dates_and_a_state_that_contradict_each_other_are_told_and_nothing_is_changed(cells: dict[str, str]) -> None:
    result = read(HEAD, row(**cells))
    assert [code for code, _ in told(result)] == ["D317"]
    assert only(result).written == cells.get("整改状态", "整改中")


# --- times -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "deadline"),
    [
        ("2026-10-31", "2026-10-31"),
        ("2026年10月底", "2026-10"),
        ("2026年10月31日前", "2026-10-31"),
        ("10月底", "2026-10"),
        ("10月底之前", "2026-10"),
        ("2026年四季度", "2026-12"),
        (date(2026, 10, 31), "2026-10-31"),
        (datetime(2026, 10, 31, 9, 0), "2026-10-31"),  # noqa: DTZ001 - as a workbook stores it
        ("2026-10-31 00:00:00", "2026-10-31"),
        ("长期坚持", "长期坚持"),
        ("尽快", "尽快"),
        ("—", ""),
    ],
)
def test_deadlines_are_read_as_offices_write_them(cell: object, deadline: str) -> None:
    result = read(HEAD, row(整改时限=cell))
    assert only(result).deadline == deadline
    assert told(result) == ([("D316", "G2")] if deadline == "尽快" else [])


def test_a_year_that_nobody_wrote_is_not_assumed_where_it_cannot_be() -> None:
    result = read(HEAD, row(登记时间="12月25日", 整改时限="3月底"))
    assert (only(result).raised, only(result).deadline) == ("12月25日", "2026-03")
    result = read(HEAD, row(整改时限="3月底"))
    assert only(result).deadline == "3月底"
    assert told(result) == [("D316", "G2")]


def test_a_serial_number_under_a_format_of_dates_is_its_day() -> None:
    assert read_day(46326, "yyyy-mm-dd", 2026, "last").iso == "2026-10-31"
    assert read_day(46326.0, "General", 2026, "last").refusal


def test_a_period_before_ends_the_day_before_a_period_begins() -> None:
    assert str(period_before(Period(2026, 1))) == "2025-12"
    assert str(period_before(Period(2026, quarter=1))) == "2025-Q4"
    assert str(period_before(Period(2026))) == "2025"
    for period in (Period(2026, 3), Period(2026, quarter=3), Period(2026)):
        assert (first_day_of(period) - last_day_of(period_before(period))).days == 1
    assert last_day("2024-02") == date(2024, 2, 29)


def test_counts_of_the_year_or_of_what_is_open_are_not_those_of_the_month() -> None:
    patterns = dict(COUNTED)
    assert not patterns["closed"].search("累计销号25个，未销号39个")
    assert not patterns["new"].search("新增率5%")


# --- every cell --------------------------------------------------------------------------------------

_CELL = st.one_of(
    st.none(), st.sampled_from(["", "注：说明", "合计", "一、类", "整改中", "x1", "甲乙丙", "2026-10-01", "3"])
)


@given(st.lists(st.lists(_CELL, max_size=len(HEAD) + 1).map(tuple), max_size=8))
def test_every_filled_cell_is_in_an_issue_in_a_note_or_told_of(rows: list[tuple[object, ...]]) -> None:
    result = read(HEAD, *rows)
    lines = {issue.place.cell for issue in result.issues if issue.place}
    texts = "".join((*result.above, *result.below))
    for number, cells in enumerate(rows, 2):
        for cell in filter(None, cells):
            told_of = any(
                one.place and (one.place.cell == f"第{number}行" or one.place.cell.endswith(str(number)))
                for one in result.findings
            )
            assert (
                f"第{number}行" in lines
                or str(cell) in texts
                or told_of
                or any("只有序号" in one.message for one in result.findings)
            )


_MERGE = st.builds(
    lambda top, left, down, right: Merge(top, left, top + down, left + right),
    *(st.integers(0, 6), st.integers(0, 9), st.integers(0, 3), st.integers(0, 3)),
)


def _apart(merges: list[Merge]) -> tuple[Merge, ...]:
    """Those that share no cell with one before them, as in a workbook."""
    kept: list[Merge] = []
    for one in merges:
        apart = all(
            one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
            for other in kept
        )
        if apart and (one.top, one.left) != (one.bottom, one.right):
            kept.append(one)
    return tuple(kept)


@given(
    st.lists(st.lists(st.one_of(_CELL, st.sampled_from(HEAD)), max_size=12).map(tuple), max_size=9),
    st.lists(_MERGE, max_size=4).map(_apart),
)
def test_whatever_stands_in_a_sheet_is_read_or_told_of_and_nothing_is_raised(
    rows: list[tuple[object, ...]], merges: tuple[Merge, ...]
) -> None:
    inside = tuple(one for one in merges if one.bottom < len(rows))
    result = read(*rows, merges=inside)
    assert len({issue.id for issue in result.issues}) == len(result.issues)
    assert all(issue.problem for issue in result.issues)
    assert result.issues or result.above or result.below or result.findings
