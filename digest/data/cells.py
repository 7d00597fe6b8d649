"""One cell of a table of figures, as offices fill it (单元格): what it says, or why it is not read.

For the reader of tables: it hands over the text as displayed, the unit of the column, and where it has them the stored
value and the number format of the workbook. Quantities themselves are read in `quantity.py`, times in `periods.py`;
here is what only tables have: blanks that mean something, changes with arrows, footnote marks, numbers in the unit of
the column. Nothing is guessed: every text is an answer or a `Refusal`, and what was converted says so.

Codes: D150 no number, D151 同上, D152 letters for digits, D153 a date, D154 units that do not go together, D155 a
change of nobody knows what, D156 a direction told twice, D157 a change where a quantity belongs, D158 words in
brackets, D159 display and stored value differ. Notes: D166 converted, D167 brackets read as minus, D168 rounded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, time
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal

from digest.data.answers import FLAGS, MISSING, Answer, Aside, Change, ChangeKind, Counted, Level, Missing, Parts
from digest.data.folding import fold
from digest.data.numbers import numbers_in
from digest.data.periods import date_format
from digest.data.quantity import SCALES, Quantity, han_value, parse_quantity, words_at
from digest.data.refusal import Refusal
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

CellKind = Literal["quantity", "change"]

UP: Final = ("增长", "上升", "增加", "提高", "上涨", "提升", "扩大", "升", "增", "涨", "↑", "+")
DOWN: Final = ("下降", "减少", "降低", "下跌", "回落", "缩小", "降", "减", "跌", "↓", "-")
CHANGES: Final[dict[str, ChangeKind]] = {"%": "percent", "百分点": "points", "倍": "times"}


def read_cell(
    text: str, kind: CellKind = "quantity", *, unit: str = "", value: object = None, number_format: str = ""
) -> Answer | Refusal:
    """What a cell says that is displayed as `text`, in a column of quantities or of changes.

    `unit` is the unit of the column (万元, 人次, %; empty: each cell names its own), `value` what the workbook stores
    (None: nobody knows), `number_format` its format. A quantity in another scale of the column's unit is converted and
    a note says so; another unit is refused, 人 and 人次 too. No text raises anything.
    """
    body, aside, strange = _without_marks(text)
    column = _column(unit)
    if column is None:
        return Refusal("D154", text, f"“{text}”所在列的单位“{unit}”看不懂", "万元、人次、%、个百分点", "请改正列的单位")
    refused = _refused_at_sight(text, body, value, number_format) or (_in_brackets(text, strange) if strange else None)
    if refused:
        return refused
    if body in MISSING:
        return Missing(MISSING[body], aside)
    stored = Fraction(str(value)) if isinstance(value, int | float) else None
    return (_change if kind == "change" else _quantity)(body, column, stored, aside)


# --- a quantity ---------------------------------------------------------------------------------------


def _quantity(body: str, column: Quantity, stored: Fraction | None, aside: Aside) -> Answer | Refusal:
    text = aside.text
    bracketed = _BRACKETED.fullmatch(body)
    if bracketed and stored is not None and stored < 0:
        body = f"-{bracketed['inside']}{bracketed['unit']}"
        aside = _noted(aside, "D167", f"“{text}”按负数读")
    written = _parse(body, column)
    if written is None:
        return _not_a_quantity(body, text)
    checked = _against_stored(written, column, stored, aside)
    if isinstance(checked, Refusal):
        return checked
    if "/" in written.numeral or "分之" in written.numeral:
        return _parts(written, column, checked)
    settled = _in_column(written, column, checked)
    return settled if isinstance(settled, Refusal) else Counted(*settled)


def _not_a_quantity(body: str, text: str) -> Refusal:
    if body.startswith("+") or _CHANGED.fullmatch(body) or body.endswith("持平"):
        return Refusal("D157", text, f"“{text}”是变化，这一列要的是数量", _QUANTITIES, "变化请写入增减列")
    if _BRACKETED.fullmatch(body):
        return Refusal("D157", text, f"“{text}”不知是负数还是加注", _QUANTITIES, "负数请写负号")
    return _no_number(text)


def _parse(body: str, column: Quantity) -> Quantity | None:
    """The quantity written; None where it is none, has a + before it, or is a word like 一般."""
    try:
        written = parse_quantity(_common_numerals(body))
    except ValueError:
        return None
    if written.unit in words_at("end"):  # 100以上: no unit stands before the qualifier
        return None if written.qualifier else replace(written, qualifier=written.unit, at="end")
    word = (
        not written.numeral[-1].isdigit() and written.unit not in {"", *_same(column)} and not numbers_in(str(written))
    )
    mark = written.unit and unicodedata.category(written.unit[0]) == "No"  # ¹ and ① are letters to a pattern
    return None if written.numeral.startswith("+") or word or mark else written


def _parts(written: Quantity, column: Quantity, aside: Aside) -> Parts | Refusal:
    if "/" in written.numeral:
        part, whole = (int(side) for side in written.numeral.lstrip("+-").split("/"))
    else:
        whole, part = (han_value(side) or 0 for side in written.numeral.split("分之"))
    foreign = written.unit and column.unit and written.counted not in _same(column)
    if column.scale or written.scale or foreign:
        return _units_differ(aside.text, column)
    return Parts(part, whole, written, aside)


def _in_column(written: Quantity, column: Quantity, aside: Aside) -> tuple[Quantity, Aside] | Refusal:
    """The quantity in the column's unit and scale; a bare number takes both, one with a scale takes the unit."""
    if not column.unit and not column.scale:
        return written, aside
    if not written.unit or written.unit == written.qualifier:
        unit = column.unit + written.unit
        bare = replace(written, unit=unit) if written.scale else replace(written, unit=unit, scale=column.scale)
        return _rescaled(bare, column, aside)
    return _rescaled(written, column, aside) if written.counted in _same(column) else _units_differ(aside.text, column)


def _rescaled(written: Quantity, column: Quantity, aside: Aside) -> tuple[Quantity, Aside]:
    """In the column's scale where it has one; 1.3万 in a column of 人 stays as it was written."""
    if not column.scale or written.scale == column.scale:
        return written, aside
    value = written.amount / SCALES[column.scale]
    at = "after" if written.at == "inner" else written.at
    converted = replace(written, value=value, numeral=_decimal(value), scale=column.scale, at=at)
    return converted, _noted(aside, "D166", f"“{aside.text}”换算为列的单位：{converted}")


def _units_differ(text: str, column: Quantity) -> Refusal:
    unit = column.scale + column.unit
    return Refusal("D154", text, f"“{text}”与列的单位“{unit}”不一致", f"以“{unit}”为单位的数", "请改正单位，或另列一栏")


def _column(unit: str) -> Quantity | None:
    """One of the column's unit; None where that is no unit."""
    try:
        one = parse_quantity(fold(f"1{unit}"))
    except ValueError:
        return None
    return one if one.numeral == "1" and one.exact else None


def _same(column: Quantity) -> tuple[str, ...]:
    """What a cell may call the column's unit: 百分点 is 个百分点."""
    return ("百分点", "个百分点") if column.unit.removeprefix("个") == "百分点" else (column.unit,)


# --- a change -----------------------------------------------------------------------------------------


def _change(body: str, column: Quantity, stored: Fraction | None, aside: Aside) -> Answer | Refusal:
    level = _LEVEL.fullmatch(body)
    if level:
        return _differs(aside.text, stored) if stored else Level(level["basis"] or "", aside)
    bracketed = _BRACKETED.fullmatch(body)
    if bracketed:
        aside = _noted(aside, "D167", f"“{aside.text}”按下降读")
        body = f"-{bracketed['inside']}{bracketed['unit']}"
    part = _PARTS_OF_CHANGE.fullmatch(body)
    size = _size(part, column, aside.text)
    if part is None or isinstance(size, Refusal):
        return size if isinstance(size, Refusal) else _no_change(aside.text)
    falls = (part["front"] or part["back"]) in DOWN
    checked = _against_stored(size, column, -stored if falls and stored is not None else stored, aside)
    settled = checked if isinstance(checked, Refusal) else _in_column(size, column, checked)
    return settled if isinstance(settled, Refusal) else _of_a_kind(*settled, falls=falls, basis=part["basis"] or "")


def _size(part: re.Match[str] | None, column: Quantity, text: str) -> Quantity | Refusal:
    """By how much, as it was written; a share of something (1/10) is no size."""
    size = _parse(part["size"], column) if part else None
    if part is None or (size is None and not _CHANGED.fullmatch(part["size"])):
        return _no_change(text)
    if size is None or (part["front"] and part["back"]) or size.numeral[0] in "+-":
        return Refusal("D156", text, f"“{text}”写了两次方向", _CHANGES, "方向只写一次")
    return _no_change(text) if size.prefix or "/" in size.numeral or "分之" in size.numeral else size


def _of_a_kind(size: Quantity, aside: Aside, *, falls: bool, basis: str) -> Change | Refusal:
    text = aside.text
    if not size.counted:
        hint = "请写明单位，或在列名中写明"
        return Refusal("D155", text, f"“{text}”没有单位，不知是百分之几、百分点还是数量", _CHANGES, hint)
    kind = CHANGES.get(size.counted.removeprefix("个"), "amount")
    if kind == "times" and falls:  # what falls by one time is nothing
        return _no_change(text)
    return Change(kind, falls, size, basis, aside)


def _no_change(text: str) -> Refusal:
    return Refusal("D150", text, f"“{text}”不是增减", _CHANGES, "请写成一个带方向和单位的数")


# --- what stands beside a number ----------------------------------------------------------------------


def _without_marks(text: str) -> tuple[str, Aside, str]:
    """The text without marks and flag, these, and what else stands in brackets behind a number."""
    body, marks, flag = fold(text), "", ""
    while True:
        match = _MARKS.fullmatch(body) or _FLAG.fullmatch(body)
        if match is None:
            break
        part = match.groupdict()
        if part.get("flag") and flag:
            break
        body, marks, flag = part["body"].rstrip(), part.get("marks", "") + marks, part.get("flag", flag)
    strange = _IN_BRACKETS.fullmatch(body)
    return body, Aside(text, marks, flag), strange["inside"] if strange else ""


def _noted(aside: Aside, code: str, message: str) -> Aside:
    return replace(aside, notes=(*aside.notes, Finding(code, "note", message, value=aside.text)))


def _against_stored(written: Quantity, column: Quantity, stored: Fraction | None, aside: Aside) -> Aside | Refusal:
    """A note where the display rounds what is stored, a refusal where it says something else.

    A format may show 0.485 as 48.5%, and 12345 as 1.2 in a column of 万元.
    """
    if stored is None:
        return aside
    _, _, decimals = written.numeral.partition(".")
    step = Fraction(SCALES[written.scale], 10 ** len(decimals))
    meant = [stored, stored * 100 if written.counted == "%" else stored, stored / SCALES[column.scale]]
    apart = min(abs(written.amount - number) for number in meant)
    if apart > step / 2 or "/" in written.numeral:
        return _differs(aside.text, stored)
    return _noted(aside, "D168", f"“{aside.text}”是四舍五入后的显示，存的是{_decimal(stored)}") if apart else aside


def _differs(text: str, stored: object) -> Refusal:
    shown = _decimal(stored) if isinstance(stored, Fraction) else str(stored)
    hint = "请核对单元格格式，或把格式设为文本后重新填写"
    return Refusal("D159", text, f"显示的是“{text}”，存的是{shown}", "显示与存的一致的数", hint)


def _decimal(number: Fraction) -> str:
    """As a decimal where it ends, as n/m where it does not."""
    whole = number
    for places in range(_MOST_PLACES):
        if whole.denominator == 1:
            digits = str(abs(whole.numerator)).rjust(places + 1, "0")
            sign = "-" if number < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
        whole *= 10
    return str(number)


def _common_numerals(body: str) -> str:
    """Capital numerals (大写) at the head of a text as common ones: 贰佰 is 二百."""
    return _CAPITALS.sub(lambda match: match.group().translate(_COMMON), body)


# --- what is refused at sight -------------------------------------------------------------------------


def _refused_at_sight(text: str, body: str, value: object, number_format: str) -> Refusal | None:
    """What needs no look at the column."""
    displayed_date = date_format(number_format) and body not in MISSING
    if isinstance(value, date | time) or displayed_date or _DATE.fullmatch(body):
        return _a_date(text)
    if isinstance(value, bool) or (isinstance(value, float) and not isfinite(value)):
        return _no_number(text)
    if isinstance(value, int | float) and (body in MISSING or ("%" in number_format and "%" not in body)):
        return _differs(text, value)
    if not body and text.strip():
        return _no_number(text)
    return next((refuse(text) for pattern, refuse in _OUTRIGHT if pattern.search(body)), None)


def _in_brackets(text: str, strange: str) -> Refusal:
    return Refusal("D158", text, f"“{text}”的括号里是“{strange}”，不知何意", "、".join(FLAGS), "其他说明请写入备注列")


def _a_date(text: str) -> Refusal:
    day = _MONTH_AND_DAY.fullmatch(fold(text))
    hint = "请把单元格格式设为文本后重新填写"
    if day:
        hint += f"；原来写的是{day[1]}/{day[2]}吗？"
    return Refusal("D153", text, f"“{text}”是日期，这里要的是数", f"{_QUANTITIES}、95/196", hint)


def _ditto(text: str) -> Refusal:
    return Refusal("D151", text, f"“{text}”没有写出数", _QUANTITIES, "请把上面的数照写一遍")


def _letters(text: str) -> Refusal:
    hint = "请改用键盘上的数字0、1；字母单位请写中文"
    return Refusal("D152", text, f"“{text}”中有形似数字的字母或圆圈", _QUANTITIES, hint)


def _no_number(text: str) -> Refusal:
    return Refusal("D150", text, f"“{text}”不是数", f"{_QUANTITIES}、95/196、—", "请只写一个数，说明写入备注列")


_OUTRIGHT: Final[tuple[tuple[re.Pattern[str], Callable[[str], Refusal]], ...]] = (
    (re.compile("^[百千万亿]+$"), _no_number),  # a unit that lost its number
    (re.compile("^(?:同[上前左]|〃|″|\"|''|″)$"), _ditto),
    (re.compile("(?<=[0-9.,])[OoIlｏＯｌＩ○〇]|[OoIlｏＯｌＩ○〇](?=[0-9.,])|^[OoIlｏＯｌＩ○]+$"), _letters),
)
_DATE: Final = re.compile(
    "[0-9]{1,2}月(?:份|[0-9]{1,2}[日号])?"
    "|[0-9]{4}([-/年])[0-9]{1,2}(?:月|[-/月][0-9]{1,2}日?)?(?:T?[0-9]{1,2}:[0-9:.]+)?"
    "|[0-9]{4}-[0-9]{2}-[0-9]{2} .*|[0-9]{1,2}-[A-Za-z]{3}(?:-[0-9]{2,4})?|[A-Za-z]{3}-[0-9]{2}"
)
_MONTH_AND_DAY: Final = re.compile("(?:[0-9]{4}[-/年])?([0-9]{1,2})[-/月]([0-9]{1,2})日?(?: .*)?")
_MARKS: Final = re.compile(r"(?P<body>.*?)(?P<marks>[*＊†‡#\u2460-\u2473]+|\[[0-9]{1,2}\]|注[0-9]{0,2})", re.DOTALL)
_FLAG: Final = re.compile(rf"(?P<body>.+?)[（(](?P<flag>(?:{'|'.join(FLAGS)})数?)[）)]", re.DOTALL)
_IN_BRACKETS: Final = re.compile("[^（(]*[0-9%％万亿][（(](?P<inside>[^（()）]*)[）)]")
_BRACKETED: Final = re.compile("[（(](?P<inside>[0-9][^（()）]*)[）)](?P<unit>[%％]?)")
_FRONT: Final = "|".join(re.escape(word) for word in (*UP, *DOWN))
_BASIS: Final = "(?P<basis>同比|环比)?"
_PARTS_OF_CHANGE: Final = re.compile(rf"{_BASIS}(?:(?P<front>{_FRONT})了?)?(?P<size>.+?)(?P<back>[↑↓])?", re.DOTALL)
_CHANGED: Final = re.compile(rf"(?:同比|环比)?(?:{_FRONT}).+|.+[↑↓]", re.DOTALL)
_LEVEL: Final = re.compile(f"(?:与?(?:上年|去年|上月)同?期?)?{_BASIS}(?:基本)?持平")
_CAPITALS: Final = re.compile(
    rf"\A(?:{'|'.join(words_at('front'))})?[零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]+"
)
_COMMON: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_MOST_PLACES: Final = 40
_QUANTITIES: Final = "1234、1.3万、2700余、近5亿元"
_CHANGES: Final = "增长5.3%、下降2个百分点、↑5.3%、-5.3%、持平"
