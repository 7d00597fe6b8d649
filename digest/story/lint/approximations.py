"""How uncertain a number is said to be (R8, R9): one word of approximation, and none that its fact denies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.story.lint.numerals import NUMBER, SCALE
from digest.story.lint.passage import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.lint.passage import Passage


def doubled(passage: Passage) -> Iterator[Hit]:
    """R8: 约100余, 近50个左右, 超过80%以上, 超过近百; not sure: 约10—15个."""
    for match in _DOUBLED.finditer(passage.text):
        yield Hit(*match.span())
    for match in _SIDE_BY_SIDE.finditer(passage.text):
        yield Hit(*match.span())
    for match in _ABOUT_A_RANGE.finditer(passage.text):
        yield Hit(*match.span(), sure=False)


def denied(passage: Passage) -> Iterator[Hit]:
    """R9: 近 or 超 before a fact that is an exact number; not sure: 约, which is true of any."""
    for one in passage.printed:
        before = _WORD_BEFORE.search(passage.text[: one.start])
        if before and one.fact.quantity.exact:
            yield Hit(before.start(), one.end, sure=before.group() not in _EITHER_SIDE)


_EITHER_SIDE: Final = frozenset({"约", "大约"})
_FRONT: Final = "(?:不超过|不少于|不低于|不高于|大约|将近|接近|超过|突破|不足|不到|至少|至多|约|近|超|逾)"
_HAN_NUMBER: Final = "[一二两三四五六七八九十百千]+(?:分之[一二两三四五六七八九十]+)?"
# What is counted may stand between; any other word may be what 以上 belongs to: 规模以上企业, 县级以上.
_UNIT: Final = (
    "(?:个百分点|百分点|万亿元|亿元|万元|平方公里|平方米|公里|万亩|小时|分钟|人次"
    "|[%％个名位人户家次天件条辆台所座项种份场处篇亩倍成元米吨年月])?"
)
_BEHIND: Final = "(?:左右|上下|以上|以下|以内|之多)"
_DOUBLED: Final = re.compile(
    rf"{_FRONT}(?:{NUMBER}|{_HAN_NUMBER})(?:[余多](?!年)|{SCALE}?{_UNIT}{_BEHIND}|{SCALE}[余多])"
    rf"|(?:{NUMBER}|{_HAN_NUMBER})(?:[余多]{SCALE}?|{SCALE}[余多]){_UNIT}{_BEHIND}"
)
_SIDE_BY_SIDE: Final = re.compile(
    rf"(?:大约|将近|接近|约|近|超过|超|突破|逾|不足)(?:大约|将近|约|近|超过|不足|逾)(?=\d|{_HAN_NUMBER})"
)
_ABOUT_A_RANGE: Final = re.compile(rf"(?:大约|约){NUMBER}{SCALE}?{_UNIT}[~～—–-]{NUMBER}")
_WORD_BEFORE: Final = re.compile(r"(?:大约|将近|接近|超过|突破|不足|约|近|超|逾)$")
