"""What the small document gives plotly.js, seen in what it draws."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from digest.charts.paths import bounds
from digest.charts.svg import marks_of
from digest.drawing import Raster
from tests.charts.marks import flat, paths, runs, words

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.drawing import Mark
    from digest.fonts import FontSet

MARGINLESS = {"l": 0, "r": 0, "t": 0, "b": 0}
RED: dict[str, Any] = {"borderwidth": 1, "bordercolor": "#f00", "showarrow": False, "x": 0.5, "y": 0.5}


def drawn(engine: InProcess, fonts: FontSet, trace: dict[str, Any], **layout: object) -> tuple[Mark, ...]:
    return marks_of(engine.draw({"data": [trace], "layout": layout}, 300, 200, fonts), fonts)


def boxed(engine: InProcess, fonts: FontSet, text: str, **font: object) -> float:
    """Width of the box that plotly.js puts round a text."""
    note = RED | {"text": text, "font": {"size": 20, **font}}
    marks = drawn(engine, fonts, {"x": [0, 1], "y": [0, 1]}, annotations=[note])
    boxes = [bounds(mark.segments) for mark in paths(marks) if mark.stroke and mark.stroke.red == 1]
    ((left, _, right, _),) = [box for box in boxes if box]
    return right - left


def test_a_smoothed_heat_map_is_one_image_of_its_colours(engine: InProcess, fonts: FontSet) -> None:
    scale = [[0, "rgb(255,0,0)"], [1, "rgb(0,0,255)"]]
    trace = {"type": "heatmap", "z": [[0, 1], [0, 1]], "zsmooth": "best", "colorscale": scale, "showscale": False}
    (image,) = [mark for mark in flat(drawn(engine, fonts, trace)) if isinstance(mark, Raster)]
    with Image.open(io.BytesIO(image.data)) as pixels:
        assert (pixels.width, pixels.height) == pytest.approx((image.width, image.height))
        assert pixels.getpixel((0, 0)) == (255, 0, 0, 255)
        assert pixels.getpixel((pixels.width - 1, pixels.height - 1)) == (0, 0, 255, 255)
        assert pixels.convert("L").getpixel((pixels.width // 2, 5)) == pytest.approx(53, abs=3)


def test_a_family_in_quotes_is_found(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(engine, fonts, {"y": [1]}, title={"text": "宋", "font": {"family": '"Noto Serif SC", serif'}})
    assert {run.face for run in runs(marks) if run.clusters == "宋"} == {"song"}


def test_small_capitals_take_the_room_they_are_drawn_in(engine: InProcess, fonts: FontSet) -> None:
    hei = fonts.face("hei")
    plain, small = boxed(engine, fonts, "ab"), boxed(engine, fonts, "ab", variant="small-caps")
    advance = (hei.advance("a") + hei.advance("b")) - 0.7 * (hei.advance("A") + hei.advance("B"))
    assert plain - small == pytest.approx(20 * advance, abs=0.6)


def test_capitals_take_the_room_they_are_drawn_in(engine: InProcess, fonts: FontSet) -> None:
    assert boxed(engine, fonts, "abc", textcase="upper") == boxed(engine, fonts, "ABC")
    assert boxed(engine, fonts, "an office's", textcase="word caps") == boxed(engine, fonts, "An Office's")


def test_a_long_text_in_a_table_goes_over_several_lines(engine: InProcess, fonts: FontSet) -> None:
    text = "双联共建 结对的 村和社区 数量 很长的 一行 要换行 才放得下 这个单元格"
    cells = {"values": [[text], [169]]}
    marks = drawn(engine, fonts, {"type": "table", "header": {"values": ["指标", "数值"]}, "cells": cells})
    lines = [word for word in words(marks) if word.strip() and word.strip() in text]
    assert len(lines) > 1
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_labels_of_contours_stand_where_a_browser_puts_them(engine: InProcess, fonts: FontSet) -> None:
    """The places were read from the SVG that a browser drew of the same figure."""
    contours = {"coloring": "lines", "showlabels": True, "start": 2, "end": 8, "size": 2}
    z = [[0, 2, 4, 3], [1, 6, 9, 4], [2, 8, 7, 3], [0, 3, 2, 1]]
    trace = {"type": "contour", "z": z, "showscale": False, "line": {"smoothing": 1.3}, "contours": contours}
    svg = engine.draw({"data": [trace], "layout": {"margin": MARGINLESS}}, 300, 200, fonts)
    found = re.findall(r'<text [^>]*\bx="([\d.]+)" y="([\d.]+)" transform="rotate', svg)
    places = [(float(x), float(y)) for x, y in found]
    browser = [(47.61, 170.46), (277.08, 31.23), (67.48, 32.26), (217.32, 175.55), (198.48, 105.38)]
    assert len(places) == len(browser)
    for place, other in zip(places, browser, strict=True):
        assert place == pytest.approx(other, abs=0.1)
