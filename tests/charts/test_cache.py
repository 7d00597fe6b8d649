from __future__ import annotations

from typing import TYPE_CHECKING

from digest.charts.cache import Cache, key_of

if TYPE_CHECKING:
    from pathlib import Path


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
