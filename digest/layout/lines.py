"""Lines: broken text stands on a baseline, squeezed or stretched to the measure (行)."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from digest.drawing import Box, Mark, TextLine
from digest.layout.breaking import break_lines, natural_width, room_of
from digest.layout.ragged import break_ragged
from digest.layout.shaping import Piece, Shaped, build, shape
from digest.story.blocks import Text, plain

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface

BASELINE: Final = 0.88  # the baseline of a Han em-box, from its top
GAP_STRETCH: Final = (
    0.05  # em a gap takes before all joints are stretched (CLREQ, step 2 of expansion, in its calm form)
)
GAP_MOST: Final = 0.09  # em a gap may grow in all, by what it takes itself and by the spacing of the line
_EVEN: Final = 0.012  # em a joint below which gaps stay as they are
_EPSILON: Final = 1e-6
_HAIR: Final = 1e-4
_BREAKS_AFTER: Final = frozenset("/?&=.#_-,")  # where an address wider than the line is parted


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a fact is printed on a line: from `x0` to `x1` points."""

    fact: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: marks with their baseline at y = 0 and their left at x = 0; `width` in points; `over` says by how
    much the piece it holds was wider than a line, so that it had to be parted.
    """

    width: float
    marks: tuple[Mark, ...]
    text: str
    spots: tuple[Spot, ...] = ()
    over: float = 0.0


_WIDTH: Final = attrgetter("width")
_NOTHING: Final = Line(0.0, (), "")


def set_lines(
    text: Text, face: Typeface, measure: float, fonts: FontSet, *, indent: float = 0.0, justify: bool = True
) -> tuple[Line, ...]:
    """`text` in lines of at most `measure` points, the first `indent` points in.

    Justified lines are flush but for the last; others end at word ends and stay ragged.
    """
    em = face.size
    ems = measure / (em + face.tracking)
    shaped, over = _parted(shape(text, fonts, face.voices, gap=face.gap), face, ems, fonts)
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
    shaped = shape(plain(text) if isinstance(text, str) else text, fonts, face.voices, gap=face.gap)
    return _set(shaped, 0, len(shaped), face, math.inf, flush=False) if len(shaped) else _NOTHING


def set_label(text: Text | str, face: Typeface, measure: float, fonts: FontSet) -> tuple[Line, ...]:
    """`text` ragged within `measure`, in as few lines as fit, broken at word ends and balanced."""
    widest = measure / (face.size + face.tracking)
    run = plain(text) if isinstance(text, str) else text
    shaped, _ = _parted(shape(run, fonts, face.voices, gap=face.gap), face, widest, fonts)
    broken = break_ragged(shaped, widest, balanced=True)
    return tuple(_set(shaped, start, end, face, measure / face.size, flush=False) for start, end in broken)


def _parted(shaped: Shaped, face: Typeface, measure: float, fonts: FontSet) -> tuple[Shaped, float]:
    """The same text with every piece that is wider than a line parted, and by how much the widest was too wide."""
    if not shaped.pieces or max(map(_WIDTH, shaped.pieces)) <= measure:
        return shaped, 0.0
    over = max(piece.width - piece.trim for piece in shaped.pieces) - measure
    if over <= _EPSILON:
        return shaped, 0.0
    pieces: list[Piece] = []
    for piece in shaped.pieces:
        pieces += _chunks(piece, face, measure, fonts) if piece.width - piece.trim > measure + _EPSILON else [piece]
    parted = Shaped(pieces, shaped.text, face.gap)
    parted.facts = shaped.facts
    return parted, over


def _chunks(piece: Piece, face: Typeface, measure: float, fonts: FontSet) -> list[Piece]:
    """A piece as several that fit, parted after a stroke of an address where there is one, if need be anywhere."""
    voice = face.voices["body"]
    chunks: list[Piece] = []
    rest = piece.text
    while rest:
        size = len(rest)
        while size > 1 and build(rest[:size], [voice] * size, face.gap, fonts).width > measure:
            size -= 1
        better = next((n for n in range(size, size // 2, -1) if rest[n - 1] in _BREAKS_AFTER), size)
        size = size if size == len(rest) else better
        chunks.append(build(rest[:size], [voice] * size, face.gap, fonts))
        rest = rest[size:]
    return chunks


def _set(shaped: Shaped, start: int, end: int, face: Typeface, measure: float, *, flush: bool) -> Line:
    """The pieces [start, end) as a line, spread over `measure` em where it is flush."""
    pieces, leads = shaped.pieces, shaped.leads
    width = natural_width(shaped, start, end)
    rooms = {i: shaped.lead[i] for i in leads[bisect_left(leads, start + 1) : bisect_left(leads, end)]}
    joints = max(shaped.joints[end] - shaped.joints[start] - 1, 0)
    spacing = 0.0
    if width > measure + _EPSILON:
        width -= _squeeze(shaped, start, end, width - measure, rooms)
    elif flush:
        spacing = _stretch(measure - width, joints, rooms)
        width = measure
    boxes = [piece.box for piece in pieces[start:end]]
    parts: list[Box | float] = []
    done = 0
    for i, room in rooms.items():
        if i - start > done:
            parts += boxes[done : i - start]
            done = i - start
        parts.append(room)
    parts += boxes[done:]
    opened = pieces[start].open if start else 0.0
    text = "".join([piece.text for piece in pieces[start:end]])
    line = TextLine(
        -opened * face.size,
        0.0,
        face.size,
        tuple(parts),
        text,
        face.color,
        spacing * face.size + face.tracking,
        face.stroke,
    )
    spots = _spots(shaped, start, end, rooms, spacing, face) if shaped.facts else ()
    return Line(width * face.size + face.tracking * joints, (line,), text, spots)


def _squeeze(shaped: Shaped, start: int, end: int, excess: float, rooms: dict[int, float]) -> float:
    """Take the excess tier by tier, the same share of every place within a tier; what was taken comes back."""
    shares: list[float] = []
    rest = excess
    for available in room_of(shaped, start, end):
        taken = min(rest, available)
        shares.append(taken / available if available > _EPSILON else 0.0)
        rest -= taken
    places = shaped.places
    changed = False
    for n in range(bisect_left(places, start + 1), bisect_left(places, end)):
        give = shares[shaped.tiers[n]] * (shaped.gives[n + 1] - shaped.gives[n])
        if give > _HAIR:
            changed = changed or places[n] not in rooms
            rooms[places[n]] = rooms.get(places[n], 0.0) - give
    if changed:
        ordered = sorted(rooms.items())
        rooms.clear()
        rooms.update(ordered)
    return excess - max(rest, 0.0)


def _stretch(slack: float, joints: int, rooms: dict[int, float]) -> float:
    """Spread what the line lacks: first over its gaps, a little each, then over every joint alike; em a joint.

    A gap stays below a third of an em, the room after it included, so that it never reads as a blank.
    """
    if slack > _EVEN * joints:
        gaps = [i for i, room in rooms.items() if room > 0]
        if gaps:
            most = max(min(GAP_STRETCH, GAP_MOST - slack / max(joints, 1)), 0.0)
            each = min((slack - _EVEN * joints) / len(gaps), most)
            for i in gaps:
                rooms[i] += each
            slack -= each * len(gaps)
    return slack / joints if joints else 0.0


def _spots(
    shaped: Shaped, start: int, end: int, rooms: dict[int, float], spacing: float, face: Typeface
) -> tuple[Spot, ...]:
    """Where the facts of a line stand, to the piece they are part of."""
    first = sum(piece.length for piece in shaped.pieces[:start])
    offsets = [first, *accumulate((piece.length for piece in shaped.pieces[start:end]), initial=first)][1:]
    lefts: list[float] = []
    x = -(shaped.pieces[start].open if start else 0.0)
    for i in range(start, end):
        x += rooms.get(i, 0.0) if i > start else 0.0
        lefts.append(x)
        piece = shaped.pieces[i]
        x += piece.width + piece.joints * spacing
    lefts.append(x)
    spots: list[Spot] = []
    for begin, stop, fact in shaped.facts:
        inside = [n for n in range(end - start) if offsets[n] < stop and offsets[n + 1] > begin]
        if inside:
            spots.append(Spot(fact, lefts[inside[0]] * face.size, lefts[inside[-1] + 1] * face.size))
    return tuple(spots)
