"""What ledgers call their columns and what they call the state of an issue (台账用语), as tables.

推进整改 is not 完成整改: only words that say that something is over close an issue, and a colour alone says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.ledgers import CountName, State

Field = Literal[
    "problem", "number", "id", "origin", "unit", "owner", "remedy", "raised", "deadline", "closed", "progress",
    "state", "note",
]  # fmt: skip
FIELDS: Final[tuple[Field, ...]] = get_args(Field)

# The first title of each is what we call the column; where a table has two of one row, the earlier one is taken.
TITLES: Final[dict[Field, tuple[str, ...]]] = {
    "problem": (
        "问题", "问题描述", "存在问题", "存在的问题", "问题内容", "具体问题", "主要问题", "问题事项", "问题表现",
        "问题清单", "反映问题", "反映事项",
    ),
    "number": ("序号", "序"),
    "id": ("编号", "问题编号", "台账编号"),
    "origin": ("来源", "问题来源", "反映来源", "来源渠道"),
    "unit": (
        "责任单位", "整改责任单位", "牵头单位", "牵头责任单位", "责任单位及责任人", "责任部门", "牵头部门",
        "整改单位", "承办单位",
    ),
    "owner": ("责任人", "整改责任人", "负责人", "具体责任人"),
    "remedy": ("整改措施", "措施", "工作措施", "解决措施"),
    "raised": (
        "提出时间", "登记时间", "发现时间", "收集时间", "反映时间", "提出日期", "登记日期", "发现日期",
    ),
    "deadline": (
        "完成时限", "时限", "整改时限", "办理时限", "整改期限", "完成期限", "办理期限", "计划完成时间", "要求完成时间",
    ),
    "closed": (
        "销号时间", "办结时间", "实际完成时间", "整改完成时间", "销号日期", "办结日期",
    ),
    "progress": (
        "进展", "进展情况", "整改进展", "整改进展情况", "工作进展", "整改情况", "办理情况", "落实情况", "整改落实情况",
        "完成情况",
    ),
    "state": (
        "状态", "整改状态", "办理状态", "销号状态", "当前状态", "销号情况", "是否销号", "是否办结", "是否完成",
    ),
    "note": ("备注", "说明"),
}  # fmt: skip
EITHER: Final[dict[str, tuple[Field, Field]]] = {
    "完成时间": ("deadline", "closed"),
    "时间": ("raised", "deadline"),
}
"""Titles that may be one thing or another; who means which says so in `columns`."""

STATE_NAMES: Final[dict[State, str]] = {
    "closed": "已销号",
    "under_way": "整改中",
    "not_started": "未启动",
    "unknown": "未注明",
}
_STATES: Final[dict[State, tuple[str, ...]]] = {
    "closed": (
        "已销号", "销号", "已完成", "完成", "已办结", "办结", "已整改", "已完成整改", "完成整改", "整改完成",
        "已整改完成", "已整改到位", "整改到位", "已解决", "closed",
    ),
    "under_way": (
        "整改中", "正在整改", "推进中", "正在推进", "推进整改", "持续推进", "持续整改", "办理中", "正在办理", "进行中",
        "处理中", "under_way",
    ),
    "not_started": ("未启动", "未开始", "尚未启动", "尚未开始", "待启动", "not_started"),
    "unknown": (),
}  # fmt: skip
_STATE_OF: Final[dict[str, State]] = {word: state for state, words in _STATES.items() for word in words}
_COLORS: Final = re.compile("[红黄绿蓝橙](?:色|灯|牌)?")

COUNTS: Final[dict[CountName, str]] = {
    "opening": "期初",
    "new": "新增",
    "closed": "销号",
    "closing": "期末",
    "overdue": "逾期",
    "total": "合计",
}
# A number of the whole year (累计销号) or of what is not (未销号) is none of these.
_COUNT_WORDS: Final[dict[CountName, str]] = {
    "opening": "期初|上期末|上月末",
    "new": "新增",
    "closed": "销号|办结",
    "closing": "期末|本期末|本月末",
    "overdue": "逾期|超期",
    "total": "合计|总计|共计",
}
COUNTED: Final[tuple[tuple[CountName, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"(?<!累计)(?<![未应需待])(?:{words})[^\d，。；、（(]{{0,6}}?(\d+)(?![\d.%％年月日])"))
    for name, words in _COUNT_WORDS.items()
)


def plain_title(value: object) -> str:
    """A title without blanks, line ends and what stands in brackets behind it: `整改 时限（月底前）` is 整改时限."""
    return re.sub(r"[（(][^（）()]*[）)]$", "", re.sub(r"[\s\u200b\ufeff*＊]", "", str(value or "")))


def field_of(title: str, own: Mapping[str, Field]) -> Field | None:
    """The field a column holds, by the words of the project (`own`), else by usual names; None: nobody knows it."""
    plain = plain_title(title)
    return own.get(plain) or _FIELD_OF.get(plain)


def state_of(word: str, own: Mapping[str, State], *, question: bool = False) -> State:
    """The state that a word says; `question` where the column asks 是否销号. Unknown words say none, nor do colours."""
    plain = _DECORATION.sub("", word)
    if plain in own:
        return own[plain]
    if question and plain == "是":
        return "closed"
    return _STATE_OF.get(plain, "unknown")


def is_color(word: str) -> bool:
    """Whether somebody wrote a colour where a state belongs: 红, 绿灯."""
    return bool(_COLORS.fullmatch(_DECORATION.sub("", word)))


_FIELD_OF: Final[dict[str, Field]] = {title: name for name, titles in TITLES.items() for title in titles}
_DECORATION: Final = re.compile(r"[\s\u200b\ufeff●◐○▲◇□■√✓。；;，,]")
