"""Charts as a project declares them (图表): facts by id in series or in a row; and whether such a chart can be drawn.

Over a book of observations a chart is declared in short, and `spreading.py` finds its facts.

D101 a key that this kind does not have   D141 more or fewer than this kind takes   D144 signs of a waterfall
D107 an unknown kind or role              D142 a name given twice                   D145 a share of time that is none
P221 target drawn as reached              D143 nothing was reported                 P222 what does not add up
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from digest.data.model import ChartSpec, SeriesSpec, Short
from digest.data.schema import Key, inside, nested, take, take_each, unknown
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from digest.data.model import ChartKind, Fact, SeriesRole
    from digest.data.quantity import Quantity
    from digest.data.schema import Taken

KINDS: Final[dict[str, ChartKind]] = {
    "柱形图": "grouped",
    "堆积柱形图": "stacked",
    "百分比柱形图": "shares",
    "折线图": "lines",
    "柱线图": "bars_line",
    "进度图": "bullets",
    "热力图": "heat",
    "斜率图": "slope",
    "折线小图": "small_lines",
    "柱形小图": "small_bars",
    "环形图": "donut",
    "瀑布图": "waterfall",
    "漏斗图": "funnel",
    "点图": "dots",
    "方块地图": "tiles",
}
ROLES: Final[dict[str, SeriesRole]] = {"实际": "actual", "同期": "earlier", "目标": "target"}
IN_A_ROW: Final[frozenset[ChartKind]] = frozenset({"donut", "waterfall", "funnel", "dots", "tiles"})
"""Kinds whose facts stand in a row; those of the others stand in series."""
FROM_ZERO: Final[frozenset[ChartKind]] = frozenset({"stacked", "shares", "bullets", "donut", "funnel"})
"""Kinds that show no number below zero."""
WITH_ROLES: Final[frozenset[ChartKind]] = frozenset(
    {"grouped", "lines", "bars_line", "bullets", "small_lines", "small_bars"}
)
SHARED: Final[frozenset[ChartKind]] = frozenset({"small_lines", "small_bars"})
"""Kinds in which what a number is compared with goes by its name, in one panel with it."""
_NAMES: Final[dict[ChartKind, str]] = {kind: name for name, kind in KINDS.items()}
_KIND_OF: Final[dict[str, ChartKind]] = {
    **KINDS,
    **{kind: kind for kind in _NAMES},
}  # in Chinese or as the model has it
_ROLE_OF: Final[dict[str, SeriesRole]] = {**ROLES, **{role: role for role in ROLES.values()}}

_TEXT, _TEXTS, _NEEDED = Key(), Key("texts"), Key("texts", required=True)
_EVERY: Final[dict[str, Key]] = {"kind": Key(required=True), "caption": _TEXT, "note": _TEXT}
_SERIES_KEYS: Final[dict[str, Key]] = {"categories": _NEEDED, "series": Key("tables", required=True)}
_ROW_KEYS: Final[dict[str, Key]] = {"facts": _NEEDED, "categories": _TEXTS}
_OWN_KEYS: Final[dict[ChartKind, dict[str, Key]]] = {
    "bullets": {"elapsed": _TEXT},
    "slope": {"stressed": _TEXTS},
    "donut": {"total": _TEXT},
    "dots": {"mean": _TEXT, "stressed": _TEXTS},
    "tiles": {"categories": _NEEDED, "grid": Key("grid")},
}
_SERIES: Final[dict[str, Key]] = {"name": Key(required=True), "facts": _NEEDED, "role": _TEXT}
_SHORT_KEYS: Final[dict[str, Key]] = {
    "months": Key("number"),
    "members": _TEXTS,
    "metric": _TEXT,
    "metrics": _TEXTS,
    "aspect": _TEXT,
    "shift": _TEXT,
}
_SHORT_SERIES: Final[dict[str, Key]] = {"metric": _TEXT, "member": _TEXT, "aspect": _TEXT, "shift": _TEXT}
_TAKES: Final[dict[ChartKind, tuple[str, int, int | None]]] = {
    "bars_line": ("series", 2, 2),
    "bullets": ("series", 2, 2),
    "slope": ("categories", 2, 2),
    "donut": ("facts", 2, 6),
    "waterfall": ("facts", 3, None),
    "funnel": ("facts", 2, None),
}
"""Of what a kind takes how many, at least and at most (None: as many as there are)."""


# --- reading ----------------------------------------------------------------------------------------


def read_charts(part: Taken, seen: list[Finding]) -> tuple[ChartSpec, ...]:
    """The charts of a part in their order; one of an unknown kind is none. Codes D101, D102, D103, D107."""
    read = (
        _read(table, nested(part.place, "charts", number), seen)
        for number, table in enumerate(part.tables("charts"), 1)
    )
    return tuple(spec for spec in read if spec)


def _read(table: Mapping[str, object], place: Place, seen: list[Finding]) -> ChartSpec | None:
    word = table.get("kind")
    kind = _KIND_OF.get(word) if isinstance(word, str) else None
    short = _is_short(table)
    keys = {**keys_of(kind), **_SHORT_KEYS}
    taken = take(table, _relaxed(keys) if short else keys, place, seen)
    series = tuple(_series(one, seen) for one in _take_series(taken, seen, short=short))
    if kind is None:
        if taken.text("kind"):
            seen.append(unknown("D107", "图表种类", taken.text("kind"), KINDS, taken.where("kind")))
        return None
    return ChartSpec(
        kind,
        categories=taken.texts("categories"),
        series=series,
        facts=taken.texts("facts"),
        total=taken.text("total"),
        mean=taken.text("mean"),
        elapsed=taken.text("elapsed"),
        stressed=taken.texts("stressed"),
        grid=taken.grid("grid"),
        caption=taken.text("caption"),
        note=taken.text("note"),
        place=place,
        short=_short(taken) if short else None,
    )


def _is_short(table: Mapping[str, object]) -> bool:
    """Whether a chart, or one of its series, names what is to be spread in place of facts."""
    series = table.get("series")
    among = series if isinstance(series, list) else []
    return any(key in table for key in _SHORT_KEYS) or any(
        key in one for one in among if isinstance(one, dict) for key in _SHORT_SERIES
    )


def _relaxed(keys: Mapping[str, Key]) -> dict[str, Key]:
    """The same keys, of which only the kind must be there."""
    return {name: Key(key.kind, required=key.required and name == "kind") for name, key in keys.items()}


def _take_series(taken: Taken, seen: list[Finding], *, short: bool) -> list[Taken]:
    keys = {**_SERIES, **_SHORT_SERIES}
    return take_each(taken, "series", _relaxed(keys) if short else keys, seen)


def _short(taken: Taken) -> Short:
    """What is said in short of a chart, or of one series, whose keys are in the singular."""
    metric, member = taken.text("metric"), taken.text("member")
    return Short(
        taken.number("months"),
        (*([member] if member else ()), *taken.texts("members")),
        (*([metric] if metric else ()), *taken.texts("metrics")),
        taken.text("aspect"),
        taken.text("shift"),
    )


def keys_of(kind: ChartKind | None) -> dict[str, Key]:
    """The keys that a chart of that kind may have; all there are where nobody knows the kind."""
    if kind is None:
        some = {
            key: Key(one.kind) for own in (_SERIES_KEYS, _ROW_KEYS, *_OWN_KEYS.values()) for key, one in own.items()
        }
        return {**some, **_EVERY}
    return {**_EVERY, **(_ROW_KEYS if kind in IN_A_ROW else _SERIES_KEYS), **_OWN_KEYS.get(kind, {})}


def _series(taken: Taken, seen: list[Finding]) -> SeriesSpec:
    word = taken.text("role")
    if word and word not in _ROLE_OF:
        seen.append(unknown("D107", "数列类型", word, ROLES, taken.where("role")))
    short = _short(taken) if any(key in taken.values for key in _SHORT_SERIES) else None
    return SeriesSpec(taken.text("name"), taken.texts("facts"), _ROLE_OF.get(word, "actual"), short)


# --- what a chart names -----------------------------------------------------------------------------


def signed(key: str) -> tuple[str, str]:
    """Sign and id of a step of a waterfall; without a sign the first is empty."""
    return (key[0], key[1:]) if key[:1] in {"+", "-"} else ("", key)


def row_ids(spec: ChartSpec) -> tuple[str, ...]:
    """The ids of facts in a row, without signs."""
    return tuple(signed(key)[1] for key in spec.facts) if spec.kind == "waterfall" else spec.facts


def named_facts(spec: ChartSpec) -> Iterator[tuple[str, Place]]:
    """Every id of a fact that a chart names, with the place where it does."""
    for n, series in enumerate(spec.series, 1):
        yield from ((key, _of_series(spec, n, "facts")) for key in series.facts if key)
    yield from ((key, inside(spec.place, "facts")) for key in row_ids(spec) if key)
    for name, key in (("total", spec.total), ("mean", spec.mean), ("elapsed", spec.elapsed)):
        if key:
            yield key, inside(spec.place, name)


def axes(spec: ChartSpec) -> tuple[tuple[str, ...], ...]:
    """The ids of facts that are drawn on one axis, axis by axis."""
    if spec.kind == "bars_line":
        return tuple(series.facts for series in spec.series)
    if spec.kind == "bullets":
        return tuple(zip(*(series.facts for series in spec.series), strict=False))
    if spec.kind in IN_A_ROW:
        return ((*row_ids(spec), spec.total, spec.mean),)
    return (tuple(key for series in spec.series for key in series.facts),)


# --- whether it can be drawn ------------------------------------------------------------------------


def check_chart(spec: ChartSpec, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """What keeps a chart from being drawn, or would make it say more than was reported. Units are for others to see.

    One that is still in short says nothing yet.
    """
    if spec.short or any(series.short for series in spec.series):
        return
    yield from _counts(spec)
    yield from _roles(spec)
    yield from _names(spec, facts)
    if not any(key for axis in axes(spec) for key in axis):
        yield Finding("D143", "error", "这幅图里没有一个已报的数", spec.place, hint="未报的数写空编号，但不能全是空的")
    yield from _targets(spec, facts)
    yield from list(_signs(spec)) or _sums(spec, facts)
    elapsed = facts.get(spec.elapsed)
    if elapsed and share_of(elapsed.quantity) is None:
        message = f"“elapsed”应是占比，“{elapsed.label or elapsed.metric}”是{elapsed.quantity}"
        yield Finding("D145", "error", message, inside(spec.place, "elapsed"), spec.elapsed, "如58.3%")


def _counts(spec: ChartSpec) -> Iterator[Finding]:
    name, count = _NAMES[spec.kind], len(spec.categories)
    if spec.kind in _TAKES:
        key, least, most = _TAKES[spec.kind]
        found = len(getattr(spec, key))
        if found < least or (most is not None and found > most):
            wanted = f"至少{least}项" if most is None else f"{least}项" if least == most else f"{least}至{most}项"
            message = f"{name}的“{key}”应有{wanted}，现有{found}项"
            yield Finding("D141", "error", message, inside(spec.place, key))
    rows = [(_of_series(spec, n, "facts"), series.facts) for n, series in enumerate(spec.series, 1)]
    for place, row in (*rows, (inside(spec.place, "facts"), spec.facts)):
        if row and count and len(row) != count:
            message = f"类别有{count}个，数有{len(row)}个"
            yield Finding("D141", "error", message, place, hint="每个类别一个编号，未报的写成空的双引号")
    if not count and keys_of(spec.kind)["categories"].required:
        yield Finding("D141", "error", f"{name}没有写明类别", inside(spec.place, "categories"))
    elif not count and not all(row_ids(spec)):
        hint = "请用 categories 写出各项的名称"
        yield Finding("D141", "error", "有未报的数，却没有写明它是什么", inside(spec.place, "categories"), hint=hint)


def _roles(spec: ChartSpec) -> Iterator[Finding]:
    roles = [series.role for series in spec.series]
    words = {role: word for word, role in ROLES.items()}
    if spec.kind == "bullets" and sorted(roles) != ["actual", "target"]:
        hint = 'series 写两列，目标那一列加上 role = "目标"'
        yield Finding("D141", "error", "进度图要有一列实际、一列目标", inside(spec.place, "series"), hint=hint)
    if spec.kind == "grouped" and roles.count("target") > 1:
        yield Finding("D141", "error", "柱形图只能有一列目标", inside(spec.place, "series"))
    for n, role in enumerate(roles, 1):
        if role != "actual" and spec.kind not in WITH_ROLES:
            message = f"{_NAMES[spec.kind]}不分实际、同期和目标"
            yield Finding("D107", "error", message, _of_series(spec, n, "role"), words[role], "请去掉 role")


def _names(spec: ChartSpec, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Names that stand for two things, and names that nothing goes by."""
    series = [one.name for one in spec.series]
    apart = [series]
    if spec.kind in SHARED:
        apart = [[one.name for one in spec.series if one.role == role] for role in ROLES.values()]
    for key, names in (("categories", spec.categories), *(("series", names) for names in apart)):
        for name, count in Counter(names).items():
            if count > 1 and name:
                yield Finding("D142", "error", f"名称“{name}”用了{count}次", inside(spec.place, key), name)
    labels = series or spec.categories or [_called(facts[key]) for key in row_ids(spec) if key in facts]
    for one in spec.stressed:
        if one not in labels:
            yield unknown("D105", "名称", one, labels, inside(spec.place, "stressed"))
    tiles = [name for row in spec.grid for name in row if name]
    for one in spec.categories if tiles else ():
        if one not in tiles:
            yield unknown("D105", "方块", one, tiles, inside(spec.place, "categories"))


def _targets(spec: ChartSpec, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """A target stands in a series that says it is one."""
    aims = {_of_series(spec, n, "facts") for n, series in enumerate(spec.series, 1) if series.role == "target"}
    hint = '请放进 role = "目标" 的数列' if spec.kind in WITH_ROLES else "这种图不能画目标，请写进 targets"
    for key, place in named_facts(spec):
        if key in facts and facts[key].is_target and place not in aims:
            message = f"“{_called(facts[key])}”是目标，不能画成已经实现"
            yield Finding("P221", "error", message, place, key, hint)


def _signs(spec: ChartSpec) -> Iterator[Finding]:
    """Steps of a waterfall have a sign, what it begins and ends with has none."""
    last = len(spec.facts) - 1
    for n, key in enumerate(spec.facts if spec.kind == "waterfall" else ()):
        inner = 0 < n < last
        if bool(signed(key)[0]) != inner:
            message = f"“{key}”前面{'要' if inner else '不'}写正负号"
            hint = '如 ["期初", "+新增", "-销号", "期末"]'
            yield Finding("D144", "error", message, inside(spec.place, "facts"), key, hint)


def _sums(spec: ChartSpec, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Steps must lead from the opening number to the closing one, and parts be no more than the whole; only what is
    known exactly and counts the same can be added up.
    """
    falls = spec.kind == "waterfall"
    keys = [signed(key) for key in spec.facts] if falls else [("", key) for key in (*spec.facts, spec.total)]
    told = [(sign or "+", facts[key].quantity) for sign, key in keys if key in facts]
    quantities = [quantity for _, quantity in told]
    alike = all(one.exact for one in quantities) and len({one.counted for one in quantities}) == 1
    whole_said = keys[-1][1] in facts if keys else False
    if len(told) < 2 or not alike or not whole_said or (falls and len(told) < len(keys)):  # noqa: PLR2004 - a sum of two
        return
    *steps, (_, whole) = told
    amount = sum(int(f"{sign}1") * quantity.amount for sign, quantity in steps)
    if amount > whole.amount or (falls and amount != whole.amount):
        words = "".join(f"{sign}{quantity}" for sign, quantity in steps).removeprefix("+")
        place = inside(spec.place, "facts" if falls else "total")
        message = f"{words}{'不等于' if falls else '多于'}{whole}"
        yield Finding("P222", "error", message, place, hint="请核对是否同一口径、有无遗漏")


def share_of(quantity: Quantity) -> Fraction | None:
    """A share (58.3%, 1/3) as a number from nought to one; None for what is no share."""
    amount = quantity.amount / 100 if quantity.counted in {"%", "％"} else quantity.amount
    whole = quantity.counted not in {"", "%", "％"}
    return None if whole or not 0 <= amount <= 1 else amount


def _called(fact: Fact) -> str:
    return fact.label or fact.metric


def _of_series(spec: ChartSpec, number: int, key: str) -> Place:
    return inside(nested(spec.place or Place(""), "series", number), key)
