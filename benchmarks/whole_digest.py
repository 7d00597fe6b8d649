"""Wall time of a whole digest, cold and warm, split by room, with and without charts drawn before.

    python benchmarks/whole_digest.py [PROJECT] [--rounds N]

Cold is a fresh process, with everything it imports; warm is the third digest in one process, with one chart engine for
all. The rooms are entered one after the other; through the front door the chart engine starts while others are at work,
so `front door` is one time only, that of the process. All times are medians.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from digest.charts.engines import ChartEngine

EXAMPLE: Final = Path(__file__).resolve().parent.parent / "examples" / "mofan_jiguan"
ROOMS: Final = ("data", "story", "fonts", "charts", "layout", "pdf")
WARM_UP: Final = 2  # digests made before the warm one is timed


def time_rooms(project: Path, cache: Path | None, engine: ChartEngine | None = None) -> dict[str, float]:
    """Seconds spent in each room for one digest; what a room imports when first entered is its own."""
    seconds: dict[str, float] = {}
    last = time.perf_counter()

    def leave(room: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[room] = now - last
        last = now

    from digest.data.load import load
    from digest.data.provenance import check_digest

    digest = load(project)
    check_digest(digest)
    leave("data")

    from digest.story.draft import draft

    told, _ = draft(digest)
    leave("story")

    from digest.fonts import load_fonts
    from digest.style import BRIEFING

    fonts = load_fonts()
    leave("fonts")

    from digest.charts.illustrate import illustrate

    story, _ = illustrate(told, BRIEFING, fonts, engine=engine or "auto", cache=cache)
    leave("charts")

    from digest.layout.typeset import typeset

    pages, _ = typeset(story, BRIEFING, fonts)
    leave("layout")

    from digest.pdf.write import write_pdf

    write_pdf(pages, fonts)
    leave("pdf")
    return seconds


def cold(project: Path, cache: Path | None) -> dict[str, float]:
    """One digest in a fresh process: the rooms as that process saw them, `process` with its start and end."""
    command = [sys.executable, __file__, str(project), "--once", *(["--cache", str(cache)] if cache else [])]
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    elapsed = time.perf_counter() - start
    rooms: dict[str, float] = json.loads(done.stdout)
    return {**rooms, "process": elapsed}


def front_door(project: Path, cache: Path | None) -> dict[str, float]:
    """One digest in a fresh process, made by `generate_digest`."""
    command = [sys.executable, __file__, str(project), "--door", *(["--cache", str(cache)] if cache else [])]
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return {**dict.fromkeys(ROOMS, 0.0), "process": time.perf_counter() - start}


def warm(project: Path, cache: Path | None, engine: ChartEngine) -> dict[str, float]:
    """One digest in a process that has made some."""
    seconds = time_rooms(project, cache, engine)
    return {**seconds, "process": sum(seconds.values())}


def report(rounds: dict[str, list[dict[str, float]]]) -> None:
    """Print medians in milliseconds, a row a case, and how the cases compare."""
    columns = (*ROOMS, "process")
    print(f"{'milliseconds':<22}" + "".join(f"{column:>9}" for column in columns))
    total: dict[str, float] = {}
    for case, times in rounds.items():
        middle = {column: median(one[column] for one in times) for column in columns}
        total[case] = middle["process"]
        shown = (f"{1000 * middle[column]:.1f}" if middle[column] else "" for column in columns)
        print(f"{case:<22}" + "".join(f"{time:>9}" for time in shown))
    print()
    for slow, fast in (
        ("cold", "front door"),
        ("front door", "front door, cached"),
        ("cold", "cold, charts cached"),
        ("warm", "warm, charts cached"),
        ("cold", "warm"),
        ("cold, charts cached", "warm, charts cached"),
    ):
        print(f"{slow} / {fast}: {total[slow] / total[fast]:.2f}")


def main() -> None:
    """Time all cases in turn, so that a busy moment of the machine falls on each alike."""
    parser = argparse.ArgumentParser(description="Time a whole digest by room.")
    parser.add_argument("project", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--once", action="store_true", help="make one digest and print its times as JSON")
    parser.add_argument("--door", action="store_true", help="make one digest through the front door")
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    if options.once:
        print(json.dumps(time_rooms(options.project, options.cache)))
        return
    if options.door:
        from digest import generate_digest

        generate_digest(options.project, cache=options.cache)
        return
    from digest.charts.engines import ChartEngine

    with tempfile.TemporaryDirectory() as folder, ChartEngine() as engine:
        cache = Path(folder)
        for _ in range(WARM_UP):
            time_rooms(options.project, None, engine)
            time_rooms(options.project, cache, engine)
        rounds: dict[str, list[dict[str, float]]] = {}
        for _ in range(options.rounds):
            rounds.setdefault("cold", []).append(cold(options.project, None))
            rounds.setdefault("cold, charts cached", []).append(cold(options.project, cache))
            rounds.setdefault("front door", []).append(front_door(options.project, None))
            rounds.setdefault("front door, cached", []).append(front_door(options.project, cache))
            rounds.setdefault("warm", []).append(warm(options.project, None, engine))
            rounds.setdefault("warm, charts cached", []).append(warm(options.project, cache, engine))
        report(rounds)


if __name__ == "__main__":
    main()
