"""A page as pixels: PDFium draws what we wrote, where somebody asks for PNG.

Needs pypdfium2, which only those install who want that.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from typing import Final

from digest.errors import RenderError

_INCH: Final = 72


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
    """The first page as PNG of `scale` pixels a point, which it says of itself, so that it keeps its size in print.

    `RenderError` P504 without pypdfium2.
    """
    try:
        import pypdfium2  # noqa: PLC0415 - not everyone has it, nor needs it
    except ImportError as error:
        raise no_raster() from error
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[0].render(scale=scale).to_pil()
        out = io.BytesIO()
        image.save(out, "PNG", dpi=(scale * _INCH, scale * _INCH))
    return out.getvalue()
