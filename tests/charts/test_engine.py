from __future__ import annotations

import pkgutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import digest.charts
from digest.charts import script_engine
from digest.charts.engine import InProcess
from digest.charts.plotly_js import Script, plotly_js, plotly_js_version
from digest.charts.svg import marks_of
from digest.errors import ChartError, GlyphError
from digest.fonts import load_fonts
from tests.charts.figures import FIGURES, figure
from tests.charts.marks import runs, words

if TYPE_CHECKING:
    from digest.fonts import FontSet

WIDTH, HEIGHT = 400.0, 200.0


@pytest.fixture(scope="module")
def drawings(engine: InProcess, fonts: FontSet) -> dict[str, str]:
    return {name: engine.draw(figure(name), WIDTH, HEIGHT, fonts) for name in FIGURES}


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
    with InProcess() as other:
        for name in reversed(FIGURES):
            assert other.draw(figure(name), WIDTH, HEIGHT, fonts) == drawings[name], name


def test_dates_are_told_in_chinese(drawings: dict[str, str], fonts: FontSet) -> None:
    assert "2026年7月" in words(marks_of(drawings["dates"], fonts))


def test_text_is_measured_with_the_faces_that_print_it(drawings: dict[str, str], fonts: FontSet) -> None:
    peak = next(run for run in runs(marks_of(drawings["line"], fonts)) if "峰值" in "".join(run.clusters))
    assert peak.face == "hei"


def test_a_cell_without_a_value_is_left_white(drawings: dict[str, str]) -> None:
    assert drawings["heatmap"].count("%3Crect") == 3


def test_a_loop_without_end_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    with InProcess(seconds=3) as engine:
        before = engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)
        engine._seconds = 0.02
        many = {"data": [{"type": "scatter", "y": list(range(60_000)), "mode": "markers"}], "layout": {}}
        with pytest.raises(ChartError) as caught:
            engine.draw(many, WIDTH, HEIGHT, fonts)
        assert caught.value.code == "C102"
        engine._seconds = 20
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts) == before


def test_a_figure_that_eats_memory_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    with InProcess(memory=60 * 2**20, seconds=60) as engine:
        texts = {"type": "scatter", "mode": "markers+text", "y": list(range(20_000)), "text": ["甲" * 50] * 20_000}
        huge = {"data": [texts], "layout": {}}
        with pytest.raises(ChartError) as caught:
            engine.draw(huge, WIDTH, HEIGHT, fonts)
        assert caught.value.code == "C103"
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)


def test_a_start_in_the_background_draws_the_same(drawings: dict[str, str], fonts: FontSet) -> None:
    with InProcess() as engine:
        engine.start()
        assert engine.running
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts) == drawings["bar"]


@pytest.mark.parametrize("seconds", [0, 0.1, 0.3])
def test_a_start_that_nobody_waits_for_is_broken_off_and_leaves_no_thread(seconds: float) -> None:
    before = threading.active_count()
    with InProcess() as engine:
        engine.start()
        time.sleep(seconds)
    assert threading.active_count() == before


def test_a_start_that_fails_is_told_by_the_first_figure_and_leaves_no_thread(
    fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = threading.active_count()
    monkeypatch.setattr(script_engine, "plotly_script", lambda: Script("no script at all"))
    with InProcess() as engine:
        engine.start()
        with pytest.raises(ChartError) as caught:
            engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)
        assert caught.value.code == "C104"
        assert threading.active_count() == before
        monkeypatch.undo()
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)


def test_an_interrupt_while_the_engine_starts_leaves_no_thread(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    before = threading.active_count()
    monkeypatch.setattr(script_engine.ScriptEngine, "racer", interrupted)
    engine = InProcess()
    with pytest.raises(KeyboardInterrupt):
        engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)
    assert threading.active_count() == before


def test_an_engine_that_holds_much_is_exchanged_and_draws_the_same(drawings: dict[str, str], fonts: FontSet) -> None:
    with InProcess(heap=1) as engine:
        for name in ("bar", "line"):
            assert engine.draw(figure(name), WIDTH, HEIGHT, fonts) == drawings[name]
            assert not engine.running


def test_other_faces_get_an_engine_of_their_own(
    drawings: dict[str, str], fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = []
    life = script_engine.ScriptEngine

    def counted(memory: int, seconds: float) -> object:
        lives.append(memory)
        return life(memory, seconds)

    monkeypatch.setattr(script_engine, "ScriptEngine", counted)
    wide = load_fonts(replace={"hei": fonts.face("hei-bold").path})
    with InProcess() as engine:
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts) == drawings["bar"]
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, load_fonts()) == drawings["bar"]
        assert len(lives) == 1
        engine.draw(figure("bar"), WIDTH, HEIGHT, wide)
        assert len(lives) == 2
        assert engine.draw(figure("bar"), WIDTH, HEIGHT, fonts) == drawings["bar"]


def test_threads_that_share_an_engine_get_the_same_bytes(drawings: dict[str, str], fonts: FontSet) -> None:
    names = [*FIGURES, *reversed(FIGURES)]
    with InProcess() as engine, ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda name: engine.draw(figure(name), WIDTH, HEIGHT, fonts), names))
    assert drawn == [drawings[name] for name in names]


def test_a_character_without_a_face_is_named(engine: InProcess, fonts: FontSet) -> None:
    strange: dict[str, Any] = {"data": [{"type": "bar", "x": ["\U0001f600"], "y": [1]}], "layout": {}}
    with pytest.raises(GlyphError, match="\U0001f600"):
        engine.draw(strange, WIDTH, HEIGHT, fonts)


def test_a_missing_mini_racer_says_what_to_install(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("py_mini_racer", "quickjs"):
        monkeypatch.setitem(sys.modules, name, None)
    with InProcess() as engine, pytest.raises(ChartError) as caught:
        engine.draw(figure("bar"), WIDTH, HEIGHT, fonts)
    assert caught.value.code == "C101"
    assert "mini-racer" in str(caught.value)


def test_plotly_js_is_the_one_of_the_plotly_package() -> None:
    assert plotly_js().parent.parent.name == "plotly"
    assert plotly_js_version()[0].isdigit()


def test_the_room_can_be_entered_without_any_engine() -> None:
    modules = [module.name for module in pkgutil.walk_packages(digest.charts.__path__, "digest.charts.")]
    assert "digest.charts.kinds.bars" in modules
    code = (
        f"import sys, {', '.join(modules)}\n"
        "print([name for name in ('plotly', 'kaleido', 'py_mini_racer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
