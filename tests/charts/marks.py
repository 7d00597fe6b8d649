"""Looking at marks: runs and paths of a drawing in the order they are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.drawing import GlyphRun, Group, Path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.drawing import Mark


def flat(marks: Iterable[Mark]) -> Iterator[Mark]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from flat(mark.marks)
        else:
            yield mark


def runs(marks: Iterable[Mark]) -> list[GlyphRun]:
    return [mark for mark in flat(marks) if isinstance(mark, GlyphRun)]


def paths(marks: Iterable[Mark]) -> list[Path]:
    return [mark for mark in flat(marks) if isinstance(mark, Path)]


def words(marks: Iterable[Mark]) -> list[str]:
    return ["".join(run.clusters) for run in runs(marks)]
