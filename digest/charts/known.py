"""The plotly.js that was looked at: with it every sample was drawn and compared (样图).

plotly.js draws whatever it holds right, and another version may hold otherwise. It is used all the same, for it may
well be better; but whoever signs the digest should know.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from digest.charts.plotly_js import known_parts, plotly_js, plotly_js_version
from digest.errors import DigestError
from digest.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path


def doubt(*, thorough: bool = False) -> Finding | None:
    """C181, a warning, where plotly.js is not the known one; None where it is, or where there is none to draw with.

    By version and size, in microseconds; a `thorough` look reads the whole file.
    """
    try:
        path, version = plotly_js(), plotly_js_version()
    except DigestError:
        return None
    known = known_parts()
    if version != known["version"]:
        message = f"画图用的 plotly.js {version} 没有核对过（核对过的是 {known['version']}）"
    elif path.stat().st_size != known["size"] or (thorough and _sha256(path) != known["sha256"]):
        message = f"画图用的 plotly.js {version} 被改动过，和核对过的不一样"
    else:
        return None
    return Finding("C181", "warning", message, hint="请看图画得对不对；python -m digest doctor 可以核对样图")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
