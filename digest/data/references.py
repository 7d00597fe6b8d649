"""Do all names lead somewhere: ids that are unique, and references that are kept (编号与引用)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.book_tables import table_faults
from digest.data.charts import named_facts
from digest.data.schema import inside, unknown
from digest.data.written import parse_written
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from digest.data.book import Book
    from digest.data.model import Commendation, Commitment, Digest, Fact, Mechanism, Part


# What is referred to: the field, the ids it gives. Fields of a part and the kind of thing each lists.
_PART_LISTS = {
    "narrate": "fact",
    "strip": "fact",
    "targets": "fact",
    "commitments": "commitment",
    "commendations": "commendation",
}
_CALLED = {
    "program": "项目",
    "fact": "数据",
    "mechanism": "机制",
    "commitment": "下一步事项",
    "commendation": "表彰",
    "document": "来源",
    "ledger": "台账",
}
Ids = dict[str, "Collection[str] | None"]  # in the order of the files; None: not known, any will do


class FactIds:
    """The ids of facts: those that were written down, and those that the book can be asked for."""

    def __init__(self, written: Iterable[str], book: Book | None) -> None:
        """Take both."""
        self._written = dict.fromkeys(written)
        self._book = book

    def __contains__(self, key: object) -> bool:
        """Whether that id leads somewhere."""
        return key in self._written or (
            self._book is not None and isinstance(key, str) and self._book.parse(key) is not None
        )

    def __iter__(self) -> Iterator[str]:
        """Those that were written down, then the metrics of the book."""
        yield from self._written
        yield from self._book.metrics if self._book else ()

    def __len__(self) -> int:
        """How many these are."""
        return len(self._written) + len(self._book.metrics if self._book else ())


def check_references(digest: Digest, unread: frozenset[str] | None = frozenset()) -> tuple[Finding, ...]:
    """D104 ids given twice, D105 ids that nobody has, F302 and F303 in written text.

    `unread` are ids of facts that are there but could not be read; they are told about elsewhere. None: no fact could
    be read at all, and that every reference to one leads nowhere would say nothing more.
    """
    ids: Ids = {
        "program": dict.fromkeys(one.id for one in digest.programs),
        "fact": None
        if unread is None
        else FactIds((*(one.id for one in digest.facts), *filter(None, sorted(unread))), digest.book),
        "mechanism": dict.fromkeys(one.id for one in digest.mechanisms),
        "commitment": dict.fromkeys(one.id for one in digest.commitments),
        "commendation": dict.fromkeys(one.id for one in digest.commendations),
        "document": dict.fromkeys(one.id for one in digest.documents),
        "ledger": dict.fromkeys(one.id for one in digest.ledgers),
    }
    return (*_header(digest, ids), *_sections(digest, ids), *_owners(digest, ids), *_twice(digest))


def _header(digest: Digest, ids: Ids) -> Iterator[Finding]:
    place = digest.header.place
    for entry in digest.header.headlines:
        yield from _unknown("fact", entry.split("/"), ids, inside(place, "headlines"))
    for number, text in enumerate(digest.header.intro, 1):
        yield from _written(text, ids, inside(place, f"intro[{number}]"))


def _sections(digest: Digest, ids: Ids) -> Iterator[Finding]:
    for section in digest.sections:
        yield from _unknown("program", section.programs, ids, inside(section.place, "programs"))
        for part in section.parts:
            yield from _part(part, ids)
            if digest.book is not None:
                yield from (fault for spec in part.tables for fault in table_faults(spec, digest.book))
            for entries in part.entries:
                yield from _unknown("ledger", [entries.ledger], ids, inside(entries.place, "ledger"))


def _part(part: Part, ids: Ids) -> Iterator[Finding]:
    place = part.place
    yield from _written(part.text, ids, inside(place, "text"))
    for name, what in _PART_LISTS.items():
        yield from _unknown(what, getattr(part, name), ids, inside(place, name))
    for row in part.mechanisms:
        yield from _unknown("mechanism", row, ids, inside(place, "mechanisms"))
    for panel in part.panels:
        yield from _unknown("fact", panel.facts, ids, inside(place, "panels"))
    for spec in part.plotly:
        yield from _unknown("fact", spec.facts, ids, inside(place, "plotly"))
    for key, where in (named for chart in part.charts for named in named_facts(chart)):
        yield from _unknown("fact", [key], ids, where)
    if part.coverage:
        yield from _unknown("fact", [part.coverage.fact], ids, inside(place, "coverage"))
    if part.ledger:
        yield from _unknown("fact", [part.ledger.total, *part.ledger.parts], ids, inside(place, "ledger"))


def _owners(digest: Digest, ids: Ids) -> Iterator[Finding]:
    """What facts and structures say they belong to and come from."""
    for fact in digest.facts:
        yield from _unknown("program", [fact.program], ids, inside(fact.place, "项目"))
        yield from _unknown("document", _document(fact), ids, inside(fact.place, "来源"))
        yield from _unknown("fact", [fact.of], ids, inside(fact.place, "隶属"))
    for metric in digest.book.metrics.values() if digest.book else ():
        yield from _unknown("program", [metric.program], ids, inside(metric.place, "program"))
    for ledger in digest.ledgers:
        yield from _unknown("program", [ledger.program], ids, inside(ledger.place, "program"))
    owned: tuple[Mechanism | Commitment | Commendation, ...] = (
        *digest.mechanisms,
        *digest.commitments,
        *digest.commendations,
    )
    for one in owned:
        yield from _unknown("program", [one.program], ids, inside(one.place, "program"))
        yield from _unknown("document", [one.source.document], ids, inside(one.place, "source"))


def _document(fact: Fact) -> list[str]:
    return [] if fact.source.cell or fact.source.at else [fact.source.document]


def _twice(digest: Digest) -> Iterator[Finding]:
    groups = (digest.facts, digest.mechanisms, digest.commitments, digest.commendations)
    for group in groups:
        first: dict[str, Place | None] = {}
        for one in group:
            if one.id in first:
                place = inside(one.place, "编号" if group is digest.facts else "id")
                yield _duplicate(one.id, place, first[one.id])
            elif one.id:
                first[one.id] = one.place
    written = {fact.id: fact for fact in digest.facts if not fact.source.table and not fact.computed}
    for metric in digest.book.metrics.values() if digest.book else ():
        if metric.id in written and not written[metric.id].missing:
            yield _duplicate(metric.id, inside(metric.place, "id"), written[metric.id].place)
    for what, keys in (
        ("program", [one.id for one in digest.programs]),
        ("source", [one.id for one in digest.documents]),
    ):
        for number, key in enumerate(keys):
            if key and key in keys[:number]:
                yield _duplicate(key, Place("digest.toml", f"{what}[{number + 1}]", "id"), None)


def _duplicate(key: str, place: Place, first: Place | None) -> Finding:
    hint = f"第一次出现在 {first}" if first else "每个编号只能用一次"
    return Finding("D104", "error", f"编号“{key}”重复", place, value=key, hint=hint)


def _unknown(what: str, keys: Iterable[str], ids: Ids, place: Place) -> Iterator[Finding]:
    known = ids[what]
    if known is None:
        return
    for key in keys:
        if key and key not in known:
            yield unknown("D105", f"{_CALLED[what]}编号", key, known, place)


def _written(text: str, ids: Ids, place: Place) -> Iterator[Finding]:
    """Only what makes a text unreadable; bare numbers are for the story room to tell."""
    _, findings = parse_written(text, ids["fact"], place)
    return (finding for finding in findings if finding.severity == "error")
