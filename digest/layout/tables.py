"""Tables in three rules (三线表) of the Chinese kind: set rows that a page may part between.

The head stands again with `续表` on every further page; rows stay whole unless one is taller than a page; widths are
found from the cells; what is too wide for the page goes on below with its next columns, or stands on turned pages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import rule
from digest.layout.furniture import baseline
from digest.layout.galley import Row, Slab, at, centred, flush_right
from digest.layout.lines import set_label, set_line, set_lines
from digest.layout.page import Bookmark, Item
from digest.layout.sparks import LEAST, NATURAL, spark_columns
from digest.layout.table_cells import CellSetter, dress, face_of, with_pages
from digest.layout.table_columns import EASE, Ruler, pads, share
from digest.layout.table_head import HEAVY, head_needs, set_head
from digest.layout.table_panels import cut_panels
from digest.layout.table_rows import RowSetter
from digest.layout.turning import turned
from digest.story.blocks import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.fonts import FontSet
    from digest.layout.table_cells import Dress
    from digest.layout.table_columns import Need
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Table
    from digest.style import Style

_SAMPLES: Final = 120  # rows that decide how slack is shared; what a column must have is found from all rows
_LONGEST: Final = 4  # measures: a longer cell gets no more room for that
_HANGS: Final = re.compile(r"(?:注|附注|说明|备注|资料来源|数据来源|来源)[：:](?:\d+[.．])?|[①-⑳*＊†‡] ?|\d+[.．] ?")
_TAIL: Final = 1.0
_SMALL: Final = 1 / 3  # of a page: a table as low as this is not parted
_FEW: Final = 2  # panels that are read together


def set_table(
    table: Table, faces: Typefaces, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]
) -> Slab:
    """A table as rows a page may part between; panels of one too wide for the page come after the first.

    `where` tells on which pages facts and headings stand. Raises ValueError where head cells do not fit the columns,
    or sparklines put unlike units on one scale.
    """
    clothes = dress(table, faces)
    needs = _needs(table, clothes, fonts, where)
    around = [left + right for left, right in pads(len(needs))]
    least = [column.width or need.least + pad for column, need, pad in zip(table.columns, needs, around, strict=True)]

    def panels(style: Style) -> list[Slab]:
        parts = cut_panels(table, least, style.measure)
        if len(parts) == 1:
            return [_Setter(table, clothes, style, fonts, where, needs).slab()]
        last = len(parts) - 1
        bare = [part if n == last else replace(part, notes=()) for n, part in enumerate(parts)]
        return [
            _Setter(part, clothes, style, fonts, where, _needs(part, clothes, fonts, where)).slab(continues=n > 0)
            for n, part in enumerate(bare)
        ]

    if _turns(table, least, clothes, style):
        slabs = [replace(slab, turned=True) for slab in panels(turned(style))]
    else:
        slabs = panels(style)
    return replace(slabs[0], then=tuple(slabs[1:]))


def _turns(table: Table, least: Sequence[float], clothes: Dress, style: Style) -> bool:
    """Whether a table stands on turned pages: where it is told to, or is too wide, has fewer panels there and does not
    stand on one page in two.
    """
    if table.wide == "auto" and sum(least) > style.measure:
        bare = replace(table, rows=())
        panels, on_turned = (len(cut_panels(bare, least, page.measure)) for page in (style, turned(style)))
        if on_turned >= panels:
            return False
        rows = max(len(table.rows), table.min_rows)
        lowest = rows * (clothes.text.leading + clothes.slack) + clothes.head_height + clothes.caption.leading
        return panels > _FEW or panels * lowest > style.lines * style.leading
    return table.wide == "turned"


def _needs(table: Table, clothes: Dress, fonts: FontSet, where: Mapping[str, tuple[int, ...]]) -> list[Need]:
    """What every column needs for its cells and its head."""
    ruler = Ruler(fonts)
    found: list[Need] = []
    sparks = spark_columns(table)
    for n, column in enumerate(table.columns):
        faces = {sums: face_of(column, clothes, sums=sums) for sums in (False, True)}
        cells = ((row.cells[n], bool(row.sums)) for row in table.rows if not row.group)
        texts = ((with_pages(cell, where), faces[sums]) for cell, sums in cells if isinstance(cell, tuple))
        need = ruler.need(texts, decimal=column.align == "decimal")
        found.append(_with_sparks(need) if n in sparks else need)
    ruler.require()  # cells are set when their page is made: what cannot be printed is told before
    around = [left + right for left, right in pads(len(found))]
    return head_needs(table, found, clothes, ruler, around)


def _with_sparks(need: Need) -> Need:
    """The same for a column in which sparklines stand as well."""
    return replace(need, least=max(need.least, LEAST + EASE), natural=max(need.natural, NATURAL + EASE))


class _Setter:
    """A table that fits the measure, its widths worked out once."""

    def __init__(
        self,
        table: Table,
        clothes: Dress,
        style: Style,
        fonts: FontSet,
        where: Mapping[str, tuple[int, ...]],
        needs: list[Need],
    ) -> None:
        self.table, self.clothes, self.style, self.fonts, self.where = table, clothes, style, fonts, where
        widths = share([column.width for column in table.columns], needs, self.sample(), style.measure, span=table.span)
        left = max(style.measure - sum(widths), 0.0) / 2
        self.cells = CellSetter(table, clothes, left, widths, needs, fonts)
        self.left, self.right = self.cells.edges[0], self.cells.edges[-1]

    def sample(self) -> list[list[float]]:
        """Natural widths of cells, row by row, evenly from all rows."""
        ruler, longest = Ruler(self.fonts), _LONGEST * self.style.measure
        rows = [row for row in self.table.rows if not row.group]
        faces = [face_of(column, self.clothes) for column in self.table.columns]
        return [
            [
                min(ruler.width(with_pages(cell, self.where), face), longest) if isinstance(cell, tuple) else LEAST
                for cell, face in zip(row.cells, faces, strict=True)
            ]
            for row in rows[:: len(rows) // _SAMPLES + 1]
        ]

    def slab(self, *, continues: bool = False) -> Slab:
        """Caption, head, rows, the last rule and the notes; `continues`: the table began above with other columns."""
        table, depth = self.table, self.style.lines * self.style.leading
        again, head, foot = self.caption_row(continues=True), set_head(table, self.cells), self.foot()
        caption = again if continues else self.caption_row()
        bookmark = None
        if table.anchor:
            caption = caption._replace(anchors=((table.anchor, 0.0),), mentions=(table.anchor,))
            bookmark = Bookmark(f"{table.caption.label}　{table.caption.text}".strip("　"), table.anchor)
        limit = depth - again.height - head.height - _TAIL
        rows = [*RowSetter(table, self.cells, self.style, self.where, limit).set(), foot]
        if len(rows) > 1:
            rows[-2] = rows[-2]._replace(sticks=True)
        every = (caption, head, *rows)
        small = sum(row.height for row in every) <= depth * _SMALL
        first = len(every) if small else 2 + _together(rows, depth - caption.height - head.height - _TAIL, 2)
        return Slab(
            every,
            "table",
            least=_together(rows, limit, 3),  # two rows and the foot
            first=first,
            head=(again, head),
            tail=(Row(_TAIL, (self.closing_rule(),)),),
            before=6.0,
            bookmark=bookmark,
        )

    def caption_row(self, *, continues: bool = False) -> Row:
        """Number and words of the table in the middle, what it is counted in under them at the right."""
        caption, face, note = self.table.caption, self.clothes.caption, self.clothes.note
        label = f"续{caption.label or '表'}" if continues else caption.label
        words = "　".join(filter(None, (label, caption.text)))
        measure = self.style.measure
        items: list[Item] = []
        y = 0.0
        for line in set_label(words, face, measure, self.fonts) if words else ():
            mark = centred(line, 0.0, measure, y + baseline(face))
            items.append(Item(0.0, y, measure, face.leading, "table-caption", line.text, (mark,)))
            y += face.leading
        if self.table.unit:
            line = set_line(f"单位：{self.table.unit}", note, self.fonts)
            mark = flush_right(line, self.right, y + baseline(note))
            items.append(Item(self.right - line.width, y, line.width, note.leading, "table-unit", line.text, (mark,)))
            y += note.leading - 2
        return Row(y + 5, tuple(items))

    def foot(self) -> Row:
        """The last rule and the notes under it; further lines of a note hang on the first character of its words."""
        face = self.clothes.note
        measure = self.style.measure - self.left
        items = [self.closing_rule()]
        y = 5.0
        for note in self.table.notes:
            lead = _HANGS.match(note)
            hang = Ruler(self.fonts).width(plain(lead.group()), face) if lead else 0.0
            lines = set_lines(plain(note), face, measure - hang, self.fonts, indent=-hang, justify=False)
            for n, line in enumerate(lines):
                x = self.left + (hang if n else 0.0)
                mark = at(line, x, y + baseline(face))
                items.append(Item(x, y, measure - hang, face.leading, "note", line.text, (mark,)))
                y += face.leading
        return Row(y + 2.0, tuple(items))

    def closing_rule(self) -> Item:
        """The rule that ends a table, or its part on a page."""
        mark = rule(self.left, 0.5, self.right, 0.5, HEAVY)
        return Item(self.left, 0.0, self.right - self.left, 1.0, "rule", "", (mark,))


def _together(rows: list[Row], room: float, most: int) -> int:
    """How many rows a page may be asked to hold: `most`, or fewer where so many that follow one another are higher."""
    heights = [row.height for row in rows]
    for count in range(most, 1, -1):
        if all(sum(heights[n : n + count]) <= room for n in range(len(heights) - count + 1)):
            return count
    return 1
