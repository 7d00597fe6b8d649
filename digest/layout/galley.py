"""Galley: set lines, rows and pictures in reading order, not yet cut into pages (长条样).

A slab is what one block became. Its rows are the smallest things a page takes; the slab says how they hold together.
All coordinates are points from the top left of the row, x from the left of the type area.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from digest.drawing import Group, Mark, TextLine, moved
from digest.layout.page import Bookmark, Item, Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.layout.lines import Line
    from digest.style import Style


@dataclass(frozen=True, slots=True)
class Span:
    """A cell over several rows: `label` is what a row prints in the middle of all rows of that `name` which follow it
    on its page, if it is the first of them there.
    """

    name: str
    label: Item


class Row(NamedTuple):
    """One row: `mentions` are the facts and headings printed on it, `anchors` places (name, y) that links lead to. One
    that `sticks` never ends a page. `feet` are the notes that go to the foot of the page on which it stands,
    `spans` the cells over several rows that it has a part of. The `items` of a row of a table are made when they are
    looked at, the same ones every time.
    """

    height: float
    items: Sequence[Item] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[tuple[str, float], ...] = ()
    mentions: tuple[str, ...] = ()
    sticks: bool = False
    feet: tuple[Row, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Slab:
    """Rows of one block. `whole` rows are never parted; otherwise a page takes at least `least` of them and leaves as
    many, and at least `first` of them where it begins. `keep_next` never ends a page; `floats` lets the text after it
    flow up when it does not fit. `head` is repeated on top of what is continued, `tail` closes what goes on. `before`
    is white that vanishes at the top of a page. One that `turns` has no rows and begins a new page; one that is
    `turned` stands on turned pages of its own, and the text after it flows up before them. `then` are slabs that the
    same block goes on with.
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
    turns: bool = False
    turned: bool = False
    bookmark: Bookmark | None = None
    then: tuple[Slab, ...] = ()

    @property
    def height(self) -> float:
        """Sum of the rows."""
        return sum(row.height for row in self.rows)

    @property
    def start(self) -> int:
        """How many rows a page must take at least where the slab begins, so that neither page is left too few."""
        return self.start_after(0)

    def start_after(self, done: int) -> int:
        """The end of the rows that the next page must take at least when `done` stand on pages before it."""
        count = len(self.rows)
        if not self.whole:
            least = self.least if done else max(self.least, self.first)
            for end in range(done + least, count - self.least + 1):
                if not self.rows[end - 1].sticks:
                    return end
        return count


@dataclass(frozen=True, slots=True)
class Art:
    """Something drawn for a slab: `text` is what reads on it, `mentions` the facts it prints."""

    height: float
    marks: Sequence[Mark]
    text: str
    mentions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def printed(fact: str) -> str:
    """The name under which a page's mention of a fact is found, and linked to."""
    return f"fact:{fact}"


def labels(rows: Sequence[Row]) -> dict[int, tuple[Item, ...]]:
    """For rows that stand on one page: the cells over several of them, each with the first row it has a part of."""
    found: dict[str, tuple[int, Item]] = {}
    heights: dict[str, float] = {}
    for n, row in enumerate(rows):
        for span in row.spans:
            found.setdefault(span.name, (n, span.label))
            heights[span.name] = heights.get(span.name, 0.0) + row.height
    placed: dict[int, tuple[Item, ...]] = {}
    for name, (n, label) in found.items():
        y = (heights[name] - label.height) / 2
        item = label._replace(y=y, marks=(shifted(label.marks, 0.0, y),))
        placed[n] = (*placed.get(n, ()), item)
    return placed


def on_half_lines(height: float, style: Style) -> float:
    """`height` rounded up to half lines of the grid, so that text below stands on the lines again."""
    half = style.leading / 2
    return math.ceil(height / half - 1e-6) * half


def at(line: Line, x: float, baseline: float) -> Mark:
    """A set line, its left at `x` and its baseline at `baseline`."""
    return shifted(line.marks, x, baseline)


def shifted(marks: Sequence[Mark], dx: float, dy: float) -> Mark:
    """The same marks, `dx` to the right and `dy` down; a line alone is moved itself, so that pages are not nests."""
    if len(marks) == 1:
        match marks[0]:
            case TextLine() as line:
                return TextLine(line.x + dx, line.y + dy, *line[2:])
            case Group(transform=(1.0, 0.0, 0.0, 1.0, x, y)) as group:
                return Group(
                    group.marks,
                    (1.0, 0.0, 0.0, 1.0, x + dx, y + dy),
                    group.clip,
                    group.clip_even_odd,
                    group.actual,
                    group.alt,
                )
    return moved(marks, dx, dy)


def paragraph_rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows of a paragraph inside a longer slab: no page parts off its first or its last line alone."""
    last = len(rows) - 1
    return tuple(row._replace(sticks=n < last and n in {0, last - 1}) for n, row in enumerate(rows))


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
    links = tuple(link._replace(y=link.y + top) for link in art.links)
    return Row(height, (item,), links, mentions=tuple(map(printed, art.mentions)))
