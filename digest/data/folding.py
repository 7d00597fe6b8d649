"""Digits and operators of Chinese keyboards as half-width ones (半角); nothing else of a text is changed.

NFKC over a whole text would turn 123① into 1231 and 10² into 102; here it is asked for single characters only.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final


def fold(text: str) -> str:
    """The text with half-width digits and, beside a digit, operators; blanks only where they part digits.

    Blanks are dropped at the ends and beside anything that is no digit, line ends between digits stay; a blank between
    groups of three digits becomes the thin space of the standard (千分空): `１ ２３４ 个` is `1 234个`.
    """
    plain = text.translate(_DIGITS).translate(_UNSEEN)
    plain = _OPERATOR.sub(lambda match: unicodedata.normalize("NFKC", match.group()).replace("−", "-"), plain)
    plain = _LOOSE.sub("", plain)
    return _THOUSANDS.sub("\N{THIN SPACE}", plain)


_DIGITS: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_OPERATOR: Final = re.compile("[．，－＋％／−](?=[0-9])|(?<=[0-9])[．，－＋％／−]")
_LOOSE: Final = re.compile(r"^\s+|\s+$|(?<=[^0-9\s])\s+|\s+(?=[^0-9\s])")
_THOUSANDS: Final = re.compile("(?<=[0-9])[ \u00a0\u2009\u202f\u3000](?=[0-9]{3}(?![0-9]))")
