"""Glyph strings: texts in which every character is one glyph, so that offsets, widths and codes go together (字形串).

Almost every text is one. Where it is not, a private character stands in: for a character with its combining marks or
variation selectors, for each half of a long dash (one glyph draws both, the second is blank), for an apostrophe, which
is no quotation mark; and, in what is drawn, for a glyph with the room that always stands behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.fonts import MARKS
from digest.layout.classes import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.drawing import TextLine
    from digest.fonts import FontSet

INVISIBLE: Final = frozenset("\u200b\u2060")
"""A place to break, and a place not to: nothing to draw."""
_DASH: Final = "——"
_WORD: Final = "A-Za-z0-9À-ɏ"
_SPECIAL: Final = re.compile(f"[—’‘{MARKS}]")
_APOSTROPHE: Final = re.compile(f"(?<=[{_WORD}])[’‘](?=[{_WORD}])")
_CLUSTER: Final = re.compile(f"{_DASH}|{_APOSTROPHE.pattern}|.[{MARKS}]+", re.DOTALL)
_JOINER: Final = re.compile(f"[{MARKS}]")
_FIRST: Final = 0x100000  # the last private plane; what a text brings from there has no glyph anyhow
_MOST: Final = 0x10FFFD - _FIRST


class Glyph(NamedTuple):
    """What one character of a glyph string draws: the cluster a face knows it by, what it reads as, its class, its
    advance in em where that is not the face's (0 for the face's), and the room behind it in em.
    """

    cluster: str
    reads: str
    kind: Kind
    advance: float = 0.0
    room: float = 0.0


_HALVES: Final = (Glyph(_DASH, "—", "dash", 1.0), Glyph("\u3000", "—", "dash", 1.0))
_glyphs: Final[dict[str, Glyph]] = {}
_stand_ins: Final[dict[Glyph, str]] = {}


def glyph_string(text: str) -> str:
    """`text` with a character for every glyph."""
    return text if _SPECIAL.search(text) is None else _CLUSTER.sub(_stand_in, text)


def has_apostrophe(text: str) -> bool:
    """Whether a quotation mark of a text is an apostrophe."""
    return ("’" in text or "‘" in text) and _APOSTROPHE.search(text) is not None


def with_dashes(text: str) -> str:
    """`text` with a character for each half of a long dash; the same text where there is none."""
    return text.replace(_DASH, "".join(map(_private, _HALVES))) if _DASH in text else text


def is_joiner(char: str) -> bool:
    """Whether a character is one glyph with the one before it."""
    return _JOINER.match(char) is not None


def joined(texts: Sequence[str], letters: str) -> str:
    """The letters of texts that have one for every character, less those that no glyph of theirs is for."""
    kept: list[str] = []
    start = 0
    for text in texts:
        end = start
        for match in _CLUSTER.finditer(text):
            if match.group() != _DASH:
                kept.append(letters[end : start + match.start() + 1])
                end = start + match.end()
        start += len(text)
        kept.append(letters[end:start])
    return "".join(kept) + letters[start:]


def glyph_of(char: str) -> Glyph:
    """What a character of a glyph string draws."""
    return _glyphs.get(char) or Glyph(char, char, kind_of(char))


class _WithRoom(dict[tuple[str, float], str]):
    """Character of a glyph string, room behind it in em -> the character that stands for both."""

    def __missing__(self, key: tuple[str, float]) -> str:
        char, room = key
        glyph = glyph_of(char)
        found = self[key] = _private(glyph._replace(room=glyph.room + room))
        return found


with_room: Final = _WithRoom()


def takes_spacing(char: str) -> bool:
    """Whether a line's spacing goes behind a glyph: not inside words, numerals, dashes, nor beside a middle dot, but
    into the gap behind a word, so that it is as wide as the one before it.
    """
    glyph = glyph_of(char)
    if glyph.kind == "latin":
        return glyph.room > 0
    return char not in INVISIBLE and glyph.kind not in ("dash", "middle")


class Placed(NamedTuple):
    """A glyph of a set line: what it draws, its face, its origin and advance in points, whether it takes spacing."""

    glyph: Glyph
    face: str
    x: float
    advance: float
    spaced: bool


def placed(line: TextLine, fonts: FontSet) -> Iterator[Placed]:
    """The glyphs of a set line, from left to right."""
    x = line.x
    for part in line.parts:
        if isinstance(part, float):
            x += part * line.size
            continue
        voice, string = (line.voice, part) if isinstance(part, str) else part
        for char in string:
            if char in INVISIBLE:
                continue
            glyph = glyph_of(char)
            face = fonts.choose(voice, glyph.cluster)
            advance = (glyph.advance or fonts.face(face).advance(glyph.cluster)) * line.size
            spaced = takes_spacing(char)
            yield Placed(glyph, face, x, advance, spaced)
            x += advance + glyph.room * line.size + (line.spacing if spaced else 0.0)


def reads(string: str) -> str:
    """What a glyph string reads as."""
    if _glyphs.keys().isdisjoint(string):
        return string
    return "".join([_glyphs[char].reads if char in _glyphs else char for char in string])


def _stand_in(match: re.Match[str]) -> str:
    cluster = match.group()
    if cluster == _DASH:
        return "".join(map(_private, _HALVES))
    kind: Kind = "latin" if cluster in "’‘" else kind_of(cluster)
    return _private(Glyph(cluster, cluster, kind))


def _private(glyph: Glyph) -> str:
    """The character that stands for a glyph; the same for as long as the process lives."""
    found = _stand_ins.get(glyph)
    if found is None:
        if len(_stand_ins) >= _MOST:
            message = f"more than {_MOST} different clusters"
            raise OverflowError(message)
        found = _stand_ins[glyph] = chr(_FIRST + len(_stand_ins))
        _glyphs[found] = glyph
    return found
