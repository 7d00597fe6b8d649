"""Lines: broken text becomes glyph runs on a baseline, squeezed or stretched to the measure (行)."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.drawing import GlyphRun, Group, Mark
from digest.layout.breaking import GAP_STRETCH, break_lines, fit_line
from digest.layout.shaping import TIERS, Shaped, shape
from digest.story.blocks import Text, plain

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface

BASELINE: Final = 0.88  # the baseline of a Han em-box, from its top
_EPSILON: Final = 1e-6
_HAIR: Final = 1e-4  # points nobody sees


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fact is printed on a line: from `x0` to `x1` points."""

    fact: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: marks with their baseline at y = 0 and their left at x = 0; `width` in points; `over` says by how
    much it is wider than it should be.
    """

    width: float
    marks: tuple[Mark, ...]
    text: str
    spots: tuple[Spot, ...] = ()
    over: float = 0.0


def set_lines(
    text: Text, face: Typeface, measure: float, fonts: FontSet, *, indent: float = 0.0, justify: bool = True
) -> tuple[Line, ...]:
    """`text` in lines of at most `measure` points, the first `indent` points in; all but the last are flush."""
    shaped = shape(text, fonts, face.voices, gap=face.gap)
    em = face.size
    broken = break_lines(shaped, _ems(measure, face, shaped), indent / em)
    last = len(broken) - 1
    return tuple(
        _set(shaped, start, end, face, (measure - (indent if start == 0 else 0.0)) / em, flush=justify and n != last)
        for n, (start, end) in enumerate(broken)
    )


def set_line(text: Text | str, face: Typeface, fonts: FontSet) -> Line:
    """`text` on one line of its natural width."""
    shaped = shape(plain(text) if isinstance(text, str) else text, fonts, face.voices, gap=face.gap)
    return _set(shaped, 0, len(shaped), face, math.inf, flush=False) if len(shaped) else Line(0.0, (), "")


def set_label(text: Text | str, face: Typeface, measure: float, fonts: FontSet) -> tuple[Line, ...]:
    """`text` ragged within `measure`, its lines balanced: as few as fit, then as narrow as that number allows."""
    shaped = shape(plain(text) if isinstance(text, str) else text, fonts, face.voices, gap=face.gap)
    if not len(shaped):
        return ()
    widest = _ems(measure, face, shaped)
    broken = break_lines(shaped, widest)
    low, high = widest / max(len(broken), 1) * 0.6, widest
    if len(broken) > 1:
        for _ in range(6):
            middle = (low + high) / 2
            tried = break_lines(shaped, middle)
            if len(tried) <= len(broken) and _fits(shaped, tried, middle):
                broken, high = tried, middle
            else:
                low = middle
    return tuple(_set(shaped, start, end, face, measure / face.size, flush=False) for start, end in broken)


def _fits(shaped: Shaped, broken: tuple[tuple[int, int], ...], measure: float) -> bool:
    return all(fit_line(shaped, start, end, measure).excess <= _EPSILON for start, end in broken)


def _ems(measure: float, face: Typeface, shaped: Shaped) -> float:
    """The measure in em, less what tracking will add to a full line."""
    if not face.tracking or not len(shaped):
        return measure / face.size
    return measure / (face.size + face.tracking)


def _set(shaped: Shaped, start: int, end: int, face: Typeface, measure: float, *, flush: bool) -> Line:
    """The clusters [start, end) as a line, spread over `measure` em where it is flush."""
    fit = fit_line(shaped, start, end, measure)
    before, after = _adjust(shaped, fit.start, fit.end, fit.excess, fit.room, flush=flush)
    x = -fit.trim_left * face.size
    origins: list[float] = []
    ends: list[float] = []
    for i in range(fit.start, fit.end):
        if i > fit.start:
            x += (shaped.lead[i] + before[i - fit.start]) * face.size
        else:
            x += before[0] * face.size
        origins.append(x)
        x += shaped.advances[i] * face.size
        ends.append(x)
        x += after[i - fit.start] * face.size + face.tracking
    width = ends[-1] - fit.trim_right * face.size if ends else 0.0
    text = "".join(shaped.clusters[start:end])
    runs = tuple(_runs(shaped, fit.start, origins, face))
    over = max(width - measure * face.size, 0.0) if measure and flush else 0.0
    return Line(width, (Group(runs, actual=text),), text, _spots(shaped, fit.start, origins, ends), over)


def _adjust(
    shaped: Shaped, start: int, end: int, excess: float, room: tuple[float, ...], *, flush: bool
) -> tuple[list[float], list[float]]:
    """Room to add before and after every cluster, in em, so that the line loses `excess` (or gains it)."""
    before, after = [0.0] * (end - start), [0.0] * (end - start)
    if excess > _EPSILON:
        _squeeze(shaped, start, end, excess, room, before, after)
    elif flush and excess < -_EPSILON:
        _stretch(shaped, start, end, -excess, before)
    return before, after


def _squeeze(
    shaped: Shaped,
    start: int,
    end: int,
    excess: float,
    room: tuple[float, ...],
    before: list[float],
    after: list[float],
) -> None:
    """Take `excess` tier by tier, the same share of every mark within a tier."""
    for tier, available in enumerate(room):
        share = min(excess, available) / available if available > _EPSILON else 0.0
        excess -= share * available
        gives = shaped.gives[tier]
        for i in range(start, end) if share else ():
            give = share * (gives[i + 1] - gives[i])
            if TIERS[tier] == "gap" or shaped.kinds[i] == "open":  # their white stands before them
                before[i - start] -= give if i > start else 0.0
            else:
                after[i - start] -= give if i < end - 1 else 0.0


def _stretch(shaped: Shaped, start: int, end: int, slack: float, before: list[float]) -> None:
    """Spread `slack`: first the Han-Latin gaps, each up to a third of an em, then every joint alike."""
    gaps = [i for i in range(start + 1, end) if shaped.lead[i] > 0]
    if gaps:
        each = min(slack / len(gaps), GAP_STRETCH)
        for i in gaps:
            before[i - start] += each
        slack -= each * len(gaps)
    joints = [i for i in range(start + 1, end) if shaped.joint[i]]
    if slack > _EPSILON and joints:
        for i in joints:
            before[i - start] += slack / len(joints)


def _runs(shaped: Shaped, start: int, origins: list[float], face: Typeface) -> list[GlyphRun]:
    """Glyph runs of equal face; the most frequent extra room becomes the run's spacing, the rest kerns."""
    runs: list[GlyphRun] = []
    count = len(origins)
    i = 0
    while i < count:
        stop = i + 1
        while stop < count and shaped.faces[start + stop] == shaped.faces[start + i]:
            stop += 1
        extras = [
            round(origins[n + 1] - origins[n] - shaped.advances[start + n] * face.size, 4) for n in range(i, stop - 1)
        ]
        spacing = Counter(extras).most_common(1)[0][0] if extras else 0.0
        kerns = tuple((n, round(extra - spacing, 4)) for n, extra in enumerate(extras) if abs(extra - spacing) > _HAIR)
        pieces = shaped.clusters[start + i : start + stop]
        single = all(len(piece) == 1 for piece in pieces)
        runs.append(
            GlyphRun(
                x=origins[i],
                y=0.0,
                face=shaped.faces[start + i],
                size=face.size,
                clusters="".join(pieces) if single else pieces,
                color=face.color,
                spacing=spacing,
                kerns=kerns,
                stroke=face.stroke,
            )
        )
        i = stop
    return runs


def _spots(shaped: Shaped, start: int, origins: list[float], ends: list[float]) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    for n, (x0, x1) in enumerate(zip(origins, ends, strict=True)):
        fact = shaped.facts[start + n]
        if not fact:
            continue
        if spots and spots[-1].fact == fact and n and shaped.facts[start + n - 1] == fact:
            spots[-1] = Spot(fact, spots[-1].x0, x1)
        else:
            spots.append(Spot(fact, x0, x1))
    return tuple(spots)
