"""A small project that works, to begin with (新建项目)."""

from __future__ import annotations

import contextlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digest.errors import OutputError, UsageError

if TYPE_CHECKING:
    import os

FILES: Final = ("digest.toml", "data/figures.csv", "data/structures.toml", "sources/report.txt")


def init_project(folder: str | os.PathLike[str]) -> Path:
    """Write a small working project with example data into `folder`, and give back its path.

    The folder is made where there is none. UsageError where it holds anything, OutputError where it cannot be written;
    then what was begun is removed.
    """
    target = Path(folder)
    try:
        if target.exists() and not target.is_dir():
            raise UsageError(f"这是一个文件，不是文件夹：{target}", code="U106", hint="请换一个名字")
        if target.exists() and any(target.iterdir()):
            raise UsageError(f"文件夹不是空的：{target}", code="U106", hint="请换一个文件夹，已有的文件不会被改动")
        _lay(target)
    except OSError as error:
        raise OutputError(f"不能写入{target}（{error.strerror}）", code="U107") from error
    return target


def _lay(target: Path) -> None:
    """Write the files: all of them, or none and no folder that was not there."""
    made: list[Path] = []
    try:
        for name in FILES:
            path = target / name
            for folder in (*reversed(path.parent.parents), path.parent):
                if not folder.exists():
                    folder.mkdir()
                    made.append(folder)
            made.append(path)
            path.write_bytes((files("digest.data") / "starter_project" / name).read_bytes())
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise
