"""Pages: things at fixed places, in points from the top left of the sheet. Writers only walk them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.drawing import Mark
    from digest.story.blocks import Meta


@dataclass(frozen=True, slots=True)
class Item:
    """Marks at a place of the sheet. `role` says what they are (`paragraph`, `table-row`, `folio` ...), `text` what
    they read as; both serve the trace and, later, the structure tree. An empty text marks decoration.
    """

    x: float
    y: float
    width: float
    height: float
    role: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to an anchor of the same file."""

    x: float
    y: float
    width: float
    height: float
    target: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links and bookmarks lead to."""

    name: str
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; `level` 0 is the top."""

    title: str
    anchor: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet side: `label` is the number printed on it."""

    number: int
    label: str
    items: tuple[Item, ...]
    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole digest at fixed places, ready for any writer."""

    width: float
    height: float
    meta: Meta
    pages: tuple[Page, ...]
    outline: tuple[Bookmark, ...]
