"""The source annex (溯源附表): every figure, its words in the source, its as-of, and where the digest prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.story.blocks import (
    Caption,
    Column,
    Coverage,
    Ledger,
    MetricStrip,
    Paragraph,
    Points,
    Run,
    Table,
    TableRow,
    Targets,
    plain,
)
from digest.story.exhibits import label_of
from digest.story.sections.opening import ANNEX_ANCHOR
from digest.story.wording import DERIVED, NOT_STATED, TARGET_MARK, full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from digest.data.model import Fact, Source
    from digest.story.blocks import Block, Text
    from digest.story.desk import Desk

_COLUMNS: Final = (
    Column("序号", 26.0, "center", digits=True),
    Column("指标", 94.0),
    Column("数据", 76.0, digits=True),
    Column("原文"),
    Column("截至", 48.0, digits=True),
    Column("页", 34.0, "right", digits=True),
)
_OF_TABLES: Final = (
    Column("序号", 22.0, "center", digits=True),
    Column("指标", 82.0),
    Column("数据", 60.0, digits=True),
    Column("原文"),
    Column("截至", 40.0, digits=True),
    Column("页", 54.0, "right", digits=True),
)
"""Where tables are traced: what was computed says from what, and several pages print one number."""
_PROJECT: Final = "项目文件"
_TARGETS: Final = "年度目标（项目设定）"
_DAY: Final = {_COLUMNS: 60.0, _OF_TABLES: 58.0}  # wide enough for 2026-10-31 with a mark
_SAYS_HOW: Final = ("据", "按")  # 据本期1个、上期2个计算 needs no （推算） behind it


def annex_facts(desk: Desk, blocks: Iterable[Block]) -> tuple[Fact, ...]:
    """What the annex lists: every fact of a document, and of tables and ledgers those that `blocks` print one by one.

    Under tables and charts stands where all of theirs is from; there may be thousands.
    """
    alone = dict.fromkeys(key for block in blocks for key in _printed_alone(block))
    given = (fact for fact in desk.digest.facts if not _is_ours(fact.source) or fact.id in alone)
    listed = {fact.id: fact for fact in given}
    return (*listed.values(), *(desk.facts[key] for key in alone if key not in listed))


def _printed_alone(block: Block) -> Iterator[str]:
    """The facts that a text, a strip or a bar prints; each is linked to its row."""
    match block:
        case Paragraph(text=text):
            yield from _facts_of(text)
        case Points(points=points):
            for point in points:
                yield from _facts_of(point.text)
        case Targets(rows=rows):
            for row in rows:
                yield from _facts_of(row.text)
        case MetricStrip(metrics=metrics):
            for metric in metrics:
                yield from metric.facts
        case Coverage(facts=facts) | Ledger(facts=facts):
            yield from facts
        case _:
            pass


def _facts_of(text: Text) -> Iterator[str]:
    return (run.fact for run in text if run.fact)


def annex_table(desk: Desk, listed: Iterable[Fact]) -> Table:
    """One row a fact, gathered under who said it in which document, both in the order of the project's table.

    What comes from a table of figures or a ledger stands under its title, with its place in it.
    """
    groups: dict[str, list[Fact]] = {}
    for fact in listed:
        groups.setdefault(_cited(fact, desk), []).append(fact)
    ordered = [fact for facts in groups.values() for fact in facts]
    numbers = {fact.id: n for n, fact in enumerate(ordered, 1)}
    rows: list[TableRow] = []
    for cited, facts in groups.items():
        rows.append(TableRow((plain(cited),), group=True, rule_above=bool(rows)))
        rows += [_row(fact, numbers) for fact in facts]
    return Table(
        _columns(ordered),
        tuple(rows),
        Caption("附表", desk.phrases["溯源附表"]),
        tuple(_notes(ordered, desk)),
        small=True,
        anchor=ANNEX_ANCHOR,
    )


def _columns(listed: Sequence[Fact]) -> tuple[Column, ...]:
    """Those of quotes, or of places in tables where there are any; with room for an as-of that is a day."""
    columns = _OF_TABLES if any(_is_ours(fact.source) for fact in listed) else _COLUMNS
    if not any(len(fact.as_of.date) == len("2026-10-31") for fact in listed):
        return columns
    return tuple(replace(column, width=_DAY[columns]) if column.title == "截至" else column for column in columns)


def _row(fact: Fact, numbers: dict[str, int]) -> TableRow:
    cells = (
        plain(str(numbers[fact.id])),
        plain(full_width(label_of(fact))),
        plain(f"{fact.quantity}{TARGET_MARK if fact.is_target else ''}"),
        _words(fact.source, computed=fact.computed),
        plain(_as_of(fact)),
        _pages(fact, numbers),
    )
    return TableRow(cells, anchor=f"row:{fact.id}")


def _as_of(fact: Fact) -> str:
    """The day or month it is true of; the number of a table is that of the period it is in."""
    if fact.as_of.date:
        return f"{fact.as_of.date}{'*' if fact.as_of.inferred else ''}"
    return (fact.period.end if _is_ours(fact.source) else "") or NOT_STATED


def _is_ours(source: Source) -> bool:
    """Whether it is from a table, a ledger or the project itself, and not the words of a document."""
    return bool(source.table or source.at)


def _words(source: Source, *, computed: bool) -> Text:
    """The quote in 楷体, as it is somebody's words; the place in a table is ours and stands upright."""
    if _is_ours(source):
        derived = computed and not source.at.startswith(_SAYS_HOW)
        return plain(f"{full_width(source.at)}{DERIVED if derived else ''}")
    return plain(full_width(source.quote) or str(source.cell or ""), "kai")


def _pages(fact: Fact, numbers: dict[str, int]) -> Text:
    """Where it is printed; a repeated figure points at the row it repeats."""
    if fact.kind == "duplicate" and fact.of in numbers:
        return plain(f"同{numbers[fact.of]}")
    return (Run("", pages_of=f"fact:{fact.id}"),)


def _cited(fact: Fact, desk: Desk) -> str:
    """The table; or the document, who spoke, for whom, and who asked: as far as they are given. Targets that are in no
    table were set by the project.
    """
    source = fact.source
    if not source.document and not source.table and fact.kind == "target":
        return _TARGETS
    if source.table:
        return full_width(source.table)
    if source.at and source.cell:
        return f"{_PROJECT}（{source.cell.file}）"
    document = desk.documents.get(source.document)
    title = document.title if document else source.document or (source.cell.file if source.cell else "")
    asked = f"答{source.outlet}记者问" if source.outlet else ""
    who = "，".join(filter(None, (source.department, f"{source.speaker}{asked}")))
    return "　".join(filter(None, (title, who)))


def _notes(listed: Sequence[Fact], desk: Desk) -> list[str]:
    inferred = [fact for fact in listed if fact.as_of.inferred]
    notes: list[str] = []
    if inferred:
        grounds = dict.fromkeys(fact.as_of.basis for fact in inferred if fact.as_of.basis)
        reason = f"，依据：{'；'.join(map(full_width, grounds))}" if grounds else ""
        notes.append(f"* 截至时间为推断{reason}。")
    quoted = any(full_width(fact.source.quote) != fact.source.quote for fact in listed)
    cited = "；".join(f"{item.title}，{item.file}" for item in desk.digest.documents)
    notes.append(f"{'引文半角标点已转全角。' if quoted else ''}来源：{cited}。" if cited else "")
    return [note for note in notes if note]
