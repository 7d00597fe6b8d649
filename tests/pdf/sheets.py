"""Pages made by hand, and what others read in the file."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from digest.fonts import load_fonts
from digest.layout.page import Anchor, Bookmark, Item, Link, Page, Pages
from digest.pdf.write import write_pdf
from digest.story.blocks import Meta

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from digest.drawing import Mark

WIDTH, HEIGHT = 300.0, 200.0
META = Meta("简报〔2026〕第11期", "机关党委", "模范机关建设", "2026-11")
FONTS = load_fonts()


def page(*marks: Mark, links: tuple[Link, ...] = (), anchors: tuple[Anchor, ...] = (), number: int = 1) -> Page:
    return Page(number, f"— {number} —", (Item(0, 0, WIDTH, HEIGHT, "paragraph", "", marks),), links, anchors)


def pages(*made: Page, outline: tuple[Bookmark, ...] = (), meta: Meta = META) -> Pages:
    return Pages(WIDTH, HEIGHT, meta, made, outline)


def written(*marks: Mark) -> bytes:
    return write_pdf(pages(page(*marks)), FONTS)


def pdfium_text(data: bytes) -> str:
    """The first page's text as Chromium reads it."""
    document = pypdfium2.PdfDocument(data)
    try:
        sheet = document[0]
        reader = sheet.get_textpage()
        text: str = reader.get_text_range()
        reader.close()
        sheet.close()
        return text
    finally:
        document.close()


def pixels(data: bytes) -> Image.Image:
    """The first page drawn at one pixel a point."""
    document = pypdfium2.PdfDocument(data)
    try:
        image: Image.Image = document[0].render(scale=1).to_pil().convert("RGB")
        return image
    finally:
        document.close()


def run(tool: str, *arguments: str | Path) -> str:
    """What a program says of a file; skips where the machine has no such program."""
    if shutil.which(tool) is None:
        pytest.skip(f"needs {tool}")
    return subprocess.run(
        [tool, *map(str, arguments)], check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
