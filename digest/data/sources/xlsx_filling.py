"""Raw cells of a sheet's part become values where they stand (填格): numbers, days, texts, errors, results of formulas.

Codes: those of `workbook_sheet.py`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from html import unescape
from itertools import repeat
from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_values import number_of, text_of
from digest.data.sources.xlsx_cells import Inside, column_number, inside_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.sources.workbook_sheet import SheetCells
    from digest.data.sources.workbook_values import Texts
    from digest.data.sources.xlsx_alike import Alike
    from digest.data.sources.xlsx_cells import RawCell


class Filling:
    """Puts the cells of one sheet where they belong."""

    def __init__(self, cells: SheetCells, texts: Texts) -> None:
        """Into `cells`; `texts` are those that all sheets share."""
        self._cells = cells
        self._texts = texts
        self._columns: dict[str, int] = {}
        self._zeros: list[tuple[int, int]] = []

    def add(self, raw: Iterable[RawCell]) -> None:  # noqa: C901  the one loop that every cell goes through
        """Some more cells. What is nearly every cell, a number or a shared text behind the last, is put at once."""
        cells, columns, texts, rich = self._cells, self._columns, self._texts.texts, self._texts.rich
        acting, row, last = cells.acting, 0, ""
        line: list[object] = []
        for letters, number, styled, kind, stored, inside in raw:
            if stored is None and inside is None:
                continue
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters) - 1
            if number != last:
                row, last, line = int(number) - 1, number, []
            style = int(styled) if styled else 0
            value: object = None
            if stored and not inside:
                if not kind or kind == "n":
                    value = int(stored) if len(stored) < _LONG and stored.isdecimal() else number_of(stored)
                elif kind == "s" and len(stored) < _LONG and stored.isdecimal() and int(stored) < len(texts):
                    value = texts[int(stored)] or None if int(stored) not in rich else None
            if value is None:
                self._add_other(row, column, style, kind or "n", stored, inside)
                continue
            if style in acting:
                value = cells.styled(row, column, value, style)
            if line and column == len(line) and column < cells.width:
                line.append(value)
            else:
                cells.put(row, column, value)
                line = cells.rows[row]

    def add_alike(self, rows: Alike) -> None:
        """Rows of one shape: column by column where all of it is plain, else cell by cell like any other."""
        if not self._put_alike(rows):
            self.add(rows.raw())

    def _put_alike(self, rows: Alike) -> bool:
        """Whether they were put; not where something is to be told of one of them."""
        cells, numbers = self._cells, [int(number) - 1 for number in rows.numbers]
        places = [column_number(slot.letters) - 1 for slot in rows.shape.slots]
        rising = all(map(int.__lt__, places, places[1:])) and all(map(int.__lt__, numbers, numbers[1:]))
        if not rising or not cells.has_room(numbers, places[-1]):
            return False
        columns: list[Iterable[object]] = [repeat(None)] * (places[-1] + 1)
        styles = []
        for column, slot, stored in zip(places, rows.shape.slots, rows.stored, strict=True):
            values = self._values(slot.kind, stored)
            style = int(slot.style or 0)
            if values is not None and style in cells.acting:
                values = cells.styled_column(values, style)
            if values is None:
                return False
            columns[column] = values
            styles.append((column, style))
        cells.put_rows(numbers, map(list, zip(*columns, strict=False)))
        for column, style in styles:
            if style in cells.acting:
                cells.format_column(numbers, column, style)
        return True

    def _values(self, kind: str, stored: list[str]) -> Sequence[object] | None:
        """What stands in a column; None where one of its cells is not plain."""
        match kind:
            case "s":
                texts, rich = self._texts
                numbers = list(map(int, stored))
                if max(numbers) >= len(texts) or not rich.keys().isdisjoint(numbers):
                    return None
                words: list[str] = [texts[number] for number in numbers]
                return None if "" in words else words
            case "inlineStr":
                words = [text_of(unescape(text)) for text in stored]
                return None if "" in words else words
            case _:
                found = [int(text) if len(text) < _LONG and text.isdecimal() else number_of(text) for text in stored]
                return None if None in found else found

    def tell_zeros(self) -> None:
        """A warning where a workbook is to be computed on opening and formulas have the result 0."""
        self._cells.tell_zeros(self._zeros)

    def _add_other(
        self, row: int, column: int, style: int, kind: str, value: str | None, inside: str | Inside | None
    ) -> None:
        held = inside_of(inside) if isinstance(inside, str) else inside
        text = unescape(value) if value else ""
        if held is not None:
            text = held.value or ""
            if held.words is not None:
                self._cells.put_words(row, column, held.words, style)
                return
            if held.formula and not text and kind != "str":
                self._cells.put_nothing_computed(row, column)
                return
            if held.formula and text == "0" and kind == "n":
                self._zeros.append((row, column))
        if text:
            self._put(row, column, style, kind, text)

    def _put(self, row: int, column: int, style: int, kind: str, text: str) -> None:
        cells = self._cells
        match kind:
            case "n" if (number := number_of(text)) is not None:
                cells.put(row, column, number, style)
            case "s" if text.isdecimal() and len(text) < _LONG:
                cells.put_shared(row, column, self._texts, int(text), style)
            case "str":
                cells.put(row, column, text_of(text), style)
            case "e":
                cells.put_error(row, column, text, style)
            case "b" if text in {"0", "1", "true", "false"}:
                cells.put(row, column, text in {"1", "true"}, style)
            case "d" if (moment := _moment(text)) is not None:
                cells.put(row, column, moment, style)
            case _:
                cells.put(row, column, text, style)
                cells.tell("D205", row, column, f"单元格存的“{text[:50]}”不是数字", "请重新填写该格", text[:50])


def _moment(text: str) -> date | datetime | time | None:
    """A day or time written out, as some programs do."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return None


_LONG: Final = 10  # digits of a number that is none of a text any more
