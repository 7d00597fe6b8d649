"""The file under work: ReportLab's canvas keeps pages and objects, this file hands them over and binds them.

It is the one door to ReportLab. Its own page streams, fonts, dates and comments are not used, because they follow the
clock and ReportLab's settings, carry an unembedded Helvetica and cut Chinese faces into 8-bit pieces.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import TYPE_CHECKING, Any, Final

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from digest.pdf.syntax import array, dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION: Final = (1, 7)
HEADER: Final = b"%PDF-1.7\n%\xe7\xae\x80\xe6\x8a\xa5\n"  # bytes above 127 tell that the file is not text
COMPRESSION: Final = 6


class _Sheets(Canvas):  # type: ignore[misc]
    """A canvas whose pages start without ReportLab's Helvetica and its own transform."""

    def _make_preamble(self) -> None:
        self._preamble = ""


class Part:
    """An object of the file: its number is known before its body is."""

    __slots__ = ("body", "number")

    def __init__(self, number: int) -> None:
        """Take the number; the body follows."""
        self.number = number
        self.body = b""

    @property
    def ref(self) -> str:
        """How other objects refer to it."""
        return f"{self.number} 0 R"


class Document:
    """Objects and pages of one file, bound to bytes at the end."""

    def __init__(self, width: float, height: float) -> None:
        """Open a file whose pages all have that size, in points."""
        self._canvas: Any = _Sheets(
            io.BytesIO(), pagesize=(width, height), invariant=1, pageCompression=0, lang="zh-CN"
        )
        self._store: Any = self._canvas._doc  # noqa: SLF001 - the canvas has no public way to add objects
        self._store.Catalog.Outlines = None  # ReportLab's outline loses titles that share a destination
        self._parts = 0

    def reserve(self) -> Part:
        """An object whose body is filled in before `bind`."""
        self._parts += 1
        name = f"Part{self._parts}"
        part = Part(0)
        self._store.Reference(part, name)
        part.number = self._store.idToObjectNumberAndVersion[name][0]
        return part

    def add(self, entries: Mapping[str, str]) -> Part:
        """A dictionary."""
        part = self.reserve()
        part.body = dictionary(entries).encode("ascii")
        return part

    def add_stream(self, entries: Mapping[str, str], data: bytes) -> Part:
        """A stream, compressed unless its entries tell a filter of their own."""
        part = self.reserve()
        part.body = stream(entries, data)
        return part

    def add_page(self, content: str, resources: Mapping[str, str]) -> None:
        """One more page: its operators (ASCII) and what they name."""
        part = self.add_stream({}, content.encode("ascii"))
        self._canvas.showPage()
        page = self._store.Pages.pages[-1]
        page.Contents = pdfdoc.PDFObjectReference(self._store.numberToId[part.number])
        page.Resources = dictionary(resources)
        page.Trans = None

    def page_ref(self, index: int) -> str:
        """How a page is referred to, 0 being the first; only for pages that were added."""
        return f"{self._store.idToObjectNumberAndVersion[f'Page{index + 1}'][0]} 0 R"

    def annotate(self, index: int, annotations: Iterable[Part]) -> None:
        """Lay annotations over a page."""
        self._store.Pages.pages[index].Annots = pdfdoc.PDFArrayCompact([part.ref for part in annotations])

    def set_catalog(self, **entries: str) -> None:
        """Entries of the catalog, such as `Outlines`, in PDF syntax; an empty one is left out."""
        for key, value in entries.items():
            setattr(self._store.Catalog, key, value or None)

    def bind(self, info: Mapping[str, str]) -> bytes:
        """The whole file; its identifier is a digest of its content, so equal content gives equal bytes."""
        store = self._store
        root = store.Reference(store.Catalog).format(store).decode("ascii")
        described = self.add(info)
        out = bytearray(HEADER)
        offsets: list[int] = []
        while len(offsets) < len(store.numberToId):  # formatting an object may register further ones
            number = len(offsets) + 1
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + self._body(number).rstrip(b"\n") + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        identifier = f"<{hashlib.sha256(out).hexdigest()[:32]}>"
        trailer = dictionary(
            {"Size": str(len(offsets) + 1), "Root": root, "Info": described.ref, "ID": array([identifier, identifier])},
        )
        out += f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF\n".encode("ascii")
        return bytes(out)

    def _body(self, number: int) -> bytes:
        """An object as it stands in the file."""
        thing = self._store.idToObject[self._store.numberToId[number]]
        if isinstance(thing, Part):
            return thing.body
        body: bytes = thing.format(self._store)
        return body


def stream(entries: Mapping[str, str], data: bytes) -> bytes:
    """Dictionary and data of a stream."""
    if "Filter" not in entries:
        data = zlib.compress(data, COMPRESSION)
        entries = {**entries, "Filter": "/FlateDecode"}
    head = dictionary({**entries, "Length": str(len(data))})
    return head.encode("ascii") + b"\nstream\n" + data + b"\nendstream"
