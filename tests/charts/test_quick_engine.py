from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from digest.charts import engine as engine_module
from digest.charts.engine import InProcess
from digest.charts.quick_engine import QuickEngine
from digest.charts.script_engine import ScriptEngine
from digest.errors import ChartError
from tests.charts.figures import FIGURES, figure

if TYPE_CHECKING:
    from digest.fonts import FontSet

WIDTH, HEIGHT = 400.0, 200.0


pytest.importorskip("quickjs")


@pytest.fixture
def only_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_life", lambda: QuickEngine)


@pytest.mark.usefixtures("only_quick")
def test_it_draws_the_same_bytes_as_v8_and_leaves_no_thread(engine: InProcess, fonts: FontSet) -> None:
    drawings = {name: engine.draw(figure(name), WIDTH, HEIGHT, fonts) for name in FIGURES}
    before = threading.active_count()
    with InProcess() as quick:
        for name, drawing in drawings.items():
            assert quick.draw(figure(name), WIDTH, HEIGHT, fonts) == drawing, name
    assert threading.active_count() == before


@pytest.mark.usefixtures("only_quick")
def test_a_loop_without_end_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    many = {"data": [{"type": "scatter", "y": list(range(60_000)), "mode": "markers"}], "layout": {}}
    with InProcess(seconds=20) as quick:
        before = quick.draw(figure("bar"), WIDTH, HEIGHT, fonts)
        quick._seconds = 0.02
        with pytest.raises(ChartError) as caught:
            quick.draw(many, WIDTH, HEIGHT, fonts)
        assert caught.value.code == "C102"
        quick._seconds = 20
        assert quick.draw(figure("bar"), WIDTH, HEIGHT, fonts) == before


@pytest.mark.usefixtures("only_quick")
def test_a_figure_that_eats_memory_is_stopped_and_the_engine_goes_on(fonts: FontSet) -> None:
    huge = {"data": [{"type": "bar", "y": list(range(200_000))}], "layout": {}}
    with InProcess(memory=60 * 2**20, seconds=20) as quick:
        with pytest.raises(ChartError) as caught:
            quick.draw(huge, WIDTH, HEIGHT, fonts)
        assert caught.value.code == "C103"
        assert quick.draw(figure("bar"), WIDTH, HEIGHT, fonts)


def test_v8_is_taken_where_it_is_and_else_quickjs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine_module._life() is ScriptEngine
    monkeypatch.setattr(engine_module, "find_spec", lambda name: None if name == "py_mini_racer" else object())
    assert engine_module._life() is QuickEngine
    monkeypatch.setattr(engine_module, "find_spec", lambda _: None)
    assert engine_module._life() is ScriptEngine  # which says what to install


@pytest.mark.usefixtures("only_quick")
def test_where_neither_is_installed_it_is_said_what_to_install(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quickjs", None)
    with InProcess() as quick, pytest.raises(ChartError) as caught:
        quick.draw(figure("bar"), WIDTH, HEIGHT, fonts)
    assert caught.value.code == "C101"
