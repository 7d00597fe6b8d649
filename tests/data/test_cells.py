"""Cells as offices fill them: each is read for what it says or refused with a reason, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.answers import MISSING, Answer, Change, Counted, Level, Missing, Parts
from digest.data.cells import CellKind, read_cell, read_closely
from digest.data.folding import fold
from digest.data.quantity import parse_quantity
from digest.data.refusal import Refusal
from digest.findings import Place

QUANTITIES: list[tuple[str, str, int | Fraction, str]] = [
    # text, unit of the column, amount, as printed
    ("123", "", 123, "123"),
    ("123", "个", 123, "123个"),
    ("0", "个", 0, "0个"),
    ("１２３", "个", 123, "123个"),
    ("１．３", "个", Fraction(13, 10), "1.3个"),
    ("－５", "个", -5, "-5个"),
    ("−5", "个", -5, "-5个"),
    ("4８．5％", "", Fraction(97, 2), "48.5%"),
    ("48.5％", "％", Fraction(97, 2), "48.5%"),
    ("48.5", "%", Fraction(97, 2), "48.5%"),
    ("1,234", "个", 1234, "1,234个"),
    ("1 234", "个", 1234, "1\u2009234个"),
    ("1\u00a0234\u00a0567", "个", 1234567, "1\u2009234\u2009567个"),
    ("１，２３４", "个", 1234, "1,234个"),
    ("　123 ", "个", 123, "123个"),
    ("123 个", "个", 123, "123个"),
    ("近5亿\n元", "元", 500_000_000, "近5亿元"),
    ("1.3万", "件", 13_000, "1.3万件"),
    ("2700余", "家", 2700, "2700余家"),
    ("2700余家", "家", 2700, "2700余家"),
    ("100多", "次", 100, "100多次"),
    ("约20", "个", 20, "约20个"),
    ("100以上", "个", 100, "100个以上"),
    ("34万余小时", "小时", 340_000, "34万余小时"),
    ("470余亩", "", 470, "470余亩"),
    ("近5亿元", "", 500_000_000, "近5亿元"),
    ("二百七十", "人", 270, "二百七十人"),
    ("贰佰", "人", 200, "二百人"),
    ("叁万伍仟元", "元", 35_000, "三万五千元"),
    ("二百七十人", "", 270, "二百七十人"),
    ("5个大陆", "", 5, "5个大陆"),
    ("第三届", "", 3, "第三届"),
    ("三级联动", "", 3, "三级联动"),
    ("4100", "万元", 41_000_000, "4100万元"),
    ("41,000.5", "万元", 410_005_000, "41,000.5万元"),
    ("4100万", "万元", 41_000_000, "4100万元"),
    ("3.5", "个百分点", Fraction(7, 2), "3.5个百分点"),
    ("3.5百分点", "个百分点", Fraction(7, 2), "3.5百分点"),
    ("30万千瓦", "千瓦", 300_000, "30万千瓦"),
    ("65个县（市、区）", "", 65, "65个县（市、区）"),
]


@pytest.mark.parametrize(("text", "unit", "amount", "printed"), QUANTITIES)
def test_a_number_is_read_in_the_unit_of_its_column(text: str, unit: str, amount: int | Fraction, printed: str) -> None:
    answer = read_cell(text, unit=unit)
    assert isinstance(answer, Counted)
    assert (answer.quantity.amount, str(answer.quantity)) == (amount, printed)
    assert (answer.aside.text, answer.aside.notes) == (text, ())


@pytest.mark.parametrize(
    ("text", "unit", "printed", "amount"),
    [
        ("4.1亿", "万元", "41000万元", 410_000_000),
        ("4.1亿元", "万元", "41000万元", 410_000_000),
        ("近5亿元", "万元", "近50000万元", 500_000_000),
        ("30余万元", "亿元", "0.003亿余元", 300_000),
        ("500元", "万元", "0.05万元", 500),
        ("三亿五千万元", "万元", "35000万元", 350_000_000),
    ],
)
def test_another_scale_of_the_same_unit_is_converted_and_told(
    text: str, unit: str, printed: str, amount: int | Fraction
) -> None:
    answer = read_cell(text, unit=unit)
    assert isinstance(answer, Counted)
    assert (str(answer.quantity), answer.quantity.amount) == (printed, amount)
    (note,) = answer.aside.notes
    assert (note.code, note.severity) == ("D166", "note")
    assert note.message == f"“{text}”换算为列的单位：{printed}"


@pytest.mark.parametrize(
    ("text", "marks", "flag"),
    [
        ("123*", "*", ""),
        ("123①", "①", ""),
        ("123*②", "*②", ""),
        ("123[1]", "[1]", ""),
        ("123注2", "注2", ""),
        ("123（预计）", "", "预计"),
        ("123 (初步统计)", "", "初步统计"),
        ("123*（预计）", "*", "预计"),
        ("123（快报数）①", "①", "快报数"),
    ],
)
def test_footnote_marks_and_flags_are_no_part_of_the_number(text: str, marks: str, flag: str) -> None:
    answer = read_cell(text, unit="个")
    assert isinstance(answer, Counted)
    assert str(answer.quantity) == "123个"
    assert (answer.aside.marks, answer.aside.flag) == (marks, flag)


@pytest.mark.parametrize("unit", ["", "个"])
def test_a_hundred_and_more_is_no_exact_number_without_a_unit_either(unit: str) -> None:
    answer = read_cell("100以上", unit=unit)
    assert isinstance(answer, Counted)
    assert not answer.quantity.exact
    assert answer.quantity.at_least(100) is True
    assert answer.quantity.below(200) is None
    assert answer.quantity.counted == unit


def test_a_preliminary_number_with_thousands_keeps_both() -> None:
    answer = read_cell("1,234（初步）")
    assert isinstance(answer, Counted)
    assert (str(answer.quantity), answer.aside.flag) == ("1,234", "初步")


@pytest.mark.parametrize("text", MISSING)
@pytest.mark.parametrize("kind", get_args(CellKind))
def test_a_blank_says_why_there_is_no_number_and_is_never_zero(text: str, kind: CellKind) -> None:
    answer = read_cell(text, kind, unit="个")
    assert isinstance(answer, Missing)
    assert answer.why == MISSING[text]


@pytest.mark.parametrize(
    ("text", "why"), [("　", "blank"), (" — ", "dash"), ("—①", "dash"), ("－", "dash"), ("不适用*", "not_applicable")]
)
def test_blanks_with_something_around_them_are_blanks(text: str, why: str) -> None:
    answer = read_cell(text)
    assert isinstance(answer, Missing)
    assert answer.why == why


@pytest.mark.parametrize(
    ("text", "unit", "kind", "amount", "size"),
    [
        ("↑5.3%", "", "percent", Fraction(53, 10), "5.3%"),
        ("5.3%↑", "", "percent", Fraction(53, 10), "5.3%"),
        ("5.3↓", "%", "percent", Fraction(-53, 10), "5.3%"),
        ("增长5.3%", "", "percent", Fraction(53, 10), "5.3%"),
        ("增长了5.3%", "", "percent", Fraction(53, 10), "5.3%"),
        ("下降2个百分点", "", "points", -2, "2个百分点"),
        ("回落0.5百分点", "个百分点", "points", Fraction(-1, 2), "0.5百分点"),
        ("-5.3%", "", "percent", Fraction(-53, 10), "5.3%"),
        ("－５．３％", "", "percent", Fraction(-53, 10), "5.3%"),
        ("+5.3%", "", "percent", Fraction(53, 10), "5.3%"),
        ("5.3%", "", "percent", Fraction(53, 10), "5.3%"),
        ("5.3", "%", "percent", Fraction(53, 10), "5.3%"),
        ("0", "%", "percent", 0, "0%"),
        ("增加12件", "", "amount", 12, "12件"),
        ("减少1.3万", "件", "amount", -13_000, "1.3万件"),
        ("增长1.5倍", "", "times", Fraction(3, 2), "1.5倍"),
        ("增长近5%", "", "percent", 5, "近5%"),
        ("增长5.3%（预计）", "", "percent", Fraction(53, 10), "5.3%"),
    ],
)
def test_a_change_has_a_direction_a_kind_and_a_size(
    text: str, unit: str, kind: str, amount: int | Fraction, size: str
) -> None:
    answer = read_cell(text, "change", unit=unit)
    assert isinstance(answer, Change)
    assert (answer.kind, answer.amount, str(answer.size)) == (kind, amount, size)


@pytest.mark.parametrize(("text", "unit"), [("(5.3)", "%"), ("（5.3%）", ""), ("(5.3)%", "")])
def test_brackets_in_a_column_of_changes_are_a_fall_and_told(text: str, unit: str) -> None:
    answer = read_cell(text, "change", unit=unit)
    assert isinstance(answer, Change)
    assert (answer.amount, answer.aside.notes[0].code) == (Fraction(-53, 10), "D167")


@pytest.mark.parametrize(("text", "basis"), [("同比增长5.3%", "同比"), ("环比下降1%", "环比"), ("增长1%", "")])
def test_what_a_change_is_measured_against_is_kept(text: str, basis: str) -> None:
    answer = read_cell(text, "change")
    assert isinstance(answer, Change)
    assert answer.basis == basis


@pytest.mark.parametrize(
    ("text", "basis"), [("持平", ""), ("基本持平", ""), ("同比持平", "同比"), ("与上年同期持平", "")]
)
def test_level_is_no_change_and_no_blank(text: str, basis: str) -> None:
    answer = read_cell(text, "change", unit="%")
    assert isinstance(answer, Level)
    assert answer.basis == basis


@pytest.mark.parametrize(
    ("text", "unit", "part", "whole"),
    [
        ("95/196", "", 95, 196),
        ("９５／１９６", "个", 95, 196),
        ("5/7", "个", 5, 7),
        ("1/10", "%", 1, 10),
        ("三分之一", "", 1, 3),
        ("百分之五", "%", 5, 100),
    ],
)
def test_so_many_of_so_many_is_not_reduced(text: str, unit: str, part: int, whole: int) -> None:
    answer = read_cell(text, unit=unit)
    assert isinstance(answer, Parts)
    assert (answer.part, answer.whole, answer.quantity.amount) == (part, whole, Fraction(part, whole))


REFUSED: list[tuple[str, CellKind, str, str]] = [
    ("若干", "quantity", "", "D150"),
    ("万", "quantity", "个", "D150"),
    ("", "change", "（", "D154"),
    ("一般", "quantity", "", "D150"),
    ("一致", "quantity", "个", "D150"),
    ("5—8个", "quantity", "", "D150"),
    ("12\n345", "quantity", "", "D150"),
    ("12 34", "quantity", "", "D150"),
    ("1234 567", "quantity", "", "D150"),
    ("12，34", "quantity", "", "D150"),
    ("123¹", "quantity", "", "D150"),
    ("3:1", "quantity", "", "D150"),
    ("1/0", "quantity", "", "D150"),
    ("*", "quantity", "", "D150"),
    ("约100余家", "quantity", "家", "D150"),
    ("3亿4500万", "quantity", "元", "D150"),
    ("####", "quantity", "", "D150"),
    ("增长到5%", "change", "", "D150"),
    ("下降1倍", "change", "", "D150"),
    ("增长1/10", "change", "%", "D150"),
    ("增长百分之五", "change", "%", "D150"),
    ("翻一番", "change", "", "D150"),
    ("▲5%", "change", "", "D150"),
    ("同上", "quantity", "个", "D151"),
    ("同上", "change", "%", "D151"),
    ("〃", "quantity", "", "D151"),
    ("1O0", "quantity", "个", "D152"),
    ("l23", "quantity", "个", "D152"),
    ("1○5", "quantity", "个", "D152"),
    ("O", "quantity", "", "D152"),
    ("5月7日", "quantity", "", "D153"),
    ("2023/5/7", "quantity", "个", "D153"),
    ("2023-05-07 00:00:00", "quantity", "个", "D153"),
    ("2023-12", "quantity", "", "D153"),
    ("12月", "quantity", "", "D153"),
    ("7-May", "quantity", "", "D153"),
    ("280余人", "quantity", "人次", "D154"),
    ("25万人次", "quantity", "人", "D154"),
    ("1.3万", "quantity", "（", "D154"),
    ("4.1亿元", "quantity", "个", "D154"),
    ("1/10", "quantity", "万元", "D154"),
    ("48.5%", "quantity", "元", "D154"),
    ("下降2个百分点", "change", "%", "D154"),
    ("增长5.3%", "change", "个百分点", "D154"),
    ("增长5.3", "change", "", "D155"),
    ("5.3↓", "change", "", "D155"),
    ("下降-5.3%", "change", "", "D156"),
    ("-5.3%↓", "change", "", "D156"),
    ("↑↑5%", "change", "", "D156"),
    ("增长5.3%", "quantity", "", "D157"),
    ("+5", "quantity", "个", "D157"),
    ("5.3↓", "quantity", "", "D157"),
    ("持平", "quantity", "个", "D157"),
    ("(5.3)", "quantity", "万元", "D157"),
    ("123（含外省）", "quantity", "个", "D158"),
]


@pytest.mark.parametrize(("text", "kind", "unit", "code"), REFUSED)
def test_what_is_not_certain_is_refused_with_its_words_and_what_would_be_right(
    text: str, kind: CellKind, unit: str, code: str
) -> None:
    refusal = read_cell(text, kind, unit=unit)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.text) == (code, text)
    assert f"“{text}”" in refusal.message
    assert refusal.accepted
    assert refusal.hint


@pytest.mark.parametrize(
    "value",
    [date(2024, 5, 7), datetime(2024, 5, 7), time(3, 1)],  # noqa: DTZ001  workbooks know no zones
)
def test_a_date_that_a_program_made_is_refused_whatever_it_looks_like(value: object) -> None:
    refusal = read_cell("5/7", value=value)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "D153"


@pytest.mark.parametrize("text", ["5月7日", "2026-05-07"])
def test_a_day_is_asked_whether_it_was_a_fraction(text: str) -> None:
    refusal = read_cell(text, unit="个")
    assert isinstance(refusal, Refusal)
    assert "原来写的是5/7吗" in refusal.hint


def test_a_serial_number_under_a_format_of_dates_is_no_count() -> None:
    refusal = read_cell("45053", value=45053, number_format='m"月"d"日"')
    assert isinstance(refusal, Refusal)
    assert refusal.code == "D153"


def test_a_blank_under_a_format_of_dates_is_still_a_blank() -> None:
    assert isinstance(read_cell("—", number_format="yyyy-mm-dd"), Missing)


@pytest.mark.parametrize(
    ("text", "unit", "value", "number_format", "notes"),
    [
        ("48.5%", "%", 0.485, "0.0%", []),
        ("48.5%", "%", 0.48512, "0.0%", ["D168"]),
        ("1,234", "个", 1234, "#,##0", []),
        ("1.2", "万元", 12345, "0!.0,", ["D168"]),
        ("1.2万", "元", 12345, '0!.0,"万"', ["D168"]),
        ("4100", "万元", 4100, "General", []),
        ("(5.3)", "万元", -5.3, "0.0;(0.0)", ["D167"]),
        ("0.1", "元", 0.1, "", []),
    ],
)
def test_the_display_counts_and_what_it_rounds_is_told(
    text: str, unit: str, value: float, number_format: str, notes: list[str]
) -> None:
    answer = read_cell(text, unit=unit, value=value, number_format=number_format)
    assert isinstance(answer, Counted)
    assert [note.code for note in answer.aside.notes] == notes


@pytest.mark.parametrize(
    ("text", "kind", "value", "number_format"),
    [
        ("12", "quantity", 12345, "0,"),
        ("0.485", "quantity", 0.485, "0.0%"),
        ("", "quantity", 5, ";;;"),
        ("—", "quantity", 0, '0;-0;"—"'),
        ("持平", "change", 0.01, ""),
        ("下降5%", "change", 0.05, ""),
        ("1/3", "quantity", 0.3333, "# ?/?"),
    ],
)
def test_a_display_that_says_something_else_than_is_stored_is_refused(
    text: str, kind: CellKind, value: float, number_format: str
) -> None:
    refusal = read_cell(text, kind, value=value, number_format=number_format)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "D159"


def test_a_refusal_becomes_a_finding_at_its_place() -> None:
    refusal = read_cell("同上")
    assert isinstance(refusal, Refusal)
    assert str(refusal.finding(Place("数据.xlsx", "Sheet1", "C5"))) == (
        "错误 D151 数据.xlsx › Sheet1 › C5：“同上”没有写出数；请把上面的数照写一遍；"
        "可以写：1234、1.3万、2700余、近5亿元"
    )


def test_folding_changes_digits_and_operators_and_nothing_else() -> None:
    assert fold("１２３①") == "123①"
    assert fold("１０²（人）；，“％”") == "10²（人）；，“％”"


cells = st.one_of(
    st.text(max_size=12),
    st.text(
        alphabet="0123456789０５.,，．/／-－+%％万亿百分点之增长下降↑↓()（）预计*①余近约人次个元年月日同上 \n—持平",
        max_size=12,
    ),
)
kinds = st.sampled_from(get_args(CellKind))
column_units = st.one_of(st.sampled_from(["", "个", "人", "人次", "元", "万元", "%", "个百分点"]), st.text(max_size=3))


@given(cells, kinds, column_units, st.one_of(st.none(), st.integers(-(10**12), 10**12), st.floats(), st.booleans()))
def test_every_text_is_an_answer_or_a_refusal_and_keeps_its_words(
    text: str, kind: CellKind, unit: str, value: float | None
) -> None:
    found = read_cell(text, kind, unit=unit, value=value)
    assert isinstance(found, Answer | Refusal)
    assert (found.text if isinstance(found, Refusal) else found.aside.text) == text


@given(
    st.one_of(
        st.integers(0, 10**12).map(str),
        st.integers(1000, 10**9).map("{:,}".format),
        st.decimals(-(10**6), 10**6, places=2).map("{:f}".format),
    ),
    st.sampled_from(["", "万", "亿"]),
    st.sampled_from(["", "余", "多"]),
    st.sampled_from(["个", "元", "人次", "%", "小时", "千瓦"]),
)
def test_a_printed_quantity_is_read_back_as_itself(numeral: str, scale: str, qualifier: str, unit: str) -> None:
    quantity = parse_quantity(f"{numeral}{scale}{qualifier}{unit}")
    for column in ("", unit):
        answer = read_cell(str(quantity), unit=column)
        assert isinstance(answer, Counted)
        assert answer.quantity == quantity


@given(st.integers(0, 10**9), st.sampled_from(["人", "人次", "户", "个"]), st.sampled_from(["人", "人次", "户", "个"]))
def test_unlike_units_are_never_taken_for_one_another(number: int, unit: str, column: str) -> None:
    found = read_cell(f"{number}{unit}", unit=column)
    assert isinstance(found, Counted) == (unit == column)


plain_numbers = st.builds(
    lambda sign, whole, decimals, percent: sign + whole + decimals + percent,
    st.sampled_from(["", "", "-", "-", "+"]),
    st.one_of(
        st.integers(0, 200).map(str),
        st.integers(0, 10**12).map(str),
        st.integers(1000, 10**9).map("{:,}".format),
        st.sampled_from(["00", "1,23"]),
    ),
    st.sampled_from(["", ".5", ".50", ".4851"]),
    st.sampled_from(["", "", "%"]),
)
stored = st.one_of(
    *(st.none(), st.integers(-(10**12), 10**12), st.floats(), st.booleans(), st.decimals(), st.text(max_size=3)),
    st.dates(),
)
formats = st.sampled_from(["", "", "General", "0", "0.00", "#,##0", "0.0%", "0%", "yyyy-mm-dd", 'm"月"', "@", ";;;"])
plain_units = st.sampled_from(["", "", "%", "个", "万元", "倍", "个百分点", "（"])


def _stored_as(text: str, off: float) -> object:
    """What a workbook stores where it shows that, or nearly that; None where it shows no number."""
    try:
        number = float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return None
    number = (number + off) / (100 if text.endswith("%") else 1)
    return int(number) if number.is_integer() else number


def _read_twice(text: str, kind: CellKind, unit: str, value: object, number_format: str) -> None:
    asked = {"unit": unit, "value": value, "number_format": number_format}
    assert read_cell(text, kind, **asked) == read_closely(text, kind, **asked)  # type: ignore[arg-type]


@settings(max_examples=600)
@given(plain_numbers, kinds, plain_units, st.sampled_from([None, 0, 0, 0.001, 0.3, 5]), formats)
def test_a_plain_number_is_read_quickly_as_by_one_who_looks_closely(
    text: str, kind: CellKind, unit: str, off: float | None, number_format: str
) -> None:
    _read_twice(text, kind, unit, None if off is None else _stored_as(text, off), number_format)


@given(plain_numbers | cells, kinds, column_units | plain_units, stored, formats)
def test_whatever_is_stored_is_read_quickly_as_by_one_who_looks_closely(
    text: str, kind: CellKind, unit: str, value: object, number_format: str
) -> None:
    _read_twice(text, kind, unit, value, number_format)


def test_a_refusal_may_be_a_warning_where_the_digest_is_made_without_the_cell() -> None:
    refusal = read_cell("同上")
    assert isinstance(refusal, Refusal)
    assert refusal.finding(severity="warning").severity == "warning"
