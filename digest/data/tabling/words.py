"""Words that tables are made of (表中用语): what columns of labels are called, sums, notes, units, and times.

Tables of words; what they mean for a column or row is decided in `columns.py` and `rows.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.data.folding import fold

if TYPE_CHECKING:
    from digest.data.tabling.figure_table import RowRole

SKIPPED: Final = frozenset(("序号", "编号", "序", "行次", "备注", "说明", "No", "No.", "NO", "NO."))
LABELS: Final = frozenset((
    *("地区", "市", "城市", "市别", "地市", "各市", "设区市", "市名", "市州"),
    *("县", "区县", "县区", "县市区", "县（市、区）"),
    *("行政区划", "区划"),
    *("单位", "填报单位", "报送单位", "责任单位", "单位名称", "部门", "部门名称"),
    *("指标", "指标名称", "项目名称"),
    *("名称", "类别", "类型", "月份", "月度", "年份", "年度", "季度"),
    *("时间", "日期", "期间", "报告期", "计量单位", "指标单位", "序列"),
))  # fmt: skip
UNIT_COLUMNS: Final = frozenset(("计量单位", "指标单位"))

_ONE: Final = (
    "万?美元|元|人次|人|个百分点|百分点|个市|个县|个村|个|户次|户|家|件次|件|次|项|批次|亩|公里|千米|平方公里|平方米|立方米|米|㎡|m²"
    "|吨标准煤|吨|千克|公斤|千瓦时|千瓦|小时|分钟|天|日|周|月|年|名|支|处|套|台|辆|宗|笔|场次|场|期|份|篇|部|本|村|镇|所|条|张|座|栋"
    "|株|头|只|枚|对|组|类|种|级|届|倍|分|℃|%|％|‰"
)
UNIT: Final = re.compile(rf"(?:百|千|万|亿|百万|千万|万亿)?(?:{_ONE})|[百千万亿]|百万|千万|万亿")
ABOVE_UNIT: Final = re.compile("(?<![报制送主责任编])(?:计量|数据|金额)?单位[:：]\\s*(?P<unit>[^）)\\]】]+)")
BRACKETS: Final = re.compile(r"[（(\[【](?P<inside>[^（()）\[\]【】]*)[）)\]】]")

META: Final = re.compile(
    "[（(]?(?:填报|报送|编制|制表|主管|责任)?(?:单位|部门|机关|人|日期|时间)(?:（盖章）|\\(盖章\\)|盖章|名称)?[:：].*"
    "|[（(]?(?:计量|数据|金额)?单位[:：].*"
    "|(?:表号|制定机关|批准机关|批准文号|有效期至?|报告期别?|填报期别?|密级|联系人|联系电话|电话|审核人?|负责人|填表人|制表人?)[:：].*"
    "|(?:数据)?截[至止].*|附(?:件|表)[0-9一二三四五六七八九十]*[:：]?"
)
"""What stands above a table or below it beside its title: 填报单位：…, 单位：万元, 截至……"""
NOTE: Final = re.compile(
    "[（(]?(?:附?注|说明|备注|数据来源|资料来源|来源|口径|数据截|截[至止]|填表|填报|制表|审核|复核|负责人|联系|电话|单位负责人|统计)"
    "(?:[^数]|$).*|[*＊※†‡#①-⑳].*|[0-9]{1,2}[.．、)）](?![0-9]).*",
    re.DOTALL,
)
ENUMERATED: Final = re.compile("[（(]?[一二三四五六七八九十]+[、)）]|[【\\[]")
"""What stands between the rows of a table: 一、鲁中地区."""
TITLE: Final = re.compile(".*(?:表|情况|统计|台账|汇总|进展|清单|一览|明细)(?:[（(].*[）)])?", re.DOTALL)

_WHOLE: Final = "(?:全[省市县区国]|各市|本省|本市)?"
ROLES: Final[tuple[tuple[re.Pattern[str], RowRole], ...]] = (
    (re.compile(f"{_WHOLE}小计|分计"), "subtotal"),
    (re.compile(f"{_WHOLE}(?:合计|总计|共计|累计|总数|总和|汇总)|全[省市县区国]|合计数"), "total"),
    (re.compile(f"{_WHOLE}(?:平均|均值|平均值|平均数|平均水平)"), "mean"),
    (re.compile("其中[:：]?.*"), "of_which"),
)
"""What the label of a row that is no member says, without blanks."""
OF_WHICH: Final = re.compile("其中[:：、,，]?")

BASES: Final[tuple[tuple[re.Pattern[str], Literal["", "同比", "环比"]], ...]] = (
    (re.compile("同比|(?:[比较]|与)(?:上年|去年|[0-9]{4}年)(?:同期|同月)?(?:相?比)?"), "同比"),
    (re.compile("环比|(?:[比较]|与)(?:上月|上期|上季度?)(?:相?比)?"), "环比"),
)
CHANGE: Final = re.compile(
    "增长率|增长速度|增长|增减率|增减额|增减量|增减数|增减|增幅|增速|增加|变化率|变化|升降|涨跌|[±＋+][/／]?[-－]?(?=[%％]?$)|±"
)
TARGET: Final = re.compile(
    "(?:年度|全年|年初|本年)?(?:目标任务数?|目标值|目标数?|任务数|任务目标|任务量|任务|计划数|计划)"
)
RATE: Final = re.compile(".*(?:率|占比|比重|比例|进度|排名|位次|名次|名|指数|得分|%|％)")
"""What is measured in a unit of its own, whatever stands above the table."""


class Time(NamedTuple):
    """What words of a head say of time: `reach` 当月 or 累计, `back` how many years or months before the table's."""

    words: re.Pattern[str]
    reach: Literal["", "alone", "cumulative"]
    years: int = 0
    months: int = 0


_BEFORE: Final = "(?:上年|去年)"
TIMES: Final[tuple[Time, ...]] = (
    Time(re.compile(f"{_BEFORE}(?:同期)?累计|累计{_BEFORE}同期|{_BEFORE}同期累计"), "cumulative", years=1),
    Time(re.compile(f"{_BEFORE}(?:本月|当月|同月)|(?:本月|当月){_BEFORE}同期"), "alone", years=1),
    Time(re.compile(f"{_BEFORE}同期数?|同期数?$"), "", years=1),
    Time(re.compile("上月末?数?(?=$|[·（(])"), "alone", months=1),
    Time(
        re.compile(
            "(?:本年|年初以来|年内|今年以来|今年|自年初)?累计(?:数|值|完成)?|年初以来|今年以来|年初至今|本年至今"
        ),
        "cumulative",
    ),
    Time(re.compile("本月数?|当月数?|本期数?|当期数?|单月"), "alone"),
)
PERIOD: Final = re.compile(
    "(?:(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年度?)?(?:全年|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月?[-–—－~～至到]"
    "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月份?|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月份?(?:[0-9]{1,2}日)?|第?[1-4一二三四]季度"
    "|前[二三23]个?季度|上半年|下半年)|(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年度?|(?:20|19)[0-9]{2}[-./](?:1[0-2]|0?[1-9])(?![0-9])"
    "|(?:20|19)[0-9]{2}(?:0[1-9]|1[0-2])(?![0-9])|(?:20|19)[0-9]{2}(?![0-9.年])"
)
AS_OF: Final = re.compile("(?:数据|统计|情况)?截[至止]到?(?P<time>[^，。；,;）)、：:]+)")


def plain(text: str) -> str:
    """A title without line breaks and blanks between its characters."""
    return _BLANKS.sub("", fold(text))


def is_unit(text: str) -> bool:
    """Whether that is a unit that tables use, such as 万元, 个 or %."""
    return UNIT.fullmatch(text) is not None


def likely_number(text: str) -> bool:
    """Whether a text stands where a number is expected: 2700余, 近5亿元, ↑5.3%, 95/196, —."""
    return _NUMBER.match(text) is not None or text in _BLANK_MARKS


_BLANKS: Final = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_NUMBER: Final = re.compile(
    "(?:[-+−－＋(（↑↓]|近|约|超过?|逾|不足|不到|突破|同比|环比|增长|增加|上升|提高|下降|减少|回落|持平)*"
    "(?:[0-9０-９]|[一二三四五六七八九两十百]+[十百千万亿余多](?:[余多]|$)|[壹贰叁肆伍陆柒捌玖]|(?<=持平)$)"
)
_BLANK_MARKS: Final = frozenset(
    (
        "-",
        "--",
        "－",
        "–",
        "—",
        "——",
        "―",
        "─",
        "/",
        "／",
        "…",
        "……",
        "...",
        "无",
        "不适用",
        "N/A",
        "未报",
        "待报",
        "持平",
        "同上",
    )
)
