"""Rows that are written alike (同形行): the same columns, types and styles, one row after another.

Most rows of a sheet of figures differ in their values alone. So a pattern is made of one of them, with a group for
each value, and finds all that are written like it in a third of the time that their cells would take one by one. What
it does not find is left to the pattern of cells (`xlsx_cells.py`): this is a short cut and decides nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.sources.xlsx_cells import RawCell


class Slot(NamedTuple):
    """A cell that all of these rows have: its column in letters, the number of its style (empty: none), its type."""

    letters: str
    style: str
    kind: str


class Shape(NamedTuple):
    """How some rows are written: a pattern whose groups are the number of the row and what stands in its cells."""

    pattern: re.Pattern[str]
    slots: tuple[Slot, ...]


class Alike(NamedTuple):
    """Rows of one shape: their numbers from 1, and for each slot what stands in it, row by row."""

    shape: Shape
    numbers: list[str]
    stored: list[list[str]]

    def raw(self) -> Iterator[RawCell]:
        """The same cells one by one, as the pattern of cells would have found them."""
        for at, number in enumerate(self.numbers):
            for slot, texts in zip(self.shape.slots, self.stored, strict=True):
                words = f"<is><t>{texts[at]}</t></is>" if slot.kind in _WORDS else None
                value = None if words else texts[at]
                yield slot.letters, number, slot.style or None, slot.kind or None, value, words


def shape_of(xml: str) -> Shape | None:
    """How the row in the middle of some rows is written; None where it is no example for others."""
    begin = xml.find("<row ", len(xml) // 2)
    end = xml.find("</row>", begin)
    cells = _CELL.split(xml[begin:end]) if 0 <= begin < end else []
    slots, pattern = [], [_ROW]
    for at in range(1, len(cells) - 1, _GROUPS):
        letters, style, kind, value, words = cells[at : at + _GROUPS - 1]
        known = _VALUES.get(kind or "n") if value is not None else _WORDS.get(kind) if words is not None else ""
        if known is None:
            return None
        said = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
        pattern.append(f'<c r="{letters}\\1"{said}{f">{known}</c>" if known else "/>"}')
        if known:
            slots.append(Slot(letters, style or "", kind or ""))
    if not slots or any(cells[_GROUPS::_GROUPS]):
        return None
    return Shape(re.compile("".join((*pattern, r"</row>\s*"))), tuple(slots))


def divided(xml: str, shape: Shape) -> Iterator[str | Alike]:
    """Rows written like `shape`, as many as follow one another, and in their order what stands between them."""
    parts = shape.pattern.split(xml)
    groups = 1 + len(shape.slots)
    step = groups + 1
    between = parts[::step]
    first = 0
    for last, text in enumerate(between):
        if not text and last < len(between) - 1:
            continue
        if last > first:
            found = parts[first * step + 1 : last * step]
            yield Alike(shape, found[::step], [found[group::step] for group in range(1, groups)])
        if text:
            yield text
        first = last


_GROUPS: Final = 6  # five of a cell, and what follows it
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[1-9][0-9]{0,6}"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]{1,9})")?'
    r"(?:/>|>(?:<v>([^<]*)</v>|<is><t>([^<]*)</t></is>)</c>)"
)
_ROW: Final = r'<row r="([1-9][0-9]{0,6})"(?: (?!hidden=)[a-zA-Z0-9:]+="[^"<>]*")*>'
_VALUES: Final = {"n": "<v>([^<]+)</v>", "s": "<v>([0-9]{1,9})</v>"}
_WORDS: Final = {"inlineStr": "<is><t>([^<]+)</t></is>"}
