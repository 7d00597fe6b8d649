"""The theme of charts: one Plotly template made from the style, so that figures of any kind look like the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from digest.charts.voices import voice_of

if TYPE_CHECKING:
    from digest.drawing import Color
    from digest.style import Style

FAMILY: Final = "Noto Sans SC"
"""Family name of chart text in figures; see `voices.py`."""

SERIF: Final = "Noto Serif SC"
"""The same of Song."""

TEXT: Final = 9.5
"""Size of labels, legends and the words of axes, in points."""

TICKS: Final = 8.5
"""Size of tick labels and keys; nothing is set under 8 points."""

TITLE: Final = 10.5

LEAST: Final = 8.0
"""Points under which no type is set."""

WHITE: Final = "#ffffff"

HEIGHT: Final = 180.0
"""Height of a figure that does not say its own."""


def family_of(families: str) -> str:
    """Our own family for a list of any, as CSS has it: Song where one of ours is named there, else Hei."""
    return SERIF if voice_of(families, "normal") == "song" else FAMILY


def hex_of(color: Color) -> str:
    """`#rrggbb` of a colour."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in (color.red, color.green, color.blue))


def template(style: Style) -> dict[str, Any]:
    """Plotly template: faces, sizes and colours of the page for every kind of trace; one figure unit is one point."""
    colors = _Colors(style)
    return {"layout": _layout(colors), "data": {kind: [look] for kind, look in _traces(colors).items()}}


def series_colors(style: Style) -> tuple[str, ...]:
    """Colours of series in their order, each 18 L* or more from every other; a fourth series begins anew, hatched."""
    palette = style.palette
    return tuple(hex_of(color) for color in (palette.deep, palette.soft, palette.mid))


class _Colors:
    """The colours of a style as Plotly writes them, and what is made of them alone."""

    def __init__(self, style: Style) -> None:
        palette = style.palette
        self.ink, self.quiet, self.axis, self.grid = (
            hex_of(color) for color in (palette.ink, palette.quiet, palette.axis, palette.grid)
        )
        self.deep, self.mid, self.soft, self.pale = (
            hex_of(color) for color in (palette.deep, palette.mid, palette.soft, palette.pale)
        )
        self.series = series_colors(style)
        self.ramp = [[0, self.pale], [0.5, self.mid], [1, self.deep]]

    @property
    def numbers(self) -> dict[str, Any]:
        """How numbers and words stand along any axis."""
        return {
            "tickfont": {"size": TICKS, "color": self.ink},
            "exponentformat": "none",  # 12k and 3M are not Chinese
            "separatethousands": False,
        }

    @property
    def thin(self) -> dict[str, Any]:
        """An axis of thin lines."""
        lines = {"gridcolor": self.grid, "gridwidth": 0.5, "linecolor": self.axis, "linewidth": 0.5, "ticks": ""}
        return {**self.numbers, **lines}

    @property
    def bar(self) -> dict[str, Any]:
        """The scale of colours beside a heat map."""
        title = {"font": {"size": TICKS, "color": self.ink}}
        return {"outlinewidth": 0, "thickness": 10, "ticklen": 2, "tickwidth": 0.5, "title": title, **self.numbers}


def _layout(colors: _Colors) -> dict[str, Any]:
    axes = {
        **colors.thin,
        "automargin": True,
        "zerolinecolor": colors.ink,
        "zerolinewidth": 0.8,
        "tickangle": 0,
        "title": {"font": {"size": TEXT}, "standoff": 6},
    }
    flat = {"gridcolor": colors.grid, "linecolor": colors.axis, "tickfont": {"size": TICKS, "color": colors.ink}}
    solid = {**colors.numbers, "gridcolor": colors.grid, "backgroundcolor": WHITE, "title": {"font": {"size": TEXT}}}
    corner = {**colors.thin, "title": {"font": {"size": TEXT}}}
    return {
        "font": {"family": FAMILY, "size": TEXT, "color": colors.ink},
        "title": {
            "font": {"size": TITLE, "color": colors.ink},
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "automargin": True,
            "pad": {"t": 4, "b": 4},
        },
        "paper_bgcolor": WHITE,  # plotly.js takes a clear ground for a black one and picks its colours to suit
        "plot_bgcolor": WHITE,
        "colorway": list(colors.series),
        "extendpiecolors": False,
        "extendfunnelareacolors": False,
        "extendtreemapcolors": False,
        "extendiciclecolors": False,
        "extendsunburstcolors": False,
        "separators": ".",  # no comma between thousands
        "colorscale": {"sequential": colors.ramp, "sequentialminus": colors.ramp, "diverging": colors.ramp},
        "coloraxis": {"colorbar": colors.bar},
        "margin": {"l": 8, "r": 8, "t": 16, "b": 16, "pad": 0},
        "legend": {
            "orientation": "h",
            "x": 0.5,
            "xanchor": "center",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
            "font": {"size": TEXT},
            "title": {"font": {"size": TEXT}},
        },
        "xaxis": {
            **axes,
            "showgrid": False,
            "showline": True,
            "ticks": "outside",
            "ticklen": 2.5,
            "tickwidth": 0.5,
            "rangeslider": {"visible": False},
        },
        "yaxis": axes,
        "polar": {"bgcolor": WHITE, "angularaxis": colors.thin, "radialaxis": {**colors.thin, "tickangle": 0}},
        "ternary": {"bgcolor": WHITE, "aaxis": corner, "baxis": corner, "caxis": corner},
        "smith": {"bgcolor": WHITE, "realaxis": flat, "imaginaryaxis": flat},
        "scene": {"xaxis": solid, "yaxis": solid, "zaxis": solid},
        "bargap": 0.4,
        "annotationdefaults": {"font": {"size": TEXT}, "arrowwidth": 0.8, "arrowcolor": colors.quiet},
        "shapedefaults": {"line": {"width": 0.8, "color": colors.quiet}},
        "hovermode": False,
        "dragmode": False,
    }


def _traces(colors: _Colors) -> dict[str, dict[str, Any]]:
    """What every kind of trace looks like where a figure does not say."""
    words = {"size": TEXT, "color": colors.ink}
    beside = {"textfont": words, "textposition": "outside", "textangle": 0, "constraintext": "none"}
    scale = {"colorscale": colors.ramp, "colorbar": colors.bar}
    dots = {"size": 4.2, "colorbar": colors.bar}
    line = {"line": {"width": 1.8}, "marker": dots, "textfont": words}
    edge = {"color": WHITE, "width": 1}
    slices = {"marker": {"line": edge}, "sort": False, "textfont": words}
    tree = {"marker": {"line": edge, "colorbar": colors.bar}, "textfont": {"size": TEXT}}
    rise, fall = {"color": colors.deep, "width": 1}, {"color": colors.deep, "width": 1}
    flows = {"line": {"color": colors.soft, "colorbar": colors.bar}, "labelfont": words, "tickfont": words}
    carpet = {"gridcolor": colors.grid, "gridwidth": 0.5, **colors.numbers, "title": {"font": {"size": TEXT}}}
    return {
        "bar": {"marker": {"line": {"width": 0}, "colorbar": colors.bar}, "cliponaxis": False, **beside},
        "barpolar": {"marker": {"line": {"width": 0}, "colorbar": colors.bar}},
        "histogram": {"marker": {"line": {"width": 0.5, "color": WHITE}}, **beside},
        "funnel": {
            "textfont": {"size": TEXT},
            "textangle": 0,
            "constraintext": "none",
            "connector": {"fillcolor": colors.pale, "line": {"width": 0}},
        },
        "waterfall": {
            "increasing": {"marker": {"color": colors.mid}},
            "decreasing": {"marker": {"color": colors.soft}},
            "totals": {"marker": {"color": colors.deep}},
            "connector": {"line": {"width": 0.5, "color": colors.axis}},
            **beside,
        },
        "scatter": {**line, "cliponaxis": False},
        "scatterpolar": {**line, "cliponaxis": False},
        "scatterternary": {**line, "cliponaxis": False},
        "scattersmith": {**line, "cliponaxis": False},
        "scattercarpet": line,
        "box": {"line": {"width": 1}, "marker": {"size": 3.4}},
        "violin": {"line": {"width": 1}, "marker": {"size": 3.4}},
        "candlestick": {
            "increasing": {"line": rise, "fillcolor": WHITE},
            "decreasing": {"line": fall, "fillcolor": colors.deep},
        },
        "ohlc": {"increasing": {"line": rise}, "decreasing": {"line": {**fall, "dash": "2px,1px"}}},
        "pie": {
            **slices,
            "automargin": True,
            "textposition": "outside",
            "textinfo": "label+percent",
            "showlegend": False,
        },
        "funnelarea": {"marker": {"line": edge}, "textfont": {"size": TEXT}},
        "treemap": {**tree, "root": {"color": WHITE}},
        "icicle": {**tree, "root": {"color": WHITE}},
        "sunburst": tree,
        "sankey": {
            "textfont": words,
            "node": {"color": colors.deep, "line": {"width": 0}, "thickness": 10},
            "link": {"color": colors.pale},
        },
        "parcats": flows,
        "parcoords": {**flows, "rangefont": words},
        "heatmap": {**scale, "textfont": {"size": TEXT}},
        "histogram2d": {**scale, "textfont": {"size": TEXT}},
        "contour": {**scale, "line": {"width": 0.5}},
        "histogram2dcontour": {**scale, "line": {"width": 0.5}},
        "contourcarpet": {**scale, "line": {"width": 0.5}},
        "carpet": {"aaxis": carpet, "baxis": carpet, "font": words},
        "quiver": {"marker": {"line": {"width": 1}}},
        "surface": scale,
        "indicator": {
            "title": {"font": words},
            "number": {"font": {"size": 24, "color": colors.deep}},
            "delta": {"increasing": {"color": colors.deep}, "decreasing": {"color": colors.mid}},
            "gauge": {
                "axis": {**colors.numbers, "tickwidth": 0.5},
                "bar": {"color": colors.deep},
                "bgcolor": WHITE,
                "borderwidth": 0.5,
                "bordercolor": colors.axis,
            },
        },
        "table": {
            "header": {
                "fill": {"color": colors.pale},
                "font": words,
                "line": {"width": 0.5, "color": colors.grid},
                "height": 20,
            },
            "cells": {
                "fill": {"color": WHITE},
                "font": words,
                "line": {"width": 0.5, "color": colors.grid},
                "height": 18,
            },
        },
    }
