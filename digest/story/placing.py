"""Placing: which members come first in a metric, in one clause (位次): ties are named, and nobody is placed early."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from digest.data.incomparable import Incomparable
from digest.data.model import Fact
from digest.data.ranking import rank
from digest.story.blocks import Run
from digest.story.numbering import han_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from digest.story.blocks import Text
    from digest.story.clauses import Clerk, Subject


def placing(one: Subject, clerk: Clerk) -> Text | str:
    """联建村居前三位的是济南（312个）、青岛（298个）和烟台（251个）, or in words why nothing can be said.

    Where members have not reported, that and how many they are. As many places are told as have a certain holder and
    are held by no more than can be read.
    """
    book = clerk.book
    facts: dict[str, Fact] = {}
    silent: list[str] = []
    for member in book.roster:
        fact = clerk.shelf.ask(clerk.id(one, "value", member))
        known = book.known(one.of.id, member, one.asked.period)
        if isinstance(fact, Fact):
            facts[member] = fact
        elif known is None or known.why != "not_applicable":
            silent.append(member)
    if not facts:
        return "没有一个成员填报"
    if silent:
        return clerk.phrases.fill("不排位次", {"指标": one.of.name, **clerk.several(silent)})
    standings = rank([fact.quantity for fact in facts.values()], least_first=one.of.better == "less")
    if isinstance(standings, Incomparable):
        return standings.message
    places = {member: standing.place or 0 for member, standing in zip(facts, standings, strict=True)}
    if 0 in places.values():
        return "有约数，分不出先后"
    order = sorted(facts, key=lambda member: places[member])
    last = _last_place(places)
    if not last:
        return "并列的太多，排不出位次"
    first = [member for member in order if places[member] <= last]
    key = ("依次" if len(first) == len(order) else "前列") + ("从少" if one.of.better == "less" else "")
    items = [clerk.phrases.fill("名单", {"成员": member, "数": clerk.printed(facts[member])}) for member in first]
    where = clerk.phrases["首位"] if last == 1 else f"前{han_numeral(last)}位"
    said = clerk.phrases.fill(key, {"指标": one.of.name, "名单": _listed(items), "位": where})
    return (*said, *_ties(first, places, clerk))


def _last_place(places: Mapping[str, int]) -> int:
    """How many places are told: three, or fewer where more members hold them than are read."""
    for last in range(_PLACES, 0, -1):
        if 0 < sum(place <= last for place in places.values()) <= _MEMBERS_MOST:
            return last
    return 0


def _ties(first: Sequence[str], places: Mapping[str, int], clerk: Clerk) -> Iterator[Run]:
    for _, group in groupby(first, key=lambda member: places[member]):
        tied = [(Run(member),) for member in group]
        if len(tied) > 1:
            yield from (Run("，"), *clerk.phrases.fill("并列", {"名单": _listed(tied)}))


def _listed(items: Sequence[Text]) -> Text:
    """甲、乙和丙."""
    runs: list[Run] = []
    for n, item in enumerate(items):
        mark = "" if not n else "和" if n == len(items) - 1 else "、"
        runs += (Run(mark), *item)
    return tuple(runs)


_PLACES: Final = 3
_MEMBERS_MOST: Final = 6
