"""Which keys and words a figure may hold: plotly.js passes over what it does not know without a sound, we do not.

`accepted.json` is plotly's own schema in short, written by `scripts/build_chart_keys.py`.
"""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Shape = dict[str, int] | list[int] | list[str] | None
"""What a key may hold: an object of keys, a list of such objects, one of some words (several after `+`), anything."""

_SUBPLOT: Final = re.compile(r"(coloraxis|geo|legend|map|polar|scene|smith|ternary|xaxis|yaxis)(?:[2-9]|[1-9]\d+)")
_TABLE: Final[dict[str, Any]] = json.loads(
    resources.files("digest.charts").joinpath("accepted.json").read_text(encoding="utf-8")
)
_SHAPES: Final[list[Shape]] = _TABLE["shapes"]
TRACES: Final = frozenset(_TABLE["traces"])
"""Every kind of trace there is."""

_LONGEST: Final = 30  # characters of a wrong value shown
_SHOWN: Final = 6  # words listed where none is near
_JOINT: Final = re.compile(r"([a-z]+)_(.+)")  # marker_color, as Python writes it


def strangers(figure: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Keys and words of a figure of plain JSON values that plotly.js would pass over: the place, what is wrong."""
    for number, trace in enumerate(figure["data"]):
        kind = _TABLE["traces"].get(trace.get("type", "scatter"))
        if kind is not None:
            yield from _object(trace, kind, f"data[{number}]")
    yield from _object(figure["layout"], _TABLE["layout"], "layout")


def _object(value: Mapping[str, Any], shape: int, where: str) -> Iterator[tuple[str, str]]:
    keys = cast("dict[str, int]", _SHAPES[shape])
    for key, inner in value.items():
        subplot = _SUBPLOT.fullmatch(key) if where == "layout" else None
        name = subplot.group(1) if subplot else key
        if name in keys:
            yield from _value(inner, keys[name], f"{where}.{key}")
        elif f"{where}.{key}" != "layout.template" and (key != "type" or "." in where):  # not of plotly's schema
            yield f"{where}.{key}", f"没有这个键：“{key}”，{_nearest(key, keys)}"


def _value(value: object, shape: int, where: str) -> Iterator[tuple[str, str]]:
    form = _SHAPES[shape]
    if isinstance(form, dict):
        if isinstance(value, dict):
            yield from _object(value, shape, where)
        else:
            yield where, f"要是一个对象，却是 {_short(value)}"
    elif form and isinstance(form[0], int):
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _value(item, form[0], f"{where}[{number}]")
    elif form:
        yield from _word(value, cast("list[str]", form), where)


def _word(value: object, words: list[str], where: str) -> Iterator[tuple[str, str]]:
    """Only texts are looked at: numbers and truths of a list of words are plotly.js's own matter."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _word(item, words, f"{where}[{number}]")
    elif isinstance(value, str):
        said = value.split("+") if words[0] == "+" else [value]
        for word in said:
            if not any(_fits(word, known) for known in words):
                yield where, f"不能写“{_short(value)}”，{_nearest(word, words)}"
                return


def _fits(word: str, known: str) -> bool:
    """Whether that is the word, or of its pattern: `/^x([2-9]|[1-9][0-9]+)?$/`."""
    if len(known) > 1 and known.startswith("/") and known.endswith("/"):
        return re.search(known[1:-1], word) is not None
    return word == known


def _nearest(word: str, known: Iterable[str]) -> str:
    words = [one for one in known if one not in ("+", "") and not one.startswith("/^")]
    joint = _JOINT.fullmatch(word)
    if joint and joint.group(1) in words:
        return f"请一层套一层写：{joint.group(1)} 里的 {joint.group(2)}"
    near = get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return f"最接近的是“{near[0]}”"
    return f"可以写 {'、'.join(words[:_SHOWN])}{'等' if len(words) > _SHOWN else ''}"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
