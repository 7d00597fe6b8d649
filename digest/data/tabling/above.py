"""What stands above a table and below it (表题、表注): its title, the unit of all columns, its period, its as-of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.data.folding import fold
from digest.data.model import AsOf, Span
from digest.data.period import Period, parse_period
from digest.data.periods import read_period
from digest.data.refusal import Refusal
from digest.data.tabling.words import ABOVE_UNIT, AS_OF, BRACKETS, META, PERIOD, is_unit, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.findings import Finding, Place

Text = tuple[str, "Place"]


@dataclass(frozen=True, slots=True)
class Above:
    """`unit` is that of all columns, `units` all that were named; `unit_place` where."""

    title: str = ""
    unit: str = ""
    units: tuple[str, ...] = ()
    unit_place: Place | None = None
    period: Period | Span | None = None


def read_above(texts: Sequence[Text], year: int | None) -> Above:
    """Title, unit and period of what stands above the head."""
    title = next((text for text, _ in texts if not META.fullmatch(plain(text)) and not _only_a_time(text)), "")
    units: tuple[str, ...] = ()
    place = None
    for text, where in texts:
        found = _units(text)
        if found:
            units, place = found, where
    if len(units) > 1:  # what is in per cent says so itself
        units = tuple(unit for unit in units if unit not in _PER_CENT)
    return Above(title, units[0] if len(units) == 1 else "", units, place, _period((text for text, _ in texts), year))


def read_as_of(texts: Iterable[Text], year: int | None) -> tuple[AsOf | None, tuple[Finding, ...]]:
    """The as-of that a title or note names (数据截至11月底), and why one that is named is not read."""
    for text, place in texts:
        match = AS_OF.search(text)
        if match:
            read = read_period(f"截至{match['time'].strip()}", year=year)
            if isinstance(read, AsOf):
                return AsOf(read.date, match.group()), ()
            if isinstance(read, Refusal):
                return None, (read.finding(place, "warning"),)
    return None, ()


def as_period(span: Span) -> Period | Span:
    """The one period that a span is, or the span."""
    if span.start == span.end and len(span.start) <= len("2026-10"):
        return parse_period(span.start)
    if (span.start[-2:], span.end[-2:]) in _QUARTERS and span.start[:4] == span.end[:4]:
        return Period(int(span.start[:4]), quarter=_QUARTERS[span.start[-2:], span.end[-2:]])
    return span


def _units(text: str) -> tuple[str, ...]:
    """The units that 单位：万元、个 names, or that stand in brackets behind a title."""
    folded = plain(text)
    match = ABOVE_UNIT.search(folded)
    if match:
        named = tuple(part for part in _parted(match["unit"]) if part)
        return named if all(is_unit(part) or (len(named) == 1 and not _an_office(part)) for part in named) else ()
    inside = [match["inside"] for match in BRACKETS.finditer(folded)]
    return next(((part,) for part in reversed(inside) if is_unit(part) and len(part) > 1), ())


def _an_office(text: str) -> bool:
    """填报 is left out as often as not: 单位：省发展改革委 is who reports."""
    return text[-1] in "局委办厅部院司处室会心市县区省署校团" or "公司" in text or len(text) > _LONGEST_UNIT


def _parted(text: str) -> list[str]:
    for mark in "，,；;和及/／ ":
        text = text.replace(mark, "、")
    return text.split("、")


def _period(texts: Iterable[str], year: int | None) -> Period | Span | None:
    """What the title says of time, in most detail; what is 截至 is no period."""
    found: list[Span] = []
    for text in texts:
        if META.fullmatch(plain(text)) and not plain(text).startswith("报告期"):
            continue
        rest = AS_OF.sub("", fold(text))
        for match in PERIOD.finditer(rest):
            read = read_period(match.group(), year=year)
            if isinstance(read, Span):
                found.append(read)
    return as_period(max(found, key=lambda span: len(span.start))) if found else None


def _only_a_time(text: str) -> bool:
    inner = plain(text).strip("（）()")
    return PERIOD.fullmatch(inner) is not None


_QUARTERS: Final = {("01", "03"): 1, ("04", "06"): 2, ("07", "09"): 3, ("10", "12"): 4}
_LONGEST_UNIT: Final = 6
_PER_CENT: Final = frozenset(("%", "％"))
