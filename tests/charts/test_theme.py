from __future__ import annotations

from typing import Any

from digest.charts.theme import hex_of, template
from digest.drawing import hex_color
from digest.style import BRIEFING


def sizes(value: Any) -> list[float]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [size for inner in value for size in sizes(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["font"]["size"]] if "size" in value.get("font", {}) else []
    own += [value["tickfont"]["size"]] if "tickfont" in value else []
    return own + [size for inner in value.values() for size in sizes(inner)]


def test_no_words_are_set_under_eight_points() -> None:
    found = sizes(template(BRIEFING))
    assert found
    assert min(found) >= 8


def test_series_take_the_colours_of_the_page() -> None:
    assert template(BRIEFING)["layout"]["colorway"][0] == hex_of(BRIEFING.palette.deep) == "#1f3a5f"
    assert hex_color(hex_of(hex_color("#B07A00"))) == hex_color("#B07A00")
