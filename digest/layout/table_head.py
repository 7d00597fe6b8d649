"""Heads of tables: cells on several levels, rules under their groups, the slanting corner (多级表头, 斜线表头)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, hex_color, rule
from digest.layout.furniture import baseline
from digest.layout.galley import Row, at, flush_right
from digest.layout.lines import set_label, set_line
from digest.layout.page import Item
from digest.layout.phrases import cut
from digest.layout.table_cells import aligned
from digest.layout.table_columns import EASE, Need
from digest.layout.table_places import place_head
from digest.story.blocks import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.layout.lines import Line
    from digest.layout.table_cells import CellSetter, Dress
    from digest.layout.table_columns import Ruler
    from digest.layout.table_places import Placed
    from digest.story.blocks import Align, Table

HEAVY: Final = 1.0
THIN: Final = 0.5
HAIR: Final = 0.4
GREY: Final = hex_color("#6E6E6E")
_CLEAR: Final = 1.5  # points between a slanting line and the words on both sides of it
_INSET: Final = 4.0  # points that the rule under a group of columns is shorter than they are, on each side
_TWO_LINES, _THREE_LINES = 4, 11  # characters from which a title may take two lines, three


def head_needs(table: Table, needs: Sequence[Need], dress: Dress, ruler: Ruler, around: Sequence[float]) -> list[Need]:
    """What the columns need with their heads: long titles may take two lines or three, a corner takes its height."""
    found = list(needs)
    for placed in sorted(place_head(table), key=lambda placed: placed.end - placed.start):
        least, natural = _title_need(placed, dress, ruler)
        columns = range(placed.start, placed.end)
        inside = sum(around[n] for n in columns[1:])
        for kind, wanted in (("least", least), ("natural", natural)):
            lacks = wanted - inside - sum(getattr(found[n], kind) for n in columns)
            for n in columns if lacks > 0 else ():
                found[n] = replace(found[n], **{kind: getattr(found[n], kind) + lacks / len(columns)})
    return [replace(need, natural=max(need.natural, need.least)) for need in found]


def _title_need(placed: Placed, dress: Dress, ruler: Ruler) -> tuple[float, float]:
    """Least and natural width of a head cell's words."""
    cell, size = placed.cell, dress.head.size
    title = ruler.width(plain(cell.title), dress.head)
    if cell.corner:
        width = corner_width(title, ruler.width(plain(cell.corner), dress.head), size)
        return width, width
    lines = 1 + (title > _TWO_LINES * size) + (title > _THREE_LINES * size)
    pieces = [ruler.width(plain(piece.rstrip()), dress.head) for piece in cut(cell.title)]
    return max([title / lines + (lines > 1) * size / 2, *pieces]) + EASE, title + EASE


@dataclass(frozen=True, slots=True)
class _Titled:
    """A head cell with its words set."""

    placed: Placed
    lines: tuple[Line, ...]
    height: float


def set_head(table: Table, cells: CellSetter) -> Row:
    """The head between its two rules as one row."""
    face, pitch = cells.dress.head, cells.dress.head.leading
    around = cells.dress.head_height - pitch
    titled: list[_Titled] = []
    for placed in place_head(table):
        _, room = cells.inner(placed.start, placed.end)
        if placed.cell.corner:
            lines = tuple(set_line(name, face, cells.fonts) for name in (placed.cell.title, placed.cell.corner))
            width = cells.edges[placed.end] - cells.edges[placed.start]
            height = corner_height(width, lines[0].width, lines[1].width, face.size, width - room)
        else:
            lines = set_label(placed.cell.title, face, room, cells.fonts)
            height = max(len(lines), 1) * pitch + around
        titled.append(_Titled(placed, lines, height))
    levels = level_heights([cell.placed for cell in titled], [cell.height for cell in titled], cells.dress.head_height)
    return _drawn(table, titled, levels, cells)


def _drawn(table: Table, titled: list[_Titled], levels: list[float], cells: CellSetter) -> Row:
    """Words and rules of a head whose levels have these heights."""
    left, right = cells.edges[0], cells.edges[-1]
    ys = [0.0, *accumulate(levels)]
    height = ys[-1]
    marks: list[Mark] = [rule(left, 0.5, right, 0.5, HEAVY), rule(left, height, right, height, THIN)]
    for cell in titled:
        placed = cell.placed
        top, bottom = ys[placed.top], ys[placed.bottom]
        marks += _corner(cell, top, bottom, cells) if placed.cell.corner else _title(table, cell, top, bottom, cells)
        if placed.bottom < len(levels):
            inset = 0.0 if table.uprights else _INSET
            x0, x1 = cells.edges[placed.start] + inset, cells.edges[placed.end] - inset
            marks.append(rule(x0, bottom, x1, bottom, HAIR, GREY))
    marks += uprights(table, cells, height)
    names = [name for cell in titled for name in (cell.placed.cell.title, cell.placed.cell.corner) if name]
    return Row(height, (Item(left, 0.0, right - left, height, "table-head", "　".join(names), tuple(marks)),))


def _title(table: Table, cell: _Titled, top: float, bottom: float, cells: CellSetter) -> list[Mark]:
    """Words in the middle of their levels, over their column as its cells stand, over several in the middle."""
    face, placed = cells.dress.head, cell.placed
    align: Align = "center" if len(table.head) > 1 else table.columns[placed.start].align
    left, room = cells.inner(placed.start, placed.end)
    first = (top + bottom) / 2 + face.size * 0.38 - (len(cell.lines) - 1) * face.leading / 2
    return [at(line, aligned(line, align, left, room), first + n * face.leading) for n, line in enumerate(cell.lines)]


def _corner(cell: _Titled, top: float, bottom: float, cells: CellSetter) -> list[Mark]:
    """The slanting line, what the columns are above it at the right, what the rows are below it at the left."""
    face, placed = cells.dress.head, cell.placed
    x0, x1 = cells.edges[placed.start], cells.edges[placed.end]
    left, room = cells.inner(placed.start, placed.end)
    over, under = cell.lines
    rise = baseline(face) - (face.leading - face.size) / 2
    return [
        rule(x0, top + HEAVY, x1, bottom, HAIR),
        flush_right(over, left + room, top + HEAVY + _CLEAR + rise),
        at(under, left, bottom - _CLEAR - face.size + rise),
    ]


def uprights(table: Table, cells: CellSetter, height: float) -> list[Mark]:
    """Hairlines of that height between the groups of the topmost level, if the table asks for them."""
    if not table.uprights:
        return []
    starts = [placed.start for placed in place_head(table) if placed.top == 0 and placed.start]
    return [rule(cells.edges[n], 0.0, cells.edges[n], height, HAIR, GREY) for n in starts]


def corner_height(width: float, title: float, corner: float, size: float, pad: float) -> float:
    """Height of a corner cell in which both names, `title` and `corner` points wide and `size` high, stand clear of
    the line from its upper left to its lower right.
    """
    longer = min((max(title, corner) + pad + _CLEAR) / width, 0.75)
    return (size + 2 * _CLEAR + 1.0) / (1 - longer)


def corner_width(title: float, corner: float, size: float) -> float:
    """Width that a corner cell needs so that it need not be much higher than two lines."""
    return max(title + corner, 1.6 * max(title, corner)) + 0.5 * size


def level_heights(placed: Sequence[Placed], heights: Sequence[float], least: float) -> list[float]:
    """Height of every level, at least `least`: `heights` are what the cells need; the lowest level of a cell over
    several takes what the others lack.
    """
    levels = [least] * max(cell.bottom for cell in placed)
    for cell, height in sorted(zip(placed, heights, strict=True), key=lambda pair: pair[0].bottom - pair[0].top):
        lacks = height - sum(levels[cell.top : cell.bottom])
        if lacks > 0:
            levels[cell.bottom - 1] += lacks
    return levels
