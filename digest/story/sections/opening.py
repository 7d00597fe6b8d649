"""The opening page and the foot of the last: masthead, contents, title, headline figures; 报尾."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.data.period import chinese_date
from digest.story.blocks import (
    Block,
    ColophonBlock,
    Contents,
    ContentsEntry,
    Masthead,
    Paragraph,
    Title,
)
from digest.story.exhibits import strip
from digest.story.numbering import section_number
from digest.story.sections.data_notes import DATA_NOTES, DATA_NOTES_ANCHOR, prints_data_notes
from digest.story.wording import ANNEX_NUMBER

if TYPE_CHECKING:
    from digest.story.desk import Desk

ANNEX_ANCHOR = "annex"


def section_anchor(number: int) -> str:
    """The name links to a section go by."""
    return f"section:{number}"


def opening_blocks(desk: Desk) -> list[Block]:
    """Everything before the first section; what the project did not give is not printed."""
    header = desk.digest.header
    date = chinese_date(header.date) if header.date else ""
    entries = [
        ContentsEntry(section_number(n), section.title, section_anchor(n))
        for n, section in enumerate(desk.digest.sections, 1)
    ]
    if prints_data_notes(desk.digest):
        entries.append(ContentsEntry(ANNEX_NUMBER, DATA_NOTES, DATA_NOTES_ANCHOR))
    blocks: list[Block] = [
        Masthead(header.name, _issue_words(header.issue, header.total_issue), header.unit, date, header.notice),
        Contents(desk.phrases["本期要目"], tuple(entries)),
    ]
    if header.title:
        blocks.append(Title(header.title))
    if header.headlines:
        blocks.append(strip(header.headlines, desk.facts))
    blocks += [Paragraph(desk.written(text, header.place)) for text in header.intro]
    return blocks


def listing_annex(blocks: list[Block], desk: Desk) -> list[Block]:
    """The same with the annex of sources as the last of the contents."""
    entry = ContentsEntry(ANNEX_NUMBER, desk.phrases["溯源附表"], ANNEX_ANCHOR)
    return [
        replace(block, entries=(*block.entries, entry)) if isinstance(block, Contents) else block for block in blocks
    ]


def _issue_words(issue: int, total: int) -> str:
    if not issue:
        return f"总第{total}期" if total else ""
    return f"第{issue}期（总第{total}期）" if total else f"第{issue}期"


def colophon_blocks(desk: Desk) -> list[Block]:
    """报尾, with nothing in it that the project did not give."""
    colophon, header = desk.digest.colophon, desk.digest.header
    given = (("报：", colophon.report_to), ("送：", colophon.send_to), ("发：", colophon.issue_to))
    lines = [(label, "，".join(names)) for label, names in given if names]
    lines = [(label, f"{names}{'。' if n == len(lines) - 1 else '；'}") for n, (label, names) in enumerate(lines)]
    if not lines and not colophon.copies:
        return []
    date = f"{chinese_date(header.date)}印发" if header.date else ""
    copies = f"（共印{colophon.copies}份）" if colophon.copies else ""
    return [ColophonBlock(tuple(lines), date, copies)]
