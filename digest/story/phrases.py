"""Phrases: what a digest says on its own, as one table of words with slots; a project may put its own in their place.

`{数}` is a slot. A slot is all that means anything in a phrase: there is no other markup, and no phrase can do more
than stand where it stands. `[phrases]` of `digest.toml` names a phrase by its key:

    [phrases]
    比率 = "{主体}{指标}达到{数}"

Codes: D340 no such phrase, D341 slots that are unknown or missing, or braces that are none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from digest.findings import Finding, Place
from digest.story.blocks import Run, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PHRASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # when
        "截至": "截至{时间}，",
        "月底": "{时间}底",
        "期间": "{时间}，",
        "其中": "其中，",
        # how much
        "数量": "{主体}{指标}{数}",
        "比率": "{主体}{指标}为{数}",
        "累计": "{时间}累计{数}",
        "只有累计": "{主体}{指标}累计{数}",
        "目标": "{主体}{指标}年度目标为{数}",
        "旁注": "（{旁注}）",
        # against what
        "比上月": "比上月",
        "比上季度": "比上季度",
        "基数为零": "（上年同期为零）",
        "首位": "首位",
        # what is not there
        "未报": "{时间}{主体}{指标}数据未报",
        "未采用": "{时间}{主体}{指标}填报有误、未采用",
        "未报全": "{时间}，{指标}尚有{数}未报（{名单}），{主体}合计未计算",
        # who comes first
        "前列": "{指标}居{位}的是{名单}",
        "前列从少": "{指标}由少到多居{位}的是{名单}",
        "依次": "{指标}由多到少依次是{名单}",
        "依次从少": "{指标}由少到多依次是{名单}",
        "名单": "{成员}（{数}）",
        "并列": "{名单}并列",
        "不排位次": "{指标}尚有{数}未报（{名单}），不排位次",
        # of the house
        "本期要目": "本期要目",
        "溯源附表": "溯源附表",
        "下一步": "下一步事项、责任和时限",
        "目标说明": "○ 目标已定、尚无进度。",
        "责任说明": "* 原句没有主语，按答问单位登记（推断）。",
    }
)
"""Every phrase by its key."""

_SLOT: Final = re.compile(r"\{([^{}]*)\}")
_MAY_BE_LEFT_OUT: Final = frozenset({"主体", "时间"})
_FILE: Final = "digest.toml"
_TABLE: Final = "phrases"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one digest: ours, but where `own` has another."""

    own: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        """The phrase as it is written, with its slots; KeyError where there is none of that key."""
        return self.own.get(key) or PHRASES[key]

    def say(self, key: str, **slots: Text | str) -> Text:
        """The phrase with its slots filled; a slot is filled with runs that stay as they are."""
        return self.fill(key, slots)

    def fill(self, key: str, slots: Mapping[str, Text | str]) -> Text:
        """The same with the slots in a table."""
        runs: list[Run] = []
        for n, part in enumerate(_SLOT.split(self[key])):
            filling = slots.get(part, "") if n % 2 else part
            runs += [Run(filling)] if isinstance(filling, str) else filling
        return tuple(run for run in runs if run.text)


def phrases_of(own: Mapping[str, str]) -> tuple[Phrases, tuple[Finding, ...]]:
    """The phrases with a project's own in place of ours, and what is wrong with those: such a one is not used."""
    findings = {key: tuple(_faults(key, words)) for key, words in own.items()}
    good = {key: words for key, words in own.items() if not findings[key]}
    return Phrases(good), tuple(fault for faults in findings.values() for fault in faults)


def _faults(key: str, words: str) -> Iterator[Finding]:
    place = Place(_FILE, _TABLE, key)
    if key not in PHRASES:
        near = get_close_matches(key, PHRASES, n=1, cutoff=0.3)
        hint = f"是否应为“{near[0]}”" if near else f"可用的有：{'、'.join(PHRASES)}"
        yield Finding("D340", "error", f"没有这个用语：“{key}”", place, key, hint)
        return
    if not words.strip():
        yield Finding("D341", "error", f"用语“{key}”是空的", place, words, f"原来是“{PHRASES[key]}”")
        return
    known, slots = set(_SLOT.findall(PHRASES[key])), Counter(_SLOT.findall(words))
    offered = f"可用的有：{'、'.join(f'{{{slot}}}' for slot in sorted(known))}" if known else "这个用语中没有要填的数"
    for slot, times in slots.items():
        near = get_close_matches(slot, known, n=1, cutoff=0.3)
        if slot not in known:
            hint = f"是否应为“{{{near[0]}}}”" if near else offered
            yield Finding("D341", "error", f"用语“{key}”中没有“{{{slot}}}”", place, words, hint)
        elif times > 1:
            yield Finding("D341", "error", f"用语“{key}”中“{{{slot}}}”出现了{times}次", place, words, "只写一次")
    for slot in sorted(known - set(slots) - _MAY_BE_LEFT_OUT):
        yield Finding("D341", "error", f"用语“{key}”缺少“{{{slot}}}”", place, words, f"原来是“{PHRASES[key]}”")
    if set("{}") & set(_SLOT.sub("", words)):
        yield Finding("D341", "error", f"用语“{key}”中的大括号不成对", place, words, offered)
