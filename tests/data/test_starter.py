"""The project to begin with works as it is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from digest.data.load import load
from digest.data.provenance import check_digest
from digest.data.starter import FILES, init_project
from digest.data.written import parse_written
from digest.errors import OutputError, UsageError


def test_a_new_project_loads_without_a_finding_and_says_that_it_is_an_example(tmp_path: Path) -> None:
    folder = init_project(tmp_path / "新项目")
    digest = load(folder)
    assert (len(digest.programs), len(digest.facts), len(digest.mechanisms), len(digest.commitments)) == (2, 8, 1, 1)
    assert (*digest.findings, *check_digest(digest)) == ()
    assert "示例" in digest.header.notice
    texts = [*digest.header.intro, *(part.text for section in digest.sections for part in section.parts)]
    assert [finding for text in texts for finding in parse_written(text)[1]] == []
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(FILES)


def test_an_empty_folder_is_taken_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    init_project(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="不是空的"):
        init_project(tmp_path)
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_a_file_in_the_way_is_a_usage_error_and_a_place_that_cannot_be_made_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError):
        init_project(tmp_path / "file")
    with pytest.raises(OutputError):
        init_project(tmp_path / "file" / "project")


def test_the_table_opens_in_office_programs_as_utf8(tmp_path: Path) -> None:
    init_project(tmp_path)
    assert (tmp_path / "data" / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_was_begun_is_removed_when_it_cannot_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "structures.toml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError):
        init_project(tmp_path / "deep" / "project")
    assert list(tmp_path.iterdir()) == []
