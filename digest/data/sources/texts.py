"""Texts with separators (.csv, .tsv, 文本文件) as a grid: encoding, separator and quotes, and nothing else.

A row keeps its own length and a value stays the text it is: titles above the table, notes below it and what 00123 means
are a matter of `tabling/`. Codes: D120 nothing in it, D121 the encoding (note), D122 no encoding, or two in one file,
D125 quotes, a cell too long, D222 too large.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.grid import Grid
from digest.data.sources.values import LONGEST, too_large
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.sources.opened import Grids


def read_text(data: bytes, shown: str) -> Grids:
    """The rows of a text, every cell a str or None where it is empty, with the lines they begin at."""
    place = Place(shown)
    text, seen = decode(data, shown)
    if any(finding.severity == "error" for finding in seen):
        return (), seen
    form = form_of(text)
    rows: list[tuple[object, ...]] = []
    lines: list[int] = []
    cells = 0
    reader = csv.reader(io.StringIO(text[form.start :], newline=""), delimiter=form.delimiter, strict=True)
    skipped = text.count("\n", 0, form.start)
    begin = 1 + skipped
    try:
        for row in reader:
            if any(map(LONGEST.__lt__, map(len, row))):
                raise csv.Error("field too long")  # noqa: TRY301  a program may have raised the reader's own limit
            lines.append(begin)
            rows.append(tuple([value or None for value in row]))
            begin = reader.line_num + 1 + skipped
            cells += len(row)
            if too_large(len(rows), cells):
                return (), (*seen, _too_large(place))
    except csv.Error as error:
        return (), (*seen, bad_quotes(shown, begin, error))
    if not any(value.strip() for row in rows for value in row if isinstance(value, str)):
        return (), (*seen, Finding("D120", "error", "表是空的", place, hint="第一行应为列名"))
    return (Grid(place, tuple(rows), lines=tuple(lines)),), seen


def bad_quotes(shown: str, line: int, error: csv.Error) -> Finding:
    """D125 for the row that begins at `line`."""
    where = Place(shown, "", f"第{line}行")
    return Finding("D125", "error", f"引号不配对或单元格过长（{error}）", where, hint="请检查这一行的双引号")


def _too_large(place: Place) -> Finding:
    return Finding("D222", "error", "表格文本过大", place, hint="请只保留要用的行和列，或放进数据库用查询汇总")


# --- separators ---------------------------------------------------------------------------------------


class Form(NamedTuple):
    """The separator, and where the rows begin: behind Excel's own line sep=;."""

    delimiter: str
    start: int = 0


def form_of(text: str) -> Form:
    """How a text is divided, by its first lines: the sign most of them have equally often; a comma where none has."""
    declared = _SEP.match(text)
    if declared:
        return Form(declared[1], declared.end())
    head = _QUOTED.sub("", text[:_HEAD])
    lines = [line for line in _LINE_END.split(head)[:_LINES] if line.strip()]
    best, delimiter = (0, 0), ","
    for sign in _DELIMITERS:
        counts = Counter(count for line in lines if (count := line.count(sign)))
        if counts:
            often, lines_alike = max(counts.items(), key=lambda item: (item[1], item[0]))
            if (lines_alike, often) > best:
                best, delimiter = (lines_alike, often), sign
    return Form(delimiter)


# --- encodings ----------------------------------------------------------------------------------------


def decode(data: bytes, shown: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file written by Excel, WPS or a terminal: a byte order mark, strict UTF-8, or GB18030.

    GBK and GB2312 are read as GB18030, which holds them and the rare names they lack. A file that was put together of
    two encodings would come out half garbled: it is refused with the line at which it changes. Codes D121, D122.
    """
    place = Place(shown)
    marked = next((known for known in _ENCODINGS if data.startswith(known[2])), None) or without_mark(data)
    for name, encoding, _ in (marked,) if marked else _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            continue
        if name == "GB18030" and (changed := _changes(data)):
            return "", (_mixed(shown, *changed),)
        notes = [] if name == "UTF-8" else [Finding("D121", "note", f"文件编码不是UTF-8，按{name}读取", place)]
        return text, tuple(notes)
    if changed := _changes(data):
        return "", (_mixed(shown, *changed),)
    wrong = Place(shown, "", f"第{line}行")
    return "", (Finding("D122", "error", "文字编码无法识别", wrong, hint="请另存为UTF-8编码的文件"),)


def without_mark(data: bytes) -> tuple[str, str, bytes] | None:
    """UTF-16 that lost its mark: every other byte of its digits and commas is nought."""
    if len(data) % 2 or not data.count(0):
        return None
    upper, lower = data[::2].count(0), data[1::2].count(0)
    if min(upper, lower) or max(upper, lower) < len(data) / 20:
        return None
    return ("UTF-16", "utf-16-le" if lower else "utf-16-be", b"")


def _changes(data: bytes) -> tuple[int, bool] | None:
    """The first line in another encoding than the lines before it, and whether that line is UTF-8."""
    first: bool | None = None
    for number, line in enumerate(data.split(b"\n"), 1):
        unicode = _is_unicode(line)
        if unicode is None:
            continue
        if first is None:
            first = unicode
        elif unicode is not first:
            return number, unicode
    return None


def _is_unicode(line: bytes) -> bool | None:
    """Whether a line is UTF-8; None for one that may be both: ASCII, or so short that chance is at work."""
    if line.isascii():
        return None
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return bool(_HAN_BYTES.search(line))
    han = _HAN.findall(text)
    return True if len(han) > 1 and all(_known(character) for character in han) else None


def _known(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _mixed(shown: str, line: int, unicode: bool) -> Finding:  # noqa: FBT001  which of two it is
    here, above = ("UTF-8", "GB18030") if unicode else ("GB18030", "UTF-8")
    message = f"一个文件里有两种编码：从这一行起是{here}，上面是{above}"
    return Finding("D122", "error", message, Place(shown, "", f"第{line}行"), hint="请把几段分别另存为UTF-8后再合并")


def text_lines(text: str) -> Iterable[str]:
    """Lines with their ends, as the csv reader takes them."""
    return io.StringIO(text, newline="")


_DELIMITERS: Final = ",\t;"  # 、and blanks stand inside cells
_LINES: Final = 30
_HEAD: Final = 65_536
_SEP: Final = re.compile(r"(?i:sep)=([,;\t|])\r?\n")
_QUOTED: Final = re.compile(r'"[^"]*"')
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_HAN_BYTES: Final = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}){4}")  # four in a row come about in GBK once in 10^9
_ENCODINGS: Final = (
    ("UTF-8", "utf-8-sig", b"\xef\xbb\xbf"),
    ("UTF-32", "utf-32", b"\xff\xfe\0\0"),
    ("UTF-16", "utf-16", b"\xff\xfe"),
    ("UTF-16", "utf-16", b"\xfe\xff"),
)
_UNMARKED: Final = (("UTF-8", "utf-8", b""), ("GB18030", "gb18030", b""))
