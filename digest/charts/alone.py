"""A figure that stands alone: whose looks it has, and how large it is.

On a page a figure is dressed as the page is and no wider than its type area (`figures.sized`). Alone it may be any
size, and a template that it brought along is part of what its maker saw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from digest.charts.dressing import dressed
from digest.charts.theme import HEIGHT
from digest.errors import ChartError

if TYPE_CHECKING:
    from digest.style import Style

Look = Literal["auto", "own", "digest"]
"""Whose template a figure is drawn in: its own, ours, or (`auto`) its own where it has one and else ours."""

OWN_WIDTH: Final = 700.0
OWN_HEIGHT: Final = 450.0
"""Size of a figure in its own looks that does not say one: Plotly's."""

LARGEST: Final = 14_400.0
"""Points that a side may have; a page of PDF holds no more (200 inches)."""


def alone(
    figure: dict[str, Any], style: Style, look: Look, width: float | None = None, height: float | None = None
) -> tuple[dict[str, Any], float, float]:
    """The figure dressed, its width and height in points (one unit of a figure is a point).

    The size is the one asked for, else the figure's own, else 700 × 450 in its own looks and the measure by 180 in
    ours. `ChartError`: C116 a size that is none, C173 a template that is only named.
    """
    layout = figure["layout"]
    own = layout.get("template")
    if own and not isinstance(own, dict):
        message = f"layout.template 只写了名字（{own}），没有内容"
        raise ChartError(message, code="C173", hint="请用 fig.write_json 存图，它会把模板写全；或去掉 template")
    ours = look == "digest" or (look == "auto" and not own)
    usual = (style.measure, HEIGHT) if ours else (OWN_WIDTH, OWN_HEIGHT)
    asked = (width or layout.get("width") or usual[0], height or layout.get("height") or usual[1])
    sides = tuple(float(side) for side in asked if isinstance(side, int | float) and 1 < side <= LARGEST)
    if len(sides) < len(asked):
        message = f"图的大小不对：{asked[0]} × {asked[1]}"
        raise ChartError(message, code="C116", hint=f"宽和高都要大于 1 磅，不超过 {LARGEST:g} 磅")
    if ours:
        return dressed(figure, style, sides[0], sides[1]), sides[0], sides[1]
    return {"data": figure["data"], "layout": {**layout, "width": sides[0], "height": sides[1]}}, sides[0], sides[1]
