"""Paginate: the galley is cut into pages (分页). Widows, keeps, floats and repeated heads are decided only here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.drawing import rule
from digest.errors import LayoutError
from digest.layout.furniture import folio, running_head
from digest.layout.galley import Row, labels, on_half_lines, shifted
from digest.layout.lines import set_label
from digest.layout.page import Anchor, Item, Leaves, Link, Page, Pages
from digest.layout.turning import turned, unturned
from digest.layout.typefaces import typefaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.fonts import FontSet
    from digest.layout.galley import Slab
    from digest.layout.page import Bookmark
    from digest.story.blocks import Meta
    from digest.style import Style

_EPSILON: Final = 0.01
_MOST_EMPTY: Final = 1 / 3  # of a page, before text of the next section may pass a picture that waits
_NOTE_WHITE: Final = 12.0  # between text and notes; the rule stands in it
_NOTE_RULE: Final = 5.0  # from the rule to the first note


class Placed(NamedTuple):
    """A row on its page, `y` points below the first line box, with cells over several rows that begin with it."""

    y: float
    row: Row
    labels: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a page; `named` are the facts that stand on it and on none before."""

    rows: tuple[Placed, ...]
    named: frozenset[str] = frozenset()
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Paginated:
    """All pages, and on which of them every fact and heading stands."""

    pages: tuple[Sheet, ...]
    where: dict[str, tuple[int, ...]]
    outline: tuple[Bookmark, ...]


def paginate(slabs: tuple[Slab, ...], style: Style) -> Paginated:
    """Slabs on pages of `style`. Raises LayoutError for what is taller than a page."""
    cutter = _Cutter(style)
    for n in range(len(slabs)):
        cutter.take(slabs, n)
    cutter.finish()
    where = {name: tuple(sorted(numbers)) for name, numbers in cutter.where.items()}
    sheets = tuple(Sheet(tuple(draft.rows), frozenset(draft.named), draft.turned) for draft in cutter.drafts)
    return Paginated(sheets, where, tuple(cutter.outline))


def place(
    paginated: Paginated, meta: Meta, style: Style, fonts: FontSet, running: str = "", running_from: int = 1
) -> Pages:
    """The same pages with everything at its place on the sheet, numbered, `running` at the head of each from that
    number on.
    """
    faces = typefaces(style)
    head = set_label(running, faces.running, style.measure, fonts) if running else ()

    def made(index: int) -> Page:
        number = index + 1
        shown = head if number >= running_from else ()
        furniture = (running_head(shown, number, faces, style), folio(number, faces, style, fonts))
        return _page(number, paginated.pages[index], style, furniture)

    return Pages(style.page_width, style.page_height, meta, Leaves(len(paginated.pages), made), paginated.outline)


def _page(number: int, sheet: Sheet, style: Style, furniture: tuple[tuple[Item, ...], ...]) -> Page:
    """One page between its head and its foot."""
    head, foot = furniture
    if sheet.turned:
        head, foot = (tuple(unturned(item, style) for item in part) for part in furniture)
        style = turned(style, number)
    x = style.left(number)
    top = style.top - (style.leading - style.body) / 2
    items = list(head)
    links: list[Link] = []
    anchors: dict[str, Anchor] = {}
    for placed in sheet.rows:
        row, y = placed.row, top + placed.y
        items += [
            Item(item.x + x, item.y + y, *item[2:-1], (shifted(item.marks, x, y),))
            for item in (*placed.labels, *row.items)
        ]
        if row.links:
            links += [Link(link.x + x, link.y + y, *link[2:]) for link in row.links]
        for name, dy in row.anchors:
            anchors.setdefault(name, Anchor(name, y + dy))
        for name in () if row.anchors else row.mentions:
            if name in sheet.named:
                anchors.setdefault(name, Anchor(name, y))
    return Page(number, str(number), (*items, *foot), tuple(links), tuple(anchors.values()), sheet.turned)


class _Draft:
    """A page being filled; `feet` are the notes that will stand at its foot, `reserved` the room they take."""

    def __init__(self) -> None:
        self.rows: list[Placed] = []
        self.named: list[str] = []
        self.feet: list[Row] = []
        self.reserved = 0.0
        self.turned = False


class _Cutter:
    """Fills pages from the top; `y` counts from the first line box of the page."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.upright_depth = style.lines * style.leading
        self.turned_depth = turned(style).lines * style.leading
        self.above = (style.leading - style.body) / 2  # white over the first em-box of a page, and under the last
        self.drafts: list[_Draft] = [_Draft()]
        self.where: dict[str, set[int]] = {}
        self.named: set[str] = set()
        self.outline: list[Bookmark] = []
        self.waiting: list[Slab] = []
        self.passed = False  # whether a table has passed what waits
        self.y = 0.0

    @property
    def depth(self) -> float:
        """How deep the page is."""
        return self.turned_depth if self.drafts[-1].turned else self.upright_depth

    @property
    def left(self) -> float:
        """Room left on the page."""
        return self.depth - self.y - self.drafts[-1].reserved

    def take(self, slabs: tuple[Slab, ...], n: int) -> None:
        """Place the nth slab, or let it wait for the next page when it floats."""
        slab = slabs[n]
        if slab.turns:
            self.flush()
            self.turn()
        elif slab.turned:
            self.take_turned(slab)
        elif _goes_with_turned(slabs, n):
            self.flush()
            if self.y and not (n and slabs[n - 1].role == "heading"):
                self.turn()
            self.take_turned(replace(slab, turned=True))
        elif slab.at_foot:
            self.flush()
            self.stand_upright()
            self.at_foot(slab)
        else:
            self.take_upright(slabs, n)
        if slab.bookmark:
            self.outline.append(slab.bookmark)
        for part in slab.then:
            self.take((part,), 0)

    def take_upright(self, slabs: tuple[Slab, ...], n: int) -> None:
        """The nth slab where it comes in the text."""
        slab = slabs[n]
        self.stand_upright()
        begins = slab.role in ("heading", "table") and not (n and slabs[n - 1].keep_next)
        if self.waiting and begins:
            if slab.role == "table" and self.is_passed():
                self.pass_by(slabs, n)
                return
            if self.left <= self.depth * _MOST_EMPTY:
                self.flush()  # what begins passes a picture only where much of the page would stay empty
                self.stand_upright()
        if slab.keep_next:
            self.keep(slabs, n)
        if slab.whole:
            self.take_whole(slab)
        else:
            self.take_rows(slab)

    def is_passed(self) -> bool:
        """Whether what waits lets a table go first: on this page, or on one that holds some of it and not the rest."""
        while self.waiting and not self.may_be_passed():
            self.turn()
            self.stand_upright()
        return bool(self.waiting)

    def may_be_passed(self) -> bool:
        """Whether what waits lets a table go first: one, and none that would leave the page fairly full."""
        return not self.passed and self.left > self.depth * _MOST_EMPTY and not any(one.turned for one in self.waiting)

    def pass_by(self, slabs: tuple[Slab, ...], n: int) -> None:
        """The nth slab, a table, to its last row, and under it the pictures that fit; the others wait on."""
        held, self.waiting = self.waiting, []
        self.take_upright(slabs, n)
        while held and self.white(held[0]) + self.room(held[0].rows) <= self.left + _EPSILON:
            self.take_whole(held.pop(0))
        self.waiting = held
        self.passed = bool(held)

    def keep(self, slabs: tuple[Slab, ...], n: int) -> None:
        """Turn the page until the slab and what must follow it fit; a picture follows only if no other waits."""
        end = n + 1
        while end < len(slabs) and slabs[end].keep_next:
            end += 1
        while end < len(slabs) and slabs[end].turned:  # text flows up before it
            end += 1
        chain = tuple(slab for slab in slabs[n + 1 : end + 1] if not slab.turned)
        if self.waiting and chain and chain[-1].floats:
            self.flush()
            self.stand_upright()
        need = self.room(slabs[n].rows)
        for other in chain:
            start = other.start
            need += other.before + self.room(other.rows[:start])
            need += self.room(other.tail) if start < len(other.rows) else 0.0
        while self.y and self.white(slabs[n]) + need > self.left + _EPSILON:
            self.next_page()

    def white(self, slab: Slab) -> float:
        """White above a slab: none on top of a page."""
        return slab.before if self.y else 0.0

    def room(self, rows: Sequence[Row]) -> float:
        """What rows take of the page, their notes at its foot included."""
        return sum(row.height + self.foot(row) for row in rows)

    def foot(self, row: Row) -> float:
        """What the notes of a row take at the foot of the page; the first of a page bring the white above them."""
        if not row.feet:
            return 0.0
        white = 0.0 if self.drafts[-1].feet else _NOTE_WHITE + self.above
        return white + sum(note.height for note in row.feet)

    def take_whole(self, slab: Slab) -> None:
        """A slab that no page may part."""
        room = self.room(slab.rows)
        if room > self.depth + _EPSILON:
            message = f"“{_reads(slab)[:20]}”比一页还高（{slab.height:.0f}磅）"
            raise LayoutError(message, code="Y201")
        fits = self.white(slab) + room <= self.left + _EPSILON
        if slab.floats and (self.waiting or not fits) and self.y:
            self.waiting.append(slab)
            return
        if not fits:
            self.next_page(slab)
        self.y += self.white(slab)
        self.put(slab.rows)
        self.snap()

    def take_rows(self, slab: Slab) -> None:
        """A slab that may be parted between rows, leaving and taking at least `least` of them."""
        total = len(slab.rows)
        self.y += self.white(slab)
        done, fresh = 0, not self.y
        while done < total:
            least = slab.least if done else max(slab.first, slab.least)
            count = self.fitting(slab, done)
            if count < min(least, total - done):
                if not fresh:
                    fresh = self.go_on(slab, done)
                    continue
                count = self.fitting(slab, done, keeps=False)  # another page would hold no more of them
                if not count:
                    message = f"“{_reads(slab)[:20]}”比一页还高"
                    raise LayoutError(message, code="Y201")
            self.put(slab.rows[done : done + count])
            done += count
            if done < total:
                self.put(slab.tail)
                fresh = self.go_on(slab, done)
        self.snap()

    def go_on(self, slab: Slab, done: int) -> bool:
        """Turn to a page that takes some of the rows after the first `done`, under their head where some stand before;
        whether nothing else stands on it.
        """
        head = slab.head if done else ()
        end = slab.start_after(done)
        tail = slab.tail if end < len(slab.rows) else ()
        need = self.room(head) + self.room(slab.rows[done:end]) + self.room(tail)
        self.next_page(slab)
        while self.y and need > self.left + _EPSILON:  # pictures that waited have left too little of it
            self.next_page(slab)
        fresh = not self.y
        self.put(head)
        return fresh

    def fitting(self, slab: Slab, done: int, *, keeps: bool = True) -> int:
        """How many rows after the first `done` fit the page: all, or as many as may stand before a cut and its closing.
        Without `keeps` a cut may stand after any of them.
        """
        rows, rest = slab.rows, len(slab.rows) - done
        room = self.left + _EPSILON
        noted = bool(self.drafts[-1].feet)
        tail = sum(row.height for row in slab.tail)
        count = fits = 0
        for n in range(done, len(rows)):
            row = rows[n]
            room -= row.height
            if row.feet:
                room -= sum(note.height for note in row.feet) + (0.0 if noted else _NOTE_WHITE + self.above)
                noted = True
            if room < 0:
                break
            count += 1
            if room >= tail:
                fits = count
        if count == rest:
            return count
        if not keeps:
            return fits
        fits = min(fits, rest - slab.least)
        while fits > 0 and rows[done + fits - 1].sticks:
            fits -= 1
        return fits

    def put(self, rows: Sequence[Row]) -> None:
        """Rows at the present place of the page, one under the other."""
        number = len(self.drafts)
        draft = self.drafts[-1]
        begun = labels(rows)
        for n, row in enumerate(rows):
            draft.rows.append(Placed(self.y, row, begun.get(n, ())))
            for name in row.mentions:
                self.where.setdefault(name, set()).add(number)
                if not row.anchors and name not in self.named:
                    self.named.add(name)
                    draft.named.append(name)
            if row.feet:
                draft.reserved += self.foot(row)
                draft.feet += row.feet
            self.y += row.height

    def put_feet(self) -> None:
        """The notes of the page under a short rule; the last one stands on the foot of the type area."""
        draft = self.drafts[-1]
        notes, draft.feet = draft.feet, []
        if not notes:
            return
        width = self.style.measure / 4
        line = Item(0.0, -_NOTE_RULE, width, 0.5, "rule", "", (rule(0.0, -_NOTE_RULE, width, -_NOTE_RULE, 0.5),))
        self.y = self.depth - self.above - sum(note.height for note in notes)
        self.put((Row(0.0, (line,)), *notes))

    def snap(self) -> None:
        """Go on at the next half line, so that text registers from page to page."""
        self.y = on_half_lines(self.y, self.style)

    def turn(self) -> None:
        """A new page; what waited goes on its top, or on turned pages."""
        self.put_feet()
        self.drafts.append(_Draft())
        self.y = 0.0
        waiting, self.waiting, self.passed = self.waiting, [], False
        for slab in waiting:
            if slab.turned:
                self.take_turned(slab)
            else:
                self.stand_upright()
                self.take_whole(slab)

    def next_page(self, slab: Slab | None = None) -> None:
        """A new page for more of a slab, or of text: after those of what waited, and turned as the slab is."""
        self.turn()
        if slab and slab.turned:
            self.drafts[-1].turned = True
        else:
            self.stand_upright()

    def stand_upright(self) -> None:
        """Leave a turned page: nothing but what is turned stands there."""
        while self.drafts[-1].turned:
            self.turn()

    def take_turned(self, slab: Slab) -> None:
        """A slab for turned pages. It begins on a page of its own, or below what is turned as well, and else waits."""
        if self.waiting or (self.y and not self.drafts[-1].turned):
            self.waiting.append(slab)
            return
        self.drafts[-1].turned = True
        if slab.whole:
            self.take_whole(slab)
        else:
            self.take_rows(slab)

    def flush(self) -> None:
        """Place all that waits."""
        while self.waiting:
            self.turn()

    def at_foot(self, slab: Slab) -> None:
        """A slab that ends on the last line of the last page; notes stand on a page before it."""
        if self.drafts[-1].feet or self.y + slab.before + slab.height > self.depth + _EPSILON:
            self.next_page()
        self.y = self.depth - slab.height
        self.put(slab.rows)

    def finish(self) -> None:
        """Place what still waits, and the notes of the last page."""
        self.flush()
        self.put_feet()


def _goes_with_turned(slabs: tuple[Slab, ...], n: int) -> bool:
    """Whether a heading stands on a turned page: one under which what is turned comes first, and no text after it."""
    if slabs[n].role != "heading":
        return False
    end = n
    while end < len(slabs) and slabs[end].role == "heading":
        end += 1
    if end == len(slabs) or not slabs[end].turned:
        return False
    while end < len(slabs) and slabs[end].turned:
        end += 1
    if end == len(slabs):
        return True
    after = slabs[end]
    return after.floats or after.turns or after.at_foot or after.role in ("heading", "table")


def _reads(slab: Slab) -> str:
    return "".join(item.text for row in slab.rows for item in row.items)
