"""Bars that layout draws itself: the coverage of a roster, the ledger, and rows of targets (覆盖, 台账, 目标)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.drawing import WHITE, Color, Group, Mark, Path, Segment, rectangle, rule
from digest.layout.galley import Art, at, centred, flush_right
from digest.layout.lines import set_label, set_line, set_lines
from digest.layout.page import Link
from digest.story.blocks import Run, reads

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Coverage, Honours, Ledger, Targets, Voice
    from digest.style import Style

_SQUARE_GAP: Final = 3.2
_SQUARE_MOST: Final = 30.0
_PER_ROW: Final = 16
_LEDGER_BAR: Final = 20.0
_LEDGER_LABEL: Final = 17.0
_HATCH_PITCH: Final = 4.2
_TARGET_ROW: Final = 36.5
_RING: Final = 4.4
_CIRCLE: Final = 0.5523  # handle of a quarter circle, in radii


def draw_coverage(coverage: Coverage, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """A square a member, sixteen a row: dark where covered, a dashed frame where not."""
    count = min(len(coverage.members), _PER_ROW)
    side = min((style.measure - (count - 1) * _SQUARE_GAP) / count, _SQUARE_MOST)
    marks: list[Mark] = []
    for n, (name, covered) in enumerate(coverage.members):
        x, y = (n % _PER_ROW) * (side + _SQUARE_GAP), (n // _PER_ROW) * (side + _SQUARE_GAP)
        if covered:
            marks.append(Path(rectangle(x, y, side, side), fill=style.palette.deep))
        else:
            inset = rectangle(x + 0.4, y + 0.4, side - 0.8, side - 0.8)
            marks.append(Path(inset, stroke=style.palette.deep, width=0.8, dash=(2.6, 1.8)))
        face = faces.squares
        color = WHITE if covered else style.palette.ink
        line = set_line(name, _colored(face, color), fonts)
        marks.append(centred(line, x, side, y + side / 2 + face.size * 0.38))
    rows = (len(coverage.members) + _PER_ROW - 1) // _PER_ROW
    height = rows * side + (rows - 1) * _SQUARE_GAP
    text = "　".join(name if covered else f"{name}（未覆盖）" for name, covered in coverage.members)
    return Art(height, tuple(marks), text, coverage.facts)


def _colored(face: Typeface, color: Color) -> Typeface:
    return replace(face, color=color)


def hatch(x: float, y: float, width: float, height: float, color: Color, pitch: float = _HATCH_PITCH) -> Mark:
    """45° lines clipped to a box; drawn as lines so that they stay crisp at any scale."""
    step = pitch * 2**0.5
    lines: list[Segment] = []
    start = x - height
    while start < x + width:
        lines += [("M", start, y + height), ("L", start + height, y)]
        start += step
    return Group((Path(tuple(lines), stroke=color, width=0.7),), clip=rectangle(x, y, width, height))


def draw_ledger(ledger: Ledger, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """One bar over the full measure: stated parts solid, what nobody reported on hatched, the total at the end."""
    whole = sum(part.size for part in ledger.parts)
    marks: list[Mark] = []
    x = 0.0
    texts: list[str] = []
    fills = (style.palette.deep, style.palette.mid, style.palette.soft)
    for n, part in enumerate(ledger.parts):
        width = style.measure * part.size / whole
        if part.stated:
            fill = fills[min(n, len(fills) - 1)]
            marks.append(Path(rectangle(x, _LEDGER_LABEL, width, _LEDGER_BAR), fill=fill))
        else:
            marks.append(hatch(x, _LEDGER_LABEL, width, _LEDGER_BAR, style.palette.mid))
            marks.append(Path(rectangle(x, _LEDGER_LABEL, width, _LEDGER_BAR), stroke=style.palette.mid, width=0.6))
        voice: Voice = "strong" if part.stated else "body"
        label = set_line((Run(f"{part.label}{part.display}", voice),), faces.caption, fonts)
        marks.append(at(label, x, _LEDGER_LABEL - 5.5))
        if part.remark:
            marks.append(at(set_line(part.remark, faces.note, fonts), x + label.width + 7, _LEDGER_LABEL - 5.5))
        texts.append(f"{part.label}{part.display}{part.remark}")
        x += width
    total = set_line((Run(ledger.total, "strong"),), faces.caption, fonts)
    marks.append(flush_right(total, style.measure, _LEDGER_LABEL - 5.5))
    links = tuple(Link(0.0, 0.0, style.measure, _LEDGER_LABEL, f"row:{fact}") for fact in ledger.facts[:1])
    return Art(_LEDGER_LABEL + _LEDGER_BAR, tuple(marks), "　".join((*texts, ledger.total)), ledger.facts, links)


def _circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    k = radius * _CIRCLE
    return (
        ("M", x + radius, y),
        ("C", x + radius, y + k, x + k, y + radius, x, y + radius),
        ("C", x - k, y + radius, x - radius, y + k, x - radius, y),
        ("C", x - radius, y - k, x - k, y - radius, x, y - radius),
        ("C", x + k, y - radius, x + radius, y - k, x + radius, y),
        ("Z",),
    )


def ring(x: float, y: float, radius: float, width: float, color: Color) -> Mark:
    """The hollow mark of a target."""
    return Path(_circle(x, y, radius), stroke=color, width=width)


def draw_targets(targets: Targets, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """A row a target between hairlines: hollow mark, deadline, what is promised, and where it stands."""
    marks: list[Mark] = [rule(0.0, 0.0, style.measure, 0.0, 0.5, style.palette.axis)]
    texts: list[str] = []
    mentions: list[str] = []
    y = 0.0
    for target in targets.rows:
        status = set_line(target.status, replace(faces.label_bold, size=10.5, color=style.palette.target_text), fonts)
        deadline = set_line(target.deadline, faces.label_bold, fonts)
        left = 20.0 + (deadline.width + 9 if target.deadline else 0.0)
        lines = set_lines(target.text, faces.label, style.measure - left - status.width - 14, fonts, justify=False)
        height = max(_TARGET_ROW, len(lines) * faces.label.leading + 16)
        middle = y + height / 2
        marks.append(ring(6.5, middle, _RING, 1.6, style.palette.target))
        baseline = middle + faces.label.size * 0.38
        marks.append(at(deadline, 20.0, baseline))
        first = baseline - (len(lines) - 1) * faces.label.leading / 2
        marks += [at(line, left, first + n * faces.label.leading) for n, line in enumerate(lines)]
        marks.append(flush_right(status, style.measure, baseline))
        y += height
        marks.append(rule(0.0, y, style.measure, y, 0.5, style.palette.axis))
        texts.append(" ".join(filter(None, (target.deadline, reads(target.text), target.status))))
        mentions += [run.fact for run in target.text if run.fact]
    return Art(y, tuple(marks), "\n".join(texts), tuple(mentions))


def draw_honours(honours: Honours, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """Recognitions, one a line, under a small dark label at the left."""
    label = set_label(honours.label, faces.tab, 56.0, fonts)
    left = max((line.width for line in label), default=0.0) + 14
    marks: list[Mark] = []
    texts: list[str] = []
    mentions: list[str] = []
    y = 7.0
    for item in honours.items:
        marks.append(Path(rectangle(left + 12, y + 5.6, 4.4, 4.4), fill=style.palette.deep))
        for line in set_lines(item, faces.label, style.measure - left - 34, fonts, justify=False):
            marks.append(at(line, left + 22, y + faces.label.leading * 0.78))
            y += faces.label.leading + 2
        texts.append(reads(item))
        mentions += [run.fact for run in item if run.fact]
    height = max(y + 5.0, 30.0)
    box = Path(rectangle(0.0, 0.0, left, height), fill=style.palette.deep)
    first = (height - len(label) * faces.label.leading) / 2 + faces.label.leading * 0.76
    names = [centred(line, 0.0, left, first + n * faces.label.leading) for n, line in enumerate(label)]
    frame = Path(rectangle(0.0, 0.0, style.measure, height), stroke=style.palette.deep, width=0.6)
    return Art(height, (frame, box, *names, *marks), "\n".join((honours.label, *texts)), tuple(mentions))
