"""Texts with separators: what stands there is handed on, row by row, and nothing is made of it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.sources.texts import decode, read_text

TABLE = "单位,资金\n济南,137\n"


def rows(data: bytes | str) -> list[list[object]]:
    grids, seen = read_text(data.encode() if isinstance(data, str) else data, "t.csv")
    assert not [finding for finding in seen if finding.severity == "error"], seen
    return [list(row) for row in grids[0].rows]


def refused(data: bytes) -> tuple[str, str]:
    grids, seen = read_text(data, "t.csv")
    assert grids == ()
    return seen[-1].code, str(seen[-1].place)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_every_encoding_of_an_office_is_read_and_told_unless_it_is_utf8(encoding: str, said: str) -> None:
    text = "单位,资金\n济南,137\n㳇𫖯,00123\n"
    grids, seen = read_text(text.encode(encoding), "t.csv")
    assert grids[0].rows == (("单位", "资金"), ("济南", "137"), ("㳇𫖯", "00123"))
    assert [(finding.code, finding.severity) for finding in seen] == ([("D121", "note")] if said else [])
    assert said in "".join(finding.message for finding in seen)


@pytest.mark.parametrize(
    ("upper", "lower", "line"),
    [
        ("utf-8", "gb18030", 3),
        ("gb18030", "utf-8", 3),
    ],
)
def test_two_encodings_in_one_file_are_refused_with_the_line_of_the_change(upper: str, lower: str, line: int) -> None:
    data = TABLE.encode(upper) + "青岛市财政局,95\n烟台市财政局,8\n".encode(lower)
    assert refused(data) == ("D122", f"t.csv › 第{line}行")


def test_words_that_are_utf8_by_chance_do_not_make_two_encodings() -> None:
    assert rows("单位,联通\n联通,137\n济南,联通\n".encode("gb18030"))[1] == ["联通", "137"]


@given(
    st.lists(st.text("济南青岛淄博枣庄东营烟台潍坊宁泰安威海日照临沂德州聊城滨菏泽亳衢漯濮泸,0123456789", max_size=9))
)
def test_what_is_gb18030_throughout_is_never_taken_for_two_encodings(lines: list[str]) -> None:
    text = "\n".join(lines)
    _, seen = decode(text.encode("gb18030"), "t.csv")
    assert not [finding for finding in seen if finding.severity == "error"]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("a,b\n1,2\n", ["1", "2"]),
        ("a\tb\n1,000\t2,000\n", ["1,000", "2,000"]),
        ("a;b\n1,5;2,5\n", ["1,5", "2,5"]),
        ("sep=;\na;b\n1;2\n", ["1", "2"]),
        ("全省情况，一、二、三\na\tb\n1\t2\n", ["a", "b"]),
        ('"a,b,c"\tb\n1\t2\n', ["1", "2"]),
        ("单位\n济南、青岛\n", ["济南、青岛"]),
        ("a,b\r1,2\r", ["1", "2"]),
        ("a,b\r\n1,2\r\n", ["1", "2"]),
    ],
)
def test_the_separator_is_what_most_of_the_first_lines_agree_in(text: str, second: list[str]) -> None:
    assert rows(text)[1] == second


def test_rows_of_unlike_length_are_handed_on_with_their_lines() -> None:
    text = '情况表\n单位：万元\n\n单位,资金,"备\n注"\n济南,"1,234",\n青岛,5\n注：快报数\n'
    grids, seen = read_text(text.encode(), "t.csv")
    assert seen == ()
    assert grids[0].rows == (
        ("情况表",),
        ("单位：万元",),
        (),
        ("单位", "资金", "备\n注"),
        ("济南", "1,234", None),
        ("青岛", "5"),
        ("注：快报数",),
    )
    assert grids[0].lines == (1, 2, 3, 4, 6, 7, 8)
    assert str(grids[0].place_of(5, 1, "资金")) == "t.csv › 第7行 › 资金"


def test_lines_are_those_of_the_file_behind_a_declared_separator() -> None:
    grids, _ = read_text(b"sep=;\na;b\n1;2\n", "t.csv")
    assert grids[0].lines == (2, 3)


@pytest.mark.parametrize("text", ["00123", "1e400", "NA", "NaN", "TRUE", "2023-12", "1/10", "=cmd|x", " 济 南 ", "12%"])
def test_a_value_stays_the_text_it_is(text: str) -> None:
    assert rows(f"a,b\n{text},1\n")[1] == [text, "1"]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b"", "D120", "t.csv"),
        (b"\xef\xbb\xbf", "D120", "t.csv"),
        (b" ,\t, \r\n\r\n", "D120", "t.csv"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "D125", "t.csv › 第3行"),
        (b'a,b\n"1"x,2\n', "D125", "t.csv › 第2行"),
        (b"a,b\n1," + b"9" * 2**20, "D125", "t.csv › 第2行"),
        (b"a,b\n1,2\n\xff\xff,3\n", "D122", "t.csv › 第3行"),
        ("单位,资金\n济南市财政局,2\n".encode() + b"\xff\xff,3\n", "D122", "t.csv › 第3行"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(data: bytes, code: str, place: str) -> None:
    assert refused(data) == (code, place)


def test_a_limit_that_somebody_raised_in_this_process_changes_nothing() -> None:
    before = csv.field_size_limit(2**24)
    try:
        assert refused(b"a,b\n1," + b"9" * 2**20) == ("D125", "t.csv › 第2行")
    finally:
        csv.field_size_limit(before)


_CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=8))
def test_what_a_writer_wrote_is_read_cell_by_cell(table: list[list[str]]) -> None:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerows(table)
    if any(cell.strip() for row in table for cell in row):
        assert rows(made.getvalue()) == [[cell or None for cell in row] for row in table]


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything(data: bytes) -> None:
    grids, seen = read_text(data, "t.csv")
    assert grids or seen
