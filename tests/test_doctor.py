"""The look over a machine: what is told of one that lacks something."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

from digest import doctor, fonts
from digest.charts import known, samples
from digest.charts.plotly_js import plotly_js
from digest.doctor import NEEDED, OPTIONAL, Check, examine

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import Jianbao


def told(name: str) -> Check:
    """What is said of one thing."""
    return next(check for check in examine() if check.name == name)


def test_here_everything_needed_is_fine() -> None:
    checks = list(examine())
    assert not [str(check) for check in checks if check.state == "broken"]
    assert {check.name for check in checks} >= {"Python", "字体", "写文件", "plotly.js", "画图引擎", *NEEDED}
    assert sum(check.name.startswith("样图") for check in checks) == 12


def test_the_packages_are_those_of_the_project_file(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=]", requirement)[0] for requirement in requirements}

    anywhere = [requirement for requirement in project["dependencies"] if ";" not in requirement]
    assert set(NEEDED) == names(anywhere)
    extras = project["optional-dependencies"]
    assert set(OPTIONAL) == names(extras["kaleido"] + extras["png"]) | {"mini-racer"}  # not on every machine


def test_a_package_that_is_absent_is_named_with_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", version)
    checks = {check.name: check for check in doctor._packages()}
    assert checks["pandas"] == Check("pandas", "broken", "没有装", "请安装：pip install pandas")
    assert str(checks["pypdfium2"]).startswith("有疑  pypdfium2：没有装；")


def test_nothing_to_draw_with_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("py_mini_racer", "quickjs"):
        monkeypatch.setitem(sys.modules, name, None)
    broken = [check for check in examine() if check.state == "broken"]
    assert [check.name for check in broken] == ["画图引擎"]
    assert "mini-racer" in broken[0].words


def test_a_face_that_was_changed_is_doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = fonts._folders(None)
    for folder in own:
        for file in folder.glob("*") if folder.is_dir() else ():
            (tmp_path / file.name).symlink_to(file)
    (tmp_path / "kai.ttf").unlink()
    shutil.copy(tmp_path.joinpath("hei.ttf"), tmp_path / "kai.ttf")
    monkeypatch.setattr(fonts, "_folders", lambda *_: (tmp_path,))
    check = told("字体")
    assert check.state == "doubtful"
    assert "楷体" in check.words


def test_a_face_that_is_lost_does_not_end_the_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_folders", lambda *_: (tmp_path,))
    checks = {check.name: check for check in examine()}
    assert (checks["字体"].state, checks["写文件"].state) == ("broken", "fine")


def test_a_browser_that_is_absent_is_only_doubtful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    monkeypatch.setattr("digest.charts.browser.find_browser", lambda: None)
    assert told("浏览器").state == "doubtful"


def test_a_sample_that_looks_otherwise_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    prints = samples.known_prints()
    monkeypatch.setattr(samples, "known_prints", lambda: {**prints, "饼": "0" * 16})
    doubtful = [check.name for check in examine() if check.state == "doubtful" and check.name.startswith("样图")]
    assert doubtful == ["样图“饼”"]


def test_a_bug_in_one_look_does_not_end_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("never")

    monkeypatch.setattr(known, "doubt", broken)
    checks = {check.name: check for check in examine()}
    assert checks["plotly.js"] == Check("plotly.js", "broken", "ZeroDivisionError：never")
    assert checks["画图引擎"].state == "fine"


def test_the_command_prints_a_line_a_thing_and_knows_its_exit_code(jianbao: Jianbao) -> None:
    done = jianbao("doctor")
    assert done.returncode == 0, done.stdout
    assert all(line[:2] in ("正常", "有疑") for line in done.stdout.splitlines())
    checks = json.loads(jianbao("doctor", "--json").stdout)
    assert {check["state"] for check in checks} <= {"fine", "doubtful"}


# --- what is known --------------------------------------------------------------------------------------


def test_the_plotly_js_here_is_the_one_that_was_looked_at() -> None:
    assert known.doubt(thorough=True) is None


def test_another_plotly_js_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = plotly_js()
    other = tmp_path / "plotly.min.js"
    monkeypatch.setattr(known, "plotly_js", lambda: other)

    changed = bytearray(real.read_bytes())
    changed[-1] ^= 1
    other.write_bytes(changed)
    assert known.doubt() is None  # of the same size: only the thorough look sees it
    finding = known.doubt(thorough=True)
    assert finding is not None
    assert (finding.code, finding.severity) == ("C181", "warning")
    assert "改动过" in finding.message

    other.write_bytes(changed + b"\n")
    assert known.doubt() is not None

    monkeypatch.setattr(known, "plotly_js_version", lambda: "9.9.9")
    finding = known.doubt()
    assert finding is not None
    assert "9.9.9" in finding.message


def test_without_plotly_there_is_nothing_to_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.charts.plotly_js.find_spec", lambda _: None)
    assert known.doubt() is None
