"""Raw cells of a sheet's part become values where they stand (填格): numbers, days, texts, errors, results of formulas.

Codes: those of `workbook_sheet.py`.
"""

from __future__ import annotations

from datetime import date, datetime, time
from html import unescape
from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_values import number_of, text_of
from digest.data.sources.xlsx_cells import Inside, column_number, inside_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.sources.workbook_sheet import SheetCells
    from digest.data.sources.workbook_values import Texts
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
