"""A page of another PDF as a form of this one: its fonts and vectors stay what they are.

Needs pikepdf, which only those install who let the second chart engine hand over PDF.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from digest.errors import RenderError
from digest.pdf.document import stream
from digest.pdf.syntax import array, dictionary, number, numbers

if TYPE_CHECKING:
    from digest.pdf.document import Document, Part

# Where they lead is the other file: its page tree, its structure.
LEFT_BEHIND: Final = frozenset({"/Parent", "/StructParent", "/StructParents", "/P", "/Length"})

# A page begins with the state of a fresh sheet, a form with whatever was set last: dashes, outlined or spaced text.
AFRESH: Final = b"0 g 0 G [] 0 d 1 w 0 J 0 j 10 M 0 Tc 0 Tw 100 Tz 0 Ts 0 Tr\n"

# /Rotate of the page -> matrix that turns it upright, before its box is moved to the origin.
TURNS: Final[dict[int, tuple[int, int, int, int]]] = {
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}


@dataclass(frozen=True, slots=True)
class Form:
    """An imported page: how it is referred to and its size in points, its lower left at the origin."""

    ref: str
    width: float
    height: float


def embed_page(data: bytes, document: Document) -> Form:
    """The first page of a PDF as a form.

    `RenderError`: P502 without pikepdf, P503 when the bytes are no readable PDF or it has no page.
    """
    try:
        import pikepdf  # noqa: PLC0415 - not everyone has it, nor needs it
    except ImportError as error:
        raise RenderError(
            "要放入 PDF 图，需另装 pikepdf",
            code="P502",
            hint="运行 pip install 'jianbao[kaleido]'，或改用内置图表引擎",
        ) from error
    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            return _form(source.pages[0], _Copy(document), document)
    except (pikepdf.PdfError, IndexError, ValueError) as error:
        raise RenderError("要放入的 PDF 图无法读取", code="P503") from error


def _form(page: Any, copy: _Copy, document: Document) -> Form:  # noqa: ANN401 - a pikepdf page
    """The page's content and resources under one form."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    a, b, c, d = TURNS[int(page.obj.get("/Rotate", 0)) % 360]
    corners = [(a * x + c * y, b * x + d * y) for x in (left, right) for y in (bottom, top)]
    x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
    y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
    page.contents_coalesce()
    entries = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": array([numbers((left, bottom, right, top))]),
        "Matrix": array([numbers((a, b, c, d, -x0, -y0))]),
        "Resources": copy.write(page.resources),
        "Group": copy.write(page.obj["/Group"]) if "/Group" in page.obj else "",
    }
    content = page.obj["/Contents"].read_bytes() if "/Contents" in page.obj else b""
    return Form(document.add_stream(entries, AFRESH + content).ref, x1 - x0, y1 - y0)


class _Copy:
    """Objects of another file written into this one, each once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: dict[tuple[int, int], Part] = {}

    def write(self, thing: Any) -> str:  # noqa: ANN401 - pikepdf gives plain Python values among its own
        """A value in PDF syntax; what stands by itself in the other file does so here."""
        if not getattr(thing, "is_indirect", False):
            return self._direct(thing)
        part = self._seen.get(thing.objgen)
        if part is None:
            part = self._seen[thing.objgen] = self._document.reserve()  # known before its body: objects go in circles
            part.body = self._body(thing)
        return part.ref

    def _body(self, thing: Any) -> bytes:  # noqa: ANN401 - the same
        if thing._type_name == "stream":  # noqa: SLF001 - the documented way to tell a stream from a dictionary
            entries = self._entries(thing)
            data = thing.read_raw_bytes()
            return stream(entries, data)
        return self._direct(thing).encode("latin-1")

    def _direct(self, thing: Any) -> str:  # noqa: ANN401, PLR0911 - one line a kind of value
        match thing:
            case None:
                return "null"
            case bool():
                return "true" if thing else "false"
            case int():
                return str(thing)
            case float() | Decimal():
                return number(float(thing), 6)
        kind = thing._type_name  # noqa: SLF001 - the only name pikepdf gives the kind of an object
        if kind == "dictionary":
            return dictionary(self._entries(thing))
        if kind == "array":
            return array(self.write(thing[i]) for i in range(len(thing)))
        return str(thing.unparse().decode("latin-1"))

    def _entries(self, thing: Any) -> dict[str, str]:  # noqa: ANN401 - the same
        return {key[1:]: self.write(thing[key]) for key in sorted(thing.keys()) if key not in LEFT_BEHIND}
