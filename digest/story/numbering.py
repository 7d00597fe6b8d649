"""Numbering: sections, parts, pictures and tables in the forms of official documents (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"


def han_numeral(number: int) -> str:
    """`number` (1 to 99) in Han digits: 12 is 十二."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def section_number(number: int) -> str:
    """First level: 一、."""
    return f"{han_numeral(number)}、"


def part_number(number: int) -> str:
    """Second level: （一）."""
    return f"（{han_numeral(number)}）"


class Counter:
    """Labels in the order they are asked for: 图1, 图2 ..."""

    def __init__(self, kind: str) -> None:
        """Count things of that kind, from one."""
        self._kind = kind
        self._count = 0

    def next(self) -> str:
        """The label of the next one."""
        self._count += 1
        return f"{self._kind}{self._count}"
