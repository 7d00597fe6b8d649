"""What an office writes itself (行文): paragraphs into which figures come by name, never by hand.

`{slgj.funds}` prints the fact of that id, and one of the book by an id of the book (`{slgj.funds@济南:2025-10.yoy}`);
`{=16}` a number that is no fact and is meant so (any words may stand there, braces in pairs too); what stands in double
braces prints as it is written, braces and all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from digest.data.numbers import numbers_in
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from digest.findings import Place


@dataclass(frozen=True, slots=True)
class Words:
    """Text as it prints."""

    text: str


@dataclass(frozen=True, slots=True)
class FactRef:
    """The place of a fact's quantity."""

    id: str


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A number that resolves to no fact and is meant so."""

    text: str


Piece = Words | FactRef | PlainNumber


def parse_written(
    text: str, facts: Collection[str] | None = None, place: Place | None = None, names: Iterable[str] = ()
) -> tuple[tuple[Piece, ...], tuple[Finding, ...]]:
    """The pieces of a written paragraph, and what is wrong with it: F301 bare number, F302 braces, F303 no such fact.

    `facts` are the ids there are (None: any id will do), `names` the names of programs and mechanisms, in which
    numerals are no numbers (“四同”). What is wrong with its braces stays in the text as it was written.
    """
    pieces, findings = _cut(text, place)
    for piece in pieces:
        if isinstance(piece, FactRef) and facts is not None and piece.id not in facts:
            findings.append(_unknown_fact(piece.id, facts, place))
    return pieces, (*findings, *_bare_numbers(pieces, place, names))


def fact_ids(text: str) -> tuple[str, ...]:
    """The ids that a written paragraph names, in their order, whether or not there are such facts."""
    return tuple(match["fact"] for match in _TOKEN.finditer(text) if match["fact"] is not None)


def vouched(text: str) -> tuple[str, ...]:
    """The numbers that a written paragraph takes upon itself: 16 of `{=16}`."""
    return tuple(match["plain"] for match in _TOKEN.finditer(text) if match["plain"] is not None)


def _cut(text: str, place: Place | None) -> tuple[tuple[Piece, ...], list[Finding]]:
    pieces: list[Piece] = []
    findings: list[Finding] = []
    words = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match["plain"] is not None or match["fact"] is not None:
            pieces += [Words(words)] if words else []
            words = ""
            pieces.append(PlainNumber(match["plain"]) if match["plain"] is not None else FactRef(match["fact"]))
            continue
        if token in {"{", "}"}:
            findings.append(_stray_brace(text, match.start(), place))
        words += token
    return (*pieces, *([Words(words)] if words else [])), findings


def _stray_brace(text: str, at: int, place: Place | None) -> Finding:
    return Finding(
        "F302",
        "error",
        f"大括号不成对，或括号内不是数据编号：“{text[max(0, at - 8) : at + 12]}”",
        place,
        value=text,
        hint="数据写成 {编号}，不挂接的数字写成 {=16}，要照印的大括号写成双层 {{…}}",
    )


def _unknown_fact(key: str, facts: Collection[str], place: Place | None) -> Finding:
    near = get_close_matches(key, facts, n=1)
    hint = f"是否应为“{near[0]}”" if near else "请使用数据表“编号”列中的编号"
    return Finding("F303", "error", f"没有编号为“{key}”的数据", place, value=key, hint=hint)


def _bare_numbers(pieces: tuple[Piece, ...], place: Place | None, names: Iterable[str]) -> tuple[Finding, ...]:
    """A finding for each number nobody vouches for; facts and plain numbers are looked at as no numbers at all."""
    text = "".join(piece.text if isinstance(piece, Words) else _HELD for piece in pieces)
    return tuple(
        Finding(
            "F301",
            "warning",
            f"数字未挂接数据：“{text[max(0, number.start - 6) : number.end + 6].replace(_HELD, '…')}”",
            place,
            value=number.token,
            hint=f"有来源的写成 {{编号}}；确实不需要来源的写成 {{={number.token}}}",
        )
        for number in numbers_in(text, names)
    )


_HELD: Final = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for a number that somebody vouches for
_TOKEN: Final = re.compile(
    r"\{\{[^{}]*\}\}|\{=(?P<plain>(?:[^{}]|\{[^{}]*\})+)\}|\{(?P<fact>[A-Za-z_][\w.@:-]*)\}|[{}]|[^{}]+",
)
