"""Parts for a section whose project file names none: what its programs hold, in a settled order (自动编排)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from digest.data.model import EntriesSpec, LedgerSpec, Panel, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.model import Fact, Section
    from digest.story.desk import Desk

_STRIP: Final = 4  # metrics across
_PANELS: Final = 3
_BARS_MOST: Final = 8  # bars of a panel that names itself
_TOLD_MOST: Final = 6  # figures of one paragraph; more are not read
_ISSUES: Final = 20  # of a ledger; the most urgent come first
_COMPARABLE: Final = frozenset({"stock", "flow", "event"})
_TOLD: Final = _COMPARABLE | {"share", "rank", "ledger_total", "ledger_part", "target"}


def automatic_parts(section: Section, desk: Desk) -> tuple[Part, ...]:
    """Sentences from all that was reported; then strip, charts, ledgers, mechanisms, targets, honours and promises.

    Facts that tables and ledgers were asked for stand where they were asked for; a ledger tells its own.
    """
    facts = [fact for fact in desk.digest.facts if fact.program in section.programs and not fact.source.table]
    told = [fact for fact in facts if fact.kind in _TOLD]
    reported = [fact for fact in told if not fact.is_target]
    parts: list[Part] = []
    if told:
        first, *rest = [told[n : n + _TOLD_MOST] for n in range(0, len(told), _TOLD_MOST)]
        shown = tuple(fact.id for fact in reported if fact.kind != "ledger_part")[:_STRIP]
        parts.append(Part(narrate=_ids(first), strip=shown, place=section.place))
        parts += [Part(narrate=_ids(some), place=section.place) for some in rest]
        panels = _panels(reported)
        if panels:
            parts.append(Part(panels=panels, place=section.place))
    parts += _ledgers(facts)
    issues = [ledger for ledger in desk.digest.ledgers if ledger.program in section.programs]
    parts += [Part(entries=(EntriesSpec(ledger.id, limit=_ISSUES, place=section.place),)) for ledger in issues]
    owned = [item for item in desk.digest.mechanisms if item.program in section.programs]
    parts += [Part(mechanisms=((item.id,),)) for item in owned]
    promised = tuple(fact.id for fact in facts if fact.is_target and fact.kind == "target")
    honours = tuple(item.id for item in desk.digest.commendations if item.program in section.programs)
    promises = tuple(item.id for item in desk.digest.commitments if item.program in section.programs)
    if promised or honours or promises:
        parts.append(Part(targets=promised, commendations=honours, commitments=promises))
    return tuple(parts)


def _ids(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def _panels(facts: Sequence[Fact]) -> tuple[Panel, ...]:
    """Facts of one unit and one time beside each other; a lone figure is no comparison, a negative one no bar."""

    def key(fact: Fact) -> tuple[str, str]:
        return (fact.quantity.unit, fact.period.text)

    usable = sorted((fact for fact in facts if fact.kind in _COMPARABLE and fact.quantity.amount >= 0), key=key)
    groups = [tuple(fact.id for fact in group)[:_BARS_MOST] for _, group in groupby(usable, key=key)]
    order = {fact.id: n for n, fact in enumerate(facts)}
    found = sorted((group for group in groups if len(group) > 1), key=lambda group: order[group[0]])
    return tuple(Panel(group) for group in found[:_PANELS])


def _ledgers(facts: Sequence[Fact]) -> list[Part]:
    totals = [fact for fact in facts if fact.kind == "ledger_total"]
    return [
        Part(
            ledger=LedgerSpec(
                total.id, tuple(fact.id for fact in facts if fact.kind == "ledger_part" and fact.of in ("", total.id))
            )
        )
        for total in totals
    ]
