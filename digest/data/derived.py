"""Facts out of the book (推算数据): what an id like `slgj.funds@济南:2025-10.yoy` asks for, with words and source.

`derive` gives the fact, or the reason why there is none; what text, table and chart say of a number is said here once.
The sentence of a source names what was computed from what, in the words of those who reported it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.following import unlike_coverage
from digest.data.incomparable import Incomparable, refuse
from digest.data.measured import MEASURED
from digest.data.model import AsOf, Fact, Source, Span
from digest.data.over_time import Dated, compare_over_time, period_before
from digest.data.question import Question, no_base, span_of
from digest.data.worded import Worded, change_in_words, stated_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from digest.data.book import Aspect, Book, Metric
    from digest.data.over_time import Basis, Reach
    from digest.data.question import Derived


def derive(book: Book, key: str) -> Derived:
    """The fact of that id, or why there is none; KeyError for an id that the book does not know."""
    asked = book.parse(key)
    if asked is None:
        raise KeyError(key)
    member = book.scope if asked.member is None else asked.member
    question = Question(book, key, book.metrics[asked.metric], member, asked.period or book.period)
    return _ANSWERS[asked.aspect](question)


def note_on_shares(facts: Iterable[Fact]) -> str:
    """What is to be printed under shares of one whole that do not add up to 100 as they stand there; else empty."""
    printed = sum((fact.quantity.value for fact in facts), Fraction(0))
    return "" if printed == _ALL else "因四舍五入，各项占比之和不等于100%"


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
            now.quantity if isinstance(now.quantity, Incomparable) else no_base(before, base)
        )
    unlike = unlike_coverage(now.observation, before.observation) if now.observation and before.observation else None
    if unlike is not None:
        return _stated(asked, basis, reach, label, in_amount=in_amount) or unlike
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


_ALL: Final = 100
_BASE: Final[dict[Basis, str]] = {"year_on_year": "上年同期", "on_last_period": "上期"}
_ANSWERS: Final[dict[Aspect, Callable[[Question], Derived]]] = {
    "value": _value,
    "alone": _alone,
    "cumulative": _cumulative,
    "yoy": _yoy,
    "yoy_amount": _yoy_amount,
    "mom": _mom,
    "mom_amount": _mom_amount,
    **MEASURED,
}
