"""Wording: the fixed phrases of the house, and the marks of quoted text (用语).

Those that a project may put in other words stand in `phrases.py`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.data.period import chinese_date

if TYPE_CHECKING:
    from digest.data.model import AsOf, Fact

ANNEX_NUMBER: Final = "附　"
INFERRED: Final = "（推断）"
DERIVED: Final = "（推算）"
TARGET_SET: Final = "目标已定、尚无进度"
UNDER_WAY: Final = "正在推进、完成数未报"
BEING_BUILT: Final = "在建"
NOT_STATED: Final = "未注明"
NOT_REPORTED: Final = "未报"
TREND: Final = "走势："
NO_REST: Final = "（数量无法推算）"
TARGET_MARK: Final = "（目标）"
HONOURS: Final = "获得认可"

_OPENINGS: Final = frozenset({"目前", "三年来", "活动期间"})
_YEAR: Final = re.compile(r"\d{4}年")
_SINCE_YEAR: Final = re.compile(r"自\d{4}年起")
_MONTH: Final = re.compile(r"(\d{4})年(\d{1,2})月")
_MONTHS: Final = re.compile(r"\d{4}年\d{1,2}月(?:、\d{4}年\d{1,2}月){2,}")
_HALF_TO_FULL: Final = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"})
_HALF_BESIDE_HAN: Final = re.compile(r"(?<=[^\x00-\x7f])[,:;?!()]|[,:;?!()](?=[^\x00-\x7f])")


def full_width(text: str) -> str:
    """Half-width marks beside Chinese become full-width, as GB/T 15834 wants; those inside numbers stay."""
    return _HALF_BESIDE_HAN.sub(lambda match: match.group().translate(_HALF_TO_FULL), text)


def months_joined(text: str) -> str:
    """Lists of months in a row in short: `2024年1月、2024年2月、2024年3月` is 2024年1—3月."""
    return _MONTHS.sub(_from_to, text)


def _from_to(match: re.Match[str]) -> str:
    listed = [(int(year), int(month)) for year, month in _MONTH.findall(match.group())]
    counted = [year * 12 + month for year, month in listed]
    if len({year for year, _ in listed}) > 1 or counted != list(range(counted[0], counted[0] + len(counted))):
        return match.group()
    return f"{listed[0][0]}年{listed[0][1]}—{listed[-1][1]}月"


def as_of_words(as_of: AsOf) -> str:
    """`截至2023年12月（推断）`; empty where nothing is known."""
    if not as_of.date:
        return ""
    return f"截至{chinese_date(as_of.date)}{INFERRED if as_of.inferred else ''}"


def span_words(fact: Fact) -> str:
    """When a fact holds, in the fewest words that are true: its period as the source says it, else its as-of."""
    text = full_width(fact.period.text)
    if not text or text == "截至目前":
        return as_of_words(fact.as_of)
    if text.startswith("今年"):
        text = _this_year(fact)
    if _SINCE_YEAR.fullmatch(text):
        text = _since(fact)
    if fact.period.inferred and INFERRED not in text:
        text += INFERRED
    return text


def _since(fact: Fact) -> str:
    """`自2017年起` is said as 2017年起, with 累计 where the figure adds up from there."""
    return f"{full_width(fact.period.text).removeprefix('自')}{'累计' if fact.cumulative else ''}"


def _this_year(fact: Fact) -> str:
    """`今年以来` with the year it means, where the project tells: a reader next year must not have to guess."""
    year = (fact.period.start or fact.as_of.date)[:4]
    text = full_width(fact.period.text)
    return text.replace("今年", f"{year}年", 1) if year else text


def opening(fact: Fact) -> str:
    """How a sentence about facts of that time begins; empty where the source names no time."""
    text = full_width(fact.period.text)
    inferred = INFERRED if fact.period.inferred else ""
    if text.startswith("今年"):
        return f"{_this_year(fact)}，"
    if text == "截至目前":
        return f"{as_of_words(fact.as_of)}，"
    if _SINCE_YEAR.fullmatch(text):
        return f"{_since(fact)}{inferred}，"
    if text in _OPENINGS or _YEAR.fullmatch(text):
        return f"{text}，"
    return ""
