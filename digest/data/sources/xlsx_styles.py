"""The part of styles (样式部件): which format and font each style number of a workbook means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.sources.workbook_sheet import UnreadableError
from digest.data.sources.workbook_styles import CellStyles
from digest.data.sources.xlsx_package import children

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET


def styles_of(root: ET.Element) -> CellStyles:
    """The styles of the cells of a workbook, from its part of styles. Code D137."""
    custom: dict[int, str] = {}
    struck: set[int] = set()
    formats: list[int] = []
    fonts: list[int] = []
    for group in children(root, "numFmts"):
        for written in children(group, "numFmt"):
            custom[_number(written, "numFmtId")] = written.get("formatCode", "")
    for group in children(root, "fonts"):
        for number, font in enumerate(children(group, "font")):
            if any(mark.get("val", "1") not in {"0", "false"} for mark in children(font, "strike")):
                struck.add(number)
    for group in children(root, "cellXfs"):
        for style in children(group, "xf"):
            formats.append(_number(style, "numFmtId"))
            fonts.append(_number(style, "fontId"))
    if len(formats) > MOST_STYLES:
        message = f"工作簿的单元格样式过多（{len(formats)}种）"
        raise UnreadableError("D137", message, "请把数据复制到新的工作簿（只粘贴值）后保存")
    return CellStyles.of(formats, fonts, custom, struck) if formats else CellStyles()


def _number(element: ET.Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isdecimal() else 0


MOST_STYLES: Final = 65_536  # as many as the program itself keeps
