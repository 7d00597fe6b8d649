"""The desk a draft is written at: facts and mechanisms by id, running numbers, and what should be seen (案头)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from digest.data.shelf import Shelf
from digest.data.written import vouched
from digest.story.blocks import reads
from digest.story.lint.story_texts import Heard
from digest.story.narrate import merged, narrate, written
from digest.story.numbering import Counter
from digest.story.phrases import phrases_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.model import Commendation, Commitment, Digest, Document, Fact, Mechanism
    from digest.findings import Finding, Place
    from digest.story.blocks import Run, Text


class Desk:
    """Looks things up and counts pictures and tables; made anew for every draft."""

    def __init__(self, digest: Digest) -> None:
        """Lay out what the digest holds."""
        self.digest = digest
        self.facts = Shelf(digest.book, digest.facts)
        self.of_book = Shelf(digest.book)  # without the dashes that stand in strips for what is missing
        self.phrases, findings = phrases_of(digest.phrases)
        self.mechanisms: dict[str, Mechanism] = {item.id: item for item in digest.mechanisms}
        self.commitments: dict[str, Commitment] = {item.id: item for item in digest.commitments}
        self.commendations: dict[str, Commendation] = {item.id: item for item in digest.commendations}
        self.documents: dict[str, Document] = {item.id: item for item in digest.documents}
        self.names = (
            *(program.name for program in digest.programs),
            *(mechanism.name for mechanism in digest.mechanisms),
            *(section.title for section in digest.sections),
        )
        self.pictures = Counter("图")
        self.tables = Counter("表")
        self.findings: list[Finding] = list(findings)
        self.told: dict[str, Fact] = {}  # facts of the book that texts print, in their order
        self.heard: list[Heard] = []

    def written(self, text: str, place: Place | None) -> Text:
        """A paragraph of the office's own, its figures in place; what is wrong with it becomes a finding."""
        runs, findings = written(text, self.facts, self.names, place)
        self.findings += findings
        self.heard.append(Heard(reads(runs), place, vouched(text)))
        self.remember(run.fact for run in runs)
        return runs

    def narrated(self, keys: Sequence[str]) -> Text:
        """Sentences of facts and of metrics of the book in any mix, in the order given; KeyError for unknown ids."""
        runs: list[Run] = []
        for of_book, group in groupby(keys, key=self.is_of_book):
            if of_book:
                from digest.story.telling import tell  # noqa: PLC0415  only a digest with a book has to wait for it

                told, findings = tell(group, self.of_book, self.phrases)
                self.findings += (one for one in findings if one not in self.findings)
            else:
                told = narrate([self.facts[key] for key in group])
            runs += told
        self.remember(run.fact for run in runs)
        return merged(runs)

    def is_of_book(self, key: str) -> bool:
        """Whether an id asks the book rather than the facts that were written down."""
        book = self.digest.book
        fact = self.facts.get(key)
        written_down = fact is not None and bool(fact.source.document)
        return book is not None and not written_down and book.parse(key) is not None

    def remember(self, keys: Iterable[str]) -> None:
        """Put those of the book among what was told."""
        for key in keys:
            if key and self.is_of_book(key):
                self.told.setdefault(key, self.of_book[key])
