"""plotly.js as the plotly package has it: where it lies, its version, and the text that an engine starts soonest with.

To start an engine is to read plotly.js, and most of that is what a digest never draws: maps, solids, WebGL. So of a
version that is known (`plotly_parts.json`: where its modules begin and end) the engine is handed the core with the
traces of a usual digest first, and the rest of the SVG traces with the first figure that asks for them. A version that
is not known is read whole. Nothing of plotly.js is kept here but these places.
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INSTALL: Final = "请安装：pip install plotly mini-racer"
"""What to do where nothing to draw with is installed."""

_WRAPPER: Final = re.compile(
    r"\s*(?:/\*.{0,400}?\*/)?\s*\(.{0,400}?\(typeof self [^\n]*, \(\) => \{\n(.*)\nreturn Plotly;\n\}\)\);?\s*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Script:
    """plotly.js in JavaScript: what is read `first`, which traces it draws, and what is read `later` for the others.

    `traces` is empty where everything is read first.
    """

    first: str
    traces: frozenset[str] = frozenset()
    later: str = ""

    def wants_more(self, figure: Mapping[str, object]) -> bool:
        """Whether a figure needs what is read later."""
        return bool(self.traces) and (not _kinds_in(figure.get("data")) <= self.traces or _dated(figure))


def plotly_js() -> Path:
    """Where the plotly package keeps its plotly.js. `ChartError` C101 when the package is absent."""
    spec = find_spec("plotly")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "package_data" / "plotly.min.js"
        if path.is_file():
            return path
    message = "没有装 plotly，画不了图"
    raise ChartError(message, code="C101", hint=INSTALL)


def plotly_js_version() -> str:
    """Version that plotly.js gives itself in its first lines."""
    with plotly_js().open(encoding="utf-8") as file:
        match = re.search(r"plotly\.js v([\w.-]+)", file.read(400))
    return match.group(1) if match else "unknown"


def plotly_script() -> Script:
    """The script to start an engine with."""
    content = plotly_js().read_bytes()
    parts = known_parts()
    if hashlib.sha256(content).hexdigest() != parts["sha256"]:
        return Script(whole(content))
    first, later = ("".join(_ascii(piece) for piece in _pieces(content, parts[when])) for when in ("first", "later"))
    core, register = parts["core"], parts["register"]
    opened = f"{first}\nvar p={core}();p.register([{register['first']}]);p.digestMore=code=>eval(code);return p}})();"
    more = f"{later}\n{core}().register([{register['later']}]);0"  # evaluated in the scope of the other modules
    return Script(
        f"{opened}window.Plotly=Plotly;", frozenset(parts["traces"]), f"Plotly.digestMore({json.dumps(more)})"
    )


@cache
def known_parts() -> dict[str, Any]:
    """The version that is known: `version`, `size`, `sha256`, and places in bytes of what is read first and later."""
    text = resources.files("digest.charts").joinpath("plotly_parts.json").read_text(encoding="utf-8")
    parts: dict[str, Any] = json.loads(text)
    return parts


def whole(content: bytes) -> str:
    """All of plotly.js in the form that starts soonest: a quarter of the time is saved.

    Without the wrapper for module systems, whose functions would have all of it parsed once more, and in ASCII, which
    V8 keeps and reads as a byte a character. Where either cannot be done safely the text stays as it is.
    """
    text = content.decode("utf-8")
    with contextlib.suppress(UnicodeEncodeError):
        text = text.encode("ascii", _ESCAPES).decode("ascii")
    bare = _WRAPPER.fullmatch(text)
    return bare.group(1) if bare else text


def _pieces(content: bytes, places: Iterable[tuple[int, int]]) -> Iterable[bytes]:
    return (content[start:end] for start, end in places)


def _ascii(piece: bytes) -> str:
    return piece.decode("utf-8").encode("ascii", _ESCAPES).decode("ascii")


def _kinds_in(data: object) -> set[str]:
    traces = data if isinstance(data, list) else []
    return {str(trace.get("type", "scatter")) for trace in traces}


def _dated(figure: object) -> bool:
    """Whether dates of a calendar other than ours may be in it."""
    match figure:
        case dict():
            return any("calendar" in key or _dated(value) for key, value in figure.items() if key != "template")
        case list():
            return any(_dated(value) for value in figure if isinstance(value, dict))
        case _:
            return False


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""Characters beyond ASCII as `\u` escapes, the same in a string, in a pattern and in a name of JavaScript."""
    if not isinstance(error, UnicodeEncodeError) or error.object[error.start - 1 : error.start] == "\\":
        raise error  # the escape would be read as two other characters
    units = error.object[error.start : error.end].encode("utf-16-be")
    return "".join(f"\\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True)), error.end


_ESCAPES: Final = "digest-javascript"
codecs.register_error(_ESCAPES, _escaped)
