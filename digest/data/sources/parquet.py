"""Parquet files as grids; pyarrow reads them, which comes with the extra `parquet`.

Codes: D222 too large (known before anything is read), D229 pyarrow is missing, D230 damaged; those of `frames.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.sources.frames import arrow_faults, first_line, no_arrow, of_arrow
from digest.data.sources.values import too_large
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.sources.opened import Grids


def read_parquet(path: Path, shown: str) -> Grids:
    """The grid of a Parquet file."""
    place = Place(shown)
    try:
        from pyarrow import parquet  # noqa: PLC0415  an extra, and a third of a second
    except ImportError:
        return (), (no_arrow(place),)
    try:
        with parquet.ParquetFile(path) as file:
            told = file.metadata
            if too_large(told.num_rows, told.num_rows * told.num_columns):
                message, hint = f"数据过大（{told.num_rows}行，{told.num_columns}列）", "请先汇总，或只取要用的行和列"
                return (), (Finding("D222", "error", message, place, hint=hint),)
            table = file.read(use_threads=False)
        return of_arrow(table, place)
    except arrow_faults() as error:
        return (), (damaged(error, place),)


def damaged(error: Exception, place: Place) -> Finding:
    """D230 with what pyarrow said."""
    return Finding("D230", "error", f"Parquet文件不能读取（{first_line(error)}）", place, hint="请重新导出这个文件")
