"""Issue ledgers as projects declare them (台账读入): the tables of a `[[ledger]]` become an `IssueLedger`.

Errors: the table is of no use
D310 no head is found                          D320 no table of this period
D321 several sheets hold a ledger, or none     D325 a field or state in `columns` or `states` that we do not know
Warnings: a row or a cell is not what it should be
D311 one thing in two columns                  D312 a cell beside the table, a control character
D313 a row without a problem                   D315 no state, words or marks that say none
D316 a time that is not read                   D317 dates and state contradict each other
D318 the same issue twice                      D319 an issue without its number
D320 no table of a period in between           D326 lines of one issue that disagree
Notes
D312 a column nobody asked for                 D314 rows passed over, hidden rows
D316 a year that was assumed, 长期坚持         D319 issues known by their words
D324 the as-of taken from the table            D327 no column of deadlines or of days of closing
D320 no table of the period before             D328 what was wrong with tables of earlier periods, counted
How the ledger moved is told by `ledger_checks.py`: D322, D323.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from digest.data.documents import find_file
from digest.data.ledger_dates import first_day_of, last_day, last_day_of, period_before, read_day
from digest.data.ledger_head import find_head
from digest.data.ledger_rows import ReadRows, Words, read_rows
from digest.data.ledger_words import FIELDS, STATE_NAMES, TITLES, field_of, plain_title, state_of
from digest.data.ledgers import Issue, IssueLedger, StatedCount
from digest.data.pieces import parameters_of
from digest.data.schema import unknown
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from digest.data.grid import Grid
    from digest.data.ledger_words import Field
    from digest.data.ledgers import State
    from digest.data.period import Period
    from digest.data.schema import Taken
    from digest.data.sources.opened import Sources
    from digest.findings import Severity


def read_ledger(
    taken: Taken,
    folder: Path,
    period: Period,
    sources: Sources,
    seen: list[Finding],
    frames: Collection[str] = (),
) -> IssueLedger:
    """The ledger of one `[[ledger]]`: the table of `period`, and those of the periods before as far as there are any.

    `file`, `sheet` and `query` hold {period}, {year}, {month} or {quarter} where each period has its own; without them
    there is one table, of `period`, but a query is asked again for every period it takes (`:period`, `:month`).
    Ledgers whose title is among `frames` were handed in with `sources`. Everything wrong is put to `seen`.
    """
    columns, states = _own_columns(taken, seen), _own_states(taken, seen)
    periods: dict[Period, tuple[Issue, ...]] = {}
    stated: dict[Period, tuple[StatedCount, ...]] = {}
    first: ReadRows | None = None
    missed: list[Period] = []
    handed_in = taken.text("title") in frames
    for one in [period] if handed_in else _periods(taken, folder, period):
        if handed_in:
            grids, findings = sources.frame(taken.text("title"))
            seen += findings
        else:
            grids = _grids(taken, folder, one, sources, seen, wanted=one == period)
        grid = _chosen(grids, columns, taken, seen) if grids else None
        if grid is None:
            missed.append(one)
            continue
        read = read_rows(grid, Words(one, columns, states))
        seen += read.findings if one == period else _of_earlier(read.findings, one, grid.place)
        unasked = taken.text("query") and one != period and not read.issues  # a query of a time before the ledger
        if unasked or any(finding.severity == "error" for finding in read.findings):
            missed.append(one)
            continue
        periods[one], stated[one] = read.issues, read.stated
        first = first or read
    _gaps(missed, period, periods, taken, seen)
    now = first if period in periods else None
    return IssueLedger(
        id=taken.text("id"),
        program=taken.text("program"),
        title=taken.text("title"),
        unit=taken.text("unit") or "个",
        periods=dict(sorted(periods.items(), key=lambda item: last_day_of(item[0]))),
        as_of=_as_of(now, period, seen),
        place=taken.place,
        stated=stated,
        numbered=bool(now and now.numbered),
    )


# --- what the project says -------------------------------------------------------------------------------


def _own_columns(taken: Taken, seen: list[Finding]) -> dict[str, Field]:
    """Our field by their title."""
    own: dict[str, Field] = {}
    for name, title in taken.names("columns").items():
        found = name if name in FIELDS else field_of(name, {})
        if found is None:
            titles = [TITLES[one][0] for one in FIELDS]
            seen.append(unknown("D325", "台账栏目", name, titles, taken.where("columns")))
        else:
            own[plain_title(title)] = next(one for one in FIELDS if one == found)
    return own


def _own_states(taken: Taken, seen: list[Finding]) -> dict[str, State]:
    """Our state by their word."""
    own: dict[str, State] = {}
    for word, name in taken.names("states").items():
        state = next((one for one, chinese in STATE_NAMES.items() if name in {one, chinese}), state_of(name, {}))
        if state == "unknown" and name not in {"unknown", STATE_NAMES["unknown"]}:
            seen.append(unknown("D325", "台账状态", name, list(STATE_NAMES.values()), taken.where("states")))
        else:
            own["".join(word.split())] = state
    return own


# --- which tables ----------------------------------------------------------------------------------------


def _periods(taken: Taken, folder: Path, period: Period) -> Iterator[Period]:
    """The digest's period and those before it, where each has a table of its own."""
    yield period
    patterns = any(mark in taken.text(key) for key in ("file", "sheet", "query") for mark in _MARKS)
    if not patterns and not _asks_for_a_period(folder / taken.text("query")):
        return
    for _ in range(_MOST):
        period = period_before(period)
        yield period


def _asks_for_a_period(query: Path) -> bool:
    return query.is_file() and _PERIODIC.search(query.read_bytes()) is not None


def filled(pattern: str, period: Period, *, short: bool = False) -> str:
    """A pattern of file or sheet with the period in it; `short` months have no nought before them."""
    month = f"{period.month}" if short else f"{period.month:02}"
    return (
        pattern.replace("{period}", str(period))
        .replace("{year}", f"{period.year:04}")
        .replace("{month}", month if period.month else "")
        .replace("{quarter}", f"{period.quarter or ''}")
    )


def _grids(
    taken: Taken,
    folder: Path,
    period: Period,
    sources: Sources,
    seen: list[Finding],
    *,
    wanted: bool,
) -> tuple[Grid, ...]:
    """The sheets of one period; nothing, and nothing told, where an earlier period has none."""
    told: list[Finding] = []
    key = "query" if taken.text("query") else "file"
    spellings = [(filled(taken.text(key), period, short=short), short) for short in (False, True)]
    name, short = next(((name, short) for name, short in spellings if (folder / name).is_file()), spellings[0])
    path = find_file(folder, name, taken.where(key), told) if name else None
    if path is None:
        seen += told if wanted else ()
        return ()
    if key == "query":
        grids, findings = sources.query(path, name, taken.text("connection"), parameters_of(period, period))
    else:
        sheet = taken.text("sheet")
        grids, findings = sources.read(path, name, filled(sheet, period, short=short))
        if "{month}" in sheet and not grids:
            grids, findings = sources.read(path, name, filled(sheet, period, short=not short))
    if wanted:
        seen += findings
    return grids


def _chosen(grids: tuple[Grid, ...], columns: dict[str, Field], taken: Taken, seen: list[Finding]) -> Grid | None:
    """The sheet that holds the ledger; the only one there is goes on whatever it holds. D321."""
    if len(grids) == 1:
        return grids[0]
    fit = [grid for grid in grids if find_head(grid, columns)[0]]
    if len(fit) == 1:
        return fit[0]
    names = "、".join(f"“{grid.place.sheet}”" for grid in fit or grids)
    what = f"有{len(fit)}张表像是台账：{names}" if fit else f"没有一张表有台账的表头：{names}"
    hint = "请用 sheet 写明是哪一张" if fit else "表头应有问题、责任单位、状态等列"
    seen.append(Finding("D321", "error", what, Place(grids[0].place.file), taken.text("title"), hint))
    return None


def _of_earlier(findings: tuple[Finding, ...], period: Period, place: Place) -> Iterator[Finding]:
    """What was wrong with a table of an earlier period is counted, and told in full by the digest of that period."""
    grave = sum(finding.severity != "note" for finding in findings)
    if grave:
        message = f"{period.chinese}的台账有{grave}处疑点，逐条见该期的核对结果"
        yield Finding("D328", "note", message, place)


def _gaps(missed: list[Period], period: Period, read: Collection[Period], taken: Taken, seen: list[Finding]) -> None:
    """D320: no table of the period before, or of one in between."""
    if not read or period in missed:
        return
    oldest = min(read, key=last_day_of)
    before = period_before(period)
    if before not in read:
        message = f"没有上期台账（{before.chinese}），期初、新增和销号数不计"
        severity: Severity = "note" if oldest == period else "warning"
        seen.append(Finding("D320", severity, message, taken.place, str(before)))
    for one in missed:
        if one != before and last_day_of(one) > last_day_of(oldest):
            message = f"缺{one.chinese}的台账，连续几期未销号从其后算起"
            seen.append(Finding("D320", "warning", message, taken.place, str(one)))


def _as_of(read: ReadRows | None, period: Period, seen: list[Finding]) -> str:
    """The day of this period, or soon after it, that the table names (截至10月25日); else the last of the period."""
    end = last_day_of(period)
    for text in (*read.above, *read.below) if read else ():
        found = _AS_OF.search(text)
        day = read_day(found.group(1), "", period.year, "last").iso if found else ""
        if day and first_day_of(period) <= last_day(day) <= end + _SOON_AFTER:
            end = last_day(day)
            message = f"时限按表中“{found.group() if found else ''}”核对"
            seen.append(Finding("D324", "note", message, read.place if read else None, text))
            break
    return end.isoformat()


_MARKS: Final = ("{period}", "{year}", "{month}", "{quarter}")
_SOON_AFTER: Final = timedelta(days=31)  # a ledger may be closed when the digest is written
_PERIODIC: Final = re.compile(rb":(?:period|month)\b")
_MOST: Final = 12  # periods looked back
_AS_OF: Final = re.compile(r"截[至止]到?\s*([0-9〇○零一二三四五六七八九十年月日号./-]+[底末]?)")
