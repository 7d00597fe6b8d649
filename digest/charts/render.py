"""One figure becomes one picture: which engine draws it, and what is kept for the next run.

With a warm cache no engine is asked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from digest.charts.cache import Cache, key_of
from digest.charts.engine import engine_version
from digest.charts.figures import needs_browser
from digest.charts.paths import bounds
from digest.charts.svg import mark_box, marks_of
from digest.charts.voices import VOICES
from digest.drawing import IDENTITY, GlyphRun, Group, Imported, Path, Picture
from digest.errors import ChartError
from digest.findings import Finding

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterable

    from digest.charts.engines import ChartEngine
    from digest.charts.paths import Box
    from digest.drawing import Color, Mark
    from digest.fonts import FontSet

_EVERYWHERE: Final = (-math.inf, -math.inf, math.inf, math.inf)
_BEYOND_US: Final = frozenset(("C104", "C105"))
_PAPER: Final = 0.995  # lighter than this in red, green and blue is paper


class Renderer:
    """Draws the figures of one digest."""

    def __init__(self, fonts: FontSet, engine: ChartEngine, *, cache: pathlib.Path | None = None) -> None:
        """Renderer with the faces of the digest; `cache` is a folder for drawings, None keeps none."""
        self._fonts = fonts
        self._engine = engine
        self._cache = Cache(cache)
        self._faces = ""

    def picture(
        self, figure: dict[str, Any], width: float, height: float, alt: str
    ) -> tuple[Picture, tuple[Finding, ...]]:
        """The picture of a figure of plain JSON values, in points, and what a person should know of how it was drawn.

        Under `auto` a browser draws what the engine inside the process refuses (C104, C105), where there is one; C146
        says so. `ChartError`: C106 nothing can be seen on it, C117 it needs a browser and none was allowed; and those
        of the engines (C101-C105, C121-C122).
        """
        if self._engine.kind == "kaleido" or (self._engine.kind == "auto" and needs_browser(figure)):
            return self._by_browser(figure, width, height, alt), ()
        if needs_browser(figure):
            kinds = "、".join(sorted({str(trace.get("type", "scatter")) for trace in figure["data"]}))
            message = f"{kinds} 要用浏览器画"
            raise ChartError(message, code="C117", hint="engine 请用 auto 或 kaleido")
        try:
            return self._inside(figure, width, height, alt), ()
        except ChartError as error:
            if self._engine.kind != "auto" or error.code not in _BEYOND_US:
                raise
            try:
                picture = self._by_browser(figure, width, height, alt)
            except ChartError:  # no browser, or it fails as well: the first reason is the one to tell
                raise error from None
            return picture, (Finding("C146", "note", f"进程内画不了，改由浏览器画出：{error.message}"),)

    def _inside(self, figure: dict[str, Any], width: float, height: float, alt: str) -> Picture:
        marks = marks_of(self._svg(figure, width, height), self._fonts)
        if not any(_visible(marks, (0.0, 0.0, width, height))):
            message = "图画出来是空白的"
            raise ChartError(message, code="C106", hint="请看数据是否都在坐标范围之内")
        return Picture(width, height, marks, alt)

    def _by_browser(self, figure: dict[str, Any], width: float, height: float, alt: str) -> Picture:
        from digest.charts.kaleido import page_size  # noqa: PLC0415 - what drives a browser takes long to load

        pdf = self._pdf(figure, width, height)
        return Picture(width, height, (Imported(0.0, 0.0, *page_size(pdf), pdf),), alt)

    def _svg(self, figure: dict[str, Any], width: float, height: float) -> str:
        key = self._key(figure, width, height, engine_version)
        known = self._cache.get(key, "svg")
        if known is not None:
            return known.decode()
        svg = self._engine.inside.draw(figure, width, height, self._fonts)
        self._cache.put(key, "svg", svg.encode())
        return svg

    def _pdf(self, figure: dict[str, Any], width: float, height: float) -> bytes:
        key = self._key(figure, width, height, _kaleido_version)
        known = self._cache.get(key, "pdf")
        if known is not None:
            return known
        pdf = self._engine.browser(self._fonts).draw(figure, width, height)
        self._cache.put(key, "pdf", pdf)
        return pdf

    def _key(self, figure: dict[str, Any], width: float, height: float, version: Callable[[], str]) -> str:
        """Name of a drawing in the cache; where nothing is kept no face is read for it."""
        if self._cache.folder is None:
            return ""
        if not self._faces:
            self._faces = ",".join(self._fonts.face(voice).digest for voice in VOICES)
        return key_of(figure, size=[width, height], engine=version(), faces=self._faces)


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
