"""What a cell of a table can say (填报): a quantity, so many of so many, a change, no change, no number.

`cells.py` makes these values of the text of a cell. Those that are made a hundred thousand times are named tuples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from digest.data.quantity import Quantity
    from digest.findings import Finding

Why = Literal["blank", "dash", "nothing", "not_applicable", "left_out", "unknown", "not_reported"]
ChangeKind = Literal["percent", "points", "times", "amount"]


class Aside(NamedTuple):
    """What stands beside the number: `text` the whole cell as it was, footnote `marks` (*①), a `flag` (预计), notes."""

    text: str
    marks: str = ""
    flag: str = ""
    notes: tuple[Finding, ...] = ()


class Counted(NamedTuple):
    """A quantity, in the unit of its column."""

    quantity: Quantity
    aside: Aside


@dataclass(frozen=True, slots=True)
class Parts:
    """So many of so many (95/196, 三分之一), not reduced; `quantity` is the fraction as written."""

    part: int
    whole: int
    quantity: Quantity
    aside: Aside


@dataclass(frozen=True, slots=True)
class Change:
    """By how much something rose or fell; `size` is never negative and has its unit, `basis` is 同比, 环比 or empty."""

    kind: ChangeKind
    falls: bool
    size: Quantity
    basis: str
    aside: Aside

    @property
    def amount(self) -> Fraction:
        """The change with its sign, in per cent, points, times or whole units."""
        return -self.size.amount if self.falls else self.size.amount


@dataclass(frozen=True, slots=True)
class Level:
    """No change (持平)."""

    basis: str
    aside: Aside


class Missing(NamedTuple):
    """No number, and why; never zero."""

    why: Why
    aside: Aside


Answer = Counted | Parts | Change | Level | Missing

MISSING: Final[dict[str, Why]] = {
    **dict.fromkeys(("", "空", "空白"), "blank"),
    **dict.fromkeys(("-", "--", "－", "–", "—", "——", "―", "─", "－－"), "dash"),
    **dict.fromkeys(("无", "没有"), "nothing"),
    **dict.fromkeys(("/", "／", "不适用", "N/A", "n/a", "NA"), "not_applicable"),
    **dict.fromkeys(("…", "……", "...", "⋯"), "left_out"),
    **dict.fromkeys(("不详", "未知", "暂无", "暂无数据"), "unknown"),
    **dict.fromkeys(("未报", "未报送", "待报", "未统计"), "not_reported"),
}
FLAGS: Final = (
    "预计",
    "初步",
    "初步统计",
    "初步核算",
    "估计",
    "暂定",
    "快报",
    "快报数",
    "修订",
    "推算",
    "目标",
    "计划",
)
