"""Plotly figures of an office's own, as files of a project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from digest.data.load import load
from digest.data.starter import init_project
from digest.errors import DataError
from digest.findings import Place

if TYPE_CHECKING:
    from pathlib import Path

    from digest.findings import Finding

FIGURE = {"data": [{"type": "bar", "x": ["甲", "乙"], "y": [3, 5]}], "layout": {}}
PART = """
[[section.part]]
text = "见图。"

[[section.part.plotly]]
file = "charts/own.json"
caption = "各月接待人次"
source = "窗口登记台账"
alt = "条形图。"
facts = ["ck.visitors"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project whose last part shows a figure of its own."""
    project = init_project(tmp_path / "project")
    (project / "charts").mkdir()
    (project / "charts" / "own.json").write_text(json.dumps(FIGURE), encoding="utf-8")
    write(project, PART)
    return project


def write(project: Path, more: str) -> None:
    file = project / "digest.toml"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")


def edit(project: Path, old: str, new: str) -> None:
    file = project / "digest.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def fault(project: Path) -> Finding:
    with pytest.raises(DataError) as caught:
        load(project)
    (finding,) = caught.value.findings
    return finding


def test_a_part_shows_the_figure_of_a_file(folder: Path) -> None:
    (spec,) = load(folder).sections[-1].parts[-1].plotly
    assert spec.figure == FIGURE
    assert (spec.caption, spec.source, spec.alt) == ("各月接待人次", "窗口登记台账", "条形图。")
    assert (spec.facts, spec.place) == (("ck.visitors",), Place("charts/own.json"))


def test_the_path_may_name_the_period(folder: Path) -> None:
    (folder / "charts" / "own.json").rename(folder / "charts" / "own-2026-10.json")
    edit(folder, "charts/own.json", "charts/own-{period}.json")
    (spec,) = load(folder).sections[-1].parts[-1].plotly
    assert spec.place == Place("charts/own-2026-10.json")


def test_a_byte_order_mark_is_no_part_of_the_figure(folder: Path) -> None:
    (folder / "charts" / "own.json").write_text(json.dumps(FIGURE), encoding="utf-8-sig")
    assert load(folder).sections[-1].parts[-1].plotly[0].figure == FIGURE


def test_a_file_that_is_not_there_is_named_with_its_place(folder: Path) -> None:
    edit(folder, "charts/own.json", "charts/other.json")
    finding = fault(folder)
    assert (finding.code, finding.value) == ("D109", "charts/other.json")
    assert str(finding.place) == "digest.toml › section[2].part[2].plotly[1] › file"


@pytest.mark.parametrize("name", ["../secret.json", "/etc/hostname", "charts/../../secret.json"])
def test_only_files_inside_the_project_are_read(name: str, folder: Path) -> None:
    (folder.parent / "secret.json").write_text("{}", encoding="utf-8")
    edit(folder, "charts/own.json", name)
    assert "不在项目文件夹内" in fault(folder).message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"data": [\n  1,\n}', "charts/own.json › 第3行第1列"),
        ("[1]", "charts/own.json"),
        ("[" * 100_000, "charts/own.json"),
        ('{"data": ' + "9" * 10_000 + "}", "charts/own.json"),
    ],
)
def test_what_is_no_figure_is_named_with_its_place(text: str, place: str, folder: Path) -> None:
    (folder / "charts" / "own.json").write_text(text, encoding="utf-8")
    finding = fault(folder)
    assert (finding.code, str(finding.place)) == ("D112", place)


def test_a_fact_that_nobody_has_is_named(folder: Path) -> None:
    edit(folder, 'facts = ["ck.visitors"]\n', 'facts = ["ck.visitor"]\n')
    finding = fault(folder)
    assert (finding.code, finding.value) == ("D105", "ck.visitor")


def test_a_key_that_is_misspelt_is_named(folder: Path) -> None:
    edit(folder, "caption =", "captoin =")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert [(finding.code, finding.value) for finding in caught.value.findings] == [("D101", "captoin"), ("D103", "")]
