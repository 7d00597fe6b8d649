"""Periods along the foot of a plot."""

from __future__ import annotations

import pytest

from digest.charts.kit.along import _rows


@pytest.mark.parametrize(
    ("periods", "rows"),
    [
        (
            ("2025年11月", "2025年12月", "2026年1月", "2026年2月"),
            [("11月", "2025年"), ("12月",), ("1月", "2026年"), ("2月",)],
        ),
        (("2025年11月", "12月", "2026年1月", "2月"), [("11月", "2025年"), ("12月",), ("1月", "2026年"), ("2月",)]),
        (("11月", "12月"), [("11月",), ("12月",)]),
        (("2025年", "2026年"), [("2025年",), ("2026年",)]),
        (("2025年11月",), [("2025年11月",)]),
        (("11月", "2026年1月"), [("11月",), ("2026年1月",)]),
    ],
)
def test_a_year_stands_once_under_the_month_it_begins_with(
    periods: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    assert _rows(periods) == rows
