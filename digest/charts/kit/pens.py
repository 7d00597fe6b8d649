"""What series are drawn with: colours in an order that a grey print tells apart, dashes and signs beside them.

Neighbours differ by 18 L* or more, or by a dash and the shape of their dots as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.charts.theme import WHITE, hex_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.readings import Certain
    from digest.story.charts import Series
    from digest.style import Palette

_SHAPES: Final = ("circle", "square", "diamond", "triangle-up")
_DASHES: Final = ("solid", "solid", "solid", "7px,2px,1.6px,2px")


@dataclass(frozen=True, slots=True)
class Pen:
    """A line: its colour, that of its words, its dash and the shape of its dots, hollow or filled."""

    color: str
    words: str
    dash: str
    shape: str
    hollow: bool
    width: float = 1.8


def line_pens(series: Sequence[Series], palette: Palette) -> tuple[Pen, ...]:
    """A pen for each series. What was a year before is dashed, lighter and hollow, a target dotted and ochre."""
    deep, mid, soft, quiet = (hex_of(color) for color in (palette.deep, palette.mid, palette.soft, palette.quiet))
    inks = (deep, mid, soft, deep)
    actual = sum(one.role == "actual" for one in series)
    shade = mid if actual < 2 else soft  # noqa: PLR2004 - the second of those reported takes the middle one
    seen = {"actual": 0, "earlier": 0, "target": 0}
    pens = []
    for one in series:
        place = seen[one.role]
        seen[one.role] += 1
        match one.role:
            case "actual":
                pens.append(Pen(inks[place], quiet if inks[place] == soft else inks[place], _DASHES[place],
                                _SHAPES[place], hollow=place == len(_SHAPES) - 1))  # fmt: skip
            case "earlier":
                pens.append(Pen(shade, mid, "5px,2.4px", _SHAPES[place], hollow=True, width=1.4))
            case "target":
                ring, words = hex_of(palette.target), hex_of(palette.target_text)
                pens.append(Pen(ring, words, "1.4px,2.6px", "circle", hollow=True, width=1.4))
    return tuple(pens)


@dataclass(frozen=True, slots=True)
class Fill:
    """A bar: its ground, the line round it (empty: none), the colour of words upon it, and of what stands beside it."""

    ground: str
    edge: str
    words: str
    mark: str

    def of_end(self, certain: Certain) -> str:
        """The colour of the end of a bar: strokes must be darker than a ground."""
        return self.mark if certain == "least" else self.edge or self.ground


def solid(color: str) -> Fill:
    """Bars of one colour, white words upon them."""
    return Fill(color, "", WHITE, color)


def bar_fills(series: Sequence[Series], palette: Palette) -> tuple[Fill, ...]:
    """A fill for each series: deep, soft, mid, pale. What was a year before is pale with an edge, a target hollow."""
    deep, mid, soft, pale, ink = (
        hex_of(color) for color in (palette.deep, palette.mid, palette.soft, palette.pale, palette.ink)
    )
    lightest = Fill(pale, mid, ink, mid)
    order = (solid(deep), Fill(soft, "", ink, mid), solid(mid), lightest)
    fills, place = [], 0
    for one in series:
        match one.role:
            case "actual":
                fills.append(order[place])
                place += 1
            case "earlier":
                fills.append(lightest)
            case "target":
                ring, words = hex_of(palette.target), hex_of(palette.target_text)
                fills.append(Fill(WHITE, ring, words, words))
    return tuple(fills)
