"""Plotly figures of an office's own, as JSON files in the project (自绘图)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from digest.data import schema
from digest.data.documents import find_file
from digest.data.model import PlotlySpec
from digest.data.tables import decode
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.schema import Taken


def read_plots(part: Taken, folder: Path, period: str, seen: list[Finding]) -> tuple[PlotlySpec, ...]:
    """The figures that a part names; what is wrong with their files is put to `seen` (D101 to D103, D109, D112).

    Whether Plotly can draw what they hold is for the room of charts to tell.
    """
    read = (_plot(taken, folder, period, seen) for taken in schema.take_each(part, "plotly", schema.PLOTLY, seen))
    return tuple(spec for spec in read if spec is not None)


def _plot(taken: Taken, folder: Path, period: str, seen: list[Finding]) -> PlotlySpec | None:
    name = taken.text("file").replace("{period}", period)
    path = find_file(folder, name, taken.where("file"), seen) if name else None
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"文件不能读取：“{name}”（{error.strerror}）"
        seen.append(Finding("D109", "error", message, taken.where("file"), name, "请检查权限"))
        return None
    text, notes = decode(data, name)
    seen += notes
    if any(note.severity == "error" for note in notes):
        return None
    figure = _figure(text, name, seen)
    if figure is None:
        return None
    return PlotlySpec(
        figure,
        taken.text("caption"),
        source=taken.text("source"),
        alt=taken.text("alt"),
        facts=taken.texts("facts"),
        place=Place(name),
    )


def _figure(text: str, name: str, seen: list[Finding]) -> dict[str, object] | None:
    """The object that the file holds; D112 where it is no JSON, or something else than an object."""
    hint = "请用 Plotly 写出的 JSON，如 fig.write_json(…)"
    try:
        figure: object = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        place = Place(name, "", f"第{error.lineno}行第{error.colno}列")
        seen.append(Finding("D112", "error", f"不是 JSON：{error.msg}", place, hint=hint))
    except (RecursionError, ValueError):  # nested without end, a number of thousands of digits
        seen.append(Finding("D112", "error", "不是能读的 JSON：套得太深，或数字太长", Place(name), hint=hint))
    else:
        if isinstance(figure, dict):
            return figure
        seen.append(Finding("D112", "error", "文件里不是一个对象", Place(name), hint=hint))
    return None
