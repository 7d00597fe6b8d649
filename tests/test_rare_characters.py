"""Names with characters that few faces have: they stand on the page in every voice and come back as written."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import GlyphError, typeset_story
from digest.drawing import GlyphRun
from digest.fonts import FALLBACK, clusters
from digest.story.blocks import Caption, Column, Heading, Meta, Paragraph, Story, Table, TableRow, Title, plain
from tests.pdf.sheets import FONTS, pdfium_text, run, written

if TYPE_CHECKING:
    from pathlib import Path

META = Meta("工作专报", "办公室", "", "2023-12-29")
NAMES = "王頔、李㻞、𠮷田、张㛃、陈䶮、赵𬭩、徐堃、李喆、孙昇、陳淼、刘\U000313aa、𰻝"


def story(text: str) -> Story:
    return Story(
        META,
        (
            Title(f"{text}事迹", unit="办公室", date="2023年12月29日"),
            Heading("一、", text, "a"),
            Heading("（一）", text, "b", 2),
            *(Paragraph(plain(f"表扬{text}等同志。", voice)) for voice in ("body", "kai", "strong", "dots")),
            Table(
                (Column("姓名"), Column("单位")),
                tuple(TableRow((plain(name), plain("办公室"))) for name in text.split("、")),
                Caption("表1", text),
            ),
        ),
        running="工作专报",
    )


def families(data: bytes) -> set[str]:
    """The faces in the file, without the tags of their subsets."""
    with pikepdf.open(io.BytesIO(data)) as file:
        fonts = (entry for entry in file.objects if isinstance(entry, pikepdf.Dictionary))
        return {str(font.BaseFont).partition("+")[2] for font in fonts if font.get("/Subtype") == "/Type0"}


def reads(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_names_read_as_written_wherever_they_stand(tmp_path: Path) -> None:
    data = bytes(typeset_story(story(NAMES)))
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pypdfium2.PdfDocument(data) as document:
        pdfium = "".join(page.get_textpage().get_text_range() for page in document)
    for text in (reads(pdfium), reads(run("pdftotext", path, "-"))):
        assert text.count(f"表扬{NAMES}等同志。") == 4
        assert f"{NAMES}事迹" in text
        assert f"一、{NAMES}（一）{NAMES}表扬" in text
        assert f"表1{NAMES}" in text
        for name in NAMES.split("、"):
            assert text.count(f"{name}办公室") == 1


def test_a_face_that_no_text_needs_is_not_in_the_file() -> None:
    assert "BabelStoneHan" in families(bytes(typeset_story(story("𠮷田"))))
    assert "BabelStoneHan" not in families(bytes(typeset_story(story("王頔"))))
    assert families(bytes(typeset_story(story("王国")))) == families(bytes(typeset_story(story("李强"))))


def test_a_selector_of_variants_behind_a_rare_character_stays_with_it() -> None:
    data = bytes(typeset_story(story("頔\U000e0100、𠮷\U000e0101、葛\U000e0100")))
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "頔\U000e0100、𠮷\U000e0101、葛\U000e0100" in reads(text)


def test_a_character_in_no_face_is_named_with_its_number_and_no_file_comes_of_it(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    with pytest.raises(GlyphError, match=r"L201 .*“𪚥”（U\+2A6A5）"):
        typeset_story(story("王𪚥"), target)
    assert not target.exists()


RARE = "".join(chr(code) for key in ("rare", "names") for code in sorted(FONTS.face(key).shaper.face.unicodes))
LINES = st.text(st.sampled_from(RARE), min_size=1, max_size=12)


@settings(max_examples=20, deadline=None)  # faces are cut for every file: three lines share one
@given(st.lists(st.tuples(LINES, st.sampled_from(tuple(FALLBACK))), min_size=3, max_size=3))
def test_any_rare_characters_come_back_from_the_file(lines: list[tuple[str, str]]) -> None:
    marks = [
        GlyphRun(20 + 20 * n, 40 + 20 * line, FONTS.choose(voice, cluster), 16, cluster)
        for line, (text, voice) in enumerate(lines)
        for n, cluster in enumerate(clusters(text))
    ]
    assert reads(pdfium_text(written(*marks))) == "".join(text for text, _ in lines)
