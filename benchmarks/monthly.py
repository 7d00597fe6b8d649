"""The monthly example: a digest of 24 months of files, room by room, then one for every city.

    python benchmarks/monthly.py [--rounds N]

Seconds and peak memory are of a process of its own each; its start and imports are in `process`, the rooms come one
after the other. The cities are made in one process with one chart engine: the files read once for all (`load_members`)
beside read anew for each. Times are medians of all rounds, memory is the most of them.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest import Digest

EXAMPLE: Final = Path(__file__).resolve().parent.parent / "examples" / "monthly"
WAYS: Final = ("digest", "rooms", "read once", "read anew")
Seen = dict[str, float]


def make(folder: Path) -> None:
    """The example with its data."""
    sys.path.insert(0, str(EXAMPLE))
    from make_data import make_data  # type: ignore[import-not-found]

    make_data(folder / "data")
    shutil.copy(EXAMPLE / "digest.toml", folder)


def digest(project: Path) -> Seen:
    """The whole, by the front door."""
    from digest import generate_digest

    result = generate_digest(project)
    return {"pages": result.pages}


def rooms(project: Path) -> Seen:
    """Seconds of each room, entered one after the other with all that it imports."""
    begin = time.perf_counter()
    from digest.data.load import load

    whole = load(project)
    read = time.perf_counter()
    from digest.story.draft import draft

    told, _ = draft(whole)
    drafted = time.perf_counter()
    from digest import typeset_story

    typeset_story(told)
    return {"load": read - begin, "draft": drafted - read, "the rest": time.perf_counter() - drafted}


def members(project: Path, *, once: bool) -> Seen:
    """Seconds for the whole, then in the middle and at most for a city; memory after the first city and the last."""
    from digest import ChartEngine, generate_digest

    seconds: list[float] = []
    held: list[float] = []
    with ChartEngine() as engine:
        digests = _read_once(project) if once else _read_anew(project)
        last = time.perf_counter()
        for one in digests:
            generate_digest(one, engine=engine)
            now = time.perf_counter()
            seconds.append(now - last)
            held.append(_resident())
            last = now
    whole, *cities = seconds
    return {
        "whole": whole, "a city": median(cities), "slowest": max(cities), "all": sum(seconds), "count": len(seconds),
        "first MB": held[1], "last MB": held[-1],
    }  # fmt: skip


def _read_once(project: Path) -> Iterator[Digest]:
    from digest import load_members

    return load_members(project)


def _read_anew(project: Path) -> Iterator[Digest]:
    from digest import load

    whole = load(project)
    yield whole
    for city in whole.book.roster if whole.book else ():
        yield load(project, member=city)


def _resident() -> float:
    """Megabytes that this process holds now; its peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def once(way: str, project: Path) -> Seen:
    """One way in this process, with its peak of memory."""
    match way:
        case "digest":
            seen = digest(project)
        case "rooms":
            seen = rooms(project)
        case _:
            seen = members(project, once=way == "read once")
    return {**seen, "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def run(way: str, project: Path) -> Seen:
    """The same in a process of its own."""
    begin = time.perf_counter()
    command = [sys.executable, __file__, "--once", way, str(project)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return {**json.loads(done.stdout), "process": time.perf_counter() - begin}


def main() -> None:
    """Time all ways in turn and print a line for each."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--once", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.once:
        print(json.dumps(once(asked.once[0], Path(asked.once[1]))))
        return
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        make(project)
        runs: dict[str, list[Seen]] = {}
        for _ in range(asked.rounds):
            for way in WAYS:
                runs.setdefault(way, []).append(run(way, project))
        for way, seen in runs.items():
            print(f"{way:10}" + "".join(_told(key, [one[key] for one in seen]) for key in seen[0]))


def _told(key: str, numbers: list[float]) -> str:
    if key.endswith("MB"):
        return f"  {key[:-3]} {max(numbers):.0f} MB"
    return f"  {key} {numbers[0]}" if key in {"pages", "count"} else f"  {key} {median(numbers):.2f} s"


if __name__ == "__main__":
    main()
