"""A line that reads as one text is shown face by face, so that what is found in it is marked where it stands.

Viewers built on PDFium spread the text of a span evenly over the span's first operation; those built on Poppler over
what lies between its first glyph and its last. So the face that reaches widest goes first, in one operation that leaps
over what other faces draw, and a glyph near the end of the line goes last. What is painted stays the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.drawing import Color, GlyphRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.drawing import Mark
    from digest.fonts import FontSet

_Look = tuple[str, float, Color, float, float]


def gather(marks: Sequence[Mark], fonts: FontSet) -> tuple[Mark, ...]:
    """The same glyphs at the same places in fewer runs; marks other than upright runs of one baseline as they are."""
    runs = [mark for mark in marks if isinstance(mark, GlyphRun) and mark.clusters and not mark.tilt]
    if len(runs) != len(marks) or len(runs) < 2 or len({run.y for run in runs}) > 1:  # noqa: PLR2004 - nothing to gather
        return tuple(marks)
    looks: dict[_Look, list[GlyphRun]] = {}
    for run in sorted(runs, key=lambda run: run.x):
        looks.setdefault((run.face, run.size, run.color, run.spacing, run.stroke), []).append(run)
    joined = sorted((_join(same, fonts) for same in looks.values()), key=lambda run: run.x - _end(run, fonts))
    widest, *others = joined
    others.sort(key=lambda run: _end(run, fonts))
    if not others or _end(others[-1], fonts) > _end(widest, fonts) or len(widest.clusters) == 1:
        return (widest, *others)
    head, tail = _split(widest, fonts)
    # The widest reaches furthest as well. Whichever falls less short: leaving its last glyph to the end, or not.
    return (head, *others, tail) if _end(head, fonts) >= _end(others[-1], fonts) else (widest, *others)


def _join(runs: list[GlyphRun], fonts: FontSet) -> GlyphRun:
    """Runs of one look as one, in the order of their places, with a leap after each but the last."""
    parts: list[str] = []
    kerns: list[tuple[int, float]] = []
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        start = len(parts)
        parts.extend(run.clusters)
        kerns += [(start + index, extra) for index, extra in run.kerns]
        if following is not None:
            kerns.append((len(parts) - 1, following.x - _end(run, fonts)))
    return replace(runs[0], clusters=_clusters(parts), kerns=tuple(kerns))


def _split(run: GlyphRun, fonts: FontSet) -> tuple[GlyphRun, GlyphRun]:
    """All glyphs but the last, and the last at its place."""
    last = len(run.clusters) - 1
    head = replace(run, clusters=run.clusters[:last], kerns=tuple(kern for kern in run.kerns if kern[0] < last - 1))
    leap = sum(extra for index, extra in run.kerns if index == last - 1)
    return head, replace(run, x=_end(head, fonts) + leap, clusters=run.clusters[last:], kerns=())


def _end(run: GlyphRun, fonts: FontSet) -> float:
    """Where the next glyph of a run would stand."""
    face = fonts.face(run.face)
    advance = sum(map(face.advance, run.clusters)) * run.size
    return run.x + advance + len(run.clusters) * run.spacing + sum(extra for _, extra in run.kerns)


def _clusters(parts: list[str]) -> str | tuple[str, ...]:
    """A plain string where every glyph stands for one character."""
    return "".join(parts) if all(len(part) == 1 for part in parts) else tuple(parts)
