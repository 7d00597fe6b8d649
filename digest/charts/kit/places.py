"""Room for words: which places of a picture are taken, and the first free one of those a word may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from digest.charts.kit.words import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.kit.sheet import Sheet, Voice


class Box(NamedTuple):
    """A box in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether the two have a point in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def crossed(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether a straight line runs through it."""
        enter, leave = 0.0, 1.0
        for start, step, low, high in ((x0, x1 - x0, self.left, self.right), (y0, y1 - y0, self.top, self.bottom)):
            if not step:
                if not low < start < high:
                    return False
                continue
            first, last = sorted(((low - start) / step, (high - start) / step))
            enter, leave = max(enter, first), min(leave, last)
        return enter < leave


class Word(NamedTuple):
    """Words at a place, as `Sheet.say` takes them."""

    x: float
    y: float
    text: str
    voice: Voice

    @property
    def box(self) -> Box:
        """What they cover."""
        width, half = text_width(self.text, self.voice.size), self.voice.size / 2
        left = self.x - {"right": 0.0, "center": width / 2, "left": width}[self.voice.side]
        return Box(left, self.y - half, left + width, self.y + half)


class Places:
    """What is taken of a picture: boxes, and lines that no word may lie on. `words` are those that found a place."""

    def __init__(self, left: float, top: float, right: float, bottom: float) -> None:
        """An empty picture in which words may stand between these edges."""
        self._edges = Box(left, top, right, bottom)
        self.words: list[Word] = []
        self._boxes: list[Box] = []
        self._lines: list[tuple[float, float, float, float]] = []

    def take(self, box: Box) -> None:
        """Let nothing else stand there."""
        self._boxes.append(box)

    def put(self, word: Word) -> None:
        """Words that stand where they stand."""
        self.words.append(word)
        self.take(word.box)

    def cross(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Let no word lie on that line."""
        self._lines.append((x0, y0, x1, y1))

    def free(self, box: Box) -> bool:
        """Whether words may stand in that box."""
        edges = self._edges
        return (
            box.left >= edges.left
            and box.right <= edges.right
            and box.top >= edges.top
            and box.bottom <= edges.bottom
            and not any(box.touches(taken) for taken in self._boxes)
            and not any(box.crossed(*line) for line in self._lines)
        )

    def settle(self, choices: Iterable[Word]) -> Word | None:
        """The first of them that stands free, and takes its place; None where none does."""
        for word in choices:
            if self.free(word.box):
                self.put(word)
                return word
        return None

    def settle_all(self, words: Iterable[Iterable[Word]]) -> bool:
        """One word of each row of choices, or none at all; whether they found room."""
        boxes, said = len(self._boxes), len(self.words)
        if all(self.settle(choices) for choices in words):
            return True
        del self._boxes[boxes:], self.words[said:]
        return False


def say_words(sheet: Sheet, words: Iterable[Word]) -> None:
    """Put words on the sheet."""
    for word in words:
        sheet.say(word.x, word.y, word.text, word.voice)


def apart(wanted: Sequence[float], room: Sequence[float], low: float, high: float) -> list[float]:
    """Middles as near to those wanted as they can stand without touching, each in its room, between `low` and `high`.

    Where they do not fit at all they go beyond `high`.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    groups: list[tuple[float, float, list[int]]] = []  # top, height, members
    for i in order:
        group = (wanted[i] - room[i] / 2, room[i], [i])
        while groups and groups[-1][0] + groups[-1][1] > group[0]:
            top, height, members = groups.pop()
            merged = [*members, *group[2]]
            group = (_top(merged, wanted, room), height + group[1], merged)
            group = (_held(group[0], group[1], low, high), group[1], group[2])
        groups.append((_held(group[0], group[1], low, high), group[1], group[2]))
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] > groups[-1][0] + _HAIR:
            top, height, members = groups.pop()
            first = groups.pop()
            merged = [*first[2], *members]
            groups.append((_held(_top(merged, wanted, room), first[1] + height, low, high), first[1] + height, merged))
    middles = [0.0] * len(wanted)
    for top, _, members in groups:
        y = top
        for i in members:
            middles[i] = y + room[i] / 2
            y += room[i]
    return middles


_HAIR = 1e-9


def _top(members: Sequence[int], wanted: Sequence[float], room: Sequence[float]) -> float:
    """Where a stack begins so that its members stand as near as can be to where they want."""
    above, total = 0.0, 0.0
    for i in members:
        total += wanted[i] - above - room[i] / 2
        above += room[i]
    return total / len(members)


def _held(top: float, height: float, low: float, high: float) -> float:
    return max(low, min(top, high - height))
