"""Wide tables on turned pages: where they stand on the sheet, what waits for them, and that nothing of them is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.layout.overlay import overlay
from digest.layout.trace import trace
from digest.layout.turning import turned
from digest.layout.typeset import typeset
from digest.story.blocks import (
    Caption,
    Column,
    Heading,
    Meta,
    PageBreak,
    Paragraph,
    Story,
    Table,
    TableRow,
    plain,
)
from digest.style import BRIEFING, Style

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.page import Item, Pages
    from digest.story.blocks import Block, Wide

TEXT = Paragraph(plain("工" * 28 * 6))
SECTION = Heading("一、", "收支", "h1")
NEXT = Heading("二、", "其他", "h2")


def figure(r: int, c: int) -> str:
    """A figure of its own for every cell; no line parts it."""
    return f"{10_000_000 + 1_000 * r + c:,}"


def wide(columns: int, rows: int, how: Wide = "auto", name: str = "收支") -> Table:
    titles = (Column("地区"), *(Column(f"第{n}项") for n in range(1, columns)))
    cells = (TableRow(tuple(plain(figure(r, c)) for c in range(columns))) for r in range(rows))
    return Table(titles, tuple(cells), Caption("表1", name), anchor=name, wide=how)


def laid(fonts: FontSet, *blocks: Block, style: Style = BRIEFING) -> Pages:
    pages, _ = typeset(Story(Meta("题", "", "", "2023-12"), blocks, running="专报"), style, fonts)
    return pages


def kinds(pages: Pages) -> list[str]:
    """What stands on every page, turned ones in brackets."""
    found = []
    for page in pages.pages:
        roles = dict.fromkeys(item.role.split("-")[0] for item in page.items if item.text)
        told = " ".join(role for role in roles if role not in ("running", "folio"))
        found.append(f"[{told}]" if page.turned else told)
    return found


def cells(pages: Pages) -> list[list[str]]:
    return [item.text.split("　") for page in pages.pages for item in page.items if item.role == "table-row"]


def test_a_table_that_fits_the_measure_stands_upright(fonts: FontSet) -> None:
    assert kinds(laid(fonts, TEXT, wide(4, 3))) == ["paragraph table"]


def test_a_table_too_wide_stands_on_a_turned_page_and_the_text_after_it_flows_up(fonts: FontSet) -> None:
    pages = laid(fonts, TEXT, wide(8, 30), *[TEXT] * 5)
    assert kinds(pages) == ["paragraph", "[table]", "[table]", "paragraph"]
    assert [item.text for item in pages.pages[2].items if item.role == "table-caption"] == ["续表1　收支"]


def test_two_panels_that_stand_on_one_page_are_read_without_turning_the_sheet(fonts: FontSet) -> None:
    assert kinds(laid(fonts, wide(9, 3))) == ["table"]
    assert kinds(laid(fonts, wide(9, 3, "turned"))) == ["[table]"]
    assert kinds(laid(fonts, wide(9, 40))) == ["[table]"] * 2


def test_no_sheet_is_turned_for_as_many_panels(fonts: FontSet) -> None:
    assert set(kinds(laid(fonts, wide(12, 40)))) == {"table"}


def test_a_table_too_wide_even_for_a_turned_page_goes_on_there_with_its_next_columns(fonts: FontSet) -> None:
    pages = laid(fonts, wide(20, 3))
    assert kinds(pages) == ["[table]"]
    captions = [item.text for item in pages.pages[0].items if item.role == "table-caption"]
    assert captions[0] == "表1　收支"
    assert set(captions[1:]) == {"续表1　收支"}


def test_a_heading_stays_with_its_text_and_goes_with_a_table_that_is_all_of_its_section(fonts: FontSet) -> None:
    assert kinds(laid(fonts, TEXT, SECTION, wide(8, 30), TEXT)) == ["paragraph heading", "[table]", "[table]"]
    alone = laid(fonts, TEXT, SECTION, wide(8, 30), NEXT, TEXT)
    assert kinds(alone) == ["paragraph", "[heading table]", "[table]", "heading paragraph"]
    assert [mark.title for mark in alone.outline] == ["一、收支", "表1　收支", "二、其他"]


def test_no_empty_page_stands_before_or_after_a_turned_one(fonts: FontSet) -> None:
    table = wide(8, 3, "turned")
    assert kinds(laid(fonts, table)) == ["[table]"]
    assert kinds(laid(fonts, PageBreak(), table)) == ["", "[table]"]  # a break at the very start is an empty page
    assert kinds(laid(fonts, TEXT, PageBreak(), table, PageBreak(), TEXT)) == ["paragraph", "[table]", "paragraph"]
    assert kinds(laid(fonts, TEXT, table, table, TEXT)) == ["paragraph", "[table]"]


def test_the_trace_tells_turned_pages_and_places_as_they_are_read(fonts: FontSet) -> None:
    assert trace(laid(fonts, wide(3, 2, "turned"), TEXT)).splitlines()[:9] == [
        "== page 1, turned: 7 items, 0 links",
        " 760   79   15 running-head  |专报|",
        "  99   72  638 table-caption |表1　收支|",
        "  99   92  638 table-head    |地区　第1项　第2项|",
        "  99  112  638 table-row     |10,000,000　10,000,001　10,000,002|",
        "  99  131  638 table-row     |10,001,000　10,001,001　10,001,002|",
        "  74  467   14 folio         |— 1 —|",
        "== page 2: 9 items, 0 links",
        "  74   67  442 running-head  |专报|",
    ]


def on_sheet(item: Item, style: Style) -> tuple[float, float, float, float]:
    """Left, top, width and height of something on a turned page, the sheet held upright."""
    return item.y, style.page_height - item.x - item.width, item.height, item.width


def stands(item: Item) -> tuple[float, float, float, float]:
    return item.x, item.y, item.width, item.height


@pytest.mark.parametrize("style", [BRIEFING, replace(BRIEFING, folio="centre"), replace(BRIEFING, mirrored=False)])
def test_on_the_sheet_page_numbers_stay_and_the_head_of_the_table_is_at_the_left(fonts: FontSet, style: Style) -> None:
    upright = laid(fonts, TEXT, PageBreak(), TEXT, PageBreak(), style=style).pages
    turned_pages = laid(fonts, wide(8, 40), style=style).pages
    assert all(page.turned for page in turned_pages)
    for page in turned_pages:
        same = upright[page.number - 1]
        for role in ("folio", "running-head"):
            (item,) = (item for item in page.items if item.role == role)
            (other,) = (item for item in same.items if item.role == role)
            assert on_sheet(item, style) == pytest.approx((other.x, other.y, other.width, other.height))
        left, right = style.left(page.number), style.left(page.number) + style.measure
        white = (style.leading - style.body) / 2
        for item in (item for item in page.items if item.role.startswith("table")):
            x, y, width, height = on_sheet(item, style)
            assert left - white - 0.01 <= x
            assert x + width <= right + white + 0.01
            assert style.top - 0.01 <= y
            assert y + height <= style.top + style.depth + 0.01
        head, *_, last = (item for item in page.items if item.role in ("table-head", "table-row"))
        assert on_sheet(head, style)[0] < on_sheet(last, style)[0]


def test_the_grid_drawn_over_a_turned_page_is_turned_with_it(fonts: FontSet) -> None:
    (page,) = overlay(laid(fonts, wide(8, 3, "turned")), BRIEFING).pages
    area = next(item for item in page.items if item.role == "overlay-area")
    assert page.turned
    assert (area.width, area.height) == pytest.approx((BRIEFING.depth, BRIEFING.measure))
    rows = [item for item in page.items if item.role == "table-row"]
    assert all(area.x - 0.01 <= item.x and item.x + item.width <= area.x + area.width + 0.01 for item in rows)


def test_pages_are_the_same_every_time_they_are_looked_at(fonts: FontSet) -> None:
    pages = laid(fonts, TEXT, wide(8, 30), TEXT)
    assert pages == laid(fonts, TEXT, wide(8, 30), TEXT)
    assert list(pages.pages) == [pages.pages[n] for n in range(len(pages.pages))]
    assert pages.pages[-1] == pages.pages[1:][-1]
    assert pages != laid(fonts, TEXT, wide(8, 31), TEXT)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    columns=st.integers(2, 24),
    rows=st.integers(1, 60),
    how=st.sampled_from(["auto", "panels", "turned"]),
    above=st.integers(0, 3),
)
def test_every_cell_is_printed_once_in_its_row_in_order(
    fonts: FontSet, columns: int, rows: int, how: Wide, above: int
) -> None:
    printed = cells(laid(fonts, *[TEXT] * above, wide(columns, rows, how), TEXT))
    joined: dict[str, list[str]] = {}
    for key, *others in printed:
        joined.setdefault(key, []).extend(others)
    assert list(joined) == [figure(r, 0) for r in range(rows)]
    for r, others in enumerate(joined.values()):
        assert others == [figure(r, c) for c in range(1, columns)]


def test_the_turned_page_has_the_same_lines_and_the_same_type(fonts: FontSet) -> None:
    style = turned(BRIEFING, 2)
    assert (style.body, style.leading) == pytest.approx((BRIEFING.body, BRIEFING.leading))
    assert (style.top, style.left(2)) == pytest.approx(
        (BRIEFING.left(2), BRIEFING.page_height - 37 / 25.4 * 72 - BRIEFING.depth)
    )
    assert style.lines == 15
    assert len(laid(fonts, wide(8, 3, "turned")).pages) == 1
