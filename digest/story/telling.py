"""Telling: what the book knows of a metric, in the register of official briefings (述数).

A stock is told at its day, a flow of its month and since the beginning of the year; then what it is compared with, how
much of its target is reached, and for a member its place. A comparison that cannot be made is left out, and one that
is refused for a reason worth knowing is told as a finding. Time and subject are said where they change. The order is
the same in every sentence, so that the eye finds 同比 and 环比 where it found them before.

Codes: F340 what could not be told at all, F341 a comparison that was left out; both are notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.incomparable import Incomparable
from digest.data.model import Fact
from digest.data.period import chinese_date
from digest.story.blocks import Run
from digest.story.clauses import NOT_WORTH_TELLING, Clerk
from digest.story.narrate import merged
from digest.story.placing import placing
from digest.story.wording import INFERRED, full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.data.book import Aspect
    from digest.data.shelf import Shelf
    from digest.findings import Finding
    from digest.story.blocks import Text
    from digest.story.clauses import Subject
    from digest.story.phrases import Phrases


def tell(keys: Iterable[str], shelf: Shelf, phrases: Phrases) -> tuple[Text, tuple[Finding, ...]]:
    """Sentences of the metrics of the book that `keys` name, and what could not be said and why.

    `slgj.funds` is told with all its comparisons, `slgj.funds.yoy` by that one alone, `slgj.funds.rank` of the whole by
    the members that come first. Every number is a run with the id of its fact. KeyError for an id that the book does
    not know.
    """
    if shelf.book is None:
        raise KeyError("there is no book to tell of")
    teller = _Teller(Clerk(shelf, shelf.book, phrases))
    for key in keys:
        teller.tell(key)
    teller.say_unreported()
    return merged(teller.runs), tuple(teller.clerk.findings)


class _Opening(NamedTuple):
    """How a sentence begins: with a time or 其中 or neither, and what it is about as far as it must be said again."""

    runs: Text
    subject: str
    metric: str
    time: str = ""
    one: Subject | None = None


class _Unreported(NamedTuple):
    """Metrics that nobody reported of one time and member, and that are still to be said."""

    time: str
    whose: str
    said: str = ""  # the time as the sentence says it
    metrics: tuple[str, ...] = ()


class _Teller:
    """Remembers what the sentence before said."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk, self.book, self.phrases = clerk, clerk.book, clerk.phrases
        self.runs: list[Run] = []
        self.last = _Opening((), "", "")
        self.year = 0  # that was said last: 2026年10月, then 11月
        self.unreported = _Unreported("", "")
        self.alone = ""  # the last that was told by one aspect

    def tell(self, key: str) -> None:
        """One sentence of that id, or none; what is asked of the number just told goes on in its sentence."""
        one = self.clerk.subject(key)
        if self.goes_on(one):
            return
        if one.asked.aspect == "rank" and not one.member:
            self.places(one)
        elif one.asked.aspect == "value" and one.of.accumulates:
            self.flow(one)
        elif one.asked.aspect == "value":
            self.stock(one)
        else:
            self.single(one)

    # --- kinds of sentences -----------------------------------------------------------------------------

    def stock(self, one: Subject) -> None:
        """截至…，全省联建村1510个，同比…，比上月…；完成…; shares likewise."""
        fact = self.clerk.ask(one, "value")
        if isinstance(fact, Incomparable):
            self.missing(one, fact)
            return
        opening = self.opening(one, fact)
        changes = self.clerk.changes(one, ("yoy", "mom" if one.of.is_share else "mom_amount"))
        self.end([self.number(opening, fact), *changes], self.clerk.completed(one), self.clerk.placed(one))

    def flow(self, one: Subject) -> None:
        """10月，…；1—10月累计…: the changes go with the number they are changes of."""
        alone, upto = self.clerk.ask(one, "alone"), self.clerk.ask(one, "cumulative")
        if isinstance(alone, Fact) and isinstance(upto, Fact) and alone.period != upto.period:
            self.month_and_year(one, alone, upto)
        elif isinstance(alone, Fact):
            opening = self.opening(one, alone)
            changes = self.clerk.changes(one, ("yoy", "mom"))
            self.end([self.number(opening, alone), *changes], self.clerk.completed(one), self.clerk.placed(one))
        elif isinstance(upto, Fact):
            opening = self.opening(one, upto)
            said = self.said("只有累计", opening, upto)
            changes = self.clerk.changes(one, ("yoy",)) if one.of.reach == "cumulative" else []
            self.end([said, *changes], self.clerk.completed(one), self.clerk.placed(one))
        else:
            self.missing(one, alone if one.of.reach == "alone" else upto)

    def month_and_year(self, one: Subject, alone: Fact, upto: Fact) -> None:
        """Both, each with its own comparisons: what is 累计 is compared with the year before alone."""
        opening = self.opening(one, alone)
        number = self.number(opening, alone)
        total = self.phrases.say("累计", 时间=self.when(upto.period.text), 数=self.clerk.printed(upto))
        if one.of.reach == "cumulative":
            month = [number, *self.clerk.changes(one, ("mom",))]
            year = [total, *self.clerk.changes(one, ("yoy",)), *self.clerk.completed(one)]
            self.end(month, year, self.clerk.placed(one))
        else:
            changes = self.clerk.changes(one, ("yoy", "mom"))
            self.end([number, *changes, *self.clerk.placed(one)], [total, *self.clerk.completed(one)])

    def single(self, one: Subject) -> None:
        """One comparison, or a target, or 当月 or 累计 alone."""
        fact = self.clerk.ask(one, one.asked.aspect)
        if isinstance(fact, Incomparable):
            self.clerk.untold(one, fact.message)
            return
        opening = self.opening(one, fact)
        self.alone = one.key
        if fact.wording:
            name = "" if one.asked.aspect == "elapsed" else f"{opening.subject}{opening.metric}"
            self.end([(*opening.runs, Run(name), *self.clerk.worded(fact), *self.clerk.lacking(fact))])
        elif one.asked.aspect in {"target", "cumulative"}:
            self.end([self.said("目标" if one.asked.aspect == "target" else "只有累计", opening, fact)])
        else:
            self.end([self.number(opening, fact)])

    def goes_on(self, one: Subject) -> bool:
        """投入资金1226.7万元，同比增长8.6%: whether the sentence before was of one aspect of the same number, and took
        this comparison of it.
        """
        before, now = self.last.one, one.asked
        if before is None or before.key != self.alone or now.aspect not in _COMPARISONS:
            return False
        if (before.of, before.member, before.asked.period) != (one.of, one.member, now.period):
            return False
        fact = self.clerk.ask(one, now.aspect)
        if isinstance(fact, Fact) and fact.period != self.clerk.shelf[before.key].period:
            return False  # what the year so far is compared with says nothing of the month
        if isinstance(fact, Fact):
            self.runs[-1:] = [Run("，"), *self.clerk.worded(fact), Run("。")]
        elif fact.reason not in NOT_WORTH_TELLING:
            self.clerk.untold(one, fact.message)
        return True

    def places(self, one: Subject) -> None:
        """Who comes first; where somebody has not reported, how many those are."""
        said = placing(one, self.clerk)
        if isinstance(said, str):
            self.clerk.untold(one, said)
            return
        first = next((run.fact for run in said if run.fact), "")
        opened = self.opening(one, self.clerk.shelf[first]).runs if first else ()
        self.end([(*opened, *said)])

    def missing(self, one: Subject, why: Incomparable) -> None:
        """That there is no number, and who did not report; what does not apply is not mentioned."""
        self.alone = ""
        known = self.book.known(one.of.id, one.member, one.asked.period)
        time = (one.asked.period or self.book.period).chinese
        whose = self.book.name_of(one.member)
        if known is not None and known.without:
            some = self.clerk.several(known.without)
            self.end(
                [self.phrases.fill("未报全", {"时间": self.when(time), "主体": whose, "指标": one.of.name} | some)]
            )
        elif why.reason == "unread":
            self.end([self.phrases.say("未采用", 时间=self.when(time), 主体=whose, 指标=one.of.name)])
        elif why.reason == "unreported" and not (known and known.why == "not_applicable"):
            if self.unreported[:2] != (time, whose):
                self.say_unreported()
                self.unreported = _Unreported(time, whose, self.when(time))
            self.unreported = self.unreported._replace(metrics=(*self.unreported.metrics, one.of.name))
        self.clerk.untold(one, why.message)

    def say_unreported(self) -> None:
        """What nobody reported, in one sentence for all metrics of one time that stand side by side."""
        _, whose, said, metrics = self.unreported
        self.unreported = _Unreported("", "")
        if metrics:
            names = "、".join(metrics[:-1]) + ("和" if metrics[1:] else "") + metrics[-1]
            self.end([self.phrases.say("未报", 时间=said, 主体=whose, 指标=names)])

    # --- how sentences begin and end --------------------------------------------------------------------

    def opening(self, one: Subject, fact: Fact) -> _Opening:
        """What must be said before the number, after the sentence before; this sentence is the last from now on."""
        time, last = self.time_of(fact, one), self.last
        before = last.one
        same_time = time == last.time
        part = before is not None and same_time and before.of is one.of and bool(one.member) and not before.member
        if part:
            runs = self.phrases.say("其中") if last.metric else ()
            self.last = last._replace(metric="")  # who comes next is a part of the same whole
            return _Opening(runs, self.book.name_of(one.member), "")
        key = "截至" if fact.kind == "stock" else "期间"
        runs = () if same_time else self.phrases.say(key, 时间=self.when(time))
        subject = "" if before is not None and before.member == one.member else self.book.name_of(one.member)
        self.last = _Opening(runs, subject, one.of.name, time, one)
        return self.last

    def time_of(self, fact: Fact, one: Subject) -> str:
        """When the fact holds: 2026年10月底 for a stock, 2026年10月 for what came in."""
        period = (one.asked.period or self.book.period).chinese
        if fact.kind != "stock":
            return full_width(fact.period.text) or period
        day = chinese_date(fact.as_of.date) if fact.as_of.date else period
        if not day.endswith("日"):
            day = "".join(run.text for run in self.phrases.say("月底", 时间=day))
        return f"{day}{INFERRED}" if fact.as_of.inferred else day

    def when(self, time: str) -> str:
        """The time without its year where that was just said."""
        match = _YEAR.match(time)
        if match is None:
            return time
        known, self.year = self.year == int(match.group(1)), int(match.group(1))
        return time[match.end() :] if known else time

    def number(self, opening: _Opening, fact: Fact) -> Text:
        """截至2026年10月底，全省联建村1510个."""
        return self.said("比率" if fact.kind == "share" else "数量", opening, fact)

    def said(self, key: str, opening: _Opening, fact: Fact) -> Text:
        """That phrase with subject, metric and number, behind its opening."""
        words = self.phrases.say(key, 主体=opening.subject, 指标=opening.metric, 数=self.clerk.printed(fact))
        return (*opening.runs, *words)

    def end(self, *groups: Sequence[Text]) -> None:
        """A sentence of groups of clauses: ， between clauses, ； between groups."""
        self.say_unreported()
        for n, group in enumerate([group for group in groups if group]):
            for m, clause in enumerate(group):
                self.runs += (Run("，" if m else "；" if n else ""), *clause)
        self.runs.append(Run("。"))


_COMPARISONS: Final[frozenset[Aspect]] = frozenset(
    {"yoy", "yoy_amount", "mom", "mom_amount", "completion", "pace", "rank", "share", "contribution"}
)
_YEAR: Final = re.compile(r"(\d{4})年(?=[\d第上前])")
