"""A number by what it is measured by (比照): its target and the time that is over, the whole, the other members.

`MEASURED` has the answers that `derived.py` gives. What is made of a whole that lacks members says so, since 完成率 is
lower and 占比 higher than with all of them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.compare import Comparison, completion, contribution, share
from digest.data.following import unlike_coverage
from digest.data.incomparable import Incomparable, refuse
from digest.data.interval import exactly
from digest.data.over_time import elapsed, period_before
from digest.data.period import Period
from digest.data.quantity import Quantity
from digest.data.question import Question, beside, no_base, span_of
from digest.data.ranking import rank
from digest.data.worded import Worded, pace_in_words, part_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.data.book import Aspect, Observation
    from digest.data.over_time import Elapsed
    from digest.data.question import Derived


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
    (known, part), (of_all, whole) = asked.said(), asked.said(member="")
    if isinstance(part, Incomparable):
        return part
    if isinstance(whole, Incomparable):
        return whole
    name = asked.book.whole
    at = f"据{asked.member}{part}、{name}{whole}计算"
    told = _part(asked, share(part, whole), f"占{name}的{{}}", f"{asked.of.name}占比", at, known)
    return _lacking(told, of_all.without if of_all else ())


def _contribution(asked: Question) -> Derived:
    if not asked.member:
        return refuse("of_whole", "贡献率", asked.book.whole)
    base = period_before(asked.period, "year_on_year")
    known, wholes = asked.said(), (asked.said(member=""), asked.said(period=base, member=""))
    numbers: list[Quantity] = []
    for one in (known, wholes[0], asked.said(period=base), wholes[1]):
        if isinstance(one.quantity, Incomparable):
            now = one.observation is not None and one.observation.period == asked.period
            return one.quantity if now or one is known else no_base(one, base)
        numbers.append(one.quantity)
    unlike = unlike_coverage(*(one.observation for one in wholes if one.observation is not None))
    if unlike is not None:
        return unlike
    part, whole, part_before, whole_before = numbers
    rate = contribution((part, part_before), (whole, whole_before))
    name = asked.book.whole
    at = f"据{asked.member}本期{part}、上年同期{part_before}，{name}本期{whole}、上年同期{whole_before}计算"
    grew = not isinstance(rate, Incomparable) and whole.amount >= whole_before.amount
    clause = f"对{name}{'增长' if grew else '下降'}的贡献率为{{}}"
    told = _part(asked, rate, clause, f"{asked.of.name}贡献率", at, known.observation)
    return _lacking(told, wholes[0].observation.without if wholes[0].observation else ())


def _lacking(told: Derived, without: tuple[str, ...]) -> Derived:
    """The same, saying whom the whole lacks that it is measured by."""
    if isinstance(told, Incomparable) or not without:
        return told
    return replace(told, without=without, source=replace(told.source, at=f"{told.source.at}{beside(without)}"))


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


MEASURED: Final[dict[Aspect, Callable[[Question], Derived]]] = {
    "target": _target,
    "completion": _completion,
    "elapsed": _elapsed,
    "pace": _pace,
    "rank": _rank,
    "share": _share,
    "contribution": _contribution,
}
