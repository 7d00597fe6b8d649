"""Ways through the file: bookmarks, links and page labels (ISO 32000-1, 12.3 and 12.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from digest.pdf.syntax import array, dictionary, number, numbers, text_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.layout.page import Bookmark, Link, Page
    from digest.pdf.document import Document, Part

PRINTED: Final = 4  # annotation flag, required by the archival standards; a link has nothing to print


class _Entry(NamedTuple):
    """A bookmark with those below it, which are added to it one by one."""

    part: Part
    bookmark: Bookmark
    children: list[_Entry]

    def shown(self) -> int:
        """How many entries stand below it when all is open."""
        return sum(1 + child.shown() for child in self.children)


def destinations(pages: Sequence[Page], height: float, document: Document) -> dict[str, str]:
    """Anchor name -> the place it stands for, in PDF syntax. The first of two anchors of one name counts."""
    found: dict[str, str] = {}
    for index, page in enumerate(pages):
        for anchor in page.anchors:
            # on a turned page the left side of the sheet is seen at the top
            place = f"{number(anchor.y)} 0" if page.turned else f"null {number(height - anchor.y)}"
            found.setdefault(anchor.name, f"[{document.page_ref(index)} /XYZ {place} null]")
    return found


def add_links(pages: Sequence[Page], height: float, places: dict[str, str], document: Document) -> None:
    """Lay every page's links over it; `KeyError` for a link whose anchor stands nowhere."""
    for index, page in enumerate(pages):
        if page.links:
            document.annotate(index, [_link(link, _box(link, page, height), places, document) for link in page.links])


def _box(link: Link, page: Page, height: float) -> tuple[float, float, float, float]:
    """Where a link lies on the sheet: left, bottom, right, top."""
    if page.turned:
        return (link.y, link.x, link.y + link.height, link.x + link.width)
    return (link.x, height - link.y - link.height, link.x + link.width, height - link.y)


def _link(link: Link, box: tuple[float, ...], places: dict[str, str], document: Document) -> Part:
    return document.add(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": array([numbers(box)]),
            "Border": "[0 0 0]",
            "F": str(PRINTED),
            "Dest": places[link.target],
        },
    )


def add_outline(bookmarks: tuple[Bookmark, ...], places: dict[str, str], document: Document) -> str:
    """Reference to the outline, or an empty string when there are no bookmarks; all of it stands open.

    A bookmark more than one level below the one before it hangs right under that one.
    """
    if not bookmarks:
        return ""
    root = document.reserve()
    top: list[_Entry] = []
    open_lists = [top]
    for bookmark in bookmarks:
        entry = _Entry(document.reserve(), bookmark, [])
        del open_lists[bookmark.level + 1 :]
        open_lists[-1].append(entry)
        open_lists.append(entry.children)
    _write_entries(top, root.ref, places)
    count = sum(1 + entry.shown() for entry in top)
    root.body = dictionary(
        {"Type": "/Outlines", "First": top[0].part.ref, "Last": top[-1].part.ref, "Count": str(count)},
    ).encode("ascii")
    return root.ref


def _write_entries(entries: list[_Entry], parent: str, places: dict[str, str]) -> None:
    """Chain siblings to each other and to their parent, and do the same below."""
    for index, entry in enumerate(entries):
        children = entry.children
        entry.part.body = dictionary(
            {
                "Title": text_string(entry.bookmark.title),
                "Parent": parent,
                "Prev": entries[index - 1].part.ref if index else "",
                "Next": entries[index + 1].part.ref if index + 1 < len(entries) else "",
                "First": children[0].part.ref if children else "",
                "Last": children[-1].part.ref if children else "",
                "Count": str(entry.shown()) if children else "",
                "Dest": places[entry.bookmark.anchor],
            },
        ).encode("ascii")
        _write_entries(children, entry.part.ref, places)


def page_labels(pages: Sequence[Page]) -> str:
    """The number tree that tells viewers what is printed on each page."""
    labels = (dictionary({"P": text_string(page.label or str(page.number))}) for page in pages)
    nums = array(f"{index} {label}" for index, label in enumerate(labels))
    return dictionary({"Nums": nums})
