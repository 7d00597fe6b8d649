"""Hatching and dashes as clipped lines, so that they print sharp at any size, and boxes that words stand on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from digest.charts.kit.sheet import HATCH_PITCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.charts.kit.sheet import Sheet

DASH: Final = (2.6, 1.8)


def hatched(left: float, top: float, width: float, height: float, pitch: float = HATCH_PITCH) -> Iterator[str]:
    """Strokes that rise to the right over a box, a pitch apart, as parts of a path; they go on in the box beside it."""
    right, bottom = left + width, top + height
    step = pitch * math.sqrt(2)  # from stroke to stroke along an edge
    for i in range(math.ceil((left + top) / step), math.floor((right + bottom) / step) + 1):
        low, high = max(left, i * step - bottom), min(right, i * step - top)
        if high > low:
            yield f"M{low:.3f},{i * step - low:.3f}L{high:.3f},{i * step - high:.3f}"


def dashed(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line of dashes from one point to another, as a path."""
    length = math.hypot(x1 - x0, y1 - y0)
    if not length:
        return ""
    across, down = (x1 - x0) / length, (y1 - y0) / length
    parts, at = [], 0.0
    while at < length:
        end = min(at + DASH[0], length)
        parts.append(f"M{x0 + across * at:.3f},{y0 + down * at:.3f}L{x0 + across * end:.3f},{y0 + down * end:.3f}")
        at += sum(DASH)
    return "".join(parts)


def boxed(left: float, top: float, width: float, height: float) -> str:
    """A box as a closed path."""
    right, bottom = left + width, top + height
    return f"M{left:.3f},{top:.3f}L{right:.3f},{top:.3f}L{right:.3f},{bottom:.3f}L{left:.3f},{bottom:.3f}Z"


def lay(sheet: Sheet, left: float, top: float, width: float, height: float, color: str) -> None:
    """A box of a colour under all words and traces."""
    sheet.path([boxed(left, top, width, height)], 0, color, fill=color)
    sheet.shapes[-1]["layer"] = "below"
