"""Refusal: why a cell or a period is not read (拒读). Nothing is guessed; who typed it is told what would be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.findings import Finding

if TYPE_CHECKING:
    from digest.findings import Place


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

    def finding(self, place: Place | None = None) -> Finding:
        """The same as an error that a person sees at its place."""
        return Finding(self.code, "error", self.message, place, self.text, f"{self.hint}；可以写：{self.accepted}")
