"""A digest with Plotly figures of the office's own, through the front door."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from digest import ChartError, PlotlySpec, UsageError, check, generate_digest, init_project, typeset_story
from digest.findings import Place
from digest.story.blocks import Caption, Chart, Meta, Story
from digest.story.charts import PlotlyChart

if TYPE_CHECKING:
    from pathlib import Path

    from digest import Digest, DigestResult
    from tests.conftest import ReadPdf

FIGURE: dict[str, Any] = {"data": [{"type": "bar", "x": ["甲市", "乙市"], "y": [3, 5]}], "layout": {}}
WRONG: dict[str, Any] = {"data": [{"type": "bar", "x": ["甲市", "乙市"], "y": [3, 5], "markr": {}}], "layout": {}}
PART = '\n[[section.part]]\ntext = "见图。"\n[[section.part.plotly]]\nfile = "own.json"\ncaption = "各市情况"\n'


def showing(digest: Digest, *figures: object) -> Digest:
    """The digest with figures at the end of its first section, each showing its first fact."""
    first, *rest = digest.sections
    specs = tuple(
        PlotlySpec(figure, f"图形{n}", source="台账", facts=(digest.facts[0].id,)) for n, figure in enumerate(figures)
    )
    parts = (*first.parts, replace(first.parts[0], text="见图。", narrate=(), strip=(), mechanisms=(), plotly=specs))
    return replace(digest, sections=(replace(first, parts=parts), *rest))


def test_figures_built_in_python_are_numbered_with_the_other_pictures(small: Digest, read_pdf: ReadPdf) -> None:
    graph_objects = pytest.importorskip("plotly.graph_objects")
    result = generate_digest(showing(small, FIGURE, graph_objects.Figure(graph_objects.Pie(labels=["甲"], values=[1]))))
    text = read_pdf(bytes(result))
    assert "图1甲乙机制" in text
    assert "图2图形0来源：台账" in text
    assert "图3图形1来源：台账" in text
    assert "甲市" in text
    assert result.findings == generate_digest(small).findings


def test_a_figure_in_a_project_is_drawn_from_its_file(tmp_path: Path, read_pdf: ReadPdf) -> None:
    project = init_project(tmp_path / "project")
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write(PART)
    (project / "own.json").write_text('{"data": [{"x": ["甲市", "乙市"], "y": [3, 5]}]}', encoding="utf-8")
    assert check(project).ok
    assert "图4各市情况" in read_pdf(bytes(generate_digest(project)))


def test_what_is_written_wrong_in_a_file_is_told_by_a_check_as_well(tmp_path: Path) -> None:
    project = init_project(tmp_path / "project")
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write(PART)
    (project / "own.json").write_text('{"data": [{"x": ["甲市", "乙市"], "yy": [3, 5]}]}', encoding="utf-8")
    (finding,) = (finding for finding in check(project).findings if finding.severity == "error")
    assert (finding.code, finding.place) == ("C118", Place("own.json"))
    assert "data[0].yy" in finding.message
    with pytest.raises(ChartError, match=r"own\.json"):
        generate_digest(project)


def test_a_chart_that_cannot_be_drawn_is_an_error_or_a_note_in_its_place(small: Digest, read_pdf: ReadPdf) -> None:
    digest = showing(small, WRONG)
    with pytest.raises(ChartError):
        generate_digest(digest)
    result = generate_digest(digest, on_chart_error="omit")
    text = read_pdf(bytes(result))
    assert "本图未能画出：data[0].markr" in text
    assert "图2图形0" in text
    assert "C157" in [finding.code for finding in result.findings]
    with pytest.raises(ChartError):
        generate_digest(digest, on_chart_error="omit", strict=True)


def test_another_word_for_what_becomes_of_such_a_chart_is_refused(small: Digest) -> None:
    with pytest.raises(UsageError) as caught:
        generate_digest(small, on_chart_error="ignore")  # type: ignore[arg-type]
    assert caught.value.code == "U008"


def test_a_doubtful_picture_is_a_warning_and_under_strict_an_error() -> None:
    text = {"type": "scatter", "mode": "text", "x": [1, 1], "y": [1, 1], "text": ["同心", "先锋"]}
    story = Story(Meta("", "", "", ""), (Chart(PlotlyChart({"data": [text]}), Caption("图1", "位置")),))
    assert [finding.code for finding in typeset_story(story).findings] == ["C152"]
    with pytest.raises(ChartError) as caught:
        typeset_story(story, strict=True)
    assert caught.value.code == "C152"


def test_the_example_raises_no_doubt_about_its_charts(example: DigestResult) -> None:
    assert not [finding for finding in example.findings if finding.code.startswith("C")]
