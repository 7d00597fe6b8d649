"""Periods and dates, read as people write them and printed as offices do."""

from __future__ import annotations

import pytest

from digest.data.period import Period, chinese_date, parse_period


@pytest.mark.parametrize(
    ("text", "iso", "chinese"),
    [
        ("2023-12", "2023-12", "2023年12月"),
        ("2023-1", "2023-01", "2023年1月"),
        ("2023年12月", "2023-12", "2023年12月"),
        ("2023.10", "2023-10", "2023年10月"),
        ("２０２３年１月", "2023-01", "2023年1月"),
        ("2023", "2023", "2023年"),
        ("2023年", "2023", "2023年"),
        ("2023-Q4", "2023-Q4", "2023年第四季度"),
        ("2023Q1", "2023-Q1", "2023年第一季度"),
        ("2023年四季度", "2023-Q4", "2023年第四季度"),
        ("2023年第2季度", "2023-Q2", "2023年第二季度"),
    ],
)
def test_a_period_is_read_and_printed(text: str, iso: str, chinese: str) -> None:
    period = parse_period(text)
    assert (str(period), period.chinese) == (iso, chinese)
    assert parse_period(iso) == parse_period(chinese) == period


@pytest.mark.parametrize("text", ["", "12月", "2023-13", "2023-00", "2023-Q5", "202312", "去年", "0000", "2023-12-29"])
def test_what_names_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        parse_period(text)


def test_a_period_is_a_plain_value() -> None:
    assert Period(2023, 12) == parse_period("2023-12")


@pytest.mark.parametrize(
    ("iso", "chinese"),
    [("2023-12-29", "2023年12月29日"), ("2023-01-02", "2023年1月2日"), ("2023-12", "2023年12月"), ("2023", "2023年")],
)
def test_dates_are_printed_without_zeros(iso: str, chinese: str) -> None:
    assert chinese_date(iso) == chinese


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13", "2023-1-2", "2023/12/29", "", "今年"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not an ISO date|out of range|must be in"):
        chinese_date(text)
