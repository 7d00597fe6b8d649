"""Workbooks of today: every cell comes back with its format, and what is odd about a sheet is told."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from digest.data.grid import Merge
from tests.data.sources.zipped_workbooks import cells, read, replaced, sharing, sheet_of, told, with_parts, written

if TYPE_CHECKING:
    import openpyxl

# --- what a cell holds --------------------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"]), max_size=12)
MOMENTS = st.dates(date(1901, 1, 1)).map(lambda day: datetime.fromisoformat(f"{day}T17:30:{day.day:02}"))
VALUES = st.one_of(
    TEXTS.filter(lambda text: text and not text.startswith(("=", "#")) and "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300).map(lambda number: float(f"{number:.15g}")),  # as many digits as programs keep
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    MOMENTS,
    st.booleans(),
    st.none(),
)
FORMATS: dict[type, str] = {float: "0.00", date: "yyyy-mm-dd", datetime: "yyyy-mm-dd h:mm:ss"}


@settings(max_examples=40)  # openpyxl is slow
@given(st.lists(st.lists(VALUES, max_size=6), max_size=6))
def test_any_table_comes_back_cell_by_cell_with_its_formats(rows: list[list[object]]) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["表"])
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                cell = book.worksheets[0].cell(number, column, value)
                if isinstance(value, float):
                    cell.number_format = "0.00"

    (grid,), findings = read(written(fill))
    assert findings == ()
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            back = grid.value(row, column) if row < len(grid.rows) else None
            assert back == value
            assert isinstance(back, bool) == isinstance(value, bool)
            assert grid.formats.get((row, column), "") == FORMATS.get(type(value), "")


def test_what_is_shown_can_be_told_from_value_and_format() -> None:
    (grid,), _ = read(sheet_of({"A1": 2023.10, "B1": 0.485, "C1": 2023.1}, A1="0.00", B1="0.0%"))
    assert (grid.rows, grid.formats) == (((2023.1, 0.485, 2023.1),), {(0, 0): "0.00", (0, 1): "0.0%"})


@pytest.mark.parametrize(
    ("number_format", "stored", "value"),
    [
        ('yyyy"年"m"月"', 45261, date(2023, 12, 1)),
        ("[$-804]aaaa;@", 45261, 45261),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', 45261, date(2023, 12, 1)),
        ("h:mm", 0.75, time(18)),
        ("h:mm", 45261.75, datetime.fromisoformat("2023-12-01T18:00")),
        ("[h]:mm", 1.5, 1.5),
        ("0.00E+00", 45261, 45261),
        ('0"人"', 45261, 45261),
        ("[Red]0.0;-0.0", 3, 3),
        ("mm:ss.0", 0.5, time(12)),
        ("m/d", 45261, date(2023, 12, 1)),
    ],
)
def test_the_format_decides_what_is_a_day(number_format: str, stored: float, value: object) -> None:
    (grid,), findings = read(sheet_of({"A1": stored}, A1=number_format))
    assert (grid.rows, findings) == (((value,),), ())


def test_a_number_between_27_and_58_is_a_format_of_the_chinese_program() -> None:
    data = replaced(
        sheet_of({"A1": 45261}, A1="0.0"), "xl/styles.xml", b'numFmtId="164" fontId', b'numFmtId="57" fontId'
    )
    (grid,), _ = read(data)
    assert (grid.rows, grid.formats) == (((date(2023, 12, 1),),), {(0, 0): 'yyyy"年"m"月"'})


@pytest.mark.parametrize(
    ("stored", "from_1904", "value", "codes"),
    [
        (1, False, date(1900, 1, 1), []),
        (59, False, date(1900, 2, 28), []),
        (60, False, 60, ["D205"]),
        (61, False, date(1900, 3, 1), []),
        (0, False, 0, ["D205"]),
        (-1, False, -1, ["D205"]),
        (3_000_000, False, 3_000_000, ["D205"]),
        (0, True, date(1904, 1, 1), ["D208"]),
        (43799, True, date(2023, 12, 1), ["D208"]),
        (2_958_465, True, 2_958_465, ["D205", "D208"]),
    ],
)
def test_days_are_counted_as_the_workbook_counts_them(
    stored: int,
    from_1904: bool,  # noqa: FBT001  a row of the table above
    value: object,
    codes: list[str],
) -> None:
    data = sheet_of({"A1": stored}, A1="yyyy/m/d")
    if from_1904:
        data = replaced(data, "xl/workbook.xml", b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    (grid,), findings = read(data)
    assert (grid.rows, [finding.code for finding in findings]) == (((value,),), codes)


def test_texts_of_several_runs_with_escapes_and_readings_are_one_text() -> None:
    texts = (
        b'<si><r><rPr><b/></rPr><t>2700</t></r><r><t xml:space="preserve"> \xe4\xbd\x99</t></r>'
        b'<rPh sb="0" eb="1"><t>x</t></rPh></si><si><t>a_x000D_\nb_x005F_&lt;</t></si>'
        b'<si><t>x</t><phoneticPr fontId="1" type="noConversion"/></si>'
        b"<si><r><rPr><strike/></rPr><t>100</t></r><r><t>120</t></r></si>"
        b'<si><r><rPr><strike val="1"/></rPr><t>\xe4\xbd\x9c\xe5\xba\x9f</t></r></si><si/>'
    )
    xml = b"".join(b'<c r="%c1" t="s"><v>%d</v></c>' % (ord("A") + number, number) for number in range(6))
    (grid,), findings = read(sharing(texts, xml + b'<c r="G1"><v>6</v></c>'))
    assert grid.rows == (("2700 余", "a\nb_<", "x", "100120", "作废", None, 6),)
    assert grid.struck == {(0, 4)}
    assert told(findings) == [("D207", "warning", "t.xlsx › 台账 › D1")]


def test_texts_may_stand_in_the_cell_itself() -> None:
    xml = b'<c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c><c r="B1" t="str"><f>T("x")</f><v>x&gt;</v></c>'
    (grid,), findings = read(cells(xml + b'<c r="C1" t="d"><v>2023-12-01</v></c><c r="D1" t="b"><v>1</v></c>'))
    assert (grid.rows, findings) == ((("a&b", "x>", date(2023, 12, 1), True),), ())


MERGE = b'<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'


@pytest.mark.parametrize(
    "sheet",
    [
        (
            b"<x:worksheet xmlns:x='NS'><x:sheetData><x:row r='1'><x:c r='B1'><x:v>1.5</x:v></x:c></x:row>"
            b"</x:sheetData><x:mergeCells><x:mergeCell ref='A1:B1'/></x:mergeCells></x:worksheet>"
        ),
        b'<worksheet xmlns="NS"><sheetData><row><c/><c ><v>1.5</v ></c></row></sheetData>' + MERGE + b"</worksheet>",
        b'<worksheet xmlns="NS">\n<sheetData>\n<row\n r="1">\n<c t="n" r="B1">\n<v>1.5</v>\n </c></row></sheetData>'
        + MERGE
        + b"</worksheet>",
        b'<worksheet xmlns="NS"><sheetData><row r="1"><!-- <c r="A1"><v>9</v></c> -->'
        b'<c r="B1"><v><![CDATA[1.5]]></v></c></row></sheetData>' + MERGE + b"</worksheet>",
    ],
)
def test_a_sheet_may_be_written_in_another_way(sheet: bytes) -> None:
    part = sheet.replace(b"NS", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main")
    (grid,), findings = read(with_parts(sheet_of({"A1": 1}), {"xl/worksheets/sheet1.xml": part}))
    assert (grid.rows, grid.merges, findings) == (((None, 1.5),), (Merge(0, 0, 0, 1),), ())


def test_what_is_hidden_struck_merged_or_filtered_is_known() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        for row in (["市", "县", "数"], ["济南", "历下", 1], [None, "市中", 2], ["青岛", "市南", 3]):
            page.append(row)
        page.merge_cells("A2:A3")
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True
        page["C4"].font = Font(strike=True)
        page.auto_filter.ref = "A1:C4"

    (grid,), findings = read(written(fill))
    assert grid.merges == (Merge(1, 0, 2, 0),)
    assert (grid.hidden_rows, grid.hidden_columns, grid.struck) == (frozenset({2}), frozenset({1}), frozenset({(3, 2)}))
    assert [(finding.code, finding.severity) for finding in findings] == [("D202", "note")]
    assert "A1:C4" in findings[0].message


def three_sheets() -> bytes:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].title = "一月"
        book.worksheets[0]["A1"] = "a"
        for name, state in (("二月", "hidden"), ("三月", "veryHidden"), ("Sheet1", "visible"), ("四月", "visible")):
            page = book.create_sheet(name)
            page.sheet_state = state
            if name != "Sheet1":
                page["A1"] = name

    return written(fill)


def test_all_visible_sheets_that_hold_anything_are_read() -> None:
    grids, findings = read(three_sheets())
    assert [grid.place.sheet for grid in grids] == ["一月", "四月"]
    assert told(findings) == [("D200", "note", "t.xlsx › 二月"), ("D200", "note", "t.xlsx › 三月")]


def test_a_sheet_is_asked_for_by_name() -> None:
    grids, findings = read(three_sheets(), "三月")
    assert ([grid.rows for grid in grids], told(findings)) == ([(("三月",),)], [("D201", "note", "t.xlsx › 三月")])
    grids, (finding,) = read(three_sheets(), "四月份")
    assert (grids, finding.code) == ((), "D136")
    assert finding.hint == "是否为“四月”？工作簿中有：一月、二月、三月、Sheet1、四月"
    (grid,), findings = read(three_sheets(), "Sheet1")
    assert (grid.rows, findings) == ((), ())


def test_a_format_on_empty_cells_far_away_costs_nothing() -> None:
    far = b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/>'
    (grid,), findings = read(cells(far))
    assert (grid.rows, findings) == (((1,),), ())


def test_errors_and_formulas_without_results_are_told_by_cell() -> None:
    grids, findings = read(sheet_of({"A1": "#DIV/0!", "A2": "#N/A", "B2": "=1+1", "C2": 5}))
    assert grids[0].rows == (("#DIV/0!",), ("#N/A", None, 5))
    assert told(findings) == [
        ("D134", "warning", "t.xlsx › 台账 › A1"),
        ("D134", "warning", "t.xlsx › 台账 › A2"),
        ("D135", "warning", "t.xlsx › 台账 › B2"),
    ]
    assert findings[0].value == "#DIV/0!"


def test_of_very_many_errors_the_first_hundred_are_told_and_how_many_more() -> None:
    _, findings = read(sheet_of({f"A{row}": "#REF!" for row in range(1, 151)}))
    assert len(findings) == 101
    assert "另有50个" in findings[-1].message


def test_results_of_0_in_a_workbook_that_is_to_be_computed_are_doubted() -> None:
    xml = b'<c r="A1"><f>B1*2</f><v>0</v></c><c r="B1"><v>4</v></c><c r="C1"><f>B1*3</f><v>0</v></c>'
    (grid,), findings = read(cells(xml))
    assert (grid.rows, told(findings)) == (((0, 4, 0),), [("D204", "warning", "t.xlsx › 台账 › A1")])
    assert "2个公式" in findings[0].message
    computed = replaced(cells(xml), "xl/workbook.xml", b'fullCalcOnLoad="1"', b"")
    assert read(computed)[1] == ()
