"""Typeset: compose and paginate, again with the page numbers found, until the numbers stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.errors import LayoutError
from digest.layout.compose import compose
from digest.layout.paginate import paginate, place
from digest.story.blocks import Masthead

if TYPE_CHECKING:
    from digest.findings import Finding
    from digest.fonts import FontSet
    from digest.layout.page import Pages
    from digest.story.blocks import Story
    from digest.style import Style

_MOST_ROUNDS: Final = 6


def typeset(story: Story, style: Style, fonts: FontSet) -> tuple[Pages, tuple[Finding, ...]]:
    """The story on pages. Contents and annex print page numbers, so a second round knows what the first found."""
    where: dict[str, tuple[int, ...]] = {}
    galley = None
    for _ in range(_MOST_ROUNDS):
        galley = compose(story, style, fonts, where, galley)
        done = paginate(galley.slabs, style)
        if done.where == where or not galley.prints_pages:
            return place(done, story.meta, style, fonts, story.running, _running_from(story)), galley.findings
        where = done.where
    message = "页码反复变化，无法定稿"
    raise LayoutError(message, code="Y202")


def _running_from(story: Story) -> int:
    """The first page with a running head: not the one whose masthead says the same words already."""
    said = (block.notice for block in story.blocks if isinstance(block, Masthead))
    return 2 if story.running and story.running in said else 1
