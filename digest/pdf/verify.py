"""A last look at the finished bytes (终检): is every page there, is every font inside.

It knows how this package writes its files and reads no others.
"""

from __future__ import annotations

import re
from typing import Final

from digest.errors import RenderError

_STREAM: Final = b"\nstream\n"
_STREAM_END: Final = b"\nendstream\nendobj\n"
_PAGE: Final = re.compile(rb"/Type /Page\b(?!s)")
_FONT: Final = re.compile(rb"/Type /Font\b(?!Descriptor)[^\n]*/Subtype /(\w+)")
_EMBEDDED: Final = re.compile(rb"/FontFile[23] \d+ 0 R")
COMPOSITE: Final = b"Type0"
DESCENDANTS: Final = frozenset({b"CIDFontType0", b"CIDFontType2"})


def verify(data: bytes, pages: int) -> None:
    """`RenderError` P901 when a page is missing, P902 when a font is not embedded, P903 when the file has no end."""
    if not data.startswith(b"%PDF-") or not data.endswith(b"%%EOF\n"):
        raise RenderError("生成的文件不完整", code="P903")
    objects = _without_streams(data)
    found = len(_PAGE.findall(objects))
    if found != pages:
        raise RenderError(f"生成的文件有 {found} 页，应为 {pages} 页", code="P901")
    kinds = _FONT.findall(objects)
    composite = kinds.count(COMPOSITE)
    descendants = sum(kind in DESCENDANTS for kind in kinds)
    if composite != descendants or len(_EMBEDDED.findall(objects)) < descendants:
        raise RenderError("生成的文件有未嵌入的字体", code="P902")


def _without_streams(data: bytes) -> bytes:
    """The file but for its streams: they may hold any bytes, and imported ones do."""
    pieces, at = [], 0
    while (start := data.find(_STREAM, at)) >= 0 and (end := data.find(_STREAM_END, start)) >= 0:
        pieces.append(data[at:start])
        at = end + len(_STREAM_END)
    return b"\nendobj\n".join((*pieces, data[at:]))
