"""Turned pages: a sheet turned a quarter to the right, for tables wider than they are high (横排表格).

The sheet stays what it is: its type area, margins and page number are those of every other page, only what stands in
the type area is turned. The head of a table so comes to the left side of the sheet, which is the binding side on odd
pages and the fore edge on even ones (GB/T 9704-2012, 8: 单页码表头在订口一边，双页码表头在切口一边).

Places on a turned page are told as it is read: x runs along the long side of the sheet.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.drawing import Group
from digest.layout.page import Item

if TYPE_CHECKING:
    from digest.style import Style


def turned(style: Style, number: int = 1) -> Style:
    """The page of that number as it is read when the sheet is turned: the same type area and the same lines."""
    lines = int((style.measure - style.body) / style.leading + 1e-3) + 1
    return replace(
        style,
        page_width=style.page_height,
        page_height=style.page_width,
        top=style.left(number),
        binding=style.page_height - style.top - style.depth,
        measure=style.depth,
        depth=style.measure,
        lines=lines,
        size=style.body,
        pitch=style.leading,
        mirrored=False,
    )


def unturned(item: Item, style: Style) -> Item:
    """Something that stays as it is on the sheet, told as it is seen on a turned page; `style` is that of the sheet."""
    x = style.page_height - item.y - item.height
    marks = (Group(item.marks, (0.0, 1.0, -1.0, 0.0, style.page_height, 0.0)),)
    return Item(x, item.x, item.height, item.width, item.role, item.text, marks)
