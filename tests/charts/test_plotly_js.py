from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.charts import plotly_js as module
from digest.charts.engine import InProcess
from digest.charts.plotly_js import Script, known_parts, plotly_js, plotly_script
from tests.charts.figures import FIGURES, figure

if TYPE_CHECKING:
    from digest.fonts import FontSet

WIDTH, HEIGHT = 400.0, 200.0


def drawn_by(engine: InProcess, names: list[str], fonts: FontSet) -> dict[str, str]:
    return {name: engine.draw(figure(name), WIDTH, HEIGHT, fonts) for name in names}


def test_the_known_parts_are_those_of_the_plotly_that_is_installed() -> None:
    script = Path(__file__).parents[2] / "scripts" / "plotly_parts.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_usual_figure_is_drawn_by_a_third_of_plotly_js_and_others_load_the_rest() -> None:
    script = plotly_script()
    assert len(script.first) < plotly_js().stat().st_size / 3
    assert not script.wants_more({"data": [{"type": "bar"}, {}], "layout": {}})
    assert script.wants_more({"data": [{"type": "bar"}, {"type": "sankey"}]})
    assert script.wants_more({"data": [{"x": ["2023-12-01"], "xcalendar": "chinese"}]})
    assert script.wants_more({"data": [{}], "layout": {"xaxis": {"calendar": "thai"}}})


def test_figures_are_the_same_before_and_after_the_rest_is_read_and_with_plotly_js_as_a_whole(
    fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = plotly_script()
    usual = [name for name in FIGURES if not script.wants_more(figure(name))]
    others = [name for name in FIGURES if name not in usual]
    assert usual
    assert others
    with InProcess() as engine:
        before = drawn_by(engine, usual, fonts)
        rest = drawn_by(engine, others, fonts)
        assert drawn_by(engine, usual, fonts) == before
    monkeypatch.setattr(module, "known_parts", lambda: {**known_parts(), "sha256": "of another version"})
    assert plotly_script().traces == frozenset()
    with InProcess() as engine:
        assert drawn_by(engine, [*others, *usual], fonts) == {**rest, **before}


def test_plotly_js_is_handed_over_in_ascii_and_without_its_wrapper() -> None:
    whole = Script(module.whole(plotly_js().read_bytes()))
    for script in (plotly_script(), whole):
        assert script.first.isascii()
        assert script.later.isascii()
        assert "typeof module" not in script.first[:1000]


@pytest.mark.parametrize("text", ['x="\\月"', "no wrapper"])
def test_a_plotly_js_of_another_form_is_handed_over_as_it_is(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plotly.min.js"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "plotly_js", lambda: file)
    assert plotly_script() == Script(text)
