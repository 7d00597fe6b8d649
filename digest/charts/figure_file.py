"""A figure from its file: the JSON that `fig.write_json` makes."""

from __future__ import annotations

import errno
import json
from typing import TYPE_CHECKING, Final

from digest.errors import ChartError

if TYPE_CHECKING:
    from pathlib import Path

ACCEPTED: Final = "要用 fig.write_json 存出来的那种 JSON：一个对象，里面有 data 和 layout，UTF-8 编码"

# What the parser says in English (as its sentence begins), and how we say it.
REASONS: Final = (
    ("Expecting property name", "这里应是双引号里的名字"),
    ("Expecting ',' delimiter", "这里缺逗号或右括号"),
    ("Expecting ':' delimiter", "这里缺冒号"),
    ("Expecting value", "这里缺一个值"),
    ("Unterminated string", "这里开始的字符串没有结束"),
    ("Extra data", "图已经完了，后面还有东西"),
    ("Illegal trailing comma", "括号前多了一个逗号"),
    ("Invalid control character", "字符串里有控制字符，换行要写成 \\n"),
    ("Invalid", "反斜杠后面的写法不对"),
)


def read_figure(path: Path) -> object:
    """What the file holds, not looked at yet (`plain_figure` does).

    `ChartError`: C171 the file cannot be read, C172 it is no JSON, with line and column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reasons = {errno.ENOENT: "没有这个文件", errno.EISDIR: "这是一个文件夹", errno.EACCES: "没有读取权限"}
        message = reasons.get(error.errno or 0, f"读不了：{error.strerror}")
        raise ChartError(message, code="C171", hint=ACCEPTED) from error
    except UnicodeDecodeError as error:
        message = f"从第{error.start + 1}个字节起不是 UTF-8"
        raise ChartError(message, code="C172", hint=ACCEPTED) from error
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = next((chinese for english, chinese in REASONS if error.msg.startswith(english)), error.msg)
        message = f"第{error.lineno}行第{error.colno}列：{reason}"
        raise ChartError(message, code="C172", hint=ACCEPTED) from error
    except RecursionError as error:
        message = "一层套一层，太深了"
        raise ChartError(message, code="C172", hint=ACCEPTED) from error
