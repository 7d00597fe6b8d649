"""What a digest asks of its book: facts where there are any, and what stands where there are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.addressed import addressed, words_of
from digest.data.asked_for import with_facts_asked_for
from digest.data.load import load
from digest.data.model import (
    AsOf,
    ChartSpec,
    Digest,
    Header,
    Panel,
    Part,
    PlotlySpec,
    Section,
    SeriesSpec,
)
from digest.data.provenance import check_digest
from tests.data.books import PROGRAMS, sample_book

REFUSED = "slgj.villages@枣庄.yoy"  # 枣庄 had none the year before
TOLD = "slgj.villages@济南.yoy"


def digest(*parts: Part, **header: object) -> Digest:
    sections = (Section("双联共建", ("slgj",), parts),)
    made = Digest(Header("工作简报", **header), sections, PROGRAMS, (), period="2026-10", book=sample_book())  # type: ignore[arg-type]
    return with_facts_asked_for(made)


def ids(made: Digest) -> list[str]:
    return [fact.id for fact in made.facts]


@pytest.mark.parametrize(
    "part",
    [
        Part(text=f"同比{{{TOLD}}}。"),
        Part(strip=(TOLD,)),
        Part(targets=(TOLD,)),
        Part(panels=(Panel((TOLD,)),)),
        Part(plotly=(PlotlySpec({}, "图", facts=(TOLD,)),)),
        Part(charts=(ChartSpec("grouped", ("济南",), (SeriesSpec("联建村", (TOLD,)),)),)),
        Part(charts=(ChartSpec("dots", facts=(TOLD,)),)),
        Part(charts=(ChartSpec("waterfall", facts=(f"+{TOLD}",)),)),
    ],
)
def test_wherever_an_id_of_the_book_stands_its_fact_is_there(part: Part) -> None:
    made = digest(part)
    assert ids(made) == [TOLD]
    assert made.findings == ()
    assert made.sections[0].parts == (part,)


def test_headlines_ask_for_both_of_a_pair() -> None:
    assert ids(digest(headlines=("slgj.villages@济南/slgj.villages",))) == ["slgj.villages@济南", "slgj.villages"]


def test_a_fact_is_there_once_however_often_it_is_asked_for() -> None:
    made = digest(Part(text=f"{{{TOLD}}}，{{{TOLD}}}"), Part(strip=(TOLD,)))
    assert ids(made) == [TOLD]
    assert with_facts_asked_for(made) == made


def test_a_text_says_why_in_short_and_a_finding_in_full() -> None:
    made = digest(Part(text=f"同比{{{REFUSED}}}，照印{{{{{REFUSED}}}}}。"))
    assert made.sections[0].parts[0].text == f"同比{{=无可比数}}，照印{{{{{REFUSED}}}}}。"
    (doubt,) = made.findings
    assert (doubt.code, doubt.severity) == ("D309", "warning")
    assert "基数“0个”是零" in doubt.message
    assert made.facts == ()


def test_what_is_asked_for_twice_is_told_once() -> None:
    assert len(digest(Part(text=f"{{{REFUSED}}}"), Part(strip=(REFUSED,))).findings) == 1


def test_a_strip_has_a_dash_that_counts_nothing() -> None:
    (fact,) = digest(Part(strip=(REFUSED,))).facts
    assert (str(fact.quantity), fact.missing, fact.wording) == ("—", "无可比数", "同比无可比数")
    assert fact.label == "联建村同比"


def test_a_word_that_the_number_would_have_brought_is_there_without_it() -> None:
    made = digest(Part(text=f"联建村{{{REFUSED}}}，环比{{slgj.villages@枣庄:2025-01.mom}}。"))
    assert made.sections[0].parts[0].text == "联建村{=同比无可比数}，环比{=无可比数}。"


def test_a_series_has_a_gap() -> None:
    chart = ChartSpec("grouped", ("济南", "枣庄"), (SeriesSpec("同比", (TOLD, REFUSED)),))
    (drawn,) = digest(Part(charts=(chart,))).sections[0].parts[0].charts
    assert drawn.series[0].facts == (TOLD, "")


def test_a_row_is_shorter_and_its_names_with_it() -> None:
    chart = ChartSpec("dots", ("济南", "枣庄"), facts=(TOLD, REFUSED), mean=REFUSED)
    (drawn,) = digest(Part(charts=(chart,))).sections[0].parts[0].charts
    assert (drawn.facts, drawn.categories, drawn.mean) == ((TOLD,), ("济南",), "")


@pytest.mark.parametrize("kind", ["donut", "waterfall", "funnel"])
def test_parts_of_one_whole_are_not_drawn_without_one_of_them(kind: str) -> None:
    chart = ChartSpec(kind, facts=(TOLD, REFUSED))  # type: ignore[arg-type]
    assert digest(Part(charts=(chart,))).sections[0].parts[0].charts == ()


def test_a_chart_of_nothing_is_not_drawn() -> None:
    chart = ChartSpec("grouped", ("枣庄",), (SeriesSpec("同比", (REFUSED,)),))
    assert digest(Part(charts=(chart,))).sections[0].parts[0].charts == ()


def test_ids_that_nobody_knows_are_told_of_elsewhere() -> None:
    made = digest(Part(text="{nobody.knows}"))
    assert made.findings == ()
    assert "F303" in [finding.code for finding in check_digest(made)]


def test_what_the_book_tells_has_a_source() -> None:
    made = digest(Part(strip=("slgj.villages", "slgj.villages.yoy", "slgj.funds.completion", REFUSED)))
    assert [finding for finding in check_digest(made) if finding.severity == "error"] == []


def test_a_digest_without_a_book_is_left_as_it_is() -> None:
    plain = Digest(Header("工作简报"), (), (), ())
    assert with_facts_asked_for(plain) is plain
    assert load(plain) is plain


# --- for whom and of when -----------------------------------------------------------------------------


def test_period_member_and_day_stand_in_titles_and_texts() -> None:
    part = Part("{member}情况", "截至{as_of}，{period}，照印{{period}}。", caption="{period}", note="{other}")
    made = addressed(replace(digest(part, title="{period}{member}"), sections=(Section("{member}", (), (part,)),)))
    done = made.sections[0].parts[0]
    assert (made.header.title, made.sections[0].title) == ("2026年10月全省", "全省")
    assert (done.title, done.caption, done.note) == ("全省情况", "2026年10月", "{other}")
    assert done.text == "截至{=2026年10月底}，{=2026年10月}，照印{{period}}。"


def test_the_day_is_the_one_the_tables_say() -> None:
    book = sample_book()
    said = {
        key: replace(one, as_of=AsOf("2026-10-25")) if one.period == book.period else one
        for key, one in book.observations.items()
    }
    assert words_of(replace(digest(), book=replace(book, observations=said)))["as_of"] == "2026年10月25日"


@pytest.mark.parametrize(
    ("period", "as_of"), [("2026-10", "2026年10月底"), ("2026-Q3", "2026年9月底"), ("2026", "2026年12月底")]
)
def test_without_one_it_is_the_end_of_the_period(period: str, as_of: str) -> None:
    assert words_of(Digest(Header("工作简报"), (), (), (), period=period))["as_of"] == as_of


@pytest.mark.parametrize(("audience", "of_whole", "of_member"), [("all", 1, 1), ("whole", 1, 0), ("members", 0, 1)])
def test_sections_and_parts_are_for_their_readers(audience: str, of_whole: int, of_member: int) -> None:
    section = Section("双联共建", (), (Part(audience=audience),))  # type: ignore[arg-type]
    whole = replace(digest(), sections=(section, replace(section, audience=audience, parts=())))  # type: ignore[arg-type]
    own = replace(whole, book=sample_book().for_member("济南"))
    for made, count in ((whole, of_whole), (own, of_member)):
        done = addressed(made)
        assert len(done.sections) == 1 + count
        assert len(done.sections[0].parts) == count
