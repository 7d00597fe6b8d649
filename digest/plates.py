"""Figures alone (散图): any Plotly figures as files of their own, without a digest and without a browser.

    render_figures(["进度.json", "规模.json"], "图", format="svg")
    [plate] = render_figures([fig])
    bytes(plate)

Figures do not depend on each other: what is wrong with one is told at the end, together with all else, and the others
are drawn all the same.

Codes: U004 the folder to write to, U005 two figures of one name, U006 an unknown kind of file or look, U007 a size;
P505 too many pixels. Those of a figure are told in `charts`.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from digest.errors import OutputError, RenderError, UsageError
from digest.findings import Finding, Place
from digest.report import nothing_drawn, opened
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.alone import Look
    from digest.charts.engines import ChartEngine
    from digest.charts.render import Renderer
    from digest.drawing import Picture
    from digest.fonts import FontSet
    from digest.report import Engine, StrPath
    from digest.style import Style

Format = Literal["pdf", "svg", "png"]

MOST_PIXELS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class FigureResult:
    """What became of one figure. `status` is `written` where a folder was given, `failed` where `finding` says why; of
    one that was drawn `finding` is a warning: keys that Plotly does not know, passed over as plotly.js does.

    `width` and `height` are in points, zero where the figure failed; `sha256` is of the bytes. `bytes(result)` is the
    file, kept only where no folder was given; `os.fspath(result)` is its path.
    """

    name: str
    status: Literal["written", "rendered", "failed"]
    path: Path | None = None
    width: float = 0.0
    height: float = 0.0
    sha256: str = ""
    finding: Finding | None = None
    data: bytes = field(default=b"", repr=False)

    def __bytes__(self) -> bytes:
        """The file; TypeError where it was written to a folder or not drawn."""
        if self.status != "rendered":
            raise TypeError(f"figure {self.name!r} was {self.status}; only figures without a folder are kept as bytes")
        return self.data

    def __fspath__(self) -> str:
        """Where it was written; TypeError where it was not."""
        if self.path is None:
            raise TypeError(f"figure {self.name!r} was not written to a path; use bytes(result)")
        return str(self.path)


class FiguresError(RenderError):
    """Some figures could not be drawn or written; `results` has all of them, `findings` says what is wrong."""

    def __init__(self, results: Iterable[FigureResult]) -> None:
        """Take the results of all figures, at least one of which failed."""
        self.results = tuple(results)
        failed_first = sorted(self.results, key=lambda result: result.status != "failed")
        self.findings = tuple(result.finding for result in failed_first if result.finding)
        super().__init__("\n".join(map(str, self.findings)), code=self.findings[0].code)

    def __str__(self) -> str:
        """One finding a line."""
        return self.message


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How all figures of a call are to be drawn."""

    format: Format
    style: Style
    look: Look
    width: float | None
    height: float | None
    scale: float
    fonts: FontSet
    renderer: Renderer


def render_figures(
    figures: Mapping[str, object] | Iterable[object],
    output: StrPath | None = None,
    *,
    format: Format = "pdf",  # noqa: A002 - the word that everybody knows for it
    engine: Engine | ChartEngine = "auto",
    look: Look = "auto",
    style: Style = BRIEFING,
    width: float | None = None,
    height: float | None = None,
    scale: float = 2.0,
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
) -> tuple[FigureResult, ...]:
    """Each figure as a file of its own in the folder `output`, or as bytes where there is none; in their order.

    A figure is Plotly JSON (a mapping with `data` and `layout`), a `go.Figure`, or the path of a JSON file. Files are
    called as these files are, as the keys of a mapping, or 图1, 图2 ...; the folder is made where only it is missing.

    One unit of a figure is one point, in a PDF and in print. `width` and `height` go before the sizes of the figures.
    In the look `own` a figure is drawn in its own template, 700 × 450 where it has no size; in `digest` in that of
    `style`, the measure by 180; `auto` keeps a template where there is one. PNG has `scale` pixels a point. `engine`,
    `cache` and `fonts` are those of `generate_digest`.

    Raises `FiguresError` once all are done where some failed: the others are written, and in its `results`. UsageError
    or RenderError come before any is drawn, and then nothing was written.
    """
    named = _named(figures)
    _check_options(format, look, (width, height, scale))
    folder = None if output is None else _folder(output)
    with opened(engine) as charts:
        if format == "png" and charts.kind != "kaleido":
            from digest.pdf.raster import has_raster, no_raster

            if not has_raster():
                raise no_raster()
        if nothing_drawn(cache):
            charts.start()  # figures are read while it does
        from digest.charts.render import Renderer
        from digest.fonts import load_fonts

        faces = load_fonts(None if fonts is None else Path(fonts))
        renderer = Renderer(faces, charts, cache=None if cache is None else Path(cache))
        sheet = _Sheet(format, style, look, width, height, scale, faces, renderer)
        results = tuple(_result(name, figure, sheet, folder) for name, figure in named)
    if any(result.status == "failed" for result in results):
        raise FiguresError(results)
    return results


# --- what is asked for ----------------------------------------------------------------------------------


def _named(figures: Mapping[str, object] | Iterable[object]) -> list[tuple[str, object]]:
    """Figures with their names, no two of which are one file. UsageError U005, TypeError for a figure by itself."""
    if callable(getattr(figures, "to_plotly_json", None)) or isinstance(figures, str | os.PathLike):
        raise TypeError("figures must be a list of figures; put a single one in brackets")
    if isinstance(figures, Mapping) and isinstance(figures.get("data"), list | tuple):
        raise TypeError("figures must be a list of figures or a mapping of names to figures, not one figure")
    if isinstance(figures, Mapping):
        named = [(str(name), figure) for name, figure in figures.items()]
    else:
        named = [
            (Path(figure).stem if isinstance(figure, str | os.PathLike) else f"图{number}", figure)
            for number, figure in enumerate(figures, 1)
        ]
    seen: dict[str, object] = {}
    for name, figure in named:
        if _NO_NAME.search(name):
            raise UsageError(f"“{name}”不能做文件名", code="U005", hint="不能有 / 和 \\，也不能空着")
        same = unicodedata.normalize("NFC", name).casefold()  # as file systems of Windows and macOS see it
        if same in seen:
            files = [f"（{item}）" if isinstance(item, str | os.PathLike) else "" for item in (seen[same], figure)]
            message = f"两张图同名，会写成一个文件：{name}{files[0]}、{name}{files[1]}"
            raise UsageError(message, code="U005", hint="请改一个名字，或分两次画到两个文件夹")
        seen[same] = figure
    return named


def _check_options(kind: str, look: str, sizes: Sequence[float | None]) -> None:
    """Refuse what nobody can draw. UsageError U006, U007."""
    from digest.charts.alone import Look

    for word, known, what in ((kind, get_args(Format), "文件种类"), (look, get_args(Look), "样式")):
        if word not in known:
            raise UsageError(f"没有这种{what}：{word}", code="U006", hint=f"可以是 {'、'.join(known)}")
    for size in sizes:
        if size is not None and not 0 < size < math.inf:
            raise UsageError(f"宽、高和倍数要大于 0，写的是 {size}", code="U007")


def _folder(output: StrPath) -> Path:
    """The folder to write to; it may still be missing where that in which it lies is there. OutputError U004."""
    folder = Path(output)
    if str(output) == "-":
        raise OutputError("图要写进文件夹，不能写到标准输出", code="U004", hint="请用 -o 文件夹")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} 不是文件夹", code="U004", hint="几张图各成一个文件，-o 后面要写文件夹")
    if not folder.parent.is_dir():
        raise OutputError(f"没有文件夹 {folder.parent}", code="U004", hint="请先建好，或换一个位置")
    return folder


# --- one figure -----------------------------------------------------------------------------------------


def _result(name: str, source: object, sheet: _Sheet, folder: Path | None) -> FigureResult:
    """One figure drawn and written, or why not."""
    try:
        remarks: list[str] = []
        data, width, height = _drawn(name, source, sheet, remarks)
        passed = Finding("C118", "warning", "；".join(remarks), _place(name, source)) if remarks else None
        sha256 = hashlib.sha256(data).hexdigest()
        if folder is None:
            return FigureResult(name, "rendered", None, width, height, sha256, passed, data)
        path = folder / f"{name}.{sheet.format}"
        _publish(data, path)
    except (RenderError, OutputError) as error:
        found = Finding(error.code, "error", error.message, _place(name, source), hint=error.hint)
        return FigureResult(name, "failed", finding=found)
    return FigureResult(name, "written", path, width, height, sha256, passed)


def _place(name: str, source: object) -> Place:
    return Place(os.fspath(source) if isinstance(source, str | os.PathLike) else name)


def _drawn(name: str, source: object, sheet: _Sheet, remarks: list[str]) -> tuple[bytes, float, float]:
    """The file of a figure, and its size in points; what was passed over is remarked."""
    from digest.charts.alone import alone
    from digest.charts.drawn import alt_text
    from digest.charts.figure_file import read_figure
    from digest.charts.figures import plain_figure
    from digest.story.charts import PlotlyChart

    read = read_figure(Path(source)) if isinstance(source, str | os.PathLike) else source
    figure, width, height = alone(
        plain_figure(read, remarks.append), sheet.style, sheet.look, sheet.width, sheet.height
    )
    alt = _sayable(alt_text(PlotlyChart(figure)))
    title = _sayable(_title(figure) or name)
    if sheet.format == "svg":
        return _svg(figure, width, height, f"{title}：{alt}", sheet), width, height
    if sheet.format == "png":
        return _png(figure, width, height, alt, sheet), width, height
    return _pdf(sheet.renderer.picture(figure, width, height, alt), title, sheet.fonts), width, height


def _png(figure: dict[str, Any], width: float, height: float, alt: str, sheet: _Sheet) -> bytes:
    from digest.pdf.raster import rasterise, with_density

    across, down = width * sheet.scale, height * sheet.scale
    if across * down > MOST_PIXELS:
        message = f"PNG 太大：{across:.0f} × {down:.0f} 像素"
        raise RenderError(message, code="P505", hint="请把 scale 或图改小")
    if sheet.renderer.by_browser(figure):
        drawn = sheet.renderer.shown(figure, width, height, "png", sheet.scale)
    else:
        drawn = rasterise(_pdf(sheet.renderer.picture(figure, width, height, alt), "", sheet.fonts), sheet.scale)
    return with_density(drawn, sheet.scale)


def _svg(figure: dict[str, Any], width: float, height: float, title: str, sheet: _Sheet) -> bytes:
    from digest.charts.standalone import settled, standalone, without_chance
    from digest.errors import ChartError

    if sheet.renderer.by_browser(figure):
        drawn = without_chance(sheet.renderer.shown(settled(figure), width, height, "svg").decode())
    else:
        drawn = sheet.renderer.svg(figure, width, height)
        try:
            sheet.renderer.marks(drawn, width, height)
        except ChartError as error:
            if error.code != "C105":  # what only our own reader does not understand may stand in an SVG
                raise
    return standalone(drawn, title, sheet.fonts).encode()


def _pdf(picture: Picture, title: str, fonts: FontSet) -> bytes:
    """A file of one page, as large as the picture."""
    from digest.drawing import Group
    from digest.layout.page import Item, Page, Pages
    from digest.pdf.verify import verify
    from digest.pdf.write import write_pdf
    from digest.story.blocks import Meta

    marks = (Group(picture.marks, alt=picture.alt),)
    item = Item(0.0, 0.0, picture.width, picture.height, "chart", picture.alt, marks)
    pages = Pages(picture.width, picture.height, Meta(title, "", "", ""), (Page(1, "1", (item,)),), ())
    data = write_pdf(pages, fonts)
    verify(data, 1)
    return data


def _title(figure: Mapping[str, Any]) -> str:
    """The figure's own title without the marks that plotly.js reads in it."""
    title = figure["layout"].get("title")
    text = title.get("text") if isinstance(title, Mapping) else title
    return " ".join(_TAG.sub(" ", text).split()) if isinstance(text, str) else ""


def _sayable(text: str) -> str:
    """The text with a sign in the place of what no file can hold: control characters, halves of characters.

    A name may have such halves where the file system writes names in another encoding.
    """
    return _UNSAYABLE.sub("\ufffd", text)


def _publish(data: bytes, path: Path) -> None:
    from digest.pdf.publish import publish

    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputError(f"建不了文件夹 {path.parent}：{error.strerror}", code="U004", hint="请换一个位置") from error
    publish(data, path)


_NO_NAME: Final = re.compile(r"[\x00-\x1f\x7f/\\]|^\.*$")
_UNSAYABLE: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TAG: Final = re.compile(r"</?[a-zA-Z][^>]*>")
