"""V8 with plotly.js in it: started in the background, stopped at any moment, without the interpreter's lock in between.

mini-racer runs scripts in a thread of V8 and answers on an event loop; the loop is ours, so that a start can be waited
for, fail in words of ours and be broken off.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, Final

from digest.charts.engine import dom_js
from digest.charts.plotly_js import INSTALL, plotly_script
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from py_mini_racer import MiniRacer

    from digest.charts.plotly_js import Script

_STOP_SECONDS: Final = 5.0


class ScriptEngine:
    """One run of the script engine: a thread with an event loop, and on it the engine or its start."""

    def __init__(self, memory: int, seconds: float) -> None:
        """Start it within `seconds`, to hold no more than `memory` bytes, and come back at once."""
        self._seconds = seconds
        with contextlib.suppress(ImportError):  # which the start will tell
            import py_mini_racer  # noqa: F401, PLC0415 - loaded here: two threads that load at once hinder each other
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="digest-charts", daemon=True)
        self._thread.start()
        self._started = asyncio.run_coroutine_threadsafe(_start(memory, seconds), self._loop)
        self._complete = False

    def racer(self, figure: Mapping[str, Any]) -> MiniRacer:
        """The engine, as soon as it can draw that figure; what went wrong is raised, however often it is asked for."""
        racer, script = self._started.result(self._seconds)
        if not self._complete and script.wants_more(figure):
            racer.eval(script.later, timeout_sec=self._seconds)
            self._complete = True
        return racer

    def end(self) -> None:
        """Stop whatever runs, a start under way as well, and leave no thread behind."""
        with contextlib.suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(2 * _STOP_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOP_SECONDS)
        if not self._thread.is_alive():
            self._loop.close()

    async def _stop(self) -> None:
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._started.done() and not self._started.cancelled() and self._started.exception() is None:
            await _free(self._started.result()[0])


async def _start(memory: int, seconds: float) -> tuple[MiniRacer, Script]:
    """The script engine with as much of plotly.js as most figures need; cancelled or failed, nothing is left of it."""
    script = plotly_script()
    try:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 - heavy, and a digest without charts does without
    except ImportError as error:
        message = "没有装 mini-racer，进程内画不了图"
        raise ChartError(message, code="C101", hint=INSTALL) from error
    racer = MiniRacer()
    try:
        racer.set_hard_memory_limit(memory)
        for code in (dom_js(), script.first, "digestReady()"):
            await asyncio.wait_for(racer.eval_cancelable(f"{code};0"), seconds)
    except BaseException:
        await _free(racer)
        raise
    return racer, script


async def _free(racer: MiniRacer) -> None:
    with contextlib.suppress(Exception):  # what was stopped reports back before the engine goes
        await asyncio.wait_for(racer.eval_cancelable("0"), _STOP_SECONDS)
    racer.close()
