"""Tables in three rules (三线表): heads repeat, rows stay whole, figures stand in a tabular face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, hex_color, rule
from digest.layout.bars import ring
from digest.layout.furniture import baseline
from digest.layout.galley import Row, Slab, at, centred, printed
from digest.layout.lines import Line, set_label, set_line, set_lines
from digest.layout.page import Bookmark, Item, Link
from digest.story.blocks import Run, reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Column, Table, TableRow, Text
    from digest.style import Style

_OUTER: Final = 2.0
_PAD: Final = 4.0
_RING: Final = 3.8
_GROUP_RULE: Final = hex_color("#6E6E6E")
_HEAVY, _THIN, _GROUP = 1.0, 0.5, 0.4


class _Setter:
    """A table's faces, columns and widths, worked out once."""

    def __init__(
        self, table: Table, faces: Typefaces, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]
    ) -> None:
        self.table, self.style, self.fonts, self.where = table, style, fonts, where
        self.caption_face, self.note_face = faces.caption, faces.note
        self.text_face = faces.small if table.small else faces.cell
        self.digits_face = faces.small_digits if table.small else faces.cell_digits
        self.head_face = faces.small_head if table.small else faces.cell_head
        self.slack = 4.4 if table.small else 4.0
        self.head_height = 19.0 if table.small else 20.0
        self.widths = _widths(table, style)
        self.lefts = [sum(self.widths[:n]) for n in range(len(self.widths))]

    def face(self, column: Column) -> Typeface:
        """A column of digits is set in the face whose digits are of equal width."""
        face = self.digits_face if column.digits else self.text_face
        if column.voice == "body":
            return face
        return replace(face, voices={**face.voices, "body": face.voices[column.voice]})

    def caption_row(self, label: str) -> Row:
        caption = self.table.caption
        words = f"{label}　{caption.text}" if caption.text else label
        lines = set_label(words, self.caption_face, self.style.measure, self.fonts)
        pitch = self.caption_face.leading
        height = len(lines) * pitch + 5
        items = tuple(
            Item(
                0.0,
                n * pitch,
                self.style.measure,
                pitch,
                "table-caption",
                line.text,
                (centred(line, 0.0, self.style.measure, n * pitch + baseline(self.caption_face)),),
            )
            for n, line in enumerate(lines)
        )
        return Row(height, items)

    def head_row(self) -> Row:
        height, width = self.head_height, self.style.measure
        marks: list[Mark] = [rule(0.0, 0.5, width, 0.5, _HEAVY), rule(0.0, height, width, height, _THIN)]
        base = height / 2 + self.head_face.size * 0.38
        for n, column in enumerate(self.table.columns):
            marks.append(self.aligned(set_line(column.title, self.head_face, self.fonts), n, base))
        titles = "　".join(column.title for column in self.table.columns)
        return Row(height, (Item(0.0, 0.0, width, height, "table-head", titles, tuple(marks)),))

    def aligned(self, line: Line, n: int, base: float) -> Mark:
        left, room = self.inner(n)
        align = self.table.columns[n].align
        if align == "right":
            return at(line, left + room - line.width, base)
        if align == "center":
            return centred(line, left, room, base)
        return at(line, left, base)

    def inner(self, n: int) -> tuple[float, float]:
        """Left edge and width of what a column's cells may fill."""
        first, last = n == 0, n == len(self.widths) - 1
        left = self.lefts[n] + (_OUTER if first else _PAD)
        right = self.lefts[n] + self.widths[n] - (_OUTER if last else _PAD)
        return left, right - left

    def group_row(self, row: TableRow) -> Row:
        """A row that names those below it, over all columns."""
        width = self.style.measure
        lines = set_lines(row.cells[0], self.head_face, width - 2 * _OUTER, self.fonts, justify=False)
        pitch = self.text_face.leading
        height = len(lines) * pitch + self.slack + 1.0
        marks: list[Mark] = [
            at(line, _OUTER, 2.5 + n * pitch + baseline(self.text_face)) for n, line in enumerate(lines)
        ]
        if row.rule_above:
            marks.append(rule(0.0, 0.0, width, 0.0, _GROUP, _GROUP_RULE))
        text = "".join(line.text for line in lines)
        return Row(height, (Item(0.0, 0.0, width, height, "table-group", text, tuple(marks)),), sticks=True)

    def row(self, row: TableRow) -> Row:
        """A row of cells, as high as its tallest one."""
        if row.group:
            return self.group_row(row)
        cells = [self.cell(cell, n) for n, cell in enumerate(row.cells)]
        pitch = self.text_face.leading
        height = max(len(lines) for lines in cells) * pitch + self.slack
        marks: list[Mark] = []
        links: list[Link] = []
        if row.rule_above:
            marks.append(rule(0.0, 0.0, self.style.measure, 0.0, _GROUP, _GROUP_RULE))
        for n, lines in enumerate(cells):
            top = (height - len(lines) * pitch) / 2
            for k, line in enumerate(lines):
                marks.append(self.aligned(line, n, top + k * pitch + baseline(self.text_face)))
            target = next((run.pages_of for run in row.cells[n] if run.pages_of), "")
            if target and lines and lines[0].text:
                links.append(Link(self.lefts[n], 0.0, self.widths[n], height, target))
        if row.ring:
            left, _ = self.inner(1)
            marks.append(ring(left - 11, height / 2, _RING, 1.4, self.style.palette.target))
        text = "　".join("".join(line.text for line in lines) for lines in cells)
        item = Item(0.0, 0.0, self.style.measure, height, "table-row", text, tuple(marks))
        anchors = ((row.anchor, 0.0),) if row.anchor else ()
        facts = tuple(printed(run.fact) for cell in row.cells for run in cell if run.fact)
        return Row(height, (item,), tuple(links), anchors, facts)

    def cell(self, text: Text, n: int) -> tuple[Line, ...]:
        column = self.table.columns[n]
        _, room = self.inner(n)
        filled = tuple(
            replace(run, text="、".join(map(str, self.where.get(run.pages_of, ())))) if run.pages_of else run
            for run in text
        )
        if not reads(filled):
            return (Line(0.0, (), ""),)
        return set_lines(filled, self.face(column), room, self.fonts, justify=False)

    def foot(self) -> Row:
        """The last rule and the notes under it."""
        pitch = self.note_face.leading
        items = [self.closing_rule()]
        y = 5.0
        for note in self.table.notes:
            for line in set_lines((Run(note),), self.note_face, self.style.measure, self.fonts, justify=False):
                mark = at(line, 0.0, y + baseline(self.note_face))
                items.append(Item(0.0, y, self.style.measure, pitch, "note", line.text, (mark,)))
                y += pitch
        return Row(y + 2.0, tuple(items))

    def closing_rule(self) -> Item:
        mark = rule(0.0, 0.5, self.style.measure, 0.5, _HEAVY)
        return Item(0.0, 0.0, self.style.measure, 1.0, "rule", "", (mark,))


def _widths(table: Table, style: Style) -> list[float]:
    """Column widths in points: the given ones, and equal shares of the rest for those that take what is left."""
    fixed = sum(column.width for column in table.columns)
    open_columns = sum(1 for column in table.columns if not column.width)
    share = (style.measure - fixed) / open_columns if open_columns else 0.0
    return [column.width or share for column in table.columns]


def set_table(
    table: Table, faces: Typefaces, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]
) -> Slab:
    """A table as rows a page may part between; on every further page `续表` and the head stand again."""
    setter = _Setter(table, faces, style, fonts, where)
    head = setter.head_row()
    caption = setter.caption_row(table.caption.label)
    bookmark = None
    if table.anchor:
        caption = replace(caption, anchors=((table.anchor, 0.0),), mentions=(table.anchor,))
        bookmark = Bookmark(f"{table.caption.label}　{table.caption.text}".strip("　"), table.anchor)
    rows = [caption, head, *(setter.row(row) for row in table.rows)]
    foot = setter.foot()
    return Slab(
        (*rows, foot),
        "table",
        least=3,  # two rows and the foot
        first=4,
        head=(setter.caption_row(f"续{table.caption.label}"), head),
        tail=(Row(1.0, (setter.closing_rule(),)),),
        before=6.0,
        bookmark=bookmark,
    )
