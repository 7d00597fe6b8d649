"""Wider glyphs in TrueType: a glyph once more with room behind it, so that a gap is part of the text, not a leap in it.

Readers of PDF take a leap of a tenth of an em for a blank. A glyph whose own advance holds the room leaves none, and
what the page says of its width is what the font says, as the archival standards ask (ISO 19005-2, 6.2.11.5). It is a
composite of the glyph it is like (OpenType, `glyf`), so its outline is in the font once.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACED_BY_OFFSET: Final = 0x0002  # composite flag: the two numbers that follow are x and y
SHORT_LOCA_END: Final = 0x1FFFE  # offsets up to here fit two bytes
WHOLE: Final = 0xFFFFFFFF
CHECKSUM_TOTAL: Final = 0xB1B0AFBA


def widen_glyf(program: bytes, wider: Sequence[tuple[int, int]]) -> bytes:
    """The font with one more glyph for every (glyph, room in font units) of `wider`, in that order."""
    tables = _tables(program)
    head, hhea, maxp = bytearray(tables["head"][0]), bytearray(tables["hhea"][0]), bytearray(tables["maxp"][0])
    glyf, glyf_sum = tables["glyf"]
    count = struct.unpack_from(">H", maxp, 4)[0]
    metrics = _metrics(tables["hmtx"][0], struct.unpack_from(">H", hhea, 34)[0], count)
    places = _places(tables["loca"][0], long=struct.unpack_from(">h", head, 50)[0] == 1)

    glyf += bytes(-len(glyf) % 4)
    places[-1] = len(glyf)  # else the first of them would begin in the padding and draw nothing
    added = bytearray()
    widest = struct.unpack_from(">H", hhea, 10)[0]
    for glyph, room in wider:
        advance, bearing = struct.unpack_from(">Hh", metrics, 4 * glyph)
        start = places[glyph]
        if places[glyph + 1] > start:
            # the same box: rasterizers shift an outline by what its bearing and its box differ
            added += struct.pack(">h8sHHbb", -1, glyf[start + 2 : start + 10], PLACED_BY_OFFSET, glyph, 0, 0)
        metrics += struct.pack(">Hh", advance + room, bearing)
        places.append(len(glyf) + len(added))
        widest = max(widest, advance + room)

    long = places[-1] > SHORT_LOCA_END
    struct.pack_into(">h", head, 50, long)
    struct.pack_into(">H", hhea, 10, widest)
    struct.pack_into(">H", hhea, 34, count + len(wider))
    _count_composites(maxp, count + len(wider))
    changed = {"head": bytes(head), "hhea": bytes(hhea), "maxp": bytes(maxp), "hmtx": bytes(metrics)}
    changed["loca"] = struct.pack(f">{len(places)}{'L' if long else 'H'}", *(p if long else p // 2 for p in places))
    for tag, data in changed.items():
        tables[tag] = (data, 0 if tag == "head" else _checksum(data))
    tables["glyf"] = (glyf + added, (glyf_sum + _checksum(added)) & WHOLE)
    return _bind(program[:4], tables)


def _tables(program: bytes) -> dict[str, tuple[bytes, int]]:
    """Tag -> table and its checksum."""
    found = {}
    for entry in range(struct.unpack_from(">H", program, 4)[0]):
        tag, checksum, offset, length = struct.unpack_from(">4sLLL", program, 12 + 16 * entry)
        found[tag.decode("latin-1")] = (program[offset : offset + length], checksum)
    return found


def _metrics(hmtx: bytes, long: int, count: int) -> bytearray:
    """Advance and bearing of every glyph; the table leaves out advances that equal the last one told."""
    metrics = bytearray(hmtx[: 4 * long])
    advance = hmtx[4 * long - 4 : 4 * long - 2]
    for at in range(4 * long, 4 * long + 2 * (count - long), 2):
        metrics += advance + hmtx[at : at + 2]
    return metrics


def _places(loca: bytes, *, long: bool) -> list[int]:
    """Where each glyph begins in `glyf`, and where the last ends."""
    if long:
        return list(struct.unpack(f">{len(loca) // 4}L", loca))
    return [2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca)]


def _count_composites(maxp: bytearray, glyphs: int) -> None:
    """Tell rasterizers what to make room for: composites of one component, which may be a composite itself."""
    _, points, contours, composite_points, composite_contours = struct.unpack_from(">5H", maxp, 4)
    struct.pack_into(
        ">5H", maxp, 4, glyphs, points, contours, max(points, composite_points), max(contours, composite_contours)
    )
    components, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">2H", maxp, 28, max(components, 1), depth + 1)


def _checksum(data: bytes | bytearray) -> int:
    """Sum of a table's 32-bit words."""
    padded = bytes(data) + bytes(-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}L", padded))
    return total & WHOLE


def _bind(kind: bytes, tables: dict[str, tuple[bytes, int]]) -> bytes:
    """The tables as a font file."""
    power = len(tables).bit_length() - 1
    directory = bytearray(
        struct.pack(">4s4H", kind, len(tables), 16 << power, power, (len(tables) - (1 << power)) * 16)
    )
    offset, bodies, head_at, total = 12 + 16 * len(tables), [], 0, 0
    for tag, (data, given) in sorted(tables.items()):
        checksum = given
        body = data + bytes(-len(data) % 4)
        if tag == "head":
            head_at = offset
            body = body[:8] + bytes(4) + body[12:]
            checksum = _checksum(body)
        directory += struct.pack(">4sLLL", tag.encode("latin-1"), checksum, offset, len(data))
        bodies.append(body)
        total += checksum
        offset += len(body)
    font = bytearray(bytes(directory) + b"".join(bodies))
    struct.pack_into(">L", font, head_at + 8, (CHECKSUM_TOTAL - total - _checksum(directory)) & WHOLE)
    return bytes(font)
