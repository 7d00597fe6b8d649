"""Typeset bare paragraphs, one a page, for those who measure lines.

    python benchmarks/typeset_text.py PARAGRAPHS.json OUT.pdf --measure 20 --size 12 --leading 20 [--face song]

PARAGRAPHS.json is a list of texts. Pages are measure x size + 72 points wide and 1400 high with margins of 36 points;
first lines are indented two characters, lines justified, and nothing stands round the text.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digest.report import typeset_story
from digest.story.blocks import Meta, PageBreak, Paragraph, Story, plain
from digest.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.story.blocks import Block

MARGIN: Final = 36.0
HEIGHT: Final = 1400.0


def bare(measure: float, size: float, leading: float, face: str) -> Style:
    """A page that is all text: `measure` characters of `size` points wide."""
    depth = HEIGHT - 2 * MARGIN
    return Style(
        page_width=measure * size + 2 * MARGIN,
        page_height=HEIGHT,
        top=MARGIN,
        binding=MARGIN,
        measure=measure * size,
        depth=depth,
        lines=int((depth - size) / leading) + 1,
        size=size,
        pitch=leading,
        voice="song" if face == "song" else "fang",
        folio="none",
        mirrored=False,
    )


def one_a_page(paragraphs: Sequence[str]) -> Iterator[Block]:
    """Paragraphs with page breaks between them."""
    for n, text in enumerate(paragraphs):
        if n:
            yield PageBreak()
        yield Paragraph(plain(text))


def main() -> None:
    """Read, typeset, write."""
    parser = argparse.ArgumentParser(description="Typeset bare paragraphs, one a page.")
    parser.add_argument("paragraphs", type=Path, help="a JSON list of texts")
    parser.add_argument("output", type=Path)
    parser.add_argument("--measure", type=float, default=20.0, help="characters a line")
    parser.add_argument("--size", type=float, default=12.0, help="points")
    parser.add_argument("--leading", type=float, default=20.0, help="points from baseline to baseline")
    parser.add_argument("--face", choices=("fang", "song"), default="song")
    options = parser.parse_args()
    paragraphs: list[str] = json.loads(options.paragraphs.read_text(encoding="utf-8"))
    style = bare(options.measure, options.size, options.leading, options.face)
    story = Story(Meta("", "", "", ""), tuple(one_a_page(paragraphs)))
    result = typeset_story(story, options.output, style=style)
    for finding in result.findings:
        print(finding)


if __name__ == "__main__":
    main()
