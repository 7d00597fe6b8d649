"""Raw cells of a sheet's part become values where they stand (填格): numbers, days, texts, errors, results of formulas.

Codes: those of `workbook_sheet.py`, and D204 formulas that perhaps nobody has computed.
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
    from digest.data.sources.xlsx_cells import RawCell
    from digest.data.sources.xlsx_texts import Texts


class Filling:
    """Puts the cells of one sheet where they belong."""

    def __init__(self, cells: SheetCells, texts: Texts) -> None:
        """Into `cells`; `texts` are those that all sheets share."""
        self._cells = cells
        self._texts = texts
        self._columns: dict[str, int] = {}
        self._zeros: list[tuple[int, int]] = []

    def add(self, raw: Iterable[RawCell]) -> None:
        """Some more cells."""
        columns, put, texts, rich = self._columns, self._cells.put, self._texts.texts, self._texts.rich
        for letters, number, styled, kind, value, inside in raw:
            if value is None and inside is None:
                continue
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters) - 1
            row, style = int(number) - 1, int(styled) if styled else 0
            if value and not inside:
                if not kind:
                    stored = number_of(value)
                    if stored is not None:
                        put(row, column, stored, style)
                        continue
                elif kind == "s" and value.isdecimal() and len(value) < _LONG and (shared := int(value)) < len(texts):
                    if shared in rich or not texts[shared]:
                        self._share(row, column, style, shared)
                    else:
                        put(row, column, texts[shared], style)
                    continue
            self._add_other(row, column, style, kind or "n", value, inside)

    def tell_zeros(self) -> None:
        """A warning where a workbook is to be computed on opening and formulas have the result 0."""
        if self._zeros:
            row, column = self._zeros[0]
            message = f"公式可能还没有算出结果：有{len(self._zeros)}个公式的结果是0，文件要求打开时重新计算"
            self._cells.tell("D204", row, column, message, "请用WPS或Excel打开并保存一次")

    def _add_other(
        self, row: int, column: int, style: int, kind: str, value: str | None, inside: str | Inside | None
    ) -> None:
        held = inside_of(inside) if isinstance(inside, str) else inside
        text = unescape(value) if value else ""
        if held is not None:
            text = held.value or ""
            if held.words is not None:
                if held.words.text:
                    self._cells.put(row, column, held.words.text, style)
                if held.words.struck or held.words.partly:
                    self._strike(row, column, partly=held.words.partly)
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
            case "s" if text.isdecimal() and len(text) < _LONG and int(text) < len(self._texts.texts):
                self._share(row, column, style, int(text))
            case "s":
                cells.tell(
                    "D205", row, column, f"单元格引用的文字（第{text[:20]}条）不在文件中", "请重新填写该格", text[:20]
                )
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

    def _share(self, row: int, column: int, style: int, shared: int) -> None:
        if self._texts.texts[shared]:
            self._cells.put(row, column, self._texts.texts[shared], style)
        if shared in self._texts.rich:
            self._strike(row, column, partly=self._texts.rich[shared].partly)

    def _strike(self, row: int, column: int, *, partly: bool) -> None:
        if not partly:
            self._cells.struck.add((row, column))
            return
        message = "单元格里有一部分文字加了删除线，无法确定算不算数"
        self._cells.tell("D207", row, column, message, "请删去作废的文字")


def _moment(text: str) -> date | datetime | time | None:
    """A day or time written out, as some programs do."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return None


_LONG: Final = 10  # digits of a number that is none of a text any more
