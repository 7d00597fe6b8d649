"""The source annex (溯源附表): every figure, its words in the source, its as-of, and where the digest prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.story.blocks import Caption, Column, Run, Table, TableRow, plain
from digest.story.exhibits import label_of
from digest.story.sections.opening import ANNEX_ANCHOR
from digest.story.wording import DERIVED, NOT_STATED, TARGET_MARK, full_width

if TYPE_CHECKING:
    from digest.data.model import Fact, Source
    from digest.story.blocks import Text
    from digest.story.desk import Desk

_COLUMNS: Final = (
    Column("序号", 26.0, "center", digits=True),
    Column("指标", 94.0),
    Column("数据", 76.0, digits=True),
    Column("原文"),
    Column("截至", 48.0, digits=True),
    Column("页", 34.0, "right", digits=True),
)


def annex_table(desk: Desk) -> Table:
    """One row a fact, gathered under who said it in which document, both in the order of the project's table.

    What comes from a table of figures or a ledger stands under its title with its place in it. Of these only what is
    printed by itself is listed: under tables and charts stands where all of theirs is from.
    """
    groups: dict[str, list[Fact]] = {}
    for fact in desk.digest.facts:
        groups.setdefault(_cited(fact.source, desk), []).append(fact)
    ordered = [fact for facts in groups.values() for fact in facts]
    numbers = {fact.id: n for n, fact in enumerate(ordered, 1)}
    rows: list[TableRow] = []
    for cited, facts in groups.items():
        rows.append(TableRow((plain(cited),), group=True, rule_above=bool(rows)))
        rows += [_row(fact, numbers) for fact in facts]
    return Table(
        _COLUMNS,
        tuple(rows),
        Caption("附表", desk.phrases["溯源附表"]),
        tuple(_notes(desk)),
        small=True,
        anchor=ANNEX_ANCHOR,
    )


def _row(fact: Fact, numbers: dict[str, int]) -> TableRow:
    as_of = f"{fact.as_of.date}{'*' if fact.as_of.inferred else ''}" if fact.as_of.date else NOT_STATED
    cells = (
        plain(str(numbers[fact.id])),
        plain(full_width(label_of(fact))),
        plain(f"{fact.quantity}{TARGET_MARK if fact.is_target else ''}"),
        _words(fact.source, computed=fact.computed),
        plain(as_of),
        _pages(fact, numbers),
    )
    return TableRow(cells, anchor=f"row:{fact.id}")


def _words(source: Source, *, computed: bool) -> Text:
    """The quote in 楷体, as it is somebody's words; the place in a table is ours and stands upright."""
    if source.table:
        return plain(f"{full_width(source.at)}{DERIVED if computed else ''}")
    return plain(full_width(source.quote) or str(source.cell or ""), "kai")


def _pages(fact: Fact, numbers: dict[str, int]) -> Text:
    """Where it is printed; a repeated figure points at the row it repeats."""
    if fact.kind == "duplicate" and fact.of in numbers:
        return plain(f"同{numbers[fact.of]}")
    return (Run("", pages_of=f"fact:{fact.id}"),)


def _cited(source: Source, desk: Desk) -> str:
    """The table; or the document, who spoke, for whom, and who asked: as far as they are given."""
    if source.table:
        return full_width(source.table)
    document = desk.documents.get(source.document)
    title = document.title if document else source.document or (source.cell.file if source.cell else "")
    asked = f"答{source.outlet}记者问" if source.outlet else ""
    who = "，".join(filter(None, (source.department, f"{source.speaker}{asked}")))
    return "　".join(filter(None, (title, who)))


def _notes(desk: Desk) -> list[str]:
    inferred = [fact for fact in desk.digest.facts if fact.as_of.inferred]
    notes: list[str] = []
    if inferred:
        grounds = dict.fromkeys(fact.as_of.basis for fact in inferred if fact.as_of.basis)
        reason = f"，依据：{'；'.join(map(full_width, grounds))}" if grounds else ""
        notes.append(f"* 截至时间为推断{reason}。")
    quoted = any(full_width(fact.source.quote) != fact.source.quote for fact in desk.digest.facts)
    cited = "；".join(f"{item.title}，{item.file}" for item in desk.digest.documents)
    notes.append(f"{'引文半角标点已转全角。' if quoted else ''}来源：{cited}。" if cited else "")
    return [note for note in notes if note]
