"""Sources of charts (图的来源): the line `来源：双联共建月报（2026年10月）` under figures that come from tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.data.period import chinese_date, parse_period
from digest.story.wording import full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.data.model import Fact
    from digest.story.blocks import Caption


def with_source(caption: Caption, keys: Iterable[str], facts: Mapping[str, Fact], period: str) -> Caption:
    """The caption with the tables of figures and ledgers that these facts come from behind its note; as it is where
    they come from none. Facts of documents have their quotes in the annex.
    """
    told = [facts[key] for key in keys if key in facts and facts[key].source.table]
    tables = "、".join(dict.fromkeys(full_width(fact.source.table) for fact in told))
    if not tables:
        return caption
    note = caption.note if not caption.note or caption.note.endswith("。") else f"{caption.note}。"
    when = f"（{_time_of(told, period)}）" if period else ""
    return replace(caption, note=f"{note}来源：{tables}{when}。")


def _time_of(told: Iterable[Fact], period: str) -> str:
    """The digest's period, from the first month on where some are of months before it: `2025年11月—2026年10月`."""
    ends = {(fact.period.end or fact.as_of.date)[: len(period)] for fact in told if not fact.is_target} - {""}
    before = {end for end in ends if end < period and len(end) == len(period)}
    now = parse_period(period).chinese
    return f"{chinese_date(min(before))}—{now}" if before and "Q" not in period else now
