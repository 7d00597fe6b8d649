"""Emphasis dots: one under every Han character of a stretch of a line, none under marks (着重号; CLREQ 3.4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from digest.drawing import Color, GlyphRun, Group, Imported, Path, Raster, TextLine
from digest.fonts import is_han
from digest.layout.glyphs import placed

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from digest.drawing import Mark, Segment
    from digest.fonts import FontSet

_BELOW: Final = 0.3  # centre of a dot under the baseline, in em: the em-box ends at 0.12
_RADIUS: Final = 0.075
_ROUND: Final = 0.5523  # handles of four curves that make a circle


def emphasis_dots(
    marks: Iterable[Mark], text: str, begin: int, stressed: Container[int], fonts: FontSet
) -> tuple[Mark, ...]:
    """Dots under the Han characters of a set line, in its coordinates.

    `text` is what the line reads as, `begin` where it begins in its paragraph, `stressed` the places in the paragraph
    that have a dot.

    They are drawn, not written: the line reads as it did, and its pitch is the same.
    """
    dots: list[Mark] = []
    after = 0
    for cluster, x, y, width, size, color in glyph_places(marks, fonts):
        index = text.find(cluster, after)
        if index < 0:
            continue
        after = index + len(cluster)
        if begin + index in stressed and is_han(cluster):
            dots.append(_dot(x + width / 2, y + _BELOW * size, _RADIUS * size, color))
    return tuple(dots)


_Place = tuple[str, float, float, float, float, Color]


def glyph_places(marks: Iterable[Mark], fonts: FontSet, dx: float = 0.0, dy: float = 0.0) -> Iterator[_Place]:
    """Every glyph of upright text: its cluster, origin, advance, type size and colour."""
    for mark in marks:
        match mark:
            case GlyphRun():
                yield from _of_run(mark, fonts, dx, dy)
            case TextLine():
                yield from _of_line(mark, fonts, dx, dy)
            case Group(transform=(1.0, 0.0, 0.0, 1.0, x, y)):
                yield from glyph_places(mark.marks, fonts, dx + x, dy + y)
            case Group() | Path() | Raster() | Imported():
                pass
            case _:
                assert_never(mark)


def _of_run(run: GlyphRun, fonts: FontSet, dx: float, dy: float) -> Iterator[_Place]:
    face, kerns, x = fonts.face(run.face), dict(run.kerns), run.x + dx
    for n, cluster in enumerate(run.clusters):
        width = face.advance(cluster) * run.size
        yield cluster, x, run.y + dy, width, run.size, run.color
        x += width + run.spacing + kerns.get(n, 0.0)


def _of_line(line: TextLine, fonts: FontSet, dx: float, dy: float) -> Iterator[_Place]:
    for glyph, _, x, advance, _ in placed(line, fonts):
        yield glyph.reads, x + dx, line.y + dy, advance, line.size, line.color


def _dot(x: float, y: float, radius: float, color: Color) -> Path:
    """A filled circle."""
    arm = radius * _ROUND
    circle: tuple[Segment, ...] = (
        ("M", x + radius, y),
        ("C", x + radius, y + arm, x + arm, y + radius, x, y + radius),
        ("C", x - arm, y + radius, x - radius, y + arm, x - radius, y),
        ("C", x - radius, y - arm, x - arm, y - radius, x, y - radius),
        ("C", x + arm, y - radius, x + radius, y - arm, x + radius, y),
        ("Z",),
    )
    return Path(circle, fill=color)
