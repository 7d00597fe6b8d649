"""Which period a time in a table is (归期): 2026年10月 and 2026-10-31 are a month, 1—10月 is 累计 up to it.

For whoever takes observations off a table: `periods.py` reads what is written, here it is found which number of which
period that makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.data.model import AsOf, Span
from digest.data.period import Period
from digest.data.periods import read_period
from digest.data.refusal import Refusal

if TYPE_CHECKING:
    from digest.data.over_time import Reach


class Timed(NamedTuple):
    """A period, and whether the time that was written says 累计; None where it does not say."""

    period: Period
    reach: Reach | None = None


def timed(time: Period | Span | AsOf | None) -> Timed | None:
    """The period of a time; None for none, and for a span that is no month, quarter, year or 累计."""
    if isinstance(time, Period):
        return Timed(time)
    if time is None:
        return None
    start, end = (time.date, time.date) if isinstance(time, AsOf) else (time.start, time.end)
    first, last = (_year_and_month(text) for text in (start, end))
    if first == last:
        return Timed(Period(*last))
    if first[0] != last[0]:
        return None
    if first[1] == 1:
        return Timed(Period(*last), "cumulative")
    quarter, rest = divmod(last[1], 3)
    return Timed(Period(last[0], quarter=quarter)) if not rest and first[1] == last[1] - 2 else None


def read_time(text: str, year: int | None) -> Timed | Refusal:
    """The period that a cell names, or why there is none."""
    read = read_period(text, year=year)
    if isinstance(read, Refusal):
        return read
    if isinstance(read, Span) and "季" in text and "前" not in text and "-" in read.start:
        return Timed(Period(int(read.start[:4]), quarter=int(read.end[5:7]) // 3))
    found = timed(read)
    accepted = "2026年10月、2026年三季度、2026年、2026年1—10月"
    return found or Refusal(
        "D302", text, f"“{text}”不是一期", accepted, "请写成一个月、一个季度、一年或者从1月起的累计"
    )


def _year_and_month(iso: str) -> tuple[int, int]:
    return int(iso[:4]), int(iso[5:7] or 0)
