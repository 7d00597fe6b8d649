"""What follows from what was reported (推算): the whole from its members, 当月 from 累计 and the reverse; or why not.

For the book, which asks where nobody reported the number itself. What comes back says that it was computed, and how.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.data.adding import mean, restated, total
from digest.data.incomparable import Incomparable, refuse
from digest.data.over_time import Dated, alone, period_before, periods_of_year

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from digest.data.book import Metric, Observation
    from digest.data.period import Period
    from digest.data.quantity import Quantity
    from digest.data.rounding import Rule


def of_members(
    of: Metric, parts: Mapping[str, Observation | None], counted: str, rule: Rule, beside: Collection[str] = ()
) -> Observation | None:
    """The whole out of `parts`, one for each member; refused where one is missing, None where nobody said anything.

    Members are counted in `counted`, those `beside` them (省直) are named.

    Those to whom the metric does not apply (不适用) are not missing: there is nothing of theirs to add, which is told.
    """
    said = [part for part in parts.values() if part is not None]
    if not said or of.total in {"given", "none"} or of.is_share:
        return None
    tables = {part.table for part in said}
    table = said[0].table if len(tables) == 1 else ""
    made = replace(said[0], member="", why="", flag=_flag(said), table=table, at="", place=None, computed=True)
    counting = {one: part for one, part in parts.items() if part is None or part.why != "not_applicable"}
    without = tuple(one for one, part in counting.items() if part is None or part.quantity is None)
    if without:
        subject = f"{made.period.chinese}“{of.name}”"
        because = {part.refused for part in said if part.quantity is None}
        why = because.pop() if len(because) == 1 else None  # they did report, and it is no more than 余
        return _refused(made, why or refuse("incomplete", subject, "、".join(without)), without)
    numbers = [part.quantity for part in counting.values() if part is not None and part.quantity is not None]
    summed = mean(numbers, rule) if of.total == "mean" else total(numbers)
    how = "平均" if of.total == "mean" else "相加"
    others = [one for one in counting if one in beside]
    who = "和".join((f"{len(numbers) - len(others)}{counted}", *others))
    return _made(made, summed, f"据{who}填报数{how}{_not_applying(parts, counting, counted, beside)}")


def _not_applying(parts: Collection[str], counting: Collection[str], counted: str, beside: Collection[str]) -> str:
    """`，1个市不适用`: how many of the parts do not count, those beside the roster by name."""
    left = [one for one in parts if one not in counting]
    members = [one for one in left if one not in beside]
    who = ([f"{len(members)}{counted}"] if members else []) + [one for one in left if one in beside]
    return f"，{'和'.join(who)}不适用" if who else ""


def unlike_coverage(now: Observation, before: Observation) -> Incomparable | None:
    """Why two wholes are not compared, of which one lacks members that the other has; None where they may be.

    Two that lack the same members are compared, as an office would; what is said of them says whom they lack.
    """
    if set(now.without) == set(before.without):
        return None
    told = (said for one in (now, before) for said in (one.period.chinese, lacking(one.without) or "不缺"))
    return refuse("coverage", *told)


def lacking(without: Sequence[str]) -> str:
    """`缺青岛`; nothing where nobody is missing."""
    return f"缺{several(without)}" if without else ""


def not_reported(without: Sequence[str]) -> str:
    """`青岛未报`: what stands beside a whole that lacks members."""
    return f"{several(without)}未报" if without else ""


def several(members: Sequence[str]) -> str:
    """Their names, as far as anybody wants to read them."""
    more = f"等{len(members)}个单位" if len(members) > _NAMED_MOST else ""
    return "、".join(members[:_NAMED_MOST]) + more


def alone_of(upto: Observation | None, before: Observation | None) -> Observation | None:
    """当月 out of 累计: that of January is its 累计, any other less the 累计 `before` it. None without a 累计."""
    if upto is None or upto.quantity is None:
        return None
    made = replace(upto, reach="alone", computed=True)
    now = Dated(upto.quantity, upto.period, "cumulative")
    if len(periods_of_year(upto.period)) == 1:
        return replace(made, quantity=now.bare)
    last = period_before(upto.period, "on_last_period")
    if before is None or before.quantity is None:
        return _refused(made, refuse("no_chain", f"{last.chinese}累计", "当月" if upto.period.month else "当期"))
    # Less a 累计 without 青岛, all that 青岛 did in the year would be told as of this month.
    less = unlike_coverage(upto, before) or alone(now, Dated(before.quantity, last, "cumulative"))
    if isinstance(less, Incomparable):
        return _refused(made, less)
    number = less.interval.only
    if number is None:
        return _refused(made, refuse("inexact", less.of[0]))
    return _made(made, restated(number, less.of), f"据累计{less.of[0]}、上期累计{less.of[1]}计算")


def cumulative_of(chain: Mapping[Period, Observation | None]) -> Observation | None:
    """累计 out of the 当月 from the beginning of the year on, where not one is missing.

    余 and 余 are 余 together; what says nothing certain when added up (余 and 近) is refused. It lacks the members that
    any of the months lacks. None where there is none of the last period.
    """
    *_, last = chain.values()
    if last is None or last.quantity is None:
        return None
    made = replace(last, reach="cumulative", computed=True, flag=_flag(chain.values()))
    numbers = [one.quantity for one in chain.values() if one is not None and one.quantity is not None]
    if len(numbers) < len(chain):
        lacking = (period.chinese for period, one in chain.items() if one is None or one.quantity is None)
        return _refused(made, refuse("no_chain", "、".join(lacking), "累计"))
    if len(numbers) == 1:
        return made
    names = dict.fromkeys(one for month in chain.values() if month is not None for one in month.without)
    made = replace(made, without=tuple(names))
    return _made(made, total(numbers), f"据{len(numbers)}期当期数相加")


def _flag(parts: Iterable[Observation | None]) -> str:
    """What is said beside one of the parts is true of them together: 含预计."""
    flags = [part.flag for part in parts if part is not None and part.flag]
    return f"含{flags[0].removeprefix('含')}" if flags else ""


def _made(made: Observation, result: Quantity | Incomparable, how: str) -> Observation:
    if isinstance(result, Incomparable):
        return _refused(made, result)
    return replace(made, quantity=result, at=how)


def _refused(made: Observation, why: Incomparable, without: tuple[str, ...] = ()) -> Observation:
    return replace(made, quantity=None, why="incomplete", refused=why, without=without)


_NAMED_MOST: Final = 6
