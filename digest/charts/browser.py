"""What the second engine's browser is started with: our faces and no others, a page of our own, and no way out.

The page is read from files. A policy in it lets it ask for nothing else, and the browser is led to a proxy that is not
there, so that neither a figure nor the browser itself reaches a network.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from digest.charts.engine import locale_js
from digest.charts.voices import DEFAULT, FAMILIES, VOICES
from digest.fonts import FALLBACK

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from digest.fonts import FontSet

SHELLS: Final = ("chromium-headless-shell", "chrome-headless-shell")
"""Browsers that are taken before any other: they print five times faster than a whole one."""

FLAGS: Final = (
    "--force-device-scale-factor=2",  # at 1 the advance of every letter is rounded to a whole pixel
    "--proxy-server=http://127.0.0.1:9",  # the port of discard, where nobody listens
    "--proxy-bypass-list=<-loopback>",  # addresses of this machine as well
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-domain-reliability",
)

_FAMILY: Final = 1  # the number of that name in a font file

_SETTINGS: Final = 'Plotly.register(digestLocale);Plotly.setPlotConfig({locale: "zh-CN", staticPlot: true});'

_POLICY: Final = (
    "default-src 'none'; script-src file: 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; connect-src data: blob:; worker-src blob:"
)


def find_browser() -> Path | None:
    """The browser that Kaleido is told to use or finds by itself; None where there is neither it nor a browser."""
    if shell := find_shell():
        return shell
    try:
        from choreographer.browsers.chromium import Chromium  # noqa: PLC0415 - heavy, and seldom needed
    except ImportError:
        return None
    found = Chromium.find_browser(skip_local=False)
    return Path(found) if found else None


def find_shell() -> Path | None:
    """A browser without windows, where there is one."""
    return next((Path(path) for name in SHELLS if (path := shutil.which(name))), None)


class Page:
    """The page Kaleido draws on: without MathJax, which it would fetch, and without the white edge that it prints."""

    def generate_index(self) -> str:
        """The page as HTML."""
        from kaleido import PageGenerator  # noqa: PLC0415 - loaded with the browser

        page: str = PageGenerator(mathjax=False).generate_index()
        policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        ours = f"<style>@page {{ margin: 0 }}</style><script>{locale_js()}{_SETTINGS}</script>"
        return page.replace("<head>", f"<head>{policy}", 1).replace("</head>", f"{ours}</head>", 1)


def browser_class(fonts: FontSet, folder: Path) -> type[Any]:
    """Chromium that finds the faces of chart text and no others; what it needs for that is written to the folder."""
    from choreographer.browsers.chromium import Chromium  # noqa: PLC0415 - loaded with the browser

    config = _font_config(fonts, folder)

    class OwnFaces(Chromium):  # type: ignore[misc, unused-ignore]
        def get_env(self) -> MutableMapping[str, str]:
            environment: MutableMapping[str, str] = super().get_env()
            return {**environment, "FONTCONFIG_FILE": str(config)}

        def get_cli(self) -> Sequence[str]:
            return [*super().get_cli(), *FLAGS]

    return OwnFaces


def _font_config(fonts: FontSet, folder: Path) -> Path:
    """A configuration of fontconfig with every face that a character of chart text may be drawn in."""
    faces = folder / "faces"
    faces.mkdir(exist_ok=True)
    for key in dict.fromkeys(key for voice in VOICES for row in FALLBACK[voice] for key in row):
        path = fonts.face(key).path.resolve()
        _link(path, faces / f"{key}{path.suffix}")
    known = {voice: str(fonts.face(voice).shaper.face.get_name(_FAMILY)) for voice in FAMILIES.values()}
    names = "".join(
        f'<match target="pattern"><test name="family" compare="eq"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="prepend" binding="same"><string>{escape(known[voice])}</string></edit></match>'
        for name, voice in FAMILIES.items()
        if name != known[voice].lower()
    )
    config = folder / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(faces))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>{names}"
        '<match target="pattern"><edit name="family" mode="append" binding="weak">'
        f"<string>{escape(known[DEFAULT])}</string></edit></match></fontconfig>",
        encoding="utf-8",
    )
    return config


def _link(path: Path, name: Path) -> None:
    if name.exists():
        return
    try:
        name.symlink_to(path)
    except OSError:  # where links are not allowed
        shutil.copyfile(path, name)
