"""Pages become a PDF file: every mark is walked, fonts are embedded, ways through the file are laid."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Group
from digest.pdf.content import Content
from digest.pdf.document import Document
from digest.pdf.lines import Lines
from digest.pdf.outline import add_links, add_outline, destinations, page_labels
from digest.pdf.shelf import Shelf
from digest.pdf.syntax import dictionary, text_string

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.page import Page, Pages
    from digest.story.blocks import Meta

PRODUCER: Final = "jianbao"
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z", re.ASCII)


def write_pdf(pages: Pages, fonts: FontSet) -> bytes:
    """The file. Equal pages and faces give equal bytes: no clock, locale, environment or random source is asked.

    `GlyphError` L202: a glyph run asks its face for what it does not have. `RenderError` P501-P503: a picture cannot
    be read. `KeyError`: a link or bookmark leads to an anchor that stands nowhere.
    """
    document = Document(pages.width, pages.height)
    shelf = Shelf(document, fonts)
    lines = Lines(shelf)
    bare: list[Page] = []  # what ways through the file need of the pages
    for page in pages.pages:
        content = Content(shelf, lines, pages.height)
        if page.turned:  # the sheet is as all others, what stands on it is turned to the left
            marks = tuple(mark for item in page.items for mark in item.marks)
            content.draw((Group(marks, (0.0, -1.0, 1.0, 0.0, 0.0, pages.height)),))
        else:
            for item in page.items:
                content.draw(item.marks)
        document.add_page(content.finish(), content.resources(), turned=page.turned)
        bare.append(replace(page, items=()))
    shelf.embed_faces()

    places = destinations(bare, pages.height, document)
    add_links(bare, pages.height, places, document)
    document.set_catalog(
        Outlines=add_outline(pages.outline, places, document),
        PageLabels=page_labels(bare),
        ViewerPreferences=dictionary({"DisplayDocTitle": "true"}),
    )
    return document.bind(_information(pages.meta))


def _information(meta: Meta) -> dict[str, str]:
    """What the file says of itself; an empty text is left out."""
    texts = {"Title": meta.title, "Author": meta.author, "Subject": meta.subject, "Producer": PRODUCER}
    entries = {key: text_string(text) for key, text in texts.items() if text}
    date = pdf_date(meta.date)
    return entries | {"CreationDate": date, "ModDate": date}


def pdf_date(date: str) -> str:
    """An ISO date or month as PDF writes it (a month is its first day); empty for anything else."""
    match = _DATE.match(date)
    return f"(D:{match[1]}{match[2]}{match[3] or '01'}000000)" if match else ""
