"""Narrate: facts become sentences in our own words (行文). Every number in them is a fact, and says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data.shelf import Shelf
from digest.data.written import FactRef, PlainNumber, fact_ids, parse_written
from digest.findings import Finding
from digest.story.blocks import Run, Text
from digest.story.wording import NOT_REPORTED, opening

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.data.incomparable import Incomparable
    from digest.data.model import Fact
    from digest.findings import Place


def display(fact: Fact) -> Run:
    """The quantity as the source words it, or what a comparison reads as (同比增长5.3%), bound to its fact."""
    return Run(fact.wording or str(fact.quantity), fact=fact.id)


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
    """A paragraph an office wrote, its `{id}` replaced by what the facts say, and what is wrong with it.

    Where a fact of the book could not be made, 未报 stands in its place, and F342 says why.
    """
    refused = _refused(text, facts)
    known = {*facts, *refused, *(key for key in fact_ids(text) if key in facts)}
    pieces, findings = parse_written(text.strip(), known, place, names)  # the indent is layout's, not typed blanks
    findings = (*findings, *(_not_there(key, why, place) for key, why in refused.items()))
    runs: list[Run] = []
    for piece in pieces:
        if isinstance(piece, FactRef):
            missing = NOT_REPORTED if piece.id in refused else f"{{{piece.id}}}"
            runs.append(Run(missing) if piece.id not in facts else display(facts[piece.id]))
        elif isinstance(piece, PlainNumber):
            runs.append(Run(piece.text))
        else:
            runs.append(Run(piece.text))
    return merged(runs), findings


def _refused(text: str, facts: Mapping[str, Fact]) -> dict[str, Incomparable]:
    """The ids in a text that the book knows and has no number for."""
    if not isinstance(facts, Shelf):
        return {}
    return {key: facts.refused[key] for key in fact_ids(text) if key not in facts and key in facts.refused}


def _not_there(key: str, why: Incomparable, place: Place | None) -> Finding:
    message = f"“{{{key}}}”没有数，正文中印作“{NOT_REPORTED}”：{why.message}"
    return Finding("F342", "warning", message, place, key, "补报数据，或从正文中去掉这一处")


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
