"""Pages: things at fixed places, in points from the top left of the sheet. Writers only walk them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.drawing import Mark
    from digest.story.blocks import Meta


class Item(NamedTuple):
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


class Link(NamedTuple):
    """A rectangle that leads to an anchor of the same file."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Anchor(NamedTuple):
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
    """One sheet side: `label` is the number printed on it. One that is `turned` is told as it is read, its sheet turned
    a quarter to the right.
    """

    number: int
    label: str
    items: tuple[Item, ...]
    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    turned: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Leaves(Sequence[Page]):
    """Pages that are made whenever they are looked at, so that no more of a long table stands set than its page shows.

    `make` gives the page of an index below `size`, the same one every time; who walks all of them walks once.
    """

    size: int
    make: Callable[[int], Page]

    @overload
    def __getitem__(self, index: int) -> Page: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Page, ...]: ...
    def __getitem__(self, index: int | slice) -> Page | tuple[Page, ...]:
        """The page of that index, or those of a slice."""
        found = range(self.size)[index]
        return self.make(found) if isinstance(found, int) else tuple(map(self.make, found))

    def __len__(self) -> int:
        """How many pages there are; none is made."""
        return self.size

    def __eq__(self, other: object) -> bool:
        """Whether the pages are equal one by one."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        """Equal pages have equal hashes."""
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Pages:
    """A whole digest at fixed places, ready for any writer."""

    width: float
    height: float
    meta: Meta
    pages: Sequence[Page]
    outline: tuple[Bookmark, ...]
