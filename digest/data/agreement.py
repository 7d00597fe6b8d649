"""What was reported, held against what else was (核对): changes against their numbers, a month against the last.

Who reports 同比5.3% where 4.9% follows is told of both; only where both numbers are exact, and a change that was
rounded as it should be agrees.

Codes: D300 a change that does not follow from the numbers; D274 a leap (`tabling/jumps.py`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.answers import Change
from digest.data.compare import Comparison
from digest.data.following import unlike_coverage
from digest.data.incomparable import Incomparable
from digest.data.over_time import Dated, compare_over_time, period_before
from digest.data.quantity import SCALES
from digest.data.tabling.jumps import jump
from digest.data.worded import change_in_words
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.book import Book, Stated, StatedKey


def disagreements(book: Book) -> Iterator[Finding]:
    """A finding for each change that a table gives and its numbers do not."""
    for key, stated in book.stated.items():
        ours = _ours(book, key, stated)
        if ours is None or ours.value == 0 == _amount(stated):
            continue
        if abs(_told(ours) - _amount(stated)) > _half_step(stated):
            worded = change_in_words(ours, key[4], key[2], book.metrics[key[0]].digits, book.rule)
            told = "" if isinstance(worded, Incomparable) else worded.wording
            text = stated.change.aside.text
            message = f"{stated.at}填的是“{text}”，按填报数算是{told}（{'、'.join(map(str, ours.of))}）"
            hint = "请核对本期数、上期数和这一列；简报按填报数计算"
            yield Finding("D300", "warning", message, stated.place, text, hint)


def leaps(book: Book) -> Iterator[Finding]:
    """A finding for each number of the digest's period that is far from that of the period before."""
    last = period_before(book.period, "on_last_period")
    for (metric, member, period, reach), now in book.observations.items():
        starts_anew = reach == "cumulative" and last.year != period.year
        before = book.observations.get((metric, member, last, reach))
        if period == book.period and before is not None and not starts_anew:
            what = f"{book.name_of(member)}“{book.metrics[metric].name}”"
            found = jump(now.quantity, before.quantity, what, now.place)
            if found is not None:
                yield found


def _ours(book: Book, key: StatedKey, stated: Stated) -> Comparison | None:
    """The same change computed, of the kind that was given; None where it cannot be, or is not exact."""
    metric, member, period, reach, basis = key
    base = period_before(period, basis)
    now, before = (book.known(metric, member, when, reach) for when in (period, base))
    if now is None or before is None or unlike_coverage(now, before) is not None:
        return None
    change = compare_over_time(Dated(now.quantity, period, reach), Dated(before.quantity, base, reach))
    if isinstance(change, Incomparable):
        return None
    in_amount = isinstance(stated.change, Change) and stated.change.kind in {"amount", "points"}
    ours = change.amount if in_amount or book.metrics[metric].is_share else change.percent
    return ours if isinstance(ours, Comparison) and isinstance(ours.value, Fraction) else None


def _told(ours: Comparison) -> Fraction:
    """In the unit of what was given: per cent, points, whole units."""
    number = ours.interval.only or Fraction(0)
    return number if ours.kind == "amount" else number * 100


def _amount(stated: Stated) -> Fraction:
    """The change that was given, in per cent, points or whole units; none is nought."""
    if not isinstance(stated.change, Change):
        return Fraction(0)
    return stated.change.amount * (100 if stated.change.kind == "times" else 1)


def _half_step(stated: Stated) -> Fraction:
    """By how much a number may be off that was rounded to as many decimals as it has."""
    if not isinstance(stated.change, Change):
        return _LEVEL
    size = stated.change.size
    _, _, decimals = size.numeral.partition(".")
    step = Fraction(SCALES[size.scale], 10 ** len(decimals))
    return step / 2 * (100 if stated.change.kind == "times" else 1)


_LEVEL: Final = Fraction(1, 20)  # what is told as 持平 may have been 0.04%
