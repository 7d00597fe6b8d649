"""Draft: a digest's data become blocks in reading order (起草). Charts are named here and drawn in the next room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.story.blocks import Block, Meta, Story
from digest.story.desk import Desk
from digest.story.lint.story_texts import lint_story
from digest.story.sections.annex import annex_facts, annex_table
from digest.story.sections.data_notes import data_notes_blocks
from digest.story.sections.opening import colophon_blocks, listing_annex, opening_blocks
from digest.story.sections.program import section_blocks
from digest.story.wording import full_width

if TYPE_CHECKING:
    from digest.data.model import Digest
    from digest.findings import Finding

_QUOTED: Final = re.compile(r"“([^“”]+)”")
_LONGEST_TERM: Final = 8  # characters; a longer name is a phrase of several words


def draft(digest: Digest) -> tuple[Story, tuple[Finding, ...]]:
    """The whole digest as a draft, and what a person should see before it goes out."""
    desk = Desk(digest)
    blocks: list[Block] = opening_blocks(desk)
    for number, section in enumerate(digest.sections, 1):
        blocks += section_blocks(section, number, desk)
    blocks += data_notes_blocks(desk)
    facts = annex_facts(desk, blocks)
    if facts:
        blocks = [*listing_annex(blocks, desk), annex_table(desk, facts)]
    blocks += colophon_blocks(desk)
    desk.findings += lint_story(blocks, desk.facts, desk.heard)
    header = digest.header
    meta = Meta(
        title=f"{header.name}　{header.title}".strip("　"),
        author=header.unit,
        subject=header.notice,
        date=header.date or digest.period,
    )
    return Story(meta, tuple(blocks), full_width(header.running), _terms(digest)), tuple(desk.findings)


def _terms(digest: Digest) -> tuple[str, ...]:
    """Words that lines keep whole: those the project declares, and what its programs are called."""
    called = (name for program in digest.programs for name in _QUOTED.findall(program.name) or (program.name,))
    return tuple(dict.fromkeys((*digest.header.terms, *(name for name in called if len(name) <= _LONGEST_TERM))))
