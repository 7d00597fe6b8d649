"""What a ledger says in numbers (台账数据): its counts as facts, to be named in texts, strips and charts like others.

`<ledger>.total` 台账所列, `.opening` 期初在办, `.new` 新增, `.closed` 本期销号, `.closing` 期末在办, `.overdue` 逾期,
`.due_soon` 临期, `.carried` 结转, `.rate` 销号率; by state `.settled` 已销号, `.under_way` 整改中, `.not_started`
未启动, `.unknown` 未注明.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.ledger_counting import count_ledger
from digest.data.ledger_dates import first_day_of, last_day_of
from digest.data.model import AsOf, Fact, Source, Span
from digest.data.quantity import Quantity
from digest.data.rounding import LIMITS, show_number
from digest.findings import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.data.book import Better
    from digest.data.ledger_counting import Issues, Movement, Rate
    from digest.data.ledgers import IssueLedger
    from digest.data.model import FactKind
    from digest.data.period import Period

COUNTED: Final = "按台账逐条计数"


class _Count(NamedTuple):
    """A count by its name: what it is called, how it is told, what kind of number it is, what more of it means."""

    name: str
    label: str
    phrase: str
    kind: FactKind
    better: Better = ""


def ledger_facts(ledger: IssueLedger, period: Period, as_of: str = "") -> tuple[Fact, ...]:
    """All counts that can be told of the ledger in `period`; what cannot be known (no table of the last period, no
    deadlines, no states) has no fact.
    """
    movement = count_ledger(ledger, period, as_of)
    if movement is None:
        return ()
    return tuple(_facts(ledger, movement))


def count_ids(ledger: IssueLedger) -> frozenset[str]:
    """The ids of all that a ledger may say in numbers, whether or not it can be told of this period."""
    return frozenset(f"{ledger.id}.{count.name}" for count in (*_COUNTS, _RATE))


def this_period(period: Period) -> str:
    """What a period calls itself: 本月, 本季度, 本年."""
    return "本月" if period.month else "本季度" if period.quarter else "本年"


def counts_of(movement: Movement) -> dict[str, Issues]:
    """The issues behind every count, by its name; what is not known is not there."""
    found: dict[str, Issues | None] = {"total": movement.issues, "unknown": movement.of_state("unknown")}
    if movement.stated:
        found |= {
            "opening": movement.opening,
            "new": movement.new,
            "closed": movement.closed,
            "closing": movement.closing,
            "overdue": movement.overdue,
            "due_soon": movement.due_soon,
            "carried": None if movement.opening is None else movement.carried,
            "settled": movement.settled,
            "under_way": movement.of_state("under_way"),
            "not_started": movement.of_state("not_started"),
        }
    return {name: issues for name, issues in found.items() if issues is not None}


def _facts(ledger: IssueLedger, movement: Movement) -> Iterator[Fact]:
    known = counts_of(movement)
    here = this_period(movement.period)
    for count in _COUNTS:
        if count.name in known:
            number = len(known[count.name])
            quantity = Quantity(Fraction(number), str(number), ledger.unit)
            yield _fact(ledger, movement, _worded(count, here), quantity, COUNTED)
    if movement.rate:
        words = f"{movement.rate.of}{movement.rate.whole}{ledger.unit}，其中已销号{movement.rate.part}{ledger.unit}"
        yield _fact(ledger, movement, _RATE, _rate(movement.rate), words)


def _worded(count: _Count, here: str) -> _Count:
    return count._replace(label=count.label.replace("本期", here), phrase=count.phrase.replace("本期", here))


def _fact(ledger: IssueLedger, movement: Movement, count: _Count, quantity: Quantity, at: str) -> Fact:
    period = movement.before if count.name == "opening" else movement.period
    as_of = last_day_of(period) if count.name == "opening" else movement.as_of
    file = movement.issues[0].place if movement.issues else ledger.place
    place = Place(file.file, file.sheet) if file else None
    part = count.kind == "ledger_part"
    return Fact(
        id=f"{ledger.id}.{count.name}",
        program=ledger.program,
        metric=count.label,
        quantity=quantity,
        kind=count.kind,
        source=Source(cell=place, table=ledger.title, at=at),
        label=count.label,
        phrase=count.phrase,
        period=Span(first_day_of(period).isoformat()[:7], last_day_of(period).isoformat()[:7], period.chinese),
        as_of=AsOf(as_of.isoformat()),
        of=f"{ledger.id}.total" if part else "",
        place=place,
        better=count.better,
        computed=True,
    )


def _rate(rate: Rate) -> Quantity:
    """Per cent with one decimal; never rounded to all or to none where it is not."""
    shown = show_number(Fraction(100 * rate.part, rate.whole), 1, LIMITS["share"])
    qualifier = {"under": "不足", "over": "超"}.get(shown.relation, "")
    return Quantity(shown.number, shown.numeral, "%", qualifier=qualifier, at="front" if qualifier else "after")


_COUNTS: Final = (
    _Count("total", "台账所列问题", "台账所列问题{}", "ledger_total"),
    _Count("opening", "期初在办", "期初在办{}", "stock"),
    _Count("new", "本期新增", "本期新增{}", "flow"),
    _Count("closed", "本期销号", "本期销号{}", "flow", "more"),
    _Count("closing", "期末在办", "期末在办{}", "stock", "less"),
    _Count("overdue", "逾期未销号", "逾期未销号{}", "stock", "less"),
    _Count("due_soon", "30日内到期", "30日内到期{}", "stock"),
    _Count("carried", "往期结转", "往期结转{}", "stock", "less"),
    _Count("settled", "已销号", "已销号{}", "ledger_part", "more"),
    _Count("under_way", "整改中", "整改中{}", "ledger_part"),
    _Count("not_started", "未启动", "未启动{}", "ledger_part", "less"),
    _Count("unknown", "未注明状态", "未注明状态{}", "ledger_part", "less"),
)
_RATE: Final = _Count("rate", "销号率", "销号率{}", "rate", "more")
