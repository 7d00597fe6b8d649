"""Period: the year, quarter or month a digest tells about (报告期), and dates as Chinese offices write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Period:
    """A year, or one of its quarters (1..4) or months (1..12); 0 means: not that."""

    year: int
    month: int = 0
    quarter: int = 0

    def __str__(self) -> str:
        """The ISO text, as file names and keys have it: `2023-12`, `2023-Q4`, `2023`."""
        if self.month:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-Q{self.quarter}" if self.quarter else f"{self.year:04}"

    @property
    def chinese(self) -> str:
        """How it is printed: `2023年12月`, `2023年第四季度`, `2023年`; no zero before a digit (GB/T 9704, 7.3.5.4)."""
        if self.month:
            return f"{self.year}年{self.month}月"
        return f"{self.year}年第{_QUARTERS[self.quarter - 1]}季度" if self.quarter else f"{self.year}年"


def parse_period(text: str) -> Period:
    """The period that `2023-12`, `2023年12月`, `2023-Q4`, `2023年第四季度`, `2023` or `2023年` names.

    ValueError where it names none.
    """
    match = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if match is None:
        raise ValueError(f"not a period: {text!r}")
    part = match.groupdict(default="")
    quarter = "01234".index(part["quarter"].translate(_AS_DIGITS) or "0")
    period = Period(int(part["year"]), int(part["month"] or 0), quarter)
    if not period.year or (part["month"] and not 1 <= period.month <= _MONTHS):
        raise ValueError(f"not a period: {text!r}")
    return period


def check_date(text: str) -> str:
    """The same ISO text (`2023`, `2023-12`, `2023-12-29`) if there is such a day, month or year; else ValueError."""
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"not an ISO date: {text!r}")
    year, month, day = (int(part or 1) for part in match.groups())
    date(year, month, day)
    return text


def chinese_date(text: str) -> str:
    """The ISO date, month or year as it is printed: `2023-12-02` is 2023年12月2日; ValueError where it is none."""
    parts = (int(part) for part in check_date(text).split("-"))
    return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))


_QUARTERS: Final = "一二三四"
_AS_DIGITS: Final = str.maketrans(_QUARTERS, "1234")
_MONTHS: Final = 12
_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_PERIOD: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:年?|[-.年/](?P<month>[0-9]{1,2})月?|[-年]?(?:Q|第?(?=.季度))(?P<quarter>[一二三四1-4])(?:季度)?)",
    re.IGNORECASE,
)
