"""Source documents (来源文件): found inside the project and cut to the body that may be quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.model import Document
from digest.data.tables import decode
from digest.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.schema import Taken
    from digest.findings import Place


def find_file(folder: Path, name: str, place: Place, seen: list[Finding]) -> Path | None:
    """The file of that relative name; D109 and None where it is missing, too large or outside the project folder."""
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            message, hint = f"文件不在项目文件夹内：“{name}”", "请放进项目文件夹，用相对路径"
        elif not path.is_file():
            message, hint = f"没有这个文件：“{name}”", "请检查文件名和大小写"
        elif path.stat().st_size > _MOST_BYTES:
            message, hint = f"文件过大：“{name}”", f"最大{_MOST_BYTES // 2**20}MB"
        else:
            return path
    except OSError as error:  # a name no file can have, a folder that may not be entered
        message, hint = f"文件不能读取：“{name}”（{error.strerror}）", "请检查文件名和权限"
    except RuntimeError:  # what Python before 3.13 says of a link that leads to itself
        message, hint = f"文件不能读取：“{name}”（链接指回自己）", "请放进文件本身，不用链接"
    seen.append(Finding("D109", "error", message, place, name, hint))
    return None


def read_document(folder: Path, taken: Taken, seen: list[Finding]) -> Document:
    """The document of one `[[source]]`; its text runs from `body_start` to the `body_end` after it, both included.

    What stands outside (a page's frame, links to other news) can be quoted by nobody. Codes D109, D110, D121, D122.
    """
    key, name, title = taken.text("id"), taken.text("file"), taken.text("title")
    path = find_file(folder, name, taken.where("file"), seen) if name else None
    if path is None:
        return Document(key, name, title)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"文件不能读取：“{name}”（{error.strerror}）"
        seen.append(Finding("D109", "error", message, taken.where("file"), name, "请检查权限"))
        return Document(key, name, title)
    text, notes = decode(data, name)
    seen += notes
    return Document(key, name, title, _body(text, taken, seen))


def _body(text: str, taken: Taken, seen: list[Finding]) -> str:
    begin, end = taken.text("body_start"), taken.text("body_end")
    first = text.find(begin)
    last = text.find(end, first + len(begin)) if first >= 0 else -1
    for key, mark, at in (("body_start", begin, first), ("body_end", end, last)):
        if at < 0:
            message = f"文件中找不到正文标记：“{mark}”"
            hint = "标记要与文件中的文字一字不差" if key == "body_start" else "结束标记要在开始标记之后"
            seen.append(Finding("D110", "error", message, taken.where(key), mark, hint))
            return ""
    return text[first : last + len(end)] if end else text[first:]


_MOST_BYTES: Final = 50 * 2**20
