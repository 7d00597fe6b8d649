"""What stands at the edges of a figure: titles of upright axes set across, and room for what gets none by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from digest.charts.theme import TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_UPRIGHT: Final = re.compile(r"yaxis\d*")
_LONGEST: Final = 12  # characters of a title that may stand over its axis
_NEARLY_TOP: Final = 0.98
_OVER: Final = 3.0  # points between an axis and its title
_LINE: Final = 1.4  # em that a line of words takes, with what stands over and under it
_MARGINS: Final[dict[str, dict[str, float]]] = {
    "indicator": {"t": 32.0},
    "scatterternary": {"t": 28.0, "b": 40.0, "l": 40.0, "r": 40.0},
}
"""Margins, which do not grow for the titles of these traces."""


def with_upright_titles(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with the short titles of upright axes over their ends, read without turning the head.

    Only where nothing else stands there: in figures of one row, without a title and words of their own at the top.
    """
    if layout.get("title", {}).get("text") or layout.get("grid") or any(map(_at_top, _annotations(layout))):
        return layout
    axes = {key: axis for key, axis in layout.items() if _UPRIGHT.fullmatch(key) and isinstance(axis, dict)}
    if any(_end(axis.get("domain")) < _NEARLY_TOP for axis in axes.values()):
        return layout
    told, over = dict(layout), list(_annotations(layout))
    for key, axis in axes.items():
        title = axis.get("title", {})
        words = title.get("text")
        if isinstance(words, str) and 0 < len(words) <= _LONGEST and "<" not in words and "standoff" not in title:
            told[key] = {name: value for name, value in axis.items() if name != "title"}
            over.append(_over(words, title, axis, layout))
    return {**told, "annotations": over} if len(over) > len(_annotations(layout)) else layout


def _over(words: str, title: Mapping[str, Any], axis: Mapping[str, Any], layout: Mapping[str, Any]) -> dict[str, Any]:
    """The title as words over the end of its axis, flush with it."""
    beside = layout.get(re.sub("^x", "xaxis", str(axis.get("anchor", "x"))), {})
    domain = beside.get("domain") if isinstance(beside, dict) else None
    right = axis.get("side") == "right"
    font = {"font": title["font"]} if "font" in title else {}
    return {
        "text": words,
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": _end(domain) if right else _start(domain),
        "y": 1,
        "xanchor": "right" if right else "left",
        "yanchor": "bottom",
        "yshift": _OVER,
        "borderpad": 0,
        **font,
    }


def with_room(data: Sequence[Mapping[str, Any]], layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with margins for what plotly.js makes no room for; those that the figure says stay."""
    room: dict[str, float] = {}
    for trace in data:
        for side, points in _MARGINS.get(str(trace.get("type")), {}).items():
            room[side] = max(room.get(side, 0.0), points)
    for words in filter(_at_top, _annotations(layout)):
        size = words.get("font", {}).get("size", TEXT)
        if isinstance(size, (int, float)):
            room["t"] = max(room.get("t", 16.0), size * _LINE + 2 * _OVER)
    return {**layout, "margin": {**room, **layout.get("margin", {})}} if room else layout


def _annotations(layout: Mapping[str, Any]) -> list[dict[str, Any]]:
    said = layout.get("annotations")
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _at_top(words: Mapping[str, Any]) -> bool:
    """Whether words stand upon the upper edge of the room for plots."""
    y = words.get("y")
    over = isinstance(y, (int, float)) and y >= _NEARLY_TOP and words.get("yref") == "paper"
    return over and words.get("yanchor") == "bottom"


def _start(domain: object) -> float:
    match domain:
        case [int() | float() as start, *_]:
            return start
        case _:
            return 0.0


def _end(domain: object) -> float:
    match domain:
        case [_, int() | float() as end]:
            return end
        case _:
            return 1.0
