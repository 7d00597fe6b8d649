"""Rows of tables: cells beside each other, cells over several rows, sums between hairlines (行, 合并单元格, 合计).

A row knows its height and what stands on it; its marks are made when its page is, so that long tables take little room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, overload

from digest.drawing import BLACK, Mark, rule
from digest.layout.bars import ring
from digest.layout.furniture import baseline
from digest.layout.galley import Row, Span, at, printed
from digest.layout.lines import set_lines
from digest.layout.page import Item, Link
from digest.layout.sparks import SparkSetter, said, spark_words
from digest.layout.table_cells import with_pages
from digest.layout.table_columns import EASE, OUTER
from digest.layout.table_head import GREY, HAIR, THIN, uprights
from digest.story.blocks import Run, Sparkline, TableRow, reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.layout.table_cells import CellSetter
    from digest.story.blocks import Table, Text
    from digest.style import Style

_RING: Final = 3.8
_AGAIN: Final = "（续）"
_APART: Final = 2  # times the white of a row of one line

Merged = dict[int, tuple[int, int]]  # rows that have parts of the same cells share one
"""Column -> rows [start, end) of the cell over several rows that a row has a part of."""


def form_rows(table: Table) -> tuple[TableRow, ...]:
    """The rows of a table. A form has a hairline between all of them, and blank ones before its last sums where it
    would be shorter than it shall be.
    """
    if not table.min_rows:
        return table.rows
    end = len(table.rows)
    while end and table.rows[end - 1].sums:
        end -= 1
    blanks = (TableRow(((),) * len(table.columns)),) * (table.min_rows - len(table.rows))
    return tuple(replace(row, rule_above=True) for row in (*table.rows[:end], *blanks, *table.rows[end:]))


def merged_cells(table: Table, rows: tuple[TableRow, ...]) -> list[Merged]:
    """For every row the cells over several rows it has a part of. What an outer column parts, an inner one does not
    join.
    """
    nothing: Merged = {}
    found = [nothing] * len(rows)
    merging = [n for n, column in enumerate(table.columns) if column.merge]
    for depth, n in enumerate(merging, 1):

        def key(i: int, columns: list[int] = merging[:depth]) -> object:
            row = rows[i]
            cells = () if row.group else tuple(row.cells[column] for column in columns)
            return cells if cells and all(isinstance(cell, tuple) and reads(cell) for cell in cells) else i

        for _, group in groupby(range(len(rows)), key):
            members = list(group)
            start, end = members[0], members[-1] + 1
            if end > start + 1:
                found[start:end] = [{**found[start], n: (start, end)}] * (end - start)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Items(Sequence[Item]):
    """The one item of a row of a table, made whenever it is looked at."""

    setter: RowSetter
    row: int
    height: float

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return (self.setter.item(self.row, self.height),)[index]

    def __iter__(self) -> Iterator[Item]:
        yield self.setter.item(self.row, self.height)

    def __len__(self) -> int:
        return 1


class _Heights(dict[int, float]):
    """Height of a row of so many lines; more white keeps the lines of one row from those of the next."""

    def __init__(self, pitch: float, slack: float) -> None:
        super().__init__()
        self._pitch, self._slack = pitch, slack

    def __missing__(self, lines: int) -> float:
        height = self[lines] = lines * self._pitch + self._slack * (1 if lines == 1 else _APART)
        return height


class RowSetter:
    """Sets the rows of one table. What is higher than `limit` points is parted between lines."""

    def __init__(
        self, table: Table, cells: CellSetter, style: Style, where: Mapping[str, tuple[int, ...]], limit: float
    ) -> None:
        """Add blank rows, and find the cells over several rows. Raises what `spark_columns` raises."""
        self.table, self.cells, self.style, self.where, self.limit = table, cells, style, where, limit
        self.rows = form_rows(table)
        self.merged = merged_cells(table, self.rows)
        self.pitch, self.slack = cells.dress.text.leading, cells.dress.slack
        self.left, self.right = cells.edges[0], cells.edges[-1]
        self._uprights: dict[float, list[Mark]] = {}
        self._heights = _Heights(self.pitch, self.slack)
        self._sparks = SparkSetter(table, style.palette)
        texts = (cell for row in self.rows for cell in row.cells if isinstance(cell, tuple))
        runs = [run for text in texts for run in text if run.fact or run.pages_of]
        self._prints_facts = self._sparks.prints_facts or any(run.fact for run in runs)
        self._prints_pages = any(run.pages_of for run in runs)

    def set(self) -> Iterator[Row]:
        """All rows from the top."""
        groups = {i: self.group_row(i) for i, row in enumerate(self.rows) if row.group}
        heights = [groups[i].height if row.group else self.height(i) for i, row in enumerate(self.rows)]
        labels = self.labels(heights)
        for i, row in enumerate(self.rows):
            if row.group:
                yield groups[i]
                continue
            spans, sticks = labels.get(i, ((), False))
            after = self.rows[i + 1] if i + 1 < len(self.rows) else None
            sticks = sticks or (after is not None and bool(after.sums))
            anchors = ((row.anchor, 0.0),) if row.anchor else ()
            items = _Items(self, i, heights[i])
            done = Row(heights[i], items, self.links(i, heights[i]), anchors, self.facts(i), sticks, (), spans)
            if heights[i] <= self.limit:
                yield done
            else:
                yield from self.parted(i, done)

    def own_cells(self, i: int) -> list[tuple[int, Text | Sparkline]]:
        """Columns and what stands in a row's cells, without those over several rows."""
        merged = self.merged[i]
        cells = [(n, cell) for n, cell in enumerate(self.rows[i].cells) if n not in merged]
        return [(n, self.paged(cell)) for n, cell in cells] if self._prints_pages else cells

    def paged(self, cell: Text | Sparkline) -> Text | Sparkline:
        """The cell with the page numbers it asks for."""
        return with_pages(cell, self.where) if isinstance(cell, tuple) else cell

    def height(self, i: int) -> float:
        """Height of a row: that of its highest cell."""
        row, lines = self.rows[i], 1
        for n in self.cells.turning:
            if n not in self.merged[i]:
                cell = self.paged(row.cells[n]) if self._prints_pages else row.cells[n]
                if isinstance(cell, tuple):
                    lines = max(lines, self.cells.height(cell, n, sums=bool(row.sums)))
        return self._heights[lines]

    def item(self, i: int, height: float) -> Item:
        """A row of cells as it stands on the page."""
        row = self.rows[i]
        marks = [*self.rules(i), *self.sides(height)]
        read: list[str] = []
        for n, held in self.own_cells(i):
            if isinstance(held, Sparkline):
                marks.append(self.spark(held, n, (height - self.pitch) / 2))
                read.append(spark_words(held))
                continue
            cell = self.cells.cell(held, n, sums=bool(row.sums))
            top = (height - len(cell.lines) * self.pitch) / 2
            marks += [self.cells.line_mark(cell, k, top + k * self.pitch) for k in range(len(cell.lines))]
            read.append(cell.text)
        if row.ring:
            left, _ = self.cells.inner(min(1, len(self.cells.edges) - 2))
            marks.append(ring(left - 11, height / 2, _RING, 1.4, self.style.palette.target))
        return Item(self.left, 0.0, self.right - self.left, height, "table-row", "　".join(read), tuple(marks))

    def spark(self, spark: Sparkline, n: int, top: float) -> Mark:
        """A sparkline in column n, as high as a line."""
        left, room = self.cells.inner(n)
        return self._sparks.mark(spark, n, left, room, top, self.pitch)

    def links(self, i: int, height: float) -> tuple[Link, ...]:
        """From a cell that prints pages to what stands there."""
        if not self._prints_pages:
            return ()
        edges = self.cells.edges
        texts = ((n, cell) for n, cell in self.own_cells(i) if isinstance(cell, tuple) and reads(cell))
        targets = ((n, next((run.pages_of for run in text if run.pages_of), "")) for n, text in texts)
        return tuple(Link(edges[n], 0.0, edges[n + 1] - edges[n], height, target) for n, target in targets if target)

    def facts(self, i: int) -> tuple[str, ...]:
        """What a row prints; a cell over several rows is printed with the first."""
        if not self._prints_facts:
            return ()
        begun = [cell for n, cell in enumerate(self.rows[i].cells) if self.merged[i].get(n, (i, 0))[0] == i]
        parts = (part for cell in begun for part in (cell.values if isinstance(cell, Sparkline) else cell))
        return tuple(printed(part.fact) for part in parts if part.fact)

    def parted(self, i: int, done: Row) -> Iterator[Row]:
        """A row that no page holds, line by line; its first two lines and its last two stay together."""
        row = self.rows[i]
        held = self.own_cells(i)
        cells = [self.cells.cell(cell, n, sums=bool(row.sums)) for n, cell in held if isinstance(cell, tuple)]
        sparks = [(n, cell) for n, cell in held if isinstance(cell, Sparkline)]
        count = max((len(cell.lines) for cell in cells), default=1)
        for k in range(count):
            top = self.slack / 2 if k == 0 else 0.0
            height = self.pitch + top + (self.slack / 2 if k == count - 1 else 0.0)
            marks = [*(self.rules(i) if k == 0 else ()), *self.sides(height)]
            marks += [self.cells.line_mark(cell, k, top) for cell in cells if k < len(cell.lines)]
            texts = [cell.lines[k].text for cell in cells if k < len(cell.lines)]
            if k == 0:
                marks += [self.spark(spark, n, top) for n, spark in sparks]
                texts += [spark_words(spark) for _, spark in sparks]
            text = "　".join(texts)
            item = Item(self.left, 0.0, self.right - self.left, height, "table-row", text, tuple(marks))
            part = Row(height, (item,), sticks=k in (0, count - 2) and count > 1, spans=done.spans)
            yield part._replace(anchors=done.anchors, mentions=done.mentions, links=done.links) if k == 0 else part

    def group_row(self, i: int) -> Row:
        """A row that names those below it, over all columns."""
        row, dress = self.rows[i], self.cells.dress
        left, width = self.left, self.right - self.left
        lines = set_lines(said(row.cells[0]), dress.head, width - 2 * OUTER, self.cells.fonts, justify=False)
        height = len(lines) * self.pitch + self.slack + 1.0
        marks: list[Mark] = [
            at(line, left + OUTER, 2.5 + n * self.pitch + baseline(dress.text)) for n, line in enumerate(lines)
        ]
        marks += self.rules(i)
        text = "".join(line.text for line in lines)
        anchors = ((row.anchor, 0.0),) if row.anchor else ()
        item = Item(left, 0.0, width, height, "table-group", text, tuple(marks))
        return Row(height, (item,), (), anchors, self.facts(i), sticks=True)

    def sides(self, height: float) -> list[Mark]:
        """The uprights beside a row."""
        if height not in self._uprights:
            self._uprights[height] = uprights(self.table, self.cells, height)
        return self._uprights[height]

    def rules(self, i: int) -> list[Mark]:
        """The hairline above a row where it is set off, over all columns but those whose cell goes on."""
        if not i:
            return []
        row, above = self.rows[i], self.rows[i - 1]
        total = "total" in (row.sums, above.sums)
        sums = (row.sums or above.sums) and not above.group
        begins = any(start == i for start, _ in self.merged[i].values())
        ends = any(end == i for _, end in self.merged[i - 1].values())
        if not (row.rule_above or sums or begins or ends):
            return []
        width, color = (THIN, BLACK) if total else (HAIR, GREY)
        goes_on = [self.merged[i].get(n, (i, 0))[0] < i for n in range(len(self.table.columns))]
        edges = self.cells.edges
        marks: list[Mark] = []
        for on, group in groupby(range(len(goes_on)), goes_on.__getitem__):
            columns = list(group)
            if not on:
                marks.append(rule(edges[columns[0]], 0.0, edges[columns[-1] + 1], 0.0, width, color))
        return marks

    def labels(self, heights: list[float]) -> dict[int, tuple[tuple[Span, ...], bool]]:
        """For rows under cells over several rows: those cells, and whether the row may not end a page.

        Rows grow where they are too low together for such a cell; a page gets as many of them as it takes.
        """
        found: dict[int, tuple[tuple[Span, ...], bool]] = {}
        runs = dict.fromkeys((n, rows) for merged in self.merged for n, rows in merged.items())
        for n, (start, end) in runs:
            name = f"{n}:{start}"
            text = with_pages(said(self.rows[start].cells[n]), self.where)
            label = Span(name, self.label(text, n))
            again = Span(name, self.label((*text, Run(_AGAIN)), n))
            high = max(label.label.height, again.label.height) + self.slack
            lacks = high - sum(heights[start:end])
            for i in range(start, end):
                heights[i] += max(lacks, 0.0) / (end - start)
            above, below = 0.0, sum(heights[start:end])
            told: dict[tuple[Span, ...], tuple[Span, ...]] = {}  # rows that have parts of the same cells share them
            for i in range(start, end):
                above, below = above + heights[i], below - heights[i]
                spans, sticks = found.get(i, ((), False))
                spans = (*spans, label if i == start else again)
                held = i + 1 < end and (above < high - EASE or below < high - EASE)
                found[i] = (told.setdefault(spans, spans), sticks or held)
        return found

    def label(self, text: Text, n: int) -> Item:
        """A cell over several rows, as high as its lines."""
        cell = self.cells.cell(text, n)
        left, right = self.cells.edges[n : n + 2]
        height = len(cell.lines) * self.pitch
        return Item(left, 0.0, right - left, height, "table-label", cell.text, self.cells.marks(text, n, 0.0))
