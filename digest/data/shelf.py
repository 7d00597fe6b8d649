"""Shelf: every fact of a digest by its id (数据架): those that were written down, and those the book derives.

Made once for a digest. What was derived is remembered, so that text, table and chart are handed the same value; what
could not be is remembered in `refused` with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from digest.data.incomparable import Incomparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.data.book import Book
    from digest.data.model import Fact


class Shelf(Mapping[str, "Fact"]):
    """Facts by id. `shelf[key]` is a KeyError for an id that nobody knows and for one that is refused."""

    def __init__(self, book: Book | None = None, facts: Iterable[Fact] = ()) -> None:
        """Take the facts that are there; the others are derived from `book` when they are asked for."""
        self.book = book
        self.refused: dict[str, Incomparable] = {}
        self._facts = {fact.id: fact for fact in facts}

    def ask(self, key: str) -> Fact | Incomparable:
        """The fact of that id, or why there is none; KeyError for an id that neither facts nor book know."""
        if key in self._facts:
            return self._facts[key]
        if key not in self.refused:
            if self.book is None:
                raise KeyError(key)
            from digest.data.derived import derive  # noqa: PLC0415  only a digest with a book has to wait for it

            derived = derive(self.book, key)
            if not isinstance(derived, Incomparable):
                self._facts[key] = derived
                return derived
            self.refused[key] = derived
        return self.refused[key]

    def __getitem__(self, key: str) -> Fact:
        """The fact of that id; `refused` says why where there is none."""
        answer = self.ask(key)
        if isinstance(answer, Incomparable):
            raise KeyError(key)
        return answer

    def __iter__(self) -> Iterator[str]:
        """The ids of the facts there are by now: those written down, then those derived so far."""
        return iter(tuple(self._facts))

    def __len__(self) -> int:
        """How many these are."""
        return len(self._facts)
