"""The command line: codes, streams, and how little it imports."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import digest
from tests.data.projects import small_project

if TYPE_CHECKING:
    from tests.conftest import Jianbao

HEAVY = {"numpy", "pandas", "plotly", "kaleido", "reportlab", "py_mini_racer", "python_calamine", "uharfbuzz", "PIL"}


@pytest.fixture
def project_of_its_own(tmp_path: Path) -> Path:
    digest.init_project(tmp_path / "project")
    return tmp_path / "project"


def imported(*arguments: str | Path) -> set[str]:
    """Top-level modules that a command imports."""
    command = [sys.executable, "-X", "importtime", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("arguments", [("--help",), ("build", "--help"), ("chart", "--help"), ("--version",)])
def test_help_imports_no_room(arguments: tuple[str, ...]) -> None:
    modules = imported("-m", "digest", *arguments)
    assert "digest" in modules
    assert not modules & HEAVY


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert not imported("-c", "import digest") & HEAVY


def test_checking_draws_and_prints_nothing(project: Path) -> None:
    modules = imported("-m", "digest", "check", project)
    assert not modules & {"plotly", "kaleido", "reportlab", "py_mini_racer", "uharfbuzz"}


def test_a_new_project_can_be_checked_and_built(tmp_path: Path, jianbao: Jianbao) -> None:
    laid = jianbao("init", tmp_path / "project")
    assert laid.returncode == 0, laid.stderr
    checked = jianbao("check", tmp_path / "project")
    assert checked.returncode == 0, checked.stderr
    assert "检查通过" in checked.stdout
    built = jianbao("build", tmp_path / "project", "-o", tmp_path / "简报.pdf")
    assert built.returncode == 0, built.stderr
    assert "已写出" in built.stdout
    assert (tmp_path / "简报.pdf").read_bytes().startswith(b"%PDF-")


def test_init_does_not_write_into_a_folder_that_is_in_use(tmp_path: Path, jianbao: Jianbao) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = jianbao("init", tmp_path)
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_an_output_the_file_is_named_after_the_masthead(
    tmp_path: Path, project_of_its_own: Path, jianbao: Jianbao
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    done = jianbao("build", project_of_its_own, cwd=folder)
    assert done.returncode == 0, done.stderr
    (made,) = folder.iterdir()
    assert made.suffix == ".pdf"
    assert made.name in done.stdout


def test_a_result_can_be_had_as_json(tmp_path: Path, project_of_its_own: Path, jianbao: Jianbao) -> None:
    done = jianbao("build", project_of_its_own, "-o", tmp_path / "a.pdf", "--json")
    told = json.loads(done.stdout)
    assert told["status"] == "written"
    assert told["path"] == str(tmp_path / "a.pdf")
    assert told["pages"] >= 1
    assert len(told["sha256"]) == 64
    checked = json.loads(jianbao("check", project_of_its_own, "--json").stdout)
    assert checked["status"] == "ok"


def test_each_finding_has_its_parts_for_programs(tmp_path: Path, jianbao: Jianbao) -> None:
    folder = small_project(tmp_path / "项目")
    table = folder / "数据" / "2026-10.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("420", "42O"), encoding="utf-8")
    findings = json.loads(jianbao("check", folder, "--json").stdout)["findings"]
    (one,) = (one for one in findings if one["code"] == "D152")
    assert set(one) == {"code", "severity", "message", "place", "value", "hint"}
    assert one["severity"] == "warning"
    assert one["place"] == {"file": "数据/2026-10.csv", "sheet": "", "cell": "第3行 › 联建村（个）"}
    assert one["value"] == "42O"
    assert one["message"]
    assert "可以写" in one["hint"]


def test_a_failure_can_be_had_as_json_too(tmp_path: Path, jianbao: Jianbao) -> None:
    done = jianbao("check", tmp_path / "none", "--json")
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert told["status"] == "failed"
    assert told["code"]


def test_a_dash_writes_the_pdf_to_stdout_and_nothing_else(tmp_path: Path, project_of_its_own: Path) -> None:
    command = [sys.executable, "-m", "digest", "build", str(project_of_its_own), "-o", "-"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == bytes(digest.generate_digest(project_of_its_own))
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


def test_a_dash_and_json_cannot_be_had_together(project_of_its_own: Path, jianbao: Jianbao) -> None:
    assert jianbao("build", project_of_its_own, "-o", "-", "--json").returncode == 2


def test_pages_can_be_printed_as_text(project_of_its_own: Path, jianbao: Jianbao) -> None:
    done = jianbao("trace", project_of_its_own)
    assert done.returncode == 0, done.stderr
    assert digest.load(project_of_its_own).header.name in "".join(done.stdout.split())


def test_figures_are_drawn_each_to_a_file_of_its_own(tmp_path: Path, jianbao: Jianbao) -> None:
    for name, values in (("甲", [1, 2]), ("乙", []), ("丙", [3])):
        figure = {"data": [{"type": "bar", "y": values}]}
        (tmp_path / f"{name}.json").write_text(json.dumps(figure), encoding="utf-8")
    files = [tmp_path / f"{name}.json" for name in "甲乙丙"]
    done = jianbao("chart", *files, "-o", tmp_path / "图", "--format", "svg", "--json")
    assert done.returncode == 5
    assert "错误 C114" in done.stderr
    assert "乙.json" in done.stderr
    assert [(one["name"], one["status"]) for one in json.loads(done.stdout)] == [
        ("甲", "written"),
        ("乙", "failed"),
        ("丙", "written"),
    ]
    assert sorted(path.name for path in (tmp_path / "图").iterdir()) == ["丙.svg", "甲.svg"]
    again = jianbao("chart", files[0], "--width", "200", "--height", "100", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "已写出 甲.pdf：200 × 100 磅" in again.stdout
    assert (tmp_path / "甲.pdf").read_bytes().startswith(b"%PDF-")


def test_drawing_figures_loads_nothing_that_reads_data(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"data": [{"y": [1]}]}', encoding="utf-8")
    modules = imported("-m", "digest", "chart", tmp_path / "a.json", "-o", tmp_path)
    assert not modules & {"numpy", "pandas", "python_calamine", "plotly", "kaleido", "rjieba"}


def test_a_wrong_call_is_told_in_chinese_with_code_two(jianbao: Jianbao) -> None:
    for arguments in ((), ("build",), ("build", "x", "--engine", "steam"), ("build", "x", "--colour", "red")):
        done = jianbao(*arguments)
        assert done.returncode == 2
        assert "用法：" in done.stderr
        assert "错误 U001" in done.stderr


def test_the_help_names_every_exit_code(jianbao: Jianbao) -> None:
    told = jianbao("--help").stdout
    for code in ("0", "1", "2", "3", "5", "130"):
        assert f"\n  {code} " in told


def test_a_terminal_without_chinese_gets_codes_and_no_crash(project_of_its_own: Path, jianbao: Jianbao) -> None:
    done = jianbao("check", project_of_its_own, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr
    assert "\\u68c0" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_bug(project_of_its_own: Path) -> None:
    script = f"{sys.executable} -m digest trace {project_of_its_own} | head -c 5; exit ${{PIPESTATUS[0]}}"
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash on this machine to close a pipe with")
    done = subprocess.run([bash, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 141}  # a short trace may have left before the reader did
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_full_standard_output_is_said_so(project_of_its_own: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full on this system")
    command = [sys.executable, "-m", "digest", "build", str(project_of_its_own), "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "U030" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bug_shows_its_traceback_with_code_one(tmp_path: Path) -> None:
    script = (
        "import sys, digest.data.starter as starter\n"
        "def broken(folder): raise ZeroDivisionError\n"
        "starter.init_project = broken\n"
        "from digest.__main__ import main\n"
        f"sys.exit(main(['init', {os.fspath(tmp_path)!r}]))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
