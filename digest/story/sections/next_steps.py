"""What is promised next, by whom and until when: the table of commitments (下一步)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.story.blocks import Caption, Column, Run, Table, TableRow, plain
from digest.story.exhibits import deadline_words
from digest.story.narrate import merged
from digest.story.wording import NOT_STATED, full_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.model import Commitment, Fact
    from digest.story.blocks import Text
    from digest.story.desk import Desk

_COLUMNS: Final = (
    Column("序号", 32.0, "center", digits=True),
    Column("事项"),
    Column("责任", 108.0),
    Column("时限", 76.0),
)


def commitments_table(commitments: Sequence[Commitment], desk: Desk, caption: str = "", note: str = "") -> Table:
    """Promises with a number first, then those with a deadline, then the rest; each keeps its source's words."""
    facts = {item.id: _promised_fact(item, desk) for item in commitments}
    groups = (
        [item for item in commitments if facts[item.id]],
        [item for item in commitments if not facts[item.id] and item.deadline],
        [item for item in commitments if not facts[item.id] and not item.deadline],
    )
    rows: list[TableRow] = []
    for group in groups:
        for n, item in enumerate(group):
            fact = facts[item.id]
            owner = f"{full_width(item.owner)}{'*' if item.owner_inferred else ''}" if item.owner else NOT_STATED
            cells = (
                plain(str(len(rows) + 1)),
                _worded(item, fact),
                plain(owner),
                plain(deadline_words(item.deadline) or NOT_STATED),
            )
            rows.append(TableRow(cells, ring=fact is not None, rule_above=n == 0 and bool(rows)))
    notes = "".join(
        (
            desk.phrases["目标说明"] if any(row.ring for row in rows) else "",
            desk.phrases["责任说明"] if any(item.owner_inferred for item in commitments) else "",
            note,
        )
    )
    words = Caption(desk.tables.next(), caption or desk.phrases["下一步"])
    return Table(
        _COLUMNS if not any(row.ring for row in rows) else _ringed(), tuple(rows), words, (notes,) * bool(notes)
    )


def _ringed() -> tuple[Column, ...]:
    """The same columns with room for the hollow mark before the item."""
    first, *rest = _COLUMNS
    return (Column(first.title, 46.0, first.align, digits=True), *rest)


def _promised_fact(item: Commitment, desk: Desk) -> Fact | None:
    """The target a promise puts a number to, if there is one."""
    for fact in desk.digest.facts:
        if fact.program == item.program and fact.kind == "target" and str(fact.quantity) in item.text:
            return fact
    return None


def _worded(item: Commitment, fact: Fact | None) -> Text:
    text = full_width(item.text)
    if fact is None:
        return plain(text)
    number = str(fact.quantity)
    before, _, after = text.partition(number)
    return merged((Run(before), Run(number, "strong", fact.id), Run(after)))
