"""Tops of upright bars: what the end of a bar says about its number (`sheet.py`), turned up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.charts.kit.shapes import boxed, hatched
from digest.charts.kit.sheet import CAP_EDGE, HATCH

if TYPE_CHECKING:
    from digest.charts.kit.sheet import End, Sheet

CAP: Final = 5.5
NOTCH: Final = 3.5
PITCH: Final = 2.4  # closer than on a lying bar: the caps are small
KEY_BAR: Final = 11.0


def top_depth(height: float) -> float:
    """How far a bar of that height is cut back for a notch."""
    return min(NOTCH, height)


def draw_top(sheet: Sheet, x: float, zero: float, top: float, end: End, width: float, fill: str) -> None:
    """An open hatched cap on an upright bar, or a notch whose tips reach the bound."""
    left, right = x - width / 2, x + width / 2
    if end == "open":
        sheet.path(hatched(left, top - CAP, width, CAP, pitch=PITCH), HATCH, fill)
        for edge in (left + CAP_EDGE / 2, right - CAP_EDGE / 2):
            sheet.line(edge, top - CAP, edge, top, CAP_EDGE, fill)
    elif end == "notch":
        back = top + top_depth(zero - top)
        foot = min(zero, back + 0.5)  # lies a little over the bar, so that no seam shows
        corners = ((left, foot), (left, top), (x, back), (right, top), (right, foot))
        sheet.path(["M" + "L".join(f"{px:.3f},{py:.3f}" for px, py in corners) + "Z"], 0, fill, fill=fill)


def draw_key_bar(sheet: Sheet, x: float, y: float, end: End, fill: str) -> None:
    """A short upright bar with that end."""
    zero, top = y + KEY_BAR / 2, (y - KEY_BAR / 2 + CAP if end == "open" else y - KEY_BAR / 2)
    body = top if end == "open" else top + NOTCH
    sheet.path([boxed(x - KEY_BAR / 4, body, KEY_BAR / 2, zero - body)], 0, fill, fill=fill)
    draw_top(sheet, x, zero, top, end, KEY_BAR / 2, fill)
