"""Furniture: masthead, contents, headings, page numbers and colophon (版头, 要目, 标题, 页码, 报尾).

Places on the first page are counted in lines of the grid from the top of the type area, as `Style` lays them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, Path, rule
from digest.layout.galley import Row, Slab, at, centred, flush_right, on_half_lines, paragraph_rows, shifted
from digest.layout.lines import BASELINE, set_label, set_line, set_lines
from digest.layout.page import Bookmark, Item, Link
from digest.story.blocks import plain
from digest.units import mm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.drawing import Segment
    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import ColophonBlock, Contents, ContentsEntry, Heading, Masthead, SourceLine, Title
    from digest.style import Style

_NAME_WIDTH: Final = mm(150)  # a masthead is fitted to 150 mm at most
_NAME_TRACKING: Final = 24.0  # a short name is spaced out, but no further
_CONTENTS_GAP: Final = 22.0  # between its columns
_CONTENTS_TOP: Final = 24.0  # of the first entry, from the top of the box
_CONTENTS_BASE: Final = 15.5  # baseline of an entry, from its top
_LEADER: Final = 4.0  # white at both ends of the leaders
_LEADER_STEP: Final = 4.25
_LEADER_DOT: Final = 0.9


def baseline(face: Typeface) -> float:
    """Baseline of a line from the top of its line box: the em-box stands in the middle of the pitch."""
    return (face.leading - face.size) / 2 + BASELINE * face.size


def set_masthead(masthead: Masthead, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """The red head: name, issue number, unit at the left and date at the right, the red rule."""
    line, body = style.leading, faces.body
    name = _fitted_name(masthead.name, faces.masthead, fonts)
    rows: list[tuple[str, str, Mark]] = [
        ("masthead", masthead.name, centred(name, 0.0, style.measure, 0.95 * line + faces.masthead.size * 0.38))
    ]
    flat = replace(body, gap=0.0)
    if masthead.issue:
        issue = set_line(masthead.issue, flat, fonts)
        rows.append(("issue", masthead.issue, centred(issue, 0.0, style.measure, 2.25 * line + baseline(body))))
    low = 3.75 * line + baseline(body)
    if masthead.unit:
        rows.append(("unit", masthead.unit, at(set_line(masthead.unit, flat, fonts), body.size, low)))
    if masthead.date:
        date = set_line(masthead.date, flat, fonts)
        rows.append(("date", masthead.date, flush_right(date, style.measure - body.size, low)))
    height = 5.0 * line
    items = [Item(0.0, 0.0, style.measure, height, role, text, (mark,)) for role, text, mark in rows]
    y = 4.9 * line + 1.0
    red = rule(0.0, y, style.measure, y, 2.0, style.palette.masthead)
    items.append(Item(0.0, y - 1, style.measure, 2.0, "rule", "", (red,)))
    if masthead.notice:
        for line_ in set_label(masthead.notice, faces.note, style.measure, fonts):
            height += faces.note.leading + 3
            mark = centred(line_, 0.0, style.measure, height - 1)
            items.append(Item(0.0, height - 12, style.measure, 13.0, "notice", line_.text, (mark,)))
    return Slab((Row(on_half_lines(height + 8, style), tuple(items), mentions=()),), "masthead", whole=True)


def _fitted_name(name: str, face: Typeface, fonts: FontSet) -> Line:
    """The name on one line, spaced towards 150 mm; a long one is set smaller rather than wider."""
    natural = set_line(name, replace(face, tracking=0.0), fonts).width
    if natural > _NAME_WIDTH:
        face = replace(face, size=face.size * _NAME_WIDTH / natural, tracking=0.0)
    else:
        joints = max(len(name) - 1, 1)
        face = replace(face, tracking=min((_NAME_WIDTH - natural) / joints, _NAME_TRACKING))
    return set_line(name, face, fonts)


def set_contents(
    contents: Contents, faces: Typefaces, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]
) -> Slab:
    """本期要目 in two columns or 目录 in one, dotted leaders, page numbers."""
    setter = _ContentsSetter(faces, style, fonts, where)
    return setter.box(contents) if contents.columns > 1 else setter.directory(contents)


class _ContentsSetter:
    """What the entries of a list of contents are set with."""

    def __init__(self, faces: Typefaces, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]) -> None:
        self.faces, self.style, self.fonts, self.where = faces, style, fonts, where

    def box(self, contents: Contents) -> Slab:
        """Two columns of small type; what is longer than a page goes on in two columns on the next."""
        face = self.faces.contents
        width = (self.style.measure - _CONTENTS_GAP) / 2
        depth = self.style.lines * self.style.leading
        lift = _CONTENTS_BASE - baseline(face)
        entries = [self.entry(entry, face, 0.0, width, lift) for entry in contents.entries]
        head = set_line(contents.heading, self.faces.contents_head, self.fonts)
        mark = at(head, 0.0, 14.0)
        items = [Item(0.0, 0.0, self.style.measure, 18.0, "contents-head", contents.heading, (mark,))]
        links: list[Link] = []
        rows: list[Row] = []
        while entries or not rows:
            columns = _two_columns(entries, int((depth - _CONTENTS_TOP - 4) / face.leading))
            for n, column in enumerate(columns):
                x = n * (width + _CONTENTS_GAP)
                for k, (item, link) in enumerate(column):
                    y = _CONTENTS_TOP + k * face.leading
                    items.append(item._replace(x=x, y=y, marks=(shifted(item.marks, x, y),)))
                    links.append(link._replace(x=x, y=y))
            longest = max(map(len, columns))
            height = on_half_lines(_CONTENTS_TOP + longest * face.leading + 4, self.style)
            rows.append(Row(min(height, depth), tuple(items), tuple(links)))
            items, links = [], []
        return Slab(tuple(rows), "contents", whole=len(rows) == 1, least=1)

    def directory(self, contents: Contents) -> Slab:
        """One column of body type on the lines of the page; pages may part it between entries."""
        line, face = self.style.leading, self.faces.body
        head = set_line(contents.heading, self.faces.directory_head, self.fonts)
        mark = centred(head, 0.0, self.style.measure, line / 2 + baseline(face))
        title = Item(0.0, 0.0, self.style.measure, 2 * line, "contents-head", contents.heading, (mark,))
        rows = [Row(2 * line, (title,), sticks=True)] if contents.heading else []
        for entry in contents.entries:
            indent = (entry.level - 1) * face.size
            set_entry = self.entry(entry, face, indent, self.style.measure - indent, 0.0)
            rows += paragraph_rows(tuple(Row(line, (item,), (link,)) for item, link in set_entry))
        return Slab(tuple(rows), "contents", least=1)

    def entry(
        self, entry: ContentsEntry, face: Typeface, x: float, width: float, top: float
    ) -> list[tuple[Item, Link]]:
        """Lines of an entry `top` points below the top of their line boxes, the last with leaders and page number.

        A long one turns under the first character of its text, clear of the page numbers.
        """
        faces, fonts = self.faces, self.fonts
        number = "、".join(map(str, self.where.get(entry.anchor, ())[:1]))
        page = set_line(number, faces.contents_page if face is faces.contents else face, fonts)
        text = f"{entry.number}{entry.text}"
        room = width - max(page.width, _LEADER * 2) - 2 * _LEADER - face.size
        hang = set_line(f"{entry.number}一", face, fonts).width - face.size if entry.number else face.size
        lines = set_lines(plain(text), face, room, fonts, justify=False)
        if len(lines) > 1:
            lines = set_lines(plain(text), face, room - hang, fonts, indent=-hang, justify=False)
        base = top + baseline(face)
        done: list[tuple[Item, Link]] = []
        for n, line in enumerate(lines):
            left = x + (hang if n else 0.0)
            marks: list[Mark] = [at(line, left, base)]
            words = line.text
            if n == len(lines) - 1:
                marks.append(flush_right(page, x + width, base))
                clear = max(page.width, _LEADER * 2) + _LEADER
                marks += _leaders(left + line.width + _LEADER, x + width - clear, base, self.style)
                words = f"{line.text} {number}"
            item = Item(x, 0.0, width, face.leading, "contents", words, tuple(marks))
            done.append((item, Link(x, 0.0, width, face.leading, entry.anchor)))
        return done


def _two_columns(entries: list[list[tuple[Item, Link]]], most: int) -> tuple[list[tuple[Item, Link]], ...]:
    """Lines of two columns as long as each other, neither of more than `most`; what is set is taken from `entries`."""
    half = min((sum(map(len, entries)) + 1) // 2, most)
    left: list[tuple[Item, Link]] = []
    right: list[tuple[Item, Link]] = []
    for column, room in ((left, half), (right, most)):
        while entries and (not column or len(column) + len(entries[0]) <= room):
            column.extend(entries.pop(0))
    return left, right


def _leaders(x0: float, x1: float, base: float, style: Style) -> list[Mark]:
    """Dots on one raster for the whole list, so that they stand under each other.

    They are drawn, not written: the entry reads as its words and its page.
    """
    count = int((x1 - x0) / _LEADER_STEP)
    if count <= 0:
        return []
    start, end = x1 - count * _LEADER_STEP, x1 - _LEADER_STEP / 2
    path: tuple[Segment, ...] = (("M", start, base - _LEADER_DOT), ("L", end, base - _LEADER_DOT))
    dots = (0.0, _LEADER_STEP)  # a dash of no length with a round cap is a dot
    return [Path(path, stroke=style.palette.quiet, width=_LEADER_DOT, dash=dots, cap="round")]


def set_title(title: Title, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """The title, centred, in balanced lines; the unit above it, subtitle and date below, each in lines of its own."""
    side = style.body
    texts = (
        ("unit", title.unit, faces.body),
        ("title", title.text, faces.title),
        ("subtitle", title.subtitle, faces.subtitle),
        ("date", title.date, faces.subtitle),
    )
    lines = [
        (role, face, line)
        for role, text, face in texts
        for line in (set_label(text, face, style.measure - 2 * max(face.size, side), fonts) if text else ())
    ]
    depth = sum(face.leading for _, face, _ in lines)
    height = on_half_lines(depth + 4, style)
    y = (height - depth) / 2
    items: list[Item] = []
    for role, face, line in lines:
        mark = centred(line, 0.0, style.measure, y + baseline(face))
        items.append(Item(0.0, y, style.measure, face.leading, role, line.text, (mark,)))
        y += face.leading
    return Slab((Row(height, tuple(items)),), "title", whole=True, keep_next=True)


def set_heading(heading: Heading, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """A heading on body lines, indented two characters, in balanced lines; one blank line above the first level.

    GB/T 9704-2012, 7.3.3.
    """
    face = faces.headings[heading.level - 1]
    indent = 2 * face.size
    lines = set_label(f"{heading.number}{heading.text}", face, style.measure - indent, fonts)
    rows = tuple(
        Row(
            face.leading,
            (Item(indent, 0.0, line.width, face.leading, "heading", line.text, (at(line, indent, baseline(face)),)),),
            anchors=((heading.anchor, 0.0),) if n == 0 else (),
            mentions=(heading.anchor,) if n == 0 else (),
        )
        for n, line in enumerate(lines)
    )
    before = style.leading if heading.level == 1 else 0.0
    return Slab(rows, "heading", whole=True, keep_next=True, before=before, bookmark=bookmark(heading))


def bookmark(heading: Heading) -> Bookmark:
    """How a heading stands in the outline."""
    return Bookmark(f"{heading.number}{heading.text}", heading.anchor, heading.level - 1)


def set_source_line(source: SourceLine, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """Who said it, small and flush right, on half a line."""
    lines = set_label(source.text, faces.note, style.measure, fonts)
    depth = len(lines) * faces.note.leading
    height = on_half_lines(depth + 1, style)
    items = tuple(
        Item(
            0.0,
            n * faces.note.leading,
            style.measure,
            faces.note.leading,
            "source",
            line.text,
            (flush_right(line, style.measure, (n + 1) * faces.note.leading - 3),),
        )
        for n, line in enumerate(lines)
    )
    return Slab((Row(height, items),), "source", whole=True, floats=True)


def set_colophon(colophon: ColophonBlock, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """报尾: rules of 0.35 mm outside and 0.25 mm inside, the last one on the type area's foot.

    GB/T 9704-2012, 7.4.1.
    """
    face = faces.colophon
    items: list[Item] = [_rule_item(0.5, 0.99, style)]
    y = 2.0
    for label, text in colophon.lines:
        left = face.size + set_line(label, face, fonts).width
        lines = set_lines(plain(text), face, style.measure - left - face.size, fonts, justify=False)
        for n, line in enumerate(lines):
            marks: list[Mark] = [at(line, left, y + baseline(face))]
            if n == 0:
                marks.insert(0, at(set_line(label, face, fonts), face.size, y + baseline(face)))
            words = (label if n == 0 else "") + line.text
            items.append(Item(face.size, y, style.measure, face.leading, "colophon", words, tuple(marks)))
            y += face.leading
    if colophon.date or colophon.copies:
        if colophon.lines:
            items.append(_rule_item(y + 0.5, 0.71, style))
            y += 1.0
        foot: list[Mark] = []
        if colophon.date:
            foot.append(at(set_line(colophon.date, face, fonts), face.size, y + baseline(face)))
        if colophon.copies:
            copies = set_line(colophon.copies, face, fonts)
            foot.append(flush_right(copies, style.measure - face.size, y + baseline(face)))
        words = "　".join(filter(None, (colophon.date, colophon.copies)))
        items.append(Item(face.size, y, style.measure, face.leading, "colophon", words, tuple(foot)))
        y += face.leading + 1.0
    items.append(_rule_item(y, 0.99, style))
    # the line box of the last grid line reaches below the type area by the white under its em-box
    below = (style.leading - style.body) / 2
    return Slab((Row(y + 0.5 + below, tuple(items)),), "colophon", whole=True, at_foot=True, before=style.leading / 2)


def _rule_item(y: float, width: float, style: Style) -> Item:
    return Item(0.0, y, style.measure, width, "rule", "", (rule(0.0, y, style.measure, y, width),))


def folio(number: int, faces: Typefaces, style: Style, fonts: FontSet) -> tuple[Item, ...]:
    """— 1 —, its dash 7 mm below the type area, one character in from the outer side (GB/T 9704-2012, 7.5) or in the
    middle, as the style has it.

    Placed on the sheet, not in the type area.
    """
    if style.folio == "none":
        return ()
    face = faces.folio
    text = f"— {number} —"
    line = set_line(text, face, fonts)
    left = style.left(number)
    if style.folio == "centre":
        x = left + (style.measure - line.width) / 2
    elif number % 2 == 1 or not style.mirrored:
        x = left + style.measure - style.body - line.width
    else:
        x = left + style.body
    y = style.top + style.depth + mm(7) + face.size * 0.36
    return (Item(x, y - face.size, line.width, face.size, "folio", text, (at(line, x, y),)),)


def running_head(lines: tuple[Line, ...], number: int, faces: Typefaces, style: Style) -> tuple[Item, ...]:
    """页眉 in the middle above the type area, its foot 8 mm over it; a long one grows upwards.

    Placed on the sheet, not in the type area. The lines are the same on every page, so they are set once.
    """
    face = faces.running
    left = style.left(number)
    top = style.top - mm(8) - len(lines) * face.leading
    return tuple(
        Item(
            left,
            top + n * face.leading,
            style.measure,
            face.leading,
            "running-head",
            line.text,
            (centred(line, left, style.measure, top + n * face.leading + baseline(face)),),
        )
        for n, line in enumerate(lines)
    )
