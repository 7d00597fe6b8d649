"""Shaping: text becomes pieces that no line parts, each set once (字形, 标点挤压, 中西间距).

Everything is in em of the type size. Han text is additive: the width of a line is the sum of its pieces, plus what
neighbours add (a quarter em between Han and Latin) or take (half an em between two marks), less what is cut at its
edges. So a paragraph is shaped once, pieces are remembered by value, and any line of it is a difference of sums.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from digest.drawing import Box, Glyphs
from digest.errors import GlyphError
from digest.fonts import clusters as cluster_text
from digest.layout.classes import WHITE_AT_RIGHT, Kind, kind_of
from digest.layout.phrases import cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.fonts import FontSet
    from digest.story.blocks import Text

HALF: Final = 0.5
GAP: Final = 0.25  # Han beside Latin or digits (CLREQ: at most a quarter em)
GAP_LEAST: Final = 0.125  # what squeezing leaves of it
MARK_LEAST: Final = (
    0.24  # of its white half a lone mark gives up this much and stays a mark; crushed ones look like errors
)
MIDDLE: Final = 0.5  # · is half an em wide (GB/T 15834)
FULL_WIDTH: Final = 0.95  # a mark at least this wide has a white half to give
WHITE: Final = 0.44  # so much of an em must be white on a side, by the ink of the face in use
# Tiers in which a line gives way, in CLREQ's order: brackets, commas, gaps, full stops.
BRACKETS, COMMAS, GAPS, STOPS = range(4)
_TIER_OF: Final[dict[Kind, int]] = {"open": BRACKETS, "close": BRACKETS, "comma": COMMAS, "stop": STOPS}
_FIRSTS: Final[dict[Kind, str]] = {"han": "H", "latin": "L"}
_LASTS: Final[dict[Kind, str]] = {"han": "h", "latin": "l"}
# Last of one piece, first of the next: a gap, a pair of marks that gives up a half, a lone mark that may give. An
# opener keeps its white inside a line: what it gave would be taken from the character before it.
_MEETING: Final = re.compile("hL|lH|cO|c")
_MARKS: Final[frozenset[Kind]] = frozenset({"open", "close", "stop", "comma"})
_MOST_PIECES: Final = 200_000  # remembered per voice; beyond that memory is worth more than time


class Piece:
    """What no line parts: its box to draw, and in em its natural width and what it gives up at a line's edges.

    `trim` is dropped where it ends a line, `open` where it starts one; `joints` counts the glyphs that take spacing;
    `code` tells the kinds of its ends to its neighbours; `last_tier` is the tier of the mark it ends with.
    """

    __slots__ = ("box", "code", "joints", "last_tier", "length", "open", "tail", "text", "trim", "width")

    def __init__(self, text: str, box: Box, width: float, joints: int) -> None:
        """Take the text with its box; edges are filled in by who builds it."""
        self.text, self.box, self.width, self.joints = text, box, width, joints
        self.length = len(text)
        self.trim = self.open = 0.0
        self.tail = 0.0  # white half of the mark at its end, which a line may squeeze
        self.last_tier = COMMAS
        self.code = "Xx"


class Shaped:
    """A paragraph as pieces. `lead` is the room before some of them (`leads`), `widths` and `joints` are prefix sums.

    A line gives way between pieces: at `places` (a place i lies before piece i), each with the `tiers` it belongs to
    and, as prefix sums, what it `gives`. `facts` are (start, end, fact) spans of characters that print a fact.
    """

    __slots__ = ("facts", "gives", "joints", "lead", "leads", "pieces", "places", "text", "tiers", "widths")

    def __init__(self, pieces: list[Piece], text: str, gap: float) -> None:
        """Sum up widths and joints, and what neighbours add, take and may give."""
        self.pieces, self.text = pieces, text
        self.facts: list[tuple[int, int, str]] = []
        self.lead: dict[int, float] = {}
        self.places: list[int] = []
        self.tiers: list[int] = []
        gives: list[float] = []
        widths: list[float] = list(map(_WIDTH, pieces))
        for match in _MEETING.finditer("".join(map(_CODE, pieces))):
            i, meeting = match.start() // 2, match.group()  # two letters a piece
            if meeting == "c":
                self.places.append(i + 1)
                self.tiers.append(pieces[i].last_tier)
                gives.append(MARK_LEAST)
            elif meeting == "cO":
                self.lead[i + 1] = -HALF
                widths[i + 1] -= HALF
            elif gap:
                self.lead[i + 1] = gap
                widths[i + 1] += gap
                self.places.append(i + 1)
                self.tiers.append(GAPS)
                gives.append(max(gap - GAP_LEAST, 0.0))
        self.leads = list(self.lead)  # in order, since they were met in order
        self.gives: list[float] = [0.0, *accumulate(gives)]
        self.widths: list[float] = [0.0, *accumulate(widths)]
        self.joints: list[int] = [0, *accumulate(map(_JOINTS, pieces))]

    def __len__(self) -> int:
        """Number of pieces."""
        return len(self.pieces)


class _Memory(dict[str, Piece]):
    """Pieces of one voice by their text, built when first asked for."""

    def __init__(self, voice: str, gap: float, fonts: FontSet) -> None:
        super().__init__()
        self.voice, self.gap, self.fonts = voice, gap, fonts

    def __missing__(self, text: str) -> Piece:
        if len(self) > _MOST_PIECES:
            self.clear()
        lone = len(text) == 1 and kind_of(text) == "han"
        piece = self[text] = self._han(text) if lone else build(text, [self.voice] * len(text), self.gap, self.fonts)
        return piece

    def _han(self, text: str) -> Piece:
        """What most pieces are: one Han character."""
        face = self.fonts.choose(self.voice, text)
        piece = Piece(text, Box((Glyphs(face, text, True),)), self.fonts.face(face).advance(text), 1)  # noqa: FBT003 - a field of a tuple
        piece.code = "Hh"
        return piece


_memories: WeakKeyDictionary[FontSet, dict[tuple[str, float], _Memory]] = WeakKeyDictionary()


def _memory(voice: str, gap: float, fonts: FontSet) -> _Memory:
    """The pieces remembered for a voice; a cache by value, so that a second text finds what a first one built."""
    shelf = _memories.setdefault(fonts, {})
    found = shelf.get((voice, gap))
    if found is None:
        found = shelf[voice, gap] = _Memory(voice, gap, fonts)
    return found


def shape(text: Text, fonts: FontSet, voices: Mapping[str, str], *, gap: float = GAP) -> Shaped:
    """`text` as pieces; `voices` says which typeface each voice is set in, `gap` the room between Han and Latin.

    Where lines may break does not depend on voices: a stressed number breaks as a plain one. Raises one GlyphError for
    all characters that no face has.
    """
    try:
        return _shaped(text, fonts, voices, gap)
    except GlyphError:
        for voice in dict.fromkeys(voices[run.voice] for run in text):
            fonts.require(voice, "".join(run.text for run in text if voices[run.voice] == voice))
        raise


def _shaped(text: Text, fonts: FontSet, voices: Mapping[str, str], gap: float) -> Shaped:
    string = "".join(run.text for run in text)
    used = {voices[run.voice] for run in text if run.text}
    if len(used) <= 1:
        memory = _memory(used.pop() if used else "song", gap, fonts)
        shaped = Shaped(list(map(memory.__getitem__, cut(string))), string, gap)
    else:
        shaped = Shaped(_of_many_voices(string, text, fonts, voices, gap), string, gap)
    start = 0
    for run in text:
        if run.fact:
            shaped.facts.append((start, start + len(run.text), run.fact))
        start += len(run.text)
    return shaped


def _of_many_voices(string: str, text: Text, fonts: FontSet, voices: Mapping[str, str], gap: float) -> list[Piece]:
    """Pieces of a text in several voices; one that spans two is built for this text alone."""
    sounds: list[str] = []
    for run in text:
        sounds += [voices[run.voice]] * len(run.text)
    pieces: list[Piece] = []
    start = 0
    for part in cut(string):
        own = sounds[start : start + len(part)]
        start += len(part)
        if len(set(own)) == 1:
            pieces.append(_memory(own[0], gap, fonts)[part])
        else:
            pieces.append(build(part, own, gap, fonts))
    return pieces


def build(text: str, voices: Sequence[str], gap: float, fonts: FontSet) -> Piece:
    """A piece set: faces chosen, marks of a run pulled together, words and numerals kept from spacing.

    `voices` has one entry a character.
    """
    found = list(cluster_text(text))
    kinds = [kind_of(cluster) for cluster in found]
    for i in range(1, len(found) - 1):
        if found[i] in "’‘" and kinds[i - 1] == kinds[i + 1] == "latin":
            kinds[i] = "latin"  # an apostrophe, not a Chinese quotation mark
    setting = _Setting(gap, fonts)
    at = 0
    for cluster, kind in zip(found, kinds, strict=True):
        setting.add(cluster, kind, voices[at])
        at += len(cluster)
    return setting.piece(text)


class _Setting:
    """Sets one piece from left to right."""

    def __init__(self, gap: float, fonts: FontSet) -> None:
        self.gap, self.fonts = gap, fonts
        self.parts: list[Glyphs | float] = []
        self.kinds: list[Kind] = []
        self.width = 0.0
        self.joints = 0
        self.open = 0.0
        self.white = 0.0  # white half at the right of what was set last
        self.blank = 0.0  # width of the blanks at the end

    def add(self, cluster: str, kind: Kind, voice: str) -> None:
        """Set one cluster."""
        if cluster in _INVISIBLE:
            return
        face = self.fonts.choose(voice, cluster)
        advance = self.fonts.face(face).advance(cluster)
        before = self._before(cluster, kind, face, advance)
        wide = kind == "latin" and advance >= FULL_WIDTH  # an apostrophe drawn for Chinese: only its ink is kept
        left, right = self._ink(face, cluster) if wide else (0.0, advance)
        if before or wide:
            self._room(before - max(left - _SIDE, 0.0))
        spaced = kind not in ("latin", "dash", "middle")
        self._glyph(face, cluster, spaced=spaced)
        self.width += advance
        self.kinds.append(kind)
        self._after(cluster, kind, face, advance)
        if wide:
            self._room(-max(advance - right - _SIDE, 0.0))

    def _before(self, cluster: str, kind: Kind, face: str, advance: float) -> float:
        """Room before a cluster: the gap beside Latin, the half a pair of marks saves, what centres a middle dot."""
        if not self.kinds:
            if kind == "open" and advance >= FULL_WIDTH and self._ink(face, cluster)[0] >= WHITE:
                self.open = HALF
            return (MIDDLE - advance) / 2 if kind == "middle" else 0.0
        last = self.kinds[-1]
        if {last, kind} == {"han", "latin"}:
            return self.gap
        if last == "space":
            return 0.0
        if kind in _MARKS and self.white:
            return -HALF
        if last == "open" and kind == "open" and self._ink(face, cluster)[0] >= WHITE:
            return -HALF
        return (MIDDLE - advance) / 2 if kind == "middle" else 0.0

    def _after(self, cluster: str, kind: Kind, face: str, advance: float) -> None:
        self.white = 0.0
        if kind in WHITE_AT_RIGHT and advance >= FULL_WIDTH and 1 - self._ink(face, cluster)[1] >= WHITE:
            self.white = HALF
        elif kind == "middle":
            self._room((MIDDLE - advance) / 2)
        self.blank = self.blank + advance if kind == "space" else 0.0

    def _ink(self, face: str, cluster: str) -> tuple[float, float]:
        return self.fonts.face(face).ink(cluster[0])

    def _room(self, room: float) -> None:
        if abs(room) > _HAIR:
            self.parts.append(room)
            self.width += room

    def _glyph(self, face: str, cluster: str, *, spaced: bool) -> None:
        """Append a glyph, to the run before it where face and spacing are the same."""
        self.joints += spaced
        last = self.parts[-1] if self.parts else None
        single = len(cluster) == 1
        if isinstance(last, Glyphs) and last.face == face and last.spaced == spaced:
            if single and isinstance(last.clusters, str):
                self.parts[-1] = Glyphs(face, last.clusters + cluster, spaced)
            else:
                self.parts[-1] = Glyphs(face, (*last.clusters, cluster), spaced)
        else:
            self.parts.append(Glyphs(face, cluster if single else (cluster,), spaced))

    def piece(self, text: str) -> Piece:
        """What was set, with its edges."""
        piece = Piece(text, Box(tuple(self.parts)), self.width, self.joints)
        if not self.kinds:
            return piece
        first, last = self.kinds[0], self.kinds[-1]
        piece.open = self.open
        piece.tail = self.white
        piece.trim = self.white or self.blank
        piece.last_tier = _TIER_OF.get(last, COMMAS)
        opens = "O" if self.open else "X"
        closes = "c" if self.white else "x"
        piece.code = (opens if first == "open" else _FIRSTS.get(first, "X")) + (
            closes if last in WHITE_AT_RIGHT else _LASTS.get(last, "x")
        )
        return piece


_WIDTH: Final = attrgetter("width")
_CODE: Final = attrgetter("code")
_JOINTS: Final = attrgetter("joints")
_HAIR: Final = 1e-6
_SIDE: Final = 0.04  # white a narrow mark keeps on each side
_INVISIBLE: Final = frozenset("\u200b\u2060")  # a place to break, and a place not to: nothing to draw
