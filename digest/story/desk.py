"""The desk a draft is written at: facts and mechanisms by id, running numbers, and what should be seen (案头)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.shelf import Shelf
from digest.data.written import vouched
from digest.story.blocks import reads
from digest.story.lint.story_texts import Heard
from digest.story.narrate import written
from digest.story.numbering import Counter

if TYPE_CHECKING:
    from digest.data.model import Commendation, Commitment, Digest, Document, Mechanism
    from digest.findings import Finding, Place
    from digest.story.blocks import Text


class Desk:
    """Looks things up and counts pictures and tables; made anew for every draft."""

    def __init__(self, digest: Digest) -> None:
        """Lay out what the digest holds."""
        self.digest = digest
        self.facts = Shelf(digest.book, digest.facts)
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
        self.findings: list[Finding] = []
        self.heard: list[Heard] = []

    def written(self, text: str, place: Place | None) -> Text:
        """A paragraph of the office's own, its figures in place; what is wrong with it becomes a finding."""
        runs, findings = written(text, self.facts, self.names, place)
        self.findings += findings
        self.heard.append(Heard(reads(runs), place, vouched(text)))
        return runs
