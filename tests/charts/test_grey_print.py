"""In grey print a figure of several series tells the same."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.figures import plain_figure, sized
from digest.charts.series import PATTERNS, told_apart_series
from digest.charts.svg import mark_box, marks_of
from digest.charts.theme import hex_of, series_colors
from digest.drawing import BLACK, WHITE, Color, Group, Path, hex_color
from digest.grey import lightness, told_apart
from digest.style import BRIEFING
from tests.charts.marks import flat, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.charts.engine import InProcess
    from digest.drawing import Mark
    from digest.fonts import FontSet

MONTHS = [f"{month}月" for month in range(1, 13)]
NAMES = ("甲", "乙", "丙", "丁", "戊")


def series(**shape: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - Plotly JSON
    values: list[dict[str, Any]] = [{"y": [n + 3 + month % (n + 2) for month in range(12)]} for n in range(len(NAMES))]
    return [{"name": name, "x": MONTHS, **row, **shape} for name, row in zip(NAMES, values, strict=True)]


def around(**shape: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    rows: list[dict[str, Any]] = [{"r": [n + 2, n + 3, n + 4], "theta": ["一", "二", "三"]} for n in range(len(NAMES))]
    return [{"name": name, **row, **shape} for name, row in zip(NAMES, rows, strict=True)]


Figure = tuple[list[dict[str, Any]], dict[str, Any]]

AREAS: dict[str, Figure] = {
    "grouped": (series(type="bar"), {}),
    "stacked": (series(type="bar"), {"barmode": "stack"}),
    "histogram": ([{"type": "histogram", "name": name, "x": [1, 2, 2, 3, n]} for n, name in enumerate(NAMES)], {}),
    "barpolar": (around(type="barpolar"), {}),
    "pie": ([{"type": "pie", "labels": NAMES, "values": [5, 4, 3, 2, 1]}], {}),
    "donut": ([{"type": "pie", "labels": NAMES, "values": [1, 2, 3, 4, 5], "hole": 0.5, "sort": True}], {}),
    "funnelarea": ([{"type": "funnelarea", "labels": NAMES, "values": [5, 4, 3, 2, 1]}], {}),
    "area": (series(type="scatter", stackgroup="a", mode="none"), {}),
}
LINES: dict[str, Figure] = {"line": (series(type="scatter", mode="lines"), {})}
MARKERS: dict[str, Figure] = {
    "scatter": (series(type="scatter", mode="markers"), {}),
    "polar": (around(type="scatterpolar", mode="markers"), {}),
}

Sign = tuple[float, object]
"""What is left of a mark in grey: how light it is, and its hatching, dash or shape."""


def drawn(engine: InProcess, fonts: FontSet, data: list[dict[str, Any]], layout: dict[str, Any]) -> tuple[Mark, ...]:
    tall: dict[str, Any] = {**layout, "height": 300}
    figure = sized(plain_figure({"data": data, "layout": tall}), BRIEFING)
    return marks_of(engine.draw(*figure, fonts), fonts)


def in_grey(signs: Iterable[Sign]) -> list[Sign]:
    """Those of the signs that a grey print tells apart, each once."""
    kept: list[Sign] = []
    for sign in signs:
        if not any(sign[1] == other[1] and not told_apart(sign[0], other[0]) for other in kept):
            kept.append(sign)
    return kept


def areas(marks: Iterable[Mark]) -> Iterator[Sign]:
    """Filled areas; a hatching is told by the directions of its strokes."""
    for mark in marks:
        if isinstance(mark, Group):
            hatch = next((one for one in mark.marks if isinstance(one, Path) and strokes(one) > 4), None)
            if hatch is not None:
                ink = hatch.stroke or hatch.fill
                assert ink is not None
                yield lightness(ink), directions(hatch)
            else:
                yield from areas(mark.marks)
        elif isinstance(mark, Path) and mark.fill is not None and mark.fill != WHITE and size(mark) > 20:
            yield lightness(mark.fill), "solid"


def strokes(path: Path) -> int:
    return sum(segment[0] == "M" for segment in path.segments)


def size(mark: Mark) -> float:
    box = mark_box(mark)
    return 0 if box is None else (box[2] - box[0]) * (box[3] - box[1])


def directions(path: Path) -> frozenset[int]:
    """The directions of the strokes of a path in degrees, curves as -1."""
    found: set[int] = set()
    last = (0.0, 0.0)
    for segment in path.segments:
        if segment[0] == "L":
            found.add(round(math.degrees(math.atan2(segment[2] - last[1], segment[1] - last[0]))) % 180)
        if segment[0] == "C":
            found.add(-1)
        if segment[0] != "Z":
            last = (segment[-2], segment[-1])
    return frozenset(found)


@pytest.mark.parametrize("name", AREAS)
def test_every_two_areas_differ_in_grey_or_in_hatching(name: str, engine: InProcess, fonts: FontSet) -> None:
    signs = in_grey(areas(drawn(engine, fonts, *AREAS[name])))
    assert len(signs) == len(NAMES)


@pytest.mark.parametrize("name", LINES)
def test_every_two_lines_differ_in_grey_or_in_dash(name: str, engine: InProcess, fonts: FontSet) -> None:
    lines = (mark for mark in flat(drawn(engine, fonts, *LINES[name])) if isinstance(mark, Path) and mark.width == 1.8)
    assert len(in_grey((lightness(mark.stroke), mark.dash) for mark in lines if mark.stroke)) == len(NAMES)


@pytest.mark.parametrize("name", MARKERS)
def test_every_two_kinds_of_marks_differ_in_grey_or_in_shape(name: str, engine: InProcess, fonts: FontSet) -> None:
    small = []
    for mark in flat(drawn(engine, fonts, *MARKERS[name])):
        box = mark_box(mark)
        if isinstance(mark, Path) and mark.fill and mark.fill != WHITE and box and 1 < box[2] - box[0] < 8:
            small.append(
                (lightness(mark.fill), tuple(segment[0] for segment in mark.segments) + tuple(directions(mark)))
            )
    assert len(in_grey(small)) == len(NAMES)


def test_boxes_stand_on_grounds_of_their_own(engine: InProcess, fonts: FontSet) -> None:
    data = [{"type": "box", "name": name, "y": [1, 2, 3, 4]} for name in NAMES[:3]]
    marks = drawn(engine, fonts, data, {"showlegend": False})
    paths = [mark for mark in flat(marks) if isinstance(mark, Path) and mark.stroke and size(mark) > 20]
    fills = {mark.fill for mark in paths if mark.fill}
    assert all(told_apart(lightness(one), lightness(other)) for one, other in combinations(fills, 2))
    assert len(fills) == 3


def test_every_two_colours_of_series_are_told_apart() -> None:
    greys = [lightness(hex_color(color)) for color in series_colors(BRIEFING)]
    assert all(told_apart(one, other) for one, other in combinations(greys, 2))


def test_lightness_is_that_of_the_paper_print() -> None:
    assert lightness(BLACK) == 0
    assert lightness(WHITE) == pytest.approx(100)
    assert lightness(hex_color("#777777")) == pytest.approx(50.03, abs=0.01)
    assert lightness(Color(0, 0, 0, 0.5)) == pytest.approx(lightness(Color(0.5, 0.5, 0.5)))


def test_what_a_figure_says_itself_is_kept_and_reckoned_with() -> None:
    deep = hex_of(BRIEFING.palette.deep)
    marker = {"color": deep, "pattern": {"shape": "x"}}
    first, second, third = told_apart_series(
        [
            {"type": "bar", "y": [1], "marker": marker},
            {"type": "bar", "y": [1], "marker": {"color": deep}},
            {"type": "bar", "y": [1], "marker": {"color": "#203b60"}},
        ],
        {},
        BRIEFING,
    )
    assert first["marker"] == marker
    assert "pattern" not in second["marker"]
    assert third["marker"]["pattern"]["shape"] == PATTERNS[1]
    dotted = {"type": "scatter", "y": [1], "line": {"dash": "dot"}, "marker": {"symbol": "star"}}
    line, other = told_apart_series([dotted, {"type": "scatter", "y": [1]}], {}, BRIEFING)
    assert (line["line"]["dash"], line["marker"]["symbol"]) == ("dot", "star")
    assert "line" not in other


def test_a_single_series_keeps_to_plain_strokes() -> None:
    alone: list[dict[str, Any]] = [{"type": "scatter", "y": [1, 2]}]
    assert told_apart_series(alone, {}, BRIEFING) == alone


def test_labels_stay_outside_the_hatching(engine: InProcess, fonts: FontSet) -> None:
    marks = drawn(engine, fonts, series(type="bar", text=["1"] * 12), {})
    assert all(run.size >= 8 and run.tilt == 0 for run in runs(marks))
