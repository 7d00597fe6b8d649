"""The second front door: blocks of one's own become a file on the way of every digest; and what measures through it."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from digest import BRIEFING, DigestResult, LayoutError, load, typeset_story
from digest.story.blocks import Contents, ContentsEntry, Heading, Meta, Paragraph, Story, Title, plain
from digest.story.draft import draft

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import ReadableBuffer

META = Meta("工作专报", "办公室", "", "2023-12-29")
STORY = Story(
    META,
    (
        Title("工作专报", unit="办公室", date="2023年12月29日"),
        Contents("目　录", (ContentsEntry("一、", "甲", "a"), ContentsEntry("（一）", "乙", "b", 2)), columns=1),
        Heading("一、", "甲", "a"),
        Heading("（一）", "乙", "b", 2),
        Paragraph(plain("全省共排查问题196个。")),
    ),
    running="工作专报",
)


def test_a_story_becomes_the_same_kind_of_result_as_a_digest(tmp_path: Path) -> None:
    target = tmp_path / "专报.pdf"
    result = typeset_story(STORY, target)
    assert isinstance(result, DigestResult)
    assert (result.status, result.path, result.pages, result.facts) == ("written", target, 1, ())
    assert result.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    file = io.BytesIO()
    assert typeset_story(STORY, file).path is None
    assert file.getvalue() == bytes(result)


def test_a_digest_goes_the_same_way_once_its_data_are_put_into_words(project: Path, example: DigestResult) -> None:
    told, _ = draft(load(project))
    assert bytes(typeset_story(told)) == bytes(example)


def test_the_outline_of_the_file_nests_as_the_headings_do() -> None:
    with pypdfium2.PdfDocument(bytes(typeset_story(STORY))) as document:
        marks = [(bookmark.get_title(), bookmark.level) for bookmark in document.get_toc()]
    assert marks == [("一、甲", 0), ("（一）乙", 1)]


def test_under_strict_a_line_wider_than_its_measure_is_an_error() -> None:
    wide = Story(META, (Paragraph(plain("9" * 200)),))
    assert [finding.code for finding in typeset_story(wide).findings]
    with pytest.raises(LayoutError):
        typeset_story(wide, strict=True)


def test_an_anchor_that_stands_nowhere_is_an_error_of_programming() -> None:
    lost = Contents("目　录", (ContentsEntry("一、", "甲", "nowhere"),), columns=1)
    with pytest.raises(KeyError, match="nowhere"):
        typeset_story(Story(META, (lost, Paragraph(plain("甲")))))


@pytest.mark.parametrize("running", [True, False])
def test_the_garbage_collector_rests_while_a_story_is_set_and_is_then_as_it_was(*, running: bool) -> None:
    seen: list[bool] = []

    class Output(io.BytesIO):
        """Looks at the collector, then sets another story before it takes the bytes of this one."""

        def write(self, data: ReadableBuffer, /) -> int:
            seen.append(gc.isenabled())
            typeset_story(STORY)
            seen.append(gc.isenabled())
            return super().write(data)

    if not running:
        gc.disable()
    try:
        typeset_story(STORY, Output())
        seen.append(gc.isenabled())
        with pytest.raises(LayoutError):
            typeset_story(Story(META, (Paragraph(plain("9" * 200)),)), strict=True)
        seen.append(gc.isenabled())
    finally:
        gc.enable()
    assert seen == [False, False, running, running]


# --- measured from outside ------------------------------------------------------------------------------

TEXTS = ["“双联共建”始于2017年，由机关党组织与村结对。" * 6, "全省共排查问题196个，整改率达48.5%。" * 9, "一行。"]
WORK: dict[str, Any] = {
    "page": {"margin_mm": {"top": 37, "bottom": 35, "left": 28, "right": 26}, "body_pt": 16, "leading_pt": 28.8},
    "meta": {
        "org": "办公室",
        "title": "专报",
        "subtitle": "（第1期）",
        "date": "2023年12月29日",
        "header": "专报第1期",
    },
    "sections": [
        {
            "heading": f"{number}、工作",
            "blocks": [
                {"type": "h2", "text": "（一）进展"},
                *({"type": "p", "text": text} for text in TEXTS),
                {
                    "type": "kpi",
                    "caption": "主要指标",
                    "columns": ["指标", "数值"],
                    "rows": [["甲", "12"], ["乙", "3.5%"]],
                },
            ],
        }
        for number in "一二三"
    ],
}
CHART = {"type": "chart", "id": "c", "caption": "图1　各市", "kind": "bar", "x": ["甲", "乙"], "unit": "件"}


def run(checkout: Path, script: str, *arguments: str | Path) -> None:
    command = [sys.executable, str(checkout / "benchmarks" / script), *map(str, arguments)]
    subprocess.run(command, check=True, timeout=120)


def test_bare_paragraphs_stand_one_a_page_of_their_measure_and_read_as_given(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "texts.json").write_text(json.dumps(TEXTS), encoding="utf-8")
    options = ("--measure", "20", "--size", "12", "--leading", "20")
    run(checkout, "typeset_text.py", tmp_path / "texts.json", tmp_path / "out.pdf", *options)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert [page.get_size() for page in document] == [(20 * 12 + 72, 1400)] * 3
        shown = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    assert shown == TEXTS


def test_a_work_file_becomes_a_digest_with_contents_head_and_outline(checkout: Path, tmp_path: Path) -> None:
    folder = tmp_path / "works" / "one"
    folder.mkdir(parents=True)
    (folder / "work.json").write_text(json.dumps(WORK), encoding="utf-8")
    run(checkout, "peer_work.py", folder, tmp_path / "one.pdf")
    run(checkout, "peer_work.py", "--batch", tmp_path / "works", tmp_path / "all")
    assert (tmp_path / "all" / "one.pdf").read_bytes() == (tmp_path / "one.pdf").read_bytes()
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as document:
        assert len(list(document.get_toc())) == 6
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    for part in ("专报第1期", "—1—", "（第1期）", *TEXTS):
        assert part in text


def test_a_work_of_text_alone_loads_no_package_for_figures_or_charts(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "work.json").write_text(json.dumps(WORK), encoding="utf-8")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import peer_work; peer_work.main(sys.argv[2:]);"
        "sys.exit(', '.join({'pandas', 'numpy', 'plotly', 'py_mini_racer', 'kaleido'} & sys.modules.keys()) or None)"
    )
    arguments = [str(checkout / "benchmarks"), str(tmp_path), str(tmp_path / "out.pdf")]
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, timeout=120)


def test_a_chart_of_a_work_is_as_wide_as_the_measure_and_78_millimetres_high(checkout: Path) -> None:
    sys.path.insert(0, str(checkout / "benchmarks"))
    try:
        import peer_work
    finally:
        sys.path.pop(0)
    chart = {**CHART, "series": [{"name": "件数", "y": [3, 5]}]}
    assert peer_work.figure_of(chart)["layout"]["height"] == pytest.approx(78 * 72 / 25.4)
    assert peer_work.style_of(WORK["page"]).measure == pytest.approx(BRIEFING.measure)
