"""What of a cell is refused before anybody asks what column it stands in (一望即拒): dates, 同上, O for 0; and words
that refusals of cells share.

Codes as in `cells.py`: D150 to D153, D158, D159.
"""

from __future__ import annotations

import re
from datetime import date, time
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Final

from digest.data.answers import FLAGS, MISSING
from digest.data.folding import fold
from digest.data.periods import date_format
from digest.data.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

QUANTITIES: Final = "1234、1.3万、2700余、近5亿元"
CHANGES_ACCEPTED: Final = "增长5.3%、下降2个百分点、↑5.3%、-5.3%、持平"


def refused_at_sight(text: str, body: str, value: object, number_format: str) -> Refusal | None:
    """What needs no look at the column."""
    displayed_date = date_format(number_format) and body not in MISSING
    if isinstance(value, date | time) or displayed_date or _DATE.fullmatch(body):
        return _a_date(text)
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        return no_number(text)
    if isinstance(value, int | float) and (body in MISSING or ("%" in number_format and "%" not in body)):
        return differs(text, value)
    if not body and text.strip():
        return no_number(text)
    return next((refuse(text) for pattern, refuse in _OUTRIGHT if pattern.search(body)), None)


def in_brackets(text: str, strange: str) -> Refusal:
    """For 123（含外省）."""
    return Refusal("D158", text, f"“{text}”的括号里是“{strange}”，不知何意", "、".join(FLAGS), "其他说明请写入备注列")


def _a_date(text: str) -> Refusal:
    day = _MONTH_AND_DAY.fullmatch(fold(text))
    hint = "请把单元格格式设为文本后重新填写"
    if day:
        hint += f"；原来写的是{int(day[1])}/{int(day[2])}吗？"
    return Refusal("D153", text, f"“{text}”是日期，这里要的是数", f"{QUANTITIES}、95/196", hint)


def _ditto(text: str) -> Refusal:
    return Refusal("D151", text, f"“{text}”没有写出数", QUANTITIES, "请把上面的数照写一遍")


def _letters(text: str) -> Refusal:
    hint = "请改用键盘上的数字0、1；字母单位请写中文"
    return Refusal("D152", text, f"“{text}”中有形似数字的字母或圆圈", QUANTITIES, hint)


def no_number(text: str) -> Refusal:
    """For 若干."""
    return Refusal("D150", text, f"“{text}”不是数", f"{QUANTITIES}、95/196、—", "请只写一个数，说明写入备注列")


def differs(text: str, stored: object) -> Refusal:
    """For 12 that is stored as 12345."""
    shown = decimal(stored) if isinstance(stored, Fraction) else str(stored)
    hint = "请核对单元格格式，或把格式设为文本后重新填写"
    return Refusal("D159", text, f"显示的是“{text}”，存的是{shown}", "显示与存的一致的数", hint)


def decimal(number: Fraction) -> str:
    """As a decimal where it ends, as n/m where it does not."""
    whole = number
    for places in range(_MOST_PLACES):
        if whole.denominator == 1:
            digits = str(abs(whole.numerator)).rjust(places + 1, "0")
            sign = "-" if number < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
        whole *= 10
    return str(number)


_OUTRIGHT: Final[tuple[tuple[re.Pattern[str], Callable[[str], Refusal]], ...]] = (
    (re.compile("^(?:同[上前左]|〃|″|\"|''|″)$"), _ditto),
    (re.compile("(?<=[0-9.,])[OoIlｏＯｌＩ○〇]|[OoIlｏＯｌＩ○〇](?=[0-9.,])|^[OoIlｏＯｌＩ○]+$"), _letters),
)
_DATE: Final = re.compile(
    "[0-9]{1,2}月(?:份|[0-9]{1,2}[日号])?"
    "|[0-9]{4}([-/年])[0-9]{1,2}(?:月|[-/月][0-9]{1,2}日?)?(?:T?[0-9]{1,2}:[0-9:.]+)?"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2} .*|[0-9]{1,2}-[A-Za-z]{3}(?:-[0-9]{2,4})?|[A-Za-z]{3}-[0-9]{2}"
)
_MONTH_AND_DAY: Final = re.compile("(?:[0-9]{4}[-/年])?([0-9]{1,2})[-/月]([0-9]{1,2})日?(?: .*)?")
_MOST_PLACES: Final = 40
