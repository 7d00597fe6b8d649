"""render_figures: any Plotly figures as files of their own."""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from PIL import Image

from digest import ChartEngine, FiguresError, OutputError, RenderError, UsageError, render_figures
from digest.charts import kaleido, script_engine
from digest.charts.theme import HEIGHT
from digest.style import BRIEFING
from tests.charts.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.plates import Format

BARS: dict[str, Any] = {"data": [{"type": "bar", "x": ["联建村", "单位"], "y": [169, 137], "name": "规模"}]}
SIZED: dict[str, Any] = {**BARS, "layout": {"width": 300, "height": 120, "title": {"text": "各地<b>进度</b>"}}}
PIXEL: bytes = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
EMPTY: dict[str, Any] = {"data": []}
SOLID: dict[str, Any] = {"data": [{"type": "surface", "z": [[1, 2], [3, 4]]}]}


@pytest.fixture(scope="module")
def engine() -> Iterator[ChartEngine]:
    with ChartEngine() as running:
        yield running


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "inputs"
    folder.mkdir()
    for name, figure in (("规模", SIZED), ("v1.2", BARS), ("空", EMPTY)):
        (folder / f"{name}.json").write_text(json.dumps(figure), encoding="utf-8")
    return folder


def test_a_key_that_plotly_does_not_know_is_passed_over_and_told(engine: ChartEngine) -> None:
    plain, strange = render_figures([BARS, {**BARS, "layout": {"titel": "进度"}}], engine=engine)
    assert plain.finding is None
    assert strange.finding is not None
    assert (strange.status, strange.finding.code, strange.finding.severity) == ("rendered", "C118", "warning")
    assert "layout.titel" in strange.finding.message
    with pypdfium2.PdfDocument(bytes(strange)) as document:
        assert "联建村" in document[0].get_textpage().get_text_range()


def test_figures_come_back_as_pages_of_their_own_size(engine: ChartEngine) -> None:
    (plate,) = render_figures([SIZED], engine=engine)
    assert (plate.name, plate.status, plate.width, plate.height) == ("图1", "rendered", 300, 120)
    with pypdfium2.PdfDocument(bytes(plate)) as document:
        assert document[0].get_size() == (300, 120)
        assert "联建村" in document[0].get_textpage().get_text_range()
        assert document.get_metadata_dict()["Title"] == "各地 进度"


def test_the_same_figures_give_the_same_bytes_in_any_order(engine: ChartEngine) -> None:
    named = {name: {"data": FIGURES[name]} for name in ("heatmap", "line", "donut")}
    for kind in ("pdf", "svg", "png"):
        one = {plate.name: bytes(plate) for plate in render_figures(named, engine=engine, format=kind)}
        turned = dict(reversed(named.items()))
        assert {plate.name: bytes(plate) for plate in render_figures(turned, engine=engine, format=kind)} == one


def test_files_are_named_as_their_figures_and_the_folder_is_made(
    engine: ChartEngine, inputs: Path, tmp_path: Path
) -> None:
    out = tmp_path / "图"
    plates = render_figures([inputs / "规模.json", str(inputs / "v1.2.json")], out, engine=engine)
    assert [plate.path for plate in plates] == [out / "规模.pdf", out / "v1.2.pdf"]
    assert sorted(path.name for path in out.iterdir()) == ["v1.2.pdf", "规模.pdf"]
    (alone,) = render_figures([SIZED], engine=engine)
    assert (out / "规模.pdf").read_bytes() == bytes(alone)


def test_packed_numbers_of_a_real_figure_are_drawn_in_its_own_template(engine: ChartEngine, tmp_path: Path) -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects")
    numpy = pytest.importorskip("numpy")
    figure = graph_objects.Figure(graph_objects.Bar(x=["甲", "乙"], y=numpy.array([1.5, 2.5])))
    figure.write_json(tmp_path / "a.json")
    assert "bdata" in (tmp_path / "a.json").read_text(encoding="utf-8")
    (read,) = render_figures([tmp_path / "a.json"], engine=engine, format="svg")
    (given,) = render_figures({"a": figure}, engine=engine, format="svg")
    assert bytes(read) == bytes(given)
    assert (read.width, read.height) == (700, 450)
    assert "rgb(229, 236, 246)" in bytes(read).decode()  # the ground of Plotly's own template


def test_a_figure_without_a_template_is_dressed_as_on_the_page(engine: ChartEngine) -> None:
    (ours,) = render_figures([BARS], engine=engine, format="svg")
    assert (ours.width, ours.height) == (BRIEFING.measure, HEIGHT)
    (own,) = render_figures([BARS], engine=engine, format="svg", look="own")
    assert (own.width, own.height) == (700, 450)
    assert "rgb(31, 119, 180)" in bytes(own).decode()  # the first colour of plotly.js itself
    dressed = {**BARS, "layout": {"template": {"layout": {"colorway": ["#ff0000"]}}}}
    (kept,) = render_figures([dressed], engine=engine, format="svg")
    assert "rgb(255, 0, 0)" in bytes(kept).decode()
    (forced,) = render_figures([dressed], engine=engine, format="svg", look="digest")
    assert bytes(forced) == bytes(ours)


def test_a_size_that_is_asked_for_goes_before_that_of_the_figure(engine: ChartEngine) -> None:
    (plate,) = render_figures([SIZED], engine=engine, width=2000, height=1500)
    with pypdfium2.PdfDocument(bytes(plate)) as document:
        assert document[0].get_size() == (2000, 1500)


@pytest.mark.parametrize("layout", [{"width": "5"}, {"width": 14_401}, {"height": 1}, {"width": -3}])
def test_a_size_that_is_none_is_refused(engine: ChartEngine, layout: dict[str, object]) -> None:
    assert failed({**BARS, "layout": layout}, engine).startswith("错误 C116 图1：")


def test_a_template_that_is_only_named_is_refused(engine: ChartEngine) -> None:
    told = failed({**BARS, "layout": {"template": "plotly_white"}}, engine)
    assert "C173" in told
    assert "plotly_white" in told


def test_png_has_as_many_pixels_as_asked_and_its_size_in_print(engine: ChartEngine) -> None:
    (plate,) = render_figures([SIZED], engine=engine, format="png", scale=3)
    with Image.open(io.BytesIO(bytes(plate))) as image:
        assert image.size == (900, 360)
        assert image.info["dpi"] == pytest.approx((216, 216), abs=0.1)
        assert len(set(image.convert("RGB").tobytes())) > 10


def test_more_pixels_than_anybody_needs_are_refused(engine: ChartEngine) -> None:
    with pytest.raises(FiguresError, match="P505"):
        render_figures([SIZED], engine=engine, format="png", scale=100)


def test_without_pypdfium2_png_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pdf.raster.find_spec", lambda name: None if name == "pypdfium2" else 1)
    monkeypatch.setattr(script_engine, "ScriptEngine", lambda *_: pytest.fail("an engine was started"))
    with pytest.raises(RenderError, match=r"P504 .*jianbao\[png\]"):
        render_figures([BARS], format="png")


def test_one_figure_that_fails_leaves_the_others(engine: ChartEngine, inputs: Path, tmp_path: Path) -> None:
    broken = inputs / "坏.json"
    broken.write_text('{"data": [\n  {"y": [1 2]}]}', encoding="utf-8")
    files = [inputs / "规模.json", inputs / "空.json", broken, inputs / "v1.2.json", inputs / "没有.json"]
    with pytest.raises(FiguresError) as caught:
        render_figures(files, tmp_path / "out", engine=engine)
    assert [result.status for result in caught.value.results] == ["written", "failed", "failed", "written", "failed"]
    assert [finding.code for finding in caught.value.findings] == ["C114", "C172", "C171"]
    assert "坏.json：第2行第12列" in str(caught.value)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["v1.2.pdf", "规模.pdf"]


def test_a_place_that_is_taken_is_told_and_left_alone(engine: ChartEngine, tmp_path: Path) -> None:
    (tmp_path / "乙.pdf").mkdir()
    with pytest.raises(FiguresError) as caught:
        render_figures({"甲": BARS, "乙": BARS}, tmp_path, engine=engine)
    assert [result.status for result in caught.value.results] == ["written", "failed"]
    assert caught.value.findings[0].code == "W403"


@pytest.mark.parametrize("names", [("甲", "甲"), ("A", "a"), ("é", "e\u0301")])
def test_two_figures_of_one_name_are_refused_before_any_is_drawn(
    names: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script_engine, "ScriptEngine", lambda *_: pytest.fail("an engine was started"))
    files = [tmp_path / str(number) / f"{name}.json" for number, name in enumerate(names)]
    with pytest.raises(UsageError, match="U005") as caught:
        render_figures(files, tmp_path / "out")
    assert all(str(file) in str(caught.value) for file in files)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", "a\n"])
def test_a_name_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="U005"):
        render_figures({name: BARS}, tmp_path)


def test_options_that_nobody_can_follow_are_refused(tmp_path: Path) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("U006", {"format": "gif"}),
        ("U006", {"look": "fancy"}),
        ("U007", {"width": -1}),
        ("U007", {"scale": float("nan")}),
        ("U003", {"engine": "steam"}),
    ]
    for code, options in wrong:
        with pytest.raises(UsageError, match=code):
            render_figures([BARS], **options)
    (tmp_path / "file").write_text("")
    for output in ("-", tmp_path / "file", tmp_path / "none" / "below"):
        with pytest.raises(OutputError, match="U004"):
            render_figures([BARS], output)


def test_one_figure_is_no_list_of_figures() -> None:
    for figure in (BARS, "a.json"):
        with pytest.raises(TypeError, match="list of figures"):
            render_figures(figure)


def test_a_written_figure_is_a_path_and_a_rendered_one_bytes(engine: ChartEngine, tmp_path: Path) -> None:
    (written,) = render_figures([BARS], tmp_path, engine=engine)
    assert Path(written).read_bytes().startswith(b"%PDF-")
    with pytest.raises(TypeError):
        bytes(written)
    (rendered,) = render_figures([BARS], engine=engine)
    with pytest.raises(TypeError):
        rendered.__fspath__()


@pytest.mark.parametrize("kind", ["pdf", "svg"])
def test_names_that_no_encoding_holds_are_told_as_well_as_can_be(
    engine: ChartEngine, kind: Format, tmp_path: Path
) -> None:
    figure = {"data": [{**BARS["data"][0], "name": "规\x01模\ud800"}], "layout": {"showlegend": False}}
    (plate,) = render_figures({"gbk\udcff": figure}, tmp_path, engine=engine, format=kind)
    data = Path(plate).read_bytes()
    if kind == "svg":
        assert ET.fromstring(data)[0].text == "gbk\ufffd：条形图。规\ufffd模\ufffd：联建村169，单位137。"  # noqa: S314 - our own
    else:
        with pypdfium2.PdfDocument(data) as document:
            assert document.get_metadata_dict()["Title"] == "gbk\ufffd"


def test_figures_that_lie_in_the_cache_need_no_engine(
    engine: ChartEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = render_figures([SIZED], engine=engine, cache=tmp_path)
    monkeypatch.setattr(script_engine, "ScriptEngine", lambda *_: pytest.fail("an engine was started"))
    (second,) = render_figures([SIZED], cache=tmp_path)
    assert bytes(second) == bytes(first)


def test_an_svg_is_a_document_that_brings_its_glyphs(engine: ChartEngine) -> None:
    (plate,) = render_figures([SIZED], engine=engine, format="svg")
    root = ET.fromstring(bytes(plate))  # noqa: S314 - our own
    names = "{http://www.w3.org/2000/svg}"
    assert (root.tag, root.get("width"), root.get("height")) == (f"{names}svg", "300", "120")
    assert root.findtext(f"{names}title") == "各地 进度：条形图。规模：联建村169，单位137。"
    style = root.findtext(f"{names}style") or ""
    assert style.count("@font-face") == 2  # regular and bold
    texts = ["".join(text.itertext()) for text in root.iter(f"{names}text")]
    assert "联建村" in texts
    assert f"U+{ord('联'):X}" in style


def test_a_figure_that_needs_a_browser_goes_there_with_its_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def draw(_: object, figure: dict[str, Any], width: float, height: float, kind: str, scale: float) -> bytes:
        asked.append((figure["data"][0]["type"], width, height, kind, scale))
        if kind == "png":
            return PIXEL
        return b'<svg><defs id="defs-0a1b2c"/><g clip-path="url(#clip0a1b2cxy)">0a1b2c</g></svg>'

    monkeypatch.setattr(kaleido.InBrowser, "draw", draw)
    (png,) = render_figures([SOLID], format="png", look="own")
    (svg,) = render_figures([SOLID], format="svg", look="own")
    assert asked == [("surface", 700, 450, "png", 2), ("surface", 700, 450, "svg", 1)]
    with Image.open(io.BytesIO(bytes(png))) as image:
        assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert '<g clip-path="url(#clipfigurexy)">0a1b2c</g>' in bytes(svg).decode()


def test_a_figure_that_needs_a_browser_is_refused_where_none_may_be_used() -> None:
    with pytest.raises(FiguresError, match="C117"):
        render_figures([SOLID], engine="inprocess")


def test_nothing_to_draw_with_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("py_mini_racer", "quickjs"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(FiguresError, match="mini-racer"):
        render_figures([BARS])


def failed(figure: object, engine: ChartEngine) -> str:
    """What is said of a figure that cannot be drawn."""
    with pytest.raises(FiguresError) as caught:
        render_figures([figure], engine=engine)
    return str(caught.value)
