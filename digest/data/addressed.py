"""Whom and which time a digest is for (范围): sections for its readers only, and {period}, {member}, {as_of} in words.

In a paragraph these stand for text that is meant as it is, so that no number in it wants a source; in titles and
captions they are the words themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.data.period import chinese_date, parse_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.book import Book
    from digest.data.model import Audience, Digest, Part, Section

AUDIENCES: Final[dict[str, Audience]] = {"全部": "all", "全省": "whole", "各市": "members"}


def addressed(digest: Digest) -> Digest:
    """The same digest with what is for its readers, and its times and names in place."""
    words = words_of(digest)
    scope = digest.book.scope if digest.book else ""
    sections = tuple(_section(section, words, scope) for section in digest.sections if _is_for(section.audience, scope))
    header = digest.header
    header = replace(
        header,
        name=_title(header.name, words),
        title=_title(header.title, words),
        unit=_title(header.unit, words),
        notice=_title(header.notice, words),
        intro=tuple(_text(text, words) for text in header.intro),
    )
    return replace(digest, header=header, sections=sections)


def words_of(digest: Digest) -> Mapping[str, str]:
    """What {period}, {member} and {as_of} say in this digest; empty for one without a period."""
    if not digest.period:
        return {}
    period = parse_period(digest.period)
    book = digest.book
    month = period.month or 3 * period.quarter or 12
    as_of = _as_of(book) if book else ""
    return {
        "period": period.chinese,
        "member": book.name_of(book.scope) if book else "",
        "as_of": chinese_date(as_of) if as_of else f"{period.year}年{month}月底",
    }


def _as_of(book: Book) -> str:
    """The last day that a table of the digest's period says it counts at."""
    days = [one.as_of.date for one in book.observations.values() if one.as_of is not None and one.period == book.period]
    return max(days, default="")


def _is_for(audience: Audience, scope: str) -> bool:
    return audience == "all" or (audience == "members") == bool(scope)


def _section(section: Section, words: Mapping[str, str], scope: str) -> Section:
    parts = tuple(_part(part, words) for part in section.parts if _is_for(part.audience, scope))
    return replace(section, title=_title(section.title, words), parts=parts)


def _part(part: Part, words: Mapping[str, str]) -> Part:
    return replace(
        part,
        title=_title(part.title, words),
        text=_text(part.text, words),
        caption=_title(part.caption, words),
        note=_title(part.note, words),
        panels=tuple(replace(one, title=_title(one.title, words)) for one in part.panels),
        plotly=tuple(
            replace(one, caption=_title(one.caption, words), source=_title(one.source, words)) for one in part.plotly
        ),
        charts=tuple(
            replace(one, caption=_title(one.caption, words), note=_title(one.note, words)) for one in part.charts
        ),
        tables=tuple(
            replace(one, caption=_title(one.caption, words), note=_title(one.note, words)) for one in part.tables
        ),
        entries=tuple(
            replace(one, caption=_title(one.caption, words), note=_title(one.note, words)) for one in part.entries
        ),
    )


def _title(text: str, words: Mapping[str, str]) -> str:
    return _MARK.sub(lambda match: words.get(match[1]) or match[0], text)


def _text(text: str, words: Mapping[str, str]) -> str:
    return _MARK.sub(lambda match: f"{{={words[match[1]]}}}" if words.get(match[1]) else match[0], text)


_MARK: Final = re.compile(r"(?<!\{)\{(period|member|as_of)\}(?!\})")
