"""A sheet's part that is not written as programs usually write it (另类写法), read event by event.

With prefixes, blanks or comments between the cells, or cells that do not say where they are: all of it is allowed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from digest.data.grid import column_name
from digest.data.sources.workbook_sheet import UnreadableError
from digest.data.sources.xlsx_cells import Inside, Rows, column_number
from digest.data.sources.xlsx_package import damaged
from digest.data.sources.xlsx_texts import decoded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.sources.workbook_values import Words
    from digest.data.sources.xlsx_cells import RawCell


class ParsedPart:
    """A sheet's part while it is read, once: `rows` first, then what stands around them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """The part in pieces."""
        self._pieces = pieces
        self._around = ET.TreeBuilder()

    def rows(self) -> Iterator[Rows]:
        """Rows, or parts of them, as many as stand in a piece."""
        events = _Events(self._around)
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = events.start, events.end
        parser.CharacterDataHandler = events.words
        for piece in decoded(self._pieces):
            parser.Parse(piece, False)  # noqa: FBT003  the C function takes no names
            yield events.taken()
        parser.Parse("", True)  # noqa: FBT003  the same

    def around(self) -> ET.Element:
        """The sheet without its rows."""
        return self._around.close()


class _Events:
    """Cells from what a parser tells; names without their namespace."""

    def __init__(self, around: ET.TreeBuilder) -> None:
        self._around = around
        self._cells: list[RawCell] = []
        self._hidden: list[int] = []
        self._depth = 0
        self._count = 0
        self._in_rows = False
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._value: list[str] | None = None
        self._stored: str | None = None
        self._formula = False
        self._own: Words | None = None
        self._own_words: ET.TreeBuilder | None = None

    def taken(self) -> Rows:
        """What was told since the last time."""
        rows = Rows(self._cells, self._hidden)
        self._cells, self._hidden = [], []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise damaged("部件的层次过深")
        name = name[name.rfind("}") + 1 :]
        if self._own_words is not None:
            self._own_words.start(name, attributes)
        elif self._in_rows:
            self._start_in_row(name, attributes)
        else:
            self._around.start(name, attributes)
            self._in_rows = name == "sheetData"

    def end(self, name: str) -> None:
        self._depth -= 1
        name = name[name.rfind("}") + 1 :]
        if self._own_words is not None:
            self._own_words.end(name)
            if name == "is":
                self._own = words_of(self._own_words.close())
                self._own_words = None
        elif not self._in_rows:
            self._around.end(name)
        elif name == "c":
            self._end_cell()
        elif name == "v" and self._value is not None:
            self._stored, self._value = "".join(self._value), None
        elif name == "sheetData":
            self._in_rows = False
            self._around.end(name)

    def words(self, text: str) -> None:
        if self._own_words is not None:
            self._own_words.data(text)
        elif self._value is not None:
            self._value.append(text)

    def _start_in_row(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "c":
                self._cell, self._stored, self._formula, self._own = attributes, None, False, None
            case "v":
                self._value = []
            case "f":
                self._formula = True
            case "is":
                self._own_words = ET.TreeBuilder()
                self._own_words.start("is", {})
            case "row":
                said = attributes.get("r", "")
                self._row = int(said) if said.isdecimal() and len(said) < _LONG else self._row + 1
                self._column = 0
                if attributes.get("hidden") in {"1", "true"}:
                    self._hidden.append(self._row)
            case _:
                pass

    def _end_cell(self) -> None:
        self._count += 1
        if self._count > MOST_ODD:
            message = "工作表的写法少见，又过大"
            raise UnreadableError("D137", message, "请用WPS或Excel打开后重新保存")
        said = self._cell.get("r") or f"{column_name(self._column + 1)}{self._row}"
        place = _PLACE.fullmatch(said)
        if place is None:
            raise damaged(f"单元格“{said[:20]}”")
        self._column = column_number(place[1])
        style = self._cell.get("s", "")
        inside = Inside(self._formula, self._stored, self._own)
        if inside != _NOTHING:
            number = style if style.isdecimal() and len(style) < _LONG else None
            self._cells.append((place[1], place[2], number, self._cell.get("t"), None, inside))


MOST_ODD: Final = 300_000
_DEEPEST: Final = 64
_LONG: Final = 8
_NOTHING: Final = Inside(formula=False, value=None, words=None)
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
