"""What is left of a figure's own template after it was taken off.

Plotly Express writes the colours of its template into every trace and axis of colours; they are the template's all the
same, and ours take their place, each for one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def in_our_colors(figure: dict[str, Any], ours: Sequence[str]) -> dict[str, Any]:
    """A plain figure without its template, and with our colours in place of those that it has from there."""
    layout = dict(figure["layout"])
    template = layout.pop("template", None)
    former = template.get("layout") if isinstance(template, dict) else None
    if not isinstance(former, dict):
        return {"data": figure["data"], "layout": layout}
    way, scales = former.get("colorway"), former.get("colorscale")
    theirs = way if isinstance(way, list) else []
    instead = {str(color).lower(): ours[number % len(ours)] for number, color in enumerate(theirs)}
    scale = scales.get("sequential") if isinstance(scales, dict) else None
    for key, value in layout.items():
        if scale and key.startswith("coloraxis"):
            layout[key] = {name: one for name, one in value.items() if name != "colorscale" or one != scale}
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
