"""QuickJS with plotly.js in it, for machines that V8 is not built for: five times as slow, and the same bytes.

It runs in a thread of its own, whose stack is as deep as plotly.js calls. It holds the interpreter's lock while it
draws, so nothing else goes on meanwhile.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from digest.charts.engine import dom_js
from digest.charts.plotly_js import INSTALL, plotly_script
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.charts.plotly_js import Script

_STACK: Final = 64 * 2**20
_PATIENCE: Final = 8.0  # QuickJS takes longer for the same figure


class QuickEngine:
    """One run of the script engine: its thread, and in it the engine or its start."""

    def __init__(self, memory: int, seconds: float) -> None:
        """Start it within `seconds`, to hold no more than `memory` bytes, and come back at once."""
        self._seconds = seconds * _PATIENCE
        before = threading.stack_size(2 * _STACK)  # of every thread that is started from here on
        try:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="digest-charts")
            self._started = self._thread.submit(_start, memory, self._seconds)
        finally:
            threading.stack_size(before)
        self._complete = False

    def racer(self, figure: Mapping[str, Any]) -> QuickRacer:
        """The engine, as soon as it can draw that figure; what went wrong is raised, however often it is asked for."""
        context, script = self._started.result()
        racer = QuickRacer(self._thread, context)
        if not self._complete and script.wants_more(figure):
            racer.eval(script.later, timeout_sec=self._seconds)
            self._complete = True
        return racer

    def end(self) -> None:
        """Stop as soon as what runs comes to its end, and leave no thread behind."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        del self._started  # with the engine


class QuickRacer:
    """The running engine, asked as V8 is."""

    def __init__(self, thread: ThreadPoolExecutor, context: Any) -> None:  # noqa: ANN401 - a package that may be absent
        """Engine that lives in that thread."""
        self._thread = thread
        self._context = context

    def eval(self, code: str, *, timeout_sec: float | None = None) -> object:
        """What the code says. `TimeoutError`, `MemoryError`; QuickJS's own error where the code fails."""
        seconds = -1.0 if timeout_sec is None else timeout_sec * _PATIENCE
        return self._thread.submit(_run, self._context, code, seconds).result()

    def heap_stats(self) -> dict[str, int]:
        """`used_heap_size`: bytes that are held."""
        memory: dict[str, int] = self._thread.submit(self._context.memory).result()
        return {"used_heap_size": memory["memory_used_size"]}


def _start(memory: int, seconds: float) -> tuple[Any, Script]:
    try:
        from quickjs import Context  # noqa: PLC0415 - where V8 is, nobody needs it
    except ImportError as error:
        message = "没有装 mini-racer 或 quickjs-ng，进程内画不了图"
        raise ChartError(message, code="C101", hint=INSTALL) from error
    script = plotly_script()
    context = Context()
    context.set_memory_limit(memory)
    context.set_max_stack_size(_STACK)
    for code in (dom_js(), script.first, "digestReady()"):
        _run(context, f"{code};0", seconds)
    return context, script


def _run(context: Any, code: str, seconds: float) -> object:  # noqa: ANN401 - as above
    """The code and every promise it left, within so many seconds of the processor."""
    context.set_time_limit(seconds)
    try:
        value: object = context.eval(code)
        while context.execute_pending_job():
            pass
    except Exception as error:
        reason = str(error).partition("\n")[0]
        if reason == "InternalError: interrupted":
            raise TimeoutError(reason) from error
        if reason == "InternalError: out of memory":
            raise MemoryError(reason) from error
        raise
    return value
