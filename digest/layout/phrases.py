"""Phrases that stay whole: a numeral and its measure word, dates, ordinals, ranges, codes (不可拆分的词组).

A line may break between any two Han characters, but never inside one of these. Rules 4-9, 12, 16 and 17 of the house
list; the numeral rules rest on GB/T 15835-2011.
"""

from __future__ import annotations

import re
from typing import Final

_MEASURE_WORDS: Final = """
    个百分点 百分点 平方公里 平方米 立方米 万千瓦时 千瓦时 万千瓦 千瓦 公里 公斤 公顷 人次 户次 车次 小时 分钟 周年
    年度 季度 月份 年代 世纪 支队 集群 级联动 元 年 月 日 时 分 秒 个 人 名 家 户 件 次 项 吨 亩 岁 倍 天 里 米 条 处
    所 座 期 批 辆 台 套 册 部 类 种 级 点 周 届 号 场 张 列 位 艘 架 头 只 份 篇 本 课 支 队 村 镇 县 市 省 站 线 大 度
""".split()  # noqa: SIM905 - a table of words reads better than a list of strings

_UNIT: Final = "(?:" + "|".join(sorted(_MEASURE_WORDS, key=len, reverse=True)) + ")"
_DIGITS: Final = r"[+\-−±]?[￥$€]?\d+(?:[.,:/]\d+)*"
_HAN_DIGITS: Final = "[一二三四五六七八九十百千两〇零]+"
_SCALE: Final = "[万亿千百十]"
_AMOUNT: Final = rf"{_DIGITS}[%‰％℃°]?[多余来]?{_SCALE}*[多余]?"

_WHOLE: Final = re.compile(
    "|".join(
        (
            r"〔\d{4}〕\d+号",
            r"GB/T ?\d+(?:\.\d+)?(?:[—-]\d{4})?",
            rf"第(?:{_DIGITS}|{_HAN_DIGITS}){_UNIT}?",
            rf"{_DIGITS}年",
            rf"{_DIGITS}月(?:{_DIGITS}日)?",
            rf"[近约超]?{_AMOUNT}(?:[—–～~-]{_AMOUNT})?{_UNIT}{{0,2}}",
            rf"{_HAN_DIGITS}{_SCALE}?[余多]?{_UNIT}",
            r"[A-Za-z0-9][A-Za-z0-9./+_&@-]*",
            "—+",
            "…+",
            "[？！]{2,}",
        )
    )
)
_ENUMERATOR: Final = re.compile(r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．]|[①-⑳])")


def whole_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every phrase of `text` that no line may break; an enumerator holds on to what follows it."""
    spans = [match.span() for match in _WHOLE.finditer(text)]
    enumerator = _ENUMERATOR.match(text)
    if enumerator and enumerator.end() < len(text):
        spans.append((enumerator.start(), enumerator.end() + 1))
    return spans
