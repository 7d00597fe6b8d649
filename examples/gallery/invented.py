"""Invented values, written short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.quantity import parse_quantity
from digest.story.blocks import Caption, Chart
from digest.story.charts import Series, Share, Value

if TYPE_CHECKING:
    from digest.story.charts import AnyChart, Role

CITIES: Final = (
    *("济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁"),
    *("泰安", "威海", "日照", "临沂", "德州", "聊城", "滨州", "菏泽"),
)
MONTHS: Final = tuple(f"{month}月" for month in range(1, 13))


def value(text: str) -> Value:
    """A value as it was reported; `-` is none, and words without a digit say why nothing was."""
    if any(character.isdigit() for character in text):
        return Value(parse_quantity(text), text)
    return Value(None, text.removeprefix("-"))


def series(name: str, texts: str, role: Role = "actual") -> Series:
    """Values with blanks between them."""
    return Series(name, tuple(map(value, texts.split())), role)


def share(label: str, text: str) -> Share:
    """A named value."""
    return Share(label, value(text))


def shares(*pairs: tuple[str, str]) -> tuple[Share, ...]:
    """Named values."""
    return tuple(share(label, text) for label, text in pairs)


def figure(caption: str, chart: AnyChart, note: str = "") -> Chart:
    """A chart with its words; its number comes later."""
    return Chart(chart, Caption("", caption, note))
