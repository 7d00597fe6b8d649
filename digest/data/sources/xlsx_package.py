"""The zip file that a workbook of today is (打包的工作簿): opened only within limits, its parts read in pieces.

Sizes are looked up in the directory before anything is inflated, and no part gives more than the directory says. No
part may have a DOCTYPE: no workbook has one, and entities are how small files are made to swell.

Codes: D130 another kind of file, D137 too large, D138 damaged.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from digest.data.sources.workbook_sheet import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

Relations = dict[str, tuple[str, str]]
"""By id the kind of a relation (the last word of it) and the part it leads to."""


class Package:
    """The parts of a workbook by their names, whichever way round these are written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        """The parts of an open file; `UnreadableError` where they are too many, too large or of something else."""
        entries = [entry for entry in zipped.infolist() if not entry.filename.endswith("/")]
        unpacked, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
        if len(entries) > MOST_PARTS or unpacked > MOST_BYTES or unpacked > MOST_SMALL + MOST_RATIO * packed:
            told = (
                f"工作簿过大（解压后{unpacked // 2**20}MB，压缩了{unpacked // max(1, packed)}倍，{len(entries)}个部件）"
            )
            raise UnreadableError("D137", told, "请只保留数据表，另存为新的工作簿")
        self._zipped = zipped
        self._entries = {_plain(entry.filename): entry for entry in entries}
        kind = _other_kind(set(self._entries), self)
        if kind:
            raise UnreadableError("D130", f"不是Excel工作簿，内容是{kind}", "请用WPS或Excel另存为.xlsx")
        if "[content_types].xml" not in self._entries:
            raise damaged("没有[Content_Types].xml")

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, inflated piece by piece."""
        entry = self._entries.get(_plain(name))
        if entry is None:
            raise damaged(f"缺少部件{name}")
        before = b""
        with self._zipped.open(entry) as part:
            while piece := part.read(PIECE):
                if _DOCTYPE in before[-len(_DOCTYPE) :] + piece:
                    raise damaged("部件中有DOCTYPE")
                yield piece
                before = piece

    def xml(self, name: str) -> ET.Element:
        """The root of a part that is small."""
        data = b"".join(self.pieces(name))
        if len(data) > MOST_XML:
            raise UnreadableError(
                "D137", f"部件{name}过大（{len(data) // 2**20}MB）", "请只保留数据表，另存为新的工作簿"
            )
        return parsed(data)

    def related(self, name: str) -> Relations:
        """What a part refers to."""
        folder, _, last = name.rpartition("/")
        relations = f"{folder}/_rels/{last}.rels".lstrip("/")
        if relations not in self:
            return {}
        found: Relations = {}
        for relation in self.xml(relations):
            target = relation.get("Target", "").replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], part)
        return found


@contextmanager
def opened(data: bytes) -> Iterator[Package]:
    """The parts of the file that `data` is; whatever is wrong with it is raised as `UnreadableError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            yield Package(zipped)
    except _DAMAGED as error:
        raise damaged(str(error)) from error


def parsed(data: bytes | str) -> ET.Element:
    """The root of an XML text without a DOCTYPE, read as UTF-8 whatever it says of itself."""
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    if "<!DOCTYPE" in text:
        raise damaged("部件中有DOCTYPE")
    return ET.fromstring(text)  # noqa: S314  bounded, and there is no DOCTYPE


def local(element: ET.Element) -> str:
    """The name of an element without its namespace: there are two for workbooks, and both mean the same."""
    return element.tag.rpartition("}")[2]


def children(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Those of its children that are called so, in whatever namespace."""
    return (child for child in element if child.tag.rpartition("}")[2] == name)


def attribute(element: ET.Element, name: str) -> str:
    """The value of an attribute that has a namespace, in whichever; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name and "}" in key), "")


def damaged(why: str) -> UnreadableError:
    """D138 with what was found wrong."""
    return UnreadableError("D138", "工作簿已损坏，或不是.xlsx格式", "请用WPS或Excel打开后重新另存为.xlsx", why)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _other_kind(names: set[str], package: Package) -> str:
    """What a zip file is that is no workbook; empty where it may be one."""
    if "xl/workbook.bin" in names:
        return "二进制工作簿（.xlsb）"
    if "mimetype" in names:
        mimetype = b"".join(package.pieces("mimetype")).decode("ascii", "replace")
        return next((kind for word, kind in _MIMETYPES if word in mimetype), "压缩包")
    tops = {name.partition("/")[0] for name in names}
    if "xl" in tops:
        return ""
    return next((kind for top, kind in _TOPS if top in tops), "普通压缩包")


MOST_PARTS: Final = 2_000
MOST_BYTES: Final = 200 * 2**20
MOST_SMALL: Final = 8 * 2**20  # what is this small may be packed as tightly as it likes
MOST_RATIO: Final = 200
MOST_XML: Final = 32 * 2**20
PIECE: Final = 256 * 1024
_DOCTYPE: Final = b"<!DOCTYPE"
_TOPS: Final = (("word", "Word文档"), ("ppt", "PowerPoint演示文稿"), ("visio", "Visio图"), ("ofd.xml", "OFD版式文件"))
_MIMETYPES: Final = (
    ("opendocument.spreadsheet", "OpenDocument表格（.ods）"),
    ("opendocument.text", "OpenDocument文字（.odt）"),
    ("opendocument", "OpenDocument文件"),
    ("epub", "EPUB电子书"),
)
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ET.ParseError,
    expat.ExpatError,
    NotImplementedError,  # a way of packing nobody knows
    RuntimeError,  # a part with a password
    UnicodeDecodeError,
    ValueError,
    OSError,  # a directory that points outside of the file
)
