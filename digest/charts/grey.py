"""What is left of a colour in grey print: its lightness, and whether two of them can be told apart by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digest.drawing import Color

APART: Final = 18.0
"""L* that two greys side by side must differ by."""


def lightness(color: Color) -> float:
    """L* of a colour of sRGB on white paper (CIE 1976): 0 is black, 100 is paper."""
    red, green, blue = (_linear(1 - color.alpha * (1 - part)) for part in (color.red, color.green, color.blue))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    if luminance <= _DARK:
        return luminance * (29 / 3) ** 3
    return float(116 * luminance ** (1 / 3) - 16)


def told_apart(one: float, other: float) -> bool:
    """Whether two areas of that lightness can be told apart."""
    return abs(one - other) >= APART


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - IEC 61966-2-1


_DARK: Final = (6 / 29) ** 3
