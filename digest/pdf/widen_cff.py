"""Wider glyphs in CFF: a glyph once more with room behind it, as `widen_glyf` does it for TrueType.

What a glyph and the wider ones have in common becomes a subroutine that all of them call, each with its own width
(Adobe Technical Notes 5176, the font, and 5177, its charstrings).
"""

from __future__ import annotations

import struct
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

CHARSET, CHAR_STRINGS, PRIVATE, LOCAL_SUBRS, DEFAULT_WIDTH, NOMINAL_WIDTH = 15, 17, 18, 19, 20, 21
CID_COUNT, FONT_ARRAY, FONT_SELECT = 0x0C22, 0x0C24, 0x0C25
STANDARD_STRINGS: Final = 391
# The operator a charstring begins with -> how many arguments it takes; one more is the width. None: any even number.
FIRST_ARGUMENTS: Final[dict[int, int | None]] = {
    1: None, 3: None, 18: None, 23: None, 19: None, 20: None, 21: 2, 22: 1, 4: 1, 14: 0,
}  # fmt: skip
ACCENTED: Final = 4  # arguments of an `endchar` that puts two glyphs together
CALL_GLOBAL: Final = b"\x1d"
BIASES: Final = ((1240, 107), (33900, 1131), (0x10000, 32768))


def widen_cff(program: bytes, wider: Sequence[tuple[int, int]]) -> bytes:
    """The font with one more glyph for every (glyph, room in font units) of `wider`, in that order.

    It must hold no subroutines. A font whose glyphs have names gives the new ones names that nobody asks for.
    """
    names, at = _index(program, program[2])
    tops, at = _index(program, at)
    strings, _ = _index(program, at)
    top = _dictionary(tops[0])
    glyphs, _ = _index(program, _integers(top[CHAR_STRINGS])[0])
    keyed = FONT_ARRAY in top
    fonts = [_dictionary(font) for font in _index(program, _integers(top[FONT_ARRAY])[0])[0]] if keyed else [top]
    privates = [_private(program, font) for font in fonts]
    chosen = _choices(program, _integers(top[FONT_SELECT])[0], len(glyphs)) if keyed else [0] * len(glyphs)

    glyphs, subroutines = _share(glyphs, wider, [_widths(privates[font]) for font in chosen])
    chosen += [chosen[glyph] for glyph, _ in wider]
    count = len(glyphs)
    if keyed:
        top[CID_COUNT] = _fixed(max(count, *_integers(top.get(CID_COUNT, b""))))
    else:
        strings += [b"g%d" % index for index in range(len(strings), count - STANDARD_STRINGS)]

    top |= dict.fromkeys(
        (CHARSET, CHAR_STRINGS, FONT_ARRAY, FONT_SELECT) if keyed else (CHARSET, CHAR_STRINGS), _fixed(0)
    )
    for font in fonts:
        font[PRIVATE] = _fixed(0) * 2
    front = program[: program[2]] + _make_index(names)
    back = _make_index(strings) + _make_index(subroutines)
    offset = len(front) + len(_make_index([_make_dictionary(top)])) + len(back)
    pieces: list[bytes] = []

    def place(piece: bytes) -> bytes:
        nonlocal offset
        start, offset = offset, offset + len(piece)
        pieces.append(piece)
        return _fixed(start)

    for font, private in zip(fonts, privates, strict=True):
        data = _make_dictionary(private)
        font[PRIVATE] = _fixed(len(data)) + place(data)
    top[CHARSET] = place(struct.pack(">BHH", 2, 1, count - 2))
    top[CHAR_STRINGS] = place(_make_index(glyphs))
    if keyed:
        top[FONT_SELECT] = place(_make_choices(chosen))
        top[FONT_ARRAY] = place(_make_index([_make_dictionary(font) for font in fonts]))
    return front + _make_index([_make_dictionary(top)]) + back + b"".join(pieces)


def _share(
    glyphs: list[bytes], wider: Sequence[tuple[int, int]], widths: list[tuple[int, int]]
) -> tuple[list[bytes], list[bytes]]:
    """Charstrings with those of the wider glyphs at the end, and the subroutines that hold what they share."""
    shared = {glyph: index for index, glyph in enumerate(dict.fromkeys(glyph for glyph, _ in wider))}
    bias = next(bias for limit, bias in BIASES if len(shared) < limit)
    made, subroutines = list(glyphs), [b""] * len(shared)
    advances: dict[int, int] = {}
    for glyph, index in shared.items():
        default, nominal = widths[glyph]
        length = _width_length(glyphs[glyph])
        width, subroutines[index] = glyphs[glyph][:length], glyphs[glyph][length:]
        advances[glyph] = nominal + _integers(width)[0] if width else default
        made[glyph] = width + _integer(index - bias) + CALL_GLOBAL
    for glyph, room in wider:
        width = _integer(advances[glyph] + room - widths[glyph][1])
        made.append(width + _integer(shared[glyph] - bias) + CALL_GLOBAL)
    return made, subroutines


def _width_length(charstring: bytes) -> int:
    """Bytes of the width a charstring begins with; 0 when it takes the font's usual one."""
    at, ends = 0, [0]
    while charstring[at] > 31 or charstring[at] == 28:
        at += _operand_length(charstring, at, {28: 3, 255: 5})
        ends.append(at)
    expected = FIRST_ARGUMENTS[charstring[at]]
    count = len(ends) - 1
    if expected is None:
        return ends[1] if count % 2 else 0
    return ends[1] if count > expected and count != ACCENTED else 0


def _private(program: bytes, font: dict[int, bytes]) -> dict[int, bytes]:
    """The private dictionary of a font, without its subroutines."""
    length, start = _integers(font[PRIVATE])
    entries = _dictionary(program[start : start + length])
    entries.pop(LOCAL_SUBRS, None)
    return entries


def _widths(private: dict[int, bytes]) -> tuple[int, int]:
    """The usual width, and what told widths are counted from."""
    return (*_integers(private.get(DEFAULT_WIDTH, b"")), 0)[0], (*_integers(private.get(NOMINAL_WIDTH, b"")), 0)[0]


def _choices(program: bytes, at: int, count: int) -> list[int]:
    """FDSelect: the private dictionary of every glyph."""
    if program[at] == 0:
        return list(program[at + 1 : at + 1 + count])
    ranges = struct.unpack_from(">H", program, at + 1)[0]
    found: list[int] = []
    for entry in range(ranges):
        first, font, following = struct.unpack_from(">HBH", program, at + 3 + 3 * entry)
        found += [font] * (following - first)
    return found


def _make_choices(chosen: list[int]) -> bytes:
    """FDSelect in ranges."""
    ranges, start = bytearray(), 0
    groups = 0
    for font, same in groupby(chosen):
        ranges += struct.pack(">HB", start, font)
        start += sum(1 for _ in same)
        groups += 1
    return struct.pack(">BH", 3, groups) + ranges + struct.pack(">H", len(chosen))


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The items of an INDEX, and where it ends."""
    count = struct.unpack_from(">H", data, at)[0]
    if not count:
        return [], at + 2
    size = data[at + 2]
    base = at + 2 + size * (count + 1)
    ends = [base + int.from_bytes(data[n : n + size], "big") for n in range(at + 3, base + 1, size)]
    return [data[start:end] for start, end in pairwise(ends)], ends[-1]


def _make_index(items: Sequence[bytes]) -> bytes:
    """Items as an INDEX."""
    if not items:
        return bytes(2)
    ends = list(accumulate(map(len, items), initial=1))
    size = (ends[-1].bit_length() + 7) // 8
    return b"".join((struct.pack(">HB", len(items), size), *(end.to_bytes(size, "big") for end in ends), *items))


def _dictionary(data: bytes) -> dict[int, bytes]:
    """Operator -> its operands as they stand; operators of two bytes are 0x0C00 and above."""
    entries: dict[int, bytes] = {}
    start = at = 0
    while at < len(data):
        if data[at] > 21:
            at += _operand_length(data, at, {28: 3, 29: 5})
            continue
        operator, end = (data[at], at + 1) if data[at] != 12 else (0x0C00 | data[at + 1], at + 2)
        entries[operator] = data[start:at]
        start = at = end
    return entries


def _make_dictionary(entries: dict[int, bytes]) -> bytes:
    """The same back in bytes."""
    return b"".join(
        operands + (bytes([operator]) if operator < 0x0C00 else operator.to_bytes(2, "big"))
        for operator, operands in entries.items()
    )


def _operand_length(data: bytes, at: int, longer: dict[int, int]) -> int:
    """Bytes of a number; those of the first bytes in `longer` differ between dictionaries and charstrings."""
    first = data[at]
    if first == 30:
        end = at + 1
        while data[end] & 0x0F != 0x0F and data[end] >> 4 != 0x0F:
            end += 1
        return end + 1 - at
    return longer.get(first) or (1 if first < 247 else 2)


def _integers(data: bytes) -> list[int]:
    """Operands of a dictionary, or the width of a charstring (whose long form is 16.16)."""
    found, at = [], 0
    while at < len(data):
        first = data[at]
        length = _operand_length(data, at, {28: 3, 29: 5, 255: 5})
        tail = data[at + 1 : at + length]
        at += length
        match first:
            case 28 | 29:
                found.append(int.from_bytes(tail, "big", signed=True))
            case 255:
                found.append(round(int.from_bytes(tail, "big", signed=True) / 0x10000))
            case 30:
                found.append(0)
            case _ if first < 247:
                found.append(first - 139)
            case _ if first < 251:
                found.append((first - 247) * 256 + tail[0] + 108)
            case _:
                found.append(-(first - 251) * 256 - tail[0] - 108)
    return found


def _integer(value: int) -> bytes:
    """A number of a charstring."""
    if -107 <= value <= 107:
        return bytes([value + 139])
    return b"\x1c" + value.to_bytes(2, "big", signed=True)


def _fixed(value: int) -> bytes:
    """A number of a dictionary in five bytes, whatever its value, so that offsets do not move what they point to."""
    return b"\x1d" + value.to_bytes(4, "big", signed=True)
