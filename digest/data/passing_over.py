"""What stands in a table and is not taken (不采用), and why: parts of other rows, rows of nobody, what cannot be added.

Codes: D260 rows of nobody that anybody knows (warning), D276 rows that are parts of others (note), and numbers of
former members that cannot be added to those of today (warning).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from digest.data.book import Observation
    from digest.data.tabling.figure_table import FigureRow
    from digest.findings import Place


def passed_over(rows: Collection[FigureRow]) -> Iterator[Finding]:
    """A note for all rows that sum up others or are a part of one."""
    if not rows:
        return
    labels = [next(filter(None, row.labels.values()), "合计").strip() for row in rows]
    names = "、".join(f"“{label}”" for label in dict.fromkeys(labels))
    message = f"{names}共{len(labels)}行是其他行的一部分，或由其他行算出，没有另外采用"
    yield Finding("D276", "note", message, next(iter(rows)).place, labels[0])


def strangers(rows: Mapping[str, Place]) -> Iterator[Finding]:
    """A warning for all rows of those whom the roster does not have; of nobody, they would pass for the whole's."""
    if not rows:
        return
    names = "、".join(f"“{name}”" for name in list(rows)[:_NAMED_MOST])
    more = f"等{len(rows)}个" if len(rows) > _NAMED_MOST else ""
    hint = "请在 [data] 的 roster 中写明名册，其他写法写入 aliases；整张表不按成员填的，请去掉这一列的名称"
    yield Finding("D260", "warning", f"{names}{more}不在名册里，这些行没有读取", next(iter(rows.values())), hint=hint)


def not_added(observations: Iterable[Observation]) -> Iterator[Finding]:
    """A warning for each member whose number and that of a former one do not add up to any."""
    for one in observations:
        if one.why == "incomplete" and one.refused is not None:
            message = f"“{one.at}”没有加上并入部分：{one.refused.message}"
            yield Finding("D276", "warning", message, one.place, one.text, "请填成能相加的准数")


_NAMED_MOST: Final = 8
