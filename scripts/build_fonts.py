"""Rebuild the faces in assets/fonts/ from their published packages, or check what lies there (重建字库).

    python scripts/build_fonts.py                 fetch, verify, subset, write faces, licences and manifest.json
    python scripts/build_fonts.py --check         compare the committed files with manifest.json, nothing else
    python scripts/build_fonts.py --sources DIR   keep or reuse fetched packages in DIR

A rebuild needs `npm`, `apt-get`, `dpkg-deb` and uharfbuzz; a check needs only Python. What every voice must cover is
通用规范汉字表 (8105 characters), GB 2312 and the marks and letters an office text may hold. Behind them stand two faces
for what the names of people and places may hold besides: `rare` has the rest of the Han blocks that GB 18030-2022 asks
for, `names` the characters beyond them that stand in a register.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import hashlib
import json
import struct
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS: Final = Path(__file__).resolve().parent.parent / "assets" / "fonts"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Package:
    """A published archive: how its kind is fetched, its file name and the SHA-256 it must have."""

    kind: str
    name: str
    version: str
    file: str
    sha256: str


SERIF: Final = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS: Final = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
FANDOL: Final = Package(
    "deb",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "texlive-lang-chinese_2022.20230122-1_all.deb",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
ARPHIC: Final = Package(
    "deb",
    "fonts-arphic-gkai00mp",
    "2.11-16",
    "fonts-arphic-gkai00mp_2.11-16_all.deb",
    "7c5452a4f5ce4eb351ceb25ee9ae359c8b094c2fd68955b9c93bd34c315bebf1",
)
BABEL: Final = Package(
    "deb",
    "fonts-babelstone-han",
    "15.0.5-2",
    "fonts-babelstone-han_15.0.5-2_all.deb",
    "c7b7f9b5b78ad14c94d7e6d2b103307a7a643844c7db856fb97611d9d8a80589",
)
UNICODE: Final = Package(
    "deb",
    "unicode-data",
    "15.0.0-1",
    "unicode-data_15.0.0-1_all.deb",
    "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
)
PACKAGES: Final = (SERIF, SANS, FANDOL, ARPHIC, BABEL, UNICODE)

FANDOL_FOLDER: Final = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
UNIHAN: Final = tuple(
    f"usr/share/unicode/Unihan_{part}.txt.bz2" for part in ("IRGSources", "OtherMappings", "Readings")
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One face: where it comes from, which character set it keeps (empty: the file as published), its licence.

    `notice` says in the file what was done to it, where the licence asks for that.
    """

    file: str
    package: Package
    member: str
    keeps: str
    licence: str
    licence_files: tuple[str, ...]
    notice: str = ""


RECIPES: Final[dict[str, Recipe]] = {
    "song": Recipe(
        "song.ttf",
        SERIF,
        "package/400Regular/NotoSerifSC_400Regular.ttf",
        "all",
        "OFL-1.1",
        ("OFL-NotoSerifSC.txt",),
    ),
    "song-bold": Recipe(
        "song-bold.ttf",
        SERIF,
        "package/700Bold/NotoSerifSC_700Bold.ttf",
        "all",
        "OFL-1.1",
        ("OFL-NotoSerifSC.txt",),
    ),
    "song-light": Recipe(
        "song-light.ttf",
        SERIF,
        "package/300Light/NotoSerifSC_300Light.ttf",
        "light",
        "OFL-1.1",
        ("OFL-NotoSerifSC.txt",),
    ),
    "hei": Recipe(
        "hei.ttf",
        SANS,
        "package/400Regular/NotoSansSC_400Regular.ttf",
        "all",
        "OFL-1.1",
        ("OFL-NotoSansSC.txt",),
    ),
    "hei-bold": Recipe(
        "hei-bold.ttf",
        SANS,
        "package/700Bold/NotoSansSC_700Bold.ttf",
        "all",
        "OFL-1.1",
        ("OFL-NotoSansSC.txt",),
    ),
    "kai": Recipe(
        "kai.ttf",
        ARPHIC,
        "usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf",
        "",
        "Arphic-1999",
        ("ARPHICPL.txt", "ARPHICPL-zh.txt"),
    ),
    "fang": Recipe(
        "fang.otf",
        FANDOL,
        f"{FANDOL_FOLDER}/FandolFang-Regular.otf",
        "",
        "GPL-3.0-or-later with font exception",
        ("COPYING-Fandol.txt", "README-Fandol.txt"),
    ),
    "rare": Recipe(
        "rare.ttf",
        SERIF,
        "package/300Light/NotoSerifSC_300Light.ttf",
        "rare",
        "OFL-1.1",
        ("OFL-NotoSerifSC.txt",),
    ),
    "names": Recipe(
        "names.ttf",
        BABEL,
        "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf",
        "names",
        "Arphic-1999",
        ("ARPHICPL.txt", "ARPHICPL-zh.txt"),
        "Changed on 2026-11-22: all but some Han characters and their layout features were taken out of BabelStone Han"
        " 15.0.5; the outlines are as published. Arphic Public License, see ARPHICPL.TXT.",
    ),
}

# Licence beside the faces: file name -> (package, member).
LICENCES: Final[dict[str, tuple[Package, str]]] = {
    "OFL-NotoSerifSC.txt": (SERIF, "package/LICENSE_FONT"),
    "OFL-NotoSansSC.txt": (SANS, "package/LICENSE_FONT"),
    "COPYING-Fandol.txt": (FANDOL, "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"),
    "README-Fandol.txt": (FANDOL, "usr/share/doc/texlive-doc/fonts/fandol/README"),
    "ARPHICPL.txt": (ARPHIC, "usr/share/doc/fonts-arphic-gkai00mp/license/english/ARPHICPL.TXT.gz"),
    "ARPHICPL-zh.txt": (ARPHIC, "usr/share/doc/fonts-arphic-gkai00mp/license/gb/ARPHICPL.TXT"),
}

# Face -> SHA-256 of the whole face before subsetting.
MEMBERS: Final[dict[str, str]] = {
    "song": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
    "song-bold": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
    "song-light": "a86e5cabd0c0b9bd656ff9c3e437bec6519fc7b149e845192edd8075b07789eb",
    "hei": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
    "hei-bold": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
    "kai": "61519fb9bdda4a1a3aa02a12cbb76c2ef897ce879775d7ea2265d0a65fe54d16",
    "fang": "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9",
    "rare": "a86e5cabd0c0b9bd656ff9c3e437bec6519fc7b149e845192edd8075b07789eb",
    "names": "a2027ca3606907f6a628e9cd869605e3879beaaa38b37c7fec95b372130628c8",
}

# Letters and marks: every range that a Chinese office text may hold and the published faces may have.
SYMBOLS: Final[tuple[tuple[int, int], ...]] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x024F),  # Latin-1 and the Latin of pinyin
    (0x02B0, 0x036F),  # tone letters and combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin with two accents
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x20CF),  # superscripts, subscripts, currency
    (0x2100, 0x218F),  # letterlike, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x24FF),  # circled figures
    (0x2500, 0x25FF),  # frames, blocks, shapes
    (0x2600, 0x27BF),  # signs
    (0x2900, 0x2BFF),  # further arrows and shapes
    (0x2E80, 0x2FDF),  # radicals
    (0x2FF0, 0x303F),  # marks of Chinese
    (0x3040, 0x30FF),  # kana
    (0x3100, 0x312F),  # bopomofo
    (0x31A0, 0x31EF),  # bopomofo for dialects, strokes
    (0x3200, 0x33FF),  # enclosed figures, units
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFE10, 0xFE1F),  # vertical forms
    (0xFE30, 0xFE6F),  # compatibility and small forms
    (0xFF00, 0xFFEF),  # full-width forms
)

HAN: Final = range(0x4E00, 0xA000)
ALL_HAN: Final = (
    HAN,
    range(0x3400, 0x4DC0),  # extension A
    range(0xF900, 0xFB00),  # compatibility ideographs, twelve of which stand nowhere else
    range(0x20000, 0x40000),  # extensions B and later
)

# Whose characters go into `names`: field of Unihan -> how its values begin (UAX #38).
REGISTERS: Final[dict[str, tuple[str, ...]]] = {
    "kIRG_GSource": (
        "GIDC-",  # identity cards (公安部身份证系统)
        "GXM-",  # names of people (姓名)
        "GDM-",  # names of places (地名)
        "GCYY-",  # maps (中国测绘科学院)
        "GKJ-",  # terms of science and technology (全国科学技术名词审定委员会)
        "GRM-",  # 人民日报
        "GXC-",  # 现代汉语词典
        "GXH-",  # 新华字典
        "GFC-",  # 现代汉语规范词典
    ),
    "kIRG_MSource": ("MA-", "MC-", "MD-"),  # Macao's registers
    "kXHC1983": ("",),  # 现代汉语词典 1983, any entry
}
WANTED: Final = "𠮷𰻝𰻞"
"""In no register, but met: the 吉 of Japanese names with 土, and the noodles of Shaanxi."""

FEATURES: Final = ("ccmp", "liga", "locl", "halt", "vert", "kern", "palt", "fwid")
"""Layout features that stay: ligatures (the two-em dash), Chinese forms, half widths, kerning."""


DESCRIPTION: Final = 10
"""Number of the name that describes a face (OpenType, `name`)."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def fetch(package: Package, folder: Path) -> Path:
    """The archive in `folder`, fetched when it is not there yet; stops when its sum is not the recorded one."""
    path = folder / package.file
    if not path.exists():
        command = {
            "npm": ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
            "deb": ["apt-get", "download", f"{package.name}={package.version}"],
        }[package.kind]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - a fixed command
    if digest(path.read_bytes()) != package.sha256:
        sys.exit(f"{package.file}: not the package this script was written for")
    return path


def unpack(package: Package, archive: Path, folder: Path) -> Path:
    """Folder that holds the members of the archive."""
    target = folder / package.file.partition("_")[0].removesuffix(".tgz")
    if not target.exists():
        target.mkdir()
        if package.kind == "npm":
            with tarfile.open(archive) as tar:
                tar.extractall(target, filter="data")
        else:
            subprocess.run(["dpkg-deb", "-x", str(archive), str(target)], check=True)  # noqa: S603, S607 - as above
    return target


def unihan_fields(files: Iterable[bytes]) -> dict[str, dict[int, str]]:
    """Field -> character -> value, from files of the Unihan database."""
    fields: dict[str, dict[int, str]] = {}
    for file in files:
        for line in bz2.decompress(file).decode("utf-8").splitlines():
            if line.startswith("U+"):
                character, field, value = line.split("\t")
                fields.setdefault(field, {})[int(character.removeprefix("U+"), 16)] = value
    return fields


def registered_characters(fields: dict[str, dict[int, str]]) -> set[int]:
    """The characters of `REGISTERS` and of `WANTED`."""
    found = {
        character
        for field, prefixes in REGISTERS.items()
        for character, value in fields[field].items()
        if value.startswith(prefixes)
    }
    return found | set(map(ord, WANTED))


def gb2312_characters() -> set[int]:
    """Everything GB 2312-1980 encodes: 6,763 characters and 682 marks."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(map(ord, text))
    return found


def symbol_characters() -> set[int]:
    """Everything in the ranges of `SYMBOLS`."""
    return {code for first, last in SYMBOLS for code in range(first, last + 1)}


def subset(data: bytes, characters: set[int]) -> bytes:
    """The face with these characters, its glyph programs and the features of `FEATURES` only."""
    import uharfbuzz as hb  # noqa: PLC0415 - a check must run without it

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in FEATURES)
    wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE
    face = wanted.subset(hb.Face(data))
    if face is None:
        sys.exit("HarfBuzz could not make a subset")
    return bytes(face.blob.data)


def described(data: bytes, notice: str) -> bytes:
    """The face with the notice as its description, and its other names in English for Windows (OpenType, `name`)."""
    import uharfbuzz as hb  # noqa: PLC0415 - a check must run without it

    face = hb.Face(data)
    names = {number: face.get_name(number) or "" for number in range(DESCRIPTION)} | {DESCRIPTION: notice}
    records, texts = b"", b""
    for number, text in names.items():
        if text:
            coded = text.encode("utf-16-be")
            records += struct.pack(">6H", 3, 1, 0x409, number, len(coded), len(texts))
            texts += coded
    tables = {tag: bytes(face.reference_table(tag).data) for tag in sorted(face.table_tags)}
    tables["name"] = struct.pack(">3H", 0, len(records) // 12, 6 + len(records)) + records + texts
    tables["head"] = _with_adjustment(tables["head"], 0)
    tables["head"] = _with_adjustment(tables["head"], 0xB1B0AFBA - _sum(_font_file(data[:12], tables)) & 0xFFFFFFFF)
    return _font_file(data[:12], tables)


def _font_file(start: bytes, tables: dict[str, bytes]) -> bytes:
    """A font file of the same number of tables as the one with that start (OpenType, Table Directory)."""
    directory, body = b"", b""
    for tag, table in tables.items():
        # the sum of `head` is that of a head without adjustment
        summed = _sum(_with_adjustment(table, 0) if tag == "head" else table)
        offset = len(start) + 16 * len(tables) + len(body)
        directory += tag.encode("ascii") + struct.pack(">3I", summed, offset, len(table))
        body += table + bytes(-len(table) % 4)
    return start + directory + body


def _with_adjustment(head: bytes, adjustment: int) -> bytes:
    """The `head` table with that number for the sum of the file."""
    return head[:8] + struct.pack(">I", adjustment) + head[12:]


def _sum(data: bytes) -> int:
    """Sum of four bytes each, modulo 2 to the 32nd."""
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF


def coverage(data: bytes) -> set[int]:
    """Code points the face has a glyph for."""
    import uharfbuzz as hb  # noqa: PLC0415 - a check must run without it

    return set(hb.Face(data).unicodes)


def build(sources: Path) -> None:
    """Write faces, licences and manifest into assets/fonts/."""
    folders = {package: unpack(package, fetch(package, sources), sources) for package in PACKAGES}
    published = {key: (folders[recipe.package] / recipe.member).read_bytes() for key, recipe in RECIPES.items()}
    for key, data in published.items():
        if digest(data) != MEMBERS[key]:
            sys.exit(f"{key}: not the face this script was written for")

    fields = unihan_fields((folders[UNICODE] / file).read_bytes() for file in UNIHAN)
    standard = set(fields["kTGH"])  # 通用规范汉字表 (2013)
    symbols = symbol_characters()
    everywhere = standard | gb2312_characters() | symbols
    published_rare = {code for code in coverage(published["rare"]) if any(code in block for block in ALL_HAN)}
    kept = {
        "all": everywhere,
        # what neither the thin FangSong nor the Kai has, and all marks, letters and figures to stand beside them
        "light": (standard - (coverage(published["fang"]) & coverage(published["kai"])))
        | symbols
        | {code for code in gb2312_characters() if code not in HAN},
        "rare": published_rare - everywhere,
        "names": registered_characters(fields) - published_rare,
    }

    FONTS.mkdir(parents=True, exist_ok=True)
    faces: dict[str, object] = {}
    for key, recipe in RECIPES.items():
        whole = published[key]
        data = subset(whole, kept[recipe.keeps]) if recipe.keeps else whole
        data = described(data, recipe.notice) if recipe.notice else data
        (FONTS / recipe.file).write_bytes(data)
        faces[key] = {
            "file": recipe.file,
            "bytes": len(data),
            "sha256": digest(data),
            "characters": len(coverage(data)),
            "modified": bool(recipe.keeps),
            "licence": recipe.licence,
            "licence_files": list(recipe.licence_files),
            "source": {
                "package": recipe.package.name,
                "version": recipe.package.version,
                "archive": recipe.package.file,
                "archive_sha256": recipe.package.sha256,
                "member": recipe.member,
                "member_sha256": digest(whole),
            },
        }
    licences: dict[str, object] = {}
    for name, (package, member) in LICENCES.items():
        data = (folders[package] / member).read_bytes()
        text = gzip.decompress(data) if member.endswith(".gz") else data
        (FONTS / name).write_bytes(text)
        licences[name] = {"bytes": len(text), "sha256": digest(text)}
    manifest = {"faces": faces, "licences": licences}
    (FONTS / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def differences(folder: Path) -> list[str]:
    """One line for every committed file that is absent or not as manifest.json says."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    expected = {face["file"]: face["sha256"] for face in manifest["faces"].values()}
    expected |= {name: licence["sha256"] for name, licence in manifest["licences"].items()}
    found: list[str] = []
    for name, sha256 in expected.items():
        path = folder / name
        if not path.exists():
            found.append(f"{name}: absent")
        elif digest(path.read_bytes()) != sha256:
            found.append(f"{name}: differs from manifest.json")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Build or check; 0 when all is as it should be."""
    parser = argparse.ArgumentParser(description="Rebuild or check assets/fonts/.")
    parser.add_argument("--check", action="store_true", help="only compare the files with manifest.json")
    parser.add_argument("--sources", type=Path, help="folder of fetched packages")
    options = parser.parse_args(arguments)
    if not options.check:
        if options.sources:
            options.sources.mkdir(parents=True, exist_ok=True)
            build(options.sources.resolve())
        else:
            with tempfile.TemporaryDirectory() as folder:
                build(Path(folder))
    found = differences(FONTS)
    for line in found:
        print(line)  # noqa: T201 - a script speaks on its standard output
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
