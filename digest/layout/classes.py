"""Classes of characters: which marks may begin or end a line, and on which side a mark is white (避头尾, 标点宽度).

Sources: CLREQ, prohibition rules for line start and end (the basic level, with the rules on — and · of
GB/T 15834-2011), and its section on the adjustment space of marks.
"""

from __future__ import annotations

from typing import Final, Literal

from digest.fonts import is_han

Kind = Literal["han", "latin", "open", "close", "stop", "comma", "middle", "dash", "space", "other"]

OPENERS: Final = frozenset("“‘（《〈【〔『「〖［｛")
CLOSERS: Final = frozenset("”’）》〉】〕』」〗］｝")
STOPS: Final = frozenset("。．？！")
COMMAS: Final = frozenset("，、；：")
MIDDLES: Final = frozenset("·・")
DASHES: Final = frozenset("—…")
NOTES: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*†‡")

# A single — or … never starts a line either; —— and …… may, so phrases.py tells them apart.
NEVER_STARTS_LINE: Final = (
    CLOSERS
    | STOPS
    | COMMAS
    | MIDDLES
    | NOTES
    | frozenset("～–‐-/%％‰℃℉°′″‵﹪￠‥․⋯︙𐫶々〻ゝゞヽヾ･゠〜‼⁇⁈⁉)]},.;:!?／\u2060\u00a0")
)
NEVER_ENDS_LINE: Final = OPENERS | frozenset("￥$€£¥№§#([{/＋+±−\u2060\u00a0")

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
_LATIN_MARKS: Final = frozenset("%‰+-./,:;&@#_=<>()[]{}'\"*!?$￥€\\|~^`℃°−")


class _Kinds(dict[str, Kind]):
    """The class of every cluster met so far, decided by its first character."""

    def __missing__(self, cluster: str) -> Kind:
        char = cluster[0]
        kind = _BY_CHARACTER.get(char) or _other_kind(char)
        self[cluster] = kind
        return kind


def _other_kind(char: str) -> Kind:
    if is_han(char):
        return "han"
    letter = char.isalnum() and ord(char) < _LETTERS_END
    return "latin" if letter or char in _LATIN_MARKS else "other"


_LETTERS_END: Final = 0x2000  # Latin, Greek and Cyrillic lie below; full-width letters and ① above
_kinds: Final = _Kinds()


def kind_of(cluster: str) -> Kind:
    """The class of a cluster."""
    return _kinds[cluster]
