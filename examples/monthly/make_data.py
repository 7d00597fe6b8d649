"""Workbooks and tables as offices send them in, with invented figures, for the monthly example.

    python examples/monthly/make_data.py

writes them to `examples/monthly/data`, the same numbers every time. Each program reports in the way of another office:

双联共建  .xlsx a month: a title, 单位：, a head of two levels with merged cells, 合计 and a note below, a hidden sheet
双报到    .csv a month in GB18030: a title above the head, thousands with commas, a row of 省直, — and 未报
五为      .xls a month that is a web page: full-width digits, now and then 1.3万 or 2700余
党建链动  .txt a month in UTF-16 with tabs: changes against the year before stated beside the numbers
以下看上  .xlsx a month: a ledger of issues, whose rows go on from month to month
竞赛      one .csv for all months: a row a number
"""

from __future__ import annotations

import csv
from datetime import datetime
from html import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from invented_months import APART, CITIES, Figures, Month, Problem, ledger, months
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA: Final = Path(__file__).parent / "data"
_BLANK: Final = {"济南": "济 南 市", "青岛": "青岛市 ", "临沂": "临沂市\u3000"}  # names as they are typed
_FULL_WIDTH: Final = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_CREATED: Final = datetime(2024, 11, 1)  # noqa: DTZ001 - workbooks know no zones
_FIRST_ROW, _ROWS = 5, len(CITIES)


def make_data(folder: Path = DATA) -> None:
    """All files of the example, each of its kind."""
    figures = Figures()
    issues = ledger()
    for name in ("双联共建", "双报到", "五为", "党建链动", "以下看上"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for month in months():
        _villages(figures, month).save(folder / "双联共建" / f"{month}.xlsx")
        text = _members(figures, month)
        (folder / "双报到" / f"{month}.csv").write_bytes(text.encode("gb18030"))
        (folder / "五为" / f"{month}.xls").write_text(_volunteers(figures, month), encoding="utf-8")
        (folder / "党建链动" / f"{month}.txt").write_bytes(_chains(figures, month).encode("utf-16"))
        _issues(issues[month], month).save(folder / "以下看上" / f"{month}.xlsx")
    (folder / "竞赛.csv").write_text(_contests(figures), encoding="utf-8-sig")


# --- 双联共建: a workbook with a head of two levels -------------------------------------------------


def _villages(figures: Figures, month: Month) -> Workbook:
    book = _workbook("统计表")
    sheet = book.active
    sheet.append([f"“双联共建”工作情况统计表（{month.year}年{month.month}月）"])
    sheet.append(["单位：个、万元"])
    sheet.append(["序号", "市", "联建村\n（个）", "实施项目（个）", None, "投入资金（万元）", None])
    sheet.append([None, None, None, "本月", "累计", "本月", "累计"])
    columns = [
        [figures.of("villages", city, month) for city in CITIES],
        *(
            [tell(name, city, month) for city in CITIES]
            for name in ("projects", "funds")
            for tell in (figures.of, figures.cumulative)
        ),
    ]
    for n, (city, *numbers) in enumerate(zip(CITIES, *columns, strict=True), 1):
        sheet.append([n, _BLANK.get(city, f"{city}市"), *numbers])
    sheet.append(["合计", None, *(round(sum(column), 1) for column in columns)])
    sheet.append([f"注：数据截至{month.month}月底，均为示例数据。"])
    last = _FIRST_ROW + _ROWS
    for area in ("A1:G1", "A2:G2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:G3", f"A{last}:B{last}"):
        sheet.merge_cells(area)
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    sheet["A2"].alignment = Alignment(horizontal="right")
    draft = book.create_sheet("底稿")
    draft.append(["草稿，不报送"])
    draft.sheet_state = "hidden"
    return book


def _workbook(title: str) -> Workbook:
    """A workbook of one sheet, made on a day that is told."""
    book = Workbook()
    book.properties.created = _CREATED
    book.active.title = title
    return book


# --- 双报到: a table of text as a spreadsheet program saves it --------------------------------------


def _members(figures: Figures, month: Month) -> str:
    """With 合计 above the members, thousands with commas, and cells nobody filled in."""
    names = ("people", "services", "solved")
    rows: list[list[str]] = []
    sums = [0.0, 0.0, 0.0]
    for city in (*CITIES, APART):
        row = [city]
        for n, name in enumerate(names):
            number = figures.of(name, city, month)
            if (month, city, name) in _LEFT_OUT:
                row.append(_LEFT_OUT[month, city, name])
                continue
            sums[n] += number
            row.append(f"{number:,}")
        rows.append([*row, ""])
    total = ["合计", *(f"{number:,.0f}" for number in sums), ""]
    return _lines(
        ",",
        [
            [f"{month.year}年{month.month}月“双报到”情况", "", "", "", ""],
            ["地区", "报到党员（人次）", "认领服务项目（个）", "解决群众诉求（件）", "备注"],
            total,
            *rows,
        ],
    )


_LEFT_OUT: Final = {
    (Month(2025, 8), "东营", "services"): "—",
    (Month(2026, 6), "青岛", "services"): "未报",
    (Month(2026, 10), "青岛", "services"): "未报",
}


def _lines(separator: str, rows: Iterable[Iterable[str]]) -> str:
    """Rows as text, quoted where they must be, with the line ends of an office program."""
    out = StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


# --- 五为: a web page that calls itself a workbook --------------------------------------------------


def _volunteers(figures: Figures, month: Month) -> str:
    rows: list[list[str]] = []
    for city in CITIES:
        cells = [f"{figures.of(name, city, month)}" for name in ("sessions", "volunteers", "hours")]
        cells[0] = cells[0].translate(_FULL_WIDTH) if city in _TYPES_FULL_WIDTH else cells[0]
        cells[2] = _ROUGH.get((month, city), cells[2])
        rows.append([f"{city}市", *cells])
    head = ("市", "志愿服务活动（场次）", "参与志愿者（人次）", "服务时长（小时）")
    body = "".join(_html_row("td", row) for row in rows)
    return (
        '<html><head><meta charset="utf-8"><title>Sheet1</title></head><body><table border="1">'
        f'<tr><td colspan="4">“五为”志愿服务月报（{month.year}年{month.month}月）</td></tr>'
        f"{_html_row('th', head)}{body}</table></body></html>\n"
    )


_TYPES_FULL_WIDTH: Final = frozenset({"枣庄", "聊城"})
_ROUGH: Final = {(Month(2025, 5), "烟台"): "1.3万", (Month(2026, 3), "东营"): "2700余"}


def _html_row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"


# --- 党建链动: Unicode text with changes stated -----------------------------------------------------


def _chains(figures: Figures, month: Month) -> str:
    """The changes of 办结率 are told in 百分点, since it is a share."""
    before = month.later(-12)
    rows = [
        [f"“党建链动”行动统计表　{month.year}年{month.month}月"],
        ["市", "收集难题（件）", "收集难题同比", "解决难题（件）", "解决难题同比", "办结率（%）", "办结率同比"],
    ]
    for name, cities in (*((city, (city,)) for city in CITIES), ("合计", CITIES)):
        row = [name]
        for metric in ("raised", "settled"):
            now, earlier = (sum(figures.of(metric, city, one) for city in cities) for one in (month, before))
            row += [f"{now:g}", _told(100 * (now - earlier) / earlier, "%")]
        rate = figures.rate(cities, month)
        rows.append([*row, f"{rate:.1f}", _told(round(rate - figures.rate(cities, before), 1), "个百分点")])
    rows.append(["注：同比由填报单位计算。"])
    return _lines("\t", rows)


def _told(change: float, unit: str) -> str:
    """A change as it is reported, in one of the ways they have: 增长5.3%, ↓2.1%, 下降1.2个百分点, 持平."""
    size = f"{abs(change):.1f}"
    if float(size) == 0:
        return "持平"
    if unit == "%":
        return f"增长{size}%" if change > 0 else f"↓{size}%"
    return f"{'上升' if change > 0 else '下降'}{size}{unit}"


# --- 以下看上: a ledger of issues -------------------------------------------------------------------


def _issues(rows: Iterable[tuple[Problem, str]], month: Month) -> Workbook:
    book = _workbook("台账")
    sheet = book.active
    sheet.append([f"“以下看上”问题台账（截至{month.year}年{month.month}月底）"])
    sheet.append(
        ["序号", "编号", "问题", "来源", "责任单位", "整改措施", "提出时间", "整改时限", "整改状态", "销号时间"]
    )
    for n, (problem, state) in enumerate(rows, 1):
        closed = problem.closed if problem.closed and problem.closed <= month else None
        sheet.append(
            [
                n,
                problem.id,
                problem.text,
                problem.origin,
                problem.unit,
                problem.measure,
                datetime(*problem.raised, problem.day),  # noqa: DTZ001 - a date, as the workbook has it
                f"{problem.deadline.year}年{problem.deadline.month}月底",
                state,
                datetime(*closed, problem.closed_day) if closed else None,  # noqa: DTZ001 - the same
            ]
        )
    for column in "GJ":
        for cell in sheet[column][2:]:
            cell.number_format = "yyyy-mm-dd"
    sheet.merge_cells("A1:J1")
    return book


# --- 竞赛: a row a number ---------------------------------------------------------------------------


def _contests(figures: Figures) -> str:
    """Periods as the forms of a web system have them: 202610."""
    rows = [
        [f"{month.year}{month.month:02}", city, name, f"{figures.of(key, city, month)}", unit]
        for month in months()
        for key, name, unit in (("events", "竞赛项目", "项"), ("workers", "参赛职工", "人次"))
        for city in CITIES
    ]
    return _lines(",", [["月份", "市", "指标", "数值", "单位"], *rows])


if __name__ == "__main__":
    make_data()
