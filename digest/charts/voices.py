"""Voices of chart text: which of our faces a family name in a figure means."""

from __future__ import annotations

from typing import Final

FAMILIES: Final[dict[str, str]] = {
    "noto sans sc": "hei",
    "noto serif sc": "song",
    "simhei": "hei",
    "黑体": "hei",
    "simsun": "song",
    "宋体": "song",
}
"""Family name in small letters -> voice. Of a list the first known name counts."""

DEFAULT: Final = "hei"
"""The voice of a family that is not known, such as the ones that Plotly names itself (Open Sans, Courier New)."""

VOICES: Final = ("hei", "hei-bold", "song", "song-bold")
"""Every voice that chart text may have."""

QUOTE: Final = "TOBESTRIPPED"
"""What plotly.js writes for a quotation mark in the name of a family."""

BOLD: Final = 600  # CSS weights from here on are drawn in the bold face

INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\n\r\t"
"""Characters that have no width and leave no mark (plotly.js puts U+200B around superscripts)."""


def voice_of(family: str, weight: str) -> str:
    """Voice of a CSS font-family list and font-weight."""
    names = (name.strip().strip("'\"").lower() for name in family.replace(QUOTE, "").split(","))
    voice = next((FAMILIES[name] for name in names if name in FAMILIES), DEFAULT)
    return f"{voice}-bold" if is_bold(weight) else voice


def is_bold(weight: str) -> bool:
    """Whether a CSS font-weight asks for the bold face."""
    if weight.isdigit():
        return int(weight) >= BOLD
    return weight in ("bold", "bolder")
