"""A question to the book (提问): whose number of what and when, what is known of it, and facts made of that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.following import not_reported
from digest.data.incomparable import Incomparable, refuse
from digest.data.model import Fact, Source, Span

if TYPE_CHECKING:
    from digest.data.book import Book, Metric, Observation
    from digest.data.model import FactKind
    from digest.data.over_time import Reach
    from digest.data.period import Period
    from digest.data.quantity import Quantity
    from digest.data.worded import Worded

Derived = Fact | Incomparable


class Question(NamedTuple):
    """Whose number is asked for, of what and when."""

    book: Book
    key: str
    of: Metric
    member: str
    period: Period

    @property
    def subject(self) -> str:
        """`济南2026年10月“投入资金”`."""
        return f"{self.book.name_of(self.member)}{self.period.chinese}“{self.of.name}”"

    def said(self, reach: Reach | None = None, period: Period | None = None, member: str | None = None) -> Said:
        """What is known of it: the observation and its quantity, or why there is none."""
        one = self.member if member is None else member
        when, wanted = period or self.period, reach or self.of.reach
        asked = self._replace(member=one, period=when)
        known = self.book.known(self.of.id, one, when, wanted)
        if known is None and not one and (self.of.total in {"given", "none"} or self.of.is_share):
            return Said(None, refuse("no_whole", self.of.name))
        if known is None:
            return Said(None, refuse("unreported", asked.subject))
        if known.quantity is None:
            why = refuse("unread" if known.why == "unread" else "unreported", asked.subject)
            return Said(known, known.refused or why)
        return Said(known, known.quantity)

    def fact(self, worded: Worded, kind: FactKind, label: str, at: str, by: Observation | None = None) -> Fact:
        """A fact that was computed: from what, `at` says; `by` is the number it says something about.

        Whom that number lacks it says as well.
        """
        without = by.without if by else ()
        return Fact(
            id=self.key,
            program=self.of.program,
            metric=label,
            quantity=worded.quantity,
            kind=kind,
            source=Source(
                table=by.table if by else "", at=f"{at}{beside(without)}", cell=by.place if by else self.of.place
            ),
            label=label,
            period=span_of(self.period, by.reach if by else "alone"),
            scope=self.book.name_of(self.member),
            note=f"{by.flag}数" if by and by.flag and not by.flag.endswith("数") else by.flag if by else "",
            place=by.place if by else self.of.place,
            wording=worded.wording,
            better=self.of.better,
            computed=True,
            without=without,
        )


class Said(NamedTuple):
    """What the book has: the observation, if any, and its quantity or why there is none."""

    observation: Observation | None
    quantity: Quantity | Incomparable


def no_base(before: Said, base: Period) -> Incomparable:
    """Why there is nothing to compare with: nobody reported it, or what follows from the reports is refused itself."""
    known = before.observation
    return (known.refused if known else None) or refuse("no_base", base.chinese)


def beside(without: tuple[str, ...]) -> str:
    """`（青岛未报）`: what is said behind a number that lacks members; nothing behind one that has all."""
    return f"（{not_reported(without)}）" if without else ""


def span_of(period: Period, reach: Reach) -> Span:
    """The time a number of that reach tells about: `2026年1—10月` where it is 累计."""
    first = last = period.month
    if period.quarter:
        first, last = 3 * period.quarter - 2, 3 * period.quarter
    if not last:
        return Span(str(period), str(period), period.chinese)
    text = period.chinese
    if reach == "cumulative" and first > 1:
        first = 1
        text = f"{period.year}年1—{last}月" if period.month else f"{period.year}年{_UNTIL[period.quarter]}"
    return Span(f"{period.year:04}-{first:02}", f"{period.year:04}-{last:02}", text)


_UNTIL: Final = {2: "上半年", 3: "前三季度", 4: "全年"}
