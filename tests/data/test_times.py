"""Which period a time in a table is."""

from __future__ import annotations

import pytest

from digest.data.model import AsOf, Span
from digest.data.period import Period
from digest.data.refusal import Refusal
from digest.data.times import read_time, timed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026年10月", "2026-10"),
        ("2026-10", "2026-10"),
        ("202610", "2026-10"),
        ("10月", "2026-10"),
        ("2026-10-31", "2026-10"),
        ("2026-10-01", "2026-10"),
        ("截至2026年10月底", "2026-10"),
        ("2026年", "2026"),
        ("2026", "2026"),
        ("2026年1—10月", "2026-10 cumulative"),
        ("1-10月", "2026-10 cumulative"),
        ("2026年上半年", "2026-06 cumulative"),
        ("2026年前三季度", "2026-09 cumulative"),
        ("2026年三季度", "2026-Q3"),
        ("2026Q3", "2026-Q3"),
        ("一季度", "2026-Q1"),
        ("2026年4—6月", "2026-Q2"),
        ("2026年3—5月", "D302"),
        ("2026年下半年", "D302"),
        ("本月", "D165"),
        ("2026.1", "D162"),
        ("合计", "D160"),
    ],
)
def test_a_time_is_one_period_or_none(text: str, told: str) -> None:
    read = read_time(text, 2026)
    if isinstance(read, Refusal):
        assert read.code == told
    else:
        assert f"{read.period} {read.reach or ''}".strip() == told


def test_a_span_over_two_years_is_no_period() -> None:
    assert timed(Span("2025-12", "2026-01")) is None
    assert timed(None) is None


def test_what_is_a_period_already_stays_it() -> None:
    assert timed(Period(2026, 10)) == (Period(2026, 10), None)
    assert timed(AsOf("2026-10-25")) == (Period(2026, 10), None)
