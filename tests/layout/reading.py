"""Reads set lines back: where every cluster stands, and what marks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.drawing import GlyphRun, Group, Mark, TextLine
from digest.layout.glyphs import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.fonts import FontSet
    from digest.layout.lines import Line


def flat(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Every mark, groups opened."""
    for mark in marks:
        if isinstance(mark, Group):
            yield from flat(mark.marks)
        else:
            yield mark


def words(marks: Sequence[Mark]) -> str:
    """What the letters among the marks read as."""
    found = []
    for mark in flat(marks):
        if isinstance(mark, GlyphRun):
            found.append("".join(mark.clusters))
        elif isinstance(mark, TextLine):
            found.append(mark.text)
    return "".join(found)


def only_line(line: Line) -> TextLine:
    (mark,) = line.marks
    assert isinstance(mark, TextLine)
    return mark


def origins(line: Line, fonts: FontSet) -> list[tuple[str, float]]:
    """Every cluster with its x, both in em of the line's size."""
    mark = only_line(line)
    return [(glyph.reads, x / mark.size) for glyph, _, x, _, _ in placed(mark, fonts)]


def place(line: Line, fonts: FontSet, character: str) -> float:
    """Where the first cluster of that text stands, in em."""
    return next(x for cluster, x in origins(line, fonts) if cluster == character)
