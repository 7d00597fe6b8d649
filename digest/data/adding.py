"""Adding up what was reported (合计): sums and means of quantities, in the unit and manner of those they are made of.

For the book, which makes the whole of its members and 累计 of months. What is certain of the parts is certain of the
sum: 2700余 and 100 are 2800余; 余 and 近 together say nothing, and are refused.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.incomparable import Incomparable, refuse
from digest.data.interval import Interval, exactly
from digest.data.quantity import SCALES, Quantity, Slot
from digest.data.rounding import rounded
from digest.data.worth import SHARE, Worth, worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.rounding import Rule


def total(parts: Sequence[Quantity]) -> Quantity | Incomparable:
    """Their sum. Refused: none at all, shares, unlike units, approximations that point either way."""
    if parts and all(_is_plain(part, parts[0]) for part in parts):  # as nearly all are, and a tenth of the work
        return _in_its_unit(sum((part.value for part in parts), Fraction(0)), parts[0], parts, None, "half_up")
    added = _added(parts)
    if isinstance(added, Incomparable):
        return added
    if added.interval.boundless:
        return refuse("unbounded", "、".join(map(str, parts)))
    return _bounded(added.interval, parts)


def mean(parts: Sequence[Quantity], rule: Rule = "half_up") -> Quantity | Incomparable:
    """Their mean, printed with one decimal more than they have. Refused as a sum is, and where one is not exact."""
    added = _added(parts)
    if isinstance(added, Incomparable):
        return added
    if added.interval.only is None:
        return refuse("inexact", next(part for part in parts if not part.exact))
    return restated(added.interval.only / len(parts), parts, decimals=_most_decimals(parts) + 1, rule=rule)


def restated(
    number: Fraction, like: Sequence[Quantity], *, decimals: int | None = None, rule: Rule = "half_up"
) -> Quantity:
    """`number`, in whole units (shares in parts of one), as the finest scale among `like` is written: 万元 beside 亿元.

    With as many decimals as the longest of `like`, more where the number needs them and ends, and separators between
    thousands where one of them has such. The value stays exact where its numeral is rounded.
    """
    first = min(like, key=lambda one: SCALES[one.scale])
    return _in_its_unit(number / _one(first), first, like, decimals, rule)


def _in_its_unit(
    value: Fraction, first: Quantity, like: Sequence[Quantity], decimals: int | None, rule: Rule
) -> Quantity:
    places = _most_decimals(like) if decimals is None else decimals
    if decimals is None:
        places = next((more for more in range(places, places + _MORE) if (value * 10**more).denominator == 1), places)
    grouped = any("," in one.numeral or "，" in one.numeral for one in like)
    return Quantity(value, numeral(rounded(value, places, rule), places, grouped=grouped), first.counted, first.scale)


def _is_plain(part: Quantity, first: Quantity) -> bool:
    """Whether it is exact and may be added to the first as it stands."""
    return (
        not part.qualifier
        and not part.prefix
        and (part.unit, part.scale) == (first.unit, first.scale)
        and part.unit not in _SHARES
        and "/" not in part.numeral
        and "分之" not in part.numeral
    )


def numeral(number: Fraction, places: int, *, grouped: bool = False) -> str:
    """The digits of a number that has no more than `places` decimals: `1,234.50`, `-0.1`; never `-0`."""
    units = int(abs(number) * 10**places)
    whole, rest = divmod(units, 10**places)
    digits = f"{whole:,}" if grouped else str(whole)
    return ("-" if number < 0 else "") + digits + (f".{rest:0{places}}" if places else "")


def _added(parts: Sequence[Quantity]) -> Worth | Incomparable:
    read: list[Worth] = []
    for part in parts:
        one = worth(part)
        if isinstance(one, Incomparable):
            return one
        if one.is_share:
            return refuse("share_added", part)
        if read and (one.unit, one.rate) != (read[0].unit, read[0].rate):
            return refuse("unlike", parts[0], part)
        read.append(one)
    if not read:
        return refuse("missing")
    return Worth(sum((one.interval for one in read), exactly(0)), read[0].unit, read[0].rate)


def _bounded(interval: Interval, parts: Sequence[Quantity]) -> Quantity:
    """A sum as a quantity: exact, or with the word of approximation that is true of it."""
    if interval.only is not None:
        return restated(interval.only, parts)
    below = interval.lower is not None
    named = restated(interval.lower if interval.lower is not None else interval.upper or Fraction(0), parts)
    strict = interval.lower_open if below else interval.upper_open
    words = {part.qualifier for part in parts if part.qualifier}
    at: Slot = "front"
    if below and not strict and words <= {"余", "多"}:
        word, at = "余", "after"
    else:
        word = _WORDS[below, strict]
    return Quantity(named.value, named.numeral, named.unit, named.scale, word, at=at)


def _one(quantity: Quantity) -> Fraction:
    """How much one of its written unit is, in whole units."""
    told = worth(Quantity(Fraction(1), "1", quantity.counted))
    share = not isinstance(told, Incomparable) and told.unit == SHARE and told.interval.only
    return share or Fraction(SCALES[quantity.scale])


def _most_decimals(quantities: Sequence[Quantity]) -> int:
    """The decimals of the longest, in the finest scale among them: 1.3万 beside 5000 has none."""
    finest = min(SCALES[one.scale] for one in quantities)
    return max(_decimals(one) - len(str(SCALES[one.scale] // finest)) + 1 for one in quantities)


def _decimals(quantity: Quantity) -> int:
    return len(quantity.numeral.replace("．", ".").partition(".")[2])


_SHARES: Final = frozenset(("%", "％", "‰", "成", "百分点", "个百分点"))
_MORE: Final = 6  # decimals that a sum may have beyond those of its parts (1.3万 in a column of 人)
_WORDS: Final[dict[tuple[bool, bool], str]] = {
    (True, True): "超过",
    (True, False): "不少于",
    (False, True): "不足",
    (False, False): "不超过",
}
