"""Style: page, grid, type sizes and colours of a digest, one frozen value (版式)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.drawing import BLACK, Color, hex_color
from digest.units import mm


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by meaning. Every pair that must be told apart differs by 18 L* or is also hatched (gb: grey print)."""

    ink: Color = BLACK  # text
    quiet: Color = hex_color("#454545")  # notes, scope lines
    masthead: Color = hex_color("#C8102E")  # the one red: masthead and its rule
    deep: Color = hex_color("#1F3A5F")  # data, first
    mid: Color = hex_color("#4F76A3")  # data, second
    soft: Color = hex_color("#93B1CF")  # data, third
    pale: Color = hex_color("#D5E0EC")  # data, ground
    axis: Color = hex_color("#8A8A8A")  # axes and hairlines
    grid: Color = hex_color("#C9CDD2")  # grids and inner lines
    target: Color = hex_color("#B07A00")  # hollow marks of targets
    target_text: Color = hex_color("#8A5F00")  # words beside them


@dataclass(frozen=True, slots=True)
class Style:
    """Lengths in points. The defaults are the GB/T 9704-2012 page."""

    page_width: float = mm(210)
    page_height: float = mm(297)
    top: float = mm(37)  # 天头 37 mm (5.2.1): first em-box top
    binding: float = mm(28)  # 订口 28 mm: left on odd pages, right on even ones
    measure: float = mm(156)  # 版心 width
    depth: float = mm(225)  # 版心 height
    lines: int = 22  # lines a page (5.2.3)
    characters: int = 28  # characters a line (5.2.3)
    mirrored: bool = True  # printed on both sides
    palette: Palette = Palette()

    @property
    def body(self) -> float:
        """Body type size: the measure holds exactly `characters` of them (15.793 pt: 3号)."""
        return self.measure / self.characters

    @property
    def leading(self) -> float:
        """Baseline to baseline: the last line's foot stands on the foot of the type area (29.61 pt)."""
        return (self.depth - self.body) / (self.lines - 1)

    def left(self, page: int) -> float:
        """Left edge of the type area on that page (1 is the first)."""
        if page % 2 or not self.mirrored:
            return self.binding
        return self.page_width - self.binding - self.measure


BRIEFING: Final = Style()
