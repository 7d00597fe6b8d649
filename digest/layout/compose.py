"""Compose: every block of a story becomes a slab of the galley. Nothing is on a page yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from digest.errors import GlyphError
from digest.findings import Finding
from digest.layout.bars import draw_coverage, draw_honours, draw_ledger, draw_targets
from digest.layout.diagrams import draw_diagram
from digest.layout.furniture import (
    baseline,
    set_colophon,
    set_contents,
    set_heading,
    set_masthead,
    set_source_line,
    set_title,
)
from digest.layout.galley import Art, Row, Slab, art_row, at, centred, printed
from digest.layout.lines import set_label, set_lines
from digest.layout.page import Item, Link
from digest.layout.strips import draw_strip
from digest.layout.tables import set_table
from digest.layout.typefaces import typefaces
from digest.story.blocks import (
    Caption,
    Chart,
    ColophonBlock,
    Contents,
    Coverage,
    Diagram,
    Heading,
    Honours,
    Ledger,
    Masthead,
    MetricStrip,
    Paragraph,
    Plate,
    SourceLine,
    Table,
    Targets,
    Title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.fonts import FontSet
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Block, Story
    from digest.style import Style

_CAPTION_GAP: Final = 4.0
_OVER: Final = 0.5  # points a line may be wider than its measure before a person should see it


@dataclass(frozen=True, slots=True)
class Galley:
    """The slabs of a story in order, and what a person should see."""

    slabs: tuple[Slab, ...]
    findings: tuple[Finding, ...]


def compose(
    story: Story,
    style: Style,
    fonts: FontSet,
    where: Mapping[str, tuple[int, ...]],
    earlier: Galley | None = None,
) -> Galley:
    """`where` tells on which pages facts and headings stand; it is empty the first time round.

    A second round passes the galley of the first as `earlier`: only what prints page numbers is set again. Raises one
    GlyphError for all characters of the story that no face has.
    """
    composer = _Composer(style, fonts, where)
    slabs: list[Slab] = []
    absent: dict[str, GlyphError] = {}
    for n, block in enumerate(story.blocks):
        if earlier and not isinstance(block, (Contents, Table)):
            slabs.append(earlier.slabs[n])
            continue
        try:
            slabs.append(composer.slab(block))
        except GlyphError as error:
            absent[error.message] = error
    if absent:
        first, *_ = absent.values()
        raise GlyphError("；".join(absent), code=first.code, hint=first.hint)
    return Galley(tuple(slabs), (*(earlier.findings if earlier else ()), *composer.findings))


class _Composer:
    """What every block is set with, and the findings that come up on the way."""

    def __init__(self, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]]) -> None:
        self.style, self.fonts, self.where = style, fonts, where
        self.faces: Typefaces = typefaces(style)
        self.findings: list[Finding] = []

    def slab(self, block: Block) -> Slab:  # noqa: C901, PLR0911, PLR0912 - one case a kind of block
        faces, style, fonts = self.faces, self.style, self.fonts
        match block:
            case Masthead():
                return set_masthead(block, faces, style, fonts)
            case Contents():
                return set_contents(block, faces, style, fonts, self.where)
            case Title():
                return set_title(block, faces, style, fonts)
            case Heading():
                return set_heading(block, faces, style, fonts)
            case Paragraph():
                return self.paragraph(block)
            case SourceLine():
                return set_source_line(block, faces, style, fonts)
            case MetricStrip():
                row = art_row(draw_strip(block, faces, style, fonts), "metric-strip", style, clear=16.0, lift=1.0)
                return Slab((row,), "metric-strip", whole=True, floats=True)
            case Plate():
                art = Art(block.picture.height, block.picture.marks, block.picture.alt, block.facts)
                return self.illustration(art, block.caption, "chart")
            case Coverage():
                return self.illustration(draw_coverage(block, faces, style, fonts), block.caption, "coverage")
            case Ledger():
                return self.illustration(draw_ledger(block, faces, style, fonts), block.caption, "ledger")
            case Diagram():
                return self.illustration(draw_diagram(block, faces, style, fonts), block.caption, "diagram")
            case Targets():
                row = art_row(draw_targets(block, faces, style, fonts), "targets", style, clear=12.0)
                return Slab((row,), "targets", whole=True, floats=True)
            case Honours():
                row = art_row(draw_honours(block, faces, style, fonts), "honours", style, clear=12.0)
                return Slab((row,), "honours", whole=True, floats=True)
            case Table():
                return set_table(block, faces, style, fonts, self.where)
            case ColophonBlock():
                return set_colophon(block, faces, style, fonts)
            case Chart():
                message = "a chart that was not drawn: call illustrate() before compose()"
                raise TypeError(message)
            case _:
                assert_never(block)

    def paragraph(self, block: Paragraph) -> Slab:
        """Body lines, the first indented two characters; every printed fact leads to its row in the annex."""
        face = self.faces.body
        indent = 2 * face.size
        lines = set_lines(block.text, face, self.style.measure, self.fonts, indent=indent)
        rows: list[Row] = []
        for n, line in enumerate(lines):
            x = indent if n == 0 else 0.0
            item = Item(x, 0.0, line.width, face.leading, "paragraph", line.text, (at(line, x, baseline(face)),))
            links = tuple(
                Link(x + spot.x0, 5.0, spot.x1 - spot.x0, face.size + 4, f"row:{spot.fact}") for spot in line.spots
            )
            rows.append(Row(face.leading, (item,), links, mentions=tuple(printed(spot.fact) for spot in line.spots)))
            if line.over > _OVER:
                self.findings.append(
                    Finding("Y101", "warning", f"有一行比版心宽{line.over:.1f}磅，已在可断处之外折行", value=line.text)
                )
        return Slab(tuple(rows), "paragraph")

    def illustration(self, art: Art, caption: Caption, role: str) -> Slab:
        """A drawing with its caption and note below, kept together; text may flow up past it."""
        faces, style = self.faces, self.style
        words = f"{caption.label}　{caption.text}" if caption.label else caption.text
        lines = [
            (line, face, kind)
            for text, face, kind in ((words, faces.caption, "caption"), (caption.note, faces.note, "note"))
            for line in (set_label(text, face, style.measure, self.fonts) if text else ())
        ]
        depth = sum(face.leading for _, face, _ in lines)
        row = art_row(replace(art, height=art.height + _CAPTION_GAP + depth), role, style, clear=11.0)
        drawing = row.items[0]
        y = drawing.y + art.height + _CAPTION_GAP
        items = [replace(drawing, height=art.height)]
        for line, face, kind in lines:
            mark = centred(line, 0.0, style.measure, y + baseline(face))
            items.append(Item(0.0, y, style.measure, face.leading, kind, line.text, (mark,)))
            y += face.leading
        return Slab((replace(row, items=tuple(items)),), role, whole=True, floats=True)
