"""Grey print (灰度打印): what is left of a colour, whether two can be told apart by it, and marks without any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Color, GlyphRun, Group, Path, TextLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.drawing import Mark

APART: Final = 18.0
"""L* that two greys side by side must differ by."""


def lightness(color: Color) -> float:
    """L* of a colour of sRGB on white paper (CIE 1976): 0 is black, 100 is paper."""
    over_paper = (1 - color.alpha * (1 - part) for part in (color.red, color.green, color.blue))
    light = _luminance(*over_paper)
    return light * (29 / 3) ** 3 if light <= _DARK else float(116 * light ** (1 / 3) - 16)


def told_apart(one: float, other: float) -> bool:
    """Whether two areas of that lightness can be told apart."""
    return abs(one - other) >= APART


def grey_of(color: Color) -> Color:
    """The grey that is as light, as opaque as the colour."""
    light = _luminance(color.red, color.green, color.blue)
    value = 12.92 * light if light <= _FOOT / 12.92 else 1.055 * light ** (1 / _GAMMA) - 0.055
    value = round(min(value, 1.0), 5)
    return Color(value, value, value, color.alpha)


def grey_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The same marks without colour; images of pixels and pages of other files stay as they are."""
    return tuple(_grey_mark(mark) for mark in marks)


def _grey_mark(mark: Mark) -> Mark:
    match mark:
        case GlyphRun():
            return replace(mark, color=grey_of(mark.color))
        case TextLine():
            return mark._replace(color=grey_of(mark.color))
        case Path():
            fill, stroke = (color and grey_of(color) for color in (mark.fill, mark.stroke))
            return replace(mark, fill=fill, stroke=stroke)
        case Group():
            return replace(mark, marks=grey_marks(mark.marks))
        case _:
            return mark


def _luminance(red: float, green: float, blue: float) -> float:
    """Of sRGB (ITU-R BT.709): 0 is black, 1 is white."""
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= _FOOT else ((part + 0.055) / 1.055) ** _GAMMA


_FOOT: Final = 0.04045  # up to here sRGB is a straight line (IEC 61966-2-1), beyond it a curve of this exponent
_GAMMA: Final = 2.4
_DARK: Final = (6 / 29) ** 3
