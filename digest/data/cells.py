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
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial
from math import isfinite
from typing import TYPE_CHECKING, Final, Literal

from digest.data.answers import FLAGS, MISSING, Answer, Aside, Change, ChangeKind, Counted, Level, Missing, Parts
from digest.data.at_sight import (
    CHANGES_ACCEPTED,
    QUANTITIES,
    decimal,
    differs,
    in_brackets,
    no_number,
    refused_at_sight,
)
from digest.data.folding import fold
from digest.data.numbers import numbers_in
from digest.data.periods import date_format
from digest.data.plain_columns import plain_counts
from digest.data.quantity import SCALES, Quantity, han_value, parse_quantity, plain_quantity, words_at
from digest.data.refusal import Refusal
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    column = _column(unit)
    if column is not None and type(value) in _PLAIN_TYPES:
        match = _PLAIN.fullmatch(text)
        if match is not None:
            answer = _plainly(text, match[1], match[2], kind, column, value, number_format)
            if answer is not None:
                return answer
        elif not text and (value is None or type(value) is str):
            return Missing("blank", Aside(text))
    return read_closely(text, kind, unit=unit, value=value, number_format=number_format)


def read_column(
    texts: Sequence[str],
    values: Sequence[object],
    formats: Sequence[str],
    kind: CellKind = "quantity",
    *,
    unit: str = "",
) -> list[Answer | Refusal]:
    """What `read_cell` says of each cell of a column, told by what they show, what they store and their formats.

    Plain numbers are read all at once, and of texts that stand in it again and again each is read once.
    """
    read: list[Answer | Refusal | None] = [None] * len(texts)
    column = _column(unit)
    if kind == "quantity" and column is not None:
        strange = {form for form in set(formats) if form and _shows(form)}
        plainly = values
        if strange:  # under these nothing is a plain number
            plainly = [... if form in strange else value for value, form in zip(values, formats, strict=True)]
        for plain in plain_counts(texts, plainly, column.unit, column.scale):
            if len(plain.places) == len(texts):
                return list(plain.answers)
            for at, counted in zip(plain.places, plain.answers, strict=True):
                read[at] = counted
    one = partial(read_cell, kind=kind, unit=unit)
    again = lru_cache(_REMEMBERED)(one)
    return [
        answer
        if answer is not None
        else (again if value is None or type(value) is str else one)(text, value=value, number_format=form)
        for answer, text, value, form in zip(read, texts, values, formats, strict=True)
    ]


def read_closely(
    text: str, kind: CellKind = "quantity", *, unit: str = "", value: object = None, number_format: str = ""
) -> Answer | Refusal:
    """The same as `read_cell`, which does not ask it of plain numbers and blanks; it takes thirty times as long."""
    body, aside, strange = _without_marks(text)
    column = _column(unit)
    if column is None:
        return Refusal("D154", text, f"“{text}”所在列的单位“{unit}”看不懂", "万元、人次、%、个百分点", "请改正列的单位")
    refused = refused_at_sight(text, body, value, number_format) or (in_brackets(text, strange) if strange else None)
    if refused:
        return refused
    if body in MISSING:
        return Missing(MISSING[body], aside)
    stored = _stored(value) if isinstance(value, int | float) else None
    return (_change if kind == "change" else _quantity)(body, column, stored, aside)


# --- what is plain ------------------------------------------------------------------------------------


def _plainly(
    text: str, numeral: str, percent: str, kind: CellKind, column: Quantity, value: object, number_format: str
) -> Answer | Refusal | None:
    """What digits say in this column; None where one has to look closer."""
    shows = _shows(number_format) if number_format else ""
    if (percent and (column.scale or column.unit not in _PERCENT)) or shows == "date" or (shows and not percent):
        return None
    falls = kind == "change" and numeral[0] == "-"
    if falls:
        numeral = numeral[1:]
    aside: Aside = _new(Aside, (text, "", "", ()))
    if (
        value is not None
        and isinstance(value, int | float)
        and not _says(value, f"-{numeral}" if falls else numeral, percent)
    ):
        if not isfinite(value):
            return None
        stored = _stored(value)
        checked = _against_stored(plain_quantity(numeral, percent), column, -stored if falls else stored, aside)
        if isinstance(checked, Refusal):
            return checked
        aside = checked
    quantity = plain_quantity(numeral, percent or column.unit, column.scale)
    if kind == "quantity":
        return _new(Counted, (quantity, aside))
    return _of_a_kind(quantity, aside, falls=falls, basis="")


def _says(value: float, numeral: str, percent: str) -> bool:
    """Whether what is stored is all that is shown, digit by digit; False where that takes more than a look."""
    stored = str(value) if isinstance(value, int) else format(value, ".15g")
    if stored == numeral:
        return not percent
    if "e" in stored:
        return False
    if percent:
        whole, _, decimals = stored.partition(".")
        decimals = decimals.ljust(2, "0")
        stored = f"{whole}{decimals[:2]}.{decimals[2:]}".lstrip("0")
        numeral = numeral.lstrip("0")
    numeral = numeral.replace(",", "")
    return (numeral.rstrip("0").rstrip(".") if "." in numeral else numeral) == (
        stored.rstrip("0").rstrip(".") if "." in stored else stored
    )


def _stored(value: float) -> Fraction:
    """What is stored, to the fifteen digits that spreadsheet programs keep: 0.1 + 0.2 is 0.3."""
    return Fraction(value if isinstance(value, int) else format(value, ".15g"))


@lru_cache(256)
def _shows(number_format: str) -> str:
    """What a number format makes of a number: a date, a share, or nothing else."""
    return "date" if date_format(number_format) else "%" if "%" in number_format else ""


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
        return Refusal("D157", text, f"“{text}”是变化，这一列要的是数量", QUANTITIES, "变化请写入增减列")
    if _BRACKETED.fullmatch(body):
        return Refusal("D157", text, f"“{text}”不知是负数还是加注", QUANTITIES, "负数请写负号")
    return no_number(text)


def _parse(body: str, column: Quantity) -> Quantity | None:
    """The quantity written; None where it is none, has a + before it, or is a word like 一般."""
    try:
        written = parse_quantity(_common_numerals(body))
    except ValueError:
        return None
    known = not written.counted or written.counted in _same(column) or written.numeral[-1].isdigit()
    word = not known and not numbers_in(str(written))
    return None if written.numeral.startswith("+") or word else written


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
    converted = replace(written, value=value, numeral=decimal(value), scale=column.scale, at=at)
    return converted, _noted(aside, "D166", f"“{aside.text}”换算为列的单位：{converted}")


def _units_differ(text: str, column: Quantity) -> Refusal:
    unit = column.scale + column.unit
    return Refusal("D154", text, f"“{text}”与列的单位“{unit}”不一致", f"以“{unit}”为单位的数", "请改正单位，或另列一栏")


@lru_cache(256)
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
        return differs(aside.text, stored) if stored else Level(level["basis"] or "", aside)
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
        return Refusal("D156", text, f"“{text}”写了两次方向", CHANGES_ACCEPTED, "方向只写一次")
    return _no_change(text) if size.prefix or "/" in size.numeral or "分之" in size.numeral else size


def _of_a_kind(size: Quantity, aside: Aside, *, falls: bool, basis: str) -> Change | Refusal:
    text = aside.text
    if not size.counted:
        hint = "请写明单位，或在列名中写明"
        return Refusal("D155", text, f"“{text}”没有单位，不知是百分之几、百分点还是数量", CHANGES_ACCEPTED, hint)
    kind = CHANGES.get(size.counted.removeprefix("个"), "amount")
    if kind == "times" and falls:  # what falls by one time is nothing
        return _no_change(text)
    return Change(kind, falls, size, basis, aside)


def _no_change(text: str) -> Refusal:
    return Refusal("D150", text, f"“{text}”不是增减", CHANGES_ACCEPTED, "请写成一个带方向和单位的数")


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
    return aside._replace(notes=(*aside.notes, Finding(code, "note", message, value=aside.text)))


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
        return differs(aside.text, stored)
    return _noted(aside, "D168", f"“{aside.text}”是四舍五入后的显示，存的是{decimal(stored)}") if apart else aside


def _common_numerals(body: str) -> str:
    """Capital numerals (大写) at the head of a text as common ones: 贰佰 is 二百."""
    return _CAPITALS.sub(lambda match: match.group().translate(_COMMON), body)


# --- patterns --------------------------------------------------------------------------------------------

_PLAIN: Final = re.compile(r"(-?(?:[0-9]{1,30}|[0-9]{1,3}(?:,[0-9]{3}){1,9})(?:\.[0-9]{1,30})?)(%?)")
_PLAIN_TYPES: Final = frozenset((type(None), str, int, float, Decimal))
_new: Final = tuple.__new__  # a named tuple without a call of Python, for every cell of a table
_PERCENT: Final = ("", "%")
_REMEMBERED: Final = 1_000  # texts of a column
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
