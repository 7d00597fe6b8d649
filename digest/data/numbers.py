"""Numbers in written text (行文中的数字): where they stand, so that none is printed without a source behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Number(NamedTuple):
    """A numeral as it stands in a text: `text[start:end] == token`."""

    start: int
    end: int
    token: str


def numbers_in(text: str, names: Iterable[str] = ()) -> list[Number]:
    """Every numeral of `text`, from left to right: Arabic (近5亿, 1/10, 63%, 2023年) and Han ones that count (三年).

    No numbers are: enumerators (（一）, 二、, 3.), titles in 《》, and what stands in “” and is part of one of `names`
    (“四同” where a mechanism is named “四同”工作机制). Vague words (一批, 诸多) are none either.
    """
    taken = [match.span() for pattern in (_ENUMERATOR, _TITLE) for match in pattern.finditer(text)]
    taken += _named_spans(text, tuple(names))
    return [
        Number(*match.span(), match.group())
        for match in _NUMBER.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]


def _named_spans(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for match in _QUOTED.finditer(text):
        if any(match.group(1) in name for name in names):
            yield match.span()


_QUOTED: Final = re.compile(r"“([^“”]+)”")
_TITLE: Final = re.compile(r"《[^《》]*》")
_ENUMERATOR: Final = re.compile(
    r"[（(](?:[一二三四五六七八九十]+|\d+)[）)]"  # （一）
    r"|(?:^|(?<=[。；：\n]))\s*"
    r"(?:[一二三四五六七八九十]+[、是]|第[一二三四五六七八九十]+，|\d+[.．、](?!\d))"  # 一、 一是 第一， 1.
)
# What Han numerals are followed by when they count. 批 and 些 are not here: 一批 and 一些 say no number.
_COUNTED: Final = (
    "小时|年|月|日|天|周|季度|届|次|场|期|个|家|件|项|人|名|位|户|支|张|条|处|所|座|台|套|份|篇|部|本|门|队|组|村|市|县|区"
    "|级|类|种|大|亩|元|万|亿|成|倍|公里|吨|千瓦|分之"
)
_HAN: Final = "〇零一二两三四五六七八九十百千"
_ARABIC: Final = r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．/／][0-9０-９]+)?"
_FRONT: Final = "(?:近|约|超|超过|突破|不足|逾)?"
_NUMBER: Final = re.compile(
    r"[0-9０-９]{4}年(?:[0-9０-９]{1,2}月(?:[0-9０-９]{1,2}日)?)?"
    rf"|{_FRONT}{_ARABIC}(?:[余多]?(?:万亿|[万亿]))?[余多]?[%％‰]?"
    rf"|{_FRONT}[{_HAN}]+[余多]?(?:万亿|[万亿])?[余多]?(?={_COUNTED})"
    rf"|首(?=[位届次])"
)
