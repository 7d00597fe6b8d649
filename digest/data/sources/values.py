"""Values as a grid holds them (取值): the same number, day or word alike, whichever database or frame it came from.

5.30 of PostgreSQL, 5.3 of SQLite and the binary 5.3 of a frame are one Decimal, 5.00 and 5 one int, a timestamp at
midnight a day. What is no value of a table (bytes, lists, a time with its zone, NaN of a database) is told by its cell.
Codes: D228 a cell that is no value, D222 too large.
"""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.data.grid import Grid
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.sources.opened import Grids
    from digest.findings import Place

LONGEST: Final = 131_072
"""Characters of a cell at most: no office writes 50 pages into one."""
MOST_TOLD: Final = 50
_MOST_ROWS: Final = 1_000_000
_MOST_CELLS: Final = 4_000_000


class Unfit(NamedTuple):
    """What a cell holds that is no value of a table, and what helps."""

    what: str
    hint: str


def too_large(rows: int, cells: int) -> bool:
    """Whether a grid of that size is not kept as a whole."""
    return rows > _MOST_ROWS or cells > _MOST_CELLS


def plain(value: object, *, nan_is_empty: bool = False) -> object:
    """The value a grid holds for that of a database or a frame; `Unfit` for what is none.

    `nan_is_empty` is for frames, which have no other word for an empty cell.
    """
    kind = type(value)
    if value is None or kind is int or kind is bool or kind is time:
        return value
    if kind is str:
        return value if len(str(value)) <= LONGEST else _TOO_LONG
    if kind.__name__ in _HOLES:
        return None
    if kind.__module__ == "numpy" and kind.__name__ != "ndarray":
        return plain(_of_numpy(value), nan_is_empty=nan_is_empty)
    return _other(value, nan_is_empty=nan_is_empty)


def text_of(value: object) -> str:
    """How a value reads: numbers without exponent and without noughts behind, days as 2025-10-01, nothing for None."""
    match value:
        case None:
            return ""
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def value_grid(head: Sequence[str], rows: Iterable[Sequence[object]], place: Place, *, nan_is_empty: bool) -> Grids:
    """The grid of a frame or of a query's rows, its first row the titles; rows are counted without them."""
    made: list[tuple[object, ...]] = [tuple(head)]
    unfit: list[tuple[int, int, Unfit]] = []
    count = 0
    for number, row in enumerate(rows, 1):
        values = [plain(value, nan_is_empty=nan_is_empty) for value in row]
        for column, value in enumerate(values):
            if isinstance(value, Unfit):
                values[column] = None
                count += 1
                if count <= MOST_TOLD:
                    unfit.append((number, column, value))
        made.append(tuple(values))
        if too_large(number, number * len(head)):
            hint = "请在查询里汇总，或只取要用的行和列"
            return (), (Finding("D222", "error", f"行数过多（超过{number - 1}行）", place, hint=hint),)
    grid = Grid(place, tuple(made), lines=tuple(range(len(made))))
    seen = [
        Finding(
            "D228",
            "warning",
            f"这一格是{found.what}，不能作为表中的值",
            grid.place_of(row, column, head[column]),
            hint=found.hint,
        )
        for row, column, found in unfit
    ]
    if count > MOST_TOLD:
        seen.append(Finding("D228", "warning", f"另有{count - MOST_TOLD}格不能作为表中的值", place))
    return (grid,), tuple(seen)


def shortest_single(value: float) -> float:
    """The number of fewest digits that single precision keeps as the same: 5.3, not 5.300000190734863."""
    if not isfinite(value):
        return value
    for digits in range(6, 10):
        short = float(f"{value:.{digits}g}")
        if struct.unpack("f", struct.pack("f", short))[0] == value:
            return short
    return value


def _other(value: object, *, nan_is_empty: bool) -> object:  # noqa: PLR0911  a row of kinds, each with its answer
    match value:
        case float():
            if isfinite(value):
                return _number(Decimal(repr(float(value))))
            return None if nan_is_empty and isnan(value) else _NO_NUMBER
        case Decimal():
            if value.is_finite():
                return _number(value)
            return None if nan_is_empty and value.is_nan() else _NO_NUMBER
        case datetime():
            return _moment(value)
        case date() | int() | time():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return str(value)
        case _:
            name = type(value).__name__
            return str(value) if name in _NAMED else Unfit(_CALLED.get(name, f"{name}类型的内容"), "请换成文字或数")


def _number(value: Decimal) -> int | Decimal | Unfit:
    if value.adjusted() > _MOST_DIGITS or -value.as_tuple().exponent > _MOST_DIGITS:  # type: ignore[operator]  # finite
        return _NO_NUMBER
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal(text) if "." in text else int(text)


def _moment(value: datetime) -> object:
    if value.tzinfo is not None:
        return _ZONED
    if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
        return value.date()
    return datetime.combine(value.date(), value.time())  # not a Timestamp of pandas


def _of_numpy(value: Any) -> object:  # noqa: ANN401  its scalars have no type here: it need not be installed
    """A scalar of NumPy as Python's own."""
    name = type(value).__name__
    if name in {"float32", "float16"}:
        return float(str(value))
    if name == "datetime64":
        return value.astype("datetime64[us]").item()
    found = value.item()
    return str(value) if type(found).__module__ == "numpy" else found


_HOLES: Final = frozenset({"NAType", "NaTType"})
_MOST_DIGITS: Final = 1_000
_TOO_LONG: Final = Unfit(f"超过{LONGEST}字的文字", "请缩短这一格")
_NO_NUMBER: Final = Unfit("无穷或不是数的值（NaN、Infinity）", "没有数的格请留空（NULL）")
_ZONED: Final = Unfit("带时区的时间", "请先换成当地日期，例如在查询里写 CAST(… AS date)")
_NAMED: Final = frozenset({"UUID", "Period", "Interval"})  # the last two are of pandas: 2025-10
_CALLED: Final = {
    "bytes": "二进制内容",
    "bytearray": "二进制内容",
    "memoryview": "二进制内容",
    "list": "一组值",
    "tuple": "一组值",
    "ndarray": "一组值",
    "set": "一组值",
    "dict": "嵌套的对象",
    "timedelta": "时长",
    "Timedelta": "时长",
    "PGInterval": "时长",
    "complex": "复数",
}
