"""Phrases that stay whole: a numeral and its measure word, dates, ordinals, ranges, codes (不可拆分的词组).

A line may break between any two Han characters, but never inside one of these, never before a mark that must not
start a line and never after one that must not end it. `stops` says where a line may end, `cut` parts a text there.
Rules 1-22 of the house list; numerals as GB/T 15835-2011 has them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from digest.layout.classes import NEVER_ENDS_LINE, NEVER_STARTS_LINE

_MEASURE_WORDS: Final = re.findall(
    r"\S+",
    """
    个百分点 个月 百分点 平方公里 平方米 立方米 万千瓦时 千瓦时 万千瓦 千瓦 公里 公斤 公顷 人次 户次 车次 小时 分钟 周年
    年度 季度 月份 年代 世纪 支队 集群 级联动 元 年 月 日 时 分 秒 个 人 名 家 户 件 次 项 吨 亩 岁 倍 天 里 米 条 处
    所 座 期 批 辆 台 套 册 部 门 类 种 级 点 周 届 号 场 张 列 位 艘 架 头 只 份 篇 本 课 支 队 村 镇 县 市 省 站 线 大
    度 组 步 成 辈 遍 趟 块 片 层 间 栋 幢 盏 棵 株 对 双 副 把 根 颗 粒 滴 瓶 箱 包 袋 盒 桶 碗 杯 道 段 节 章 款 宗
    轮 代 例 起 集 国 强 枚 笔 克 升 瓦 美元 欧元 英镑 日元 港元 港币 平方千米 千米 厘米 毫米 微米 纳米 英寸 英里 海里
    千克 毫克 微克 毫升 吉瓦时 吉瓦 兆瓦时 兆瓦 千伏 标准箱 标箱 航次 架次 班次 场次
    """,
)
# The longest first; those of one character as a class, which compiles and matches faster than as many branches.
_LONG_UNITS: Final = sorted((word for word in _MEASURE_WORDS if len(word) > 1), key=len, reverse=True)
_UNIT: Final = f"(?:{'|'.join(_LONG_UNITS)}|[{''.join(word for word in _MEASURE_WORDS if len(word) == 1)}])"
_SIGN: Final = r"[+\-−±]?[￥¥$€£]?"
_DIGITS: Final = r"\d+(?:[.,:/．：∶]\d+)*"
_HAN_DIGITS: Final = "[一二三四五六七八九十百千两〇零几]+"
_SCALE: Final = "(?:[万亿百十]|千(?![瓦米克卡]))"
_SUFFIX: Final = "[%‰％°℃℉′″]"
# A blank typed before a unit is no more than the gap that stands there anyhow.
_UNITS: Final = rf"(?: ?[多余来]?(?:{_SCALE}{{1,3}}[多余]?{_UNIT}?|{_UNIT})|[多余来])"
_AMOUNT: Final = rf"{_SIGN}{_DIGITS}(?:{_SUFFIX}|{_UNITS})?"
_CONNECT: Final = "[—–～~〜\\-至×xX]"
_IN_WORDS: Final = rf"{_HAN_DIGITS}(?:分之{_HAN_DIGITS}(?:点{_HAN_DIGITS})?|成[多半]?|{_SCALE}{{0,2}}[余多]?{_UNIT})"
_PER: Final = rf"(?:[/／]{_UNIT})?"

_CORE: Final = "|".join(
    (
        r"(?:GB|DA|ISO|IEC)(?:/[TZ])?[  ]?\d+(?:\.\d+)*(?:[—–-]\d{4})?",
        rf"第 ?(?:{_DIGITS}|{_HAN_DIGITS})(?:{_CONNECT}(?:第)?(?:{_DIGITS}|{_HAN_DIGITS}))?(?: ?{_UNIT})?",
        rf"{_DIGITS}[A-Za-z][A-Za-z0-9+-]*",
        rf"{_DIGITS} ?(?:年(?:[代度]|(?=\D)(?![—–～~〜-]))|月(?: ?{_DIGITS} ?日)?)",
        rf"[近约超逾]?(?:{_AMOUNT}(?:{_CONNECT}{_AMOUNT})?|{_IN_WORDS}){_PER}",
        r"[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ](?:[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ./+_&@’'%:-]*[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ%+])?",
        "—{2,}",
        "…{2,}",
        "‥+",
        r".(?:[\u0300-\u036f\ufe00-\ufe0f\u200d\u3099\u309a]|[\U000e0100-\U000e01ef])*",
    )
)


def _any_of(characters: frozenset[str]) -> str:
    return "[" + "".join(re.escape(char) for char in sorted(characters)) + "]"


def _all_but(first: str, last: str, excluded: str) -> str:
    """A class of the characters from `first` to `last` without some of them, as ranges: those are looked up fastest."""
    bounds = [ord(first) - 1, *sorted(map(ord, excluded)), ord(last) + 1]
    ranges = ((chr(low + 1), chr(high - 1)) for low, high in pairwise(bounds) if high > low + 1)
    return "[" + "".join(f"{low}-{high}" for low, high in ranges) + "]"


# Most of a text is Han that begins no phrase: a line may break anywhere in it.
_FREE: Final = _all_but("一", "鿿", "第近约超逾一二三四五六七八九十百千两零几")
_JOINER: Final = "[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]"
# A hyphen or ~ before a digit is a sign and belongs to it; — and … alone are connectors and belong to what stands
# before.
_AFTER: Final = rf"(?:{_any_of(NEVER_STARTS_LINE - {'-'})}|[ \t\u200b]|[-~](?!\d)|—(?!—)|…(?!…))+"
_HOLDS: Final = NEVER_ENDS_LINE - {"/"}
_TOKEN: Final = re.compile(
    rf"{_FREE}+(?!{_JOINER})|{_AFTER}|〔\d{{4}}〕\d+号|{_any_of(_HOLDS)}+ *(?=.)|{_CORE}", re.DOTALL
)
_ENUMERATOR: Final = re.compile(
    r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．、](?!\d)|[①-⑳]|[(（]\d+[)）])"
)
_ADDRESS: Final = re.compile(r"https?:|www\.")
_STROKES: Final = "/?&=.#"  # behind which an address may be parted
_RUN: Final = re.compile(f"{_FREE}+")
_GLUE: Final = ("\u00a0", "\u2060", "/", "／")  # a blank, a joiner and strokes, at which no line may end
_LAST: Final = {"1": "A", "0": "B"}  # as 1 and 0, and no line ends behind it
_MOST_TOKENS: Final = 200_000  # remembered; beyond that memory is worth more than time
_HELD: Final = str.maketrans("AB", "10")


def tokens(text: str) -> list[str]:
    """`text` as runs of free Han, phrases, and marks that hold on to what stands before or behind them; joined they
    are the text. Blanks stay with what they follow, so that no line starts with one.
    """
    return _TOKEN.findall(text)


def _is_run(token: str) -> bool:
    """Whether a token is Han between which a line may break anywhere."""
    return _RUN.fullmatch(token) is not None


def _stops_of(token: str) -> str:
    """Before which characters of a token a line may end: a letter for each."""
    if _is_run(token):
        return "1" * len(token)
    first = "0" if re.match(_AFTER, token) else "1"
    letters = first + "0" * (len(token) - 1)
    if _ADDRESS.match(token):
        return "1" + "".join("10"[before not in _STROKES or char in _STROKES] for before, char in pairwise(token))
    # The plus of A+ is part of a name, that of +3 a sign.
    bare = token.rstrip(" ") or token
    holds = bare.endswith(_GLUE) or _HOLDS.issuperset(bare)
    return letters[:-1] + _LAST[letters[-1]] if holds else letters


class _Letters(dict[str, str]):
    """Token -> its letters, remembered."""

    def __missing__(self, token: str) -> str:
        if len(self) > _MOST_TOKENS:
            self.clear()
        letters = self[token] = _stops_of(token)
        return letters


_letters: Final = _Letters()


def stops(text: str, found: list[str]) -> str:
    """Where a line may end in `text` with these tokens: 1 or 0 for each place before a character, and 1 for the end.

    An enumerator holds on to what follows it.
    """
    joined = "".join(map(_letters.__getitem__, found))
    if "A" in joined or "B" in joined:
        while "AA" in joined or "BA" in joined:
            joined = joined.replace("AA", "AB").replace("BA", "BB")
        joined = joined.replace("A1", "10").replace("B1", "00").translate(_HELD)
    enumerator = _ENUMERATOR.match(text)
    if enumerator and enumerator.end() < len(text):
        end = enumerator.end() + 1
        joined = "1" + "0" * (end - 1) + joined[end:]
    return joined + "1"


def cut(text: str) -> list[str]:
    """The pieces of `text` between which a line may break; joined they are the text."""
    ends = [index for index, letter in enumerate(stops(text, tokens(text))) if letter == "1"]
    return [text[start:end] for start, end in pairwise(dict.fromkeys((0, *ends)))]
