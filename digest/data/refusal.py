"""Refusal: why a cell or a period is not read (拒读). Nothing is guessed; who typed it is told what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.findings import Finding

if TYPE_CHECKING:
    from digest.findings import Place, Severity


@dataclass(frozen=True, slots=True)
class Refusal:
    """What stands there (`text`), what is wrong with it in a sentence that quotes it, what is accepted, what helps.

    `code` is stable; the codes stand in `cells.py` and `periods.py`.
    """

    code: str
    text: str
    message: str
    accepted: str
    hint: str

    def __str__(self) -> str:
        """Code, sentence and help on one line."""
        return str(self.finding())

    def finding(self, place: Place | None = None, severity: Severity = "error") -> Finding:
        """The same as something that a person sees at its place; a warning where a digest is made without the cell."""
        return Finding(self.code, severity, self.message, place, self.text, f"{self.hint}；可以写：{self.accepted}")
