"""Shaping: a text becomes clusters with faces, widths and the room between them (字形, 标点挤压, 中西间距).

Everything is in em of the type size. Han text widths are additive: a cluster's advance, plus what the pair with its
left neighbour adds (a quarter em between Han and Latin) or takes (half an em between two marks), plus what is cut at
a line's edges. So a paragraph is shaped once and any line of it is a difference of prefix sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from digest.errors import GlyphError
from digest.fonts import clusters as cluster_text
from digest.layout.classes import NEVER_ENDS_LINE, NEVER_STARTS_LINE, WHITE_AT_RIGHT, Kind, kind_of
from digest.layout.phrases import whole_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.fonts import FontSet
    from digest.story.blocks import Text

HALF: Final = 0.5
GAP: Final = 0.25  # Han beside Latin or digits (CLREQ: at most a quarter em)
GAP_LEAST: Final = 0.125  # what squeezing leaves of it
FULL_WIDTH: Final = 0.95  # a mark at least this wide has a white half to give
# Tiers in which a line gives way, in CLREQ's order: Latin word spaces, middle dots, brackets, commas, gaps, full stops.
TIERS: Final = ("space", "middle", "bracket", "comma", "gap", "stop")
TIER_OF: Final[dict[Kind, int]] = {"space": 0, "middle": 1, "open": 2, "close": 2, "comma": 3, "stop": 5}
TIER_GAP: Final = 4
_MARKS: Final[frozenset[Kind]] = frozenset({"open", "close", "stop", "comma"})
_SPACE_LEAST: Final = 0.25


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph as arrays of equal length, one entry a cluster, and prefix sums one longer.

    `lead[i]` is the room added before cluster i by its pair with i-1; `white[i]` the white half it still has to give;
    `widths`, `gives[tier]`, `gaps`, `joints` are prefix sums of width, squeezable room, Han-Latin gaps and places that
    may be stretched; `legal[i]` says whether a line may start at i.
    """

    clusters: tuple[str, ...]
    faces: tuple[str, ...]
    voices: tuple[str, ...]
    facts: tuple[str, ...]
    kinds: tuple[Kind, ...]
    advances: tuple[float, ...]
    lead: tuple[float, ...]
    white: tuple[float, ...]
    joint: tuple[bool, ...]
    widths: tuple[float, ...]
    gives: tuple[tuple[float, ...], ...]
    gaps: tuple[int, ...]
    joints: tuple[int, ...]
    legal: tuple[bool, ...]
    text: str

    def __len__(self) -> int:
        """Number of clusters."""
        return len(self.clusters)


def shape(text: Text, fonts: FontSet, voices: Mapping[str, str], *, gap: float = GAP) -> Shaped:
    """`text` as clusters; `voices` says which typeface each voice is set in, `gap` the room between Han and Latin."""
    pieces: list[str] = []
    sounds: list[str] = []
    facts: list[str] = []
    for run in text:
        found = cluster_text(run.text)
        pieces += found
        sounds += [voices[run.voice]] * len(found)
        facts += [run.fact] * len(found)
    kinds = [kind_of(piece) for piece in pieces]
    _quotes_in_latin(pieces, kinds)
    faces = _faces(pieces, sounds, fonts)
    advances = [fonts.face(face).advance(piece) for face, piece in zip(faces, pieces, strict=True)]
    lead, white = _pair(kinds, advances, gap)
    joint = [_stretches(kinds, pieces, i) for i in range(len(pieces))]
    string = "".join(pieces)
    return Shaped(
        clusters=tuple(pieces),
        faces=tuple(faces),
        voices=tuple(sounds),
        facts=tuple(facts),
        kinds=tuple(kinds),
        advances=tuple(advances),
        lead=tuple(lead),
        white=tuple(white),
        joint=tuple(joint),
        widths=(0.0, *accumulate(a + b for a, b in zip(advances, lead, strict=True))),
        gives=_gives(kinds, advances, lead, white),
        gaps=(0, *accumulate(int(room > 0) for room in lead)),
        joints=(0, *accumulate(int(yes) for yes in joint)),
        legal=_legal(pieces, string),
        text=string,
    )


def _faces(pieces: list[str], sounds: list[str], fonts: FontSet) -> list[str]:
    """The face of every cluster; one GlyphError names all characters of the text that no face has."""
    try:
        return [fonts.choose(sound, piece) for sound, piece in zip(sounds, pieces, strict=True)]
    except GlyphError:
        for voice in dict.fromkeys(sounds):
            fonts.require(voice, "".join(p for p, sound in zip(pieces, sounds, strict=True) if sound == voice))
        raise


def _quotes_in_latin(pieces: list[str], kinds: list[Kind]) -> None:
    """An apostrophe between Latin letters is Latin, not a Chinese closing quote."""
    for i in range(1, len(pieces) - 1):
        if pieces[i] == "’" and kinds[i - 1] == "latin" and kinds[i + 1] == "latin":
            kinds[i] = "latin"


def _pair(kinds: list[Kind], advances: list[float], gap: float) -> tuple[list[float], list[float]]:
    """What each pair adds or takes, and the white half every mark still holds afterwards."""
    count = len(kinds)
    lead = [0.0] * count
    white = [HALF if kinds[i] in _MARKS and advances[i] >= FULL_WIDTH else 0.0 for i in range(count)]
    for i in range(1, count):
        left, right = kinds[i - 1], kinds[i]
        if {left, right} == {"han", "latin"}:
            lead[i] = gap
        elif left in WHITE_AT_RIGHT and white[i - 1] and right in _MARKS:
            lead[i], white[i - 1] = -HALF, 0.0  # two marks in a row take one and a half em: the left one gives its half
        elif left == "open" and right == "open" and white[i]:
            lead[i], white[i] = -HALF, 0.0
    return lead, white


def _stretches(kinds: list[Kind], pieces: list[str], i: int) -> bool:
    """Whether the room before cluster i may be stretched: never inside Latin words, numerals, dashes and dots."""
    if i == 0:
        return False
    left, right = kinds[i - 1], kinds[i]
    if left == right and left in ("latin", "dash"):
        return False
    return not ("middle" in (left, right) or pieces[i - 1] in "–～/" or pieces[i] in "–～/")


def _gives(
    kinds: list[Kind], advances: list[float], lead: list[float], white: list[float]
) -> tuple[tuple[float, ...], ...]:
    """Prefix sums of the room each tier can give up."""
    rooms = [[0.0] * len(kinds) for _ in TIERS]
    for i, kind in enumerate(kinds):
        if kind == "space":
            rooms[0][i] = max(advances[i] - _SPACE_LEAST, 0.0)
        elif white[i]:
            rooms[TIER_OF[kind]][i] = white[i]
        if lead[i] > 0:
            rooms[TIER_GAP][i] += max(lead[i] - GAP_LEAST, 0.0)
    return tuple((0.0, *accumulate(room)) for room in rooms)


def _legal(pieces: list[str], string: str) -> tuple[bool, ...]:
    """Whether a line may start at each cluster (the last entry: after the end)."""
    count = len(pieces)
    legal = [True] * (count + 1)
    at = {offset: i for i, offset in enumerate((0, *accumulate(len(piece) for piece in pieces)))}
    for start, end in whole_spans(string):
        for offset in range(start + 1, end):
            if offset in at:
                legal[at[offset]] = False
    for i in range(1, count):
        if pieces[i][0] in NEVER_STARTS_LINE or pieces[i - 1][-1] in NEVER_ENDS_LINE or pieces[i][0] in " \u00a0":
            legal[i] = False
        elif pieces[i - 1][-1] in " \u200b" and pieces[i][0] not in NEVER_STARTS_LINE:
            legal[i] = True
    if count:
        legal[0] = False
    return tuple(legal)
