"""Which sheets of a workbook are read (选表): the one that is named, or all that are visible.

Codes: D136 no such sheet; notes D200 hidden sheets left out, D201 a hidden sheet read since it was named.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, NamedTuple

from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Sequence

Visibility = Literal["visible", "hidden", "very hidden"]


class SheetName(NamedTuple):
    """A sheet as the workbook lists it, and where its cells are; what has no cells (a chart) is no table."""

    name: str
    visibility: Visibility
    part: str
    table: bool = True


def chosen(sheets: Sequence[SheetName], wanted: str, place: Place) -> tuple[list[SheetName], tuple[Finding, ...]]:
    """The sheets to be read, in their order, and what there is to say; no name means all that are visible."""
    tables = [sheet for sheet in sheets if sheet.table]
    if not wanted:
        hidden = (_left_out(sheet, place) for sheet in tables if sheet.visibility != "visible")
        return [sheet for sheet in tables if sheet.visibility == "visible"], tuple(hidden)
    found = [sheet for sheet in tables if sheet.name == wanted][:1]
    if not found:
        return [], (_no_such_sheet(wanted, [sheet.name for sheet in tables], place),)
    if found[0].visibility == "visible":
        return found, ()
    note = Finding("D201", "note", "工作表是隐藏的，因指定了名称而读取", Place(place.file, wanted))
    return found, (note,)


def _left_out(sheet: SheetName, place: Place) -> Finding:
    how = "深度隐藏（菜单中看不到）" if sheet.visibility == "very hidden" else "隐藏"
    where = Place(place.file, sheet.name)
    return Finding("D200", "note", f"工作表“{sheet.name}”已{how}，没有读取", where, hint="要读取请写明工作表名称")


def _no_such_sheet(wanted: str, names: list[str], place: Place) -> Finding:
    near = get_close_matches(wanted, names, n=1, cutoff=0.5)
    there = "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")
    hint = f"是否为“{near[0]}”？" if near else ""
    return Finding("D136", "error", f"没有名为“{wanted}”的工作表", place, wanted, f"{hint}工作簿中有：{there}")


_MOST_NAMES = 30
