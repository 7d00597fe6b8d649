from __future__ import annotations

import contextlib
import http.server
import io
import json
import os
import random
import re
import signal
import threading
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.charts import browser
from digest.charts.drawn import drawn
from digest.charts.kaleido import InBrowser, page_size
from digest.data.quantity import parse_quantity
from digest.errors import ChartError
from digest.story.charts import Bar, BarChart, BarPanel
from digest.style import BRIEFING
from tests.charts.browsers import ended, needs_browser, needs_proc, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.fonts import FontSet

FIGURE, WIDTH, HEIGHT = drawn(
    BarChart((BarPanel("规模", "个", (Bar("联建村", parse_quantity("169个"), "169个", ""),)),)), BRIEFING
)


@pytest.fixture(scope="module")
def session(fonts: FontSet) -> Iterator[InBrowser]:
    """A browser that several tests draw with, since its start takes the most of their time."""
    with InBrowser(fonts) as engine:
        yield engine


@needs_browser
@needs_proc
@pytest.mark.slow
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
    assert ended(last)
    assert ended(dead)
    assert engine.process is None


@needs_browser
@needs_proc
@pytest.mark.slow
def test_a_page_that_dies_is_noticed_at_once(session: InBrowser) -> None:
    first = session.draw(FIGURE, WIDTH, HEIGHT)
    assert session.process is not None
    for process in running(session.process):
        if kind_of(process) == "renderer":
            os.kill(process, signal.SIGKILL)
    start = time.monotonic()
    assert session.draw(FIGURE, WIDTH, HEIGHT) == first
    assert time.monotonic() - start < 20


@needs_browser
@pytest.mark.slow
def test_what_plotly_refuses_is_told_with_its_words_and_the_browser_is_there_for_the_next(session: InBrowser) -> None:
    broken = {"data": [{"y": [1, 2]}], "layout": {"annotations": [{"x": 0, "y": 1, "text": "甲", "arrowhead": 8}]}}
    with pytest.raises(ChartError) as caught:
        session.draw(broken, 200, 200)
    assert caught.value.code == "C104"
    assert "undefined" in caught.value.message
    assert session.draw(FIGURE, WIDTH, HEIGHT).startswith(b"%PDF")


@needs_browser
@pytest.mark.slow
def test_rare_characters_and_every_family_are_drawn_in_our_faces(fonts: FontSet, session: InBrowser) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    texts = {"Noto Sans SC": "黑王頔李㻞", "宋体": "宋王頔", "SimSun, serif": "宋", "Helvetica": "王"}
    notes = [
        {"x": 0.5, "y": i / 4, "text": text, "showarrow": False, "font": {"family": family}}
        for i, (family, text) in enumerate(texts.items())
    ]
    pdf = session.draw({"data": [{"y": [1]}], "layout": {"annotations": notes}}, 300, 200)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        named = {str(item.BaseFont).rpartition("+")[2] for item in file.pages[0].Resources.Font.values()}
        shown = "".join(character for item in file.pages[0].Resources.Font.values() for character in unicode_of(item))
    ours = {fonts.face(key).postscript_name for key in ("hei", "song", "rare", "names")}
    assert named <= ours
    assert {fonts.face(key).postscript_name for key in ("hei", "song", "rare")} <= named
    assert set("黑王頔李㻞宋") <= set(unicodedata.normalize("NFKC", shown))  # 黑 shares its glyph with a radical


@needs_browser
@pytest.mark.slow
def test_the_browser_asks_no_network_for_anything(
    fonts: FontSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "net.json"
    monkeypatch.setattr(browser, "FLAGS", (*browser.FLAGS, f"--log-net-log={log}"))
    asked: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{server.server_port}"
    image = {"source": f"{place}/image.png", "x": 0, "y": 1, "sizex": 1, "sizey": 1}
    figure = {"data": [{"y": [1, 2], "name": f"<a href='{place}/link'>甲</a>"}], "layout": {"images": [image]}}
    try:
        with InBrowser(fonts) as engine, contextlib.suppress(ChartError):
            engine.draw(figure, 300, 200)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []
    events = [event.get("params", {}) for event in network_events(log)]
    assert not [event for event in events if place in str(event.get("url", ""))]
    connected = {address for event in events for address in event.get("address_list", ())}
    assert connected <= {"127.0.0.1:9"}  # a browser asks for things of its own accord, and nobody listens there
    hosts = [str(event["host"]) for event in events if {"host", "dns_query_type"} <= event.keys()]
    assert all(host.endswith("//~notfound") for host in hosts)


def network_events(log: Path) -> list[dict[str, Any]]:
    """What the browser wrote down of its network; one that was killed leaves the list open."""
    text = log.read_text(encoding="utf-8").rstrip().rstrip(",")
    events: list[dict[str, Any]] = json.loads(text if text.endswith("]}") else f"{text}]}}")["events"]
    assert events
    return events


@needs_browser
@needs_proc
@pytest.mark.stress
@pytest.mark.parametrize("seed", range(100))
def test_a_browser_killed_at_any_moment_gives_a_figure_or_a_chart_error(seed: int, lasting: InBrowser) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    moment = chance.choice(("opening", "drawing", "drawing", "between"))
    if moment == "opening":
        lasting.close()
    elif lasting.process is None:
        lasting.draw(FIGURE, WIDTH, HEIGHT)
    delay = {"opening": chance.uniform(0, 3), "drawing": chance.uniform(0, 0.6), "between": 0}[moment]
    killer = threading.Timer(delay, kill_some, (lasting, chance))
    killer.start()
    if moment == "between":
        killer.join()
    start = time.monotonic()
    try:
        assert lasting.draw(FIGURE, WIDTH, HEIGHT).startswith(b"%PDF")
    except ChartError as error:
        assert error.code == "C122"  # noqa: PT017 - either is right, nothing else is
    assert time.monotonic() - start < 30
    killer.join()
    if seed % 10 == 9:
        last = lasting.process
        lasting.close()
        assert last is None or ended(last)


@pytest.fixture(scope="module")
def lasting(fonts: FontSet) -> Iterator[InBrowser]:
    with InBrowser(fonts) as engine:
        yield engine


def kill_some(engine: InBrowser, chance: random.Random) -> None:
    """Kill the browser with all that belongs to it, or one of its processes, as soon as there is one."""
    end = time.monotonic() + 3
    while engine.process is None and time.monotonic() < end:
        time.sleep(0.005)
    leader = engine.process
    if leader is None:
        return
    with contextlib.suppress(ProcessLookupError, IndexError):
        if chance.random() < 0.3:
            os.killpg(leader, signal.SIGKILL)
        else:
            os.kill(chance.choice(running(leader)), signal.SIGKILL)


def kind_of(process: int) -> str:
    """`renderer`, `gpu-process` ... as the browser calls its processes."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_text()
    except OSError:
        return ""
    return line.partition("--type=")[2].split("\0")[0].split(" ")[0]


def unicode_of(font: Any) -> str:  # noqa: ANN401 - pikepdf has no types for what is inside
    """Every character that a font of a PDF says it shows."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    codes = re.findall(r"<[0-9A-F]+> <([0-9A-F]+)>", table)
    found = [bytes.fromhex(code).decode("utf-16-be") for code in codes]
    for first, last, code in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]+)>", table):
        start = ord(bytes.fromhex(code).decode("utf-16-be"))
        found += [chr(start + i) for i in range(int(last, 16) - int(first, 16) + 1)]
    return "".join(found)


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
