"""Rows that are written alike: the quick way of reading them says what the slow way says, whatever stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.sources import xlsx_cells
from digest.data.sources.xlsx_alike import Alike, divided, shape_of
from tests.data.sources.zipped_workbooks import read, sheet_of, with_parts

if TYPE_CHECKING:
    from digest.data.grid import Grid
    from digest.findings import Finding

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font/><font><strike/></font></fonts><cellXfs count="4">'
    '<xf numFmtId="0"/><xf numFmtId="2"/><xf numFmtId="14"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)
TEXTS = (
    f'<sst xmlns="{MAIN}"><si><t>济南</t></si><si><t></t></si><si><r><rPr><strike/></rPr><t>作废</t></r></si>'
    "<si><r><rPr><strike/></rPr><t>12</t></r><r><t>13</t></r></si><si><t>青岛</t></si></sst>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = "".join((
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>',
    f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>',
    f'<Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
))  # fmt: skip
NUMBERS = ("1", "007", "-3", "12.50", "1e3", "1E400", "nan", "x", "&#49;", "45000", "3000000", "0", "9" * 12, "٣", " 4")
CELLS = st.one_of(
    st.tuples(st.sampled_from(("", ' t="n"')), st.sampled_from(NUMBERS)).map(lambda one: (one[0], f"<v>{one[1]}</v>")),
    st.sampled_from(("0", "4", "0", "4", "1", "2", "3", "9", "-1")).map(lambda number: (' t="s"', f"<v>{number}</v>")),
    st.sampled_from(("市", "a&amp;b", "_x0041_", "a\rb", "", " ")).map(
        lambda text: (' t="inlineStr"', f"<is><t>{text}</t></is>")
    ),
    st.sampled_from(((' t="b"', "<v>1</v>"), (' t="e"', "<v>#N/A</v>"), ("", "<f>A1</f><v>0</v>"), ("", ""))),
)
STYLE = st.sampled_from(("", ' s="1"', ' s="2"', ' s="3"', ' s="9"'))


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """The rows of a sheet, most of them written like one of three."""
    columns = draw(st.lists(st.integers(0, 5), min_size=1, max_size=4, unique=True))
    if draw(st.integers(0, 4)):
        columns.sort()
    shapes = draw(
        st.lists(
            st.lists(st.tuples(STYLE, CELLS), min_size=len(columns), max_size=len(columns)), min_size=1, max_size=3
        )
    )
    usual = st.sampled_from(("1", "12.50", "45000", "0", "4"))
    rows = []
    for number, which in enumerate(draw(st.lists(st.integers(0, len(shapes) - 1), min_size=1, max_size=9)), 1):
        at = draw(st.integers(1, 12)) if not draw(st.integers(0, 5)) else number
        tag = draw(st.sampled_from(("", "", "", ' spans="1:6"', ' hidden="1"')))
        cells = []
        for column, (style, (kind, inside)) in zip(columns, shapes[which], strict=True):
            if "<v>" in inside and kind in {"", ' t="n"'} and "<f>" not in inside and draw(st.integers(0, 5)):
                inside = f"<v>{draw(usual)}</v>"  # noqa: PLW2901  the shape stays, the value is another
            place = f"{'ABCDEF'[column]}{at}"
            cells.append(f'<c r="{place}"{style}{kind}>{inside}</c>' if inside else f'<c r="{place}"{style}/>')
        rows.append(f'<row r="{at}"{tag}>{"".join(cells)}</row>' + draw(st.sampled_from(("", "", "\n"))))
    return "".join(rows)


def read_rows(rows: str, many: int) -> tuple[tuple[Grid, ...], tuple[Finding, ...]]:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    parts: dict[str, bytes | None] = {
        "xl/worksheets/sheet1.xml": sheet.encode(),
        "xl/styles.xml": STYLES.encode(),
        "xl/sharedStrings.xml": TEXTS.encode(),
        "xl/_rels/workbook.xml.rels": RELATED.encode(),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx_cells, "MANY", many)
        return read(with_parts(sheet_of({"A1": "x"}), parts))


@given(sheets())
def test_rows_read_by_their_shape_are_those_read_cell_by_cell(rows: str) -> None:
    assert read_rows(rows, -1) == read_rows(rows, 10**9)


def row_of(number: int, inside: str) -> str:
    return f'<row r="{number}"><c r="A{number}" t="s"><v>0</v></c><c r="B{number}">{inside}</c></row>'


def test_the_rows_of_one_shape_are_found_at_once_and_others_left_as_they_are() -> None:
    alike = [row_of(number, f"<v>{number}.5</v>") for number in (3, 4, 5, 7)]
    other = row_of(6, "<f>1+1</f><v>2</v>")
    xml = "".join((*alike[:3], other, alike[3]))
    shape = shape_of("".join(alike))
    assert shape is not None
    first, between, last = divided(xml, shape)
    assert isinstance(first, Alike)
    assert isinstance(last, Alike)
    assert (first.numbers, first.stored) == (["3", "4", "5"], [["0", "0", "0"], ["3.5", "4.5", "5.5"]])
    assert between == other
    assert last.numbers == ["7"]


@pytest.mark.parametrize(
    "row", [row_of(2, "<f>1</f><v>1</v>"), row_of(2, "<v/>"), "<row/>", '<row r="2"> <c r="A2"/></row>', ""]
)
def test_a_row_with_a_formula_or_written_unusually_is_no_example(row: str) -> None:
    assert shape_of(row_of(1, "<v>1</v>") + row) is None


def test_a_hidden_row_is_never_passed_over() -> None:
    rows = [row_of(number, "<v>1</v>") for number in (1, 2, 3)]
    rows[1] = rows[1].replace('r="2"', 'r="2" hidden="1"', 1)
    grids, _ = read_rows("".join(rows), -1)
    assert grids[0].hidden_rows == {1}
    assert grids[0].rows == (("济南", 1),) * 3


def test_a_cell_that_says_to_be_elsewhere_than_its_row_stands_where_it_says() -> None:
    rows = row_of(1, "<v>1</v>") + row_of(2, "<v>2</v>").replace('r="B2"', 'r="B5"') + row_of(3, "<v>3</v>")
    assert read_rows(rows, -1) == read_rows(rows, 10**9)
    assert read_rows(rows, -1)[0][0].value(4, 1) == 2
