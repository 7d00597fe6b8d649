"""Thirty habits of those who fill tables in (D1 to D30): each made as they make it, and read or refused with a code.

Those that need the readers of files stand in `OF_FILES`.
"""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from digest.data.answers import Answer, Change, Counted, Level, Missing, Parts
from digest.data.cells import CellKind, read_cell
from digest.data.model import AsOf, Span
from digest.data.period import Period
from digest.data.periods import read_period
from digest.data.quantity import parse_quantity
from digest.data.refusal import Refusal
from digest.data.roster import SHANDONG
from digest.data.sources.opened import Sources
from digest.data.tabling.jumps import jump
from digest.data.tabling.recognise import recognise
from digest.data.tabling.shares import mixed_shares
from digest.data.tabling.totals import check_totals

from .tabling.books import grid_of
from .tabling.drawn import FOUR, columns, rows, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from digest.data.grid import Grid
    from digest.data.tabling.figure_table import FigureTable
    from digest.findings import Finding


def table_of(grid: Grid, **asked: Any) -> FigureTable:  # noqa: ANN401  whatever may be asked
    (table,), findings = recognise(grid, **asked)
    assert not [finding for finding in findings if finding.severity != "note"]
    return table


def read_of(table: FigureTable, column: int = 1) -> list[Answer | Refusal]:
    """What each cell of a column says, in its unit."""
    found = table.columns[column]
    kind: CellKind = "change" if found.role == "change" else "quantity"
    return [
        read_cell(cell.text, kind, unit=found.unit, value=cell.value, number_format=cell.number_format)
        for cell in (row.cells[found.index] for row in table.rows)
    ]


def column_of(title: str, *values: object, number_format: str = "", **asked: Any) -> list[Answer | Refusal]:  # noqa: ANN401
    """What cells of a column under that title say."""

    def dress(sheet: Any) -> None:  # noqa: ANN401  a sheet
        for row in range(2, len(values) + 2) if number_format else ():
            sheet.cell(row, 2).number_format = number_format

    body = [[f"某{at}", value] for at, value in enumerate(values)]
    return read_of(table_of(grid_of([["地区", title], *body], dress), **asked))


def said(answers: list[Answer | Refusal]) -> list[str]:
    """Each answer in short: the quantity as printed, a change with its sign, why there is none, a code."""
    return [_said(answer) for answer in answers]


def _said(answer: Answer | Refusal) -> str:
    match answer:
        case Counted(quantity=quantity, aside=aside):
            return " ".join(filter(None, (str(quantity), aside.marks, aside.flag, *(n.code for n in aside.notes))))
        case Parts(part=part, whole=whole):
            return f"{part}/{whole}"
        case Change(kind=kind, amount=amount):
            return f"{kind} {amount}"
        case Level():
            return "level"
        case Missing(why=why):
            return why
        case Refusal(code=code):
            return code


# --- what tables are made like ------------------------------------------------------------------------


def d3() -> None:
    grid = grid_of([["2026年10月情况表"], ["单位：万元"], [], ["地区", "资金"], ["济南", 10]])
    table = table_of(grid)
    assert (table.title, columns(table), table.header) == (
        "2026年10月情况表",
        ["地区 label", "资金 number 万元"],
        "A4:B4",
    )
    assert told(recognise(grid_of([["单位：万元、个"], ["地区", "资金"], ["济南", 1]]))[1]) == ["error D256 A1"]


def d4() -> None:
    def dress(sheet: Any) -> None:  # noqa: ANN401
        for area in ("A1:A3", "B1:C1", "B2:C2"):
            sheet.merge_cells(area)

    grid = grid_of([["地区", "2026年"], [None, "资金（万元）"], [None, "本月", "累计"], ["济南", 1, 2]], dress)
    table = table_of(grid, period=Period(2026, 10))
    assert table.columns[2].levels == ("2026年", "资金（万元）", "累计")
    assert columns(table)[1:] == ["资金 number 万元 2026-10 alone", "资金 number 万元 2026-10 cumulative"]


def d5() -> None:
    body: list[list[object]] = [["济南", "资金", 1], [None, "项目", 2], ["青岛", "资金", 3], [None, "项目", 4]]
    tables, findings = recognise(grid_of([["市", "指标", "数"], *body], lambda sheet: sheet.merge_cells("A2:A3")))
    assert [row.labels["市"] for row in tables[0].rows] == ["济南", "济南", "青岛"]
    assert told(findings) == ["warning D262 A5"]


def d6() -> None:
    body = [["济南", 1], ["青岛", 3], ["其中：某区", 2], ["合计", 5], ["平均", 2]]
    table = table_of(grid_of([["地区", "资金（万元）"], *body]))
    assert [row.role for row in table.rows] == ["member", "member", "of_which", "total", "mean"]
    (finding,) = check_totals(table)
    assert (finding.code, finding.message) == ("D270", "合计写的是“5”，按各行相加是4万元")


def d7() -> None:
    table = table_of(grid_of([["2026年11月情况"], ["地区", "资金"], ["济南", 1], ["注：数据截至11月底"]]))
    assert (len(table.rows), table.notes) == (1, ("注：数据截至11月底",))
    assert table.as_of == AsOf("2026-11", "数据截至11月底")


def d15() -> None:
    body = [["济 南 市", 1], ["青岛市　", 2], ["\u00a0淄博\u200b", 3], ["枣庄", 4]]
    assert [row.member for row in table_of(grid_of([["地区", "资金"], *body]), roster=FOUR).rows] == list(FOUR.members)
    _, findings = recognise(grid_of([["地区", "资金"], *body[:3], ["枣装", 4]]), roster=FOUR)
    assert (findings[0].code, "是不是“枣庄”？" in findings[0].hint) == ("D260", True)


def d16() -> None:
    table = table_of(grid_of([["地区", "资金（万元）", "数量/个", "占比(%)"], ["济南", 1, 2, 3]]))
    found = [(column.name, column.unit) for column in table.columns[1:]]
    assert found == [
        ("资金", "万元"),
        ("数量", "个"),
        ("占比", "%"),
    ]


def d19() -> None:
    def dress(sheet: Any) -> None:  # noqa: ANN401
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet["B4"].font = Font(strike=True)

    body = [["济南", 1, 9], ["青岛", 2, 9], ["淄博", 3, 9]]
    (table,), findings = recognise(grid_of([["地区", "资金", "旧数"], *body], dress))
    assert (rows(table), told(findings)) == (["member 2", "member"], ["note D255 ", "warning D265 B4"])
    several = grid_of([["地区", "资金", None, "地区", "项目"], ["济南", 1, None, "济南", 2]])
    assert told(recognise(several)[1]) == ["error D253 "]
    assert columns(table_of(several, cells="D1:E2")) == ["地区 label", "项目 number"]


def d24() -> None:
    body = [[name, 1] for name in (*SHANDONG.members[1:], "青岛市", "莱芜", "省直")]
    _, findings = recognise(grid_of([["地区", "资金"], *body]), roster=SHANDONG)
    assert [finding.code for finding in findings] == ["D264", "D260", "D261", "D263"]
    assert "缺1个：济南" in findings[3].message


def d25() -> None:
    table = table_of(grid_of([["序号", "地区", "新型\n经营主体", "备注"], [1, "济南", 5, "好"], [2, "青岛", 6, None]]))
    assert columns(table) == ["序号 skipped", "地区 label", "新型经营主体 number", "备注 skipped"]


# --- what cells are filled with -----------------------------------------------------------------------


def d8() -> None:
    assert said(column_of("资金（个）", "１２３", "１．３", "４，３２１")) == ["123个", "1.3个", "4,321个"]
    assert said(column_of("占比（％）", "４８．５％")) == ["48.5%"]


def d9() -> None:
    assert said(column_of("数量/个", "1,234", "1 234", "１，２３４")) == ["1,234个", "1\u2009234个", "1,234个"]


def d10() -> None:
    texts = ["1.3万", "2700余", "100多", "约20", "34万余"]
    assert said(column_of("数量/个", *texts)) == ["1.3万个", "2700余个", "100多个", "约20个", "34万余个"]
    assert said(column_of("资金（万元）", "4.1亿", "近5亿元", "3人")) == ["41000万元 D166", "近50000万元 D166", "D154"]


def d11() -> None:
    assert said(column_of("占比（%）", 0.485, number_format="0.0%")) == ["48.5%"]
    assert said(column_of("占比（%）", "48.5％", 48.5)) == ["48.5%", "48.5%"]
    table = table_of(grid_of([["地区", "占比（%）"], ["济南", 0.485], ["青岛", 48.5]]))
    mixed = mixed_shares(row.cells[1] for row in table.rows)
    assert mixed is not None
    assert told([mixed.finding]) == ["warning D275 B2"]


def d12() -> None:
    texts = [12, "—", "－", "-", "/", "无", "空", "…", "不适用", 0, "同上"]
    dashes = ["dash"] * 3
    assert said(column_of("数量/个", *texts)) == [
        *("12个", *dashes, "not_applicable", "nothing", "blank", "left_out", "not_applicable", "0个", "D151"),
    ]
    assert said(column_of("同比（%）", "持平", "5.3%")) == ["level", "percent 53/10"]


def d13() -> None:
    def dress(sheet: Any) -> None:  # noqa: ANN401
        sheet["A2"].number_format = "0.00"

    table = table_of(grid_of([["月份", "资金"], [2023.1, 1], [2023.1, 2]], dress))
    shown = [row.labels["月份"] for row in table.rows]
    assert shown == ["2023.10", "2023.1"]
    assert read_period(shown[0]) == Span("2023-10", "2023-10", "2023.10")
    refusal = read_period(shown[1])
    assert isinstance(refusal, Refusal)
    assert (refusal.code, "1月还是10月" in refusal.message) == ("D162", True)


def d14() -> None:
    texts = ("2023年12月", "202312", "2023年四季度", "23.12.22", "12月")
    grid = grid_of([["时间", "资金"], *([text, 1] for text in texts)])
    read = [read_period(row.labels["时间"], year=2023) for row in table_of(grid).rows]
    assert [(span.start, span.end) for span in read if isinstance(span, Span)] == [
        *([("2023-12", "2023-12")] * 2),
        ("2023-10", "2023-12"),
        ("2023-12-22", "2023-12-22"),
        ("2023-12", "2023-12"),
    ]
    nobody = read_period("12月")
    assert isinstance(nobody, Refusal)
    assert nobody.code == "D161"
    assert read_period("45261", number_format="yyyy-mm") == Span("2023-12", "2023-12", "45261")


def d20() -> None:
    grid = grid_of([["代码", "数量/个"], ["001", "123"], ["002", "45"]])
    table = table_of(grid, labels=["代码"])
    assert [row.labels["代码"] for row in table.rows] == ["001", "002"]
    assert said(read_of(table)) == ["123个", "45个"]


def d21() -> None:
    answers = column_of("整改/个", "95/196", "5/7", "1/10", date(2026, 5, 7), "3:1", 12, 13)
    assert said(answers) == ["95/196", "5/7", "1/10", "D153", "D150", "12个", "13个"]


def d22() -> None:
    texts = ["↑5.3%", "增长5.3%", "-5.3%", "(5.3)", "5.3↓"]
    down, up = "percent -53/10", "percent 53/10"
    assert said(column_of("同比（%）", *texts)) == [up, up, down, down, down]
    assert said(column_of("同比（百分点）", "下降2个百分点")) == ["points -2"]


def d23() -> None:
    assert said(column_of("数量/个", "123*", "123①", "123（预计）")) == ["123个 *", "123个 ①", "123个 预计"]


def d26() -> None:
    assert said(column_of("数量/个", "二百七十", "贰佰", "1O0", "〇", 5)) == [
        "二百七十个",
        "二百个",
        "D152",
        "〇个",
        "5个",
    ]


def d27() -> None:
    found = jump(parse_quantity("41000000元"), parse_quantity("4100元"), "济南“资金”")
    assert found is not None
    assert (found.code, found.severity) == ("D274", "warning")
    assert jump(parse_quantity("4100万元"), parse_quantity("3900万元"), "") is None


def d29() -> None:
    table = table_of(grid_of([["指标", "数量(个)"], ["重点(一类):甲,乙", 1], ["“四送”", 2]]))
    assert [row.labels["指标"] for row in table.rows] == ["重点(一类):甲,乙", "“四送”"]
    assert table.columns[1].unit == "个"


def d30() -> None:
    table = table_of(grid_of([["姓名", "数量/个"], ["王䶮", 1], ["李㳇", 2], ["张𬭎😀", 3], ["赵\ue000", 4]]))
    assert [row.labels["姓名"] for row in table.rows] == ["王䶮", "李㳇", "张𬭎😀", "赵\ue000"]


HABITS: dict[str, Callable[[], None]] = {
    "D3": d3,
    "D4": d4,
    "D5": d5,
    "D6": d6,
    "D7": d7,
    "D8": d8,
    "D9": d9,
    "D10": d10,
    "D11": d11,
    "D12": d12,
    "D13": d13,
    "D14": d14,
    "D15": d15,
    "D16": d16,
    "D19": d19,
    "D20": d20,
    "D21": d21,
    "D22": d22,
    "D23": d23,
    "D24": d24,
    "D25": d25,
    "D26": d26,
    "D27": d27,
    "D29": d29,
    "D30": d30,
}


# --- what files are made like --------------------------------------------------------


def read(folder: Path, name: str, data: bytes) -> tuple[list[Grid], list[Finding]]:
    (folder / name).write_bytes(data)
    with Sources() as sources:
        grids, findings = sources.read(folder / name, name)
    return list(grids), list(findings)


def d1(folder: Path) -> None:
    for encoding in ("gbk", "gb18030"):
        grids, findings = read(folder, "数据.csv", "地区,资金\n济南,10\n".encode(encoding))
        assert [list(row) for row in grids[0].rows] == [["地区", "资金"], ["济南", "10"]]
        assert any("GB18030" in finding.message for finding in findings)
    grids, _ = read(folder, "数据.csv", "姓名,数\n㳇𫖯,1\n".encode("gb18030"))
    assert grids[0].rows[1][0] == "㳇𫖯"


def d2(folder: Path) -> None:
    for data in ("地区,资金\n济南,10\n".encode("utf-8-sig"), "地区\t资金\n济南\t10\n".encode("utf-16")):
        grids, findings = read(folder, "数据.csv", data)
        assert [list(row) for row in grids[0].rows] == [["地区", "资金"], ["济南", "10"]]
        assert "error" not in {finding.severity for finding in findings}


def d17(folder: Path) -> None:
    book = Workbook()
    for row in (["地区", "资金"], ["济南", 1], ["合计", "=SUM(B2:B2)"]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    _, findings = read(folder, "数据.xlsx", data.getvalue())
    assert any("公式" in finding.message and "B3" in str(finding.place) for finding in findings)


def d18(folder: Path) -> None:
    html = (
        "<html><body><table><tr><td>地区</td><td>资金</td></tr><tr><td>济南</td><td>10</td></tr></table></body></html>"
    )
    grids, _ = read(folder, "数据.xls", html.encode())
    assert [[str(value) for value in row] for row in grids[0].rows] == [["地区", "资金"], ["济南", "10"]]
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"EncryptedPackage".decode().encode("utf-16-le").ljust(600, b"\0")
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for name, data in (("加密.xlsx", ole), ("空.xlsx", b""), ("空包.xlsx", empty.getvalue())):
        grids, findings = read(folder, name, data)
        assert (grids, "error" in {finding.severity for finding in findings}) == ([], True)
        assert all(finding.hint for finding in findings if finding.severity == "error")


def d28(folder: Path) -> None:
    listed = [{"指标": "资金", "数值": "1,234"}, {"指标": "项目", "数值": 5}]
    grids, _ = read(folder, "数据.json", json.dumps(listed, ensure_ascii=False).encode())
    assert [list(row) for row in grids[0].rows] == [["指标", "数值"], ["资金", "1,234"], ["项目", 5]]
    _, findings = read(folder, "数据.json", '[\n{"指标": "资金", "数值": 1,}\n]'.encode())
    assert any(finding.severity == "error" and "第2行" in str(finding) for finding in findings)


OF_FILES: dict[str, Callable[[Path], None]] = {"D1": d1, "D2": d2, "D17": d17, "D18": d18, "D28": d28}


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_is_read_or_refused_with_its_code(habit: str) -> None:
    HABITS[habit]()


@pytest.mark.parametrize("habit", OF_FILES)
def test_a_habit_of_files_is_read_or_refused(habit: str, tmp_path: Path) -> None:
    OF_FILES[habit](tmp_path)


def test_all_thirty_habits_are_looked_at() -> None:
    assert sorted(HABITS | OF_FILES, key=lambda name: int(name[1:])) == [f"D{number}" for number in range(1, 31)]
