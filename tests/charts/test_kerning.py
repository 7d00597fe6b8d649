"""Letters of charts stand as close to each other as browsers set them, and are measured so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import uharfbuzz as hb

from digest.charts.kerning import LETTERS, kerns_of
from digest.charts.paths import bounds
from digest.charts.svg import marks_of
from tests.charts.marks import paths, runs

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{}</svg>'


def boxed(engine: InProcess, fonts: FontSet, text: str, **font: object) -> float:
    """Width of the box that plotly.js puts round a text, without its edge."""
    note: dict[str, Any] = {"borderwidth": 1, "bordercolor": "#f00", "borderpad": 0, "showarrow": False}
    note |= {"text": text, "x": 0.5, "y": 0.5, "font": {"size": 20, **font}}
    figure = {"data": [{"x": [0, 1], "y": [0, 1]}], "layout": {"annotations": [note]}}
    marks = marks_of(engine.draw(figure, 300, 200, fonts), fonts)
    boxes = [bounds(mark.segments) for mark in paths(marks) if mark.stroke and mark.stroke.red == 1]
    ((left, _, right, _),) = [box for box in boxes if box]
    return right - left - 1


def test_an_o_stands_under_the_arm_of_a_t(fonts: FontSet) -> None:
    assert kerns_of(fonts.face("hei"))["To"] == pytest.approx(-0.076)
    assert kerns_of(fonts.face("hei-bold"))["To"] == pytest.approx(-0.089)


def test_figures_of_a_column_are_not_kerned(fonts: FontSet) -> None:
    assert not [pair for pair in kerns_of(fonts.face("hei")) if pair.isdigit()]


def test_every_pair_is_told_as_it_is_shaped_alone(fonts: FontSet) -> None:
    face = fonts.face("hei")
    letters = LETTERS[::5]
    shaped = {}
    for pair in (one + other for one in letters for other in letters):
        buffer = hb.Buffer()
        buffer.add_str(pair)
        buffer.script, buffer.direction = "Latn", "ltr"
        hb.shape(face.shaper, buffer, {"locl": False, "ccmp": False, "calt": False, "liga": False})
        shaped[pair] = buffer.glyph_positions[0].x_advance / face.upem - face.advance(pair[0])
    kerns = kerns_of(face)
    assert {pair: kerns.get(pair, 0.0) for pair in shaped} == pytest.approx(shaped)
    assert any(shaped.values())


def test_a_word_is_printed_with_its_kerning(fonts: FontSet) -> None:
    (run,) = runs(marks_of(SVG.format('<text x="0" y="20" font-size="20">To</text>'), fonts))
    assert dict(run.kerns) == {0: pytest.approx(-1.52)}


def test_a_kerned_word_that_ends_at_a_place_ends_there(fonts: FontSet) -> None:
    (run,) = runs(marks_of(SVG.format('<text x="100" y="20" font-size="20" text-anchor="end">To</text>'), fonts))
    hei = fonts.face("hei")
    width = 20 * (hei.advance("T") + hei.advance("o") - 0.076)
    assert run.x == pytest.approx(100 - width, abs=1e-3)


@pytest.mark.parametrize(
    "look", ['transform="scale(2)"', 'font-style="italic" transform="scale(2)"', 'transform="scale(2,3)"']
)
def test_kerning_grows_with_what_is_drawn(look: str, fonts: FontSet) -> None:
    (run,) = runs(marks_of(SVG.format(f'<g {look}><text x="0" y="20" font-size="20">To</text></g>'), fonts))
    assert dict(run.kerns) == {0: pytest.approx(-0.076 * run.size)}


def test_letters_of_two_sizes_are_not_kerned(fonts: FontSet) -> None:
    text = '<text x="0" y="20" font-size="20" font-variant="small-caps">To</text>'
    assert [run.kerns for run in runs(marks_of(SVG.format(text), fonts))] == [(), ()]


def test_a_kerned_word_takes_less_room(engine: InProcess, fonts: FontSet) -> None:
    hei = fonts.face("hei")
    plain = 20 * sum(map(hei.advance, "trace"))
    kerned = plain + 20 * sum(kerns_of(hei).get(pair, 0.0) for pair in ("tr", "ra", "ac", "ce"))
    assert plain - kerned == pytest.approx(1.12)
    assert boxed(engine, fonts, "trace") == pytest.approx(kerned, abs=0.6)


def test_ink_beside_the_room_of_a_letter_is_reckoned_in(engine: InProcess, fonts: FontSet) -> None:
    """A bold A begins left of its place and ends right of its room: half a unit on each side, in whole half units."""
    assert 14 * fonts.face("hei-bold").advance("A") == pytest.approx(8.97, abs=0.01)
    assert boxed(engine, fonts, "A", size=14, weight="bold") == pytest.approx(10)
