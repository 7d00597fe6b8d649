"""Galley: set lines, rows and pictures in reading order, not yet cut into pages (长条样).

A slab is what one block became. Its rows are the smallest things a page takes; the slab says how they hold together.
All coordinates are points from the top left of the row, x from the left of the type area.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.drawing import Mark, moved
from digest.layout.page import Bookmark, Item, Link

if TYPE_CHECKING:
    from digest.layout.lines import Line
    from digest.style import Style


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `mentions` are the facts and headings printed on it, `anchors` places (name, y) that links lead to. One
    that `sticks` never ends a page.
    """

    height: float
    items: tuple[Item, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[tuple[str, float], ...] = ()
    mentions: tuple[str, ...] = ()
    sticks: bool = False


@dataclass(frozen=True, slots=True)
class Slab:
    """Rows of one block. `whole` rows are never parted; otherwise a page takes at least `least` of them and leaves as
    many, and at least `first` of them where it begins. `keep_next` never ends a page; `floats` lets the text after it
    flow up when it does not fit. `head` is repeated on top of what is continued, `tail` closes what goes on. `before`
    is white that vanishes at the top of a page.
    """

    rows: tuple[Row, ...]
    role: str
    whole: bool = False
    least: int = 2
    first: int = 0
    keep_next: bool = False
    floats: bool = False
    before: float = 0.0
    head: tuple[Row, ...] = ()
    tail: tuple[Row, ...] = ()
    at_foot: bool = False
    bookmark: Bookmark | None = None

    @property
    def height(self) -> float:
        """Sum of the rows."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Art:
    """Something drawn for a slab: `text` is what reads on it, `mentions` the facts it prints."""

    height: float
    marks: tuple[Mark, ...]
    text: str
    mentions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def printed(fact: str) -> str:
    """The name under which a page's mention of a fact is found, and linked to."""
    return f"fact:{fact}"


def on_half_lines(height: float, style: Style) -> float:
    """`height` rounded up to half lines of the grid, so that text below stands on the lines again."""
    half = style.leading / 2
    return math.ceil(height / half - 1e-6) * half


def at(line: Line, x: float, baseline: float) -> Mark:
    """A set line, its left at `x` and its baseline at `baseline`."""
    return moved(line.marks, x, baseline)


def centred(line: Line, left: float, width: float, baseline: float) -> Mark:
    """A set line in the middle between `left` and `left + width`."""
    return at(line, left + (width - line.width) / 2, baseline)


def flush_right(line: Line, right: float, baseline: float) -> Mark:
    """A set line that ends at `right`."""
    return at(line, right - line.width, baseline)


def art_row(art: Art, role: str, style: Style, *, clear: float = 8.0, lift: float = 0.0) -> Row:
    """A row of whole or half lines around a drawing, with at least `clear` points of white above and below together."""
    height = on_half_lines(art.height + clear, style)
    top = (height - art.height) / 2 - lift
    item = Item(0.0, top, style.measure, art.height, role, art.text, (moved(art.marks, 0.0, top),))
    links = tuple(replace(link, y=link.y + top) for link in art.links)
    return Row(height, (item,), links, mentions=tuple(map(printed, art.mentions)))
