"""What cells show: the formats of offices, rounded as spreadsheet programs do; a format nobody knows says so."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.tabling.display import displayed, knows

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
SHOWN: list[tuple[object, str, str]] = [
    (None, "", ""),
    ("１２３①", "0.00", "１２３①"),
    (3, "", "3"),
    (3.0, "General", "3"),
    (-3, "", "-3"),
    (0.1 + 0.2, "", "0.3"),
    (1e22, "", "10000000000000000000000"),
    (1.5e-7, "", "0.00000015"),
    (Decimal("1.50"), "", "1.50"),
    (True, "", "TRUE"),
    (0.485, "0.0%", "48.5%"),
    (0.485, "0%", "49%"),
    (0.5, "0.00%", "50.00%"),
    (1234.5, "0", "1235"),
    (2.5, "0", "3"),
    (-2.5, "0", "-3"),
    (-0.2, "0", "0"),
    (1.005, "0.00", "1.01"),
    (1234, "0.00", "1234.00"),
    (1234.5, "#,##0.00", "1,234.50"),
    (0, "#,##0", "0"),
    (-1234567, "#,##0", "-1,234,567"),
    (1234, "_ * #,##0_ ", "1,234"),
    (1234.5, ACCOUNTING, "1,234.50"),
    (-1234.5, ACCOUNTING, "-1,234.50"),
    (0, ACCOUNTING, "0.00"),  # shown as a dash, and nought all the same
    (0, '0;-0;"—"', "—"),
    (-5.3, "0.0;(0.0)", "(5.3)"),
    (-3, "#,##0_);[Red]\\(#,##0\\)", "(3)"),
    (5, ";;;", ""),
    (12345, "0,", "12"),
    (12345, "0!.0,", "1.2"),
    (12345, '0!.0,"万"', "1.2万"),
    (5, '0"个"', "5个"),
    (5, "000", "005"),
    (0, "#", ""),
    (0.5, "0.##", "0.5"),
    (1234567, "[$¥-804]#,##0", "¥1,234,567"),
    (2023.1, "0.00", "2023.10"),
    (float("nan"), "0.00", "NaN"),
    (date(2026, 10, 1), "", "2026-10-01"),
    (datetime(2026, 10, 1), "", "2026-10-01"),  # noqa: DTZ001  sheets know no zones
    (datetime(2026, 10, 1, 3, 4), "yyyy-mm-dd hh:mm", "2026-10-01 03:04"),  # noqa: DTZ001
    (date(2026, 10, 1), 'yyyy"年"m"月"', "2026年10月"),
    (date(2026, 10, 1), '[$-804]yyyy"年"m"月"d"日";@', "2026年10月1日"),
    (date(2026, 5, 7), 'm"月"d"日"', "5月7日"),
    (date(2026, 5, 7), "m/d", "5/7"),
    (date(2026, 1, 5), "mmm-yy", "Jan-26"),
    (45000, "yyyy/m/d", "2023/3/15"),
    (time(3, 1), "", "03:01:00"),
]


@pytest.mark.parametrize(("value", "number_format", "text"), SHOWN)
def test_a_cell_shows_what_a_spreadsheet_program_shows(value: object, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text
    assert knows(number_format)


@pytest.mark.parametrize("number_format", ["# ?/?", "0.00E+00", "[>=100]0", "[DBNum1]0", "foo"])
def test_a_format_that_is_not_known_shows_the_plain_value_and_says_so(number_format: str) -> None:
    assert displayed(1234.5, number_format) == "1234.5"
    assert not knows(number_format)


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 5), st.booleans())
def test_the_usual_formats_round_halves_up_and_group_by_thousands(number: Decimal, places: int, grouped: bool) -> None:  # noqa: FBT001
    number_format = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    shown = displayed(float(number), number_format)
    assert Decimal(shown.replace(",", "")) == expected
    assert ("," in shown) == (grouped and abs(expected) >= 1000)
    assert len(shown.partition(".")[2]) == places


@given(
    st.one_of(st.integers(), st.floats(), st.text(max_size=5), st.dates(), st.times(), st.none()), st.text(max_size=12)
)
def test_any_value_under_any_format_shows_something(value: object, number_format: str) -> None:
    assert isinstance(displayed(value, number_format), str)
    assert knows(number_format) in {True, False}
