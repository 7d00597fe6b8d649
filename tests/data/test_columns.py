"""A column read at once says what each of its cells says alone; a quantity made with others is the one made alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digest.data.answers import Counted, Missing
from digest.data.cells import CellKind, read_cell, read_closely, read_column
from digest.data.plain_columns import plain_counts
from digest.data.quantity import parse_quantity, plain_quantities, plain_quantity

TEXTS = st.one_of(
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(lambda number: f"{number:f}"),
    st.sampled_from(
        ("", " ", "—", "007", "-0", "1,234.50", "48.5%", "近5亿元", "1\n2", "3\n", "\n", "１２", "٣", "+5", "1_000")
    ),
    st.sampled_from(
        ("123456789012345", "1234567890123456", "0.30000000000000004", "2026-10", "同上", "12.", ".5", "nan")
    ),
)
NUMBERS = st.one_of(st.integers(-(10**6), 10**6), st.floats(), st.integers(), st.booleans())
STORED = st.one_of(st.none(), NUMBERS, st.decimals(), st.text(max_size=3))
FORMATS = st.sampled_from(("", "", "", "0.00", "#,##0", "0.0%", "yyyy-mm-dd", "@"))


def shown(number: float, number_format: str) -> str:
    written = {"0.00": ".2f", "#,##0": ",.0f", "": ".15g"}[number_format]
    return format(number, written)


PLAIN = st.tuples(
    st.one_of(st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6)), st.sampled_from(("", "0.00", "#,##0"))
).map(lambda one: (shown(*one), one[0], one[1]))
CELLS = st.lists(st.one_of(PLAIN, PLAIN, st.tuples(TEXTS, STORED, FORMATS), TEXTS.map(lambda text: (text, text, ""))))
UNITS = st.sampled_from(("", "个", "万元", "%", "人次", "亿", "看不懂的1单位"))


@given(CELLS, UNITS, st.sampled_from(get_args(CellKind)))
@example([("0.30000000000000004", 0.30000000000000004, "")], "个", "quantity")
@example([("1", True, ""), ("1", 1, "")], "个", "quantity")
@example([("3", 3, "yyyy-mm-dd"), ("3", 3, "")], "个", "quantity")
@example([("0", 0, "0.0%"), ("3", 3, "")], "个", "quantity")
def test_a_column_says_what_its_cells_say(cells: list[tuple[str, object, str]], unit: str, kind: CellKind) -> None:
    texts, values, formats = ([cell[at] for cell in cells] for at in range(3))
    read = read_column([str(text) for text in texts], values, [str(form) for form in formats], kind, unit=unit)
    for (text, value, number_format), answer in zip(cells, read, strict=True):
        alone = read_cell(text, kind, unit=unit, value=value, number_format=number_format)
        assert (answer, type(answer), repr(answer)) == (alone, type(alone), repr(alone))
        assert answer == read_closely(text, kind, unit=unit, value=value, number_format=number_format)


@given(st.lists(st.from_regex(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", fullmatch=True)), st.sampled_from(("", "万")))
@example(["1,234.50", "12", "1,234,567"], "万")
def test_quantities_made_together_are_those_made_alone(numerals: list[str], scale: str) -> None:
    made = plain_quantities(numerals, "元", scale)
    assert made == [plain_quantity(numeral, "元", scale) for numeral in numerals]
    assert made == [parse_quantity(f"{numeral}{scale}元") for numeral in numerals]
    for one, numeral in zip(made, numerals, strict=True):
        lowest = Fraction(numeral.replace(",", ""))
        assert (one.value.numerator, one.value.denominator) == (lowest.numerator, lowest.denominator)
        assert hash(one.value) == hash(lowest)


@pytest.mark.parametrize("texts", [["12", ""], ["", "12"], ["12", "", "13"], ["12", "", ""], [""], ["12\n", "13"]])
def test_an_empty_cell_is_none_wherever_it_stands(texts: list[str]) -> None:
    read = read_column(texts, list(texts), [""] * len(texts), "quantity", unit="个")
    assert read == [read_cell(text, "quantity", unit="个", value=text) for text in texts]


def test_what_is_plain_in_a_column_is_found_among_what_is_not() -> None:
    texts = ["12", "—", "12.50", "13", "1.2", "8"]
    values: list[object] = [12, "—", 12.5, "13", 12345, Decimal(8)]
    places = [at for plain in plain_counts(texts, values, "个", "") for at in plain.places]
    assert places == [0, 2, 3, 5]


@pytest.mark.parametrize("count", [1, 3])
def test_equal_blanks_and_words_of_a_column_are_told_each(count: int) -> None:
    read = read_column(["", "—", "若干"] * count, ["", "—", "若干"] * count, [""] * 3 * count, unit="个")
    assert [type(answer).__name__ for answer in read] == ["Missing", "Missing", "Refusal"] * count
    assert all(
        answer.why == why for answer, why in zip(read, ["blank", "dash"], strict=False) if isinstance(answer, Missing)
    )


def test_a_column_of_numbers_keeps_how_they_are_written() -> None:
    read = read_column(["007", "12.50", "-0.5"], [7, 12.5, -0.5], ["000", "0.00", "0.0"], unit="万元")
    assert [str(answer.quantity) for answer in read if isinstance(answer, Counted)] == [
        "007万元",
        "12.50万元",
        "-0.5万元",
    ]
