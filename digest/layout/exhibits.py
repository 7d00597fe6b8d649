"""Exhibits: drawings of a story as slabs, with caption and note; text may flow up past them (图表).

A story of words alone never loads this file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from digest.layout.bars import draw_coverage, draw_honours, draw_ledger, draw_targets
from digest.layout.diagrams import draw_diagram
from digest.layout.furniture import baseline
from digest.layout.galley import Art, Slab, art_row, centred
from digest.layout.lines import set_label
from digest.layout.page import Item
from digest.layout.strips import draw_strip
from digest.story.blocks import Caption, Coverage, Diagram, Honours, Ledger, MetricStrip, Plate, Targets

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typefaces
    from digest.style import Style

_CAPTION_GAP: Final = 4.0

Exhibit = MetricStrip | Plate | Coverage | Ledger | Diagram | Targets | Honours


def set_exhibit(block: Exhibit, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """A drawing on whole or half lines of the grid."""
    match block:
        case MetricStrip():
            row = art_row(draw_strip(block, faces, style, fonts), "metric-strip", style, clear=16.0, lift=1.0)
            return Slab((row,), "metric-strip", whole=True, floats=True)
        case Targets():
            row = art_row(draw_targets(block, faces, style, fonts), "targets", style, clear=12.0)
            return Slab((row,), "targets", whole=True, floats=True)
        case Honours():
            row = art_row(draw_honours(block, faces, style, fonts), "honours", style, clear=12.0)
            return Slab((row,), "honours", whole=True, floats=True)
        case Plate():
            art, role = Art(block.picture.height, block.picture.marks, block.picture.alt, block.facts), "chart"
        case Coverage():
            art, role = draw_coverage(block, faces, style, fonts), "coverage"
        case Ledger():
            art, role = draw_ledger(block, faces, style, fonts), "ledger"
        case Diagram():
            art, role = draw_diagram(block, faces, style, fonts), "diagram"
        case _:
            assert_never(block)
    return _illustration(art, block.caption, role, faces, style, fonts)


def _illustration(art: Art, caption: Caption, role: str, faces: Typefaces, style: Style, fonts: FontSet) -> Slab:
    """A drawing with its caption and note below, kept together; text may flow up past it."""
    words = f"{caption.label}　{caption.text}" if caption.label else caption.text
    lines = [
        (line, face, kind)
        for text, face, kind in ((words, faces.caption, "caption"), (caption.note, faces.note, "note"))
        for line in (set_label(text, face, style.measure, fonts) if text else ())
    ]
    depth = sum(face.leading for _, face, _ in lines)
    row = art_row(replace(art, height=art.height + _CAPTION_GAP + depth), role, style, clear=11.0)
    drawing = row.items[0]
    y = drawing.y + art.height + _CAPTION_GAP
    items = [drawing._replace(height=art.height)]
    for line, face, kind in lines:
        mark = centred(line, 0.0, style.measure, y + baseline(face))
        items.append(Item(0.0, y, style.measure, face.leading, kind, line.text, (mark,)))
        y += face.leading
    return Slab((row._replace(items=tuple(items)),), role, whole=True, floats=True)
