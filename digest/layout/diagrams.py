"""Mechanisms drawn (机制图): parallel cells, chains, cycles, levels, checklists and pairs, each in one row.

Text never shrinks: a long item wraps at balanced lines and its row grows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import WHITE, Color, Mark, Path, Segment, rectangle, rule
from digest.layout.galley import Art, centred
from digest.layout.lines import BASELINE, set_label, set_line

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Diagram, DiagramRow
    from digest.style import Style

_CELL: Final = 34.0  # height of a row of cells with one line
_BOX: Final = 27.0  # height of a chain's boxes with one line
_TAB: Final = 62.0
_TAB_MOST: Final = 84.0
_AFTER_TAB: Final = 12.0
_CARD_GAP: Final = 9.0
_FEW: Final = 3  # boxes that leave room for longer arrows
_FEW_GAP: Final = 32.0
_MANY_GAP: Final = 19.0
_HEAD_LENGTH: Final = 5.2
_CHAIN_MOST: Final = 6  # boxes of a chain in one row
_TURN: Final = 18.0  # between two rows of a chain
_PAD: Final = 5.0
_FRAME: Final = 0.6
_INNER: Final = 0.5
_ROW_GAP: Final = 8.0
_SQUARE: Final = 8.4
_HEAD_SHARE: Final = 0.4  # of a pair's width


class _Pen:
    """What every row is drawn with."""

    def __init__(self, faces: Typefaces, style: Style, fonts: FontSet) -> None:
        self.faces, self.style, self.fonts = faces, style, fonts
        self.width = style.measure
        self.tab = 0.0  # width of the tabs at the left, the same for all rows of a diagram
        self.deep = style.palette.deep
        self.pale = style.palette.pale

    def label(self, text: str, width: float, face: Typeface | None = None) -> tuple[Line, ...]:
        return set_label(text, face or self.faces.label, width - 2 * _PAD, self.fonts)

    def block(self, lines: tuple[Line, ...], left: float, width: float, top: float, height: float) -> list[Mark]:
        """Lines centred in a box, both ways."""
        face = self.faces.label
        depth = len(lines) * face.leading
        first = top + (height - depth) / 2 + (face.leading - face.size) / 2 + BASELINE * face.size
        return [centred(line, left, width, first + n * face.leading) for n, line in enumerate(lines)]

    def tab_marks(self, lines: tuple[Line, ...], top: float, height: float) -> list[Mark]:
        """The dark tab of a row, where it has a name."""
        if not lines:
            return []
        return [
            Path(rectangle(0.0, top, self.tab, height), fill=self.deep),
            *self.block(lines, 0.0, self.tab, top, height),
        ]

    def box(self, left: float, top: float, width: float, height: float, fill: Color | None = None) -> Mark:
        return Path(rectangle(left, top, width, height), fill=fill, stroke=self.deep, width=_FRAME)


def draw_diagram(diagram: Diagram, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """Every row of the diagram, one under the other, their tabs of one width."""
    pen = _Pen(faces, style, fonts)
    tabs = [set_label(row.tab, faces.tab, _TAB_MOST, fonts) for row in diagram.rows]
    widest = max((line.width for lines in tabs for line in lines), default=0.0)
    pen.tab = max(_TAB, widest + 14) if widest else 0.0
    marks: list[Mark] = []
    top = 0.0
    for row, tab in zip(diagram.rows, tabs, strict=True):
        drawn, height = _DRAWERS[row.kind](row, tab, pen, top)
        marks += drawn
        top += height + _ROW_GAP
    text = "\n".join("　".join((*((row.tab,) if row.tab else ()), *row.items)) for row in diagram.rows)
    return Art(top - _ROW_GAP, tuple(marks), text)


def _grown(rows: list[tuple[Line, ...]], least: float, leading: float) -> float:
    """The least height, or what the tallest label asks."""
    return max(least, max((len(lines) for lines in rows), default=1) * leading + 12)


def _parallel(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """Equal cells in one frame, the name of the set as a dark tab at the left."""
    left = pen.tab
    width = (pen.width - left) / len(row.items)
    labels = [pen.label(item, width) for item in row.items]
    height = _grown([*labels, tab], _CELL, pen.faces.label.leading)
    marks: list[Mark] = [pen.box(0.0, top, pen.width, height), *pen.tab_marks(tab, top, height)]
    for n, lines in enumerate(labels):
        x = left + n * width
        if n:
            marks.append(rule(x, top, x, top + height, _INNER, pen.deep))
        marks += pen.block(lines, x, width, top, height)
    return marks, height


def _boxes(
    row: DiagramRow,
    tab: tuple[Line, ...],
    pen: _Pen,
    top: float,
    gap: float,
    fill: Color | None = None,
    across: int = 0,
) -> tuple[list[Mark], float, list[float], float]:
    """Boxes with room between them behind the tab: marks, height, left edges and width of the boxes."""
    left = pen.tab + (_AFTER_TAB if pen.tab else 0.0)
    count = across or len(row.items)
    width = (pen.width - left - gap * (count - 1)) / count
    labels = [pen.label(item, width) for item in row.items]
    height = _grown([*labels, tab], _CELL if tab else _BOX, pen.faces.label.leading)
    marks = pen.tab_marks(tab, top, height)
    lefts = [left + n * (width + gap) for n in range(len(row.items))]
    for x, lines in zip(lefts, labels, strict=True):
        marks.append(pen.box(x, top, width, height, fill))
        marks += pen.block(lines, x, width, top, height)
    return marks, height, lefts, width


def _chain(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """Boxes from left to right with arrows between; a long chain goes on in the next row, led there by an arrow."""
    rows = -(-len(row.items) // _CHAIN_MOST)
    across = -(-len(row.items) // rows)
    marks: list[Mark] = []
    y = top
    for n in range(rows):
        part = replace(row, items=row.items[n * across : (n + 1) * across])
        gap = _FEW_GAP if across <= _FEW else _MANY_GAP
        drawn, height, lefts, width = _boxes(part, tab if n == 0 else (), pen, y, gap, across=across)
        marks += drawn
        for x in lefts[1:]:
            marks += _arrow(x - gap + 3, x - 3, y + height / 2, pen.deep)
        if n:
            turn, last = y - _TURN / 2, lefts[0] + (across - 1) * (width + gap) + width / 2
            down: tuple[Segment, ...] = (("M", last, y - _TURN), ("L", last, turn), ("L", lefts[0] + width / 2, turn))
            marks.append(Path((*down, ("L", lefts[0] + width / 2, y - 5)), stroke=pen.deep, width=0.8))
            marks.append(_tip_down(lefts[0] + width / 2, y - 0.8, pen.deep))
        y += height + _TURN
    return marks, y - _TURN - top


def _tip_down(x: float, y: float, color: Color) -> Mark:
    return Path((("M", x, y), ("L", x - 2.7, y - 5.2), ("L", x + 2.7, y - 5.2), ("Z",)), fill=color)


def _cycle(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """A chain whose end leads back to its start."""
    gap = _FEW_GAP if len(row.items) <= _FEW else _MANY_GAP
    marks, height, lefts, width = _boxes(row, tab, pen, top, gap)
    for x in lefts[1:]:
        marks += _arrow(x - gap + 3, x - 3, top + height / 2, pen.deep)
    if len(lefts) == 1:
        return marks, height  # nothing to come back from
    first, last = lefts[0] + width / 2, lefts[-1] + width / 2
    y0, y1 = top + height, top + height + 13
    back: tuple[Segment, ...] = (("M", last, y0), ("L", last, y1), ("L", first, y1), ("L", first, y0 + 5))
    tip = Path((("M", first, y0 + 0.8), ("L", first - 2.7, y0 + 6), ("L", first + 2.7, y0 + 6), ("Z",)), fill=pen.deep)
    return [*marks, Path(back, stroke=pen.deep, width=0.8), tip], height + 14


def _hierarchy(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """Levels, the highest at the left, joined by lines that lead both ways."""
    gap = _FEW_GAP
    marks, height, lefts, _ = _boxes(row, tab, pen, top, gap, pen.pale)
    y = top + height / 2
    for x in lefts[1:]:
        marks += _arrow(x - gap / 2, x - 2, y, pen.deep)
        marks += _arrow(x - gap / 2, x - gap + 2, y, pen.deep)
    return marks, height


def _arrow(x0: float, x1: float, y: float, color: Color) -> list[Mark]:
    """A line from x0 with its head at x1, either way."""
    head = _HEAD_LENGTH if x1 > x0 else -_HEAD_LENGTH
    tip = Path((("M", x1, y), ("L", x1 - head, y - 2.7), ("L", x1 - head, y + 2.7), ("Z",)), fill=color)
    return [rule(x0, y, x1 - head * 0.9, y, 0.8, color), tip]


def _checklist(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """A frame a list: an open square and the list's name; what is on the lists only the office can say."""
    start = pen.tab + (_CARD_GAP if pen.tab else 0.0)
    width = (pen.width - start - _CARD_GAP * (len(row.items) - 1)) / len(row.items)
    labels = [pen.label(item, width - _SQUARE - 6) for item in row.items]
    height = _grown([*labels, tab], _CELL, pen.faces.label.leading)
    marks = pen.tab_marks(tab, top, height)
    for n, lines in enumerate(labels):
        x = start + n * (width + _CARD_GAP)
        marks.append(pen.box(x, top, width, height))
        text = max((line.width for line in lines), default=0.0)
        inner = x + (width - text - _SQUARE - 6) / 2
        square = rectangle(inner, top + (height - _SQUARE) / 2, _SQUARE, _SQUARE)
        marks.append(Path(square, fill=WHITE, stroke=pen.deep, width=0.8))
        marks += pen.block(lines, inner + _SQUARE + 6, text, top, height)
    return marks, height


def _pairs(row: DiagramRow, tab: tuple[Line, ...], pen: _Pen, top: float) -> tuple[list[Mark], float]:
    """Two a row, a dark head before what it answers: `计划书→抓什么`; items without an answer are plain cells."""
    split = [item.partition("→") for item in row.items]
    if not all(body for _, _, body in split):
        return _parallel(row, tab, pen, top)
    width = (pen.width - _CARD_GAP) / 2
    head_width = width * _HEAD_SHARE
    arrow = set_line("→", pen.faces.label, pen.fonts)
    room = head_width + arrow.width + 2 * _PAD
    marks: list[Mark] = []
    y = top
    for n in range(0, len(split), 2):
        pairs = split[n : n + 2]
        heads = [pen.label(head, head_width, pen.faces.tab) for head, _, _ in pairs]
        labels = [pen.label(body, width - room) for _, _, body in pairs]
        height = _grown([*heads, *labels], _BOX, pen.faces.label.leading)
        for k, (head, lines) in enumerate(zip(heads, labels, strict=True)):
            x = k * (width + _CARD_GAP)
            marks.append(pen.box(x, y, width, height))
            marks.append(Path(rectangle(x, y, head_width, height), fill=pen.deep))
            marks += pen.block(head, x, head_width, y, height)
            marks += pen.block((arrow,), x + head_width, room - head_width, y, height)
            marks += pen.block(lines, x + room, width - room - 2 * _PAD, y, height)
        y += height + _ROW_GAP
    return marks, y - _ROW_GAP - top


_DRAWERS: Final = {
    "parallel": _parallel,
    "chain": _chain,
    "cycle": _cycle,
    "hierarchy": _hierarchy,
    "checklist": _checklist,
    "pairs": _pairs,
}
