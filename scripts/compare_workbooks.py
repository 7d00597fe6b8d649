"""Workbooks read by us and by calamine, cell by cell: every .xls, .xlsx and .xlsm below a folder.

    python scripts/compare_workbooks.py FOLDER

One line for each sheet that is read otherwise, with the first cells that differ and what our reader told of them, then
the number of cells of each kind of file. A file that lies there twice is read once. Whole and broken numbers are one
kind of number here, and so are days and moments; an error such as #N/A is a text with us and nothing with calamine.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook

from digest.data.sources.workbooks import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.data.grid import Grid

Cells = dict[tuple[int, int], object]


def alike(value: object) -> object:
    """The value as both readers would have it, None for an empty cell."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, datetime):
        return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time())
    return None if value == "" else value


def cells_of(rows: Sequence[Sequence[object]]) -> Cells:
    """What is filled, by row and column from 0."""
    held = ((row, column, alike(value)) for row, cells in enumerate(rows) for column, value in enumerate(cells))
    return {(row, column): value for row, column, value in held if value is not None}


def theirs(data: bytes) -> dict[str, Cells]:
    """The sheets that calamine reads."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: cells_of(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names}


def differences(path: Path, data: bytes, count: Counter[str]) -> Iterator[str]:
    """A line for each sheet that differs."""
    grids, findings = read_workbook(data, path.name)
    told = " ".join(sorted({f"{finding.code}" for finding in findings}))
    try:
        sheets = theirs(data)
    except (CalamineError, OSError, ValueError) as error:
        yield f"{path.name}: calamine says {error}; ours {len(grids)} sheets, {told}"
        return
    ours: dict[str, Grid] = {grid.place.sheet: grid for grid in grids}
    for name, expected in sheets.items():
        found = cells_of(ours[name].rows) if name in ours else {}
        count[path.suffix] += len(expected)
        apart = [at for at in sorted({*expected, *found}) if expected.get(at) != found.get(at)]
        if apart:
            count["apart"] += len(apart)
            shown = ", ".join(f"{at}: {expected.get(at)!r} and ours {found.get(at)!r}" for at in apart[:3])
            yield f"{path.name} › {name}: {len(apart)} cells ({shown}); {told}"


def main() -> None:
    """Write what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    count: Counter[str] = Counter()
    seen: set[bytes] = set()
    for path in sorted(parser.parse_args().folder.rglob("*.xls*")):
        data = path.read_bytes()
        key = sha256(data).digest()
        if key not in seen and path.suffix in {".xls", ".xlsx", ".xlsm"}:
            seen.add(key)
            for line in differences(path, data, count):
                sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{len(seen)} files; filled cells: {dict(count)}\n")


if __name__ == "__main__":
    main()
