"""The file under work: ReportLab's document keeps pages and objects, this file hands them over and binds them.

It is the one door to ReportLab. Its canvas is not opened: page streams, fonts, dates and comments of its own follow the
clock and ReportLab's settings, carry an unembedded Helvetica and cut Chinese faces into 8-bit pieces.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import zlib
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from digest.pdf.syntax import array, dictionary, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADER: Final = b"%PDF-1.7\n%\xe7\xae\x80\xe6\x8a\xa5\n"  # bytes above 127 tell that the file is not text
COMPRESSION: Final = 3  # 6 makes files a twentieth smaller and takes twice as long
LARGE: Final = 1 << 16  # bytes that are compressed while the work goes on; less is done before a thread has started


def _reportlab() -> Any:  # noqa: ANN401 - ReportLab has no types
    """ReportLab's file classes, without the Pillow it opens for pixel images only.

    Pillow is a fifth of that import. It is put off the way the standard library has for this (`LazyLoader`): who asks
    it for anything, ReportLab or our own `pictures.py`, loads it then.
    """
    if "PIL.Image" not in sys.modules and (spec := importlib.util.find_spec("PIL.Image")) and spec.loader:
        spec.loader = importlib.util.LazyLoader(spec.loader)
        module = importlib.util.module_from_spec(spec)
        sys.modules["PIL.Image"] = module
        spec.loader.exec_module(module)
        setattr(sys.modules["PIL"], "Image", module)  # noqa: B010 - what an import of it would do
    from reportlab.pdfbase import pdfdoc  # noqa: PLC0415 - not before Pillow was put off

    return pdfdoc


pdfdoc: Final = _reportlab()


class _Sheet(pdfdoc.PDFPage):  # type: ignore[misc, name-defined]
    """A page that is written as it was told; ReportLab's own asks each for twenty entries that none of ours has."""

    def __init__(self, entries: dict[str, str]) -> None:
        """Take the entries; the page tree adds itself."""
        self.entries = entries

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - ReportLab has no types
        """The page's dictionary."""
        parent = document.Reference(document.Pages).format(document).decode("ascii")
        return dictionary({"Type": "/Page", "Parent": parent, **self.entries}).encode("ascii")


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
        self._store: Any = pdfdoc.PDFDocument(dummyoutline=1, invariant=1, lang="zh-CN")
        self._store.Catalog.Outlines = None  # ReportLab's outline loses titles that share a destination
        self._box = array([number(0), number(0), number(width), number(height)])
        self._sheets: list[_Sheet] = []
        self._parts = 0
        self._presses: list[Thread] = []

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
        """A stream, compressed unless its entries tell a filter of their own; a large one while the work goes on."""
        part = self.reserve()

        def press() -> None:
            part.body = stream(entries, data)

        if len(data) < LARGE or "Filter" in entries:
            press()
        else:
            self._presses.append(Thread(target=press))
            self._presses[-1].start()
        return part

    def add_page(self, content: str, resources: Mapping[str, str], *, turned: bool = False) -> None:
        """One more page: its operators (ASCII) and what they name; whether it is read with the sheet turned right."""
        part = self.add_stream({}, content.encode("ascii"))
        entries = {"MediaBox": self._box, "Resources": dictionary(resources), "Contents": part.ref}
        if turned:
            entries["Rotate"] = "90"
        self._sheets.append(_Sheet(entries))
        self._store.addPage(self._sheets[-1])

    def page_ref(self, index: int) -> str:
        """How a page is referred to, 0 being the first; only for pages that were added."""
        return f"{self._store.idToObjectNumberAndVersion[f'Page{index + 1}'][0]} 0 R"

    def annotate(self, index: int, annotations: Iterable[Part]) -> None:
        """Lay annotations over a page."""
        self._sheets[index].entries["Annots"] = array(part.ref for part in annotations)

    def set_catalog(self, **entries: str) -> None:
        """Entries of the catalog, such as `Outlines`, in PDF syntax; an empty one is left out."""
        for key, value in entries.items():
            setattr(self._store.Catalog, key, value or None)

    def bind(self, info: Mapping[str, str]) -> bytes:
        """The whole file; its identifier is a digest of its content, so equal content gives equal bytes.

        `RuntimeError` for an object that was reserved and never got a body.
        """
        for press in self._presses:
            press.join()
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
            if not thing.body:
                raise RuntimeError(f"object {number} of the file has no body")
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
