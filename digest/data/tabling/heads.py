"""Where the head of a table is (表头): the rows between what stands above and the first row of numbers.

What is below decides (numbers, members, totals), then titles of metrics that the project knows, then words such as
地区 and 指标.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from digest.data.tabling.words import (
    ENUMERATED,
    LABELS,
    META,
    NOTE,
    ROLES,
    SKIPPED,
    TITLE,
    is_unit,
    likely_number,
    plain,
)
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.data.tabling.window import Window


@dataclass(frozen=True, slots=True)
class Head:
    """Rows of the grid: those above, those of the head, one that only numbers the columns (栏次), those below."""

    above: tuple[int, ...]
    rows: tuple[int, ...]
    numbering: tuple[int, ...]
    below: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """What helps to tell rows apart: `titles` that are known, and whether a text is a member of the roster."""

    titles: frozenset[str]
    is_member: Callable[[str], bool]


def find_head(window: Window, sight: Sight, header: int) -> Head | Finding:
    """The head, `header` rows high where a person says so; an error D250, D251 where there is none, or two."""
    rows = window.rows
    first = next((at for at, row in enumerate(rows) if is_figures(window, row, sight, at)), None)
    if first is not None and _numbers_columns(window, rows[first]) and first + 1 < len(rows):
        first += 1
    if first is None:
        first = _below_known_titles(window, sight)
    if first is None or first == 0:
        found = "没有找到表头" if first == 0 else "没有找到数据行"
        hint = "请在第一行数据之前写上各列的名称，或用 range、header 指明表格的位置"
        return Finding("D250", "error", f"{found}：{_quoted(window)}", window.grid.place_of(rows[0]), hint=hint)
    numbering = tuple(row for row in rows[first - 1 : first] if _numbers_columns(window, row))
    first -= len(numbering)
    while not numbering and first > 1 and _stands_between(window, rows[first - 1]):
        first -= 1
    if first == 0:
        hint = "请在第一行数据之前写上各列的名称"
        return Finding("D250", "error", f"没有找到表头：{_quoted(window)}", window.grid.place_of(rows[0]), hint=hint)
    start = first - header if header else _start(window, rows[:first], sight)
    start = max(start, 0)
    below = rows[first + len(numbering) :]
    if not header:
        two = _two_heads(window, rows[start:first], sight)
        if isinstance(two, Finding):
            return two
        start += two
    return Head(rows[:start], rows[start:first], numbering, below)


def is_figures(window: Window, row: int, sight: Sight, at: int = 1) -> bool:
    """Whether a row holds figures: numbers that are no years, or a member or total with something beside it."""
    filled = window.filled(row)
    first = window.shown(row, filled[0])
    if len(filled) == 1 and len(window.columns) > 1:
        return at > 0 and filled[0] == window.columns[0] and sight.is_member(first)
    values = [(window.grid.value(row, column), window.text(row, column)) for column in filled]
    numbers = [is_number(value, text) for value, text in values]
    named = any(sight.is_member(window.text(row, column)) for column in window.columns[:2])
    if named and not _all_titles(values[1:], sight):
        return True
    if not any(numbers) or plain(first) in LABELS | SKIPPED | sight.titles:
        return False
    return not all(not number or _is_year(text) for number, (_, text) in zip(numbers, values, strict=True))


def is_number(value: object, text: str) -> bool:
    """Whether a cell is one of figures, by what is stored or written there."""
    if isinstance(value, bool | date):
        return False
    return isinstance(value, int | float | Decimal) or (likely_number(plain(text)) and not _is_time(text))


def repeats(window: Window, row: int, head: Head) -> bool:
    """Whether a row is the last or first one of the head again, as on every printed page."""
    filled = window.filled(row)
    return any(
        filled == window.filled(other) and all(window.text(row, c) == window.text(other, c) for c in filled)
        for other in head.rows
    )


def like_a_head(window: Window, row: int, sight: Sight) -> bool:
    """Whether a row in the middle begins another table: two titles at least, all of them words, one of them known."""
    texts = [plain(window.text(row, column)) for column in window.filled(row)]
    if len(texts) < _TWO or any(likely_number(text) for text in texts):
        return False
    return sum(text in LABELS or text in SKIPPED or text in sight.titles for text in texts) >= 1 and not any(
        sight.is_member(text) for text in texts[1:]
    )


def _below_known_titles(window: Window, sight: Sight) -> int | None:
    """A table of words only, or without any numbers yet: the row behind the titles."""
    for at, row in enumerate(window.rows):
        if like_a_head(window, row, sight):
            return at + 1
    return None


def _all_titles(values: list[tuple[object, str]], sight: Sight) -> bool:
    """Members side by side are the head of a table that lies on its side."""
    return bool(values) and all(
        sight.is_member(text) or _is_sum(text) or plain(text) in sight.titles for _, text in values
    )


def _is_sum(text: str) -> bool:
    return any(words.fullmatch(plain(text)) for words, _ in ROLES)


def _start(window: Window, rows: tuple[int, ...], sight: Sight) -> int:
    """Which of the rows before the first figures is the first of the head."""
    start = len(rows) - 1
    while start > 0 and not _stands_above(window, rows[start - 1], rows[start], sight):
        start -= 1
    return start


def _stands_above(window: Window, row: int, below: int, sight: Sight) -> bool:
    """Whether a row is a title or 单位：万元, and none of the head."""
    filled = window.filled(row)
    texts = [plain(window.text(row, column)) for column in filled]
    others = [text for text in texts if not META.fullmatch(text)]
    if not others or (len(others) == 1 and len(others) < len(texts)):
        return True
    if len(texts) > 1 or texts[0] in LABELS | SKIPPED | sight.titles:
        return False
    if len(window.columns) == 1 or filled[0] == window.columns[0] or below - row > 1:
        return True
    merged = any(merge.top == row and merge.left == filled[0] for merge in window.merges)
    return not merged and (TITLE.fullmatch(texts[0]) is not None or filled[0] == window.columns[-1])


def _stands_between(window: Window, row: int) -> bool:
    """Whether a row before the first figures is a title of the rows below it, and none of columns."""
    filled = window.filled(row)
    return filled == [window.columns[0]] and ENUMERATED.match(window.text(row, filled[0])) is not None


def _two_heads(window: Window, rows: tuple[int, ...], sight: Sight) -> int | Finding:
    """How many of the rows are none of the head after all; D251 where two rows may be the head."""
    for at, (upper, lower) in enumerate(itertools.pairwise(rows)):
        column = window.columns[0]
        over, under = plain(window.text(upper, column)), plain(window.text(lower, column))
        filled = window.filled(lower)
        if not over or not under or over == under or all(is_unit(plain(window.text(lower, c))) for c in filled):
            continue
        known = [_known(window, row, sight) for row in (upper, lower)]
        if known[1] and not known[0] and at == 0:
            return 1
        number = window.grid.place_of(upper).cell, window.grid.place_of(lower).cell
        message = f"{number[0]}“{_row(window, upper)}”和{number[1]}“{_row(window, lower)}”都可能是表头"
        hint = "请用 header 写明表头有几行"
        return Finding("D251", "error", message, window.grid.place_of(upper), hint=hint)
    return 0


def _known(window: Window, row: int, sight: Sight) -> bool:
    return any(plain(window.text(row, column)) in LABELS | SKIPPED | sight.titles for column in window.filled(row))


def _numbers_columns(window: Window, row: int) -> bool:
    """Whether it is a row 甲 乙 1 2 3 that only numbers the columns."""
    texts = [plain(window.text(row, column)).strip("()（）") for column in window.filled(row)]
    numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
    words = [text for text in texts if not (text.isascii() and text.isdigit())]
    counts = numbers == list(range(1, len(numbers) + 1)) or numbers == list(range(2, len(numbers) + 2))
    return len(numbers) > 1 and counts and all(word in _COUNTING for word in words)


def _is_year(text: str) -> bool:
    folded = plain(text)
    return folded.isascii() and folded.isdigit() and _FIRST_YEAR <= int(folded[:5]) <= _LAST_YEAR


def _is_time(text: str) -> bool:
    return plain(text).endswith(("年", "月", "月份", "季度", "年度", "日"))


def _quoted(window: Window) -> str:
    return f"第一行是“{_row(window, window.rows[0])}”"


def _row(window: Window, row: int) -> str:
    texts = [plain(window.text(row, column)) for column in window.filled(row)]
    return "、".join(texts[:_SHOWN]) + ("……" if len(texts) > _SHOWN else "")


def is_note(window: Window, row: int) -> bool:
    """Whether a row below the figures is a note, a source, or who filled the table in."""
    texts = [plain(window.text(row, column)) for column in window.filled(row)]
    return all(META.fullmatch(text) or NOTE.fullmatch(text) for text in texts)


_TWO: Final = 2
_COUNTING: Final = frozenset(("甲", "乙", "丙", "丁", "栏次", "序号", "列次", "—", "-"))
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_SHOWN: Final = 6
