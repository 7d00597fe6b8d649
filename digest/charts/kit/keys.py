"""Keys under a picture: lines that explain its marks, in the words that occur, each with a small mark before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.kit.bars import SIDE_CAP, Bar, draw_plain
from digest.charts.kit.names import name_lines
from digest.charts.kit.pens import solid
from digest.charts.kit.points import draw_dot, draw_hint
from digest.charts.kit.sheet import Voice
from digest.charts.kit.words import text_width, widest
from digest.charts.theme import TICKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from digest.charts.kit.bars import Way
    from digest.charts.kit.readings import Certain, Reading
    from digest.charts.kit.sheet import Sheet

KEY_LINE: Final = 14.0
KEY_GAP: Final = 4.0  # between a mark and its words
KEY_SPACE: Final = 14.0  # between two keys in a line
ICON: Final = 9.0
KEY_CAP: Final = 6.0
SIDE_BAR: Final = 8.0  # height of a bar that lies


class Key(NamedTuple):
    """A line under a picture that explains a mark: what draws it (left, middle) and how wide, and its words."""

    icon: Callable[[Sheet, float, float], None] | None
    text: str
    wide: float = ICON

    @property
    def lead(self) -> float:
        """Room before its words."""
        return self.wide + KEY_GAP if self.icon else 0.0

    @property
    def width(self) -> float:
        """Room it takes in one line, in points."""
        return self.lead + text_width(self.text, TICKS)


def unsaid_key(words: Sequence[str]) -> list[Key]:
    """What had to be said and found no room in the picture."""
    return [Key(None, "；".join(words))] if words else []


def bar_keys(readings: Iterable[Reading], color: str, more: Way = "up", end: str = "末端") -> list[Key]:
    """What the ends of bars mean, where they occur; `end` tells which end it is."""
    ends = (f"{end}留口", f"{end}缺口", f"{end}波线")
    return _keys(readings, ends, "所画长度", lambda certain, text: _bar_key(certain, text, color, more))


def _bar_key(certain: Certain, text: str, color: str, more: Way) -> Key:
    cap, length, thick = (SIDE_CAP, 2 * SIDE_CAP, SIDE_BAR) if more == "right" else (KEY_CAP, ICON, ICON)
    long = length - (cap if certain == "least" else 0.0)

    def draw(sheet: Sheet, left: float, middle: float) -> None:
        if more == "right":
            draw_plain(sheet, Bar(left, left + long, middle - thick / 2, thick, solid(color), certain, more, cap))
        else:
            foot = middle + length / 2
            draw_plain(sheet, Bar(foot, foot - long, left, thick, solid(color), certain, more, cap))

    return Key(draw, text, length)


def sum_keys(found: Iterable[Certain], color: str, more: Way = "up") -> list[Key]:
    """What the ends of bars mean that several numbers make up, where they occur."""
    says: dict[Certain, str] = {
        "least": "末端留口：所含有约数或未报，合计不少于所画长度",
        "most": "末端缺口：所含有约数，合计不超过所画长度",
        "vague": "末端波线：所含有约数，合计在所画长度上下",
    }
    seen = set(found)
    return [_bar_key(certain, text, color, more) for certain, text in says.items() if certain in seen]


def point_keys(readings: Iterable[Reading], color: str, more: Way = "up") -> list[Key]:
    """What the arrowheads at points mean, where they occur."""

    def key(certain: Certain, text: str) -> Key:
        def draw(sheet: Sheet, left: float, middle: float) -> None:
            shift = {"least": 2.0, "most": -2.0, "vague": 2.0, "exact": 0.0}[certain]
            x, y = (left + ICON / 2 - shift, middle) if more == "right" else (left + ICON / 2, middle + shift)
            draw_dot(sheet, x, y, 2.1, color)
            draw_hint(sheet, x, y, 2.1, certain, color, more)

        return Key(draw, text)

    ends = ("点右尖角", "点左尖角", "点上波线") if more == "right" else ("点上尖角", "点下尖角", "点上波线")
    return _keys(readings, ends, "所画之数", key)


def _keys(
    readings: Iterable[Reading], ends: tuple[str, str, str], drawn: str, key: Callable[[Certain, str], Key]
) -> list[Key]:
    found: dict[Certain, list[Reading]] = {"least": [], "most": [], "vague": []}
    for reading in readings:
        if reading.quantity is not None and reading.certain in found:
            found[reading.certain].append(reading)
    keys = []
    for (certain, those), end in zip(found.items(), ends, strict=True):
        if not those:
            continue
        quantities = [reading.quantity for reading in those if reading.quantity is not None]
        words = "".join(f"“{word}”" for word in dict.fromkeys(quantity.qualifier for quantity in quantities))
        short = "不到" if all(quantity.upper_strict for quantity in quantities) else "不超过"
        more = "多于" if all(quantity.lower_strict for quantity in quantities) else "不少于"
        says = {"least": f"{more}{drawn}", "most": f"{short}{drawn}", "vague": f"在{drawn}上下"}[certain]
        keys.append(key(certain, f"{end}：原文为{words}，{says}"))
    return keys


def draw_keys(sheet: Sheet, top: float, keys: Sequence[Key]) -> float:
    """Keys from `top` on, as many in a line as stand there; the foot of the last line."""
    x, y = 0.0, top
    for key in keys:
        lines = name_lines(key.text, TICKS, sheet.width - key.lead)
        width = key.lead + widest(lines, TICKS)
        if x and x + width > sheet.width:
            x, y = 0.0, y + KEY_LINE
        y = draw_key(sheet, x, y, key, lines) - KEY_LINE
        x += width + KEY_SPACE
    return y + KEY_LINE if keys else top


def draw_key(sheet: Sheet, x: float, y: float, key: Key, lines: Sequence[str] = ()) -> float:
    """A key from that place on, its words in one line or in those given; its foot."""
    if key.icon:
        key.icon(sheet, x, y + KEY_LINE / 2)
    for i, line in enumerate(lines or (key.text,)):
        sheet.say(x + key.lead, y + KEY_LINE * (i + 0.5), line, Voice(TICKS, sheet.quiet))
    return y + KEY_LINE * max(len(lines), 1)
