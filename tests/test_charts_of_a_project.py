"""Charts of every kind on their whole way: facts of a digest, declared in a part, printed on a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from digest import ChartSpec, Document, Fact, SeriesSpec, Source, check, generate_digest, parse_quantity
from digest.charts import known

if TYPE_CHECKING:
    from digest import Digest
    from digest.data.model import FactKind
    from tests.conftest import ReadPdf

SHOWN: Final = {
    "a": "30个", "b": "2700余个", "c": "20个", "d": "100个", "e": "50个", "r": "58.3%", "s": "62.1%", "t": "近60个",
}  # fmt: skip
PLACES: Final = ("济南", "青岛", "淄博")
NOW, BEFORE = SeriesSpec("今年", ("a", "t", "")), SeriesSpec("去年", ("c", "d", "e"), "earlier")
AIM: Final = SeriesSpec("全年目标", ("aim", "aim", "aim"), "target")
SERIES: Final = (NOW, replace(BEFORE, role="actual"))
FULL: Final = (SeriesSpec("今年", ("a", "c", "e")), SeriesSpec("去年", ("c", "d", "e")))
EVERY_KIND: Final = (
    ChartSpec("grouped", PLACES, (NOW, AIM), caption="柱形"),
    ChartSpec("stacked", PLACES, SERIES, caption="堆积"),
    ChartSpec(
        "shares", PLACES, (SeriesSpec("今年", ("a", "c", "e")), SeriesSpec("去年", ("c", "d", "e"))), caption="占比"
    ),
    ChartSpec("lines", PLACES, (NOW, BEFORE), caption="折线"),
    ChartSpec("bars_line", PLACES, (NOW, SeriesSpec("完成率", ("r", "s", ""))), caption="柱线"),
    ChartSpec(
        "bullets", PLACES[:1], (SeriesSpec("已完成", ("a",)), SeriesSpec("目标", ("aim",), "target")), caption="进度"
    ),
    ChartSpec("heat", PLACES, SERIES, caption="热力"),
    ChartSpec("slope", PLACES[:2], (SeriesSpec("共建", ("a", "c")), SeriesSpec("帮扶", ("c", "e"))), caption="斜率"),
    ChartSpec("small_lines", PLACES, SERIES, caption="折线小图"),
    ChartSpec("small_bars", PLACES, SERIES, caption="柱形小图"),
    ChartSpec("donut", facts=("a", "c", "e"), total="d", caption="环形"),
    ChartSpec("waterfall", facts=("e", "+a", "+c", "d"), caption="瀑布"),
    ChartSpec("funnel", facts=("d", "e", "c"), caption="漏斗"),
    ChartSpec("dots", facts=("a", "c", "d"), mean="e", caption="点"),
    ChartSpec("tiles", PLACES, facts=("a", "c", ""), caption="方块"),
)


def fact(key: str, shown: str, kind: FactKind = "stock") -> Fact:
    deadline = "2024-12" if kind == "target" else ""
    source = Source("more", f"{key}是{shown}")
    return Fact(key, "p", f"名{key}", parse_quantity(shown), kind, source, label=f"名{key}", deadline=deadline)


@pytest.fixture
def office(small: Digest) -> Digest:
    """A digest whose first section shows a chart of every kind, on facts of its own."""
    facts = (*(fact(key, shown) for key, shown in SHOWN.items()), fact("aim", "80个", "target"))
    told = "\n".join(one.source.quote for one in facts)
    (section,) = small.sections
    shown = replace(section.parts[0], text="见图。", narrate=(), strip=(), mechanisms=(), charts=EVERY_KIND)
    return replace(
        small,
        facts=(*small.facts, *facts),
        documents=(*small.documents, Document("more", "sources/more.txt", "另一份", told)),
        sections=(replace(section, parts=(*section.parts, shown)),),
    )


def test_every_kind_of_chart_is_printed_with_its_caption_and_the_words_of_its_facts(
    office: Digest, read_pdf: ReadPdf
) -> None:
    assert check(office).ok
    result = generate_digest(office)
    assert not [finding for finding in result.findings if finding.code.startswith("C")]
    text = read_pdf(bytes(result))
    for number, spec in enumerate(EVERY_KIND, 2):
        assert f"图{number}{spec.caption}" in text
    for shown in ("近60", "58.3%", "100个", "未报"):
        assert shown in text


def test_a_plotly_js_that_nobody_looked_at_is_told_beside_the_digest(
    office: Digest, small: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "plotly_js_version", lambda: "9.9.9")
    assert [finding.code for finding in generate_digest(office).findings if finding.code.startswith("C")] == ["C181"]
    assert not [finding for finding in generate_digest(small).findings if finding.code == "C181"]
