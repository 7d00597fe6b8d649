"""Facts out of the book (推算数据): what an id like `slgj.funds@济南:2025-10.yoy` asks for, with words and source.

`derive` gives the fact, or the reason why there is none; what text, table and chart say of a number is said here once.
The sentence of a source names what was computed from what, in the words of those who reported it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.compare import Comparison, completion, contribution, share
from digest.data.incomparable import Incomparable, refuse
from digest.data.interval import exactly
from digest.data.model import AsOf, Fact, Source, Span
from digest.data.over_time import Dated, compare_over_time, elapsed, period_before
from digest.data.period import Period
from digest.data.quantity import Quantity
from digest.data.ranking import rank
from digest.data.worded import Worded, change_in_words, pace_in_words, part_in_words, stated_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.data.book import Book, Measure, Metric, Observation
    from digest.data.model import FactKind
    from digest.data.over_time import Basis, Elapsed, Reach

Derived = Fact | Incomparable


def derive(book: Book, key: str) -> Derived:
    """The fact of that id, or why there is none; KeyError for an id that the book does not know."""
    asked = book.parse(key)
    if asked is None:
        raise KeyError(key)
    member = book.scope if asked.member is None else asked.member
    question = Question(book, key, book.metrics[asked.metric], member, asked.period or book.period)
    return _ANSWERS[asked.measure](question)


def note_on_shares(facts: Iterable[Fact]) -> str:
    """What is to be printed under shares of one whole that do not add up to 100 as they stand there; else empty."""
    printed = sum((fact.quantity.value for fact in facts), Fraction(0))
    return "" if printed == _ALL else "因四舍五入，各项占比之和不等于100%"


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
        """A fact that was computed: from what, `at` says; `by` is the number it says something about."""
        return Fact(
            id=self.key,
            program=self.of.program,
            metric=label,
            quantity=worded.quantity,
            kind=kind,
            source=Source(table=by.table if by else "", at=at, cell=by.place if by else self.of.place),
            label=label,
            period=span_of(self.period, by.reach if by else "alone"),
            scope=self.book.name_of(self.member),
            note=f"{by.flag}数" if by and by.flag and not by.flag.endswith("数") else by.flag if by else "",
            place=by.place if by else self.of.place,
            wording=worded.wording,
            better=self.of.better,
            computed=True,
        )


class Said(NamedTuple):
    """What the book has: the observation, if any, and its quantity or why there is none."""

    observation: Observation | None
    quantity: Quantity | Incomparable


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


# --- the number itself --------------------------------------------------------------------------------


def _value(asked: Question) -> Derived:
    return _reported(asked, asked.of.reach, asked.of.name)


def _alone(asked: Question) -> Derived:
    this = "当月" if asked.period.month else "当季" if asked.period.quarter else "当年"
    return _reported(asked, "alone", f"{this if asked.of.accumulates else ''}{asked.of.name}")


def _cumulative(asked: Question) -> Derived:
    if not asked.of.accumulates and asked.of.reach == "alone":
        return refuse("no_reach", asked.of.name, "累计")
    return _reported(asked, "cumulative", f"累计{asked.of.name}")


def _reported(asked: Question, reach: Reach, label: str) -> Derived:
    known, quantity = asked.said(reach)
    if known is None or isinstance(quantity, Incomparable):
        return quantity if isinstance(quantity, Incomparable) else refuse("unreported", asked.subject)
    fact = asked.fact(Worded(quantity, ""), asked.of.kind, label, known.at, known)
    as_of = known.as_of or AsOf()
    if asked.of.kind == "stock":
        fact = replace(fact, period=Span())
        as_of = known.as_of or AsOf(span_of(asked.period, "alone").end)
    return replace(fact, as_of=as_of, computed=known.computed, cumulative=reach == "cumulative")


# --- changes ------------------------------------------------------------------------------------------


def _yoy(asked: Question) -> Derived:
    return _change(asked, "year_on_year", asked.of.reach, "同比", in_amount=False)


def _yoy_amount(asked: Question) -> Derived:
    return _change(asked, "year_on_year", asked.of.reach, "同比增减", in_amount=True)


def _mom(asked: Question) -> Derived:
    return _change(asked, "on_last_period", _own_reach(asked.of), "环比", in_amount=False)


def _mom_amount(asked: Question) -> Derived:
    return _change(asked, "on_last_period", _own_reach(asked.of), "环比增减", in_amount=True)


def _own_reach(of: Metric) -> Reach:
    """累计 is never told 环比; what came in the month is."""
    return "alone" if of.accumulates else of.reach


def _change(asked: Question, basis: Basis, reach: Reach, suffix: str, *, in_amount: bool) -> Derived:
    base = period_before(asked.period, basis)
    now, before = asked.said(reach), asked.said(reach, base)
    name = asked.of.name if reach == asked.of.reach else f"当月{asked.of.name}"
    label = f"{name}{suffix}"
    if isinstance(now.quantity, Incomparable) or isinstance(before.quantity, Incomparable):
        return _stated(asked, basis, reach, label, in_amount=in_amount) or (
            now.quantity if isinstance(now.quantity, Incomparable) else _no_base(before, base)
        )
    change = compare_over_time(Dated(now.quantity, asked.period, reach), Dated(before.quantity, base, reach))
    if isinstance(change, Incomparable):
        return change
    compared = change.amount if in_amount or asked.of.is_share else change.percent
    if isinstance(compared, Incomparable):
        return compared
    worded = change_in_words(compared, basis, asked.period, asked.of.digits, asked.book.rule)
    if isinstance(worded, Incomparable):
        return worded
    at = f"据本期{now.quantity}、{_BASE[basis]}{before.quantity}计算"
    return asked.fact(worded, "change", label, at, now.observation)


def _no_base(before: Said, base: Period) -> Incomparable:
    """Why there is nothing to compare with: nobody reported it, or what follows from the reports is refused itself."""
    known = before.observation
    return (known.refused if known else None) or refuse("no_base", base.chinese)


def _stated(asked: Question, basis: Basis, reach: Reach, label: str, *, in_amount: bool) -> Fact | None:
    """The change that the table gives itself, where ours cannot be computed."""
    stated = asked.book.stated.get((asked.of.id, asked.member, asked.period, reach, basis))
    if stated is None:
        return None
    kind = getattr(stated.change, "kind", "")
    wanted = {"amount"} if in_amount else {"points"} if asked.of.is_share else {"percent", "times"}
    if in_amount and asked.of.is_share:
        wanted = {"points"}
    if kind and kind not in wanted:
        return None
    worded = stated_in_words(stated.change, basis, asked.period, asked.of.digits)
    fact = asked.fact(worded, "change", label, f"{stated.at}（据填报）")
    source = Source(table=stated.table, at=f"{stated.at}（据填报）", cell=stated.place)
    return replace(fact, source=source, place=stated.place, computed=False, period=span_of(asked.period, reach))


# --- against a target, the whole, the others ----------------------------------------------------------


def _target(asked: Question) -> Derived:
    target = asked.book.target(asked.of.id, asked.member, asked.period.year)
    if target is None or target.quantity is None:
        return (target.refused if target else None) or refuse("no_target")
    year = asked._replace(period=Period(asked.period.year))
    fact = year.fact(Worded(target.quantity, ""), "target", f"{asked.of.name}年度目标", target.at, target)
    return replace(fact, period=span_of(year.period, "alone"), computed=target.computed)


def _completion(asked: Question) -> Derived:
    reached = _reached(asked)
    if isinstance(reached, Incomparable):
        return reached
    return _part(asked, reached.rate, "完成年度目标的{}", f"{asked.of.name}完成率", reached.at, reached.by)


class _Reached(NamedTuple):
    """How much of a target is reached, computed from what, and the number that was reported."""

    rate: Comparison | Incomparable
    at: str
    by: Observation | None


def _reached(asked: Question) -> _Reached | Incomparable:
    target = asked.book.target(asked.of.id, asked.member, asked.period.year)
    if target is None or target.quantity is None:
        return (target.refused if target else None) or refuse("no_target")
    known, done = asked.said("cumulative" if asked.of.accumulates else asked.of.reach)
    if isinstance(done, Incomparable):
        return done
    return _Reached(completion(done, target.quantity), f"据{done}、年度目标{target.quantity}计算", known)


def _elapsed(asked: Question) -> Derived:
    over = _over(asked)
    if isinstance(over, Incomparable):
        return over
    rate = Comparison("completion", over.value, ())
    at = f"据全年{over.whole}个月中已过{over.passed}个月计算"
    return _part(asked._replace(period=Period(asked.period.year)), rate, "时序进度{}", "时序进度", at, None)


def _over(asked: Question) -> Elapsed | Incomparable:
    """How much of the year is over."""
    end = span_of(asked.period, "alone").end
    return elapsed(Period(asked.period.year), end if "-" in end else f"{end}-12")


def _pace(asked: Question) -> Derived:
    reached, over = _reached(asked), _over(asked)
    if isinstance(reached, Incomparable):
        return reached
    if isinstance(reached.rate, Incomparable):
        return reached.rate
    if isinstance(over, Incomparable):
        return over
    lead = reached.rate.interval - exactly(over.value)
    value = lead if lead.only is None else lead.only
    worded = pace_in_words(Comparison("percent_points", value, reached.rate.of), asked.of.digits, asked.book.rule)
    if isinstance(worded, Incomparable):
        return worded
    at = f"{reached.at.removesuffix('计算')}和全年{over.whole}个月中已过{over.passed}个月计算"
    return asked.fact(worded, "change", f"{asked.of.name}进度差", at, reached.by)


def _share(asked: Question) -> Derived:
    if not asked.member:
        return refuse("of_whole", "占比", asked.book.whole)
    if asked.of.is_share:
        return refuse("no_reach", asked.of.name, "占比")
    (known, part), (_, whole) = asked.said(), asked.said(member="")
    if isinstance(part, Incomparable):
        return part
    if isinstance(whole, Incomparable):
        return whole
    name = asked.book.whole
    at = f"据{asked.member}{part}、{name}{whole}计算"
    return _part(asked, share(part, whole), f"占{name}的{{}}", f"{asked.of.name}占比", at, known)


def _contribution(asked: Question) -> Derived:
    if not asked.member:
        return refuse("of_whole", "贡献率", asked.book.whole)
    base = period_before(asked.period, "year_on_year")
    known = asked.said()
    numbers: list[Quantity] = []
    for one in (known, asked.said(member=""), asked.said(period=base), asked.said(period=base, member="")):
        if isinstance(one.quantity, Incomparable):
            now = one.observation is not None and one.observation.period == asked.period
            return one.quantity if now or one is known else _no_base(one, base)
        numbers.append(one.quantity)
    part, whole, part_before, whole_before = numbers
    rate = contribution((part, part_before), (whole, whole_before))
    name = asked.book.whole
    at = f"据{asked.member}本期{part}、上年同期{part_before}，{name}本期{whole}、上年同期{whole_before}计算"
    grew = not isinstance(rate, Incomparable) and whole.amount >= whole_before.amount
    clause = f"对{name}{'增长' if grew else '下降'}的贡献率为{{}}"
    return _part(asked, rate, clause, f"{asked.of.name}贡献率", at, known.observation)


def _part(
    asked: Question,
    rate: Comparison | Incomparable,
    clause: str,
    label: str,
    at: str,
    by: Observation | None,
) -> Derived:
    if isinstance(rate, Incomparable):
        return rate
    worded = part_in_words(rate, clause, asked.of.digits, asked.book.rule)
    return worded if isinstance(worded, Incomparable) else asked.fact(worded, "rate", label, at, by)


def _rank(asked: Question) -> Derived:
    """The place among all members to whom the metric applies; nobody has a place while one has not reported."""
    if not asked.member or asked.member not in asked.book.roster:
        return refuse("of_whole", "位次", asked.book.name_of(asked.member))
    mine, why = asked.said()
    if isinstance(why, Incomparable):
        return why
    said = {one: asked.said(member=one) for one in asked.book.roster}
    among: dict[str, Quantity] = {}
    silent: list[str] = []
    for one, (known, quantity) in said.items():
        if not isinstance(quantity, Incomparable):
            among[one] = quantity
        elif known is None or known.why != "not_applicable":
            silent.append(one)
    if silent:
        return refuse("unranked", "、".join(silent))
    standings = rank(tuple(among.values()), least_first=asked.of.better == "less")
    if isinstance(standings, Incomparable):
        return standings
    places = dict(zip(among, standings, strict=True))
    own = places[asked.member]
    if own.place is None:
        return refuse("place_uncertain", own.best, own.worst)
    tied = [one for one, standing in places.items() if one != asked.member and standing == own and own.tied]
    quantity = Quantity(Fraction(own.place), str(own.place), "位", prefix="第")
    wording = f"居{asked.book.whole}{quantity}" + ("（并列）" if tied else "")
    fact = asked.fact(
        Worded(quantity, wording), "rank", f"{asked.of.name}位次", f"据{len(among)}{asked.book.counted}填报数排列", mine
    )
    return replace(fact, note=f"与{'、'.join(tied)}并列") if tied else fact


_ALL: Final = 100
_UNTIL: Final = {2: "上半年", 3: "前三季度", 4: "全年"}
_BASE: Final[dict[Basis, str]] = {"year_on_year": "上年同期", "on_last_period": "上期"}
_ANSWERS: Final[dict[Measure, Callable[[Question], Derived]]] = {
    "value": _value,
    "alone": _alone,
    "cumulative": _cumulative,
    "yoy": _yoy,
    "yoy_amount": _yoy_amount,
    "mom": _mom,
    "mom_amount": _mom_amount,
    "target": _target,
    "completion": _completion,
    "elapsed": _elapsed,
    "pace": _pace,
    "rank": _rank,
    "share": _share,
    "contribution": _contribution,
}
