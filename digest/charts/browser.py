"""Which browser the second engine would open."""

from __future__ import annotations

import shutil
from pathlib import Path

from digest.charts.kaleido import SHELLS


def find_browser() -> Path | None:
    """The browser that Kaleido is told to use or finds by itself; None where there is neither it nor a browser."""
    shell = next((path for name in SHELLS if (path := shutil.which(name))), None)
    if shell:
        return Path(shell)
    try:
        from choreographer.browsers.chromium import Chromium  # noqa: PLC0415 - heavy, and seldom needed
    except ImportError:
        return None
    found = Chromium.find_browser(skip_local=False)
    return Path(found) if found else None
