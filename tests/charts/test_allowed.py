from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.allowed import strangers
from digest.charts.figures import IN_PROCESS, plain_figure, sized
from digest.charts.theme import template
from digest.errors import ChartError
from digest.style import BRIEFING
from tests.charts.figures import FIGURES, figure

if TYPE_CHECKING:
    from pathlib import Path


def refused(trace: dict[str, Any], layout: dict[str, Any] | None = None) -> str:
    with pytest.raises(ChartError) as caught:
        plain_figure({"data": [{"type": "bar", "y": [1], **trace}], "layout": layout or {}})
    assert caught.value.code == "C118"
    return caught.value.message


def test_the_table_is_what_the_installed_plotly_accepts(checkout: Path) -> None:
    command = [sys.executable, "scripts/build_chart_keys.py", "--check"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_misspelt_key_is_named_with_its_place_and_the_nearest_word() -> None:
    assert refused({"markr": {"color": "red"}}) == "data[0].markr：没有这个键：“markr”，最接近的是“marker”"
    assert refused({"orientaton": "h"}) == "data[0].orientaton：没有这个键：“orientaton”，最接近的是“orientation”"
    assert "“color”" in refused({"marker": {"colour": "red"}})
    assert refused({}, {"annotations": [{"txt": "甲"}]}).startswith("layout.annotations[0].txt：")


def test_all_misspelt_keys_are_told_at_once() -> None:
    message = refused({"nam": "甲", "yy": [1]}, {"xaxis2": {"titel": "月"}})
    assert [part.partition("：")[0] for part in message.split("；")] == [
        "data[0].nam",
        "data[0].yy",
        "layout.xaxis2.titel",
    ]


def test_a_key_as_python_writes_it_is_told_apart_from_a_misspelt_one() -> None:
    assert "请一层套一层写：marker 里的 color" in refused({"marker_color": "red"})


def test_a_word_that_plotly_would_pass_over_is_named_with_the_nearest() -> None:
    assert refused({"orientation": "hh"}) == "data[0].orientation：不能写“hh”，最接近的是“h”"
    assert "最接近的是“lines”" in refused({"type": "scatter", "mode": "line+markers"})
    assert "“stack”" in refused({}, {"barmode": "stak"})
    assert refused({"textposition": ["inside", "otside"]}).startswith("data[0].textposition[1]")


def test_what_should_be_an_object_and_is_none_is_named() -> None:
    assert refused({"marker": "red"}) == "data[0].marker：要是一个对象，却是 red"


def test_a_key_at_the_top_that_is_no_part_of_a_figure_is_named() -> None:
    with pytest.raises(ChartError, match="“config”"):
        plain_figure({"data": [{"y": [1]}], "config": {"responsive": True}})


def test_subplots_and_what_is_only_carried_along_are_let_pass() -> None:
    carried = {"customdata": [1], "meta": {"von": "台账"}, "ids": ["a"], "uid": "u", "hovertemplate": "%{y}"}
    data = [{"y": [1], "xaxis": "x2", "yaxis": "y3", "visible": "legendonly", **carried}, {"y": [2]}]
    layout: dict[str, Any] = {"xaxis2": {"anchor": "y3"}, "yaxis3": {"scaleanchor": "x2"}, "legend2": {}}
    assert plain_figure({"data": data, "layout": layout})["layout"] == layout


def test_names_of_columns_and_another_template_are_dropped() -> None:
    plain = plain_figure({"data": [{"y": [1], "ysrc": "a:1"}], "layout": {"template": {"layout": {"colorwey": 1}}}})
    assert plain["data"] == [{"y": [1]}]
    assert sized(plain, BRIEFING)[0]["layout"]["template"] == template(BRIEFING)


def test_a_title_that_is_only_words_is_printed_as_well() -> None:
    plain = plain_figure({"data": [{"y": [1]}], "layout": {"title": "总表", "xaxis": {"title": "月"}}})
    assert plain["layout"] == {"title": {"text": "总表"}, "xaxis": {"title": {"text": "月"}}}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_of_every_kind_are_let_pass(name: str) -> None:
    assert plain_figure(figure(name))


def test_the_template_speaks_of_every_kind_and_only_in_words_that_plotly_knows() -> None:
    ours = template(BRIEFING)
    assert set(ours["data"]) >= IN_PROCESS
    data = [{"type": kind, **looks[0]} for kind, looks in ours["data"].items()]
    assert list(strangers({"data": data, "layout": ours["layout"]})) == []


def test_a_real_figure_of_plotly_with_its_template_is_let_pass() -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects")
    real = graph_objects.Figure(graph_objects.Bar(x=["甲"], y=[3], marker_color="red"))
    real.update_layout(title="总表", template="plotly_dark", legend={"title": "类别"})
    layout = plain_figure(real)["layout"]
    assert layout.pop("template")
    assert layout == {"title": {"text": "总表"}, "legend": {"title": {"text": "类别"}}}
