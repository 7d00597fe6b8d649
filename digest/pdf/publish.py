"""A finished file takes its place at once or not at all.

Codes: W401 no such folder, W402 not allowed, W403 the place is no ordinary file, W404 the disk is full, W405 anything
else.
"""

from __future__ import annotations

import contextlib
import errno
import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digest.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# errno -> (code, reason, what helps)
REASONS: Final[dict[int, tuple[str, str, str]]] = {
    errno.ENOENT: ("W401", "没有这个文件夹", "请先建好文件夹，或换一个位置"),
    errno.ENOTDIR: ("W401", "路径中有一段不是文件夹", "请换一个位置"),
    errno.EACCES: ("W402", "没有写入权限，或文件正被别的程序打开", "请关闭正在查看它的程序，或换一个位置"),
    errno.EPERM: ("W402", "没有写入权限", "请换一个位置"),
    errno.EROFS: ("W402", "所在磁盘是只读的", "请换一个位置"),
    errno.EISDIR: ("W403", "这是一个文件夹", "请写上文件名，如 简报.pdf"),
    errno.ENOSPC: ("W404", "磁盘已满", "请腾出空间后重试"),
    errno.EDQUOT: ("W404", "磁盘配额已用完", "请腾出空间后重试"),
    errno.ENAMETOOLONG: ("W405", "文件名太长", "请换一个短些的文件名"),
}


def publish(data: bytes, path: Path) -> None:
    """Write `data` to `path`: beside it first, then in its place in one step.

    `OutputError` when that cannot be done; then, as after an interrupt, what stood at `path` is untouched and nothing
    else is left. A symbolic link stays one; what it leads to is replaced.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            raise OutputError(f"无法写入 {path}：这不是普通文件", code="W403", hint="请换一个位置")
        with _beside(target) as temporary:
            _write(data, temporary)
            temporary.replace(target)
        _settle(target.parent)
    except OSError as error:
        raise _refused(path, error) from error


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new empty file in the target's folder, so that moving it is one step; removed if it still stands at the end."""
    for attempt in count():
        temporary = target.parent / f".jianbao-{os.getpid()}-{attempt}.tmp"
        try:
            # created here and not by tempfile: the finished file must have the permissions of any new file
            os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            continue
        break
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _write(data: bytes, path: Path) -> None:
    """Write and wait until the disk has it: a name must never point to half a file after a power cut."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Wait until the disk has the new name; where folders cannot be synced the file is complete all the same."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(path: Path, error: OSError) -> OutputError:
    """Why the file could not be written, for the person who asked for it."""
    fallback = ("W405", error.strerror or str(error), "请换一个位置")
    code, reason, hint = REASONS.get(error.errno or 0, fallback)
    return OutputError(f"无法写入 {path}：{reason}", code=code, hint=hint)
