"""The chart cache: drawings by the content they were made from, so that a second run needs no engine.

One file a drawing, a plain file of bytes: a line with the hash of what follows, then the drawing. A file that is cut
short or was touched does not match its hash and is drawn anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORMAT: Final = "1"  # of the files; another number never finds the old ones


def key_of(figure: Mapping[str, Any], **made_with: object) -> str:
    """Name of a drawing: hash of the figure in sorted JSON and of everything else it depends on."""
    text = json.dumps([_FORMAT, figure, made_with], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """Drawings in a folder; without a folder nothing is kept."""

    folder: Path | None

    def get(self, key: str, kind: str) -> bytes | None:
        """The drawing of that name and kind (`svg`, `pdf`); None where there is none or it is damaged."""
        if self.folder is None:
            return None
        try:
            head, _, content = (self.folder / f"{key}.{kind}").read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if head == _seal(content) else None

    def put(self, key: str, kind: str, content: bytes) -> None:
        """Keep a drawing, all of it or nothing. A folder that cannot be written is no reason to stop."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
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


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
