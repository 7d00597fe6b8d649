"""Incomparable (不比): why two numbers are not compared. A reason has a code that stays and a sentence for the office.

`REASONS` is the table of both: D170 a number is missing ... D194 what lacks a month; of a book D280 nobody reported
it ... D290 shares that would be added up, D308 wholes that lack unlike members.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Reason = Literal[
    "missing", "unlike", "base_zero", "base_negative", "base_uncertain", "vague", "share_in_percent",
    "part_above_whole", "reach", "periods", "inexact", "not_adjacent", "outside", "within_month", "ordinal",
    "negative_bound", "fewer_times", "perhaps_fewer_times", "negative", "share_subtracted", "turned_negative",
    "no_target", "unbounded", "not_cumulative", "no_chain", "unreported", "unread", "incomplete", "no_base", "no_reach",
    "of_whole",
    "no_whole", "unranked", "place_uncertain", "direction", "share_added", "coverage",
]  # fmt: skip

# Each reason's code and sentence; {} are the quantities or periods in question, in the order they were given.
REASONS: Final[dict[Reason, tuple[str, str]]] = {
    "missing": ("D170", "有一个数没有报，不能比较"),
    "unlike": ("D171", "“{}”和“{}”的计量单位不同，不能放在一起算"),
    "base_zero": ("D172", "基数“{}”是零，算不出比率"),
    "base_negative": ("D173", "基数“{}”是负数，算不出有意义的比率"),
    "base_uncertain": ("D174", "基数“{}”是否大于零说不准，算不出比率"),
    "vague": ("D175", "“{}”只说了大概，没有说不低于或不高于多少，据此算不出准数"),
    "share_in_percent": ("D176", "“{}”和“{}”是比率，增减用百分点，不用百分比"),
    "part_above_whole": ("D177", "部分“{}”大于总数“{}”，不是其中的一部分"),
    "reach": ("D178", "“{}”和“{}”一个是累计、一个不是，不能比较"),
    "periods": ("D179", "{}和{}既不是同比，也不是环比；累计只与上年同期的累计比"),
    "inexact": ("D180", "“{}”不是准数，要用准数才能推算"),
    "not_adjacent": ("D181", "{}和{}不是同一年里相邻的两期累计，相减得不到当期数"),
    "outside": ("D182", "截至日期{}不在{}之内，没有时序进度"),
    "within_month": ("D183", "{}不是月末，不能按月计算{}的时序进度，请按日计算"),
    "ordinal": ("D184", "“{}”是位次，不是数量，不能加减"),
    "negative_bound": ("D185", "“{}”是带约数词的负数，看不出是更大还是更小"),
    "fewer_times": ("D186", "“{}”比“{}”少，减少不用倍数"),
    "perhaps_fewer_times": ("D187", "“{}”是否比“{}”少说不准，不能用倍数"),
    "negative": ("D188", "“{}”是负数，不能算占比或完成率"),
    "share_subtracted": ("D189", "“{}”和“{}”是比率，相减得不到当期数"),
    "turned_negative": ("D190", "“{}”已是负数，与“{}”比算不出有意义的增幅"),
    "no_target": ("D191", "没有目标数，就没有完成率"),
    "unbounded": ("D192", "据“{}”算不出确定的界限，约数之间比不出结果"),
    "not_cumulative": ("D193", "“{}”不是累计数，推算不出当期数"),
    "no_chain": ("D194", "没有{}的数，推不出{}数"),
    "unreported": ("D280", "没有报{}"),
    "unread": ("D281", "{}填的内容看不懂，没有采用"),
    "incomplete": ("D282", "{}没有报全，缺{}，算不出合计"),
    "no_base": ("D283", "没有{}的数，没有可比的基数"),
    "no_reach": ("D284", "“{}”没有{}数"),
    "of_whole": ("D285", "“{}”是各成员的事，{}自己没有"),
    "no_whole": ("D286", "“{}”不由各成员相加或平均得出，表中又没有合计数"),
    "unranked": ("D287", "{}没有报，排不出位次"),
    "place_uncertain": ("D288", "约数之间分不出先后，只知道在第{}位到第{}位之间"),
    "direction": ("D289", "据“{}”说不准是增是减"),
    "share_added": ("D290", "“{}”是比率，比率不能相加或平均"),
    "coverage": ("D308", "{}的合计{}，{}的合计{}，口径不同，不能比较"),
}


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Why there is no number: `reason` for programs, `code` and `message` for people; `of` what it is about."""

    reason: Reason
    of: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code that stays: `D172`."""
        return REASONS[self.reason][0]

    @property
    def short(self) -> str:
        """What stands in print where the number would be: 未报, 无可比数."""
        return _SHORT.get(self.reason, "无可比数")

    @property
    def message(self) -> str:
        """The sentence for the office: `基数“0个”是零，算不出比率`."""
        return REASONS[self.reason][1].format(*self.of)


def refuse(reason: Reason, *of: object) -> Incomparable:
    """Why these quantities or periods are not compared, as they are printed."""
    return Incomparable(reason, tuple(map(str, of)))


_SHORT: Final[dict[Reason, str]] = {
    "missing": "未报",
    "unreported": "未报",
    "unread": "未报",
    "incomplete": "未报全",
    "no_target": "未定目标",
    "no_chain": "未报全",
    "no_whole": "无合计数",
    "unranked": "未排位次",
    "place_uncertain": "未排位次",
    "coverage": "口径不同",
}
