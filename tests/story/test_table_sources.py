"""Under a chart of a table stands which table that was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.model import AsOf, Fact, Source, Span
from digest.data.quantity import parse_quantity
from digest.story.blocks import Caption
from digest.story.table_sources import with_source


def fact(key: str, table: str) -> Fact:
    return Fact(key, "p", key, parse_quantity("3个"), "stock", Source("d", "共3个", table=table))


FACTS = {key: fact(key, table) for key, table in (("a", "甲表"), ("b", "甲表"), ("c", "乙表"), ("d", ""))}


@pytest.mark.parametrize(
    ("keys", "note", "printed"),
    [
        ("ab", "", "来源：甲表（2026年10月）。"),
        ("acd", "", "来源：甲表、乙表（2026年10月）。"),
        ("a", "均为示例", "均为示例。来源：甲表（2026年10月）。"),
        ("d", "均为示例", "均为示例"),
        ("", "", ""),
    ],
)
def test_the_tables_of_a_chart_are_named_once_behind_its_note(keys: str, note: str, printed: str) -> None:
    assert with_source(Caption("图1", "", note), keys, FACTS, "2026-10").note == printed


def test_numbers_of_earlier_months_are_told_from_the_first_of_them_on() -> None:
    year_ago = replace(fact("x", "甲表"), period=Span("2025-11", "2025-11"))
    stock = replace(fact("y", "甲表"), as_of=AsOf("2026-10-31"))
    target = replace(fact("z", "甲表"), kind="target", period=Span("2026-01", "2026-12"))
    facts = {one.id: one for one in (year_ago, stock, target)}
    told = [with_source(Caption("图1", ""), keys, facts, "2026-10").note for keys in ("xyz", "yz")]
    assert told == ["来源：甲表（2025年11月—2026年10月）。", "来源：甲表（2026年10月）。"]
