"""Charts as values (图): what is compared, in the exact words it was reported in.

Nothing here says how a chart looks; that is the room of charts. Every value keeps its quantity with all it does not
know (余, 近), or none where nobody reported one: a missing value is never nought. Categories stand in the order given,
which is the official one, unless a chart says that it sorts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from digest.data.quantity import Quantity
    from digest.findings import Place


@dataclass(frozen=True, slots=True)
class Value:
    """A reported number: its quantity, the words it is printed in, and the id of the fact it comes from.

    Without a quantity nobody reported one; `display` may then say so (`未报`).
    """

    quantity: Quantity | None = None
    display: str = ""
    fact: str = ""


MISSING = Value()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, the quantity (with bounds) and the exact words it was reported in."""

    label: str
    quantity: Quantity
    display: str
    fact: str


@dataclass(frozen=True, slots=True)
class BarPanel:
    """Bars of one unit on one axis, from zero."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class BarChart:
    """One to three panels of horizontal bars side by side, each with an axis of its own."""

    panels: tuple[BarPanel, ...]


@dataclass(frozen=True, slots=True)
class PlotlyChart:
    """A Plotly figure of the user's own: `go.Figure`, or Plotly JSON (`data`, `layout`) as a mapping.

    `place` is the project's file it stands in.
    """

    figure: Any
    alt: str = ""
    place: Place | None = None


Role = Literal["actual", "earlier", "target"]
"""What a series says: what was reported, the same a year before (同比), or what is to be reached."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one name, one for each category or period."""

    name: str
    values: tuple[Value, ...]
    role: Role = "actual"


@dataclass(frozen=True, slots=True)
class GroupedBars:
    """Upright bars of several series by category (各市): side by side, one upon another, or as shares of the whole.

    `targets` are marks to be reached, one a category, and only where bars stand side by side.
    """

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    together: Literal["grouped", "stacked", "shares"] = "grouped"
    targets: Series | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """Values over time: one line a series, with a gap where nobody reported. An `earlier` series is the 同比 line."""

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class BarsAndLine:
    """Bars over time with a line on a second axis (项目数 and 完成率)."""

    periods: tuple[str, ...]
    bars: Series
    line: Series
    unit: str
    line_unit: str


@dataclass(frozen=True, slots=True)
class Bullet:
    """What was reached of what is to be reached by `deadline`; with no `reached` the target is set and nothing said."""

    label: str
    reached: Value
    target: Value
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Progress against targets, a row each; `elapsed` is how much of the time is over (时序进度), `elapsed_words` says
    so (`时序进度58.3%`).
    """

    rows: tuple[Bullet, ...]
    elapsed: Fraction | None = None
    elapsed_words: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Donut:
    """Two to six parts of a whole in a ring; the whole stands in its middle, under its `name` (收集问题).

    A total with a number tells what no part was reported for; without one the parts must be all there is.
    """

    parts: tuple[Share, ...]
    total: Value
    name: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A table of cells (市 by month), darker where more; `values` holds a tuple for each row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Change:
    """The same thing before and after; `stressed` is drawn dark among the others."""

    label: str
    before: Value
    after: Value
    stressed: bool = False


@dataclass(frozen=True, slots=True)
class Slope:
    """Lines from one period to another, one a thing."""

    before: str
    after: str
    changes: tuple[Change, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a waterfall: what comes in (`+`) or goes out (`-`); its words as reported."""

    label: str
    value: Value
    sign: Literal["+", "-"]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From an opening number by steps to a closing one (期初、新增、销号、期末), which the steps must amount to."""

    opening: Share
    steps: tuple[Step, ...]
    closing: Share
    unit: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """What is left from stage to stage (征集、认领、办结), widest first."""

    stages: tuple[Share, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Dots:
    """A ranking: a dot each on one scale, sorted from the largest; `mean` is a line across with its words."""

    dots: tuple[Share, ...]
    unit: str
    mean: Share | None = None
    stressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The same small chart for every part (各市), all on the same axes, so that they can be compared.

    Series of one name and of unlike roles (济南, this year and a year before) stand in one chart.
    """

    periods: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    kind: Literal["line", "bar"] = "line"


@dataclass(frozen=True, slots=True)
class TileMap:
    """A square for every city, about where it lies; `grid` holds names by row, an empty one for a gap.

    Without a grid the sixteen cities of 山东 stand where they stand in `charts/kinds/tiles.py`.
    """

    values: tuple[Share, ...]
    unit: str
    grid: tuple[tuple[str, ...], ...] = ()


AnyChart = (
    BarChart
    | PlotlyChart
    | GroupedBars
    | Lines
    | BarsAndLine
    | Bullets
    | Donut
    | HeatMap
    | Slope
    | Waterfall
    | Funnel
    | Dots
    | SmallMultiples
    | TileMap
)
