from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from digest.charts.cache import Cache, key_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_drawing_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    cache.put("key", "svg", b"<svg>\n</svg>")
    assert cache.get("key", "svg") == b"<svg>\n</svg>"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["key.svg"]


def test_a_damaged_drawing_is_not_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", "svg", b"<svg></svg>")
    file = tmp_path / "key.svg"
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get("key", "svg") is None
    file.write_bytes(b"")
    assert cache.get("key", "svg") is None


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)
    cache.put("key", "svg", b"x")
    assert cache.get("key", "svg") is None


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "below")
    cache.put("key", "svg", b"x")
    assert cache.get("key", "svg") is None


def test_the_name_of_a_drawing_follows_its_content_and_not_its_order() -> None:
    one = key_of({"data": [1], "layout": {"a": 1, "b": 2}}, size=[1, 2], engine="4")
    assert key_of({"layout": {"b": 2, "a": 1}, "data": [1]}, engine="4", size=[1, 2]) == one
    assert key_of({"data": [1], "layout": {"a": 1, "b": 2}}, size=[1, 3], engine="4") != one
    assert key_of({"data": [1], "layout": {"a": 1, "b": 2}}, size=[1, 2], engine="5") != one


# --- a folder that does not grow for ever ---------------------------------------------------------------


def name(number: int) -> str:
    return key_of({"data": [number]})


def at(path: Path, seconds: float) -> None:
    """Have the file look as if it was last used then."""
    os.utime(path, (seconds, seconds))


def filled(folder: Path, count: int) -> list[Path]:
    """As many drawings of 1,000 bytes and their seals, each used a second after the one before."""
    cache = Cache(folder)
    paths = [folder / f"{name(number)}.svg" for number in range(count)]
    for number, path in enumerate(paths):
        cache.put(name(number), "svg", bytes(1000))
        at(path, 1_000_000 + number)
    return paths


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    paths = filled(tmp_path, 20)
    cache = Cache(tmp_path, limit=12_000)
    assert cache.get(name(0), "svg") == bytes(1000)
    cache.trim()
    left = [number for number, path in enumerate(paths) if path.exists()]
    assert left == [0, *range(11, 20)]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 12_000


def test_a_folder_within_its_limit_is_left_as_it_is(tmp_path: Path) -> None:
    paths = filled(tmp_path, 5)
    Cache(tmp_path, limit=5 * 1065).trim()
    assert all(path.exists() for path in paths)


def test_whoever_only_puts_stays_near_the_limit(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=20_000)
    for number in range(400):
        cache.put(name(number), "svg", bytes(1000))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 3 * 20_000
    assert cache.get(name(399), "svg") == bytes(1000)


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    for other in ("报告.svg", "notes.part", "a" * 63 + ".svg"):
        (tmp_path / other).write_bytes(bytes(5000))
        at(tmp_path / other, 1)
    filled(tmp_path, 3)
    Cache(tmp_path, limit=0).trim()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(("报告.svg", "notes.part", "a" * 63 + ".svg"))


def test_what_was_never_finished_goes_once_it_is_an_hour_older_than_the_newest(tmp_path: Path) -> None:
    (newest,) = filled(tmp_path, 1)
    old, young = tmp_path / ".jianbao-1.part", tmp_path / ".jianbao-2.part"
    for part, age in ((old, 3601), (young, 3599)):
        part.write_bytes(b"half")
        at(part, newest.stat().st_mtime - age)
    Cache(tmp_path).trim()
    assert (old.exists(), young.exists(), newest.exists()) == (False, True, True)


def test_a_drawing_that_may_only_be_read_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.put("key", "svg", b"x")

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert cache.get("key", "svg") == b"x"


def test_a_folder_that_is_gone_is_no_reason_to_stop(tmp_path: Path) -> None:
    Cache(tmp_path / "none").trim()
    Cache(None).trim()


BUSY = """
import sys
from pathlib import Path
from digest.charts.cache import Cache, key_of

cache = Cache(Path(sys.argv[1]), limit=50_000)
hits = 0
for turn in range(600):
    number = turn % 10 if turn % 3 else (turn * 7 + int(sys.argv[2])) % 120  # ten that are wanted again and again
    key, drawing = key_of({"data": [number]}), str(number).encode() * 500
    found = cache.get(key, "svg")
    assert found in (None, drawing), number
    hits += found is not None
    if found is None:
        cache.put(key, "svg", drawing)
    if turn % 50 == 0:
        cache.trim()
print(hits)
"""


def test_processes_share_a_folder_and_none_sees_half_a_drawing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    both = [subprocess.Popen([*command, start], stdout=subprocess.PIPE, text=True) for start in ("0", "3")]
    hits = [int(process.communicate(timeout=120)[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert all(count > 0 for count in hits)
    Cache(tmp_path, limit=50_000).trim()
    files = list(tmp_path.iterdir())
    assert {path.suffix for path in files} == {".svg"}
    assert sum(path.stat().st_size for path in files) <= 50_000
