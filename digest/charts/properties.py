"""Properties of SVG elements: the cascade of attributes and `style`, colours, lengths (SVG 1.1 chapter 6, CSS 2.1).

Every attribute and property is in one of the tables below. What is in none of them would change the picture in a way
nobody here knows, so it is refused by name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.charts.paths import refuse
from digest.drawing import Color

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
    "font-weight": "normal",
    "text-anchor": "start",
    "visibility": "visible",
}

OWN: Final[dict[str, str]] = {
    # property that children do not inherit: its value where nothing is said
    "opacity": "1",
    "display": "inline",
    "clip-path": "none",
    "transform": "none",
    "text-shadow": "none",
    "vector-effect": "none",
    "stop-color": "black",
    "stop-opacity": "1",
    "background": "none",
    "overflow": "",
}

PLAIN_ONLY: Final[dict[str, tuple[str, ...]]] = {
    # property: the values that change nothing; any other is refused
    "font-style": ("normal",),
    "font-variant": ("normal",),
    "font-stretch": ("normal",),
    "text-decoration": ("none",),
    "text-decoration-line": ("none",),
    "text-transform": ("none",),
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
    "transition outline version baseProfile contentEditable"
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
        "a": "",
    }.items()
}

_LENGTH: Final = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|em|%|)\s*")
_DECLARATION_END: Final = re.compile(r";(?![^(]*\))")
_FUNCTION: Final = re.compile(r"rgba?\(([^)]*)\)")
_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")

NAMED_COLORS: Final[dict[str, str]] = {
    # the sixteen of CSS 2.1 and some that figures use
    "black": "#000000", "silver": "#c0c0c0", "gray": "#808080", "grey": "#808080", "white": "#ffffff",
    "maroon": "#800000", "red": "#ff0000", "purple": "#800080", "fuchsia": "#ff00ff", "magenta": "#ff00ff",
    "green": "#008000", "lime": "#00ff00", "olive": "#808000", "yellow": "#ffff00", "navy": "#000080",
    "blue": "#0000ff", "teal": "#008080", "aqua": "#00ffff", "cyan": "#00ffff", "orange": "#ffa500",
    "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "darkgray": "#a9a9a9", "darkgrey": "#a9a9a9",
    "dimgray": "#696969", "gainsboro": "#dcdcdc", "whitesmoke": "#f5f5f5", "lightblue": "#add8e6",
    "steelblue": "#4682b4", "darkblue": "#00008b", "midnightblue": "#191970", "royalblue": "#4169e1",
    "skyblue": "#87ceeb", "crimson": "#dc143c", "darkred": "#8b0000", "firebrick": "#b22222", "tomato": "#ff6347",
    "coral": "#ff7f50", "gold": "#ffd700", "darkorange": "#ff8c00", "goldenrod": "#daa520", "brown": "#a52a2a",
    "pink": "#ffc0cb", "darkgreen": "#006400", "seagreen": "#2e8b57", "forestgreen": "#228b22",
    "lightgreen": "#90ee90", "indigo": "#4b0082", "violet": "#ee82ee", "salmon": "#fa8072", "khaki": "#f0e68c",
    "beige": "#f5f5dc", "ivory": "#fffff0", "slategray": "#708090",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """The computed properties of one element."""

    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Value of a property, as text."""
        return self.values[name]

    def number(self, name: str) -> float:
        """Value of a property as a number in user units."""
        return length(self.values[name], name)

    @property
    def size(self) -> float:
        """Font size in user units."""
        return float(self.values["font-size"])

    @property
    def opacity(self) -> float:
        """Opacity of the element itself, from 0 to 1."""
        return min(max(self.number("opacity"), 0.0), 1.0)


ROOT: Final = Look({**INHERITED, **OWN})


def tag_of(element: Element) -> str:
    """Name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def look_of(element: Element, parent: Look) -> Look:
    """Properties of an element inside a parent; `style` wins over attributes. `ChartError` C105 names the unknown."""
    tag = tag_of(element)
    values = {name: parent.values[name] for name in INHERITED} | OWN
    for name, value in _said(element, tag):
        if name in values:
            values[name] = values[name] if value == "inherit" else value
        elif name in PLAIN_ONLY:
            if value not in PLAIN_ONLY[name]:
                raise refuse(f"{tag} {name}: {value}")
        elif name not in WITHOUT_EFFECT and not name.startswith(("data-", "aria-")):
            raise refuse(f"{tag} {name}: {value}")
    values["font-size"] = str(_font_size(values["font-size"], parent))
    return Look(values)


def _said(element: Element, tag: str) -> list[tuple[str, str]]:
    """What an element says of its look, attributes first."""
    geometry = GEOMETRY.get(tag)
    if geometry is None:
        raise refuse(f"<{tag}>")
    said = []
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2]
        if name not in geometry and name != "style":
            said.append((name, value.strip()))
    for declaration in _DECLARATION_END.split(element.get("style", "")):
        name, colon, value = declaration.partition(":")
        if colon:
            said.append((name.strip(), value.replace("!important", "").strip()))
    return said


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
    match = _LENGTH.fullmatch(text)
    if match is None or match.group(2) == "%":
        raise refuse(f"{name}: {text}")
    return float(match.group(1)) * (size if match.group(2) == "em" else 1.0)


def at(element: Element, name: str, default: float = 0.0) -> float:
    """A length among the attributes of an element."""
    text = element.get(name)
    return default if text is None else length(text, f"{tag_of(element)} {name}")


def share(text: str, name: str) -> float:
    """A number, or a percentage as its hundredth."""
    match = _LENGTH.fullmatch(text)
    if match is None or match.group(2) not in ("%", ""):
        raise refuse(f"{name}: {text}")
    return float(match.group(1)) / (100 if match.group(2) else 1)


def lengths(text: str, name: str) -> tuple[float, ...]:
    """A list of lengths such as a dash array; empty for `none`."""
    if text in ("none", ""):
        return ()
    return tuple(length(part, name) for part in re.split(r"[\s,]+", text.strip()))


def reference(text: str) -> str | None:
    """The id that `url(#…)` names; None where the text is something else."""
    match = _REFERENCE.fullmatch(text)
    return match.group(1) if match else None


def color(text: str, alpha: float = 1.0) -> Color | None:
    """The colour a text names, at an opacity; None for `none` and for what cannot be seen. `ChartError` C105."""
    text = text.strip()
    if text in ("none", "transparent", ""):
        return None
    found = _rgb(text) if text.startswith("rgb") else _hex(NAMED_COLORS.get(text.lower(), text))
    if found is None:
        raise refuse(f"颜色 {text}")
    red, green, blue, own = found
    visible = round(min(max(own * alpha, 0.0), 1.0), 4)
    return Color(red, green, blue, visible) if visible > 0 else None


def _rgb(text: str) -> tuple[float, float, float, float] | None:
    match = _FUNCTION.fullmatch(text)
    if match is None:
        return None
    parts = [share(part, "颜色") * (255 if part.strip().endswith("%") and i < 3 else 1)  # noqa: PLR2004 - the alpha
             for i, part in enumerate(match.group(1).split(","))]  # fmt: skip
    if len(parts) not in (3, 4):
        return None
    red, green, blue = (round(min(max(part / 255, 0.0), 1.0), 5) for part in parts[:3])
    return red, green, blue, parts[3] if len(parts) > 3 else 1.0  # noqa: PLR2004 - the alpha


def _hex(text: str) -> tuple[float, float, float, float] | None:
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:] if len(text) > 4 else "".join(digit * 2 for digit in text[1:])  # noqa: PLR2004 - #rgb
    red, green, blue = (round(int(digits[i : i + 2], 16) / 255, 5) for i in (0, 2, 4))
    return red, green, blue, 1.0
