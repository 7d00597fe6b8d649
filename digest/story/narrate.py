"""Narrate: facts become sentences in our own words (行文). Every number in them is a fact, and says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.written import FactRef, PlainNumber, parse_written
from digest.story.blocks import Run, Text
from digest.story.wording import opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.data.model import Fact
    from digest.findings import Finding, Place


def display(fact: Fact) -> Run:
    """The quantity as the source words it, bound to its fact."""
    return Run(str(fact.quantity), fact=fact.id)


def clause(fact: Fact) -> Text:
    """What one fact says: its phrase with the quantity in place, or metric and quantity side by side."""
    if "{}" not in fact.phrase:
        return (Run(fact.metric), display(fact))
    before, _, after = fact.phrase.partition("{}")
    return tuple(run for run in (Run(before), display(fact), Run(after)) if run.text)


def narrate(facts: Sequence[Fact]) -> Text:
    """One sentence for each stretch of facts of the same time and standing, in the order given.

    Promised and reached never share a sentence, so that a target cannot be read as done. What is part of the figure
    before it (其中) goes on in its sentence.
    """
    runs: list[Run] = []
    for sentence in _sentences(facts):
        runs.append(Run(opening(sentence[0])))
        runs += _joined([clause(fact) for fact in sentence])
        runs.append(Run("。"))
    return merged(runs)


def _sentences(facts: Sequence[Fact]) -> list[list[Fact]]:
    sentences: list[list[Fact]] = []
    for fact in facts:
        last = sentences[-1][-1] if sentences else None
        if last and last.is_target == fact.is_target and (_is_part(fact) or opening(last) == opening(fact)):
            sentences[-1].append(fact)
        else:
            sentences.append([fact])
    return sentences


def _is_part(fact: Fact) -> bool:
    return fact.kind == "ledger_part" and fact.phrase.startswith("其中")


def _joined(clauses: Sequence[Text]) -> list[Run]:
    runs: list[Run] = []
    for n, runs_of in enumerate(clauses):
        if n:
            runs.append(Run("，"))
        runs += runs_of
    return runs


def written(
    text: str, facts: Mapping[str, Fact], names: Iterable[str], place: Place | None
) -> tuple[Text, tuple[Finding, ...]]:
    """A paragraph an office wrote, its `{id}` replaced by what the facts say, and what is wrong with it."""
    pieces, findings = parse_written(text.strip(), facts, place, names)  # the indent is layout's, not typed blanks
    runs: list[Run] = []
    for piece in pieces:
        if isinstance(piece, FactRef):
            runs.append(display(facts[piece.id]) if piece.id in facts else Run(f"{{{piece.id}}}"))
        elif isinstance(piece, PlainNumber):
            runs.append(Run(piece.text))
        else:
            runs.append(Run(piece.text))
    return merged(runs), findings


def merged(runs: Iterable[Run]) -> Text:
    """The same text with neighbours of one voice and fact joined, and nothing empty in it."""
    out: list[Run] = []
    for run in runs:
        if not run.text and not run.pages_of:
            continue
        last = out[-1] if out else None
        if last and (last.voice, last.fact, last.pages_of) == (run.voice, run.fact, run.pages_of) and not run.fact:
            out[-1] = Run(last.text + run.text, run.voice)
        else:
            out.append(run)
    return tuple(out)
