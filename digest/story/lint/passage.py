"""Passage: a text as the rules of the lint are handed it, with the facts it prints and the words it only quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.data.model import Fact
    from digest.story.blocks import Text


class Hit(NamedTuple):
    """What a rule found: `text[start:end]`; `sure` where no reading of it is right; `better` is how it would be."""

    start: int
    end: int
    sure: bool = True
    better: str = ""


class Printed(NamedTuple):
    """A fact printed at `text[start:end]`."""

    start: int
    end: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters as they print; `spared` are stretches that are somebody else's words (facts, quotes, titles)."""

    text: str
    printed: tuple[Printed, ...] = ()
    spared: tuple[tuple[int, int], ...] = ()

    def spares(self, hit: Hit) -> bool:
        """Whether all of the hit lies in words that are not ours."""
        return any(start <= hit.start and hit.end <= end for start, end in self.spared)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Where each sentence begins, and the sentence."""
        return _cut(_SENTENCE, self.text)

    def clauses(self) -> Iterator[tuple[int, str]]:
        """The same for what stands between two marks of any kind but 、."""
        return _cut(_CLAUSE, self.text)

    def within(self, start: int, end: int) -> tuple[Printed, ...]:
        """The facts printed there."""
        return tuple(one for one in self.printed if start <= one.start and one.end <= end)


def passage_of(text: Text | str, facts: Mapping[str, Fact], vouched: Iterable[str] = ()) -> Passage:
    """The passage of a text; `vouched` are words that somebody takes upon himself (`{=16}`), wherever they stand."""
    if isinstance(text, str):
        return Passage(text, (), tuple(_spared(text, vouched)))
    at = 0
    printed: list[Printed] = []
    words: list[str] = []
    for run in text:
        fact = facts.get(run.fact) if run.fact else None
        if fact is not None:
            printed.append(Printed(at, at + len(run.text), fact))
        words.append(run.text)
        at += len(run.text)
    whole = "".join(words)
    held = tuple((one.start, one.end) for one in printed)
    return Passage(whole, tuple(printed), (*held, *_spared(whole, vouched)))


def _spared(text: str, vouched: Iterable[str]) -> Iterator[tuple[int, int]]:
    for match in _QUOTED.finditer(text):
        yield match.span()
    for words in vouched:
        at = text.find(words)
        while words and at >= 0:
            yield at, at + len(words)
            at = text.find(words, at + len(words))


def _cut(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    for match in pattern.finditer(text):
        yield match.start(), match.group()


_QUOTED: Final = re.compile(r"«[^«»]*»|《[^《》]*》|https?://[\w./?=&%#:-]+|[\w.-]+@[\w.-]+")
_SENTENCE: Final = re.compile(r"[^。！？；\n]+[。！？；]?")
_CLAUSE: Final = re.compile(r"[^，。！？；：\n]+[，。！？；：]?")
