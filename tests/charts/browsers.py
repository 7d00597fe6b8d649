"""The browser of the second engine on this machine: whether there is one, and which processes are its own."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

BROWSERS = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "google-chrome", "chrome")
needs_browser = pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chrome or Chromium is installed")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc to look for processes in")


def running(session: int) -> list[int]:
    """Processes of a session that still run; one that ended and was not yet collected does not count."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, number, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(number) == session and state not in "ZX":
            found.append(int(stat.parent.name))
    return sorted(found)


def ended(session: int) -> bool:
    """Whether every process of a session is gone; those that were killed get two seconds to go."""
    for _ in range(40):
        if not running(session):
            return True
        time.sleep(0.05)
    return False
