from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts import engine as engine_module
from digest.charts import kaleido, script_engine
from digest.charts.engines import ChartEngine
from digest.charts.illustrate import check_charts, illustrate, illustrating
from digest.data.quantity import parse_quantity
from digest.drawing import Imported
from digest.errors import ChartError
from digest.findings import Place
from digest.layout.trace import trace
from digest.layout.typeset import typeset
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

    from digest.charts.engine import InProcess
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


def test_a_story_can_be_set_while_its_charts_are_drawn(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    may_draw = threading.Event()
    draw = engine_module.InProcess.draw

    def held(engine: InProcess, figure: dict[str, Any], width: float, height: float, fonts: FontSet) -> str:
        assert may_draw.wait(60)
        return draw(engine, figure, width, height, fonts)

    monkeypatch.setattr(engine_module.InProcess, "draw", held)
    with illustrating(story(TEXT, BARS), BRIEFING, fonts) as illustration:
        plate = illustration.story.blocks[1]
        assert isinstance(plate, Plate)
        pages, _ = typeset(illustration.story, BRIEFING, fonts)
        assert len(pages.pages) == 1
        may_draw.set()
        illustration.finish()
    assert "169个" in trace(pages)
    monkeypatch.undo()
    assert illustrate(story(TEXT, BARS), BRIEFING, fonts) == (illustration.story, ())


def test_what_only_drawing_shows_is_raised_by_finish_under_the_name_of_the_chart(fonts: FontSet) -> None:
    hidden = {"range": [1, 2], "visible": False}
    blank = {"data": [{"type": "scatter", "x": [1], "y": [9]}], "layout": {"xaxis": hidden, "yaxis": hidden}}
    with illustrating(story(Chart(PlotlyChart(blank), Caption("图7", "空的"))), BRIEFING, fonts) as illustration:
        with pytest.raises(ChartError, match="图7《空的》") as caught:
            illustration.finish()
        assert caught.value.code == "C106"


def test_whoever_leaves_early_waits_for_no_chart_and_leaves_no_thread(fonts: FontSet) -> None:
    before = threading.active_count()
    with pytest.raises(ZeroDivisionError), illustrating(story(*[BARS] * 50), BRIEFING, fonts):
        raise ZeroDivisionError
    deadline = time.monotonic() + 20
    while threading.active_count() > before:
        assert time.monotonic() < deadline
        time.sleep(0.01)


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
    for name in ("py_mini_racer", "quickjs"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ChartError, match="mini-racer"):
        illustrate(story(BARS), BRIEFING, fonts)


WRONG = Chart(
    PlotlyChart({"data": [{"type": "bar", "y": [1], "markr": {}}]}, "条形图，甲市1件。", Place("charts/a.json")),
    Caption("图3", "各市进度", "来源：台账"),
    ("sl.cun",),
)
SMALL = Chart(
    PlotlyChart({"data": [{"type": "scatter", "mode": "text", "x": [1, 1], "y": [1, 1], "text": ["同心", "先锋"]}]}),
    Caption("图4", "位置"),
)
SHADOWED = Chart(
    PlotlyChart({"data": [{"type": "bar", "x": ["甲"], "y": [1]}], "layout": {"font": {"shadow": "1px 1px 2px red"}}}),
    Caption("图5", "阴影"),
)


def test_an_error_names_the_file_a_figure_stands_in(fonts: FontSet) -> None:
    with pytest.raises(ChartError) as caught:
        illustrate(story(WRONG), BRIEFING, fonts)
    assert caught.value.message.startswith("charts/a.json：图3《各市进度》：data[0].markr：")


def test_a_chart_that_may_be_omitted_is_told_in_its_place(fonts: FontSet) -> None:
    told, findings = illustrate(story(BARS, WRONG), BRIEFING, fonts, on_chart_error="omit")
    _, note = told.blocks
    assert isinstance(note, Plate)
    assert (note.caption, note.facts) == (WRONG.caption, ("sl.cun",))
    printed = "".join(words(note.picture.marks))
    assert "本图未能画出：data[0].markr" in printed
    assert "条形图，甲市1件。" in printed
    assert printed.replace("。", "") in note.picture.alt.replace("。", "")
    (finding,) = findings
    assert (finding.code, finding.severity, finding.value) == ("C157", "warning", "C118")
    assert finding.place == Place("charts/a.json")
    assert finding.message.startswith("图3《各市进度》：")


def test_a_character_no_face_has_is_told_by_its_number_where_a_chart_is_omitted(fonts: FontSet) -> None:
    strange = Chart(PlotlyChart({"data": [{"type": "bar", "x": ["\U0001f600"], "y": [1]}]}), Caption("图1", "表情"))
    told, findings = illustrate(story(strange), BRIEFING, fonts, on_chart_error="omit")
    assert [finding.value for finding in findings] == ["L201"]
    (note,) = told.blocks
    assert isinstance(note, Plate)
    assert "U+1F600" in "".join(words(note.picture.marks))


def test_what_is_doubtful_about_a_picture_comes_back_beside_the_story(fonts: FontSet) -> None:
    told, findings = illustrate(story(SMALL), BRIEFING, fonts)
    assert isinstance(told.blocks[0], Plate)
    assert [(finding.code, finding.severity) for finding in findings] == [("C152", "warning")]
    assert findings[0].message == "图4《位置》：文字相互重叠：“同心”和“先锋”"


def test_what_is_written_wrong_is_told_without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script_engine, "ScriptEngine", nobody)
    (finding,) = check_charts(story(TEXT, BARS, WRONG), BRIEFING)
    assert (finding.code, finding.severity, finding.place) == ("C118", "error", Place("charts/a.json"))


def test_auto_goes_to_the_browser_with_what_our_engine_refuses(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kaleido.InBrowser, "draw", lambda *_: b"/MediaBox [0 0 331.5 135]")
    (told, findings) = illustrate(story(BARS, SHADOWED), BRIEFING, fonts)
    assert isinstance(told.blocks[1], Plate)
    assert isinstance(told.blocks[1].picture.marks[0], Imported)
    assert [(finding.code, finding.severity) for finding in findings] == [("C156", "note")]
    assert "text-shadow" in findings[0].message


def test_where_there_is_no_browser_the_first_reason_is_told(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> bytes:
        raise ChartError("没有浏览器", code="C121")

    monkeypatch.setattr(kaleido.InBrowser, "draw", absent)
    with pytest.raises(ChartError) as caught:
        illustrate(story(SHADOWED), BRIEFING, fonts)
    assert caught.value.code == "C105"


def test_only_the_engine_inside_the_process_asks_no_browser(fonts: FontSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kaleido.InBrowser, "draw", nobody)
    with pytest.raises(ChartError) as caught:
        illustrate(story(SHADOWED), BRIEFING, fonts, engine="inprocess")
    assert caught.value.code == "C105"
