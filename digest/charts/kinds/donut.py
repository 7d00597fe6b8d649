"""Parts of a whole in a ring, each with its words outside, the whole in the middle.

Only what is known is drawn as known: what is left to the whole, or was not reported, is a hatched part, and a part
whose number is 余 or 近 has a hatched edge. A percentage is reckoned here, says so (推算), and stands only beside an
exact number of an exact whole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.drawn import Drawn
from digest.charts.kit.around import LINE, WORD_GAP, Words, arranged, draw_label, room_beside
from digest.charts.kit.sheet import KEY_LINE, Sheet, Voice
from digest.charts.reported import check_count, check_numbers, check_units, lines_of, widest, words_of
from digest.charts.theme import TEXT, TICKS, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from digest.story.charts import Donut, Share
    from digest.style import Palette, Style

NAME: Final = "环形图"
LEAST_PARTS: Final = 2
MOST_PARTS: Final = 6
RADIUS: Final = 62.0
HOLE: Final = 0.6
EDGE: Final = 0.018  # of the whole: how wide the hatched edge of a bounded part is
PAPER: Final = "#ffffff"
SEAM: Final = 1.2
FRAME: Final = 0.6  # round what is hatched
HATCH_SIZE: Final = 4.8
HATCH_SOLID: Final = 0.15
VALUE: Final = 10.0
WHOLE: Final = 15.0
WHOLE_LINE: Final = 18.0
UNSTATED: Final = "未注明"
UNSETTLED: Final = "约数未定的部分"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with its size in the units of the data; one that nobody knows the size of is hatched."""

    size: float
    color: str
    name: str
    words: str
    share: str
    loose: bool = False
    hatched: bool = False


def drawn(chart: Donut, style: Style) -> Drawn:
    """The figure; as high as the ring or the words beside it.

    `ChartError`: C131 fewer than two parts or more than six; C132 a number below zero; C133 not one number, or all
    nought; C140 parts that amount to more than the whole; C141 a part without a number where the whole has none.
    """
    parts = _parts(chart, style.palette)
    sheet = Sheet(style)
    room = room_beside(sheet.width, RADIUS)
    around = arranged([(part.size, tuple(_lines(part, room))) for part in parts], RADIUS)
    middle = sheet.width / 2, around.height / 2
    for label in around.labels:
        draw_label(sheet, label, middle, RADIUS)
    _draw_whole(sheet, chart, middle, hex_of(style.palette.deep))
    height = float(math.ceil(_draw_key(sheet, parts, around.height)))
    layout = sheet.layout(height)
    ring = _trace(parts, middle, layout, hex_of(style.palette.mid))
    ring["rotation"] = 360 * around.start
    return Drawn({"data": [ring, *sheet.traces()], "layout": layout}, style.measure, height)


# ---------------------------------------------------------------------------------------------------- parts


def _parts(chart: Donut, palette: Palette) -> list[_Part]:
    check_count(NAME, "部分", len(chart.parts), LEAST_PARTS, MOST_PARTS)
    check_numbers(NAME, [(part.label, part.value) for part in chart.parts])
    check_units(NAME, [part.value for part in chart.parts] + [chart.total])
    known = [part for part in chart.parts if part.value.quantity is not None]
    missing = [part for part in chart.parts if part.value.quantity is None]
    whole, rest = _whole_and_rest(chart, known, missing)
    colors = [hex_of(color) for color in ramp(palette)]
    all_exact = all(part.value.quantity.exact for part in known if part.value.quantity)
    exact = all_exact if chart.total.quantity is None else chart.total.quantity.exact
    parts = [_known(part, color, whole if exact else 0) for part, color in zip(known, colors, strict=False)]
    if rest > 0 or missing:
        parts.append(_rest(missing, rest, hex_of(palette.mid), loose=any(part.loose for part in parts)))
    return parts


def ramp(palette: Palette) -> Sequence[Any]:
    """Neighbours, the last and the first among them, are at least 18 L* apart."""
    return (palette.deep, palette.soft, palette.mid, palette.pale, palette.axis, palette.grid)


def _whole_and_rest(chart: Donut, known: Sequence[Share], missing: Sequence[Share]) -> tuple[Fraction, Fraction]:
    """The number that the full ring stands for, and what of it no part was reported for."""
    quantities = [part.value.quantity for part in known if part.value.quantity is not None]
    named = sum((quantity.amount for quantity in quantities), start=quantities[0].amount * 0)
    total = chart.total.quantity
    if total is None:
        if missing:
            names = "、".join(part.label for part in missing)
            message = f"“{names}”没有数，合计“{words_of(chart.total)}”也没有数，{NAME}不知道整圆是多少"
            raise ChartError(message, code="C141", hint="请给出合计数，或改用条形图")
        whole = named
    else:
        certain = sum((q.lower for q in quantities if q.lower is not None), start=named * 0)
        if total.upper is not None and (certain > total.upper or (certain == total.upper and total.upper_strict)):
            told = "、".join(f"{part.label}{words_of(part.value)}" for part in known)
            message = f"各部分（{told}）合起来超过合计 {words_of(chart.total)}"
            raise ChartError(message, code="C140", hint="请核对口径：各部分之间不能重叠")
        whole = max(total.amount, named)
    if not whole:
        message = f"{NAME}里各部分都是零，画不成圆"
        raise ChartError(message, code="C133", hint="请用文字说明")
    return whole, whole - named


def _known(part: Share, color: str, whole: Fraction | int) -> _Part:
    quantity = part.value.quantity
    assert quantity is not None  # noqa: S101 - the caller parted them
    share = _share(quantity.amount / whole) if whole and quantity.exact else ""
    return _Part(float(quantity.amount), color, part.label, words_of(part.value), share, loose=not quantity.exact)


def _share(share: Fraction) -> str:
    """A share of the whole that was reckoned here."""
    rounded = f"{float(share) * 100:.1f}"
    return "占比不足0.1%（推算）" if share and rounded == "0.0" else f"占{rounded}%（推算）"


def _rest(missing: Sequence[Share], size: Fraction, color: str, *, loose: bool) -> _Part:
    if missing:
        name = "、".join(part.label for part in missing)
        words = "、".join(dict.fromkeys(words_of(part.value) for part in missing))
    else:
        name, words = UNSETTLED if loose else UNSTATED, ""
    return _Part(float(size), color, name, words, "", hatched=True)


# ---------------------------------------------------------------------------------------------------- labels


def _lines(part: _Part, room: float) -> Iterable[tuple[Words, ...]]:
    """The name, its words behind it or in the next line, and its share."""
    *names, last = [Words(line, TEXT) for line in lines_of(part.name, TEXT, room)]
    known = not part.hatched
    words = [Words(line, VALUE, bold=known, quiet=not known) for line in lines_of(part.words, VALUE, room) if line]
    yield from ((name,) for name in names)
    if len(words) == 1 and last.width + WORD_GAP + words[0].width <= room:
        yield (last, words[0])
    else:
        yield (last,)
        yield from ((line,) for line in words)
    yield from ((Words(line, TICKS, quiet=True),) for line in lines_of(part.share, TICKS, room) if line)


def _draw_whole(sheet: Sheet, chart: Donut, middle: tuple[float, float], color: str) -> None:
    room = 2 * RADIUS * HOLE * 0.8
    size = WHOLE
    words = words_of(chart.total)
    while size > TICKS and (widest(lines_of(words, size, room), size) > room or len(lines_of(words, size, room)) > 1):
        size -= 0.5
    lines = lines_of(words, size, room)
    names = lines_of(chart.name, TICKS, room) if chart.name else ()
    pitch = size * 1.2
    y = middle[1] - (len(lines) * pitch + len(names) * LINE) / 2
    for name in names:
        sheet.say(middle[0], y + LINE / 2, name, Voice(TICKS, sheet.quiet, side="center"))
        y += LINE
    for line in lines:
        sheet.say(middle[0], y + pitch / 2, line, Voice(size, color, bold=True, side="center"))
        y += pitch


def _draw_key(sheet: Sheet, parts: Iterable[_Part], y: float) -> float:
    if not any(part.loose for part in parts):
        return y
    said = "边缘斜线：原文为约数，分界按原文所写的数画"
    sheet.say(sheet.width / 2, y + KEY_LINE / 2, said, Voice(TICKS, sheet.quiet, side="center"))
    return y + KEY_LINE


# ---------------------------------------------------------------------------------------------------- the figure


class _Slice(NamedTuple):
    """A slice of the ring."""

    size: float
    color: str
    hatched: bool


def _trace(parts: Sequence[_Part], middle: tuple[float, float], layout: dict[str, Any], hatch: str) -> dict[str, Any]:
    """The ring as plotly.js draws it; a bounded part gives its edge to a hatched slice."""
    whole = sum(part.size for part in parts)
    slices: list[_Slice] = []
    for part in parts:
        edge = min(EDGE * whole, part.size / 2) if part.loose else 0.0
        slices.append(_Slice(part.size - edge, part.color, hatched=part.hatched))
        slices += [_Slice(edge, hatch, hatched=True)] if edge else []
    width, height = round(layout["width"]), layout["height"]
    return {
        "type": "pie",
        "values": [piece.size for piece in slices],
        "labels": [str(i) for i in range(len(slices))],
        "sort": False,
        "direction": "clockwise",
        "hole": HOLE,
        "textinfo": "none",
        "automargin": False,
        "domain": {
            "x": [(middle[0] - RADIUS) / width, (middle[0] + RADIUS) / width],
            "y": [1 - (middle[1] + RADIUS) / height, 1 - (middle[1] - RADIUS) / height],
        },
        "marker": {
            "colors": [PAPER if piece.hatched else piece.color for piece in slices],
            "line": {
                "color": [piece.color if piece.hatched else PAPER for piece in slices],
                "width": [FRAME if piece.hatched else SEAM for piece in slices],
            },
            "pattern": {
                "shape": ["/" if piece.hatched else "" for piece in slices],
                "fgcolor": [piece.color for piece in slices],
                "bgcolor": PAPER,
                "size": HATCH_SIZE,
                "solidity": HATCH_SOLID,
            },
        },
    }


def alt_text(chart: Donut) -> str:
    """The whole and each part with its words."""
    parts = "，".join(f"{part.label}{words_of(part.value)}" for part in chart.parts)
    return f"{NAME}。{chart.name}{words_of(chart.total)}：{parts}。"
