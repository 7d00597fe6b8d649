"""Breaking: where the lines of a paragraph end (断行).

Total fit: of all legal ways to break, the one whose lines are squeezed and stretched least, with the last line at
least two Han long. Costs are differences of prefix sums, so a candidate line costs the same however long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.layout.classes import WHITE_AT_RIGHT
from digest.layout.shaping import GAP_LEAST, TIER_GAP, TIER_OF

if TYPE_CHECKING:
    from digest.layout.shaping import Shaped

_TIER_COST: Final = (0.5, 0.5, 1.0, 3.0, 2.5, 6.0)  # by tier: what squeezing its whole room costs
_STRETCH_COST: Final = 4000.0  # per (em a joint)²: a loose line is seen at once
_GAP_COST: Final = 10.0
_SLACK_COST: Final = 6.0  # per em a line lacks
GAP_STRETCH: Final = 1 / 12  # a quarter-em gap may grow to a third of an em (CLREQ, step 2 of expansion, the calm form)
_LOOSE: Final = 3.5  # em a line may lack before it is no candidate
_RUNT_COST: Final = (0.0, 3000.0, 150.0)  # last line of one Han, of two
_EPSILON: Final = 1e-6
_OVERFULL_COST: Final = 1e6


@dataclass(frozen=True, slots=True)
class Fit:
    """How the clusters [start, end) fill a line: `excess` is what must be squeezed (negative: stretched), in em, and
    `room` what each tier can give for it.
    """

    start: int
    end: int
    excess: float
    room: tuple[float, ...]
    trim_left: float
    trim_right: float


def fit_line(shaped: Shaped, start: int, end: int, measure: float) -> Fit:
    """Natural fit of a line, its edges trimmed: a closing mark at the end and an opener at a turn give half an em."""
    while end > start + 1 and shaped.kinds[end - 1] == "space":
        end -= 1
    width = _natural_width(shaped, start, end)
    trim_right = shaped.white[end - 1] if shaped.kinds[end - 1] in WHITE_AT_RIGHT else 0.0
    trim_left = shaped.white[start] if start and shaped.kinds[start] == "open" else 0.0
    return Fit(start, end, width - measure, _room(shaped, start, end), trim_left, trim_right)


def _natural_width(shaped: Shaped, start: int, end: int) -> float:
    """Width of the clusters as a line of their own, before anything is squeezed or stretched."""
    width = shaped.widths[end] - shaped.widths[start] - shaped.lead[start]
    if shaped.kinds[end - 1] in WHITE_AT_RIGHT:
        width -= shaped.white[end - 1]
    if start and shaped.kinds[start] == "open":
        width -= shaped.white[start]  # under the indent of the first line an opener keeps its em
    return width


def _room(shaped: Shaped, start: int, end: int) -> tuple[float, ...]:
    """What each tier can give; the marks at the edges have given theirs, or keep it."""
    room = [gives[end] - gives[start] for gives in shaped.gives]
    last = shaped.kinds[end - 1]
    if last in WHITE_AT_RIGHT:
        room[TIER_OF[last]] -= shaped.white[end - 1]
    if shaped.kinds[start] == "open":
        room[TIER_OF["open"]] -= shaped.white[start]
    if shaped.lead[start] > 0:
        room[TIER_GAP] -= max(shaped.lead[start] - GAP_LEAST, 0.0)
    return tuple(max(give, 0.0) for give in room)


def break_lines(shaped: Shaped, measure: float, indent: float = 0.0) -> tuple[tuple[int, int], ...]:
    """(start, end) clusters of each line within `measure` em, the first one shorter by `indent`.

    Something wider than the measure is broken where it overflows; the caller sees it in the line's excess.
    """
    count = len(shaped)
    if not count:
        return ()
    best: dict[int, tuple[float, int]] = {0: (0.0, -1)}
    active = [0]
    for end in range(1, count + 1):
        if not shaped.legal[end]:
            continue
        chosen: tuple[float, int] | None = None
        alive: list[int] = []
        for n, start in enumerate(active):
            if chosen is not None and end != count and shaped.widths[end] - shaped.widths[start] < measure - _LOOSE:
                alive += active[n:]  # shorter lines cost more than the one already found
                break
            cost = _line_cost(shaped, start, end, measure - (indent if start == 0 else 0.0))
            if cost is None:
                continue  # already too long, and it will only grow
            alive.append(start)
            total = best[start][0] + cost
            if chosen is None or total < chosen[0]:
                chosen = (total, start)
        if chosen is None:
            chosen, alive = _emergency(shaped, best, active, end, measure, indent)
        best[end] = chosen
        active = [*alive, end]
    return _trace_back(best, count)


def _line_cost(shaped: Shaped, start: int, end: int, measure: float) -> float | None:
    """What the line costs; None where it cannot be squeezed into the measure."""
    last = end == len(shaped)
    excess = _natural_width(shaped, start, end) - measure
    if excess > _EPSILON:
        room = _room(shaped, start, end)
        return _squeeze_cost(excess, room) if excess <= sum(room) + _EPSILON else None
    if last:
        return 1.0 + _runt_cost(shaped, start, end)
    slack = -excess
    in_gaps = min(slack, GAP_STRETCH * (shaped.gaps[end] - shaped.gaps[start]))
    slack -= in_gaps
    joints = max(shaped.joints[end] - shaped.joints[start + 1], 1)
    cost = 1.0 + _GAP_COST * in_gaps * in_gaps + _STRETCH_COST * (slack / joints) ** 2 + _SLACK_COST * slack
    return cost + (1e4 * (slack - _LOOSE) if slack > _LOOSE else 0.0)


def _squeeze_cost(excess: float, room: tuple[float, ...]) -> float:
    cost, rest = 1.0, excess
    for give, price in zip(room, _TIER_COST, strict=True):
        taken = min(rest, give)
        if taken > _EPSILON:
            cost += 10 * price * (taken * taken / max(give, 0.25) + 0.1 * taken)
            rest -= taken
    return cost


def _runt_cost(shaped: Shaped, start: int, end: int) -> float:
    if start == 0:
        return 0.0
    glyphs = sum(1 for kind in shaped.kinds[start:end] if kind in ("han", "latin"))
    return _RUNT_COST[glyphs] if glyphs < len(_RUNT_COST) else 0.0


def _emergency(
    shaped: Shaped, best: dict[int, tuple[float, int]], active: list[int], end: int, measure: float, indent: float
) -> tuple[tuple[float, int], list[int]]:
    """Something is wider than the measure: break it at its last cluster that fits, and go on from there."""
    start = active[-1]
    while True:
        room = measure - (indent if start == 0 else 0.0)
        stop = start + 1
        while stop < end and fit_line(shaped, start, stop + 1, room).excess <= _EPSILON:
            stop += 1
        if stop >= end:
            return (best[start][0] + 1.0, start), [start]
        best[stop] = (best[start][0] + _OVERFULL_COST, start)
        start = stop


def _trace_back(best: dict[int, tuple[float, int]], end: int) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    while end > 0:
        start = best[end][1]
        lines.append((start, end))
        end = start
    return tuple(reversed(lines))
