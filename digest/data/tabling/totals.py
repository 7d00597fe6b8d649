"""Whether 合计, 小计 and 平均 are what the rows above or below them say (核对合计); both are shown where they are not.

Codes: D270 a total, D271 a subtotal, D272 a mean that is not ours (warnings); D273 not checked, and why (note).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.answers import Counted, Missing
from digest.data.at_sight import decimal
from digest.data.cells import read_column
from digest.data.quantity import SCALES
from digest.data.tabling.figures import column_of
from digest.data.tabling.words import RATE
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from digest.data.answers import Answer
    from digest.data.quantity import Quantity
    from digest.data.refusal import Refusal
    from digest.data.tabling.figure_table import FigureColumn, FigureRow, FigureTable


def check_totals(
    table: FigureTable, *, units: Mapping[int, str] | None = None, only: Collection[int] | None = None
) -> tuple[Finding, ...]:
    """What does not add up, column by column.

    `units` are those of columns whose title has none, by index; `only` the columns that may be added up at all. Rates
    and shares are never added. Numbers that were rounded for display may differ by as much as rounding does.
    """
    checked = [row for row in table.rows if row.role in {"total", "subtotal", "mean"}]
    parts = [row for row in table.rows if row.role in {"member", "apart"}]
    members = [row.member for row in parts if row.member and not row.merged]
    if not checked or not parts or len(set(members)) != len(members):
        return ()
    if table.left_out:
        return (_unchecked("有的行没有读取", checked[0], None),)
    findings: list[Finding] = []
    for column in table.columns:
        wanted = column.role in {"number", "target"} and (only is None or column.index in only)
        unit = column.unit or (units or {}).get(column.index, "")
        if wanted and not RATE.fullmatch(column.name) and unit.removeprefix("个") not in _NEVER_ADDED:
            findings += _column(table, column, unit)
    return tuple(findings)


@dataclass(slots=True)
class _Sum:
    """What was added up; `slack` is how much rounding for display may have changed it, `doubt` why not to ask."""

    amount: Fraction = Fraction(0)
    count: int = 0
    slack: Fraction = Fraction(0)
    doubt: str = ""
    unit: str | None = None

    def add(self, read: Answer | Refusal) -> None:
        if isinstance(read, Missing):
            self.doubt = self.doubt or "有的没有填报"
        elif not isinstance(read, Counted):
            self.doubt = self.doubt or "有的数没有读出"
        elif not read.quantity.exact or read.quantity.prefix:
            self.doubt = self.doubt or f"“{read.quantity}”是约数"
        elif self.unit not in {None, read.quantity.counted}:
            self.doubt = self.doubt or "计量单位不同，不能相加"
        else:
            self.unit = read.quantity.counted
            self.amount += read.quantity.amount
            self.count += 1
            self.slack += _slack(read)


def _column(table: FigureTable, column: FigureColumn, unit: str) -> list[Finding]:
    whole, group = _Sum(), _Sum()
    groups: list[tuple[FigureRow, _Sum]] = []
    below = _subtotals_first(table)
    answers = read_column(*column_of(table.rows, column.index), unit=unit)
    for row, read in zip(table.rows, answers, strict=True):
        if row.role in {"member", "apart"}:
            whole.add(read)
            group.add(read)
        elif row.role == "subtotal":
            if below:
                group = _Sum()
                groups.append((row, group))
            else:
                groups.append((row, group))
                group = _Sum()
    sums = {row.index: found for row, found in groups}
    findings: list[Finding] = []
    for row, read in zip(table.rows, answers, strict=True):
        if row.role in _CODES:
            finding = _check(row, column, read, sums.get(row.index, whole))
            findings += [finding] if finding else []
    return findings


def _check(row: FigureRow, column: FigureColumn, read: Answer | Refusal, own: _Sum) -> Finding | None:
    cell = row.cells[column.index]
    if isinstance(read, Missing) or not own.count:
        return None
    if not isinstance(read, Counted):
        return None  # whoever reads the cell tells why
    told = read.quantity
    doubt = own.doubt or ("" if told.exact else f"“{told}”是约数")
    mean = row.role == "mean"
    ours = own.amount / own.count if mean else own.amount
    if told.counted != own.unit:
        doubt = doubt or "计量单位不同，不能相加"
    slack = (own.slack / own.count if mean else own.slack) + (_step(told) / 2 if mean else _slack(read))
    if not doubt and abs(told.amount - ours) <= slack:
        return None
    if doubt:
        return None if doubt == "有的没有填报" and told.amount == ours else _unchecked(doubt, row, column)
    code, word = _CODES[row.role]
    shown = _shown(ours, told)
    message = f"{_label(row)}写的是“{cell.text}”，按各行{word}是{shown}"
    return Finding(code, "warning", message, cell.place, cell.text, "请核对各行和合计")


def _unchecked(why: str, row: FigureRow, column: FigureColumn | None) -> Finding:
    place = row.cells[column.index].place if column else row.place
    return Finding("D273", "note", f"{_label(row)}没有核对：{why}", place)


def _label(row: FigureRow) -> str:
    return next((text for text in row.labels.values() if text), "合计")


def _slack(read: Counted) -> Fraction:
    return _step(read.quantity) / 2 if any(note.code == "D168" for note in read.aside.notes) else Fraction(0)


def _step(quantity: Quantity) -> Fraction:
    """One of the last digit that is shown, in whole units."""
    _, _, decimals = quantity.numeral.partition(".")
    return Fraction(SCALES[quantity.scale], 10 ** len(decimals))


def _shown(amount: Fraction, like: Quantity) -> str:
    """The number in the scale and unit of another."""
    _, _, decimals = like.numeral.partition(".")
    return f"{decimal(round(amount / SCALES[like.scale], len(decimals) + 2))}{like.scale}{like.counted}"


def _subtotals_first(table: FigureTable) -> bool:
    """Whether a 小计 stands above its rows."""
    first = next((row.role for row in table.rows if row.role in {"member", "apart", "subtotal"}), "member")
    return first == "subtotal"


_NEVER_ADDED: Final = frozenset(("%", "％", "‰", "百分点", "倍"))
_CODES: Final = {"total": ("D270", "相加"), "subtotal": ("D271", "相加"), "mean": ("D272", "平均")}
