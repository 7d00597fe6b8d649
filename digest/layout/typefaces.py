"""Typefaces: which face, size, colour and spacing each kind of text is set in, as one table (字体字号)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from digest.drawing import BLACK, Color

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.style import Style

_FANG: Final = {"body": "fang", "strong": "hei", "kai": "kai", "lead": "kai", "dots": "fang"}
_SONG: Final = {"body": "song", "strong": "hei-bold", "kai": "kai", "lead": "kai", "dots": "song"}
_KAI: Final = {"body": "kai", "strong": "hei", "kai": "kai", "lead": "kai", "dots": "kai"}
_HEI: Final = {"body": "hei", "strong": "hei-bold", "kai": "kai", "lead": "kai", "dots": "hei"}
_BOLD: Final = {"body": "hei-bold", "strong": "hei-bold", "kai": "kai", "lead": "kai", "dots": "hei-bold"}
_TITLE: Final = {"body": "song-bold", "strong": "song-bold", "kai": "kai", "lead": "kai", "dots": "song-bold"}
_BODY: Final = {"fang": _FANG, "song": _SONG}


@dataclass(frozen=True, slots=True)
class Typeface:
    """How a text is set. `leading` is its line pitch, `gap` the room between Han and Latin in em, `tracking` points
    after every glyph, `stroke` the outline that makes it a little bolder. `terms` are words of the house that a line
    parts only where it must.
    """

    voices: Mapping[str, str]
    size: float
    leading: float
    color: Color = BLACK
    gap: float = 0.0
    tracking: float = 0.0
    stroke: float = 0.0
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Every kind of text of a digest. Sizes are points; the body's come from the style's grid."""

    body: Typeface
    headings: tuple[Typeface, Typeface, Typeface, Typeface]  # by level
    title: Typeface
    subtitle: Typeface
    masthead: Typeface
    caption: Typeface
    note: Typeface
    label: Typeface
    label_bold: Typeface
    contents: Typeface
    contents_head: Typeface
    contents_page: Typeface
    directory_head: Typeface
    metric: Typeface
    metric_unit: Typeface
    metric_label: Typeface
    metric_change: Typeface
    metric_note: Typeface
    cell: Typeface
    cell_digits: Typeface
    cell_head: Typeface
    small: Typeface
    small_digits: Typeface
    small_head: Typeface
    folio: Typeface
    running: Typeface
    colophon: Typeface
    squares: Typeface
    tab: Typeface = field(init=False)

    def __post_init__(self) -> None:
        """The tab of a diagram row is the bold label in white."""
        object.__setattr__(self, "tab", replace(self.label_bold, color=Color(1, 1, 1)))


def typefaces(style: Style, terms: tuple[str, ...] = ()) -> Typefaces:
    """The table of typefaces of a style, for texts with these terms."""
    colors = style.palette
    face = partial(Typeface, terms=terms)
    body = face(_BODY[style.voice], style.body, style.leading, gap=0.25)
    return Typefaces(
        body=body,
        headings=(replace(body, voices=_HEI, gap=0.0, stroke=0.3), replace(body, voices=_KAI), body, body),
        title=face(_TITLE, 22, 36, tracking=1.0),
        subtitle=replace(body, voices=_KAI),
        masthead=face(_TITLE, 40, 62, color=colors.masthead, tracking=2.8),
        caption=face(_HEI, 10.5, 15),
        note=face(_HEI, 9, 13, color=colors.quiet),
        label=face(_HEI, 11, 15),
        label_bold=face(_BOLD, 11, 15),
        contents=face(_FANG, 12, 22.2),
        contents_head=face(_HEI, 12, 18, tracking=3.0, stroke=0.2),
        contents_page=face(_HEI, 11, 22.2),
        directory_head=replace(body, voices=_HEI, stroke=0.3),
        metric=face(_TITLE, 24, 32, color=colors.deep),
        metric_unit=face(_HEI, 11, 32),
        metric_label=face(_HEI, 10.5, 17),
        metric_change=face(_HEI, 9, 14),
        metric_note=face(_HEI, 9, 14, color=colors.quiet),
        cell=face(_SONG, 10, 14.8),
        cell_digits=face(_HEI, 10, 14.8),
        cell_head=face(_HEI, 10, 14.8, stroke=0.15),
        small=face(_SONG, 9, 13),
        small_digits=face(_HEI, 9, 13),
        small_head=face(_HEI, 9, 13, stroke=0.15),
        folio=face(_SONG, 14, 20),
        running=face(_SONG, 10.5, 15),
        colophon=face(_FANG, 14, 21.4),
        squares=face(_HEI, 9.5, 13),
    )
