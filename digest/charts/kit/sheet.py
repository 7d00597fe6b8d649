"""Words and lines at exact places of a figure.

A hidden pair of axes spans the picture, one unit a point, y downwards: `Sheet` collects what is to stand on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from digest.charts.drawn import Drawn
from digest.charts.kit.words import escaped
from digest.charts.theme import FAMILY, hex_of, template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.style import Style

CLEAR: Final = "rgba(0,0,0,0)"
MIDDLE: Final = 0.12  # em: plotly.js puts the baseline 0.25 em under the middle, a Han character has its own 0.37 above


@dataclass(frozen=True, slots=True)
class Voice:
    """Size, colour and weight of words, and where they stand to their point."""

    size: float
    color: str
    bold: bool = False
    side: Literal["right", "left", "center"] = "right"


class Sheet:
    """Words and lines collected on the hidden axes, in points."""

    def __init__(self, style: Style) -> None:
        """An empty sheet as wide as the measure."""
        palette = style.palette
        self._style = style
        self.width = math.floor(style.measure)
        self.ink, self.quiet, self.axis = (hex_of(c) for c in (palette.ink, palette.quiet, palette.axis))
        self.shapes: list[dict[str, Any]] = []
        self._words: dict[Voice, list[tuple[float, float, str]]] = {}
        self._last_line: tuple[int, object] = (0, None)  # how many shapes there were with it, and its pen

    def say(self, x: float, y: float, text: str, voice: Voice) -> None:
        """Words whose middle line is at y, beginning, ending or centred at x as the voice says."""
        self._words.setdefault(voice, []).append((x, y + MIDDLE * voice.size, text))

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float, color: str, *, below: bool = False,
        dash: str = "solid",
    ) -> None:  # fmt: skip
        """A straight line; lines of one pen that follow one another are one shape."""
        line, pen = f"M{x0:.3f},{y0:.3f}L{x1:.3f},{y1:.3f}", (width, color, below, dash)
        if self._last_line == (len(self.shapes), pen):
            self.shapes[-1]["path"] += line
        else:
            self.path([line], width, color, below=below, dash=dash)
            self._last_line = (len(self.shapes), pen)

    def path(
        self, parts: Iterable[str], width: float, color: str, fill: str = CLEAR, *, below: bool = False,
        dash: str = "solid",
    ) -> None:  # fmt: skip
        """Parts of a path as SVG writes them, in absolute coordinates; `below` all words and traces, or above them."""
        self.shapes.append({
            "type": "path", "path": "".join(parts), "xref": "x", "yref": "y", "fillcolor": fill,
            "line": {"width": width, "color": color, "dash": dash}, "layer": "below" if below else "above",
        })  # fmt: skip

    def area(self, path: str, color: str, *, below: bool = False) -> None:
        """A closed path filled with a colour, without an edge."""
        self.path([path], 0, color, fill=color, below=below)

    def drawn(self, traces: Iterable[dict[str, Any]], foot: float) -> Drawn:
        """The figure of these traces under this sheet, as high as its foot."""
        height = float(math.ceil(foot))  # plotly.js rounds the room for plots
        figure = {"data": [*traces, *self._said()], "layout": self._layout(height)}
        return Drawn(figure, self._style.measure, height)

    def _layout(self, height: float) -> dict[str, Any]:
        """Two hidden axes, one unit a point, and what lies on them."""
        hidden = {"visible": False, "fixedrange": True, "automargin": False}
        across = round(self._style.measure)  # plotly.js rounds the room for plots; so one unit is exactly one point
        return {
            "template": template(self._style),
            "width": self._style.measure,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
            "showlegend": False,
            "barmode": "overlay",
            "bargap": 0,
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "xaxis": {**hidden, "range": [0, across]},
            "yaxis": {**hidden, "range": [height, 0]},
            "shapes": self.shapes,
        }

    def _said(self) -> list[dict[str, Any]]:
        """All words as one trace: what plotly.js does for every trace takes longer than what it does for a word."""
        words = [(voice, *word) for voice, said in self._words.items() for word in said]
        if not words:
            return []
        return [
            {
                "type": "scatter",
                "mode": "text",
                "x": [_inside(x, self.width) for _, x, _, _ in words],
                "y": [round(y, 3) for _, _, y, _ in words],
                "text": [escaped(text) for *_, text in words],
                "textposition": [f"middle {voice.side}" for voice, *_ in words],
                "textfont": {
                    "family": FAMILY,
                    "size": [voice.size for voice, *_ in words],
                    "color": [voice.color for voice, *_ in words],
                    "weight": ["bold" if voice.bold else "normal" for voice, *_ in words],
                },
                "cliponaxis": False,
            }
        ]


def _inside(x: float, width: float) -> float:
    """The place in thousandths, never past the edge: Plotly drops a word whose point lies outside, without a sound."""
    return math.floor(min(max(x, 0.0), width) * 1000) / 1000
