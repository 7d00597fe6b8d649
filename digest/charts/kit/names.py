"""Names under and beside marks: lines that end where words do, never turned, the same in every kind of chart."""

from __future__ import annotations

from itertools import accumulate, pairwise

from digest.charts.kit.words import text_width, wrapped


def name_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """Lines of a name within `room` points, parted at word ends where its words are short enough."""
    if text_width(text, size) <= room:
        return (text,)
    words = _words(text)
    if any(text_width(word, size) > room for word in words):
        return wrapped(text, size, room)
    lines = [""]
    for word in words:
        if lines[-1] and text_width(lines[-1] + word.rstrip(), size) > room:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    plain = wrapped(text, size, room)
    return tuple(lines) if len(lines) <= len(plain) + 1 else plain


def _words(text: str) -> list[str]:
    """Words of a text, each with the marks that belong to it."""
    import rjieba  # noqa: PLC0415 - its dictionary takes long to load, and most names need one line

    starts = {0, *accumulate(len(word) for word in rjieba.cut(text))}
    kept = {0, len(text)} | {
        place
        for place in starts
        if 0 < place < len(text)
        and text[place] not in _CLINGS
        and text[place - 1] not in _OPENS
        and not (text[place - 1].isdigit() and text[place] in _OF_DATES)
    }
    return [text[start:end] for start, end in pairwise(sorted(kept))]


_CLINGS = "，。、；：？！）》」』”’％%)]}·"
_OF_DATES = "年季月日"  # 2025年10月 is parted behind 年
_OPENS = "（《「『“‘([{"
