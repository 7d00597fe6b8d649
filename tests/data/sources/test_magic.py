"""What a file is, told by its bytes: by whoever asks, in one word."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.sources.magic import form_of, kind_of, true_type
from digest.data.sources.opened import Sources
from digest.data.tables import read_table
from tests.data.sources.zipped_workbooks import sheet_of

if TYPE_CHECKING:
    from pathlib import Path

NOISE = b"".join(sha256(bytes((number,))).digest() for number in range(150))
TABLE = "地区,投入资金（万元）\n" + "济南,137\n青岛,95\n" * 40
GARBAGE = {
    "zeros": bytes(4096),
    "packed": b"\x78\x9c" + NOISE,
    "noise": NOISE[::-1],
    "a programme": b"\x7fELF\x02\x01\x01" + bytes(200) + b"\xde\xad\xbe\xef" * 50,
}
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32")


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.json", "t.parquet"])
def test_garbage_is_one_error_that_says_so_whatever_it_is_called(
    data: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("garbage") / name
    path.write_bytes(data)
    with Sources() as sources:
        grids, (finding,) = sources.read(path, name)
    assert (grids, finding.code, finding.severity) == ((), "D220", "error")
    assert "零字节" in finding.message or "二进制" in finding.message


def test_garbage_called_a_table_of_figures_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(NOISE)
    _, (finding,) = read_table(tmp_path / "t.csv", "t.csv")
    assert (finding.code, "二进制" in finding.message) == ("D130", True)


@pytest.mark.parametrize("encoding", [*ENCODINGS, "utf-16-le", "utf-16-be"])
def test_a_table_in_any_encoding_that_is_read_is_a_text(encoding: str) -> None:
    text = "region,amount\nJinan,137\n" * 40 if encoding[-2:] in {"le", "be"} else TABLE
    assert kind_of(text.encode(encoding)) == "text"
    assert true_type(text.encode(encoding)) == ""


@given(
    st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1).filter(str.strip), st.sampled_from(ENCODINGS)
)
def test_what_people_write_is_never_taken_for_garbage(text: str, encoding: str) -> None:
    assert form_of(text.encode(encoding))[1] != "二进制内容"


def test_a_few_control_characters_are_left_to_their_cells() -> None:
    assert kind_of(f"{TABLE}东营,1\x002\n烟台,\x1b[0m3\n".encode()) == "text"


@pytest.mark.parametrize(
    ("data", "form", "kind"),
    [
        (sheet_of({"A1": 1}), "zip", "workbook"),
        (sheet_of({"A1": "word/document.xml"}) + b"word/document.xml", "zip", "workbook"),
        (b"PK\x03\x04....word/document.xml", "zip", "other"),
        (b"\xef\xbb\xbf \r\n<HTML>", "html", "workbook"),
        ("<html>".encode("utf-16"), "html", "workbook"),
        (b'<?xml version="1.0"?><html>', "html", "workbook"),
        (b'<?xml version="1.0"?><Workbook>', "xml", "workbook"),
        (b'{"a": 1}', "json", "json"),
        ("[1]".encode("utf-16"), "json", "json"),
        (b"PK,PAR1,BZh\n1,2,3\n", "text", "text"),
        (b"", "blank", "text"),
        (b" \r\n", "blank", "text"),
    ],
)
def test_each_is_told_by_its_first_bytes(data: bytes, form: str, kind: str) -> None:
    assert (form_of(data)[0], kind_of(data)) == (form, kind)
