"""Bars as Plotly draws them, and what their ends say about their numbers; they stand, hang or lie.

余 and 多 (at least): a hatched cap whose far side stays open. 近 and 不足 (at most): a notch whose tips touch what was
said. 约 (vague): a wave. None of them reaches what was not said; the words beside the bar are those of the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from digest.charts.kit.places import Box
from digest.charts.kit.shapes import HATCH, HATCH_PITCH, cornered, hatched, joined, waved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.charts.kit.pens import Fill
    from digest.charts.kit.readings import Certain
    from digest.charts.kit.shapes import Point
    from digest.charts.kit.sheet import Sheet

SIDE_CAP: Final = 16.0  # how far a hatched cap reaches beyond a bar that lies
TOP_CAP: Final = 9.0  # and beyond one that stands
SMALL_CAP: Final = 8.0  # caps that are shorter are hatched more closely
CLOSE_PITCH: Final = 2.4
CAP_EDGE: Final = 0.6
NOTCH: Final = 5.5
WAVE: Final = 1.5  # half its height
STUB: Final = 1.0  # what is drawn of nought
EDGE: Final = 0.6

Way = Literal["up", "right"]
"""Where more is."""


class Bar(NamedTuple):
    """A bar from `base` to `end`, its `side` (left or top edge) and how `thick` it is. It lies where more is right;
    else it stands, or hangs where its end is below its base. A `cap` of nought is as long as others that way.
    """

    base: float
    end: float
    side: float
    thick: float
    fill: Fill
    certain: Certain = "exact"
    more: Way = "up"
    cap: float = 0.0

    @property
    def away(self) -> int:
        """1 where it goes right or down, -1 where it goes left or up."""
        if self.end == self.base:
            return 1 if self.more == "right" else -1
        return 1 if self.end > self.base else -1

    @property
    def length(self) -> float:
        """From base to end."""
        return abs(self.end - self.base)

    @property
    def cut(self) -> float:
        """How much shorter its plain part is, so that its end can be drawn."""
        depth = {"most": min(NOTCH, self.thick / 2), "vague": WAVE}.get(self.certain, 0.0)
        return min(depth, self.length)

    @property
    def reach(self) -> float:
        """How long its cap is, where it has one."""
        return self.cap or (SIDE_CAP if self.more == "right" else TOP_CAP)

    @property
    def tip(self) -> float:
        """How far it reaches with the mark of its end."""
        return self.end + self.away * {"least": self.reach, "vague": WAVE}.get(self.certain, 0.0)

    @property
    def middle(self) -> float:
        """The line it lies or stands about."""
        return self.side + self.thick / 2

    @property
    def hangs(self) -> bool:
        """Whether it goes down."""
        return self.more == "up" and self.end > self.base

    @property
    def box(self) -> Box:
        """What it covers."""
        low, high = sorted((self.base, self.tip))
        return Box(*self.at(low, self.side), *self.at(high, self.side + self.thick))

    def at(self, along: float, across: float) -> Point:
        """X and y of a place along and across it."""
        return (along, across) if self.more == "right" else (across, along)

    def corners(self, start: float, stop: float) -> tuple[Point, Point, Point, Point]:
        """Of the part between two places along it."""
        near, far = self.side, self.side + self.thick
        return self.at(start, near), self.at(stop, near), self.at(stop, far), self.at(start, far)


def draw_bars(sheet: Sheet, bars: Iterable[Bar]) -> list[dict[str, Any]]:
    """Ends of bars on the sheet, and their plain parts as traces, one for each fill and way."""
    alike: dict[tuple[Fill, Way], list[Bar]] = {}
    for bar in bars:
        alike.setdefault((bar.fill, bar.more), []).append(bar)
        if bar.length < STUB:
            place = bar.base + (STUB if bar.more == "right" else -STUB)
            start, stop = bar.corners(place, place)[1:3]
            sheet.line(*start, *stop, STUB, bar.fill.mark)
        draw_end(sheet, bar)
    return [_trace(*key, those) for key, those in alike.items()]


def _trace(fill: Fill, more: Way, bars: list[Bar]) -> dict[str, Any]:
    inset = EDGE if fill.edge else 0.0  # an edge is drawn half inside and half outside
    along, across, way = ("x", "y", {"orientation": "h"}) if more == "right" else ("y", "x", {})
    return {
        "type": "bar", "cliponaxis": False, **way,
        across: [round(bar.middle, 3) for bar in bars],
        "base": [round(bar.base, 3) for bar in bars],
        along: [round(bar.away * (bar.length - bar.cut), 3) for bar in bars],
        "width": [round(bar.thick - inset, 3) for bar in bars],
        "marker": {"color": fill.ground, "line": {"width": inset, "color": fill.edge or fill.ground}},
    }  # fmt: skip


def draw_end(sheet: Sheet, bar: Bar) -> None:
    """The end of a bar, beyond its plain part."""
    near, far, color = bar.side, bar.side + bar.thick, bar.fill.of_end(bar.certain)
    seam = bar.end - bar.away * bar.cut
    under = seam - bar.away * min(1.0, abs(bar.base - seam))  # lies a little under the bar, so that no seam shows
    match bar.certain:
        case "least":
            for edge in (near + CAP_EDGE / 2, far - CAP_EDGE / 2):
                sheet.line(*bar.at(bar.end, edge), *bar.at(bar.tip, edge), CAP_EDGE, color)
            left, top = bar.at(min(bar.end, bar.tip), near)
            pitch = CLOSE_PITCH if bar.reach < SMALL_CAP else HATCH_PITCH
            sheet.path(hatched(left, top, *bar.at(bar.reach, bar.thick), pitch), HATCH, color)
        case "most" if bar.cut:
            corners = ((under, near), (bar.end, near), (seam, bar.middle), (bar.end, far), (under, far))
            sheet.area(cornered(bar.at(*corner) for corner in corners), color)
        case "vague" if bar.cut:
            start, first, last, stop = bar.corners(under, bar.end)
            sheet.area(f"{waved(first, last, bar.cut)}{joined((stop, start)).replace('M', 'L')}Z", color)


def draw_plain(sheet: Sheet, bar: Bar) -> None:
    """A whole bar on the sheet alone, as keys have it."""
    sheet.area(cornered(bar.corners(bar.base, bar.end - bar.away * bar.cut)), bar.fill.ground)
    draw_end(sheet, bar)
