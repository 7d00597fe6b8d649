"""Both engines in one hand: how long they live, and when the first is started.

The engines are the one live thing of the house. Whoever opens a `ChartEngine` closes it; in between it may draw for any
number of digests, and each engine starts once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from digest.charts.engine import InProcess
from digest.charts.live import Live

if TYPE_CHECKING:
    from digest.charts.kaleido import InBrowser
    from digest.fonts import FontSet

Engine = Literal["auto", "inprocess", "kaleido"]
"""Who draws: inside the process, a browser through Kaleido, or the first where it can and else the second."""


class ChartEngine(Live):
    """The engines for any number of digests, a context manager; nothing is started before it is needed.

    with ChartEngine() as engine:
        for project in projects:
            generate_digest(project, f"{project}.pdf", engine=engine)
    """

    def __init__(self, kind: Engine = "auto") -> None:
        """Engines of that kind."""
        self.kind: Engine = kind
        self.inside = InProcess()
        self._browser: InBrowser | None = None
        self._shown: FontSet | None = None

    def start(self) -> None:
        """Begin to start the engine inside the process, if it may draw at all, and come back at once."""
        if self.kind != "kaleido":
            self.inside.start()

    def browser(self, fonts: FontSet) -> InBrowser:
        """The second engine, showing these faces."""
        from digest.charts.kaleido import InBrowser  # noqa: PLC0415 - what drives a browser takes long to load

        if self._browser is not None and self._shown is not fonts:
            self._browser.close()  # its folder of faces is made when it opens
            self._browser = None
        if self._browser is None:
            self._browser, self._shown = InBrowser(fonts), fonts
        return self._browser

    def close(self) -> None:
        """Stop whatever was started; what is drawn later starts it anew."""
        try:
            self.inside.close()
        finally:
            if self._browser is not None:
                self._browser.close()
