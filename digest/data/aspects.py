"""Aspects by their words (口径): how a project may call what is asked of a number, and what it is called in print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.book import ASPECTS

if TYPE_CHECKING:
    from digest.data.book import Aspect, Book, Metric
    from digest.data.period import Period

CALLED: Final[dict[Aspect, str]] = {
    "value": "数量",
    "alone": "当月",
    "cumulative": "累计",
    "yoy": "同比",
    "yoy_amount": "同比增减",
    "mom": "环比",
    "mom_amount": "环比增减",
    "target": "年度目标",
    "completion": "完成率",
    "elapsed": "时序进度",
    "pace": "进度差",
    "rank": "位次",
    "share": "占比",
    "contribution": "贡献率",
}
ASPECT_OF: Final[dict[str, Aspect]] = {
    **{word: aspect for aspect, word in CALLED.items()},
    **{aspect: aspect for aspect in ASPECTS},
}
"""In Chinese or as the book has it."""
_RATES: Final[frozenset[Aspect]] = frozenset({"completion", "elapsed", "share", "contribution"})
_CHANGES: Final[frozenset[Aspect]] = frozenset({"yoy", "mom"})
_AMOUNTS: Final[frozenset[Aspect]] = frozenset({"yoy_amount", "mom_amount"})
OF_ONE_MEMBER: Final[frozenset[Aspect]] = frozenset({"rank", "share", "contribution"})
"""What the whole itself has none of."""


def unit_of(metric: Metric, aspect: Aspect) -> str:
    """What a number of that aspect is counted in, as a head names it: 万元, %, 百分点; places have none."""
    if aspect == "rank":
        return ""
    if aspect == "pace":
        return "百分点"
    if aspect in _RATES:
        return "%"
    if aspect in _CHANGES or aspect in _AMOUNTS:
        return "百分点" if metric.is_share else "%" if aspect in _CHANGES else metric.unit
    return metric.unit


def short_id(book: Book, metric: str, member: str, period: Period, aspect: Aspect) -> str:
    """The shortest id of a number, as a sentence would name it: `member` is empty for whom the digest is for."""
    asked = "" if aspect in {"value", book.metrics[metric].reach} else f".{aspect}"
    whose = f"@{member}" if member and member != (book.scope or book.whole) else ""
    return f"{metric}{whose}{f':{period}' if period != book.period else ''}{asked}"
