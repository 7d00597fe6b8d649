"""Shares written in two ways in one column (占比混写): 0.485 beside 48.5 under a head that says %.

Code: D275 (warning).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.answers import Counted
from digest.data.cells import read_cell
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.tabling.figure_table import FigureCell


class Mixed(NamedTuple):
    """The cells that may mean a hundred times as much, which are not to be read, and what to tell of them."""

    cells: tuple[FigureCell, ...]
    finding: Finding


def mixed_shares(cells: Iterable[FigureCell]) -> Mixed | None:
    """The doubtful cells of a column of per cent; None where all are written in one way.

    What is shown with a % is certain. Of the others those below 1.5 are doubtful where there are also greater ones.
    """
    small: list[FigureCell] = []
    large: list[FigureCell] = []
    for cell in cells:
        if "%" in cell.text or "％" in cell.text:
            continue
        read = read_cell(cell.text, unit="%", value=cell.value, number_format=cell.number_format)
        if isinstance(read, Counted) and read.quantity.value:
            (small if abs(read.quantity.value) < _BETWEEN else large).append(cell)
    if not small or not large:
        return None
    named = "、".join(f"{cell.place.cell}“{cell.text}”" for cell in small[:_SHOWN])
    more = f"等{len(small)}格" if len(small) > _SHOWN else ""
    message = f"百分比一列里有的写成小数：{named}{more}，同列又有“{large[0].text}”，没有读取"
    hint = "请统一写成百分数，例如：48.5%"
    return Mixed(tuple(small), Finding("D275", "warning", message, small[0].place, small[0].text, hint))


_BETWEEN: Final = 1.5
_SHOWN: Final = 5
