"""Charts in short (简写): what may be said, and what keeps one from being spread over the book.

D105 no such metric or member   D330 what is to be drawn, or along what, is not said
D107 no such aspect or shift   D331 more than one chart can show
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from digest.data.aspects import ASPECT_OF
from digest.data.charts import IN_A_ROW
from digest.data.schema import inside, nested, unknown
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from digest.data.book import Book
    from digest.data.model import ChartSpec, Short
    from digest.data.over_time import Basis

ALL: Final = "全部"
SHIFTS: Final[dict[str, Basis]] = {"上年": "year_on_year", "上期": "on_last_period"}


def short_faults(spec: ChartSpec, short: Short, book: Book, *, many: bool) -> Iterator[Finding]:
    """What keeps a chart from being spread."""
    place = spec.place or Place("")
    own = [(one.short, nested(place, "series", n)) for n, one in enumerate(spec.series, 1) if one.short]
    yield from _strangers(short, place, book, ("metrics", "members"))
    for series, where in own:
        yield from _strangers(series, where, book, ("metric", "member"))
    told = bool(short.metrics)
    if not told and (not own or any(not series.metrics for series, _ in own)):
        hint = '请写 metric = "…"，可用的指标见 [[metric]]'
        yield Finding("D330", "error", "没有写明画哪个指标", inside(place, "metric"), hint=hint)
    one_by_one = spec.kind in IN_A_ROW or spec.kind in {"bullets", "slope"}
    if spec.series and one_by_one:
        hint = "指标写在图上：metric 或 metrics"
        yield Finding("D331", "error", "这种图的简写不分数列", inside(place, "series"), hint=hint)
    if not short.months and not short.members and (spec.series or not told):
        hint = f'如 months = 13，或 members = ["{ALL}"]'
        yield Finding("D330", "error", "没有写明按月份还是按成员展开", place, hint=hint)
    if many and len(short.metrics) > 1 and (short.months or one_by_one) and not spec.series:
        message = "几个成员和几个指标，一幅图画不下"
        yield Finding("D331", "error", message, place, hint="成员和指标请只写一种，或分成几幅图")
    if short.shift and (spec.series or (one_by_one and spec.kind != "slope")):
        hint = "请在一列 series 里写 shift" if spec.series else "同期请用柱形图、折线图或斜率图"
        yield Finding("D331", "error", "这里不能写 shift", inside(place, "shift"), hint=hint)


def _strangers(short: Short, place: Place, book: Book, keys: tuple[str, str]) -> Iterator[Finding]:
    """Names that nothing goes by, each with the nearest that something does."""
    checks: tuple[tuple[str, str, Iterable[str], str, Iterable[str]], ...] = (
        ("D105", "指标", short.metrics, keys[0], book.metrics),
        ("D105", "成员", short.members, keys[1], (ALL, book.whole, *book.roster, *book.apart)),
        ("D107", "口径", filter(None, [short.aspect]), "aspect", ASPECT_OF),
        ("D107", "对照", filter(None, [short.shift]), "shift", SHIFTS),
    )
    for code, what, names, key, known in checks:
        yield from (unknown(code, what, one, known, inside(place, key)) for one in names if one not in known)
