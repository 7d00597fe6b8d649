"""Ragged lines: headings, captions, labels and cells, broken at word ends and balanced (居中和左齐的短文).

As few lines as fit; among the ways to fill them the one whose lines are most alike, that parts no word, starts no line
with a particle and leaves none shorter than three characters (梯形, 菱形: rule 56 of the house list).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from digest.layout.breaking import natural_width
from digest.layout.words import word_starts

if TYPE_CHECKING:
    from digest.layout.shaping import Shaped

_EPSILON: Final = 1e-6
_PARTED_WORD: Final = 40.0  # em², as if two lines differed by more than six characters
_PARTICLE: Final = 25.0
_SHORT: Final = 60.0
_SHORTEST: Final = 3.0  # em
_AT_MARK: Final = 6.0  # what a line gains that ends after a mark
_PARTICLES: Final = frozenset("的了和与及等之也而且")
_MARKS: Final = frozenset("，、；：。）》”")
_FEWEST: Final = 2
_BALANCED_MOST: Final = 8  # lines; nobody sees whether more are alike
_BACK_MOST: Final = 6.0  # em a ragged line may end before the measure for a word's sake
_LINE_MORE: Final = 30.0  # a line more than needed costs nearly as much as a parted word


def break_ragged(shaped: Shaped, measure: float, *, balanced: bool) -> list[tuple[int, int]]:
    """(start, end) of each line within `measure` em; balanced lines are alike, others filled but the last."""
    count = len(shaped)
    if not count:
        return []
    if natural_width(shaped, 0, count) <= measure + _EPSILON:
        return [(0, count)]
    penalties = _penalties(shaped)
    if not balanced:
        return _filled(shaped, measure, penalties)
    lines = max(len(_filled(shaped, measure, {})), _FEWEST)
    if lines > _BALANCED_MOST:
        return _filled(shaped, measure, penalties)
    tried = [_arrange(shaped, measure, penalties, lines + more) for more in (0, 1)]
    cost, path = min((cost + more * _LINE_MORE, path) for more, (cost, path) in enumerate(tried))
    return list(pairwise(path)) if math.isfinite(cost) else _filled(shaped, measure, penalties)


def _penalties(shaped: Shaped) -> dict[int, float]:
    """What a line start costs at every stop."""
    text = shaped.string
    starts = word_starts(text) - shaped.terms
    penalties: dict[int, float] = {}
    for place in _places(shaped):
        penalty = 0.0
        if place not in starts:
            penalty += _PARTED_WORD
        if text[place : place + 1] in _PARTICLES:
            penalty += _PARTICLE
        if text[:place].rstrip()[-1:] in _MARKS:
            penalty -= _AT_MARK
        penalties[place] = penalty if place < len(text) else 0.0
    return penalties


def _places(shaped: Shaped) -> list[int]:
    """Every place behind the first at which a line may end."""
    return [place for place, letter in enumerate(shaped.stops) if letter == "1" and place]


def _filled(shaped: Shaped, measure: float, penalties: dict[int, float]) -> list[tuple[int, int]]:
    """Lines filled one by one, each ending at the last word end that is not far back; what is too wide stands alone."""
    lines: list[tuple[int, int]] = []
    allowed, count = shaped.stops, len(shaped)
    start = 0
    while start < count:
        end = allowed.find("1", start + 1)
        while end < count:
            further = allowed.find("1", end + 1)
            if natural_width(shaped, start, further) > measure + _EPSILON:
                break
            end = further
        if end < count and penalties:
            end = _word_end(shaped, start, end, penalties)
        lines.append((start, end))
        start = end
    return lines


def _word_end(shaped: Shaped, start: int, end: int, penalties: dict[int, float]) -> int:
    """Where the line had best end, not far before `end`."""
    best, cost = end, penalties[end]
    earlier = shaped.stops.rfind("1", start + 1, end)
    while earlier > 0:
        back = shaped.widths[end] - shaped.widths[earlier]
        if back > _BACK_MOST:
            break
        if penalties[earlier] + back * back < cost:
            best, cost = earlier, penalties[earlier] + back * back
        earlier = shaped.stops.rfind("1", start + 1, earlier)
    return best


def _arrange(shaped: Shaped, measure: float, penalties: dict[int, float], lines: int) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to set exactly that many lines: its cost, infinite where there is none, and where lines end."""
    count = len(shaped)
    even = natural_width(shaped, 0, count) / lines
    places = list(penalties)
    layer: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for number in range(1, lines + 1):
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, path) in layer.items():
            for end in places[bisect_right(places, start) :]:
                width = natural_width(shaped, start, end)
                if width > measure + _EPSILON:
                    break
                if (end == count) != (number == lines):
                    continue
                slack = width - even
                total = cost + slack * slack + penalties[end] + _SHORT * (width < _SHORTEST)
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*path, end))
        layer = following
    return layer.get(count, (math.inf, ()))
