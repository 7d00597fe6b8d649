"""What people install: the wheel, in an environment of its own, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", f"--outdir={folder}", str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that holds the wheel; what it depends on is lent from here, not fetched again."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["install", "--no-deps", "--no-index", "--quiet", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True, capture_output=True)
    here = sysconfig.get_path("purelib")
    its_own = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    Path(its_own.stdout.strip(), "lent.pth").write_text(here, encoding="utf-8")
    return python


def without_checkout() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_the_wheel_carries_faces_with_their_licences_and_what_the_rooms_read(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    fonts = {f"digest/assets/fonts/{path.name}" for path in (checkout / "assets" / "fonts").iterdir()}
    assert fonts <= names
    package = {
        path.relative_to(checkout).as_posix()
        for path in (checkout / "digest").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package <= names
    assert not {name for name in names if name.startswith(("tests/", "examples/", "benchmarks/"))}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_digest_is_made_by_the_wheel_alone(clean: Path, tmp_path: Path) -> None:
    env = without_checkout()
    where = subprocess.run(
        [clean, "-c", "import digest; print(digest.__file__)"],
        cwd=tmp_path,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(clean.parent.parent)

    jianbao = clean.with_name("jianbao")
    subprocess.run([jianbao, "init", "project"], cwd=tmp_path, env=env, check=True, capture_output=True)
    subprocess.run([jianbao, "build", "project", "-o", "a.pdf"], cwd=tmp_path, env=env, check=True, capture_output=True)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
