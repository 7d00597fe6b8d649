"""What the rows of a table are (识行): members, sums and means by their label, and what else stands between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.tabling.display import knows
from digest.data.tabling.figure_table import FigureRow
from digest.data.tabling.figures import Figures, RowCells
from digest.data.tabling.heads import is_note, like_a_head, repeats
from digest.data.tabling.members import Members
from digest.data.tabling.window import place_of_range, range_name
from digest.data.tabling.words import ENUMERATED, likely_number, plain
from digest.findings import Finding

if TYPE_CHECKING:
    from digest.data.grid import At
    from digest.data.roster import Roster
    from digest.data.tabling.figure_table import FigureColumn
    from digest.data.tabling.heads import Head, Sight
    from digest.data.tabling.window import Window
    from digest.findings import Place


@dataclass(slots=True)
class Rows:
    """What was found below the head. `again` is the row in which another table begins, or None."""

    rows: list[FigureRow] = field(default_factory=list)
    left_out: list[FigureRow] = field(default_factory=list)
    notes: list[tuple[str, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    again: int | None = None


class _Of(NamedTuple):
    """What is the same for all rows of a table."""

    window: Window
    head: Head
    sight: Sight
    labels: tuple[FigureColumn, ...]
    numbers: tuple[tuple[int, str], ...]
    members: Members
    figures: Figures


def read_rows(
    window: Window, head: Head, columns: tuple[FigureColumn, ...], sight: Sight, roster: Roster | None
) -> Rows:
    """Every row below the head, with its role; D255 to D268."""
    found = Rows()
    labels = tuple(column for column in columns if column.role == "label")
    numbers = tuple(
        (column.index, "·".join(column.levels)) for column in columns if column.role not in {"label", "skipped"}
    )
    members = Members(window, head, labels, roster)
    figures = Figures(window.grid, dict(numbers), _unreadable(window, head, numbers, found))
    of = _Of(window, head, sight, labels, numbers, members, figures)
    value = window.grid.value
    indices = [index for index, _ in numbers]
    for row in head.below:
        first = next((held for index in indices if (held := value(row, index)) not in _NOTHING), None)
        usual = first is not None and (not isinstance(first, str) or first[0] in _DIGITS or _is_number(first))
        if not usual and _aside(row, first, of, found):
            if found.again is not None:
                break
            continue
        _figures(row, of, found)
    _formats(of, found)
    found.findings += members.findings(found.rows, found.left_out)
    return found


# --- rows of figures ----------------------------------------------------------------------------------


def _figures(row: int, of: _Of, found: Rows) -> None:
    """A row of figures as it is read, in its list."""
    grid = of.window.grid
    texts = _labels(row, of)
    said = of.members.of_row(row, texts)
    cells = RowCells(of.figures, row)
    place = grid.place_of(row)
    labels = {column.name: text for column, text in zip(of.labels, texts, strict=True)}
    struck = grid.struck and any((row, column.index) in grid.struck for column in of.labels)
    made = FigureRow(row, said.role, labels, cells, place, said.member, said.merged)
    if said.finding:
        found.findings.append(said.finding)
    if struck:
        message = f"“{' '.join(filter(None, texts))}”加了删除线，这一行没有读取"
        found.findings.append(Finding("D265", "warning", message, place, hint="请删去这一行，或取消删除线"))
    (found.left_out if said.left_out or struck else found.rows).append(made)


def _labels(row: int, of: _Of) -> list[str]:
    window = of.window
    return [
        window.text(row, column.index) or (window.shown(row, column.index) if window.anchors else "")
        for column in of.labels
    ]


def _unreadable(window: Window, head: Head, numbers: tuple[tuple[int, str], ...], found: Rows) -> dict[At, str]:
    """Cells of numbers that are struck through, or one cell of several rows; each is told."""
    grid, indices, below = window.grid, dict(numbers), set(head.below)
    missing: dict[At, str] = {}
    for row, column in sorted(grid.struck):
        text = window.text(row, column) if row in below else ""
        if column in indices and text:
            missing[row, column] = text
            place = grid.place_of(row, column, indices[column])
            message = f"“{text}”加了删除线，按未报处理"
            found.findings.append(Finding("D265", "warning", message, place, text, "请删去这个数，或取消删除线"))
    for merge in window.merges:
        covered = [
            (row, column)
            for row in range(merge.top, merge.bottom + 1)
            if row in below
            for column in range(merge.left, merge.right + 1)
            if column in indices
        ]
        text = window.text(merge.top, merge.left) if merge.top in below else ""
        if len(covered) > 1 and text and merge.left in indices:
            missing.update(dict.fromkeys(covered, text))
            name = range_name(*merge)
            message = f"合并的单元格里只有一个“{text}”，不知属于哪一行哪一列，按未报处理"
            place = place_of_range(grid, name) if grid.addressed else grid.place_of(merge.top, merge.left)
            found.findings.append(Finding("D266", "warning", message, place, text, "请拆分单元格，逐格填写"))
    return missing


def _formats(of: _Of, found: Rows) -> None:
    """A note for each column in which a number is shown in a way that is not known."""
    grid = of.window.grid
    if not grid.formats:
        return
    strange = {form for form in set(grid.formats.values()) if not knows(form)}
    told: set[int] = set()
    indices = dict(of.numbers)
    for (row, column), form in grid.formats.items() if strange else ():
        if (
            form in strange
            and column in indices
            and column not in told
            and not isinstance(grid.value(row, column), str)
        ):
            told.add(column)
            message = f"数字格式“{form}”不认得，这一列按存的数读取"
            place = grid.place_of(row, column, indices[column])
            found.findings.append(Finding("D259", "note", message, place, hint="请核对显示的数"))


# --- rows of anything else ----------------------------------------------------------------------------


def _aside(row: int, first: object, of: _Of, found: Rows) -> bool:
    """Whether a row without a number is none of figures: a head again, another table, a note, a title between."""
    window, grid = of.window, of.window.grid
    filled = window.filled(row)
    place = grid.place_of(row)
    texts = [window.text(row, column) for column in filled]
    if repeats(window, row, of.head):
        message = f"“{'、'.join(texts[:3])}……”是重复的表头，没有读取"
        found.findings.append(Finding("D258", "note", message, place))
        return True
    if like_a_head(window, row, of.sight):
        found.again = row
        return True
    if is_note(window, row) or (first is None and found.notes and len(filled) == 1 and not of.members.knows(texts[0])):
        found.notes.append(("　".join(texts), place))
        return True
    if first is not None:
        return False
    wide = any(merge.top == row and merge.left == filled[0] and merge.right > merge.left for merge in window.merges)
    alone = len(filled) == 1 and (wide or ENUMERATED.match(texts[0]) is not None or not of.labels)
    skipped = not any(column.index in filled for column in of.labels)
    if (alone or skipped) and not of.members.knows(texts[0]):
        message = f"“{'、'.join(texts)}”所在行没有数，没有读取"
        found.findings.append(Finding("D268", "note", message, place, "、".join(texts)))
        return True
    return False


def _is_number(text: str) -> bool:
    return likely_number(plain(text))


_NOTHING: Final = (None, "")
_DIGITS: Final = "0123456789"
