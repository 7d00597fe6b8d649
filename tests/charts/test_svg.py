from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.charts.svg import mark_box, marks_of
from digest.drawing import GlyphRun, Group, Path, Raster, hex_color, rectangle
from digest.errors import ChartError, GlyphError
from tests.charts.marks import flat, paths, runs, words

if TYPE_CHECKING:
    from digest.drawing import Mark
    from digest.fonts import FontSet


PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR42mP4z8AAR8hsBgAmZQP9+7uVwwAAAABJ"
    "RU5ErkJggg=="
)
"""Four red pixels across and two down."""


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


def test_italics_are_slanted_letters(fonts: FontSet) -> None:
    (mark,) = drawn('<text x="10" y="20" font-size="8" font-style="italic">斜</text>', fonts)
    assert words((mark,)) == ["斜"]
    assert isinstance(mark, Group)
    assert mark.transform == (1, 0, -0.25, 1, 10, 20)


def test_small_capitals_are_capitals_at_seven_tenths(fonts: FontSet) -> None:
    body = '<text font-size="10" font-variant="{}">Ab指标</text>'
    assert [(run.clusters, run.size) for run in runs(drawn(body.format("small-caps"), fonts))] == [
        ("A", 10), ("B", 7), ("指标", 10)
    ]  # fmt: skip
    assert words(drawn(body.format("all-small-caps"), fonts)) == ["AB", "指标"]


@pytest.mark.parametrize(
    ("case", "text"),
    [("uppercase", "AN OFFICE'S 3D"), ("lowercase", "an office's 3d"), ("capitalize", "An OFFice's 3d")],
)
def test_letters_change_case_where_the_style_asks_for_it(case: str, text: str, fonts: FontSet) -> None:
    assert words(drawn(f'<text text-transform="{case}">an OFFice\'s 3d</text>', fonts)) == [text]


def test_lines_run_under_and_through_the_whole_text_they_are_asked_for(fonts: FontSet) -> None:
    body = """<text y="50" font-size="20">前<tspan style="text-decoration: underline" fill="red">中<tspan
        font-weight="bold">后</tspan></tspan></text>"""
    under = paths(drawn(body, fonts))
    assert [mark_box(mark) for mark in under] == [(20, 51, 40, 53), (40, 51, 60, 53)]
    assert {mark.fill for mark in under} == {hex_color("#FF0000")}
    kinds = [type(mark) for mark in drawn('<text font-size="20" text-decoration="line-through">删</text>', fonts)]
    assert kinds == [GlyphRun, Path]


def test_a_shift_inside_a_line_moves_what_follows_and_the_anchor_counts_it(fonts: FontSet) -> None:
    body = '<text x="100" font-size="10" text-anchor="end">甲<tspan dx="5">乙</tspan></text>'
    assert [run.x for run in runs(drawn(body, fonts))] == [75, 90]


def test_a_value_that_is_none_is_passed_over_as_browsers_do(fonts: FontSet) -> None:
    body = """<g stroke-width="3" text-anchor="end"><path d="M0,0H9" stroke="red" stroke-width="false"/>
        <text text-anchor="left">字</text></g>"""
    line, text = drawn(body, fonts)
    assert isinstance(line, Path)
    assert line.width == 3
    assert isinstance(text, GlyphRun)
    assert text.x == -12


def test_shadows_without_blur_are_copies_under_the_text(fonts: FontSet) -> None:
    under, ink = runs(drawn('<text x="1" y="2" style="text-shadow: 3px 4px red">字</text>', fonts))
    assert (under.x, under.y, under.color) == (4, 6, hex_color("#FF0000"))
    assert (ink.x, ink.y) == (1, 2)


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


FITS = {
    "none": (10, 20, 8, 8),
    "xMidYMid meet": (10, 22, 8, 4),
    "xMaxYMin": (10, 20, 8, 4),
    "xMinYMax slice": (10, 20, 16, 8),
    "xMidYMid slice": (6, 20, 16, 8),
}


@pytest.mark.parametrize("fit", FITS)
def test_an_embedded_png_becomes_a_raster_that_fits_its_box(fit: str, fonts: FontSet) -> None:
    body = f'<image x="10" y="20" width="8" height="8" href="{PNG}" preserveAspectRatio="{fit}"/>'
    marks = drawn(body, fonts)
    (image,) = flat(marks)
    assert isinstance(image, Raster)
    assert (image.x, image.y, image.width, image.height) == FITS[fit]
    clipped = isinstance(marks[0], Group) and marks[0].clip == rectangle(10, 20, 8, 8)
    assert clipped == ("slice" in fit)


def test_a_see_through_image_is_a_see_through_group(fonts: FontSet) -> None:
    (mark,) = drawn(f'<image width="8" height="4" href="{PNG}" opacity="0.25"/>', fonts)
    assert isinstance(mark, Group)
    assert mark.opacity == 0.25


def test_see_through_shapes_over_each_other_are_a_see_through_group_of_solid_ones(fonts: FontSet) -> None:
    (mark,) = drawn('<g opacity="0.5"><rect width="9" height="9"/><circle r="5"/></g>', fonts)
    assert isinstance(mark, Group)
    assert mark.opacity == 0.5
    assert [path.fill.alpha for path in paths((mark,)) if path.fill] == [1, 1]


def test_a_stroke_that_is_clear_by_itself_lets_its_fill_shine_through(fonts: FontSet) -> None:
    body = '<rect width="9" height="9" fill="red" stroke="blue" {}/>'
    assert len(paths(drawn(body.format('stroke-opacity="0.5"'), fonts))) == 2
    (whole,) = paths(drawn(body.format('opacity="0.5"'), fonts))
    assert whole.fill is not None
    assert whole.stroke is not None


def test_a_radial_gradient_becomes_rings_from_the_outside_in(fonts: FontSet) -> None:
    body = """<radialGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#000"/>
        </radialGradient><rect x="10" width="20" height="10" fill="url(#g)"/>"""
    ground, *rings = paths(drawn(body, fonts))
    assert mark_box(rings[0]) == pytest.approx((10, 0, 30, 10), abs=0.3)
    shades = [ring.fill.red for ring in (ground, *rings) if ring.fill]
    assert shades == sorted(shades)


@pytest.mark.parametrize("ends", [("0", "1"), ("1", "0")])
def test_a_gradient_that_fades_away_adds_up_layer_by_layer(ends: tuple[str, str], fonts: FontSet) -> None:
    body = f"""<linearGradient id="g"><stop stop-color="red" stop-opacity="{ends[0]}"/><stop offset="1" stop-color="red"
        stop-opacity="{ends[1]}"/></linearGradient><rect width="96" height="10" fill="url(#g)"/>"""
    strips = [(mark_box(mark), mark.fill.alpha) for mark in paths(drawn(body, fonts)) if mark.fill]

    def seen(x: float) -> float:
        clear = 1.0
        for box, alpha in strips:
            if box is not None and box[0] <= x < box[2]:
                clear *= 1 - alpha
        return 1 - clear

    first, last = map(float, ends)
    for x in (0.5, 24.5, 48.5, 95.5):
        assert seen(x) == pytest.approx(first + (last - first) * x / 96, abs=0.01)


def test_plain_shapes_of_a_clip_path_are_united(fonts: FontSet) -> None:
    body = """<clipPath id="c"><rect width="5" height="5"/><circle cx="5" r="4"/></clipPath>
        <rect width="50" height="50" clip-path="url(#c)"/>"""
    (mark,) = drawn(body, fonts)
    assert isinstance(mark, Group)
    assert mark.clip[:5] == rectangle(0, 0, 5, 5)
    assert len(mark.clip) == 11
    assert not mark.clip_even_odd


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
    "font-variant: unicase": '<text font-variant="unicase">斜</text>',
    "text-decoration-line: blink": '<text text-decoration="blink">字</text>',
    "text-transform: full-width": '<text text-transform="full-width">字</text>',
    "text-shadow: 2px 2px 3px red": '<text style="text-shadow: 2px 2px 3px red">字</text>',
    "text letter-spacing: 3px": '<text letter-spacing="3px">字</text>',
    "text stroke": '<text stroke="red">字</text>',
    "clip-path: url(#nowhere)": '<rect width="9" height="9" clip-path="url(#nowhere)"/>',
    "fill: url(#nowhere)": '<rect width="9" height="9" fill="url(#nowhere)"/>',
    "radialGradient fx": """<radialGradient id="r" fx="0"><stop/></radialGradient><rect width="9" height="9"
        fill="url(#r)"/>""",
    "linearGradient stop-opacity": """<linearGradient id="g"><stop stop-color="red" stop-opacity="0"/><stop offset="1"
        stop-color="blue"/></linearGradient><rect width="9" height="9" fill="url(#g)"/>""",
    "stroke: url(#p)": '<pattern id="p"/><path d="M0,0L9,9" stroke="url(#p)"/>',
    "clipPath": """<clipPath id="c"><path d="M0,0H9V9Z"/><path d="M5,0H9V9Z"/></clipPath><rect width="9" height="9"
        clip-path="url(#c)"/>""",
    "颜色 burgundy-ish": '<rect width="9" height="9" fill="burgundy-ish"/>',
    "transform": '<g transform="skew(3)"/>',
    "rect width: 50%": '<rect width="50%" height="9"/>',
    "text alignment": '<text alignment="top">字</text>',
    "image href": '<image width="9" height="9" href="https://example.com/a.png"/>',
    "image preserveAspectRatio": f'<image width="9" height="9" href="{PNG}" preserveAspectRatio="defer"/>',
    "image 的数据": '<image width="9" height="9" href="data:image/png;base64,iVBO"/>',
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
