"""Paginate: the galley is cut into pages (分页). Widows, keeps, floats and repeated heads are decided only here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from digest.drawing import moved
from digest.errors import LayoutError
from digest.layout.furniture import folio
from digest.layout.galley import on_half_lines
from digest.layout.page import Anchor, Bookmark, Item, Link, Page, Pages
from digest.layout.typefaces import typefaces

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.galley import Row, Slab
    from digest.story.blocks import Meta
    from digest.style import Style

_EPSILON: Final = 0.01
_MOST_EMPTY: Final = 1 / 3  # of a page, before text of the next section may pass a picture that waits


@dataclass(frozen=True, slots=True)
class Paginated:
    """Pages, and on which of them every fact and heading stands."""

    pages: Pages
    where: dict[str, tuple[int, ...]]


def paginate(slabs: tuple[Slab, ...], meta: Meta, style: Style, fonts: FontSet) -> Paginated:
    """Slabs on pages of `style`, each with its number. Raises LayoutError for what is taller than a page."""
    cutter = _Cutter(style)
    for n, slab in enumerate(slabs):
        cutter.take(slab, slabs[n + 1 :])
    cutter.finish()
    faces = typefaces(style)
    pages = tuple(
        Page(
            number,
            str(number),
            (*draft.items, folio(number, faces, style, fonts)),
            tuple(draft.links),
            tuple(_first_of_each(draft.anchors)),
        )
        for number, draft in enumerate(cutter.drafts, 1)
    )
    where = {name: tuple(sorted(numbers)) for name, numbers in cutter.where.items()}
    outline = tuple(cutter.outline)
    return Paginated(Pages(style.page_width, style.page_height, meta, pages, outline), where)


def _first_of_each(anchors: list[Anchor]) -> list[Anchor]:
    seen: dict[str, Anchor] = {}
    for anchor in anchors:
        seen.setdefault(anchor.name, anchor)
    return list(seen.values())


class _Draft:
    """A page being filled."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.links: list[Link] = []
        self.anchors: list[Anchor] = []


class _Cutter:
    """Fills pages from the top; `y` counts from the first line box of the page."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.depth = style.lines * style.leading
        self.drafts: list[_Draft] = [_Draft()]
        self.where: dict[str, set[int]] = {}
        self.outline: list[Bookmark] = []
        self.waiting: list[Slab] = []
        self.named: set[str] = set()
        self.y = 0.0

    @property
    def left(self) -> float:
        """Room left on the page."""
        return self.depth - self.y

    def take(self, slab: Slab, following: tuple[Slab, ...]) -> None:
        """Place a slab, or let it wait for the next page when it floats."""
        if slab.at_foot:
            self.flush()
            self.at_foot(slab)
            return
        if self.waiting and slab.role in ("heading", "table") and self.left <= self.depth * _MOST_EMPTY:
            self.flush()
        if slab.keep_next:
            self.keep(slab, following)
        if slab.whole:
            self.take_whole(slab)
        else:
            self.take_rows(slab)

    def keep(self, slab: Slab, following: tuple[Slab, ...]) -> None:
        """Turn the page when the slab and what must follow it do not fit any more."""
        need = self.white(slab) + slab.height
        for other in following:
            need += other.before + (other.height if other.whole else _least(other))
            if not other.keep_next:
                break
        if need > self.left + _EPSILON and self.y:
            self.turn()

    def white(self, slab: Slab) -> float:
        """White above a slab: none on top of a page."""
        return slab.before if self.y else 0.0

    def take_whole(self, slab: Slab) -> None:
        """A slab that no page may part."""
        if slab.height > self.depth + _EPSILON:
            message = f"“{_reads(slab)[:20]}”比一页还高（{slab.height:.0f}磅）"
            raise LayoutError(message, code="Y201")
        fits = self.white(slab) + slab.height <= self.left + _EPSILON
        if slab.floats and (self.waiting or not fits) and self.y:
            self.waiting.append(slab)
            return
        if not fits:
            self.turn()
        self.y += self.white(slab)
        self.put(slab.rows, slab)
        self.snap()

    def take_rows(self, slab: Slab) -> None:
        """A slab that may be parted between rows, leaving and taking at least `least` of them."""
        rows = slab.rows
        self.y += self.white(slab)
        first = max(slab.first, slab.least)
        started = False
        while rows:
            count = self.fitting(rows, slab)
            if count < len(rows):
                count = min(count, len(rows) - slab.least)
            if count < min(first if not started else slab.least, len(rows)):
                if not self.y:
                    message = f"“{_reads(slab)[:20]}”比一页还高"
                    raise LayoutError(message, code="Y201")
                self.turn()
                if started:
                    self.put(slab.head, slab)
                continue
            self.put(rows[:count], slab)
            rows = rows[count:]
            started = True
            if rows:
                self.put(slab.tail, slab)
                self.turn()
                self.put(slab.head, slab)
        self.snap()

    def fitting(self, rows: tuple[Row, ...], slab: Slab) -> int:
        """How many rows fit the page, with the closing of a cut where there is one."""
        room = self.left + _EPSILON
        if sum(row.height for row in rows) <= room:
            return len(rows)
        room -= sum(row.height for row in slab.tail)
        count = 0
        for row in rows:
            room -= row.height
            if room < 0:
                break
            count += 1
        while count and rows[count - 1].sticks:
            count -= 1
        return count

    def put(self, rows: tuple[Row, ...], slab: Slab) -> None:
        """Rows at the present place of the page, one under the other."""
        number = len(self.drafts)
        draft = self.drafts[-1]
        x = self.style.left(number)
        top = self.style.top - (self.style.leading - self.style.body) / 2
        for row in rows:
            y = top + self.y
            draft.items += [
                replace(item, x=item.x + x, y=item.y + y, marks=(moved(item.marks, x, y),)) for item in row.items
            ]
            draft.links += [replace(link, x=link.x + x, y=link.y + y) for link in row.links]
            draft.anchors += [Anchor(name, y + dy) for name, dy in row.anchors]
            for name in row.mentions:
                self.where.setdefault(name, set()).add(number)
                if name not in self.named and not row.anchors:
                    draft.anchors.append(Anchor(name, y))
                    self.named.add(name)
            self.y += row.height
        if slab.bookmark and slab.bookmark not in self.outline:
            self.outline.append(slab.bookmark)

    def snap(self) -> None:
        """Go on at the next half line, so that text registers from page to page."""
        self.y = on_half_lines(self.y, self.style)

    def turn(self) -> None:
        """A new page; what waited goes on its top."""
        self.drafts.append(_Draft())
        self.y = 0.0
        waiting, self.waiting = self.waiting, []
        for slab in waiting:
            self.take_whole(slab)

    def flush(self) -> None:
        """Place all that waits."""
        while self.waiting:
            self.turn()

    def at_foot(self, slab: Slab) -> None:
        """A slab that ends on the last line of the last page."""
        if self.y + slab.before + slab.height > self.depth + _EPSILON:
            self.turn()
        self.y = self.depth - slab.height
        self.put(slab.rows, slab)

    def finish(self) -> None:
        """Place what still waits."""
        self.flush()


def _least(slab: Slab) -> float:
    return sum(row.height for row in slab.rows[: max(slab.least, slab.first)])


def _reads(slab: Slab) -> str:
    return "".join(item.text for row in slab.rows for item in row.items)
