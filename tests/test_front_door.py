"""generate_digest and check: what may be asked of them, and what comes back."""

from __future__ import annotations

import hashlib
import inspect
import io
import os
import threading
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from digest import (
    ChartEngine,
    DataError,
    DigestError,
    OutputError,
    RenderError,
    Section,
    Source,
    UsageError,
    check,
    generate_digest,
    init_project,
    load,
)
from digest.charts import script_engine
from digest.charts.engine import InProcess
from digest.report import file_name

if TYPE_CHECKING:
    from digest import Digest, DigestResult


def test_without_an_output_the_bytes_come_back_and_nothing_is_written(
    small: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = generate_digest(small)
    assert result.status == "rendered"
    assert result.path is None
    assert bytes(result).startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_written_and_named_in_the_result(small: Digest, tmp_path: Path, kind: type[str | Path]) -> None:
    target = tmp_path / "简报.pdf"
    result = generate_digest(small, kind(target))
    assert result.status == "written"
    assert os.fspath(result) == str(target)
    assert target.read_bytes() == bytes(result)
    assert list(tmp_path.iterdir()) == [target]


def test_a_binary_file_object_takes_the_bytes(small: Digest, tmp_path: Path) -> None:
    memory = io.BytesIO()
    result = generate_digest(small, memory)
    assert memory.getvalue() == bytes(result)
    assert result.status == "written"
    with (tmp_path / "简报.pdf").open("wb") as file:
        generate_digest(small, file)
    assert (tmp_path / "简报.pdf").read_bytes() == bytes(result)


def test_a_result_that_went_to_no_path_has_no_path(small: Digest) -> None:
    with pytest.raises(TypeError, match="not written to a path"):
        os.fspath(generate_digest(small))


def test_the_result_counts_its_pages_and_knows_its_hash_and_facts(small: Digest) -> None:
    result = generate_digest(small)
    with pypdfium2.PdfDocument(bytes(result)) as document:
        assert result.pages == len(document)
    assert result.sha256 == hashlib.sha256(bytes(result)).hexdigest()
    assert result.facts == small.facts
    assert "%PDF" not in repr(result)


def test_a_result_cannot_be_changed(small: Digest) -> None:
    result = generate_digest(small)
    with pytest.raises(FrozenInstanceError):
        result.pages = 0  # type: ignore[misc]


def test_the_same_digest_gives_the_same_bytes(small: Digest) -> None:
    assert bytes(generate_digest(small)) == bytes(generate_digest(small))


def test_a_folder_and_the_value_loaded_from_it_give_the_same_bytes(tmp_path: Path) -> None:
    init_project(tmp_path / "project")
    by_folder = generate_digest(tmp_path / "project")
    by_value = generate_digest(load(tmp_path / "project"))
    assert bytes(by_folder) == bytes(by_value)


def test_what_can_never_be_written_to_is_refused_before_any_work(small: Digest, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="文件夹"):
        generate_digest(small, f"{tmp_path / 'new'}/")
    with pytest.raises(TypeError, match="binary"):
        generate_digest(small, 5)  # type: ignore[arg-type]
    with (tmp_path / "text").open("w", encoding="utf-8") as file, pytest.raises(TypeError, match="'wb'"):
        generate_digest(small, file)  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["text"]


def test_an_engine_that_does_not_exist_is_a_usage_error(small: Digest) -> None:
    with pytest.raises(UsageError, match="steam"):
        generate_digest(small, engine="steam")  # type: ignore[arg-type]


def test_the_chart_engine_starts_before_data_are_read_and_is_gone_when_they_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = []
    start = InProcess.start

    def counted(engine: InProcess) -> None:
        starts.append(engine)
        start(engine)

    monkeypatch.setattr(InProcess, "start", counted)
    init_project(tmp_path / "project")
    (tmp_path / "project" / "digest.toml").write_text("[digest]\nname = 3\n", encoding="utf-8")
    threads = threading.active_count()
    with pytest.raises(DigestError):
        generate_digest(tmp_path / "project")
    assert len(starts) == 1
    assert threading.active_count() == threads


def test_no_chart_engine_starts_where_every_chart_was_drawn_before(
    project: Path, example: DigestResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bytes(generate_digest(project, cache=tmp_path)) == bytes(example)
    monkeypatch.setattr(InProcess, "start", lambda _: pytest.fail("an engine was started"))
    assert bytes(generate_digest(project, cache=tmp_path)) == bytes(example)


def test_one_chart_engine_serves_many_digests(
    project: Path, example: DigestResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChartEngine() as engine:
        first = bytes(generate_digest(project, engine=engine))
        monkeypatch.setattr(script_engine, "ScriptEngine", lambda *_: pytest.fail("the engine was started again"))
        assert first == bytes(generate_digest(project, engine=engine)) == bytes(example)


def test_everything_after_output_goes_by_name() -> None:
    parameters = inspect.signature(generate_digest).parameters
    by_place = [name for name, parameter in parameters.items() if parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    assert by_place == ["source", "output"]
    assert [name for name in parameters if name not in by_place][:3] == ["period", "member", "data"]


def test_a_quote_that_its_document_does_not_hold_stops_the_digest_and_leaves_the_old_file(
    small: Digest, tmp_path: Path
) -> None:
    target = tmp_path / "简报.pdf"
    target.write_bytes(b"old")
    wrong = replace(small.facts[0], source=Source(document="doc", quote="谁也没有说过137个"))
    with pytest.raises(DataError) as caught:
        generate_digest(replace(small, facts=(wrong,)), target)
    assert caught.value.findings
    assert caught.value.exit_code == 3
    assert target.read_bytes() == b"old"


def test_a_number_that_names_no_fact_is_a_warning_and_under_strict_an_error(small: Digest) -> None:
    section = small.sections[0]
    told = replace(section.parts[0], text="去年办了88件实事。")
    doubtful = replace(small, sections=(Section(section.title, section.programs, (told,)),))
    result = generate_digest(doubtful)
    assert "warning" in {finding.severity for finding in result.findings}
    assert any("88" in str(finding) for finding in check(doubtful).findings)
    with pytest.raises(DataError):
        generate_digest(doubtful, strict=True)


def test_check_says_ok_of_a_sound_digest_and_lists_its_facts(small: Digest) -> None:
    result = check(small)
    assert result.ok
    assert result.facts == small.facts


def test_check_names_what_is_wrong_instead_of_raising(small: Digest) -> None:
    wrong = replace(small.facts[0], source=Source(document="none", quote="137个"))
    result = check(replace(small, facts=(wrong,)))
    assert not result.ok


def test_a_missing_project_is_a_usage_error_of_check_as_well(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check(tmp_path / "none")


def test_a_digest_without_a_name_for_its_file_gets_one_from_masthead_issue_and_date(small: Digest) -> None:
    assert file_name(small) == "工作简报-2023-12.pdf"
    assert file_name(replace(small, header=replace(small.header, issue=3))) == "工作简报-第3期-2023-12.pdf"


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "a\0b", "C:\\x", "a\nb", "...", "简" * 300, ""])
def test_a_masthead_cannot_lead_the_file_out_of_its_folder(small: Digest, name: str) -> None:
    made = file_name(replace(small, header=replace(small.header, name=name)))
    assert Path(made).name == made
    assert not set(made) & set('\0\n/\\:"')
    assert not made.startswith(".")
    assert len(made.encode()) < 255


def test_every_error_of_this_package_is_caught_as_one() -> None:
    assert {error.exit_code for error in (UsageError, OutputError)} == {2}
    assert DataError.exit_code == 3
    assert RenderError.exit_code == 5
    assert all(issubclass(error, DigestError) for error in (UsageError, OutputError, DataError, RenderError))
