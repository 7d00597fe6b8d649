"""Nothing is lost: every cell that holds something is in a table, in a finding, or was declared as not to be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.grid import Grid, Merge
from digest.data.tabling.account import account
from digest.data.tabling.recognise import Recognised, recognise
from digest.findings import Place

from .drawn import FOUR, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

titles = st.sampled_from(
    [
        "地区",
        "城市",
        "序号",
        "备注",
        "资金（万元）",
        "资金",
        "项目数/个",
        "同比（%）",
        "年度目标",
        "本月",
        "累计",
        "上年同期",
        "完成率",
        "2026年10月",
        "1—10月",
        "某某",
        "",
        "单位",
        "投入\n资金",
        "甲",
        "月份",
        "合计",
        "万元",
        "资金",
    ]
)
above = st.sampled_from(
    [
        "2026年10月情况表",
        "单位：万元",
        "单位：万元、个",
        "（2026年1—10月）",
        "填报单位：某局",
        "截至10月底",
        "",
        "附件1",
    ]
)
labels = st.sampled_from(
    [
        "济南",
        "青 岛",
        "淄博市",
        "枣庄",
        "莱芜",
        "省直",
        "合计",
        "小计",
        "平均",
        "其中：某某",
        "上海",
        "",
        "注：数据截至11月底",
        "1月",
        "一、城市",
        "填表人：某某",
        "全省",
        "　　某某",
        "地区",
    ]
)
values = st.one_of(
    st.none(),
    st.integers(-5, 3000),
    st.floats(-10, 10**6, allow_nan=False),
    st.sampled_from(
        ["2700余", "近5亿元", "—", "48.5%", "↑5.3%", "若干", "同上", " ", "1,234", "备注文字", "12①", "合计"]
    ),
)
anything = st.one_of(titles, above, labels, values)


@st.composite
def tables(draw: st.DrawFn) -> Grid:
    """A table with much that may be wrong: titles, heads, labels and numbers, some cells of them anything at all."""
    width = draw(st.integers(1, 6))
    rows: list[list[object]] = [[draw(above)] for _ in range(draw(st.integers(0, 3)))]
    rows += [[draw(titles) for _ in range(width)] for _ in range(draw(st.integers(0, 3)))]
    for _ in range(draw(st.integers(0, 8))):
        rows.append([draw(labels), *(draw(values) for _ in range(width - 1))])
    rows += [[draw(labels)] for _ in range(draw(st.integers(0, 2)))]
    for _ in range(draw(st.integers(0, 3))):
        if rows:
            row = rows[draw(st.integers(0, len(rows) - 1))]
            row[draw(st.integers(0, len(row) - 1)) if row else 0 :] = [draw(anything)]
    merges: list[Merge] = []
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, 5)), draw(st.integers(0, 3))
        merge = Merge(top, left, top + draw(st.integers(0, 2)), left + draw(st.integers(0, 2)))
        cells = {(r, c) for r in range(top, merge.bottom + 1) for c in range(left, merge.right + 1)}
        if merge != (top, left, top, left) and not any(
            cells & {(r, c) for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1)} for m in merges
        ):
            merges.append(merge)
            for r, c in cells - {(top, left)}:
                if r < len(rows) and c < len(rows[r]):
                    rows[r][c] = None
    addressed = draw(st.booleans())
    hidden = draw(st.sets(st.integers(0, 8), max_size=2))
    struck = draw(st.sets(st.tuples(st.integers(0, 8), st.integers(0, 4)), max_size=2))
    there = {(r, c) for r, c in struck if r < len(rows) and c < len(rows[r])}
    return Grid(
        Place("报表.xlsx", "Sheet1"),
        tuple(map(tuple, rows)),
        merges=tuple(merges),
        hidden_rows=frozenset(hidden),
        hidden_columns=frozenset(draw(st.sets(st.integers(0, 4), max_size=1))),
        struck=frozenset(there),
        addressed=addressed,
    )


options = st.fixed_dictionaries(
    {
        "roster": st.sampled_from([None, FOUR]),
        "known": st.sampled_from([(), ("资金", "项目数")]),
        "skip": st.sampled_from([(), ("资金",), ("某某",)]),
        "header": st.sampled_from([0, 0, 1, 2]),
        "year": st.sampled_from([None, 2026]),
        "cells": st.sampled_from(["", "", "A2:D9"]),
    }
)


@settings(max_examples=300)
@given(tables(), options)
def test_every_cell_is_in_a_table_in_a_finding_or_declared_as_not_to_be_read(grid: Grid, asked: dict[str, Any]) -> None:
    read, findings = recognise(grid, **asked)
    assert account(grid, read, findings, cells=asked["cells"]) == ()
    assert read or any(finding.severity == "error" for finding in findings)


def _without_a_row(read: Recognised) -> Recognised:
    (table,), findings = read
    return (replace(table, rows=table.rows[:-1]),), findings


def _without_a_note(read: Recognised) -> Recognised:
    (table,), findings = read
    return (replace(table, notes=()),), findings


def _without_a_title(read: Recognised) -> Recognised:
    (table,), findings = read
    return (replace(table, above=()),), findings


def _without_a_column(read: Recognised) -> Recognised:
    (table,), findings = read
    rows = tuple(replace(row, cells={k: c for k, c in row.cells.items() if k != 1}) for row in table.rows)
    return (replace(table, rows=rows),), findings


def _without_findings(read: Recognised) -> Recognised:
    return read[0], ()


def _with_another_number(read: Recognised) -> Recognised:
    (table,), findings = read
    first = table.rows[0]
    cells = {**first.cells, 1: first.cells[1]._replace(value=11)}
    return (replace(table, rows=(replace(first, cells=cells), *table.rows[1:])),), findings


@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        (_without_a_row, [(6, 0), (6, 1), (6, 2)]),
        (_without_a_note, [(7, 0)]),
        (_without_a_title, [(0, 0), (1, 0)]),
        (_without_a_column, [(3, 1), (4, 1), (6, 1)]),
        (_without_findings, [(5, 0)]),
        (_with_another_number, [(3, 1)]),
    ],
)
def test_whoever_drops_a_cell_is_found_out(
    broken: Callable[[Recognised], Recognised], lost: list[tuple[int, int]]
) -> None:
    grid = sheet(
        ["情况表"],
        ["单位：万元"],
        ["地区", "资金", "项目（个）"],
        ["济南", 10, 1],
        ["青岛", 20, 2],
        ["一、其他城市"],
        ["淄博", 30, 3],
        ["注：初步数"],
    )
    read = recognise(grid)
    assert account(grid, *read) == ()
    assert list(account(grid, *broken(read))) == lost
