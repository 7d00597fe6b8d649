"""What the page says of a glyph's width, the font program says as well, and the wider glyph looks like the other."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING

import pikepdf
import pytest
import uharfbuzz as hb

from digest.pdf import widen_cff
from digest.pdf.faces import Drawn, subset
from digest.pdf.widen_glyf import widen_glyf
from tests.pdf.sheets import FONTS, written
from tests.pdf.test_lines import set_line

if TYPE_CHECKING:
    from digest.fonts import Face


def drawn(key: str) -> tuple[Face, list[Drawn]]:
    """Some characters of a face, some of them also wider and narrower."""
    face = FONTS.face(key)
    characters = [c for c in "国家金頔𠮷，（1iW ——"[:11] if face.has(c)]
    rooms = [(c, room) for c in characters for room in (0, 125, 250, -125)]
    return face, [(index + 1, face.glyph(c), c, room, c) for index, (c, room) in enumerate(rooms)]


@pytest.mark.parametrize("key", ["song", "song-light", "hei", "kai", "rare", "names"])
def test_a_wider_truetype_glyph_has_its_advance_and_the_same_outline(key: str) -> None:
    face, glyphs = drawn(key)
    program, places = subset(face, glyphs)
    opened = hb.Face(program)
    font = hb.Font(opened)
    assert opened.glyph_count == 1 + len({(glyph, room) for _, glyph, _, room, _ in glyphs})
    for (_, _, cluster, room, _), place in zip(glyphs, places, strict=True):
        expected = round(face.advance(cluster) * face.upem) + round(room * face.upem / 1000)
        assert font.get_glyph_h_advance(place) == expected
        plain = places[[g[2:4] for g in glyphs].index((cluster, 0))]
        assert outline(font, place) == outline(font, plain)
        assert font.get_glyph_extents(place) == font.get_glyph_extents(plain)


def outline(font: hb.Font, glyph: int) -> list[tuple[object, ...]]:
    steps: list[tuple[object, ...]] = []
    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(lambda x, y, _: steps.append(("M", x, y)))
    funcs.set_line_to_func(lambda x, y, _: steps.append(("L", x, y)))
    funcs.set_quadratic_to_func(lambda cx, cy, x, y, _: steps.append(("Q", cx, cy, x, y)))
    funcs.set_cubic_to_func(lambda ax, ay, bx, by, x, y, _: steps.append(("C", ax, ay, bx, by, x, y)))
    font.draw_glyph(glyph, funcs)
    return steps


@pytest.mark.parametrize("key", ["song", "song-light", "kai", "rare", "names"])
def test_the_checksums_of_a_truetype_font_hold(key: str) -> None:
    program, _ = subset(*drawn(key))

    def checksum(data: bytes) -> int:
        padded = data + bytes(-len(data) % 4)
        total: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
        return total & 0xFFFFFFFF

    assert checksum(program) == 0xB1B0AFBA
    for entry in range(struct.unpack_from(">H", program, 4)[0]):
        tag, told, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * entry)
        if tag != b"head":
            assert told == checksum(program[offset : offset + length])


def test_offsets_grow_long_when_the_outlines_do() -> None:
    face = FONTS.face("song")
    many = [chr(code) for code in range(0x4E00, 0x4E00 + 900) if face.has(chr(code))]
    while True:
        program, _ = subset(face, [(n + 1, face.glyph(c), c, 0, c) for n, c in enumerate(many)])
        if hb.Face(program).reference_table("head").data[51] == 0:
            break
        many = many[: len(many) * 9 // 10]
    room = 0x1FFFE - len(hb.Face(program).reference_table("glyf").data)
    added = [(1, 100)] * (room // 16 + 2)
    opened = hb.Face(widen_glyf(program, added))
    assert opened.reference_table("head").data[51] == 1
    font = hb.Font(opened)
    assert outline(font, opened.glyph_count - 1) == outline(font, 1) != []


def test_a_wider_cff_glyph_has_its_width_and_shares_its_outline() -> None:
    face, glyphs = drawn("fang")
    program, places = subset(face, glyphs)
    charstrings, widths = cff_widths(program)
    for (_, _, cluster, room, _), place in zip(glyphs, places, strict=True):
        assert widths[place] == round(face.advance(cluster) * 1000) + room
        plain = places[[g[2:4] for g in glyphs].index((cluster, 0))]
        assert charstrings[place][-2:] == charstrings[plain][-2:]
    assert len(program) < 1.2 * len(subset(face, [g for g in glyphs if not g[3]])[0])


def cff_widths(program: bytes) -> tuple[list[bytes], list[int]]:
    """Charstrings, and the advances their widths tell."""
    _, at = widen_cff._index(program, program[2])
    tops, at = widen_cff._index(program, at)
    _, at = widen_cff._index(program, at)
    subroutines, _ = widen_cff._index(program, at)
    top = widen_cff._dictionary(tops[0])
    charstrings, _ = widen_cff._index(program, widen_cff._integers(top[widen_cff.CHAR_STRINGS])[0])
    font = widen_cff._dictionary(widen_cff._index(program, widen_cff._integers(top[widen_cff.FONT_ARRAY])[0])[0][0])
    default, nominal = widen_cff._widths(widen_cff._private(program, font))
    widths = []
    for charstring in charstrings:
        if charstring.endswith(widen_cff.CALL_GLOBAL) and len(charstring) < 8:
            *width, number = widen_cff._integers(charstring[:-1])
            assert widen_cff._width_length(subroutines[number + 107]) == 0
        else:
            width = widen_cff._integers(charstring[: widen_cff._width_length(charstring)])
        widths.append(nominal + width[0] if width else default)
    return charstrings, widths


def test_the_page_says_the_same_widths_as_the_fonts() -> None:
    lines = [set_line(gap=gap, spread=0.03, y=20.0 + 14 * n) for n, gap in enumerate((0.125, 0.25, 0.31, 0.5))]
    with pikepdf.open(io.BytesIO(written(*lines))) as file:
        fonts = [font for _, font in file.pages[0].resources.Font.items()]
        assert len(fonts) == 2
        for font in fonts:
            descendant = font.DescendantFonts[0]
            told: dict[int, float] = {}
            runs = list(descendant.W)
            for first, row in zip(runs[::2], runs[1::2], strict=True):
                told |= {int(first) + n: float(width) for n, width in enumerate(row)}
            texts = font.ToUnicode.read_bytes().decode()
            codes = [int(code, 16) for code in re.findall(r"^<(\w{4})> <\w+>$", texts, re.MULTILINE)][1:]
            if "/FontFile2" in descendant.FontDescriptor:
                places = descendant.CIDToGIDMap.read_bytes()
                measured = hb.Font(hb.Face(descendant.FontDescriptor.FontFile2.read_bytes()))
                for code in codes:
                    glyph = int.from_bytes(places[2 * code : 2 * code + 2], "big")
                    assert told.get(code, 1000) == pytest.approx(measured.get_glyph_h_advance(glyph))
            else:
                _, widths = cff_widths(descendant.FontDescriptor.FontFile3.read_bytes())
                for cid in range(1, len(widths)):
                    assert told.get(cid, 1000) == widths[cid]
