"""Sources of charts (图的来源): the line `来源：双联共建月报（2026年10月）` under figures that come from tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.data.period import parse_period
from digest.story.wording import full_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from digest.data.model import Fact
    from digest.story.blocks import Caption


def with_source(caption: Caption, keys: Iterable[str], facts: Mapping[str, Fact], period: str) -> Caption:
    """The caption with the tables of figures and ledgers that these facts come from behind its note; as it is where
    they come from none. Facts of documents have their quotes in the annex.
    """
    found = (facts[key].source.table for key in keys if key in facts)
    tables = "、".join(full_width(table) for table in dict.fromkeys(found) if table)
    if not tables:
        return caption
    note = caption.note if not caption.note or caption.note.endswith("。") else f"{caption.note}。"
    when = f"（{parse_period(period).chinese}）" if period else ""
    return replace(caption, note=f"{note}来源：{tables}{when}。")
