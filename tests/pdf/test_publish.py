"""A finished file takes its place at once or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from digest.errors import OutputError
from digest.pdf.publish import publish


def failing(number: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_the_file_stands_there_and_nothing_else(tmp_path: Path) -> None:
    publish(b"new", tmp_path / "简报.pdf")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("简报.pdf", b"new")]


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    publish(b"new", path)
    assert path.read_bytes() == b"new"


def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    publish(b"new", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")
    publish(b"new", tmp_path / "link.pdf")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"


@pytest.mark.parametrize("function", ["os.fsync", "pathlib.Path.replace"])
@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "W404"), (errno.EACCES, "W402"), (errno.EIO, "W405"), (errno.EROFS, "W402")]
)
def test_a_fault_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, code: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    monkeypatch.setattr(function, failing(number))
    with pytest.raises(OutputError) as caught:
        publish(b"new", path)
    monkeypatch.undo()
    assert caught.value.code == code
    assert caught.value.exit_code == 2
    assert str(path) in caught.value.message
    assert [(left.name, left.read_bytes()) for left in tmp_path.iterdir()] == [("a.pdf", b"old")]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(b"new", tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_synced_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.pdf.publish._write", lambda data, path: path.write_bytes(data))
    monkeypatch.setattr("os.fsync", failing(errno.EINVAL))
    publish(b"new", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"W401 无法写入 .*没有这个文件夹"):
        publish(b"new", tmp_path / "none" / "a.pdf")


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="W401"):
        publish(b"new", tmp_path / "file" / "a.pdf")


def test_a_folder_is_no_place_for_a_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"W403 .*文件夹"):
        publish(b"new", tmp_path)


def test_a_device_is_never_replaced() -> None:
    with pytest.raises(OutputError, match="W403"):
        publish(b"new", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="W405"):
        publish(b"new", tmp_path / ("长" * 200))
    assert list(tmp_path.iterdir()) == []


def test_a_stranger_of_the_same_name_is_not_touched(tmp_path: Path) -> None:
    stranger = tmp_path / f".jianbao-{os.getpid()}-0.tmp"
    stranger.write_bytes(b"theirs")
    publish(b"new", tmp_path / "a.pdf")
    assert stranger.read_bytes() == b"theirs"
