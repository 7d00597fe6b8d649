"""Rows of a facts table become facts (已报数据)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from digest.data.model import AsOf, Fact, Source, Span
from digest.data.period import check_date
from digest.data.quantity import parse_quantity
from digest.data.schema import COLUMNS, FACT_KINDS, FLAGS, STATUSES, inside, unknown
from digest.data.tables import table_of_frame
from digest.errors import DataError
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pandas import DataFrame

    from digest.data.tables import Row, Table

Word = TypeVar("Word")


def facts_from_frame(frame: DataFrame, name: str = "数据框") -> tuple[Fact, ...]:
    """The facts of a DataFrame that has the columns of a facts table; DataError with all that is wrong in it.

    `name` is what findings call it. Quantities and periods must be texts (`4.1亿元`, `2023-12`), never floats or dates.
    """
    table, findings = table_of_frame(frame, name)
    facts, faults = read_facts(table)
    wrong = [finding for finding in (*findings, *untold(faults, findings)) if finding.severity == "error"]
    if wrong:
        raise DataError(wrong)
    return facts


def read_facts(table: Table) -> tuple[tuple[Fact, ...], tuple[Finding, ...]]:
    """The facts of a table and all that is wrong with it; a row without a readable quantity or kind gives no fact."""
    seen: list[Finding] = []
    strange = (title for title in table.columns if title and title not in COLUMNS)
    seen += (unknown("D101", "列", title, COLUMNS, inside(table.place, title)) for title in strange)
    absent = [title for title, needed in COLUMNS.items() if needed and title not in table.columns]
    if table.columns:
        seen += (Finding("D103", "error", f"缺少“{title}”列", table.place) for title in absent)
    facts = [_fact(row, seen) for row in table.rows]
    return tuple(fact for fact in facts if fact is not None), tuple(seen)


def untold(faults: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """The faults but those in cells that were refused before: what could not be read is not empty as well."""
    refused = {one.place for one in told if one.severity == "error" and one.place and one.place.cell}
    return (fault for fault in faults if fault.place not in refused)


def _fact(row: Row, seen: list[Finding]) -> Fact | None:
    text = {title: cell.text for title, cell in row.cells.items()}
    seen += (_empty_cell(row, title) for title, needed in COLUMNS.items() if needed and text.get(title) == "")
    kind = _word(row, "类别", FACT_KINDS, None, seen)
    status = _word(row, "状态", STATUSES, "reported", seen)
    flags = {title: _word(row, title, FLAGS, None, seen) for title in ("累计", "期间推断", "截至推断")}
    for title in ("期间起", "期间止", "截至"):
        _check_date(row, title, seen)
    _check_phrase(row, seen)
    quantity = None
    if text.get("数据"):
        try:
            quantity = parse_quantity(text["数据"])
        except ValueError:
            seen.append(_not_a_quantity(row))
        if row.cells["数据"].number:
            seen.append(_bare_integer(row))
    if kind is None or quantity is None or status is None or not text.get("编号"):
        return None
    return Fact(
        id=text["编号"],
        program=text.get("项目", ""),
        metric=text.get("指标", ""),
        quantity=quantity,
        kind=kind,
        source=Source(
            document=text.get("来源", ""),
            quote=text.get("原文", ""),
            speaker=text.get("发言人", ""),
            department=text.get("发言单位", ""),
            outlet=text.get("提问媒体", ""),
        ),
        label=text.get("简称", ""),
        phrase=text.get("表述", ""),
        period=Span(
            text.get("期间起", ""), text.get("期间止", ""), text.get("期间原文", ""), inferred=bool(flags["期间推断"])
        ),
        as_of=AsOf(
            text.get("截至", ""),
            text.get("截至原文", ""),
            inferred=bool(flags["截至推断"]),
            basis=text.get("推断依据", ""),
        ),
        scope=text.get("范围", ""),
        status=status,
        deadline=text.get("时限", ""),
        cumulative=flags["累计"],
        of=text.get("隶属", ""),
        note=text.get("备注", ""),
        place=row.place,
    )


def _empty_cell(row: Row, title: str) -> Finding:
    code, why = ("D111", "没有来源的数据不能刊登") if title in _PROVENANCE else ("D103", "每条数据都要填写")
    return Finding(code, "error", f"“{title}”是空的", row.cells[title].place, hint=why)


def _word(row: Row, title: str, words: Mapping[str, Word], otherwise: Word | None, seen: list[Finding]) -> Word | None:
    """What the cell's word stands for; the English word itself is taken as well."""
    cell = row.cells.get(title)
    if cell is None or not cell.text:
        return otherwise
    if cell.text in words:
        return words[cell.text]
    for word in words.values():
        if word == cell.text:
            return word
    hint = f"可以填：{'、'.join(words)}"
    seen.append(Finding("D107", "error", f"“{title}”不能填“{cell.text}”", cell.place, cell.text, hint))
    return None


def _check_date(row: Row, title: str, seen: list[Finding]) -> None:
    cell = row.cells.get(title)
    if cell is None or not cell.text:
        return
    try:
        check_date(cell.text)
    except ValueError:
        message = f"“{title}”不是日期：“{cell.text}”"
        seen.append(Finding("D106", "error", message, cell.place, cell.text, "请写成 2023、2023-12 或 2023-12-29"))


def _check_phrase(row: Row, seen: list[Finding]) -> None:
    cell = row.cells.get("表述")
    if cell is None or not cell.text:
        return
    rest = cell.text.replace("{}", "", 1)
    if rest == cell.text or "{" in rest or "}" in rest:
        message = f"“表述”中应有且只有一处“{{}}”：“{cell.text}”"
        seen.append(Finding("D113", "error", message, cell.place, cell.text, "{} 是数据所在的位置"))


def _not_a_quantity(row: Row) -> Finding:
    cell = row.cells["数据"]
    hint = "请连同单位写成一个数，如 4.1亿元、2700余家、近5亿元、第三届"
    return Finding("D108", "error", f"“{cell.text}”不是数量", cell.place, cell.text, hint)


def _bare_integer(row: Row) -> Finding:
    cell = row.cells["数据"]
    message = f"单元格是数值{cell.text}，没有单位"
    return Finding("D139", "warning", message, cell.place, cell.text, "请把单元格格式设为文本，连同单位填写，如 137个")


_PROVENANCE: Final = frozenset({"来源", "原文"})
