"""Shaping: a text on one endless line (字形, 标点挤压, 中西间距).

Everything is in em of the type size. Han text is additive: the width of a line is the sum of its characters, plus what
neighbours add (a quarter em between Han and Latin) or take (half an em between two marks), less what is cut at its
edges. So a paragraph is shaped once, and any line of it is a difference of sums.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary, proxy, ref

from digest.errors import GlyphError
from digest.layout.glyphs import (
    INVISIBLE,
    glyph_of,
    glyph_string,
    has_apostrophe,
    is_joiner,
    joined,
    with_dashes,
    with_room,
)
from digest.layout.phrases import stops, tokens
from digest.layout.words import inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.fonts import Face, FontSet
    from digest.layout.classes import Kind
    from digest.story.blocks import Text

HALF: Final = 0.5
GAP: Final = 0.25  # Han beside Latin or digits (CLREQ: at most a quarter em)
GAP_LEAST: Final = 0.125  # what squeezing leaves of it
# Of its white half a lone mark gives up this much and stays a mark; crushed ones look like errors.
MARK_LEAST: Final = 0.24
MIDDLE: Final = 0.5  # · is half an em wide (GB/T 15834)
FULL_WIDTH: Final = 0.95  # a mark at least this wide has a white half to give
WHITE: Final = 0.44  # so much of an em must be white on a side, by the ink of the face in use
_MOST_TOKENS: Final = 200_000  # remembered of a voice; beyond that memory is worth more than time
SIDE: Final = 0.04  # white that a narrow mark keeps on each side
# Tiers in which a line gives way, in CLREQ's order: brackets, commas, gaps, full stops.
BRACKETS, COMMAS, GAPS, STOPS = range(4)

# What a glyph is to its neighbours, as one letter: h Han, l Latin (w as wide as Han, of which only the ink is kept),
# o an opener that is white at the left, k one that is not; b a bracket, c a comma, p a full stop that is white at the
# right, n a mark that is not; d dash, m middle dot, s blank, i nothing to draw, z what makes a cluster, x all else.
_LETTERS: Final[dict[Kind, str]] = {"dash": "d", "middle": "m", "space": "s", "other": "x"}
_WHITE_RIGHT: Final[dict[Kind, str]] = {"close": "b", "comma": "c", "stop": "p"}
TIER: Final = {"b": BRACKETS, "c": COMMAS, "p": STOPS}
# Where neighbours need a gap, or give up half an em, the first has the room behind it, and its letter is a capital.
GAPPED: Final = "HLW"
_PAIR: Final = "[bcp](?=[okbcpn])|[ok](?=o)"
_PAIRS: Final = re.compile(_PAIR)
_PAIRS_AND_GAPS: Final = re.compile(f"h(?=[lw])|[lw](?=h)|{_PAIR}")
_STACKED: Final = re.compile("(?<![？！])[？！]{2}(?![？！])")  # two take one em, three take two (GB/T 15834, 5.1)
_HALVED: Final = "K"  # half an em wide, in a line and at its end
_STANDS: Final = "q"  # a mark that keeps its em, since no line may end behind it
GAP_BEHIND: Final = re.compile(f"[{GAPPED}]")
LONE: Final = "bcp"
LONE_MARKS: Final = re.compile(f"[{LONE}]")
_EDGES: Final = re.compile("[HLWBCPOKbcp]")  # what has room behind it, or is white at a line's end
_BLANKS: Final = re.compile("s+")
_NARROW: Final = re.compile("[mwW]")
_WORDS: Final = "hHlLwW"
_UNSPACED: Final = "lwdmi"
# For each glyph: 0 where the line's spacing does not go behind it, 2 a lone mark, 1 a gap.
_SPACED: Final = {code: "01"[chr(code) not in _UNSPACED] for code in range(128)}
_GIVES: Final = {code: "2" if chr(code) in "bcp" else "1" if chr(code) in GAPPED else "0" for code in range(128)}


def gap_gives(gap: float) -> float:
    """What squeezing takes of a gap."""
    return max(gap - GAP_LEAST, 0.0)


class Shaped:
    """A paragraph on one endless line. Places in it are offsets of its glyphs, from 0 to their number.

    `string` is the text as a glyph string, `drawn` the same with the room that neighbours add or take behind glyphs,
    `kinds` has a letter for each. A line may end where `stops` has a 1. `widths` are prefix sums, room behind glyphs
    included, `ends` the sum of widths of a line that ends there: the room behind its last glyph is no part of it, nor
    is the white of its last mark, nor are blanks. `gap` is the room between Han and Latin; `indented` says that the
    first line has an indent. `voices` are (start, voice) of the stretches set in one, `facts` the (start, end, fact)
    spans that print a fact, `terms` the places inside a term. `plain` says that `string` reads as it stands.
    """

    __slots__ = (
        "_gives",
        "_spaced",
        "drawn",
        "ends",
        "facts",
        "gap",
        "indented",
        "kinds",
        "plain",
        "stops",
        "string",
        "terms",
        "voices",
        "widths",
    )

    def __init__(self, set_in: _Setting, string: str, kinds: str, letters: str, ems: list[float]) -> None:
        """`ems` are the advances of the glyphs; what neighbours add and take is added here."""
        gap = set_in.gap
        self.string, self.stops, self.gap, self.plain = string, letters, gap, True
        self.voices = [(start, voice.name) for start, voice in set_in.voices]
        self.indented = False
        self.facts: list[tuple[int, int, str]] = []
        self.terms: frozenset[int] = frozenset()
        kinds = self.kinds = _met(kinds, letters, gap)
        if _STACKED.search(string):
            kinds = self.kinds = _stacked(string, kinds)
        rooms: dict[int, float] = {}
        trims: list[tuple[int, float]] = []
        for match in _EDGES.finditer(kinds):
            letter, place = match.group(), match.end()
            if letter in LONE:
                trims.append((place, HALF))
            elif letter in GAPPED:
                rooms[place - 1] = gap
                trims.append((place, gap))
            else:
                rooms[place - 1] = -HALF
        if "m" in kinds or "w" in kinds or "W" in kinds:
            rooms = _narrowed(string, kinds, set_in.voices, rooms)
        drawn: list[str] = []
        done = 0
        for place, room in rooms.items():
            ems[place] += room
            drawn += (string[done:place], with_room[string[place], room])
            done = place + 1
        self.drawn = "".join(drawn) + string[done:]
        self.widths: list[float] = [0.0, *accumulate(ems)]
        self.ends = self.widths.copy()
        for place, trim in trims:
            self.ends[place] -= trim
        for match in _BLANKS.finditer(kinds) if "s" in kinds else ():
            self.ends[match.end()] = self.widths[match.start()]
        self._spaced, self._gives = kinds.translate(_SPACED), kinds.translate(_GIVES)

    def __len__(self) -> int:
        """Number of glyphs."""
        return len(self.string)

    def begin(self, start: int) -> float:
        """The prefix sum of widths at which a line that starts there begins: an opener's white is no part of it."""
        return self.widths[start] + self.opening(start)

    def opening(self, start: int) -> float:
        """The white that an opener gives up where it starts a line; a text that is not indented keeps its first."""
        return HALF if (start or self.indented) and self.kinds[start] in "oO" else 0.0

    def joints(self, start: int, end: int) -> int:
        """Behind how many glyphs of a line its spacing goes: not behind the last that is no blank, nor inside words."""
        last = end - 1
        while last > start and self.kinds[last] == "s":
            last -= 1
        return last - start - self._spaced.count("0", start, last)

    def most(self, start: int, end: int) -> float:
        """What squeezing can take of a line at the most."""
        marks, gaps = self._gives.count("2", start, end - 1), self._gives.count("1", start, end - 1)
        return marks * MARK_LEAST + gaps * gap_gives(self.gap)

    def spaced(self, start: int, end: int) -> int:
        """How many of the glyphs have the line's spacing behind them."""
        return end - start - self._spaced.count("0", start, end)

    def words(self, start: int, end: int) -> int:
        """How many of the glyphs are no marks."""
        return sum([self.kinds.count(letter, start, end) for letter in _WORDS])


def _stacked(string: str, kinds: str) -> str:
    """The letters once the second of two stacked marks has given up its white for good."""
    for match in _STACKED.finditer(string):
        last = match.end() - 1
        if kinds[last - 1] == "P" and kinds[last] in "pP":
            kinds = f"{kinds[:last]}{_HALVED}{kinds[last + 1 :]}"
    return kinds


def _capital(match: re.Match[str]) -> str:
    return match.group().upper()


class _Setting(NamedTuple):
    """What a text is set in: voices from offsets on, and the gap between Han and Latin."""

    voices: Sequence[tuple[int, Voice]]
    gap: float


def _narrowed(
    string: str, kinds: str, voices: Sequence[tuple[int, Voice]], rooms: dict[int, float]
) -> dict[int, float]:
    """Room behind glyphs, that included which makes middle dots half an em wide, and Latin marks drawn for Chinese as
    wide as their ink.
    """
    starts = [start for start, _ in voices]
    for match in _NARROW.finditer(kinds):
        place = match.start()
        before, behind = voices[bisect_right(starts, place) - 1][1].sides(string[place])
        for there, room in ((place - 1, before), (place, behind)):
            if room and 0 <= there < len(string) - 1 and kinds[there] != "i":
                rooms[there] = rooms.get(there, 0.0) + room
    return dict(sorted(rooms.items()))


def _met(kinds: str, letters: str, gap: float) -> str:
    """The letters of glyphs once they have met their neighbours."""
    kinds = (_PAIRS_AND_GAPS if gap else _PAIRS).sub(_capital, kinds)
    held = letters.find("1", 1) - 1  # texts hang on what stands behind an enumerator, so its marks stay as they are
    if LONE_MARKS.search(kinds, 0, held):
        kinds = LONE_MARKS.sub(_STANDS, kinds[:held]) + kinds[held:]
    return kinds


class Voice:
    """What one voice's characters measure and are, found when first asked for and remembered.

    `advances` maps a character of a glyph string to em, `letters` its code point to its letter. For the tokens of texts
    `kinds` has the letters of their characters and `ems` the advances.
    """

    __slots__ = ("__weakref__", "_fonts", "advances", "ems", "kinds", "letters", "name")

    def __init__(self, name: str, fonts: FontSet) -> None:
        """Nothing is remembered yet."""
        self.name = name
        self._fonts = ref(fonts)  # what is remembered of faces must not keep them alive
        self.advances: dict[str, float] = _Advances(self)
        self.letters: dict[int, str] = _Letters(self)
        self.kinds: dict[str, str] = _TokenKinds(self)
        self.ems: dict[str, tuple[float, ...]] = _TokenEms(self.advances)

    def advance(self, char: str) -> float:
        """Advance of a character of a glyph string in em."""
        glyph = glyph_of(char)
        return glyph.advance or self._face(glyph.cluster).advance(glyph.cluster)

    def ink(self, char: str) -> tuple[float, float]:
        """Where its ink begins and ends, in em from its origin."""
        cluster = glyph_of(char).cluster
        return self._face(cluster).ink(cluster)

    def _face(self, cluster: str) -> Face:
        fonts = self._fonts()
        if fonts is None:
            message = "the faces of a voice are gone"
            raise ReferenceError(message)
        return fonts.face(fonts.choose(self.name, cluster))

    def sides(self, char: str) -> tuple[float, float]:
        """Room before and behind a character that the line sets narrower or wider than its face draws it."""
        advance = self.advances[char]
        if glyph_of(char).kind == "middle":
            return (MIDDLE - advance) / 2, (MIDDLE - advance) / 2
        left, right = self.ink(char)
        return -max(left - SIDE, 0.0), -max(advance - right - SIDE, 0.0)


class _Advances(dict[str, float]):
    """Character of a glyph string -> its advance in em."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = proxy(voice)

    def __missing__(self, char: str) -> float:
        advance = self[char] = 0.0 if char in INVISIBLE else self._voice.advance(char)
        return advance


class _Letters(dict[int, str]):
    """Code point of a character of a glyph string -> its letter."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = proxy(voice)

    def __missing__(self, code: int) -> str:
        letter = self[code] = self._letter(chr(code))
        return letter

    def _letter(self, char: str) -> str:
        kind = glyph_of(char).kind
        if char in INVISIBLE:
            return "i"
        if is_joiner(char):
            return "z"
        full = self._voice.advances[char] >= FULL_WIDTH
        match kind:
            case "open":
                letter = "o" if full and self._voice.ink(char)[0] >= WHITE else "k"
            case "close" | "comma" | "stop":
                letter = _WHITE_RIGHT[kind] if full and 1 - self._voice.ink(char)[1] >= WHITE else "n"
            case "han":
                letter = "h"
            case "latin":
                letter = "w" if full else "l"
            case _:
                letter = _LETTERS[kind]
        return letter


class _TokenKinds(dict[str, str]):
    """Token -> the letters of its characters."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = proxy(voice)

    def __missing__(self, token: str) -> str:
        if len(self) > _MOST_TOKENS:
            self.clear()
        kinds = self[token] = token.translate(self._voice.letters)
        return kinds


class _TokenEms(dict[str, tuple[float, ...]]):
    """Token -> the advances of its characters."""

    def __init__(self, advances: dict[str, float]) -> None:
        super().__init__()
        self._advances = advances

    def __missing__(self, token: str) -> tuple[float, ...]:
        if len(self) > _MOST_TOKENS:
            self.clear()
        ems = self[token] = tuple(map(self._advances.__getitem__, with_dashes(token)))
        return ems


_voices: WeakKeyDictionary[FontSet, dict[str, Voice]] = WeakKeyDictionary()


def _voice(name: str, fonts: FontSet) -> Voice:
    """What is remembered of a voice; a cache by value, so that a second text finds what a first one measured."""
    known = _voices.setdefault(fonts, {})
    return known.get(name) or known.setdefault(name, Voice(name, fonts))


def shape(
    text: Text,
    fonts: FontSet,
    voices: Mapping[str, str],
    *,
    gap: float = GAP,
    terms: tuple[str, ...] = (),
    indented: bool = False,
) -> Shaped:
    """`text` as one line; `voices` says which typeface each voice is set in, `gap` the room between Han and Latin;
    `terms` are words that lines keep whole where they can, `indented` says that the first line has an indent.

    Where lines may break does not depend on voices: a stressed number breaks as a plain one. Raises one GlyphError for
    all characters that no face has.
    """
    try:
        shaped = _shaped(text, fonts, voices, gap)
    except GlyphError:
        for voice in dict.fromkeys(voices[run.voice] for run in text):
            fonts.require(voice, "".join(run.text for run in text if voices[run.voice] == voice))
        raise
    shaped.indented = indented
    shaped.terms = inside(shaped.string, terms) if terms else frozenset()
    return shaped


def _shaped(text: Text, fonts: FontSet, voices: Mapping[str, str], gap: float) -> Shaped:
    whole = "".join([run.text for run in text])
    found = tokens(whole)
    letters = stops(whole, found)
    names = [(run.text, voices[run.voice], run.fact) for run in text if run.text]
    used = {name for _, name, _ in names} or {"song"}
    if len(used) == 1:
        voice = _voice(used.pop(), fonts)
        kinds = "".join(map(voice.kinds.__getitem__, found))
        if "z" not in kinds and not has_apostrophe(whole):
            string = with_dashes(whole)
            ems = list(chain.from_iterable(map(voice.ems.__getitem__, found)))
            shaped = Shaped(_Setting([(0, voice)], gap), string, kinds, letters, ems)
            shaped.facts, shaped.plain = _facts((len(part), fact) for part, _, fact in names), string is whole
            return shaped
    strings = [(glyph_string(part), name, fact) for part, name, fact in names]
    string = "".join([part for part, _, _ in strings])
    if len(string) < len(whole):
        letters = joined([part for part, _, _ in names], letters)
    spans: list[tuple[int, Voice]] = []
    kinds, start, ems = "", 0, []
    for part, name, _ in strings:
        voice = _voice(name, fonts)
        if not spans or spans[-1][1] is not voice:
            spans.append((start, voice))
        kinds += part.translate(voice.letters)
        ems += map(voice.advances.__getitem__, part)
        start += len(part)
    shaped = Shaped(_Setting(spans, gap), string, kinds, letters, ems)
    shaped.facts, shaped.plain = _facts((len(part), fact) for part, _, fact in strings), string == whole
    return shaped


def _facts(parts: Iterable[tuple[int, str]]) -> list[tuple[int, int, str]]:
    """Where parts of these lengths begin and end that print a fact."""
    found, start = [], 0
    for length, fact in parts:
        if fact:
            found.append((start, start + length, fact))
        start += length
    return found
