"""Quantities: read as written, printed as written, compared as far as anybody can know."""

from __future__ import annotations

import csv
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.quantity import (
    PREFIXES,
    QUALIFIERS,
    SCALES,
    Quantity,
    han_value,
    parse_quantity,
    plain_quantity,
    words_at,
)

if TYPE_CHECKING:
    from pathlib import Path

# What the two source documents report: as printed, the number named, the qualifier, before the unit, the unit.
REPORTED: dict[str, tuple[str, int | Fraction, str, str, str]] = {
    "slgj.start_year": ("2017年", 2017, "", "2017", "年"),
    "slgj.depts": ("137个", 137, "", "137", "个"),
    "slgj.villages": ("169个", 169, "", "169", "个"),
    "slgj.counties": ("65个", 65, "", "65", "个"),
    "slgj.cities_covered": ("15个市", 15, "", "15", "个市"),
    "slgj.target_2024_year": ("2024年", 2024, "", "2024", "年"),
    "slgj.target_communities": ("55个", 55, "", "55", "个"),
    "slgj.funds": ("4.1亿元", 410000000, "", "4.1亿", "元"),
    "slgj.entities": ("2700余家", 2700, "余", "2700余", "家"),
    "slgj.projects": ("2000多个", 2000, "多", "2000多", "个"),
    "sbd.period_years": ("三年", 3, "", "三", "年"),
    "sbd.projects": ("5482个", 5482, "", "5482", "个"),
    "sbd.issues_solved": ("1.3万余件", 13000, "余", "1.3万余", "件"),
    "sbd.excellent": ("400个", 400, "", "400", "个"),
    "ww.teams": ("26支", 26, "", "26", "支"),
    "ww.launch_people": ("280余人", 280, "余", "280余", "人"),
    "ww.sessions": ("1.1万余次", 11000, "余", "1.1万余", "次"),
    "ww.volunteers": ("25万余人次", 250000, "余", "25万余", "人次"),
    "ww.hours": ("34万余小时", 340000, "余", "34万余", "小时"),
    "ww.served": ("169万余人次", 1690000, "余", "169万余", "人次"),
    "ww.orgs": ("1000余个", 1000, "余", "1000余", "个"),
    "ld.pilots": ("20个", 20, "", "20", "个"),
    "ld.activities": ("100多次", 100, "多", "100多", "次"),
    "ld.funds": ("近5亿元", 500000000, "近", "近5亿", "元"),
    "ld.land": ("470余亩", 470, "余", "470余", "亩"),
    "ld.lists": ("四张清单", 4, "", "四", "张清单"),
    "yxks.since": ("2020年", 2020, "", "2020", "年"),
    "yxks.years": ("连续4年", 4, "", "连续4", "年"),
    "yxks.teams": ("5个", 5, "", "5", "个"),
    "yxks.cities": ("16市", 16, "", "16", "市"),
    "yxks.issues": ("196个", 196, "", "196", "个"),
    "yxks.rectifying": ("95个", 95, "", "95", "个"),
    "yxks.award_session": ("第三届", 3, "", "第三", "届"),
    "js.hosted": ("17个", 17, "", "17", "个"),
    "js.supported": ("55个", 55, "", "55", "个"),
    "js.year": ("2023年", 2023, "", "2023", "年"),
    "fg.levels": ("三级", 3, "", "三", "级"),
    "fg.projects": ("15000个", 15000, "", "15000", "个"),
    "fg.clusters": ("7个", 7, "", "7", "个"),
    "fg.clusters_headline": ("7个", 7, "", "7", "个"),
    "fg.rank": ("首位", 1, "", "首", "位"),
    "fg.plan_years": ("三年", 3, "", "三", "年"),
    "fg.tasks": ("160项", 160, "", "160", "项"),
    "fg.bases": ("五大", 5, "", "五", "大"),
    "fg.renewable_share": ("1/10", Fraction(1, 10), "", "1/10", ""),
    "plan.from": ("2024年", 2024, "", "2024", "年"),
    "plan.themes": ("每年一个", 1, "", "每年一", "个"),
    "plan.collectives": ("150个", 150, "", "150", "个"),
    "mech.sitong": ("四同", 4, "", "四", "同"),
    "mech.sihua": ("四化", 4, "", "四", "化"),
    "mech.wuwei": ("五为", 5, "", "五", "为"),
    "mech.sisong": ("四送", 4, "", "四", "送"),
    "mech.silian": ("四联", 4, "", "四", "联"),
    "mech.sanji": ("三级联动", 3, "", "三", "级联动"),
}
BOUNDS = {"": "both", "余": "lower", "多": "lower", "近": "upper"}


def test_the_example_reports_these_figures_and_no_others(project: Path) -> None:
    with (project / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["编号"]: row["数据"] for row in csv.DictReader(file)}
    assert told == {key: row[0] for key, row in REPORTED.items()}


@pytest.mark.parametrize("key", REPORTED)
def test_a_reported_figure_is_understood_and_printed_as_it_was_written(key: str) -> None:
    display, amount, qualifier, shown, unit = REPORTED[key]
    quantity = parse_quantity(display)
    assert str(quantity) == display
    assert (quantity.amount, quantity.qualifier, quantity.shown, quantity.unit) == (amount, qualifier, shown, unit)
    assert (quantity.lower is not None) == (BOUNDS[qualifier] in {"both", "lower"})
    assert (quantity.upper is not None) == (BOUNDS[qualifier] in {"both", "upper"})
    assert {quantity.lower, quantity.upper} - {None} == {amount}


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("1,234个", 1234, "个"),
        ("15，000个", 15000, "个"),
        ("１２３个", 123, "个"),
        ("１．３万件", 13000, "件"),
        ("3千家", 3000, "家"),
        ("30万千瓦", 300_000, "千瓦"),  # 千 is a scale, 千瓦 is a unit
        ("5千克", 5, "千克"),
        ("3.5个百分点", Fraction(7, 2), "个百分点"),
        ("-5.3%", Fraction(-53, 10), "%"),
        ("1万亿元", 10**12, "元"),
        ("三分之一", Fraction(1, 3), ""),
        ("百分之五", Fraction(1, 20), ""),
        ("三亿五千万元", 350_000_000, "元"),
        ("二百七十人", 270, "人"),
        ("二〇二三年", 2023, "年"),
        ("十余万人", 100_000, "人"),
        ("30余万人", 300_000, "人"),
        ("百余家", 100, "家"),
        ("前10名", 10, "名"),
    ],
)
def test_other_ways_to_write_a_number_are_understood(text: str, amount: int | Fraction, unit: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.amount, quantity.unit, str(quantity)) == (amount, unit, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "个", "第", "每年", "余", "若干", "—", "nan", "inf", "1e400", "1/0", "2023-12", "12.3.4", "12，34"),
        *("3亿4500万", "5~8个", "5—8个", "5至8个", "三至五个", "三四个", "十几个", "几十个", "一个半", "三点五亿"),
        *("一般", "一致", "万", "万元", "百万", "123①", "123¹", "5个①", "20以上人"),
        *("约100余家", "近100多个", "2700余多家", "5 个", " 5个", "5个\n", "5{个}", "9" * 50, "=1+1", "十四五"),
    ],
)
def test_what_is_not_one_definite_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a quantity"):
        parse_quantity(text)


@pytest.mark.parametrize(("text", "counted"), [("100以上", ""), ("100个以上", "个"), ("20左右", "")])
def test_a_word_behind_the_number_is_no_unit(text: str, counted: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.counted, quantity.exact, quantity.at, str(quantity)) == (counted, False, "end", text)


@pytest.mark.parametrize("text", ["-5万余", "-5余个", "近-5个", "-5个以上"])
def test_a_bound_of_a_negative_number_is_none_that_anybody_could_tell(text: str) -> None:
    quantity = parse_quantity(text)
    assert (quantity.lower, quantity.upper, quantity.exact) == (None, None, False)
    assert quantity.at_least(-(10**9)) is None


@given(
    st.sampled_from(["", "-"]),
    st.one_of(st.integers(0, 10**15).map(str), st.integers(1000, 10**9).map("{:,}".format), st.just("007")),
    st.sampled_from(["", ".5", ".50", ".05"]),
    st.sampled_from(["", "个", "%", "元", "人次"]),
    st.sampled_from(["", "万", "亿"]),
)
def test_a_plain_number_is_made_as_it_would_be_read(
    sign: str, whole: str, decimals: str, unit: str, scale: str
) -> None:
    numeral = sign + whole + decimals
    assert plain_quantity(numeral, unit, scale) == parse_quantity(f"{numeral}{scale}{unit}")


def test_below_close_to_five_hundred_million_is_certain_and_nothing_more() -> None:
    funds = parse_quantity("近5亿元")
    assert funds.below(500_000_000) is True
    assert funds.at_least(500_000_000) is False
    assert funds.at_least(490_000_000) is None
    assert (funds.lower, funds.upper, funds.upper_strict) == (None, Fraction(500_000_000), True)


def test_more_than_2700_is_at_least_2700_and_perhaps_2800() -> None:
    farms = parse_quantity("2700余家")
    assert farms.at_least(2700) is True
    assert farms.below(2700) is False
    assert farms.at_least(2800) is None
    assert (farms.lower, farms.upper, farms.lower_strict) == (Fraction(2700), None, False)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("95个", "196个", "less"),
        ("4.1亿元", "41000万元", "equal"),
        ("近5亿元", "5亿元", "less"),
        ("5亿元", "近5亿元", "greater"),
        ("近5亿元", "4.1亿元", None),
        ("2700余家", "2000多家", None),
        ("2700余家", "2699家", "greater"),
        ("2700余家", "2700家", None),
        ("超100次", "100次", "greater"),
        ("超100次", "100多次", None),
        ("不超过100次", "100次", None),
        ("近100次", "100多次", "less"),
        ("约100次", "3次", None),
        ("100个以上", "99个", "greater"),
        ("连续4年", "4年", "equal"),
    ],
)
def test_a_comparison_is_made_only_where_it_is_certain(one: str, other: str, order: str | None) -> None:
    assert parse_quantity(one).compare(parse_quantity(other)) == order


@pytest.mark.parametrize(("one", "other"), [("280余人", "25万余人次"), ("每年一个", "一个"), ("第三届", "三届")])
def test_unlike_things_are_not_compared(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="cannot compare"):
        parse_quantity(one).compare(parse_quantity(other))


def test_quantities_have_no_order_that_could_lie() -> None:
    with pytest.raises(TypeError):
        sorted([parse_quantity("近5亿元"), parse_quantity("4.1亿元")])  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("两千", 2000),
        ("一万零三百", 10300),
        ("一〇〇五", 1005),
    ],
)
def test_han_numerals_are_read(numeral: str, value: int) -> None:
    assert han_value(numeral) == value


@pytest.mark.parametrize("numeral", ["三四", "二三十", "三百千", "三万亿万", "一十百"])
def test_vague_and_broken_han_numerals_are_not_guessed(numeral: str) -> None:
    assert han_value(numeral) is None


numerals = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.decimals(0, 10**6, places=2).map(str),
    st.sampled_from(["三", "十二", "二百七十", "1/10", "首", "１２３", "4.10", "007"]),
)
units = st.sampled_from(["", "个", "元", "人次", "小时", "千瓦", "%", "个/年", "级联动", "县（市、区）"])


@st.composite
def written_quantities(draw: st.DrawFn) -> str:
    prefix = draw(st.sampled_from(["", *PREFIXES]))
    numeral, scale, unit = draw(numerals), draw(st.sampled_from(list(SCALES))), draw(units)
    slot = draw(st.sampled_from(["none", "front", "inner", "after", "end"]))
    word = draw(st.sampled_from(words_at(slot))) if slot != "none" else ""  # type: ignore[arg-type]
    parts = {"front": "", "inner": "", "after": "", "end": "", slot: word}
    return f"{prefix}{parts['front']}{numeral}{parts['inner']}{scale}{parts['after']}{unit}{parts['end']}"


@given(written_quantities())
def test_whatever_is_accepted_prints_as_it_was_written(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        return
    assert str(quantity) == text
    assert quantity.shown + quantity.unit == text


@given(st.text(alphabet="0123456789,.，．/万亿千百十三两首余多近约超每年第个元人次左右以上 -%{}\n\0", max_size=12))
def test_any_text_is_either_kept_to_the_character_or_refused(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        return
    assert str(quantity) == text


@given(st.integers(0, 10**15), st.sampled_from(sorted(QUALIFIERS)), st.integers(0, 10**15))
def test_what_is_certain_never_contradicts_itself(number: int, qualifier: str, other: int) -> None:
    slots = QUALIFIERS[qualifier][0]
    quantity = Quantity(Fraction(number), str(number), "个", qualifier=qualifier, at=slots[-1] if slots else "after")
    assert (quantity.at_least(other), quantity.below(other)) in {(True, False), (False, True), (None, None)}
    if quantity.lower is not None:
        assert quantity.at_least(number) is True
    if quantity.upper_strict:
        assert quantity.below(number) is True
