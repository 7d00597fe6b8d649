"""How changes and shares are told (R10–R15, R18–R21): 百分点, 增长到, 倍, 同比, 占比, 完成率, 位次, 人次."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from digest.story.lint.numerals import NUMBER, SCALE
from digest.story.lint.passage import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.lint.passage import Passage


def points(passage: Passage) -> Iterator[Hit]:
    """R10: 提高5%个百分点; between shares that are facts, 上升17%; not sure: 合格率提高5%, 5百分点."""
    for match in _PER_CENT_POINTS.finditer(passage.text):
        yield Hit(*match.span(), better=re.sub("[%％]个?", "个", match.group()))
    for match in _BARE_POINTS.finditer(passage.text):
        yield Hit(*match.span(), sure=False, better=match.group().replace("百分点", "个百分点"))
    for start, sentence in passage.sentences():
        shares = [
            one for one in passage.within(start, start + len(sentence)) if one.fact.quantity.counted in {"%", "％"}
        ]
        if len([one for one in shares if one.fact.kind not in {"change", "rate"}]) >= _TWO:
            for match in _PER_CENT_CHANGE.finditer(sentence):
                yield Hit(start + match.start(), start + match.end(), better=_as_points(match.group()))
            continue
        for match in _CHANGE_OF_RATE.finditer(sentence):
            yield Hit(start + match.start(), start + match.end(), sure=False, better=_as_points(match.group()))


def reached(passage: Passage) -> Iterator[Hit]:
    """R11: 增长为3倍, which may be three times or four; not sure: 增长12个 (增加), 增加5% (增长)."""
    for match in _GROWN_TO_TIMES.finditer(passage.text):
        yield Hit(*match.span())
    for match in _GROWN_BY_AMOUNT.finditer(passage.text):
        yield Hit(*match.span(), sure=False, better=match.group().replace("增长", "增加"))


def fewer_times(passage: Passage) -> Iterator[Hit]:
    """R12: 减少1倍, 下降2倍, 降低两倍."""
    for match in _FEWER_TIMES.finditer(passage.text):
        yield Hit(*match.span())


def bases(passage: Passage) -> Iterator[Hit]:
    """R13: 环比 of what is cumulative; not sure: 同比 or 环比 without a number."""
    for start, sentence in passage.sentences():
        for match in _CUMULATIVE.finditer(sentence):
            rest = sentence[match.end() :]
            last = rest.find("环比")
            if last >= 0 and not _ALONE.search(rest[:last]):
                yield Hit(start + match.start(), start + match.end() + last + 2)
    for start, clause in passage.clauses():
        told = _COMPARED.search(clause)
        if told and not _SAYS_HOW_MUCH.search(clause[told.end() :]):
            yield Hit(start + told.start(), start + told.end(), sure=False)


def parts_of_whole(passage: Passage) -> Iterator[Hit]:
    """R14: 分别占33.3%、33.3%和33.3%, which add up to nearly 100% and nobody says why; never sure."""
    if "四舍五入" in passage.text:
        return
    for match in _SHARES.finditer(passage.text):
        total = sum((Decimal(number) for number in _PER_CENT.findall(match.group())), Decimal(0))
        if total != _ALL and abs(total - _ALL) <= _NEARLY:
            yield Hit(*match.span(), sure=False)


def completion(passage: Passage) -> Iterator[Hit]:
    """R15: 完成率达85% where no target is named; never sure."""
    if not _TARGET.search(passage.text):
        for match in _COMPLETION.finditer(passage.text):
            yield Hit(*match.span(), sure=False)


def ranks(passage: Passage) -> Iterator[Hit]:
    """R18: 第3位前列, a number put to 前列; not sure: 居第1位 (首位)."""
    for match in _FRONT_ROW.finditer(passage.text):
        yield Hit(*match.span())
    for match in _FIRST.finditer(passage.text):
        yield Hit(*match.span(), sure=False, better=f"{match.group(1)}首位")


def fractions(passage: Passage) -> Iterator[Hit]:
    """R19: 1/3（33%） without 约; not sure: 1/10（10%）."""
    for match in _FRACTION.finditer(passage.text):
        part, whole, approximately, per_cent = match.groups()
        if not approximately and int(whole):
            sure = Fraction(int(part), int(whole)) * 100 != Fraction(per_cent)
            yield Hit(
                *match.span(), sure=sure, better=re.sub(rf"(?={re.escape(per_cent)}%)", "约", match.group(), count=1)
            )


def unlike_added(passage: Passage) -> Iterator[Hit]:
    """R20: 共1200人（次）, persons and times in one number; not sure: 300人、500人次，共800."""
    for match in _PERSONS_AND_TIMES.finditer(passage.text):
        yield Hit(*match.span())
    for match in _ADDED.finditer(passage.text):
        yield Hit(*match.span(), sure=False)


def mixed_scales(passage: Passage) -> Iterator[Hit]:
    """R21: one metric in 万元 and in 亿元 in one sentence; never sure."""
    for start, sentence in passage.sentences():
        told = [one for one in passage.within(start, start + len(sentence)) if one.fact.kind not in {"change", "rate"}]
        for before, after in pairwise(sorted(told, key=lambda one: (one.fact.metric, one.start))):
            one, other = before.fact, after.fact
            alike = one.metric == other.metric and one.quantity.counted == other.quantity.counted
            if alike and {one.quantity.scale, other.quantity.scale} == {"万", "亿"}:
                yield Hit(before.start, after.end, sure=False)


def _as_points(text: str) -> str:
    return text.replace("%", "个百分点").replace("％", "个百分点").replace("增长", "提高")


_TWO: Final = 2
_ALL: Final = Decimal(100)
_NEARLY: Final = Decimal("0.5")
_MORE: Final = "(?:增长|增加|上升|提高|提升|上涨|扩大)"
_LESS: Final = "(?:减少|下降|降低|缩短|缩小|回落|下跌|压缩|压减)"
_PER_CENT_POINTS: Final = re.compile(r"\d[%％]个?百分点")
_BARE_POINTS: Final = re.compile(r"\d百分点")
_PER_CENT_CHANGE: Final = re.compile(rf"(?:{_MORE}|{_LESS})了?{NUMBER}[%％]")
_CHANGE_OF_RATE: Final = re.compile(
    rf"(?:[合及录达完参覆普利失入就满优治空转供自贡渗城贫差][一-鿿]{{0,4}}率|占比|比重|比例)(?:[同环]比|比上[年月]|较上[年月])?(?:{_MORE}|{_LESS})了?{NUMBER}[%％](?!以)"
)
_GROWN_TO_TIMES: Final = re.compile(
    rf"{_MORE}(?:为|到|至)(?:近|约|超过)?(?:{NUMBER}|[一两二三四五六七八九十]+)[余多]?倍(?!以)"
)
_GROWN_BY_AMOUNT: Final = re.compile(rf"增长了?{NUMBER}{SCALE}?(?:个(?!百分点)|[家人户件名亩项次吨]|公里)")
_FEWER_TIMES: Final = re.compile(
    rf"{_LESS}(?:了|至|到|为)?(?:近|约|超过|超)?(?:{NUMBER}|[一两二三四五六七八九十数几]+)[余多]?倍"
)
_CUMULATIVE: Final = re.compile(r"1(?:月份?)?[—–~～至到-]\d{1,2}月|累计|前[二三两]个?季度|前\d+个月")
_ALONE: Final = re.compile(r"当月|当季|本月|(?<![\d—–~～至到-])\d{1,2}月|[一二三四]季度")
_COMPARED: Final = re.compile(
    r"[同环]比(?!例)(?:大幅|明显|显著|有所|稳步|较快|略有|持续|小幅)?(?:增长|下降|上升|提高|增加|减少|回升|回落)"
)
_SAYS_HOW_MUCH: Final = re.compile(r"\d|[一二两三四五六七八九十几百]+(?:成|倍|番|个百分点)|翻|分之|由负转正|由降转增")
_SHARES: Final = re.compile(rf"分别占[^，。；]{{0,10}}?{NUMBER}[%％](?:[、，和及以]{{1,2}}{NUMBER}[%％])+")
_PER_CENT: Final = re.compile(r"(\d+(?:\.\d+)?)[%％]")
_COMPLETION: Final = re.compile(rf"(?<![一-鿿])(?:任务)?完成率(?:达到|达|为|是)?{NUMBER}[%％]")
_TARGET: Final = re.compile(r"目标|任务|计划|指标|应[完交办]|[个项件条户]中|总数|共")
_FRONT_ROW: Final = re.compile(r"第\d+[位名]?(?:的)?前列|前列[（(]?第\d+")
_FIRST: Final = re.compile(r"(?<=[居列排])((?:全[国省市球县区]|世界)?)第(?:1|一)[位名](?!次)")
_FRACTION: Final = re.compile(
    r"(?<![\d/])(\d{1,4})/(\d{1,4})(?:[（(，]|，即|即|，为)(约|大约|近)?(?:占)?(\d+(?:\.\d+)?)%"
)
_PERSONS_AND_TIMES: Final = re.compile(rf"{NUMBER}[余多]?{SCALE}?[余多]?人(?:[（(]次[）)]|/次|\(次\))")
_ADDED: Final = re.compile(rf"{NUMBER}{SCALE}?人、{NUMBER}{SCALE}?人次[，、]?(?:共|合计|总计){NUMBER}")
