"""Pixel images as PDF has them: JPEG as it came, everything else as plain samples (ISO 32000-1, 8.9.5)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from PIL import Image

from digest.errors import RenderError

if TYPE_CHECKING:
    from digest.pdf.document import Document

SPACES: Final[dict[str, str]] = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}
INVERTED: Final = "[1 0 1 0 1 0 1 0]"  # a JPEG of four inks holds them the other way round (Adobe)


def embed_raster(data: bytes, document: Document) -> str:
    """Reference to the image; `RenderError` (P501) when the bytes are no image."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            if image.format == "JPEG" and image.mode in SPACES:
                decode = INVERTED if image.mode == "CMYK" else ""
                entries = _entries(image.size, SPACES[image.mode]) | {"Filter": "/DCTDecode", "Decode": decode}
                return document.add_stream(entries, data).ref
            return _samples(image, document)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderError("图片数据无法读取；只支持 PNG 和 JPEG", code="P501") from error


def _samples(image: Image.Image, document: Document) -> str:
    """The image's pixels, its opacity as a soft mask."""
    mask = ""
    if image.has_transparency_data:
        layers = image.convert("RGBA")
        opacity = _entries(image.size, "/DeviceGray")
        mask = document.add_stream(opacity, layers.getchannel("A").tobytes()).ref
    colors = image.convert("L" if image.mode in {"1", "L", "LA"} else "RGB")
    entries = _entries(image.size, SPACES[colors.mode]) | {"SMask": mask}
    return document.add_stream(entries, colors.tobytes()).ref


def _entries(size: tuple[int, int], space: str) -> dict[str, str]:
    """What every image tells of itself."""
    return {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": str(size[0]),
        "Height": str(size[1]),
        "ColorSpace": space,
        "BitsPerComponent": "8",
    }
