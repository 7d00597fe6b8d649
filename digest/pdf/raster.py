"""A page as pixels: PDFium draws what we wrote, where somebody asks for PNG.

Needs pypdfium2, which only those install who want that.
"""

from __future__ import annotations

import io
import struct
import zlib
from importlib.util import find_spec
from typing import Final

from digest.errors import RenderError

_POINTS_A_METRE: Final = 72 / 0.0254
_HEAD: Final = 33  # bytes of a PNG's signature and first chunk, after which its density may stand


def has_raster() -> bool:
    """Whether pages can be turned into pixels here."""
    return find_spec("pypdfium2") is not None


def no_raster() -> RenderError:
    """P504: what to install."""
    return RenderError(
        "要在进程里做 PNG，需另装 pypdfium2",
        code="P504",
        hint="运行 pip install 'jianbao[png]'，或用 --engine kaleido 让浏览器做",
    )


def rasterise(pdf: bytes, scale: float) -> bytes:
    """The first page as PNG of `scale` pixels a point. `RenderError` P504 without pypdfium2."""
    try:
        import pypdfium2  # noqa: PLC0415 - not everyone has it, nor needs it
    except ImportError as error:
        raise no_raster() from error
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG")
    return out.getvalue()


def with_density(png: bytes, scale: float) -> bytes:
    """The PNG saying of itself that a point is `scale` pixels, so that it keeps its size in print (pHYs)."""
    density = round(scale * _POINTS_A_METRE)
    chunk = b"pHYs" + struct.pack(">IIB", density, density, 1)
    told = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:_HEAD] + told + png[_HEAD:]
