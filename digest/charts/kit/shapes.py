"""Shapes as parts of paths: boxes, corners, dots, dashes and hatching, all of lines that print sharp at any size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DASH: Final = (2.6, 1.8)
HATCH: Final = 0.7
HATCH_PITCH: Final = 3.4

WAVE_LENGTH: Final = 6.0

Point = tuple[float, float]

_BOW: Final = 0.5523  # of the radius: the handles that come closest to a quarter of a circle


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
    return cornered(((left, top), (right, top), (right, bottom), (left, bottom)))


def cornered(corners: Iterable[Point]) -> str:
    """A closed path from corner to corner."""
    return f"{joined(corners)}Z"


def joined(points: Iterable[Point]) -> str:
    """A path from point to point."""
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in points)


def waved(start: Point, stop: Point, height: float) -> str:
    """A wave about a line that goes right or down, `height` points to either side of it."""
    (x0, y0), (x1, y1) = start, stop
    halves = 2 * max(1, round(max(x1 - x0, y1 - y0) / WAVE_LENGTH))
    across, down = (x1 - x0) / halves, (y1 - y0) / halves
    side = (2 * height, 0.0) if down else (0.0, -2 * height)
    path = joined([start])
    for i in range(halves):
        way = 1 if i % 2 == 0 else -1
        bend = x0 + across * (i + 0.5) + way * side[0], y0 + down * (i + 0.5) + way * side[1]
        path += f"Q{bend[0]:.3f},{bend[1]:.3f} {x0 + across * (i + 1):.3f},{y0 + down * (i + 1):.3f}"
    return path


def circled(x: float, y: float, radius: float) -> str:
    """A circle as a closed path."""
    bow = radius * _BOW
    left, top, right, bottom = x - radius, y - radius, x + radius, y + radius
    return (
        f"M{left:.3f},{y:.3f}C{left:.3f},{y - bow:.3f} {x - bow:.3f},{top:.3f} {x:.3f},{top:.3f}"
        f"C{x + bow:.3f},{top:.3f} {right:.3f},{y - bow:.3f} {right:.3f},{y:.3f}"
        f"C{right:.3f},{y + bow:.3f} {x + bow:.3f},{bottom:.3f} {x:.3f},{bottom:.3f}"
        f"C{x - bow:.3f},{bottom:.3f} {left:.3f},{y + bow:.3f} {left:.3f},{y:.3f}Z"
    )
