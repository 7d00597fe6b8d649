"""Times of tables: read where they can mean one thing, refused where they can mean two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.model import AsOf, Span
from digest.data.period import Period, check_date
from digest.data.periods import date_format, read_period
from digest.data.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", "2023", "2023"),
        ("2023年", "2023", "2023"),
        ("2023年度", "2023", "2023"),
        ("二〇二三年", "2023", "2023"),
        ("23年", "2023", "2023"),
        ("2023年12月", "2023-12", "2023-12"),
        ("2023年12月份", "2023-12", "2023-12"),
        ("2023 年 1 月", "2023-01", "2023-01"),
        ("２０２３年１２月", "2023-12", "2023-12"),
        ("二〇二三年十二月", "2023-12", "2023-12"),
        ("202312", "2023-12", "2023-12"),
        ("2023-12", "2023-12", "2023-12"),
        ("2023/12", "2023-12", "2023-12"),
        ("2023.12", "2023-12", "2023-12"),
        ("2023.10", "2023-10", "2023-10"),
        ("2023.01", "2023-01", "2023-01"),
        ("2023.2", "2023-02", "2023-02"),
        ("2023Q4", "2023-10", "2023-12"),
        ("2023-Q1", "2023-01", "2023-03"),
        ("2023年四季度", "2023-10", "2023-12"),
        ("2023年第2季度", "2023-04", "2023-06"),
        ("2023年前三季度", "2023-01", "2023-09"),
        ("2023年1—11月", "2023-01", "2023-11"),
        ("2023年1-11月", "2023-01", "2023-11"),
        ("2023年1月至11月", "2023-01", "2023-11"),
        ("2023年上半年", "2023-01", "2023-06"),
        ("2023年下半年", "2023-07", "2023-12"),
        ("23.12.22", "2023-12-22", "2023-12-22"),
        ("2023.12.2", "2023-12-02", "2023-12-02"),
        ("2023/12/22", "2023-12-22", "2023-12-22"),
        ("20231222", "2023-12-22", "2023-12-22"),
        ("2023年12月22日", "2023-12-22", "2023-12-22"),
        ("二〇二三年十二月二十二日", "2023-12-22", "2023-12-22"),
        ("2024年2月29日", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_time_with_its_year_is_read(text: str, start: str, end: str) -> None:
    assert read_period(text) == Span(start, end, text)
    assert read_period(text, year=1999) == Span(start, end, text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12月", "2023-12", "2023-12"),
        ("十二月", "2023-12", "2023-12"),
        ("四季度", "2023-10", "2023-12"),
        ("Q4", "2023-10", "2023-12"),
        ("1—11月", "2023-01", "2023-11"),
        ("1-11月", "2023-01", "2023-11"),
        ("１～１１月", "2023-01", "2023-11"),
        ("上半年", "2023-01", "2023-06"),
        ("全年", "2023", "2023"),
        ("前三季度", "2023-01", "2023-09"),
        ("12月22日", "2023-12-22", "2023-12-22"),
    ],
)
def test_a_time_without_a_year_takes_that_of_the_table_and_is_refused_without_one(
    text: str, start: str, end: str
) -> None:
    assert read_period(text, year=2023) == Span(start, end, text)
    refusal = read_period(text)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.message) == ("D161", f"“{text}”没有写年份")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("截至11月底", "2023-11"),
        ("截至2022年11月底", "2022-11"),
        ("截止2023年12月22日", "2023-12-22"),
        ("数据截至11月底", "2023-11"),
        ("11月末", "2023-11"),
        ("2023年底", "2023"),
    ],
)
def test_until_the_end_of_a_month_is_an_as_of_and_no_day_is_made_up(text: str, iso: str) -> None:
    assert read_period(text, year=2023) == AsOf(iso, text)


@pytest.mark.parametrize("number_format", ["", "General"])
def test_a_tenth_of_a_year_may_be_january_or_october_and_is_refused(number_format: str) -> None:
    refusal = read_period("2023.1", number_format=number_format)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "D162"
    assert "2023.1是1月还是10月？" in refusal.message


def test_the_format_says_which_month_it_was() -> None:
    assert read_period("2023.10", number_format="0.00") == Span("2023-10", "2023-10", "2023.10")
    assert read_period("2023.1", number_format="0.00") == Span("2023-10", "2023-10", "2023.1")
    assert read_period("2023.1", number_format="@") == Span("2023-01", "2023-01", "2023.1")


@pytest.mark.parametrize(
    ("number_format", "iso"),
    [
        ("yyyy-mm-dd", "2023-12-01"),
        ('yyyy"年"m"月"', "2023-12"),
        ("[$-804]yyyy年m月d日;@", "2023-12-01"),
        ("yyyy", "2023"),
    ],
)
def test_a_serial_number_is_a_date_only_where_the_format_says_so(number_format: str, iso: str) -> None:
    assert read_period("45261", number_format=number_format) == Span(iso, iso, "45261")
    for other in ("", "General", "0", "#,##0", "@", "[Red]0", "h:mm"):
        refusal = read_period("45261", number_format=other)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "D164"


def test_a_year_that_the_program_put_in_is_believed_only_where_the_table_says_the_same() -> None:
    assert read_period("45261", number_format="m月d日", year=2023) == Span("2023-12-01", "2023-12-01", "45261")
    for year in (None, 2022):
        refusal = read_period("45261", number_format="m月d日", year=year)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "D161"


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("", ""), ("General", ""), ("0.00", ""), ("0.00E+00", ""), ('0"人次/day"', ""), ("mm:ss", ""), ("yyyy/m", "ym")],
)
def test_a_number_format_is_known_for_what_it_shows(number_format: str, shown: str) -> None:
    assert date_format(number_format) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "D160"),
        ("—", "D160"),
        ("5", "D160"),
        ("去岁", "D160"),
        ("98年12月", "D160"),
        ("22/12/23", "D160"),
        ("23-12-22", "D160"),
        ("2023-12-22 00:00:00", "D160"),
        ("截至1—11月", "D160"),
        ("2023-13", "D163"),
        ("202300", "D163"),
        ("0000年", "D163"),
        ("2023年2月29日", "D163"),
        ("2023年11—1月", "D163"),
        ("2023年1—13月", "D163"),
        ("23.22.12", "D163"),
        ("截至目前", "D165"),
        ("今年", "D165"),
        ("月底", "D165"),
    ],
)
def test_what_names_no_time_is_refused_with_its_words(text: str, code: str) -> None:
    refusal = read_period(text, year=2023)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.text) == (code, text)
    assert f"“{text}”" in refusal.message
    assert refusal.accepted
    assert refusal.hint


years = st.integers(1, 9999)
texts = st.one_of(
    st.text(max_size=14),
    st.text(alphabet="0123456789０年月日号底末截至上下半季度前全第Qq一二三四十〇.-/—至 ", max_size=14),
)
formats = st.one_of(
    st.sampled_from(["", "General", "@", "0.00", "yyyy-mm-dd", 'm"月"d"日"', "yyyy"]), st.text(max_size=8)
)


@given(texts, st.one_of(st.none(), years), formats)
def test_every_text_is_a_time_or_a_refusal(text: str, year: int | None, number_format: str) -> None:
    found = read_period(text, year=year, number_format=number_format)
    assert found.text == text
    match found:
        case Span():
            assert check_date(found.start) <= check_date(found.end)
            assert len(found.start) == len(found.end)
        case AsOf():
            assert check_date(found.date)
        case Refusal():
            assert found.message


@given(st.integers(1000, 9999), st.integers(0, 12))
def test_a_printed_period_is_read_back(year: int, month: int) -> None:
    period = Period(year, month)
    assert read_period(period.chinese) == Span(str(period), str(period), period.chinese)


@given(st.integers(61, 2_958_465))
def test_a_serial_number_counts_days(serial: int) -> None:
    iso = (date(1899, 12, 30) + timedelta(days=serial)).isoformat()
    assert read_period(str(serial), number_format="yyyy-mm-dd") == Span(iso, iso, str(serial))
