"""How dates are told (R16, R17): 截至, not 截止; 1—11月, 2023年2月, 四季度."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.story.lint.numerals import in_han
from digest.story.lint.passage import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.story.lint.passage import Passage


def as_of(passage: Passage) -> Iterator[Hit]:
    """R16: 截止目前, 截止10月; not sure: 截至目前 where the text names no date."""
    for match in _CLOSING.finditer(passage.text):
        yield Hit(*match.span(), better=match.group().replace("截止", "截至").replace("截至到", "截至"))
    if not _DATED.search(passage.text):
        for match in _SO_FAR.finditer(passage.text):
            yield Hit(*match.span(), sure=False)


def dates(passage: Passage) -> Iterator[Hit]:
    """R17: 2023年02月, 1-11月, 23年12月, 4季度; not sure: 2023-12-22, 2023.12.22."""
    for match in _ZERO.finditer(passage.text):
        yield Hit(*match.span(), better=_ZERO_ITSELF.sub("", match.group()))
    for match in _HYPHEN.finditer(passage.text):
        yield Hit(*match.span(), better=f"{match.group(1)}—{match.group(2)}")
    for match in _SHORT_YEAR.finditer(passage.text):
        yield Hit(*match.span(), better=f"20{match.group()}")
    for match in _QUARTER.finditer(passage.text):
        yield Hit(*match.span(), better=in_han(match.group()))
    for match in _MACHINE_DATE.finditer(passage.text):
        yield Hit(*match.span(), sure=False)


_CLOSING: Final = re.compile(
    r"截止(?:到|至)?(?=目前|现在|当前|\d|[一二三四五六七八九十]{1,2}月|[本上去今前]?年|[年月]底|[本上]月|[昨今]日|[昨今]天)"
)
_SO_FAR: Final = re.compile(r"截至(?:目前|现在|当前)")
_DATED: Final = re.compile(r"\d{4}年|\d{1,2}月")
_ZERO: Final = re.compile(r"\d{4}年0\d月(?:0?\d{1,2}日)?|(?<!\d)0\d月(?:0?\d{1,2}日)?|\d{1,2}月0\d日")
_ZERO_ITSELF: Final = re.compile(r"0(?=\d[月日])")
_HYPHEN: Final = re.compile(r"(?<![\d.年-])((?:\d{4}年)?\d{1,2}月?)[-–－―](\d{1,2}月)(?!\d)")
_SHORT_YEAR: Final = re.compile(r"(?<![\d第—~-])\d{2}年(?=\d{1,2}月(?!个))")
_QUARTER: Final = re.compile(r"(?<![\d.])第?[1-4]季度")
_MACHINE_DATE: Final = re.compile(
    r"(?<![\d./-])(?:19|20)\d{2}(?:-\d{1,2}-\d{1,2}|\.\d{1,2}\.\d{1,2}|/\d{1,2}/\d{1,2})(?![\d./-])"
)
