from __future__ import annotations

import pypdfium2 as pdfium

from digest.drawing import Group, Path, hex_color, rectangle
from digest.fonts import load_fonts
from digest.layout.page import Item, Page, Pages
from digest.pdf.write import write_pdf
from digest.story.blocks import Meta


def pixel(marks: tuple[Group | Path, ...], x: int, y: int) -> tuple[int, ...]:
    page = Page(1, "1", (Item(0, 0, 40, 40, "chart", "", marks),))
    pages = Pages(40, 40, Meta("图", "", "", "2024-01-01"), (page,), ())
    document = pdfium.PdfDocument(write_pdf(pages, load_fonts()))
    try:
        red, green, blue = document[0].render(scale=1).to_pil().convert("RGB").getpixel((x, y))
    finally:
        document.close()
    return red, green, blue


RED = Path(rectangle(0, 0, 20, 20), fill=hex_color("#FF0000"))
BLUE = Path(rectangle(10, 10, 20, 20), fill=hex_color("#0000FF"))


def test_what_lies_below_in_a_see_through_group_does_not_shine_through() -> None:
    veiled = (Group((RED, BLUE), opacity=0.4),)
    assert pixel(veiled, 5, 5) == (255, 153, 153)
    assert pixel(veiled, 15, 15) == pixel(veiled, 25, 25) == (153, 153, 255)


def test_what_lies_under_the_group_does() -> None:
    assert pixel((RED, Group((BLUE,), opacity=0.4)), 15, 15) == (153, 0, 102)


def test_what_follows_the_group_is_drawn_as_before() -> None:
    after = Path(rectangle(30, 30, 9, 9), fill=hex_color("#00FF00"))
    moved = Group((RED, BLUE), (1.0, 0.0, 0.0, 1.0, 5.0, 5.0), opacity=0.4)
    assert pixel((moved, after), 35, 35) == (0, 255, 0)
    assert pixel((moved, after), 2, 2) == (255, 255, 255)
    assert pixel((moved, after), 30, 30)[1] == 255
