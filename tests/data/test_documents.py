"""Files of a project are found where they may be, and what hinders it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import check
from digest.data.documents import find_file
from digest.findings import Finding, Place
from tests.data.projects import small_project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "表.csv").symlink_to("表.csv")
    seen: list[Finding] = []
    assert find_file(tmp_path, "表.csv", Place("digest.toml"), seen) is None
    assert [(one.code, one.value) for one in seen] == [("D109", "表.csv")]


def test_a_name_that_no_file_can_have_is_told_of_each_month(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "项目")
    project = folder / "digest.toml"
    long = "{period}" + "长" * 300
    project.write_text(project.read_text(encoding="utf-8").replace("{period}.csv", long), encoding="utf-8")
    told = check(folder).findings
    assert [one.code for one in told if one.severity == "error"] == ["D295"] * 3
    assert all("文件不能读取" in one.message for one in told if one.code == "D295")
