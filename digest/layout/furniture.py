"""Furniture: masthead, contents, headings, page numbers and colophon (版头, 要目, 标题, 页码, 报尾).

Places on the first page are counted in lines of the grid from the top of the type area, as `Style` lays them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import Mark, rule
from digest.layout.galley import Row, Slab, at, centred, flush_right, on_half_lines
from digest.layout.lines import BASELINE, set_label, set_line, set_lines
from digest.layout.page import Bookmark, Item, Link
from digest.story.blocks import plain
from digest.units import mm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import ColophonBlock, Contents, Heading, Masthead, SourceLine, Title
    from digest.style import Style

_NAME_WIDTH: Final = mm(150)  # a masthead is fitted to 150 mm at most
_NAME_TRACKING: Final = 24.0  # a short name is spaced out, but no further
_CONTENTS_GAP: Final = 22.0
_LEADER: Final = 4.0


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
    """本期要目 in two columns, dotted leaders, page numbers."""
    head = set_line(contents.heading, faces.contents_head, fonts)
    pitch = faces.contents.leading
    top = 24.0
    items = [Item(0.0, 0.0, style.measure, 18.0, "contents-head", contents.heading, (at(head, 0.0, 14.0),))]
    links: list[Link] = []
    width = (style.measure - _CONTENTS_GAP) / 2
    per_column = (len(contents.entries) + 1) // 2
    for n, entry in enumerate(contents.entries):
        x = (n // per_column) * (width + _CONTENTS_GAP)
        y = top + (n % per_column) * pitch
        text = set_line(f"{entry.number}{entry.text}", faces.contents, fonts)
        number = "、".join(map(str, where.get(entry.anchor, ())[:1]))
        page = set_line(number, faces.contents_page, fonts)
        base = y + 15.5
        marks: list[Mark] = [at(text, x, base), flush_right(page, x + width, base)]
        marks += _leaders(x + text.width + _LEADER, x + width - max(page.width, 8) - _LEADER, base, faces, fonts)
        items.append(Item(x, y, width, pitch, "contents", f"{entry.number}{entry.text} {number}", tuple(marks)))
        links.append(Link(x, y, width, pitch, entry.anchor))
    height = on_half_lines(top + per_column * pitch + 4, style)
    return Slab((Row(height, tuple(items), tuple(links)),), "contents", whole=True)


def _leaders(x0: float, x1: float, base: float, faces: Typefaces, fonts: FontSet) -> list[Mark]:
    """Dots on one raster for the whole list, so that they stand under each other."""
    dot = set_line(".", faces.leaders, fonts)
    step = dot.width + faces.leaders.tracking
    first = x1 - step * max(int((x1 - x0) / step), 0)
    count = int((x1 - first) / step + 1e-6)
    if count <= 0:
        return []
    line = set_line("." * count, faces.leaders, fonts)
    return [at(line, first, base)]


def set_title(title: Title, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """The title, centred, in balanced lines."""
    lines = set_label(title.text, faces.title, style.measure - 2 * faces.title.size, fonts)
    height = on_half_lines(len(lines) * faces.title.leading + 4, style)
    top = (height - len(lines) * faces.title.leading) / 2
    items = tuple(
        Item(
            0.0,
            top + n * faces.title.leading,
            style.measure,
            faces.title.leading,
            "title",
            line.text,
            (centred(line, 0.0, style.measure, top + n * faces.title.leading + baseline(faces.title)),),
        )
        for n, line in enumerate(lines)
    )
    return Slab((Row(height, items),), "title", whole=True, keep_next=True)


def set_heading(heading: Heading, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """A section heading on body lines, indented two characters, one blank line above."""
    face = faces.heading
    text = f"{heading.number}{heading.text}"
    lines = set_lines(plain(text), face, style.measure - 2 * face.size, fonts, justify=False)
    rows = tuple(
        Row(
            face.leading,
            (
                Item(
                    2 * face.size,
                    0.0,
                    line.width,
                    face.leading,
                    "heading",
                    line.text,
                    (at(line, 2 * face.size, baseline(face)),),
                ),
            ),
            anchors=((heading.anchor, 0.0),) if n == 0 else (),
            mentions=(heading.anchor,) if n == 0 else (),
        )
        for n, line in enumerate(lines)
    )
    return Slab(
        rows,
        "heading",
        whole=True,
        keep_next=True,
        before=style.leading,
        bookmark=Bookmark(text, heading.anchor),
    )


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


def folio(number: int, faces: Typefaces, style: Style, fonts: FontSet) -> Item:
    """— 1 —, one character in from the outer side, its dash 7 mm below the type area (GB/T 9704-2012, 7.5).

    Placed on the sheet, not in the type area.
    """
    face = faces.folio
    text = f"— {number} —"
    line = set_line(text, face, fonts)
    left = style.left(number)
    outer = number % 2 == 1 or not style.mirrored
    x = left + style.measure - style.body - line.width if outer else left + style.body
    y = style.top + style.depth + mm(7) + face.size * 0.36
    return Item(x, y - face.size, line.width, face.size, "folio", text, (at(line, x, y),))
