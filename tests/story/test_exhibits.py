"""What stands beside the text says no more than was reported."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.model import AsOf, Fact, FactKind, LedgerSpec, Mechanism, PlotlySpec, Source, Span, Status
from digest.data.period import parse_period
from digest.data.quantity import parse_quantity
from digest.data.shelf import Shelf
from digest.story.blocks import Caption, reads
from digest.story.charts import PlotlyChart
from digest.story.exhibits import (
    deadline_words,
    diagram,
    ledger,
    ledger_note,
    metric,
    own_chart,
    pair_metric,
    strip,
    targets,
)
from tests.data.books import sample_book

CAPTION = Caption("图1", "")


def fact(key: str, shown: str, kind: FactKind = "stock", label: str = "", status: Status = "reported") -> Fact:
    return Fact(
        id=key,
        program="p",
        metric=label or key,
        quantity=parse_quantity(shown),
        kind=kind,
        source=Source("d", shown),
        label=label,
        period=Span(text="目前"),
        as_of=AsOf("2023-12"),
        status=status,
        deadline="2024" if kind == "target" else "",
    )


TOTAL = fact("t", "196个", "ledger_total", "收集问题")
PART = fact("p", "95个", "ledger_part", "推进整改")
FACTS = {"t": TOTAL, "p": PART}
SPEC = LedgerSpec("t", ("p",))


def test_the_rest_of_a_ledger_is_computed_and_said_to_be_not_stated() -> None:
    block = ledger(SPEC, FACTS, CAPTION)
    assert [(part.label, part.display, part.stated) for part in block.parts] == [
        ("推进整改", "95个", True),
        ("未注明", "101个", False),
    ]
    assert block.parts[0].remark == "占48.5%（推算）"
    assert block.total == "收集问题196个"


def test_a_ledger_says_that_being_put_right_is_not_done() -> None:
    note = ledger_note(SPEC, FACTS)
    assert note.startswith("推进整改不等于完成整改。")
    assert "101个由196减95得出（推算）" in note


def test_a_ledger_that_is_fully_stated_has_no_rest() -> None:
    other = {**FACTS, "q": fact("q", "101个", "ledger_part", "已销号")}
    block = ledger(LedgerSpec("t", ("p", "q")), other, CAPTION)
    assert all(part.stated for part in block.parts)


def test_a_metric_keeps_qualifier_and_scale_in_the_figure_and_the_unit_apart() -> None:
    cell = metric(fact("a", "近5亿元", label="资金"))
    assert (cell.value, cell.unit, cell.label, cell.note) == ("近5亿", "元", "资金", "目前")


def test_part_and_whole_stand_in_one_cell_under_both_names() -> None:
    cell = pair_metric(PART, TOTAL)
    assert (cell.value, cell.unit, cell.label, cell.facts) == ("95/196", "个", "推进整改／收集问题", ("p", "t"))


def test_a_target_is_shown_as_set_and_not_as_reached() -> None:
    goal = fact("g", "55个", "target", "迁建社区", "planned")
    (row,) = targets([goal]).rows
    assert (row.deadline, reads(row.text), row.status) == ("2024年", "迁建社区55个", "目标已定、尚无进度")
    assert metric(goal).note == "目标已定、尚无进度"


def test_a_task_under_way_is_said_to_be_under_way() -> None:
    (row,) = targets([fact("g", "160项", "target", "重点任务", "in_progress")]).rows
    assert row.status == "正在推进、完成数未报"


@pytest.mark.parametrize(
    ("written", "printed"), [("2024", "2024年"), ("2024-03", "2024年3月"), ("年初", "年初"), ("", "")]
)
def test_deadlines_are_printed_in_words(written: str, printed: str) -> None:
    assert deadline_words(written) == printed


def test_a_mechanism_is_drawn_as_its_kind_asks() -> None:
    flow = Mechanism("f", "p", "流程", "workflow", ("甲", "乙"), Source("d", "甲、乙"))
    assert diagram([flow], CAPTION).rows[0].kind == "chain"
    four = Mechanism("s", "p", "“四同”工作机制", "parallel", ("甲", "乙"), Source("d", "甲、乙"), short="“四同”")
    assert diagram([four], CAPTION).rows[0].tab == "“四同”"


def test_a_figure_of_the_office_s_own_has_its_source_under_the_caption() -> None:
    figure = {"data": [{"y": [1]}]}
    chart = own_chart(PlotlySpec(figure, "各市进度", source="台账", alt="折线图。", facts=("t",)), "图2")
    assert chart.caption == Caption("图2", "各市进度", "来源：台账")
    assert chart.chart == PlotlyChart(figure, "折线图。")
    assert chart.facts == ("t",)


def test_a_figure_of_the_book_says_under_its_name_by_how_much_it_changed() -> None:
    (cell,) = strip(["slgj.villages"], Shelf(sample_book())).metrics
    assert cell.change == "同比增长39.0%"
    assert cell.facts == ("slgj.villages", "slgj.villages.yoy")
    (first,) = strip(["slgj.villages"], Shelf(replace(sample_book(), period=parse_period("2024-09")))).metrics
    assert (first.change, first.facts) == ("", ("slgj.villages",))
