"""Pixel images in a box: how large they are by themselves, and where they stand in it (SVG 1.1, 7.8)."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, Final

from digest.charts.paths import refuse

if TYPE_CHECKING:
    from digest.charts.paths import Box

_FIT: Final = re.compile(r"(?:none|x(Min|Mid|Max)Y(Min|Mid|Max)(?:\s+(meet|slice))?)")
_SHARES: Final = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG segments that tell the size


def pixel_size(data: bytes) -> tuple[float, float]:
    """Width and height of a PNG or JPEG in pixels. `ChartError` C105 for anything else."""
    try:
        if data.startswith(_PNG):
            width, height = struct.unpack_from(">2I", data, 16)
        else:
            height, width = struct.unpack_from(">2H", data, _frame(data) + 5)
    except struct.error as error:
        raise refuse("image 的数据") from error
    if not width or not height:
        raise refuse("image 的数据")
    return float(width), float(height)


def _frame(data: bytes) -> int:
    """Where the segment with the size begins."""
    at = 2
    while data.startswith(b"\xff\xd8"):
        mark, kind, size = struct.unpack_from(">2BH", data, at)
        if mark != 0xFF:  # noqa: PLR2004 - what every segment begins with
            break
        if kind in _FRAMES:
            return at
        at += 2 + size
    raise refuse("image 的数据")


def fitted(size: tuple[float, float], box: Box, fit: str) -> Box:
    """Left, top, width and height of a picture in a box of the same four, as `preserveAspectRatio` asks for."""
    match = _FIT.fullmatch(fit.strip())
    if match is None:
        raise refuse(f"image preserveAspectRatio: {fit}")
    if match.group(1) is None:
        return box
    x, y, width, height = box
    scales = (width / size[0], height / size[1])
    scale = max(scales) if match.group(3) == "slice" else min(scales)
    across, down = size[0] * scale, size[1] * scale
    return (
        x + (width - across) * _SHARES[match.group(1)],
        y + (height - down) * _SHARES[match.group(2)],
        across,
        down,
    )
