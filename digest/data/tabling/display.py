"""What a cell shows of what it stores (显示), for the number formats of offices: 0.485 under 0.0% is 48.5%.

A text of a person is not touched. Halves are rounded up, as spreadsheet programs do.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from digest.data.periods import date_format

if TYPE_CHECKING:
    from collections.abc import Sequence


def displayed(value: object, number_format: str = "") -> str:
    """The text that is shown for `value`; of a format that is not known (see `knows`), the plain value."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, _NUMBERS):
        quick = _quickly(value, number_format)
        if quick:
            return quick
        number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
        plain = number_format in _PLAIN or not number.is_finite()
        return _decimal(number) if plain else _shown_number(number, number_format)
    if isinstance(value, date | time):
        return _shown_date(value, number_format)
    return "" if value is None else str(value)


def displayed_alike(values: Sequence[object], number_format: str = "") -> list[str]:
    """The same of many values under one format; numbers that show all of their digits are told together."""
    kinds = set(map(type, values))
    plain = number_format in _PLAIN
    if plain and kinds <= {int, str}:
        return list(map(str, values))
    texts = None
    if values and kinds <= {int, float}:
        numbers = cast("Sequence[float]", values)
        texts = _all_digits(numbers) if plain else _all_places(numbers, number_format)
    return texts or [displayed(value, number_format) for value in values]


def _all_digits(values: Sequence[float]) -> list[str] | None:
    """Numbers as they are stored; None where one of them has an exponent or is none."""
    texts = [str(value) if type(value) is int else format(value, ".15g") for value in values]
    return texts if _STRANGE.isdisjoint("".join(texts)) else None


def _all_places(values: Sequence[float], number_format: str) -> list[str] | None:
    """Numbers under a format of digits alone; None of any other. What is rounded or negative is told one by one."""
    places = _places(number_format)
    if places is None:
        return None
    decimals, grouped = places
    written = f"{',' if grouped else ''}.{decimals}f"
    try:
        texts = [format(value, written) for value in values]
    except OverflowError:  # a whole number beyond what a float reaches
        return None
    read = map(float, "\n".join(texts).replace(",", "").split("\n"))
    return [
        text if number == value and len(text) <= _EXACT and text[0].isdecimal() else displayed(value, number_format)
        for text, number, value in zip(texts, read, values, strict=True)
    ]


def _quickly(value: float | Decimal, number_format: str) -> str:
    """The text of a number that shows all of its digits under a format of digits alone; empty for any other."""
    text = format(value, ".15g") if isinstance(value, float) else str(value)
    if number_format in _PLAIN or not text[-1].isdecimal() or text[0] == "-" or "e" in text or "E" in text:
        return text if number_format in _PLAIN and text[-1].isdecimal() and "e" not in text and "E" not in text else ""
    places = _places(number_format)
    if places is None:
        return ""
    decimals, grouped = places
    whole, _, rest = text.partition(".")
    if len(rest) > decimals:
        return ""
    whole = f"{int(whole):,}" if grouped else whole
    return f"{whole}.{rest:0<{decimals}}" if decimals else whole


@lru_cache(256)
def _places(number_format: str) -> tuple[int, bool] | None:
    """Decimals and grouping of a format like 0.00 and #,##0; None of any other."""
    sections = None if _is_date(number_format) else _sections(number_format)
    if sections is None or len(sections) > 2:  # noqa: PLR2004  a third is for nought
        return None
    first = sections[0]
    plain = first._replace(decimals=0, grouped=False, mask="0")
    same = plain == Section("", "0", 0, 0, grouped=False, thousands=0, share=False, after="")
    return (first.decimals, first.grouped) if same and first.mask.strip("#") == "0" else None


def knows(number_format: str) -> bool:
    """Whether a number under this format is shown here as a spreadsheet program shows it."""
    return number_format in _PLAIN or bool(_is_date(number_format)) or _sections(number_format) is not None


# --- numbers ------------------------------------------------------------------------------------------


class Section(NamedTuple):
    """One part of a number format: words round the digits, places, grouping, thousands left out, a share or not."""

    before: str
    mask: str
    decimals: int
    optional: int
    grouped: bool
    thousands: int
    share: bool
    after: str


def _shown_number(number: Decimal, number_format: str) -> str:
    if _is_date(number_format):
        return _shown_serial(number, number_format)
    sections = _sections(number_format)
    if sections is None:
        return _decimal(number)
    if number < 0:
        section = sections[1] if len(sections) > 1 else sections[0]
        text = _in_section(-number, section)
        return text if len(sections) > 1 or not any(char in "123456789" for char in text) else f"-{text}"
    return _in_section(number, sections[2] if number == 0 and len(sections) > len("+-") else sections[0])


def _in_section(number: Decimal, section: Section) -> str:
    if not section.mask:
        return section.before + section.after
    with localcontext() as context:
        context.prec = 400
        scaled = number.scaleb(2 if section.share else 0).scaleb(-3 * section.thousands)
        digits = f"{scaled.quantize(Decimal(1).scaleb(-section.decimals), ROUND_HALF_UP):f}"
    whole, _, decimals = digits.partition(".")
    least = len(decimals) - section.optional
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    whole = whole.lstrip("0").rjust(section.mask.count("0"), "0")
    literal = _NO_DIGIT.search(section.mask)
    if section.grouped:
        whole = f"{int(whole or 0):,}" if int(whole or 0) or "0" in section.mask else whole
    elif literal:
        whole = _spread(whole, section.mask)
    return f"{section.before}{whole}{'.' if section.decimals and (decimals or least) else ''}{decimals}{section.after}"


def _spread(whole: str, mask: str) -> str:
    """Digits over a mask with words between them: 12 over `0.0` is 1.2."""
    text, rest = "", list(whole)
    for char in reversed(mask):
        text = ((rest.pop() if rest else "") if char in "0#?" else char) + text
    return "".join(rest) + text


@lru_cache(256)
def _sections(number_format: str) -> tuple[Section, ...] | None:
    """The parts of a format; None where one of them is not understood."""
    parts = _split(number_format)
    sections = [_section(part) for part in parts[:3]]
    if any(section is None for section in sections):
        return None
    found = [section for section in sections if section is not None]
    # The accounting format shows nought as a dash in every cell; what stands there is 0, and not that nobody reported.
    if len(found) == len("+-0") and not found[2].mask and found[2].before.strip() in {"-", "－"} and "??" in parts[2]:
        found[2] = found[0]
    return tuple(found)


def _split(number_format: str) -> list[str]:
    parts = [""]
    for match in _TOKEN.finditer(number_format):
        if match.group() == ";":
            parts.append("")
        else:
            parts[-1] += match.group()
    return parts


def _section(part: str) -> Section | None:
    """What stands before the digits, the digits, and what stands behind; None where it is none of offices' formats."""
    pieces: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(part):
        digit = match.group() in _DIGITS
        words = match.group() if digit else _words(match.group())
        if words is None:
            return None
        pieces.append((words, digit))
    places = [at for at, (_, digit) in enumerate(pieces) if digit]
    first, end = (places[0], places[-1] + 1) if places else (len(pieces), len(pieces))
    before, mask, after = (
        "".join(words for words, _ in some) for some in (pieces[:first], pieces[first:end], pieces[end:])
    )
    share = "%" in before + after
    if not set(mask) & set("0#"):  # `"-"??`: blanks as wide as digits
        return Section(before + after, "", 0, 0, grouped=False, thousands=0, share=False, after="")
    inner = mask.rstrip(",")
    whole, point, decimals = inner.partition(".") if all(digit for _, digit in pieces[first:end]) else (inner, "", "")
    if set(decimals) - set("0#?") or (point and mask.count(".") > 1):
        return None
    optional = len(decimals) - len(decimals.rstrip("#?"))
    thousands = len(mask) - len(inner)
    return Section(before, whole.replace(",", ""), len(decimals), optional, "," in whole, thousands, share, after)


def _words(token: str) -> str | None:
    """What a token shows that stands for itself; None for digits, marks of scale and what is not known."""
    if token[0] == '"':
        return token[1:-1]
    if token[0] in "\\!":
        return token[1:].strip()
    if token[0] in "_*":
        return ""
    if token[0] == "[":
        currency = _CURRENCY.fullmatch(token)
        return currency["sign"] if currency else "" if _COLOR.fullmatch(token) else None
    return token.strip() if token in _LITERAL or ord(token) > _ASCII else None


_DIGITS: Final = frozenset("0#?.,")


def _decimal(number: Decimal) -> str:
    """Without an exponent."""
    return f"{number:f}" if number.is_finite() else str(number)


# --- dates --------------------------------------------------------------------------------------------


def _shown_serial(number: Decimal, number_format: str) -> str:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _decimal(number)
    return _shown_date(_EPOCH + timedelta(days=float(number)), number_format)


def _shown_date(value: date | time, number_format: str) -> str:
    if isinstance(value, datetime) and value.time() == time():
        plain = value.date().isoformat()
    else:
        plain = value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, time) or not _is_date(number_format):
        return plain
    text, hours = "", False
    for match in _DATE_TOKEN.finditer(_LOCALE.sub("", number_format).partition(";")[0]):
        token = match.group()
        word = _of_date(token.lower(), value, minutes=hours)
        if word is None and token[1:] and token[0] in '"\\!':
            word = token[1:].rstrip('"')
        hours = token[0] in "hH" or (hours and not token.strip(":"))
        text += token if word is None else word
    return text.partition("@")[0].strip()


def _of_date(token: str, value: date, *, minutes: bool) -> str | None:
    clock = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001  sheets know no zones
    numbers = {"y": clock.year, "e": clock.year, "m": clock.month, "d": clock.day, "h": clock.hour, "s": clock.second}
    kind = token[0]
    if kind not in numbers:
        return None
    if kind in "ye":
        return f"{clock.year % 100:02}" if len(token) == len("yy") else f"{clock.year:04}"
    if kind == "m" and minutes:
        return f"{clock.minute:02}"
    if kind in "md" and len(token) > len("mm"):
        return _MONTHS[clock.month - 1] if kind == "m" else ""
    return f"{numbers[kind]:0{len(token)}}"


@lru_cache(256)
def _is_date(number_format: str) -> str:
    return date_format(number_format)


_NUMBERS: Final = (int, float, Decimal)
_STRANGE: Final = frozenset("en")  # an exponent, inf, nan
_EXACT: Final = 15  # what a float holds of a decimal: so many digits come out as they went in
_PLAIN: Final = frozenset(("", "General", "@", "general", "GENERAL"))
_TOKEN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\!_*].|.', re.DOTALL)
_DATE_TOKEN: Final = re.compile(r'"[^"]*"|[\\!].|y+|Y+|e+|m+|M+|d+|D+|h+|H+|s+|S+|.', re.DOTALL)
_LOCALE: Final = re.compile(r"\[[^\]]*\]|[_*].")
_CURRENCY: Final = re.compile(r"\[\$(?P<sign>[^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_COLOR: Final = re.compile(
    r"\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?[0-9]+|红色|蓝色|黑色)\]", re.IGNORECASE
)
_LITERAL: Final = frozenset(" -+()$:~<>=¥%")
_NO_DIGIT: Final = re.compile("[^0#?]")
_ASCII: Final = 127
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001  sheets know no zones
_FIRST_SERIAL: Final = 61  # before it programs count a day that never was
_LAST_SERIAL: Final = 2_958_465
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
