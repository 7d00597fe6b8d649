"""Charts beside those of others: time, memory and size of the same dozen figures, and of many over two processes.

    python benchmarks/charts.py [--rounds N] [--many N] [--only NAME,NAME]

One digest is twelve figures from plain data to one finished PDF. Cold is a fresh process from start to end, warm a
digest in a process that has made some. The engines take turns round by round and are shown the same faces; what is not
installed is told and left out. Memory is the peak of the process with all that it started, of a run of its own that
is not timed. On a busy machine trust the seconds of work, which add up those of both cores, before the others.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from figures import FAMILY, HEIGHT, WIDTH, Plot, as_plotly, as_vega_lite, on_axes, plots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

FONTS: Final = Path(__file__).resolve().parent.parent / "assets" / "fonts"
DOZEN: Final = 12
WARM_UP: Final = 2
ONE_SHOT: Final = 2  # figures that a browser for each is asked for; the rest is reckoned
PROCESSES: Final = 2
ABSENT: Final = 3  # exit code of a child whose library is not installed
WATCH_SECONDS: Final = 0.05


# --- who draws ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def inprocess() -> Iterator[Callable[[Sequence[Plot]], bytes]]:
    """This library: its engine inside the process, figures with captions on A4 pages."""
    from digest import ChartEngine, typeset_story
    from digest.story.blocks import Caption, Chart, Meta, Story
    from digest.story.charts import PlotlyChart

    with ChartEngine("inprocess") as engine:
        engine.start()

        def draw(figures: Sequence[Plot]) -> bytes:
            blocks = (
                Chart(PlotlyChart(as_plotly(plot)), Caption(f"图{number}", plot.title))
                for number, plot in enumerate(figures, 1)
            )
            return bytes(typeset_story(Story(Meta("图", "", "", ""), tuple(blocks)), engine=engine))

        yield draw


@contextlib.contextmanager
def kaleido() -> Iterator[Callable[[Sequence[Plot]], bytes]]:
    """Kaleido by itself, one browser and one tab for all figures."""
    from kaleido import Kaleido, PageGenerator

    async def drawn(figures: Sequence[Plot]) -> list[bytes]:
        options = {"format": "pdf", "width": WIDTH, "height": HEIGHT, "scale": 1}
        return [await session.calc_fig(as_plotly(plot), options) for plot in figures]

    with asyncio.Runner() as runner:
        session = Kaleido(n=1, timeout=120, page_generator=PageGenerator(mathjax=False))
        runner.run(session.open())
        try:
            yield lambda figures: merged(runner.run(drawn(figures)))
        finally:
            runner.run(session.close())


@contextlib.contextmanager
def write_image() -> Iterator[Callable[[Sequence[Plot]], bytes]]:
    """What the documentation of Plotly shows first: a browser for each figure."""
    from plotly.graph_objects import Figure

    yield lambda figures: merged([Figure(as_plotly(plot)).to_image("pdf") for plot in figures])


@contextlib.contextmanager
def matplotlib() -> Iterator[Callable[[Sequence[Plot]], bytes]]:
    """Matplotlib's own PDF, with outlines of the same face."""
    from matplotlib import font_manager, rcParams
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
    from matplotlib.figure import Figure

    font_manager.fontManager.addfont(FONTS / "hei.ttf")
    rcParams.update({"font.family": FAMILY, "font.size": 7, "pdf.fonttype": 42})

    def draw(figures: Sequence[Plot]) -> bytes:
        out = io.BytesIO()
        with PdfPages(out) as pages:
            for plot in figures:
                figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72), layout="tight")
                FigureCanvasPdf(figure)
                on_axes(plot, figure)
                pages.savefig(figure)
        return out.getvalue()

    yield draw


@contextlib.contextmanager
def vl_convert() -> Iterator[Callable[[Sequence[Plot]], bytes]]:
    """Vega-Lite by vl-convert, which has a script engine inside as well."""
    import vl_convert as vega

    vega.register_font_directory(str(FONTS))
    yield lambda figures: merged([vega.vegalite_to_pdf(as_vega_lite(plot)) for plot in figures])


ENGINES: Final[dict[str, Callable[[], AbstractContextManager[Callable[[Sequence[Plot]], bytes]]]]] = {
    "inprocess": inprocess,
    "kaleido": kaleido,
    "write_image": write_image,
    "matplotlib": matplotlib,
    "vl_convert": vl_convert,
}


def merged(files: Sequence[bytes]) -> bytes:
    """Pages of several PDFs in one, for those who make one a figure."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as whole, contextlib.ExitStack() as opened:
        for file in files:
            whole.pages.extend(opened.enter_context(pikepdf.open(io.BytesIO(file))).pages)
        whole.save(out)
    return out.getvalue()


# --- one process ----------------------------------------------------------------------------------------


def child(name: str, start: int, count: int, rounds: int) -> dict[str, Any]:
    """Draw so many figures, a dozen a PDF; with `rounds`, time dozens once warm."""
    size = min(count, DOZEN)
    with tempfile.TemporaryDirectory() as folder, faces_shown(Path(folder)), ENGINES[name]() as draw:
        for first in range(start, start + count, DOZEN):
            data = draw(plots(first, min(DOZEN, start + count - first)))
            Path(folder, f"{first}.pdf").write_bytes(data)
        times = []
        for round_ in range(WARM_UP + rounds if rounds else 0):
            figures = plots(start + round_ * size, size)
            before = time.perf_counter()
            draw(figures)
            times.append(time.perf_counter() - before)
    return {"bytes": len(data), "warm": times[WARM_UP:]}


@contextlib.contextmanager
def faces_shown(folder: Path) -> Iterator[None]:
    """Our faces beside those of the system, for browsers: without Chinese ones they would draw empty boxes."""
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{FONTS}</dir></fontconfig>',
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(config)
    yield


def command(name: str, start: int, count: int, rounds: int = 0) -> list[str]:
    """The command line of such a process."""
    return [sys.executable, __file__, "--child", name, "--figures", f"{start},{count},{rounds}"]


def run(name: str, count: int, rounds: int = 0) -> tuple[float, float, dict[str, Any]]:
    """Seconds of a whole process, seconds of work of it and all that it started, and what it told."""
    start, work = time.perf_counter(), _work()
    done = subprocess.run(command(name, 0, count, rounds), check=True, capture_output=True, encoding="utf-8")
    return time.perf_counter() - start, _work() - work, json.loads(done.stdout.splitlines()[-1])


def _work() -> float:
    """Seconds that the processors have worked for processes started here and ended."""
    times = os.times()
    return times.children_user + times.children_system


def over_processes(name: str, count: int) -> float:
    """Seconds until so many figures are drawn by several processes at once."""
    share = -(-count // PROCESSES)
    commands = [command(name, first, min(share, count - first)) for first in range(0, count, share)]
    start = time.perf_counter()
    running = [subprocess.Popen(one, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for one in commands]
    codes = [process.wait() for process in running]
    if any(codes):
        raise subprocess.CalledProcessError(max(codes), commands[0])
    return time.perf_counter() - start


# --- memory ---------------------------------------------------------------------------------------------


def peak(name: str, count: int) -> float:
    """Most bytes a run held with all its processes, shared pages counted once; 0 where the system does not tell."""
    process = subprocess.Popen(command(name, 0, count), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(_held, _family(process.pid))))
        time.sleep(WATCH_SECONDS)
    return most


def _family(root: int) -> set[int]:
    """A process and all that descend from it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    family = {root}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _held(process: int) -> int:
    """Proportional set size of a process."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


# --- side by side ---------------------------------------------------------------------------------------


def present(names: Sequence[str]) -> list[str]:
    """Those that draw here; of the others is told why they do not."""
    here = []
    for name in names:
        done = subprocess.run(command(name, 0, 1), check=False, capture_output=True, encoding="utf-8")
        if done.returncode == 0:
            here.append(name)
        else:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            print(f"left out: {name} ({reason})")
    return here


def asked(name: str) -> int:
    """Figures one digest has with that engine."""
    return ONE_SHOT if name == "write_image" else DOZEN


def dozens(names: Sequence[str], rounds: int) -> None:
    """One digest, cold and warm."""
    cold: dict[str, list[float]] = {name: [] for name in names}
    work: dict[str, list[float]] = {name: [] for name in names}
    warm: dict[str, list[float]] = {name: [] for name in names}
    size: dict[str, int] = {}
    for _ in range(rounds):
        for name in names:
            seconds, worked, told = run(name, asked(name))
            cold[name].append(seconds * DOZEN / asked(name))
            work[name].append(worked * DOZEN / asked(name))
            size[name] = told["bytes"] * DOZEN // asked(name)
        for name in names:
            if name != "write_image":  # it is never warm: every figure has a browser of its own
                warm[name].append(median(run(name, DOZEN, 3)[2]["warm"]))
    columns: dict[str, dict[str, float]] = {
        "cold s": {name: median(times) for name, times in cold.items()},
        "of it work": {name: median(times) for name, times in work.items()},
        "warm s": {name: median(times) for name, times in warm.items() if times},
        "peak MB": {name: peak(name, asked(name)) / 1e6 for name in names},
        "PDF kB": {name: bytes_ / 1e3 for name, bytes_ in size.items()},
    }
    table(f"{DOZEN} figures, one PDF", names, columns)
    if "write_image" in names:
        print(f"write_image: reckoned from {ONE_SHOT} figures; its memory is that of one browser")


def many(names: Sequence[str], count: int) -> None:
    """Many figures over some processes, a dozen a PDF."""
    columns: dict[str, dict[str, float]] = {"s": {}, "ms a figure": {}}
    for name in names:
        if name == "write_image":
            continue
        seconds = over_processes(name, count)
        columns["s"][name] = seconds
        columns["ms a figure"][name] = 1000 * seconds / count
    table(f"{count} figures, {PROCESSES} processes", [name for name in names if name != "write_image"], columns)


def table(title: str, names: Sequence[str], columns: dict[str, dict[str, float]]) -> None:
    """Print a row an engine; behind each number how many times ours it is."""
    print(f"\n{title:<28}" + "".join(f"{column:>12}{'x':>8}" for column in columns))
    for name in names:
        row = f"{name:<28}"
        for values in columns.values():
            ours, value = values.get(names[0]), values.get(name)
            row += f"{value:>12.2f}" if value is not None else f"{'':>12}"
            row += f"{value / ours:>8.1f}" if value and ours else f"{'':>8}"
        print(row)


def main() -> None:
    """Compare all that are here."""
    parser = argparse.ArgumentParser(description="Time charts beside those of other libraries.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=1000, help="figures over two processes; 0 leaves that out")
    parser.add_argument("--only", default=",".join(ENGINES), help="engines, by commas; the first is compared with")
    parser.add_argument("--child", choices=ENGINES, help="draw in this process and print what it took")
    parser.add_argument("--figures", default=f"0,{DOZEN},0", help="first figure, how many, rounds once warm")
    options = parser.parse_args()
    if options.child:
        try:
            told = child(options.child, *map(int, options.figures.split(",")))
        except ImportError as error:
            print(error, file=sys.stderr)
            sys.exit(ABSENT)
        print(json.dumps(told))
        return
    names = present(options.only.split(","))
    if not names:
        return
    dozens(names, options.rounds)
    if options.many:
        many(names, options.many)


if __name__ == "__main__":
    main()
