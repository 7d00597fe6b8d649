"""What several pages share: fonts, images, imported pages and opacities, each in the file once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from digest.pdf.faces import EmbeddedFace
from digest.pdf.syntax import dictionary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.fonts import FontSet
    from digest.pdf.document import Document
    from digest.pdf.imported import Form

_EVERYWHERE: Final = "[-14400 -14400 14400 14400]"  # the largest page is half as wide


class Shelf:
    """Gives out what a page names, in the order of first use."""

    def __init__(self, document: Document, fonts: FontSet) -> None:
        """Start empty."""
        self._document = document
        self.fonts = fonts
        self._list = document.reserve()
        self._faces: dict[str, EmbeddedFace] = {}
        self._rasters: dict[bytes, tuple[str, str]] = {}
        self._pages: dict[bytes, tuple[str, Form]] = {}
        self._opacities: dict[tuple[str, str], tuple[str, str]] = {}
        self._forms = 0

    def face(self, key: str) -> EmbeddedFace:
        """The font of a face."""
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = EmbeddedFace(self.fonts.face(key), self._document, len(self._faces) + 1)
        return face

    @property
    def fonts_ref(self) -> str:
        """Reference to the list of all fonts."""
        return self._list.ref

    def raster(self, data: bytes) -> tuple[str, str]:
        """Name and reference of an image."""
        mark = hashlib.sha256(data).digest()
        if mark not in self._rasters:
            from digest.pdf.pictures import embed_raster  # noqa: PLC0415 - most digests have no pixels

            self._rasters[mark] = (f"I{len(self._rasters) + 1}", embed_raster(data, self._document))
        return self._rasters[mark]

    def page(self, data: bytes) -> tuple[str, Form]:
        """Name and form of an imported page."""
        mark = hashlib.sha256(data).digest()
        if mark not in self._pages:
            from digest.pdf.imported import embed_page  # noqa: PLC0415 - most digests import nothing

            self._pages[mark] = (f"X{len(self._pages) + 1}", embed_page(data, self._document))
        return self._pages[mark]

    def form(self, content: str, resources: Mapping[str, str]) -> tuple[str, str]:
        """Name and reference of operators that are painted as one: nothing outside shines in between them."""
        entries = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": _EVERYWHERE,
            "Resources": dictionary(resources),
            "Group": dictionary({"S": "/Transparency", "I": "true"}),
        }
        self._forms += 1
        return f"T{self._forms}", self._document.add_stream(entries, content.encode("ascii")).ref

    def opacity(self, key: str, value: str) -> tuple[str, str]:
        """Name and reference of an opacity: `ca` of areas and letters, `CA` of lines."""
        found = self._opacities.get((key, value))
        if found is None:
            part = self._document.add({"Type": "/ExtGState", key: value})
            found = self._opacities[key, value] = (f"G{len(self._opacities) + 1}", part.ref)
        return found

    def embed_faces(self) -> None:
        """Write every font that was used; no page may be drawn after that."""
        for face in self._faces.values():
            face.embed()
        self._list.body = dictionary({face.name: face.ref for face in self._faces.values()}).encode("ascii")
