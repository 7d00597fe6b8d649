"""The theme of charts: one Plotly template made from the style, so that figures of any kind look like the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from digest.drawing import Color
    from digest.style import Style

FAMILY: Final = "Noto Sans SC"
"""Family name of chart text in figures; see `voices.py`."""

TEXT: Final = 9.5
"""Size of labels, legends and the words of axes, in points."""

TICKS: Final = 8.5
"""Size of tick labels and keys; nothing is set under 8 points."""

TITLE: Final = 10.5

HEIGHT: Final = 180.0
"""Height of a figure that does not say its own."""


def hex_of(color: Color) -> str:
    """`#rrggbb` of a colour."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in (color.red, color.green, color.blue))


def template(style: Style) -> dict[str, Any]:
    """Plotly template: faces, sizes and colours of the page; one figure unit is one point."""
    palette = style.palette
    ink, quiet, axis, grid = (hex_of(c) for c in (palette.ink, palette.quiet, palette.axis, palette.grid))
    series = [hex_of(c) for c in (palette.deep, palette.soft, palette.mid, palette.target, palette.pale, palette.quiet)]
    axes = {
        "automargin": True,
        "gridcolor": grid,
        "gridwidth": 0.5,
        "linecolor": axis,
        "linewidth": 0.5,
        "zerolinecolor": ink,
        "zerolinewidth": 0.8,
        "ticks": "",
        "tickfont": {"size": TICKS, "color": ink},
        "title": {"font": {"size": TEXT}, "standoff": 6},
        "exponentformat": "none",  # 12k and 3M are not Chinese
        "separatethousands": False,
    }
    ramp = [[0, hex_of(palette.pale)], [0.5, hex_of(palette.mid)], [1, hex_of(palette.deep)]]
    bar = {"outlinewidth": 0, "thickness": 10, "tickfont": {"size": TICKS}, "ticklen": 2, "tickwidth": 0.5}
    layout = {
        "font": {"family": FAMILY, "size": TEXT, "color": ink},
        "title": {
            "font": {"size": TITLE, "color": ink},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "automargin": True,
            "pad": {"t": 4, "b": 4},
        },
        "paper_bgcolor": "#ffffff",  # plotly.js takes a clear ground for a black one and picks its colours to suit
        "plot_bgcolor": "#ffffff",
        "colorway": series,
        "colorscale": {"sequential": ramp, "sequentialminus": ramp},
        "coloraxis": {"colorbar": bar},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 16, "pad": 2},
        "legend": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": TEXT},
        },
        "xaxis": {**axes, "showgrid": False, "showline": True, "ticks": "outside", "ticklen": 2.5, "tickwidth": 0.5},
        "yaxis": axes,
        "bargap": 0.4,
        "annotationdefaults": {"font": {"size": TEXT}, "arrowwidth": 0.8, "arrowcolor": quiet},
        "shapedefaults": {"line": {"width": 0.8, "color": quiet}},
        "hovermode": False,
        "dragmode": False,
    }
    data = {
        "bar": [{"marker": {"line": {"width": 0}}, "textfont": {"size": TEXT}}],
        "scatter": [{"line": {"width": 1.8}, "marker": {"size": 4.2}}],
        "pie": [{"marker": {"line": {"color": "#ffffff", "width": 1}}, "sort": False, "automargin": True}],
        "heatmap": [{"colorscale": ramp, "colorbar": bar}],
        "table": [{"header": {"fill": {"color": hex_of(palette.pale)}}, "cells": {"fill": {"color": "#ffffff"}}}],
    }
    return {"layout": layout, "data": data}
