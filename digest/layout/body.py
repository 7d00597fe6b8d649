"""Body: paragraphs and lists on the lines of the grid, with their dots, notes and links (正文)."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from digest.drawing import moved
from digest.findings import Finding
from digest.layout.emphasis import emphasis_dots
from digest.layout.furniture import baseline, bookmark
from digest.layout.galley import Row, Slab, at, paragraph_rows, printed
from digest.layout.lines import set_line, set_lines
from digest.layout.page import Item, Link
from digest.story.blocks import Run, plain, reads

if TYPE_CHECKING:
    from digest.drawing import Mark
    from digest.fonts import FontSet
    from digest.layout.lines import Line
    from digest.layout.typefaces import Typefaces
    from digest.story.blocks import Heading, Level, Paragraph, Points, Text, Voice
    from digest.style import Style

_POINT_GAP: Final = 0.25  # em between the mark of a point and its text
_RUN_IN: Final[dict[Level, Voice]] = {1: "strong", 2: "lead", 3: "body", 4: "body"}
_NOTE: Final = "\0note:"  # names of runs that are no facts
_INDENTS: Final = " \t\u00a0\u3000"
_OVER: Final = 0.5  # points a line may be wider than its measure before a person should see it


class BodySetter:
    """What body text is set with; it counts the notes and keeps what a person should see."""

    def __init__(self, faces: Typefaces, style: Style, fonts: FontSet) -> None:
        """Begin with no notes."""
        self.faces, self.style, self.fonts = faces, style, fonts
        self.findings: list[Finding] = []
        self.notes: list[Run] = []

    def paragraph(self, block: Paragraph) -> Slab:
        """Body lines, the first indented two characters; every printed fact leads to its row in the annex."""
        face, heading = self.faces.body, block.heading
        text = _flush_left(block.text if heading is None else (_run_in(heading), *block.text))
        rows = self.rows(text, 0.0, self.style.measure, 2 * face.size)
        if heading is None:
            return Slab(rows, "paragraph")
        anchored = rows[0]._replace(anchors=((heading.anchor, 0.0),), mentions=(heading.anchor, *rows[0].mentions))
        return Slab((anchored, *rows[1:]), "paragraph", bookmark=bookmark(heading))

    def points(self, block: Points) -> Slab:
        """A list; marks stand two characters in, texts under each other behind the widest mark (as 附件, 7.3.4)."""
        face, style = self.faces.body, self.style
        marks = [set_line(point.mark, face, self.fonts) for point in block.points]
        indent = 2 * face.size
        left = indent + max((line.width for line in marks), default=0.0) + _POINT_GAP * face.size
        rows: list[Row] = []
        for point, mark in zip(block.points, marks, strict=True):
            lines = self.rows(point.text, left, style.measure - left)
            item = Item(indent, 0.0, mark.width, face.leading, "point", point.mark, (at(mark, indent, baseline(face)),))
            first = lines[0]._replace(items=(item, *lines[0].items)) if lines else Row(face.leading, (item,))
            rows += paragraph_rows((first, *lines[1:]))
        return Slab(tuple(rows), "points", least=1)

    def rows(self, text: Text, left: float, measure: float, indent: float = 0.0) -> tuple[Row, ...]:
        """Lines of body text as rows: dots under what is stressed so, notes for the foot, links from facts."""
        face = self.faces.body
        base = baseline(face)
        named = tuple(self.named(run) for run in text)
        stressed = _stressed(text)
        whole, done = reads(text) if stressed else "", 0
        rows: list[Row] = []
        for n, line in enumerate(set_lines(named, face, measure, self.fonts, indent=indent)):
            x = left + (indent if n == 0 else 0.0)
            marks: tuple[Mark, ...] = (at(line, x, base),)
            if stressed:
                begin = max(whole.find(line.text, done), 0)
                done = begin + len(line.text)
                dots = emphasis_dots(line.marks, line.text, begin, stressed, self.fonts)
                marks += (moved(dots, x, base),) if dots else ()
            row = Row(face.leading, (Item(x, 0.0, line.width, face.leading, "paragraph", line.text, marks),))
            rows.append(self.spotted(row, line, x) if line.spots else row)
            if line.over > _OVER:
                self.findings.append(
                    Finding("Y101", "warning", f"有一行比版心宽{line.over:.1f}磅，已在可断处之外折行", value=line.text)
                )
        return tuple(rows)

    def spotted(self, row: Row, line: Line, x: float) -> Row:
        """The row of a line at `x` with links from the facts printed on it, and with its notes."""
        height = self.faces.body.size + 4
        links: list[Link] = []
        mentions: list[str] = []
        feet: list[Row] = []
        for spot in line.spots:
            fact, target = spot.fact, f"row:{spot.fact}"
            if fact.startswith(_NOTE):
                note, fact = self.notes[int(fact.removeprefix(_NOTE))], ""
                target = f"note:{spot.fact.removeprefix(_NOTE)}"
                feet += self.note_rows(note, target)
            if fact:
                mentions.append(printed(fact))
            links.append(Link(x + spot.x0, 5.0, spot.x1 - spot.x0, height, target))
        return row._replace(links=tuple(links), mentions=tuple(mentions), feet=tuple(feet))

    def named(self, run: Run) -> Run:
        """The run under a name by which its place is found again, where it is the mark of a note."""
        if run.note:
            self.notes.append(run)
            return replace(run, fact=f"{_NOTE}{len(self.notes) - 1}")
        return run

    def note_rows(self, mark: Run, anchor: str) -> tuple[Row, ...]:
        """A footnote in small type, its mark before it and its lines under each other."""
        face = self.faces.small
        sign = set_line(mark.text, face, self.fonts)
        left = sign.width + _POINT_GAP * face.size
        rows: list[Row] = []
        for n, line in enumerate(set_lines(plain(mark.note), face, self.style.measure - left, self.fonts)):
            marks: tuple[Mark, ...] = (at(line, left, baseline(face)),)
            words = line.text
            if n == 0:
                marks, words = (at(sign, 0.0, baseline(face)), *marks), f"{mark.text}{line.text}"
            item = Item(0.0, 0.0, self.style.measure, face.leading, "footnote", words, marks)
            rows.append(Row(face.leading, (item,), anchors=((anchor, 0.0),) if n == 0 else ()))
        return tuple(rows)


def _flush_left(text: Text) -> Text:
    """The same text without the blanks it was indented with where it was written; the line has its own indent."""
    for n, run in enumerate(text):
        if rest := run.text.lstrip(_INDENTS):
            return text if not n and rest == run.text else (replace(run, text=rest), *text[n + 1 :])
    return ()


def _run_in(heading: Heading) -> Run:
    """A heading as the first words of a paragraph."""
    return Run(f"{heading.number}{heading.text}", _RUN_IN[heading.level])


def _stressed(text: Text) -> frozenset[int]:
    """Indices of the characters that have a dot under them."""
    ends = tuple(accumulate(len(run.text) for run in text))
    runs = ((run, end) for run, end in zip(text, ends, strict=True) if run.voice == "dots")
    return frozenset(index for run, end in runs for index in range(end - len(run.text), end))
