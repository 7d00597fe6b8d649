"""JSON as it stands there (JSON 取值): strictly by its grammar, decimals kept as written, doubts told by line.

Codes: D223 not JSON (a comma too many, a comment, full-width signs …), D224 a value no table can hold (NaN, 1e400,
thousands of digits, half a character), D225 a key twice in one object, D227 nested too deep.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from math import isinf
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEEP: Final = 100


class Parsed(NamedTuple):
    """What the text says; `findings` with an error mean that it says nothing."""

    value: object
    findings: tuple[Finding, ...] = ()


def parse_json(text: str, shown: str) -> Parsed:
    """Dicts, lists, str, int, Decimal, bool and None; all that is doubtful at once, a fault of grammar alone."""
    doubts = False

    def number(digits: str) -> object:
        nonlocal doubts
        if _unfit(digits):
            doubts = True
            return 0
        return int(digits) if digits.lstrip("-").isdigit() else Decimal(digits)

    def constant(_: str) -> object:
        nonlocal doubts
        doubts = True
        return None

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal doubts
        made = dict(found)
        doubts = doubts or len(made) < len(found)
        return made

    try:
        value = json.loads(text, parse_int=number, parse_float=number, parse_constant=constant, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        return Parsed(None, (_grammar(error, shown),))
    except RecursionError:
        doubts, value = True, None
    if doubts or _HALF.search(text):
        seen = tuple(_looked_through(text, shown))
        return Parsed(value, seen) if seen else Parsed(value)
    return Parsed(value)


# --- what is doubtful ---------------------------------------------------------------------------------


def _looked_through(text: str, shown: str) -> Iterator[Finding]:
    """Every doubtful piece of a text whose grammar is right, with line and column."""
    keys_of: list[set[str] | None] = []  # of the objects and lists that are open
    told = 0
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece in {"{", "["}:
            keys_of.append(set() if piece == "{" else None)
            if len(keys_of) > MOST_DEEP:
                where = _place(text, match.start(), shown)
                yield Finding("D227", "error", f"嵌套超过{MOST_DEEP}层", where, hint=_SHAPE)
                return
        elif piece in {"}", "]"}:
            keys_of.pop()
        elif doubt := _doubt(piece, keys_of[-1] if keys_of and _COLON.match(text, match.end()) else None):
            yield replace(doubt, place=_place(text, match.start(), shown))
            told += 1
        if told == _MOST_TOLD:
            return


def _doubt(piece: str, keys: set[str] | None) -> Finding | None:
    """What is wrong with a number or a text; `keys` are those before it, where it is a key."""
    if not piece.startswith('"'):
        hint = "没有数的格请写 null，太长的编号请加引号"
        return Finding("D224", "error", f"“{_short(piece)}”不是表中能有的数", hint=hint) if _unfit(piece) else None
    word = json.loads(piece)
    if _LONE.search(word):
        return Finding("D224", "error", "文字里有半个字符（\\ud800 到 \\udfff 须成对）", hint="请重新导出这个文件")
    if keys is None:
        return None
    if word in keys:
        return Finding("D225", "error", f"键“{_short(word)}”在同一个对象里出现了两次", None, word, "每个键只能出现一次")
    keys.add(word)
    return None


def _unfit(digits: str) -> bool:
    if digits.endswith(("N", "y")) or len(digits) > _MOST_DIGITS:  # NaN, Infinity
        return True
    if digits.lstrip("-").isdigit():
        return False
    number = float(digits)
    return isinf(number) or (number == 0 and bool(_NOT_NOUGHT.match(digits)))


# --- grammar ------------------------------------------------------------------------------------------


def _grammar(error: json.JSONDecodeError, shown: str) -> Finding:
    """D223 with the reason in words: by what stands there, else by what the parser missed."""
    text, at = error.doc, error.pos
    before = text[:at].rstrip()
    here = text[at : at + 1]
    if before.endswith(",") and here in {"}", "]"}:
        at, reason = len(before) - 1, "多了一个逗号"
    elif here == "," and error.msg.startswith("Illegal trailing comma"):
        reason = "多了一个逗号"
    elif text.startswith(("//", "/*", "#"), at):
        reason = "JSON里不能写注释"
    elif here in _FULL_WIDTH:
        reason = f"“{here}”是全角的，应为半角“{_FULL_WIDTH[here]}”"
    elif here == "'":
        reason = "文字和键要用双引号括起"
    elif not here:
        reason = "文件没有写完"
    else:
        word = next((said for start, said in _SAID if error.msg.startswith(start)), "不合JSON的写法")
        reason = f"{word}，这里是“{_short(_WORD.match(text, at).group())}”"  # type: ignore[union-attr]  # it may be empty
    return Finding("D223", "error", f"不是正确的JSON：{reason}", _place(text, at, shown), hint="请改正后重新保存")


def _place(text: str, at: int, shown: str) -> Place:
    line = text.count("\n", 0, at) + 1
    return Place(shown, "", f"第{line}行第{at - text.rfind(chr(10), 0, at)}列")


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


_SHAPE: Final = "表应是对象的列表，或以列名为键、以列表为值的对象"
_WIDTH: Final = 30
_MOST_DIGITS: Final = 1_000
_MOST_TOLD: Final = 50
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_LONE: Final = re.compile("[\ud800-\udfff]")
_NOT_NOUGHT: Final = re.compile(r"-?[0.]*[1-9]")
_COLON: Final = re.compile(r"\s*:")
_WORD: Final = re.compile(r"\S{0,30}")
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|-?(?:\d[\d.eE+-]*|Infinity|NaN)')
_FULL_WIDTH: Final = {"，": ",", "：": ":", "“": '"', "”": '"', "｛": "{", "｝": "}", "【": "[", "】": "]"}
_SAID: Final = (
    ("Expecting property name", "缺少用双引号括起的键"),
    ("Expecting ':' delimiter", "键后面缺少冒号"),
    ("Expecting ',' delimiter", "缺少逗号"),
    ("Expecting value", "缺少一个值"),
    ("Unterminated string", "引号没有配对"),
    ("Extra data", "后面还有多余的内容"),
    ("Invalid control character", "引号里有换行或控制字符"),
    ("Invalid \\", "反斜杠后面的写法不对"),
)
