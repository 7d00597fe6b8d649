"""The file reads, looks and behaves as its pages say."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.drawing import Color, GlyphRun, Group, Imported, Raster, hex_color, rectangle, rule
from digest.drawing import Path as Shape
from digest.errors import GlyphError, RenderError
from digest.fonts import FontSet, clusters, load_fonts
from digest.layout.page import Anchor, Bookmark, Link
from digest.pdf.faces import PLAIN_CODES
from digest.pdf.write import pdf_date, write_pdf
from digest.story.blocks import Meta
from tests.pdf.sheets import FONTS, HEIGHT, WIDTH, page, pages, pdfium_text, pixels, run, written

if TYPE_CHECKING:
    from digest.drawing import Mark

RED = (255, 0, 0)
WHITE = (255, 255, 255)
ROOT = Path(__file__).parent.parent.parent

# A line as layout sets it: quarter-em gaps between Han and figures, two faces, read as one text.
GAPPED = Group(
    (
        GlyphRun(20, 60, "fang", 16, "投入资金", kerns=((3, 4.0),)),
        GlyphRun(88, 60, "song-light", 16, "4.1", kerns=((2, 4.0),)),
        GlyphRun(112.5, 60, "fang", 16, "亿元"),
    ),
    actual="投入资金4.1亿元",
)


def sample() -> list[Mark]:
    return [
        GlyphRun(20, 30, "song", 16, clusters("强调——𬭩𫖯")),
        GAPPED,
        GlyphRun(20, 90, "kai", 12, "楷体", color=hex_color("#1F3A5F", 0.5), spacing=2.0),
        GlyphRun(20, 110, "hei-bold", 12, "黑体", stroke=0.3, tilt=10),
        Shape(rectangle(200, 20, 40, 20), fill=Color(1, 0, 0), stroke=Color(0, 0, 1), dash=(3.0, 2.0), cap="round"),
        rule(20, 150, 280, 150, 0.5),
    ]


def test_text_comes_back_as_it_was_written() -> None:
    text = "党建引领：2026年第11期“模范机关”简报〔2026〕1号"
    assert pdfium_text(written(GlyphRun(20, 60, "song", 10, text))) == text


def test_characters_beyond_the_first_plane_and_the_long_dash_come_back(tmp_path: Path) -> None:
    data = written(GlyphRun(20, 60, "song", 16, clusters("强调——𬭩𫖯䶮")))
    assert pdfium_text(data) == "强调——𬭩𫖯䶮"
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert run("pdftotext", path, "-").strip() == "强调——𬭩𫖯䶮"


def test_a_line_with_gaps_reads_without_blanks(tmp_path: Path) -> None:
    data = written(GAPPED)
    assert pdfium_text(data) == GAPPED.actual
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert run("pdftotext", path, "-").strip() == GAPPED.actual


def test_lines_that_read_as_a_text_stay_lines(tmp_path: Path) -> None:
    texts = [f"第{n}项工作由机关党委牵头" for n in range(1, 5)]
    lines = [
        Group(
            (
                GlyphRun(20, 40 + 24 * n, "fang", 16, text[0]),
                GlyphRun(40, 40 + 24 * n, "hei", 16, text[1]),
                GlyphRun(53, 40 + 24 * n, "fang", 16, text[2:]),
            ),
            actual=text,
        )
        for n, text in enumerate(texts)
    ]
    data = written(*lines)
    assert pdfium_text(data).split() == texts
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert run("pdftotext", path, "-").split() == texts


def test_every_font_is_embedded_whole_and_composite(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(written(*sample()))
    rows = run("pdffonts", path).splitlines()[2:]
    assert len(rows) == 5
    for row in rows:
        assert " CID " in row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]
    with pikepdf.open(path) as file:
        assert "Helvetica" not in str(file.pages[0].resources)
        assert sorted(file.pages[0].resources.keys()) == ["/ExtGState", "/Font"]


def test_the_file_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(written(*sample()))
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_two_characters_of_one_glyph_keep_their_own_texts() -> None:
    for key in ("song", "fang"):
        face = FONTS.face(key)
        same = face.glyph("国\ufe00") == face.glyph("国")
        assert same
        data = written(GlyphRun(20, 60, key, 16, ("国", "国\ufe00", "家")))
        assert pdfium_text(data).replace("\ufe00", "") == "国国家"


def test_a_face_may_draw_more_characters_than_plain_codes_hold() -> None:
    shaper = FONTS.face("song").shaper
    characters = [chr(code) for code in sorted(shaper.face.unicodes) if 0x3400 <= code <= 0x9FFF or code >= 0x20000]
    others = [chr(code) for code in sorted(shaper.face.unicodes) if 0xA1 <= code < 0x3000 and chr(code).isprintable()]
    many = (characters + others)[: PLAIN_CODES + 300]
    assert len(many) > PLAIN_CODES
    runs = [GlyphRun(5, 20 + n % 150, "song", 4, "".join(many[n : n + 60])) for n in range(0, len(many), 60)]
    data = write_pdf(pages(page(*runs), page(runs[-1], number=2)), FONTS)
    document = pypdfium2.PdfDocument(data)
    try:
        assert document[1].get_textpage().get_text_range() == runs[-1].clusters
    finally:
        document.close()


def test_a_glyph_its_face_does_not_have_is_refused() -> None:
    with pytest.raises(GlyphError, match=r"L202 .*fang\.otf.*“堃”（U\+5803）"):
        written(GlyphRun(20, 60, "fang", 16, "堃"))


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_the_faces_have_reads_back(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(["song", "hei", "fang", "kai"]))
    text = data.draw(st.text(st.sampled_from(characters_of(FONTS, key)), min_size=1, max_size=12))
    made = written(GlyphRun(20, 60, key, 12, clusters(text)))
    assert "".join(pdfium_text(made).split()) == "".join(text.split())


@cache
def characters_of(fonts: FontSet, key: str) -> list[str]:
    """What stands by itself and reads from left to right."""
    codes = sorted(fonts.face(key).shaper.face.unicodes)
    ranges = ((0x21, 0x7E), (0x3001, 0x3002), (0x3400, 0x9FFF), (0xFF01, 0xFF0F), (0x20000, 0x3FFFF))
    return [chr(code) for code in codes if any(first <= code <= last for first, last in ranges)]


# --- looks


def ink_box(data: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is dark."""
    box = pixels(data).convert("L").point(lambda value: 255 * (value < 128)).getbbox()
    assert box is not None
    return box


def color_at(data: bytes, x: int, y: int) -> tuple[int, ...]:
    color = pixels(data).getpixel((x, y))
    assert isinstance(color, tuple)
    return color


def test_y_grows_downwards_and_letters_stand_upright() -> None:
    image = pixels(written(Shape(rectangle(10, 20, 30, 10), fill=Color(1, 0, 0)), GlyphRun(100, 100, "hei", 80, "上")))
    assert image.getpixel((25, 25)) == RED
    assert image.getpixel((25, 35)) == WHITE
    ink = image.crop((100, 20, 200, 120)).convert("L").point(lambda value: 255 * (value < 128))
    rows = [sum(ink.crop((0, row, 100, row + 1)).tobytes()) for row in range(100)]
    assert rows.index(max(rows)) > 50  # the long stroke of 上 is its foot


def test_a_run_tilts_clockwise_about_its_start() -> None:
    ink = ink_box(written(GlyphRun(100, 100, "hei", 20, "一" * 4, tilt=90)))
    assert ink[1] >= 100
    assert ink[3] > 170
    assert ink[2] <= 120


def test_spacing_and_kerns_move_what_follows() -> None:
    def right(run_: GlyphRun) -> int:
        return ink_box(written(run_))[2]

    plain = right(GlyphRun(20, 60, "hei", 20, "口口口"))
    assert right(GlyphRun(20, 60, "hei", 20, "口口口", spacing=5.0)) == plain + 10
    assert right(GlyphRun(20, 60, "hei", 20, "口口口", kerns=((0, 8.0),))) == plain + 8
    assert right(GlyphRun(20, 60, "hei", 20, "口口口", kerns=((0, 8.0), (0, 2.0), (1, -4.0)))) == plain + 6
    assert right(GlyphRun(20, 60, "hei", 20, "口口口", kerns=((2, 8.0),))) == plain


def test_a_stroke_makes_letters_bolder() -> None:
    def ink(stroke: float) -> int:
        return sum(
            255 - v for v in pixels(written(GlyphRun(20, 60, "song", 40, "简", stroke=stroke))).convert("L").tobytes()
        )

    assert ink(1.0) > 1.15 * ink(0.0)


def test_a_state_set_inside_a_group_ends_with_it() -> None:
    turned = Group((Shape(rectangle(0, 0, 10, 10), fill=Color(0, 0, 1)),), (1, 0, 0.1, 1, 50, 20))
    square = Color(1, 0, 0)
    image = pixels(
        written(Shape(rectangle(10, 20, 10, 10), fill=square), turned, Shape(rectangle(100, 20, 10, 10), fill=square))
    )
    assert image.getpixel((15, 25)) == RED
    assert image.getpixel((55, 25)) == (0, 0, 255)
    assert image.getpixel((105, 25)) == RED


def test_groups_move_scale_and_clip() -> None:
    square = Shape(rectangle(0, 0, 10, 10), fill=Color(1, 0, 0))
    inner = Group((square,), (2, 0, 0, 2, 5, 5))
    image = pixels(written(Group((inner,), (1, 0, 0, 1, 100, 50)), Group((square,), clip=rectangle(0, 0, 5, 10))))
    assert image.getpixel((106, 56)) == image.getpixel((123, 73)) == RED
    assert image.getpixel((103, 53)) == image.getpixel((127, 77)) == WHITE
    assert image.getpixel((3, 5)) == RED
    assert image.getpixel((7, 5)) == WHITE


def test_a_ring_is_hollow_with_the_even_odd_rule() -> None:
    segments = rectangle(10, 10, 60, 60) + rectangle(30, 30, 20, 20)
    ring = pixels(written(Shape(segments, fill=Color(1, 0, 0), even_odd=True)))
    disc = pixels(written(Shape(segments, fill=Color(1, 0, 0))))
    assert (ring.getpixel((15, 40)), ring.getpixel((40, 40))) == (RED, WHITE)
    assert disc.getpixel((40, 40)) == RED
    hole = pixels(
        written(Group((Shape(rectangle(0, 0, 90, 90), fill=Color(1, 0, 0)),), clip=segments, clip_even_odd=True))
    )
    assert (hole.getpixel((15, 40)), hole.getpixel((40, 40)), hole.getpixel((80, 80))) == (RED, WHITE, WHITE)


def test_opacity_lets_the_ground_through_and_ends_after_its_mark() -> None:
    data = written(
        Shape(rectangle(0, 0, 20, 20), fill=Color(1, 0, 0, 0.5)),
        Shape(rectangle(30, 0, 20, 20), fill=Color(1, 0, 0)),
        rule(60, 10, 80, 10, 20, Color(0, 0, 1, 0.25)),
    )
    red, green, blue = color_at(data, 10, 10)
    assert red == 255
    assert abs(green - 127) <= 1
    assert green == blue
    assert color_at(data, 40, 10) == RED
    assert abs(color_at(data, 70, 10)[0] - 191) <= 1


def png(mode: str, color: tuple[int, ...] | int, size: tuple[int, int] = (4, 4), kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, color).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (png("RGB", (255, 0, 0)), RED),
        (png("RGBA", (255, 0, 0, 0)), WHITE),
        (png("L", 255), WHITE),
        (png("1", 0), (0, 0, 0)),
        (png("RGB", (0, 0, 0), kind="JPEG"), (0, 0, 0)),
        (png("CMYK", (0, 0, 0, 0), kind="JPEG"), WHITE),
    ],
)
def test_images_fill_their_box(data: bytes, seen: tuple[int, int, int]) -> None:
    image = pixels(written(Raster(20, 30, 40, 20, data)))
    assert image.getpixel((40, 40)) == seen
    assert image.getpixel((40, 60)) == WHITE


def test_images_stand_upright_and_are_kept_once() -> None:
    buffer = io.BytesIO()
    picture = Image.new("RGB", (2, 2), WHITE)
    picture.putpixel((0, 0), RED)
    picture.resize((40, 40), Image.Resampling.NEAREST).save(buffer, "PNG")
    data = written(Raster(20, 30, 40, 40, buffer.getvalue()), Raster(120, 30, 40, 40, buffer.getvalue()))
    assert pixels(data).getpixel((25, 35)) == RED
    assert pixels(data).getpixel((25, 65)) == WHITE
    assert data.count(b"/Subtype /Image") == 1


def test_bytes_that_are_no_image_are_refused() -> None:
    with pytest.raises(RenderError, match="P501"):
        written(Raster(0, 0, 10, 10, b"GIF89a nonsense"))


def test_an_imported_page_keeps_its_place_and_its_text() -> None:
    source = written(Shape(rectangle(0, 0, 150, 100), fill=Color(1, 0, 0)), GlyphRun(160, 150, "hei", 20, "图中字"))
    data = written(Imported(100, 50, 150, 100, source))
    image = pixels(data)
    assert image.getpixel((110, 60)) == image.getpixel((170, 95)) == RED
    assert image.getpixel((95, 45)) == image.getpixel((180, 60)) == image.getpixel((110, 120)) == WHITE
    assert "图中字" in pdfium_text(data)
    assert data == written(Imported(100, 50, 150, 100, source))


def test_an_imported_page_takes_nothing_over_from_what_was_drawn_before_it() -> None:
    drawn = (rule(0, 50, 150, 50, 4.0), GlyphRun(10, 30, "hei", 20, "图中字"))
    before = (
        Shape(rectangle(10, 10, 30, 10), stroke=Color(1, 0, 0), width=3, dash=(20.0, 20.0), cap="round"),
        GlyphRun(10, 40, "hei", 12, "空心", stroke=0.8, spacing=6.0),
    )
    here = Imported(100, 50, WIDTH / 2, HEIGHT / 2, written(*drawn))
    window = (100, 50, 250, 150)
    assert pixels(written(*before, here)).crop(window).tobytes() == pixels(written(here)).crop(window).tobytes()


def test_bytes_that_are_no_pdf_are_refused() -> None:
    with pytest.raises(RenderError, match="P503"):
        written(Imported(0, 0, 10, 10, b"%PDF-1.7 nonsense"))


def test_without_pikepdf_an_imported_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(RenderError, match=r"P502 .*pip install .jianbao\[kaleido\]"):
        written(Imported(0, 0, 10, 10, b""))


# --- ways through the file

HOSTILE = ("A<B且C>D", r")\(", "a&b;</Title>", "一、𬭩", "(((")


def test_bookmarks_read_literally_and_lead_to_their_places(tmp_path: Path) -> None:
    first = page(GlyphRun(20, 60, "song", 16, "一"), anchors=(Anchor("one", 40.0), Anchor("two", 90.0)))
    second = page(number=2, anchors=(Anchor("three", 10.0),))
    outline = tuple(
        Bookmark(title, anchor, level)
        for title, anchor, level in zip(HOSTILE, ("one", "two", "two", "three", "one"), (0, 1, 5, 0, 1), strict=True)
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(pages(first, second, outline=outline), FONTS))
    with pikepdf.open(path) as file, file.open_outline() as read:
        assert [str(item.title) for item in read.root] == [HOSTILE[0], HOSTILE[3]]
        assert [str(item.title) for item in read.root[0].children] == [HOSTILE[1]]
        assert [str(item.title) for item in read.root[0].children[0].children] == [HOSTILE[2]]
        assert [str(item.title) for item in read.root[1].children] == [HOSTILE[4]]
        target = read.root[0].destination
        assert isinstance(target, pikepdf.Array)
        assert target[0] == file.pages[0].obj
        assert float(target[3]) == HEIGHT - 40
        assert int(file.Root.Outlines.Count) == 5
    document = pypdfium2.PdfDocument(path)
    try:
        assert [mark.get_title() for mark in document.get_toc()] == list(HOSTILE)
    finally:
        document.close()


def test_links_lie_where_they_were_laid_and_lead_to_their_anchor(tmp_path: Path) -> None:
    first = page(links=(Link(20, 30, 100, 16, "annex"),))
    second = page(number=2, anchors=(Anchor("annex", 70.0),))
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(pages(first, second), FONTS))
    with pikepdf.open(path) as file:
        (link,) = file.pages[0].Annots
        assert [float(edge) for edge in link.Rect] == [20, HEIGHT - 46, 120, HEIGHT - 30]
        assert link.Dest[0] == file.pages[1].obj
        assert float(link.Dest[3]) == HEIGHT - 70
    assert "No syntax" in run("qpdf", "--check", path)


def test_a_link_to_nowhere_is_a_fault_of_the_caller() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        write_pdf(pages(page(links=(Link(0, 0, 1, 1, "nowhere"),))), FONTS)


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(pages(page(), page(number=2)), FONTS))
    with pikepdf.open(path) as file:
        assert {key: str(value) for key, value in file.docinfo.items()} == {
            "/Title": "简报〔2026〕第11期",
            "/Author": "机关党委",
            "/Subject": "模范机关建设",
            "/Producer": "jianbao",
            "/CreationDate": "D:20261101000000",
            "/ModDate": "D:20261101000000",
        }
        assert str(file.Root.Lang) == "zh-CN"
        assert bool(file.Root.ViewerPreferences.DisplayDocTitle) is True
        assert [str(sheet.label) for sheet in file.pages] == ["— 1 —", "— 2 —"]
        assert len(file.pages) == 2


@pytest.mark.parametrize(
    ("date", "seen"),
    [("2026-11", "(D:20261101000000)"), ("2026-11-23", "(D:20261123000000)"), ("", ""), ("2026年11月", "")],
)
def test_the_date_is_the_issue_date(date: str, seen: str) -> None:
    assert pdf_date(date) == seen


def test_empty_texts_are_left_out() -> None:
    data = write_pdf(pages(page(), meta=Meta("题", "", "", "")), FONTS)
    assert b"/Author" not in data
    assert b"/CreationDate" not in data


def test_pillow_waits_until_a_picture_has_pixels() -> None:
    code = (
        "import sys, digest.pdf.write; assert 'PIL._imaging' not in sys.modules;"
        "import PIL.Image; assert PIL.Image.new('L', (1, 1)).size == (1, 1); assert 'PIL._imaging' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


# --- same pages, same bytes


def test_equal_pages_give_equal_bytes() -> None:
    assert written(*sample()) == write_pdf(pages(page(*sample())), load_fonts())


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Asia/Shanghai", "C"), ("977", "America/Lima", "zh_CN.UTF-8")]
)
def test_no_process_zone_locale_or_setting_changes_a_byte(tmp_path: Path, seed: str, zone: str, locale: str) -> None:
    code = (
        "import hashlib; from tests.pdf.test_write import sample; from tests.pdf.sheets import written;"
        "print(hashlib.sha256(written(*sample())).hexdigest())"
    )
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "LC_ALL": locale,
        "SOURCE_DATE_EPOCH": "1",
        "RL_useA85": "1",
        "RL_invariant": "0",
        "RL_pdfComments": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    assert done.stdout.strip() == hashlib.sha256(written(*sample())).hexdigest()


def test_other_pages_give_another_identifier() -> None:
    one, two = written(GlyphRun(20, 60, "song", 16, "甲")), written(GlyphRun(20, 60, "song", 16, "乙"))
    with pikepdf.open(io.BytesIO(one)) as first, pikepdf.open(io.BytesIO(two)) as second:
        assert bytes(first.trailer.ID[0]) == bytes(first.trailer.ID[1]) != bytes(second.trailer.ID[0])
