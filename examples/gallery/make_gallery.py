"""The gallery: every kind of chart with full, extreme and poor data, in colour and as a grey print.

    python examples/gallery/make_gallery.py FOLDER

writes `gallery.pdf` and `gallery-grey.pdf`. All numbers in it are invented (示例数据), and every page says so.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import part_axes
import part_parts

from digest import BRIEFING, typeset_story
from digest.story.blocks import Heading, Meta, Paragraph, Story, Table, Title, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.story.blocks import Block

INVENTED: Final = "示例数据"
NUMERALS: Final = "一二三四五六七八九十"


def gallery() -> Story:
    """All parts under one title; figures and headings are numbered through."""
    head = (
        Title("图表样张", subtitle=f"（全部为{INVENTED}）", date="2023年12月"),
        Paragraph(
            plain(f"样张里的数都是编出来的{INVENTED}，只看画法：约数怎样留口，没报的怎样空着，放不下时怎样让开。")
        ),
    )
    blocks = (*head, *_numbered((*part_axes.blocks(), *part_parts.blocks())))
    return Story(Meta("图表样张", "示例单位", INVENTED, "2023-12"), blocks, running=f"图表样张　{INVENTED}")


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    figures = tables = headings = 0
    for block in blocks:
        match block:
            case Heading():
                yield replace(block, number=f"{numeral(headings)}、", anchor=f"gallery:{headings}")
                headings += 1
            case Table():
                tables += 1
                words = replace(block.caption, label=f"表{tables}", text=f"{block.caption.text}（{INVENTED}）")
                yield replace(block, caption=words)
            case _ if hasattr(block, "caption"):
                figures += 1
                words = replace(block.caption, label=f"图{figures}", text=f"{block.caption.text}（{INVENTED}）")
                yield replace(block, caption=words)
            case _:
                yield block


def numeral(place: int) -> str:
    """`一` for the first, `十一` for the eleventh."""
    tens, ones = divmod(place + 1, 10)
    return ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")  # noqa: PLR2004


def main(folder: Path) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    story = gallery()
    for name, style in (("gallery.pdf", BRIEFING), ("gallery-grey.pdf", BRIEFING.in_grey())):
        result = typeset_story(story, folder / name, style=style)
        print(f"{result.path}：{result.pages}页")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build"))
