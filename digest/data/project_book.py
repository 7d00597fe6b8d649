"""The book and the ledgers of a project (数据簿、台账): who reports, what is measured, and all tables read.

Codes: D105 a roster that nobody knows, and those of `metrics.py`, `gather.py` and `ledger_reading.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data import schema
from digest.data.agreement import disagreements, leaps
from digest.data.gather import Plan, gather
from digest.data.ledger_checks import check_ledger
from digest.data.ledger_facts import ledger_facts
from digest.data.ledger_reading import read_ledger
from digest.data.metrics import read_metrics, read_rounding, read_since, read_table_sources
from digest.data.roster import SHANDONG, Roster
from digest.data.sources.opened import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from digest.data.book import Book
    from digest.data.ledgers import IssueLedger
    from digest.data.metrics import TableSource
    from digest.data.model import Fact
    from digest.data.period import Period
    from digest.data.schema import Taken
    from digest.findings import Finding

BUILT_IN: Final[dict[str, Roster]] = {"山东": SHANDONG}
COUNTED: Final[dict[str, str]] = {"全省": "个市", "全市": "个县（市、区）", "全县": "个乡镇（街道）"}
"""What members are counted in, by what they are called together."""


class ProjectBook(NamedTuple):
    """What the tables of a project hold; no book where it has none."""

    book: Book | None = None
    ledgers: tuple[IssueLedger, ...] = ()
    facts: tuple[Fact, ...] = ()


def read_project_book(
    project: Taken,
    data: Taken,
    folder: Path,
    period: Period | None,
    seen: list[Finding],
    *,
    frames: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
) -> ProjectBook:
    """Everything that `[[metric]]`, `[[table]]` and `[[ledger]]` say; `frames` stand in for tables of their title."""
    handed_in = dict(frames or {})
    metrics = read_metrics(project, seen)
    roster = _roster(project, data, seen)
    tables = tuple(_with_members(one, roster) for one in read_table_sources(project, handed_in, seen))
    since = read_since(data, seen)
    plan = Plan(
        metrics,
        tables,
        roster,
        since,
        read_rounding(data, seen),
        COUNTED.get(roster.whole, "个单位"),
    )
    ledgers = schema.take_each(project, "ledger", schema.ISSUES, seen)
    if period is None or not (metrics or tables or ledgers):
        return ProjectBook()
    with Sources(connections=connections, frames=handed_in) as opened:
        book = None
        if metrics or tables:
            book, findings = gather(plan, period, folder, opened, handed_in)
            seen += (*findings, *disagreements(book), *leaps(book))
        read = tuple(read_ledger(taken, folder, period, opened, seen, handed_in) for taken in ledgers)
    facts: list[Fact] = []
    for ledger in read:
        seen += check_ledger(ledger, period, ledger.as_of)
        facts += ledger_facts(ledger, period, ledger.as_of)
    return ProjectBook(book, read, tuple(facts))


def _with_members(source: TableSource, roster: Roster) -> TableSource:
    """The table with the members that its `only` names apart from its columns."""
    members = {name: found.name for name in source.only if (found := roster.find(name)).standing == "member"}
    columns = tuple(name for name in source.only if name not in members)
    return replace(source, only=columns, members=tuple(members.values()))


def _roster(project: Taken, data: Taken, seen: list[Finding]) -> Roster:
    """Those who report: a list of `[rosters]` or one that is built in; nobody where none is named."""
    name, rosters = data.text("roster"), project.lists("rosters")
    if name and name not in rosters and name not in BUILT_IN:
        seen.append(schema.unknown("D105", "名单", name, (*rosters, *BUILT_IN), data.where("roster")))
    named = Roster(rosters[name]) if name in rosters else BUILT_IN.get(name, Roster(()))
    return replace(
        named,
        whole=data.text("whole") or named.whole,
        apart=data.texts("apart") or named.apart,
        merged={**named.merged, **data.names("merged")},
        aliases={**named.aliases, **data.names("aliases")},
    )
