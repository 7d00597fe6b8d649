"""Shaping: a text on one endless line (字形, 标点挤压, 中西间距).

Everything is in em of the type size. Han text is additive: the width of a line is the sum of its characters, plus what
neighbours add (a quarter em between Han and Latin) or take (half an em between two marks), less what is cut at its
edges. So a paragraph is shaped once, and any line of it is a difference of sums.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, islice, product
from operator import sub
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, proxy, ref

from digest.errors import GlyphError
from digest.layout.glyphs import INVISIBLE, glyph_of, glyph_string, is_joiner, joined, with_room
from digest.layout.phrases import stops, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.fonts import FontSet
    from digest.layout.classes import Kind
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
_MOST_TOKENS: Final = 200_000  # remembered of a voice; beyond that memory is worth more than time
SIDE: Final = 0.04  # white that a narrow mark keeps on each side
# Tiers in which a line gives way, in CLREQ's order: brackets, commas, gaps, full stops.
BRACKETS, COMMAS, GAPS, STOPS = range(4)

# What a glyph is to its neighbours, as one letter: h Han, g Han that is no em wide, 0 a digit, l other Latin (w as wide
# as Han, of which only the ink is kept), o an opener that is white at the left, k one that is not; b a bracket, c a
# comma, p a full stop that is white at the right, n a mark that is not; d dash, m middle dot, s blank, i nothing to
# draw, z what makes a cluster, x all else.
_LETTERS: Final[dict[Kind, str]] = {"dash": "d", "middle": "m", "space": "s", "other": "x"}
_WHITE_RIGHT: Final[dict[Kind, str]] = {"close": "b", "comma": "c", "stop": "p"}
TIER: Final = {"b": BRACKETS, "c": COMMAS, "p": STOPS}
# Where neighbours need a gap, or give up half an em, the first has the room behind it and a letter that tells it.
_GAPPED: Final = {"h": "H", "g": "G", "0": "1", "l": "L", "w": "W"}
GAPPED: Final = "".join(_GAPPED.values())
_PULLED: Final = {"b": "B", "c": "C", "p": "P", "o": "O", "k": "K"}
_GAPS: Final = tuple(
    (first + second, _GAPPED[first] + second)
    for han, latin in product("hg", "0lw")
    for first, second in ((han, latin), (latin, han))
)
_PAIRS: Final = tuple(
    (first + second, _PULLED[first] + second)
    for first in _PULLED
    for second in ("o" if first in "ok" else "okbcpn")
    for _ in range(1 + (first == second))  # of three alike, the second is not seen the first time
)
_STANDS: Final = "q"  # a mark that keeps its em, since no line may end behind it
GAP_BEHIND: Final = re.compile("[HG1LW]")
LONE: Final = re.compile("[bcp]")
_ROOM: Final = re.compile("[HG1LWBCPOK]")
_BLANKS: Final = re.compile("s+")
_NARROW: Final = re.compile("[mwW]")
_OWN_WIDTH: Final = re.compile("[gGlLwWkKndmsix]")  # others are as wide as all of their letter
_CLUSTERS: Final = re.compile("dd|z|l[obcpkn]l")  # long dashes, marks upon characters, apostrophes
_WORDS: Final = "hHgG01lLwW"
_UNSPACED: Final = "01lLwWdmi"
_SPACED: Final = {code: "01"[chr(code) not in _UNSPACED] for code in range(128)}


def gap_gives(gap: float) -> float:
    """What squeezing takes of a gap."""
    return max(gap - GAP_LEAST, 0.0)


class Shaped:
    """A paragraph on one endless line. Places in it are offsets of its glyphs, from 0 to their number.

    `string` is the text as a glyph string, `drawn` the same with the room that neighbours add or take behind glyphs,
    `kinds` has a letter for each. A line may end where `stops` has a 1. `widths` are prefix sums, room behind glyphs
    included, `ends` the sum of widths of a line that ends there: what stands behind its last glyph is not part of it,
    nor is the white of its last mark. `spaced` has a 1 for each glyph that takes spacing. `gap` is the room between
    Han and Latin. `voices` are (start, voice) of the stretches set in one, `facts` the (start, end, fact) spans that
    print a fact. `plain` says that `string` reads as it stands.
    """

    __slots__ = (
        "drawn",
        "ends",
        "facts",
        "gap",
        "kinds",
        "plain",
        "spaced",
        "stops",
        "string",
        "voices",
        "widths",
    )

    def __init__(self, string: str, kinds: str, letters: str, voices: Sequence[tuple[int, Voice]], gap: float) -> None:
        """Sum up widths, with what neighbours add and take."""
        self.string, self.stops, self.gap, self.plain = string, letters, gap, True
        self.voices = [(start, voice.name) for start, voice in voices]
        self.facts: list[tuple[int, int, str]] = []
        kinds = self.kinds = _met(kinds, letters, gap)
        room_of = dict.fromkeys(_GAPPED.values(), gap) | dict.fromkeys(_PULLED.values(), -HALF)
        rooms = {match.start(): room_of[match.group()] for match in _ROOM.finditer(kinds)}
        ems = _widths(string, kinds, voices, gap)
        if _NARROW.search(kinds):
            rooms = _narrowed(string, kinds, voices, rooms, ems)
        drawn: list[str] = []
        done = 0
        for place, room in rooms.items():
            drawn += (string[done:place], with_room[string[place], room])
            done = place + 1
        self.drawn = "".join(drawn) + string[done:]
        codes = kinds.encode()
        self.widths: list[float] = [0.0, *accumulate(ems)]
        trims = _table(dict.fromkeys(_GAPPED.values(), gap) | dict.fromkeys("bcp", HALF))
        self.ends: list[float] = [0.0, *map(sub, islice(self.widths, 1, None), map(trims.__getitem__, codes))]
        if "s" in kinds:
            for match in _BLANKS.finditer(kinds):
                self.ends[match.end()] = self.widths[match.start()]
        self.spaced = kinds.translate(_SPACED)

    def __len__(self) -> int:
        """Number of glyphs."""
        return len(self.string)

    def begin(self, start: int) -> float:
        """The prefix sum of widths at which a line that starts there begins: an opener's white is no part of it, but
        under the first line's indent it keeps its em.
        """
        begin = self.widths[start]
        return begin + HALF if start and self.kinds[start] in "oO" else begin

    def joints(self, start: int, end: int) -> int:
        """Between how many glyphs of a line its spacing goes."""
        return self.spaced.count("1", start, end) - 1

    def words(self, start: int, end: int) -> int:
        """How many of the glyphs are no marks."""
        return sum([self.kinds.count(letter, start, end) for letter in _WORDS])


def _met(kinds: str, letters: str, gap: float) -> str:
    """The letters of glyphs once they have met their neighbours."""
    for alone, met in _GAPS if gap else ():
        if alone in kinds:
            kinds = kinds.replace(alone, met)
    for alone, met in _PAIRS:
        if alone in kinds:
            kinds = kinds.replace(alone, met)
    held = letters.find("1", 1) - 1  # texts hang on what stands behind an enumerator, so its marks stay as they are
    if LONE.search(kinds, 0, held):
        kinds = LONE.sub(_STANDS, kinds[:held]) + kinds[held:]
    return kinds


def _table(values: Mapping[str, float]) -> list[float]:
    """Values by the codes of their letters."""
    return [values.get(chr(code), 0.0) for code in range(128)]


def _widths(string: str, kinds: str, voices: Sequence[tuple[int, Voice]], gap: float) -> list[float]:
    """The advance of every glyph in em, with the room behind it that its letter tells."""
    ems: list[float] = []
    ends = [*(start for start, _ in voices[1:]), len(string)]
    for (start, voice), end in zip(voices, ends, strict=True):
        part = kinds[start:end] if len(voices) > 1 else kinds
        ems += map(voice.table(gap).__getitem__, part.encode())
        found = _OWN_WIDTH.finditer(part) if not voice.uneven else re.finditer(".", part)
        for match in found:
            place = start + match.start()
            ems[place] += voice.advances[string[place]]
    return ems


def _narrowed(
    string: str, kinds: str, voices: Sequence[tuple[int, Voice]], rooms: dict[int, float], ems: list[float]
) -> dict[int, float]:
    """Room behind glyphs that also makes middle dots half an em wide, and Latin marks drawn for Chinese as wide as
    their ink; `ems` are told of it.
    """
    starts = [start for start, _ in voices]
    more = rooms.copy()
    for match in _NARROW.finditer(kinds):
        place = match.start()
        before, behind = voices[bisect_right(starts, place) - 1][1].sides(string[place])
        for there, room in ((place - 1, before), (place, behind)):
            if room and 0 <= there < len(string) - 1:
                more[there] = more.get(there, 0.0) + room
                ems[there] += room
    return dict(sorted(more.items()))


class Voice:
    """What one voice's characters measure and are, found when first asked for and remembered.

    `advances` maps a character of a glyph string to em, `letters` its code point to its letter, `kinds` a token to the
    letters of its characters. `uneven` are the characters met so far that are not as wide as others of their kind.
    """

    __slots__ = ("__weakref__", "_fonts", "_tables", "advances", "kinds", "letters", "name", "uneven")

    def __init__(self, name: str, fonts: FontSet) -> None:
        """Nothing is remembered yet."""
        self.name, self._fonts = name, ref(fonts)
        self.advances: dict[str, float] = _Advances(self)
        self.letters: dict[int, str] = _Letters(self)
        self.kinds: dict[str, str] = _TokenKinds(self)
        self.uneven: set[str] = set()
        self._tables: dict[float, list[float]] = {}

    @property
    def fonts(self) -> FontSet:
        """The faces; they outlive what is remembered of them, which must not keep them alive."""
        fonts = self._fonts()
        if fonts is None:
            message = "the faces of a voice are gone"
            raise ReferenceError(message)
        return fonts

    def table(self, gap: float) -> list[float]:
        """What a glyph takes, by the code of its letter, with the room behind it that the letter tells; the room alone
        where glyphs of one letter are not alike.
        """
        found = self._tables.get(gap)
        if found is None:
            one = 0.0 if self.uneven else 1.0
            digit = 0.0 if self.uneven else self.advances["0"]
            values = dict.fromkeys("hbcpoq", one) | dict.fromkeys("BCPO", one - HALF) | {"K": -HALF}
            values |= {"H": one + gap, "0": digit, "1": digit + gap} | dict.fromkeys("GLW", gap)
            found = self._tables[gap] = _table(values)
        return found

    def is_uneven(self, char: str) -> None:
        """Remember a mark that is nearly an em wide: from now on every glyph is measured by itself."""
        self.uneven.add(char)
        self._tables.clear()

    def measure(self, char: str) -> tuple[float, float, float]:
        """Advance of a character of a glyph string, and where its ink begins and ends."""
        cluster, _, _, own, _ = glyph_of(char)
        face = self.fonts.face(self.fonts.choose(self.name, cluster))
        return own or face.advance(cluster), *face.ink(cluster)

    def sides(self, char: str) -> tuple[float, float]:
        """Room before and behind a character that the line sets narrower or wider than its face draws it."""
        advance, left, right = self.measure(char)
        if glyph_of(char).kind == "middle":
            return (MIDDLE - advance) / 2, (MIDDLE - advance) / 2
        return -max(left - SIDE, 0.0), -max(advance - right - SIDE, 0.0)


class _Advances(dict[str, float]):
    """Character of a glyph string -> its advance in em."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = proxy(voice)

    def __missing__(self, char: str) -> float:
        advance = self[char] = 0.0 if char in INVISIBLE else self._voice.measure(char)[0]
        return advance


class _Letters(dict[int, str]):
    """Code point of a character of a glyph string -> its letter."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = proxy(voice)

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = self[code] = self._letter(char)
        if letter in "bcpo" and self._voice.advances[char] != 1:
            self._voice.is_uneven(char)
        return letter

    def _letter(self, char: str) -> str:
        kind = glyph_of(char).kind
        if char in INVISIBLE:
            return "i"
        if is_joiner(char):
            return "z"
        advance, left, right = self._voice.measure(char)
        full = advance >= FULL_WIDTH
        match kind:
            case "open":
                letter = "o" if full and left >= WHITE else "k"
            case "close" | "comma" | "stop":
                letter = _WHITE_RIGHT[kind] if full and 1 - right >= WHITE else "n"
            case "han":
                letter = "h" if advance == 1 else "g"
            case "latin":
                alike = char in "0123456789" and advance == self._voice.advances["0"]
                letter = "w" if full else "0" if alike else "l"
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


_voices: WeakKeyDictionary[FontSet, dict[str, Voice]] = WeakKeyDictionary()


def _voice(name: str, fonts: FontSet) -> Voice:
    """What is remembered of a voice; a cache by value, so that a second text finds what a first one measured."""
    known = _voices.setdefault(fonts, {})
    return known.get(name) or known.setdefault(name, Voice(name, fonts))


def shape(text: Text, fonts: FontSet, voices: Mapping[str, str], *, gap: float = GAP) -> Shaped:
    """`text` as one line; `voices` says which typeface each voice is set in, `gap` the room between Han and Latin.

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
    whole = "".join([run.text for run in text])
    found = tokens(whole)
    letters = stops(whole, found)
    names = [(run.text, voices[run.voice], run.fact) for run in text if run.text]
    used = {name for _, name, _ in names} or {"song"}
    if len(used) == 1:
        voice = _voice(used.pop(), fonts)
        kinds = "".join(map(voice.kinds.__getitem__, found))
        if not _CLUSTERS.search(kinds):
            shaped = Shaped(whole, kinds, letters, [(0, voice)], gap)
            shaped.facts = _facts((len(part), fact) for part, _, fact in names)
            return shaped
    strings = [(glyph_string(part), name, fact) for part, name, fact in names]
    string = "".join([part for part, _, _ in strings])
    if len(string) < len(whole):
        letters = joined([part for part, _, _ in names], letters)
    spans: list[tuple[int, Voice]] = []
    kinds, start = "", 0
    for part, name, _ in strings:
        voice = _voice(name, fonts)
        if not spans or spans[-1][1] is not voice:
            spans.append((start, voice))
        kinds += part.translate(voice.letters)
        start += len(part)
    shaped = Shaped(string, kinds, letters, spans, gap)
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
