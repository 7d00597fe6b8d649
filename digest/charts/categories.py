"""Names of categories along an axis: broken at word ends into the room each of them has, not turned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from digest.charts.kit.words import text_width, wrapped
from digest.charts.theme import TICKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

BESIDE: Final = 44.0
"""Points that labels of the other axis and margins are taken to need."""

_MOST_LINES: Final = 4
_CLEAR: Final = 4.0  # between two names side by side
_WIDEST: Final = 1 / 3  # of the picture, for names at the left
_ON_AXES: Final = frozenset(("bar", "scatter", "box", "violin", "histogram", "funnel", "waterfall", "heatmap"))
_NO_NAME: Final = re.compile(r"\s*[-+]?[\d.,]+(?:[eE][-+]?\d+)?%?\s*|\d{4}-\d{1,2}(?:-\d{1,2}.*)?")
_TOLD: Final = ("tickvals", "ticktext", "tickmode", "tickangle", "dtick", "nticks")
_AXIS: Final = re.compile(r"([xy])(\d*)")


def category_axes(data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The axes of names and their names in the order of the data: `xaxis`, `yaxis2`."""
    found: dict[str, dict[str, None]] = {}
    for trace in data:
        if trace.get("type", "scatter") not in _ON_AXES or trace.get("visible", True) is not True:
            continue
        for side in "xy":
            axis = _AXIS.sub(r"\1axis\2", str(trace.get(f"{side}axis", side)))
            values = trace.get(side)
            if isinstance(values, list) and _are_names(values, layout.get(axis, {})):
                found.setdefault(axis, {}).update(dict.fromkeys(str(value) for value in values if value is not None))
    return {axis: tuple(names) for axis, names in found.items()}


def room_of(axis: str, count: int, layout: Mapping[str, Any], width: float, height: float) -> float:
    """Points along the axis for each of `count` categories, about."""
    low, high = _span(layout.get(axis, {}).get("domain"))
    whole = width if axis.startswith("x") else height
    return max(0.0, (whole - BESIDE) * (high - low) / max(count, 1))


def with_labels(
    data: Sequence[Mapping[str, Any]], layout: dict[str, Any], width: float, height: float
) -> dict[str, Any]:
    """The layout with the names that are too long broken into lines; an axis that speaks of its labels is let be."""
    told = dict(layout)
    for axis, names in category_axes(data, layout).items():
        own = layout.get(axis, {})
        if not any(key in own for key in _TOLD):
            told[axis] = {**own, **_labels(axis, names, layout, width, height)}
    return told


def _labels(axis: str, names: Sequence[str], layout: Mapping[str, Any], width: float, height: float) -> dict[str, Any]:
    said = layout.get(axis, {}).get("tickfont", {}).get("size")
    size = said if isinstance(said, (int, float)) else TICKS
    across = axis.startswith("x")
    room = room_of(axis, len(names), layout, width, height) - _CLEAR if across else width * _WIDEST
    if any("<" in name for name in names) or all(text_width(name, size) <= room for name in names):
        return {}
    broken = [wrapped(name, size, room) for name in names]
    fits = all(len(lines) <= _MOST_LINES and max(_widths(lines, size)) <= room for lines in broken)
    if fits or not across:
        return {"tickvals": list(names), "ticktext": ["<br>".join(lines) for lines in broken]}
    return {"tickangle": "auto"}  # nothing but turning is left


def _span(domain: object) -> tuple[float, float]:
    """Where an axis begins and ends, as shares of the picture."""
    match domain:
        case [int() | float() as low, int() | float() as high]:
            return low, high
        case _:
            return 0.0, 1.0


def _widths(lines: Sequence[str], size: float) -> Iterator[float]:
    return (text_width(line, size) for line in lines)


def _are_names(values: Sequence[object], axis: Mapping[str, Any]) -> bool:
    kind = axis.get("type", "-")
    if kind != "-":
        return bool(kind == "category")
    texts = [value for value in values if isinstance(value, str) and value]
    return len(texts) * 2 > len(values) and not all(_NO_NAME.fullmatch(text) for text in texts)
