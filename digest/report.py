"""The whole way, from a project to a file: the front door, and what it hands back."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

from digest.errors import ChartError, DataError, LayoutError, OutputError, UsageError
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.charts.engines import ChartEngine
    from digest.charts.illustrate import Illustration
    from digest.data.model import Digest, Fact
    from digest.errors import RenderError
    from digest.findings import Finding
    from digest.fonts import FontSet
    from digest.layout.page import Pages
    from digest.story.blocks import Story
    from digest.style import Style

StrPath = str | os.PathLike[str]
Engine = Literal["auto", "inprocess", "kaleido"]
OnChartError = Literal["raise", "omit"]


class BinaryWriter(Protocol):
    """Whatever takes bytes: an open binary file, a `BytesIO`, a socket's file."""

    def write(self, data: bytes, /) -> object:
        """Take all of `data`."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Pages before they are printed (校样), with the style and faces they are set in, and what was seen on the way."""

    pages: Pages
    style: Style
    fonts: FontSet
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestResult:
    """A finished digest. `status` is `written` where an output was given; `path` where that was a path.

    `bytes(result)` is the PDF, `os.fspath(result)` its path; `pages` counts them and `sha256` is of the bytes.
    """

    status: Literal["written", "rendered"]
    path: Path | None
    sha256: str
    pages: int
    findings: tuple[Finding, ...] = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)
    data: bytes = field(repr=False)

    def __bytes__(self) -> bytes:
        """The PDF."""
        return self.data

    def __fspath__(self) -> str:
        """Where it was written; TypeError where it was not written to a path."""
        if self.path is None:
            raise TypeError("this digest was not written to a path; use bytes(result)")
        return str(self.path)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check saw: `ok` unless one of the findings is an error."""

    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...] = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether a digest could be made of it."""
        return not _faults(self.findings, strict=False)


def generate_digest(
    source: StrPath | Digest,
    output: StrPath | BinaryWriter | None = None,
    *,
    period: str | None = None,
    member: str = "",
    data: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
    style: Style = BRIEFING,
    engine: Engine | ChartEngine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
    on_chart_error: OnChartError = "raise",
) -> DigestResult:
    """The digest of a project folder, or of a `Digest` built in Python, written to `output`.

    `output` is a path (published in one step: whole or not at all), a binary file object, or None for bytes only.
    `period` picks one reporting period where the project holds several, `member` one of its roster in place of the
    whole. `data` are frames by the title of the table they stand in for, `connections` open connections to databases
    by the name the project calls them. `engine` draws the charts: inside the process,
    with Kaleido and a browser, or (`auto`) with whichever can; a `ChartEngine` serves many digests and starts once.
    `cache` is a folder for drawn charts, `fonts` one with faces to use instead of our own. Under `strict` warnings are
    errors. A chart that cannot be drawn is an error (`on_chart_error="raise"`), or a note stands in its place that says
    so and tells its data in words, and a warning beside it (`"omit"`).

    Raises UsageError, DataError or RenderError, and then nothing was written.
    """
    _takes_bytes(output)
    way = _Way(style, engine, cache, fonts, on_chart_error, strict=strict)
    asked = _Asked(source, period, member, data, connections)
    with _uncollected(), _set_digest(asked, way) as sheets:
        return _printed(sheets, output)


def typeset_story(
    story: Story,
    output: StrPath | BinaryWriter | None = None,
    *,
    style: Style = BRIEFING,
    engine: Engine | ChartEngine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
    on_chart_error: OnChartError = "raise",
) -> DigestResult:
    """Blocks of one's own (`digest.story.blocks`) on pages, written to `output`; every digest goes this way once
    its data are put into words.

    Arguments and result are those of `generate_digest`; there are no facts. Raises UsageError or RenderError, and then
    nothing was written; `KeyError` where a link leads to an anchor that stands nowhere.
    """
    _takes_bytes(output)
    way = _Way(style, engine, cache, fonts, on_chart_error, strict=strict)
    with _uncollected(), _set_story(story, way) as sheets:
        return _printed(sheets, output)


def proof_digest(
    source: StrPath | Digest,
    *,
    period: str | None = None,
    member: str = "",
    data: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
    style: Style = BRIEFING,
    engine: Engine | ChartEngine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
    on_chart_error: OnChartError = "raise",
) -> Proof:
    """The pages of a digest, not printed yet: everything `generate_digest` does but the file. Same arguments."""
    way = _Way(style, engine, cache, fonts, on_chart_error, strict=strict)
    with _set_digest(_Asked(source, period, member, data, connections), way) as sheets:
        return sheets.proof()


def proof_story(
    story: Story,
    *,
    style: Style = BRIEFING,
    engine: Engine | ChartEngine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
    on_chart_error: OnChartError = "raise",
) -> Proof:
    """The pages of a story, not printed yet: everything `typeset_story` does but the file. Same arguments."""
    way = _Way(style, engine, cache, fonts, on_chart_error, strict=strict)
    with _set_story(story, way) as sheets:
        return sheets.proof()


class _Asked(NamedTuple):
    """What a digest is made of: a project or a digest, the period and member, what is handed in beside its files."""

    source: StrPath | Digest
    period: str | None = None
    member: str = ""
    data: Mapping[str, object] | None = None
    connections: Mapping[str, object] | None = None

    def load(self) -> Digest:
        """The digest, read."""
        from digest.data.load import load

        return load(self.source, self.period, self.member, data=self.data, connections=self.connections)


class _Way(NamedTuple):
    """How a digest is made: what every door is told beside what it is made of."""

    style: Style
    engine: Engine | ChartEngine
    cache: StrPath | None
    fonts: StrPath | None
    on_chart_error: OnChartError
    strict: bool


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Pages that are set while their charts are still being drawn; whoever looks at a chart waits for it."""

    pages: Pages
    faces: FontSet
    way: _Way
    illustration: Illustration
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...] = ()

    def proof(self) -> Proof:
        """The pages with every chart drawn, and what was seen on the way; what cannot be drawn is an error."""
        doubts = _fitting(self.illustration.finish(), ChartError, strict=self.way.strict)
        return Proof(self.pages, self.way.style, self.faces, self.findings + doubts, self.facts)


@contextlib.contextmanager
def _set_digest(asked: _Asked, way: _Way) -> Iterator[_Sheets]:
    with opened(way.engine) as charts:
        if nothing_drawn(way.cache):  # data are being read while it starts; of no use where there is no chart to draw
            charts.start()
        from digest.data.provenance import check_digest
        from digest.story.draft import draft

        digest = asked.load()
        findings = _accepted((*digest.findings, *check_digest(digest)), strict=way.strict)
        told, doubts = draft(digest)
        findings += _accepted(doubts, strict=way.strict)
        with _set_story(told, way._replace(engine=charts)) as sheets:
            yield replace(sheets, findings=findings + sheets.findings, facts=digest.facts)


@contextlib.contextmanager
def _set_story(story: Story, way: _Way) -> Iterator[_Sheets]:
    from digest.story.blocks import Chart

    if way.on_chart_error not in get_args(OnChartError):
        choice = "、".join(get_args(OnChartError))
        raise UsageError(f"on_chart_error 不能是 {way.on_chart_error}", code="U008", hint=f"可以是 {choice}")
    with opened(way.engine) as charts:
        if any(isinstance(block, Chart) for block in story.blocks) and nothing_drawn(way.cache):
            charts.start()  # what follows is loaded and read while it does
        from digest.charts.illustrate import illustrating
        from digest.fonts import load_fonts
        from digest.layout.typeset import typeset
        from digest.pdf import verify, write  # noqa: F401 - for `_printed`, which would load them when the start is over

        faces = load_fonts(_folder(way.fonts))
        with illustrating(
            story, way.style, faces, engine=charts, cache=_folder(way.cache), on_chart_error=way.on_chart_error
        ) as illustration:
            pages, remarks = typeset(illustration.story, way.style, faces)
            yield _Sheets(pages, faces, way, illustration, _fitting(remarks, LayoutError, strict=way.strict))


def check(
    source: StrPath | Digest,
    *,
    period: str | None = None,
    member: str = "",
    data: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
) -> CheckResult:
    """All that is wrong or doubtful in a project's data, its sources and its wording. No page is made.

    The arguments are those of `generate_digest`. Raises UsageError where there is no project to look at; what is wrong
    inside it is in the findings.
    """
    from digest.data.provenance import check_digest
    from digest.story.draft import draft

    try:
        digest = _Asked(source, period, member, data, connections).load()
    except DataError as error:
        return CheckResult(error.findings, ())
    findings = (*digest.findings, *check_digest(digest))
    if not _faults(findings, strict=False):  # what is wrong in the data cannot be put into words
        from digest.charts.illustrate import check_charts

        told, doubts = draft(digest)
        findings += doubts + check_charts(told, BRIEFING)
    return CheckResult(findings, digest.facts)


def file_name(digest: Digest) -> str:
    """What a digest's file is called when nobody says: masthead, member, issue and date, safe on every file system."""
    header = digest.header
    issue = f"第{header.issue}期" if header.issue else ""
    member = digest.book.scope if digest.book else ""
    words = "-".join(word for word in (header.name, member, issue, header.date) if word)
    safe = _UNSAFE.sub("", words).strip(" .-")
    return f"{safe[:60] or '工作简报'}.pdf"  # 60 characters are at most 180 bytes; file systems take 255


def _printed(sheets: _Sheets, output: StrPath | BinaryWriter | None) -> DigestResult:
    """The file of these pages, and where it went; it is written page by page as charts are drawn, and goes nowhere
    before all of them were looked at.
    """
    from digest.pdf.verify import verify
    from digest.pdf.write import write_pdf

    data = write_pdf(sheets.pages, sheets.faces)
    proof = sheets.proof()
    verify(data, len(proof.pages.pages))  # a bad file is never sent
    return DigestResult(
        status="rendered" if output is None else "written",
        path=_deliver(data, output),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=len(proof.pages.pages),
        findings=proof.findings,
        facts=proof.facts,
        data=data,
    )


@contextlib.contextmanager
def opened(engine: Engine | ChartEngine) -> Iterator[ChartEngine]:
    """The engine that was handed in, left as it is; or one of that name, which is closed. U003 for an unknown name."""
    from digest.charts.engines import ChartEngine

    if isinstance(engine, ChartEngine):
        yield engine
        return
    if engine not in get_args(Engine):
        raise UsageError(f"没有这个画图引擎：{engine}", code="U003", hint=f"可以是 {'、'.join(get_args(Engine))}")
    with ChartEngine(engine) as own:
        yield own


def nothing_drawn(cache: StrPath | None) -> bool:
    """Whether every chart will have to be drawn; otherwise the engine is started for the first that is missing."""
    try:
        return cache is None or not any(Path(cache).iterdir())
    except OSError:
        return True


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """A time without the cyclic garbage collector; afterwards, come what may, it is as it was before.

    A digest is millions of small values and no cycles, and the collector walks them again and again to find none: a
    sixth of the time. What nobody refers to any more is freed all the same, so memory does not grow; the pages should
    be gone when this ends, or they are walked at once. The switch is the process's: of two threads at work the first
    to end turns it on again, which costs the other time and nothing else.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _accepted(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """The same findings; DataError when one of them forbids a digest."""
    findings = tuple(findings)
    if _faults(findings, strict=strict):
        raise DataError(findings)
    return findings


def _fitting(remarks: Iterable[Finding], error: type[RenderError], *, strict: bool) -> tuple[Finding, ...]:
    """The same remarks on charts or layout; that error when one of them forbids the pages."""
    remarks = tuple(remarks)
    faults = _faults(remarks, strict=strict)
    if faults:
        raise error("\n".join(str(fault) for fault in faults), code=faults[0].code)
    return remarks


def _faults(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Those that forbid a digest: errors, and under `strict` warnings."""
    grave = ("error", "warning") if strict else ("error",)
    return tuple(finding for finding in findings if finding.severity in grave)


def _takes_bytes(output: object) -> None:
    """Refuse what can never be written to, before any work is done."""
    if output is None:
        return
    if isinstance(output, str | os.PathLike):
        if str(os.fspath(output)).endswith(_SEPARATORS):  # a Path would forget it and write a file of the folder's name
            raise OutputError(f"无法写入 {output}：这是一个文件夹", code="W403", hint="请写上文件名，如 简报.pdf")
    elif not callable(getattr(output, "write", None)):
        raise TypeError(f"output must be a path, a binary file object or None, not {type(output).__name__}")
    elif isinstance(output, io.TextIOBase):
        raise TypeError("output must be a binary file object; open the file with mode 'wb'")


def _deliver(data: bytes, output: StrPath | BinaryWriter | None) -> Path | None:
    """Where the bytes went, if that was a path."""
    from digest.pdf.publish import publish

    if output is None:
        return None
    if isinstance(output, str | os.PathLike):
        path = Path(output)
        publish(data, path)
        return path
    output.write(data)
    return None


def _folder(path: StrPath | None) -> Path | None:
    return None if path is None else Path(path)


_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')  # what Windows, WPS or a shell would trip over
