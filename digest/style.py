"""Style: page, grid, type sizes and colours of a digest, one frozen value (版式)."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from typing import Final, Literal

from digest.drawing import BLACK, Color, hex_color
from digest.grey import grey_of
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


Folio = Literal["outer", "centre", "none"]
"""Where the page number stands: one character in from the outer side (GB/T 9704-2012, 7.5), in the middle, nowhere."""


@dataclass(frozen=True, slots=True)
class Style:
    """Lengths in points. The defaults are the GB/T 9704-2012 page.

    Type size and leading follow from the grid (`characters`, `lines`) unless `size` and `pitch` tell them. `ValueError`
    for a page that cannot be: a negative length, a type area off the sheet, more lines or characters than it holds.
    """

    page_width: float = mm(210)
    page_height: float = mm(297)
    top: float = mm(37)  # 天头 37 mm (5.2.1): first em-box top
    binding: float = mm(28)  # 订口 28 mm: left on odd pages, right on even ones
    measure: float = mm(156)  # 版心 width
    depth: float = mm(225)  # 版心 height
    lines: int = 22  # lines a page (5.2.3)
    characters: int = 28  # characters a line (5.2.3), where `size` does not tell
    size: float = 0.0  # body type size; 0: the measure holds exactly `characters` of them
    pitch: float = 0.0  # baseline to baseline; 0: `lines` lines fill the depth
    voice: Literal["fang", "song"] = "fang"  # 仿宋 or 宋体: what the body is set in
    folio: Folio = "outer"
    mirrored: bool = True  # printed on both sides
    palette: Palette = Palette()
    grey: bool = False  # printed without colour: pictures too (see `in_grey`)

    def __post_init__(self) -> None:
        """Refuse what no page can be."""
        lengths = {name: getattr(self, name) for name, kind in Style.__annotations__.items() if kind == "float"}
        for name, value in lengths.items():
            least = 0.0 if name in _MAY_BE_ZERO else _SMALLEST
            if not (isinstance(value, (int, float)) and math.isfinite(value) and value >= least):
                raise ValueError(f"{name} must be at least {least:g} points, not {value!r}")
        if self.lines < 1 or self.characters < 1:
            raise ValueError(f"a page needs lines and characters, not {self.lines} and {self.characters}")
        if self.voice not in {"fang", "song"} or self.folio not in {"outer", "centre", "none"}:
            raise ValueError(f"unknown voice {self.voice!r} or folio {self.folio!r}")
        if self.binding + self.measure > self.page_width + _HAIR or self.top + self.depth > self.page_height + _HAIR:
            raise ValueError("the type area reaches beyond the sheet")
        if self.body > self.measure + _HAIR:
            raise ValueError(f"a measure of {self.measure:g} points holds no character of {self.body:g} points")
        if self.leading < self.body - _HAIR:
            raise ValueError(f"lines of {self.body:g} points overlap at a leading of {self.leading:g} points")
        if (self.lines - 1) * self.leading + self.body > self.depth + _HAIR:
            raise ValueError(f"{self.lines} lines at {self.leading:g} points are deeper than {self.depth:g} points")

    @property
    def body(self) -> float:
        """Body type size: the measure holds exactly `characters` of them (15.793 pt: 3号), unless `size` tells it."""
        return self.size or self.measure / self.characters

    @property
    def leading(self) -> float:
        """Baseline to baseline: the last line's foot stands on the foot of the type area (29.61 pt)."""
        return self.pitch or (self.depth - self.body) / max(self.lines - 1, 1)

    @property
    def cells(self) -> int:
        """Whole characters a line holds."""
        return int(self.measure / self.body + _HAIR)

    def snapped(self) -> Style:
        """The same style with a measure of whole characters; the margins take what is left, half each (版心取整)."""
        measure = self.cells * self.body
        return replace(self, measure=measure, binding=self.binding + (self.measure - measure) / 2)

    def in_grey(self) -> Style:
        """The same style for a printer without colour: the palette and whatever colours pictures bring become greys."""
        greys = {one.name: grey_of(getattr(self.palette, one.name)) for one in fields(Palette)}
        return replace(self, palette=Palette(**greys), grey=True)

    def left(self, page: int) -> float:
        """Left edge of the type area on that page (1 is the first)."""
        if page % 2 or not self.mirrored:
            return self.binding
        return self.page_width - self.binding - self.measure


_MAY_BE_ZERO: Final = frozenset({"top", "binding", "size", "pitch"})
_SMALLEST: Final = 1.0
_HAIR: Final = 0.01  # points nobody sees

BRIEFING: Final = Style()
