"""Quantity: a number as an office writes it, with what it certainly means (数量): 4.1亿元, 2700余家, 近5亿元, 第三届.

What is written is kept to the character, so that printing gives back what was read. What is meant is exact (fractions,
never floats) and knows what it does not know: 近5亿元 is below 5亿元 for certain; whether it is above 4.9亿元, nobody
said.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass, fields
from fractions import Fraction
from itertools import repeat
from math import gcd
from operator import floordiv
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Slot = Literal["front", "inner", "after", "end"]
Order = Literal["less", "equal", "greater"]

SCALES: Final[dict[str, int]] = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a qualifier certainly says about its number: a bound below, a bound above, each strict or not."""

    below: bool = False
    above: bool = False
    strict: bool = False


_AT_LEAST, _ABOVE = Bound(below=True), Bound(below=True, strict=True)
_AT_MOST, _UNDER = Bound(above=True), Bound(above=True, strict=True)
_EXACT, _VAGUE = Bound(below=True, above=True), Bound()

# Where each qualifier may stand and what it says. 以上 and 以下 include the number (民法典 1259), 近 and 不足 do not.
QUALIFIERS: Final[dict[str, tuple[tuple[Slot, ...], Bound]]] = {
    "": ((), _EXACT),
    "余": (("inner", "after"), _AT_LEAST),
    "多": (("inner", "after"), _AT_LEAST),
    "来": (("inner", "after"), _VAGUE),
    "超": (("front",), _ABOVE),
    "超过": (("front",), _ABOVE),
    "逾": (("front",), _ABOVE),
    "突破": (("front",), _ABOVE),
    "高于": (("front",), _ABOVE),
    "至少": (("front",), _AT_LEAST),
    "不少于": (("front",), _AT_LEAST),
    "不低于": (("front",), _AT_LEAST),
    "近": (("front",), _UNDER),
    "将近": (("front",), _UNDER),
    "接近": (("front",), _UNDER),
    "不足": (("front",), _UNDER),
    "不到": (("front",), _UNDER),
    "低于": (("front",), _UNDER),
    "至多": (("front",), _AT_MOST),
    "不超过": (("front",), _AT_MOST),
    "不高于": (("front",), _AT_MOST),
    "约": (("front",), _VAGUE),
    "大约": (("front",), _VAGUE),
    "左右": (("end",), _VAGUE),
    "上下": (("end",), _VAGUE),
    "以上": (("end",), _AT_LEAST),
    "以下": (("end",), _AT_MOST),
    "以内": (("end",), _AT_MOST),
}

RATES: Final = tuple(f"每{one}" for one in ("半年", "季度", *"年季月周日天人户村市县"))
PREFIXES: Final = (*RATES, "连续", "累计", "第", "前", "共")
# These change what is counted: 每年一个 is not one, 第三届 is not three. 连续4年 is four years.
_CHANGES_THE_COUNT: Final = frozenset((*RATES, "第", "前"))

_DIGITS: Final = {"〇": 0, "零": 0, "○": 0, "两": 2, **{char: n for n, char in enumerate("一二三四五六七八九", 1)}}
_POWERS: Final[dict[str, int]] = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final[dict[str, int]] = {"万": 10**4, "亿": 10**8}
_POWERLESS: Final = frozenset("百千万亿")
_LONGEST: Final = 40  # characters; a longer numeral or unit is something else that got into the cell
_FOUR_DIGITS: Final = 4  # 二〇二三: Han digits side by side are read by place from a year's length on


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written: `value` times `scale`, counted in `unit`.

    `numeral` is how the number was written (`4.1`, `15,000`, `1/10`, `三`, `首`), `value` what it says before `scale`
    (`万`, `亿` ...). `qualifier` is the word of approximation and `at` where it stands: before the numeral (近5亿),
    inside (30余万), after the scale (1.3万余) or behind the unit (100个以上: `unit` is `个以上`, `counted` is `个`).
    `prefix` is what stands before all (每年, 连续, 第). `shown + unit` is always what is printed.
    """

    value: Fraction
    numeral: str
    unit: str = ""
    scale: str = ""
    qualifier: str = ""
    prefix: str = ""
    at: Slot = "after"

    def __str__(self) -> str:
        """The quantity as it was written: `2700余家`."""
        return self.shown + self.unit

    @property
    def shown(self) -> str:
        """What is printed before the unit: `2700余`, `近5亿`, `1/10`."""
        front, inner, after = (self.qualifier if self.at == slot else "" for slot in ("front", "inner", "after"))
        return f"{self.prefix}{front}{self.numeral}{inner}{self.scale}{after}"

    @property
    def counted(self) -> str:
        """The unit alone, without a qualifier behind it."""
        return self.unit.removesuffix(self.qualifier) if self.at == "end" else self.unit

    @property
    def amount(self) -> Fraction:
        """The number written, in whole units: 410000000 for 4.1亿. With a qualifier it is the number named, no more."""
        return self.value * SCALES[self.scale]

    @property
    def exact(self) -> bool:
        """Whether the number named is the number meant."""
        return not self.qualifier

    @property
    def lower(self) -> Fraction | None:
        """What it is certainly not less than; None where nothing was said."""
        return self.amount if _bound(self).below else None

    @property
    def upper(self) -> Fraction | None:
        """What it is certainly not more than; None where nothing was said."""
        return self.amount if _bound(self).above else None

    @property
    def lower_strict(self) -> bool:
        """Whether it is certainly more than `lower` (超100)."""
        return _bound(self).below and _bound(self).strict

    @property
    def upper_strict(self) -> bool:
        """Whether it is certainly less than `upper` (近5亿)."""
        return _bound(self).above and _bound(self).strict

    def at_least(self, number: int | Fraction) -> bool | None:
        """Whether it is `number` or more (in whole units); None where that cannot be told."""
        if self.lower is not None and self.lower >= number:
            return True
        if self.upper is not None and (self.upper < number or (self.upper == number and self.upper_strict)):
            return False
        return None

    def below(self, number: int | Fraction) -> bool | None:
        """Whether it is less than `number` (in whole units); None where that cannot be told."""
        known = self.at_least(number)
        return None if known is None else not known

    def compare(self, other: Quantity) -> Order | None:
        """How it stands to `other`; None where that cannot be told (余 against 余). ValueError for unlike units."""
        mine, yours = _what_is_counted(self), _what_is_counted(other)
        if mine != yours:
            message = f"cannot compare {self} with {other}: {''.join(mine)!r} is not {''.join(yours)!r}"
            raise ValueError(message)
        if self.exact and other.exact and self.amount == other.amount:
            return "equal"
        if _surely_above(self, other):
            return "greater"
        return "less" if _surely_above(other, self) else None


def parse_quantity(text: str) -> Quantity:
    """The quantity written in `text`, kept to the character: `str(parse_quantity(text)) == text`.

    ValueError where it is not one quantity: words (一般, 万元), ranges (5—8个), two numbers (3亿4500万), vague ones
    (十几个), two qualifiers (约100余家), footnote marks (123①).
    """
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise _not_a_quantity(text)
    part = match.groupdict(default="")
    numeral, scale = part["numeral"], part["scale"]
    if set(numeral) <= _POWERLESS and not (part["front"] or part["inner"] or part["after"]):
        raise _not_a_quantity(text)  # 万元: a unit that lost its number
    if not scale and not part["inner"]:
        numeral, scale = _split_scale(numeral)
    value = _value_of(numeral)
    qualifiers: list[tuple[Slot, str]] = [
        (slot, part[slot]) for slot in ("front", "inner", "after", "end") if part[slot]
    ]
    if value is None or len(qualifiers) > 1 or max(map(len, part.values())) > _LONGEST:
        raise _not_a_quantity(text)
    at, qualifier = qualifiers[0] if qualifiers else ("after", "")
    return Quantity(value, numeral, part["unit"] + part["end"], scale, qualifier, part["prefix"], at)


def _not_a_quantity(text: str) -> ValueError:
    return ValueError(f"not a quantity: {text!r}")


def plain_quantity(numeral: str, unit: str = "", scale: str = "") -> Quantity:
    """The quantity of a numeral of digits alone (`-1,234.50`) with this unit and scale; made in a tenth of the time."""
    made: Quantity = _new(Quantity)
    digits = numeral.replace(",", "") if "," in numeral else numeral
    _set_value(made, _ratio(*_lowest(digits)) if "." in digits else _ratio(int(digits), 1))
    _set_numeral(made, numeral)
    _set_unit(made, unit)
    _set_scale(made, scale)
    _set_qualifier(made, "")
    _set_prefix(made, "")
    _set_at(made, "after")
    return made


def plain_quantities(numerals: Sequence[str], unit: str = "", scale: str = "") -> list[Quantity]:
    """The same for many numerals: filled field by field, in half of the time."""
    count, digits = len(numerals), without_commas(numerals)
    made: list[Quantity] = list(map(_new, repeat(Quantity, count)))
    ratios: list[Fraction] = list(map(_new, repeat(Fraction, count)))
    above: list[int] = list(map(int, "\n".join(digits).replace(".", "").split("\n"))) if numerals else []
    below = [10 ** (len(number) - 1 - point) if (point := number.find(".")) > 0 else 1 for number in digits]
    common = list(map(gcd, above, below))
    _fill(_set_above, ratios, map(floordiv, above, common))
    _fill(_set_below, ratios, map(floordiv, below, common))
    for put, what in (
        (_set_value, ratios),
        (_set_numeral, numerals),
        (_set_unit, repeat(unit)),
        (_set_scale, repeat(scale)),
        (_set_qualifier, repeat("")),
        (_set_prefix, repeat("")),
        (_set_at, repeat("after")),
    ):
        _fill(put, made, what)
    return made


def without_commas(numerals: Sequence[str]) -> Sequence[str]:
    """The same numerals, none of which has more than one line, without commas."""
    joined = "\n".join(numerals)
    return joined.replace(",", "").split("\n") if "," in joined else numerals


def _fill(put: Callable[[Any, Any], None], made: Iterable[object], what: Iterable[object]) -> None:
    """Set one field of each, in the interpreter's own loop."""
    deque(map(put, made, what), maxlen=0)


def _lowest(digits: str) -> tuple[int, int]:
    """The fraction that a decimal is, in lowest terms."""
    whole, _, decimals = digits.partition(".")
    above, below = int(whole + decimals), 10 ** len(decimals)
    common = gcd(above, below)
    return above // common, below // common


def _ratio(above: int, below: int) -> Fraction:
    """The fraction of two numbers without a common divisor; to look at what they are takes four times as long."""
    made: Fraction = _new(Fraction)
    made._numerator, made._denominator = above, below  # type: ignore[attr-defined]  # noqa: SLF001  so in every Python
    return made


# A frozen dataclass looks up each of its fields by name when it is made; a table has a hundred thousand numbers.
_new: Final = object.__new__
_set_value, _set_numeral, _set_unit, _set_scale, _set_qualifier, _set_prefix, _set_at = (
    Quantity.__dict__[field.name].__set__ for field in fields(Quantity)
)
_set_above, _set_below = (Fraction.__dict__[name].__set__ for name in ("_numerator", "_denominator"))


def _bound(quantity: Quantity) -> Bound:
    if quantity.qualifier and quantity.value < 0:
        return _VAGUE  # -5万余: whether it is more or less than -5万, nobody can tell
    return QUALIFIERS[quantity.qualifier][1]


def _what_is_counted(quantity: Quantity) -> tuple[str, str]:
    return (quantity.prefix if quantity.prefix in _CHANGES_THE_COUNT else "", quantity.counted)


def _surely_above(high: Quantity, low: Quantity) -> bool:
    if high.lower is None or low.upper is None:
        return False
    return high.lower > low.upper or (high.lower == low.upper and (high.lower_strict or low.upper_strict))


def _split_scale(numeral: str) -> tuple[str, str]:
    """`三万` as 三 and 万, so that a Han numeral has its scale where an Arabic one has it; 三万五千 stays whole."""
    for scale in ("万亿", "亿", "万"):
        rest = numeral.removesuffix(scale)
        if rest and rest != numeral and not set(rest) & set(_MYRIADS):
            return rest, scale
    return numeral, ""


def _value_of(numeral: str) -> Fraction | None:
    """What a numeral says; None where it says nothing definite."""
    if numeral == "首":
        return Fraction(1)
    if "分之" in numeral:
        whole, part = (han_value(side) for side in numeral.split("分之"))
        return Fraction(part, whole) if whole and part is not None else None
    if numeral[-1] in _HAN:
        value = han_value(numeral)
        return None if value is None else Fraction(value)
    plain = unicodedata.normalize("NFKC", numeral).replace("−", "-")
    plain = re.sub(r"[,\s]", "", plain)
    try:
        return Fraction(plain)
    except ZeroDivisionError:
        return None


def han_value(numeral: str) -> int | None:
    """The integer a Han numeral says (二百七十, 三万五千, 二〇二三); None where it is vague or ill-formed (三四)."""
    if len(numeral) >= _FOUR_DIGITS and set(numeral) <= set(_DIGITS):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    total = section = 0
    digit: int | None = None
    power = limit = 10**12  # each power must be smaller than the one before it: 二三十 and 三百千 are no numerals
    for char in numeral:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _POWERS:
            if _POWERS[char] >= power or (digit == 0 and char != "十"):
                return None
            section += (1 if digit is None or digit == 0 else digit) * _POWERS[char]
            power, digit = _POWERS[char], None
        elif char in _MYRIADS and _MYRIADS[char] < limit:
            section += digit or 0
            total += (section or 1) * _MYRIADS[char]
            limit, power, section, digit = _MYRIADS[char], 10**12, 0, None
        else:
            return None
    return total + section + (digit or 0)


def words_at(slot: Slot) -> tuple[str, ...]:
    """The qualifiers that may stand there."""
    return tuple(word for word, (slots, _) in QUALIFIERS.items() if slot in slots)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words if word), key=len, reverse=True))


_HAN: Final = "".join((*_DIGITS, *_POWERS, *_MYRIADS))
_DIGIT: Final = r"[0-9０-９]"
_ARABIC: Final = rf"(?:{_DIGIT}{{1,3}}(?:[,，\u2009\u202f\u00a0]{_DIGIT}{{3}})+|{_DIGIT}+)(?:[.．]{_DIGIT}+)?"
_NUMERAL: Final = rf"首|[{_HAN}]+分之[{_HAN}]+|[{_HAN}]+|{_DIGIT}+[/／]{_DIGIT}+|[-−－+＋]?(?:{_ARABIC})"
# 千瓦 and 百分点 begin with a scale word and are units.
_UNIT_AFTER_ALL: Final = "千(?=[瓦克米伏赫焦帕卡字])|百(?=分)"
_SCALE: Final = rf"(?!{_UNIT_AFTER_ALL})(?:{_any_of(SCALES)})"
# What may not begin a unit: it would turn a vague or second number into an exact first one (十几个, 三至五个);
# 半 may stand nowhere in it (一个半).
# A raised or circled number is a mark at its head; behind a letter a raised one may be part of it (m²).
_RAISED: Final = "\u00b2\u00b3\u00b9\u2070-\u209f"
_CIRCLED: Final = "\u2460-\u24ff\u2776-\u2793"
_NO_UNIT: Final = rf"[余多来几数半至到或和分{_RAISED}]|以[上下内]|左右|上下|点[{_HAN}]|(?!{_UNIT_AFTER_ALL})[{_HAN}]"
_UNIT: Final = (
    rf"(?:(?!{_NO_UNIT})[^\W\d_{_CIRCLED}]|[%％‰℃°])"
    rf"[^\s\d{{}}，。；：！？,;:!?“”‘’\"'《》<>~～—–半\-+＋|\\{_CIRCLED}]*"
)
# Words that begin as numbers do and say none.
_WORD: Final = (
    "一(?:般|致|切|样|些|批|同|起|直|旦|定|律|贯|概|向|并|旁|流|体|线|揽子|系列|大批)"
    "|十(?:分(?!之)|足)|万(?:分(?!之)|一|物)|百(?:姓|般)"
)
_QUANTITY: Final = re.compile(
    rf"(?!{_WORD})(?P<prefix>{_any_of(PREFIXES)})?(?P<front>{_any_of(words_at('front'))})?(?P<numeral>{_NUMERAL})"
    rf"(?:(?P<inner>{_any_of(words_at('inner'))})(?={_SCALE}))?(?P<scale>{_SCALE})?(?P<after>{_any_of(words_at('after'))})?"
    rf"(?P<unit>(?:{_UNIT}?)??)(?P<end>{_any_of(words_at('end'))})?"
)
