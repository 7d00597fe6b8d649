"""Shaping: a text on one endless line (字形, 标点挤压, 中西间距).

Everything is in em of the type size. Han text is additive: the width of a line is the sum of its characters, plus what
neighbours add (a quarter em between Han and Latin) or take (half an em between two marks), less what is cut at its
edges. So a paragraph is shaped once, and any line of it is a difference of sums.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary, proxy, ref

from digest.errors import GlyphError
from digest.layout.glyphs import INVISIBLE, glyph_of, glyph_string, joined, with_room
from digest.layout.phrases import stops, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

# What a character is to its neighbours, as one letter: h Han, l Latin (L one as wide as Han, of which only the ink is
# kept), o an opener that is white at the left, k one that is not; b a bracket, c a comma, p a full stop that is white
# at the right, n a mark that is not; d dash, m middle dot, s blank, i nothing to draw, x all else.
_LETTERS: Final[dict[Kind, str]] = {"han": "h", "latin": "l", "dash": "d", "middle": "m", "space": "s", "other": "x"}
_WHITE_RIGHT: Final[dict[Kind, str]] = {"close": "b", "comma": "c", "stop": "p"}
TIER: Final = {"b": BRACKETS, "c": COMMAS, "p": STOPS}
_GAP: Final = re.compile("h(?=[lL])|[lL](?=h)")
_PAIR: Final = re.compile("[bcp](?=[okbcpn])|[ok](?=o)")
_LONE: Final = re.compile("[bcp](?![okbcpn])")
_BLANKS: Final = re.compile("s+")
_NARROW: Final = re.compile("[mL]")
_WHOLE: Final = "hokbcpn"  # letters of what is an em wide, but for what a voice calls uneven
_ALL: Final = "lLdmsix"
_NOT_WHOLE: Final = re.compile(f"[{_ALL}]")
_ONE_EM: Final = bytes.maketrans((_WHOLE + _ALL).encode(), bytes([1] * len(_WHOLE) + [0] * len(_ALL)))
_SPACED: Final = bytes.maketrans(b"hlLokbcpndmsix", bytes((1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1)))


class Shaped:
    """A paragraph on one endless line. Places in it are offsets of its glyphs, from 0 to their number.

    `string` is the text as a glyph string, `drawn` the same with the room that neighbours add or take behind glyphs,
    `kinds` has a letter for each. A line may end where `stops` has a 1. `widths` and `joints` (glyphs that take
    spacing) are prefix sums, `ends` the sum of widths of a line that ends there: its last mark or blank is trimmed.
    `lead` is the room before some places. A line gives way at `gaps` between Han and Latin, of which each gives
    `gap_gives`, and behind `lone` marks. `voices` are (start, voice) of the stretches set in one, `facts` the (start,
    end, fact) spans that print a fact. `plain` says that `string` reads as it stands.
    """

    __slots__ = (
        "drawn",
        "ends",
        "facts",
        "gap_gives",
        "gaps",
        "joints",
        "kinds",
        "lead",
        "lone",
        "plain",
        "stops",
        "string",
        "voices",
        "widths",
    )

    def __init__(self, string: str, kinds: str, letters: str, voices: Sequence[tuple[int, Voice]], gap: float) -> None:
        """Sum up widths and joints, and what neighbours add, take and may give."""
        self.string, self.kinds, self.stops = string, kinds, letters
        self.voices = [(start, voice.name) for start, voice in voices]
        self.facts: list[tuple[int, int, str]] = []
        self.plain = True
        ems = _advances(string, kinds, voices)
        pairs = [match.end() for match in _PAIR.finditer(kinds)]
        gaps = [match.end() for match in _GAP.finditer(kinds)] if gap else []
        lead = dict.fromkeys(pairs, -HALF)
        lead.update(dict.fromkeys(gaps, gap))
        if "m" in kinds or "L" in kinds:
            _narrow(string, kinds, lead, voices)
        drawn: list[str] = []
        done = 0
        for place in sorted(lead):
            room = lead[place]
            ems[place] += room
            drawn += (string[done : place - 1], with_room[string[place - 1], room])
            done = place
        drawn.append(string[done:])
        self.drawn = "".join(drawn)
        # a mark inside what no line parts stays as it is: texts hang on what stands behind an enumerator
        self.lone = [place for match in _LONE.finditer(kinds) if letters[place := match.end()] == "1"]
        self.widths: list[float] = [0.0, *accumulate(ems)]
        self.ends = self.widths.copy()
        for place in self.lone:
            self.ends[place] -= HALF
        for place in pairs:
            if kinds[place - 1] in TIER:
                self.ends[place] -= HALF
        if "s" in kinds:
            for match in _BLANKS.finditer(kinds):
                self.ends[match.end()] = self.widths[match.start()]
        self.gaps, self.gap_gives, self.lead = gaps, max(gap - GAP_LEAST, 0.0), lead
        self.joints: list[int] = [0, *accumulate(kinds.encode().translate(_SPACED))]

    def __len__(self) -> int:
        """Number of glyphs."""
        return len(self.string)

    def begin(self, start: int) -> float:
        """The prefix sum of widths at which a line that starts there begins: what leads to it and an opener's white
        are not part of it. Under the first line's indent an opener keeps its em.
        """
        if not start:
            return 0.0
        begin = self.widths[start] + self.lead.get(start, 0.0)
        return begin + HALF if self.kinds[start] == "o" else begin


def _advances(string: str, kinds: str, voices: Sequence[tuple[int, Voice]]) -> list[float]:
    """The advance of every glyph in em."""
    if len(voices) > 1 or not voices[0][1].uneven.isdisjoint(string):
        ends = [*(start for start, _ in voices[1:]), len(string)]
        return [
            em
            for (start, voice), end in zip(voices, ends, strict=True)
            for em in map(voice.advances.__getitem__, string[start:end])
        ]
    ems: list[float] = list(kinds.encode().translate(_ONE_EM))
    advances = voices[0][1].advances
    for match in _NOT_WHOLE.finditer(kinds):
        place = match.start()
        ems[place] = advances[string[place]]
    return ems


def _narrow(string: str, kinds: str, lead: dict[int, float], voices: Sequence[tuple[int, Voice]]) -> None:
    """Room that makes middle dots half an em wide, and Latin marks drawn for Chinese as wide as their ink."""
    starts = [start for start, _ in voices]
    for match in _NARROW.finditer(kinds):
        place = match.start()
        voice = voices[bisect_right(starts, place) - 1][1]
        before, behind = voice.sides(string[place])
        for there, room in ((place, before), (place + 1, behind)):
            if room and 0 < there < len(string):
                lead[there] = lead.get(there, 0.0) + room


class Voice:
    """What one voice's characters measure and are, found when first asked for and remembered.

    `advances` maps a character of a glyph string to em, `letters` its code point to its letter, `kinds` a token to the
    letters of its characters. `uneven` are the characters met so far that are not as wide as others of their kind.
    """

    __slots__ = ("__weakref__", "_fonts", "advances", "kinds", "letters", "name", "uneven")

    def __init__(self, name: str, fonts: FontSet) -> None:
        """Nothing is remembered yet."""
        self.name, self._fonts = name, ref(fonts)
        self.advances: dict[str, float] = _Advances(self)
        self.letters: dict[int, str] = _Letters(self)
        self.kinds: dict[str, str] = _TokenKinds(self)
        self.uneven: set[str] = set()

    @property
    def fonts(self) -> FontSet:
        """The faces; they outlive what is remembered of them, which must not keep them alive."""
        fonts = self._fonts()
        if fonts is None:
            message = "the faces of a voice are gone"
            raise ReferenceError(message)
        return fonts

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
        if letter in _WHOLE and self._voice.advances[char] != 1:
            self._voice.uneven.add(char)
        return letter

    def _letter(self, char: str) -> str:
        kind = glyph_of(char).kind
        if char in INVISIBLE:
            return "i"
        advance, left, right = self._voice.measure(char)
        full = advance >= FULL_WIDTH
        if kind == "open":
            return "o" if full and left >= WHITE else "k"
        if kind in _WHITE_RIGHT:
            return _WHITE_RIGHT[kind] if full and 1 - right >= WHITE else "n"
        return "L" if kind == "latin" and full else _LETTERS[kind]


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
    strings = [glyph_string(run.text) for run in text]
    string = "".join(strings)
    spans: list[tuple[int, Voice]] = []
    facts: list[tuple[int, int, str]] = []
    start = 0
    for run, part in zip(text, strings, strict=True):
        name = voices[run.voice]
        if part and (not spans or spans[-1][1].name != name):
            spans.append((start, _voice(name, fonts)))
        end = start + len(part)
        if run.fact:
            facts.append((start, end, run.fact))
        start = end
    if len(spans) == 1 and string == whole:
        kinds = "".join(map(spans[0][1].kinds.__getitem__, found))
    else:
        if len(string) < len(whole):
            letters = joined([run.text for run in text], letters)
        spans = spans or [(0, _voice("song", fonts))]
        ends = [*(start for start, _ in spans[1:]), len(string)]
        kinds = "".join(
            string[start:end].translate(voice.letters) for (start, voice), end in zip(spans, ends, strict=True)
        )
    shaped = Shaped(string, kinds, letters, spans, gap)
    shaped.facts, shaped.plain = facts, string == whole
    return shaped
