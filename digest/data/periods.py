"""Times as tables have them (期间): 202312, 四季度, 1—11月, 23.12.22, 截至11月底, 45261 in a format of dates.

`period.py` knows the one period a digest is about; here a cell of a table is read, where programs have been at work:
2023.10 may have become 2023.1, and a month the number 45261. What can mean two things is refused. For the reader of
tables, which keeps cells as they are displayed; nothing here opens a file.

Codes: D160 no period, D161 no year, D162 2023.1, D163 no such day, month or span, D164 a number that may be a date,
D165 a time that nobody named (目前).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from digest.data.folding import fold
from digest.data.model import AsOf, Span
from digest.data.quantity import han_value
from digest.data.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable


def read_period(text: str, *, year: int | None = None, number_format: str = "") -> Span | AsOf | Refusal:
    """The time that a cell names: a span of days, months or years, an as-of (截至11月底), or why it is not read.

    Start and end are ISO texts of one length (`2023`, `2023-12`, `2023-12-22`); `text` keeps what was written. `year`
    is what the title of the table says, taken only where the cell names none. `number_format` is the cell's, as the
    workbook has it; empty where nobody knows it. Serial numbers are days since 1899-12-30 (the 1900 system). The as-of
    of 11月底 is the month: on which day somebody counted was not said.
    """
    plain = fold(text)
    if date_format(number_format) and _SERIAL.fullmatch(plain):
        return _of_serial(text, int(plain), year, number_format)
    plain = _as_displayed(plain, number_format)
    if _NAMELESS.fullmatch(plain):
        return Refusal("D165", text, f"“{text}”没有说明是哪一天", _ACCEPTED, "请写明日期")
    as_of = _AS_OF.fullmatch(plain)
    if as_of and (as_of["front"] or as_of["end"]):
        span = _span(text, as_of["time"], year, number_format)
        if isinstance(span, Refusal):
            return span
        if span.start != span.end or (as_of["end"] and "-" in span.start[len("2023-") :]):
            return _no_period(text)
        return AsOf(span.start, text)
    return _span(text, plain, year, number_format)


def date_format(number_format: str) -> str:
    """What a number format of a workbook shows of a date: of `y`, `m` and `d` those that are in it; empty: no date."""
    plain = _LITERAL.sub("", number_format).lower().partition(";")[0]
    if plain == "general":
        return ""
    shown = "".join(letter for letter in "ymd" if letter in plain.replace("e", "y" if "0" not in plain else ""))
    return "" if shown == "m" and set(plain) & set("hs:") else shown


def _of_serial(text: str, serial: int, year: int | None, number_format: str) -> Span | Refusal:
    shown = date_format(number_format)
    if not _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return Refusal("D163", text, f"没有“{text}”这样的日期序号", _ACCEPTED, "请按显示的日期重新填写")
    day = _EPOCH + timedelta(days=serial)
    if "y" not in shown and year != day.year:  # the program put in the year of the day on which it was typed
        return Refusal("D161", text, f"“{text}”按格式不显示年份，年份是程序补上的", _ACCEPTED, "请把年份一起写出来")
    length = len("2023-12-22") if "d" in shown else len("2023-12") if "m" in shown else len("2023")
    iso = day.isoformat()[:length]
    return Span(iso, iso, text)


def _as_displayed(plain: str, number_format: str) -> str:
    """2023.1 under 0.00 is displayed as 2023.10, and that is what somebody typed."""
    return f"{plain}0" if number_format == "0.00" and _ONE_DECIMAL.fullmatch(plain) else plain


def _span(text: str, plain: str, year: int | None, number_format: str) -> Span | Refusal:
    if number_format != "@" and _TENTH.fullmatch(plain):
        hint = "请写成 2023年1月 或 2023年10月"
        return Refusal("D162", text, f"“{text}”无法确定：{plain}是1月还是10月？", _ACCEPTED, hint)
    if _FIVE_DIGITS.fullmatch(plain):
        hint = "若是日期，请把单元格格式设为日期或文本后重新填写"
        return Refusal("D164", text, f"“{text}”像是表格程序里的日期序号，格式却不是日期", _ACCEPTED, hint)
    for pattern, build in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            return _built(text, match, build, year)
    return _no_period(text)


def _built(
    text: str, match: re.Match[str], build: Callable[[int, list[int]], Span], year: int | None
) -> Span | Refusal:
    part = match.groupdict()
    own = part.pop("year", None)
    numbers = [_number(value) for value in part.values() if value is not None]
    stated = _year(own) if own else year
    if stated is None:
        return Refusal("D161", text, f"“{text}”没有写年份", _ACCEPTED, "请写明年份，或在表题中写明")
    try:
        return replace(build(stated, numbers), text=text)
    except ValueError:
        return Refusal("D163", text, f"没有“{text}”这样的日期或期间", _ACCEPTED, "请核对年、月、日")


def _no_period(text: str) -> Refusal:
    return Refusal("D160", text, f"“{text}”不是日期或期间", _ACCEPTED, "请写成一个日期、月份、季度或起止月份")


def _number(written: str) -> int:
    """Arabic or Han digits as a number; -1, which no month is, for Han numerals that say none."""
    if written.isascii():
        return int(written)
    value = han_value(written)
    return -1 if value is None else value


def _year(written: str) -> int:
    """Two digits are a year of this century; the names of later ones (98年) no form has."""
    number = _number(written)
    return _CENTURY + number if written.isascii() and len(written) == len("23") else number


# --- what each form says ------------------------------------------------------------------------------


def _whole_year(year: int, _: list[int]) -> Span:
    iso = date(year, 1, 1).isoformat()[:4]
    return Span(iso, iso)


def _months(year: int, numbers: list[int]) -> Span:
    """One month, or from the first to the last; ValueError where there is no such month or it runs backwards."""
    first, last = (date(year, month, 1).isoformat()[:7] for month in (numbers[0], numbers[-1]))
    if first > last or (len(numbers) > 1 and first == last):
        raise ValueError
    return Span(first, last)


def _quarter(year: int, numbers: list[int]) -> Span:
    return _months(year, [3 * numbers[0] - 2, 3 * numbers[0]])


def _quarters_until(year: int, numbers: list[int]) -> Span:
    return _months(year, [1, 3 * numbers[0]])


def _first_half(year: int, _: list[int]) -> Span:
    return _months(year, [1, 6])


def _second_half(year: int, _: list[int]) -> Span:
    return _months(year, [7, 12])


def _day(year: int, numbers: list[int]) -> Span:
    month, day = numbers
    if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError
    iso = date(year, month, day).isoformat()
    return Span(iso, iso)


_N: Final = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_WITH_YEAR: Final = r"(?:(?P<year>[0-9]{4}|[0-6][0-9]|[〇○零一二三四五六七八九]{4})年)"
_YEAR: Final = r"(?:(?P<year>[0-9]{4}|[0-6][0-9](?=年)|[〇○零一二三四五六七八九]{4}(?=年))(?:年|[-.](?=[Qq])|(?=[Qq])))"
_TO: Final = "[-–—－~～至到]"
_QUARTER: Final = "(?P<one>[1-4一二三四])"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[int, list[int]], Span]], ...]] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(?P<year>[0-9]{4})(?:年度?|年?全年)?|全年", _whole_year),
        (rf"{_WITH_YEAR}(?:度|全年)?", _whole_year),
        (rf"{_WITH_YEAR}?(?P<one>{_N})月份?", _months),
        (r"(?P<year>[0-9]{4})[-./](?P<one>[0-9]{1,2})", _months),
        (r"(?P<year>[0-9]{4})(?P<one>[0-9]{2})", _months),
        (rf"{_WITH_YEAR}?(?P<one>{_N})月?{_TO}(?P<two>{_N})月份?", _months),
        (rf"{_YEAR}?(?:[Qq]{_QUARTER.replace('一二三四', '')}|第?{_QUARTER.replace('one', 'two')}季度)", _quarter),
        (rf"{_WITH_YEAR}?前(?P<one>[二三23])个?季度", _quarters_until),
        (rf"{_WITH_YEAR}?上半年", _first_half),
        (rf"{_WITH_YEAR}?下半年", _second_half),
        (rf"{_WITH_YEAR}?(?P<one>{_N})月(?P<two>{_N}|[二三]十[一二三四五六七八九]?)[日号]", _day),
        (r"(?P<year>[0-9]{4})([-./])(?P<one>[0-9]{1,2})\2(?P<two>[0-9]{1,2})", _day),
        (r"(?P<year>[0-9]{4})(?P<one>[0-9]{2})(?P<two>[0-9]{2})", _day),
        (
            r"(?P<year>[0-6][0-9])\.(?P<one>[0-9]{1,2})\.(?P<two>[0-9]{1,2})",
            _day,
        ),  # with / or - others put the day first
    )
)
_AS_OF: Final = re.compile(r"(?P<front>(?:数据)?截[至止]到?)?(?P<time>.*?)(?P<end>[底末])?", re.DOTALL)
_NAMELESS: Final = re.compile(
    r"(?:截[至止]到?)?(?:目前|今天|今日|当前|现在|本月|上月|今年|去年|明年|本季度|月底|年底|年末)"
)
_SERIAL: Final = re.compile("[0-9]{1,7}")
_FIVE_DIGITS: Final = re.compile("[0-9]{5}")
_ONE_DECIMAL: Final = re.compile(r"[0-9]{4}\.[0-9]")
_TENTH: Final = re.compile(r"[0-9]{4}\.1")
_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 61  # before it the program counts 29 February 1900, a day that never was
_LAST_SERIAL: Final = 2_958_465  # 9999-12-31
_CENTURY: Final = 2000
_MONTHS: Final = 12
_ACCEPTED: Final = "2023年12月、202312、2023-12、2023年四季度、2023年1—11月、2023年12月22日、截至2023年11月底"
