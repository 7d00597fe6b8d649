from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import BRIEFING, generate_digest, typeset_story
from digest.drawing import BLACK, WHITE, Color, GlyphRun, Group, Path, Raster, TextLine, hex_color, rectangle
from digest.grey import grey_marks, grey_of, lightness
from digest.story.blocks import Caption, Chart, Meta, Story
from digest.story.charts import PlotlyChart

if TYPE_CHECKING:
    from pathlib import Path as FilePath

    from digest.drawing import Mark
    from tests.conftest import Jianbao

RED, GREY = hex_color("#C8102E"), grey_of(hex_color("#C8102E"))
SHARES = st.floats(0, 1)


@given(SHARES, SHARES, SHARES, SHARES)
def test_a_grey_is_as_light_and_as_opaque_as_its_colour(red: float, green: float, blue: float, alpha: float) -> None:
    color = Color(red, green, blue, alpha)
    grey = grey_of(color)
    assert grey.red == grey.green == grey.blue
    assert grey.alpha == alpha
    assert lightness(Color(grey.red, grey.green, grey.blue)) == pytest.approx(
        lightness(Color(red, green, blue)), abs=0.01
    )


def test_black_and_white_stay_what_they_are() -> None:
    assert (grey_of(BLACK), grey_of(WHITE)) == (BLACK, WHITE)


def test_every_mark_loses_its_colour_and_images_stay() -> None:
    box, image = rectangle(0, 0, 1, 1), Raster(0, 0, 1, 1, b"")

    def marks(ink: Color) -> tuple[Mark, ...]:
        line = TextLine(0, 0, 9, ("字",), "字", "hei", ink)
        return GlyphRun(0, 0, "hei", 9, "字", ink), line, Path(box, ink, ink), image

    assert grey_marks((Group(marks(RED), clip=box), Path(box))) == (Group(marks(GREY), clip=box), Path(box))


def colored(pdf: bytes) -> bool:
    """Whether any page has a pixel that is not grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            pixels = bytes(page.render(scale=0.5).buffer)
            if not pixels[0::3] == pixels[1::3] == pixels[2::3]:
                return True
    return False


def test_a_figure_with_colours_of_its_own_is_grey_in_a_grey_style() -> None:
    figure = {"data": [{"type": "bar", "x": ["甲"], "y": [3], "marker": {"color": "#ff0000"}}]}
    story = Story(Meta("", "", "", "2026-11"), (Chart(PlotlyChart(figure), Caption("图1", "")),))
    assert colored(bytes(typeset_story(story)))
    assert not colored(bytes(typeset_story(story, style=BRIEFING.in_grey())))


def test_a_whole_digest_can_be_printed_without_colour(project: FilePath) -> None:
    assert colored(bytes(generate_digest(project)))
    assert not colored(bytes(generate_digest(project, style=BRIEFING.in_grey())))


def test_the_command_prints_without_colour_where_it_is_asked_to(
    project: FilePath, tmp_path: FilePath, jianbao: Jianbao
) -> None:
    done = jianbao("build", project, "--grey", "-o", tmp_path / "黑白.pdf")
    assert done.returncode == 0, done.stderr
    assert not colored((tmp_path / "黑白.pdf").read_bytes())
