"""Workbooks as offices send them become grids (工作簿): told apart by what is in them, whatever they are called.

.xlsx and .xlsm, the old .xls, and the web pages and XML files that reporting systems hand out under the name .xls.
Everything is read by this process, in bounds: sizes are known before anything is inflated, what is read is Python's own
and can fail but not abort, and a sheet holds so many cells at most. So nothing has to be started, watched or ended.

Codes. Errors: D122 encoding unknown, D130 another kind of file, D131 a password, D136 no such sheet, D137 too large,
D138 damaged, D209 nothing in it. Warnings, by cell: D134 an error such as #DIV/0!, D135 a formula without result, D204
formulas that perhaps nobody has computed, D205 a number, day or text that is none, D207 partly struck through. Notes:
D200 hidden sheets left out, D201 a hidden sheet read, D202 a filter, D203 a lock file, D206 markup called .xls, D208
days counted from 1904.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from digest.data.sources.html_tables import read_html
from digest.data.sources.magic import form_of
from digest.data.sources.workbook_markup import read_markup
from digest.data.sources.workbook_xls import read_xls
from digest.data.sources.xlsx_book import read_xlsx
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from types import TracebackType

    from digest.data.sources.opened import Grids


class WorkbookReader:
    """Reads one workbook after another; it holds nothing that would have to be given back."""

    def __enter__(self) -> Self:
        """Ready to read."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing was started, so nothing has to end."""

    def read(self, data: bytes, shown: str, sheet: str = "") -> Grids:
        """The grids of all visible sheets that hold anything, or of the one called `sheet`, and what was seen."""
        return read_workbook(data, shown, sheet)


def read_workbook(data: bytes, shown: str, sheet: str = "", *, first: bool = False) -> Grids:
    """The grids of a workbook; `first` asks for its first visible sheet alone, even where nothing is in it."""
    place = Place(shown)
    if shown.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        return (), (Finding("D203", "note", "这是打开工作簿时的临时文件，没有读取", place, hint="关闭工作簿后会消失"),)
    form, name = form_of(data)
    match form:
        case "zip":
            grids, findings = read_xlsx(data, shown, sheet, first=first)
        case "compound":
            grids, findings = read_xls(data, shown, sheet, first=first)
        case "xml":
            grids, findings = read_markup(data, shown, sheet)
        case "html":
            grids, findings = read_html(data, shown, sheet)
        case _:
            grids, findings = (), (_another(name, place),)
    if not grids and not any(finding.severity == "error" for finding in findings):
        nothing = Finding("D209", "error", "工作簿中没有数据", place, hint="请检查文件是否选对")
        findings = (*findings, nothing)
    return grids, findings


def _another(name: str, place: Place) -> Finding:
    return Finding("D130", "error", f"不是Excel工作簿，内容是{name}", place, hint=_SAVE_AS)


_SAVE_AS: Final = "请用WPS或Excel另存为.xlsx"
