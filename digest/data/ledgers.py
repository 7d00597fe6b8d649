"""Issue ledgers (问题台账): problems collected, who mends them until when, what became of them, period by period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.period import Period
    from digest.findings import Place

State = Literal["closed", "under_way", "not_started", "unknown"]
"""已销号, 整改中, 未启动, or nobody said. Overdue (逾期) is no state: under way or not started, and past its deadline
at the as-of.
"""
CountName = Literal["opening", "new", "closed", "closing", "overdue", "total"]
"""What a ledger may say of itself in a note: 期初, 新增, 销号, 期末, 逾期, 合计."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One row (问题): what was found, where it came from, who mends it until when, and its state as written.

    `raised`, `deadline` and `closed` are ISO texts (a day, a month, a year), or the words of the cell where these name
    no day (长期坚持). `written` is the word that `state` was read from.
    """

    id: str
    problem: str
    origin: str = ""
    unit: str = ""
    owner: str = ""
    remedy: str = ""
    raised: str = ""
    deadline: str = ""
    closed: str = ""
    progress: str = ""
    state: State = "unknown"
    written: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class StatedCount:
    """A number that the office wrote under or above its ledger itself (期末在办39个), in the words around it."""

    name: CountName
    number: int
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class IssueLedger:
    """A ledger through the periods: the issues of each, as its table had them at that period's end.

    `as_of` is the day against which deadlines are held in the digest's period. `stated` are the counts that tables
    give of themselves. `numbered` says that rows are known by numbers of the office's own (编号), not by their words.
    """

    id: str
    program: str
    title: str
    unit: str = "个"
    periods: Mapping[Period, tuple[Issue, ...]] = field(default_factory=dict)
    as_of: str = ""
    place: Place | None = None
    stated: Mapping[Period, tuple[StatedCount, ...]] = field(default_factory=dict)
    numbered: bool = False
