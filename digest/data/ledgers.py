"""Issue ledgers (问题台账): problems collected, who mends them until when, what became of them, period by period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.period import Period
    from digest.findings import Place

State = Literal["closed", "under_way", "not_started", "unknown"]
"""已销号, 整改中, 未启动, or nobody said. Overdue (逾期) is no state: not closed, and past its deadline at the as-of."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One row (问题): what was found, where it came from, who mends it until when, and its state as written."""

    id: str
    problem: str
    origin: str = ""
    unit: str = ""
    owner: str = ""
    measure: str = ""
    raised: str = ""
    deadline: str = ""
    closed: str = ""
    progress: str = ""
    state: State = "unknown"
    written: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class IssueLedger:
    """A ledger through the periods: the issues of each, as its table had them at that period's end.

    `as_of` is the day against which deadlines are held in the digest's period.
    """

    id: str
    program: str
    title: str
    unit: str = "个"
    periods: Mapping[Period, tuple[Issue, ...]] = field(default_factory=dict)
    as_of: str = ""
    place: Place | None = None
