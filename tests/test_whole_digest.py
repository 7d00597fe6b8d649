"""The example as a reader of others sees it: everything reported is in the PDF, as written, and the file is sound."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from digest import generate_digest, load
from digest.layout.trace import trace
from digest.report import proof_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from digest import Digest, DigestResult
    from tests.conftest import MakeDigest, ReadPdf

SECTIONS = (
    "双联共建",
    "双报到",
    "“五为”志愿服务",
    "党建链动",
    "以下看上",
    "劳动和技能竞赛",
    "三级联动",
    "下一步",
)
FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")  # the annex says that it prints them so

HOSTILE = (
    "A<B且C>D",
    "R&D投入",
    "&lt;&#x41;AT&T;x",
    "</para>",
    "<b>未闭合",
    "<!--c--><?pi?>",
    "{{x}}",
    "{x}",
    "{=16}",
    "%s%d%(x)s",
    "$\\href{javascript:}{x}$",
    "<imgsrc=/etc/passwd>",
    ")\\(Tj",
    "甲\\n乙",
)


def tight(text: str) -> str:
    """Without white space: lines are broken where the page wants it."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def digest(project: Path) -> Digest:
    return load(project)


@pytest.fixture(scope="module")
def text(example: DigestResult, read_pdf: ReadPdf) -> str:
    return read_pdf(bytes(example))


@pytest.fixture(scope="module")
def annex_page(example_pdf: Path) -> int:
    """Where the annex of sources begins: the last entry of the outline leads there."""
    with pypdfium2.PdfDocument(example_pdf) as document:
        target = list(document.get_toc())[-1].get_dest()
        return int(target.get_index())


@pytest.fixture(scope="module")
def body(example: DigestResult, read_pdf: ReadPdf, annex_page: int) -> str:
    """What is said, with no more of the annex than begins on the same page."""
    return read_pdf(bytes(example), stop=annex_page + 1)


@pytest.fixture(scope="module")
def annex(example: DigestResult, read_pdf: ReadPdf, annex_page: int) -> str:
    """The annex, with no more of the text than ends on the same page."""
    return read_pdf(bytes(example), start=annex_page)


# --- what is in it --------------------------------------------------------------------------------------


def test_all_54_figures_stand_in_the_digest_as_they_were_reported(project: Path, text: str) -> None:
    with (project / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as table:
        displays = [row["数据"] for row in csv.DictReader(table)]
    assert len(displays) == 54
    lost = [display for display in displays if not re.search(rf"(?<![\d.,/]){re.escape(display)}", text)]
    assert lost == []


def test_no_figure_changes_its_wording_on_the_way(project: Path, digest: Digest) -> None:
    with (project / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as table:
        written = {row["编号"]: row["数据"] for row in csv.DictReader(table)}
    assert {fact.id: str(fact.quantity) for fact in digest.facts} == written


def test_all_21_mechanisms_stand_there_with_their_items(digest: Digest, text: str) -> None:
    assert len(digest.mechanisms) == 21
    names = [mechanism.name for mechanism in digest.mechanisms]
    items = [item for mechanism in digest.mechanisms for item in mechanism.items]
    assert [name for name in names if tight(name) not in text] == []
    assert [item for item in items if tight(item) not in text] == []


def test_all_9_commitments_stand_there(digest: Digest, body: str) -> None:
    assert len(digest.commitments) == 9
    assert [each.text for each in digest.commitments if tight(each.text) not in body] == []


def test_all_5_commendations_stand_there(digest: Digest, body: str) -> None:
    assert len(digest.commendations) == 5
    assert [each.name for each in digest.commendations if tight(each.name) not in body] == []


def test_every_quote_stands_in_the_annex(digest: Digest, annex: str) -> None:
    annex = annex.translate(FULL_WIDTH)
    quotes = {tight(fact.source.quote).translate(FULL_WIDTH) for fact in digest.facts}
    assert [quote for quote in sorted(quotes) if quote not in annex] == []


def test_no_target_is_told_as_done(body: str) -> None:
    assert "完成整改95" not in body
    assert not re.search(r"已(经)?实现55个", body)


def test_the_outline_lists_the_eight_sections_in_order(example_pdf: Path) -> None:
    with pypdfium2.PdfDocument(example_pdf) as document:
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
    places = [next((i for i, title in enumerate(titles) if section in title), -1) for section in SECTIONS]
    assert -1 not in places, titles
    assert places == sorted(places)


def test_every_bookmark_leads_to_a_page(example_pdf: Path) -> None:
    with pypdfium2.PdfDocument(example_pdf) as document:
        for bookmark in document.get_toc():
            target = bookmark.get_dest()
            assert target is not None
            assert 0 <= target.get_index() < len(document)


def test_it_is_as_long_as_a_briefing_should_be(example: DigestResult) -> None:
    assert 8 <= example.pages <= 14


def test_nothing_it_was_told_is_doubtful(example: DigestResult) -> None:
    assert [str(finding) for finding in example.findings if finding.severity != "note"] == []


# --- the file -------------------------------------------------------------------------------------------


def test_the_file_says_what_it_is(example_pdf: Path, digest: Digest) -> None:
    with pikepdf.open(example_pdf) as pdf:
        assert digest.header.title in str(pdf.docinfo["/Title"])
        assert str(pdf.docinfo["/Author"]) == digest.header.unit
        assert str(pdf.Root["/Lang"]) == "zh-CN"
        assert "/PageLabels" in pdf.Root


def test_every_page_is_a4(example_pdf: Path) -> None:
    with pypdfium2.PdfDocument(example_pdf) as document:
        for number in range(len(document)):
            assert document[number].get_size() == pytest.approx((595.28, 841.89), abs=0.01)


def test_every_font_is_embedded_and_can_be_read_back(example_pdf: Path) -> None:
    with pikepdf.open(example_pdf) as pdf:
        fonts = list(fonts_of(pdf))
        assert fonts
        for font in fonts:
            name = str(font.get("/BaseFont", "?"))
            assert font["/Subtype"] == "/Type0", name
            assert "/ToUnicode" in font, name
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, name
            assert re.match(r"/[A-Z]{6}\+", name), name


def test_pdffonts_finds_every_font_embedded_and_mapped_to_unicode(example_pdf: Path, pdffonts: str) -> None:
    done = subprocess.run([pdffonts, example_pdf], capture_output=True, text=True, check=True)
    rows = done.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
    assert "Type 3" not in done.stdout


def test_qpdf_finds_nothing_wrong(example_pdf: Path, qpdf: str) -> None:
    done = subprocess.run([qpdf, "--check", example_pdf], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every font of the file, used or not."""
    for number in range(1, len(pdf.objects) + 1):
        thing = pdf.get_object((number, 0))
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/CIDSystemInfo" not in thing:
            yield thing


# --- the same input, the same bytes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "world",
    [
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "SOURCE_DATE_EPOCH": "1"},
    ],
    ids=lambda world: world["TZ"],
)
def test_elsewhere_it_is_the_same_file_byte_for_byte(
    copy_of_example: Path, tmp_path: Path, example: DigestResult, world: dict[str, str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    command = [sys.executable, "-m", "digest", "build", str(copy_of_example), "-o", "out.pdf"]
    subprocess.run(command, cwd=tmp_path / "elsewhere", env={**os.environ, **world}, check=True, capture_output=True)
    assert (tmp_path / "elsewhere" / "out.pdf").read_bytes() == bytes(example)


def test_drawn_charts_from_a_cache_give_the_same_file(project: Path, tmp_path: Path, example: DigestResult) -> None:
    first = generate_digest(project, cache=tmp_path / "cache")
    assert any((tmp_path / "cache").rglob("*"))
    again = generate_digest(project, cache=tmp_path / "cache")
    assert bytes(first) == bytes(again) == bytes(example)


def test_pages_of_the_example_are_as_the_golden_trace_has_them(
    project: Path, golden: Callable[[str, str], None]
) -> None:
    golden("mofan_jiguan.txt", trace(proof_digest(project).pages))


# --- text is never markup -------------------------------------------------------------------------------


@pytest.mark.parametrize("word", HOSTILE)
def test_what_looks_like_markup_prints_as_written(word: str, make_digest: MakeDigest, read_pdf: ReadPdf) -> None:
    data = bytes(generate_digest(make_digest(word)))
    text = read_pdf(data)
    for place in ("标题", "章节", "写下的话", "共有137个单位", "单位", "机制", "一", "二", "来源"):
        assert f"{word}{place}" in text, place
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
        assert any(word in title for title in titles)
        assert word in document.get_metadata_dict()["Title"]
