"""Overlay: pages with the grid they stand on drawn over them, for eyes and for tests (版面透视)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Color, Path, hex_color, rectangle, rule
from digest.layout.lines import BASELINE
from digest.layout.page import Item, Leaves
from digest.layout.turning import turned

if TYPE_CHECKING:
    from digest.drawing import Mark
    from digest.layout.page import Page, Pages
    from digest.style import Style

_AREA: Final = hex_color("#D00000", 0.8)  # the type area
_LINE: Final = hex_color("#0070C0", 0.6)  # baselines of the grid, and half lines thinner
_CELL: Final = hex_color("#0070C0", 0.3)  # the characters of a line
_OTHER: Final = hex_color("#777777", 0.8)

# Frames of what stands on the page, by role; what is not named here is grey.
FRAMES: Final[dict[str, Color]] = {
    "paragraph": hex_color("#2E8B57", 0.8),
    "point": hex_color("#2E8B57", 0.8),
    "heading": hex_color("#8B008B", 0.8),
    "title": hex_color("#8B008B", 0.8),
    "contents": hex_color("#B8860B", 0.8),
    "table-head": hex_color("#FF8C00", 0.8),
    "table-row": hex_color("#FF8C00", 0.8),
    "table-group": hex_color("#FF8C00", 0.8),
    "caption": hex_color("#1E90FF", 0.8),
    "table-caption": hex_color("#1E90FF", 0.8),
    "footnote": hex_color("#A0522D", 0.8),
}


def overlay(pages: Pages, style: Style) -> Pages:
    """The same pages with type area, baselines, cells and frames drawn over them; `style` is the one they were set in.

    What is drawn reads as nothing, so the text of the pages is unchanged.
    """
    return replace(pages, pages=Leaves(len(pages.pages), lambda index: _seen(pages.pages[index], style)))


def _seen(page: Page, style: Style) -> Page:
    if page.turned:
        style = turned(style, page.number)
    left, top = style.left(page.number), style.top
    grid = (
        ("overlay-cells", _cells(left, top, style)),
        ("overlay-lines", _baselines(left, top, style)),
        ("overlay-area", (Path(rectangle(left, top, style.measure, style.depth), stroke=_AREA, width=0.5),)),
        ("overlay-frames", tuple(_frame(item) for item in page.items if item.text)),
    )
    items = tuple(Item(left, top, style.measure, style.depth, role, "", marks) for role, marks in grid)
    return replace(page, items=page.items + items)


def _cells(left: float, top: float, style: Style) -> tuple[Mark, ...]:
    """An upright before every character of a full line, and one behind the last."""
    places = (left + n * style.body for n in range(style.cells + 1))
    return tuple(rule(x, top, x, top + style.depth, 0.2, _CELL) for x in places)


def _baselines(left: float, top: float, style: Style) -> tuple[Mark, ...]:
    """The baseline of every line of the grid; half lines between them thin and dashed."""
    marks: list[Mark] = []
    for half in range(2 * style.lines - 1):
        y = top + BASELINE * style.body + half * style.leading / 2
        line = rule(left, y, left + style.measure, y, 0.15 if half % 2 else 0.3, _LINE)
        marks.append(replace(line, dash=(2.0, 2.0)) if half % 2 else line)
    return tuple(marks)


def _frame(item: Item) -> Path:
    box = rectangle(item.x, item.y, item.width, item.height)
    return Path(box, stroke=FRAMES.get(item.role, _OTHER), width=0.3)
