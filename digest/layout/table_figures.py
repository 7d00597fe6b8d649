"""Figures in a column: where the point of each stands, so that they can stand one under another (小数点对齐)."""

from __future__ import annotations

import re
from typing import Final

# One numeral with what may stand before it (近, 约, ￥, a sign) and after it (%, 余, a unit, a note mark).
_FIGURE: Final = re.compile(r"\D*[-−+±]?(?:\d{1,3}(?:[,，\u2009\u00a0 ]\d{3})+|\d+)(?=(?:[.．]\d+)?\D*$)")


def before_point(text: str) -> int:
    """How many characters of a figure stand before its decimal point, real or understood; -1 if it is no figure."""
    found = _FIGURE.match(text)
    return found.end() if found else -1
