"""Colours as CSS writes them: names, `#rgb` to `#rrggbbaa`, `rgb()` and `hsl()` (CSS Color 4)."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import Final

from digest.charts.paths import refuse
from digest.drawing import Color

Channels = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""

_NAMES: Final = """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000
blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00
chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b
darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b
darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a
darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1
darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222
floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520
gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082
ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3
lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899
lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6
magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db
mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6
olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98
paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd
powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513
salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb
slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c
teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5
yellow ffff00 yellowgreen 9acd32
"""

NAMED_COLORS: Final = {name: f"#{code}" for name, code in re.findall(r"(\w+)\s(\w{6})\s", _NAMES)}
"""Name -> `#rrggbb`, the whole list of CSS."""

_HEX: Final = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION: Final = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_PART: Final = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|deg)?")
_REMEMBERED: Final = 4096


@lru_cache(_REMEMBERED)
def color(text: str, alpha: float = 1.0) -> Color | None:
    """The colour a text names, at an opacity; None for `none` and for what cannot be seen. `ChartError` C105."""
    channels = channels_of(text)
    if channels is None:
        return None
    red, green, blue, own = channels
    visible = round(min(max(own * alpha, 0.0), 1.0), 4)
    return Color(red, green, blue, visible) if visible > 0 else None


def channels_of(text: str) -> Channels | None:
    """What a text names, seen or not; None for `none`. `ChartError` C105 for what is no colour."""
    plain = text.strip().lower()
    if plain in ("none", ""):
        return None
    if plain == "transparent":
        return 0.0, 0.0, 0.0, 0.0
    found = _function(plain) if plain.endswith(")") else _hex(NAMED_COLORS.get(plain, plain))
    if found is None:
        raise refuse(f"颜色 {text.strip()}")
    return found


def _hex(text: str) -> Channels | None:
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:] if len(text) > 5 else "".join(digit * 2 for digit in text[1:])  # noqa: PLR2004 - #rgb, #rgba
    parts = [round(int(digits[i : i + 2], 16) / 255, 5) for i in range(0, len(digits), 2)]
    return parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0  # noqa: PLR2004 - the opacity


def _function(text: str) -> Channels | None:
    match = _FUNCTION.fullmatch(text)
    words = match.group(2).replace(",", " ").replace("/", " ").split() if match else []
    parts = [_PART.fullmatch(word) for word in words]
    if match is None or len(parts) not in (3, 4) or not all(parts):
        return None
    values = [(float(part.group(1)), part.group(2) or "") for part in parts if part]
    alpha = _share(*values[3]) if len(values) > 3 else 1.0  # noqa: PLR2004 - the opacity
    if match.group(1) == "rgb":
        red, green, blue = (value / 100 if unit == "%" else value / 255 for value, unit in values[:3])
    else:
        (hue, _), (saturation, _), (lightness, _) = values[:3]
        red, green, blue = colorsys.hls_to_rgb(hue / 360 % 1, lightness / 100, saturation / 100)
    return _channel(red), _channel(green), _channel(blue), alpha


def _share(value: float, unit: str) -> float:
    return value / 100 if unit == "%" else value


def _channel(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 5)
