"""Tables as offices make them: title, head, members, sums and notes are told apart, or a person is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from digest.data.grid import Merge
from digest.data.model import AsOf, Span
from digest.data.period import Period
from digest.data.roster import SHANDONG
from digest.data.tabling.recognise import recognise

from .drawn import FOUR, columns, csv, rows, sheet, told

BODY = (["济南", 10, 2, 3, 4], ["青岛", 20, 4, 5, 6], ["淄博", 30, 6, 7, 8], ["枣庄", 40, 8, 9, 1])


def test_a_table_of_an_office_is_read_with_everything_round_it() -> None:
    grid = sheet(
        ["2026年10月全省双联共建情况表"],
        ["单位：万元"],
        [],
        ["序号", "地区", "资金", "项目数/个", "占比(%)", "备注"],
        [1, "济 南 市", 10, 2, 10.5, "已核"],
        [2, "青岛市　", 20, 3, 20],
        [3, "淄博", 30, 4, 30],
        [4, "枣庄\u200b", 40, 5, 39.5],
        ["", "合计", 100, 14, 100],
        ["注：数据截至11月底"],
        ["制表日期：2026年12月1日", None, "联系电话：0531-12345678"],
    )
    (table,), findings = recognise(grid, roster=FOUR)
    assert findings == ()
    assert columns(table) == [
        "序号 skipped",
        "地区 label",
        "资金 number 万元",
        "项目数 number 个",
        "占比 number %",
        "备注 skipped",
    ]
    assert rows(table) == [
        "member 济南 10 2 10.5",
        "member 青岛 20 3 20",
        "member 淄博 30 4 30",
        "member 枣庄 40 5 39.5",
        "total 100 14 100",
    ]
    assert (table.title, table.period) == ("2026年10月全省双联共建情况表", Period(2026, 10))
    assert table.as_of == AsOf("2026-11", "数据截至11月底")
    assert table.notes == ("注：数据截至11月底", "制表日期：2026年12月1日　联系电话：0531-12345678")
    assert (table.header, table.cells) == ("A4:F4", "A1:F11")
    assert table.rows[0].cells[2].place.cell == "C5"


@pytest.mark.parametrize(
    "above",
    [
        [["情况表"], ["单位：万元"]],
        [["情况表", None, "单位：万元"]],
        [["情况表（单位：万元）"]],
        [["情况表（万元）"]],
        [["情况表"], ["填报单位：省发展改革委", "计量单位：万元"]],
        [["情况表"], ["单位:万元"], []],
    ],
)
def test_the_unit_above_a_table_is_that_of_all_columns_without_one(above: list[list[object]]) -> None:
    (table,), findings = recognise(sheet(*above, ["地区", "资金", "项目（个）", "占比"], ["济南", 1, 2, 3]))
    assert [column.unit for column in table.columns] == ["", "万元", "个", ""]
    assert findings == ()


def test_who_reports_is_no_unit() -> None:
    (table,), _ = recognise(sheet(["单位：省发展改革委"], ["地区", "资金"], ["济南", 1]))
    assert table.columns[1].unit == ""


def test_two_units_above_are_refused_unless_every_column_has_its_own() -> None:
    tables, findings = recognise(sheet(["单位：万元、个"], ["地区", "资金", "项目"], ["济南", 1, 2]))
    assert (tables, told(findings)) == ((), ["error D256 A1"])
    assert "万元、个" in findings[0].message
    (table,), findings = recognise(sheet(["单位：万元、%"], ["地区", "资金", "占比"], ["济南", 1, 2]))
    assert ([column.unit for column in table.columns], findings) == (["", "万元", ""], ())
    (table,), findings = recognise(sheet(["单位：万元、个"], ["地区", "资金（万元）", "项目（个）"], ["济南", 1, 2]))
    assert (columns(table)[1:], findings) == (["资金 number 万元", "项目 number 个"], ())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("资金（万元）", "资金 number 万元"),
        ("资金(万元)", "资金 number 万元"),
        ("资金【单位：亿元】", "资金 number 亿元"),
        ("数量/个", "数量 number 个"),
        ("占比(%)", "占比 number %"),
        ("占比%", "占比 number %"),
        ("新型\n经营主体", "新型经营主体 number"),
        ("资金（含配套）", "资金（含配套） number"),
        ("2026年10月", "number 2026-10"),
        ("本月", "number alone"),
        ("当月资金（万元）", "资金 number 万元 alone"),
        ("1—10月", "number 2026-10 cumulative"),
        ("上半年", "number 2026-06 cumulative"),
        ("1-10月累计", "number 2026-10 cumulative"),
        ("累计", "number cumulative"),
        ("年初以来", "number cumulative"),
        ("上年同期", "number 2025-10"),
        ("去年同期累计", "number 2025-10 cumulative"),
        ("上月", "number 2026-09 alone"),
        ("二季度", "number 2026-Q2"),
        ("资金同比增长（%）", "资金 change % 同比"),
        ("同比", "change 同比"),
        ("环比（%）", "change % 环比"),
        ("比上年同期增减", "change 同比"),
        ("2026年比2025年增长（%）", "change % 2026 同比"),
        ("±%", "change %"),
        ("增长率（%）", "change %"),
        ("增幅%", "change %"),
        ("工业增加值", "工业增加值 number"),
        ("年度目标", "target"),
        ("投入资金年度目标（万元）", "投入资金 target 万元"),
        ("目标", "target"),
        ("任务数", "target"),
        ("重点任务", "重点任务 number"),
        ("完成率（%）", "完成率 number %"),
    ],
)
def test_a_title_says_name_unit_time_and_basis(title: str, expected: str) -> None:
    (table,), findings = recognise(sheet(["地区", title], ["济南", 5], ["青岛", 6]), period=Period(2026, 10))
    assert (columns(table)[1], findings) == (expected, ())
    assert table.columns[1].levels == (title,)


def test_what_a_project_knows_is_a_name_whatever_words_are_in_it() -> None:
    (table,), _ = recognise(sheet(["地区", "同比增长企业数（个）"], ["济南", 5]), known=["同比增长企业数"])
    assert columns(table)[1] == "同比增长企业数 number 个"


def test_a_change_and_a_target_are_of_the_column_before_them() -> None:
    head = [
        "地区",
        "投入资金（万元）",
        "上年同期",
        "同比（%）",
        "增减额",
        "年度目标",
        "完成率（%）",
        "项目（个）",
        "同比（%）",
    ]
    (table,), findings = recognise(sheet(["2026年1—10月情况"], head, ["济南", *range(1, 9)], ["青岛", *range(1, 9)]))
    assert columns(table)[1:] == [
        "投入资金 number 万元 2026-10 cumulative",
        "投入资金 number 万元 2025-10 cumulative",
        "投入资金 change % 2026-10 cumulative 同比",
        "投入资金 change 万元 2026-10 cumulative",
        "投入资金 target 万元 2026",
        "完成率 number % 2026-10 cumulative",
        "项目 number 个 2026-10 cumulative",
        "项目 change % 2026-10 cumulative 同比",
    ]
    assert table.period == Span("2026-01", "2026-10", "2026年1—10月")
    assert findings == ()


def test_a_time_before_one_that_nobody_named_is_not_guessed() -> None:
    (table,), findings = recognise(sheet(["地区", "资金", "上年同期"], ["济南", 1, 2]))
    assert (table.columns[2].role, told(findings)) == ("skipped", ["warning D257 C1"])


# --- heads of several rows ----------------------------------------------------------------------------

TWO_YEARS = [
    "地区 label",
    "资金 number 万元 2025-10",
    "项目 number 个 2025-10",
    "资金 number 万元 2026-10",
    "项目 number 个 2026-10",
]


def test_merged_heads_are_joined_from_the_top() -> None:
    grid = sheet(
        ["地区", "2025年10月", None, "2026年10月", None],
        [None, "资金（万元）", "项目（个）", "资金（万元）", "项目（个）"],
        *BODY,
        merges=(Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4)),
    )
    (table,), findings = recognise(grid, roster=FOUR)
    assert (columns(table), findings, table.header) == (TWO_YEARS, (), "A1:E2")
    assert table.columns[2].levels == ("2025年10月", "项目（个）")


def test_the_same_head_is_read_from_a_text_file_that_lost_its_merges() -> None:
    (table,), findings = recognise(
        csv(
            ["地区", "2025年10月", "", "2026年10月", ""],
            ["", "资金（万元）", "项目（个）", "资金（万元）", "项目（个）"],
            *([str(value) for value in row] for row in BODY),
        ),
        roster=FOUR,
    )
    assert (columns(table), findings) == (TWO_YEARS, ())


def test_a_blank_title_is_not_filled_from_a_column_that_stands_alone() -> None:
    (table,), _ = recognise(csv(["地区", "户数", "资金", ""], ["", "", "本月", "累计"], ["济南", "1", "2", "3"]))
    assert columns(table)[1:] == ["户数 number", "资金 number alone", "资金 number cumulative"]
    (table,), _ = recognise(csv(["地区", "户数", ""], ["", "", "项目"], ["济南", "1", "2"]))
    assert columns(table)[1:] == ["户数 number", "项目 number"]


def test_a_head_of_three_rows_has_year_reach_and_unit() -> None:
    grid = csv(
        ["指标", "2026年", "", "", ""],
        ["", "投入资金", "", "项目数", ""],
        ["", "本月", "累计", "本月", "累计"],
        ["甲类", "1", "2", "3", "4"],
    )
    (table,), findings = recognise(grid, period=Period(2026, 10))
    assert columns(table)[1:] == [
        "投入资金 number 2026-10 alone",
        "投入资金 number 2026-10 cumulative",
        "项目数 number 2026-10 alone",
        "项目数 number 2026-10 cumulative",
    ]
    assert findings == ()


def test_what_every_column_is_called_is_no_name() -> None:
    (table,), _ = recognise(
        csv(["地区", "资金", "", ""], ["", "目标数", "完成数", "完成率"], ["济南", "10", "5", "50%"])
    )
    assert columns(table)[1:] == ["资金 target", "资金 number", "资金·完成率 number"]


def test_a_sum_may_be_a_column_too() -> None:
    head = (["地区", "合计", "其中：", ""], ["", "", "省级", "市级"])
    (table,), findings = recognise(csv(*head, ["济南", "10", "6", "4"], ["合计", "10", "6", "4"]))
    assert ([row.role for row in table.rows], findings) == (["member", "total"], ())
    assert [column.levels for column in table.columns[1:]] == [("合计",), ("其中：", "省级"), ("其中：", "市级")]


def test_a_row_of_units_below_the_names_gives_their_units() -> None:
    (table,), _ = recognise(sheet(["地区", "资金", "项目"], [None, "万元", "个"], ["济南", 1, 2]))
    assert columns(table)[1:] == ["资金 number 万元", "项目 number 个"]


def test_a_row_that_numbers_the_columns_is_told_and_not_read() -> None:
    (table,), findings = recognise(sheet(["地区", "资金", "项目"], ["甲", 1, 2], ["济南", 10, 20]), roster=None)
    assert (rows(table), told(findings)) == (["member 10 20"], ["note D258 第2行"])


def test_years_and_dates_may_be_a_head() -> None:
    (table,), _ = recognise(sheet(["指标", 2024, 2025], ["资金", 10, 20]))
    assert columns(table)[1:] == ["number 2024", "number 2025"]
    grid = sheet(
        ["指标", date(2026, 9, 1), date(2026, 10, 1)],
        ["资金", 10, 20],
        formats={(0, 1): 'yyyy"年"m"月"', (0, 2): 'yyyy"年"m"月"'},
    )
    assert columns(recognise(grid)[0][0])[1:] == ["number 2026-09", "number 2026-10"]


def test_months_side_by_side_are_columns_with_a_period() -> None:
    grid = sheet(
        ["2026年各月情况"], ["指标", "单位", "1月", "2月", "3月"], ["资金", "万元", 1, 2, 3], ["项目", "个", 1, 2, 3]
    )
    (table,), findings = recognise(grid)
    assert columns(table)[2:] == ["number 2026-01", "number 2026-02", "number 2026-03"]
    assert dict(table.rows[1].labels) == {"指标": "项目", "单位": "个"}
    assert findings == ()
    (table,), findings = recognise(sheet(["指标", "1月", "数值"], ["资金", 1, 2]))
    assert told(findings) == ["warning D161 B1"]


def test_months_below_one_another_are_labels() -> None:
    (table,), _ = recognise(sheet(["月份", "资金"], ["1月", 10], ["2月", 20]))
    assert [dict(row.labels) for row in table.rows] == [{"月份": "1月"}, {"月份": "2月"}]


def test_members_side_by_side_are_asked_to_be_turned() -> None:
    tables, findings = recognise(sheet(["指标", "济南", "青岛", "淄博"], ["资金", 1, 2, 3]), roster=FOUR)
    assert (tables, told(findings)) == ((), ["error D254 第1行"])
    assert "转置" in findings[0].hint


def test_two_rows_that_may_both_be_the_head_are_named() -> None:
    grid = sheet(["甲类", "乙类"], ["金额", "个数"], ["某某", 1])
    tables, findings = recognise(grid)
    assert (tables, told(findings)) == ((), ["error D251 第1行"])
    assert "第1行“甲类、乙类”和第2行“金额、个数”都可能是表头" in findings[0].message
    (table,), findings = recognise(grid, header=1)
    assert (columns(table), table.above, findings) == (["金额 label", "个数 number"], ("甲类", "乙类"), ())
    (table,), _ = recognise(grid, known=["个数"])
    assert columns(table) == ["金额 label", "个数 number"]


@pytest.mark.parametrize("grid", [sheet(), sheet(["", None]), sheet(["只有字"], ["又是字"]), sheet([1, 2], [3, 4])])
def test_without_a_head_or_figures_nothing_is_read(grid: object) -> None:
    tables, findings = recognise(grid)  # type: ignore[arg-type]
    assert tables == ()
    assert [finding.code for finding in findings] == ["D250"]
    assert findings[0].hint


# --- rows ---------------------------------------------------------------------------------------------


def test_labels_are_filled_from_merged_cells_and_never_otherwise() -> None:
    body = (["济南", "资金", 1], [None, "项目", 2], ["青岛", "资金", 3], [None, "项目", 4])
    grid = sheet(["地区", "指标", "数值"], *body, merges=(Merge(1, 0, 2, 0),))
    (table,), findings = recognise(grid, roster=FOUR)
    assert [(row.member, row.labels["指标"]) for row in table.rows] == [
        ("济南", "资金"),
        ("济南", "项目"),
        ("青岛", "资金"),
    ]
    assert [row.index for row in table.left_out] == [4]
    assert told(findings)[0] == "warning D262 A5"


def test_rows_are_members_sums_means_and_parts() -> None:
    labels = ["济南", "青岛", "小计", "淄博", "枣庄", "其中：高新区", "　　经开区", "省直", "合计", "全省平均"]
    (table,), findings = recognise(sheet(["地区", "资金"], *([label, 1] for label in labels)), roster=FOUR)
    roles = [row.role for row in table.rows]
    assert roles == ["member"] * 2 + ["subtotal"] + ["member"] * 2 + ["of_which"] * 2 + ["apart", "total", "mean"]
    assert (table.rows[7].member, findings) == ("省直", ())


@pytest.mark.parametrize("word", ["合计", "总计", "全省", "全省合计", "合 计", "共计"])
def test_the_whole_has_many_names(word: str) -> None:
    (table,), _ = recognise(sheet(["地区", "资金"], [word, 1], ["济南", 1]), roster=FOUR)
    assert (table.rows[0].role, table.rows[0].member) == ("total", "")


def test_members_of_the_whole_may_follow_it() -> None:
    (table,), _ = recognise(sheet(["地区", "资金"], ["全省", 3], ["其中：济南", 1], ["青岛", 2]), roster=FOUR)
    assert rows(table) == ["total 3", "member 济南 1", "member 青岛 2"]


def test_what_the_roster_says_against_a_table_is_told_row_by_row() -> None:
    grid = sheet(["地区", "资金"], ["济男", 1], ["青岛", 2], ["青岛市", 3], ["莱芜", 4], ["枣庄", 5], ["枣庄市", 5])
    (table,), findings = recognise(grid, roster=FOUR)
    assert rows(table) == ["apart 莱芜 4", "member 枣庄 5"]
    assert [dict(row.labels)["地区"] for row in table.left_out] == ["济男", "青岛", "青岛市", "枣庄市"]
    assert told(findings) == [
        "warning D260 A2",
        "warning D264 A5",
        "warning D261 第4行",
        "warning D261 第7行",
        "warning D263 第7行",
    ]
    assert "是不是“济南”？" in findings[0].hint
    assert "莱芜”已并入济南" in findings[1].message
    assert "“青岛市”与第3行的“青岛”重复，两行的数不同" in findings[2].message
    assert "缺2个：济南、淄博" in findings[4].message


def test_a_declared_former_member_is_handed_on_for_the_member_it_is_part_of() -> None:
    roster = replace(FOUR, merged={"莱芜": "济南"})
    (table,), findings = recognise(sheet(["地区", "资金"], *BODY, ["莱芜市", 4]), roster=roster)
    assert rows(table)[-1] == "member 济南 莱芜市 4"
    assert findings[:0] == ()
    assert "D264" not in {finding.code for finding in findings}


def test_all_sixteen_are_awaited_in_any_order() -> None:
    body = [[f"{name}市", 1] for name in reversed(SHANDONG.members)]
    (table,), findings = recognise(sheet(["地区", "资金"], *body), roster=SHANDONG)
    assert ([row.member for row in table.rows], findings) == (list(reversed(SHANDONG.members)), ())
    _, findings = recognise(sheet(["地区", "资金"], *body[1:]), roster=SHANDONG)
    assert "名册共16个，表里缺1个：菏泽" in findings[0].message


def test_a_table_of_metrics_is_not_held_against_the_roster() -> None:
    (table,), findings = recognise(sheet(["指标", "数值"], ["资金", 1], ["项目", 2]), roster=FOUR)
    assert (rows(table), findings) == (["member 1", "member 2"], ())


def test_hidden_rows_and_columns_are_named_in_one_note() -> None:
    grid = sheet(["地区", "资金", "旧数"], *BODY[:2], hidden_rows=frozenset({1}), hidden_columns=frozenset({2}))
    (table,), findings = recognise(grid)
    assert (len(table.rows), told(findings)[0]) == (1, "note D255 ")
    assert findings[0].message == "隐藏的第2行和第C列没有读取"


def test_what_is_struck_through_is_missing() -> None:
    (table,), findings = recognise(sheet(["地区", "资金"], ["济南", 1], ["青岛", 2], struck=frozenset({(2, 1)})))
    assert (table.rows[1].cells[1].text, table.rows[1].cells[1].value) == ("", None)
    assert told(findings) == ["warning D265 B3"]
    (table,), findings = recognise(sheet(["地区", "资金"], ["济南", 1], ["青岛", 2], struck=frozenset({(2, 0)})))
    assert (len(table.rows), told(findings)) == (1, ["warning D265 第3行"])


def test_one_number_in_merged_cells_is_of_nobody_for_certain() -> None:
    grid = sheet(["地区", "资金"], ["济南", 7], ["青岛", None], merges=(Merge(1, 1, 2, 1),))
    (table,), findings = recognise(grid)
    assert [row.cells[1].text for row in table.rows] == ["", ""]
    assert told(findings) == ["warning D266 B2:B3"]


def test_a_column_without_a_title_is_told() -> None:
    (table,), findings = recognise(sheet(["地区", "资金", None], ["济南", 1, 5], ["青岛", 2, 6]))
    assert (table.columns[2].role, told(findings)) == ("skipped", ["warning D267 C2"])
    (table,), findings = recognise(sheet([None, "资金"], ["济南", 1]))
    assert (table.columns[0].role, findings) == ("label", ())


def test_two_columns_of_the_same_are_told() -> None:
    _, findings = recognise(sheet(["地区", "资金", "资金"], ["济南", 1, 5]))
    assert told(findings) == ["warning D269 C1"]


def test_a_head_repeated_on_every_page_is_skipped() -> None:
    grid = sheet(["地区", "资金"], ["济南", 1], ["地区", "资金"], ["青岛", 2])
    (table,), findings = recognise(grid)
    assert (len(table.rows), told(findings)) == (2, ["note D258 第3行"])


def test_a_title_between_the_rows_is_told() -> None:
    (table,), findings = recognise(
        sheet(["地区", "资金"], ["一、鲁中"], ["济南", 1], ["二、鲁东"], ["青岛", 2]), roster=FOUR
    )
    assert ([row.member for row in table.rows], told(findings)[:2]) == (
        ["济南", "青岛"],
        ["note D268 第2行", "note D268 第4行"],
    )


# --- several tables -----------------------------------------------------------------------------------

BESIDE = sheet(["地区", "资金", None, "地区", "项目"], ["济南", 1, None, "淄博", 2], ["青岛", 1, None, "枣庄", 2])
BELOW = sheet(["地区", "资金"], ["济南", 1], ["青岛", 2], [], ["第二张表"], ["地区", "项目"], ["济南", 3])


def test_several_tables_on_a_sheet_are_asked_about_and_a_range_chooses() -> None:
    for grid, ranges in ((BESIDE, "A1:B3、D1:E3"), (BELOW, "A1:B3、A5:B7")):
        tables, findings = recognise(grid)
        assert (tables, told(findings)) == ((), ["error D253 "])
        assert ranges in findings[0].message
    (table,), findings = recognise(BESIDE, cells="D1:E3")
    assert (columns(table), findings) == (["地区 label", "项目 number"], ())
    (table,), findings = recognise(BELOW, cells="A5:B7")
    assert (table.title, rows(table)) == ("第二张表", ["member 3"])


def test_tables_side_by_side_without_a_gap_are_seen_too() -> None:
    _, findings = recognise(sheet(["地区", "资金", "地区", "资金"], ["济南", 1, "淄博", 2]))
    assert told(findings) == ["error D253 "]
    assert "A1:B2、C1:D2" in findings[0].message


def test_a_range_that_is_none_is_refused() -> None:
    assert told(recognise(BELOW, cells="A5到B7")[1]) == ["error D252 "]


def test_a_blank_column_alone_makes_no_second_table() -> None:
    (table,), findings = recognise(sheet(["地区", "资金", None, "项目"], ["济南", 1, None, 2]))
    assert (len(table.columns), findings) == (3, ())


# --- numbers as shown ---------------------------------------------------------------------------------


def test_a_cell_is_handed_on_as_it_is_shown_and_stored() -> None:
    grid = sheet(["地区", "占比（%）", "资金"], ["济南", 0.485, 1234.5], formats={(1, 1): "0.0%", (1, 2): "#,##0.00"})
    (table,), _ = recognise(grid)
    share, funds = table.rows[0].cells.values()
    assert (share.text, share.value, share.number_format) == ("48.5%", 0.485, "0.0%")
    assert (funds.text, funds.value) == ("1,234.50", 1234.5)


def test_a_format_that_nobody_knows_is_told_once_a_column() -> None:
    grid = sheet(["地区", "资金"], ["济南", 0.5], ["青岛", 0.25], formats={(1, 1): "# ?/?", (2, 1): "# ?/?"})
    (table,), findings = recognise(grid)
    assert ([row.cells[1].text for row in table.rows], told(findings)) == (["0.5", "0.25"], ["note D259 B2"])
