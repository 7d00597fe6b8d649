"""Parts of a whole: the ledger, the roster, mechanisms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invented import CITIES

from digest.story.blocks import Caption, Coverage, Diagram, DiagramRow, Heading, Ledger, LedgerPart

if TYPE_CHECKING:
    from digest.story.blocks import Block


def blocks() -> tuple[Block, ...]:
    """Headings and drawings; numbers are given later."""
    ledger = (
        LedgerPart("推进整改", "61个", 61, stated=True),
        LedgerPart("未注明", "39个", 39, stated=False, remark="状态没有注明"),
    )
    steps = ("分类梳理", "明晰责任", "书面反馈", "台账管理", "定期调度")
    return (
        Heading("", "台账、名册和机制", ""),
        Ledger(ledger, "收集问题100个", Caption("", "问题台账")),
        Coverage(tuple((city, city != "青岛") for city in CITIES), Caption("", "覆盖的设区市")),
        Diagram((DiagramRow("chain", "", steps),), Caption("", "办理流程")),
    )
