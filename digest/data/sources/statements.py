"""Statements of SQL, looked at before a database sees them (查询语句): one query, and its parameters.

A project's query may ask for `:period` and the like. They are bound by the driver in its own way and never pasted in;
what stands in quotes or in a comment is none. Codes: D233 not one query, D234 a parameter nobody knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Style = Literal["qmark", "numeric", "dollar", "named", "format", "pyformat"]
"""How a driver marks parameters: those of DBAPI 2, and $1 as PostgreSQL itself."""


class Piece(NamedTuple):
    """Part of a statement: words and signs, something in quotes, or the name of a parameter."""

    kind: Literal["code", "quoted", "name"]
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One query without its comments, lines where they were."""

    pieces: tuple[Piece, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters it asks for, each once."""
        return tuple(dict.fromkeys(piece.text for piece in self.pieces if piece.kind == "name"))


def parse_statement(text: str, shown: str, known: Sequence[str]) -> tuple[Statement | None, tuple[Finding, ...]]:
    """The query that `text` is; None where it is none, or more than one, or could write. `known` are parameters."""
    place = Place(shown)
    pieces: list[Piece] = []
    for kind, found, at in _pieces(text):
        if kind == "broken":
            line = text.count("\n", 0, at) + 1
            what = "注释" if found.startswith("/*") else "引号"
            where = Place(shown, "", f"查询第{line}行")
            return None, (Finding("D233", "error", f"{what}没有配对", where, hint="请检查这一行"),)
        pieces.append(Piece(kind, found))
    statement = Statement(_ended(pieces))
    fault = _no_query(statement, place)
    if fault:
        return None, (fault,)
    strange = [name for name in statement.names if name not in known]
    if strange:
        names = "、".join(f":{name}" for name in strange)
        hint = f"可以用：{'、'.join(f':{name}' for name in known)}" if known else "这里没有参数可用"
        return None, (Finding("D234", "error", f"查询要用的参数{names}没有", place, value=names, hint=hint),)
    return statement, ()


def bound(
    statement: Statement, style: Style, parameters: Mapping[str, str | int], *, code_only: bool = False
) -> tuple[str, list[str | int] | dict[str, str | int]]:
    """The text for a driver of that style, and the values it wants with it: a list, or by name.

    Where % marks parameters and there are any, it is doubled everywhere else, or with `code_only` (pg8000) just outside
    quotes; nobody reads a statement without parameters for signs.
    """
    values: list[str | int] = []
    parts: list[str] = []
    percent = style in {"format", "pyformat"} and bool(statement.names)
    for kind, text in statement.pieces:
        if kind == "name":
            values.append(parameters[text])
            parts.append(_MARK[style].format(name=text, number=len(values)))
        elif percent and (kind == "code" or not code_only):
            parts.append(text.replace("%", "%%"))
        else:
            parts.append(text)
    named = style in {"named", "pyformat"}
    return "".join(parts), {name: parameters[name] for name in statement.names} if named else values


def _pieces(text: str) -> Iterator[tuple[Literal["code", "quoted", "name", "broken"], str, int]]:
    at = 0
    for match in _PIECE.finditer(text):
        found = match.group()
        if match.start() > at:
            yield "code", text[at : match.start()], at
        at = match.end()
        match match.lastgroup:
            case "comment" if _NESTED not in found[2:]:
                yield "code", " " + "\n" * found.count("\n"), match.start()
            case "quoted":
                yield "quoted", found, match.start()
            case "name":
                yield "name", found[1:], match.start()
            case "cast":
                yield "code", found, match.start()
            case _:
                yield "broken", found, match.start()
    yield "code", text[at:], at


def _ended(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces without the semicolon at the end."""
    kept = list(pieces)
    while kept and kept[-1].kind == "code" and not kept[-1].text.strip(_END):
        kept.pop()
    if kept and kept[-1].kind == "code":
        kept[-1] = Piece("code", kept[-1].text.rstrip(_END))
    return tuple(kept)


def _no_query(statement: Statement, place: Place) -> Finding | None:
    code = " ".join(piece.text if piece.kind == "code" else " x " for piece in statement.pieces)
    words = [word.upper() for word in _WORD.findall(code)]
    first = _WORD.match(code.lstrip(_OPENING))
    if not words:
        return Finding("D233", "error", "查询是空的", place, hint=_ALLOWED)
    if first is None or words[0] not in _QUERIES:
        return Finding("D233", "error", f"语句以“{words[0]}”开头，不是查询", place, words[0], _ALLOWED)
    if ";" in code:
        return Finding("D233", "error", "文件里不止一条语句", place, hint="一个文件只写一条查询")
    writing = next((word for word in words if word in _WRITING), "")
    if writing:
        return Finding("D233", "error", f"语句里有“{writing}”，可能改动数据", place, writing, _ALLOWED)
    return None


_QUERIES: Final = frozenset({"SELECT", "WITH", "VALUES", "TABLE"})
_WRITING: Final = frozenset({"INSERT", "UPDATE", "DELETE", "MERGE", "INTO"})  # behind WITH, or SELECT … INTO
_ALLOWED: Final = "只能写一条查询：以 SELECT、WITH、VALUES 或 TABLE 开头，不改动数据"
_MARK: Final[dict[Style, str]] = {
    "qmark": "?",
    "numeric": ":{number}",
    "dollar": "${number}",
    "named": ":{name}",
    "format": "%s",
    "pyformat": "%({name})s",
}
_END: Final = "; \t\r\n\ufeff"
_OPENING: Final = "( \t\r\n\ufeff"
_NESTED: Final = "/*"  # some databases nest comments and some do not
_WORD: Final = re.compile(r"\w+")
_PIECE: Final = re.compile(
    r"""
      (?P<comment> --[^\n]* | /\*.*?\*/ )
    | (?P<quoted> (?<!\w)[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*" | `[^`]*`
        | (?<![\w$])\$(?P<tag>[^\W\d]\w*)?\$.*?\$(?(tag)(?P=tag))\$ )
    | (?P<cast> ::+ )
    | (?P<name> (?<![\w\])]):[A-Za-z_][A-Za-z_0-9]* )
    | (?P<broken> ['"`] | /\* )
    """,
    re.DOTALL | re.VERBOSE,
)
