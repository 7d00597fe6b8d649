"""Tables over the book as a project declares them (数据表编排): rows of members, months or metrics.

D101-D103 `schema.py`   D105 an id or a name that nobody has   D107 an unknown word   D335 no rows, or no small lines
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from digest.data.aspects import ASPECT_OF
from digest.data.book import ASPECTS
from digest.data.model import TableSpec
from digest.data.schema import PART_TABLE, inside, take_each, unknown
from digest.data.short_charts import ALL
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.data.book import Book
    from digest.data.schema import Taken

Rows = Literal["members", "months", "metrics"]
Whole = Literal["first", "last", "none"]
ROWS: Final[dict[str, Rows]] = {"成员": "members", "月份": "months", "指标": "metrics"}
WHOLES: Final[dict[str, Whole]] = {"首行": "first", "末行": "last", "无": "none"}
_ROWS_OF: Final[dict[str, Rows]] = {**ROWS, **{rows: rows for rows in ROWS.values()}}
_WHOLE_OF: Final[dict[str, Whole]] = {**WHOLES, **{whole: whole for whole in WHOLES.values()}, "": "last"}


def read_book_tables(part: Taken, seen: list[Finding]) -> tuple[TableSpec, ...]:
    """The tables over the book of a part, in their order; one of unknown rows is none. Codes D101, D102, D103, D107."""
    read = (_read(taken, seen) for taken in take_each(part, "tables", PART_TABLE, seen))
    return tuple(spec for spec in read if spec)


def _read(taken: Taken, seen: list[Finding]) -> TableSpec | None:
    for key, words in (("rows", _ROWS_OF), ("whole", _WHOLE_OF)):
        word = taken.text(key)
        if word and word not in words:
            seen.append(unknown("D107", "行" if key == "rows" else "位置", word, filter(None, words), taken.where(key)))
    rows = _ROWS_OF.get(taken.text("rows"))
    if rows is None:
        return None
    return TableSpec(
        rows,
        taken.texts("columns"),
        members=taken.texts("members"),
        metrics=taken.texts("metrics"),
        months=taken.number("months"),
        whole=_WHOLE_OF.get(taken.text("whole"), "last"),
        spark=taken.text("spark"),
        sort=taken.text("sort"),
        caption=taken.text("caption"),
        note=taken.text("note"),
        place=taken.place,
    )


def table_faults(spec: TableSpec, book: Book) -> Iterator[Finding]:
    """What keeps a table from being set: names that nothing of the book goes by, each with the nearest."""
    place = spec.place or Place("")
    if spec.rows == "metrics":
        words = (one for one in spec.columns if one not in ASPECT_OF)
        yield from (unknown("D107", "口径", one, ASPECT_OF, inside(place, "columns")) for one in words)
        if not spec.metrics:
            hint = "metrics 列出各行的指标编号"
            yield Finding("D335", "error", "没有写明列哪些指标", inside(place, "metrics"), hint=hint)
    else:
        yield from _ids(spec.columns, book, inside(place, "columns"))
    yield from _ids(filter(None, (spec.sort,)), book, inside(place, "sort"))
    if spec.spark and spec.rows == "months":
        hint = "迷你图本身就是各月走势，请放在成员或指标的表里"
        yield Finding("D335", "error", "按月份列的表不画迷你图", inside(place, "spark"), spec.spark, hint)
    elif spec.spark and spec.rows == "metrics" and spec.spark not in ASPECT_OF:
        yield unknown("D107", "口径", spec.spark, ASPECT_OF, inside(place, "spark"))
    elif spec.spark and spec.rows == "members":
        yield from _ids((spec.spark,), book, inside(place, "spark"))
    strangers = (one for one in spec.metrics if one not in book.metrics)
    yield from (unknown("D105", "指标", one, book.metrics, inside(place, "metrics")) for one in strangers)
    members = (ALL, book.whole, *book.roster, *book.apart)
    strangers = (one for one in spec.members if one not in members)
    yield from (unknown("D105", "成员", one, members, inside(place, "members")) for one in strangers)


def _ids(keys: Iterable[str], book: Book, place: Place) -> Iterator[Finding]:
    known = [f"{metric}{aspect}" for metric in book.metrics for aspect in ("", *(f".{one}" for one in ASPECTS[1:]))]
    strangers = (key for key in keys if book.parse(key) is None)
    yield from (unknown("D105", "数据编号", key, known, place) for key in strangers)
