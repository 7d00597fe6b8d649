"""Classes of characters: which marks may begin or end a line, and where a mark is white (避头尾, 标点宽度).

Sources: CLREQ, prohibition rules for line start and end (the basic level, with the rules on — and · of
GB/T 15834-2011), and its section on the adjustment space of marks.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["han", "latin", "open", "close", "stop", "comma", "middle", "dash", "space", "other"]

OPENERS: Final = frozenset("“‘（《〈【〔『「〖［｛")
CLOSERS: Final = frozenset("”’）》〉】〕』」〗］｝")
STOPS: Final = frozenset("。．？！")
COMMAS: Final = frozenset("，、；：")
MIDDLES: Final = frozenset("·・")
DASHES: Final = frozenset("—…")

NEVER_STARTS_LINE: Final = CLOSERS | STOPS | COMMAS | MIDDLES | frozenset("～–‐-/%％‰℃°′″‥々〜)]},.;:!?①②③④⑤⑥⑦⑧⑨⑩*")
NEVER_ENDS_LINE: Final = OPENERS | frozenset("￥$€£№§#([{/＋+±")

# A mark of these kinds is a whole em wide of which a half is white, on the side named.
WHITE_AT_RIGHT: Final[frozenset[Kind]] = frozenset({"close", "stop", "comma"})

_MEMBERS: Final[tuple[tuple[Kind, frozenset[str]], ...]] = (
    ("open", OPENERS),
    ("close", CLOSERS),
    ("stop", STOPS),
    ("comma", COMMAS),
    ("middle", MIDDLES),
    ("dash", DASHES),
    ("space", frozenset(" \t")),
)
_BY_CHARACTER: Final[dict[str, Kind]] = {mark: kind for kind, marks in _MEMBERS for mark in marks}

_HAN_RANGES: Final = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF), (0x3007, 0x3007))


def is_han(char: str) -> bool:
    """Whether the character is an ideograph."""
    code = ord(char)
    return any(first <= code <= last for first, last in _HAN_RANGES)


def kind_of(cluster: str) -> Kind:
    """The class of a cluster, decided by its first character."""
    char = cluster[0]
    known = _BY_CHARACTER.get(char)
    if known is not None:
        return known
    if is_han(char):
        return "han"
    return "latin" if char.isalnum() or char in "%‰+-./,:;&@#_=<>()[]{}'\"*!?$￥€" else "other"
