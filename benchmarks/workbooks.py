"""Time and memory of a workbook: read, and read until its figures are quantities; beside pandas, calamine and openpyxl.

    python benchmarks/workbooks.py [FILE ...] [--rounds N] [--rows N]

Without a file a table of 5,000 rows and 20 columns is made as office programs write it: a title, a head with units,
names as shared texts, whole numbers, decimals, both with and without number formats. `ours` reads the file as the other
readers do; `ours, quantities` goes on until the table is recognised and every cell is a quantity or a refusal, which no
other does. Every round is a process of its own for each reader, which take turns; seconds are medians of work, without
imports and with the collector of cycles off, as it is while a digest is made; memory is the peak of the process with
all it imports. Behind each stands how many times ours it is.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS: Final = "ABCDEFGHIJKLMNOPQRST"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CITIES: Final = ("济南市", "青岛市", "淄博市", "枣庄市", "东营市", "烟台市", "潍坊市", "济宁市")


def made(count: int) -> bytes:
    """A workbook with a table of `count` rows: a name and nineteen figures in each."""
    titles = ("地区", *(f"指标{number}（{'个' if number % 4 else '万元'}）" for number in range(1, len(COLUMNS))))
    heads = ["各地情况表", *titles]
    rows = ['<row r="1"><c r="A1" t="s"><v>0</v></c></row>', row_of(2, [f' t="s"><v>{n}</v>' for n in range(1, 21)])]
    for row in range(3, count + 3):
        number = row * 7919 % 9973
        cells = [f' t="s"><v>{len(heads) + row - 3}</v>']
        for column in range(1, len(COLUMNS)):
            match column % 4:
                case 0:
                    cells.append(f' s="1"><v>{(number + column) / 100!r}</v>')
                case 1:
                    cells.append(f"><v>{number + column}</v>")
                case 2:
                    cells.append(f' s="2"><v>{number * 10 + column}</v>')
                case _:
                    cells.append(f"><v>{number + column + 0.5}</v>")
        rows.append(row_of(row, cells))
    heads += [f"{CITIES[number % 8]}第{number}批项目" for number in range(count)]
    texts = "".join(f"<si><t>{text}</t></si>" for text in heads)
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    kinds = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{types}{kind}+xml"/>' for part, kind in kinds.items()
    )
    related = {
        "rId1": ("worksheet", "worksheets/sheet1.xml"),
        "rId2": ("styles", "styles.xml"),
        "rId3": ("sharedStrings", "sharedStrings.xml"),
    }
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(related),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">'
        '<xf numFmtId="0" xfId="0"/><xf numFmtId="2" xfId="0"/><xf numFmtId="3" xfId="0"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" count="{len(heads)}" uniqueCount="{len(heads)}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, HEAD + content)
    return out.getvalue()


def row_of(row: int, cells: list[str]) -> str:
    """A row; each cell begins behind its place."""
    held = "".join(f'<c r="{letter}{row}"{cell}</c>' for letter, cell in zip(COLUMNS, cells, strict=True))
    return f'<row r="{row}" spans="1:20">{held}</row>'


def relations(targets: dict[str, tuple[str, str]]) -> str:
    """A part of relations."""
    each = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{part}"/>' for key, (kind, part) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def ours() -> Callable[[bytes], object]:
    """Our reader."""
    from digest.data.sources.workbooks import read_workbook

    return lambda data: read_workbook(data, "t.xlsx")


def our_quantities() -> Callable[[bytes], object]:
    """Our reader, the recogniser of tables, and the reader of cells, for every figure of the first sheet."""
    from digest.data.cells import read_column
    from digest.data.sources.workbooks import read_workbook
    from digest.data.tabling.figures import column_of
    from digest.data.tabling.recognise import recognise

    def read(data: bytes) -> object:
        grids, _ = read_workbook(data, "t.xlsx")
        tables, findings = recognise(grids[0])
        if not tables:
            raise ValueError(findings)
        return [
            read_column(*column_of(table.rows, column.index), unit=column.unit)
            for table in tables
            for column in table.columns
            if column.role not in {"label", "skipped"}
        ]

    return read


def pandas_with_calamine() -> Callable[[bytes], object]:
    """As the facts table was read before: values only."""
    import pandas as pd

    pd.read_excel(io.BytesIO(made(2)), engine="calamine")  # it imports the engine when it is first asked

    return lambda data: pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, dtype=object, engine="calamine")


def calamine() -> Callable[[bytes], object]:
    """Values alone, as lists."""
    from python_calamine import CalamineWorkbook

    def read(data: bytes) -> object:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]

    return read


def openpyxl() -> Callable[[bytes], object]:
    """Values alone, in the mode that reads only."""
    import openpyxl as library

    def read(data: bytes) -> object:
        book = library.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [list(page.iter_rows(values_only=True)) for page in book.worksheets]

    return read


READERS: Final = {
    "ours": ours,
    "ours, quantities": our_quantities,
    "pandas+calamine": pandas_with_calamine,
    "calamine": calamine,
    "openpyxl": openpyxl,
}


def once(reader: str, path: Path) -> dict[str, float]:
    """Seconds of work to read a file in this process, and the peak of its memory in MB."""
    read, data = READERS[reader](), path.read_bytes()
    gc.disable()
    start = time.process_time()
    kept = read(data)
    seconds = time.process_time() - start
    del kept
    return {"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Print one line a reader for each file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--once", choices=READERS, help="one reader in this process, told as JSON")
    asked = parser.parse_args()
    if asked.once:
        print(json.dumps(once(asked.once, asked.files[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        files = asked.files
        if not files:
            files = [Path(folder) / f"{asked.rows}x{len(COLUMNS)}.xlsx"]
            files[0].write_bytes(made(asked.rows))
        for path in files:
            show(path, asked.rounds)


def show(path: Path, rounds: int) -> None:
    """The readers of one file side by side; one that cannot read it is left out."""
    told: dict[str, list[dict[str, float]]] = {}
    for _ in range(rounds):
        for reader in READERS:
            command = [sys.executable, __file__, str(path), "--once", reader]
            done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
            if not done.returncode:
                told.setdefault(reader, []).append(json.loads(done.stdout))
    print(f"{path.name}  {path.stat().st_size / 1024:.0f} KB, {rounds} rounds")
    middle = {reader: {key: median(one[key] for one in times) for key in times[0]} for reader, times in told.items()}
    for reader, found in middle.items():
        times, memory = (found[key] / max(0.001, middle["ours"][key]) for key in ("seconds", "mb"))
        print(f"  {reader:17} {found['seconds']:6.3f} s {times:5.1f}×  {found['mb']:5.0f} MB {memory:5.1f}×")


if __name__ == "__main__":
    main()
