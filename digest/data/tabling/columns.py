"""What the columns of a table are (识列): from their titles, level by level, and from what stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.data.period import Period
from digest.data.tabling.figure_table import FigureColumn
from digest.data.tabling.heads import is_number
from digest.data.tabling.titles import NO_NAMES, Part, read_part, read_times, without_unit
from digest.data.tabling.words import LABELS, RATE, SKIPPED, plain
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection

    from digest.data.model import Span
    from digest.data.over_time import Reach
    from digest.data.tabling.above import Above
    from digest.data.tabling.figure_table import ColumnRole
    from digest.data.tabling.heads import Head
    from digest.data.tabling.window import Window
    from digest.findings import Place


class Declared(NamedTuple):
    """What the project says of columns, in plain titles: of metrics, of words, of what is not to be read."""

    known: frozenset[str]
    labels: frozenset[str]
    skip: frozenset[str]


def declared(known: Collection[str], labels: Collection[str], skip: Collection[str]) -> Declared:
    """The same titles without blanks."""
    return Declared(*(frozenset(map(plain, titles)) for titles in (known, labels, skip)))


def read_columns(
    window: Window, head: Head, above: Above, said: Declared, *, year: int | None, period: Period | None
) -> tuple[tuple[FigureColumn, ...], tuple[Finding, ...]]:
    """A column for each of the window, and what was seen; D256, D257, D267, D269."""
    findings: list[Finding] = []
    base = above.period or period
    levels = _levels(window, head)
    columns: list[FigureColumn] = []
    seen_numbers = False
    for at, index in enumerate(window.columns):
        place = window.grid.place_of(head.rows[-1], index, "·".join(levels[at]))
        column, told = _read(index, levels[at], said, base, year, place)
        findings += told
        role = column.role or _by_content(window, head, index, after_numbers=seen_numbers)
        if not levels[at] and (columns or role != "label"):
            findings.append(_untitled(window, head, index))
            role = "skipped"
        seen_numbers |= role not in {"label", "skipped"}
        columns.append(
            FigureColumn(
                index, column.levels, column.name, role, column.unit, column.period, column.reach, column.basis
            )
        )
    columns = _named_by_their_left(_labels_apart(columns))
    columns, told = _with_units(columns, above)
    columns = _changes_in_units(columns)
    return tuple(columns), (*findings, *told, *_twice(columns, window, head))


# --- levels -------------------------------------------------------------------------------------------


def _levels(window: Window, head: Head) -> list[tuple[str, ...]]:
    """The titles of each column from the top, merged ones in each of their columns."""
    texts = [[window.shown(row, column) for column in window.columns] for row in head.rows]
    if not any(merge.top in head.rows and merge.right > merge.left for merge in window.merges):
        for depth in range(len(texts) - 1):
            _spread(texts, depth)
    found: list[tuple[str, ...]] = []
    for at in range(len(window.columns)):
        levels: list[str] = []
        for row in texts:
            if row[at] and (not levels or plain(levels[-1]) != plain(row[at])):
                levels.append(row[at])
        found.append(tuple(levels))
    return found


def _spread(texts: list[list[str]], depth: int) -> None:
    """Where merges were lost (CSV), a title over several columns stands in the first; it goes on over titles below.

    Only as far as the wider title above it, and only where its own column has a title below.
    """
    row = texts[depth]
    below = [any(level[at] for level in texts[depth + 1 :]) for at in range(len(row))]
    for at in range(1, len(row)):
        wider = depth == 0 or texts[depth - 1][at] == texts[depth - 1][at - 1]
        if not row[at] and row[at - 1] and below[at] and below[at - 1] and wider:
            row[at] = row[at - 1]


# --- one column ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    """A column whose role may be left to what stands in it."""

    index: int
    levels: tuple[str, ...]
    name: str
    role: ColumnRole | Literal[""]
    unit: str = ""
    period: Period | None = None
    reach: Reach | None = None
    basis: Literal["", "同比", "环比"] = ""


def _read(
    index: int, levels: tuple[str, ...], said: Declared, base: Period | Span | None, year: int | None, place: Place
) -> tuple[_Column, list[Finding]]:
    titles = {plain(level) for level in levels} | {plain("".join(levels)), plain("·".join(levels))}
    stems = titles | {without_unit(title)[0] for title in titles}
    name = "·".join(filter(None, (without_unit(plain(level))[0] for level in levels)))
    if stems & said.skip or (stems & SKIPPED and not stems & (said.labels | said.known)):
        return _Column(index, levels, name, "skipped"), []
    if stems & said.labels or (stems & LABELS and not stems & said.known):
        return _Column(index, levels, name, "label"), []
    parts: list[Part] = []
    stated = year if year is not None else _year_of(base)
    for level in levels:
        part = read_part(plain(level), said.known, stated)
        stated = int(part.span.start[:4]) if part.span else stated
        parts.append(part)
    findings = [part.refusal.finding(place, "warning") for part in parts if part.refusal]
    names = [part.name for part in parts if part.name]
    role: ColumnRole | Literal[""] = next((part.role for part in parts if part.role), "")
    name = "·".join([name for name in names if name not in NO_NAMES] or ([] if role else names[-1:]))
    unit = next((part.unit for part in reversed(parts) if part.unit), "")
    bases: list[Literal["", "同比", "环比"]] = [part.basis for part in reversed(parts) if part.basis]
    timed = read_times(parts, base)
    if timed is None or any(part.refusal for part in parts):
        if timed is None:
            findings.append(_no_such_time(levels, place))
        return _Column(index, levels, name, "skipped", unit), findings
    if not role and (stems & said.known or timed != (None, None)):
        role = "number"
    if role == "target":  # a target is one of its year
        timed = (Period(timed[0].year), None) if timed[0] else (None, None)
    return _Column(index, levels, name, role, unit, *timed, bases[0] if bases else ""), findings


def _by_content(window: Window, head: Head, index: int, *, after_numbers: bool) -> ColumnRole:
    """Numbers or words, by what stands in the first rows."""
    numbers = words = 0
    for row in head.below[:_SAMPLE]:
        text = window.text(row, index)
        if text:
            number = is_number(window.grid.value(row, index), text)
            numbers, words = numbers + number, words + (not number)
    if numbers == words == 0:
        return "number" if after_numbers else "label"
    return "number" if numbers >= words else "label"


def _labels_apart(columns: list[FigureColumn]) -> list[FigureColumn]:
    """Two columns of words with one name are told apart by where they stand."""
    seen: set[str] = set()
    apart: list[FigureColumn] = []
    for column in columns:
        again = column.role == "label" and column.name in seen
        apart.append(replace(column, name=f"{column.name}（第{column.index + 1}列）") if again else column)
        seen |= {column.name} if column.role == "label" else set()
    return apart


def _named_by_their_left(columns: list[FigureColumn]) -> list[FigureColumn]:
    """同比, 目标 and 上年同期 without a name of their own are of the column before them that has one."""
    named: list[FigureColumn] = []
    left: FigureColumn | None = None
    for column in columns:
        if column.role not in {"number", "change", "target"}:
            named.append(column)
            continue
        if column.name:
            left = column
            named.append(column)
        elif left is None:
            named.append(column)
        else:
            unit = left.unit if column.role != "change" else ""
            named.append(replace(column, name=left.name, unit=column.unit or unit))
    return named


def _changes_in_units(columns: list[FigureColumn]) -> list[FigureColumn]:
    """增减额 is in the unit of what it is a change of."""
    units = {column.name: column.unit for column in reversed(columns) if column.role == "number"}
    return [
        replace(column, unit=units.get(column.name, ""))
        if column.role == "change" and not column.unit and _AMOUNT.search("".join(column.levels))
        else column
        for column in columns
    ]


def _with_units(columns: list[FigureColumn], above: Above) -> tuple[list[FigureColumn], list[Finding]]:
    """With the unit that stands above the table, where a column has none of its own and is no rate or change."""
    without = [
        column
        for column in columns
        if column.role in {"number", "target"} and not column.unit and not RATE.fullmatch(column.name)
    ]
    if len(above.units) > 1 and without:
        named = "、".join("·".join(column.levels) for column in without)
        message = f"表上写的单位是“{'、'.join(above.units)}”，不知“{named}”用哪一个"
        hint = "请在列名后用括号写明单位，例如：资金（万元）"
        return columns, [Finding("D256", "error", message, above.unit_place, "、".join(above.units), hint)]
    return [replace(column, unit=above.unit) if column in without else column for column in columns], []


def _untitled(window: Window, head: Head, index: int) -> Finding:
    held = [row for row in head.below if window.text(row, index)]
    message = f"这一列有{len(held)}格内容，却没有列名，没有读取"
    place = window.grid.place_of(held[0] if held else head.rows[-1], index)
    return Finding("D267", "warning", message, place, hint="请补上列名，或用 range 把它排除在外")


def _twice(columns: list[FigureColumn], window: Window, head: Head) -> list[Finding]:
    seen: dict[tuple[object, ...], FigureColumn] = {}
    findings: list[Finding] = []
    for column in columns:
        if column.role in {"label", "skipped"} or not column.levels:
            continue
        key = (column.name, column.role, column.period, column.reach, column.basis, column.unit)
        other = seen.setdefault(key, column)
        if other is not column:
            place = window.grid.place_of(head.rows[-1], column.index, "·".join(column.levels))
            there = window.grid.place_of(head.rows[-1], other.index, "·".join(other.levels)).cell
            message = f"“{'·'.join(column.levels)}”与{there}的“{'·'.join(other.levels)}”说的是同一项，不知用哪一列"
            findings.append(Finding("D269", "warning", message, place, hint="请改列名，或在 skip 中写明不读哪一列"))
    return findings


def _no_such_time(levels: tuple[str, ...], place: Place) -> Finding:
    message = f"“{'·'.join(levels)}”不知是哪一期，没有读取"
    return Finding("D257", "warning", message, place, hint="请在表题中写明报告期，例如：2026年10月")


def _year_of(base: Period | Span | None) -> int | None:
    if isinstance(base, Period):
        return base.year
    return int(base.start[:4]) if base else None


_SAMPLE: Final = 60
_AMOUNT: Final = re.compile("增减[额量数]")
