from __future__ import annotations

import os
import shutil
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.charts.drawn import drawn
from digest.charts.kaleido import InBrowser, page_size
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import Bar, BarChart, BarPanel
from digest.style import BRIEFING

if TYPE_CHECKING:
    from digest.fonts import FontSet

BROWSERS = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "google-chrome", "chrome")
needs_browser = pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no Chrome or Chromium is installed")

FIGURE, WIDTH, HEIGHT = drawn(
    BarChart((BarPanel("规模", "个", (Bar("联建村", parse_quantity("169个"), "169个", ""),)),)), BRIEFING
)


def alive(group: int) -> bool:
    """Whether a process of the group still runs; one that ended and was not yet collected does not count."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, number, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(number) == group and state not in "ZX":
            return True
    return False


@needs_browser
def test_a_session_draws_survives_its_browser_and_leaves_nothing_behind(fonts: FontSet) -> None:
    with InBrowser(fonts, seconds=60) as engine:
        first = engine.draw(FIGURE, WIDTH, HEIGHT)
        assert first.startswith(b"%PDF")
        assert page_size(first) == pytest.approx((WIDTH, HEIGHT), abs=1.5)
        assert b"NotoSansSC" in first
        assert engine.draw(FIGURE, WIDTH, HEIGHT) == first

        dead = engine.process
        assert dead is not None
        os.killpg(dead, signal.SIGKILL)
        start = time.monotonic()
        assert engine.draw(FIGURE, WIDTH, HEIGHT) == first
        assert time.monotonic() - start < 45
        last = engine.process
        assert last not in (None, dead)
    assert last is not None
    assert not alive(last)
    assert not alive(dead)
    assert engine.process is None


def test_no_browser_is_said_at_once(fonts: FontSet, tmp_path: Path) -> None:
    pytest.importorskip("kaleido")
    start = time.monotonic()
    with InBrowser(fonts, browser=tmp_path / "chrome") as engine, pytest.raises(ChartError) as caught:
        engine.draw(FIGURE, WIDTH, HEIGHT)
    assert caught.value.code == "C121"
    assert time.monotonic() - start < 5


def test_a_page_without_a_size_is_no_page() -> None:
    with pytest.raises(ChartError):
        page_size(b"%PDF-1.4")
