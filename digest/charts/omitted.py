"""What stands in the place of a chart that could not be drawn: a frame that says so and tells its data in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from digest.charts.kit.words import wrapped
from digest.charts.theme import TEXT
from digest.drawing import GlyphRun, Path, Picture, rectangle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fonts import FontSet
    from digest.style import Style

_VOICE: Final = "hei"
_LINE: Final = 15.0
_INSET: Final = 10.0
_HAIRLINE: Final = 0.5


def omitted(reason: str, alt: str, style: Style, fonts: FontSet) -> Picture:
    """The note as a picture of the measure; its alternative text is that of the chart, after the reason."""
    said = f"本图未能画出：{reason}"
    words = [_printable(text, fonts) for text in (said, alt) if text]
    lines = [line for text in words for line in wrapped(text, TEXT, style.measure - 2 * _INSET)]
    height = 2 * _INSET + _LINE * len(lines)
    frame = rectangle(_HAIRLINE / 2, _HAIRLINE / 2, style.measure - _HAIRLINE, height - _HAIRLINE)
    runs = (
        run
        for number, line in enumerate(lines)
        for run in _runs(line, _INSET + _LINE * (number + 0.5) + TEXT * 0.37, fonts)
    )
    return Picture(
        style.measure, height, (Path(frame, stroke=style.palette.axis, width=_HAIRLINE), *runs), f"{said}。{alt}"
    )


def _runs(line: str, y: float, fonts: FontSet) -> Iterator[GlyphRun]:
    """A line as glyph runs, a new one wherever the face changes."""
    x = _INSET
    for face, characters in groupby(line, lambda character: fonts.choose(_VOICE, character)):
        text = "".join(characters)
        yield GlyphRun(round(x, 3), round(y, 3), face, TEXT, text)
        x += sum(map(fonts.face(face).advance, text)) * TEXT


def _printable(text: str, fonts: FontSet) -> str:
    """The text with a number for every character that no face has."""
    plain = " ".join(text.split())
    absent = fonts.missing(_VOICE, plain)
    return plain.translate({ord(character): f"U+{ord(character):04X}" for character in absent})
