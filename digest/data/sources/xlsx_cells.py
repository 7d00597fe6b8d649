"""The rows of a sheet's part (表内单元格), as its text has them, before styles and shared texts are looked up.

A sheet is nearly all cells, and every program writes them alike. So they are read by one pattern, which must account
for each character between `<sheetData>` and its end; where it does not, the part is read again by a parser
(`xlsx_parsing.py`), which takes several times as long. Around the cells stands little, which a parser always reads.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from digest.data.sources.workbook_sheet import UnreadableError
from digest.data.sources.workbook_values import Words, text_of
from digest.data.sources.xlsx_alike import divided, shape_of
from digest.data.sources.xlsx_package import MOST_XML, PIECE, local, parsed
from digest.data.sources.xlsx_texts import UnusualError, decoded, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.data.sources.xlsx_alike import Alike


class Inside(NamedTuple):
    """What a cell holds that is more than a value: whether a formula, its value, its own words."""

    formula: bool
    value: str | None
    words: Words | None


RawCell = tuple[str, str, str | None, str | None, str | None, "str | Inside | None"]
"""Column in letters, row from 1, number of its style, type, what is in `v`, all else that stands in the cell."""


class Rows(NamedTuple):
    """Some rows of a sheet: their cells, and those rows that are hidden, from 1."""

    cells: Iterable[RawCell] | Alike
    hidden: list[int]


class SheetPart:
    """A sheet's part while it is read, once: `rows` first, then what stands around them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """The part in pieces."""
        self._pieces = pieces
        self._around: list[str] = []

    def rows(self) -> Iterator[Rows]:
        """Rows some hundred at a time; `UnusualError` where the pattern does not account for all."""
        inside, rest = False, ""
        pieces = decoded(self._pieces)
        for piece in pieces:
            rest += piece
            if not inside:
                begin = _BEGIN.search(rest)
                if begin is None:
                    if len(rest) > _MOST_BEFORE:
                        raise UnusualError
                    continue
                inside = True
                self._around.append(f"{rest[: begin.start()]}<sheetData/>")
                rest = rest[begin.end() :]
                if begin[1]:
                    break
            end = rest.find("</sheetData>")
            if end >= 0:
                yield from _rows(rest[:end])
                rest = rest[end + len("</sheetData>") :]
                break
            cut = rest.rfind("<row")
            if cut > 0:
                yield from _rows(rest[:cut])
                rest = rest[cut:]
            elif len(rest) > _MOST_ROW:
                raise UnusualError
        else:
            raise UnusualError  # no beginning or no end of the rows: a parser will say what is wrong
        self._around.append(rest)
        for piece in pieces:
            self._around.append(piece)
            self._bounded(piece)

    def around(self) -> ET.Element:
        """The sheet without its rows."""
        return parsed("".join(self._around))

    def _bounded(self, more: str) -> None:
        if sum(map(len, self._around)) + len(more) > MOST_XML:
            raise UnreadableError("D137", "工作表的附加内容过大", "请只保留数据表，另存为新的工作簿")


def column_number(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def inside_of(text: str) -> Inside:
    """What stands in a cell that holds more than a value."""
    usual = _FORMULA.fullmatch(text)
    if usual:
        return Inside(formula=True, value=None if usual[1] is None else unescape(usual[1]), words=None)
    usual = _WORDS.fullmatch(text)
    if usual:
        return Inside(formula=False, value=None, words=Words(text_of(unescape(usual[1]))))
    try:
        return _inside(parsed(f"<c>{text}</c>"))
    except ET.ParseError as error:
        raise UnusualError from error


def _rows(xml: str) -> Iterator[Rows]:
    shape = shape_of(xml) if len(xml) > MANY else None
    for part in divided(xml, shape) if shape else (xml,):
        yield one_by_one(part) if isinstance(part, str) else Rows(part, [])


def one_by_one(xml: str) -> Rows:
    """Rows whose cells are found by the pattern of cells, which must account for each character."""
    parts = _CELL.split(xml)
    between = "".join(parts[::7])
    if not _ROW_TAGS.fullmatch(between):
        raise UnusualError
    hidden = [int(row) for row in _HIDDEN.findall(between)] if "hidden=" in between else []
    return Rows(zip(*(parts[number::7] for number in range(1, 7)), strict=True), hidden)


def _inside(cell: ET.Element) -> Inside:
    formula, value, words = False, None, None
    for child in cell:
        match local(child):
            case "f":
                formula = True
            case "v":
                value = child.text
            case "is":
                words = words_of(child)
            case _:
                pass
    return Inside(formula, value, words)


MANY: Final = 30_000  # characters of rows for which it is worth while to make a pattern
_MOST_ROW: Final = 64 * PIECE
_MOST_BEFORE: Final = 4 * PIECE
_BEGIN: Final = re.compile(r"<sheetData(?:\s[^<>]*)?(/?)>")
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?(?: [cv]m="[0-9]{1,9}")*'
    r"(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))",
    re.DOTALL,
)
_ROW_TAGS: Final = re.compile(r'\s*(?:(?:<row(?: [a-zA-Z0-9:]+="[^"<>]*")*/?>|</row>)\s*)*')
_HIDDEN: Final = re.compile(r'<row(?= [^<>]*\bhidden="(?:1|true)")[^<>]*? r="([0-9]{1,7})"')
_WORDS: Final = re.compile(r'<is><t(?: xml:space="preserve")?>([^<]*)</t></is>')
_FORMULA: Final = re.compile(r"<f(?: [^<>]*)?(?:/>|>[^<]*</f>)(?:<v/>|<v>([^<]*)</v>)?")
