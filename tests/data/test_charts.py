"""Charts as a project declares them: what is read, and all that keeps one from being drawn as it is declared."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest

from digest.data.charts import IN_A_ROW, KINDS, check_chart, keys_of, named_facts, read_charts, share_of
from digest.data.load import load
from digest.data.model import ChartKind, ChartSpec, Digest, Fact, Header, Part, Program, Section, SeriesSpec, Source
from digest.data.provenance import check_digest
from digest.data.quantity import parse_quantity
from digest.data.schema import Taken
from digest.data.starter import init_project
from digest.errors import DataError
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Place("digest.toml", "section[1].part[1]")
IN_SERIES = [name for name, kind in KINDS.items() if kind not in IN_A_ROW]


def read(text: str) -> tuple[tuple[ChartSpec, ...], list[Finding]]:
    seen: list[Finding] = []
    return read_charts(Taken(PLACE, tomllib.loads(text)), seen), seen


def fact(key: str, shown: str, **more: object) -> Fact:
    told = Fact(key, "p", key, parse_quantity(shown), "stock", Source(cell=Place("台账.xlsx")), label=f"名{key}")
    return replace(told, **more)  # type: ignore[arg-type]


SHOWN = {"a": "3个", "b": "5个", "c": "2个", "d": "10个", "q": "20余个", "n": "-2个", "y": "4.1亿元", "r": "58.3%"}
FACTS = {key: fact(key, shown) for key, shown in SHOWN.items()} | {
    "t": fact("t", "6个", kind="target", status="planned")
}


def wrong(spec: ChartSpec) -> list[tuple[str, str]]:
    found = list(check_chart(replace(spec, place=Place("f", "charts[1]")), FACTS))
    assert all(finding.severity == "error" for finding in found)
    return [(finding.code, str(finding.place).removeprefix("f › charts[1]").lstrip(" ›.")) for finding in found]


def seriesed(kind: ChartKind, *rows: tuple[str, ...], **more: object) -> ChartSpec:
    series = tuple(SeriesSpec(f"列{n}", row) for n, row in enumerate(rows, 1))
    return replace(ChartSpec(kind, ("甲", "乙")[: len(rows[0])], series), **more)  # type: ignore[arg-type]


def bullets(*rows: tuple[str, str], **more: object) -> ChartSpec:
    done, aims = zip(*rows, strict=True)
    series = (SeriesSpec("已完成", tuple(done)), SeriesSpec("目标", tuple(aims), "target"))
    return replace(ChartSpec("bullets", tuple("甲乙丙"[: len(rows)]), series), **more)  # type: ignore[arg-type]


# --- reading ----------------------------------------------------------------------------------------


def test_a_chart_in_series_is_read_with_names_roles_and_values_nobody_reported() -> None:
    (chart,), seen = read("""
        [[charts]]
        kind = "柱形图"
        caption = "各市项目"
        note = "未报的不画"
        categories = ["济南", "青岛"]
        series = [{ name = "今年", facts = ["a", ""] }, { name = "目标", facts = ["", "t"], role = "目标" }]
    """)
    assert not seen
    assert (chart.kind, chart.caption, chart.note) == ("grouped", "各市项目", "未报的不画")
    assert chart.categories == ("济南", "青岛")
    assert chart.series == (SeriesSpec("今年", ("a", "")), SeriesSpec("目标", ("", "t"), "target"))
    assert str(chart.place) == "digest.toml › section[1].part[1].charts[1]"


def test_a_chart_in_a_row_is_read_with_what_its_kind_has_beside_it() -> None:
    charts, seen = read("""
        charts = [
          { kind = "环形图", facts = ["a", "b"], total = "d" },
          { kind = "点图", facts = ["a", "b"], mean = "c", stressed = ["名a"] },
          { kind = "方块地图", facts = ["a", "b"], categories = ["甲", "乙"], grid = [["甲", ""], ["", "乙"]] },
        ]
    """)
    assert not seen
    assert [(one.kind, one.total, one.mean, one.stressed) for one in charts] == [
        ("donut", "d", "", ()),
        ("dots", "", "c", ("名a",)),
        ("tiles", "", "", ()),
    ]
    assert charts[2].grid == (("甲", ""), ("", "乙"))


def test_every_kind_of_the_model_has_a_word_and_may_be_called_as_the_model_calls_it() -> None:
    assert sorted(KINDS.values()) == sorted(get_args(ChartKind))
    for kind in KINDS.values():
        body = 'facts = ["a"]' if kind in IN_A_ROW else 'series = [{ name = "列", facts = ["a"] }]'
        (chart,), seen = read(f'charts = [{{ kind = "{kind}", categories = ["甲"], {body} }}]')
        assert (chart.kind, seen) == (kind, [])


def test_an_unknown_kind_or_role_is_told_with_the_nearest_word() -> None:
    (chart,), seen = read("""
        charts = [
          { kind = "折线", categories = ["甲"], series = [{ name = "列", facts = ["a"] }] },
          { kind = "折线图", categories = ["甲"], series = [{ name = "列", facts = ["a"], role = "目标值" }] },
        ]
    """)
    assert [(one.code, str(one.place), one.hint) for one in seen] == [
        ("D107", "digest.toml › section[1].part[1].charts[1] › kind", "是否应为“折线图”"),
        ("D107", "digest.toml › section[1].part[1].charts[2].series[1] › role", "是否应为“目标”"),
    ]
    assert chart.series[0].role == "actual"


def test_a_key_that_another_kind_has_is_told_and_so_is_everything_else_at_once() -> None:
    charts, seen = read("""
        charts = [
          { kind = "折线图", categories = ["甲"], facts = ["a"], series = [{ fact = ["a"] }] },
          { categories = "甲" },
        ]
    """)
    assert len(charts) == 1
    assert [(one.code, str(one.place).partition(".charts")[2]) for one in seen] == [
        ("D101", "[1] › facts"),
        ("D101", "[1].series[1] › fact"),
        ("D103", "[1].series[1] › name"),
        ("D103", "[1].series[1] › facts"),
        ("D102", "[2] › categories"),
        ("D103", "[2] › kind"),
    ]


def test_keys_of_a_kind_are_those_it_is_drawn_from() -> None:
    assert set(keys_of("waterfall")) == {"kind", "caption", "note", "facts", "categories"}
    assert set(keys_of("slope")) == {"kind", "caption", "note", "series", "categories", "stressed"}
    assert {key for kind in KINDS.values() for key in keys_of(kind)} == set(keys_of(None))


# --- what must hold ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", IN_SERIES)
def test_a_chart_in_series_with_as_many_facts_as_categories_can_be_drawn(name: str) -> None:
    kind = KINDS[name]
    spec = bullets(("a", "t"), ("", "t")) if kind == "bullets" else seriesed(kind, ("a", "b"), ("c", ""))
    assert wrong(spec) == []


@pytest.mark.parametrize("kind", sorted(IN_A_ROW - {"waterfall"}))
def test_a_chart_in_a_row_can_be_drawn_without_names_of_its_own(kind: ChartKind) -> None:
    named = ("甲", "乙") if kind == "tiles" else ()
    assert wrong(ChartSpec(kind, named, facts=("a", "b"))) == []


def test_a_chart_in_series_and_a_map_say_what_their_facts_are_of() -> None:
    assert wrong(ChartSpec("lines", (), (SeriesSpec("列", ("a", "b")),))) == [("D141", "categories")]
    assert wrong(ChartSpec("tiles", facts=("a", "b"))) == [("D141", "categories")]


def test_each_category_has_its_fact() -> None:
    assert wrong(seriesed("lines", ("a", "b"), ("c",))) == [("D141", "series[2] › facts")]
    assert wrong(ChartSpec("dots", ("甲",), facts=("a", "b"))) == [("D141", "facts")]


def test_what_nobody_reported_needs_a_name_to_be_called_by() -> None:
    assert wrong(ChartSpec("dots", facts=("a", ""))) == [("D141", "categories")]
    assert wrong(ChartSpec("dots", ("甲", "乙"), facts=("a", ""))) == []


def test_a_chart_of_nothing_reported_is_none() -> None:
    assert wrong(seriesed("lines", ("", ""))) == [("D143", "")]
    assert ("D143", "") in wrong(ChartSpec("lines", facts=("a", "b")))
    assert ("D143", "") in wrong(ChartSpec("dots", ("甲",), (SeriesSpec("列", ("a",)),)))


@pytest.mark.parametrize(
    ("spec", "place"),
    [
        (seriesed("bars_line", ("a", "b")), "series"),
        (seriesed("slope", ("a",)), "categories"),
        (ChartSpec("donut", facts=("a",)), "facts"),
        (ChartSpec("donut", facts=("a",) * 7), "facts"),
        (ChartSpec("funnel", facts=("a",)), "facts"),
        (seriesed("bullets", ("a", "b"), ("c", "d")), "series"),
    ],
)
def test_a_kind_takes_as_much_as_it_can_show(spec: ChartSpec, place: str) -> None:
    assert wrong(spec) == [("D141", place)]


def test_only_one_series_of_bars_is_a_target_and_shares_have_no_roles() -> None:
    two = tuple(SeriesSpec(name, ("t", "t"), "target") for name in "丙丁")
    base = seriesed("grouped", ("a", "b"))
    assert wrong(replace(base, series=(*base.series, *two[:1]))) == []
    assert wrong(replace(base, series=(*base.series, *two))) == [("D141", "series")]
    assert wrong(replace(base, kind="shares", series=(*base.series, *two[:1]))) == [("D107", "series[2] › role")]


def test_a_target_is_never_drawn_as_reached() -> None:
    assert wrong(seriesed("lines", ("a", "t"))) == [("P221", "series[1] › facts")]
    assert wrong(ChartSpec("dots", facts=("a", "t"))) == [("P221", "facts")]
    assert wrong(ChartSpec("dots", facts=("a", "b"), mean="t")) == [("P221", "mean")]
    (finding,) = check_chart(ChartSpec("dots", facts=("a", "t")), FACTS)
    assert (finding.value, finding.hint) == ("t", "这种图不能画目标，请写进 targets")


def test_two_things_do_not_go_by_one_name_and_a_stressed_one_is_there() -> None:
    assert wrong(seriesed("lines", ("a", "b"), categories=("甲", "甲"))) == [("D142", "categories")]
    twice = SeriesSpec("列", ("a", "b"))
    assert wrong(ChartSpec("lines", ("甲", "乙"), (twice, twice))) == [("D142", "series")]
    before = replace(twice, role="earlier")
    assert wrong(ChartSpec("lines", ("甲", "乙"), (twice, before))) == [("D142", "series")]
    assert wrong(ChartSpec("small_lines", ("甲", "乙"), (twice, before))) == []
    assert wrong(ChartSpec("small_lines", ("甲", "乙"), (twice, before, before))) == [("D142", "series")]
    assert wrong(ChartSpec("dots", facts=("a", "b"), stressed=("名a",))) == []
    (finding,) = check_chart(ChartSpec("dots", facts=("a", "b"), stressed=("名 a",)), FACTS)
    assert (finding.code, finding.hint) == ("D105", "是否应为“名a”")
    assert wrong(seriesed("slope", ("a", "b"), ("c", "d"), stressed=("列3",))) == [("D105", "stressed")]


def test_a_tile_has_a_place_in_the_grid_that_was_given() -> None:
    grid = (("济南", ""), ("", "青岛"))
    assert wrong(ChartSpec("tiles", ("济南", "青岛"), facts=("a", "b"), grid=grid)) == []
    assert wrong(ChartSpec("tiles", ("济南", "烟台"), facts=("a", "b"), grid=grid)) == [("D105", "categories")]


def test_a_waterfall_says_what_comes_in_and_what_goes_out_and_adds_up() -> None:
    assert wrong(ChartSpec("waterfall", facts=("b", "+a", "-c", "+c", "+c", "d"))) == []
    assert wrong(ChartSpec("waterfall", facts=("b", "a", "-d"))) == [("D144", "facts"), ("D144", "facts")]
    (finding,) = check_chart(ChartSpec("waterfall", facts=("b", "+a", "-c", "d")), FACTS)
    assert (finding.code, finding.message) == ("P222", "5个+3个-2个不等于10个")


def test_what_is_known_only_by_a_bound_is_not_added_up() -> None:
    assert wrong(ChartSpec("waterfall", facts=("b", "+q", "d"))) == []
    assert wrong(ChartSpec("waterfall", ("初", "增", "末"), facts=("b", "+", "d"))) == []
    assert wrong(ChartSpec("donut", facts=("a", "q"), total="d")) == []


def test_parts_of_a_ring_are_no_more_than_its_whole() -> None:
    assert wrong(ChartSpec("donut", facts=("a", "b", "c"), total="d")) == []
    assert wrong(ChartSpec("donut", facts=("a", "b"), total="d")) == []
    (finding,) = check_chart(ChartSpec("donut", ("甲", "乙", "丙", "丁"), facts=("a", "b", "b", ""), total="d"), FACTS)
    assert (finding.code, finding.message) == ("P222", "3个+5个+5个多于10个")


def test_the_time_that_is_over_is_a_share() -> None:
    assert wrong(bullets(("a", "t"), elapsed="r")) == []
    assert wrong(bullets(("a", "t"), elapsed="b")) == [("D145", "elapsed")]
    told = [share_of(parse_quantity(shown)) for shown in ("58.3%", "1/2", "三分之二", "120%", "2", "1个")]
    assert [None if share is None else str(share) for share in told] == ["583/1000", "1/2", "2/3", None, None, None]


# --- in a digest ------------------------------------------------------------------------------------


def codes(spec: ChartSpec) -> list[str]:
    sections = (Section("甲", ("p",), (Part(charts=(spec,)),)),)
    return [one.code for one in check_digest(Digest(Header("报"), sections, (Program("p", "甲"),), (*FACTS.values(),)))]


def test_one_axis_has_one_unit_and_a_second_axis_another() -> None:
    assert codes(seriesed("lines", ("a", "y"))) == ["P216"]
    assert codes(seriesed("bars_line", ("a", "b"), ("r", ""))) == []
    assert codes(seriesed("bars_line", ("a", "b"), ("r", "y"))) == ["P216"]
    assert codes(bullets(("a", "t"), ("y", ""))) == []
    assert codes(bullets(("y", "t"))) == ["P216"]
    assert codes(ChartSpec("donut", facts=("a", "b"), total="y")) == ["P216"]


def test_below_zero_goes_where_an_axis_can_show_it() -> None:
    assert codes(seriesed("lines", ("a", "n"))) == []
    assert codes(seriesed("stacked", ("a", "n"))) == ["P217"]
    assert codes(ChartSpec("funnel", facts=("a", "n"))) == ["P217"]


def test_an_id_that_no_fact_has_is_told_where_it_stands() -> None:
    spec = seriesed("lines", ("a", "bb"))
    assert codes(spec) == ["D105"]
    assert codes(ChartSpec("waterfall", facts=("b", "+aa", "d"))) == ["D105"]
    assert [(key, str(place)) for key, place in named_facts(spec)] == [
        ("a", "series[1] › facts"),
        ("bb", "series[1] › facts"),
    ]
    assert [key for key, _ in named_facts(ChartSpec("dots", facts=("a", ""), mean="c"))] == ["a", "c"]


def test_a_project_is_told_of_all_that_is_wrong_with_its_charts_at_once(tmp_path: Path) -> None:
    project = init_project(tmp_path / "project")
    with (project / "digest.toml").open("a", encoding="utf-8") as file:
        file.write("""
[[section.part.charts]]
kind = "点图"
facts = ["ck.opinions", "ck.handlin"]

[[section.part.charts]]
kind = "线图"
categories = ["意见"]
series = [{ name = "十月", facts = ["ck.opinions"] }]

[[section.part.charts]]
kind = "折线图"
categories = ["意见", "资金", "目标"]
series = [{ name = "十月", facts = ["ck.opinions", "bf.funds", "bf.target"] }]
""")
    with pytest.raises(DataError) as caught:
        load(project)
    assert [(one.code, str(one.place).rpartition("charts")[2]) for one in caught.value.findings] == [
        ("D107", "[2] › kind"),
        ("D105", "[1] › facts"),
        ("P221", "[3].series[1] › facts"),
        ("P216", "[3]"),
    ]
