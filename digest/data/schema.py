"""Which keys, columns and words a project's files may hold, and how one table of them is taken (文件格式)."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal, TypeVar, cast

from digest.data.tables import strange_characters
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from digest.data.model import FactKind, MechanismKind, Status

_T = TypeVar("_T")

Kind = Literal["text", "texts", "number", "flag", "table", "tables", "grid", "lists", "names"]


@dataclass(frozen=True, slots=True)
class Key:
    """What one key holds and whether it must be there."""

    kind: Kind = "text"
    required: bool = False


_TEXT, _TEXTS, _NUMBER, _FLAG = Key(), Key("texts"), Key("number"), Key("flag")
_NEEDED, _TABLES = Key(required=True), Key("tables")

PROJECT: Final[dict[str, Key]] = {
    "digest": Key("table", required=True),
    "colophon": Key("table"),
    "data": Key("table", required=True),
    "source": _TABLES,
    "program": _TABLES,
    "rosters": Key("lists"),
    "metric": _TABLES,
    "table": _TABLES,
    "ledger": _TABLES,
    "phrases": Key("names"),
    "section": _TABLES,
}
HEADER: Final[dict[str, Key]] = {
    "name": _NEEDED,
    "title": _TEXT,
    "unit": _TEXT,
    "date": _TEXT,
    "issue": _NUMBER,
    "total_issue": _NUMBER,
    "notice": _TEXT,
    "running": _TEXT,
    "intro": _TEXTS,
    "headlines": _TEXTS,
    "terms": _TEXTS,
    "period": _NEEDED,
    "data_notes": _TEXT,
}
COLOPHON: Final[dict[str, Key]] = {"report_to": _TEXTS, "send_to": _TEXTS, "issue_to": _TEXTS, "copies": _NUMBER}
DATA: Final[dict[str, Key]] = {
    "facts": _TEXT,
    "structures": _TEXT,
    "roster": _TEXT,
    "whole": _TEXT,
    "apart": _TEXTS,
    "merged": Key("names"),
    "aliases": Key("names"),
    "since": _TEXT,
    "rounding": _TEXT,
}
METRIC: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "program": _NEEDED,
    "name": _NEEDED,
    "unit": _NEEDED,
    "kind": _TEXT,
    "reach": _TEXT,
    "total": _TEXT,
    "better": _TEXT,
    "columns": _TEXTS,
    "targets": Key("names"),
    "digits": _NUMBER,
}
TABLE: Final[dict[str, Key]] = {
    "title": _NEEDED,
    "file": _TEXT,
    "sheet": _TEXT,
    "query": _TEXT,
    "connection": _TEXT,
    "range": _TEXT,
    "header": _NUMBER,
    "member": _TEXT,
    "period": _TEXT,
    "metric": _TEXT,
    "value": _TEXT,
    "unit": _TEXT,
    "reach": _TEXT,
    "skip": _TEXTS,
    "only": _TEXTS,
}
ISSUES: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "program": _NEEDED,
    "title": _NEEDED,
    "file": _TEXT,
    "sheet": _TEXT,
    "query": _TEXT,
    "connection": _TEXT,
    "unit": _TEXT,
    "columns": Key("names"),
    "states": Key("names"),
}
PART_TABLE: Final[dict[str, Key]] = {
    "rows": _NEEDED,
    "columns": Key("texts", required=True),
    "members": _TEXTS,
    "metrics": _TEXTS,
    "months": _NUMBER,
    "whole": _TEXT,
    "spark": _TEXT,
    "sort": _TEXT,
    "caption": _TEXT,
    "note": _TEXT,
}
PART_ENTRIES: Final[dict[str, Key]] = {
    "ledger": _NEEDED,
    "show": _TEXT,
    "limit": _NUMBER,
    "caption": _TEXT,
    "note": _TEXT,
}
DOCUMENT: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "file": _NEEDED,
    "title": _NEEDED,
    "body_start": _TEXT,
    "body_end": _TEXT,
}
PROGRAM: Final[dict[str, Key]] = {"id": _NEEDED, "name": _NEEDED}
SECTION: Final[dict[str, Key]] = {
    "title": _NEEDED,
    "programs": Key("texts", required=True),
    "audience": _TEXT,
    "part": _TABLES,
}
PART: Final[dict[str, Key]] = {
    "title": _TEXT,
    "text": _TEXT,
    "narrate": _TEXTS,
    "strip": _TEXTS,
    "panels": _TABLES,
    "plotly": _TABLES,
    "charts": _TABLES,
    "coverage": Key("table"),
    "ledger": Key("table"),
    "mechanisms": Key("grid"),
    "targets": _TEXTS,
    "commitments": _TEXTS,
    "commendations": _TEXTS,
    "tables": _TABLES,
    "entries": _TABLES,
    "template": _TEXT,
    "audience": _TEXT,
    "caption": _TEXT,
    "note": _TEXT,
}
PANEL: Final[dict[str, Key]] = {"title": _TEXT, "facts": Key("texts", required=True)}
PLOTLY: Final[dict[str, Key]] = {
    "file": _NEEDED,
    "caption": _NEEDED,
    "source": _TEXT,
    "alt": _TEXT,
    "facts": _TEXTS,
}
COVERAGE: Final[dict[str, Key]] = {"fact": _NEEDED, "roster": _NEEDED, "missing": _TEXTS}
LEDGER: Final[dict[str, Key]] = {"total": _NEEDED, "parts": Key("texts", required=True)}

STRUCTURES: Final[dict[str, Key]] = {"mechanism": _TABLES, "commitment": _TABLES, "commendation": _TABLES}
MECHANISM: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "program": _NEEDED,
    "name": _NEEDED,
    "short": _TEXT,
    "kind": _NEEDED,
    "items": Key("texts", required=True),
    "source": _NEEDED,
    "quote": _NEEDED,
}
COMMITMENT: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "program": _NEEDED,
    "text": _NEEDED,
    "deadline": _TEXT,
    "owner": _TEXT,
    "owner_inferred": _FLAG,
    "source": _NEEDED,
    "quote": _NEEDED,
}
COMMENDATION: Final[dict[str, Key]] = {
    "id": _NEEDED,
    "program": _NEEDED,
    "name": _NEEDED,
    "source": _NEEDED,
    "quote": _NEEDED,
}

# The columns of a facts table, and whether each row must fill them.
COLUMNS: Final[dict[str, bool]] = {
    "编号": True,
    "项目": True,
    "指标": True,
    "简称": False,
    "数据": True,
    "类别": True,
    "累计": False,
    "期间起": False,
    "期间止": False,
    "期间原文": False,
    "期间推断": False,
    "截至": False,
    "截至原文": False,
    "截至推断": False,
    "推断依据": False,
    "范围": False,
    "状态": False,
    "时限": False,
    "隶属": False,
    "来源": True,
    "发言人": False,
    "发言单位": False,
    "提问媒体": False,
    "原文": True,
    "表述": False,
    "备注": False,
}
FACT_KINDS: Final[dict[str, FactKind]] = {
    "存量": "stock",
    "流量": "flow",
    "活动": "event",
    "目标": "target",
    "占比": "share",
    "位次": "rank",
    "届次": "ordinal",
    "年份": "date",
    "时长": "duration",
    "台账总数": "ledger_total",
    "台账分项": "ledger_part",
    "机制项数": "mechanism_count",
    "重复": "duplicate",
}
STATUSES: Final[dict[str, Status]] = {
    "已报告": "reported",
    "计划": "planned",
    "进行中": "in_progress",
    "在建": "under_construction",
}
MECHANISM_KINDS: Final[dict[str, MechanismKind]] = {
    "并列": "parallel",
    "顺序": "sequence",
    "流程": "workflow",
    "循环": "cycle",
    "层级": "hierarchy",
    "清单": "checklist",
    "条件": "criteria",
    "成效": "effect",
    "安排": "plan",
}
FLAGS: Final[dict[str, bool]] = {"是": True, "否": False}

_CALLED: Final[dict[Kind, str]] = {
    "text": "文字（加双引号）",
    "texts": '文字的列表，如 ["甲", "乙"]',
    "number": "不小于零的整数",
    "flag": "true 或 false",
    "table": "一张表",
    "tables": "表的列表",
    "grid": '列表的列表，如 [["甲", "乙"], ["丙"]]',
    "lists": "若干名单，每个是文字的列表",
    "names": '文字对文字的表，如 { "莱芜" = "济南" }',
}


@dataclass(frozen=True, slots=True)
class Taken:
    """The good part of one TOML table; what was missing or of a wrong type reads as empty."""

    place: Place
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The text of that key."""
        return cast("str", self.values.get(key, ""))

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts of that key."""
        return tuple(cast("list[str]", self.values.get(key, [])))

    def number(self, key: str) -> int:
        """The whole number of that key."""
        return cast("int", self.values.get(key, 0))

    def flag(self, key: str) -> bool:
        """The truth of that key."""
        return cast("bool", self.values.get(key, False))

    def grid(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The lists of texts of that key."""
        return tuple(tuple(row) for row in cast("list[list[str]]", self.values.get(key, [])))

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """The named lists of that key."""
        return {name: tuple(row) for name, row in cast("dict[str, list[str]]", self.values.get(key, {})).items()}

    def names(self, key: str) -> dict[str, str]:
        """The words by words of that key."""
        return dict(cast("Mapping[str, str]", self.values.get(key, {})))

    def table(self, key: str) -> Mapping[str, object] | None:
        """The table of that key, None where there is none."""
        return cast("Mapping[str, object] | None", self.values.get(key))

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """The tables of that key."""
        return cast("list[Mapping[str, object]]", self.values.get(key, []))

    def where(self, key: str) -> Place:
        """The place of that key."""
        return inside(self.place, key)


def inside(place: Place | None, key: str) -> Place:
    """The place of a key in a table, or of a column in a row: `digest.toml › section[2] › title`."""
    if place is None:
        return Place("", "", key)
    return Place(place.file, place.sheet, f"{place.cell} › {key}" if place.cell else key)


def nested(place: Place, key: str, number: int = 0) -> Place:
    """The place of a table in a table: `digest.toml › section[2].part[1]`, counted from 1."""
    name = f"{key}[{number}]" if number else key
    return Place(place.file, f"{place.sheet}.{name}" if place.sheet else name)


def take(table: Mapping[str, object], keys: Mapping[str, Key], place: Place, seen: list[Finding]) -> Taken:
    """What `table` holds under `keys`. D101 unknown keys, D102 wrong types and D103 missing keys are put to `seen`."""
    seen += (unknown("D101", "键", name, keys, inside(place, name)) for name in table if name not in keys)
    values: dict[str, object] = {}
    for name, key in keys.items():
        value = table.get(name)
        if value is None or value in ("", []):
            if key.required:
                seen.append(
                    Finding("D103", "error", f"缺少“{name}”", inside(place, name), hint=f"应为{_CALLED[key.kind]}")
                )
        elif not _fits(value, key.kind):
            message = f"“{name}”的写法不对：{_in_short(value)}"
            seen.append(Finding("D102", "error", message, inside(place, name), hint=f"应为{_CALLED[key.kind]}"))
        else:
            words = list(cast("dict[str, str]", value).values()) if key.kind == "names" else value
            faults = [fault for text in _texts_of(words) for fault in strange_characters(text, inside(place, name))]
            seen += faults
            values |= {} if faults else {name: value}
    return Taken(place, values)


def take_each(parent: Taken, name: str, keys: Mapping[str, Key], seen: list[Finding]) -> list[Taken]:
    """The same for each of the tables called `name` in `parent`."""
    return [
        take(table, keys, nested(parent.place, name, number), seen)
        for number, table in enumerate(parent.tables(name), 1)
    ]


def take_one(parent: Taken, name: str, keys: Mapping[str, Key], seen: list[Finding]) -> Taken | None:
    """The same for the one table called `name` in `parent`; None where there is none."""
    table = parent.table(name)
    return None if table is None else take(table, keys, nested(parent.place, name), seen)


def word(taken: Taken, key: str, words: Mapping[str, _T], otherwise: _T, seen: list[Finding]) -> _T:
    """What the word of that key means, in Chinese or as the model calls it; D107 for one that is not accepted."""
    written = taken.text(key)
    if not written:
        return otherwise
    if written in words:
        return words[written]
    for meaning in words.values():
        if meaning == written:
            return meaning
    hint = f"可以填：{'、'.join(words)}"
    seen.append(Finding("D107", "error", f"“{key}”不能填“{written}”", taken.where(key), written, hint))
    return otherwise


def unknown(code: str, what: str, name: str, known: Iterable[str], place: Place) -> Finding:
    """A finding for a name that is not among `known`, with the nearest of them."""
    known = list(known)
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    some = "、".join(known[:_SHOWN]) + ("等" if len(known) > _SHOWN else "")
    hint = f"是否应为“{near[0]}”" if near else f"可用的有：{some}" if known else ""
    return Finding(code, "error", f"没有这个{what}：“{name}”", place, value=name, hint=hint)


def _fits(value: object, kind: Kind) -> bool:
    return _FITS[kind](value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _texts_of(value: object) -> Iterable[str]:
    """The texts directly in a value; tables are looked through when they are taken themselves."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts_of(item)


def _in_short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


_SHOWN: Final = 8  # names listed in a hint
_SHORT: Final = 30  # characters of a wrong value shown
_TOO_MANY: Final = 10**9
_FITS: Final[dict[Kind, Callable[[object], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "texts": _are_texts,
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _TOO_MANY,
    "flag": lambda value: isinstance(value, bool),
    "table": lambda value: isinstance(value, dict),
    "tables": lambda value: isinstance(value, list) and all(isinstance(item, dict) for item in value),
    "grid": lambda value: isinstance(value, list) and all(map(_are_texts, value)),
    "lists": lambda value: isinstance(value, dict) and all(map(_are_texts, value.values())),
    "names": lambda value: isinstance(value, dict) and all(isinstance(word, str) for word in value.values()),
}
