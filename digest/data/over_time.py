"""Comparisons over time: 同比 and 环比, 当月 out of 累计, and how much of a period is over (时序进度).

What is 累计 (1—11月) and what is of its period alone (当月) are never compared with each other. For whoever writes a
sentence about a change: `compare_over_time` says what it may be called, by how much, and what may not be said.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from digest.data.compare import Compared, Comparison, difference, growth
from digest.data.incomparable import Incomparable, refuse
from digest.data.period import check_date

if TYPE_CHECKING:
    from digest.data.period import Period
    from digest.data.quantity import Quantity

Reach = Literal["alone", "cumulative"]
"""当月、当季、当年, or 累计 from the beginning of the year to the end of the period."""
Basis = Literal["year_on_year", "on_last_period"]
"""同比 or 环比. A year against the year before is 同比: it is the same words, 比上年."""

_MONTHS: Final = 12
_MONTHS_OF_A_QUARTER: Final = 3
_QUARTERS: Final = 4


@dataclass(frozen=True, slots=True)
class Dated:
    """A quantity (None: nobody reported it) of a period: of that alone, or 累计 up to its end."""

    quantity: Quantity | None
    period: Period
    reach: Reach = "alone"

    @property
    def contradicts_itself(self) -> bool:
        """Whether it is written 累计 and said to be of its period alone."""
        return self.quantity is not None and self.quantity.prefix == "累计" and self.reach == "alone"

    @property
    def bare(self) -> Quantity | None:
        """The quantity without a 累计 before it; `reach` says the same."""
        if self.quantity is None or self.quantity.prefix != "累计":
            return self.quantity
        return replace(self.quantity, prefix="")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a quantity: called 同比 or 环比, by how much, and by what part; each of these may be refused."""

    basis: Basis
    amount: Compared
    percent: Compared


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much of a period is over (时序进度): `passed` of `whole` months or days."""

    passed: int
    whole: int
    by: Literal["months", "days"]

    @property
    def value(self) -> Fraction:
        """The part that is over; 1 at the period's end."""
        return Fraction(self.passed, self.whole)


def compare_over_time(now: Dated, before: Dated) -> Change | Incomparable:
    """How `now` stands to `before`: 同比 with the same period of the year before, 环比 with the period before.

    Refused: any other two periods, 累计 against 当月, and 环比 of 累计.
    """
    if wrong := _mixed(now, before):
        return wrong
    basis = basis_of(now.period, before.period)
    if basis is None or (now.reach == "cumulative" and basis == "on_last_period"):
        return refuse("periods", now.period.chinese, before.period.chinese)
    return Change(basis, difference(now.bare, before.bare), growth(now.bare, before.bare))


def basis_of(now: Period, before: Period) -> Basis | None:
    """What a comparison of the two is called; None where it has no name."""
    if (now.month, now.quarter) == (before.month, before.quarter) and now.year == before.year + 1:
        return "year_on_year"
    return "on_last_period" if _next_to(before, now) else None


def period_before(period: Period, basis: Basis) -> Period:
    """The period that `basis` compares with: the same of the year before, or the month, quarter or year before."""
    if basis == "year_on_year" or not (period.month or period.quarter):
        return replace(period, year=period.year - 1)
    if period.month:
        last = _first_month(period) - 1
        return replace(period, year=last // _MONTHS, month=last % _MONTHS + 1)
    year, quarter = divmod(period.year * _QUARTERS + period.quarter - 2, _QUARTERS)
    return replace(period, year=year, quarter=quarter + 1)


def periods_until(period: Period, count: int) -> tuple[Period, ...]:
    """As many periods of its length as asked for, one after the other, `period` the last of them."""
    periods = [period]
    while len(periods) < count:
        periods.append(period_before(periods[-1], "on_last_period"))
    return tuple(reversed(periods[:count]))


def periods_of_year(period: Period) -> tuple[Period, ...]:
    """The periods of its length from the beginning of its year to `period`: what its 累计 is made of."""
    return periods_until(period, period.month or period.quarter or 1)


def alone(upto: Dated, before: Dated) -> Compared:
    """What came in the last month or quarter of `upto`, a 累计 (当月数): less the 累计 `before`.

    January needs none before it: its 累计 is its 当月. Refused: what is not exact, shares, periods not side by side in
    one year.
    """
    if wrong := _mixed(upto, before) or _not_subtracted(upto, before):
        return wrong
    less = difference(upto.bare, before.bare)
    if isinstance(less, Comparison) and less.kind == "percent_points":
        return refuse("share_subtracted", *less.of)
    return less


def elapsed(period: Period, as_of: str, by: Literal["months", "days"] = "months") -> Elapsed | Incomparable:
    """How much of `period` is over at the end of `as_of`, an ISO day, month or year (ValueError for other text).

    By months only whole ones count. Refused: a day that is not in the period, and by months one that ends none.
    """
    first, last = _first_month(period), _last_month(period)
    end = _last_day(check_date(as_of))
    month = end.year * _MONTHS + end.month - 1
    if not first <= month <= last:
        return refuse("outside", as_of, period.chinese)
    if by == "days":
        start = date(period.year, first % _MONTHS + 1, 1)
        whole = _last_day(f"{period.year:04}-{last % _MONTHS + 1:02}") - start
        return Elapsed((end - start).days + 1, whole.days + 1, by)
    if end.day != monthrange(end.year, end.month)[1]:
        return refuse("within_month", as_of, period.chinese)
    return Elapsed(month - first + 1, last - first + 1, by)


def _mixed(now: Dated, before: Dated) -> Incomparable | None:
    if now.reach != before.reach or now.contradicts_itself or before.contradicts_itself:
        return refuse("reach", now.quantity or now.period.chinese, before.quantity or before.period.chinese)
    return None


def _not_subtracted(upto: Dated, before: Dated) -> Incomparable | None:
    if upto.reach != "cumulative":
        return refuse("not_cumulative", upto.quantity or upto.period.chinese)
    if upto.period.year != before.period.year or not _next_to(before.period, upto.period):
        return refuse("not_adjacent", upto.period.chinese, before.period.chinese)
    for quantity in (upto.quantity, before.quantity):
        if quantity is not None and not quantity.exact:
            return refuse("inexact", quantity)
    return None


def _next_to(before: Period, now: Period) -> bool:
    """Whether both are months, quarters or years, one right after the other."""
    return _length(before) == _length(now) and _last_month(before) + 1 == _first_month(now)


def _length(period: Period) -> int:
    if period.month:
        return 1
    return _MONTHS_OF_A_QUARTER if period.quarter else _MONTHS


def _first_month(period: Period) -> int:
    """Its first month, counted from the year zero."""
    within = period.month - 1 if period.month else _MONTHS_OF_A_QUARTER * max(period.quarter - 1, 0)
    return period.year * _MONTHS + within


def _last_month(period: Period) -> int:
    return _first_month(period) + _length(period) - 1


def _last_day(iso: str) -> date:
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    month = month or _MONTHS
    return date(year, month, day or monthrange(year, month)[1])
