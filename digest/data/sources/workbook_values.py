"""What a workbook stores becomes a value (存储值): numbers, days counted from 1900 or 1904, texts with escapes."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from digest.data.sources.workbook_styles import FormatKind


class Words(NamedTuple):
    """The text of a cell; whether all of it is struck through, or a part."""

    text: str
    struck: bool = False
    partly: bool = False


class Texts(NamedTuple):
    """The texts that cells share, by number, and those of them where something is struck through."""

    texts: list[str]
    rich: dict[int, Words]

    def add(self, words: Words) -> None:
        """One more text."""
        if words.struck or words.partly:
            self.rich[len(self.texts)] = words
        self.texts.append(words.text)


def number_of(text: str) -> int | float | None:
    """The number that stands in a file as `text`, a whole one as int; None: it is none."""
    try:
        return int(text) if text.isdecimal() else whole(float(text))
    except ValueError:
        return None


def whole(number: float) -> int | float | None:
    """The same number, as int where it is whole and exact; None for what is not finite."""
    if number.is_integer():
        return int(number) if -_EXACT < number < _EXACT else number
    return number if isfinite(number) else None


def day_of(number: float, kind: FormatKind, *, from_1904: bool) -> date | datetime | time | None:
    """What a count of days says under a format of days or times; None: there is no such day.

    The system of 1900 knows a 29th of February 1900, and is a day behind before it. A time of day alone is a number
    below 1; where a format of times stands on more, it is a day with its time.
    """
    if not 0 <= number <= _LAST_DAY:
        return None
    days, part = divmod(round(number * _DAY), _DAY)
    if kind == "time" and not days:
        return (_EPOCH + timedelta(milliseconds=part)).time()
    if from_1904:
        start = _EPOCH_1904
    elif days == _NO_DAY or not days:
        return None
    else:
        start = _EPOCH if days > _NO_DAY else _EPOCH + timedelta(days=1)
    try:
        moment = start + timedelta(days=days, milliseconds=part)
    except OverflowError:
        return None
    return moment if part or kind != "date" else moment.date()


def text_of(text: str) -> str:
    """A text of a workbook with its escapes (`_x000D_`) and line ends as everybody has them."""
    if "_x" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unescaped(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return match[0] if _SURROGATES[0] <= number <= _SURROGATES[1] else chr(number)


_EXACT: Final = 2**53
_DAY: Final = 86_400_000  # thousandths of a second, to which the program itself rounds
_LAST_DAY: Final = 2_958_466  # 9999-12-31, with its time
_NO_DAY: Final = 60
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a day in a cell has no zone
_EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001  the same
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES: Final = (0xD800, 0xDFFF)
