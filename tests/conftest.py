"""What several tests share: the example built once, a small digest, the command line, tools of others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pypdfium2
import pytest
from hypothesis import settings

from digest import Digest, Document, Fact, Header, Mechanism, Part, Program, Section, Source, generate_digest
from digest.data.quantity import parse_quantity
from tests.postgres import postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from digest import DigestResult

__all__ = ["postgres"]  # for tests anywhere

ROOT = Path(__file__).resolve().parent.parent

# What passes here passes for everybody: the same examples each time. `make test-search` looks for new ones.
settings.register_profile("untimed", deadline=None, derandomize=True)  # a busy machine proves nothing wrong
settings.register_profile("search", deadline=None, max_examples=500, print_blob=True)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write the traces in tests/golden anew")


# --- the example ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def checkout() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def project() -> Path:
    return ROOT / "examples" / "mofan_jiguan"


@pytest.fixture(scope="session")
def example(project: Path) -> DigestResult:
    """The example, built once."""
    return generate_digest(project)


@pytest.fixture(scope="session")
def example_pdf(example: DigestResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("example") / "example.pdf"
    path.write_bytes(bytes(example))
    return path


class ReadPdf(Protocol):
    """Reads the text of some pages as a reader of others sees it, without white space."""

    def __call__(self, data: bytes, start: int = 0, stop: int | None = None) -> str: ...


@pytest.fixture(scope="session")
def read_pdf() -> ReadPdf:
    def read(data: bytes, start: int = 0, stop: int | None = None) -> str:
        with pypdfium2.PdfDocument(data) as document:
            numbers = range(len(document))[start:stop]
            pages = [document[number].get_textpage().get_text_range() for number in numbers]
        return "".join("".join(pages).split())

    return read


@pytest.fixture
def copy_of_example(project: Path, tmp_path: Path) -> Path:
    """The example where a test may spoil it."""
    return Path(shutil.copytree(project, tmp_path / "project"))


# --- a digest made in Python ----------------------------------------------------------------------------


class MakeDigest(Protocol):
    """Makes a digest of one program, one fact and one mechanism; `word` stands in every text it has."""

    def __call__(self, word: str = "甲乙") -> Digest: ...


@pytest.fixture(scope="session")
def make_digest() -> MakeDigest:
    def make(word: str = "甲乙") -> Digest:
        quote = f"{word}共有137个单位"
        single = "{" in word and "{{" not in word  # where facts are named, single braces are written inside {=…}
        written = f"{{={word}}}" if single else word
        source = Source(document="doc", quote=quote, department=f"{word}办公室")
        fact = Fact(
            id="p.units",
            program="p",
            metric=f"{word}单位数",
            quantity=parse_quantity("137个"),
            kind="stock",
            source=source,
            label=f"{word}单位",
            phrase=f"{word}共有{{}}单位",
        )
        items = (f"{word}一", f"{word}二")
        mechanism = Mechanism("m", "p", f"{word}机制", "parallel", items, source, short=f"{word}短")
        text = f"{written}写下的话，单位{{p.units}}。"
        part = Part(text=text, narrate=("p.units",), strip=("p.units",), mechanisms=(("m",),))
        return Digest(
            header=Header("工作简报", title=f"{word}标题", unit=f"{word}室", date="2023-12", headlines=("p.units",)),
            sections=(Section(f"{word}章节", ("p",), (part,)),),
            programs=(Program("p", f"{word}项目"),),
            facts=(fact,),
            mechanisms=(mechanism,),
            documents=(Document("doc", "sources/doc.txt", f"{word}来源", "\n".join((quote, *items))),),
        )

    return make


@pytest.fixture
def small(make_digest: MakeDigest) -> Digest:
    return make_digest()


# --- the command line -----------------------------------------------------------------------------------


class Jianbao(Protocol):
    """Runs `python -m digest` in a process of its own."""

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def jianbao() -> Jianbao:
    def run(
        *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "digest", *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=cwd,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            timeout=120,
        )

    return run


# --- golden traces and tools of others ------------------------------------------------------------------


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the one in tests/golden, or writes it there under --rewrite-golden."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--rewrite-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"there is no {path.name} yet: make golden"
        assert text == path.read_text(encoding="utf-8"), "pages have changed; if they should have: make golden"

    return compare


def _tool(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not on this machine (Debian package {package})")
    return path


@pytest.fixture(scope="session")
def qpdf() -> str:
    return _tool("qpdf", "qpdf")


@pytest.fixture(scope="session")
def pdffonts() -> str:
    return _tool("pdffonts", "poppler-utils")
