"""A second sign for every series, beside its colour: hatching of areas, dashes and marks of lines.

Areas are hatched only where two of them would be of one grey; lines, which are thin, differ by dash and mark as soon as
there are two. What a figure says itself is never changed, only reckoned with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from digest.charts.grey import lightness, told_apart
from digest.charts.properties import color
from digest.charts.theme import WHITE, series_colors
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.style import Style

PATTERNS: Final = ("", "/", ".", "x", "-")
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS: Final = ("circle", "square", "diamond", "triangle-up", "x", "cross", "triangle-down", "star")

_AREAS: Final = frozenset(("bar", "histogram", "barpolar"))
_LINES: Final = frozenset(("scatter", "scatterpolar", "scatterternary", "scattersmith", "scattercarpet"))
_SLICES: Final = frozenset(("pie", "funnelarea"))
_BODIES: Final = frozenset(("box", "violin"))
_HATCH: Final[dict[str, Any]] = {"size": 5, "solidity": 0.3}
_EDGE: Final = {"width": 0.6}
_FILLED: Final = 0.5  # opacity plotly.js fills the area under a line with

Trace = dict[str, Any]


def told_apart_series(data: Sequence[Trace], layout: dict[str, Any], style: Style) -> list[Trace]:
    """The same traces, every one to be told from the others in grey."""
    colors = _texts(layout.get("colorway")) or list(series_colors(style))
    taken: list[tuple[float, str]] = []
    lines = [number for number, trace in enumerate(data) if _kind(trace) in _LINES]
    told = list(data)
    for number, trace in enumerate(data):
        own = colors[number % len(colors)]
        if _kind(trace) in _SLICES:
            told[number] = _slices(trace, layout, style)
        elif _kind(trace) in _BODIES:
            told[number] = _body(trace, number, style)
        elif _kind(trace) in _AREAS:
            told[number] = _area(trace, own, taken)
        elif number in lines:
            line = _line(trace, lines.index(number)) if len(lines) > 1 else trace
            told[number] = _filled(line, own, taken) if _is_filled(trace) else line
    return told


def _area(trace: Trace, own: str, taken: list[tuple[float, str]]) -> Trace:
    marker = trace.get("marker", {})
    pattern = marker.get("pattern", {})
    grey = _grey(marker.get("color", own))
    if grey is None or not isinstance(pattern.get("shape", ""), str):
        return trace  # coloured bar by bar: the figure knows what it does
    shape = pattern.get("shape") or _shape(grey, taken)
    taken.append((grey, shape))
    if not shape or "shape" in pattern:
        return trace
    edge = {**_EDGE, "color": marker.get("color", own)}
    hatched = {"line": edge, **marker, "pattern": {**_HATCH, **pattern, "shape": shape}}
    return {**trace, "marker": hatched}


def _body(trace: Trace, number: int, style: Style) -> Trace:
    """A box or a violin that says no colour: dark lines, so that the median is seen, on a ground of its own."""
    said = (trace.get("fillcolor"), trace.get("line", {}).get("color"), trace.get("marker", {}).get("color"))
    if any(said):
        return trace
    dark, *light = series_colors(style)
    grounds = [WHITE, *light]
    inks = {name: {"color": dark, **trace.get(name, {})} for name in ("line", "marker")}
    return {**trace, **inks, "fillcolor": grounds[number % len(grounds)]}


def _is_filled(trace: Trace) -> bool:
    return trace.get("fill", "none") != "none" or bool(trace.get("stackgroup"))


def _filled(trace: Trace, own: str, taken: list[tuple[float, str]]) -> Trace:
    """The area under a line."""
    pattern = trace.get("fillpattern", {})
    fill = trace.get("fillcolor")
    line = trace.get("line", {}).get("color", own)
    grey = _grey(fill) if fill is not None else _grey(line, _FILLED)
    if grey is None:
        return trace
    shape = pattern.get("shape") or _shape(grey, taken)
    taken.append((grey, shape))
    if not shape or "shape" in pattern:
        return trace
    hatch = {**_HATCH, "fgcolor": line, "bgcolor": WHITE}
    return {**trace, "fillpattern": {**hatch, **pattern, "shape": shape}}


def _line(trace: Trace, number: int) -> Trace:
    dash, symbol = DASHES[number % len(DASHES)], SYMBOLS[number % len(SYMBOLS)]
    line, marker = {"dash": dash, **trace.get("line", {})}, {"symbol": symbol, **trace.get("marker", {})}
    return {**trace, "line": line, "marker": marker}


def _slices(trace: Trace, layout: dict[str, Any], style: Style) -> Trace:
    """Parts of a whole, each with a colour and a hatching of its own."""
    colors = _texts(layout.get("colorway")) or list(series_colors(style))
    colors = _texts(layout.get(f"{trace['type']}colorway")) or colors
    marker = trace.get("marker", {})
    labels = trace.get("labels") or list(range(len(trace.get("values", ()))))
    if "shape" in marker.get("pattern", {}) or not isinstance(labels, list):
        return trace
    given = marker.get("colors")
    given = given if isinstance(given, list) else []
    numbers = {label: number for number, label in enumerate(dict.fromkeys(map(str, labels)))}
    taken: list[tuple[float, str]] = []
    signs: dict[str, tuple[str, str]] = {}
    for place, label in enumerate(map(str, labels)):
        if label in signs:
            continue
        own = given[place] if place < len(given) and given[place] else colors[numbers[label] % len(colors)]
        grey = _grey(own)
        shape = "" if grey is None else _shape(grey, taken)
        taken += [] if grey is None else [(grey, shape)]
        signs[label] = (own, shape)
    drawn = [signs[label] for label in map(str, labels)]
    pattern = {**_HATCH, **marker.get("pattern", {}), "shape": [shape for _, shape in drawn]}
    signed = {**marker, "colors": [own for own, _ in drawn]}
    return {**trace, "marker": {**signed, "pattern": pattern} if any(shape for _, shape in drawn) else signed}


def _shape(grey: float, taken: Sequence[tuple[float, str]]) -> str:
    """The first hatching that no area of about that grey has yet; when all are taken, that of the furthest grey."""
    free = (shape for shape in PATTERNS if all(told_apart(grey, one) for one, its in taken if its == shape))
    return next(free, PATTERNS[len(taken) % len(PATTERNS)])


def _grey(value: object, alpha: float = 1.0) -> float | None:
    """Lightness of a colour; None for a list of them, a number on a scale and what no colour is."""
    if not isinstance(value, str):
        return None
    try:
        seen = color(value, alpha)
    except ChartError:
        return None
    return 100.0 if seen is None else lightness(seen)


def _kind(trace: Trace) -> str:
    if trace.get("visible", True) is not True:
        return ""
    return str(trace.get("type", "scatter"))


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
