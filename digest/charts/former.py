"""What is left of a figure's own template after it was taken off.

Plotly Express writes the colours of its template into every trace and axis of colours; they are the template's all the
same, and ours take their place, each for one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def remnant(template: object) -> dict[str, Any]:
    """The colours of a template by which those of its figure are known; empty where it has none."""
    former = template.get("layout") if isinstance(template, Mapping) else None
    if not isinstance(former, Mapping):
        return {}
    way, scales = former.get("colorway"), former.get("colorscale")
    left: dict[str, Any] = {}
    if isinstance(way, (list, tuple)):
        left["colorway"] = [str(color).lower() for color in way]
    if isinstance(scales, Mapping) and _pairs(scales.get("sequential")):
        left["colorscale"] = _pairs(scales["sequential"])
    return left


def in_our_colors(figure: dict[str, Any], ours: Sequence[str]) -> dict[str, Any]:
    """A plain figure with our colours in place of those that it has from the template whose remnant it holds."""
    layout = dict(figure["layout"])
    former = layout.pop("template", {})
    instead = {color: ours[number % len(ours)] for number, color in enumerate(former.get("colorway", ()))}
    scale = former.get("colorscale")
    for key, value in layout.items():
        if scale and key.startswith("coloraxis"):
            layout[key] = {name: one for name, one in value.items() if name != "colorscale" or _pairs(one) != scale}
    return {"data": [_recolored(trace, instead) for trace in figure["data"]], "layout": layout}


def _recolored(trace: dict[str, Any], instead: Mapping[str, str]) -> dict[str, Any]:
    told = dict(trace)
    for part in ("marker", "line"):
        inner = trace.get(part)
        if isinstance(inner, dict) and "color" in inner:
            told[part] = {**inner, "color": _ours(inner["color"], instead)}
    if "fillcolor" in trace:
        told["fillcolor"] = _ours(trace["fillcolor"], instead)
    return told


def _ours(color: object, instead: Mapping[str, str]) -> object:
    return instead.get(color.lower(), color) if isinstance(color, str) else color


def _pairs(scale: object) -> list[list[object]]:
    """A scale of colours as pairs; empty for one that is called by its name."""
    if not isinstance(scale, (list, tuple)):
        return []
    stops = (stop for stop in scale if isinstance(stop, (list, tuple)) and len(stop) > 1)
    return [[stop[0], str(stop[1]).lower()] for stop in stops]
