"""Old workbooks (.xls): what their records say, and that nothing they say brings the reader down."""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import Grid, Merge
from digest.data.sources.workbooks import WorkbookReader
from tests.data.sources.old_workbooks import (
    cell,
    compound,
    font,
    formula,
    label,
    number,
    number_format,
    record,
    shared,
    shared_texts,
    stream,
    style,
    text,
)

if TYPE_CHECKING:
    from digest.findings import Finding

STYLES = (
    font() * 4  # number 4 is left out, so the next has the number 5
    + font(struck=True)
    + number_format(164, 'yyyy"年"m"月"')
    + style(0, 0)
    + style(0, 2)
    + style(0, 164)
    + style(5, 0)
    + style(0, 20)
    + style(0, 31)
)
GENERAL, TWO_DECIMALS, MONTH, STRUCK, CLOCK, CHINESE_DAY = range(6)


def read(data: bytes, sheet: str = "") -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    with WorkbookReader() as reader:
        return reader.read(data, "t.xls", sheet)


def read_sheet(records: bytes, texts: bytes = b"") -> tuple[Grid, tuple[Finding, ...]]:
    (grid,), findings = read(compound(stream(("台账", 0, records), shared_by_all=STYLES + texts)))
    return grid, findings


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.severity, str(finding.place)) for finding in findings]


def test_values_of_every_kind_come_with_their_formats_and_strikes() -> None:
    records = (
        label(0, 0, "济南市")
        + shared(0, 1, 0)
        + number(0, 2, 2023.1, TWO_DECIMALS)
        + number(0, 3, 45261, MONTH)
        + number(1, 0, 7, STRUCK)
        + number(1, 1, 0.5, CLOCK)
        + number(1, 2, 45261.25, CHINESE_DAY)
        + cell(0x205, 1, 3, b"\1\0")
        + cell(0x27E, 2, 0, struct.pack("<I", 12345 << 2 | 3))
        + cell(0x27E, 2, 1, struct.pack("<i", -3 << 2 | 2))
        + record(0xBD, struct.pack("<HHHIHIH", 2, 2, GENERAL, 7 << 2 | 2, GENERAL, 0x3FF00000, 3))
    )
    grid, findings = read_sheet(records, shared_texts(text("𠮷田a"), text("é", wide=False)))
    assert grid.rows == (
        ("济南市", "𠮷田a", 2023.1, date(2023, 12, 1)),
        (7, time(12), datetime(2023, 12, 1, 6), True),  # noqa: DTZ001  a cell has no zone
        (123.45, -3, 7, 1),
    )
    assert grid.formats == {
        (0, 2): "0.00",
        (0, 3): 'yyyy"年"m"月"',
        (1, 1): "h:mm",
        (1, 2): 'yyyy"年"m"月"d"日"',
    }
    assert (grid.struck, grid.addressed, findings) == (frozenset({(1, 0)}), True, ())


def test_what_is_hidden_or_merged_is_known() -> None:
    records = (
        label(0, 0, "a")
        + label(2, 3, "b")
        + record(0x208, struct.pack("<HHHHHHHH", 1, 0, 4, 0, 0, 0, 0x20, 0))
        + record(0x7D, struct.pack("<HHHHHH", 2, 2, 0, 0, 1, 0))
        + record(0xE5, struct.pack("<H4H4H", 2, 0, 2, 0, 0, 1, 9, 1, 1))
    )
    grid, _ = read_sheet(records)
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({1}), frozenset({2}))
    assert grid.merges == (Merge(0, 0, 2, 0), Merge(1, 1, 2, 1))


def test_formulas_say_their_results_and_errors_are_told_by_cell() -> None:
    special = b"\xff\xff"
    records = (
        formula(0, 0, struct.pack("<d", 4.5))
        + formula(1, 0, b"\0" * 6 + special)
        + record(0x207, text("十二月"))
        + formula(2, 0, b"\1\0\1\0\0\0" + special)
        + formula(3, 0, b"\2\0\x07\0\0\0" + special)
        + formula(4, 0, b"\3\0\0\0\0\0" + special)
        + cell(0x205, 5, 0, b"\x2a\1")
    )
    grid, findings = read_sheet(records)
    assert [row[:1] for row in grid.rows] == [(4.5,), ("十二月",), (True,), ("#DIV/0!",), (), ("#N/A",)]
    assert told(findings) == [("D134", "warning", f"t.xls › 台账 › A{row}") for row in (4, 6)]


def test_formulas_none_of_which_shows_anything_were_never_computed() -> None:
    grid, findings = read_sheet(label(0, 0, "a") + formula(1, 0, b"\3\0\0\0\0\0\xff\xff"))
    assert grid.rows == (("a",),)
    assert told(findings) == [("D135", "warning", "t.xls › 台账 › A2")]


def test_results_of_0_that_are_to_be_computed_on_loading_are_doubted() -> None:
    _, findings = read_sheet(formula(0, 0, bytes(8), flags=2) + formula(1, 0, bytes(8), flags=2))
    assert told(findings) == [("D204", "warning", "t.xls › 台账 › A1")]


def test_shared_texts_go_on_in_the_next_record_in_another_width_too() -> None:
    begun = text("济南青岛")[:-4]  # two of four characters
    more = (b"\1" + "青岛".encode("utf-16-le") + text("cdef")[:5], b"\0def")
    texts = shared_texts(text("ab"), begun, more=more, count=3)
    grid, _ = read_sheet(b"".join(shared(0, column, column) for column in range(3)), texts)
    assert grid.rows == (("ab", "济南青岛", "cdef"),)


def test_of_a_rich_text_what_is_struck_through_in_part_is_told() -> None:
    rich = struct.pack("<HBH", 6, 8, 1) + b"100120" + struct.pack("<HH", 3, 5)
    grid, findings = read_sheet(shared(0, 0, 0), shared_texts(rich))
    assert (grid.rows, grid.struck) == ((("100120",),), frozenset())
    assert told(findings) == [("D207", "warning", "t.xls › 台账 › A1")]


def test_hidden_sheets_are_left_out_and_read_where_they_are_named() -> None:
    data = compound(
        stream(("一", 0, label(0, 0, "a")), ("二", 1, label(0, 0, "b")), ("三", 2, label(0, 0, "c")), ("四", 0, b""))
    )
    grids, findings = read(data)
    assert [grid.place.sheet for grid in grids] == ["一"]
    assert told(findings) == [("D200", "note", "t.xls › 二"), ("D200", "note", "t.xls › 三")]
    grids, findings = read(data, "三")
    assert (grids[0].rows, told(findings)) == ((("c",),), [("D201", "note", "t.xls › 三")])


def test_a_small_workbook_stands_in_pieces_of_64_bytes() -> None:
    (grid,), _ = read(compound(stream(("一", 0, label(0, 0, "济南"))), small=True))
    assert grid.rows == (("济南",),)


def test_days_counted_from_1904_are_told() -> None:
    shared_by_all = STYLES + record(0x22, b"\1\0")
    (grid,), findings = read(compound(stream(("一", 0, number(0, 0, 1, MONTH)), shared_by_all=shared_by_all)))
    assert grid.rows == ((date(1904, 1, 2),),)
    assert told(findings) == [("D208", "note", "t.xls › 一")]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (compound(stream(("一", 0, b""), shared_by_all=record(0x2F, bytes(6)))), "D131", "加密"),
        (compound(bytes(5000), "EncryptedPackage"), "D131", "加密"),
        (compound(bytes(5000), "WordDocument"), "D130", "Word"),
        (compound(bytes(5000), "Contents"), "D130", "不含工作簿"),
        (compound(stream(("一", 0, b""), version=0x500)), "D130", "过旧"),
        (compound(bytes(5000)), "D138", "损坏"),
        (compound(stream(("一", 0, b""))), "D209", "没有数据"),
        (compound(stream(("一", 0, label(65535, 255, "x")))), "D137", "65536行"),
    ],
)
def test_what_is_not_read_is_called_by_its_name(data: bytes, code: str, said: str) -> None:
    grids, findings = read(data)
    assert grids == ()
    assert [finding.code for finding in findings] == [code]
    assert said in findings[0].message


WHOLE = compound(
    stream(
        ("一", 0, label(0, 0, "a") + shared(1, 0, 0) + number(2, 0, 2.5, MONTH)),
        shared_by_all=STYLES + shared_texts(text("济南")),
    )
)


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.booleans())
def test_no_damage_raises_anything(at: int, put: bytes, cut: bool) -> None:  # noqa: FBT001  drawn by hypothesis
    read(WHOLE[:at] + put + (b"" if cut else WHOLE[at + len(put) :]))


def test_a_chain_of_sectors_without_an_end_is_a_finding() -> None:
    damaged = bytearray(WHOLE)
    table = struct.unpack_from("<I", damaged, 76)[0]
    struct.pack_into("<2I", damaged, (table + 1) * 512, 1, 0)  # the first sector leads to the second, and that one back
    _, (finding,) = read(bytes(damaged))
    assert finding.code == "D138"
