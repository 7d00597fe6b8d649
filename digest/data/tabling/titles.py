"""What a title of a column says (列名), in one level or several: `资金（万元）`, `1—10月累计`, `同比（%）`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.data.model import Span
from digest.data.period import Period
from digest.data.periods import read_period
from digest.data.refusal import Refusal
from digest.data.tabling.above import as_period
from digest.data.tabling.words import BASES, BRACKETS, CHANGE, PERIOD, TARGET, TIMES, is_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.over_time import Reach


_Said = Literal["", "alone", "cumulative"]


class Part(NamedTuple):
    """What one level says; `years` and `months` are how far before the table's period it is."""

    name: str
    unit: str = ""
    role: Literal["", "change", "target"] = ""
    basis: Literal["", "同比", "环比"] = ""
    reach: _Said = ""
    span: Span | None = None
    years: int = 0
    months: int = 0
    refusal: Refusal | None = None


def read_part(text: str, known: frozenset[str], year: int | None) -> Part:
    """What a title without blanks says; what the project knows as a metric is a name and nothing else."""
    rest, unit = without_unit(text)
    if text in known:
        return Part(text, unit)
    if rest in known:
        return Part(rest, unit)
    if not rest or is_unit(rest):
        return Part("", unit or rest)
    part = Part("", unit)
    for words, basis in BASES:
        if words.search(rest):
            rest, part = words.sub("", rest), part._replace(role="change", basis=basis)
            break
    changed = _CHANGED.search(rest)
    if changed:
        rest, part = (
            rest[: changed.start()],
            part._replace(role="change", unit=unit or ("%" if changed["share"] else "")),
        )
    target = None if part.role else _TARGET.search(rest)
    if target:
        rest, part = rest[: target.start()], part._replace(role="target")
    rest, part = _without_times(rest, part, year)
    rest = _EMPTY.sub("", rest).strip(_EDGES)
    if part.unit or not rest.endswith(("%", "％")):
        timed = part.role or part.reach or part.span or part.years or part.months
        return part._replace(name="" if timed and rest in NO_NAMES else rest)
    return part._replace(name=rest[:-1], unit="%")


def without_unit(text: str) -> tuple[str, str]:
    """A title and the unit in it: 资金（万元）, 数量/个, 占比(%)."""
    for match in reversed(list(BRACKETS.finditer(text))):
        inside = match["inside"].removeprefix("单位").lstrip(":：")
        if is_unit(inside):
            return (text[: match.start()] + text[match.end() :]).strip(), inside.replace("％", "%")
    slashed = _SLASHED.fullmatch(text)
    if slashed and is_unit(slashed["unit"]):
        return slashed["name"], slashed["unit"].replace("％", "%")
    return text, ""


def read_times(parts: Sequence[Part], base: Period | Span | None) -> tuple[Period | None, Reach | None] | None:
    """The period and reach of a column under these titles, in a table of `base`; None where they cannot be told."""
    own, own_reach = _of_span(next((part.span for part in reversed(parts) if part.span), None))
    of_base, base_reach = _of_base(base)
    said: list[_Said] = [part.reach for part in reversed(parts) if part.reach]
    reach: _Said = said[0] if said else own_reach
    if own is None and any(part.span for part in parts):
        return None  # from a month other than the first
    if own and _is_year(own) and of_base and not _is_year(of_base) and reach:
        own = replace(of_base, year=own.year)
    years, months = sum(part.years for part in parts), sum(part.months for part in parts)
    period = own
    if years or months:
        period = _before(own or of_base, years, months)
        if period is None:
            return None
    if not reach and own is None and base_reach:
        reach = base_reach
    if period is None and isinstance(base, Span):
        period = of_base
    return period, reach or None


def _without_times(rest: str, part: Part, year: int | None) -> tuple[str, Part]:
    for time in TIMES:
        if time.words.search(rest):
            rest = time.words.sub("", rest, count=1)
            part = part._replace(
                reach=time.reach or part.reach, years=part.years + time.years, months=part.months + time.months
            )
            break
    match = PERIOD.search(rest)
    if match:
        read = read_period(match.group(), year=year)
        if isinstance(read, Span):
            return rest[: match.start()] + rest[match.end() :], part._replace(span=read)
        if isinstance(read, Refusal):
            return rest, part._replace(refusal=read)
    return rest, part


def _of_span(span: Span | None) -> tuple[Period | None, _Said]:
    """A span as a period; from January on it is 累计 up to its last month."""
    if span is None:
        return None, ""
    found = as_period(span)
    if isinstance(found, Period):
        return found, ""
    if span.start.endswith("-01") and len(span.end) == len("2026-10"):
        return Period(int(span.end[:4]), int(span.end[-2:])), "cumulative"
    return None, ""


def _of_base(base: Period | Span | None) -> tuple[Period | None, _Said]:
    return (base, "") if isinstance(base, Period) else _of_span(base)


def _is_year(period: Period) -> bool:
    return not period.month and not period.quarter


def _before(period: Period | None, years: int, months: int) -> Period | None:
    if period is None or (months and not period.month):
        return None
    back = replace(period, year=period.year - years)
    if not months:
        return back
    count = back.year * 12 + back.month - 1 - months
    return Period(count // 12, count % 12 + 1)


_SLASHED: Final = re.compile("(?P<name>.+)[/／，,:：](?P<unit>[^/／，,:：]+)")
_CHANGED: Final = re.compile(rf"(?:{CHANGE.pattern})(?:幅度?|率|数|量|额|情况)?(?P<share>[%％])?$")
_TARGET: Final = re.compile(f"(?:^(?:{TARGET.pattern})|(?:年度|全年|本年)?目标(?:值|数|任务)?)$")
_EDGES: Final = "·-—–:：、，,的/／"
_EMPTY: Final = re.compile("[（(\\[【][）)\\]】]")
NO_NAMES: Final = frozenset(
    ("完成", "完成数", "完成情况", "完成量", "数", "数值", "实际", "实际完成", "实绩", "数量", "合计")
)
