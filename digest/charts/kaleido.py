"""The second engine: one lasting Kaleido session, for what the engine inside the process does not draw.

Kaleido alone may wait for ever once its browser has died. So every call has a deadline of its own; after any failure
the browser is closed, killed if need be, and opened anew for one more try. It sees only the faces of the digest.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar
from xml.sax.saxutils import escape

from digest.charts.live import Live
from digest.charts.theme import FAMILY
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, MutableMapping

    from kaleido import Kaleido

    from digest.fonts import FontSet

SECONDS: Final = 60.0
"""Time one figure may take, opening the browser and a second try included."""

Kind = Literal["pdf", "svg", "png"]
"""What the browser is asked for."""

_T = TypeVar("_T")

_CLOSING_SECONDS: Final = 8.0
SHELLS: Final = ("chromium-headless-shell", "chrome-headless-shell")  # prints five times faster than a whole browser
_DATE: Final = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)[^)]*\)")
_MEDIA_BOX: Final = re.compile(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]")
_PIXEL: Final = 0.75  # points of a CSS pixel; a figure's unit is a pixel there
_INSTALL: Final = "请安装 kaleido 和 Chrome 或 Chromium"


class InBrowser(Live):
    """The engine, a context manager: the browser opens with the first figure and is gone when this is closed."""

    def __init__(self, fonts: FontSet, *, seconds: float = SECONDS, browser: Path | None = None) -> None:
        """Engine that shows these faces to the browser at `browser`, or to the one that is found."""
        self._fonts = fonts
        self._seconds = seconds
        self._browser = browser
        self._session: Kaleido | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the browser and leave nothing of it behind; the next figure opens it anew."""
        if self._loop is not None and self._thread is not None:
            self._wait(self._end(), 3 * _CLOSING_SECONDS)
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

        `ChartError`: C121 Kaleido or a browser is not installed, C122 the browser failed twice or took too long.
        """
        deadline = time.monotonic() + self._seconds
        options = {"format": kind, "width": width, "height": height, "scale": scale}
        return self._wait(self._tries(figure, options, deadline), self._seconds + 2 * _CLOSING_SECONDS)

    def _wait(self, work: Coroutine[Any, Any, _T], seconds: float) -> _T:
        """Run on a loop of our own, in a thread of its own: the caller may be inside a loop already."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="digest-browser", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    async def _tries(self, figure: dict[str, Any], options: dict[str, Any], deadline: float) -> bytes:
        failure: Exception | None = None
        for share in (0.5, 1.0):  # the first try may use half of the time, so that there is some for the second
            left = (deadline - time.monotonic()) * share
            try:
                return _undated(await asyncio.wait_for(self._try(figure, options), left))
            except ChartError:
                raise
            except Exception as error:  # noqa: BLE001 - whatever went wrong, the session cannot be trusted any more
                failure = error
                await self._drop()
        message = f"浏览器画不出这张图（{type(failure).__name__}）"
        raise ChartError(message, code="C122") from failure

    async def _try(self, figure: dict[str, Any], options: dict[str, Any]) -> bytes:
        if self._session is None:
            self._session = self._new_session()
            await self._session.open()
        drawn: bytes = await self._session.calc_fig(figure, options)
        return drawn

    def _new_session(self) -> Kaleido:
        try:
            from choreographer.errors import ChromeNotFoundError  # noqa: PLC0415 - heavy, and seldom needed
            from kaleido import Kaleido  # noqa: PLC0415 - the same
        except ImportError as error:
            message = "没有装 kaleido"
            raise ChartError(message, code="C121", hint=_INSTALL) from error
        path = self._browser or next((Path(found) for name in SHELLS if (found := shutil.which(name))), None)
        try:
            return Kaleido(page_generator=_Page(), timeout=self._seconds, path=path, browser_cls=self._browser_class())
        except ChromeNotFoundError as error:
            message = "找不到浏览器，画不了需要浏览器的图"
            raise ChartError(message, code="C121", hint=_INSTALL) from error

    def _browser_class(self) -> type[Any]:
        """Chromium that finds our faces and no others."""
        from choreographer.browsers.chromium import Chromium  # noqa: PLC0415 - loaded with the browser

        config = self._font_config()

        class OwnFaces(Chromium):  # type: ignore[misc, unused-ignore]
            def get_env(self) -> MutableMapping[str, str]:
                environment: MutableMapping[str, str] = super().get_env()
                return {**environment, "FONTCONFIG_FILE": str(config)}

        return OwnFaces

    def _font_config(self) -> Path:
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="digest-fonts-")
        here = Path(self._folder.name)
        folders = dict.fromkeys(self._fonts.face(key).path.parent for key in ("hei", "hei-bold", "song", "song-bold"))
        config = here / "fonts.conf"
        config.write_text(
            '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
            + "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
            + f"<cachedir>{escape(str(here / 'cache'))}</cachedir>"
            + '<match target="pattern"><edit name="family" mode="append" binding="weak">'
            + f"<string>{FAMILY}</string></edit></match></fontconfig>",
            encoding="utf-8",
        )
        return config

    async def _end(self) -> None:
        """Drop the session and whatever tasks it left on the loop (its watchdog outlives a browser that died)."""
        await self._drop()
        left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in left:
            task.cancel()
        await asyncio.wait_for(asyncio.gather(*left, return_exceptions=True), _CLOSING_SECONDS)

    async def _drop(self) -> None:
        """Close the session; what does not close is killed with everything it started."""
        session, self._session = self._session, None
        if session is None:
            return
        with contextlib.suppress(Exception):  # a session that failed may fail to close as well
            await asyncio.wait_for(session.close(), _CLOSING_SECONDS)
        running = getattr(session, "subprocess", None)
        if running is None:
            return
        kill: Callable[[int, int], None] | None = getattr(os, "killpg", None)
        with contextlib.suppress(OSError):
            if kill is not None:
                kill(running.pid, signal.SIGKILL)  # the browser leads a process group of its own
            else:
                running.kill()
        with contextlib.suppress(Exception):
            await asyncio.to_thread(running.wait, _CLOSING_SECONDS)


class _Page:
    """The page Kaleido draws on: without MathJax, which it would fetch, and without the white edge that it prints."""

    def generate_index(self) -> str:
        from kaleido import PageGenerator  # noqa: PLC0415 - loaded with the browser

        page: str = PageGenerator(mathjax=False).generate_index()
        return page.replace("</head>", "<style>@page { margin: 0 }</style></head>", 1)


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
