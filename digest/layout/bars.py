"""Bars that layout draws itself: the coverage of a roster, the ledger, and rows of targets (覆盖, 台账, 目标)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from digest.drawing import WHITE, Color, Group, Mark, Path, Segment, moved, rectangle, rule
from digest.layout.galley import Art, at, centred, flush_right
from digest.layout.lines import set_label, set_line, set_lines
from digest.layout.page import Link
from digest.story.blocks import Run, reads

if TYPE_CHECKING:
    from digest.fonts import FontSet
    from digest.layout.typefaces import Typeface, Typefaces
    from digest.story.blocks import Coverage, Honours, Ledger, LedgerPart, Targets, Voice
    from digest.style import Style

_SQUARE_GAP: Final = 3.2
_SQUARE_MOST: Final = 30.0
_PER_ROW: Final = 16
_SQUARE_PAD: Final = 2.5
_LEDGER_BAR: Final = 20.0
_LABEL_GAP: Final = 6.0
_REMARK_GAP: Final = 7.0
_SWATCH: Final = 12.0
_KEY_PITCH: Final = 16.0
_LEDGER_LABEL: Final = 17.0
_HATCH_PITCH: Final = 4.2
_TARGET_ROW: Final = 36.5
_DEADLINE_MOST: Final = 96.0
_RING: Final = 4.4
_CIRCLE: Final = 0.5523  # handle of a quarter circle, in radii


def draw_coverage(coverage: Coverage, faces: Typefaces, style: Style, fonts: FontSet) -> Art:
    """A square a member, sixteen a row, wider where a name asks for it: dark where covered, else a dashed frame."""
    face = faces.squares
    names = [
        set_line(name, _colored(face, WHITE if covered else style.palette.ink), fonts)
        for name, covered in coverage.members
    ]
    widest = max((line.width for line in names), default=0.0) + 2 * _SQUARE_PAD
    count = min(len(names), _PER_ROW, max(int((style.measure + _SQUARE_GAP) / (widest + _SQUARE_GAP)), 1))
    rows = -(-len(names) // count)
    count = -(-len(names) // rows)
    side = (style.measure - (count - 1) * _SQUARE_GAP) / count
    height = min(side, _SQUARE_MOST)
    side = max(min(side, _SQUARE_MOST), widest)
    marks: list[Mark] = []
    for n, ((_, covered), line) in enumerate(zip(coverage.members, names, strict=True)):
        x, y = (n % count) * (side + _SQUARE_GAP), (n // count) * (height + _SQUARE_GAP)
        if covered:
            marks.append(Path(rectangle(x, y, side, height), fill=style.palette.deep))
        else:
            inset = rectangle(x + 0.4, y + 0.4, side - 0.8, height - 0.8)
            marks.append(Path(inset, stroke=style.palette.deep, width=0.8, dash=(2.6, 1.8)))
        marks.append(centred(line, x, side, y + height / 2 + face.size * 0.38))
    text = "　".join(name if covered else f"{name}（未覆盖）" for name, covered in coverage.members)
    return Art(rows * (height + _SQUARE_GAP) - _SQUARE_GAP, tuple(marks), text, coverage.facts)


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
    """One bar over the full measure: stated parts solid, what nobody reported on hatched, the total at the end.

    Labels stand above the parts they name; where one has no room there, all stand in a key below the bar.
    """
    labels = [_ledger_label(part, faces, fonts) for part in ledger.parts]
    total = set_line((Run(ledger.total, "strong"),), faces.caption, fonts)
    whole = sum(part.size for part in ledger.parts) or 1.0
    widths = [style.measure * part.size / whole for part in ledger.parts]
    rooms = [*widths[:-1], widths[-1] - total.width - _LABEL_GAP] if widths else []
    above = all(label.width + _LABEL_GAP <= room for label, room in zip(labels, rooms, strict=True))
    marks: list[Mark] = [flush_right(total, style.measure, _LEDGER_LABEL - 5.5)]
    x = 0.0
    for n, (part, label, width) in enumerate(zip(ledger.parts, labels, widths, strict=True)):
        marks += _ledger_fill(part, n, x, _LEDGER_LABEL, width, _LEDGER_BAR, style)
        if above:
            marks.append(moved(label.marks, x, _LEDGER_LABEL - 5.5))
        x += width
    height = _LEDGER_LABEL + _LEDGER_BAR
    if not above:
        key, depth = _ledger_key(ledger, labels, height + 6.0, style)
        marks += key
        height += 6.0 + depth
    texts = [f"{part.label}{part.display}{part.remark}" for part in ledger.parts]
    links = tuple(Link(0.0, 0.0, style.measure, _LEDGER_LABEL, f"row:{fact}") for fact in ledger.facts[:1])
    return Art(height, tuple(marks), "　".join((*texts, ledger.total)), ledger.facts, links)


@dataclass(frozen=True, slots=True)
class _LedgerLabel:
    """A part's name and number, its remark beside them; the baseline at y = 0."""

    width: float
    marks: tuple[Mark, ...]


def _ledger_label(part: LedgerPart, faces: Typefaces, fonts: FontSet) -> _LedgerLabel:
    voice: Voice = "strong" if part.stated else "body"
    line = set_line((Run(f"{part.label}{part.display}", voice),), faces.caption, fonts)
    if not part.remark:
        return _LedgerLabel(line.width, (at(line, 0.0, 0.0),))
    remark = set_line(part.remark, faces.note, fonts)
    left = line.width + _REMARK_GAP
    return _LedgerLabel(left + remark.width, (at(line, 0.0, 0.0), at(remark, left, 0.0)))


def _ledger_fill(part: LedgerPart, n: int, x: float, y: float, width: float, height: float, style: Style) -> list[Mark]:
    """A stated part solid, each of another depth; the rest hatched in a frame."""
    fills = (style.palette.deep, style.palette.soft, style.palette.mid, style.palette.pale)
    if part.stated:
        return [Path(rectangle(x, y, width, height), fill=fills[n % len(fills)])]
    frame = Path(rectangle(x, y, width, height), stroke=style.palette.mid, width=0.6)
    return [hatch(x, y, width, height, style.palette.mid), frame]


def _ledger_key(ledger: Ledger, labels: list[_LedgerLabel], top: float, style: Style) -> tuple[list[Mark], float]:
    """Swatches with their labels, as many in a row as fit; and how deep it is."""
    marks: list[Mark] = []
    x, y = 0.0, top
    for n, (part, label) in enumerate(zip(ledger.parts, labels, strict=True)):
        width = _SWATCH + 5.0 + label.width
        if x and x + width > style.measure:
            x, y = 0.0, y + _KEY_PITCH
        marks += _ledger_fill(part, n, x, y + 3.0, _SWATCH, _SWATCH * 0.7, style)
        marks.append(moved(label.marks, x + _SWATCH + 5.0, y + 11.0))
        x += width + 18.0
    return marks, y - top + _KEY_PITCH


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
        deadline = set_label(target.deadline, faces.label_bold, _DEADLINE_MOST, fonts)
        wide = max((line.width for line in deadline), default=0.0)
        left = 20.0 + (wide + 9 if wide else 0.0)
        lines = set_lines(target.text, faces.label, style.measure - left - status.width - 14, fonts, justify=False)
        pitch = faces.label.leading
        height = max(_TARGET_ROW, max(len(lines), len(deadline)) * pitch + 16)
        middle = y + height / 2
        marks.append(ring(6.5, middle, _RING, 1.6, style.palette.target))
        baseline = middle + faces.label.size * 0.38
        for column, x in ((deadline, 20.0), (lines, left)):
            first = baseline - (len(column) - 1) * pitch / 2
            marks += [at(line, x, first + n * pitch) for n, line in enumerate(column)]
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
