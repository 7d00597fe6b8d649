"""Shades by value: up to four steps between round numbers, from pale to deep, that grey print tells apart.

The steps are the blues of the palette, at least 18 L* from one to the next. Words on them are black or white, whichever
is read more easily.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.charts.kit.readings import amounts
from digest.charts.kit.shapes import boxed, hatched
from digest.charts.kit.sheet import Voice
from digest.charts.kit.ticks import Ticks, unit_of
from digest.charts.kit.words import lines_of, numbers_parted, text_width, widest
from digest.charts.theme import TICKS, WHITE, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.kit.readings import Reading, Unit
    from digest.charts.kit.sheet import Sheet
    from digest.style import Palette

MOST_STEPS: Final = 4
KEY_BOX: Final = 8.0
KEY_CLEAR: Final = 6.0  # between two numbers of a legend
LABEL_LINE: Final = 11.0
LINE: Final = 1.2  # from line to line, in sizes
HATCH: Final = 0.5
WORDS_CLEAR: Final = 1.5
LIGHT: Final = 0.5  # a ground darker than this carries white words

_MYRIAD: Final = 10**4
_FACTORS: Final = tuple(Fraction(tenths, 10) for tenths in (10, 15, 20, 25, 30, 40, 50))
_CHOSEN: Final[dict[int, tuple[int, ...]]] = {1: (1,), 2: (0, 2), 3: (0, 1, 3), 4: (0, 1, 2, 3)}


@dataclass(frozen=True, slots=True)
class Steps:
    """Bounds of the steps, one more than there are colours; each step begins at its bound and ends before the next.

    `plain` bounds are written out: their unit counts in 万 or 亿 already.
    """

    bounds: tuple[Fraction, ...]
    colors: tuple[str, ...]
    plain: bool = False

    def step(self, number: Fraction, *, below: bool = False) -> int:
        """Number of the step that a value lies in; `below` where it is certainly less than that number."""
        found = sum(1 for bound in self.bounds[1:-1] if bound < number or (bound == number and not below))
        return min(found, len(self.colors) - 1)

    def labels(self) -> tuple[str, ...]:
        """What stands at the bounds."""
        last = self.bounds[-1]
        unit = unit_of(float(last))
        if last >= _MYRIAD and not any(bound % (_MYRIAD // 10) for bound in self.bounds):
            unit = max(unit, _MYRIAD)
        ticks = Ticks(Fraction(1), last, 1 if self.plain else unit)
        return tuple(ticks.label(bound) for bound in self.bounds)


def steps_of(readings: Iterable[Reading], unit: Unit, palette: Palette) -> Steps:
    """At most four steps between round numbers over all that was reported in a unit, at least one of them a number."""
    ramp = [hex_of(color) for color in (palette.pale, palette.soft, palette.mid, palette.deep)]
    found = sorted(amounts(readings))
    low, high = found[0], found[-1]
    if low == high:
        return Steps((low, high), (ramp[1],))
    whole = all(number.denominator == 1 for number in found)
    power = Fraction(10) ** math.floor(math.log10((high - low) / MOST_STEPS))
    while True:
        for factor in _FACTORS:
            size = power * factor
            first = math.floor(low / size)
            count = math.ceil(high / size) - first
            if count <= MOST_STEPS and (size.denominator == 1 or not whole):
                bounds = tuple(size * (first + i) for i in range(count + 1))
                return Steps(bounds, tuple(ramp[i] for i in _CHOSEN[count]), not unit.shortens)
        power *= 10


def step_of(steps: Steps, reading: Reading) -> int | None:
    """The step of a number; None where nobody reported one. 近20 lies below the bound 20."""
    if reading.amount is None or reading.quantity is None:
        return None
    return steps.step(reading.amount, below=reading.quantity.upper_strict)


def ink_on(color: str) -> str:
    """Black or white, whichever is read more easily on a ground."""
    red, green, blue = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > LIGHT else WHITE


def draw_missing(
    sheet: Sheet, box: tuple[float, float, float, float], lines: Sequence[str], voice: Voice, color: str
) -> None:
    """A hatched cell (left, top, width, height); the words for what is missing stand on clear ground in its middle."""
    left, top, width, height = box
    side = max((width - widest(lines, voice.size)) / 2 - WORDS_CLEAR, 0.0)
    over = max((height - LINE * voice.size * len(lines)) / 2, 0.0)
    edges = (
        (left, top, side, height),
        (left + side, top, width - 2 * side, over),
        (left + side, top + height - over, width - 2 * side, over),
        (left + width - side, top, side, height),
    )
    sheet.path([stroke for edge in edges for stroke in hatched(*edge)], HATCH, color)
    sheet.path([boxed(left + HATCH / 2, top + HATCH / 2, width - HATCH, height - HATCH)], HATCH, color)
    say_lines(sheet, left + width / 2, top + height / 2, lines, voice)


def cell_lines(where: str, words: str, size: float, room: float) -> tuple[str, ...]:
    """Words in lines for a cell. `ChartError` C142 where a number would be parted; `where` tells which cell it is."""
    lines = lines_of(words, size, room)
    if numbers_parted(words, lines):
        message = f"“{where}”的“{words}”在宽{room:.0f}磅的格子里写不下"
        raise ChartError(message, code="C142", hint="请减少列数，或以万、亿为单位")
    return lines


def say_lines(sheet: Sheet, x: float, y: float, lines: Sequence[str], voice: Voice) -> None:
    """Lines one under another about the middle y."""
    pitch = LINE * voice.size
    first = y - pitch * (len(lines) - 1) / 2
    for i, line in enumerate(lines):
        sheet.say(x, first + i * pitch, line, voice)


def draw_scale(sheet: Sheet, x: float, y: float, steps: Steps) -> float:
    """A legend that lies: a box a step from x on, the bounds under their joints. y is its top; returns its width."""
    if len(steps.colors) == 1:
        return 0.0
    labels = steps.labels()
    box = max(text_width(label, TICKS) for label in labels) + KEY_CLEAR
    start = x + text_width(labels[0], TICKS) / 2
    for i, color in enumerate(steps.colors):
        sheet.area(boxed(start + i * box, y, box, KEY_BOX), color)
    voice = Voice(TICKS, sheet.ink, side="center")
    for i, label in enumerate(labels):
        sheet.say(start + i * box, y + KEY_BOX + LABEL_LINE / 2 + 1, label, voice)
    return box * len(steps.colors) + text_width(labels[0], TICKS) / 2 + text_width(labels[-1], TICKS) / 2


def bound_note(readings: Iterable[Reading], room: float) -> tuple[str, ...]:
    """What the shade of 余 and 近 means, in the words that occur; empty where every number is exact."""
    quantities = (reading.quantity for reading in readings if reading.quantity)
    words = dict.fromkeys(quantity.qualifier for quantity in quantities if quantity.qualifier)
    if not words:
        return ()
    said = "".join(f"“{word}”" for word in words)
    return lines_of(f"原文为{said}的，深浅按原文所写的数", TICKS, room)
