"""Sums of tables are held against ours; what cannot be certain is not called wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.quantity import parse_quantity
from digest.data.tabling.jumps import jump
from digest.data.tabling.recognise import recognise
from digest.data.tabling.shares import mixed_shares
from digest.data.tabling.totals import check_totals

from .drawn import FOUR, sheet, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.tabling.figure_table import FigureTable

HEAD = ["地区", "资金（万元）"]


def table(*rows: Sequence[object], head: Sequence[object] = HEAD, **formats: str) -> FigureTable:
    cells = {(row, 1): shown for row in range(1, len(rows) + 1) for shown in formats.values()}
    (found,), _ = recognise(sheet(head, *rows, formats=cells), roster=FOUR)
    return found


def test_a_sum_that_is_not_ours_shows_both() -> None:
    (finding,) = check_totals(table(["济南", 10], ["青岛", 20.5], ["合计", 31]))
    assert (finding.code, finding.severity, str(finding.place)) == ("D270", "warning", "报表.xlsx › Sheet1 › B4")
    assert finding.message == "合计写的是“31”，按各行相加是30.5万元"


@pytest.mark.parametrize(
    "rows",
    [
        [["济南", 10], ["青岛", 20], ["合计", 30]],
        [["全省", 30], ["济南", 10], ["青岛", 20]],
        [["济南", "10"], ["青岛", "2,000"], ["合计", "2,010"]],
        [["济南", "0.1亿元"], ["青岛", 20], ["合计", 1020]],
        [["济南", 10], ["省直", 5], ["合计", 15]],
        [["济南", 10], ["其中：某某", 5], ["合计", 10]],
        [["济南", 10], ["青岛", "—"], ["合计", 10]],
        [["济南", 10], ["青岛", 20], ["合计", "—"]],
        [["济南", 10], ["青岛", 20], ["小计", 30], ["淄博", 5], ["小计", 5], ["合计", 35]],
        [["合计", 35], ["小计", 30], ["济南", 10], ["青岛", 20], ["小计", 5], ["淄博", 5]],
        [["济南", 10], ["青岛", 25], ["平均", "17.5"]],
        [["济南", 10], ["青岛", 25], ["淄博", 5], ["平均", "13.3"]],
    ],
)
def test_sums_that_are_ours_are_not_spoken_of(rows: list[list[object]]) -> None:
    assert check_totals(table(*rows)) == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["济南", 10], ["青岛", 20], ["小计", 31], ["淄博", 5], ["合计", 35]], ["warning D271 B4"]),
        ([["小计", 31], ["济南", 10], ["青岛", 20], ["小计", 5], ["淄博", 5]], ["warning D271 B2"]),
        ([["济南", 10], ["青岛", 25], ["平均", "17.6"]], ["warning D272 B4"]),
        ([["济南", "10余"], ["青岛", 20], ["合计", 30]], ["note D273 B4"]),
        ([["济南", 10], ["青岛", 20], ["合计", "30余"]], ["note D273 B4"]),
        ([["济南", 10], ["青岛", "若干"], ["合计", 30]], ["note D273 B4"]),
        ([["济南", 10], ["青岛", "—"], ["合计", 30]], ["note D273 B4"]),
        ([["济南", 10], ["上海", 20], ["合计", 30]], ["note D273 第4行"]),
    ],
)
def test_what_does_not_add_up_and_what_cannot_be_checked_is_told(rows: list[list[object]], expected: list[str]) -> None:
    assert told(check_totals(table(*rows))) == expected


def test_numbers_rounded_for_display_may_differ_by_as_much() -> None:
    rows = [["济南", 10.4], ["青岛", 20.4], ["合计", 30.8]]
    assert check_totals(table(*rows, shown="0")) == ()
    assert told(check_totals(table(["济南", 10.4], ["青岛", 20.4], ["合计", 33.8], shown="0"))) == ["warning D270 B4"]


def test_rates_and_unlike_units_are_never_added() -> None:
    assert check_totals(table(["济南", 50], ["青岛", 60], ["合计", 55], head=["地区", "完成率（%）"])) == ()
    found = check_totals(table(["济南", "5人"], ["青岛", "6人次"], ["合计", "11人"], head=["地区", "参加"]))
    assert told(found) == ["note D273 B4"]


def test_only_the_columns_that_are_asked_for_and_with_the_unit_that_is_said() -> None:
    found = table(["济南", 10], ["青岛", 20], ["合计", 31], head=["地区", "资金"])
    assert check_totals(found, only=[]) == ()
    (finding,) = check_totals(found, only=[1], units={1: "亿元"})
    assert "相加是30亿元" in finding.message


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=4), st.integers(-3, 3))
def test_a_sum_is_told_exactly_where_it_is_wrong(numbers: list[int], off: int) -> None:
    members = FOUR.members[: len(numbers)]
    rows = [[member, number] for member, number in zip(members, numbers, strict=True)]
    found = check_totals(table(*rows, ["合计", sum(numbers) + off]))
    assert bool(found) == bool(off)


# --- shares and jumps ---------------------------------------------------------------------------------


def test_shares_written_in_two_ways_are_told_with_their_cells() -> None:
    found = table(["济南", 0.485], ["青岛", 48.5], ["淄博", "47.2%"], head=["地区", "占比（%）"])
    mixed = mixed_shares(row.cells[1] for row in found.rows)
    assert mixed is not None
    assert ([cell.text for cell in mixed.cells], told([mixed.finding])) == (["0.485"], ["warning D275 B2"])
    assert "B2“0.485”" in mixed.finding.message


@pytest.mark.parametrize("values", [[48.5, 50], [0.485, 0.5], [48.5, "0.5%"], [48.5, 0], [48.5, "—"], []])
def test_shares_written_in_one_way_are_not_spoken_of(values: list[object]) -> None:
    found = table(*zip(FOUR.members, values or [99], strict=False), head=["地区", "占比（%）"])
    assert mixed_shares(row.cells[1] for row in found.rows) is None


@pytest.mark.parametrize(
    ("now", "before", "leaps"),
    [
        ("5000元", "99元", True),
        ("1元", "51元", True),
        ("4950元", "99元", False),
        ("1万元", "5000元", False),
        ("1万元", "100元", True),
        ("0元", "100元", False),
        ("100元", "0元", False),
        ("100人", "1人次", False),
    ],
)
def test_more_than_fifty_times_is_a_jump(now: str, before: str, leaps: bool) -> None:  # noqa: FBT001
    found = jump(parse_quantity(now), parse_quantity(before), "济南“投入资金”")
    assert (found is not None) == leaps
    if found:
        assert (found.code, found.severity) == ("D274", "warning")
        assert f"由“{before}”变为“{now}”" in found.message
    assert jump(None, parse_quantity(before), "") is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_jump_up_is_a_jump_down_the_other_way_round(one: int, other: int) -> None:
    up, down = (parse_quantity(f"{number}元") for number in (one, other))
    assert (jump(up, down, "") is None) == (jump(down, up, "") is None)
    assert (jump(up, down, "") is not None) == (max(Fraction(one, other), Fraction(other, one)) > 50)
