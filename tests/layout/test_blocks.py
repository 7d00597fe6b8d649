"""What the blocks of a digest look like when they are set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from digest.drawing import Path
from digest.layout.bars import draw_coverage, draw_ledger, draw_targets
from digest.layout.diagrams import draw_diagram
from digest.layout.strips import draw_strip
from digest.layout.trace import trace
from digest.layout.typefaces import typefaces
from digest.layout.typeset import typeset
from digest.story.blocks import (
    Block,
    Caption,
    Chart,
    Column,
    Contents,
    ContentsEntry,
    Coverage,
    Diagram,
    DiagramRow,
    Heading,
    Ledger,
    LedgerPart,
    Meta,
    Metric,
    MetricStrip,
    Paragraph,
    Run,
    Story,
    Table,
    TableRow,
    Target,
    Targets,
    plain,
)
from digest.story.charts import BarChart
from digest.style import BRIEFING
from tests.layout.reading import flat, words

if TYPE_CHECKING:
    from digest.fonts import FontSet

FACES = typefaces(BRIEFING)
CAPTION = Caption("图1", "说明")
META = Meta("题", "", "", "2023-12")


def text_of(fonts: FontSet, *blocks: Block) -> str:
    pages, _ = typeset(Story(META, blocks), BRIEFING, fonts)
    return trace(pages)


def test_a_strip_keeps_the_qualifier_with_the_figure(fonts: FontSet) -> None:
    strip = MetricStrip((Metric("2700余", "家", "经营主体", "累计", ("a",)), Metric("近5亿", "元", "资金", "", ("b",))))
    art = draw_strip(strip, FACES, BRIEFING, fonts)
    assert words(art.marks) == "2700余家经营主体累计近5亿元资金"
    assert art.mentions == ("a", "b")
    assert [link.target for link in art.links] == ["row:a", "row:b"]


def test_the_ledger_bar_is_divided_in_the_ratio_of_its_parts(fonts: FontSet) -> None:
    parts = (LedgerPart("推进整改", "95个", 95.0, stated=True), LedgerPart("未注明", "101个", 101.0, stated=False))
    art = draw_ledger(Ledger(parts, "收集问题196个", CAPTION), FACES, BRIEFING, fonts)
    solid = next(mark for mark in flat(art.marks) if isinstance(mark, Path) and mark.fill)
    xs = [segment[1] for segment in solid.segments if segment[0] == "L"]
    assert max(xs) == pytest.approx(BRIEFING.measure * 95 / 196)
    assert "完成" not in words(art.marks)


def test_coverage_fills_the_covered_and_frames_the_others(fonts: FontSet) -> None:
    art = draw_coverage(Coverage((("济南", True), ("青岛", False), ("淄博", True)), CAPTION), FACES, BRIEFING, fonts)
    paths = [mark for mark in flat(art.marks) if isinstance(mark, Path)]
    assert [bool(path.fill) for path in paths] == [True, False, True]
    assert paths[1].dash


def test_a_target_has_a_hollow_mark_its_deadline_and_where_it_stands(fonts: FontSet) -> None:
    targets = Targets((Target("2024年", (Run("覆盖"), Run("55个", fact="t"), Run("社区")), "目标已定、尚无进度"),))
    art = draw_targets(targets, FACES, BRIEFING, fonts)
    rings = [mark for mark in flat(art.marks) if isinstance(mark, Path) and len(mark.segments) == 6]
    assert len(rings) == 1
    assert rings[0].fill is None
    assert words(art.marks) == "2024年覆盖55个社区目标已定、尚无进度"


@pytest.mark.parametrize("kind", ["parallel", "chain", "cycle", "hierarchy", "checklist"])
@pytest.mark.parametrize("tab", ["", "四同"])
def test_every_mechanism_prints_all_its_items_inside_the_measure(kind: str, tab: str, fonts: FontSet) -> None:
    items = ("方案同定", "工作同步", "为需要心理疏导和情感慰藉群体", "成效同评", "为社会公共需要服务")
    row = DiagramRow(kind, tab, items)  # type: ignore[arg-type]
    art = draw_diagram(Diagram((row,), CAPTION), FACES, BRIEFING, fonts)
    assert sorted(words(art.marks)) == sorted("".join(items) + tab)
    for mark in flat(art.marks):
        if isinstance(mark, Path):
            xs = [value for segment in mark.segments for value in segment[1::2]]
            assert min(xs) >= -0.01
            assert max(xs) <= BRIEFING.measure + 0.01


def test_pairs_answer_a_question_beside_each_head(fonts: FontSet) -> None:
    art = draw_diagram(
        Diagram((DiagramRow("pairs", "", ("计划书→抓什么", "责任人→谁来抓")),), CAPTION), FACES, BRIEFING, fonts
    )
    assert words(art.marks) == "计划书→抓什么责任人→谁来抓"


def test_a_number_and_its_unit_stay_on_one_line_in_a_narrow_cell(fonts: FontSet) -> None:
    table = Table((Column("数据", 60.0), Column("备注")), (TableRow((plain("资金共4.1亿元"), plain("—"))),), CAPTION)
    assert "4.1亿元" in text_of(fonts, table)


def test_contents_and_annex_print_the_pages_their_targets_stand_on(fonts: FontSet) -> None:
    filler = Paragraph(plain("工作" * 14 * 21))
    contents = Contents("本期要目", (ContentsEntry("一、", "甲", "s:1"), ContentsEntry("二、", "乙", "s:2")))
    cited = Paragraph((Run("有"), Run("3个", fact="f"), Run("村")))
    row = TableRow((plain("3个"), (Run("", pages_of="fact:f"),)), anchor="row:f")
    table = Table((Column("数据"), Column("页")), (row,), Caption("附表", ""), anchor="annex")
    shown = text_of(
        fonts, contents, Heading("一、", "甲", "s:1"), cited, filler, Heading("二、", "乙", "s:2"), cited, table
    )
    assert "|一、甲 1|" in shown
    assert "|二、乙 2|" in shown
    assert "|3个　1、2|" in shown
    assert "一、甲 -> 1" in shown


def test_a_table_over_pages_says_that_it_is_continued(fonts: FontSet) -> None:
    rows = tuple(TableRow((plain(str(n)), plain("事项"))) for n in range(60))
    shown = text_of(fonts, Table((Column("序号", 40.0), Column("事项")), rows, Caption("表1", "事项一览")))
    assert shown.count("table-head") == 2
    assert "|续表1　事项一览|" in shown


def test_text_from_data_is_set_as_it_is_written(fonts: FontSet) -> None:
    hostile = "A<B且C>D，R&D投入，</para>，{{x}}，%s，&lt;"
    assert hostile in text_of(fonts, Paragraph(plain(hostile))).replace("|", "").replace("\n", "") or all(
        piece in text_of(fonts, Paragraph(plain(hostile)))
        for piece in ("A<B且C>D", "R&D", "</para>", "{{x}}", "%s", "&lt;")
    )


def test_a_chart_nobody_drew_is_an_error_of_programming(fonts: FontSet) -> None:
    with pytest.raises(TypeError, match="illustrate"):
        typeset(Story(META, (Chart(BarChart(()), CAPTION),)), BRIEFING, fonts)


def test_a_larger_measure_is_another_style_and_not_another_program(fonts: FontSet) -> None:
    wide = replace(BRIEFING, measure=BRIEFING.measure + 20, characters=29)
    pages, _ = typeset(Story(META, (Paragraph(plain("工作" * 60)),)), wide, fonts)
    assert pages.pages[0].items[1].width == pytest.approx(wide.measure, abs=0.5)
