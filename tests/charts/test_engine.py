from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.engine import InProcess, plotly_js, plotly_js_version
from digest.charts.svg import marks_of
from digest.errors import ChartError, GlyphError
from tests.charts.figures import FIGURES, figure
from tests.charts.marks import runs, words

if TYPE_CHECKING:
    from digest.fonts import FontSet

WIDTH, HEIGHT = 400.0, 200.0


@pytest.fixture(scope="module")
def drawings(engine: InProcess) -> dict[str, str]:
    return {name: engine.draw(figure(name), WIDTH, HEIGHT) for name in FIGURES}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_of_every_kind_becomes_marks(name: str, drawings: dict[str, str], fonts: FontSet) -> None:
    assert marks_of(drawings[name], fonts)


@pytest.mark.parametrize("name", FIGURES)
def test_every_word_lies_inside_the_picture(name: str, drawings: dict[str, str], fonts: FontSet) -> None:
    for run in runs(marks_of(drawings[name], fonts)):
        width = sum(fonts.face(run.face).advance(cluster) for cluster in run.clusters) * run.size
        assert -1 <= run.x <= WIDTH + 1
        assert run.tilt or run.x + width <= WIDTH + 1
        assert 0 <= run.y <= HEIGHT + 1


def test_the_same_figure_gives_the_same_bytes_in_another_engine_and_order(
    drawings: dict[str, str], fonts: FontSet
) -> None:
    with InProcess(fonts) as other:
        for name in reversed(FIGURES):
            assert other.draw(figure(name), WIDTH, HEIGHT) == drawings[name], name


def test_dates_are_told_in_chinese(drawings: dict[str, str], fonts: FontSet) -> None:
    assert "2026年7月" in words(marks_of(drawings["dates"], fonts))


def test_text_is_measured_with_the_faces_that_print_it(drawings: dict[str, str], fonts: FontSet) -> None:
    peak = next(run for run in runs(marks_of(drawings["line"], fonts)) if "峰值" in "".join(run.clusters))
    assert peak.face == "hei"


def test_a_cell_without_a_value_is_left_white(drawings: dict[str, str]) -> None:
    assert drawings["heatmap"].count("%3Crect") == 3


def test_a_loop_without_end_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    with InProcess(fonts, seconds=3) as engine:
        before = engine.draw(figure("bar"), WIDTH, HEIGHT)
        engine._seconds = 0.02
        many = {"data": [{"type": "scatter", "y": list(range(60_000)), "mode": "markers"}], "layout": {}}
        with pytest.raises(ChartError) as caught:
            engine.draw(many, WIDTH, HEIGHT)
        assert caught.value.code == "C102"
        engine._seconds = 20
        assert engine.draw(figure("bar"), WIDTH, HEIGHT) == before


def test_a_figure_that_eats_memory_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    with InProcess(fonts, memory=120 * 2**20, seconds=20) as engine:
        huge = {"data": [{"type": "bar", "y": list(range(200_000))}], "layout": {}}
        with pytest.raises(ChartError) as caught:
            engine.draw(huge, WIDTH, HEIGHT)
        assert caught.value.code in ("C103", "C102")
        assert engine.draw(figure("bar"), WIDTH, HEIGHT)


def test_a_character_without_a_face_is_named(engine: InProcess) -> None:
    strange: dict[str, Any] = {"data": [{"type": "bar", "x": ["\U0001f600"], "y": [1]}], "layout": {}}
    with pytest.raises(GlyphError, match="\U0001f600"):
        engine.draw(strange, WIDTH, HEIGHT)


def test_a_missing_mini_racer_says_what_to_install(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    with InProcess(fonts) as engine, pytest.raises(ChartError) as caught:
        engine.draw(figure("bar"), WIDTH, HEIGHT)
    assert caught.value.code == "C101"
    assert "mini-racer" in str(caught.value)


def test_plotly_js_is_the_one_of_the_plotly_package() -> None:
    assert plotly_js().parent.parent.name == "plotly"
    assert plotly_js_version()[0].isdigit()


def test_the_room_can_be_entered_without_any_engine() -> None:
    modules = (
        "bars",
        "cache",
        "engine",
        "figures",
        "illustrate",
        "kaleido",
        "paths",
        "properties",
        "render",
        "svg",
        "theme",
        "voices",
    )
    code = (
        f"import sys, {', '.join('digest.charts.' + name for name in modules)}\n"
        "print([name for name in ('plotly', 'kaleido', 'py_mini_racer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
