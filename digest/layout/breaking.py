"""Breaking: where the lines of a paragraph end (断行).

Every break between two pieces is legal, so what remains is to choose. Lines are filled one after the other by
bisection on prefix sums; only where that leaves a line stretched or squeezed too far, or a last line of one or two
characters, an exact search over all ways to break looks for the cheapest. Both see the same costs, so the result is
the one the search would have found wherever it matters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from digest.layout.classes import kind_of

if TYPE_CHECKING:
    from digest.layout.shaping import Shaped

_EPSILON: Final = 1e-6
_EVEN: Final = 0.012  # em a joint: nobody sees it, nothing better is looked for
_CALM: Final = 0.042  # em a joint may be stretched before all ways to break are searched
_WINDOW: Final = 4  # lines before one that is not calm that are searched again with it
_RUNT_WINDOW: Final = 8  # ... before a last line of one or two characters
_LOOSE: Final = 3.5  # em a line may lack before it costs more than anything
_LEAST_SLACK: Final = 2.6  # em a line may lack in the search, or that share of the measure, if anything fits closer
_SLACK_SHARE: Final = 0.08
_LOOK_PAST: Final = 3  # ends beyond the measure that squeezing may still reach
_FORCED_COST: Final = 1e5
_STRETCH_COST: Final = 4000.0  # per (em a joint)²: a loose line is seen at once
_SLACK_COST: Final = 3.0  # per em a line lacks
_SEEN: Final = 0.075  # em a joint at which a line is seen to be loose
_SEEN_COST: Final = 4000.0  # per em a joint beyond that
_TIER_COST: Final = (2.0, 3.0, 2.5, 6.0)  # squeezing all of a tier: brackets, commas, gaps, full stops
_RUNT_COST: Final = (3000.0, 3000.0, 150.0)  # a last line of no Han, of one, of two
_LINE_COST: Final = 1.0


def natural_width(shaped: Shaped, start: int, end: int) -> float:
    """Width of the pieces as a line of their own: edges trimmed, nothing squeezed or stretched."""
    pieces = shaped.pieces
    width = shaped.widths[end] - shaped.widths[start] - shaped.lead.get(start, 0.0) - pieces[end - 1].trim
    return width - pieces[start].open if start else width  # under the first line's indent an opener keeps its em


def room_of(shaped: Shaped, start: int, end: int) -> tuple[float, float, float, float]:
    """What each tier can give up in a line; marks at its edges have given theirs, pairs have given half already."""
    room = [0.0, 0.0, 0.0, 0.0]
    low, high = bisect_left(shaped.places, start + 1), bisect_left(shaped.places, end)
    gives, tiers = shaped.gives, shaped.tiers
    for n in range(low, high):
        room[tiers[n]] += gives[n + 1] - gives[n]
    return (room[0], room[1], room[2], room[3])


def _most(shaped: Shaped, start: int, end: int) -> float:
    """What all tiers can give up together."""
    low, high = bisect_left(shaped.places, start + 1), bisect_left(shaped.places, end)
    return shaped.gives[high] - shaped.gives[low]


def break_lines(shaped: Shaped, measure: float, indent: float = 0.0) -> tuple[tuple[int, int], ...]:
    """(start, end) pieces of each line within `measure` em, the first one shorter by `indent`.

    A piece wider than the measure stands on a line of its own; the caller sees it in the line's excess.
    """
    count = len(shaped)
    lines: list[tuple[int, int]] = []
    start = 0
    while start < count:
        end = _fill(shaped, start, measure if start else measure - indent)
        if end is None or (end == count and start and _runt_cost(shaped, start, count)):
            back = max(len(lines) - (_WINDOW if end is None else _RUNT_WINDOW), 0)
            window = lines[back][0] if lines else start
            depth = len(lines) - back + 2
            del lines[back:]
            lines += _search(shaped, window, measure, indent, depth)
            start = lines[-1][1]
        else:
            lines.append((start, end))
            start = end
    return tuple(lines)


def _limit(shaped: Shaped, start: int, measure: float) -> float:
    """How far the prefix sum of a line's end may go."""
    limit = shaped.widths[start] + measure + _EPSILON
    return limit + shaped.pieces[start].open + shaped.lead.get(start, 0.0) if start else limit


def _fill(shaped: Shaped, start: int, measure: float) -> int | None:
    """Where a line from `start` ends when it is filled, or takes one piece more; None where neither is calm."""
    widths, pieces = shaped.widths, shaped.pieces
    count = len(pieces)
    limit = _limit(shaped, start, measure)
    end = bisect_right(widths, limit, start + 1) - 1
    while end < count and widths[end + 1] - pieces[end].trim <= limit:
        end += 1
    if end >= count:
        return count
    if end <= start:
        return None
    slack = limit - widths[end] + pieces[end - 1].trim
    each = slack / max(shaped.joints[end] - shaped.joints[start] - 1, 1)
    if each <= _EVEN:
        return end
    excess = widths[end + 1] - pieces[end].trim - limit
    if excess <= _most(shaped, start, end + 1):
        cost = _LINE_COST + _STRETCH_COST * each * each + _SLACK_COST * slack
        if _squeeze_cost(excess, room_of(shaped, start, end + 1)) < cost:
            return end + 1
    return end if each <= _CALM else None


def _search(shaped: Shaped, window: int, measure: float, indent: float, depth: int) -> list[tuple[int, int]]:
    """The cheapest of all ways to set `depth` lines from `window` on, or fewer where the paragraph ends; the earliest
    of equals.

    Only places that some line can end at are looked at: from each of them the few ends that fit, by bisection.
    """
    widths = shaped.widths
    count = len(shaped)
    best: dict[int, tuple[float, int, int]] = {window: (0.0, -1, 0)}
    slack = max(_LEAST_SLACK, _SLACK_SHARE * measure)
    furthest = window
    start = window
    while start <= furthest and start < count:
        reached = best.get(start)
        if reached is not None and reached[2] < depth:
            room = measure if start else measure - indent
            limit = _limit(shaped, start, room)
            fits = bisect_right(widths, limit, start + 1) - 1
            first = max(min(bisect_left(widths, limit - slack, start + 1), fits), start + 1)
            for end in range(first, min(fits + _LOOK_PAST, count) + 1):
                cost = line_cost(shaped, start, end, room)
                if cost is None:
                    if fits <= start:  # a piece wider than the measure stands alone
                        cost = _FORCED_COST
                    else:
                        continue
                known = best.get(end)
                if known is None or reached[0] + cost < known[0]:
                    best[end] = (reached[0] + cost, start, reached[2] + 1)
                    furthest = max(furthest, end)
                if fits <= start:
                    break
        start += 1
    return _trace_back(best, _goal(best, count, depth))


def _goal(best: dict[int, tuple[float, int, int]], count: int, depth: int) -> int:
    """The cheapest end of what was searched: the end of the paragraph, or of the last line asked for."""
    goals = [end for end, (_, _, lines) in best.items() if lines == depth or end == count]
    return min(goals, key=lambda end: (best[end][0], end))


def line_cost(shaped: Shaped, start: int, end: int, measure: float) -> float | None:
    """What a line costs; None where it cannot be squeezed into the measure."""
    excess = natural_width(shaped, start, end) - measure
    last = end == len(shaped)
    if excess > _EPSILON:
        if excess > _most(shaped, start, end) + _EPSILON:
            return None
        cost = _squeeze_cost(excess, room_of(shaped, start, end))
        return cost + _runt_cost(shaped, start, end) if last else cost
    if last:
        return _LINE_COST + _runt_cost(shaped, start, end)
    joints = max(shaped.joints[end] - shaped.joints[start] - 1, 1)
    each = -excess / joints
    cost = _LINE_COST + _STRETCH_COST * each * each - _SLACK_COST * excess
    if each > _SEEN:
        cost += _SEEN_COST * (each - _SEEN)
    return cost + (1e4 * (-excess - _LOOSE) if -excess > _LOOSE else 0.0)


def _squeeze_cost(excess: float, room: tuple[float, float, float, float]) -> float:
    cost = _LINE_COST
    for give, price in zip(room, _TIER_COST, strict=True):
        taken = min(excess, give)
        if taken > _EPSILON:
            cost += 10 * price * (taken * taken / max(give, 0.25) + 0.1 * taken)
            excess -= taken
    return cost


def _runt_cost(shaped: Shaped, start: int, end: int) -> float:
    """What a last line costs that holds less than three characters besides marks."""
    if start == 0:
        return 0.0
    glyphs = 0
    for i in range(end - 1, start - 1, -1):
        glyphs += sum(1 for char in shaped.pieces[i].text if kind_of(char) in ("han", "latin"))
        if glyphs >= len(_RUNT_COST):
            return 0.0
    return _RUNT_COST[glyphs]


def _trace_back(best: dict[int, tuple[float, int, int]], end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    while best[end][1] >= 0:
        start = best[end][1]
        lines.append((start, end))
        end = start
    return lines[::-1]
