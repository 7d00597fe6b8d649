"""What the tests of pandas read, read by us: each file of an unpacked source of pandas, one by one.

    python scripts/try_pandas_fixtures.py FOLDER [--only csv,excel] [--seconds 20] [--all]
    python scripts/try_pandas_fixtures.py --download FOLDER      (fetches the distribution with pip and unpacks it)

Newer source distributions leave the files out; a checkout of the repository has them, and FOLDER may be one.

Every file is read in a process of its own with a limit of time. Each is read, refused with a code, or (what must not
be) crashed, hung, or has lost something: a cell that another reader sees as filled, and that is neither in a grid
nor in a finding. Cells are counted by openpyxl, by calamine, by the csv module or by pyarrow, as far as they read it.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import subprocess
import sys
import tarfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

KINDS: Final = {
    "csv": (".csv", ".tsv", ".txt", ".data"),
    "excel": (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".odf"),
    "json": (".json", ".jsonl", ".line"),
    "parquet": (".parquet",),
    "html": (".html", ".xml"),
}
WHERE: Final = "pandas/tests/io"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How reading one file ended: `how` is read, refused, crash or hang; `lost` are cells nobody told of."""

    how: str
    codes: str = ""
    sheets: int = 0
    cells: int = 0
    others: int = -1
    lost: int = 0


def read_once(path: Path) -> Outcome:
    """The outcome in this process; what is raised is a crash and goes up."""
    from digest.data.sources.opened import Sources  # noqa: PLC0415  timed with the reading, in a child

    with Sources() as sources:
        grids, seen = sources.read(path, path.name)
    codes = " ".join(sorted({finding.code for finding in seen}))
    if not grids:
        return Outcome("refused", codes or "none at all")
    cells = sum(_filled(cell) for grid in grids for row in grid.rows for cell in row)
    told = sum(finding.place is not None and bool(finding.place.cell) for finding in seen)
    others = _by_others(path)
    return Outcome("read", codes, len(grids), cells, others, max(0, others - cells - told) if others >= 0 else 0)


def _filled(cell: object) -> bool:
    return cell is not None and str(cell) != ""


def _by_others(path: Path) -> int:
    """Filled cells as another reader sees them; -1 where none reads the file."""
    counts = []
    for count in (_by_openpyxl, _by_calamine, _by_csv, _by_pyarrow):
        try:
            counts.append(count(path))
        except Exception:  # noqa: BLE001, S112  another reader's fault; it has no say then
            continue
    return max(counts, default=-1)


def _by_openpyxl(path: Path) -> int:
    import openpyxl  # noqa: PLC0415  see `read_once`

    book = openpyxl.load_workbook(path, data_only=True)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return sum(_filled(cell) for sheet in shown for row in sheet.values for cell in row)


def _by_calamine(path: Path) -> int:
    import python_calamine as calamine  # noqa: PLC0415  see `read_once`

    book = calamine.CalamineWorkbook.from_path(path)
    visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible]
    rows: Any = (row for name in visible for row in book.get_sheet_by_name(name).to_python())
    return sum(_filled(cell) for row in rows for cell in row)


def _by_csv(path: Path) -> int:
    if path.suffix not in KINDS["csv"]:
        raise ValueError(path.suffix)
    text = path.read_bytes().decode("utf-8-sig")
    delimiter = "\t" if path.suffix == ".tsv" else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    # As texts without their separators, so that another idea of what parts cells is no loss.
    return sum(_filled(cell) for row in rows for cell in row) if delimiter in text else 0


def _by_pyarrow(path: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415  see `read_once`

    if path.suffix != ".parquet":
        raise ValueError(path.suffix)
    table = parquet.read_table(path)
    filled: int = sum(_filled(cell) for column in table.columns for cell in column.to_pylist() if cell == cell)  # noqa: PLR0124  NaN
    return filled + int(table.num_columns)


def tried(path: Path, seconds: float) -> Outcome:
    """The outcome of one file in a process of its own."""
    command = [sys.executable, __file__, "--once", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603  ours
    except subprocess.TimeoutExpired:
        return Outcome("hang", f"{seconds:.0f}s")
    if done.returncode:
        return Outcome("crash", (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1][:80])
    return Outcome(**json.loads(done.stdout))


def download(folder: Path) -> None:
    """The source distribution of pandas, unpacked in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["--no-binary", "pandas", "--no-deps", "--no-build-isolation", "pandas"]
    subprocess.run([sys.executable, "-m", "pip", "download", *wanted, "-d", str(folder)], check=True)  # noqa: S603  as asked
    for archive in folder.glob("pandas-*.tar.gz"):
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")


def _told(outcome: Outcome) -> str:
    sizes = f" {outcome.sheets} sheets, {outcome.cells} cells, {outcome.others} by others" if outcome.sheets else ""
    return f"{outcome.codes}{sizes}{f' LOST {outcome.lost}' if outcome.lost else ''}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main() -> int:
    """A line for each file that is not simply read, and the counts; 1 where one crashed, hung or lost something."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("folder", type=Path, nargs="?")
    options.add_argument("--only", default=",".join(KINDS), help="kinds, parted by commas")
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--all", action="store_true", help="a line for every file")
    options.add_argument("--download", type=Path, metavar="FOLDER")
    options.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.once:
        sys.stdout.write(json.dumps(asdict(read_once(asked.once))))
        return 0
    if asked.download:
        download(asked.download)
    folder = asked.folder or asked.download
    if folder is None:
        options.error("the folder of an unpacked source distribution of pandas is missing")
    if not any(path.suffix in KINDS["csv"] + KINDS["excel"] for path in folder.rglob("*") if WHERE in path.as_posix()):
        _say(f"no files to read under {folder} ({WHERE}): see --help")
        return 2
    counts: Counter[tuple[str, str]] = Counter()
    lost = 0
    for kind in asked.only.split(","):
        files = [path for path in sorted(folder.rglob("*")) if WHERE in path.as_posix() and path.suffix in KINDS[kind]]
        for path in files:
            outcome = tried(path, asked.seconds)
            counts[kind, outcome.how] += 1
            lost += outcome.lost
            if asked.all or outcome.how != "read" or outcome.lost:
                _say(f"{kind:8} {outcome.how:8} {path.as_posix().partition(f'{WHERE}/')[2]:60} {_told(outcome)}")
    for (kind, how), number in sorted(counts.items()):
        _say(f"{kind:8} {how:8} {number}")
    _say(f"cells lost in silence: {lost}")
    return int(bool(lost or any(how in {"crash", "hang"} for _, how in counts)))


if __name__ == "__main__":
    sys.exit(main())
