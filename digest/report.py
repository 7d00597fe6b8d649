"""The whole way, from a project to a file: the front door, and what it hands back."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from digest.errors import DataError, LayoutError
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.model import Digest, Fact
    from digest.findings import Finding
    from digest.fonts import FontSet
    from digest.layout.page import Pages
    from digest.style import Style

StrPath = str | os.PathLike[str]
Engine = Literal["auto", "inprocess", "kaleido"]


class BinaryWriter(Protocol):
    """Whatever takes bytes: an open binary file, a `BytesIO`, a socket's file."""

    def write(self, data: bytes, /) -> object:
        """Take all of `data`."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Pages before they are printed (校样), with the faces they are set in and what was seen on the way."""

    digest: Digest
    pages: Pages
    fonts: FontSet
    findings: tuple[Finding, ...]


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
    style: Style = BRIEFING,
    engine: Engine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
) -> DigestResult:
    """The digest of a project folder, or of a `Digest` built in Python, written to `output`.

    `output` is a path (published in one step: whole or not at all), a binary file object, or None for bytes only.
    `period` picks one reporting period where the project holds several. `engine` draws the charts: inside the process,
    with Kaleido and a browser, or (`auto`) with whichever can. `cache` is a folder for drawn charts, `fonts` one with
    faces to use instead of our own. Under `strict` warnings are errors.

    Raises UsageError, DataError or RenderError, and then nothing was written.
    """
    from digest.pdf.verify import verify
    from digest.pdf.write import write_pdf

    proof = proof_digest(source, period=period, style=style, engine=engine, cache=cache, fonts=fonts, strict=strict)
    data = write_pdf(proof.pages, proof.fonts)
    verify(data, len(proof.pages.pages))  # a bad file is never sent
    return DigestResult(
        status="rendered" if output is None else "written",
        path=_deliver(data, output),
        sha256=hashlib.sha256(data).hexdigest(),
        pages=len(proof.pages.pages),
        findings=proof.findings,
        facts=proof.digest.facts,
        data=data,
    )


def proof_digest(
    source: StrPath | Digest,
    *,
    period: str | None = None,
    style: Style = BRIEFING,
    engine: Engine = "auto",
    cache: StrPath | None = None,
    fonts: StrPath | None = None,
    strict: bool = False,
) -> Proof:
    """The pages of a digest, not printed yet: everything `generate_digest` does but the file. Same arguments."""
    from digest.charts.illustrate import illustrate
    from digest.data.load import load
    from digest.data.provenance import check_digest
    from digest.fonts import load_fonts
    from digest.layout.typeset import typeset
    from digest.story.draft import draft

    digest = load(source, period)
    findings = _accepted((*digest.findings, *check_digest(digest)), strict=strict)
    told, doubts = draft(digest)
    findings += _accepted(doubts, strict=strict)
    faces = load_fonts(_folder(fonts))
    story = illustrate(told, style, faces, engine=engine, cache=_folder(cache))
    pages, remarks = typeset(story, style, faces)
    findings += _fitting(remarks, strict=strict)
    return Proof(digest, pages, faces, findings)


def check(source: StrPath | Digest, *, period: str | None = None) -> CheckResult:
    """All that is wrong or doubtful in a project's data, its sources and its wording. No page is made.

    Raises UsageError where there is no project to look at; what is wrong inside it is in the findings.
    """
    from digest.data.load import load
    from digest.data.provenance import check_digest
    from digest.story.draft import draft

    try:
        digest = load(source, period)
    except DataError as error:
        return CheckResult(error.findings, ())
    findings = (*digest.findings, *check_digest(digest))
    if not _faults(findings, strict=False):  # what is wrong in the data cannot be put into words
        findings += draft(digest)[1]
    return CheckResult(findings, digest.facts)


def file_name(digest: Digest) -> str:
    """What a digest's file is called when nobody says: masthead, issue and date, safe on every file system."""
    header = digest.header
    issue = f"第{header.issue}期" if header.issue else ""
    words = "-".join(word for word in (header.name, issue, header.date) if word)
    safe = _UNSAFE.sub("", words).strip(" .-")
    return f"{safe[:60] or '工作简报'}.pdf"  # 60 characters are at most 180 bytes; file systems take 255


def _accepted(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """The same findings; DataError when one of them forbids a digest."""
    findings = tuple(findings)
    if _faults(findings, strict=strict):
        raise DataError(findings)
    return findings


def _fitting(remarks: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """The same remarks of the layout; LayoutError when one of them forbids the pages."""
    remarks = tuple(remarks)
    faults = _faults(remarks, strict=strict)
    if faults:
        raise LayoutError("\n".join(str(fault) for fault in faults), code=faults[0].code)
    return remarks


def _faults(findings: Iterable[Finding], *, strict: bool) -> tuple[Finding, ...]:
    """Those that forbid a digest: errors, and under `strict` warnings."""
    grave = ("error", "warning") if strict else ("error",)
    return tuple(finding for finding in findings if finding.severity in grave)


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


_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\s]+')  # what Windows, WPS or a shell would trip over
