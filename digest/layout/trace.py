"""Trace: pages written as text, for tests and for eyes (版面文本)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.layout.page import Item, Pages


def trace(pages: Pages) -> str:
    """Every item that reads as something: its place in whole points, its role and its text, page by page."""
    lines: list[str] = []
    labels: dict[str, str] = {}
    for page in pages.pages:
        for anchor in page.anchors:
            labels.setdefault(anchor.name, page.label)
        turned = ", turned" if page.turned else ""
        lines.append(f"== page {page.label}{turned}: {len(page.items)} items, {len(page.links)} links")
        lines += [_item(item) for item in page.items if item.text]
    lines.append("== outline")
    lines += [f"{'  ' * mark.level}{mark.title} -> {labels.get(mark.anchor, '?')}" for mark in pages.outline]
    return "\n".join(lines) + "\n"


def _item(item: Item) -> str:
    text = item.text.replace("\n", " / ")
    return f"{item.x:4.0f} {item.y:4.0f} {item.width:4.0f} {item.role:13} |{text}|"
