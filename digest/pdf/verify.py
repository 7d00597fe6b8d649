"""A last look at the finished bytes (终检): is every page there, is every font inside.

It knows how this package writes its files and reads no others.
"""

from __future__ import annotations

import re
from typing import Final

from digest.errors import RenderError

_STREAM = re.compile(rb"\nstream\n.*?\nendstream\nendobj\n", re.DOTALL)
_PAGE: Final = re.compile(rb"/Type /Page\b(?!s)")
_FONT: Final = re.compile(rb"/Type /Font\b(?!Descriptor)[^\n]*/Subtype /(\w+)")
_EMBEDDED: Final = re.compile(rb"/FontFile[23] \d+ 0 R")
COMPOSITE: Final = b"Type0"
DESCENDANTS: Final = frozenset({b"CIDFontType0", b"CIDFontType2"})


def verify(data: bytes, pages: int) -> None:
    """`RenderError` P901 when a page is missing, P902 when a font is not embedded, P903 when the file has no end."""
    if not data.startswith(b"%PDF-") or not data.endswith(b"%%EOF\n"):
        raise RenderError("生成的文件不完整", code="P903")
    objects = _STREAM.sub(b"\nendobj\n", data)  # streams may hold any bytes, and imported ones do
    found = len(_PAGE.findall(objects))
    if found != pages:
        raise RenderError(f"生成的文件有 {found} 页，应为 {pages} 页", code="P901")
    kinds = _FONT.findall(objects)
    composite = kinds.count(COMPOSITE)
    descendants = sum(kind in DESCENDANTS for kind in kinds)
    if composite != descendants or len(_EMBEDDED.findall(objects)) < descendants:
        raise RenderError("生成的文件有未嵌入的字体", code="P902")
