"""A set line reads as its text and stands where it was set, without a word to readers about either."""

from __future__ import annotations

import ctypes
import io
import itertools
import re
from typing import TYPE_CHECKING, TypeGuard

import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from digest.drawing import Glyphs, Part, TextLine, hex_color
from digest.layout.glyphs import glyph_of, glyph_string, placed, with_room
from digest.pdf.lines import glyph_runs
from digest.pdf.write import write_pdf
from tests.pdf.sheets import FONTS, META, page, pages, pdfium_text, pixels, run, written

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "落实资金4.1亿元，涉及65个县（市、区）"
SIZE = 10.0


def set_line(text: str = TEXT, gap: float = 0.25, spread: float = 0.0, y: float = 60.0) -> TextLine:
    """Han and numbers, `gap` em between them, `spread` em behind every spaced glyph."""
    pieces = re.findall(r"[0-9A-Za-z.]+|[^0-9A-Za-z.]+", text)
    parts: list[Part] = []
    for before, piece in itertools.pairwise(["", *pieces]):
        if before:
            # the last glyph of a number takes no spacing, so what follows brings it along
            parts.append(gap + (spread if before.isascii() else 0.0))
        parts.append(piece)
    return TextLine(20, y, SIZE, tuple(parts), text, "fang", spacing=spread * SIZE)


def read_places(data: bytes) -> list[tuple[str, float, float]]:
    """Every character of the first page with its origin and its advance, as PDFium has them."""
    document = pypdfium2.PdfDocument(data)
    try:
        reader = document[0].get_textpage()
        x, y, edges = ctypes.c_double(), ctypes.c_double(), pypdfium2.raw.FS_RECTF()
        found = []
        for index in range(reader.count_chars()):
            if pypdfium2.raw.FPDFText_IsGenerated(reader.raw, index) == 1:
                continue
            pypdfium2.raw.FPDFText_GetCharOrigin(reader.raw, index, x, y)
            pypdfium2.raw.FPDFText_GetLooseCharBox(reader.raw, index, edges)
            found.append((chr(pypdfium2.raw.FPDFText_GetUnicode(reader.raw, index)), x.value, edges.right - edges.left))
        return found
    finally:
        document.close()


def set_places(line: TextLine) -> list[tuple[str, float]]:
    """Every character of the line and where it was set."""
    found = []
    for part in glyph_runs(line, FONTS):
        x = part.x
        for cluster in part.clusters:
            found.append((cluster, x))
            x += FONTS.face(part.face).advance(cluster) * part.size + part.spacing
    return found


def operators(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        return file.pages[0].Contents.read_bytes()


def walked_places(data: bytes) -> list[tuple[str, float]]:
    """Every cluster and its place, by nothing but what the file says of operators and widths."""
    found: list[tuple[str, float]] = []
    with pikepdf.open(io.BytesIO(data)) as file:
        fonts = {name: read_font(font) for name, font in file.pages[0].resources.Font.items()}
        texts, widths, size, spacing, x = dict[int, str](), dict[int, float](), 0.0, 0.0, 0.0
        for step in pikepdf.parse_content_stream(file.pages[0]):
            operands = list(step.operands)
            match str(step.operator):
                case "Tf":
                    (texts, widths), size = fonts[str(operands[0])], float(str(operands[1]))
                case "Tc":
                    spacing = float(str(operands[0]))
                case "Tm":
                    x = float(str(operands[4]))
                case "Tj" | "TJ":
                    shown = operands[0]
                    for item in shown if isinstance(shown, pikepdf.Array) else (shown,):
                        if not isinstance(item, pikepdf.String):
                            x -= float(str(item)) / 1000 * size
                            continue
                        for high, low in zip(bytes(item)[::2], bytes(item)[1::2], strict=True):
                            found.append((texts[high << 8 | low], x))
                            x += widths.get(high << 8 | low, 1000) / 1000 * size + spacing
    return found


def read_font(font: pikepdf.Object) -> tuple[dict[int, str], dict[int, float]]:
    """What the codes of a font read as, and how wide they are."""
    descendant = font.DescendantFonts[0]
    widths: dict[int, float] = {}
    runs = list(descendant.W)
    for first, row in zip(runs[::2], runs[1::2], strict=True):
        widths |= {int(first) + n: float(width) for n, width in enumerate(row)}
    entries = re.findall(r"^<(\w{4})> <(\w+)>$", font.ToUnicode.read_bytes().decode(), re.MULTILINE)[1:]
    texts = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in entries}
    if isinstance(font.Encoding, pikepdf.Stream):
        entries = re.findall(r"^<(\w{4})> (\d+)$", font.Encoding.read_bytes().decode(), re.MULTILINE)
        widths = {int(code, 16): widths.get(int(cid), 1000) for code, cid in entries}
    return texts, widths


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.08, 0.12, 0.3])
@pytest.mark.parametrize("gap", [0.25, 0.125, 0.19, 0.3, 0.5])
def test_gaps_and_stretch_leave_no_blank_in_the_text(tmp_path: Path, gap: float, spread: float) -> None:
    lines = [set_line(gap=gap, spread=spread, y=40 + 20 * n) for n in range(3)]
    for count in (1, 3):
        data = written(*lines[:count])
        assert pdfium_text(data).split("\r\n") == [TEXT] * count
        assert b"ActualText" not in operators(data)
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        assert run("pdftotext", path, "-").strip().split("\n") == [TEXT] * count


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.08, 0.12])
@pytest.mark.parametrize("gap", [0.25, 0.125, 0.2])
def test_every_glyph_is_found_where_it_was_set(gap: float, spread: float) -> None:
    line = set_line(gap=gap, spread=spread)
    seen, told = read_places(written(line)), set_places(line)
    assert [character for character, _, _ in seen] == [character for character, _ in told]
    for (_, x, advance), (_, place), (_, following) in zip(seen, told, told[1:], strict=False):
        assert x == pytest.approx(place, abs=0.01 * SIZE)
        assert advance == pytest.approx(following - place, abs=0.09 * SIZE)


def test_a_gap_is_part_of_the_glyph_before_it() -> None:
    seen = read_places(written(set_line()))
    advances = {character: advance / SIZE for character, _, advance in seen}
    digit = FONTS.face("song-light").advance("1")
    assert advances["金"] == pytest.approx(1.25)
    assert advances["1"] == pytest.approx(digit + 0.25, abs=1e-4)
    assert advances["落"] == pytest.approx(1.0)


@pytest.mark.parametrize("spread", [0.0, 0.03, 0.12])
def test_what_is_painted_does_not_depend_on_wider_glyphs(spread: float) -> None:
    line = set_line(gap=0.25, spread=spread)
    plain, wider = pixels(written(*glyph_runs(line, FONTS))), pixels(written(line))
    assert ImageChops.difference(plain, wider).getbbox() is None


def test_marks_that_are_pulled_together_stay_in_their_words(tmp_path: Path) -> None:
    text = "评为“标兵”，《简报》）。”"
    pulled = "".join(with_room[character, -0.5] if character in "”，》）。" else character for character in text[:-1])
    line = TextLine(20, 60, SIZE, (pulled + text[-1],), text, "fang", spacing=0.4)
    path = tmp_path / "a.pdf"
    path.write_bytes(written(line))
    assert pdfium_text(path.read_bytes()) == text
    for arguments in ((), ("-raw",)):
        assert run("pdftotext", *arguments, path, "-").strip() == text
    assert [x for _, x, _ in read_places(path.read_bytes())] == pytest.approx([x for _, x in set_places(line)], abs=0.1)


def test_a_low_letter_beside_a_high_mark_is_no_new_line() -> None:
    line = set_line("依托“e键通办”，上线")
    assert pdfium_text(written(line, set_line("ace”。", spread=0.02, y=90))).split("\r\n") == [line.text, "ace”。"]


def test_a_column_apart_the_line_says_what_it_reads_as() -> None:
    line = TextLine(20, 60, SIZE, ("左", 3.0, "右"), "左右", "fang")
    data = written(line)
    assert b"ActualText" in operators(data)
    assert pdfium_text(data) == "左右"


def test_parts_read_alike_at_any_size() -> None:
    parts = ("共", 0.25, "12", 0.25, "个")
    sizes = enumerate((8, 12, 8, 16), start=1)
    lines = [TextLine(20, 20.0 * n + 30, size, parts, "共12个", "fang") for n, size in sizes]
    assert pdfium_text(written(*lines)).split() == ["共12个"] * 4


def test_a_long_dash_is_two_characters_at_two_places() -> None:
    line = set_line("会——议")
    line = line._replace(parts=(glyph_string("会——议"),))
    places = [(char, round(x / SIZE, 2)) for char, x, _ in read_places(written(line))]
    assert places == [("会", 2.0), ("—", 3.0), ("—", 4.0), ("议", 5.0)]
    assert ImageChops.difference(pixels(written(*glyph_runs(line, FONTS))), pixels(written(line))).getbbox() is None


def test_lines_take_their_colour_and_their_weight() -> None:
    line = set_line("国家")._replace(size=40.0, color=hex_color("#FF0000"))

    def ink(stroke: float) -> tuple[int, int]:
        red, green, _ = pixels(written(line._replace(stroke=stroke))).split()
        return sum(255 - value for value in red.tobytes()), sum(255 - value for value in green.tobytes())

    assert ink(0.0)[0] == 0
    assert ink(1.0)[1] > 1.15 * ink(0.0)[1] > 0


def test_an_empty_line_writes_nothing() -> None:
    assert b"Tj" not in operators(written(TextLine(20, 60, SIZE, (), "", "fang")))


_ROOMS = st.sampled_from([-0.5, -0.3, -0.1, 0.06, 0.125, 0.2, 0.25, 0.31, 0.5, 0.7])
_WORDS = st.sampled_from([*"国家标，（1A2·’", glyph_string("——"), glyph_string("t’s"), glyph_string("葛\U000e0100")])
_STRINGS = st.lists(_WORDS, min_size=1, max_size=5).map("".join)
_OTHERS = st.builds(Glyphs, st.sampled_from(["hei", "kai"]), _STRINGS)


def _stands_alone(part: Part) -> TypeGuard[str]:
    return isinstance(part, str) and glyph_of(part[0]).kind != "dash"


@given(
    parts=st.lists(st.one_of(_STRINGS, _ROOMS, _OTHERS), min_size=1, max_size=12),
    spacing=st.sampled_from([0.0, 0.0, 0.31, 0.8, 1.7, -0.2]),
    standing=st.sampled_from([0.0, -0.5, 0.25, 0.05]),
)
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_a_line_stands_in_its_place(parts: list[Part], spacing: float, standing: float) -> None:
    if standing:
        parts = [with_room[part[0], standing] + part[1:] if _stands_alone(part) else part for part in parts]
    line = TextLine(20, 60, SIZE, tuple(parts), "x", "fang", spacing=spacing)
    told = [(glyph.reads, x) for glyph, _, x, _, _ in placed(line, FONTS)]
    walked: list[tuple[str, float]] = []
    for reads, x in walked_places(written(line)):
        walked += [("—", x), ("—", x + SIZE)] if reads == "——" else [(reads, x)]
    if b"ActualText" in operators(written(line)):  # what says itself how it reads is shown face by face
        walked.sort(key=lambda place: place[1])
        told.sort(key=lambda place: place[1])
    assert [x for _, x in walked] == pytest.approx([x for _, x in told], abs=0.001 * SIZE)
    assert sorted(reads for reads, _ in walked) == sorted(reads for reads, _ in told)


@pytest.mark.parametrize("first", ["12", "，", "共", "e"])
def test_a_line_stands_alike_whichever_face_its_voice_began_with(first: str) -> None:
    line = set_line("共12个，ok", spread=0.03, y=90)
    began = TextLine(20, 30, SIZE, (first,), first, "fang")
    assert walked_places(written(began, line))[len(first) :] == walked_places(written(line))


def test_equal_lines_give_equal_bytes_whatever_was_set_before() -> None:
    def made() -> bytes:
        lines = [set_line(spread=spread, y=20.0 + 12 * n) for n, spread in enumerate((0.0, 0.02, 0.05, 0.11))]
        return write_pdf(pages(page(*lines), page(*lines, number=2), meta=META), FONTS)

    assert made() == made()
