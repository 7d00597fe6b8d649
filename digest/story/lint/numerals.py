"""How numerals are written (R1–R7, R22): digits or Han, ranges, scales, 余, half-width marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.story.lint.passage import Hit
from digest.story.wording import full_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.lint.passage import Passage

HAN_DIGITS: Final = "〇一二三四五六七八九十"
MEASURES: Final = "个名位人户家次天件条辆台所座项种份场处篇岁亩倍成元米"
NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
SCALE: Final = "(?:万亿|亿|万)"


def fixed_words(passage: Passage) -> Iterator[Hit]:
    """R1: 第1书记, 1带1路, 翻1番; not sure: 5大, 4张清单, 3年来, which some houses write so."""
    for match in _FIXED.finditer(passage.text):
        yield Hit(*match.span(), better=in_han(match.group()))
    for match in _FIXED_BY_HABIT.finditer(passage.text):
        yield Hit(*match.span(), sure=False, better=in_han(match.group()))


def ranges(passage: Passage) -> Iterator[Hit]:
    """R2: 15~30%, 9~16亿; not sure: 15至30%."""
    for match in _RANGE.finditer(passage.text):
        low, dash, high, unit = match.groups()
        yield Hit(*match.span(), sure=dash not in {"至", "到"}, better=f"{low}{unit}{dash}{high}{unit}")


def separators(passage: Passage) -> Iterator[Hit]:
    """R3: 2,023年; not sure: numbers of four digits with and without separators in one document."""
    for match in _YEAR_SEPARATED.finditer(passage.text):
        yield Hit(*match.span(), better=match.group().replace(",", ""))
    separated = _SEPARATED.search(passage.text)
    solid = next((match for match in _SOLID.finditer(passage.text) if not passage.spares(Hit(*match.span()))), None)
    if separated and solid and not passage.spares(Hit(*separated.span())):
        yield Hit(*separated.span(), sure=False, better=separated.group().replace(",", ""))


def scales(passage: Passage) -> Iterator[Hit]:
    """R4: 3亿4500万, 5百万, 3千余户."""
    for match in _TWO_SCALES.finditer(passage.text):
        yield Hit(*match.span())
    for match in _OTHER_SCALE.finditer(passage.text):
        yield Hit(*match.span())


def width(passage: Passage) -> Iterator[Hit]:
    """R5: １２３, ５％; not sure: 5％, which some houses write so."""
    for match in _FULL_WIDTH.finditer(passage.text):
        yield Hit(*match.span(), sure=match.group() != "％", better=match.group().translate(_HALF))


def adjacent(passage: Passage) -> Iterator[Hit]:
    """R6: 5、6个, 十几 written 10几; not sure: 三、四个."""
    for match in _ADJACENT.finditer(passage.text):
        low, high = int(match.group(1)), int(match.group(2))
        if high == low + 1:
            yield Hit(*match.span(), better=f"{HAN_DIGITS[low]}{HAN_DIGITS[high]}{match.group(3)}")
    for match in _SOME.finditer(passage.text):
        yield Hit(*match.span())
    for match in _ADJACENT_HAN.finditer(passage.text):
        if HAN_DIGITS.index(match.group(2)) == HAN_DIGITS.index(match.group(1)) + 1:
            yield Hit(*match.span(), sure=False, better=match.group().replace("、", ""))


def remainders(passage: Passage) -> Iterator[Hit]:
    """R7: 1.3余万件, 100家余; 30余万 is right, and 127余万 not sure."""
    for match in _REMAINDER_INSIDE.finditer(passage.text):
        number, more, scale = match.groups()
        if "." in number or not number.endswith("0"):
            yield Hit(*match.span(), sure="." in number, better=f"{number}{scale}{more}")
    for match in _REMAINDER_BEHIND.finditer(passage.text):
        yield Hit(*match.span(), better=f"{match.group(1)}余{match.group(2)}")


def marks(passage: Passage) -> Iterator[Hit]:
    """R22: half-width marks beside Chinese, and straight quotation marks around it."""
    for match in _HALF_WIDTH.finditer(passage.text):
        start, end = max(0, match.start() - 1), min(len(passage.text), match.end() + 1)
        better = full_width(passage.text[start:end])
        yield Hit(*match.span(), better="" if better == passage.text[start:end] else better.strip())


def in_han(text: str) -> str:
    """The same with its numbers below a hundred in Han digits: 4张清单 is 四张清单."""
    return re.sub(r"\d+", lambda match: _han(int(match.group())), text)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return HAN_DIGITS[ones]
    return ("" if tens == 1 else HAN_DIGITS[tens]) + "十" + (HAN_DIGITS[ones] if ones else "")


# Words that are never counted again: a digit in them is a slip.
_FIXED: Final = re.compile(
    r"第1(?=书记|责任人|时间|方阵|梯队|线(?!路))|1带1路|(?<!\d)3农(?=工作|问题|领域|干部)|翻\d番|(?<!\d)1(?=批批|系列|如既往|律不|视同仁)"
    r"|5湖4海|4面8方|1心1意|1站式|(?<![\d.—])1揽子|(?<!\d)5年规划"
)
_FIXED_BY_HABIT: Final = re.compile(
    r"(?<![\d.,~—–-])[2-9]大(?=[一-鿿])(?!概|致|约|约莫|多|小|于)|(?<![\d.,~—–-])[2-9]张清单|(?<![\d.,~—–-])[2-9]年来"
    r"|“[2-9][同化为送联个](?=[”一-鿿])"
)
_RANGE: Final = re.compile(
    rf"(?<![\d.,年月日第/-])({NUMBER})\s?([~～—–－-]{{1,2}}|至|到)\s?({NUMBER})([%％‰]|{SCALE}(?![年月日]))"
)
_YEAR_SEPARATED: Final = re.compile(r"(?<![\d,.])(?:1,9|2,0)\d{2}年(?!均|度)")
_SEPARATED: Final = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,年])")
_SOLID: Final = re.compile(r"(?<![\d,./年〔\[-])\d{4,}(?:\.\d+)?(?=[多余]?(?:[个家件项人名户亩元次吨]|万|亿|公里))")
_TWO_SCALES: Final = re.compile(rf"{NUMBER}亿零?{NUMBER}万")
_OTHER_SCALE: Final = re.compile(
    r"\d(?:百万(?!分)|千万|百亿(?!亿)|千亿(?!亿)|百(?![分里万亿货姓校家帕瓦伏])|千(?![瓦克米伏赫焦帕卡字兆乏安电万亿家人]))"
)
_FULL_WIDTH: Final = re.compile(r"[０-９]+(?:[．，][０-９]+)*[％‰]?|(?<=\d)％")
_HALF: Final = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_ADJACENT: Final = re.compile(
    rf"(?<![\d.、第年月至—~-])([1-9])、([1-9])((?:个|[{MEASURES}])(?!楼|栋)|小时|分钟|公里|百|千|万|十)"
)
_SOME: Final = re.compile(rf"\d+几(?=[{MEASURES}万亿])|几\d+(?=[{MEASURES}万亿])")
_ADJACENT_HAN: Final = re.compile(r"(?<![第、一-鿿])([一二三四五六七八])、([二三四五六七八九])(?=[个名户家次天件])")
_REMAINDER_INSIDE: Final = re.compile(rf"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)([余多])({SCALE})")
_REMAINDER_BEHIND: Final = re.compile(r"(?<=\d)(\d|万|亿)?([个家件项人名户亩次])余(?=[，。；、）]|$)")
_HALF_WIDTH: Final = re.compile(
    r"(?<=[^\x00-\x7f])[,:;?!()]|[,:;?!()](?=[^\x00-\x7f])|(?<=[一-鿿])\.(?=$|[一-鿿])|(?<=[一-鿿])\"|\"(?=[一-鿿])"
)
