"""Tables of millions of rows, added up while they are read (大表汇总): exact, in little memory, each doubt by its line.

One row holds one number, beside it the columns it belongs to (单位, 期间, 指标). Numbers are added as the decimals they
are written as. A group with a cell that is no number has no sum: a smaller one would pass for the true one.

Codes: D240 no such column, D241 a cell that is no number (50 are told, then how many more), D242 empty cells (note),
D243 a row too short; D120, D122, D125, D229, D230 and D222 as elsewhere.
"""

from __future__ import annotations

import codecs
import csv
import re
from decimal import Context, Decimal, Inexact, localcontext
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.data.answers import MISSING
from digest.data.folding import fold
from digest.data.grid import Grid
from digest.data.sources.frames import arrow_faults, no_arrow
from digest.data.sources.magic import kind_of
from digest.data.sources.parquet import damaged
from digest.data.sources.texts import bad_quotes, decode, form_of
from digest.data.sources.values import MOST_TOLD, Unfit, plain, shortest_single, text_of
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from digest.data.sources.opened import Grids

COUNT: Final = "行数"
"""The column that says how many numbers a sum is of."""

_Key = tuple[object, ...]
_Row = tuple[int, _Key, object]
"""Line, group and cell; the cell may be a `_Part`."""


class _Part(NamedTuple):
    """Many cells of one group, already added up."""

    total: Decimal
    numbers: int
    holes: int


def add_up(path: Path, shown: str, keys: Sequence[str], value: str) -> Grids:
    """Sums of the column `value` of a CSV or Parquet file, a row for each group of `keys` in the order they come up.

    The last column tells how many numbers were added; the grid is a sheet called 汇总. Empty cells are not counted.
    """
    place = Place(shown)
    try:
        with path.open("rb") as file:
            head = file.read(8)
        if kind_of(head) == "parquet":
            return _of_parquet(path, place, keys, value)
        return _of_text(path, place, keys, value)
    except OSError as error:
        return (), (Finding("D109", "error", f"文件不能读取（{error.strerror or error}）", place),)


# --- adding -------------------------------------------------------------------------------------------


def _sums(rows: Iterable[_Row], place: Place, keys: Sequence[str], value: str) -> Grids:
    groups: dict[_Key, list[Any]] = {}  # sum, count, whether it is whole
    seen: list[Finding] = []
    bad = empty = 0
    is_plain = _PLAIN.fullmatch
    with localcontext(Context(prec=_DIGITS, traps=[Inexact])):
        for line, key, cell in rows:
            group = groups.get(key)
            if group is None:
                group = groups[key] = [0, 0, True]
                if len(groups) > _MOST_GROUPS:
                    return (), (_too_many(place, keys),)
            if type(cell) is str and is_plain(cell):
                group[0] += Decimal(cell)
                group[1] += 1
                continue
            part = cell if isinstance(cell, _Part) else _part(cell)
            if isinstance(part, _Part):
                group[0] += part.total
                group[1] += part.numbers
                empty += part.holes
                continue
            bad += 1
            group[2] = False
            if bad <= MOST_TOLD:
                where = Place(place.file, place.sheet, f"第{line}行 › {value}")
                seen.append(Finding("D241", "warning", f"“{part}”不是数", where, part, "这一组没有合计；请改成数"))
    if bad > MOST_TOLD:
        seen.append(Finding("D241", "warning", f"另有{bad - MOST_TOLD}格不是数", place))
    if empty:
        seen.append(Finding("D242", "note", f"“{value}”有{empty}格没有数，未计入合计", place))
    if not groups:
        return (), (Finding("D120", "error", "表中只有列名，没有数据行", place),)
    made = [
        (*keys, value, COUNT),
        *((*key, plain(total) if whole and count else None, count) for key, (total, count, whole) in groups.items()),
    ]
    return (Grid(Place(place.file, "汇总"), tuple(made), lines=tuple(range(len(made)))),), tuple(seen)


def _part(cell: object) -> _Part | str:
    """A cell by itself; its text where it is neither a number nor empty."""
    found = cell if isinstance(cell, str) else plain(cell, nan_is_empty=True)
    if isinstance(found, Unfit):
        return found.what
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        number = Decimal(found)
        return _Part(number, 1, 0) if -_LARGEST < number < _LARGEST else _short(text_of(found))
    text = fold(text_of(found))
    if text in MISSING:
        return _Part(Decimal(0), 0, 1)
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    return _Part(Decimal(text), 1, 0) if _PLAIN.fullmatch(text) else _short(str(found))


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


def _too_many(place: Place, keys: Sequence[str]) -> Finding:
    names = "、".join(keys)
    return Finding("D222", "error", f"按{names}分出的组超过{_MOST_GROUPS}个", place, hint="请检查列名是否写对")


def _columns(head: Sequence[str], wanted: Sequence[str], place: Place) -> list[int] | Finding:
    """Where the wanted columns stand, or D240."""
    titles = [title.strip() for title in head]
    for name in wanted:
        if titles.count(name) != 1:
            what = f"没有名为“{name}”的列" if name not in titles else f"列名“{name}”重复"
            there = "、".join(filter(None, titles[:_WIDTH]))
            return Finding("D240", "error", what, place, name, f"表中有：{there}")
    return [titles.index(name) for name in wanted]


# --- texts --------------------------------------------------------------------------------------------


def _of_text(path: Path, place: Place, keys: Sequence[str], value: str) -> Grids:
    encoding, seen = _encoding(path, place)
    if any(finding.severity == "error" for finding in seen):
        return (), seen
    with path.open(encoding=encoding, newline="") as file:
        form = form_of(file.read(_HEAD))
        file.seek(0)
        skipped = 0
        if form.start:
            file.readline()
            skipped = 1
        reader = csv.reader(file, delimiter=form.delimiter, strict=True)
        broken: list[Finding] = []
        rows = _numbered(reader, skipped, broken, place)
        _, head = next(((line, row) for line, row in rows if any(map(str.strip, row))), (0, None))
        if head is None:
            return (), (*seen, *(broken or [Finding("D120", "error", "表是空的", place)]))
        columns = _columns(head, [*keys, value], place)
        if isinstance(columns, Finding):
            return (), (*seen, columns)
        grids, faults = _sums(_rows(rows, columns, broken, place), place, keys, value)
    return ((), (*seen, *broken)) if broken else (grids, (*seen, *faults))


def _numbered(reader: Any, skipped: int, broken: list[Finding], place: Place) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401  of csv
    """Rows with the lines they begin at, up to one whose quotes do not match."""
    line = skipped + 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + skipped + 1
    except csv.Error as error:
        broken.append(bad_quotes(place.file, line, error))


def _rows(
    rows: Iterable[tuple[int, list[str]]], columns: list[int], broken: list[Finding], place: Place
) -> Iterator[_Row]:
    """Lines, groups and cells; what is wrong with rows that have not all columns goes to `broken`."""
    *key_columns, at = columns
    key_of = _picker(key_columns)
    for line, row in rows:
        try:
            yield line, key_of(row), row[at]
        except IndexError:
            if any(row) and len(broken) < MOST_TOLD:
                where = Place(place.file, place.sheet, f"第{line}行")
                hint = "请补齐，空格也要有分隔符"
                broken.append(Finding("D243", "error", f"这一行只有{len(row)}格", where, hint=hint))


def _picker(columns: list[int]) -> Callable[[Sequence[object]], _Key]:
    if not columns:
        return lambda _: ()
    if len(columns) == 1:
        (only,) = columns
        return lambda row: (row[only],)
    return itemgetter(*columns)


def _encoding(path: Path, place: Place) -> tuple[str, tuple[Finding, ...]]:
    """The encoding of a text, without holding it all at once where it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    nought = False
    try:
        with path.open("rb") as file:
            start = file.peek(2)[:2]
            while block := file.read(_BLOCK):
                nought = nought or b"\0" in block
                decoder.decode(block)
            decoder.decode(b"", final=True)
        if not nought and start not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-8-sig", ()
    except UnicodeDecodeError:
        pass
    _, seen = decode(path.read_bytes(), place.file)
    return ("gb18030" if any("GB18030" in finding.message for finding in seen) else "utf-16"), seen


# --- Parquet ------------------------------------------------------------------------------------------


def _of_parquet(path: Path, place: Place, keys: Sequence[str], value: str) -> Grids:
    try:
        from pyarrow import parquet  # noqa: PLC0415  an extra, and a third of a second
    except ImportError:
        return (), (no_arrow(place),)
    try:
        with parquet.ParquetFile(path) as file:
            columns = _columns(file.schema_arrow.names, [*keys, value], place)
            if isinstance(columns, Finding):
                return (), (columns,)
            return _sums(_of_batches(file, [*keys, value]), place, keys, value)
    except arrow_faults() as error:
        return (), (damaged(error, place),)


def _of_batches(file: Any, names: list[str]) -> Iterator[_Row]:  # noqa: ANN401  pyarrow has no types
    line = 0
    for batch in file.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
        parts = _added(batch, names)
        if parts is not None:
            yield from ((line, key, part) for key, part in parts)
            line += batch.num_rows
            continue
        *keys, cells = [_cells(batch.column(name)) for name in names]
        for line, (cell, *key) in enumerate(zip(cells, *keys, strict=True), line + 1):  # noqa: B020  counted on
            yield line, tuple(key), cell


def _added(batch: Any, names: list[str]) -> list[tuple[_Key, _Part]] | None:  # noqa: ANN401  pyarrow has no types
    """The groups of a batch added up by Arrow, in decimals; None where a cell is to be looked at by itself."""
    import pyarrow as pa  # noqa: PLC0415  an extra
    import pyarrow.compute as pc  # noqa: PLC0415  the same

    *keys, value = names
    column = batch.column(value)
    try:
        if pa.types.is_floating(column.type):
            if not pa.types.is_float64(column.type):
                return None
            column = pc.cast(column, pa.string())  # the shortest decimal that means the number
        elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            if not pc.all(pc.match_substring_regex(column, _PLAIN_TEXT)).as_py():
                return None
        elif not (pa.types.is_integer(column.type) or pa.types.is_decimal(column.type)):
            return None
        column = pc.cast(column, pa.decimal128(_DIGITS_HELD, _DECIMALS_HELD))
    except pa.ArrowInvalid:
        return None
    span = pc.min_max(column).as_py()
    if span["min"] is None or max(abs(span["min"]), abs(span["max"])) >= _LARGEST_HELD:
        return None
    table = pa.table([*(batch.column(name) for name in keys), column], names=[*map(str, range(len(keys))), "v"])
    sums = table.group_by([str(number) for number in range(len(keys))], use_threads=False).aggregate(
        [("v", "sum"), ("v", "count"), ([], "count_all")]
    )
    groups = zip(*(sums.column(str(number)).to_pylist() for number in range(len(keys))), strict=True) if keys else [()]
    parts = zip(sums.column("v_sum"), sums.column("v_count"), sums.column("count_all"), strict=True)
    return [
        (key, _Part(total.as_py() or Decimal(0), count.as_py(), rows.as_py() - count.as_py()))
        for key, (total, count, rows) in zip(groups, parts, strict=True)
    ]


def _cells(column: Any) -> list[object]:  # noqa: ANN401  pyarrow has no types
    kind = str(column.type)
    if kind.startswith(("string", "large_string")):  # few texts, told often
        column = column.dictionary_encode()
        kind = str(column.type)
    if kind.startswith("dictionary"):
        words = column.dictionary.to_pylist()
        return [None if index is None else words[index] for index in column.indices.to_pylist()]
    values = column.to_pylist()
    single = kind in {"float", "halffloat"}
    return [None if value is None else shortest_single(value) for value in values] if single else list(values)


_PLAIN: Final = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
_PLAIN_TEXT: Final = r"^[+-]?[0-9]{1,20}(\.[0-9]{1,12})?$"
_DIGITS_HELD, _DECIMALS_HELD = 38, 12
_LARGEST_HELD: Final = 10**20  # so that no sum of a batch goes beyond what is held
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DIGITS: Final = 100  # 30 before the point, 30 behind it, and all the rows there can be
_LARGEST: Final = 10**30
_MOST_GROUPS: Final = 200_000
_WIDTH: Final = 30
_HEAD: Final = 65_536
_BLOCK: Final = 2**20
_ROWS: Final = 65_536
