"""Words around a ring: each beside its part, at the end of a leader, clear of the others.

The first part begins at the top. Where words would then be pushed far from their parts, as where many small parts lie
together at the top, the ring is turned so that they come to lie at a side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.places import apart
from digest.charts.kit.shapes import joined
from digest.charts.kit.sheet import Voice
from digest.charts.kit.words import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.shapes import Point
    from digest.charts.kit.sheet import Sheet

ELBOW: Final = 6.0  # from the ring to where a leader bends
LEADER: Final = 20.0  # from the ring to the words, sideways
STUB: Final = 5.0  # where a leader lies level before its words
LEADER_STROKE: Final = 0.6
LEADER_GAP: Final = 3.0
WORD_GAP: Final = 4.0
LINE: Final = 12.5
LABEL_GAP: Final = 5.0
EDGE_ROOM: Final = 8.0  # above and below the ring
NEAR: Final = 26.0  # words that far from their part are near enough
TURNS: Final = 24  # ways to turn the ring


class Words(NamedTuple):
    """Some words of a line and how they sound."""

    text: str
    size: float
    bold: bool = False
    quiet: bool = False

    @property
    def width(self) -> float:
        """Room they take, in points."""
        return text_width(self.text, self.size)


Lines = tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """Words of a part at a side of the ring; `turn` is where its middle lies: clockwise from the top, 1 all round."""

    turn: float
    lines: Lines
    y: float = 0.0

    @property
    def right(self) -> bool:
        """Whether it stands at the right."""
        return self.turn < 0.5  # noqa: PLR2004 - half a turn

    @property
    def height(self) -> float:
        """Room it takes, with the gap to the next."""
        return LINE * len(self.lines) + LABEL_GAP

    def leader(self, middle: Point, radius: float) -> tuple[Point, Point, Point, Point]:
        """From the ring over two bends to the words."""
        way = 1 if self.right else -1
        across, up = math.sin(math.tau * self.turn), -math.cos(math.tau * self.turn)
        edge = middle[0] + way * (radius + LEADER)
        start, bend = radius + 1, radius + ELBOW
        return (
            (middle[0] + start * across, middle[1] + start * up),
            (middle[0] + bend * across, middle[1] + bend * up),
            (edge - way * STUB, self.y),
            (edge, self.y),
        )


@dataclass(frozen=True, slots=True)
class Around:
    """A ring turned by `start` of a whole turn, its labels placed; `height` holds both."""

    start: float
    height: float
    labels: tuple[Label, ...]


def room_beside(width: float, radius: float) -> float:
    """Room for the words at either side of a ring in the middle of that width."""
    return width / 2 - radius - LEADER - LEADER_GAP


def arranged(parts: Sequence[tuple[float, Lines]], radius: float) -> Around:
    """The labels of parts, given as size and lines, around a ring of that radius."""
    ways = sorted(range(TURNS), key=lambda i: min(i, TURNS - i))  # the first part stays as near to the top as it can
    costs: list[tuple[float, Around]] = []
    for i in ways:
        around = _turned(parts, radius, i / TURNS)
        far = max(_far(label, around.height, radius) for label in around.labels)
        if far <= NEAR:
            return around
        costs.append((far + around.height, around))
    return min(costs, key=lambda cost: cost[0])[1]


def _turned(parts: Sequence[tuple[float, Lines]], radius: float, start: float) -> Around:
    whole, so_far, labels = sum(size for size, _ in parts), 0.0, []
    for size, lines in parts:
        labels.append(Label((start + (so_far + size / 2) / whole) % 1, lines))
        so_far += size
    sides = [[label for label in labels if label.right is right] for right in (True, False)]
    height = max(2 * (radius + EDGE_ROOM), *(sum(label.height for label in side) for side in sides))
    return Around(start, height, tuple(label for side in sides for label in _placed(side, height, radius)))


def _placed(side: Sequence[Label], height: float, radius: float) -> list[Label]:
    """Labels of a side, each as near to its part as those above and below let it."""
    wishes = [_wish(label, height, radius) for label in side]
    ys = apart(wishes, [label.height for label in side], 0.0, height)
    return [replace(label, y=y) for label, y in zip(side, ys, strict=True)]


def _wish(label: Label, height: float, radius: float) -> float:
    """Where a label would stand if it were alone."""
    return height / 2 - math.cos(math.tau * label.turn) * (radius + ELBOW)


def _far(label: Label, height: float, radius: float) -> float:
    """How far a label was pushed; far more where its leader would cross the ring."""
    _, (x0, y0), (x1, y1), _ = label.leader((0.0, height / 2), radius)
    y0, y1 = y0 - height / 2, y1 - height / 2
    along = max(0.0, min(1.0, -(x0 * (x1 - x0) + y0 * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)))
    clear = math.hypot(x0 + along * (x1 - x0), y0 + along * (y1 - y0)) > radius
    return abs(label.y - _wish(label, height, radius)) + (0.0 if clear else height)


def draw_label(sheet: Sheet, label: Label, middle: Point, radius: float) -> None:
    """The words and their leader."""
    leader = label.leader(middle, radius)
    sheet.path([joined(leader)], LEADER_STROKE, sheet.axis)
    way = 1 if label.right else -1
    y = label.y - LINE * (len(label.lines) - 1) / 2
    for line in label.lines:
        x = leader[-1][0] + way * LEADER_GAP
        for words in line if label.right else reversed(line):
            color = sheet.quiet if words.quiet else sheet.ink
            sheet.say(x, y, words.text, Voice(words.size, color, words.bold, "right" if label.right else "left"))
            x += way * (words.width + WORD_GAP)
        y += LINE
