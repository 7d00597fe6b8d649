"""Parts upon one another: where each begins and ends, and what is certain about the whole."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from digest.charts.kit.readings import amounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.charts.kit.readings import Certain, Reading


class Stack(NamedTuple):
    """Where the parts of a whole begin and end, None for one that nobody reported, and what is certain of their sum."""

    spans: tuple[tuple[Fraction, Fraction] | None, ...]
    certain: Certain

    @property
    def top(self) -> Fraction:
        """Where the last part ends."""
        return max((span[1] for span in self.spans if span), default=Fraction(0))


def stack_of(readings: Sequence[Reading]) -> Stack:
    """The parts from below, each upon the one before."""
    spans: list[tuple[Fraction, Fraction] | None] = []
    low = Fraction(0)
    for reading in readings:
        spans.append(None if reading.amount is None else (low, low + reading.amount))
        low += reading.amount or 0
    return Stack(tuple(spans), certain_sum(readings))


def shares_of(readings: Sequence[Reading]) -> Stack:
    """The parts as percents of their sum; no part has a place where the sum is nought or one of them is missing."""
    known = amounts(readings)
    whole = sum(known)
    if not whole or len(known) < len(readings):
        return Stack((None,) * len(readings), "exact")
    spans = stack_of(readings).spans
    return Stack(tuple(span and (span[0] * 100 / whole, span[1] * 100 / whole) for span in spans), "exact")


def certain_sum(readings: Sequence[Reading]) -> Certain:
    """What is certain about a sum of numbers that are not below nought: without those missing it is only more."""
    found = {reading.certain if reading.amount is not None else "least" for reading in readings}
    if "vague" in found or {"least", "most"} <= found:
        return "vague"
    return "least" if "least" in found else "most" if "most" in found else "exact"
