from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from digest.charts.svg import mark_box, marks_of
from digest.drawing import GlyphRun, Group, Path, Raster, hex_color, rectangle
from digest.errors import ChartError, GlyphError
from tests.charts.marks import flat, paths, runs, words

if TYPE_CHECKING:
    from digest.drawing import Mark
    from digest.fonts import FontSet


def drawn(body: str, fonts: FontSet) -> tuple[Mark, ...]:
    return marks_of(f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{body}</svg>', fonts)


def test_a_rectangle_becomes_a_filled_path(fonts: FontSet) -> None:
    (mark,) = drawn('<rect x="1" y="2" width="3" height="4" style="fill: rgb(31, 58, 95); fill-opacity: 0.5"/>', fonts)
    assert isinstance(mark, Path)
    assert mark.segments == rectangle(1, 2, 3, 4)
    assert mark.fill is not None
    assert mark.fill.alpha == 0.5
    assert mark.stroke is None


def test_style_wins_over_attributes_and_children_inherit(fonts: FontSet) -> None:
    (mark,) = paths(drawn('<g fill="red" style="fill: #00f"><circle r="2"/></g>', fonts))
    assert mark.fill == hex_color("#0000FF")


def test_what_cannot_be_seen_leaves_no_mark(fonts: FontSet) -> None:
    body = """
        <rect width="9" height="9" fill="none"/> <rect width="9" height="9" opacity="0"/>
        <rect width="9" height="9" style="display: none"/> <rect width="9" height="9" visibility="hidden"/>
        <rect width="0" height="9"/> <path d="M0,0L9,9" fill="none" stroke="red" stroke-width="0"/>
    """
    assert drawn(body, fonts) == ()


def test_a_turn_and_a_scale_are_worked_into_path_and_stroke(fonts: FontSet) -> None:
    body = '<line x2="5" stroke="black" stroke-dasharray="2,1" transform="scale(2)"/>'
    assert [(mark.segments, mark.width, mark.dash) for mark in paths(drawn(body, fonts))] == [
        ((("M", 0.0, 0.0), ("L", 10.0, 0.0)), 2, (4, 2))
    ]


def test_a_stroke_that_does_not_scale_keeps_its_width(fonts: FontSet) -> None:
    body = '<path d="M0,0L5,0" stroke="black" vector-effect="non-scaling-stroke" transform="scale(2,3)"/>'
    (mark,) = drawn(body, fonts)
    assert isinstance(mark, Path)
    assert (mark.width, mark.segments) == (1, (("M", 0, 0), ("L", 10, 0)))


def test_a_distorting_transform_stays_a_group(fonts: FontSet) -> None:
    (mark,) = drawn('<line x2="5" stroke="black" transform="scale(2,3)"/>', fonts)
    assert isinstance(mark, Group)
    assert mark.transform == (2, 0, 0, 3, 0, 0)


def test_a_corner_beyond_the_miter_limit_is_cut(fonts: FontSet) -> None:
    sharp, blunt = paths(drawn('<path d="M0,0L10,1L0,2" stroke="red"/><path d="M0,0L10,0L10,9" stroke="red"/>', fonts))
    assert (sharp.join, blunt.join) == ("bevel", "miter")


def test_a_clip_path_becomes_a_group_with_a_clip(fonts: FontSet) -> None:
    body = """
        <defs><clipPath id="c"><rect width="5" height="5" transform="translate(1,1)"/></clipPath></defs>
        <g transform="translate(10,0)" clip-path="url(#c)"><rect width="50" height="50"/></g>
    """
    (mark,) = drawn(body, fonts)
    assert isinstance(mark, Group)
    assert mark.clip == rectangle(11, 1, 5, 5)
    assert mark_box(mark) == (11, 1, 16, 6)


def test_an_empty_clip_leaves_nothing(fonts: FontSet) -> None:
    body = '<clipPath id="c"><rect width="0" height="5"/></clipPath><rect clip-path="url(#c)" width="9" height="9"/>'
    assert drawn(body, fonts) == ()


@pytest.mark.parametrize(("anchor", "start"), [("start", 100.0), ("middle", 90.0), ("end", 80.0)])
def test_text_stands_at_its_anchor(anchor: str, start: float, fonts: FontSet) -> None:
    (run,) = runs(drawn(f'<text x="100" y="50" font-size="10" text-anchor="{anchor}">两字</text>', fonts))
    assert (run.x, run.y, run.size, run.face) == (start, 50, 10, "hei")


def test_an_anchor_moves_the_whole_line_with_its_bold_words(fonts: FontSet) -> None:
    body = (
        '<text x="100" y="9" font-size="10" text-anchor="end">同比<tspan style="font-weight: bold">增长</tspan></text>'
    )
    plain, bold = runs(drawn(body, fonts))
    assert (plain.x, bold.x) == (60, 80)
    assert (plain.face, bold.face) == ("hei", "hei-bold")


def test_each_line_of_a_text_has_its_own_baseline(fonts: FontSet) -> None:
    body = """<text x="9" y="20" font-size="10"><tspan class="line" dy="0em" x="9" y="20">上</tspan><tspan
        class="line" dy="1.3em" x="9" y="20">下</tspan></text>"""
    above, below = runs(drawn(body, fonts))
    assert (above.x, above.y, below.x, below.y) == (9, 20, 9, 33)


def test_a_superscript_is_raised_and_smaller(fonts: FontSet) -> None:
    body = '<text x="0" y="20" font-size="10">m<tspan dy="-0.6em" style="font-size: 70%">2</tspan></text>'
    base, raised = runs(drawn(body, fonts))
    assert raised.size == pytest.approx(7)
    assert raised.y == pytest.approx(20 - 0.6 * 7)
    assert raised.x == pytest.approx(fonts.face("hei").advance("m") * 10)
    assert base.y == 20


def test_rotated_text_is_tilted_clockwise(fonts: FontSet) -> None:
    (run,) = runs(drawn('<text transform="rotate(30,10,10)" x="10" y="10">斜</text>', fonts))
    assert (run.x, run.y, run.tilt) == (10, 10, 30)


def test_a_family_list_takes_the_first_known_name(fonts: FontSet) -> None:
    (run,) = runs(drawn("""<text font-family="Arial, 'Noto Serif SC', SimHei">宋</text>""", fonts))
    assert run.face == "song"


def test_marks_for_measuring_leave_no_glyph(fonts: FontSet) -> None:
    assert words(drawn("<text>甲\u200b乙\u00a0丙</text>", fonts)) == ["甲乙 丙"]


def test_a_character_without_a_face_is_named(fonts: FontSet) -> None:
    with pytest.raises(GlyphError, match="\U0001f600"):
        drawn("<text>\U0001f600</text>", fonts)


def test_a_white_halo_is_painted_under_its_text(fonts: FontSet) -> None:
    white = "rgb(255, 255, 255)"
    shadow = f"1px 1px 1px {white}, -1px -1px 1px {white}, 1px -1px 1px {white}, -1px 1px 1px {white}"
    halo, ink = runs(drawn(f'<text x="1" style="text-shadow: {shadow}">字</text>', fonts))
    assert halo.stroke > 0
    assert ink.stroke == 0
    assert halo.color == hex_color("#FFFFFF")


def test_a_hatch_stays_lines_inside_its_shape(fonts: FontSet) -> None:
    body = """
        <pattern id="p" width="4" height="4" patternUnits="userSpaceOnUse">
          <rect width="4" height="4" fill="#fff"/><path d="M0,4L4,0" stroke="#000"/>
        </pattern>
        <rect x="10" y="10" width="8" height="8" fill="url(#p)"/>
    """
    (mark,) = drawn(body, fonts)
    assert isinstance(mark, Group)
    assert mark.clip == rectangle(10, 10, 8, 8)
    ground, hatch = paths((mark,))
    assert ground.stroke is None
    assert sum(segment[0] == "M" for segment in hatch.segments) == 9


def test_a_linear_gradient_runs_from_its_first_to_its_last_colour(fonts: FontSet) -> None:
    body = """
        <linearGradient id="g" x1="0" y1="1" x2="0" y2="0"><stop offset="0%" stop-color="#000"/><stop offset="100%"
        stop-color="#fff"/></linearGradient><rect width="10" height="10" fill="url(#g)"/>
    """
    strips = paths(drawn(body, fonts))
    shades = [strip.fill.red for strip in strips if strip.fill is not None]
    assert shades[0] == 0
    assert shades == sorted(shades)
    assert shades[-1] > 0.98


def test_an_embedded_png_becomes_a_raster(fonts: FontSet) -> None:
    data = base64.b64encode(b"\x89PNG").decode()
    body = f'<image x="1" y="2" width="3" height="4" href="data:image/png;base64,{data}" preserveAspectRatio="none"/>'
    assert drawn(body, fonts) == (Raster(1, 2, 3, 4, b"\x89PNG"),)


def test_see_through_shapes_that_lie_apart_each_take_the_opacity(fonts: FontSet) -> None:
    body = '<g opacity="0.5"><rect width="4" height="4"/><rect x="5" width="4" height="4"/></g>'
    assert [mark.fill.alpha for mark in paths(drawn(body, fonts)) if mark.fill] == [0.5, 0.5]


def test_a_nested_svg_moves_and_clips_what_it_holds(fonts: FontSet) -> None:
    (mark,) = drawn('<svg x="10" y="5" width="20" height="20"><rect width="50" height="2"/></svg>', fonts)
    assert isinstance(mark, Group)
    assert mark.clip == rectangle(10, 5, 20, 20)
    assert paths((mark,))[0].segments == rectangle(10, 5, 50, 2)


UNKNOWN = {
    "<foreignObject": "<foreignObject/>",
    "rect rotate: 30": '<rect width="9" height="9" rotate="30"/>',
    "path marker-end: url(#a)": '<path d="M0,0" style="marker-end: url(#a)"/>',
    "g filter: url(#f)": '<g filter="url(#f)"/>',
    "text font-style: italic": '<text style="font-style: italic">斜</text>',
    "clip-path: url(#nowhere)": '<rect width="9" height="9" clip-path="url(#nowhere)"/>',
    "fill: url(#nowhere)": '<rect width="9" height="9" fill="url(#nowhere)"/>',
    "<radialGradient>": '<radialGradient id="r"/><rect width="9" height="9" fill="url(#r)"/>',
    "颜色 burgundy-ish": '<rect width="9" height="9" fill="burgundy-ish"/>',
    "transform": '<g transform="skew(3)"/>',
    "rect width: 50%": '<rect width="50%" height="9"/>',
    "text-anchor: top": '<text text-anchor="top">字</text>',
    "image href": '<image width="9" height="9" href="https://example.com/a.png"/>',
    "opacity": '<g opacity="0.5"><rect width="9" height="9"/><circle r="5"/></g>',
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_is_not_understood_is_refused_by_name(name: str, fonts: FontSet) -> None:
    with pytest.raises(ChartError) as caught:
        drawn(UNKNOWN[name], fonts)
    assert caught.value.code == "C105"
    assert name in caught.value.message


@pytest.mark.parametrize("document", ["<!DOCTYPE svg><svg/>", "<svg", "<html/>"])
def test_only_a_plain_svg_document_is_read(document: str, fonts: FontSet) -> None:
    with pytest.raises(ChartError):
        marks_of(document, fonts)


def test_glyphs_and_paths_are_painted_in_the_order_of_the_document(fonts: FontSet) -> None:
    kinds = [type(mark) for mark in flat(drawn('<rect width="1" height="1"/><text>字</text><circle r="1"/>', fonts))]
    assert kinds == [Path, GlyphRun, Path]
