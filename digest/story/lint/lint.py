"""Lint: what is against the rules of official wording in a text, as findings (行文检查)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from digest.findings import Finding
from digest.story.lint.passage import passage_of
from digest.story.lint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from digest.data.model import Fact
    from digest.findings import Place
    from digest.story.blocks import Text
    from digest.story.lint.passage import Hit, Passage
    from digest.story.lint.rules import Rule

_NO_FACTS: Final[Mapping[str, Fact]] = MappingProxyType({})
_BESIDE: Final = 6  # characters quoted on each side of what was found


def lint(
    text: Text | str,
    place: Place | None = None,
    facts: Mapping[str, Fact] = _NO_FACTS,
    vouched: Iterable[str] = (),
    rules: Collection[Rule] = RULES,
) -> tuple[Finding, ...]:
    """All that is against `rules` in the text, rule by rule: F311–F332, a warning where it is sure, else a note.

    What stands in runs of `facts`, in «» or 《》, and the words that somebody `vouched` for are nobody's fault; a
    fault that goes beyond them is told.
    """
    passage = passage_of(text, facts, vouched)
    return tuple(told(rule, alike, passage, place) for rule in rules for alike in alike_hits(rule, passage))


def alike_hits(rule: Rule, passage: Passage) -> Iterator[list[Hit]]:
    """What the rule finds in words that are ours: first what is sure, then what is not; of hits that overlap one."""
    found: list[Hit] = []
    for hit in sorted(rule.find(passage), key=lambda hit: (hit.start, not hit.sure)):
        if not passage.spares(hit) and not (found and hit.start < found[-1].end):
            found.append(hit)
    for sure in (True, False):
        alike = [hit for hit in found if hit.sure == sure]
        if alike:
            yield alike


def told(rule: Rule, alike: Sequence[Hit], passage: Passage, place: Place | None) -> Finding:
    """One finding of all these hits: the first with some of the words beside it, and how many there are."""
    first = alike[0]
    around = passage.text[max(0, first.start - _BESIDE) : first.end + _BESIDE].replace("\n", " ")
    more = f"等{len(alike)}处" if len(alike) > 1 else ""
    message = f"{rule.says}（{rule.id}）：“{around}”{more}"
    hint = f"应为“{first.better}”；{rule.hint}" if first.better else rule.hint
    value = passage.text[first.start : first.end]
    return Finding(rule.code, "warning" if first.sure else "note", message, place, value, hint)
