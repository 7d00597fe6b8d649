"""Texts that cells share (共享文字): plain or of several runs, without the readings above Han characters.

What every program writes is read by one pattern that must account for each character; anything else goes to a parser.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from html import unescape
from typing import TYPE_CHECKING, Final, cast
from xml.etree import ElementTree as ET

from digest.data.sources.workbook_values import Texts, Words, text_of
from digest.data.sources.xlsx_package import PIECE, children, damaged, local, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def shared_texts(pieces: Callable[[], Iterator[bytes]]) -> Texts:
    """The texts of a part of shared strings; `pieces` begins the part anew each time it is called."""
    try:
        return _usual(pieces())
    except UnusualError:
        return _parsed(pieces())


class UnusualError(Exception):
    """Well written or not, but not the way programs write it; to be read by a parser."""


def words_of(item: ET.Element) -> Words:
    """Text and strikes of an `si` or `is`: of its own `t`, and of each run."""
    runs: list[tuple[str, bool]] = []
    for child in item:
        match local(child):
            case "t":
                runs.append((child.text or "", False))
            case "r":
                text = "".join(t.text or "" for t in children(child, "t"))
                marks = [mark for properties in children(child, "rPr") for mark in children(properties, "strike")]
                runs.append((text, any(mark.get("val", "1") not in {"0", "false"} for mark in marks)))
            case _:
                pass  # readings, and how they are set
    struck = {strike for text, strike in runs if text.strip()}
    return Words(text_of("".join(text for text, _ in runs)), struck == {True}, struck == {True, False})


def decoded(pieces: Iterator[bytes]) -> Iterator[str]:
    """Pieces of a part as text, each character whole."""
    decoder = getincrementaldecoder("utf-8-sig")()
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


def _usual(pieces: Iterator[bytes]) -> Texts:
    found = Texts([], {})
    rest, head = "", True
    for piece in decoded(pieces):
        rest += piece
        end = rest.rfind("<si>")  # what stands before the last is whole
        if end <= 0:
            if len(rest) > _MOST_ITEM:
                raise UnusualError
            continue
        _add(rest[:end], found, head=head)
        rest, head = rest[end:], False
    _add(rest, found, head=head)
    return found


def _add(xml: str, found: Texts, *, head: bool) -> None:
    parts = _ITEM.split(xml)
    between = "".join(parts[::3]).strip()
    if head:
        between = _HEAD.sub("", between, count=1)
    if between and (between != "</sst>" or not xml.rstrip().endswith(between)):
        raise UnusualError
    for plain, inner in zip(parts[1::3], parts[2::3], strict=True):
        if inner is None:
            found.texts.append(text_of(unescape(plain) if "&" in plain else plain))
            continue
        found.add(_rich(inner))


def _rich(inner: str) -> Words:
    if _RUNS.fullmatch(inner) and "<strike" not in inner:
        return Words(text_of(unescape("".join(_RUN_TEXT.findall(inner)))))
    try:
        return words_of(parsed(f"<si>{inner}</si>"))
    except ET.ParseError as error:
        raise UnusualError from error


def _parsed(pieces: Iterator[bytes]) -> Texts:
    found = Texts([], {})
    for item in elements(pieces, "si"):
        found.add(words_of(item))
    return found


def elements(pieces: Iterator[bytes], name: str) -> Iterator[ET.Element]:
    """Elements called so, each once it is complete; then the root, with nothing left in them."""
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(events=("start", "end"))
    root: ET.Element | None = None
    depth = 0
    wanted: str | None = None
    for piece in decoded(pieces):
        parser.feed(piece)  # as text, so that nothing is read in an encoding of the part's own choice
        for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
            if event == "start":
                depth += 1
                if depth > _DEEPEST:
                    raise damaged("部件的层次过深")
                root = element if root is None else root
                continue
            depth -= 1
            if wanted is None and local(element) == name:
                wanted = element.tag
            if element.tag == wanted:
                yield element
                element.clear()
    parser.close()
    if root is not None:
        yield root


_MOST_ITEM: Final = 32 * PIECE
_DEEPEST: Final = 64
_ITEM: Final = re.compile(
    r'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t>(?:<phoneticPr[^<>]*/>)?</si>|(.*?)</si>)', re.DOTALL
)
_RUNS: Final = re.compile(
    r'(?:<r>(?:<rPr>(?:<[a-zA-Z]+(?: [a-zA-Z]+="[^"<>]*")*/>)*+</rPr>)?'
    r'<t(?: xml:space="preserve")?>[^<]*</t></r>)*+(?:<phoneticPr[^<>]*/>)?'
)
_RUN_TEXT: Final = re.compile(r"<t(?: [^<>]*)?>([^<]*)</t>")
_HEAD: Final = re.compile(r"(?:<\?xml[^<>]*\?>\s*)?<sst(?:\s[^<>]*)?/?>")
