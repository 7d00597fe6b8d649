"""The file under work: what it binds, and what it refuses to bind."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from digest.pdf.document import LARGE, Document


@pytest.mark.parametrize("size", [0, 1, LARGE - 1, LARGE, 3 * LARGE])
def test_a_stream_of_any_size_reads_as_it_was_given(size: int) -> None:
    data = bytes(n * n % 251 for n in range(size))
    document = Document(100, 100)
    part = document.add_stream({"Type": "/Test"}, data)
    document.add_page("", {})
    with pikepdf.open(io.BytesIO(document.bind({}))) as file:
        assert file.get_object(part.number, 0).read_bytes() == data


def test_an_object_without_a_body_is_an_error_of_programming() -> None:
    document = Document(100, 100)
    document.reserve()
    with pytest.raises(RuntimeError, match="has no body"):
        document.bind({})


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_large_stream_that_could_not_be_compressed_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise MemoryError

    document = Document(100, 100)
    monkeypatch.setattr(zlib, "compress", fail)
    document.add_stream({}, bytes(LARGE))
    with pytest.raises(RuntimeError, match="has no body"):
        document.bind({})
