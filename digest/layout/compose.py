"""Compose: every block of a story becomes a slab of the galley. Nothing is on a page yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from digest.errors import GlyphError
from digest.layout.body import BodySetter
from digest.layout.furniture import (
    set_colophon,
    set_contents,
    set_heading,
    set_masthead,
    set_source_line,
    set_title,
)
from digest.layout.galley import Slab
from digest.layout.typefaces import typefaces
from digest.story.blocks import (
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
    PageBreak,
    Paragraph,
    Plate,
    Points,
    SourceLine,
    Table,
    Targets,
    Title,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.findings import Finding
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Block, Story
    from digest.style import Style


@dataclass(frozen=True, slots=True)
class Galley:
    """The slabs of a story in order, what a person should see, and whether something in it prints page numbers."""

    slabs: tuple[Slab, ...]
    findings: tuple[Finding, ...]
    prints_pages: bool


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
    composer = _Composer(style, fonts, where, story.terms)
    slabs: list[Slab] = []
    absent: dict[str, GlyphError] = {}
    for n, block in enumerate(story.blocks):
        if earlier and not _prints_pages(block):
            slabs.append(earlier.slabs[n])
            continue
        try:
            slabs.append(composer.slab(block))
        except GlyphError as error:
            absent[error.message] = error
    if absent:
        first, *_ = absent.values()
        raise GlyphError("；".join(absent), code=first.code, hint=first.hint)
    findings = (*(earlier.findings if earlier else ()), *composer.body.findings)
    return Galley(tuple(slabs), findings, any(map(_prints_pages, story.blocks)))


def _prints_pages(block: Block) -> bool:
    match block:
        case Contents():
            return True
        case Table():
            cells = (cell for row in block.rows for cell in row.cells if isinstance(cell, tuple))
            return any(run.pages_of for cell in cells for run in cell)
        case _:
            return False


class _Composer:
    """What every block is set with."""

    def __init__(
        self, style: Style, fonts: FontSet, where: Mapping[str, tuple[int, ...]], terms: tuple[str, ...]
    ) -> None:
        self.style, self.fonts, self.where = style, fonts, where
        self.faces: Typefaces = typefaces(style, terms)
        self.body = BodySetter(self.faces, style, fonts)

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
                return self.body.paragraph(block)
            case Points():
                return self.body.points(block)
            case PageBreak():
                return Slab((), "page-break", turns=True)
            case SourceLine():
                return set_source_line(block, faces, style, fonts)
            case MetricStrip() | Plate() | Coverage() | Ledger() | Diagram() | Targets() | Honours():
                from digest.layout.exhibits import set_exhibit  # noqa: PLC0415 - words alone need not wait for it

                return set_exhibit(block, faces, style, fonts)
            case Table():
                from digest.layout.tables import set_table  # noqa: PLC0415 - the same

                return set_table(block, faces, style, fonts, self.where)
            case ColophonBlock():
                return set_colophon(block, faces, style, fonts)
            case Chart():
                message = "a chart that was not drawn: call illustrate() before compose()"
                raise TypeError(message)
            case _:
                assert_never(block)
