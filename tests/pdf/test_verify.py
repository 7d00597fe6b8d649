"""The last look at a finished file finds what is missing."""

from __future__ import annotations

import pytest

from digest.drawing import GlyphRun
from digest.errors import RenderError
from digest.pdf.verify import verify
from digest.pdf.write import write_pdf
from tests.pdf.sheets import FONTS, page, pages


def made() -> bytes:
    marks = (GlyphRun(20, 60, "song", 16, "简报"), GlyphRun(20, 90, "fang", 16, "仿宋"))
    return write_pdf(pages(page(*marks), page(*marks, number=2)), FONTS)


def test_a_sound_file_passes() -> None:
    verify(made(), 2)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"/FontFile2 ", b"/FontFilX2 ", "P902"),
        (b"/FontFile3 ", b"/FontFilX3 ", "P902"),
        (b"/Subtype /Type0", b"/Subtype /Type1", "P902"),
        (b"%%EOF\n", b"", "P903"),
    ],
)
def test_damage_is_found(old: bytes, new: bytes, code: str) -> None:
    with pytest.raises(RenderError, match=code):
        verify(made().replace(old, new), 2)


def test_a_missing_page_is_found() -> None:
    with pytest.raises(RenderError, match="P901"):
        verify(made(), 3)
