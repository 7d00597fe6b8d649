"""What upright bars and points say about their numbers: an open end, a notch or a wave, and keys that explain them.

余 and 多 (at least): a hatched cap whose far side stays open, or an arrowhead beyond the point. 近 and 不足 (at most):
a notch whose tips touch what was said, or an arrowhead back from the point. 约 (vague): a wave. None of them reaches
what was not said; the words beside the mark are those of the report.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.charts.kit.names import name_lines
from digest.charts.kit.places import Box
from digest.charts.kit.sheet import CAP_EDGE, HATCH, HATCH_PITCH, KEY_GAP, KEY_LINE, Voice
from digest.charts.kit.words import text_width
from digest.charts.theme import TICKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.charts.kit.readings import Certain, Reading
    from digest.charts.kit.sheet import Sheet

TOP_CAP: Final = 9.0  # height of a hatched cap
TOP_NOTCH: Final = 4.5
WAVE: Final = 1.5  # half its height
SIDE_WAVE: Final = 1.5
WAVE_LENGTH: Final = 6.0
ARROW: Final = 2.8  # half its width
ARROW_RISE: Final = 2.6
ARROW_GAP: Final = 1.8  # between the point and its arrowhead
ARROW_LINE: Final = 0.9
KEY_SPACE: Final = 14.0  # between two keys in a line
ICON: Final = 9.0
KEY_CAP: Final = 6.0

Way = Literal["up", "down", "right"]
"""Where more is."""


# ------------------------------------------------------------------------------------------------ bars


def end_room(certain: Certain) -> float:
    """How far the mark of an end reaches beyond what is drawn of the bar."""
    return {"least": TOP_CAP, "vague": WAVE}.get(certain, 0.0)


def cut_back(certain: Certain, length: float, width: float) -> float:
    """How much shorter the plain part of a bar is, so that its end can be drawn."""
    if certain == "most":
        return min(TOP_NOTCH, width / 2, length)
    return min(WAVE, length) if certain == "vague" else 0.0


def draw_end(
    sheet: Sheet, left: float, width: float, base: float, end: float, certain: Certain, color: str, cap: float = TOP_CAP
) -> None:
    """The end of an upright bar that stands (or, where `end` is below `base`, hangs) on `base`."""
    away = 1.0 if end > base else -1.0  # y grows downwards
    depth = cut_back(certain, abs(base - end), width)
    right, seam = left + width, end - away * depth
    under = seam - away * min(1.0, abs(base - seam))
    if certain == "least":
        far = end + away * cap
        low, high = min(end, far), max(end, far)
        for x in (left + CAP_EDGE / 2, right - CAP_EDGE / 2):
            sheet.line(x, low, x, high, CAP_EDGE, color)
        sheet.path(hatched(Box(left, low, right, high)), HATCH, color)
    elif certain == "most" and depth:
        corners = ((left, under), (left, end), (left + width / 2, seam), (right, end), (right, under))
        sheet.path([_polygon(corners)], 0, color, fill=color)
    elif certain == "vague" and depth:
        edge = _wave(left, right, end, depth)
        sheet.path([f"M{left:.3f},{under:.3f}L{edge}L{right:.3f},{under:.3f}Z"], 0, color, fill=color)


def draw_side_wave(sheet: Sheet, end: float, top: float, height: float, depth: float, color: str) -> None:
    """The wavy end of a bar that lies; its plain part stops `depth` before (a bar to the left: minus)."""
    back = end - depth
    path = f"M{back:.3f},{top:.3f}L{end:.3f},{top:.3f}"
    halves = 2 * max(1, round(height / WAVE_LENGTH))
    step = height / halves
    for i in range(halves):
        y, away = top + i * step, SIDE_WAVE * (2.0 if i % 2 == 0 else -2.0)
        path += f"Q{end + away:.3f},{y + step / 2:.3f} {end:.3f},{y + step:.3f}"
    sheet.path([f"{path}L{back:.3f},{top + height:.3f}Z"], 0, color, fill=color)


def hatched(box: Box, pitch: float = HATCH_PITCH) -> list[str]:
    """Slanting strokes that fill a box."""
    strokes = []
    height = box.bottom - box.top
    start = box.left - height + pitch / math.sqrt(2)
    while start < box.right:
        low, high = max(start, box.left), min(start + height, box.right)
        if high > low:
            strokes.append(f"M{low:.3f},{box.bottom - (low - start):.3f}L{high:.3f},{box.bottom - (high - start):.3f}")
        start += pitch * math.sqrt(2)
    return strokes


def _polygon(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.3f},{y:.3f}" for x, y in corners) + "Z"


def _wave(left: float, right: float, middle: float, height: float) -> str:
    """A wave from left to right about `middle`, without the command that moves to its start."""
    halves = 2 * max(1, round((right - left) / WAVE_LENGTH))
    step = (right - left) / halves
    path = f"{left:.3f},{middle:.3f}"
    for i in range(halves):
        x, away = left + i * step, height * (-2.0 if i % 2 == 0 else 2.0)
        path += f"Q{x + step / 2:.3f},{middle + away:.3f} {x + step:.3f},{middle:.3f}"
    return path


# ------------------------------------------------------------------------------------------------ points


def draw_hint(
    sheet: Sheet, x: float, y: float, radius: float, certain: Certain, color: str, more: Way = "up"
) -> Box | None:
    """The arrowhead or wave at a point; the box it takes. More is up, or to the right."""
    if certain == "exact":
        return None
    near = radius + ARROW_GAP
    if certain == "vague":
        middle = y - near - WAVE
        sheet.path([f"M{_wave(x - 3.2, x + 3.2, middle, WAVE * 0.8)}"], ARROW_LINE, color)
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
    sheet.path(["M" + "L".join(f"{px:.3f},{py:.3f}" for px, py in points)], ARROW_LINE, color)
    xs, ys = zip(*points, (x, y), strict=True)
    return Box(min(xs) - 0.5, min(ys) - 0.5, max(xs) + 0.5, max(ys) + 0.5)


# ------------------------------------------------------------------------------------------------ keys


class Key(NamedTuple):
    """A line under a picture that explains a mark: what draws it in a small square (left, middle), and its words."""

    icon: Callable[[Sheet, float, float], None] | None
    text: str


def bar_keys(readings: Iterable[Reading], color: str) -> list[Key]:
    """What the ends of bars mean, where they occur."""
    return _keys(readings, ("末端留口", "末端缺口", "末端波线"), "所画长度", lambda certain: _bar_icon(certain, color))


def _bar_icon(certain: Certain, color: str) -> Callable[[Sheet, float, float], None]:
    def draw(sheet: Sheet, left: float, middle: float) -> None:
        foot = middle + ICON / 2
        top = foot - (ICON - KEY_CAP if certain == "least" else ICON)
        seam = top + cut_back(certain, foot - top, ICON)
        corners = ((left, foot), (left, seam), (left + ICON, seam), (left + ICON, foot))
        sheet.path([_polygon(corners)], 0, color, fill=color)
        draw_end(sheet, left, ICON, foot, top, certain, color, KEY_CAP)

    return draw


def sum_keys(found: Iterable[Certain], color: str) -> list[Key]:
    """What the ends of bars mean that several numbers make up, where they occur."""
    says: dict[Certain, str] = {
        "least": "末端留口：所含有约数或未报，合计不少于所画长度",
        "most": "末端缺口：所含有约数，合计不超过所画长度",
        "vague": "末端波线：所含有约数，合计在所画长度上下",
    }
    seen = set(found)
    return [Key(_bar_icon(certain, color), text) for certain, text in says.items() if certain in seen]


def point_keys(readings: Iterable[Reading], color: str, more: Way = "up") -> list[Key]:
    """What the arrowheads at points mean, where they occur."""

    def icon(certain: Certain) -> Callable[[Sheet, float, float], None]:
        def draw(sheet: Sheet, left: float, middle: float) -> None:
            shift = {"least": 2.0, "most": -2.0, "vague": 2.0, "exact": 0.0}[certain]
            x, y = (left + ICON / 2 - shift, middle) if more == "right" else (left + ICON / 2, middle + shift)
            draw_dot(sheet, x, y, 2.1, color)
            draw_hint(sheet, x, y, 2.1, certain, color, more)

        return draw

    ends = ("点右尖角", "点左尖角", "点上波线") if more == "right" else ("点上尖角", "点下尖角", "点上波线")
    return _keys(readings, ends, "所画之数", icon)


def _keys(
    readings: Iterable[Reading],
    ends: tuple[str, str, str],
    drawn: str,
    icon: Callable[[Certain], Callable[[Sheet, float, float], None]],
) -> list[Key]:
    found: dict[Certain, list[Reading]] = {"least": [], "most": [], "vague": []}
    for reading in readings:
        if reading.quantity is not None and reading.certain in found:
            found[reading.certain].append(reading)
    keys = []
    for (certain, those), end in zip(found.items(), ends, strict=True):
        if not those:
            continue
        quantities = [reading.quantity for reading in those if reading.quantity is not None]
        words = "".join(f"“{word}”" for word in dict.fromkeys(quantity.qualifier for quantity in quantities))
        short = "不到" if all(quantity.upper_strict for quantity in quantities) else "不超过"
        more = "多于" if all(quantity.lower_strict for quantity in quantities) else "不少于"
        says = {"least": f"{more}{drawn}", "most": f"{short}{drawn}", "vague": f"在{drawn}上下"}[certain]
        keys.append(Key(icon(certain), f"{end}：原文为{words}，{says}"))
    return keys


def draw_dot(sheet: Sheet, x: float, y: float, radius: float, color: str, fill: str = "", edge: float = 0.0) -> None:
    """A round dot; with an edge of that width round its `fill` where there is one."""
    ring = radius - edge / 2
    bow = ring * 0.5523
    path = (
        f"M{x - ring:.3f},{y:.3f}C{x - ring:.3f},{y - bow:.3f} {x - bow:.3f},{y - ring:.3f} {x:.3f},{y - ring:.3f}"
        f"C{x + bow:.3f},{y - ring:.3f} {x + ring:.3f},{y - bow:.3f} {x + ring:.3f},{y:.3f}"
        f"C{x + ring:.3f},{y + bow:.3f} {x + bow:.3f},{y + ring:.3f} {x:.3f},{y + ring:.3f}"
        f"C{x - bow:.3f},{y + ring:.3f} {x - ring:.3f},{y + bow:.3f} {x - ring:.3f},{y:.3f}Z"
    )
    sheet.path([path], edge, color, fill=fill or color)


def draw_keys(sheet: Sheet, top: float, keys: Sequence[Key]) -> float:
    """Keys from `top` on, as many in a line as stand there; the foot of the last line."""
    x, y, voice = 0.0, top, Voice(TICKS, sheet.quiet)
    for key in keys:
        lead = ICON + KEY_GAP if key.icon else 0.0
        lines = name_lines(key.text, TICKS, sheet.width - lead)
        width = lead + max(text_width(line, TICKS) for line in lines)
        if x and x + width > sheet.width:
            x, y = 0.0, y + KEY_LINE
        if key.icon:
            key.icon(sheet, x, y + KEY_LINE / 2)
        for i, line in enumerate(lines):
            sheet.say(x + lead, y + KEY_LINE * (i + 0.5), line, voice)
        y += KEY_LINE * (len(lines) - 1)
        x += width + KEY_SPACE
    return y + KEY_LINE if keys else top
