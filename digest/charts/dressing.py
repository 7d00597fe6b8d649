"""A figure of somebody's own in the dress of the page: what a template cannot say.

Type of less than eight points is raised and faces we have not are changed for ours; series that say nothing of it get a
second sign beside their colour, so that a grey print tells them apart as well; long names of categories are broken at
word ends and not turned. Whatever else the figure says itself stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from digest.charts.categories import with_labels
from digest.charts.edges import with_room, with_upright_titles
from digest.charts.former import in_our_colors
from digest.charts.series import told_apart_series
from digest.charts.theme import LEAST, family_of, series_colors, template

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.style import Style


def dressed(figure: dict[str, Any], style: Style, width: float, height: float) -> dict[str, Any]:
    """A figure of plain JSON values in our template instead of its own, dressed for a picture of that size."""
    figure = _in_our_type(in_our_colors(figure, series_colors(style)))
    data, layout = figure["data"], figure["layout"]
    data = told_apart_series(data, layout, style)
    layout = with_room(data, with_labels(data, with_upright_titles(layout), width, height))
    return {"data": data, "layout": {**layout, "template": template(style), "width": width, "height": height}}


def _in_our_type(value: Any, key: str = "") -> Any:  # noqa: ANN401 - JSON has no better type
    """The same with every font in a face that we have, upright, of eight points at least."""
    if isinstance(value, list):
        return [_in_our_type(inner) for inner in value]
    if isinstance(value, str):
        return _ITALIC.sub("", value) if "<" in value else value
    if not isinstance(value, dict):
        return value
    if key.endswith("font"):
        return {name: _SAID.get(name, _same)(inner) for name, inner in value.items() if name != "style"}
    return {name: _in_our_type(inner, name) for name, inner in value.items()}


def _size(value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, list):
        return [_size(inner) for inner in value]
    return max(value, LEAST) if isinstance(value, (int, float)) else value


def _family(value: Any) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, list):
        return [_family(inner) for inner in value]
    return family_of(value) if isinstance(value, str) else value


def _same(value: Any) -> Any:  # noqa: ANN401 - the same
    return value


_SAID: Final[dict[str, Callable[[Any], Any]]] = {"size": _size, "family": _family}
_ITALIC: Final = re.compile(r"</?(?:i|em)>", re.IGNORECASE)  # Chinese has no italics, our faces have none
