"""Parts of a whole in a ring, each with its words outside, the whole in the middle.

Only what is known is drawn as known: what is left to the whole, or was not reported, is a hatched part, and a part
whose number is 余 or 近 has a hatched edge. A percentage is reckoned here, says so (推算), and stands only beside an
exact number of an exact whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.kit.around import LINE, WORD_GAP, Words, arranged, draw_label, room_beside
from digest.charts.kit.keys import KEY_LINE
from digest.charts.kit.levels import Bound, beyond, bounds_of
from digest.charts.kit.readings import (
    WHOLE,
    amounts,
    check_count,
    check_from_nought,
    check_some,
    check_units,
    read,
    said,
)
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.words import lines_of, widest
from digest.charts.theme import TEXT, TICKS, WHITE, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Donut
    from digest.style import Palette, Style

KIND: Final = "环形图"
LEAST_PARTS: Final = 2
MOST_PARTS: Final = 6
RADIUS: Final = 62.0
HOLE: Final = 0.6
EDGE: Final = 0.018  # of the whole: how wide the hatched edge of a bounded part is
SEAM: Final = 1.2
FRAME: Final = 0.6  # round what is hatched
HATCH_SIZE: Final = 4.8
HATCH_SOLID: Final = 0.15
VALUE: Final = 10.0
TOTAL: Final = 15.0
UNSTATED: Final = "未注明"
UNSETTLED: Final = "约数未定的部分"


_Named = tuple[str, "Reading"]


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
    ring = _trace(parts, hex_of(style.palette.mid))
    figure = sheet.drawn([ring], _draw_key(sheet, parts, around.height))
    ring["rotation"] = 360 * around.start
    ring["domain"] = _domain(middle, round(figure.width), figure.height)
    return figure


# ---------------------------------------------------------------------------------------------------- parts


def _parts(chart: Donut, palette: Palette) -> list[_Part]:
    check_count(KIND, "个部分", len(chart.parts), MOST_PARTS, LEAST_PARTS)
    readings = [(part.label, read(part.value, WHOLE)) for part in chart.parts]
    total = read(chart.total, WHOLE)
    check_some(KIND, (reading for _, reading in readings))
    check_from_nought(KIND, readings)
    check_units(KIND, (total, *(reading for _, reading in readings)))
    known = [part for part in readings if part[1].amount is not None]
    missing = [part for part in readings if part[1].amount is None]
    whole, rest = _whole_and_rest(known, missing, total)
    colors = [hex_of(color) for color in ramp(palette)]
    exact = all(reading.certain == "exact" for reading in ([total] if total.quantity else [one for _, one in known]))
    parts = [_known(*part, color, whole if exact else 0) for part, color in zip(known, colors, strict=False)]
    if rest > 0 or missing:
        parts.append(_rest(missing, rest, hex_of(palette.mid), loose=any(part.loose for part in parts)))
    return parts


def ramp(palette: Palette) -> Sequence[Any]:
    """Neighbours, the last and the first among them, are at least 18 L* apart."""
    return (palette.deep, palette.soft, palette.mid, palette.pale, palette.axis, palette.grid)


def _whole_and_rest(known: Sequence[_Named], missing: Sequence[_Named], total: Reading) -> tuple[Fraction, Fraction]:
    """The number that the full ring stands for, and what of it no part was reported for."""
    named = sum(amounts(reading for _, reading in known), start=Fraction(0))
    if total.amount is None:
        if missing:
            names = "、".join(label for label, _ in missing)
            message = f"“{names}”没有数，合计“{total.said}”也没有数，{KIND}不知道整圆是多少"
            raise ChartError(message, code="C141", hint="请给出合计数，或改用条形图")
        whole = named
    else:
        least = [low for low in (bounds_of(reading).low for _, reading in known) if low]
        certain = Bound(sum((low.amount for low in least), start=Fraction(0)), any(low.strict for low in least))
        if beyond(certain, bounds_of(total).high):
            told = "、".join(f"{label}{reading.said}" for label, reading in known)
            message = f"各部分（{told}）合起来超过合计 {total.said}"
            raise ChartError(message, code="C140", hint="请核对口径：各部分之间不能重叠")
        whole = max(total.amount, named)
    if not whole:
        message = f"{KIND}里各部分都是零，画不成圆"
        raise ChartError(message, code="C133", hint="请用文字说明")
    return whole, whole - named


def _known(label: str, reading: Reading, color: str, whole: Fraction | int) -> _Part:
    amount, loose = reading.amount or Fraction(0), reading.certain != "exact"
    share = _share(amount / whole) if whole and not loose else ""
    return _Part(float(amount), color, label, reading.said, share, loose)


def _share(share: Fraction) -> str:
    """A share of the whole that was reckoned here."""
    rounded = f"{float(share) * 100:.1f}"
    return "占比不足0.1%（推算）" if share and rounded == "0.0" else f"占{rounded}%（推算）"


def _rest(missing: Sequence[_Named], size: Fraction, color: str, *, loose: bool) -> _Part:
    if missing:
        name = "、".join(label for label, _ in missing)
        words = "、".join(dict.fromkeys(reading.said for _, reading in missing))
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
    size = TOTAL
    words = said(chart.total)
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
    text = "边缘斜线：原文为约数，分界按原文所写的数画"
    sheet.say(sheet.width / 2, y + KEY_LINE / 2, text, Voice(TICKS, sheet.quiet, side="center"))
    return y + KEY_LINE


# ---------------------------------------------------------------------------------------------------- the figure


class _Slice(NamedTuple):
    """A slice of the ring."""

    size: float
    color: str
    hatched: bool


def _trace(parts: Sequence[_Part], hatch: str) -> dict[str, Any]:
    """The ring as plotly.js draws it; a bounded part gives its edge to a hatched slice."""
    whole = sum(part.size for part in parts)
    slices: list[_Slice] = []
    for part in parts:
        edge = min(EDGE * whole, part.size / 2) if part.loose else 0.0
        slices.append(_Slice(part.size - edge, part.color, hatched=part.hatched))
        slices += [_Slice(edge, hatch, hatched=True)] if edge else []
    return {
        "type": "pie",
        "values": [piece.size for piece in slices],
        "labels": [str(i) for i in range(len(slices))],
        "sort": False,
        "direction": "clockwise",
        "hole": HOLE,
        "textinfo": "none",
        "automargin": False,
        "marker": {
            "colors": [WHITE if piece.hatched else piece.color for piece in slices],
            "line": {
                "color": [piece.color if piece.hatched else WHITE for piece in slices],
                "width": [FRAME if piece.hatched else SEAM for piece in slices],
            },
            "pattern": {
                "shape": ["/" if piece.hatched else "" for piece in slices],
                "fgcolor": [piece.color for piece in slices],
                "bgcolor": WHITE,
                "size": HATCH_SIZE,
                "solidity": HATCH_SOLID,
            },
        },
    }


def _domain(middle: tuple[float, float], width: float, height: float) -> dict[str, list[float]]:
    """Where the ring stands, in shares of the picture."""
    return {
        "x": [(middle[0] - RADIUS) / width, (middle[0] + RADIUS) / width],
        "y": [1 - (middle[1] + RADIUS) / height, 1 - (middle[1] - RADIUS) / height],
    }


def alt_text(chart: Donut) -> str:
    """The whole and each part with its words."""
    parts = "，".join(f"{part.label}{said(part.value)}" for part in chart.parts)
    return f"{KIND}。{chart.name}{said(chart.total)}：{parts}。"
