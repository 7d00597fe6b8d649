"""Finding: what a stage wants a person to see, and where (提示)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]

SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "note": "提示"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, sheet or table, cell or line, each as a person would look it up."""

    file: str
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """`台账.xlsx › 以下看上 › F17`."""
        return " › ".join(part for part in (self.file, self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should see: a stable code, how grave, a Chinese sentence, its place and what helps."""

    code: str
    severity: Severity
    message: str
    place: Place | None = None
    value: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """`错误 D101 数据/figures.csv › 第5行 › 数值：…；请…`, on one line."""
        where = f"{self.place}：" if self.place else ""
        hint = f"；{self.hint}" if self.hint else ""
        return f"{SEVERITIES[self.severity]} {self.code} {where}{self.message}{hint}"
