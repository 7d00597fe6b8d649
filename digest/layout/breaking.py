"""Breaking: where the lines of a paragraph end (断行).

Every stop of a paragraph is legal, so what remains is to choose. Lines are filled one after the other by bisection on
prefix sums; only where that leaves a line stretched or squeezed too far, or a last line of one or two characters, an
exact search over all ways to break looks for the cheapest. Both see the same costs, so the result is the one the
search would have found wherever it matters.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from digest.layout.shaping import GAPPED, MARK_LEAST, gap_gives

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
_LOOSE_COST: Final = 1e4  # per em a line lacks beyond that
_STRETCH_COST: Final = 4000.0  # per (em a joint)²: a loose line is seen at once
_SLACK_COST: Final = 3.0  # per em a line lacks
_SEEN: Final = 0.075  # em a joint at which a line is seen to be loose
_SEEN_COST: Final = 4000.0  # per em a joint beyond that
_TIER_COST: Final = (2.0, 3.0, 2.5, 6.0)  # squeezing all of a tier: brackets, commas, gaps, full stops
_RUNT_COST: Final = (3000.0, 3000.0, 150.0)  # a last line of no Han, of one, of two
_TERM_COST: Final = 250.0  # a line that parts a term; one stretched by an eighth of an em a joint costs more
_LINE_COST: Final = 1.0
_MOST_STARTS: Final = 6  # places that lines of the search go on from; what is dearer than so many others is never best


def natural_width(shaped: Shaped, start: int, end: int) -> float:
    """Width of the glyphs [start, end) as a line of their own: edges trimmed, nothing squeezed or stretched."""
    return shaped.ends[end] - shaped.begin(start)


def room_of(shaped: Shaped, start: int, end: int) -> tuple[float, float, float, float]:
    """What each tier can give up in a line; marks at its edges have given theirs, pairs have given half already."""
    count, last = shaped.kinds.count, end - 1
    gaps = sum([count(letter, start, last) for letter in GAPPED]) if shaped.gap else 0
    brackets, commas, full_stops = (MARK_LEAST * count(letter, start, last) for letter in "bcp")
    return (brackets, commas, gaps * gap_gives(shaped.gap), full_stops)


def break_lines(shaped: Shaped, measure: float, indent: float = 0.0) -> tuple[tuple[int, int], ...]:
    """(start, end) of each line within `measure` em, the first one shorter by `indent`.

    What is wider than the measure and has no stop stands on a line of its own; the caller sees it in the line's excess.
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


def _fill(shaped: Shaped, start: int, measure: float) -> int | None:
    """Where a line from `start` ends when it is filled, or goes one stop further; None where neither is calm."""
    ends, allowed = shaped.ends, shaped.stops
    limit = shaped.begin(start) + measure + _EPSILON
    fits = bisect_right(ends, limit, start + 1) - 1
    if fits >= len(shaped):
        return fits
    end = allowed.rfind("1", start + 1, fits + 1)
    if end < 0:
        return None
    if end in shaped.terms:
        return None
    slack = limit - ends[end]
    each = slack / max(shaped.joints(start, end), 1)
    if each <= _EVEN:
        return end
    further = allowed.find("1", fits + 1)
    excess = ends[further] - limit
    if excess <= shaped.most(start, further) and further not in shaped.terms:
        cost = _LINE_COST + _STRETCH_COST * each * each + _SLACK_COST * slack
        if _squeeze_cost(excess, room_of(shaped, start, further)) < cost:
            return further
    return end if each <= _CALM else None


def _search(shaped: Shaped, window: int, measure: float, indent: float, depth: int) -> list[tuple[int, int]]:
    """The cheapest of all ways to set `depth` lines from `window` on, or fewer where the paragraph ends; the earliest
    of equals.

    Line by line, only the places that some line can end at are looked at.
    """
    count = len(shaped)
    layers: list[dict[int, tuple[float, int]]] = [{window: (0.0, -1)}]
    goals: list[tuple[float, int, int]] = []
    for number in range(1, depth + 1):
        following: dict[int, tuple[float, int]] = {}
        for start, (before, _) in layers[-1].items():
            if start == count:
                continue
            for end, own in _ends(shaped, start, measure if start else measure - indent):
                cost = before + own
                if end not in following or cost < following[end][0]:
                    following[end] = (cost, start)
        if len(following) > _MOST_STARTS:
            following = dict(sorted(following.items(), key=_cost_of)[:_MOST_STARTS])
        layers.append(following)
        goals += [(cost, end, number) for end, (cost, _) in following.items() if end == count or number == depth]
    _, end, number = min(goals)
    lines: list[tuple[int, int]] = []
    for layer in layers[number:0:-1]:
        start = layer[end][1]
        lines.append((start, end))
        end = start
    return lines[::-1]


def _cost_of(found: tuple[int, tuple[float, int]]) -> tuple[float, int]:
    """What it costs to get to a place, the earlier of equals first."""
    end, (cost, _) = found
    return cost, end


def _ends(shaped: Shaped, start: int, measure: float) -> list[tuple[int, float]]:
    """Where a line from `start` may end and what it then costs: the fullest, those that lack little, and those that
    squeezing may hold. What is wider than the measure stands alone.
    """
    ends, stops, count = shaped.ends, shaped.stops, len(shaped)
    limit = shaped.begin(start) + measure + _EPSILON
    slackest = max(_LEAST_SLACK, _SLACK_SHARE * measure)
    found: list[tuple[int, float]] = []
    fits = bisect_right(ends, limit, start + 1) - 1
    end = stops.rfind("1", start + 1, fits + 1)
    while end > 0:
        lacks = limit - ends[end]
        if found and lacks > slackest:
            break
        found.append(
            (end, _loose_cost(lacks, max(shaped.joints(start, end), 1)) if end < count else _last_cost(shaped, start))
        )
        end = stops.rfind("1", start + 1, end)
    end = stops.find("1", max(fits, start) + 1)
    for _ in range(_LOOK_PAST):
        excess = ends[end] - limit
        if end < 0 or excess > shaped.most(start, end):
            break
        cost = _squeeze_cost(excess, room_of(shaped, start, end))
        found.append((end, cost if end < count else cost + _runt_cost(shaped, start, end)))
        end = stops.find("1", end + 1)
    if shaped.terms:
        found = [(end, cost + _TERM_COST if end in shaped.terms else cost) for end, cost in found]
    return found or [(end, _FORCED_COST)]


def _loose_cost(lacks: float, joints: int) -> float:
    """What a line costs that lacks so much, of which every joint takes a share."""
    each = lacks / joints
    cost = _LINE_COST + _STRETCH_COST * each * each + _SLACK_COST * lacks
    if each > _SEEN:
        cost += _SEEN_COST * (each - _SEEN)
    return cost + (_LOOSE_COST * (lacks - _LOOSE) if lacks > _LOOSE else 0.0)


def _last_cost(shaped: Shaped, start: int) -> float:
    """What the last line of a paragraph costs."""
    return _LINE_COST + _runt_cost(shaped, start, len(shaped))


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
    glyphs = shaped.words(start, end)
    return _RUNT_COST[glyphs] if glyphs < len(_RUNT_COST) else 0.0
