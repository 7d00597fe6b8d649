"""Lines: broken text stands on a baseline, squeezed or stretched to the measure (行)."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.drawing import Glyphs, Mark, Part, TextLine
from digest.layout.breaking import break_lines, room_of
from digest.layout.glyphs import reads
from digest.layout.ragged import break_ragged
from digest.layout.shaping import GAP_BEHIND, GAPPED, GAPS, LONE_MARKS, MARK_LEAST, TIER, gap_gives, shape
from digest.story.blocks import Text, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.fonts import FontSet
    from digest.layout.shaping import Shaped
    from digest.layout.typefaces import Typeface

BASELINE: Final = 0.88  # the baseline of a Han em-box, from its top
GAP_STRETCH: Final = (
    0.05  # em a gap takes before all joints are stretched (CLREQ, step 2 of expansion, in its calm form)
)
GAP_MOST: Final = 0.09  # em a gap may grow in all, by what it takes itself and by the spacing of the line
_WIDEST: Final = 1.5  # em that no character with the room around it exceeds
_EVEN: Final = 0.012  # em a joint below which gaps stay as they are
_EPSILON: Final = 1e-6
_HAIR: Final = 1e-4
_BREAKS_AFTER: Final = frozenset("/?&=.#_-,")  # where an address wider than the line is parted


class Spot(NamedTuple):
    """Where a fact is printed on a line: from `x0` to `x1` points."""

    fact: str
    x0: float
    x1: float


class Line(NamedTuple):
    """A set line: marks with their baseline at y = 0 and their left at x = 0; `width` in points; `over` says by how
    much the piece it holds was wider than a line, so that it had to be parted.
    """

    width: float
    marks: tuple[Mark, ...]
    text: str
    spots: tuple[Spot, ...] = ()
    over: float = 0.0


_NOTHING: Final = Line(0.0, (), "")


def set_lines(
    text: Text, face: Typeface, measure: float, fonts: FontSet, *, indent: float = 0.0, justify: bool = True
) -> tuple[Line, ...]:
    """`text` in lines of at most `measure` points, the first `indent` points in.

    Justified lines are flush but for the last; others end at word ends and stay ragged.
    """
    em = face.size
    ems = measure / (em + face.tracking)
    shaped = shape(text, fonts, face.voices, gap=face.gap, terms=face.terms, indented=indent > 0)
    over = _parted(shaped, ems, max(indent / em, 0.0))
    if justify or indent:
        broken = list(break_lines(shaped, ems, indent / em))
    else:
        broken = break_ragged(shaped, ems, balanced=False)
    last = len(broken) - 1
    lines = [
        _set(shaped, start, end, face, (measure if start else measure - indent) / em, flush=justify and n != last)
        for n, (start, end) in enumerate(broken)
    ]
    if over and lines:
        first = lines[0]
        lines[0] = Line(first.width, first.marks, first.text, first.spots, over * em)
    return tuple(lines)


def set_line(text: Text | str, face: Typeface, fonts: FontSet) -> Line:
    """`text` on one line of its natural width."""
    shaped = shape(plain(text) if isinstance(text, str) else text, fonts, face.voices, gap=face.gap, terms=face.terms)
    return _set(shaped, 0, len(shaped), face, math.inf, flush=False) if len(shaped) else _NOTHING


def set_label(text: Text | str, face: Typeface, measure: float, fonts: FontSet) -> tuple[Line, ...]:
    """`text` ragged within `measure`, in as few lines as fit, broken at word ends and balanced."""
    widest = measure / (face.size + face.tracking)
    run = plain(text) if isinstance(text, str) else text
    shaped = shape(run, fonts, face.voices, gap=face.gap, terms=face.terms)
    _parted(shaped, widest)
    broken = break_ragged(shaped, widest, balanced=True)
    return tuple(_set(shaped, start, end, face, measure / face.size, flush=False) for start, end in broken)


def _parted(shaped: Shaped, measure: float, indent: float = 0.0) -> float:
    """Part all that no line parts but is wider than a line, the first of which is shorter by `indent`; by how much the
    widest was too wide.
    """
    if "0" * max(int((measure - max(indent, 0.0)) / _WIDEST) - 1, 0) not in shaped.stops:
        return 0.0  # nothing without a stop is as many characters as fill a line
    over = 0.0
    allowed = shaped.stops
    start = 0
    while start < len(shaped):
        end = allowed.find("1", start + 1)
        room = measure if start else measure - indent
        excess = shaped.ends[end] - shaped.begin(start) - room
        if excess > _EPSILON:
            over = max(over, excess)
            end = _part(shaped, start, room)
            allowed = allowed[:end] + "1" + allowed[end + 1 :]
        start = end
    shaped.stops = allowed
    return over


def _part(shaped: Shaped, start: int, measure: float) -> int:
    """Where to part what is wider than a line: after a stroke of an address where there is one, if need be anywhere."""
    limit = shaped.begin(start) + measure + _EPSILON
    most = max(bisect_right(shaped.ends, limit, start + 1) - 1, start + 1)
    strokes = (
        place for place in range(most, start + (most - start) // 2, -1) if shaped.string[place - 1] in _BREAKS_AFTER
    )
    return next(strokes, most)


def _set(shaped: Shaped, start: int, end: int, face: Typeface, measure: float, *, flush: bool) -> Line:
    """The glyphs [start, end) as a line, spread over `measure` em where it is flush."""
    drawn = shaped.drawn
    width = shaped.ends[end] - shaped.begin(start)
    joints = shaped.joints(start, end)
    spacing = 0.0
    rooms: dict[int, float] = {}
    if width > measure + _EPSILON:
        width -= _squeeze(shaped, start, end, width - measure, rooms)
    elif flush and joints > 0:
        spacing = _stretch(shaped, start, end, measure - width, joints, rooms)
        width = measure
    parts: list[Part] = []
    done = start
    for place in sorted(rooms):
        parts += (drawn[done:place], rooms[place])
        done = place
    parts.append(drawn[done : end - 1] + shaped.string[end - 1 : end])  # nothing stands behind the last
    if len(shaped.voices) > 1:
        parts = _in_voices(parts, start, shaped.voices)
    string = shaped.string[start:end]
    line = TextLine(
        -shaped.opening(start) * face.size,
        0.0,
        face.size,
        tuple(parts),
        string if shaped.plain else reads(string),
        shaped.voices[0][1],
        face.color,
        spacing * face.size + face.tracking,
        face.stroke,
    )
    spots = _spots(shaped, start, end, rooms, spacing, face) if shaped.facts else ()
    return Line(width * face.size + face.tracking * joints, (line,), line.text, spots)


def _in_voices(parts: Iterable[Part], start: int, voices: Sequence[tuple[int, str]]) -> list[Part]:
    """The same parts of a line, glyphs that are not in the first of the voices each in their own."""
    found: list[Part] = []
    starts = [begin for begin, _ in voices]
    at = start
    for part in parts:
        if not isinstance(part, str):
            found.append(part)
            continue
        end = at + len(part)
        first, last = bisect_right(starts, at) - 1, bisect_left(starts, end)
        for begin, stop in pairwise([at, *starts[first + 1 : last], end]):
            voice = voices[bisect_right(starts, begin) - 1][1]
            glyphs = part[begin - at : stop - at]
            found.append(glyphs if voice == voices[0][1] else Glyphs(voice, glyphs))
        at = end
    return found


def _squeeze(shaped: Shaped, start: int, end: int, excess: float, rooms: dict[int, float]) -> float:
    """Take the excess tier by tier, the same share of every place within a tier, and tell `rooms`; what was taken comes
    back.
    """
    shares: list[float] = []
    rest = excess
    for available in room_of(shaped, start, end):
        taken = min(rest, available)
        shares.append(taken / available if available > _EPSILON else 0.0)
        rest -= taken
    for match in LONE_MARKS.finditer(shaped.kinds, start, end - 1):
        give = shares[TIER[match.group()]] * MARK_LEAST
        if give > _HAIR:
            rooms[match.end()] = -give
    give = shares[GAPS] * gap_gives(shaped.gap)
    if give > _HAIR:
        rooms |= {match.end(): -give for match in GAP_BEHIND.finditer(shaped.kinds, start, end - 1)}
    return excess - max(rest, 0.0)


def _stretch(shaped: Shaped, start: int, end: int, slack: float, joints: int, rooms: dict[int, float]) -> float:
    """Spread what the line lacks: first over its gaps, a little each as `rooms` are told, then over every joint alike;
    em a joint.

    A gap stays near a third of an em, the room after it included, so that it never reads as a blank; in a line so loose
    that it would not, the gap itself is narrower.
    """
    if slack > _EVEN * joints:
        gaps = [match.end() for match in GAP_BEHIND.finditer(shaped.kinds, start, end - 1)]
        if gaps:
            left = GAP_MOST - slack / joints
            each = min(GAP_STRETCH, left, (slack - _EVEN * joints) / len(gaps))
            if left < 0:  # what the gaps give up is spread over them as well
                each = max(left / max(1 - len(gaps) / joints, 0.5), -gap_gives(shaped.gap))
            for place in gaps:
                rooms[place] = each
            slack -= each * len(gaps)
    return slack / joints


def _spots(
    shaped: Shaped, start: int, end: int, rooms: dict[int, float], spacing: float, face: Typeface
) -> tuple[Spot, ...]:
    """Where the facts of a line stand."""
    origin = shaped.begin(start)

    def edge(place: int, ems: float, more: float) -> float:
        """Points from the start of the line to a place, which is `ems` from the start of the text."""
        return (ems - origin + more + shaped.spaced(start, place) * spacing) * face.size

    spots: list[Spot] = []
    for begin, stop, fact in shaped.facts:
        if begin < end and stop > start:
            first, last = max(begin, start), min(stop, end)
            before = sum(room for place, room in rooms.items() if place <= first)
            inside = sum(room for place, room in rooms.items() if first < place < last)
            x0 = edge(first, shaped.begin(first) if first == start else shaped.widths[first], before)
            gap = shaped.gap if shaped.kinds[last - 1] in GAPPED else 0.0
            spots.append(Spot(fact, x0, edge(last, shaped.widths[last] - gap, before + inside)))
    return tuple(spots)
