"""A second sign for every series, beside its colour: hatching of areas, dashes and marks of lines.

Areas are hatched only where two of them would be of one grey; lines, which are thin, differ by dash and mark as soon as
there are two. What a figure says itself is reckoned with and never changed, unless it says the same of every line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from digest.charts.colors import color
from digest.charts.theme import WHITE, series_colors
from digest.errors import ChartError
from digest.grey import lightness, told_apart

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
_SIGNS: Final = (("line", "dash"), ("marker", "symbol"))
_PLAIN: Final = {"dash": "solid", "symbol": "circle"}
_ROWS: Final = {"dash": DASHES, "symbol": SYMBOLS}
_HATCH: Final[dict[str, Any]] = {"size": 5, "solidity": 0.3}
_EDGE: Final = {"width": 0.6}
_CLEAR: Final = 100.0
_FILLED: Final = 0.5  # opacity plotly.js fills the area under a line with

Trace = dict[str, Any]


def told_apart_series(data: Sequence[Trace], layout: dict[str, Any], style: Style) -> list[Trace]:
    """The same traces, every series to be told from the others in grey; traces of one name or group are one series."""
    colors = _texts(layout.get("colorway")) or list(series_colors(style))
    hatched = _Hatching()
    series = [str(trace.get("legendgroup") or trace.get("name") or number) for number, trace in enumerate(data)]
    lines = [number for number, trace in enumerate(data) if _kind(trace) in _LINES]
    order = list(dict.fromkeys(series[number] for number in lines))
    alike = {sign: _alike([data[number] for number in lines], part, sign) for part, sign in _SIGNS}
    told = list(data)
    for number, trace in enumerate(data):
        own = colors[number % len(colors)]
        if _kind(trace) in _SLICES:
            told[number] = _slices(trace, layout, style)
        elif _kind(trace) in _BODIES:
            told[number] = _body(trace, number, style)
        elif _kind(trace) in _AREAS:
            told[number] = _area(trace, own, series[number], hatched)
        elif _kind(trace) in _LINES:
            line = _line(trace, order.index(series[number]), alike) if len(order) > 1 else trace
            told[number] = _filled(line, own, series[number], hatched) if _is_filled(trace) else line
    return told


class _Hatching:
    """Which hatching every series has: the first one that no other area of about that grey has yet."""

    def __init__(self) -> None:
        self._taken: list[tuple[float, str]] = []
        self._of: dict[str, str] = {}

    def of(self, series: str, grey: float, said: str = "") -> str:
        if series not in self._of:
            self._of[series] = said or self._free(grey)
            self._taken.append((grey, self._of[series]))
        return self._of[series]

    def _free(self, grey: float) -> str:
        """When all are taken, it goes round."""
        free = (shape for shape in PATTERNS if all(told_apart(grey, one) for one, its in self._taken if its == shape))
        return next(free, PATTERNS[len(self._taken) % len(PATTERNS)])


def _area(trace: Trace, own: str, series: str, hatched: _Hatching) -> Trace:
    marker = trace.get("marker", {})
    pattern = marker.get("pattern", {})
    said = pattern.get("shape", "")
    grey = _grey(marker.get("color", own))
    if grey is None or not isinstance(said, str):
        return trace  # coloured bar by bar: the figure knows what it does
    shape = hatched.of(series, grey, said)
    if said or not shape:
        return trace
    edge = {**_EDGE, "color": marker.get("color", own)}
    return {**trace, "marker": {"line": edge, **marker, "pattern": {**_HATCH, **pattern, "shape": shape}}}


def _body(trace: Trace, number: int, style: Style) -> Trace:
    """A box or a violin that says no colour: dark lines, so that the median is seen, on a ground of its own."""
    said = (trace.get("fillcolor"), trace.get("line", {}).get("color"), trace.get("marker", {}).get("color"))
    if any(said):
        bare = said[2] is None and _grey(said[1]) == _CLEAR  # points beside a box that is not to be seen
        return {**trace, "marker": {"color": series_colors(style)[0], **trace.get("marker", {})}} if bare else trace
    dark, *light = series_colors(style)
    grounds = [WHITE, *light]
    inks = {name: {"color": dark, **trace.get(name, {})} for name in ("line", "marker")}
    return {**trace, **inks, "fillcolor": grounds[number % len(grounds)]}


def _is_filled(trace: Trace) -> bool:
    return trace.get("fill", "none") != "none" or bool(trace.get("stackgroup"))


def _filled(trace: Trace, own: str, series: str, hatched: _Hatching) -> Trace:
    """The area under a line."""
    pattern, fill = trace.get("fillpattern", {}), trace.get("fillcolor")
    line = trace.get("line", {}).get("color", own)
    said = pattern.get("shape", "")
    grey = _grey(fill) if fill is not None else _grey(line, _FILLED)
    if grey is None or not isinstance(said, str):
        return trace
    shape = hatched.of(series, grey, said)
    if said or not shape:
        return trace
    hatch = {**_HATCH, "fgcolor": line, "bgcolor": WHITE}
    return {**trace, "fillpattern": {**hatch, **pattern, "shape": shape}}


def _alike(lines: Sequence[Trace], part: str, sign: str) -> bool:
    """Whether all lines say the same or nothing of it, which tells none of them from the others."""
    return len({str(line.get(part, {}).get(sign, _PLAIN[sign])) for line in lines}) == 1


def _line(trace: Trace, number: int, alike: dict[str, bool]) -> Trace:
    """A line with the dash and the mark of its number, where lines are alike in them."""
    told = dict(trace)
    for part, sign in _SIGNS:
        if alike[sign]:
            told[part] = {**trace.get(part, {}), sign: _ROWS[sign][number % len(_ROWS[sign])]}
    return told


def _slices(trace: Trace, layout: dict[str, Any], style: Style) -> Trace:
    """Parts of a whole, each with a colour and a hatching of its own."""
    colors = _texts(layout.get("colorway")) or list(series_colors(style))
    colors = _texts(layout.get(f"{trace['type']}colorway")) or colors
    marker = trace.get("marker", {})
    labels = trace.get("labels") or list(range(len(trace.get("values", ()))))
    if marker.get("pattern", {}).get("shape") or not isinstance(labels, list):
        return trace
    given = marker.get("colors")
    given = given if isinstance(given, list) else []
    numbers = {label: number for number, label in enumerate(dict.fromkeys(map(str, labels)))}
    hatched = _Hatching()
    signs: dict[str, tuple[str, str]] = {}
    for place, label in enumerate(map(str, labels)):
        if label in signs:
            continue
        own = given[place] if place < len(given) and given[place] else colors[numbers[label] % len(colors)]
        grey = _grey(own)
        signs[label] = (own, "" if grey is None else hatched.of(label, grey))
    drawn = [signs[label] for label in map(str, labels)]
    pattern = {**_HATCH, **marker.get("pattern", {}), "shape": [shape for _, shape in drawn]}
    signed = {**marker, "colors": [own for own, _ in drawn]}
    return {**trace, "marker": {**signed, "pattern": pattern} if any(shape for _, shape in drawn) else signed}


def _grey(value: object, alpha: float = 1.0) -> float | None:
    """Lightness of a colour; None for a list of them, a number on a scale and what no colour is."""
    if not isinstance(value, str):
        return None
    try:
        seen = color(value, alpha)
    except ChartError:
        return None
    return _CLEAR if seen is None else lightness(seen)


def _kind(trace: Trace) -> str:
    if trace.get("visible", True) is not True:
        return ""
    return str(trace.get("type", "scatter"))


def _texts(value: object) -> list[str]:
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
