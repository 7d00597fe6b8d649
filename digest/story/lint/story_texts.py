"""Lint of a whole story (全文检查): its headings, paragraphs, points, captions and notes, written and generated alike.

Cells of tables, diagrams, rosters and the annex are names and words of sources; nobody is told to write those anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from digest.findings import Place
from digest.story.blocks import (
    Chart,
    ColophonBlock,
    Contents,
    Coverage,
    Diagram,
    Heading,
    Honours,
    Ledger,
    Masthead,
    MetricStrip,
    PageBreak,
    Paragraph,
    Plate,
    Points,
    Run,
    SourceLine,
    Table,
    Targets,
    Title,
    plain,
    reads,
)
from digest.story.lint.lint import lint
from digest.story.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.data.model import Fact
    from digest.findings import Finding
    from digest.story.blocks import Block, Caption, Text

_STORY: Final = "文稿"
_OF_TEXTS: Final = tuple(rule for rule in RULES if not rule.of_story)
_OF_STORIES: Final = tuple(rule for rule in RULES if rule.of_story)


@dataclass(frozen=True, slots=True)
class Heard:
    """A text that an office wrote: as it prints, where it stands, and the numbers it `vouched` for (`{=16}`)."""

    text: str
    place: Place | None
    vouched: tuple[str, ...] = ()


def lint_story(blocks: Sequence[Block], facts: Mapping[str, Fact], heard: Sequence[Heard]) -> tuple[Finding, ...]:
    """What is against the rules in a story. What an office wrote is told where it wrote it, all else by its section."""
    found: list[Finding] = []
    whole: list[Run] = []
    for text, place in _texts(blocks):
        whole += (*text, Run("\n"))
        if not lint(text, place, facts, (), _OF_TEXTS):
            continue
        for words, where, vouched in _divided(text, place, heard):
            found += lint(words, where, facts, vouched, _OF_TEXTS)
    vouched_for = [words for one in heard for words in one.vouched]
    return (*dict.fromkeys(found), *lint(tuple(whole), Place(_STORY), facts, vouched_for, _OF_STORIES))


def _divided(text: Text, place: Place, heard: Sequence[Heard]) -> Iterator[tuple[Text, Place, tuple[str, ...]]]:
    """What was written of a text, and the rest of it, each with its place."""
    whole = reads(text)
    for one in heard:
        at = whole.find(one.text)
        if one.text and at >= 0:
            yield _cut(text, at, at + len(one.text)), one.place or place, one.vouched
            yield from _divided(_cut(text, 0, at), place, ())
            yield from _divided(_cut(text, at + len(one.text), len(whole)), place, ())
            return
    if whole:
        yield text, place, ()


def _cut(text: Text, start: int, end: int) -> Text:
    """`text[start:end]`; a fact that the cut goes through is none any more."""
    out: list[Run] = []
    at = 0
    for run in text:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            out.append(run if last - first == len(run.text) else Run(run.text[first:last], run.voice))
        at += len(run.text)
    return tuple(out)


def _texts(blocks: Sequence[Block]) -> Iterator[tuple[Text, Place]]:
    """Every text that is looked at, with the section it stands in and what it is."""
    section = ""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            section = f"{block.number}{block.text}"
        for what, text in _texts_of(block):
            if text:
                yield text, Place(_STORY, section, what)


def _texts_of(block: Block) -> Iterator[tuple[str, Text]]:  # noqa: C901, PLR0912 - one case a block
    match block:
        case Masthead():
            yield "报头", plain(block.notice)
        case Title():
            yield "标题", plain(block.text)
            yield "副标题", plain(block.subtitle)
        case Heading():
            yield "标题", plain(block.text)
        case Paragraph():
            yield "正文", block.text
        case Points():
            for point in block.points:
                yield "要点", point.text
        case Chart() | Plate() | Coverage() | Ledger() | Diagram():
            yield from _captioned(block.caption)
        case Table():
            if not block.anchor:  # the annex quotes
                yield from _captioned(block.caption)
                for note in block.notes:
                    yield f"{block.caption.label}注", plain(note)
        case Targets():
            for row in block.rows:
                yield "目标", row.text
        case MetricStrip() | Contents() | Honours() | SourceLine() | ColophonBlock() | PageBreak():
            return
        case _:
            assert_never(block)


def _captioned(caption: Caption) -> Iterator[tuple[str, Text]]:
    yield caption.label, plain(caption.text)
    yield f"{caption.label}注", plain(caption.note)
