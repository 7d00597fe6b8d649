"""Lengths: everything inside is in PDF points; these turn what people say into points."""

from __future__ import annotations

from typing import Final

MM: Final = 72 / 25.4

# 字号, in points as Chinese offices use them (GB/T 9704-2012, 5.2.2 names the sizes, not their points).
SIZES: Final[dict[str, float]] = {
    "初号": 42.0,
    "一号": 26.0,
    "二号": 22.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
}


def mm(length: float) -> float:
    """Points of `length` millimetres."""
    return length * MM
