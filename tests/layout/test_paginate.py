"""How the galley is cut into pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import LayoutError
from digest.layout.galley import Row, Slab
from digest.layout.page import Bookmark, Item, Pages
from digest.layout.paginate import paginate, place
from digest.layout.turning import turned
from digest.story.blocks import Meta
from digest.style import BRIEFING

if TYPE_CHECKING:
    from digest.fonts import FontSet

META = Meta("题", "", "", "2023-12")
LINE = BRIEFING.leading


def row(text: str, height: float = LINE, mentions: tuple[str, ...] = ()) -> Row:
    return Row(height, (Item(0.0, 0.0, 100.0, height, "line", text, ()),), mentions=mentions)


def paragraph(name: str, count: int) -> Slab:
    return Slab(tuple(row(f"{name}{n}") for n in range(1, count + 1)), "paragraph")


def heading(name: str) -> Slab:
    return Slab((row(name),), "heading", whole=True, keep_next=True, before=LINE, bookmark=Bookmark(name, name))


def picture(name: str, lines: float) -> Slab:
    return Slab((row(name, lines * LINE),), "chart", whole=True, floats=True)


def laid(fonts: FontSet, *slabs: Slab) -> Pages:
    return place(paginate(slabs, BRIEFING), META, BRIEFING, fonts)


def cut(fonts: FontSet, *slabs: Slab) -> list[list[str]]:
    pages = laid(fonts, *slabs).pages
    return [[item.text for item in page.items if item.text and item.role != "folio"] for page in pages]


def test_a_page_holds_twenty_two_lines(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 30))
    assert [len(page) for page in pages] == [22, 8]


def test_no_paragraph_leaves_one_line_alone_at_the_foot_or_the_top(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 21), paragraph("b", 5))
    assert pages[0][-1] == "a21"
    assert pages[1][0] == "b1"
    pages = cut(fonts, paragraph("a", 18), paragraph("b", 5))
    assert pages[0][-1] == "b3"
    assert pages[1] == ["b4", "b5"]


def test_a_heading_goes_with_the_first_two_lines_of_what_follows(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 18), heading("一"), paragraph("b", 4))
    assert pages[0][-1] == "b2"
    pages = cut(fonts, paragraph("a", 19), heading("一"), paragraph("b", 4))
    assert pages[0][-1] == "a19"
    assert pages[1][:2] == ["一", "b1"]


def test_white_above_a_heading_vanishes_at_the_top_of_a_page(fonts: FontSet) -> None:
    second = laid(fonts, paragraph("a", 22), heading("一"), paragraph("b", 4)).pages[1].items
    assert second[0].text == "一"
    assert second[0].y == pytest.approx(BRIEFING.top - (LINE - BRIEFING.body) / 2)


def test_text_flows_up_past_a_picture_that_does_not_fit(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 18), picture("图", 8), paragraph("b", 6))
    assert pages == [[f"a{n}" for n in range(1, 19)] + ["b1", "b2", "b3", "b4"], ["图", "b5", "b6"]]


def test_pictures_keep_their_order_even_if_a_later_one_would_fit(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 18), picture("图1", 8), picture("图2", 2), paragraph("b", 4))
    assert pages[1][:2] == ["图1", "图2"]


def test_a_picture_does_not_pass_the_next_section_when_little_of_the_page_is_left(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 16), picture("图", 8), heading("一"), paragraph("b", 9))
    assert pages[1][0] == "图"
    assert "一" in pages[1]


def table(name: str, count: int) -> Slab:
    return Slab(tuple(row(f"{name}{n}") for n in range(1, count + 1)), "table")


def test_a_table_passes_a_picture_where_much_of_the_page_would_stay_empty(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 6), picture("图", 18), table("b", 20), paragraph("c", 2))
    assert pages[0] == [f"a{n}" for n in range(1, 7)] + [f"b{n}" for n in range(1, 17)]
    assert pages[1] == [f"b{n}" for n in range(17, 21)] + ["图"]  # under the table, before what comes after it
    assert pages[2] == ["c1", "c2"]


def test_a_table_passes_no_picture_where_little_of_the_page_is_left_and_no_picture_twice(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 16), picture("图", 8), table("b", 9))
    assert pages[1][:2] == ["图", "b1"]
    pages = cut(fonts, paragraph("a", 2), picture("图", 22), table("b", 9), table("c", 6))
    assert pages == [
        [*(f"a{n}" for n in range(1, 3)), *(f"b{n}" for n in range(1, 10))],
        ["图"],
        [f"c{n}" for n in range(1, 7)],
    ]


def test_a_table_passes_what_still_waits_below_a_picture_that_went_before_it(fonts: FontSet) -> None:
    pages = cut(fonts, paragraph("a", 18), picture("图1", 8), picture("图2", 18), table("b", 6), paragraph("c", 2))
    assert pages[1] == ["图1", *(f"b{n}" for n in range(1, 7)), "c1", "c2"]
    assert pages[2] == ["图2"]


def test_a_table_repeats_its_head_and_closes_every_page(fonts: FontSet) -> None:
    table = Slab(
        tuple(row(f"r{n}") for n in range(40)),
        "table",
        first=4,
        head=(row("续表"), row("表头")),
        tail=(row("线", 1.0),),
    )
    pages = cut(fonts, table)
    assert pages[0][-1] == "线"
    assert pages[1][:2] == ["续表", "表头"]
    assert [text for page in pages for text in page if text.startswith("r")] == [f"r{n}" for n in range(40)]


def test_a_group_row_never_ends_a_page(fonts: FontSet) -> None:
    rows = [row(f"r{n}") for n in range(30)]
    rows[20] = Row(LINE, rows[20].items, sticks=True)
    pages = cut(fonts, Slab(tuple(rows), "table", tail=(row("线", 1.0),)))
    assert pages[0][-2:] == ["r19", "线"]


def test_the_colophon_stands_on_the_last_line_of_the_last_page(fonts: FontSet) -> None:
    foot = Slab((row("报", 3 * LINE),), "colophon", whole=True, at_foot=True)
    item = next(item for item in laid(fonts, paragraph("a", 5), foot).pages[0].items if item.text == "报")
    bottom = BRIEFING.top - (LINE - BRIEFING.body) / 2 + BRIEFING.lines * LINE
    assert item.y + item.height == pytest.approx(bottom)


def test_what_is_taller_than_a_page_is_an_error_with_its_text(fonts: FontSet) -> None:
    with pytest.raises(LayoutError, match="太高的图"):
        cut(fonts, picture("太高的图", 23))


def test_pages_of_every_mention_are_known_and_the_first_gets_an_anchor(fonts: FontSet) -> None:
    slab = Slab(
        (row("x", LINE, ("fact:a",)), *(row(f"f{n}") for n in range(25)), row("y", LINE, ("fact:a",))), "paragraph"
    )
    assert paginate((slab,), BRIEFING).where["fact:a"] == (1, 2)
    anchors = [[anchor.name for anchor in page.anchors] for page in laid(fonts, slab).pages]
    assert anchors == [["fact:a"], []]


def test_odd_pages_stand_at_the_binding_and_even_ones_mirror_them(fonts: FontSet) -> None:
    pages = laid(fonts, paragraph("a", 30))
    first, second = (page.items[0].x for page in pages.pages)
    assert first == pytest.approx(BRIEFING.binding)
    assert second == pytest.approx(BRIEFING.page_width - BRIEFING.binding - BRIEFING.measure)
    odd, even = (next(item for item in page.items if item.role == "folio") for page in pages.pages)
    assert odd.x + odd.width == pytest.approx(first + BRIEFING.measure - BRIEFING.body)
    assert even.x == pytest.approx(second + BRIEFING.body)


# --- whatever comes in whatever order ------------------------------------------------------------------

KINDS = st.one_of(
    st.tuples(st.just("paragraph"), st.integers(1, 50)),
    st.tuples(st.just("noted"), st.integers(1, 8)),
    st.tuples(st.just("heading"), st.integers(1, 2)),
    st.tuples(st.just("picture"), st.integers(1, 21)),
    st.tuples(st.just("turned"), st.integers(1, 40)),
    st.tuples(st.just("break"), st.just(0)),
)


def slab_of(kind: str, lines: int, name: str) -> Slab:
    match kind:
        case "paragraph":
            return paragraph(name, lines)
        case "noted":
            rows = tuple(row(f"{name}{n}")._replace(feet=(row(f"{name}n{n}", 20.0),)) for n in range(1, lines + 1))
            return Slab(rows, "paragraph")
        case "heading":
            return replace(heading(name), rows=tuple(row(f"{name}h{n}") for n in range(lines)))
        case "picture":
            return picture(f"{name}p", lines)
        case "turned":
            return Slab(tuple(row(f"{name}t{n}t") for n in range(lines)), "table", turned=True)
        case _:
            return Slab((), "page-break", turns=True)


@given(st.lists(KINDS, max_size=25))
def test_nothing_is_lost_doubled_or_laid_over_something_else(kinds: list[tuple[str, int]]) -> None:
    slabs = tuple(slab_of(kind, lines, f"{n}:") for n, (kind, lines) in enumerate(kinds))
    pages = paginate(slabs, BRIEFING).pages
    shown = [item.text for page in pages for placed in page.rows for item in placed.row.items if item.text]
    given_rows = [one for slab in slabs for one in slab.rows]
    expected = [
        item.text for one in (*given_rows, *(foot for one in given_rows for foot in one.feet)) for item in one.items
    ]
    assert sorted(shown) == sorted(expected)
    flowing = [text for text in shown if "n" not in text and text[-1] not in "pt"]
    texts = [slab for slab in slabs if not slab.floats and not slab.turned]
    assert flowing == [item.text for slab in texts for one in slab.rows for item in one.items]
    for waits in "pt":
        assert [text for text in shown if text.endswith(waits)] == [text for text in expected if text.endswith(waits)]
    for page in pages:
        y = 0.0
        for placed in page.rows:
            assert placed.y >= y - 0.01
            y = placed.y + placed.row.height
        assert y <= (turned(BRIEFING) if page.turned else BRIEFING).lines * LINE + 0.01
        ends = {placed.row.items[0].text[-1:] for placed in page.rows}
        assert page.turned == ("t" in ends)
        assert not page.turned or all("t" in text or "h" in text for text in (p.row.items[0].text for p in page.rows))


def nothing_could_follow(slabs: tuple[Slab, ...], last: int) -> bool:
    """Whether that heading stands before a break or the end, or in a chain that no page holds with what follows it."""
    first, following = last, last + 1
    while first and slabs[first - 1].keep_next:
        first -= 1
    while following < len(slabs) and (slabs[following].keep_next or slabs[following].turned):
        following += 1
    if following == len(slabs) or slabs[following].turns:
        return True
    chain = [slab for slab in slabs[first:following] if not slab.turned]
    need = sum(slab.before + slab.height for slab in chain) - slabs[first].before
    start = slabs[following].rows[: slabs[following].start]
    return need + sum(one.height + sum(foot.height for foot in one.feet) for one in start) > (BRIEFING.lines - 1) * LINE


@given(st.lists(KINDS, max_size=25))
def test_no_line_of_a_paragraph_is_alone_and_no_heading_ends_a_page(kinds: list[tuple[str, int]]) -> None:
    slabs = tuple(slab_of(kind, lines, f"{n}:") for n, (kind, lines) in enumerate(kinds))
    for page in paginate(slabs, BRIEFING).pages:
        texts = [placed.row.items[0].text for placed in page.rows if placed.row.items[0].text]
        body = [text for text in texts if "n" not in text]
        for n, slab in enumerate(slabs):
            if slab.role == "paragraph" and len(slab.rows) > 1:
                assert sum(text.startswith(f"{n}:") for text in body) != 1
        if body and "h" in body[-1]:
            last = int(body[-1].split(":")[0])
            assert nothing_could_follow(slabs, last)
