"""Columns: how wide each must be and how wide it would like to be, found from its cells (列宽).

A width is found from pieces that no line parts, so a column is widened before a number leaves its unit (rule 57).
"""

from __future__ import annotations

from dataclasses import dataclass
from string import digits
from typing import TYPE_CHECKING, Final

from digest.errors import GlyphError
from digest.fonts import clusters
from digest.layout.phrases import cut
from digest.layout.table_figures import before_point
from digest.story.blocks import Run, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface
    from digest.story.blocks import Text

OUTER: Final = 2.0
"""White at the left of the first column and the right of the last one."""
PAD: Final = 4.0
"""White at both sides of every other column."""
_LEAST_TEXT: Final = 4  # em: a column of text is not made narrower than four characters, if its cells are as long
_RAGGED: Final = 6.0  # points that a line of a cell leaves empty on the average, since it ends with a word
_STEPS: Final = (32.0, 16.0, 8.0, 4.0, 2.0)
EASE: Final = 1e-3
"""Points that keep a cell from failing to fit the width found from it."""


@dataclass(frozen=True, slots=True)
class Need:
    """Points inside the padding: `least` parts no number from its unit, `natural` puts every cell on one line.

    `before` and `after` are the widest parts of figures on both sides of the point.
    """

    least: float
    natural: float
    before: float = 0.0
    after: float = 0.0


class _Advances(dict[str, float]):
    """Em that each cluster takes in a voice; one for those that no face has, which `absent` names."""

    def __init__(self, voice: str, fonts: FontSet) -> None:
        super().__init__()
        self.voice, self.fonts = voice, fonts
        self.absent = ""

    def __missing__(self, cluster: str) -> float:
        try:
            advance = self.fonts.face(self.fonts.choose(self.voice, cluster)).advance(cluster)
        except GlyphError:
            advance = 1.0
            self.absent += cluster
        self[cluster] = advance
        return advance


class _Widest(dict[str, dict[int, str]]):
    """Voice -> a table that puts its widest digit for every digit."""

    def __init__(self, fonts: FontSet) -> None:
        super().__init__()
        self._fonts = fonts

    def __missing__(self, voice: str) -> dict[int, str]:
        advances = _Advances(voice, self._fonts)
        table = self[voice] = str.maketrans(dict.fromkeys(digits, max(digits, key=advances.__getitem__)))
        return table


class Ruler:
    """Measures texts as they would stand on one line. What squeezing gives is not taken off: none needs more."""

    def __init__(self, fonts: FontSet) -> None:
        """Measure with these faces."""
        self.fonts = fonts
        self._voices: dict[str, _Advances] = {}
        self._widest = _Widest(fonts)

    def advances(self, text: Text, face: Typeface) -> list[float]:
        """Points that every character of a text takes; a cluster of several is counted with its first one."""
        size, tracking = face.size, face.tracking
        found: list[float] = []
        for run in text:
            voice = face.voices[run.voice]
            known = self._voices.get(voice)
            if known is None:
                known = self._voices[voice] = _Advances(voice, self.fonts)
            pieces = clusters(run.text)
            if isinstance(pieces, str):
                found += [known[cluster] * size + tracking for cluster in pieces]
                continue
            for cluster in pieces:
                found += [known[cluster] * size + tracking, *[0.0] * (len(cluster) - 1)]
        return found

    def width(self, text: Text, face: Typeface) -> float:
        """Points that a text takes on one line."""
        if len(text) == 1:
            run = text[0]
            pieces = clusters(run.text)
            known = self._voices.get(face.voices[run.voice])
            if known is not None:
                return sum(map(known.__getitem__, pieces)) * face.size + len(pieces) * face.tracking
        return sum(self.advances(text, face))

    def widened(self, text: Text, face: Typeface) -> Text:
        """The text with the widest digit for every digit."""
        if len(text) != 1:
            return text
        run = text[0]
        return (Run(run.text.translate(self._widest[face.voices[run.voice]]), run.voice),)

    def require(self) -> None:
        """Raise the GlyphError of a voice in which something was measured that no face of it has."""
        for known in self._voices.values():
            if known.absent:
                self.fonts.require(known.voice, known.absent)

    def need(self, cells: Iterable[tuple[Text, Typeface]], *, decimal: bool = False) -> Need:
        """What a column with these cells needs, whichever digits stand in them: those that differ in nothing else are
        measured once, and a column does not change its width when a figure in it does.
        """
        least = natural = before = after = 0.0
        kinds = {(self.widened(text, face), id(face)): face for text, face in cells}
        for (text, _), face in kinds.items():
            point = before_point(reads(text)) if decimal else -1
            if point >= 0:
                advances = self.advances(text, face)
                left = sum(advances[:point])
                before, after = max(before, left), max(after, sum(advances[point:]))
                continue
            width = self.width(text, face)
            natural = max(natural, width)
            if width > least:
                widest = _widest_piece(reads(text), self.advances(text, face))
                least = max(least, min(width, _LEAST_TEXT * face.size), widest)
        figures = before + after
        return Need(max(least, figures) + EASE, max(natural, figures) + EASE, before, after)


def _widest_piece(text: str, advances: list[float]) -> float:
    """Width of the widest piece of a text that no line may part; blanks at its end do not count."""
    widest, at = 0.0, 0
    for piece in cut(text):
        end = at + len(piece.rstrip())
        widest = max(widest, sum(advances[at:end]))
        at += len(piece)
    return widest


def pads(count: int) -> list[tuple[float, float]]:
    """White at the left and right of each column."""
    last = count - 1
    return [(OUTER if n == 0 else PAD, OUTER if n == last else PAD) for n in range(count)]


def share(
    given: Sequence[float], needs: Sequence[Need], rows: Sequence[Sequence[float]], room: float, *, span: bool = True
) -> list[float]:
    """Widths of columns in points, padding included, together at most `room` where that can be.

    `given` are the widths asked for (0: none), `rows` the natural widths of cells, row by row. Columns whose width
    is given keep it, unless one must be widened and others have white to give. The others get their natural width
    and equal shares of what is left over if the table shall `span` the room; where the natural widths do not fit, what
    is there is shared so that the rows take few lines.
    """
    around = [left + right for left, right in pads(len(needs))]
    low = [width or need.least + pad for width, need, pad in zip(given, needs, around, strict=True)]
    _widen(low, given, needs, around, room)
    high = [
        width if asked else max(need.natural + pad, width)
        for width, asked, need, pad in zip(low, given, needs, around, strict=True)
    ]
    still_open = [n for n, width in enumerate(given) if not width]
    spare = room - sum(high)
    if spare >= 0:
        for n in still_open if span else ():
            high[n] += spare / len(still_open)
        return high
    if sum(low) < room:
        return _fewest_lines(low, high, around, rows, room)
    return _pressed(low, room)


def _widen(
    low: list[float], given: Sequence[float], needs: Sequence[Need], around: Sequence[float], room: float
) -> None:
    """Given widths that would part a number from its unit grow by what the open columns can spare."""
    for n, asked in enumerate(given):
        lacks = needs[n].least + around[n] - low[n]
        if asked and lacks > 0 and lacks <= room - sum(low):
            low[n] += lacks


def _fewest_lines(
    low: list[float], high: list[float], around: list[float], rows: Sequence[Sequence[float]], room: float
) -> list[float]:
    """Between `low` and `high`: first the same share of what each lacks, then points go where they save lines."""
    spare = (room - sum(low)) / (sum(high) - sum(low))
    widths = [least + spare * (most - least) for least, most in zip(low, high, strict=True)]
    cost = _cost(widths, around, rows)
    movable = [n for n in range(len(widths)) if high[n] > low[n]]
    for step in _STEPS:
        better = True
        while better:
            better = False
            for giver in movable:
                for taker in movable:
                    points = min(step, widths[giver] - low[giver], high[taker] - widths[taker])
                    if giver == taker or points <= EASE:
                        continue
                    tried = list(widths)
                    tried[giver] -= points
                    tried[taker] += points
                    found = _cost(tried, around, rows)
                    if found < cost:
                        widths, cost, better = tried, found, True
    return widths


def _cost(widths: list[float], around: list[float], rows: Sequence[Sequence[float]]) -> tuple[int, int]:
    """Lines that the rows take by their highest cells, then lines of all cells."""
    rooms = [width - pad for width, pad in zip(widths, around, strict=True)]
    highest = every = 0
    for row in rows:
        lines = [
            1 if cell <= room else int(cell / max(room - _RAGGED, room / 2)) + 1
            for cell, room in zip(row, rooms, strict=True)
        ]
        highest += max(lines)
        every += sum(lines)
    return highest, every


def _pressed(low: list[float], room: float) -> list[float]:
    """What does not fit even so: the widest columns give way, each down to the same width."""
    over = sum(low) - room
    widths = list(low)
    while over > EASE:
        widest = max(widths)
        wide = [n for n, width in enumerate(widths) if width > widest - EASE]
        below = max((width for width in widths if width <= widest - EASE), default=0.0)
        give = min(over / len(wide), widest - below)
        for n in wide:
            widths[n] -= give
        over -= give * len(wide)
    return widths
