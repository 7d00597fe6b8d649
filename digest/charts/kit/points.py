"""Dots, and what stands at a point whose number is not exact: an arrowhead beyond it (余) or back from it (近), or a
wave (约).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.charts.kit.bars import WAVE
from digest.charts.kit.places import Box
from digest.charts.kit.shapes import circled, joined, waved

if TYPE_CHECKING:
    from digest.charts.kit.bars import Way
    from digest.charts.kit.readings import Certain
    from digest.charts.kit.sheet import Sheet

ARROW: Final = 2.8  # half its width
ARROW_RISE: Final = 2.6
ARROW_GAP: Final = 1.8  # between the point and its arrowhead
ARROW_LINE: Final = 0.9


def draw_dot(sheet: Sheet, x: float, y: float, radius: float, color: str, fill: str = "", edge: float = 0.0) -> None:
    """A round dot; with an edge of that width round its `fill` where there is one."""
    sheet.path([circled(x, y, radius - edge / 2)], edge, color, fill=fill or color)


def draw_hint(
    sheet: Sheet, x: float, y: float, radius: float, certain: Certain, color: str, more: Way = "up"
) -> Box | None:
    """The arrowhead or wave at a point; the box it takes."""
    if certain == "exact":
        return None
    near = radius + ARROW_GAP
    if certain == "vague":
        middle = y - near - WAVE
        sheet.path([waved((x - 3.2, middle), (x + 3.2, middle), WAVE * 0.8)], ARROW_LINE, color)
        return Box(x - 3.4, middle - WAVE - 0.4, x + 3.4, y)
    ahead = 1.0 if certain == "least" else -1.0
    if more == "right":
        base = x + ahead * near
        tip = base + ahead * ARROW_RISE
        points = ((base, y - ARROW), (tip, y), (base, y + ARROW))
    else:
        base = y - ahead * near
        tip = base - ahead * ARROW_RISE
        points = ((x - ARROW, base), (x, tip), (x + ARROW, base))
    sheet.path([joined(points)], ARROW_LINE, color)
    xs, ys = zip(*points, (x, y), strict=True)
    return Box(min(xs) - 0.5, min(ys) - 0.5, max(xs) + 0.5, max(ys) + 0.5)
