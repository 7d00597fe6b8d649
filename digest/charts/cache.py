"""The chart cache: drawings by the content they were made from, so that a second run needs no engine.

One file a drawing, a plain file of bytes: a line with the hash of what follows, then the drawing. A file that is cut
short or was touched does not match its hash and is drawn anew.

The folder is bounded: beyond the limit what was used longest ago goes. When a drawing was used is the time of its file,
which the file system keeps; nobody here asks what time it is. Any number of processes may read, write and trim at once:
files come and go whole, and one that is gone is drawn anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMIT: Final = 256 * 2**20
"""Bytes of drawings that a folder holds; a chart takes 5 to 60 thousand."""

_KEPT: Final = 0.9  # share of the limit that stays when there is too much, so that not every drawing asks for room
_TRIMS: Final = "0"  # a first digit of the name: with one put in sixteen, told by its hash, the folder is looked over
_ABANDONED: Final = 3600.0  # seconds an unfinished file is older than the newest one when nobody works on it any more
_PART: Final = ".jianbao-"
_OURS: Final = re.compile(r"[0-9a-f]{64}\.[a-z]+")  # whatever else lies in the folder is not ours to touch
_FORMAT: Final = "1"  # of the files; another number never finds the old ones


def key_of(figure: Mapping[str, Any], **made_with: object) -> str:
    """Name of a drawing: hash of the figure in sorted JSON and of everything else it depends on."""
    text = json.dumps([_FORMAT, figure, made_with], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """Drawings in a folder, `limit` bytes of them at most; without a folder nothing is kept."""

    folder: Path | None
    limit: int = LIMIT

    def get(self, key: str, kind: str) -> bytes | None:
        """The drawing of that name and kind (`svg`, `pdf`); None where there is none or it is damaged."""
        if self.folder is None:
            return None
        path = self.folder / f"{key}.{kind}"
        try:
            head, _, content = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head != _seal(content):
            return None
        with contextlib.suppress(OSError):  # a folder that can only be read serves as well
            os.utime(path)
        return content

    def put(self, key: str, kind: str, content: bytes) -> None:
        """Keep a drawing, all of it or nothing. A folder that cannot be written is no reason to stop."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=_PART, suffix=".part")
        except OSError:
            return
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(content) + b"\n" + content)
            part.replace(self.folder / f"{key}.{kind}")
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()
        if key.startswith(_TRIMS):
            self.trim()

    def trim(self) -> None:
        """Drop what was used longest ago until the folder is within its limit, and what was never finished.

        `put` does this now and then; a folder may stand a few drawings above its limit until the next time.
        """
        if self.folder is None:
            return
        files = _files(self.folder)
        newest = max((file.time for file in files), default=0.0)
        held = sum(file.size for file in files if not file.unfinished)
        room = held if held <= self.limit else self.limit * _KEPT
        for file in sorted(files):
            if file.unfinished:
                if newest - file.time > _ABANDONED:
                    _drop(file.path)
            elif held > room:
                _drop(file.path)  # gone already where another process was faster: it dropped the same
                held -= file.size


class _File(NamedTuple):
    """A file of the folder; those used longest ago come first."""

    time: float
    path: str
    size: int
    unfinished: bool


def _files(folder: Path) -> list[_File]:
    """All files of ours that still are there."""
    files = []
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            unfinished = entry.name.startswith(_PART)
            if unfinished or _OURS.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    stat = entry.stat(follow_symlinks=False)
                    files.append(_File(stat.st_mtime, entry.path, stat.st_size, unfinished))
    return files


def _drop(path: str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink()


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
