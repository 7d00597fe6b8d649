"""A line that reads as one text is found where it stands, and looks as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from digest.drawing import BLACK, GlyphRun, Group, rule
from digest.fonts import clusters
from digest.pdf.gather import gather
from tests.pdf.sheets import FONTS, pdfium_text, pixels, written

if TYPE_CHECKING:
    from digest.drawing import Mark

PARTS = (
    ("“", "song-light"),
    ("投入资金", "fang"),
    ("4.1", "song-light"),
    ("亿元", "fang"),
    ("”——", "song-light"),
    ("完", "fang"),
)


def line(parts: tuple[tuple[str, str], ...] = PARTS, spacing: float = 0.1) -> tuple[GlyphRun, ...]:
    x, runs = 20.0, []
    for text, key in parts:
        pieces = clusters(text)
        runs.append(GlyphRun(x, 60, key, 12, pieces, spacing=spacing))
        x += sum(FONTS.face(key).advance(piece) * 12 + spacing for piece in pieces) + 3
    return tuple(runs)


def text_of(parts: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for text, _ in parts)


def test_gathered_runs_paint_the_same() -> None:
    plain, spoken = pixels(written(*line())), pixels(written(Group(line(), actual=text_of(PARTS))))
    assert ImageChops.difference(plain, spoken).getbbox() is None


def test_the_widest_face_goes_first_and_the_last_glyph_last() -> None:
    gathered = [run for run in gather(line(), FONTS) if isinstance(run, GlyphRun)]
    assert ["".join(run.clusters) for run in gathered] == ["投入资金亿元完", "“4.1”——"]
    parts = (("甲", "fang"), ("1", "song"), ("乙丙", "fang"))
    alone = [run for run in gather(line(parts), FONTS) if isinstance(run, GlyphRun)]
    assert ["".join(run.clusters) for run in alone] == ["甲乙", "1", "丙"]


def test_marks_of_other_kinds_or_lines_stay_as_they_are() -> None:
    two_lines = (GlyphRun(20, 60, "song", 12, "甲"), GlyphRun(20, 80, "song", 12, "乙"))
    tilted = (GlyphRun(20, 60, "song", 12, "甲", tilt=5), GlyphRun(40, 60, "song", 12, "乙"))
    ruled: tuple[Mark, ...] = (*line(), rule(0, 0, 10, 0, 1, BLACK))
    cases: list[tuple[Mark, ...]] = [two_lines, tilted, ruled, line()[:1], ()]
    for marks in cases:
        assert gather(marks, FONTS) == marks


def test_what_is_found_is_marked_near_its_place() -> None:
    data = written(Group(line(), actual=text_of(PARTS)))
    document = pypdfium2.PdfDocument(data)
    try:
        reader = document[0].get_textpage()
        first, last = reader.get_charbox(0), reader.get_charbox(reader.count_chars() - 1)
    finally:
        document.close()
    end = line()[-1].x + 12
    assert abs(first[0] - 20) < 24
    assert abs(last[2] - end) < 24


@given(
    st.lists(
        st.tuples(st.sampled_from(["一", "二三", "四五六", "12", "A"]), st.sampled_from(["song", "hei", "song-bold"])),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=30, deadline=None)
def test_every_line_reads_as_its_text(parts: list[tuple[str, str]]) -> None:
    made = tuple(parts)
    assert pdfium_text(written(Group(line(made), actual=text_of(made)))) == text_of(made)
