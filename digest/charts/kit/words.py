"""Words of charts: how much room they take, where they may be parted, and what Plotly must be given to print them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Widths of the Hei face in em, rounded up; a label may be given too much room, never too little.
_NARROW: Final = dict.fromkeys(".,:;'|!()[]ijlI", 0.4) | dict.fromkeys('"/-', 0.6)
_WIDE: Final = dict.fromkeys("mwMW%", 1.0) | {"@": 1.1}
_LATIN: Final = 0.66
_CAPITAL: Final = 0.8
_DIGIT: Final = 0.6
_OF_DATES: Final = "年季月日"
_CLOSING: Final = "，。、；：？！）》」』”’％%)]}"
_OPENING: Final = "（《「『“‘([{"


def text_width(text: str, size: float) -> float:
    """Room a text takes in the Hei face, in points, rounded up."""
    return sum(_em(character) for character in text) * size


def _em(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if character in _WIDE:
        return _WIDE[character]
    if not character.isascii():
        return 1.0
    if character.isdigit() or character == " ":
        return _DIGIT
    return _CAPITAL if character.isupper() or not character.isalpha() else _LATIN


def wrapped(text: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a label within `room` points, about equally long.

    Words and numbers stay whole, closing marks do not begin a line.
    """
    lines = _filled(text, size, room)
    narrower = room
    while len(lines) > 1 and narrower > room / 2:
        narrower -= size / 2
        tighter = _filled(text, size, narrower)
        if len(tighter) > len(lines) or max(text_width(line, size) for line in tighter) > room:
            break
        lines = tighter
    return lines


def _filled(text: str, size: float, room: float) -> tuple[str, ...]:
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and text_width(lines[-1] + piece, size) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(lines)


def _pieces(text: str) -> Iterable[str]:
    """What a line may end behind: a Han character, a word, a number, each with the marks that belong to it."""
    piece = ""
    for character in text:
        joins = piece and (
            character in _CLOSING
            or (character in _OF_DATES and piece[-1].isdigit())  # 2025年11月 is parted behind 年
            or piece[-1] in _OPENING
            or (character.isascii() and piece[-1].isascii() and not character.isspace() and not piece[-1].isspace())
        )
        if piece and not joins:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def lines_of(text: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a label within `room` points; a word that is wider alone is parted where the room ends."""
    lines: list[str] = []
    for line in wrapped(text, size, room):
        rest = line
        while text_width(rest, size) > room and len(rest) > 1:
            end = next(i for i in range(len(rest), 0, -1) if i == 1 or text_width(rest[:i], size) <= room)
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return tuple(lines)


def numbers_parted(words: str, lines: Sequence[str]) -> bool:
    """Whether a numeral in the words was parted between two of their lines."""
    numerals = "".join(c if c.isdigit() or c in ".,%/" else " " for c in words).split()
    return any(not any(numeral in line for line in lines) for numeral in numerals)


def widest(lines: Sequence[str], size: float) -> float:
    """Width of the widest of some lines, in points."""
    return max((text_width(line, size) for line in lines), default=0.0)


def escaped(text: str) -> str:
    """The text as Plotly must be given it to print every character: its own markup is written as entities.

    Plotly reads <b>, <br>, <a href>, &amp; and, where MathJax is loaded, $…$; templates read %{…}.
    """
    return "".join(_ENTITIES.get(character, character) for character in text)


_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "%": "&#37;", "\n": " ", "\r": " ", "\t": " "}
