"""Kinds with axes: lines, bars by category, bars with a line, rankings, waterfalls, slopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invented import CITIES, MONTHS, figure, series, share, value

from digest.data.quantity import parse_quantity
from digest.story.blocks import Heading
from digest.story.charts import (
    Bar,
    BarChart,
    BarPanel,
    BarsAndLine,
    Change,
    Dots,
    GroupedBars,
    Lines,
    Slope,
    Step,
    Waterfall,
)

if TYPE_CHECKING:
    from digest.story.blocks import Block

ZONES = tuple(f"{city}市新旧动能转换综合试验区（起步区）" for city in CITIES)
TWO_YEARS = tuple(f"{year}年{month}月" for year in (2022, 2023) for month in range(1, 13))
FAMILIES = "137家 95家 92家 238家 177家 199家 241家 109家 88家 200家 177家 207家 91家 173家 94家 183家"
MODELS = "43家 77家 35家 75家 51家 23家 29家 39家 21家 88家 44家 50家 33家 44家 60家 67家"


def blocks() -> tuple[Block, ...]:
    """Headings and charts; numbers are given later."""
    return (*_bars(), *_lines(), *_grouped(), *_bars_line(), *_dots(), *_waterfall(), *_slope())


def _bars() -> tuple[Block, ...]:
    def panel(title: str, unit: str, **bars: str) -> BarPanel:
        return BarPanel(title, unit, tuple(Bar(name, parse_quantity(said), said, "") for name, said in bars.items()))

    made = panel("产出（自2017年起累计）", "个", 培育新型经营主体="2700余家", 实施增收项目="2000多个")
    stands = panel("规模（目前）", "个", 联建村="169个", 部门单位="137个", 所在县市区="近65个")
    money = panel("", "万元", 财政投入="12000万元", 社会捐赠="约820万元", 村级自筹="0万元")
    return (
        Heading("", "条形图", ""),
        figure("两组单位不同的数", BarChart((made, stands))),
        figure("相差很大和为零的数（单位：万元）", BarChart((money,))),
    )


def _lines() -> tuple[Block, ...]:
    new = series("新增", "8个 14个 21个 26个 23个 19个 16个 12个 9个 7个")
    solved = series("销号", "0个 2个 6个 11个 16个 19个 21个 18个 15个 12个")
    this = series("2023年", "510场 329场 636场 719场 681场 430场 596场 831场 369场 743场 495场 618场")
    last = series("2022年", "486场 281场 759场 726场 564场 625场 624场 640场 354场 583场 760场 421场", "earlier")
    visits = series("走访", "30余户 42户 近60户 55户 - 70多户 约80户 88户 91户 - - -")
    aim = series("目标", "40户 40户 50户 50户 60户 60户 70户 70户 80户 80户 90户 100户", "target")
    rate = series("全省平均", "96.1% 96.3% 96.2% 96.9% 97.0% 97.3% 97.2% 97.7% 97.9% 98.0% 98.1% 98.2%")
    four = tuple(
        series(name, " ".join(f"{(i * (n + 1) * 7919) % 97 * 100 + (n + 1) * 8000}人次" for i in range(24)))
        for n, name in enumerate(("济南", "青岛", "淄博高新技术产业开发区", "枣庄"))
    )
    return (
        Heading("", "折线图", ""),
        figure("各月新增与销号问题数", Lines(MONTHS[2:], (new, solved), "个")),
        figure("活动场次与上年同期", Lines(MONTHS, (this, last), "场")),
        figure("约数、未报和目标", Lines(MONTHS, (visits, aim), "户")),
        figure("数相近时纵轴不从零起", Lines(MONTHS, (rate,), "%")),
        figure("四条线、二十四个月", Lines(TWO_YEARS, four, "人次")),
        figure("只有一个月", Lines(("2023年12月",), (series("落实资金", "近5亿元"),), "亿元")),
    )


def _grouped() -> tuple[Block, ...]:
    quarters = ("一季度", "二季度", "三季度", "四季度")
    programs = ("双联共建", "双报到", "五为服务", "党建链动")
    families, models = series("培育新型经营主体", FAMILIES), series("其中：省级示范", MODELS)
    now = series("今年", "30余个 近60个 约80个 -")
    before = series("去年", "22个 41个 0个 71个", "earlier")
    aim = series("目标", "40个 55个 75个 100个", "target")
    done, doing, rest = (
        series("已办结", "120件 80件 95件 60件"),
        series("办理中", "40件 30余件 25件 44件"),
        series("未办", "30件 29件 20件 25件"),
    )
    return (
        Heading("", "柱形图", ""),
        figure("十六市一项", GroupedBars(CITIES, (families,), "家")),
        figure("十六市两项，数写在柱上", GroupedBars(CITIES, (families, models), "家")),
        figure("约数、未报、零和目标", GroupedBars(quarters, (now, before), "个", targets=aim)),
        figure(
            "十六市四项，数写在柱下",
            GroupedBars(
                CITIES,
                (families, models, series("合作社", MODELS), series("家庭农场", FAMILIES.replace("88家", "-"))),
                "家",
            ),
        ),
        figure("堆叠，有一部分是约数", GroupedBars(programs, (done, doing, rest), "件", "stacked")),
        figure("占比", GroupedBars(programs, (done, doing, rest), "件", "shares")),
        figure("净增有正有负", GroupedBars(quarters, (series("净增", "-33人 20人 -5人 0人"),), "人")),
        figure("名称太长就横放", GroupedBars(ZONES[:8], (
            series("新增", "30余个 42个 近60个 55个 - 12个 约8个 0个"),
            series("销号", "12个 0个 31个 44个 25个 9个 7个 1个"),
        ), "个")),
    )  # fmt: skip


def _bars_line() -> tuple[Block, ...]:
    projects = series("项目数", "51个 32个 63个 71个 68个 43个 59个 83个 36个 74个 49个 61个")
    finished = series("完成率", "62.1% 66% 70.5% 72% 71.8% 75% 78.9% 80% 83% 88% 91% 95.5%")
    years = tuple(f"{year}年" for year in range(2017, 2024))
    funds = series("资金", "1.2亿元 1.5亿元 近2亿元 2亿余元 - 约3亿元 4.1亿元")
    paid = series("到位率", "- 80% 超85% 90% 91% - 98%")
    return (
        Heading("", "柱线图", ""),
        figure("各月项目数和完成率", BarsAndLine(MONTHS, projects, finished, "个", "%")),
        figure("约数和未报", BarsAndLine(years, funds, paid, "亿元", "%")),
    )


def _dots() -> tuple[Block, ...]:
    rates = tuple(share(city, f"{91.2 + (i * 37) % 17 / 2:.1f}%") for i, city in enumerate(CITIES))
    poor = ("30余个", "近60个", "约44个", "0个", "-", "43个")
    return (
        Heading("", "点图", ""),
        figure("各市覆盖率，突出一市", Dots(rates, "%", share("全省平均", "95.1%"), ("青岛",))),
        figure(
            "约数、未报和长名称",
            Dots(tuple(map(share, (ZONES[0], *CITIES[1:6]), poor)), "个", share("平均", "40个")),
        ),
    )


def _waterfall() -> tuple[Block, ...]:
    def step(label: str, text: str) -> Step:
        return Step(label, value(text[1:]), "+" if text[0] == "+" else "-")

    money = (
        step("省级拨款", "+2600万元"),
        step("市县配套", "+1800万元"),
        step("社会捐赠", "+420万元"),
        step("项目支出", "-5200万元"),
        step("培训支出", "-900万元"),
    )
    return (
        Heading("", "瀑布图", ""),
        figure("资金收支", Waterfall(share("年初结转", "4100万元"), money, share("年末结余", "2820万元"), "万元")),
        figure(
            "有约数时，级差用虚线",
            Waterfall(
                share("期初", "101个"),
                (step("新增", "+30余个"), step("销号", "-近80个")),
                share("期末", "约60个"),
                "个",
            ),
        ),
        figure(
            "有一步未报，后面由期末倒推",
            Waterfall(
                share("期初", "101个"),
                (
                    step("一季度新增", "+30个"),
                    step("二季度新增", "+-"),
                    step("三季度销号", "-50个"),
                    step("四季度销号", "-0个"),
                ),
                share("期末", "96个"),
                "个",
            ),
        ),
    )


def _slope() -> tuple[Block, ...]:
    programs = (
        Change("双联共建", value("81.2%"), value("92.5%"), stressed=True),
        Change("双报到", value("85%"), value("88.1%")),
        Change("五为志愿服务", value("84.6%"), value("83.9%")),
        Change("党建链动", value("79%"), value("-")),
    )
    cities = tuple(
        Change(city, value(f"{60 + (i * 7) % 23}个"), value(f"{60 + (i * 11) % 37}个"), stressed=city == "青岛")
        for i, city in enumerate(CITIES)
    )
    return (
        Heading("", "斜率图", ""),
        figure("四项工作的满意率", Slope("2022年", "2023年", programs, "%")),
        figure("十六市", Slope("2022年", "2023年", cities, "个")),
    )
