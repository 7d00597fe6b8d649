"""The marks a page is made of (版面标记): frozen values without behaviour; writers only walk them.

Coordinates are points, x to the right and y DOWN from the top left of whatever holds the mark: the page, a group or a
picture. A text position is the start of its baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Segment = (
    tuple[Literal["M"], float, float]
    | tuple[Literal["L"], float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)
"""One step of a path, absolute: move to, line to, cubic curve to (two handles, end), close."""

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in SVG: x' = a·x + c·y + e, y' = b·x + d·y + f."""

IDENTITY: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Color:
    """Red, green, blue and opacity, each from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0


def hex_color(text: str, alpha: float = 1.0) -> Color:
    """The colour of `#RRGGBB`."""
    red, green, blue = (int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return Color(red, green, blue, alpha)


BLACK: Final = Color(0.0, 0.0, 0.0)
WHITE: Final = Color(1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Consecutive glyphs of one face and size on one baseline (字形串).

    `clusters`: what is drawn, one entry a glyph: a plain string means one character a glyph, a tuple may hold
    clusters that the face draws as one glyph (`——`). `spacing` is added after every glyph, in points. `kerns` are
    (index, extra) pairs: points added after the glyph at that index (negative pulls in). `stroke` is the width of an
    outline that makes the glyphs a little bolder. `tilt` turns the run clockwise about its start, in degrees.
    """

    x: float
    y: float
    face: str
    size: float
    clusters: str | tuple[str, ...]
    color: Color = BLACK
    spacing: float = 0.0
    kerns: tuple[tuple[int, float], ...] = ()
    stroke: float = 0.0
    tilt: float = 0.0


class Glyphs(NamedTuple):
    """Glyphs of a line in a voice that is not the line's, as a glyph string."""

    voice: str
    string: str


Part = str | float | Glyphs
"""What a line is made of: glyph strings in its voice or another, and between them room in em (negative: pulled in)."""


class TextLine(NamedTuple):
    """A set line of one size on one baseline, from `x` on; each glyph is drawn in the face its voice has for it.

    `spacing` is added after every glyph that is no part of a word or numeral, in points; `text` is what the line reads
    as, character for character. `stroke` is the width of an outline that makes the glyphs a little bolder.
    """

    x: float
    y: float
    size: float
    parts: tuple[Part, ...]
    text: str
    voice: str
    color: Color = BLACK
    spacing: float = 0.0
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """A path, filled and/or stroked; `dash` is empty for a solid line."""

    segments: tuple[Segment, ...]
    fill: Color | None = None
    stroke: Color | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    cap: Literal["butt", "round", "square"] = "butt"
    join: Literal["miter", "round", "bevel"] = "miter"
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Raster:
    """A pixel image (PNG or JPEG bytes) stretched over a box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Imported:
    """A page of another PDF (the second chart engine's), stretched over a box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """Marks under one transform, clipped to a path where there is one.

    `opacity` is that of the group as a whole: where its marks lie over each other, those below do not shine through.
    `actual` is the text this group reads as, character for character, when it is copied or searched; an empty string
    leaves that to the glyphs. `alt` describes a picture to those who cannot see it.
    """

    marks: Sequence[Mark]
    transform: Matrix = IDENTITY
    clip: tuple[Segment, ...] = ()
    clip_even_odd: bool = False
    actual: str = ""
    alt: str = ""
    opacity: float = 1.0


Mark = GlyphRun | TextLine | Path | Raster | Imported | Group


class Awaited(Sequence[Mark]):
    """Marks that are still being drawn (待画): whoever looks at them first waits until they are there.

    Equal to any other marks that are the same, one by one.
    """

    __slots__ = ("_come", "_marks")

    def __init__(self, come: Callable[[], tuple[Mark, ...]]) -> None:
        """Marks that `come` will give; it is called once, and what it raises is raised by every look."""
        self._come = come
        self._marks: tuple[Mark, ...] | None = None

    def there(self) -> tuple[Mark, ...]:
        """The marks themselves."""
        if self._marks is None:
            self._marks = self._come()
            del self._come  # with all that it held
        return self._marks

    @overload
    def __getitem__(self, at: int) -> Mark: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Mark, ...]: ...
    def __getitem__(self, at: int | slice) -> Mark | tuple[Mark, ...]:
        """As of a tuple."""
        return self.there()[at]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.there())

    def __eq__(self, other: object) -> bool:
        """Whether the marks are the same."""
        return self.there() == (other.there() if isinstance(other, Awaited) else other)

    def __hash__(self) -> int:
        """That of the marks."""
        return hash(self.there())


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing of known size in points (图), ready to be placed; `alt` tells its data in words."""

    width: float
    height: float
    marks: Sequence[Mark]
    alt: str = ""


def rectangle(x: float, y: float, width: float, height: float) -> tuple[Segment, ...]:
    """Segments of a closed rectangle."""
    return (
        ("M", x, y),
        ("L", x + width, y),
        ("L", x + width, y + height),
        ("L", x, y + height),
        ("Z",),
    )


def rule(x0: float, y0: float, x1: float, y1: float, width: float, color: Color = BLACK) -> Path:
    """A straight line of `width` points."""
    return Path((("M", x0, y0), ("L", x1, y1)), stroke=color, width=width)


def moved(mark: Mark | Sequence[Mark], dx: float, dy: float) -> Group:
    """The same marks, `dx` to the right and `dy` down."""
    marks = (mark,) if isinstance(mark, Mark) else mark
    return Group(marks, (1.0, 0.0, 0.0, 1.0, dx, dy))
