from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from digest.charts import engine as engine_module
from digest.charts import kaleido, script_engine
from digest.charts.engines import ChartEngine
from digest.charts.illustrate import illustrate
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.blocks import (
    Caption,
    Chart,
    Meta,
    Paragraph,
    Plate,
    Story,
    plain,
)
from digest.story.charts import Bar, BarChart, BarPanel, PlotlyChart
from digest.style import BRIEFING
from tests.charts.figures import FIGURES, figure
from tests.charts.marks import words

if TYPE_CHECKING:
    from pathlib import Path

    from digest.fonts import FontSet
    from digest.story.blocks import Block

META = Meta("简报", "办公室", "", "2026-11")
TEXT = Paragraph(plain("正文"))
BARS = Chart(
    BarChart((BarPanel("规模", "个", (Bar("联建村", parse_quantity("169个"), "169个", "sl.cun"),)),)),
    Caption("图1", "规模"),
    ("sl.cun",),
)


def own(name: str) -> Chart:
    return Chart(PlotlyChart(figure(name)), Caption("图2", name))


def story(*blocks: Block) -> Story:
    return Story(META, blocks)


def nobody(*_: object, **__: object) -> None:
    pytest.fail("an engine was started")


def test_a_story_without_charts_passes_as_it_is(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module.InProcess, "__init__", nobody)
    draft = story(TEXT)
    assert illustrate(draft, BRIEFING, fonts) == (draft, ())


def test_every_chart_becomes_a_plate_and_the_rest_stays(fonts: FontSet) -> None:
    told, _ = illustrate(story(TEXT, BARS, own("line"), TEXT), BRIEFING, fonts)
    first, bars, line, last = told.blocks
    assert (first, last) == (TEXT, TEXT)
    assert isinstance(bars, Plate)
    assert isinstance(line, Plate)
    assert (bars.caption, bars.facts) == (BARS.caption, ("sl.cun",))
    assert bars.picture.width == BRIEFING.measure
    assert bars.picture.alt == "条形图。规模：联建村169个。"
    assert "169个" in words(bars.picture.marks)
    assert line.picture.alt


def test_all_charts_of_a_digest_share_one_engine(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = []
    life = script_engine.ScriptEngine

    def counted(memory: int, seconds: float) -> object:
        starts.append(memory)
        return life(memory, seconds)

    monkeypatch.setattr(script_engine, "ScriptEngine", counted)
    illustrate(story(BARS, own("bar"), own("donut")), BRIEFING, fonts)
    assert len(starts) == 1


def test_many_digests_share_one_engine_that_is_left_running(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    starts = []
    life = script_engine.ScriptEngine

    def counted(memory: int, seconds: float) -> object:
        starts.append(memory)
        return life(memory, seconds)

    monkeypatch.setattr(script_engine, "ScriptEngine", counted)
    alone = illustrate(story(BARS, own("bar")), BRIEFING, fonts)
    with ChartEngine() as engine:
        for _ in range(3):
            assert illustrate(story(BARS, own("bar")), BRIEFING, fonts, engine=engine) == alone
    assert not engine.inside.running
    assert len(starts) == 2


def test_an_engine_that_only_a_browser_may_be_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_engine, "ScriptEngine", nobody)
    with ChartEngine("kaleido") as engine:
        engine.start()


def test_with_a_warm_cache_no_engine_starts_and_the_pages_are_the_same(
    fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = story(BARS, *(own(name) for name in FIGURES))
    cold = illustrate(draft, BRIEFING, fonts, cache=tmp_path)
    monkeypatch.setattr(script_engine, "ScriptEngine", nobody)
    assert illustrate(draft, BRIEFING, fonts, cache=tmp_path) == cold


def test_a_damaged_drawing_is_drawn_anew(fonts: FontSet, tmp_path: Path) -> None:
    cold = illustrate(story(BARS), BRIEFING, fonts, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"spoiled")
    assert illustrate(story(BARS), BRIEFING, fonts, cache=tmp_path) == cold
    assert file.read_bytes() != b"spoiled"


def test_an_error_names_the_chart_by_its_caption(fonts: FontSet) -> None:
    broken = Chart(PlotlyChart({"data": []}), Caption("图3", "各市进度"))
    with pytest.raises(ChartError, match="图3《各市进度》"):
        illustrate(story(broken), BRIEFING, fonts)


def test_a_figure_that_shows_nothing_is_refused(fonts: FontSet) -> None:
    away = {
        "data": [{"type": "scatter", "x": [50], "y": [50], "mode": "markers"}],
        "layout": {axis: {"range": [0, 1], "visible": False} for axis in ("xaxis", "yaxis")},
    }
    with pytest.raises(ChartError) as caught:
        illustrate(story(Chart(PlotlyChart(away), Caption("图1", ""))), BRIEFING, fonts)
    assert caught.value.code == "C106"


def test_a_map_is_not_tried_inside_the_process(fonts: FontSet) -> None:
    solid = Chart(PlotlyChart({"data": [{"type": "surface", "z": [[1, 2], [3, 4]]}]}), Caption("图1", ""))
    with pytest.raises(ChartError) as caught:
        illustrate(story(solid), BRIEFING, fonts, engine="inprocess")
    assert caught.value.code == "C117"


def test_auto_goes_to_the_browser_only_for_what_needs_it(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def draw(_: object, figure: dict[str, list[dict[str, str]]], *__: float) -> bytes:
        asked.append(figure["data"][0]["type"])
        return b"/MediaBox [0 0 331.5 135]"

    monkeypatch.setattr(kaleido.InBrowser, "draw", draw)
    solid = Chart(PlotlyChart({"data": [{"type": "surface", "z": [[1, 2], [3, 4]]}]}), Caption("图1", ""))
    illustrate(story(BARS, solid), BRIEFING, fonts)
    assert asked == ["surface"]


def test_without_mini_racer_the_error_says_what_to_install(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    with pytest.raises(ChartError, match="mini-racer"):
        illustrate(story(BARS), BRIEFING, fonts)
