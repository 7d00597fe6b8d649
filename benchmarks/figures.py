"""Twelve charts as several libraries draw them: bars, lines, heat maps and pies, with Chinese labels.

A chart is told once, as a `Plot`, and written as Plotly JSON, as Vega-Lite or on matplotlib's axes: the same data,
size, labels, legend and title. Looks are left to each library.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Kind = Literal["bar", "stack", "line", "area", "heat", "pie"]

WIDTH: Final = 440
HEIGHT: Final = 220
FAMILY: Final = "Noto Sans SC"

MONTHS: Final = tuple(f"{month}月" for month in range(1, 13))
CITIES: Final = ("省直机关", "江城市", "临湖县", "东山区", "西关街道", "南浦镇", "北岭乡", "开发区")
STATES: Final = ("已办结", "办理中", "未受理", "转其他部门")
WEEKDAYS: Final = ("周一", "周二", "周三", "周四", "周五")


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart by its data: one row of values for each name of `series`, one value for each label."""

    kind: Kind
    title: str
    labels: tuple[str, ...]
    series: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    unit: str = "件"


_SHAPES: Final[tuple[tuple[Kind, str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("bar", "各地受理数量", CITIES, ("受理",)),
    ("bar", "上下半年对比", CITIES, ("上半年", "下半年")),
    ("bar", "分月完成情况", MONTHS, ("计划", "完成", "超额")),
    ("stack", "各地办理状态", CITIES, STATES),
    ("line", "全年走势", MONTHS, ("来信", "来访", "网上")),
    ("line", "各地走势", MONTHS, CITIES),
    ("area", "累计投入", MONTHS, ("财政", "社会")),
    ("heat", "各地分月热力", MONTHS, CITIES),
    ("heat", "每周时段热力", tuple(f"{hour}时" for hour in range(8, 18)), WEEKDAYS),
    ("heat", "指标对照热力", STATES, CITIES),
    ("pie", "状态构成", STATES, ("件数",)),
    ("pie", "地区构成", CITIES, ("件数",)),
)


def plots(start: int, count: int) -> list[Plot]:
    """So many plots from the one of that number on; shapes come round every twelve, values never do."""
    return [_plot(number) for number in range(start, start + count)]


def _plot(number: int) -> Plot:
    kind, title, labels, series = _SHAPES[number % len(_SHAPES)]
    values = tuple(
        tuple(5 + (number * 7919 + row * 131 + column * 37) % 89 + 0.5 * (row % 2) for column in range(len(labels)))
        for row in range(len(series))
    )
    return Plot(kind, f"{title}（第{number + 1}图）", labels, series, values)


def as_plotly(plot: Plot) -> dict[str, Any]:
    """Plotly JSON."""
    layout: dict[str, Any] = {
        "width": WIDTH,
        "height": HEIGHT,
        "title": {"text": plot.title},
        "font": {"family": FAMILY, "size": 9.5},
        "yaxis": {"title": {"text": plot.unit}},
        "showlegend": len(plot.series) > 1 or plot.kind == "pie",
        "margin": {"l": 56, "r": 12, "t": 34, "b": 44},
    }
    rows = list(zip(plot.series, map(list, plot.values), strict=True))
    labels = list(plot.labels)
    match plot.kind:
        case "bar" | "stack":
            data: list[dict[str, Any]] = [{"type": "bar", "name": name, "x": labels, "y": row} for name, row in rows]
            layout["barmode"] = "stack" if plot.kind == "stack" else "group"
        case "line":
            data = [
                {"type": "scatter", "mode": "lines+markers", "name": name, "x": labels, "y": row} for name, row in rows
            ]
        case "area":
            data = [
                {"type": "scatter", "mode": "lines", "stackgroup": "all", "name": name, "x": labels, "y": row}
                for name, row in rows
            ]
        case "heat":
            data = [{"type": "heatmap", "x": labels, "y": list(plot.series), "z": [row for _, row in rows]}]
            layout |= {"showlegend": False, "yaxis": {}}
        case "pie":
            data = [{"type": "pie", "labels": labels, "values": rows[0][1]}]
    return {"data": data, "layout": layout}


def as_vega_lite(plot: Plot) -> dict[str, Any]:
    """A Vega-Lite specification."""
    rows = [
        {"label": label, "series": name, "value": value}
        for name, values in zip(plot.series, plot.values, strict=True)
        for label, value in zip(plot.labels, values, strict=True)
    ]
    x = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    y = {"field": "value", "type": "quantitative", "title": plot.unit}
    color = {"field": "series", "type": "nominal", "sort": None, "title": None}
    if len(plot.series) == 1:
        color["legend"] = None
    match plot.kind:
        case "bar":
            mark: Any = "bar"
            encoding: dict[str, Any] = {"x": x, "y": y, "color": color, "xOffset": {"field": "series", "sort": None}}
        case "stack":
            mark, encoding = "bar", {"x": x, "y": y, "color": color}
        case "line":
            mark, encoding = {"type": "line", "point": True}, {"x": x, "y": y, "color": color}
        case "area":
            mark, encoding = "area", {"x": x, "y": {**y, "stack": True}, "color": color}
        case "heat":
            names = {"field": "series", "type": "nominal", "sort": None, "title": None}
            mark, encoding = "rect", {"x": x, "y": names, "color": {**y, "title": None}}
        case "pie":
            slices = {"field": "label", "type": "nominal", "sort": None, "title": None}
            mark, encoding = "arc", {"theta": {"field": "value", "type": "quantitative"}, "color": slices}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH - 120,
        "height": HEIGHT - 70,
        "title": plot.title,
        "data": {"values": rows},
        "mark": mark,
        "encoding": encoding,
        "config": {"font": FAMILY, "axis": {"labelFontSize": 9.5}},
    }


def on_axes(plot: Plot, figure: Figure) -> None:
    """The plot on one pair of axes of a matplotlib figure."""
    axes: Any = figure.subplots()
    axes.set_title(plot.title)
    places = list(range(len(plot.labels)))
    ground = [0.0] * len(places)
    share = 0.8 / len(plot.series)
    match plot.kind:
        case "heat":
            image = axes.imshow(plot.values, aspect="auto")
            axes.set_yticks(range(len(plot.series)), plot.series)
            figure.colorbar(image)
        case "pie":
            axes.pie(plot.values[0], labels=plot.labels, autopct="%.0f%%")
        case "area":
            axes.stackplot(places, plot.values, labels=plot.series)
        case _:
            for number, (name, row) in enumerate(zip(plot.series, plot.values, strict=True)):
                if plot.kind == "line":
                    axes.plot(places, row, marker="o", label=name)
                elif plot.kind == "stack":
                    axes.bar(places, row, bottom=ground, label=name)
                    ground = [below + value for below, value in zip(ground, row, strict=True)]
                else:
                    axes.bar([place + (number + 0.5) * share - 0.4 for place in places], row, share, label=name)
    if plot.kind not in ("heat", "pie"):
        axes.set_ylabel(plot.unit)
        if len(plot.series) > 1:
            axes.legend()
    if plot.kind != "pie":
        axes.set_xticks(places, plot.labels)
