from __future__ import annotations

import base64
import contextlib
import copy
import datetime as dt
import struct
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.drawn import alt_text
from digest.charts.figures import needs_browser, plain_figure, sized
from digest.charts.guards import doubts_of
from digest.drawing import GlyphRun, Picture
from digest.errors import ChartError
from digest.story.charts import PlotlyChart
from digest.style import BRIEFING
from tests.charts.figures import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fonts import FontSet

BAR: dict[str, Any] = {"type": "bar", "y": [1, 2]}


class Drawn:
    """As a figure object hands itself out."""

    def to_plotly_json(self) -> dict[str, Any]:
        return {"data": [{"type": "bar", "y": Column()}], "layout": {"title": {"text": "图"}}}


class Column:
    """As a column of a data frame does."""

    def tolist(self) -> list[float]:
        return [1.5, 2.5]


def test_a_figure_object_becomes_plain_values() -> None:
    assert plain_figure(Drawn()) == {"data": [{"type": "bar", "y": [1.5, 2.5]}], "layout": {"title": {"text": "图"}}}


def test_packed_numbers_are_unpacked() -> None:
    packed = {"dtype": "f8", "bdata": base64.b64encode(struct.pack("<4d", 1, 2, 3, 4)).decode(), "shape": "2, 2"}
    assert plain_figure({"data": [{"type": "heatmap", "z": packed}]})["data"][0]["z"] == [[1, 2], [3, 4]]


def test_days_are_written_as_iso() -> None:
    day = dt.date(2026, 11, 30)
    assert plain_figure({"data": [{"x": [day], "y": [1]}]})["data"][0]["x"] == ["2026-11-30"]


def test_a_real_figure_object_is_taken() -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects")
    figure = plain_figure(graph_objects.Figure(graph_objects.Bar(x=["甲"], y=[3])))
    assert figure["data"][0]["y"] == [3]


REFUSED: dict[str, tuple[str, object]] = {
    "nan": ("C112", {"data": [{"y": [1, float("nan")]}]}),
    "packed nan": (
        "C112",
        {"data": [{"y": {"dtype": "f8", "bdata": base64.b64encode(struct.pack("<d", float("inf"))).decode()}}]},
    ),
    "a picture from the net": ("C113", {"data": [BAR], "layout": {"images": [{"source": "https://a.cn/b.png"}]}}),
    "a picture in the figure": ("C113", {"data": [BAR], "layout": {"images": [{"source": "data:image/png;base64,"}]}}),
    "a file": ("C113", {"data": [BAR], "layout": {"images": [{"source": "file:///etc/passwd"}]}}),
    "a link": ("C113", {"data": [{**BAR, "text": "<a href='x'>甲</a>"}]}),
    "a picture beside the project": ("C113", {"data": [BAR], "layout": {"images": [{"source": "b.png"}]}}),
    "a map": ("C113", {"data": [{"type": "choropleth", "locations": ["a"], "z": [1]}]}),
    "a ground of a map": ("C113", {"data": [BAR], "layout": {"geo2": {"scope": "asia"}}}),
    "a style of a map": ("C113", {"data": [BAR], "layout": {"map": {"style": "open-street-map"}}}),
    "buttons": ("C113", {"data": [BAR], "layout": {"updatemenus": [{"buttons": [{"label": "甲"}]}]}}),
    "a slider": ("C113", {"data": [BAR], "layout": {"sliders": [{"active": 1}]}}),
    "a formula": ("C119", {"data": [{**BAR, "name": "增长 $x^2$"}]}),
    "a formula in a list": ("C119", {"data": [{**BAR, "text": ["甲", "$$E=mc^2$$"]}]}),
    "no traces": ("C114", {"data": []}),
    "empty traces": ("C114", {"data": [{"type": "bar", "y": []}]}),
    "only gaps": ("C114", {"data": [{"type": "bar", "y": [None, None]}]}),
    "an invented kind": ("C115", {"data": [{"type": "barr", "y": [1]}]}),
    "not a figure": ("C111", 3),
    "a strange value": ("C111", {"data": [{"y": [object()]}]}),
    "frames": ("C111", {"data": [BAR], "frames": [{}]}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_is_refused_with_its_code(name: str) -> None:
    code, figure = REFUSED[name]
    with pytest.raises(ChartError) as caught:
        plain_figure(figure)
    assert caught.value.code == code


def test_ordinary_words_are_not_taken_for_addresses() -> None:
    assert plain_figure({"data": [{**BAR, "name": "R&D: 3 / 5"}]})


def test_a_dollar_that_is_no_formula_is_let_pass() -> None:
    texts = ["成本 &#36;3，收入 &#36;5", "$5"]
    assert plain_figure({"data": [{**BAR, "text": texts, "texttemplate": "%{y:$,.0f}、%{x:$.2f}"}]})


def test_empty_buttons_and_pictures_as_plotly_writes_them_are_let_pass() -> None:
    assert plain_figure({"data": [BAR], "layout": {"images": [], "updatemenus": [], "geo": {}}})


JUNK: tuple[object, ...] = (3, -1, "x", "", True, None, [], {}, [1], ["a"], [[1]], {"a": 1})


def places(value: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*place, key)
        yield from places(one, (*place, key))


@pytest.mark.parametrize("name", FIGURES)
def test_whatever_stands_in_a_place_of_a_figure_it_is_drawn_or_refused_in_words(name: str, fonts: FontSet) -> None:
    axis = {"title": "x", "domain": [0, 1], "tickfont": {"size": 9}}
    whole = {"data": FIGURES[name], "layout": {"xaxis": axis, "yaxis": axis, "colorway": ["red"], "margin": {"t": 9}}}
    words = Picture(1, 1, (GlyphRun(0, 1, "hei", 9, "甲"),))
    for place in places(whole):
        for junk in JUNK:
            spoiled = copy.deepcopy(whole)
            holder: Any = spoiled
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = junk
            with contextlib.suppress(ChartError):
                alt_text(PlotlyChart(spoiled))
                doubts_of(words, sized(plain_figure(spoiled), BRIEFING)[0], fonts)


def test_a_figure_keeps_its_size_or_takes_the_measure() -> None:
    figure = plain_figure({"data": [BAR]})
    assert sized(figure, BRIEFING)[1:] == (BRIEFING.measure, 180)
    own = plain_figure({"data": [BAR], "layout": {"width": 300, "height": 90}})
    assert sized(own, BRIEFING)[1:] == (300, 90)
    assert "template" in sized(own, BRIEFING)[0]["layout"]


@pytest.mark.parametrize("layout", [{"width": 0}, {"height": "3"}, {"width": 605}, {"height": 2000}])
def test_a_size_that_does_not_fit_the_page_is_refused(layout: dict[str, Any]) -> None:
    with pytest.raises(ChartError) as caught:
        sized(plain_figure({"data": [BAR], "layout": layout}), BRIEFING)
    assert caught.value.code == "C116"


def test_webgl_needs_a_browser() -> None:
    assert needs_browser({"data": [{"type": "scatter3d"}]})
    assert not needs_browser({"data": [BAR, {}]})
