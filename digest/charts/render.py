"""One figure becomes one picture: which engine draws it, and what is kept for the next run.

With a warm cache no engine is asked.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from digest.charts.cache import Cache, key_of
from digest.charts.engine import engine_version
from digest.charts.figures import needs_browser
from digest.charts.live import Live
from digest.charts.paths import bounds
from digest.charts.svg import mark_box, marks_of
from digest.charts.voices import VOICES
from digest.drawing import IDENTITY, Awaited, GlyphRun, Group, Imported, Path, Picture
from digest.errors import ChartError
from digest.findings import Finding

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterable

    from digest.charts.engines import ChartEngine
    from digest.charts.kaleido import Kind
    from digest.charts.paths import Box
    from digest.drawing import Color, Mark
    from digest.fonts import FontSet

_BEYOND_US: Final = frozenset(("C104", "C105"))
_EVERYWHERE: Final = (-math.inf, -math.inf, math.inf, math.inf)
_PAPER: Final = 0.995  # lighter than this in red, green and blue is paper


class Renderer(Live):
    """Draws the figures of one digest; pictures are drawn one after another behind the caller's back."""

    def __init__(self, fonts: FontSet, engine: ChartEngine, *, cache: pathlib.Path | None = None) -> None:
        """Renderer with the faces of the digest; `cache` is a folder for drawings, None keeps none."""
        self._fonts = fonts
        self._engine = engine
        self._cache = Cache(cache)
        self._faces = ""
        self._back: ThreadPoolExecutor | None = None

    def close(self) -> None:
        """Draw nothing more; what is being drawn at this moment is not waited for."""
        if self._back is not None:
            self._back.shutdown(wait=False, cancel_futures=True)
            self._back = None

    def picture(
        self,
        figure: dict[str, Any],
        width: float,
        height: float,
        alt: str,
        remark: Callable[[Finding], None] | None = None,
    ) -> Picture:
        """The picture of a figure of plain JSON values, in points; it comes back at once and its marks are awaited.

        Under `auto` a browser draws what the engine inside the process refuses (C104, C105), where there is one, and
        `remark` is told so (C156). `ChartError` C117: it needs a browser and none was allowed. Whoever looks at the
        marks gets the others: C106 nothing can be seen on it, and those of the engines (C101-C105, C121-C122).
        """
        if self._back is None:
            self._back = ThreadPoolExecutor(1, thread_name_prefix="digest-drawing")
        if self.by_browser(figure):
            pdf = self._back.submit(self.shown, figure, width, height)
            return Picture(width, height, Awaited(lambda: _placed(pdf.result())), alt)
        svg = self._back.submit(self.svg, figure, width, height)

        def read() -> tuple[Mark, ...]:
            try:
                return self.marks(svg.result(), width, height)
            except ChartError as error:
                marks = self._by_browser_instead(error, figure, width, height)
                if remark is not None:
                    remark(Finding("C156", "note", f"进程内画不了，改由浏览器画出：{error.message}"))
                return marks

        return Picture(width, height, Awaited(read), alt)

    def _by_browser_instead(
        self, error: ChartError, figure: dict[str, Any], width: float, height: float
    ) -> tuple[Mark, ...]:
        """What a browser shows where our engine does not know how; else the same error again."""
        if self._engine.kind != "auto" or error.code not in _BEYOND_US or self._back is None:
            raise error
        try:
            return _placed(self._back.submit(self.shown, figure, width, height).result())
        except ChartError:  # no browser, or it fails as well: the first reason is the one to tell
            raise error from None

    def by_browser(self, figure: dict[str, Any]) -> bool:
        """Whether a browser draws the figure. `ChartError` C117: it needs one and none was allowed."""
        if self._engine.kind != "inprocess":
            return self._engine.kind == "kaleido" or needs_browser(figure)
        if needs_browser(figure):
            kinds = "、".join(sorted({str(trace.get("type", "scatter")) for trace in figure["data"]}))
            message = f"{kinds} 要用浏览器画"
            raise ChartError(message, code="C117", hint="engine 请用 auto 或 kaleido")
        return False

    def marks(self, svg: str, width: float, height: float) -> tuple[Mark, ...]:
        """What was drawn inside the process, as marks. `ChartError`: C105 not understood, C106 nothing can be seen."""
        marks = marks_of(svg, self._fonts)
        if not any(_visible(marks, (0.0, 0.0, width, height))):
            message = "图画出来是空白的"
            raise ChartError(message, code="C106", hint="请看数据是否都在坐标范围之内")
        return marks

    def svg(self, figure: dict[str, Any], width: float, height: float) -> str:
        """What the engine inside the process draws, as it draws it."""
        key = self._key(figure, width, height, engine_version)
        known = self._cache.get(key, "svg")
        if known is not None:
            return known.decode()
        svg = self._engine.inside.draw(figure, width, height, self._fonts)
        self._cache.put(key, "svg", svg.encode())
        return svg

    def shown(
        self, figure: dict[str, Any], width: float, height: float, kind: Kind = "pdf", scale: float = 1.0
    ) -> bytes:
        """What a browser shows, as a page of PDF, as SVG or as PNG; `scale` is pixels a figure unit."""
        key = self._key(figure, width, height, lambda: f"{_kaleido_version()} {kind} {scale}")
        known = self._cache.get(key, kind)
        if known is not None:
            return known
        drawn = self._engine.browser(self._fonts).draw(figure, width, height, kind, scale)
        self._cache.put(key, kind, drawn)
        return drawn

    def _key(self, figure: dict[str, Any], width: float, height: float, version: Callable[[], str]) -> str:
        """Name of a drawing in the cache; where nothing is kept no face is read for it."""
        if self._cache.folder is None:
            return ""
        if not self._faces:
            self._faces = ",".join(self._fonts.face(voice).digest for voice in VOICES)
        return key_of(figure, size=[width, height], engine=version(), faces=self._faces)


def _placed(pdf: bytes) -> tuple[Mark, ...]:
    """A page that the browser printed, as it stands."""
    from digest.charts.kaleido import page_size  # noqa: PLC0415 - what drives a browser takes long to load

    return (Imported(0.0, 0.0, *page_size(pdf), pdf),)


def _kaleido_version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - it takes long to load as well

    try:
        return f"kaleido {version('kaleido')} {engine_version()}"
    except PackageNotFoundError as error:
        message = "没有装 kaleido"
        raise ChartError(message, code="C121", hint="请安装 kaleido 和 Chrome 或 Chromium") from error


def _visible(marks: Iterable[Mark], window: Box) -> Iterable[bool]:
    """For each mark, whether it can be told from the paper and touches the window."""
    for mark in marks:
        box = mark_box(mark)
        if box is None or not _touch(box, window):
            continue
        match mark:
            case Group(transform=matrix) if matrix != IDENTITY:
                yield from _visible(mark.marks, _EVERYWHERE)  # in coordinates of its own
            case Group():
                yield from _visible(mark.marks, (bounds(mark.clip) or window) if mark.clip else window)
            case Path():
                yield _inked(mark.fill) or _inked(mark.stroke)
            case GlyphRun():
                yield _inked(mark.color)
            case _:
                yield True


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _inked(color: Color | None) -> bool:
    return color is not None and color.alpha > 0 and min(color.red, color.green, color.blue) < _PAPER
