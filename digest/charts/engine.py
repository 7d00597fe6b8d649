"""The first engine: the plotly package's own plotly.js inside this process, over the small document of `dom.js`.

A figure goes in as plain Plotly JSON and comes out as SVG, the same bytes in whatever order figures are drawn. Text is
measured with the advances of the faces that will print it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from importlib import resources
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Protocol

from digest.charts.kerning import LETTERS, kerns_of
from digest.charts.live import Live
from digest.charts.plotly_js import plotly_js_version
from digest.charts.voices import DEFAULT, FAMILIES, INVISIBLE, VOICES
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from digest.fonts import FontSet

SECONDS: Final = 30.0
"""Time one figure may take."""

MEMORY: Final = 768 * 2**20
"""Bytes the engine may hold while it draws one figure."""

HEAP: Final = 256 * 2**20
"""Bytes after which a running engine is exchanged for a new one; thousands of charts leave far less."""

_START_SECONDS: Final = 60.0  # loading plotly.js takes half a second; a loaded machine gets time
_ROUNDS: Final = 8  # each round measures characters that nobody saw coming, such as the minus sign of an axis
_COMMON: Final = "".join(map(chr, range(0x20, 0x7F))) + "−–—…×±°·μ年月日上下午星期周一二三四五六七八九十"


def locale_js() -> str:
    """Chinese dates and numbers for plotly.js, as JavaScript."""
    return resources.files("digest.charts").joinpath("locale.js").read_text(encoding="utf-8")


def dom_js() -> str:
    """Our document and the locale, as JavaScript."""
    return locale_js() + resources.files("digest.charts").joinpath("dom.js").read_text(encoding="utf-8")


def engine_version() -> str:
    """What the SVG of a figure depends on besides the figure and the faces: plotly.js and our document."""
    return f"{plotly_js_version()}+{hashlib.sha256(dom_js().encode()).hexdigest()}"


class Racer(Protocol):
    """A script engine that runs."""

    def eval(self, code: str, *, timeout_sec: float | None = None) -> object:
        """What the code says, within so many seconds."""

    def heap_stats(self) -> Mapping[str, int]:
        """`used_heap_size`, in bytes."""


class Life(Protocol):
    """One run of a script engine, from its start in the background to its end."""

    def racer(self, figure: dict[str, Any]) -> Racer:
        """The engine, as soon as it can draw that figure."""

    def end(self) -> None:
        """Stop whatever runs."""


class InProcess(Live):
    """The engine, a context manager: it starts once, is usable again after any failure, and draws for one at a time.

    It lives on an event loop in a thread of its own, which is there from the start of the engine to its end.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY, heap: int = HEAP) -> None:
        """Engine that stops a figure after `seconds` or beyond `memory` bytes, and is renewed once `heap` are held."""
        self._seconds = seconds
        self._memory = memory
        self._heap = heap
        self._drawing = threading.RLock()
        self._life: Life | None = None
        self._fonts: FontSet | None = None
        self._known: dict[str, set[str]] = {}

    def start(self) -> None:
        """Begin to start the engine unless it runs, and come back at once. What goes wrong, the next figure raises."""
        self._begun()

    @property
    def running(self) -> bool:
        """Whether the engine runs or is about to."""
        return self._life is not None

    def close(self) -> None:
        """Stop the engine, in the middle of its start if need be; the next figure starts it anew."""
        life, self._life = self._life, None
        self._fonts, self._known = None, {}
        if life is not None:
            life.end()

    def draw(self, figure: dict[str, Any], width: float, height: float, fonts: FontSet) -> str:
        """SVG of a figure of plain JSON values, in a box of that many points, its text measured with these faces.

        `ChartError`: C101 nothing to draw with is installed, C102 time limit, C103 memory limit, C104 plotly.js refused
        the figure. `GlyphError` where no face has a character of its text.
        """
        job = json.dumps(
            {"data": figure.get("data", []), "layout": figure.get("layout", {}), "width": width, "height": height},
            ensure_ascii=False,
            allow_nan=False,
        )
        with self._drawing:
            try:
                racer = self._racer_for(fonts, figure)
                svg = self._rounds(racer, job, fonts)
                if racer.heap_stats()["used_heap_size"] > self._heap:
                    self.close()
            except BaseException:
                self.close()  # whatever is left of the figure inside is not worth keeping
                raise
            return svg

    def _racer_for(self, fonts: FontSet, figure: dict[str, Any]) -> Racer:
        """The running engine, anew for faces other than the last: plotly.js remembers how wide a text was."""
        if self._fonts is not None and fonts is not self._fonts and _files(fonts) != _files(self._fonts):
            self.close()
        life = self._begun()
        with self._as_chart_errors(_START_SECONDS):
            racer = life.racer(figure)
        self._fonts = fonts
        return racer

    def _begun(self) -> Life:
        if self._life is None:
            self._life = _life()(self._memory, _START_SECONDS)
        return self._life

    def _rounds(self, racer: Racer, job: str, fonts: FontSet) -> str:
        deadline = time.monotonic() + self._seconds
        self._teach(racer, fonts, job if self._known else _COMMON + job, must=False)
        for _ in range(_ROUNDS):
            outcome = self._one_round(racer, job, deadline)
            if outcome["state"] == "drawn":
                return str(outcome["svg"])
            if outcome["state"] != "unknown":
                message = f"plotly.js 画不出这张图：{outcome.get('message') or outcome['state']}"
                raise ChartError(message, code="C104")
            for voice, characters in outcome["characters"].items():
                self._teach(racer, fonts, characters, must=True, voices=(voice,))
        message = "plotly.js 画不出这张图：文字总也量不完"
        raise ChartError(message, code="C104")

    def _one_round(self, racer: Racer, job: str, deadline: float) -> dict[str, Any]:
        self._run(racer, f"digestStart({json.dumps(job)});0", deadline)
        while True:
            outcome: dict[str, Any] = json.loads(str(self._run(racer, "digestStep()", deadline)))
            if outcome.get("message") == "out of memory":  # QuickJS tells the script, V8 stops it
                with self._as_chart_errors(self._seconds):
                    raise MemoryError
            if outcome["state"] != "busy":
                return outcome

    def _run(self, racer: Racer, code: str, deadline: float) -> object:
        with self._as_chart_errors(self._seconds):
            return racer.eval(code, timeout_sec=max(deadline - time.monotonic(), 0.001))

    @contextlib.contextmanager
    def _as_chart_errors(self, seconds: float) -> Iterator[None]:
        """What the engine raises, in our words."""
        try:
            yield
        except Exception as error:
            match type(error).__name__:  # the classes are in a module that may not be there
                case "JSTimeoutException" | "TimeoutError":
                    message = f"一张图画了 {seconds:g} 秒还没画完"
                    raise ChartError(message, code="C102", hint="减少数据点，或放宽时限") from error
                case "JSOOMException" | "MemoryError":
                    message = f"一张图用的内存超过 {self._memory // 2**20} MB"
                    raise ChartError(message, code="C103", hint="减少数据点") from error
                case "JSEvalException" | "JSParseException" | "JSException":
                    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
                    message = f"plotly.js 画不出这张图：{reason}"
                    raise ChartError(message, code="C104") from error
                case _:
                    raise

    def _teach(
        self, racer: Racer, fonts: FontSet, characters: str, *, must: bool, voices: tuple[str, ...] = VOICES
    ) -> None:
        """Give the document the advances of characters it has not seen. `must`: one without a face is an error."""
        faces: dict[str, Any] = {}
        for voice in voices:
            known = self._known.setdefault(voice, set())
            new = sorted(set(characters) - known)
            if not must:
                absent = set(fonts.missing(voice, "".join(c for c in new if c not in INVISIBLE)))
                new = [character for character in new if character not in absent]
            if not new:
                continue
            known.update(new)
            face = fonts.face(voice)
            faces[voice] = {
                "ascent": face.ascent,
                "descent": face.descent,
                "advances": {character: _advance(fonts, voice, character) for character in new},
                "inks": {letter: face.ink(letter) for letter in new if letter in LETTERS},
                "kerns": kerns_of(face),
            }
        if faces:
            tables = json.dumps({"families": FAMILIES, "fallback": DEFAULT, "faces": faces}, ensure_ascii=False)
            racer.eval(f"digestTextTables({json.dumps(tables)});0")


def _life() -> Callable[[int, float], Life]:
    """V8 where it is installed, else QuickJS, which is built for any machine."""
    if find_spec("py_mini_racer") or not find_spec("quickjs"):
        from digest.charts.script_engine import ScriptEngine  # noqa: PLC0415 - event loops take long to load

        return ScriptEngine
    from digest.charts.quick_engine import QuickEngine  # noqa: PLC0415 - rarely wanted

    return QuickEngine


def _files(fonts: FontSet) -> tuple[tuple[str, int, int], ...]:
    """What tells one set of face files from another."""
    stats = ((fonts.face(key).path, fonts.face(key).path.stat()) for key in fonts.keys())  # noqa: SIM118 - no mapping
    return tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)


def _advance(fonts: FontSet, voice: str, character: str) -> float:
    if character in INVISIBLE:
        return 0.0
    if character == "\u00a0":
        character = " "
    return fonts.face(fonts.choose(voice, character)).advance(character)
