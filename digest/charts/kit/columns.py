"""Upright bars as Plotly draws them, with the ends that their numbers have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.kit.ends import cut_back, draw_end, end_room
from digest.charts.kit.places import Box

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.charts.kit.pens import Fill
    from digest.charts.kit.readings import Certain
    from digest.charts.kit.sheet import Sheet

STUB: Final = 1.0  # what is drawn of nought
EDGE: Final = 0.6


class Column(NamedTuple):
    """A bar from `base` to `end`, y downwards; it hangs where `end` is below `base`."""

    left: float
    width: float
    base: float
    end: float
    fill: Fill
    certain: Certain = "exact"

    @property
    def middle(self) -> float:
        """The x it stands about."""
        return self.left + self.width / 2

    @property
    def hangs(self) -> bool:
        """Whether it goes down."""
        return self.end > self.base

    @property
    def tip(self) -> float:
        """How far it reaches with the mark of its end."""
        room = end_room(self.certain)
        return self.end + room if self.hangs else self.end - room

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.left, min(self.base, self.tip), self.left + self.width, max(self.base, self.tip))


def draw_columns(sheet: Sheet, columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Ends of bars on the sheet, and their plain parts as traces, one for each fill."""
    by_fill: dict[Fill, list[Column]] = {}
    for column in columns:
        by_fill.setdefault(column.fill, []).append(column)
        if abs(column.end - column.base) < STUB:
            y = column.base - STUB
            sheet.line(column.left, y, column.left + column.width, y, STUB, column.fill.mark)
        color = column.fill.of_end(column.certain)
        draw_end(sheet, column.left, column.width, column.base, column.end, column.certain, color)
    return [_trace(fill, those) for fill, those in by_fill.items()]


def _trace(fill: Fill, columns: list[Column]) -> dict[str, Any]:
    heights = []
    for column in columns:
        length = abs(column.end - column.base)
        plain = length - cut_back(column.certain, length, column.width)
        heights.append(round(plain if column.hangs else -plain, 3))
    inset = EDGE if fill.edge else 0.0  # an edge is drawn half inside and half outside
    line = {"width": inset, "color": fill.edge or fill.ground}
    return {
        "type": "bar", "cliponaxis": False,
        "x": [round(column.middle, 3) for column in columns],
        "base": [round(column.base, 3) for column in columns],
        "y": heights,
        "width": [round(column.width - inset, 3) for column in columns],
        "marker": {"color": fill.ground, "line": line},
    }  # fmt: skip
