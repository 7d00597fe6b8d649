"""A section on one program or several: heading, then its parts in order, then who said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.charts import named_facts
from digest.findings import Finding
from digest.story.blocks import Block, Caption, Heading, Paragraph, Run, SourceLine
from digest.story.charting import chart_words, charted
from digest.story.exhibits import (
    bar_caption,
    bar_chart,
    coverage,
    diagram,
    honours,
    label_of,
    ledger,
    ledger_note,
    mechanism_caption,
    own_chart,
    strip,
    targets,
)
from digest.story.narrate import merged
from digest.story.numbering import part_number, section_number
from digest.story.sections.automatic import automatic_parts
from digest.story.sections.next_steps import commitments_table
from digest.story.sections.opening import section_anchor
from digest.story.table_sources import with_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.model import Part, Section
    from digest.story.blocks import Text
    from digest.story.desk import Desk

_PARAGRAPHS: Final = re.compile(r"\n[ \t\u3000]*\n\s*")  # a blank line is between them


def section_blocks(section: Section, number: int, desk: Desk) -> list[Block]:
    """The blocks of a section, composed from its parts, or from what its programs hold where it names none."""
    blocks: list[Block] = [Heading(section_number(number), section.title, section_anchor(number))]
    numbered = 0
    for part in section.parts or automatic_parts(section, desk):
        made = _made(part, section, desk)
        numbered += 1 if made.title else 0
        blocks += _part_blocks(made, numbered)
    if len(blocks) == 1:
        desk.findings.append(Finding("F402", "warning", f"“{section.title}”没有可写的内容", section.place))
    source = _source_line(section, desk)
    if source:
        blocks.append(SourceLine(source))
    return blocks


class _Made(NamedTuple):
    """What became of a part; without a title where there is nothing to stand under it."""

    title: str
    texts: list[Text]
    below: list[Block]


def _made(part: Part, section: Section, desk: Desk) -> _Made:
    """The paragraphs of a part, and what stands under them."""
    *paragraphs, last = [desk.written(text, part.place) for text in _PARAGRAPHS.split(part.text.strip())]
    often, account = _account(part, desk)
    bodies = [body for body in (*paragraphs, (*last, *desk.narrated(part.narrate), *account)) if body]
    below = _below(part, section, desk, told=often)
    return _Made(part.title if bodies or below else "", bodies, below)


def _account(part: Part, desk: Desk) -> tuple[Sequence[str], Text]:
    """The ledgers whose entries a part lists more than once, and the sentence that counts them all."""
    if not part.entries:
        return (), ()
    from digest.story.ledgers import ledger_sentence, listed_often  # noqa: PLC0415  see `_tables`

    often = listed_often(part.entries)
    return often, merged(run for key in often for run in ledger_sentence(key, desk))


def _part_blocks(part: _Made, number: int) -> list[Block]:
    """Its title runs in with the first paragraph."""
    texts = part.texts
    if part.title:
        first, *rest = texts or [()]
        texts = [(Run(f"{part_number(number)}{part.title}。", "lead"), *first), *rest]
    return [*(Paragraph(merged(text)) for text in texts), *part.below]


def _below(part: Part, section: Section, desk: Desk, *, told: Sequence[str]) -> list[Block]:
    """Strip, pictures, tables and lists of a part; the ledgers `told` have had their sentence."""
    blocks: list[Block] = []
    if part.strip:
        blocks.append(strip(part.strip, desk.facts))
    blocks += _exhibits(part, section, desk)
    if part.tables or part.entries:
        blocks += _tables(part, desk, told)
    if part.targets:
        blocks.append(targets([desk.facts[key] for key in part.targets]))
    if part.commendations:
        blocks.append(honours([desk.commendations[key] for key in part.commendations]))
    if part.commitments:
        chosen = [desk.commitments[key] for key in part.commitments]
        blocks.append(commitments_table(chosen, desk))
    return blocks


def _tables(part: Part, desk: Desk, told: Sequence[str]) -> list[Block]:
    """Tables over the book and of its ledgers: rooms that a digest without a book need not wait for."""
    from digest.story.book_tables import table_blocks  # noqa: PLC0415
    from digest.story.ledgers import entries_blocks  # noqa: PLC0415

    blocks = [block for table in part.tables for block in table_blocks(table, desk)]
    for entries in part.entries:
        blocks += entries_blocks(entries, desk, told=entries.ledger in told)
    return blocks


def _exhibits(part: Part, section: Section, desk: Desk) -> list[Block]:
    """Bars, charts and diagrams; the part's caption goes to the first of them, the rest are named by what they show."""
    own = [(part.caption, part.note)]

    def caption(words: str, note: str = "") -> Caption:
        given, remark = own.pop() if own else ("", "")
        return Caption(desk.pictures.next(), given or words, remark or note)

    blocks: list[Block] = []
    if part.coverage:
        words = label_of(desk.facts[part.coverage.fact])
        blocks.append(coverage(part.coverage, desk.facts, caption(words)))
    if part.ledger and desk.facts[part.ledger.total].quantity.amount <= 0:
        desk.findings.append(
            Finding("F401", "warning", "台账总数为零，没有可画的台账条", part.place, value=part.ledger.total)
        )
    elif part.ledger:
        words = f"{label_of(desk.facts[part.ledger.total])}构成"
        blocks.append(ledger(part.ledger, desk.facts, caption(words, ledger_note(part.ledger, desk.facts))))
    if part.panels:
        words = bar_caption(part.panels, desk.facts, section.title)
        drawn = [key for panel in part.panels for key in panel.facts]
        named = with_source(caption(words), drawn, desk.facts, desk.digest.period)
        blocks.append(bar_chart(part.panels, desk.facts, named))
    blocks += [own_chart(spec, desk.pictures.next()) for spec in part.plotly]
    for spec in part.charts:
        words = chart_words(spec, desk.facts, section.title)
        named = Caption(desk.pictures.next(), spec.caption, spec.note) if spec.caption else caption(words, spec.note)
        shown = (key for key, _ in named_facts(spec))
        blocks.append(charted(spec, desk.facts, with_source(named, shown, desk.facts, desk.digest.period)))
    for keys in part.mechanisms:
        group = [desk.mechanisms[key] for key in keys]
        blocks.append(diagram(group, caption(mechanism_caption(group))))
    return blocks


def _source_line(section: Section, desk: Desk) -> str:
    """Who answered whom, as far as the sources say; no title that was not given."""
    said: dict[str, None] = {}
    for fact in desk.digest.facts:
        source = fact.source
        if fact.program not in section.programs or not source.speaker:
            continue
        asked = f"答{source.outlet}记者问" if source.outlet else ""
        said[f"{source.department}{source.speaker}{asked}"] = None
    return f"（据{'、'.join(said)}整理）" if said else ""
