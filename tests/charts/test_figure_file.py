from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.charts.figure_file import read_figure
from digest.errors import ChartError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"\xef\xbb\xbf" + '{"data": ["甲"]}'.encode())
    assert read_figure(path) == {"data": ["甲"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"data": [\n1 2]}', "第2行第3列：这里缺逗号"),
        (b"", "第1行第1列：这里缺一个值"),
        (b'{"data" 1}', "第1行第9列：这里缺冒号"),
        (b"{'data': 1}", "第1行第2列：这里应是双引号里的名字"),
        (b'{"data": "a', "第1行第10列：这里开始的字符串没有结束"),
        (b"{} {}", "第1行第4列：图已经完了"),
        ('{"data": "甲"}'.encode("gb18030"), "从第11个字节起不是 UTF-8"),
        (b"[" * 200_000, "太深"),
    ],
)
def test_what_is_no_json_is_told_with_its_place(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ChartError, match="C172") as caught:
        read_figure(path)
    assert caught.value.message.startswith(words) or words in caught.value.message
    assert "fig.write_json" in caught.value.hint


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match="C171 没有这个文件"):
        read_figure(tmp_path / "none.json")
    with pytest.raises(ChartError, match="C171 这是一个文件夹"):
        read_figure(tmp_path)
