"""Roster: the full list of those who report, in their official order (名册), and what else tables call them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Roster:
    """Members by the name they are printed with (济南), in order.

    `whole` is what they are called together (全省), `apart` are rows that count in the whole and are no members (省直),
    `merged` members of former times with those they are part of today (莱芜: 济南), `aliases` other spellings.
    """

    members: tuple[str, ...]
    whole: str = "全省"
    apart: tuple[str, ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
