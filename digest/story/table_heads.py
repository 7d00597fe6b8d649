"""Table heads (表头): what the columns of a table over the book are called, with units, on one level or two."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from digest.data.aspects import CALLED, unit_of
from digest.story.blocks import Column, HeadCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.data.book import Aspect, Metric
    from digest.data.period import Period
    from digest.story.blocks import Align


class Title(NamedTuple):
    """What a column is of: an aspect of a metric; of those its rows name, where `metric` is None; or `words` alone."""

    words: str = ""
    metric: Metric | None = None
    aspect: Aspect = "value"
    align: Align = "decimal"


def heads(titles: Sequence[Title], period: Period) -> tuple[tuple[Column, ...], tuple[tuple[HeadCell, ...], ...]]:
    """The columns, and the levels of their head; no levels where no metric has two columns side by side."""
    columns = tuple(Column(_alone(title, period), align=title.align) for title in titles)
    groups = [(metric, list(group)) for metric, group in groupby(titles, lambda title: title.metric)]
    if all(metric is None or len(group) == 1 for metric, group in groups):
        return columns, ()
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for metric, group in groups:
        if metric is None or len(group) == 1:
            upper += (HeadCell(_alone(title, period), down=2) for title in group)
            continue
        upper.append(HeadCell(_with_unit(metric.name, metric.unit), across=len(group)))
        lower += (HeadCell(_below(title, metric, period)) for title in group)
    return columns, (tuple(upper), tuple(lower))


def _alone(title: Title, period: Period) -> str:
    """The title of a column with nothing above it: 投入资金同比（%）."""
    if title.words:
        return title.words
    if title.metric is None:
        rates = {"yoy", "mom", "completion", "elapsed", "share", "contribution"}
        word = _this(period) if title.aspect in {"value", "alone"} else CALLED[title.aspect]
        return _with_unit(word, "%" if title.aspect in rates else "百分点" if title.aspect == "pace" else "")
    aspect = "cumulative" if title.aspect == "value" and title.metric.reach == "cumulative" else title.aspect
    told = title.metric.name if aspect == "value" else f"{title.metric.name}{CALLED[aspect]}"
    return _with_unit(told, unit_of(title.metric, aspect))


def _below(title: Title, metric: Metric, period: Period) -> str:
    """The same under the name of its metric, whose unit stands there already."""
    unit = unit_of(metric, title.aspect)
    word = CALLED[title.aspect]
    if title.aspect == "value" and metric.kind != "stock":
        word = CALLED["cumulative"] if metric.reach == "cumulative" else _this(period)
    return _with_unit(word, unit if unit != metric.unit or title.aspect in {"yoy", "mom", "share"} else "")


def _this(period: Period) -> str:
    return "本月" if period.month else "本季" if period.quarter else "本年"


def _with_unit(words: str, unit: str) -> str:
    return f"{words}（{unit}）" if unit else words
