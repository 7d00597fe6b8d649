"""Tables of the Chinese kind: heads, merged cells, sums, figures on their points, widths, pages and panels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.drawing import GlyphRun, Group, Mark, Path, TextLine
from digest.layout import table_cells
from digest.layout.glyphs import placed
from digest.layout.lines import set_line, set_lines
from digest.layout.phrases import cut
from digest.layout.table_cells import Digits
from digest.layout.table_columns import Need, Ruler, share
from digest.layout.table_figures import before_point
from digest.layout.table_head import corner_height
from digest.layout.table_places import place_head
from digest.layout.tables import set_table
from digest.layout.turning import turned
from digest.layout.typefaces import typefaces
from digest.layout.typeset import typeset
from digest.story.blocks import Caption, Column, HeadCell, Meta, Paragraph, Story, Table, TableRow, plain
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.fonts import FontSet
    from digest.layout.galley import Slab
    from digest.layout.page import Item, Pages

FACES = typefaces(BRIEFING)
CAPTION = Caption("表1", "一览")
TWO_LEVELS = (
    (HeadCell("指标", down=2, corner="地区"), HeadCell("资金", across=2), HeadCell("合计", down=2)),
    (HeadCell("省级"), HeadCell("市县级")),
)


def row(*cells: str, sums: str = "", group: bool = False) -> TableRow:
    return TableRow(tuple(map(plain, cells)), group=group, sums=sums)  # type: ignore[arg-type]


def table_of(columns: Sequence[Column], *rows: TableRow) -> Table:
    return Table(tuple(columns), rows, CAPTION)


def slab_of(table: Table, fonts: FontSet) -> Slab:
    return set_table(table, FACES, BRIEFING, fonts, {})


def pages_of(table: Table, fonts: FontSet) -> Pages:
    pages, _ = typeset(Story(Meta("题", "", "", "2023-12"), (table,)), BRIEFING, fonts)
    return pages


def items(pages: Pages, role: str) -> list[list[Item]]:
    """Items of that role, page by page."""
    return [[item for item in page.items if item.role == role] for page in pages.pages]


def moved(marks: Sequence[Mark], dx: float = 0.0, dy: float = 0.0) -> Iterator[tuple[Mark, float, float]]:
    """Every line of text and path with what it was moved by."""
    for mark in marks:
        if isinstance(mark, Group):
            *_, x, y = mark.transform
            yield from moved(mark.marks, dx + x, dy + y)
        else:
            yield mark, dx, dy


def text_of(mark: TextLine | GlyphRun) -> str:
    return mark.text if isinstance(mark, TextLine) else "".join(mark.clusters)


def glyphs(mark: TextLine | GlyphRun, fonts: FontSet) -> list[tuple[str, float, float]]:
    """Clusters of a line with their left and right edges, from its start."""
    if isinstance(mark, GlyphRun):
        mark = TextLine(mark.x, mark.y, mark.size, (str(mark.clusters),), str(mark.clusters), mark.face)
    found = placed(mark._replace(x=0.0), fonts)
    return [(glyph.reads, x, x + advance) for glyph, _, x, advance, _ in found]


def lines(item: Item, fonts: FontSet) -> list[tuple[str, float, float, float]]:
    """Text, left, right and baseline of every line of an item."""
    found = []
    for mark, dx, dy in moved(item.marks):
        if isinstance(mark, TextLine | GlyphRun):
            x = mark.x + dx
            right = max((end for _, _, end in glyphs(mark, fonts)), default=0.0)
            found.append((text_of(mark), x, x + right, mark.y + dy))
    return found


def rules(item: Item) -> list[tuple[float, float, float, float, float]]:
    """x0, y0, x1, y1 and width of every straight line of an item."""
    found = []
    for mark, dx, dy in moved(item.marks):
        if isinstance(mark, Path) and len(mark.segments) == 2:
            (x0, y0), (x1, y1) = (segment[1:3] for segment in mark.segments if segment[0] != "Z")
            found.append((x0 + dx, y0 + dy, x1 + dx, y1 + dy, mark.width))
    return found


def point_of(text: str, item: Item, fonts: FontSet) -> float:
    """Where the digits before the point of a figure end."""
    for mark, dx, _ in moved(item.marks):
        if isinstance(mark, TextLine | GlyphRun) and text_of(mark) == text:
            return mark.x + dx + glyphs(mark, fonts)[before_point(text) - 1][2]
    raise AssertionError(text)


# --- heads ------------------------------------------------------------------------------------------


def test_the_titles_of_the_columns_are_the_head_where_no_other_is_given(fonts: FontSet) -> None:
    slab = slab_of(table_of((Column("事项"), Column("时限")), row("甲", "乙")), fonts)
    assert slab.rows[1].items[0].text == "事项　时限"
    assert slab.rows[1].height == 20.0


def test_a_group_of_columns_has_its_name_in_their_middle_and_a_rule_under_it(fonts: FontSet) -> None:
    columns = (Column(""), *(Column("", align="decimal") for _ in range(3)))
    table = replace(table_of(columns, row("济南市", "1", "2", "3")), head=TWO_LEVELS)
    head = slab_of(table, fonts).rows[1].items[0]
    shown = {text: (left, right, base) for text, left, right, base in lines(head, fonts)}
    (under,) = [found for found in rules(head) if found[4] == 0.4 and found[1] == found[3]]
    assert sum(shown["资金"][:2]) == pytest.approx(under[0] + under[2], abs=0.01)
    assert under[0] < shown["省级"][0]
    assert shown["市县级"][1] < under[2]
    assert shown["资金"][2] < under[1] < shown["省级"][2]


def test_both_names_of_a_corner_stand_clear_of_its_line(fonts: FontSet) -> None:
    columns = (Column(""), *(Column("", align="decimal") for _ in range(3)))
    for title, corner in (("指标", "地区"), ("考核指标名称", "市"), ("月", "责任单位")):
        head = ((HeadCell(title, down=2, corner=corner), *TWO_LEVELS[0][1:]), TWO_LEVELS[1])
        item = slab_of(replace(table_of(columns, row("济南市", "1", "2", "3")), head=head), fonts).rows[1].items[0]
        ((x0, y0, x1, y1, _),) = [found for found in rules(item) if found[0] != found[2] and found[1] != found[3]]
        shown = {text: (left, right, base) for text, left, right, base in lines(item, fonts)}

        def slanted(x: float, x0: float = x0, y0: float = y0, x1: float = x1, y1: float = y1) -> float:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)

        size = FACES.cell_head.size
        assert shown[title][2] + 0.12 * size < slanted(shown[title][0])
        assert shown[corner][2] - 0.88 * size > slanted(shown[corner][1])


def test_a_corner_with_longer_names_is_higher() -> None:
    heights = [corner_height(100.0, width, 20.0, 10.0, 4.0) for width in (20.0, 40.0, 60.0)]
    assert heights == sorted(heights)


@pytest.mark.parametrize(
    "head",
    [
        ((HeadCell("甲"),),),
        ((HeadCell("甲", across=3),),),
        ((HeadCell("甲", down=2), HeadCell("乙")),),
        ((HeadCell("甲", across=0), HeadCell("乙", across=2)),),
        ((HeadCell("甲"), HeadCell("乙"), HeadCell("丙")),),
    ],
)
def test_a_head_that_does_not_fit_its_columns_is_refused(head: tuple[tuple[HeadCell, ...], ...]) -> None:
    with pytest.raises(ValueError, match="head"):
        place_head(replace(table_of((Column(""), Column(""))), head=head))


def test_no_table_has_upright_lines_unless_it_asks_for_them(fonts: FontSet) -> None:
    columns = (Column(""), *(Column("", align="decimal") for _ in range(3)))
    table = replace(table_of(columns, row("济南市", "1", "2", "3")), head=TWO_LEVELS)
    for uprights, count in ((False, 0), (True, 2)):
        rows = slab_of(replace(table, uprights=uprights), fonts).rows
        for printed in rows[1:3]:
            assert sum(x0 == x1 for x0, _, x1, _, _ in rules(printed.items[0])) == count


def test_the_rules_are_one_point_half_a_point_and_one_point(fonts: FontSet) -> None:
    slab = slab_of(table_of((Column("甲"), Column("乙")), row("一", "二")), fonts)
    assert [found[4] for found in rules(slab.rows[1].items[0])] == [1.0, 0.5]
    assert [found[4] for found in rules(slab.rows[-1].items[0])] == [1.0]
    assert not rules(slab.rows[2].items[0])


def test_what_figures_are_counted_in_stands_at_the_right_above_the_first_rule(fonts: FontSet) -> None:
    table = replace(table_of((Column("甲"), Column("乙")), row("一", "二")), unit="万元")
    caption = slab_of(table, fonts).rows[0]
    assert [item.text for item in caption.items] == ["表1　一览", "单位：万元"]
    ((_, _, right, base),) = lines(caption.items[1], fonts)
    assert right == pytest.approx(BRIEFING.measure, abs=0.01)
    assert base < caption.height


# --- figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("12", 2),
        ("-3.5%", 2),
        ("近1,204.25", 6),
        ("1.3万余件", 1),
        ("2700余家", 4),
        ("0.8①", 1),
        ("￥500", 4),
        ("—", -1),
        ("未注明", -1),
        ("60%—70%", -1),
        ("2023-12", -1),
        ("", -1),
    ],
)
def test_a_figure_has_one_numeral_with_signs_words_and_marks_around_it(text: str, before: int) -> None:
    assert before_point(text) == before


def test_points_stand_one_under_another_and_qualifiers_hang_outside(fonts: FontSet) -> None:
    figures = ("12", "-3.5%", "近1,204.25", "1.3万余", "0.8①")
    rows = [row(str(n), figure) for n, figure in enumerate(figures)]
    slab = slab_of(table_of((Column("序号"), Column("数据", align="decimal")), *rows), fonts)
    points = [point_of(text, slab.rows[2 + n].items[0], fonts) for n, text in enumerate(figures)]
    assert points == pytest.approx([points[0]] * len(points), abs=0.01)


@given(st.from_regex(r"[0-9][0-9.,]{0,12}%?", fullmatch=True), st.sampled_from(["cell", "cell_digits", "small"]))
def test_figures_are_set_by_their_digits_as_any_line_is(fonts: FontSet, figure: str, kind: str) -> None:
    face = getattr(FACES, kind)
    line, same = Digits(fonts).line(plain(figure), face), set_line(figure, face, fonts)
    assert line is not None
    assert line.text == same.text
    assert line.width == pytest.approx(same.width)
    (mark,), (other,) = line.marks, same.marks
    assert isinstance(mark, GlyphRun)
    assert isinstance(other, TextLine)
    assert [edge for glyph in glyphs(mark, fonts) for edge in glyph[1:]] == pytest.approx(
        [edge for glyph in glyphs(other, fonts) for edge in glyph[1:]]
    )


def test_a_column_is_as_wide_whichever_digits_stand_in_it(fonts: FontSet) -> None:
    ruler, face = Ruler(fonts), FACES.cell
    needs = [ruler.need([(plain(text), face)]) for text in ("共111万余人次", "共957万余人次", "共888万余人次")]
    assert needs[0] == needs[1] == needs[2]
    assert needs[0].natural >= max(ruler.width(plain(f"共{digit * 3}万余人次"), face) for digit in "0123456789")


def test_what_is_no_figure_stands_in_the_middle_of_its_column(fonts: FontSet) -> None:
    rows = [row("甲", "—"), row("乙", "1234")]
    slab = slab_of(table_of((Column("市"), Column("数据", 100.0, align="decimal")), *rows), fonts)
    shown = {text: (left + right) / 2 for n in (2, 3) for text, left, right, _ in lines(slab.rows[n].items[0], fonts)}
    assert shown["—"] == pytest.approx(shown["1234"], abs=0.01)


# --- widths -----------------------------------------------------------------------------------------


def test_a_given_width_is_kept(fonts: FontSet) -> None:
    slab = slab_of(table_of((Column("甲", 123.0), Column("乙")), row("一", "二")), fonts)
    shown = {text: left for text, left, _, _ in lines(slab.rows[1].items[0], fonts)}
    assert shown["乙"] == pytest.approx(123.0 + 4.0)


def test_a_column_is_widened_before_a_number_leaves_its_unit(fonts: FontSet) -> None:
    slab = slab_of(table_of((Column("数", 20.0), Column("乙")), row("共4.1亿元", "二")), fonts)
    assert "4.1亿元" in [text for text, *_ in lines(slab.rows[2].items[0], fonts)]


def test_what_is_left_over_goes_to_the_open_columns_in_equal_shares() -> None:
    needs = [Need(20.0, 40.0), Need(20.0, 60.0), Need(20.0, 20.0)]
    widths = share([0.0, 0.0, 50.0], needs, [], 300.0)
    assert sum(widths) == pytest.approx(300.0)
    assert widths[1] - widths[0] == pytest.approx(60.0 - 40.0 + 2.0)  # ... and padding of 8 beside 6
    assert widths[2] == 50.0


def test_a_table_that_need_not_span_is_as_wide_as_its_cells_and_stands_in_the_middle(fonts: FontSet) -> None:
    table = replace(table_of((Column("年份"), Column("件数")), row("2023", "12")), span=False)
    head = slab_of(table, fonts).rows[1].items[0]
    assert head.width < BRIEFING.measure / 3
    assert head.x + head.width / 2 == pytest.approx(BRIEFING.measure / 2)


def test_slack_goes_where_it_saves_lines() -> None:
    long, short = Need(40.0, 600.0), Need(40.0, 80.0)
    widths = share([0.0, 0.0], [long, short], [[600.0, 80.0]] * 3, 300.0)
    assert sum(widths) == pytest.approx(300.0)
    assert widths[0] > widths[1]


@given(
    needs=st.lists(st.tuples(st.floats(5, 150), st.floats(0, 900)), min_size=1, max_size=8),
    room=st.floats(50, 800),
)
def test_widths_never_exceed_the_room(needs: list[tuple[float, float]], room: float) -> None:
    wanted = [Need(least, least + more) for least, more in needs]
    rows = [[need.natural for need in wanted], [need.least for need in wanted]]
    assert sum(share([0.0] * len(wanted), wanted, rows, room)) <= room + 0.01


# --- rows -------------------------------------------------------------------------------------------


def test_equal_cells_are_set_once(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(text, *rest, **options):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN002, ANN003, ANN202
        asked.append("".join(run.text for run in text))
        return set_lines(text, *rest, **options)

    monkeypatch.setattr(table_cells, "set_lines", counted)
    rows = (row("济南市", f"{n % 2}个") for n in range(40))
    slab = slab_of(table_of((Column("甲"), Column("乙")), *rows), fonts)
    assert not asked  # all of them fit: no page was made, so nothing was set
    assert [item.text for printed in slab.rows[2:-1] for item in printed.items] == ["济南市　0个", "济南市　1个"] * 20
    assert sorted(asked) == ["0个", "1个", "济南市"]


def test_sums_are_set_off_by_hairlines(fonts: FontSet) -> None:
    rows = (row("济南市", "1"), row("小计", "1", sums="subtotal"), row("青岛市", "2"), row("合计", "3", sums="total"))
    slab = slab_of(table_of((Column("地区"), Column("数", align="decimal")), *rows), fonts)
    widths = [[found[4] for found in rules(printed.items[0])] for printed in slab.rows[2:6]]
    assert widths == [[], [0.4], [0.4], [0.5]]


@pytest.mark.parametrize("count", range(28, 36))
def test_a_sum_never_begins_a_page(fonts: FontSet, count: int) -> None:
    rows = (*(row("济南市", str(n)) for n in range(count)), row("合计", "9", sums="total"))
    pages = pages_of(table_of((Column("地区"), Column("数", align="decimal")), *rows), fonts)
    for printed in items(pages, "table-row"):
        assert not printed[0].text.startswith("合计")


def test_a_form_is_filled_with_blank_rows_before_its_sums(fonts: FontSet) -> None:
    rows = (row("双联共建", "1"), row("合计", "1", sums="total"))
    table = replace(table_of((Column("项目"), Column("数")), *rows), min_rows=5)
    printed = slab_of(table, fonts).rows[2:-1]
    assert [found.items[0].text.strip("　") for found in printed] == ["双联共建　1", "", "", "", "合计　1"]
    assert all(rules(found.items[0]) for found in printed[1:])


def test_equal_cells_of_a_merged_column_stand_once_in_the_middle_of_their_rows(fonts: FontSet) -> None:
    rows = (*(row("济南市", f"第{n}项") for n in range(3)), row("青岛市", "其他"))
    pages = pages_of(table_of((Column("地区", merge=True), Column("事项")), *rows), fonts)
    ((label,),) = items(pages, "table-label")
    printed = items(pages, "table-row")[0]
    assert label.text == "济南市"
    assert label.y + label.height / 2 == pytest.approx((printed[0].y + printed[2].y + printed[2].height) / 2)
    assert [found.text for found in printed] == ["第0项", "第1项", "第2项", "青岛市　其他"]
    assert [found[:1] for found in rules(printed[3])] == [(printed[3].x,)]


def test_an_inner_merged_cell_ends_where_the_outer_one_does(fonts: FontSet) -> None:
    rows = (row("济南市", "区", "1"), row("济南市", "区", "2"), row("青岛市", "区", "3"), row("青岛市", "区", "4"))
    columns = (Column("市", merge=True), Column("县区", merge=True), Column("数"))
    ((*labels,),) = items(pages_of(table_of(columns, *rows), fonts), "table-label")
    assert [label.text for label in labels] == ["济南市", "区", "青岛市", "区"]


def test_a_merged_cell_that_a_page_parts_says_that_it_goes_on(fonts: FontSet) -> None:
    rows = tuple(row("济南市", f"第{n}项") for n in range(80))
    pages = pages_of(table_of((Column("地区", merge=True), Column("事项")), *rows), fonts)
    shown = items(pages, "table-label")
    assert [[label.text for label in page] for page in shown] == [["济南市"], ["济南市（续）"], ["济南市（续）"]]
    for label, printed in zip(shown, items(pages, "table-row"), strict=True):
        middle = (printed[0].y + printed[-1].y + printed[-1].height) / 2
        assert label[0].y + label[0].height / 2 == pytest.approx(middle)


def test_a_row_higher_than_a_page_is_parted_between_lines(fonts: FontSet) -> None:
    text = "落实到位资金4.1亿元，" * 300
    pages = pages_of(table_of((Column("序号", 40.0), Column("措施")), row("1", text), row("2", "完")), fonts)
    printed = items(pages, "table-row")
    assert len(printed) > 2
    assert "".join(item.text for page in printed for item in page) == f"1　{text}2　完"
    bottom = BRIEFING.top + BRIEFING.lines * BRIEFING.leading
    assert all(item.y + item.height < bottom for page in printed for item in page)
    assert [len(page) for page in items(pages, "table-head")] == [1] * len(printed)


@pytest.mark.parametrize("share_of_page", [0.2, 0.3, 0.4, 0.55, 0.9])
def test_rows_of_any_height_find_a_page(fonts: FontSet, share_of_page: float) -> None:
    count = int(share_of_page * BRIEFING.lines * BRIEFING.leading / FACES.cell.leading)
    column = int((BRIEFING.measure - 60) / FACES.cell.size)
    rows = tuple(row(str(n), "工" * column * count) for n in range(7))
    pages = pages_of(table_of((Column("序号", 40.0), Column("措施")), *rows), fonts)
    assert sum(item.text.count("工") for page in items(pages, "table-row") for item in page) == 7 * column * count


@pytest.mark.parametrize("before", range(12, 20))
def test_a_table_no_higher_than_a_third_of_a_page_is_not_parted(fonts: FontSet, before: int) -> None:
    table = table_of((Column("甲"), Column("乙")), *(row("一", str(n)) for n in range(8)))
    story = Story(Meta("题", "", "", "2023-12"), (Paragraph(plain("工" * 28 * before)), table))
    pages, _ = typeset(story, BRIEFING, fonts)
    assert sorted(len(page) for page in items(pages, "table-row") if page) == [8]


def test_further_lines_of_a_note_hang_on_its_first_word(fonts: FontSet) -> None:
    table = replace(table_of((Column("甲"),), row("一")), notes=("注：" + "数据由各市报送，" * 12, "来源不详" * 30))
    notes = [item for item in slab_of(table, fonts).rows[-1].items if item.role == "note"]
    assert [note.x for note in notes] == pytest.approx([0.0, 18.0, 0.0, 0.0, 0.0], abs=0.01)


# --- panels -----------------------------------------------------------------------------------------


def wide() -> Table:
    head = (
        (HeadCell("年份", down=2, corner="地区"), *(HeadCell(f"20{n}年", across=3) for n in range(18, 24))),
        tuple(HeadCell(name) for _ in range(6) for name in ("收入", "支出", "结余")),
    )
    columns = (Column(""), *(Column("", align="decimal") for _ in range(18)))
    rows = tuple(row(f"{name}市", *(f"{n}1,{n}34.5" for n in range(10, 28))) for name in ("济南", "青岛", "淄博"))
    return replace(table_of(columns, *rows), head=head, notes=("注：示例。",), wide="panels")


def test_a_table_too_wide_goes_on_below_with_its_key_column_again(fonts: FontSet) -> None:
    pages = pages_of(wide(), fonts)
    captions = [item.text for page in items(pages, "table-caption") for item in page]
    assert captions == ["表1　一览", "续表1　一览", "续表1　一览"]
    printed = [item.text for page in items(pages, "table-row") for item in page]
    assert [text.split("　")[0] for text in printed] == ["济南市", "青岛市", "淄博市"] * 3
    assert [figure for text in printed[::3] for figure in text.split("　")[1:]] == [
        f"{n}1,{n}34.5" for n in range(10, 28)
    ]
    assert len([item for page in items(pages, "note") for item in page]) == 1


def test_columns_under_one_head_stay_together_in_a_panel(fonts: FontSet) -> None:
    heads = [item.text for page in items(pages_of(wide(), fonts), "table-head") for item in page]
    assert [[word for word in head.split("　") if word.startswith("20")] for head in heads] == [
        ["2018年", "2019年"],
        ["2020年", "2021年"],
        ["2022年", "2023年"],
    ]


def test_the_columns_a_table_names_as_keys_stand_in_every_panel(fonts: FontSet) -> None:
    columns = (Column("序号", key=True), Column("市", key=True), *(Column(f"第{n}列") for n in range(12)))
    rows = tuple(row(str(n), "济南市", *["12,345,678元"] * 12) for n in range(2))
    table = replace(table_of(columns, *rows), wide="panels")
    heads = [item.text for page in items(pages_of(table, fonts), "table-head") for item in page]
    assert len(heads) > 1
    assert all(head.startswith("序号　市　") for head in heads)


# --- every table ------------------------------------------------------------------------------------

WORDS = st.text("推进模范机关建设，。“”（）济南青岛、", max_size=30)
FIGURES = st.sampled_from(["—", "4.1亿元", "近5亿元", "2700余家", "-12.5%", "1,234.56", "0.8①", "169万余人次", ""])
CELLS = st.one_of(WORDS, FIGURES, st.tuples(WORDS, FIGURES).map("".join))
COLUMNS = st.builds(
    Column,
    title=st.sampled_from(["", "数据", "较上年同期增长情况"]),
    width=st.sampled_from([0.0, 0.0, 60.0]),
    align=st.sampled_from(["left", "right", "center", "decimal"]),
    digits=st.booleans(),
    merge=st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(COLUMNS, min_size=1, max_size=12))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=12))
    return replace(table_of(columns, *(row(*cells) for cells in rows)), span=draw(st.booleans()))


LONGEST_PIECE = 12


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables())
def test_no_text_is_lost_no_mark_leaves_the_measure_and_numbers_keep_their_units(table: Table, fonts: FontSet) -> None:
    slab = slab_of(table, fonts)
    measure = turned(BRIEFING).measure if slab.turned else BRIEFING.measure
    slabs = (slab, *slab.then)
    shown = [item for part in slabs for printed in part.rows for item in printed.items]
    labels = [span.label for part in slabs for printed in part.rows for span in printed.spans]
    for item in (*shown, *labels):
        for text, left, right, _ in lines(item, fonts):
            assert left > -0.51 * FACES.caption.size, text  # an opening mark at the left edge gives its white half
            assert right < measure + 0.51 * FACES.caption.size, text
        for x0, _, x1, _, _ in rules(item):
            assert min(x0, x1) > -0.01
            assert max(x0, x1) < measure + 0.01
    read = "".join(text for item in (*shown, *labels) for text, *_ in lines(item, fonts))
    set_once = [text for item in (*shown, *labels) for text, *_ in lines(item, fonts)]
    for printed in table.rows:
        for column, cell in zip(table.columns, printed.cells, strict=True):
            assert isinstance(cell, tuple)
            words = "".join(run.text for run in cell)
            # only a run of marks that no column has room for is parted, and what an asked width is too small for
            pieces = [piece.rstrip() for piece in cut(words) if len(piece) <= LONGEST_PIECE and not column.width]
            assert all(any(piece in line for line in set_once) for piece in pieces), words
            assert not words or words in read
