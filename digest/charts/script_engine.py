"""V8 with plotly.js in it: started in the background, stopped at any moment, without the interpreter's lock in between.

mini-racer runs scripts in a thread of V8 and answers on an event loop; the loop is ours, so that a start can be waited
for, fail in words of ours and be broken off.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Final

from digest.charts.engine import INSTALL, dom_js, plotly_script
from digest.errors import ChartError

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

_STOP_SECONDS: Final = 5.0


class ScriptEngine:
    """One run of the script engine: a thread with an event loop, and on it the engine or its start."""

    def __init__(self, memory: int, seconds: float) -> None:
        """Start it within `seconds`, to hold no more than `memory` bytes, and come back at once."""
        self._seconds = seconds
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="digest-charts", daemon=True)
        self._thread.start()
        self._racer = asyncio.run_coroutine_threadsafe(_start(memory, seconds), self._loop)

    def racer(self) -> MiniRacer:
        """The engine, as soon as it has started; what went wrong is raised, however often it is asked for."""
        return self._racer.result(self._seconds)

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
        if self._racer.done() and not self._racer.cancelled() and self._racer.exception() is None:
            await _free(self._racer.result())


async def _start(memory: int, seconds: float) -> MiniRacer:
    """The script engine with plotly.js in it; cancelled or failed, nothing is left of it."""
    script = plotly_script()
    try:
        from py_mini_racer import MiniRacer  # noqa: PLC0415 - heavy, and a digest without charts does without
    except ImportError as error:
        message = "没有装 mini-racer，进程内画不了图"
        raise ChartError(message, code="C101", hint=INSTALL) from error
    racer = MiniRacer()
    try:
        racer.set_hard_memory_limit(memory)
        for code in (dom_js(), script, "digestReady()"):
            await asyncio.wait_for(racer.eval_cancelable(f"{code};0"), seconds)
    except BaseException:
        await _free(racer)
        raise
    return racer


async def _free(racer: MiniRacer) -> None:
    with contextlib.suppress(Exception):  # what was stopped reports back before the engine goes
        await asyncio.wait_for(racer.eval_cancelable("0"), _STOP_SECONDS)
    racer.close()
