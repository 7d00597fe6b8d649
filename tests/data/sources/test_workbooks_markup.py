"""Web pages and XML files that are called .xls: read for what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.grid import Merge
from digest.data.sources.workbooks import read_workbook

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><style>td {color: red}</style>
</head><body><!-- <table><tr><td>假</td></tr></table> -->
<table border=1>
<tr><th colspan="2">地&nbsp;区</th><th rowspan=2>资金<br>（万元）</th></tr>
<tr><td>市<td>县</tr>
<tr style='display:none'><td rowspan="2">济南市</td><td>历下区</td><td x:num="4.1">4.10</td></tr>
<tr><td><s>莱芜区</s></td><td>&lt;1&amp;2</td></tr>
</table></body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_a_page_is_read_as_it_is_shown_in_whatever_encoding(encoding: str) -> None:
    (grid,), findings = read_workbook(PAGE.encode(encoding), "t.xls")
    assert grid.rows == (
        ("地 区", None, "资金\n（万元）"),
        ("市", "县"),
        ("济南市", "历下区", "4.10"),
        (None, "莱芜区", "<1&2"),
    )
    assert grid.merges == (Merge(0, 0, 0, 1), Merge(0, 2, 1, 2), Merge(2, 0, 3, 0))
    assert (grid.hidden_rows, grid.struck) == (frozenset({2}), frozenset({(3, 1)}))
    assert str(grid.place_of(2, 2)) == "t.xls › C3"
    assert [finding.code for finding in findings] == ["D206"]


def test_several_tables_of_a_page_are_several_grids_and_one_can_be_asked_for() -> None:
    page = b"<table><tr><td>a<table><tr><td>b</table>c</table><table><tr><td></table><table><tr><td>d</table>"
    grids, _ = read_workbook(page, "t.xls")
    assert [(grid.place.sheet, grid.rows) for grid in grids] == [
        ("表1", (("ac",),)),
        ("表2", (("b",),)),
        ("表3", (("d",),)),
    ]
    assert str(grids[2].place_of(0, 0)) == "t.xls › 表3 › 第1行 › 第1列"
    (grid,), _ = read_workbook(page, "t.xls", "表2")
    assert grid.rows == (("b",),)
    _, findings = read_workbook(page, "t.xls", "表4")
    assert [finding.code for finding in findings] == ["D206", "D136"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body>404 Not Found</body></html>", "D138"),
        (b"<table>" * 100, "D137"),
        (b"<table><tr><td>a" + b"<td colspan=9999 rowspan=9999>" * 300, "D137"),
        (b"<table><tr><td>\xff\xff\xff", "D122"),
    ],
)
def test_a_page_that_is_no_table_is_told(data: bytes, code: str) -> None:
    grids, findings = read_workbook(data, "t.xls")
    assert grids == ()
    assert [finding.code for finding in findings] == [code]


@given(
    st.lists(
        st.sampled_from(["<table>", "</table>", "<tr", ">", "<td", " rowspan=3", "<!--", "-->", "<![", "]>", "&", "a"])
    )
)
def test_no_tags_raise_anything(tags: list[str]) -> None:
    read_workbook(f"<table><tr><td>1{''.join(tags)}".encode(), "t.xls")


BOOK = """<?xml version="1.0" encoding="GB2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="Default"/><Style ss:ID="s1"><NumberFormat ss:Format="Fixed"/></Style>
<Style ss:ID="s2"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="台账"><Table><Column ss:Index="4" ss:Hidden="1"/>
<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">济南</Data></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="Number">2023.1</Data></Cell>
<Cell><Data ss:Type="DateTime">2023-12-01T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:Index="3" ss:StyleID="s2"><Data ss:Type="Number">5</Data></Cell>
<Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=1"/></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet>
</Workbook>"""


def test_an_xml_workbook_of_2003_is_read_sheet_by_sheet() -> None:
    (grid,), findings = read_workbook(BOOK.encode("gb18030"), "t.xls")
    assert [[str(value) for value in row] for row in grid.rows] == [
        [],
        ["济南", "None", "2023.1", "2023-12-01"],
        ["None", "None", "5", "#REF!"],
    ]
    assert (grid.formats, grid.merges) == ({(1, 2): "0.00"}, (Merge(1, 0, 1, 1),))
    assert grid.struck == {(2, 2)}
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({2}), frozenset({3}))
    assert [(finding.code, str(finding.place)) for finding in findings] == [
        ("D206", "t.xls"),
        ("D200", "t.xls › 藏"),
        ("D134", "t.xls › 台账 › D3"),
        ("D135", "t.xls › 台账 › E3"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<?xml version='1.0'?><rss/>", "D130"),
        (BOOK[:900].encode(), "D138"),
        (BOOK.replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook').encode(), "D138"),
    ],
)
def test_another_xml_file_or_a_damaged_one_is_told(data: bytes, code: str) -> None:
    grids, findings = read_workbook(data, "t.xls")
    assert (grids, [finding.code for finding in findings]) == ((), [code])
