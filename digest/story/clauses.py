"""Clauses of a metric of the book (分句): its number, its changes, how much of its target is reached, its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.aspects import short_id
from digest.data.following import not_reported
from digest.data.model import Fact
from digest.findings import Finding
from digest.story.blocks import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.book import Asked, Aspect, Book, Metric
    from digest.data.incomparable import Incomparable, Reason
    from digest.data.shelf import Shelf
    from digest.story.blocks import Text
    from digest.story.phrases import Phrases

Clauses = list["Text"]


class Subject(NamedTuple):
    """What a sentence is about: an id, what it asks for, the metric, and whose number it is (empty: of the whole)."""

    key: str
    asked: Asked
    of: Metric
    member: str


class Clerk:
    """Asks the shelf and puts into words what it answers; what is left out for a reason worth knowing is noted."""

    def __init__(self, shelf: Shelf, book: Book, phrases: Phrases) -> None:
        """With nothing found yet."""
        self.shelf, self.book, self.phrases = shelf, book, phrases
        self.findings: list[Finding] = []

    def subject(self, key: str) -> Subject:
        """What the id is about; KeyError for an id that the book does not know."""
        asked = self.book.parse(key)
        if asked is None:
            raise KeyError(key)
        member = self.book.scope if asked.member is None else asked.member
        return Subject(key, asked, self.book.metrics[asked.metric], member)

    def ask(self, one: Subject, aspect: Aspect) -> Fact | Incomparable:
        """The fact of another aspect of the same number, or why there is none."""
        return self.shelf.ask(self.id(one, aspect, one.member))

    def id(self, one: Subject, aspect: Aspect, member: str) -> str:
        """The id that tables and charts have for that number as well."""
        period = one.asked.period or self.book.period
        return short_id(self.book, one.of.id, member or self.book.whole, period, aspect)

    def printed(self, fact: Fact) -> Text:
        """The quantity, and behind it 预计数 where it is one, and who is not in it."""
        told = "，".join(filter(None, (fact.note, not_reported(fact.without))))
        return (Run(str(fact.quantity), fact=fact.id), *(self.phrases.say("旁注", 旁注=told) if told else ()))

    def lacking(self, fact: Fact) -> Text:
        """`（青岛未报）` behind what was made of a whole that lacks members, where the whole itself was not told."""
        return self.phrases.say("旁注", 旁注=not_reported(fact.without)) if fact.without else ()

    def worded(self, fact: Fact) -> Text:
        """The clause of a comparison, its number bound to the fact."""
        wording = fact.wording
        if fact.kind == "rank":
            wording = wording.replace("第1位", self.phrases["首位"])
        if fact.id.endswith(".mom_amount"):
            wording = wording.replace("环比", self.phrases["比上季度" if "季度" in fact.period.text else "比上月"], 1)
        match = _NUMBER.search(wording)
        start, end = match.span() if match else (0, len(wording))
        runs = (Run(wording[:start]), Run(wording[start:end], fact=fact.id), Run(wording[end:]))
        return tuple(run for run in runs if run.text)

    def changes(self, one: Subject, aspects: Sequence[Aspect]) -> Clauses:
        """What it is compared with; the 增减量 where there is no per cent. Nothing where there is nothing before it."""
        clauses: Clauses = []
        for aspect in aspects:
            fact = self.ask(one, aspect)
            if isinstance(fact, Fact):
                clauses.append(self.worded(fact))
                continue
            amount = self.ask(one, "yoy_amount" if aspect == "yoy" else "mom_amount")
            if fact.reason in _NO_PER_CENT and isinstance(amount, Fact):
                zero = fact.reason == "base_zero" and aspect == "yoy"
                clauses.append((*self.worded(amount), *(self.phrases.say("基数为零") if zero else ())))
            elif fact.reason not in NOT_WORTH_TELLING:
                message = f"“{one.of.name}”的{_CALLED[aspect]}没有写：{fact.message}"
                self.findings.append(Finding("F341", "note", message, one.of.place, one.key))
        return clauses

    def completed(self, one: Subject) -> Clauses:
        """完成年度目标的85.1%，比时序进度快1.8个百分点; of shares neither, of what should be little not the second."""
        paced = one.of.better == "more" and one.of.accumulates  # a stock does not begin the year at nought
        aspects: tuple[Aspect, ...] = ("completion", "pace") if paced else ("completion",)
        return [] if one.of.is_share else self.known(one, aspects)

    def placed(self, one: Subject) -> Clauses:
        """居全省第4位，占全省的8.2%; nothing for the whole itself."""
        if not one.member:
            return []
        return self.known(one, ("rank",) if one.of.is_share else ("rank", "share"))

    def known(self, one: Subject, aspects: Sequence[Aspect]) -> Clauses:
        """The clauses of those aspects that there are."""
        facts = (self.ask(one, aspect) for aspect in aspects)
        of_whole = bool(one.member)  # the sentence of a member has not told of the whole
        return [
            (*self.worded(fact), *(self.lacking(fact) if of_whole else ())) for fact in facts if isinstance(fact, Fact)
        ]

    def several(self, members: Sequence[str]) -> dict[str, Text | str]:
        """How many they are and who, as far as anybody wants to read it."""
        names = "、".join(members[:_NAMED_MOST]) + ("等" if len(members) > _NAMED_MOST else "")
        return {"数": f"{len(members)}{self.book.counted}", "名单": names}

    def untold(self, one: Subject, why: str) -> None:
        """A note that a sentence was not written."""
        self.findings.append(Finding("F340", "note", f"“{one.key}”没有写成句子：{why}", one.of.place, one.key))


_NAMED_MOST: Final = 6
_NUMBER: Final = re.compile(r"第?[约近超不]?(?:足|过|少于|低于|超过)?-?\d[\d.,]*[^，。；（）]*|首位")
_NO_PER_CENT: Final[frozenset[Reason]] = frozenset({"base_zero", "base_negative", "base_uncertain", "turned_negative"})
# Nothing was there to compare with, or the aspect is not one of this metric.
NOT_WORTH_TELLING: Final[frozenset[Reason]] = frozenset(
    {"missing", "no_base", "no_chain", "no_reach", "no_target", "no_whole", "of_whole", "unreported", "incomplete"}
)
_CALLED: Final[dict[Aspect, str]] = {"yoy": "同比", "mom": "环比", "mom_amount": "环比增减"}
