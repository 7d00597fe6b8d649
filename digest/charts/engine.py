"""The first engine: the plotly package's own plotly.js inside this process, over the small document of `dom.js`.

A figure goes in as plain Plotly JSON and comes out as SVG, the same bytes in whatever order figures are drawn. Text is
measured with the advances of the faces that will print it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import time
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from digest.charts.voices import DEFAULT, FAMILIES, INVISIBLE, VOICES
from digest.errors import ChartError

if TYPE_CHECKING:
    from types import TracebackType

    from py_mini_racer import MiniRacer

    from digest.fonts import FontSet

SECONDS: Final = 30.0
"""Time one figure may take."""

MEMORY: Final = 768 * 2**20
"""Bytes the engine may hold while it draws one figure."""

_START_SECONDS: Final = 60.0  # loading plotly.js takes half a second; a loaded machine gets time
_STOP_SECONDS: Final = 5.0
_ROUNDS: Final = 8  # each round measures characters that nobody saw coming, such as the minus sign of an axis
_COMMON: Final = "".join(map(chr, range(0x20, 0x7F))) + "−–—…×±°·μ年月日上下午星期周一二三四五六七八九十"

_INSTALL: Final = "请安装：pip install plotly mini-racer"


def plotly_js() -> Path:
    """Where the plotly package keeps its plotly.js. `ChartError` C101 when the package is absent."""
    spec = find_spec("plotly")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "package_data" / "plotly.min.js"
        if path.is_file():
            return path
    message = "没有装 plotly，画不了图"
    raise ChartError(message, code="C101", hint=_INSTALL)


def plotly_js_version() -> str:
    """Version that plotly.js gives itself in its first lines."""
    with plotly_js().open(encoding="utf-8") as file:
        match = re.search(r"plotly\.js v([\w.-]+)", file.read(400))
    return match.group(1) if match else "unknown"


def dom_js() -> str:
    """Our document, as JavaScript."""
    return resources.files("digest.charts").joinpath("dom.js").read_text(encoding="utf-8")


def engine_version() -> str:
    """What the SVG of a figure depends on besides the figure and the faces: plotly.js and our document."""
    return f"{plotly_js_version()}+{hashlib.sha256(dom_js().encode()).hexdigest()}"


class InProcess:
    """The engine, a context manager: it starts with the first figure and is usable again after any failure."""

    def __init__(self, fonts: FontSet, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Engine that measures with these faces and stops a figure after `seconds` or beyond `memory` bytes."""
        self._fonts = fonts
        self._seconds = seconds
        self._memory = memory
        self._racer: MiniRacer | None = None
        self._known: dict[str, set[str]] = {}

    def __enter__(self) -> Self:
        """Hand on the engine; nothing is started yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the engine."""
        self.close()

    def close(self) -> None:
        """Stop the engine if it runs; the next figure starts it anew."""
        racer, self._racer = self._racer, None
        self._known = {}
        if racer is not None:
            with contextlib.suppress(Exception):  # a figure that was stopped reports back before the engine goes
                racer.eval("0", timeout_sec=_STOP_SECONDS)
            racer.close()

    def draw(self, figure: dict[str, Any], width: float, height: float) -> str:
        """SVG of a figure of plain JSON values, in a box of that many points.

        `ChartError`: C101 nothing to draw with is installed, C102 time limit, C103 memory limit, C104 plotly.js refused
        the figure. `GlyphError` where no face has a character of its text.
        """
        job = json.dumps(
            {"data": figure.get("data", []), "layout": figure.get("layout", {}), "width": width, "height": height},
            ensure_ascii=False,
            allow_nan=False,
        )
        try:
            return self._rounds(job)
        except BaseException:
            self.close()  # whatever is left of the figure inside is not worth keeping
            raise

    def _rounds(self, job: str) -> str:
        deadline = time.monotonic() + self._seconds
        racer = self._racer or self._start()
        if not self._known:
            self._teach(_COMMON, must=False)
            deadline = time.monotonic() + self._seconds
        self._teach(job, must=False)
        for _ in range(_ROUNDS):
            outcome = self._one_round(racer, job, deadline)
            if outcome["state"] == "drawn":
                return str(outcome["svg"])
            if outcome["state"] != "unknown":
                message = f"plotly.js 画不出这张图：{outcome.get('message') or outcome['state']}"
                raise ChartError(message, code="C104")
            for voice, characters in outcome["characters"].items():
                self._teach(characters, must=True, voices=(voice,))
        message = "plotly.js 画不出这张图：文字总也量不完"
        raise ChartError(message, code="C104")

    def _one_round(self, racer: MiniRacer, job: str, deadline: float) -> dict[str, Any]:
        self._run(racer, f"digestStart({json.dumps(job)});0", deadline)
        while True:
            outcome: dict[str, Any] = json.loads(str(self._run(racer, "digestStep()", deadline)))
            if outcome["state"] != "busy":
                return outcome

    def _run(self, racer: MiniRacer, code: str, deadline: float) -> object:
        from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException  # noqa: PLC0415 - lazy

        left = max(deadline - time.monotonic(), 0.001)
        try:
            return racer.eval(code, timeout_sec=left)
        except (JSTimeoutException, TimeoutError) as error:
            message = f"一张图画了 {self._seconds:g} 秒还没画完"
            raise ChartError(message, code="C102", hint="减少数据点，或放宽时限") from error
        except JSOOMException as error:
            message = f"一张图用的内存超过 {self._memory // 2**20} MB"
            raise ChartError(message, code="C103", hint="减少数据点") from error
        except JSEvalException as error:
            message = f"plotly.js 画不出这张图：{str(error).splitlines()[0] if str(error) else type(error).__name__}"
            raise ChartError(message, code="C104") from error

    def _start(self) -> MiniRacer:
        script = plotly_js().read_text(encoding="utf-8")
        try:
            from py_mini_racer import MiniRacer  # noqa: PLC0415 - heavy, and a digest without charts does without
        except ImportError as error:
            message = "没有装 mini-racer，进程内画不了图"
            raise ChartError(message, code="C101", hint=_INSTALL) from error
        racer = MiniRacer()
        self._racer = racer
        racer.set_hard_memory_limit(self._memory)
        deadline = time.monotonic() + _START_SECONDS
        for code in (dom_js(), script, "digestReady()"):
            self._run(racer, f"{code};0", deadline)
        return racer

    def _teach(self, characters: str, *, must: bool, voices: tuple[str, ...] = VOICES) -> None:
        """Give the document the advances of characters it has not seen. `must`: one without a face is an error."""
        faces: dict[str, Any] = {}
        for voice in voices:
            known = self._known.setdefault(voice, set())
            new = sorted(set(characters) - known)
            if not must:
                absent = set(self._fonts.missing(voice, "".join(c for c in new if c not in INVISIBLE)))
                new = [character for character in new if character not in absent]
            if not new:
                continue
            known.update(new)
            face = self._fonts.face(voice)
            advances = {character: self._advance(voice, character) for character in new}
            faces[voice] = {"ascent": face.ascent, "descent": face.descent, "advances": advances}
        if faces and self._racer is not None:
            tables = json.dumps({"families": FAMILIES, "fallback": DEFAULT, "faces": faces}, ensure_ascii=False)
            self._racer.eval(f"digestTextTables({json.dumps(tables)});0")

    def _advance(self, voice: str, character: str) -> float:
        if character in INVISIBLE:
            return 0.0
        if character == "\u00a0":
            character = " "
        return self._fonts.face(self._fonts.choose(voice, character)).advance(character)
