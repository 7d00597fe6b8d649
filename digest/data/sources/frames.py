"""Data frames as grids (数据框): of pandas, of polars, of Arrow, and whatever hands itself over as a stream of Arrow.

A frame has its titles apart from its rows, so rows are counted without them. NaN, NaT and None are empty cells; an
index with a name, or of texts, is a column.

Codes: D120 nothing in it, D222 too large, D228 a cell that is no value, D229 pyarrow is missing, D230 what came is
damaged, D231 no frame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from digest.data.grid import Merge
from digest.data.sources.values import shortest_single, too_large, value_grid
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.data.grid import Grid
    from digest.data.sources.opened import Grids


def read_frame(frame: object, shown: str) -> Grids:
    """The grid of a frame, `shown` being what a person calls it; for pandas nothing else need be installed."""
    place = Place(shown)
    if type(frame).__module__.partition(".")[0] == "pandas":
        return _of_pandas(frame, place)
    if not hasattr(frame, "__arrow_c_stream__"):
        kinds = "pandas、polars 的 DataFrame 或 Arrow 表"
        return (), (Finding("D231", "error", f"不是数据框，而是{type(frame).__name__}", place, hint=f"可以用{kinds}"),)
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra, and a third of a second
    except ImportError:
        return (), (no_arrow(place),)
    try:
        return of_arrow(pa.table(frame), place)
    except arrow_faults() as error:
        return (), (Finding("D230", "error", f"数据框不能读取（{first_line(error)}）", place),)


def no_arrow(place: Place) -> Finding:
    """D229: what to install."""
    return Finding("D229", "error", "读它需要 pyarrow", place, hint="请安装：pip install 'jianbao[parquet]'")


def arrow_faults() -> tuple[type[Exception], ...]:
    """What pyarrow raises for damaged data; it must be installed."""
    import pyarrow as pa  # noqa: PLC0415  see `read_frame`

    return (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError)


def first_line(error: BaseException) -> str:
    """The first line of what an error says, cut where it is long."""
    return (str(error).splitlines() or [type(error).__name__])[0][:_MESSAGE]


# --- Arrow --------------------------------------------------------------------------------------------


def of_arrow(table: Any, place: Place) -> Grids:  # noqa: ANN401  pyarrow has no types
    """The grid of a pyarrow Table."""
    if not table.num_columns:
        return (), (_empty(place),)
    if too_large(table.num_rows, table.num_rows * table.num_columns):
        return (), (_too_large(table.num_rows, place),)
    kept = [index for index, name in enumerate(table.column_names) if not _is_numbering(table, index, name)]
    head = ["" if _is_index(table.column_names[index]) else str(table.column_names[index]) for index in kept]
    columns = [list(_values(table.column(index))) for index in kept]
    return value_grid(head, zip(*columns, strict=True), place, nan_is_empty=True)


def _values(column: Any) -> Iterable[object]:  # noqa: ANN401  pyarrow has no types
    kind = str(column.type)
    values = column.to_pylist()
    if kind in {"float", "halffloat"}:  # single precision
        return [None if value is None else shortest_single(value) for value in values]
    return list(values)


def _is_index(name: object) -> bool:
    return str(name).startswith("__index_level_")


def _is_numbering(table: Any, index: int, name: object) -> bool:  # noqa: ANN401  pyarrow has no types
    """Whether a column is only the numbers pandas gave the rows."""
    return _is_index(name) and str(table.column(index).type).startswith("int")


# --- pandas -------------------------------------------------------------------------------------------


def _of_pandas(frame: Any, place: Place) -> Grids:  # noqa: ANN401  its types need not be installed
    if not hasattr(frame, "columns"):
        frame = frame.to_frame()  # a Series
    frame = _with_index(frame)
    if not len(frame.columns):
        return (), (_empty(place),)
    if too_large(len(frame), len(frame) * len(frame.columns)):
        return (), (_too_large(len(frame), place),)
    columns = [_column(frame.iloc[:, number]) for number in range(len(frame.columns))]
    levels = _levels(frame.columns)
    grids, seen = value_grid(levels[-1], zip(*columns, strict=True), place, nan_is_empty=True)
    return (tuple(_under(grid, levels[:-1]) for grid in grids), seen) if len(levels) > 1 else (grids, seen)


def _with_index(frame: Any) -> Any:  # noqa: ANN401  pandas
    """The frame with its index as columns where that says something: it has a name, or holds texts or days."""
    index = frame.index
    if any(name is not None for name in index.names):
        return frame.reset_index(allow_duplicates=True)
    if index.dtype.kind in "iu":  # the numbers of the rows, perhaps with gaps
        return frame
    return frame.reset_index(names=[""] * index.nlevels, allow_duplicates=True)


def _column(series: Any) -> Sequence[object]:  # noqa: ANN401  pandas
    """Values one by one; single precision as NumPy has it, since Python's float would show digits nobody wrote."""
    return list(series.to_numpy() if str(series.dtype) in {"float32", "float16"} else series)


def _levels(columns: Any) -> list[list[str]]:  # noqa: ANN401  pandas
    if columns.nlevels == 1:
        return [[str(name) for name in columns]]
    return [[str(name) for name in columns.get_level_values(level)] for level in range(columns.nlevels)]


def _under(grid: Grid, upper: list[list[str]]) -> Grid:
    """The grid with the upper rows of its head above it, equal titles beside each other as one merged cell."""
    rows = tuple(tuple(row) for row in upper)
    merges = tuple(
        Merge(row, left, row, right)
        for row, titles in enumerate(upper)
        for left, right in _runs(titles)
        if right > left
    )
    return replace(grid, rows=(*rows, *grid.rows), merges=merges, lines=(*(0 for _ in rows), *grid.lines))


def _runs(titles: list[str]) -> Iterator[tuple[int, int]]:
    left = 0
    for column in range(1, len(titles) + 1):
        if column == len(titles) or titles[column] != titles[left]:
            yield left, column - 1
            left = column


def _empty(place: Place) -> Finding:
    return Finding("D120", "error", "表是空的", place, hint="数据框里没有列")


def _too_large(rows: int, place: Place) -> Finding:
    return Finding("D222", "error", f"数据过大（{rows}行）", place, hint="请先汇总，或只取要用的行和列")


_MESSAGE: Final = 200
