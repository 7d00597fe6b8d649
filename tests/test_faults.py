"""What goes wrong outside: each fault has its exit code and a clear message, and leaves no file."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import digest
from digest import FontError, GlyphError, OutputError, generate_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Jianbao, MakeDigest


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small project that works."""
    digest.init_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that must stay empty."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def fails(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    for word in words:
        assert word in done.stderr


# --- the project ----------------------------------------------------------------------------------------


def test_no_such_folder(tmp_path: Path, out: Path, jianbao: Jianbao) -> None:
    fails(jianbao("build", tmp_path / "没有这个", "-o", out / "a.pdf"), 2, "错误", "没有这个")
    assert list(out.iterdir()) == []


def test_an_empty_folder(tmp_path: Path, out: Path, jianbao: Jianbao) -> None:
    (tmp_path / "空").mkdir()
    fails(jianbao("build", tmp_path / "空", "-o", out / "a.pdf"), 2, "错误", "digest.toml")
    assert list(out.iterdir()) == []


def test_a_broken_project_file(source: Path, out: Path, jianbao: Jianbao) -> None:
    with (source / "digest.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[[\n")
    fails(jianbao("build", source, "-o", out / "a.pdf"), 2, "错误", "digest.toml", "行")
    assert list(out.iterdir()) == []


def test_four_faults_of_four_kinds_are_told_at_once(copy_of_example: Path, out: Path, jianbao: Jianbao) -> None:
    def spoil(rows: list[dict[str, str]]) -> None:
        rows[0]["数据"] = "1916年"
        rows[1]["原文"] = "谁也没有说过137个"
        rows[2]["截至"] = "2023-13"

    change_figures(copy_of_example, spoil)
    file = copy_of_example / "digest.toml"
    file.write_text("[digestt]\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    done = jianbao("check", copy_of_example)
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    for words in (
        ("第2行", "1916"),
        ("第3行", "谁也没有说过137个"),
        ("第4行", "2023-13"),
        ("digestt", "digest"),
    ):
        assert any(all(word in line for word in words) for line in lines), (words, lines)
    fails(jianbao("build", copy_of_example, "-o", out / "a.pdf"), 3, "错误")
    assert list(out.iterdir()) == []


def test_a_fact_without_a_source(source: Path, out: Path, jianbao: Jianbao) -> None:
    def take_away(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row["来源"] = ""

    change_figures(source, take_away)
    fails(jianbao("build", source, "-o", out / "a.pdf"), 3, "错误", "来源")
    assert jianbao("check", source).returncode == 3
    assert list(out.iterdir()) == []


# --- faces and the browser ------------------------------------------------------------------------------


def test_a_folder_of_faces_that_is_not_there(small: digest.Digest, tmp_path: Path, out: Path) -> None:
    with pytest.raises(FontError, match="没有字库文件夹") as caught:
        generate_digest(small, out / "a.pdf", fonts=tmp_path / "fonts")
    assert caught.value.exit_code == 5
    assert list(out.iterdir()) == []


def test_an_installation_without_its_faces(source: Path, tmp_path: Path, out: Path) -> None:
    lost = f"import digest.fonts, pathlib; digest.fonts._folders = lambda *a: (pathlib.Path({os.fspath(tmp_path)!r}),)"
    fails(run_spoiled(lost, source, out), 5, "错误", "缺少字库", os.fspath(tmp_path))
    assert list(out.iterdir()) == []


def test_a_damaged_face(small: digest.Digest, tmp_path: Path, out: Path) -> None:
    (tmp_path / "song.ttf").write_bytes(b"")
    with pytest.raises(FontError, match="song"):
        generate_digest(small, out / "a.pdf", fonts=tmp_path)
    assert list(out.iterdir()) == []


def test_a_character_that_no_face_has_is_named(make_digest: MakeDigest, out: Path) -> None:
    with pytest.raises(GlyphError, match="🧿") as caught:
        generate_digest(make_digest("🧿"), out / "a.pdf")
    assert caught.value.exit_code == 5
    assert list(out.iterdir()) == []


def test_kaleido_asked_for_where_there_is_no_browser(
    project: Path, tmp_path: Path, out: Path, jianbao: Jianbao
) -> None:
    nowhere = os.fspath(tmp_path / "nowhere")
    world = {"PATH": nowhere, "BROWSER_PATH": nowhere}  # the second is where Kaleido looks first
    fails(jianbao("build", project, "-o", out / "a.pdf", "--engine", "kaleido", env=world), 5, "错误", "浏览器")
    assert list(out.iterdir()) == []


# --- the place to write to ------------------------------------------------------------------------------


def test_an_output_folder_that_is_not_there(source: Path, out: Path, jianbao: Jianbao) -> None:
    fails(jianbao("build", source, "-o", out / "none" / "a.pdf"), 2, "错误", "none")
    assert list(out.iterdir()) == []


def test_an_output_that_is_a_folder(source: Path, out: Path, jianbao: Jianbao) -> None:
    (out / "a.pdf").mkdir()
    fails(jianbao("build", source, "-o", out / "a.pdf"), 2, "错误", "a.pdf")
    assert [path.name for path in out.iterdir()] == ["a.pdf"]
    assert list((out / "a.pdf").iterdir()) == []


@pytest.fixture
def sealed(out: Path) -> Iterator[Path]:
    """A folder nobody may write to, not even root."""
    if os.geteuid() != 0:
        out.chmod(0o555)
        yield out
        out.chmod(0o755)
        return
    with mounted(out, "size=4m,ro"):
        yield out


def test_an_output_folder_that_cannot_be_written(source: Path, sealed: Path, jianbao: Jianbao) -> None:
    fails(jianbao("build", source, "-o", sealed / "a.pdf"), 2, "错误")
    assert list(sealed.iterdir()) == []


def test_a_full_disk(source: Path, out: Path, jianbao: Jianbao) -> None:
    with mounted(out, "size=16k"):
        fails(jianbao("build", source, "-o", out / "a.pdf"), 2, "错误")
        assert list(out.iterdir()) == []


def test_a_full_disk_leaves_the_old_file_as_it_was(source: Path, out: Path, jianbao: Jianbao) -> None:
    with mounted(out, "size=16k"):
        (out / "a.pdf").write_bytes(b"old")
        fails(jianbao("build", source, "-o", out / "a.pdf"), 2, "错误")
        assert [path.name for path in out.iterdir()] == ["a.pdf"]
        assert (out / "a.pdf").read_bytes() == b"old"


def test_a_limit_on_the_size_of_files(source: Path, out: Path) -> None:
    done = run_spoiled("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))", source, out)
    fails(done, 2, "错误")
    assert list(out.iterdir()) == []


# --- interrupted at the worst moment: the bytes are written, the name is not yet given ------------------


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_before_the_rename_nothing_is_left(
    source: Path, out: Path, number: signal.Signals, code: int
) -> None:
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # ignored in a background job
    done = run_spoiled(f"{heard}; os.fsync = lambda fd: os.kill(os.getpid(), {number:d})", source, out)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.iterdir()) == []


def test_killed_before_the_rename_the_old_file_is_whole(source: Path, out: Path) -> None:
    (out / "a.pdf").write_bytes(b"old")
    done = run_spoiled(f"os.fsync = lambda fd: os.kill(os.getpid(), {signal.SIGKILL:d})", source, out)
    assert done.returncode == -signal.SIGKILL
    assert (out / "a.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fails_at_the_last_step_leaves_nothing(source: Path, out: Path, call: str) -> None:
    spoil = f"def broken(*a, **k): raise OSError(5, 'Input/output error')\nos.{call} = broken"
    fails(run_spoiled(spoil, source, out), 2, "错误")
    assert list(out.iterdir()) == []


def test_errors_of_the_output_are_one_kind(small: digest.Digest, out: Path) -> None:
    with pytest.raises(OutputError):
        generate_digest(small, out / "none" / "a.pdf")


# --- how faults are made --------------------------------------------------------------------------------


def run_spoiled(spoil: str, source: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process where something was spoiled first; Python writes no byte code there, it would count too."""
    script = (
        f"import os, sys\n{spoil}\nfrom digest.__main__ import main\n"
        f"sys.exit(main(['build', {os.fspath(source)!r}, '-o', {os.fspath(out / 'a.pdf')!r}]))\n"
    )
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-B", "-c", script]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=env, timeout=120)


class mounted:  # noqa: N801 - reads as what it does: with mounted(...)
    """A small file system of its own over a folder, for as long as the block lasts."""

    def __init__(self, folder: Path, options: str) -> None:
        self.folder, self.options = folder, options

    def __enter__(self) -> None:
        if os.geteuid() != 0 or shutil.which("mount") is None:
            pytest.skip("only root may mount the small file system this needs")
        command = ["mount", "-t", "tmpfs", "-o", self.options, "tmpfs", os.fspath(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")

    def __exit__(self, *error: object) -> None:
        subprocess.run(["umount", os.fspath(self.folder)], check=True)


def change_figures(project: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Change the rows of the project's table of figures."""
    (table,) = project.rglob("*.csv")
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
