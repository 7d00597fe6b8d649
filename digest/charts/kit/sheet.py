"""Words and lines at exact places of a figure, and what the ends of a bar say about its number.

A hidden pair of axes spans the picture, one unit a point, y downwards: `Sheet` collects what is to stand on it. A
bound is drawn as what it is. 余 and 多: solid up to what was said, then a hatched cap whose far side stays open. 近 and
不足: the end is cut into a notch whose tips touch what was said, so that it never reads as reached.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from digest.charts.kit.words import escaped, text_width
from digest.charts.theme import FAMILY, TICKS, hex_of, template

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from digest.data.quantity import Quantity
    from digest.style import Style

End = Literal["plain", "open", "notch"]
"""How a bar ends: as it is, with an open cap (at least), with a notch (at most)."""

CAP: Final = 16.0
NOTCH: Final = 5.5
HATCH: Final = 0.7
HATCH_PITCH: Final = 3.4
CAP_EDGE: Final = 0.6
KEY_LINE: Final = 14.0
KEY_BAR: Final = 8.0
KEY_GAP: Final = 4.0
MIDDLE: Final = 0.12  # em: plotly.js puts the baseline 0.25 em under the middle, a Han character has its own 0.37 above


def bound_of(quantity: Quantity) -> tuple[Fraction, End]:
    """How far a quantity is drawn, and how the bar ends there."""
    lower, upper = quantity.lower, quantity.upper
    if lower is not None and upper is None:
        return lower, "open"
    if upper is not None and lower is None:
        return upper, "notch"
    return (quantity.amount if lower is None else lower), "plain"


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

    def say(self, x: float, y: float, text: str, voice: Voice) -> None:
        """Words whose middle line is at y, beginning, ending or centred at x as the voice says."""
        self._words.setdefault(voice, []).append((x, y + MIDDLE * voice.size, text))

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float, color: str) -> None:
        """A straight line."""
        self.path([f"M{x0:.3f},{y0:.3f}L{x1:.3f},{y1:.3f}"], width, color)

    def path(self, parts: Iterable[str], width: float, color: str, fill: str = "rgba(0,0,0,0)") -> None:
        """Parts of a path as SVG writes them, in absolute coordinates."""
        line = {"width": width, "color": color}
        self.shapes.append({
            "type": "path", "path": "".join(parts), "xref": "x", "yref": "y", "line": line, "fillcolor": fill,
            "layer": "above",
        })  # fmt: skip

    def layout(self, height: float) -> dict[str, Any]:
        """Layout of a figure of that height with nothing on it but this sheet; axes of its own are numbered from 2."""
        hidden = {"visible": False, "fixedrange": True, "automargin": False}
        across = round(self._style.measure)  # plotly.js rounds the room for plots; so one unit is exactly one point
        return {
            "template": template(self._style),
            "width": self._style.measure,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
            "showlegend": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "xaxis": {**hidden, "range": [0, across]},
            "yaxis": {**hidden, "range": [height, 0]},
            "shapes": self.shapes,
        }

    def traces(self) -> list[dict[str, Any]]:
        """One trace of words for each voice."""
        return [
            {
                "type": "scatter",
                "mode": "text",
                "x": [_inside(x, self.width) for x, _, _ in words],
                "y": [round(y, 3) for _, y, _ in words],
                "text": [escaped(text) for _, _, text in words],
                "textposition": f"middle {voice.side}",
                "textfont": {
                    "family": FAMILY,
                    "size": voice.size,
                    "color": voice.color,
                    "weight": "bold" if voice.bold else "normal",
                },
                "cliponaxis": False,
            }
            for voice, words in self._words.items()
        ]


def _inside(x: float, width: float) -> float:
    """The place in thousandths, never past the edge: Plotly drops a word whose point lies outside, without a sound."""
    return math.floor(min(max(x, 0.0), width) * 1000) / 1000


def draw_cap(sheet: Sheet, left: float, top: float, width: float, height: float, color: str) -> None:
    """A hatched end, edged above and below and open at the right."""
    right, bottom = left + width, top + height
    for y in (top + CAP_EDGE / 2, bottom - CAP_EDGE / 2):
        sheet.line(left, y, right, y, CAP_EDGE, color)
    pitch = HATCH_PITCH * math.sqrt(2)  # along the edge; the lines stand a pitch apart
    strokes = []
    start = left - height + pitch / 2
    while start < right:
        low, high = max(start, left), min(start + height, right)
        if high > low:
            strokes.append(f"M{low:.3f},{bottom - (low - start):.3f}L{high:.3f},{bottom - (high - start):.3f}")
        start += pitch
    sheet.path(strokes, HATCH, color)


def notch_depth(length: float) -> float:
    """How far a bar of that length is cut back."""
    return min(NOTCH, length)


def draw_notch(sheet: Sheet, left: float, end: float, top: float, height: float, color: str) -> None:
    """Two tips that reach the bound; between them the bar stops short."""
    back = end - notch_depth(end - left)
    under = max(left, back - 1.0)  # lies a little under the bar, so that no seam shows
    bottom, middle = top + height, top + height / 2
    corners = ((under, top), (end, top), (back, middle), (end, bottom), (under, bottom))
    path = "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"
    sheet.path([path], 0, color, fill=color)


def end_keys(quantities: Iterable[Quantity]) -> list[tuple[End, str]]:
    """What the ends mean, in the words that occur; empty where every number is exact."""
    ends: dict[End, list[Quantity]] = {"open": [], "notch": []}
    for quantity in quantities:
        end = bound_of(quantity)[1]
        if end in ends:
            ends[end].append(quantity)
    said = {
        end: "".join(f"“{word}”" for word in dict.fromkeys(quantity.qualifier for quantity in found))
        for end, found in ends.items()
    }
    keys: list[tuple[End, str]] = []
    if ends["open"]:
        keys.append(("open", f"右端留口：原文为{said['open']}，不少于所画长度"))
    if ends["notch"]:
        short = "不到" if all(quantity.upper_strict for quantity in ends["notch"]) else "不超过"
        keys.append(("notch", f"右端缺口：原文为{said['notch']}，{short}所画长度"))
    return keys


def key_width(text: str) -> float:
    """Room that a key takes, in points."""
    return 2 * CAP + KEY_GAP + text_width(text, TICKS)


def draw_key(sheet: Sheet, x: float, y: float, end: End, text: str, color: str) -> None:
    """A short bar with that end and what it means beside it; y is the middle."""
    top, bound = y - KEY_BAR / 2, x + CAP
    stop = bound if end == "open" else bound + CAP - notch_depth(CAP)
    box = ((x, top), (stop, top), (stop, top + KEY_BAR), (x, top + KEY_BAR))
    sheet.path(["M" + "L".join(f"{px:.3f},{py:.3f}" for px, py in box) + "Z"], 0, color, fill=color)
    if end == "open":
        draw_cap(sheet, bound, top, CAP, KEY_BAR, color)
    else:
        draw_notch(sheet, x, bound + CAP, top, KEY_BAR, color)
    sheet.say(x + 2 * CAP + KEY_GAP, y, text, Voice(TICKS, sheet.quiet))
