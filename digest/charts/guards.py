"""What is doubtful about a picture although it was drawn: words cut, covered or too small, and more than can be read.

Looked at are the marks, which are what will be printed, and the figure, for what was asked of it.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from digest.charts.categories import category_axes, room_of
from digest.charts.paths import apply, bounds, times, transformed
from digest.charts.theme import LEAST
from digest.drawing import IDENTITY, GlyphRun, Group
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from digest.charts.paths import Box
    from digest.drawing import Mark, Matrix, Picture
    from digest.fonts import FontSet

MOST_CATEGORIES: Final = 40
MOST_SLICES: Final = 8
MOST_SERIES: Final = 12
PITCH: Final = 9.0
"""Points that a name on an axis needs across its line of writing."""

_TOP: Final = 0.8  # em over the baseline that are reckoned as ink
_FOOT: Final = 0.1  # em under it
_TOUCH: Final = 1.0  # points by which two words may lie in each other
_EDGE: Final = 0.5  # points a word may stand out
_HAIR: Final = 0.05
_SHOWN: Final = 3  # words named in a finding

Point = tuple[float, float]


class Word(NamedTuple):
    """A run of glyphs as it stands in the picture: its four corners round the ink, the box around them, its size."""

    text: str
    corners: tuple[Point, Point, Point, Point]
    box: Box
    size: float
    clip: Box | None
    upright: bool


def doubts_of(picture: Picture, figure: Mapping[str, Any], fonts: FontSet) -> tuple[Finding, ...]:
    """Warnings about a picture and the figure it was drawn from, each of a code at most once.

    C151 words cut by an edge, C152 words over each other, C153 more than can be read, C154 type under 8 points, C155
    names that were not printed. A
    picture that a browser drew has no words to look at; then only the figure is.
    """
    words = list(_words(picture.marks, IDENTITY, None, fonts))
    cut = [word.text for word in words if _is_cut(word, picture)]
    pairs = [f"{one.text}”和“{other.text}" for one, other in _overlaps(words)]
    lost = _unprinted(figure, words) if words else []
    small = [word.text for word in _too_small(words)]
    found = (
        ("C151", "文字被切掉或在图外", cut, "请放大边距（margin），或缩短文字"),
        ("C152", "文字相互重叠", pairs, "请减少标签，或把图加高"),
        ("C155", "名称没有地方印出", lost, "请把图加高，或减少、合并类别"),
        ("C154", f"字号小于 {LEAST:g} 磅", small, "请缩短文字，或把图加大"),
    )
    return (
        *(Finding(code, "warning", _naming(what, texts), hint=hint) for code, what, texts, hint in found if texts),
        *_crowds(figure, picture.width, picture.height),
    )


def _naming(what: str, texts: Sequence[str]) -> str:
    shown = "、".join(f"“{text}”" for text in dict.fromkeys(texts[:_SHOWN]))
    return f"{what}：{shown}{f'等 {len(texts)} 处' if len(texts) > _SHOWN else ''}"


# ------------------------------------------------------------------------------------------------ words


def _words(marks: Iterable[Mark], matrix: Matrix, clip: Box | None, fonts: FontSet) -> Iterator[Word]:
    for mark in marks:
        match mark:
            case GlyphRun() if not mark.stroke:  # a halo is the shadow of a word
                yield _word(mark, matrix, clip, fonts)
            case Group():
                inner = times(matrix, mark.transform) if mark.transform != IDENTITY else matrix
                window = _common(clip, bounds(transformed(mark.clip, inner))) if mark.clip else clip
                yield from _words(mark.marks, inner, window, fonts)
            case _:
                pass


def _word(run: GlyphRun, matrix: Matrix, clip: Box | None, fonts: FontSet) -> Word:
    face = fonts.face(run.face)
    width = sum(map(face.advance, run.clusters)) * run.size + run.spacing * (len(run.clusters) - 1)
    width += sum(room for _, room in run.kerns)
    top, foot = -_TOP * run.size, _FOOT * run.size
    turn = math.radians(run.tilt)
    cos, sin = math.cos(turn), math.sin(turn)
    places = ((0.0, top), (width, top), (width, foot), (0.0, foot))
    corners = [(run.x + x * cos - y * sin, run.y + x * sin + y * cos) for x, y in places]
    if matrix != IDENTITY:
        corners = [apply(matrix, x, y) for x, y in corners]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    size = math.dist(corners[0], corners[3]) / (_TOP + _FOOT)
    upright = run.tilt % 90 == 0 and matrix[1] == matrix[2] == 0
    a, b, c, d = corners
    return Word("".join(run.clusters), (a, b, c, d), (min(xs), min(ys), max(xs), max(ys)), size, clip, upright)


def _common(one: Box | None, other: Box | None) -> Box | None:
    if one is None or other is None:
        return one or other
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _is_cut(word: Word, picture: Picture) -> bool:
    left, top, right, foot = _common((0.0, 0.0, picture.width, picture.height), word.clip) or word.box
    box = word.box
    return box[0] < left - _EDGE or box[1] < top - _EDGE or box[2] > right + _EDGE or box[3] > foot + _EDGE


def _overlaps(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words that lie in each other by more than a touch, from left to right."""
    ordered = sorted(words, key=lambda word: word.box[0])
    for number, one in enumerate(ordered):
        right, top, foot = one.box[2] - _TOUCH, one.box[1] + _TOUCH, one.box[3] - _TOUCH
        for i in range(number + 1, len(ordered)):
            other = ordered[i]
            if other.box[0] >= right:
                break
            if other.box[1] < foot and other.box[3] > top and _meet(one, other):
                yield one, other


def _meet(one: Word, other: Word) -> bool:
    """Whether two words whose boxes meet do so themselves; one printed twice at the same place is one word."""
    if one.text == other.text and math.dist(one.corners[0], other.corners[0]) < _HAIR:
        return False
    if one.upright and other.upright:
        return True
    return all(_reach(axis, one, other) > _TOUCH for word in (one, other) for axis in _sides(word))


def _sides(word: Word) -> Iterator[Point]:
    """Unit vectors along and across a word."""
    (ax, ay), (bx, by) = word.corners[0], word.corners[1]
    length = math.hypot(bx - ax, by - ay) or 1.0
    along = ((bx - ax) / length, (by - ay) / length)
    yield along
    yield (-along[1], along[0])


def _reach(axis: Point, one: Word, other: Word) -> float:
    """How far two words lie in each other, seen along an axis."""
    first = [x * axis[0] + y * axis[1] for x, y in one.corners]
    second = [x * axis[0] + y * axis[1] for x, y in other.corners]
    return min(max(first), max(second)) - max(min(first), min(second))


def _too_small(words: Sequence[Word]) -> Iterator[Word]:
    """Words under the least size, but for those raised or lowered beside a larger one (m²)."""
    for number, word in enumerate(words):
        if word.size < LEAST - _HAIR:
            before, after = words[max(number - 1, 0)], words[min(number + 1, len(words) - 1)]
            behind = before.size > word.size and math.dist(before.corners[2], word.corners[3]) < word.size
            ahead = after.size > word.size and math.dist(word.corners[2], after.corners[3]) < word.size
            if not (behind or ahead):
                yield word


def _unprinted(figure: Mapping[str, Any], words: Sequence[Word]) -> list[str]:
    """Names of parts and categories that stand nowhere in the picture: plotly.js leaves out what finds no room."""
    printed = _bare("".join(word.text for word in words))
    return [name for name in _names(figure) if _bare(name) not in printed]


def _names(figure: Mapping[str, Any]) -> Iterator[str]:
    """What plotly.js is asked to print; where a figure says itself how, it is left to it."""
    for trace in figure["data"]:
        if trace.get("visible", True) is not True or "texttemplate" in trace:
            continue
        kind = trace.get("type")
        if kind in _PARTED and "label" in trace.get("textinfo", "label"):
            yield from map(str, _list(trace.get("labels")))
        elif kind == "sankey":
            yield from map(str, _list(trace.get("node", {}).get("label")))
    for axis, names in category_axes(figure["data"], figure["layout"]).items():
        own = figure["layout"].get(axis, {})
        if own.get("visible", True) and own.get("showticklabels", True) and not _SELECTING & own.keys():
            yield from map(str, _list(own.get("ticktext")) or _list(own.get("tickvals")) or names)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _bare(text: str) -> str:
    return _MARKUP.sub("", text)


_PARTED: Final = frozenset(("pie", "funnelarea", "treemap", "icicle", "sunburst"))
_SELECTING: Final = frozenset(
    ("tickmode", "dtick", "nticks", "range", "tickprefix", "ticksuffix", "rangebreaks", "matches")
)
_MARKUP: Final = re.compile(r"<[^>]*>|&\w+;|\s")


# ------------------------------------------------------------------------------------------------ crowds


def _crowds(figure: Mapping[str, Any], width: float, height: float) -> Iterator[Finding]:
    told = [what for what in _counts(figure, width, height) if what]
    if told:
        yield Finding("C153", "warning", f"太多，看不清：{'；'.join(told)}", hint="请只画主要的，其余合并或列成表格")


def _counts(figure: Mapping[str, Any], width: float, height: float) -> Iterator[str]:
    data = [trace for trace in figure["data"] if trace.get("visible", True) is True]
    layout = figure["layout"]
    for axis, names in category_axes(data, layout).items():
        room = room_of(axis, len(names), layout, width, height)
        if len(names) > MOST_CATEGORIES or (room < PITCH and len(names) > 1):
            yield f"{axis} 上有 {len(names)} 类，每类约 {room:.0f} 磅"
    for number, trace in enumerate(data):
        slices = len(set(map(str, _list(trace.get("labels"))))) or len(_list(trace.get("values")))
        if trace.get("type") in ("pie", "funnelarea") and slices > MOST_SLICES:
            yield f"data[{number}] 有 {slices} 份"
    series = sum(bool(trace.get("name")) and trace.get("showlegend", True) is not False for trace in data)
    if series > MOST_SERIES:
        yield f"有 {series} 个系列"
