"""Faces in the file: one Type0 font per face, with the glyphs that were drawn and what they read as.

A code of two bytes stands for one cluster, or for a cluster with room behind it, in the order of first use. TrueType
outlines go in as CIDFontType2 with a CIDToGIDMap, CFF outlines as CIDFontType0C with a character map of their own
(ISO 32000-1, 9.7).
"""

from __future__ import annotations

import hashlib
import struct
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import uharfbuzz as hb

from digest.errors import GlyphError
from digest.pdf.syntax import array, dictionary, number
from digest.pdf.widen_cff import widen_cff
from digest.pdf.widen_glyf import widen_glyf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.fonts import Face
    from digest.pdf.document import Document

# A string of these bytes needs no escape, so a code is two of them as long as they last (8,281 codes a face).
PLAIN: Final = bytes(byte for byte in range(0x21, 0x7F) if byte not in b"()\\")
PLAIN_CODES: Final = len(PLAIN) ** 2

GLYF_TABLES: Final = frozenset({"glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"})
CFF_TABLES: Final = frozenset({"CFF ", "head", "hhea", "hmtx", "maxp"})
BLOCK: Final = 100  # entries a character map may hold between begin and end
SYMBOLIC: Final = 4  # font descriptor flag: the face has characters outside Adobe's Latin set
FULL_WIDTH: Final = 1000

Drawn = tuple[int, int, str, int, str]
"""A code, its glyph in the face, the cluster that it draws, the room behind it in thousandths of an em (negative:
taken) and what it reads as.
"""

CMAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 0 >> def
/CMapName /{name} def
/CMapType {kind} def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
CMAP_FOOT: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _codes() -> Iterator[int]:
    """All codes: first those of two plain bytes, then every other one but 0."""
    for high in PLAIN:
        for low in PLAIN:
            yield high << 8 | low
    plain = frozenset(PLAIN)
    for code in range(1, 0x10000):
        if code >> 8 not in plain or code & 0xFF not in plain:
            yield code


def operand(code: int) -> str:
    """A code as it stands in a string between parentheses."""
    return "".join(chr(byte) if byte in PLAIN else f"\\{byte:03o}" for byte in code.to_bytes(2, "big"))


class _Codes(dict[tuple[str, int, str], str]):
    """(cluster, room behind it in thousandths of an em, what it reads as) -> its code in a string, given out when first
    asked for.
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face
        self.drawn: list[Drawn] = []
        self._free = _codes()

    def __missing__(self, key: tuple[str, int, str]) -> str:
        cluster, room, reads = key
        glyph = self.face.glyph(cluster)
        if not glyph:
            points = " ".join(f"U+{ord(ch):04X}" for ch in cluster)
            message = f"字库 {self.face.path.name} 没有“{cluster}”（{points}）"
            raise GlyphError(message, code="L202")
        code = next(self._free)
        self.drawn.append((code, glyph, cluster, room, reads))
        text = self[key] = operand(code)
        return text


class _Characters(dict[int, str]):
    """Character -> its code in a string; made for `str.translate`."""

    def __init__(self, codes: _Codes) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, character: int) -> str:
        text = self[character] = self._codes[chr(character), 0, chr(character)]
        return text


class EmbeddedFace:
    """A face in one file: gives out codes while pages are written, then embeds what was drawn."""

    def __init__(self, face: Face, document: Document, index: int) -> None:
        """Reserve the font's object; `index` names it in resources."""
        self.face = face
        self.name = f"F{index}"
        self._document = document
        self._font = document.reserve()
        self._codes = _Codes(face)
        self._characters = _Characters(self._codes)

    @property
    def ref(self) -> str:
        """How resources refer to the font."""
        return self._font.ref

    def code(self, cluster: str, room: int = 0, reads: str = "") -> str:
        """The code of a cluster, with `room` thousandths of an em behind it, as it stands between parentheses. It reads
        as itself, or as `reads`.

        `GlyphError` (L202) when the face has no glyph for it.
        """
        return self._codes[cluster, room, reads or cluster]

    def encode(self, clusters: str | tuple[str, ...]) -> str:
        """The codes of some clusters."""
        if isinstance(clusters, str):
            return clusters.translate(self._characters)
        return "".join([self._codes[cluster, 0, cluster] for cluster in clusters])

    def embed(self) -> None:
        """Write the font: its glyphs, widths and texts."""
        face = self.face
        drawn = sorted(self._codes.drawn)
        program, places = subset(face, drawn)
        mark = hashlib.sha256(program).digest()
        tag = "".join(chr(ord("A") + byte % 26) for byte in mark[:6])
        base = f"/{tag}+{face.postscript_name}"
        cff = face.outlines == "cff"
        document = self._document

        file = document.add_stream(
            {"Subtype": "/CIDFontType0C"} if cff else {"Length1": str(len(program))},
            program,
        )
        descriptor = document.add(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": str(SYMBOLIC),
                "FontBBox": array(number(value * 1000, 0) for value in face.bbox),
                "ItalicAngle": "0",
                "Ascent": number(face.ascent * 1000, 0),
                "Descent": number(-face.descent * 1000, 0),
                "CapHeight": number(face.cap_height * 1000, 0),
                "StemV": str(50 + (face.weight // 65) ** 2),  # the usual estimate; only substitutes are drawn from it
                "FontFile3" if cff else "FontFile2": file.ref,
            },
        )
        # A CID is the glyph's place in a CFF subset, and the code itself elsewhere.
        cids = {code: place if cff else code for (code, *_), place in zip(drawn, places, strict=True)}
        widths = {cids[code]: _width(face, cluster, room) for code, _, cluster, room, _ in drawn}
        descendant = document.add(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType0" if cff else "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": "0"}),
                "DW": str(FULL_WIDTH),
                "W": width_array(widths),
                "FontDescriptor": descriptor.ref,
                "CIDToGIDMap": "" if cff else document.add_stream({}, glyph_map(drawn, places)).ref,
            },
        )
        texts = document.add_stream({}, to_unicode({code: reads for code, *_, reads in drawn}))
        self._font.body = dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": self._character_map(cids) if cff else "/Identity-H",
                "DescendantFonts": array([descendant.ref]),
                "ToUnicode": texts.ref,
            },
        ).encode("ascii")

    def _character_map(self, cids: dict[int, int]) -> str:
        """Reference to the map from codes to places in the CFF subset."""
        name = f"Jianbao-{self.name}"
        system = dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": "0"})
        entries = {"Type": "/CMap", "CMapName": f"/{name}", "CIDSystemInfo": system}
        lines = (f"<{code:04X}> {cid}" for code, cid in cids.items())
        return self._document.add_stream(entries, _cmap(name, "Identity", 1, "cidchar", lines)).ref


def _units(face: Face, room: int) -> int:
    """Room in the face's own units."""
    return round(room * face.upem / 1000)


def _width(face: Face, cluster: str, room: int) -> float:
    """Advance of a cluster with the room behind it, in thousandths of an em, as the font program has it."""
    return (round(face.advance(cluster) * face.upem) + _units(face, room)) * 1000 / face.upem


def subset(face: Face, drawn: Sequence[Drawn]) -> tuple[bytes, list[int]]:
    """The font program with these glyphs, and where in it each of them stands."""
    wider = list(dict.fromkeys((glyph, room) for _, glyph, _, room, _ in drawn if room))
    wanted = hb.SubsetInput()
    wanted.glyph_set.update({glyph for _, glyph, *_ in drawn} | {0})
    flags = hb.SubsetFlags
    wanted.flags = flags.NO_LAYOUT_CLOSURE | flags.NOTDEF_OUTLINE | flags.CFF_IDENTITY_CHARSET
    source: Any = face.shaper.face
    cff = face.outlines == "cff"
    if cff and wider:
        wanted.flags |= flags.DESUBROUTINIZE  # what wider glyphs share becomes the only subroutines
    kept = CFF_TABLES if cff else GLYF_TABLES
    dropped = (tag for tag in source.table_tags if tag not in kept)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("latin-1"), "big") for tag in dropped)
    plan = hb.SubsetPlan(source, wanted)
    made = plan.execute()
    program = bytes(made.reference_table("CFF ").data if cff else made.blob.data)
    places = {(old, 0): new for old, new in dict(plan.old_to_new_glyph_mapping).items()}
    if wider:
        places |= {glyph: index for index, glyph in enumerate(wider, made.glyph_count)}
        added = [(places[glyph, 0], _units(face, room)) for glyph, room in wider]
        program = widen_cff(program, added) if cff else widen_glyf(program, added)
    return program, [places[glyph, room] for _, glyph, _, room, _ in drawn]


def glyph_map(drawn: Sequence[Drawn], places: Sequence[int]) -> bytes:
    """CIDToGIDMap: two bytes for every code up to the highest."""
    table = bytearray(2 * (drawn[-1][0] + 1))
    for (code, *_), place in zip(drawn, places, strict=True):
        struct.pack_into(">H", table, 2 * code, place)
    return bytes(table)


def width_array(widths: dict[int, float]) -> str:
    """The /W array: runs of consecutive CIDs whose advance is not a full em, in thousandths."""
    parts: list[str] = []
    run: list[str] = []
    start = last = -1
    for cid, width in sorted(widths.items()):
        if width == FULL_WIDTH:
            continue
        if run and cid != last + 1:
            parts.append(f"{start} {array(run)}")
            run = []
        if not run:
            start = cid
        run.append(number(width))
        last = cid
    if run:
        parts.append(f"{start} {array(run)}")
    return array(parts)


def to_unicode(texts: dict[int, str]) -> bytes:
    """What every code reads as, in UTF-16 and of any length (ISO 32000-1, 9.10.3)."""
    lines = (f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in texts.items())
    return _cmap("Adobe-Identity-UCS", "UCS", 2, "bfchar", lines)


def _cmap(name: str, ordering: str, kind: int, operator: str, lines: Iterator[str]) -> bytes:
    """A character map of two-byte codes."""
    out = [CMAP_HEAD.format(name=name, ordering=ordering, kind=kind)]
    while block := tuple(islice(lines, BLOCK)):
        out += [f"{len(block)} begin{operator}\n", *(f"{line}\n" for line in block), f"end{operator}\n"]
    return ("".join(out) + CMAP_FOOT).encode("ascii")
