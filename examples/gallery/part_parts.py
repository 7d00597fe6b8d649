"""The kinds that show parts, progress and places: normal, extreme and poor data of each, all invented (示例数据)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from invented import CITIES, MONTHS, figure, series, share, shares, value

from digest.story.blocks import (
    Caption,
    Column,
    Coverage,
    Heading,
    Ledger,
    LedgerPart,
    PageBreak,
    Paragraph,
    Sparkline,
    Table,
    TableRow,
    plain,
)
from digest.story.charts import Bullet, Bullets, Donut, Funnel, HeatMap, Series, SmallMultiples, TileMap, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.blocks import Block, Chart
    from digest.story.charts import AnyChart, Role

QUARTERS: Final = ("一季度", "二季度", "三季度", "四季度")


def blocks() -> tuple[Block, ...]:
    """Headings, short paragraphs and charts in reading order."""
    return tuple(_all())


def _all() -> Iterator[Block]:
    yield PageBreak()
    for section in (_progress, _cells, _rings, _small, _places, _stages):
        yield from section()
        yield PageBreak()
    yield from _rosters()


# --- what the examples are written in --------------------------------------------------------------------


def _bullet(label: str, reached: str, target: str, deadline: str = "") -> Bullet:
    return Bullet(label, value(reached), value(target), deadline)


def _series(name: str, text: str, unit: str, role: Role = "actual") -> Series:
    """Numbers between blanks; `-` where nobody reported."""
    return series(name, " ".join(number if number == "-" else f"{number}{unit}" for number in text.split()), role)


def _show(chart: AnyChart, words: str, note: str = "") -> Chart:
    return figure(words, chart, note)


def _heading(number: str, text: str) -> Heading:
    return Heading(number, text, f"parts-{number}")


def _say(text: str) -> Paragraph:
    return Paragraph(plain(text))


# --- the kinds -------------------------------------------------------------------------------------------


def _progress() -> Iterator[Block]:
    yield _heading("一、", "进度图")
    yield _say("每一行的底条都到目标为止，竖虚线是时间走到的地方：条没有过线，就是慢于时序。没有报进度的，只画空框。")
    usual = (
        _bullet("命名示范集体", "120个", "150个", "2024年初"),
        _bullet("迁建社区全覆盖", "", "55个", "2024年"),
        _bullet("培育新型经营主体", "2700余家", "3000家", "2024年底"),
        _bullet("落实帮扶资金", "近5亿元", "6亿元", "2024年底"),
        _bullet("走访困难群众", "1.3万户", "1.2万户", "2024年6月底"),
    )
    yield _show(Bullets(usual, Fraction(7, 12), "时序进度58.3%"), "年度目标完成进度")
    hard = (
        _bullet("一项名称特别长、要折行才放得下的重点工作任务（含县市区）", "1200多个", "300个", "2025年底前"),
        _bullet("刚刚开始的工作", "0个", "40个以上", "2025年底"),
        _bullet("超过目标的工作", "3.5亿元", "3亿元", "2025年"),
        _bullet("报送中的工作", "下月报送", "300个", "2025年第三季度"),
    )
    yield _show(Bullets(hard), "远超目标、刚起步和未报的进度", "超过目标两倍的条断开画，不压缩其他各行。")


def _cells() -> Iterator[Block]:
    yield _heading("二、", "热力图")
    yield _say("各市逐月的数写在格里，颜色分四档，黑白打印也分得清；没有报来的月份画斜线，不当作零。")
    rows = []
    for i, city in enumerate(CITIES):
        months = [f"{(i * 7 + j * j * 3 + (i * j) % 11) % 58}件" for j in range(12)]
        if city == "枣庄":
            months[5] = months[6] = "未报"
        if city == "威海":
            months[11] = "未报"
        if city == "淄博":
            months[3] = "30余件"
        if city == "烟台":
            months[8] = "近40件"
        rows.append(tuple(value(words) for words in months))
    yield _show(HeatMap(CITIES, MONTHS, tuple(rows), "件"), "各市逐月办理件数")
    wide = (
        tuple(value(words) for words in ("1.3亿余元", "2.1亿元", "未报", "8.6亿元")),
        tuple(value(words) for words in ("0元", "7800万元", "近2.5亿元", "暂无数据")),
    )
    yield _show(HeatMap(("落实到位资金（含社会捐助）", "协调贷款"), QUARTERS, wide, "元"), "大数与缺报")


def _rings() -> Iterator[Block]:
    yield _heading("三、", "环形图")
    yield _say("占比都标明“推算”；去向不明的部分画斜线。")
    ledger = shares(("推进整改", "95个"), ("已经销号", "61个"), ("正在核实", "28个"), ("转交有关部门", "12个"))
    yield _show(Donut(ledger, value("196个"), "收集问题"), "问题办理情况")
    loose = shares(("省直部门单位", "近100个"), ("市直部门单位", "60余个"), ("县直部门单位", ""))
    yield _show(Donut(loose, value("200余个"), "参与单位"), "有约数、有未报的构成")
    many = shares(
        ("理论学习", "10次"), ("名称很长、要折行才放得下的一类主题党日活动", "1次"), ("志愿服务", "1次"),
        ("结对共建", "1次"), ("走访慰问", "2次"), ("现场观摩", "3次"),
    )  # fmt: skip
    yield _show(Donut(many, value("全部活动")), "六个部分，悬殊很大")


def _small() -> Iterator[Block]:
    yield _heading("四、", "小图组")
    yield _say("同一件事按市分开画，坐标都一样，可以横着比。右上角是最近一期的数；叉号是未报，线在那里断开。")
    lines = [" ".join(map(str, _walk(i))) for i in range(len(CITIES))]
    lines[3] = "26 25 18 26 26 - 17 - 26 33 30 34"
    lines[9] = "41 41 51 48 53 53 48 47 近50 60 56 -"
    lines[2] = "13 13 13 24 26 19 29 30 33 40 38 34余"
    lines[14] = "0 0 0 0 7 5 2 6 5 0 1 0"
    cities = tuple(_series(city, line, "件") for city, line in zip(CITIES, lines, strict=True))
    yield _show(SmallMultiples(MONTHS, cities, "件"), "各市逐月新增问题")
    bars = (
        _series("走访慰问困难群众和老党员（含离退休）", "1.3万余 2.1万 近1.9万 -", "户"),
        _series("结对帮扶", "0 1200 - 9000", "户"),
        _series("结对帮扶", "900 1500 - 7000余", "户", "earlier"),
        _series("上门服务", "6200 7100 8800 1.2万", "户"),
        _series("上门服务", "5100 近8000 8100 9700", "户", "earlier"),
    )
    yield _show(SmallMultiples(QUARTERS, bars, "户", "bar"), "三项工作各季度户数，两项与上年同期比")


def _walk(seed: int) -> Iterator[int]:
    """Twelve numbers that go up and down, the same every time."""
    number, state = 12 + seed * 3, seed * 7919 + 13
    for _ in range(12):
        state = (state * 1103515245 + 12345) % 2**31
        number = max(0, number + state // 65536 % 21 - 9)
        yield number


def _places() -> Iterator[Block]:
    yield _heading("五、", "方块地图")
    yield _say("每市一格，位置大致按地图，面积不分大小，小市也看得清。没有报来的市画斜线。")
    counts = (23, 0, 14, 8, 11, 19, 21, 17, 12, 6, 5, 47, 13, 9, 10, 32)
    words = {city: f"{count}个" for city, count in zip(CITIES, counts, strict=True)} | {"菏泽": "30余个"}
    given = tuple(share(city, words[city]) for city in CITIES if city != "青岛")
    yield _show(TileMap(given, "个"), "各市共建项目数", "青岛未报；“30余个”按30个分档。")
    county = (("", "甲县", "乙县"), ("丙区", "丁区", ""), ("", "戊区", "己市"))
    own = shares(("甲县", "1820万元"), ("丙区", "960万元"), ("丁区", "3100万元"), ("己市", "近2000万元"))
    yield _show(TileMap(own, "万元", county), "自己排的格子：一个市的各县（市、区）")


def _stages() -> Iterator[Block]:
    yield _heading("六、", "漏斗图")
    yield _say("从征集到办结，逐级减少。后一级多于前一级的，说明口径不一，不画，提示核对。")
    told = shares(
        ("征集意见建议", "1286件"), ("部门认领", "960余件"), ("制定措施", "近700件"), ("办结", "412件"),
        ("群众评价满意", "398件"),
    )  # fmt: skip
    yield _show(Funnel(told, "件"), "意见建议办理过程")
    poor = shares(("征集", "300个"), ("名称很长、要折行才放得下的一级", "未报"), ("办结", "120个"), ("销号", "0个"))
    yield _show(Funnel(poor, "个"), "有一级未报，有一级是零")


def _rosters() -> Iterator[Block]:
    yield _heading("七、", "名册与台账")
    yield _say("名册写明谁在内、谁不在；台账把去向不明的部分留在图上。")
    members = tuple((city, city != "青岛") for city in CITIES)
    yield Coverage(members, Caption("", "共建覆盖的设区市（15个市已覆盖，除青岛外）"))
    few = (("甲县", True), ("乙县", False), ("丙区", True), ("名称较长的开发区", False))
    yield Coverage(few, Caption("", "只有四个成员的名册"))
    yield Ledger(
        (
            LedgerPart("推进整改", "95个", 95, stated=True, remark="占48.5%（推算）"),
            LedgerPart("未注明", "101个", 101, stated=False),
        ),
        "收集问题 196个",
        Caption("", "问题台账构成（单位：个）", "推进整改不等于完成整改；101个由196减95得出（推算）。"),
    )
    yield Ledger(
        (
            LedgerPart("已经销号", "150个", 150, stated=True),
            LedgerPart("推进整改", "42个", 42, stated=True),
            LedgerPart("未注明", "4个", 4, stated=False),
        ),
        "收集问题 196个",
        Caption("", "三部分、最后一部分很小的台账（单位：个）"),
    )
    yield _heading("八、", "表中迷你图")
    yield Table(
        (
            Column("市"),
            Column("全年逐月办理件数"),
            Column("逐月增减"),
            Column("十二月", align="right", digits=True),
        ),
        tuple(_spark_row(number, city) for number, city in enumerate(CITIES[:8])),
        Caption("", "各市逐月办理情况（单位：件）"),
        small=True,
    )


def _spark_row(number: int, city: str) -> TableRow:
    """A year as a line, one month of it missing for one city, its changes as bars, and the last number."""
    counts = list(_walk(number))
    months = [Value() if (city, month) == ("淄博", 6) else value(f"{count}件") for month, count in enumerate(counts)]
    changes = [value(f"{later - former}件") for former, later in pairwise(counts)]
    line, bars = Sparkline(tuple(months), extremes=True), Sparkline(tuple(changes), "bars", zero=True)
    return TableRow((plain(city), line, bars, plain(str(counts[-1]))))
