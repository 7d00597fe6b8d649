"""Turned pages in the file: the sheet is as all others, readers turn it, and links lie where the words are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from digest.layout.typeset import typeset
from digest.pdf.write import write_pdf
from digest.story.blocks import Caption, Column, Meta, Paragraph, Run, Story, Table, TableRow, plain
from digest.style import BRIEFING
from tests.pdf.sheets import FONTS, run

if TYPE_CHECKING:
    from pathlib import Path

WORDS = Paragraph((Run("共建128个"), Run("，投入"), Run("3亿元", fact="funds"), Run("。")))
COLUMNS = (Column("地区"), Column("投入资金", align="decimal"), Column("所在页", align="center"))
ASKS = (Run("", pages_of="fact:funds"),)
ROWS = tuple(
    TableRow((plain(f"第{n}市"), plain(f"{n}.5亿元"), ASKS), anchor="" if n > 1 else "row:funds") for n in range(1, 25)
)
TABLE = Table(COLUMNS, ROWS, Caption("表1", "资金来源"), anchor="t", wide="turned")


@pytest.fixture(scope="module")
def data() -> bytes:
    pages, _ = typeset(Story(Meta("题", "", "", "2023-12"), (WORDS, TABLE)), BRIEFING, FONTS)
    return write_pdf(pages, FONTS)


def test_every_sheet_has_the_same_size_and_only_turned_ones_are_shown_turned(data: bytes) -> None:
    with pikepdf.open(io.BytesIO(data)) as file:
        boxes = [[float(length) for length in page.MediaBox] for page in file.pages]
        assert boxes == [pytest.approx([0, 0, BRIEFING.page_width, BRIEFING.page_height], abs=0.01)] * 3
        assert [int(page.obj.get("/Rotate", 0)) for page in file.pages] == [0, 90, 90]


def test_a_turned_page_reads_line_by_line(data: bytes, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(data)
    assert [round(length) for length in document[1].get_size()] == [842, 595]
    read = document[1].get_textpage().get_text_range().splitlines()
    document.close()
    assert read[:4] == ["表1　资金来源", "地区 投入资金 所在页", "第1市 1.5亿元 1", "第2市 2.5亿元 1"]
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    words = [line.split() for line in run("pdftotext", "-f", "2", "-l", "2", "-layout", path, "-").splitlines()]
    assert ["第1市", "1.5亿元", "1"] in words
    assert words.index(["第1市", "1.5亿元", "1"]) < words.index(["第9市", "9.5亿元", "1"])


def test_links_lie_over_the_words_that_lead_and_bookmarks_show_the_head_of_the_table(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    page = document[1]
    text = page.get_textpage()
    (bookmark,) = document.get_toc()
    target = bookmark.get_dest()
    assert (bookmark.get_title(), target.get_index()) == ("表1　资金来源", 1)
    shown_at, across = target.get_view()[1][:2]
    found = text.get_text_range()
    start = found.index("表1")
    left, bottom, right, top = text.get_charbox(start)
    assert shown_at < left < shown_at + 20  # the left side of the sheet is the upper one of what is read
    assert across == 0
    with pikepdf.open(io.BytesIO(data)) as file:
        links = [[float(length) for length in link.Rect] for link in file.pages[1].Annots]
        assert all(link.Dest[0] == file.pages[0].obj for link in file.pages[1].Annots)
    assert len(links) == found.count("亿元")
    number = found.index("1.5亿元") + len("1.5亿元") + 1
    left, bottom, right, top = text.get_charbox(number)
    assert found[number] == "1"
    assert sum(x0 <= left and y0 <= bottom and right <= x1 and top <= y1 for x0, y0, x1, y1 in links) == 1
    document.close()


def test_the_head_of_the_table_is_drawn_at_the_left_of_the_sheet_and_the_page_number_at_its_foot(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    text = document[2].get_textpage()
    found = text.get_text_range()
    caption, folio = text.get_charbox(found.index("续表1")), text.get_charbox(found.index("— 3 —") + 2)
    document.close()
    white = (BRIEFING.leading - BRIEFING.body) / 2
    assert BRIEFING.left(3) - white < caption[0] < BRIEFING.left(3) + 20
    height = BRIEFING.page_height - BRIEFING.top - BRIEFING.depth
    assert 0 < folio[1] < folio[3] < height
    assert folio[0] > BRIEFING.page_width / 2  # an odd page: the outer side is the right one
