"""The second engine: one lasting Kaleido session, for what the engine inside the process does not draw.

Kaleido alone may wait for ever once its browser has died. So every call has a deadline of its own; after any failure
the browser is closed, killed if need be, and opened anew for one more try. It sees only the faces of the digest.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from digest.charts.browser import Page, browser_class, find_shell
from digest.charts.live import Live
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from kaleido import Kaleido

    from digest.fonts import FontSet

SECONDS: Final = 24.0
"""Time one figure may take, opening the browser and a second try included."""

Kind = Literal["pdf", "svg", "png"]
"""What the browser is asked for."""

_T = TypeVar("_T")

_FIRST: Final = 0.5  # of the time, for the first try: a browser that fell is noticed at once and not waited for
_CLOSING_SECONDS: Final = 4.0
_LOOKS: Final = 0.05  # seconds between two looks whether the browser is still there
_DATE: Final = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)[^)]*\)")
_MEDIA_BOX: Final = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
_MAP: Final = re.compile(r"topojson|Map error")
_PIXEL: Final = 0.75  # points of a CSS pixel; a figure's unit is a pixel there
_INSTALL: Final = "请安装 kaleido 和 Chrome 或 Chromium"


class _FellError(Exception):
    """The browser or the page in it has died."""


class InBrowser(Live):
    """The engine, a context manager: the browser opens with the first figure and is gone when this is closed."""

    def __init__(self, fonts: FontSet, *, seconds: float = SECONDS, browser: Path | None = None) -> None:
        """Engine that shows these faces to the browser at `browser`, or to the one that is found."""
        self._fonts = fonts
        self._seconds = seconds
        self._browser = browser
        self._session: Kaleido | None = None
        self._crashes: tuple[asyncio.Future[Any], ...] = ()
        self._drawing = threading.RLock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the browser and leave nothing of it behind; the next figure opens it anew."""
        with self._drawing:
            if self._loop is not None and self._thread is not None:
                with contextlib.suppress(TimeoutError):
                    self._wait(self._end(), 4 * _CLOSING_SECONDS)
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._thread.join(_CLOSING_SECONDS)
                if not self._thread.is_alive():
                    self._loop.close()
            if self._folder is not None:
                self._folder.cleanup()
            self._loop = self._thread = self._folder = None

    @property
    def process(self) -> int | None:
        """Process id of the browser, as long as one is open."""
        running = getattr(self._session, "subprocess", None)
        return None if running is None else int(running.pid)

    def draw(
        self, figure: dict[str, Any], width: float, height: float, kind: Kind = "pdf", scale: float = 1.0
    ) -> bytes:
        """A PDF of one page that holds the figure, its SVG, or a PNG of `scale` pixels a figure unit.

        Another thread waits for its turn.

        `ChartError`: C104 plotly.js refused the figure, C121 Kaleido or a browser is not installed, C122 the browser
        failed twice or took too long.
        """
        options = {"format": kind, "width": width, "height": height, "scale": scale}
        with self._drawing:
            deadline = time.monotonic() + self._seconds
            try:
                return self._wait(self._tries(figure, options, deadline), self._seconds + _CLOSING_SECONDS)
            except TimeoutError as error:
                raise _failed(error) from error

    def _wait(self, work: Coroutine[Any, Any, _T], seconds: float) -> _T:
        """Run on a loop of our own, in a thread of its own: the caller may be inside a loop already."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="digest-browser", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    async def _tries(self, figure: dict[str, Any], options: dict[str, Any], deadline: float) -> bytes:
        failure: Exception | None = None
        for share in (_FIRST, 1.0):
            left = (deadline - time.monotonic()) * share
            try:
                return _undated(await asyncio.wait_for(self._try(figure, options), left))
            except ChartError:
                raise
            except Exception as error:  # whatever went wrong, the session cannot be trusted any more
                failure = error
                await self._drop()
                if type(error).__name__ == "KaleidoError":  # its class is in a package that may not be there
                    raise _refused(str(getattr(error, "_message", error))) from error
        raise _failed(failure) from failure

    async def _try(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        if self._session is None:
            self._crashes = ()
            self._session = self._new_session()
            await self._while_alive(self._session.open())
            tabs = tuple(self._session.tabs.values())
            self._crashes = tuple(tab.subscribe_once("Inspector.targetCrashed") for tab in tabs)
            for tab in tabs:
                await self._while_alive(tab.send_command("Inspector.enable"))
        spec = {"data": figure.get("data", []), "layout": figure.get("layout", {})}
        drawn: bytes = await self._while_alive(self._session.calc_fig(spec, options))
        return drawn

    def _new_session(self) -> Kaleido:
        try:
            from choreographer.errors import ChromeNotFoundError  # noqa: PLC0415 - heavy, and seldom needed
            from kaleido import Kaleido  # noqa: PLC0415 - the same
        except ImportError as error:
            message = "没有装 kaleido"
            raise ChartError(message, code="C121", hint=_INSTALL) from error
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="digest-browser-")
        ours = browser_class(self._fonts, Path(self._folder.name))
        path = self._browser or find_shell()
        try:
            return Kaleido(page_generator=Page(), timeout=self._seconds, path=path, browser_cls=ours)
        except ChromeNotFoundError as error:
            message = "找不到浏览器，画不了需要浏览器的图"
            raise ChartError(message, code="C121", hint=_INSTALL) from error

    async def _while_alive(self, work: Awaitable[_T]) -> _T:
        """What the work gives; `_FellError` as soon as browser or page has died, which else nobody would notice."""
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())  # nobody may be left to ask for it
        try:
            while not task.done():
                running = getattr(self._session, "subprocess", None)
                if (running is not None and running.poll() is not None) or any(crash.done() for crash in self._crashes):
                    raise _FellError
                await asyncio.wait({task, *self._crashes}, timeout=_LOOKS, return_when=asyncio.FIRST_COMPLETED)
            return task.result()
        finally:
            task.cancel()

    async def _end(self) -> None:
        """Drop the session and whatever tasks it left on the loop (its watchdog outlives a browser that died)."""
        await self._drop()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=_CLOSING_SECONDS)

    async def _drop(self) -> None:
        """End the browser with everything it started, then let the session clear away what it laid down."""
        session, self._session = self._session, None
        if session is None:
            return
        running = getattr(session, "subprocess", None)
        if running is not None:
            _kill(running)
            with contextlib.suppress(Exception):
                await asyncio.to_thread(running.wait, _CLOSING_SECONDS)
            await _gone(running.pid)
        with contextlib.suppress(Exception):  # a session that failed may fail to close as well
            await asyncio.wait_for(session.close(), _CLOSING_SECONDS)


def _failed(error: Exception | None) -> ChartError:
    return ChartError(f"浏览器画不出这张图（{type(error).__name__}）", code="C122")


def _refused(reason: str) -> ChartError:
    """What plotly.js says of a figure it does not draw. Maps are fetched by it, and nothing is fetched here."""
    if _MAP.search(reason):
        return ChartError("地图的底图要从网上取，这里不取", code="C104", hint="请改用柱形图或热力图")
    return ChartError(f"plotly.js 画不出这张图：{reason}", code="C104")


def _kill(running: Any) -> None:  # noqa: ANN401 - a process, whose kind its package does not tell
    kill: Callable[[int, int], None] | None = getattr(os, "killpg", None)
    with contextlib.suppress(OSError):
        if kill is not None:
            kill(running.pid, signal.SIGKILL)  # the browser leads a process group of its own
        else:
            running.kill()


async def _gone(group: int) -> None:
    """Wait until no process of the group is left, for a second at most: large ones take a moment to end."""
    signal_group: Callable[[int, int], None] | None = getattr(os, "killpg", None)
    if signal_group is None:
        return
    with contextlib.suppress(OSError):  # no such group any more
        for _ in range(round(1 / _LOOKS)):
            signal_group(group, 0)
            await asyncio.sleep(_LOOKS)


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the page in figure units: the browser rounds its pages to its own grid."""
    match = _MEDIA_BOX.search(pdf)
    if match is None:
        message = "浏览器印出的不是一页 PDF"
        raise ChartError(message, code="C122")
    return float(match.group(1)) / _PIXEL, float(match.group(2)) / _PIXEL


def _undated(pdf: bytes) -> bytes:
    """The PDF without the moment it was made: same figure, same bytes (lengths stay, so that offsets hold)."""
    return _DATE.sub(lambda match: match.group(1) + b"0" * (len(match.group()) - len(match.group(1)) - 1) + b")", pdf)
