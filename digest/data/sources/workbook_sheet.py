"""A sheet while it is read (读表): cells are put where they stand, what is seen on the way is collected.

Every reader of workbooks fills one of these, whatever the file's own form is. What has neither value nor words is not
kept, so that a column formatted to the last row costs nothing.

Codes: D134 a cell with an error, D135 a formula without result, D137 too large, D202 a filter, D204 formulas that
perhaps nobody computed, D205 a number that is none, no such day or text, D207 partly struck through, D208 days counted
from 1904.
"""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from typing import TYPE_CHECKING, Final, cast

from digest.data.grid import Grid, Merge, column_name
from digest.data.sources.workbook_values import day_of
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, time

    from digest.data.sources.workbook_styles import CellStyles
    from digest.data.sources.workbook_values import Texts, Words


class UnreadableError(Exception):
    """Why a workbook, or a sheet of it, is not read; never leaves the reader."""

    def __init__(self, code: str, message: str, hint: str, value: str = "", cell: str = "") -> None:
        """Code, sentence, what helps; what the file or the system said; the cell where it stands."""
        super().__init__(message)
        self.code, self.message, self.hint, self.value, self.cell = code, message, hint, value, cell

    def finding(self, place: Place) -> Finding:
        """It as an error at `place`."""
        where = Place(place.file, place.sheet, self.cell) if self.cell else place
        return Finding(self.code, "error", self.message, where, self.value, self.hint)


class SheetCells:
    """Cells by their row, from 0, with what is known about them."""

    def __init__(self, place: Place, styles: CellStyles, *, from_1904: bool = False, most: int = 0) -> None:
        """An empty sheet at `place`; `most` is the number of cells that its extent may hold."""
        self.place = place
        self.rows: dict[int, list[object]] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.struck: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.width = 0
        self.height = 0
        self.days = False
        self.acting = styles.acting()
        self._known_days: dict[tuple[float, str], date | datetime | time | None] = {}
        self._from_1904 = from_1904
        self._most = most or MOST_CELLS
        self._told: Counter[str] = Counter()
        self._findings: list[Finding] = []

    @property
    def area(self) -> int:
        """Cells of the rectangle from A1 to the last that holds anything."""
        return self.width * self.height

    def put(self, row: int, column: int, value: object, style: int = 0) -> None:
        """A value that is there as it is stored; a number becomes a day where its format says so."""
        if style in self.acting:
            value = self.styled(row, column, value, style)
        line = self.line(row)
        if column >= self.width:
            self.widen(row, column)
        gap = column - len(line)
        if gap >= 0:
            line.extend([None] * gap)
            line.append(value)
        else:
            line[column] = value

    def has_room(self, rows: Sequence[int], last: int) -> bool:
        """Whether whole rows up to the column `last` may be put there: they are empty, and it is not too far."""
        area = max(self.height, rows[-1] + 1) * max(self.width, last + 1)
        return area <= self._most and self.rows.keys().isdisjoint(rows)

    def put_rows(self, rows: Sequence[int], lines: Iterable[list[object]]) -> None:
        """Whole rows, where there is room for them; `rows` rise, and the lines are of one length."""
        self.rows.update(zip(rows, lines, strict=True))
        self.widen(rows[-1], len(self.rows[rows[-1]]) - 1)

    def styled_column(self, values: Sequence[object], style: int) -> Sequence[object] | None:
        """All of these values as the acting style has them; None where one of them has something to be told."""
        _, kind, struck = self.acting[style]
        if struck:
            return None
        if not kind or not _NUMBERS.issuperset(map(type, values)):
            return values if not kind or _NUMBERS.isdisjoint(map(type, values)) else None
        numbers = cast("Sequence[float]", values)
        days = {number: day_of(number, kind, from_1904=self._from_1904) for number in set(numbers)}
        self.days = self.days or kind != "time"
        return None if None in days.values() else [days[number] for number in numbers]

    def format_column(self, rows: Sequence[int], column: int, style: int) -> None:
        """The number format of a column whose values `styled_column` has."""
        number_format = self.acting[style][0]
        if number_format:
            self.formats.update(dict.fromkeys(zip(rows, repeat(column)), number_format))

    def line(self, row: int) -> list[object]:
        """The values of a row, from its first column on; whoever puts one there himself has asked `widen` before."""
        line = self.rows.get(row)
        if line is None:
            if row >= self.height:
                self.widen(row, 0)
            line = self.rows[row] = []
        return line

    def put_words(self, row: int, column: int, words: Words, style: int = 0) -> None:
        """A text of its own that may be struck through; what is struck in part is told."""
        if words.text:
            self.put(row, column, words.text, style)
        if words.struck:
            self.struck.add((row, column))
        elif words.partly:
            message = "单元格里有一部分文字加了删除线，无法确定算不算数"
            self.tell("D207", row, column, message, "请删去作废的文字", words.text)

    def put_shared(self, row: int, column: int, texts: Texts, number: int, style: int = 0) -> None:
        """A text that cells share, by its number."""
        if not 0 <= number < len(texts.texts):
            message = f"单元格引用的文字（第{number}条）不在文件中"
            self.tell("D205", row, column, message, "请重新填写该格", str(number))
        elif number in texts.rich:
            self.put_words(row, column, texts.rich[number], style)
        elif texts.texts[number]:
            self.put(row, column, texts.texts[number], style)

    def put_error(self, row: int, column: int, shown: str, style: int = 0) -> None:
        """A cell that shows an error such as #DIV/0!: its value is those words."""
        self.put(row, column, shown, style)
        self.tell("D134", row, column, f"单元格是公式错误“{shown}”", "请改正公式后重新保存", shown)

    def put_nothing_computed(self, row: int, column: int) -> None:
        """A formula whose result nobody stored: the cell stays empty."""
        self.tell("D135", row, column, "公式没有算出结果", "请用WPS或Excel打开并保存一次")

    def tell(self, code: str, row: int, column: int, message: str, hint: str, value: str = "") -> None:
        """A warning about a cell; of one code the first hundred, then their number."""
        self._told[code] += 1
        if self._told[code] <= MOST_TOLD:
            self._findings.append(Finding(code, "warning", message, self._place_of(row, column), value, hint))

    def tell_zeros(self, cells: Sequence[tuple[int, int]]) -> None:
        """One warning for formulas that a program wrote down with the result 0, to be computed on opening."""
        if cells:
            message = f"公式可能还没有算出结果：有{len(cells)}个公式的结果是0，文件要求打开时重新计算"
            self.tell("D204", *cells[0], message, "请用WPS或Excel打开并保存一次")

    def note_filter(self, span: str) -> None:
        """The note that a filter is set over `span`."""
        message = f"工作表设有筛选{f'（{span}）' * bool(span)}，筛掉的行也在文件里"
        self._findings.append(Finding("D202", "note", message, self.place, hint="要确认请取消筛选后查看"))

    def findings(self) -> tuple[Finding, ...]:
        """What was seen, with how much more of it there is."""
        more = (
            Finding(code, "warning", f"另有{count - MOST_TOLD}个单元格有同样的问题", self.place)
            for code, count in self._told.items()
            if count > MOST_TOLD
        )
        dated = self._from_1904 and self.days
        days = [Finding("D208", "note", "日期按1904年日期系统换算", self.place)] if dated else []
        return (*self._findings, *more, *days)

    def grid(self, *, addressed: bool = True) -> Grid:
        """Everything from A1 to the last cell that holds anything."""
        empty: list[object] = []
        rows = tuple(tuple(self.rows.get(row, empty)) for row in range(self.height))
        return Grid(
            self.place,
            rows,
            formats=self.formats,
            merges=tuple(_within(self.merges, self.height, self.width)),
            hidden_rows=frozenset(row for row in self.hidden_rows if row < self.height),
            hidden_columns=frozenset(column for column in self.hidden_columns if column < self.width),
            struck=frozenset(self.struck),
            addressed=addressed,
        )

    def styled(self, row: int, column: int, value: object, style: int) -> object:
        """The value as its style has it, which is kept for the cell; the style is one of `acting`."""
        number_format, kind, struck = self.acting[style]
        if number_format:
            self.formats[row, column] = number_format
        if struck:
            self.struck.add((row, column))
        if not kind or value.__class__ not in _NUMBERS:
            return value
        number = cast("float", value)
        key = number, kind
        if key not in self._known_days:
            self._known_days[key] = day_of(number, kind, from_1904=self._from_1904)
        day = self._known_days[key]
        self.days = self.days or kind != "time"
        if day is None:
            self.tell("D205", row, column, f"没有“{value}”这样的日期序号", "请重新填写日期", str(value))
            return value
        return day

    def widen(self, row: int, column: int) -> None:
        """The sheet reaches as far as this cell, if that is not too far."""
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        if self.area > self._most:
            message = f"工作表的使用范围过大（{self.height}行×{self.width}列）"
            raise UnreadableError(
                "D137", message, "请删除远处的单元格后重新保存", cell=self._place_of(row, column).cell
            )

    def _place_of(self, row: int, column: int) -> Place:
        return Place(self.place.file, self.place.sheet, f"{column_name(column + 1)}{row + 1}")


def _within(merges: Iterable[Merge], height: int, width: int) -> Iterable[Merge]:
    """The parts of merges that lie where the sheet holds anything; those of one cell are none."""
    for merge in merges:
        inside = Merge(merge.top, merge.left, min(merge.bottom, height - 1), min(merge.right, width - 1))
        if inside.top <= inside.bottom and inside.left <= inside.right and inside[:2] != inside[2:]:
            yield inside


_NUMBERS: Final = {int, float}  # a bool is none
MOST_CELLS: Final = 2_000_000  # a table of figures has hundreds of rows; the values take some 100 bytes a cell
MOST_MERGES: Final = 50_000
MOST_TOLD: Final = 100
