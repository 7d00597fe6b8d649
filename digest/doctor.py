"""What this machine has, and whether charts come out as they should (体检): a look at everything a digest needs.

    for check in examine():
        print(check)

Nothing is changed. A check that fails for whatever reason says so and the next one follows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from digest.errors import DigestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

State = Literal["fine", "doubtful", "broken"]

STATES: Final[dict[State, str]] = {"fine": "正常", "doubtful": "有疑", "broken": "不行"}

NEEDED: Final = ("pandas", "rjieba", "uharfbuzz", "reportlab", "plotly", "kaleido")
"""Packages without which no digest is made, as pyproject.toml names them."""

OPTIONAL: Final = {
    "mini-racer": "画图最快的引擎；这台机器没有它的话，由 quickjs-ng 来画：pip install quickjs-ng",
    "pikepdf": "要把浏览器画的图放进 PDF 才用得着：pip install 'jianbao[kaleido]'",
    "pypdfium2": "要不用浏览器做 PNG 才用得着：pip install 'jianbao[png]'",
}
"""Packages that a digest can do without, and what they are for."""

_OLDEST: Final = (3, 11)
_BROWSER_SECONDS: Final = 20.0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: what stands there, and what helps where something is wrong."""

    name: str
    state: State
    words: str
    hint: str = ""

    def __str__(self) -> str:
        """`正常  reportlab：4.4.0`, on one line."""
        return f"{STATES[self.state]}  {self.name}：{self.words}" + (f"；{self.hint}" if self.hint else "")


def examine() -> Iterator[Check]:
    """Everything in turn; the samples come last and take a second."""
    looks: tuple[tuple[str, Callable[[], Iterator[Check]]], ...] = (
        ("Python", _python),
        ("软件包", _packages),
        ("浏览器", _browser),
        ("字体", _faces),
        ("写文件", _writing),
        ("plotly.js", _plotly_js),
        ("画图引擎", _samples),
    )
    for name, look in looks:
        try:
            yield from look()
        except DigestError as error:
            yield Check(name, "broken", f"{error.code} {error.message}", error.hint)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the machine, the rest is looked at as well
            yield Check(name, "broken", f"{type(error).__name__}：{error}")


def _python() -> Iterator[Check]:
    words = f"{sys.version.split()[0]}，{sys.platform}"
    if sys.version_info < _OLDEST:
        yield Check("Python", "broken", words, "需要 3.11 或更新的版本")
    else:
        yield Check("Python", "fine", words)


def _packages() -> Iterator[Check]:
    for name in (*NEEDED, *OPTIONAL):
        try:
            yield Check(name, "fine", version(name))
        except PackageNotFoundError:
            if name in OPTIONAL:
                yield Check(name, "doubtful", "没有装", OPTIONAL[name])
            else:
                yield Check(name, "broken", "没有装", f"请安装：pip install {name}")


def _browser() -> Iterator[Check]:
    from digest.charts.browser import find_browser

    path = find_browser()
    if path is None:
        hint = "只有地图、三维图和 --engine kaleido 用得着；请装 Chrome 或 Chromium"
        yield Check("浏览器", "doubtful", "没有找到", hint)
        return
    told = ""
    if os.name != "nt":  # there a browser that is asked opens a window
        done = subprocess.run(  # noqa: S603 - the browser that would be opened
            [path, "--version"], capture_output=True, check=False, encoding="utf-8", timeout=_BROWSER_SECONDS
        )
        told = done.stdout.strip()
    yield Check("浏览器", "fine", f"{told}（{path}）" if told else str(path))


def _faces() -> Iterator[Check]:
    from digest.fonts import NAMES, listed, load_fonts

    fonts = load_fonts()
    faces = [fonts.face(key) for key in fonts.keys()]  # noqa: SIM118 - no mapping
    other = [NAMES[face.key] for face in faces if listed(face) != face.digest]
    folders = "、".join(dict.fromkeys(str(face.path.parent) for face in faces))
    if other:
        yield Check("字体", "doubtful", f"校验值对不上：{'、'.join(other)}（{folders}）", "请重新安装")
    else:
        yield Check("字体", "fine", f"{len(faces)} 个字库都在，校验值都对（{folders}）")


def _writing() -> Iterator[Check]:
    from digest.pdf.publish import publish

    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        path = Path(folder) / "体检.txt"
        publish("写得出来".encode(), path)
        same = path.read_text(encoding="utf-8") == "写得出来"
    yield Check("写文件", "fine" if same else "broken", "能写、能改名" if same else "读回来的和写的不一样")


def _plotly_js() -> Iterator[Check]:
    from digest.charts.known import doubt
    from digest.charts.plotly_js import plotly_js, plotly_js_version

    path = plotly_js()
    finding = doubt(thorough=True)
    if finding is None:
        yield Check("plotly.js", "fine", f"{plotly_js_version()}，核对过（{path}）")
    else:
        yield Check("plotly.js", "doubtful", f"{finding.code} {finding.message}", "请看下面的样图")


def _samples() -> Iterator[Check]:
    from digest.charts.engine import InProcess
    from digest.charts.samples import FIGURES, drawn_print, known_prints
    from digest.fonts import load_fonts

    fonts, known = load_fonts(), known_prints()
    with InProcess() as engine:
        for number, name in enumerate(FIGURES):
            try:
                same = drawn_print(name, engine, fonts) == known[name]
            except DigestError as error:
                if error.code == "C101":  # nothing to draw with is told once
                    raise
                yield Check(f"样图“{name}”", "broken", f"画不出来：{error.code} {error.message}", error.hint)
                continue
            if number == 0:
                yield Check("画图引擎", "fine", "能启动，能画")
            if same:
                yield Check(f"样图“{name}”", "fine", "和核对过的一样")
            else:
                yield Check(f"样图“{name}”", "doubtful", "和核对过的不一样", "这类图请对照原图看一看")
