"""Cells of figures are made when somebody asks: one by one, by rows or by columns, they are the same."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.data.grid import Grid
from digest.data.tabling.display import displayed, displayed_alike
from digest.data.tabling.figure_table import FigureCell, FigureRow
from digest.data.tabling.figures import Figures, RowCells, column_of
from digest.findings import Place

VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.booleans(),
    st.decimals(),
    st.just(date(2026, 10, 1)),
)
NUMBERS = st.one_of(st.integers(), st.floats())
ROWS = st.one_of(st.lists(st.lists(VALUES, max_size=4)), st.lists(st.lists(NUMBERS, max_size=4)))
PLACE = Place("表.xlsx", "表")


def rows_of(figures: Figures) -> list[FigureRow]:
    return [FigureRow(row, "member", {}, RowCells(figures, row), PLACE) for row in range(len(figures.grid.rows))]


@given(
    ROWS,
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 3))),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 3))),
)
def test_a_column_holds_what_its_cells_hold(
    rows: list[list[object]], formatted: set[tuple[int, int]], missing: set[tuple[int, int]]
) -> None:
    grid = Grid(PLACE, tuple(map(tuple, rows)), formats=dict.fromkeys(formatted, "0.00"), addressed=True)
    figures = Figures(grid, {1: "资金", 3: "项目"}, dict.fromkeys(missing, "12"))
    made = rows_of(figures)
    for index in (1, 3):
        cells = [row.cells[index] for row in made]
        column = column_of(made, index)
        held = [(cell.text, cell.value, cell.number_format) for cell in cells]
        assert repr(list(zip(*column, strict=True))) == repr(held)  # nan is not nan
        assert column.texts == [displayed(cell.value, cell.number_format) for cell in cells]


@given(
    st.one_of(st.lists(NUMBERS), st.lists(st.decimals(-(10**6), 10**6, places=2).map(float)), st.lists(VALUES)),
    st.sampled_from(
        ("", "General", "0", "0.00", "#,##0", "#,##0.00", "0.0%", "0.00;-", "yyyy-mm-dd", "[红色]0.0", "???")
    ),
)
@example([-0.0, 0.0, 0.005, 2.675, -1.5, 1e16, 123456789012.25, 999999999999999], "#,##0.00")
@example([float("inf"), 1], "0.00")
@example([10**400, 1], "0.00")
def test_values_of_one_format_are_shown_together_as_each_is_shown(values: list[object], number_format: str) -> None:
    assert displayed_alike(values, number_format) == [displayed(value, number_format) for value in values]


def test_the_cells_of_a_row_are_a_mapping_like_any_other() -> None:
    grid = Grid(PLACE, (("济南", 12, 0.5), ("青岛", 13)), addressed=True)
    figures = Figures(grid, {1: "资金", 2: "占比"}, {(0, 2): "0.5"})
    cells = RowCells(figures, 0)
    first = FigureCell("12", 12, "", (grid, 1, "资金"), 0)
    assert cells[1] == first
    assert cells[1].place == Place("表.xlsx", "表", "B1")
    assert cells == {1: first, 2: FigureCell("", None, "", (grid, 2, "占比"), 0)}
    assert list(cells) == [1, 2]
    assert list(cells.items()) == [(1, cells[1]), (2, cells[2])]
    assert list(cells.values()) == [cells[1], cells[2]]
    assert cells.get(0) is None
    assert 0 not in cells
    assert RowCells(figures, 1)[2].value is None
    assert repr(cells) == repr(dict(cells))
    with pytest.raises(KeyError):
        cells[0]


def test_rows_written_down_by_hand_have_columns_too() -> None:
    cells = [FigureCell(str(number), Decimal(number), "", PLACE) for number in range(3)]
    rows = [FigureRow(at, "member", {}, {1: cell}, PLACE) for at, cell in enumerate(cells)]
    assert column_of(rows, 1).values == [Decimal(number) for number in range(3)]
    assert column_of([], 1) == ([], [], [])


def test_rows_of_two_tables_have_the_cells_of_both() -> None:
    tables = [Figures(Grid(PLACE, ((value,),)), {0: "资金"}, {}) for value in (1, 2)]
    assert column_of([row for figures in tables for row in rows_of(figures)], 0).values == [1, 2]


def test_a_row_can_be_handed_to_another_process() -> None:
    cells = RowCells(Figures(Grid(PLACE, ((1,),), formats={(0, 0): "0"}), {0: "资金"}, {}), 0)
    assert pickle.loads(pickle.dumps(cells)) == cells  # noqa: S301  our own
