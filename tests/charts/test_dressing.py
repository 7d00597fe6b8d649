"""Figures as Plotly Express and offices write them, in the dress of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.drawn import alt_text
from digest.charts.edges import with_room, with_upright_titles
from digest.charts.figures import plain_figure, sized
from digest.charts.series import SYMBOLS, told_apart_series
from digest.charts.svg import marks_of
from digest.charts.theme import FAMILY, SERIF, series_colors
from digest.story.charts import PlotlyChart
from digest.style import BRIEFING
from tests.charts.marks import runs

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

OURS = series_colors(BRIEFING)
THEIRS = ["#636efa", "#EF553B", "#00cc96", "#ab63fa"]
PLASMA = [[0, "#0d0887"], [1, "#f0f921"]]
TEMPLATE = {"layout": {"colorway": THEIRS, "colorscale": {"sequential": PLASMA}}}


def dressed(data: list[dict[str, Any]], **layout: Any) -> dict[str, Any]:  # noqa: ANN401 - Plotly JSON
    figure: dict[str, Any] = sized(plain_figure({"data": data, "layout": layout}), BRIEFING)[0]
    return figure


def test_colours_that_a_template_wrote_into_traces_become_ours_one_for_one() -> None:
    bars = [
        {"type": "bar", "y": [1], "marker": {"color": color}} for color in (THEIRS[1], THEIRS[0].upper(), THEIRS[1])
    ]
    figure = dressed([*bars, {"y": [1], "line": {"color": THEIRS[2]}}], template=TEMPLATE)
    assert [trace["marker"]["color"] for trace in figure["data"][:3]] == [OURS[1], OURS[0], OURS[1]]
    assert figure["data"][3]["line"]["color"] == OURS[2]


def test_other_colours_and_those_of_a_figure_without_that_template_are_its_own() -> None:
    red = [{"type": "bar", "y": [1], "marker": {"color": "red"}}]
    assert dressed(red, template=TEMPLATE)["data"][0]["marker"]["color"] == "red"
    blue = [{"type": "bar", "y": [1], "marker": {"color": THEIRS[0]}}]
    assert dressed(blue)["data"][0]["marker"]["color"] == THEIRS[0]


def test_a_scale_of_colours_that_a_template_wrote_gives_way_and_another_stays() -> None:
    heat = [{"type": "heatmap", "z": [[1, 2]], "coloraxis": "coloraxis"}]
    assert "colorscale" not in dressed(heat, template=TEMPLATE, coloraxis={"colorscale": PLASMA})["layout"]["coloraxis"]
    own = [[0, "#ffffff"], [1, "#000000"]]
    assert dressed(heat, template=TEMPLATE, coloraxis={"colorscale": own})["layout"]["coloraxis"]["colorscale"] == own


def test_traces_of_one_name_are_one_series_in_every_panel() -> None:
    traces = [{"type": "scatter", "name": name, "y": [1]} for name in ("甲", "乙", "甲", "乙")]
    symbols = [trace["marker"]["symbol"] for trace in told_apart_series(traces, {}, BRIEFING)]
    assert symbols == [*SYMBOLS[:2], *SYMBOLS[:2]]
    same = {"color": OURS[0]}
    bars = [{"type": "bar", "legendgroup": name, "y": [1], "marker": same} for name in ("甲", "乙", "甲", "乙")]
    shapes = [trace["marker"].get("pattern", {}).get("shape", "") for trace in told_apart_series(bars, {}, BRIEFING)]
    assert shapes == ["", "/", "", "/"]


def test_what_all_lines_say_alike_tells_none_from_the_others() -> None:
    solid = [{"y": [1, 2], "line": {"dash": "solid"}, "marker": {"symbol": "circle"}} for _ in range(2)]
    one, other = told_apart_series(solid, {}, BRIEFING)
    assert one["line"]["dash"] != other["line"]["dash"]
    assert one["marker"]["symbol"] != other["marker"]["symbol"]


def test_points_beside_a_box_that_is_not_to_be_seen_are_seen() -> None:
    clear = "rgba(255,255,255,0)"
    strip = {"type": "box", "y": [1, 2], "boxpoints": "all", "line": {"color": clear}, "fillcolor": clear}
    assert told_apart_series([strip], {}, BRIEFING)[0]["marker"]["color"] == OURS[0]


def test_faces_we_have_not_and_italics_give_way() -> None:
    fonts = [{"family": "SimSun", "style": "italic"}, {"family": "Times New Roman, Arial", "size": [6, 12]}]
    figure = dressed([{"type": "bar", "y": [1], "text": ["<i>一</i><b>二</b>"], "textfont": fonts[1]}], font=fonts[0])
    assert figure["layout"]["font"] == {"family": SERIF}
    assert figure["data"][0]["textfont"] == {"family": FAMILY, "size": [8, 12]}
    assert figure["data"][0]["text"] == ["一<b>二</b>"]


def test_a_short_title_of_an_upright_axis_stands_over_it(engine: InProcess, fonts: FontSet) -> None:
    data = [{"type": "bar", "x": ["甲", "乙"], "y": [1, 2]}, {"y": [3, 4], "yaxis": "y2"}]
    second = {"title": "比率", "overlaying": "y", "side": "right"}
    figure = sized(plain_figure({"data": data, "layout": {"yaxis": {"title": "件数"}, "yaxis2": second}}), BRIEFING)
    words = {"".join(run.clusters): run for run in runs(marks_of(engine.draw(*figure, fonts), fonts))}
    left, right = words["件数"], words["比率"]
    assert left.tilt == right.tilt == 0
    assert left.y == right.y < min(run.y for text, run in words.items() if text.replace(".", "").isdigit())
    assert left.x < 40
    assert right.x > 380


@pytest.mark.parametrize(
    "layout",
    [
        {"title": {"text": "总表"}, "yaxis": {"title": {"text": "件数"}}},
        {"yaxis": {"title": {"text": "很长很长很长很长很长的名称"}}},
        {"yaxis": {"title": {"text": "件数", "standoff": 9}}},
        {"yaxis": {"title": {"text": "件数"}, "domain": [0, 0.4]}, "yaxis2": {"domain": [0.6, 1]}},
        {"yaxis": {"title": {"text": "件数"}}, "annotations": [{"y": 1, "yref": "paper", "yanchor": "bottom"}]},
    ],
)
def test_a_title_for_which_there_is_no_room_stays_beside_its_axis(layout: dict[str, Any]) -> None:
    assert with_upright_titles(layout) == layout


def test_words_at_the_top_and_titles_of_gauges_get_a_margin_unless_the_figure_says_one() -> None:
    top = {"annotations": [{"y": 1, "yref": "paper", "yanchor": "bottom", "font": {"size": 16}}]}
    assert with_room([], top)["margin"]["t"] > 20
    assert with_room([{"type": "indicator"}], {})["margin"] == {"t": 32}
    assert with_room([{"type": "indicator"}], {"margin": {"t": 5}})["margin"] == {"t": 5}
    assert with_room([{"type": "bar"}], {}) == {}


def test_a_figure_is_told_in_words_where_nobody_told_it() -> None:
    bars = {"type": "bar", "name": "上半年", "x": ["甲市", "乙市", "2023"], "y": [3, None, 5]}
    pie = {"type": "pie", "labels": ["<b>甲</b>", "乙"], "values": [1, 2]}
    lying = {"type": "bar", "orientation": "h", "y": ["丙"], "x": [4]}
    assert alt_text(PlotlyChart({"data": [bars, pie, lying]})) == (
        "条形图、饼图。上半年：甲市3，2023：5；甲1，乙2；丙4。"
    )
    assert alt_text(PlotlyChart({"data": [{"y": list(range(30))}]})).endswith("，23等 30 项。")
    assert alt_text(PlotlyChart({"data": [pie]}, "自己写的话")) == "自己写的话"
