"""Days and deadlines of a ledger (时限): 2026-10-31, 2026年10月底, 10月底前, a day a workbook stores, 长期坚持."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from digest.data.answers import MISSING
from digest.data.model import AsOf
from digest.data.period import Period, check_date
from digest.data.periods import read_period
from digest.data.refusal import Refusal

Edge = Literal["first", "last"]
"""Which end of a span of months is meant: the last for a deadline, the first for the day something was raised."""

STANDING: Final = frozenset(
    (
        "长期",
        "长期坚持",
        "长期整改",
        "持续",
        "持续推进",
        "持续整改",
        "常态化",
        "常态化推进",
        "立行立改",
        "即知即改",
        "立整立改",
    )
)
"""Deadlines that name no day, and are meant so."""


@dataclass(frozen=True, slots=True)
class Day:
    """What a cell says of a time: `iso` where it names a day, a month or a year, else `words` and why it is not read.

    `assumed` says that the cell names no year and that of the table was taken.
    """

    iso: str = ""
    words: str = ""
    refusal: Refusal | None = None
    assumed: bool = False

    @property
    def kept(self) -> str:
        """What is kept of the cell."""
        return self.iso or self.words


def read_day(value: object, number_format: str, year: int, edge: Edge) -> Day:
    """The time in a cell; an empty one where nothing stands there. The year is taken only where the cell has none."""
    if isinstance(value, date):
        return Day(value.isoformat()[: len("2026-10-31")])
    words = _as_text(value)
    if words in MISSING or words in STANDING:
        return Day(words=words if words in STANDING else "")
    plain = _BEFORE.sub("", _CLOCK.sub("", words))
    read = read_period(plain, number_format=number_format)
    assumed = isinstance(read, Refusal) and read.code == _NO_YEAR
    if assumed:
        read = read_period(plain, year=year, number_format=number_format)
    if isinstance(read, Refusal):
        return Day(words=words, refusal=read)
    if isinstance(read, AsOf):
        return Day(read.date, words, assumed=assumed)
    return Day(read.end if edge == "last" else read.start, words, assumed=assumed)


def is_dated(text: str) -> bool:
    """Whether it is an ISO day, month or year, and not words that were kept."""
    try:
        return bool(check_date(text))
    except ValueError:
        return False


def first_day(iso: str) -> date:
    """The first day of an ISO day, month or year; ValueError for other text."""
    year, month, day = (*(int(part) for part in check_date(iso).split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(iso: str) -> date:
    """The last day of it: a deadline of 2026-10 is over after October 31st."""
    year, month, day = (*(int(part) for part in check_date(iso).split("-")), 0, 0)[:3]
    month = month or _MONTHS
    return date(year, month, day or monthrange(year, month)[1])


def first_day_of(period: Period) -> date:
    """The day a period begins."""
    return date(period.year, period.month or max(1, period.quarter * 3 - 2), 1)


def last_day_of(period: Period) -> date:
    """The day a period ends."""
    return last_day(f"{period.year:04}-{period.month or period.quarter * 3 or _MONTHS:02}")


def period_before(period: Period) -> Period:
    """The month before a month, the quarter before a quarter, the year before a year."""
    last = first_day_of(period) - timedelta(days=1)
    if period.month:
        return Period(last.year, last.month)
    return Period(last.year, quarter=last.month // 3) if period.quarter else Period(last.year)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


_MONTHS: Final = 12
_NO_YEAR: Final = "D161"
_CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2})?$")
_BEFORE: Final = re.compile(r"[之以]?前$")
