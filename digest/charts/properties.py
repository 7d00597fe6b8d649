"""Properties of SVG elements: the cascade of attributes and `style`, lengths (SVG 1.1 chapter 6, CSS 2.1).

Every attribute and property is in one of the tables below. What is in none of them would change the picture in a way
nobody here knows, so it is refused by name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.charts.paths import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

INHERITED: Final[dict[str, str]] = {
    # property: its value at the root
    "fill": "black",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "clip-rule": "nonzero",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "stroke-dasharray": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "font-family": "",
    "font-size": "12",
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-transform": "none",
    "text-anchor": "start",
    "text-shadow": "none",
    "visibility": "visible",
}

OWN: Final[dict[str, str]] = {
    # property that children do not inherit: its value where nothing is said
    "opacity": "1",
    "display": "inline",
    "clip-path": "none",
    "text-decoration-line": "none",
    "vector-effect": "none",
    "stop-color": "black",
    "stop-opacity": "1",
    "background": "none",
    "overflow": "",
}

PLAIN_ONLY: Final[dict[str, tuple[str, ...]]] = {
    # property: the values that change nothing; any other is refused
    "font-stretch": ("normal",),
    "text-decoration-style": ("solid",),
    "transform": ("none",),
    "letter-spacing": ("normal", "0", "0px"),
    "word-spacing": ("normal", "0", "0px"),
    "dominant-baseline": ("auto", "alphabetic"),
    "baseline-shift": ("baseline", "0"),
    "direction": ("ltr",),
    "writing-mode": ("lr-tb", "horizontal-tb"),
    "stroke-dashoffset": ("0", "0px"),
    "mask": ("none",),
    "filter": ("none",),
    "mix-blend-mode": ("normal",),
    "paint-order": ("normal", "fill", "fill stroke"),
    "clip": ("auto",),
    "white-space": ("pre",),
    "color-interpolation": ("sRGB",),
}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


WITHOUT_EFFECT: Final = _names(
    # on screen or for the mouse only
    "class id lang role tabindex cursor pointer-events user-select -webkit-user-select shape-rendering text-rendering "
    "image-rendering color-rendering box-sizing position left top right bottom z-index touch-action will-change "
    "transition outline onclick updatemenu-active-index version baseProfile contentEditable alignment-baseline"
)

GEOMETRY: Final[dict[str, frozenset[str]]] = {
    # element: the attributes that say where it is
    tag: _names(names)
    for tag, names in {
        "svg": "x y width height viewBox preserveAspectRatio",
        "g": "width height",  # plotly.js sizes the groups of tables; a group has no size
        "defs": "",
        "path": "d",
        "rect": "x y width height rx ry",
        "line": "x1 y1 x2 y2",
        "circle": "cx cy r",
        "ellipse": "cx cy rx ry",
        "polygon": "points",
        "polyline": "points",
        "text": "x y dx dy",
        "tspan": "x y dx dy",
        "image": "x y width height href preserveAspectRatio",
        "clipPath": "clipPathUnits",
        "pattern": "x y width height patternUnits patternContentUnits patternTransform",
        "linearGradient": "x1 y1 x2 y2 gradientUnits gradientTransform spreadMethod",
        "radialGradient": "cx cy r fx fy gradientUnits gradientTransform spreadMethod",
        "stop": "offset",
        "style": "type",
        "title": "",
        "desc": "",
        "a": "href target show",
    }.items()
}

_LENGTH: Final = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|em|%|)\s*")
_DECLARATION_END: Final = re.compile(r";(?![^(]*\))")
_REMEMBERED: Final = 8192
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")

_UNSAID: Final = frozenset(("false", "true", "undefined", "null", "NaN", "NaNpx"))
"""What a script writes where it had no value; in no property is that a value, so browsers pass over it."""

_ENUMERATED: Final[dict[str, tuple[str, ...]]] = {
    # property: its values; browsers pass over any other
    "text-anchor": ("start", "middle", "end"),
    "stroke-linecap": ("butt", "round", "square"),
    "stroke-linejoin": ("miter", "round", "bevel"),
    "fill-rule": ("nonzero", "evenodd"),
    "clip-rule": ("nonzero", "evenodd"),
}

_LONG: Final = {"text-decoration": "text-decoration-line"}  # where only a line is named both say the same
_SPECIFIC: Final = frozenset(("style", "transform"))  # read apart from the look
_NO_LOOK: Final = {tag: names | WITHOUT_EFFECT | _SPECIFIC for tag, names in GEOMETRY.items()}


class Pen(NamedTuple):
    """How a shape is painted: what a look says of fill and stroke, read once. Widths are in user units."""

    fill: str
    fill_opacity: float
    fill_reference: str | None
    stroke: str
    stroke_opacity: float
    width: float
    dash: tuple[float, ...]
    miter_limit: float
    even_odd: bool
    scales: bool  # whether the stroke grows with what holds it
    visible: bool


class Look:
    """The computed properties of one element. Elements that say the same inside the same parent share one."""

    __slots__ = ("_inside", "_pen", "opacity", "shown", "size", "values")

    values: Mapping[str, str]
    size: float
    """Font size in user units."""
    opacity: float
    """Opacity of the element itself, from 0 to 1."""
    shown: bool
    """Whether there is anything of the element to be seen."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """Take every property of `INHERITED` and `OWN`, the font size as a number."""
        self.values = values
        self.size = float(values["font-size"])
        self.opacity = min(max(self.number("opacity"), 0.0), 1.0)
        self.shown = values["display"] != "none" and self.opacity > 0
        self._pen: Pen | None = None
        self._inside: dict[tuple[object, ...], Look] = {}

    def __getitem__(self, name: str) -> str:
        """Value of a property, as text."""
        return self.values[name]

    def number(self, name: str) -> float:
        """Value of a property as a number in user units."""
        return length(self.values[name], name)

    @property
    def pen(self) -> Pen:
        """How shapes of this look are painted. `ChartError` C105 for what is not understood."""
        if self._pen is None:
            self._pen = self._read_pen()
        return self._pen

    def _read_pen(self) -> Pen:
        values = self.values
        if values["vector-effect"] not in ("none", "non-scaling-stroke"):
            raise refuse(f"vector-effect: {values['vector-effect']}")
        dash = lengths(values["stroke-dasharray"], "stroke-dasharray")
        return Pen(
            values["fill"],
            self.number("fill-opacity"),
            reference(values["fill"]),
            values["stroke"],
            self.number("stroke-opacity"),
            self.number("stroke-width"),
            dash * 2 if len(dash) % 2 else dash,
            self.number("stroke-miterlimit"),
            values["fill-rule"] == "evenodd",
            values["vector-effect"] == "none",
            values["visibility"] == "visible",
        )

    def inside(self, element: Element, tag: str) -> Look:
        """The look of an element in an element of this look; `style` wins over attributes. `ChartError` C105."""
        ignored = _NO_LOOK.get(tag)
        if ignored is None:
            raise refuse(f"<{tag}>")
        attributes = element.attrib
        said = (attributes.get("style"), *[item for item in attributes.items() if item[0] not in ignored])
        look = self._inside.get(said)
        if look is None:
            look = self._inside[said] = self._made(element, tag)
        return look

    def _made(self, element: Element, tag: str) -> Look:
        values = {name: self.values[name] for name in INHERITED} | OWN
        for name, value in _said(element, tag):
            if value in _UNSAID or value not in _ENUMERATED.get(name, (value,)):
                continue
            if name in values:
                values[name] = values[name] if value == "inherit" else value
            elif name in PLAIN_ONLY:
                if value not in PLAIN_ONLY[name]:
                    raise refuse(f"{tag} {name}: {value}")
            elif name not in WITHOUT_EFFECT and not name.startswith(("data-", "aria-")):
                raise refuse(f"{tag} {name}: {value}")
        values["font-size"] = repr(_font_size(values["font-size"], self))
        return Look(values)


def root_look() -> Look:
    """What a document begins with."""
    return Look({**INHERITED, **OWN})


@lru_cache(64)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def tag_of(element: Element) -> str:
    """Name of an element without its namespace."""
    return _local(element.tag)


def _said(element: Element, tag: str) -> list[tuple[str, str]]:
    """What an element says of its look, attributes first."""
    geometry = GEOMETRY[tag] | _SPECIFIC
    said = []
    for key, value in element.attrib.items():
        name = _local(key)
        if name not in geometry:
            said.append((_LONG.get(name, name), value.strip()))
    return [*said, *_declarations(element.get("style", ""))]


@lru_cache(_REMEMBERED)
def _declarations(style: str) -> tuple[tuple[str, str], ...]:
    said = []
    for declaration in _DECLARATION_END.split(style):
        name, colon, value = declaration.partition(":")
        if colon:
            said.append((_LONG.get(name.strip(), name.strip()), value.replace("!important", "").strip()))
    return tuple(said)


def _font_size(value: str, parent: Look) -> float:
    match = _LENGTH.fullmatch(value)
    if match is None:
        raise refuse(f"font-size: {value}")
    number, unit = float(match.group(1)), match.group(2)
    if unit == "%":
        return number / 100 * parent.size
    return number * parent.size if unit == "em" else number


def length(text: str, name: str, size: float = 0.0) -> float:
    """A length in user units (px); `em` counts in `size`. `ChartError` C105 names what is no length."""
    number, unit = _number(text)
    if unit is None or unit == "%":
        raise refuse(f"{name}: {text}")
    return number * size if unit == "em" else number


@lru_cache(_REMEMBERED)
def _number(text: str) -> tuple[float, str | None]:
    """Number and unit; no unit at all where the text is no length."""
    match = _LENGTH.fullmatch(text)
    return (float(match.group(1)), match.group(2)) if match else (0.0, None)


def at(element: Element, name: str, default: float = 0.0) -> float:
    """A length among the attributes of an element."""
    text = element.get(name)
    if text is None:
        return default
    number, unit = _number(text)
    if unit:
        return length(text, f"{tag_of(element)} {name}")
    if unit is None:
        raise refuse(f"{tag_of(element)} {name}: {text}")
    return number


def share(text: str, name: str) -> float:
    """A number, or a percentage as its hundredth."""
    number, unit = _number(text)
    if unit not in ("%", ""):
        raise refuse(f"{name}: {text}")
    return number / 100 if unit else number


def lengths(text: str, name: str) -> tuple[float, ...]:
    """A list of lengths such as a dash array; empty for `none`."""
    if text in ("none", ""):
        return ()
    return tuple(length(part, name) for part in re.split(r"[\s,]+", text.strip()))


def reference(text: str) -> str | None:
    """The id that `url(#…)` names; None where the text is something else."""
    match = _REFERENCE.fullmatch(text)
    return match.group(1) if match else None
