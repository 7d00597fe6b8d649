"""What stands in documents besides a digest's exhibits: headings, contents, lists, notes, emphasis, page breaks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from digest.drawing import Group, Mark, Path, TextLine
from digest.errors import LayoutError
from digest.layout.emphasis import glyph_places
from digest.layout.glyphs import placed
from digest.layout.typefaces import typefaces
from digest.layout.typeset import typeset
from digest.story.blocks import (
    Contents,
    ContentsEntry,
    Heading,
    Masthead,
    Meta,
    PageBreak,
    Paragraph,
    Point,
    Points,
    Run,
    Story,
    Title,
    plain,
)
from digest.style import BRIEFING
from tests.layout.reading import flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.fonts import FontSet
    from digest.layout.page import Item, Page, Pages
    from digest.story.blocks import Block, Level
    from digest.style import Style

META = Meta("题", "", "", "2023-12")
EM, LINE = BRIEFING.body, BRIEFING.leading
FACES = typefaces(BRIEFING)
LEVELS: tuple[Level, ...] = (1, 2, 3, 4)


def laid(fonts: FontSet, *blocks: Block, style: Style = BRIEFING, running: str = "") -> Pages:
    return typeset(Story(META, blocks, running), style, fonts)[0]


def items_of(page: Page, *roles: str) -> list[Item]:
    return [item for item in page.items if item.role in roles]


def glyphs(item: Item, fonts: FontSet) -> Iterator[tuple[str, float, float]]:
    """Every glyph of an item with its origin."""
    for cluster, x, y, *_ in glyph_places(item.marks, fonts):
        yield cluster, x, y


def dots_of(marks: Sequence[Mark], dx: float = 0.0, dy: float = 0.0) -> Iterator[tuple[float, float]]:
    """Centres of filled circles."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from dots_of(mark.marks, dx + mark.transform[4], dy + mark.transform[5])
        elif isinstance(mark, Path) and mark.fill:
            xs = [segment[-2] for segment in mark.segments if segment[0] == "C"]
            ys = [segment[-1] for segment in mark.segments if segment[0] == "C"]
            yield dx + (max(xs) + min(xs)) / 2, dy + (max(ys) + min(ys)) / 2


def baseline_of(item: Item, fonts: FontSet) -> float:
    return next(y for _, _, y in glyphs(item, fonts))


def lines_of(count: int) -> Paragraph:
    """A paragraph of that many lines."""
    return Paragraph(plain("工" * (28 * count - 10)))


# --- headings -------------------------------------------------------------------------------------------


def test_headings_are_hei_kai_fang_and_fang_by_their_level(fonts: FontSet) -> None:
    for level, face in zip(LEVELS, ("hei", "kai", "fang", "fang"), strict=True):
        (page,) = laid(fonts, Heading("", "工作安排", "a", level), lines_of(2)).pages
        (item,) = items_of(page, "heading")
        line = next(mark for mark in flat(item.marks) if isinstance(mark, TextLine))
        assert {glyph.face for glyph in placed(line, fonts)} == {face}


def test_headings_nest_in_the_outline_by_their_level(fonts: FontSet) -> None:
    blocks = [Heading(f"{level}.", "题", f"h{level}", level) for level in LEVELS]
    outline = laid(fonts, *blocks, lines_of(1)).outline
    assert [(mark.title, mark.level) for mark in outline] == [("1.题", 0), ("2.题", 1), ("3.题", 2), ("4.题", 3)]


def test_a_heading_that_runs_in_begins_its_paragraph_and_stands_in_the_outline(fonts: FontSet) -> None:
    heading = Heading("1.", "摸清底数。", "h", 3)
    pages = laid(fonts, Paragraph(plain("全省共排查问题196个。"), heading=heading))
    (item,) = items_of(pages.pages[0], "paragraph")
    assert item.text == "1.摸清底数。全省共排查问题196个。"
    assert pages.outline[0].title == "1.摸清底数。"
    assert [anchor.name for anchor in pages.pages[0].anchors] == ["h"]


@pytest.mark.parametrize("above", range(14, 23))
@pytest.mark.parametrize("below", [1, 2, 3, 5])
@pytest.mark.parametrize("levels", [(1,), (1, 2), (2, 3, 4)])
def test_no_heading_is_left_at_the_foot_of_a_page(
    above: int, below: int, levels: tuple[Level, ...], fonts: FontSet
) -> None:
    headings = [Heading("", "题", f"h{level}", level) for level in levels]
    for page in laid(fonts, lines_of(above), *headings, lines_of(below)).pages:
        body = items_of(page, "heading", "paragraph")
        assert body[-1].role == "paragraph"


# --- title and contents ---------------------------------------------------------------------------------


def test_a_title_without_masthead_has_its_unit_above_and_subtitle_and_date_below(fonts: FontSet) -> None:
    title = Title("工作专报", unit="办公室", subtitle="（第2期）", date="2023年12月29日")
    (page,) = laid(fonts, title, lines_of(1)).pages
    opening = [item for item in page.items if item.role in ("unit", "title", "subtitle", "date")]
    assert [item.role for item in opening] == ["unit", "title", "subtitle", "date"]
    assert [item.y for item in opening] == sorted(item.y for item in opening)


def entries(count: int) -> tuple[ContentsEntry, ...]:
    return tuple(ContentsEntry(f"{n}.", "关于年度重点任务完成情况", f"h{n}") for n in range(1, count + 1))


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("count", [1, 7, 90])
def test_every_entry_of_the_contents_leads_to_its_page(columns: int, count: int, fonts: FontSet) -> None:
    contents = Contents("目　录", entries(count), 2 if columns == 2 else 1)
    headings = [Heading(f"{n}.", "关于年度重点任务完成情况", f"h{n}") for n in range(1, count + 1)]
    blocks = [block for heading in headings for block in (heading, lines_of(4))]
    pages = laid(fonts, contents, PageBreak(), *blocks).pages
    stands = {anchor.name: page.label for page in pages for anchor in page.anchors}
    said = {
        link.target: item.text.rsplit(" ", 1)[1]
        for page in pages
        for item, link in zip(items_of(page, "contents"), page.links, strict=True)
    }
    assert said == stands
    assert len(said) == count


def test_contents_in_one_column_stand_on_the_lines_of_the_page_with_leaders_and_flush_numbers(fonts: FontSet) -> None:
    headings = [Heading(f"{n}.", "题", f"h{n}") for n in range(1, 31)]
    pages = laid(fonts, Contents("目　录", entries(30), columns=1), PageBreak(), *headings, lines_of(1)).pages
    for page in pages[:2]:
        right = BRIEFING.left(page.number) + BRIEFING.measure
        listed = items_of(page, "contents")
        assert {round(b.y - a.y, 6) for a, b in pairwise(listed)} == {round(LINE, 6)}
        for item in listed:
            last = max(glyph_places(item.marks, fonts), key=lambda place: place[1])
            assert last[1] + last[3] == pytest.approx(right, abs=0.1)
            (leaders,) = (mark for mark in flat(item.marks) if isinstance(mark, Path))
            assert (leaders.dash[0], leaders.cap) == (0.0, "round")


@pytest.mark.parametrize("columns", [1, 2])
def test_a_long_entry_turns_under_its_text_and_clear_of_the_numbers(columns: int, fonts: FontSet) -> None:
    entry = ContentsEntry("一、", "关于进一步深入推进机关党建工作与中心业务工作深度融合高质量发展情况的报告", "h")
    contents = Contents("", (entry,), 2 if columns == 2 else 1)
    (page,) = laid(fonts, contents, Heading("一、", "题", "h"), lines_of(1)).pages
    first, *rest = items_of(page, "contents")
    assert rest
    assert "".join(item.text for item in (first, *rest)) == f"一、{entry.text} 1"
    text_x = next(x for cluster, x, _ in glyphs(first, fonts) if cluster == "关")
    assert [min(x for _, x, _ in glyphs(item, fonts)) for item in rest] == pytest.approx([text_x] * len(rest), abs=0.01)
    assert len({item.y for item in (first, *rest)}) == 1 + len(rest)


@pytest.mark.parametrize("blanks", ["　　", "  ", "　", "\u00a0 "])
def test_blanks_a_paragraph_was_indented_with_do_not_indent_it_twice(blanks: str, fonts: FontSet) -> None:
    texts = (Run(f"{blanks}文字", "body"),), (Run(blanks, "strong"), Run("文字", "body"))
    (page,) = laid(fonts, *(Paragraph(text) for text in texts)).pages
    for item in items_of(page, "paragraph"):
        assert item.text == "文字"
        first = min(x for _, x, _ in glyphs(item, fonts))
        assert first == pytest.approx(BRIEFING.left(1) + 2 * BRIEFING.body)


# --- lists ----------------------------------------------------------------------------------------------


def test_a_point_turns_under_the_first_character_of_its_text(fonts: FontSet) -> None:
    points = Points((Point("1.", plain("工" * 40)), Point("10.", plain("作" * 40))))
    (page,) = laid(fonts, points).pages
    starts = {x for item in items_of(page, "paragraph") for _, x, _ in list(glyphs(item, fonts))[:1]}
    assert max(starts) - min(starts) < 0.01
    marks = items_of(page, "point")
    assert [item.text for item in marks] == ["1.", "10."]
    assert {item.x for item in marks} == {BRIEFING.binding + 2 * EM}


@pytest.mark.parametrize("above", range(16, 23))
def test_no_page_parts_off_one_line_of_a_point(above: int, fonts: FontSet) -> None:
    points = Points(tuple(Point(f"{n}.", plain(word * 60)) for n, word in enumerate("甲乙丙丁", 1)))
    pages = laid(fonts, lines_of(above), points).pages
    for word in "甲乙丙丁":
        counts = [sum(word in item.text for item in items_of(page, "paragraph")) for page in pages]
        assert 1 not in counts


# --- emphasis dots --------------------------------------------------------------------------------------


def test_emphasis_dots_stand_under_the_middle_of_each_character_and_under_no_mark(fonts: FontSet) -> None:
    text = (Run("要"), Run("真抓、实干", "dots"), Run("。"))
    plain_page = laid(fonts, Paragraph(plain("要真抓、实干。"))).pages[0]
    (page,) = laid(fonts, Paragraph(text)).pages
    (item,), (bare,) = items_of(page, "paragraph"), items_of(plain_page, "paragraph")
    assert item.text == bare.text
    assert item.height == bare.height
    dots = list(dots_of(item.marks))
    stressed = [(x, y) for cluster, x, y in glyphs(item, fonts) if cluster in "真抓实干"]
    assert len(dots) == len(stressed) == 4
    for (middle, low), (x, y) in zip(dots, stressed, strict=True):
        assert middle == pytest.approx(x + EM / 2, abs=0.05)
        assert y + 0.12 * EM < low < y + LINE - 0.88 * EM


def test_emphasis_dots_follow_their_characters_over_the_lines(fonts: FontSet) -> None:
    text = (Run("工" * 20), Run("真" * 30, "dots"), Run("工" * 20 + "真"))
    (page,) = laid(fonts, Paragraph(text)).pages
    assert [len(list(dots_of(item.marks))) for item in items_of(page, "paragraph")] == [6, 24, 0]


# --- footnotes ------------------------------------------------------------------------------------------


def noted(mark: str, note: str) -> tuple[Run, ...]:
    return (Run("全年共办实事百件"), Run(mark, note=note), Run("。"))


def test_a_note_stands_at_the_foot_of_the_page_its_mark_is_on_with_the_same_mark(fonts: FontSet) -> None:
    pages = laid(fonts, lines_of(20), Paragraph(noted("①", "省统计局年报。")), lines_of(5)).pages
    page = next(page for page in pages if any("①" in item.text for item in items_of(page, "paragraph")))
    (note,) = items_of(page, "footnote")
    assert note.text == "①省统计局年报。"
    body = items_of(page, "paragraph")
    assert note.y > max(item.y + item.height for item in body) - 0.01
    assert note.y + note.height == pytest.approx(BRIEFING.top + BRIEFING.depth, abs=0.5)
    (link,) = [link for link in page.links if link.target.startswith("note:")]
    assert link.target in {anchor.name for anchor in page.anchors}


@pytest.mark.parametrize("above", range(12, 23))
def test_notes_never_stand_on_text_and_always_on_the_page_of_their_mark(above: int, fonts: FontSet) -> None:
    blocks = [Paragraph(noted(mark, f"{mark}来源：" + "统计局" * 40)) for mark in "①②③"]
    for page in laid(fonts, lines_of(above), *blocks, lines_of(9)).pages:
        marks = [mark for mark in "①②③" for item in items_of(page, "paragraph") if mark in item.text]
        notes = items_of(page, "footnote")
        assert [item.text[0] for item in notes if item.text[0] in "①②③"] == marks
        if notes:
            assert min(item.y for item in notes) > max(item.y + EM for item in items_of(page, "paragraph"))
            assert notes[-1].y + notes[-1].height <= BRIEFING.top + BRIEFING.depth + 0.5


def test_a_note_longer_than_a_page_is_an_error_with_its_text(fonts: FontSet) -> None:
    with pytest.raises(LayoutError, match="全年共办实事"):
        laid(fonts, Paragraph(noted("①", "统计局" * 2000)))


# --- pages ----------------------------------------------------------------------------------------------


def test_what_follows_a_page_break_begins_a_new_page_and_two_leave_an_empty_one(fonts: FontSet) -> None:
    pages = laid(fonts, lines_of(1), PageBreak(), lines_of(2), PageBreak(), PageBreak(), lines_of(3))
    assert [len(items_of(page, "paragraph")) for page in pages.pages] == [1, 2, 0, 3]


def test_a_running_head_stands_above_the_type_area_of_every_page(fonts: FontSet) -> None:
    pages = laid(fonts, lines_of(30), running="工作专报 · 2023年第2期").pages
    assert len(pages) == 2
    for page in pages:
        (item,) = items_of(page, "running-head")
        assert item.text == "工作专报 · 2023年第2期"
        assert item.y > 0
        assert item.y + item.height < BRIEFING.top


def test_the_running_head_is_not_said_again_under_a_masthead_that_says_it(fonts: FontSet) -> None:
    heads = [
        [len(items_of(page, "running-head")) for page in laid(fonts, *blocks, running="示例数据").pages]
        for blocks in (
            (Masthead("简报", "", "", "", "示例数据"), lines_of(30)),
            (Masthead("简报", "", "", "", "内部资料"), lines_of(30)),
        )
    ]
    assert heads == [[0, 1], [1, 1]]


def test_the_page_number_stands_outside_in_the_middle_or_nowhere_as_the_style_has_it(fonts: FontSet) -> None:
    middle = replace(BRIEFING, folio="centre")
    for page in laid(fonts, lines_of(30), style=middle).pages:
        (item,) = items_of(page, "folio")
        assert item.x + item.width / 2 == pytest.approx(middle.left(page.number) + middle.measure / 2)
    bare = laid(fonts, lines_of(1), style=replace(BRIEFING, folio="none")).pages[0]
    assert {item.role for item in bare.items} == {"paragraph"}


def test_a_style_of_points_sets_its_lines_at_its_leading_on_a_measure_of_no_whole_characters(fonts: FontSet) -> None:
    style = replace(BRIEFING, size=16.0, pitch=28.8, mirrored=False)
    (page,) = laid(fonts, lines_of(6), style=style).pages
    body = items_of(page, "paragraph")
    pitches = {round(baseline_of(b, fonts) - baseline_of(a, fonts), 6) for a, b in pairwise(body)}
    assert pitches == {28.8}
    assert {round(item.x + item.width - style.binding, 2) for item in body[:-1]} == {round(style.measure, 2)}
