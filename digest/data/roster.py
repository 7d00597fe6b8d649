"""Roster: the full list of those who report, in their official order (名册), and what else tables call them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Standing = Literal["member", "whole", "apart", "merged", "former", "unknown"]


class Found(NamedTuple):
    """Who a name is: `name` as the roster spells it, of what is `merged` or `former` the member it is part of today.

    A `former` member is one that the roster knows of and nobody declared as merged. For `unknown`, `name` is the
    nearest that there is, or empty.
    """

    standing: Standing
    name: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Members by the name they are printed with (济南), in order.

    `whole` is what they are called together (全省), `apart` are rows that count in the whole and are no members (省直),
    `merged` members of former times with those they are part of today (莱芜: 济南), `aliases` other spellings.
    `former` are such as may be met in old tables and were not declared: their rows are told and never added. `silent`
    are members of whom nothing is expected in a table.
    """

    members: tuple[str, ...]
    whole: str = "全省"
    apart: tuple[str, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    def find(self, text: str) -> Found:
        """Who `text` names, whatever blanks it has and with 市, 县 or 区 or without; see `Found`."""
        return self.finder()(text)

    def finder(self) -> Finder:
        """The same for many names."""
        return Finder(self)


class Finder:
    """Looks names up in a roster; every name only once."""

    def __init__(self, roster: Roster) -> None:
        """Ready to be asked."""
        self._exact: dict[str, Found] = {}
        self._known: dict[str, Found] = {}
        stems: dict[str, set[Found]] = {}
        for name, found in _entries(roster):
            plain = squeezed(name)
            self._exact.setdefault(plain, found)
            stems.setdefault(_stem(plain), set()).add(found)
        self._stems = {stem: next(iter(found)) for stem, found in stems.items() if len(found) == 1}

    def __call__(self, text: str) -> Found:
        """Who `text` names."""
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self._look_up(squeezed(text))
        return found

    def knows(self, text: str) -> bool:
        """Whether `text` names anybody; the nearest of thousands of other names need not be looked for."""
        plain = squeezed(text)
        return plain in self._exact or _stem(plain) in self._stems

    def _look_up(self, plain: str) -> Found:
        found = self._exact.get(plain) or self._stems.get(_stem(plain))
        if found is not None:
            return found
        near = get_close_matches(_stem(plain), list(self._stems), 1, _NEAR)
        return Found("unknown", self._stems[near[0]].name if near else "")


def squeezed(text: str) -> str:
    """The text without blanks, also those that nobody sees: `济 南 市` is 济南市."""
    return _BLANK.sub("", text)


def _entries(roster: Roster) -> list[tuple[str, Found]]:
    members = [(name, Found("member", name)) for name in roster.members]
    others = {name: Found("member", name) for name in roster.members}
    others |= {name: Found("apart", name) for name in roster.apart} | {roster.whole: Found("whole", roster.whole)}
    apart = [(name, Found("apart", name)) for name in roster.apart]
    aliases = [(alias, others.get(name, Found("member", name))) for alias, name in roster.aliases.items()]
    merged = [(name, Found("merged", today)) for name, today in roster.merged.items()]
    declared = {_stem(squeezed(name)) for name in (*roster.members, *roster.merged)}
    former = [
        (name, Found("former", today)) for name, today in roster.former.items() if _stem(squeezed(name)) not in declared
    ]
    return [*members, (roster.whole, Found("whole", roster.whole)), *apart, *aliases, *merged, *former]


def _stem(plain: str) -> str:
    """Without the word for what it is: 济南市 is 济南, 省直机关 stays; two characters at least are left."""
    match = _KIND.fullmatch(plain)
    return match["stem"] if match else plain


_BLANK: Final = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_KIND: Final = re.compile("(?P<stem>.{2,})(?:自治州|自治县|[省市县区州盟])")
_NEAR: Final = 0.5

SHANDONG: Final = Roster(
    ("济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁", "泰安", "威海", "日照", "临沂", "德州", "聊城",
     "滨州", "菏泽"),
    aliases={"山东省": "全省"},
    former={"莱芜": "济南"},
)  # fmt: skip
"""The sixteen cities of 山东 in their official order. 莱芜 has been part of 济南 since January 2019."""
