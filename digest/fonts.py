"""Faces (字库): where they lie, what they measure, what they cover and which one draws a character.

A digest asks for a voice (`fang`, `kai`, `song` ...) and gets, character by character, the first face of that voice's
row in `FALLBACK` that has it; a character that no face has stops the work with its name, it is never an empty box.

Codes: L101 a face is absent, L102 damaged, L103 may not be embedded, L104 unknown; L201 no face has a character.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from digest.errors import FontError, GlyphError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Outlines = Literal["glyf", "cff"]

NAMES: Final[dict[str, str]] = {
    "fang": "仿宋",
    "kai": "楷体",
    "song": "宋体",
    "song-bold": "粗宋体",
    "song-light": "细宋体",
    "hei": "黑体",
    "hei-bold": "粗黑体",
    "rare": "罕用字",
    "names": "姓名地名用字",
}
"""Face key -> what an office calls it."""

FALLBACK: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # voice: (faces for Han characters, faces for everything else), the preferred one first.
    # FangSong and Kai are set with light Song marks, letters and figures: their own are far heavier than their Han.
    # What names of people and places hold besides comes last, light as well: `rare`, then `names`.
    "fang": (("fang", "song-light", "song", "hei", "rare", "names"), ("song-light", "song", "hei", "fang")),
    "kai": (("kai", "song", "song-light", "hei", "rare", "names"), ("song-light", "song", "hei", "kai")),
    "song": (("song", "hei", "song-light", "rare", "names"), ("song", "hei", "song-light")),
    "song-light": (("song-light", "song", "hei", "rare", "names"), ("song-light", "song", "hei")),
    "song-bold": (("song-bold", "song", "hei-bold", "hei", "rare", "names"), ("song-bold", "song", "hei-bold", "hei")),
    "hei": (("hei", "song", "rare", "names"), ("hei", "song")),
    "hei-bold": (("hei-bold", "hei", "song", "rare", "names"), ("hei-bold", "hei", "song")),
}

SUFFIXES: Final = (".ttf", ".otf")
NEEDED_TABLES: Final = ("cmap", "head", "hhea", "hmtx", "maxp")

# OpenType OS/2 fsType: low four bits 2 forbid embedding; 0x100 forbids subsets, 0x200 allows bitmaps only.
RESTRICTED: Final = 0x0002
PERMISSION_BITS: Final = 0x000F
NO_OUTLINE_SUBSETS: Final = 0x0300
OS2_WITH_CAPITALS: Final = 90  # bytes of an OS/2 table that holds the height of capitals (version 2)

# What is drawn as one glyph: the long dash, and a character with its combining marks or variation selectors.
MARKS: Final = "\u0300-\u036f\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINED = re.compile(f"——|.[{MARKS}]+", re.DOTALL)
_CLUSTER = re.compile(f"——|.[{MARKS}]*", re.DOTALL)

_HAN: Final = (
    (0x3400, 0x9FFF),
    (0x20000, 0x3FFFF),
    (0xF900, 0xFAFF),
    (0x3005, 0x3007),  # 々 〆 〇 stand among Han characters and take their weight
)


def is_han(cluster: str) -> bool:
    """Whether the cluster's first character is drawn in the Han face of a voice."""
    code = ord(cluster[0])
    return any(first <= code <= last for first, last in _HAN)


def clusters(text: str) -> str | tuple[str, ...]:
    """The text cut into what is drawn as one glyph each: itself when every character stands alone.

    `——` is one (CLREQ, 破折号 occupies two characters unbroken); so is a character with combining marks or a
    variation selector. `……` stays two: its halves are drawn alike.
    """
    if _JOINED.search(text) is None:
        return text
    return tuple(_CLUSTER.findall(text))


class Face:
    """One font file, opened by mapping it; nothing is parsed before it is asked for. Measures are in em."""

    __slots__ = (
        "_advances",
        "_digest",
        "_font",
        "_glyphs",
        "_inks",
        "ascent",
        "bbox",
        "cap_height",
        "descent",
        "key",
        "outlines",
        "path",
        "postscript_name",
        "upem",
        "weight",
    )

    key: str
    path: Path
    upem: int
    ascent: float
    """Height above the baseline, from `hhea`."""
    descent: float
    """Depth below the baseline, positive."""
    cap_height: float
    bbox: tuple[float, float, float, float]
    weight: int
    postscript_name: str
    outlines: Outlines

    def __init__(self, key: str, path: Path) -> None:
        """Open the file; `FontError` when it is no usable font or may not be embedded."""
        import uharfbuzz as hb  # noqa: PLC0415 - 40 ms that a call which draws nothing need not pay

        self.key = key
        self.path = path
        try:
            blob = hb.Blob.from_file_path(str(path))
            face = hb.Face(blob)
            tables = set(face.table_tags)
            sizes = {tag: len(face.reference_table(tag)) for tag in NEEDED_TABLES if tag in tables}
            self.outlines = "cff" if "CFF " in tables else "glyf"
            sizes["outlines"] = len(face.reference_table("CFF " if self.outlines == "cff" else "glyf"))
            if len(sizes) <= len(NEEDED_TABLES) or not all(sizes.values()):
                raise self._damaged()
            head = face.reference_table("head").data
            hhea = face.reference_table("hhea").data
            os2 = face.reference_table("OS/2").data if "OS/2" in tables else b""
            self.upem = face.upem
            ascent, descent = struct.unpack_from(">2h", hhea, 4)
            self.bbox = tuple(value / self.upem for value in struct.unpack_from(">4h", head, 36))
            self.weight, permission = struct.unpack_from(">H2xH", os2, 4) if os2 else (400, 0)
            capitals = struct.unpack_from(">h", os2, 88)[0] if len(os2) >= OS2_WITH_CAPITALS else 0
            self.cap_height = (capitals or ascent) / self.upem  # older faces do not tell, or tell 0
            name = face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or key
        except (OSError, ValueError, MemoryError, struct.error, hb.HarfBuzzError) as error:
            raise self._damaged() from error
        if permission & PERMISSION_BITS == RESTRICTED or permission & NO_OUTLINE_SUBSETS:
            message = f"字库 {path} 不许嵌入文件（fsType {permission:#06x}）"
            raise FontError(message, code="L103", hint=f"请为“{NAMES.get(key, key)}”另配字库")
        self.ascent = ascent / self.upem
        self.descent = -descent / self.upem
        self.postscript_name = re.sub(r"[^A-Za-z0-9_-]", "", name) or key
        self._font: Any = hb.Font(face)
        self._glyphs: dict[str, int] = {}
        self._advances: dict[str, float] = {}
        self._inks: dict[str, tuple[float, float]] = {}
        self._digest = ""

    def __repr__(self) -> str:
        """`Face('song', 'song.ttf')`."""
        return f"Face({self.key!r}, {self.path.name!r})"

    def _damaged(self) -> FontError:
        message = f"字库 {self.path} 已损坏或不是 TrueType/OpenType 字库"
        return FontError(message, code="L102", hint=f"请重新放置“{NAMES.get(self.key, self.key)}”的字库文件")

    @property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal; read once."""
        if not self._digest:
            with self.path.open("rb") as file:
                self._digest = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digest

    @property
    def shaper(self) -> Any:  # noqa: ANN401 - a HarfBuzz font; the package that writes files subsets its face
        """The HarfBuzz font at a scale of `upem`."""
        return self._font

    def _measure(self, cluster: str) -> None:
        """Remember glyph and advance of a cluster. Controls have none, whatever a font file says of them."""
        if len(cluster) == 1 and unicodedata.category(cluster) in ("Cc", "Cf"):
            glyph, advance = 0, self.upem
        elif len(cluster) == 1:
            glyph = self._font.get_nominal_glyph(ord(cluster)) or 0
            advance = self._font.get_glyph_h_advance(glyph)
        else:
            glyph, advance = self._shape(cluster)
        self._glyphs[cluster] = glyph
        self._advances[cluster] = advance / self.upem

    def _shape(self, cluster: str) -> tuple[int, int]:
        """Glyph and advance of several characters, or glyph 0 when they do not become one glyph."""
        import uharfbuzz as hb  # noqa: PLC0415 - already loaded by the time a face is open

        buffer = hb.Buffer()
        buffer.add_str(cluster)
        buffer.guess_segment_properties()
        if buffer.script is None:
            buffer.script = "Hani"  # marks have no script of their own; the long dash is joined for Chinese only
        buffer.language = "zh-Hans"
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES  # a selector the face does not know changes nothing
        hb.shape(self._font, buffer)
        if len(buffer.glyph_infos) != 1:
            return 0, self._font.get_glyph_h_advance(0)
        return buffer.glyph_infos[0].codepoint, buffer.glyph_positions[0].x_advance

    def glyph(self, cluster: str) -> int:
        """Glyph index that draws the whole cluster; 0 when the face has none."""
        glyph = self._glyphs.get(cluster)
        if glyph is None:
            self._measure(cluster)
            glyph = self._glyphs[cluster]
        return glyph

    def has(self, cluster: str) -> bool:
        """Whether the face draws the cluster, and as one glyph."""
        return self.glyph(cluster) != 0

    def advance(self, cluster: str) -> float:
        """Advance of the cluster in em; of the empty box when the face has none."""
        advance = self._advances.get(cluster)
        if advance is None:
            self._measure(cluster)
            advance = self._advances[cluster]
        return advance

    def ink(self, cluster: str) -> tuple[float, float]:
        """Left and right end of the ink in em from the glyph's origin; (0, 0) for a blank."""
        ink = self._inks.get(cluster)
        if ink is None:
            extents = self._font.get_glyph_extents(self.glyph(cluster))
            left = extents.x_bearing / self.upem if extents else 0.0
            right = left + extents.width / self.upem if extents else 0.0
            ink = self._inks[cluster] = (left, right)
        return ink


class FontSet:
    """The faces of a digest by key, and the choice among them."""

    __slots__ = ("__weakref__", "_choices", "_faces")

    def __init__(self, faces: Iterable[Face]) -> None:
        """Take one face for every key of `NAMES`."""
        self._faces = {face.key: face for face in faces}
        self._choices: dict[tuple[str, str], str] = {}

    def face(self, key: str) -> Face:
        """The face of that key; `FontError` when there is none."""
        try:
            return self._faces[key]
        except KeyError:
            raise _unknown(key) from None

    def keys(self) -> tuple[str, ...]:
        """Keys of all faces, in the order of `NAMES`."""
        return tuple(self._faces)

    def choose(self, voice: str, cluster: str) -> str:
        """Key of the face that draws the cluster in that voice; `GlyphError` (L201) when no face can."""
        found = self._choices.get((voice, cluster))
        if found is None:
            found = self._first(voice, cluster)
            if not found:
                raise _absent_glyph(voice, (cluster,))
            self._choices[voice, cluster] = found
        return found

    def missing(self, voice: str, text: str) -> str:
        """Every character of the text that no face of the voice has, once each, in the order of the text."""
        seen = dict.fromkeys(clusters(text))
        return "".join(cluster for cluster in seen if not self._first(voice, cluster))

    def require(self, voice: str, text: str) -> None:
        """Raise one `GlyphError` (L201) that names every missing character of the text."""
        absent = self.missing(voice, text)
        if absent:
            raise _absent_glyph(voice, clusters(absent))

    def _first(self, voice: str, cluster: str) -> str:
        """Key of the first face of the voice's row that has the cluster, or an empty string."""
        try:
            han, other = FALLBACK[voice]
        except KeyError:
            raise _unknown(voice) from None
        order = han if is_han(cluster) else other
        return next((key for key in order if key in self._faces and self._faces[key].has(cluster)), "")


def load_fonts(folder: Path | None = None, replace: Mapping[str, Path] | None = None) -> FontSet:
    """All faces of a digest.

    Each is looked for in `folder` (as `song.ttf`, `song.otf` ...), then among the package's own. `replace` names a
    file of one's own for any key. `FontError`: L101 absent, L102 damaged, L103 may not be embedded, L104 no such key.
    """
    own = dict(replace or {})
    unknown = [key for key in own if key not in NAMES]
    if unknown:
        raise _unknown(unknown[0])
    if folder is not None and not folder.is_dir():
        message = f"没有字库文件夹 {folder}"
        raise FontError(message, code="L101")
    folders = _folders(folder)
    for key, path in own.items():
        if not path.is_file():
            message = f"没有字库文件 {path}（{NAMES[key]}）"
            raise FontError(message, code="L101")
    return FontSet(Face(key, own[key] if key in own else _find(key, folders)) for key in NAMES)


def listed(face: Face) -> str:
    """SHA-256 that the manifest beside a face has for it; empty where none tells."""
    try:
        manifest = json.loads((face.path.parent / "manifest.json").read_text(encoding="utf-8"))
        told = manifest["faces"][face.key]
    except (OSError, ValueError, KeyError):
        return ""
    return str(told["sha256"]) if told["file"] == face.path.name else ""


def _folders(folder: Path | None) -> tuple[Path, ...]:
    """Folders to look in, the nearest first: the user's, the installed package's, the checkout's."""
    package = Path(__file__).resolve().parent
    own = (package / "assets" / "fonts", package.parent / "assets" / "fonts")
    return own if folder is None else (folder, *own)


def _find(key: str, folders: tuple[Path, ...]) -> Path:
    """File of a face; L101 tells every folder that was searched."""
    for folder in folders:
        for suffix in SUFFIXES:
            path = folder / f"{key}{suffix}"
            if path.is_file():
                return path
    message = f"缺少字库“{NAMES[key]}”（{key}.ttf 或 {key}.otf）；已找过：{'、'.join(map(str, folders))}"
    raise FontError(message, code="L101", hint="请重新安装，或用 fonts 指定放着字库的文件夹")


def _unknown(key: str) -> FontError:
    """L104."""
    message = f"没有名为 {key} 的字体；可用：{'、'.join(NAMES)}"
    return FontError(message, code="L104")


def _absent_glyph(voice: str, absent: Iterable[str]) -> GlyphError:
    """L201, each character with its code points."""
    named = "、".join(f"“{cluster}”（{' '.join(f'U+{ord(ch):04X}' for ch in cluster)}）" for cluster in absent)
    message = f"字库中没有{named}，无法用{NAMES.get(voice, voice)}排印"
    return GlyphError(message, code="L201", hint="请改用规范字，或为该字体另配收有此字的字库")
