"""Where the cells of a table come from (取表): a frame handed in, a query, or the file of each month.

Files are those of the months from `[data] since` on, or of the 24 before the digest's own, never of a later one. A file
of so many rows that they can only be details is not opened here: its sums are taken by `details.py`.

Codes: D295 no file of the digest's own period (error), D296 none of an earlier one (warning).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.details import is_of_details
from digest.data.documents import find_file
from digest.data.over_time import periods_until
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from digest.data.grid import Grid
    from digest.data.metrics import TableSource
    from digest.data.period import Period
    from digest.data.sources.opened import Sources


class Piece(NamedTuple):
    """One file of a table, or its query or frame: the period it is of, None where it holds more than one.

    `details` is a file, called `shown`, whose rows are to be added up.
    """

    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    period: Period | None = None
    details: Path | None = None
    shown: str = ""


def pieces_of(
    source: TableSource,
    since: Period | None,
    period: Period,
    folder: Path,
    opened: Sources,
    handed_in: bool,  # noqa: FBT001  one of three ways a table comes
    seen: list[Finding],
) -> Iterator[Piece]:
    """The grids of a table: of a frame, of a query, or of each of its files."""
    periods = periods_read(since, period)
    if handed_in:
        yield Piece(*opened.frame(source.title))
    elif source.query:
        place = source.place or Place("")
        path = find_file(folder, source.query, place, seen)
        if path is not None:
            told = parameters_of(period, periods[0])
            yield Piece(*opened.query(path, source.query, source.connection, told))
    elif source.file:
        names = _files(source.file, periods)
        yield from _of_files(source, names, folder, opened, seen, told_of=since is not None)


def parameters_of(period: Period, since: Period) -> dict[str, str | int]:
    """What a query may ask for: `:period` and `:since` as ISO texts, `:year` and `:month` of the period."""
    return {"period": str(period), "since": str(since), "year": period.year, "month": period.month}


def _of_files(
    source: TableSource,
    names: Mapping[str, Period | None],
    folder: Path,
    opened: Sources,
    seen: list[Finding],
    *,
    told_of: bool,
) -> Iterator[Piece]:
    *_, last = names
    missing = []
    for name, period in names.items():
        if name != last and _is_absent(folder / name):
            missing.append(name)
            continue
        found: list[Finding] = []
        path = find_file(folder, name, source.place or Place(""), found)
        if path is None:
            seen += (
                Finding("D295", "error", f"数据表“{source.title}”：{one.message}", one.place, one.value, one.hint)
                for one in found
            )
            continue
        if is_of_details(path, source):
            yield Piece(period=period, details=path, shown=name)
        else:
            yield Piece(*opened.read(path, name, source.sheet), period)
    if missing and told_of:
        listed = "、".join(missing[:_SHOWN]) + ("等" if len(missing) > _SHOWN else "")
        message = f"数据表“{source.title}”缺以前的文件{len(missing)}个：{listed}"
        hint = "补上这些文件，或把 [data] 的 since 改晚；没有的数不补零，相应的比较也不做"
        seen.append(Finding("D296", "warning", message, source.place, missing[0], hint))


def _is_absent(path: Path) -> bool:
    """Whether there is no such file; one that cannot even be asked for is there, and `find_file` tells what it has."""
    try:
        return not path.is_file()
    except OSError:
        return False


def _files(pattern: str, periods: Iterable[Period]) -> dict[str, Period | None]:
    """The files of a pattern, those of the last period last; with a period where one file is of one period only."""
    single = re.search(r"\{(?:period|month|quarter)\}", pattern) is not None
    names: dict[str, Period | None] = {}
    for period in periods:
        name = pattern.replace("{period}", str(period)).replace("{year}", f"{period.year:04}")
        name = name.replace("{month}", f"{period.month:02}").replace("{quarter}", str(period.quarter))
        names.pop(name, None)
        names[name] = period if single else None
    return names


def periods_read(since: Period | None, period: Period) -> tuple[Period, ...]:
    """From the first that is read to the digest's own."""
    if since is None:
        return periods_until(period, _MONTHS_BEFORE + 1 if period.month else _OTHERS_BEFORE + 1)
    count = 1
    while count < _MOST and end_of(periods_until(period, count + 1)[0]) >= _start_of(since):
        count += 1
    return periods_until(period, count)


def end_of(period: Period) -> int:
    """Its last month, counted from the year zero."""
    return period.year * 12 + (period.month or 3 * period.quarter or 12)


def _start_of(period: Period) -> int:
    return period.year * 12 + (period.month or max(3 * period.quarter - 2, 1))


_MONTHS_BEFORE: Final = 24
_OTHERS_BEFORE: Final = 8
_MOST: Final = 600  # periods; a `since` in the year 1 is a slip of the pen
_SHOWN: Final = 8
