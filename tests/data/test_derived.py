"""Facts out of the book: from what cells say to the words that are printed, or the reason why there are none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.answers import Aside, Change, Level
from digest.data.book import ASPECTS, Book, Metric, Observation, Stated
from digest.data.derived import derive, note_on_shares
from digest.data.incomparable import Incomparable
from digest.data.model import AsOf, Fact
from digest.data.period import Period, parse_period
from digest.data.quantity import parse_quantity
from tests.data.books import CITIES, METRICS, NOW, book_of, observation, sample_book

if TYPE_CHECKING:
    from digest.data.book import Key
    from digest.data.over_time import Reach

Cell = tuple[str, str, str]
"""Member, period and what is reported; empty: not."""


def book(metric: str, *cells: Cell, reach: Reach | None = None, target: str = "", **changes: object) -> Book:
    """A book of one metric in a roster of two, unless more members are in `cells`."""
    of = replace(next(one for one in METRICS if one.id == metric), **changes)  # type: ignore[arg-type]
    members = tuple(dict.fromkeys(member for member, _, _ in cells if member)) or ("济南", "青岛")
    targets = [observation(metric, member, "2026", target) for member in members if target]
    seen = [observation(metric, member, period, text, reach) for member, period, text in cells]
    return book_of(seen, targets, roster=members, metrics=(of,))


def told(of: Book, key: str) -> str:
    """Quantity and wording, or the code of why there are none."""
    fact = derive(of, key)
    if isinstance(fact, Incomparable):
        return fact.code
    return f"{fact.quantity}|{fact.wording}" if fact.wording else str(fact.quantity)


NOW_, AGO, LAST = "2026-10", "2025-10", "2026-09"
V, F, P, R = "slgj.villages", "slgj.funds", "zyfw.people", "zyfw.rate"


@pytest.mark.parametrize(
    ("expected", "metric", "now", "ago"),
    [
        ("5.3%|同比增长5.3%", V, "2,712个", "2,575个"),
        ("-5.1%|同比下降5.1%", V, "2575个", "2712个"),
        ("0.0%|与上年同期持平", V, "2575个", "2575个"),
        ("不足0.1%|同比增长不足0.1%", V, "100001个", "100000个"),
        ("降不足0.1%|同比下降不足0.1%", V, "99999个", "100000个"),
        ("0.1%|同比增长0.1%", V, "1001个", "1000个"),
        ("100.0%|同比增长100.0%", V, "200个", "100个"),
        ("900.0%|同比增长900.0%", V, "1000个", "100个"),
        ("-100.0%|同比下降100.0%", V, "0个", "100个"),
        ("降不足100%|同比下降不足100%", V, "1个", "100000个"),
        ("D172", V, "280个", "0个"),
        ("D172", V, "0个", "0个"),
        ("D173", V, "280个", "-5个"),
        ("D190", V, "-5个", "280个"),
        ("D283", V, "280个", ""),
        ("D280", V, "", "280个"),
        ("D280", V, "", ""),
        # what is not exact is told by what is certain of it
        ("不低于8.0%|同比增长不低于8.0%", V, "2700余个", "2500个"),
        ("超过8.0%|同比增长超过8.0%", V, "超2700个", "2500个"),
        ("D289", V, "2700个", "2500余个"),
        ("降超过7.4%|同比下降超过7.4%", V, "2500个", "2700余个"),
        ("D289", V, "2700余个", "3000个"),
        ("D289", V, "近3000个", "2500个"),
        ("D289", V, "2700余个", "2500余个"),
        ("D283", P, "1.3万余人次", ""),
        ("D175", V, "约2700个", "2500个"),
        ("D175", V, "2700个", "约2500个"),
        # what is written in another scale is the same amount
        ("25.0%|同比增长25.0%", F, "1.5亿元", "12,000万元"),
        ("30.0%|同比增长30.0%", P, "1.3万人次", "10000人次"),
        ("不低于30.0%|同比增长不低于30.0%", P, "1.3万余人次", "10000人次"),
        ("D171", P, "1.3万人次", "10000人"),
        # shares
        ("2.1个百分点|同比提高2.1个百分点", R, "87.2%", "85.1%"),
        ("-2.1个百分点|同比下降2.1个百分点", R, "85.1%", "87.2%"),
        ("0.0个百分点|与上年同期持平", R, "85.1%", "85.1%"),
        ("不足0.1个百分点|同比提高不足0.1个百分点", R, "85.13%", "85.10%"),
        ("5.0个百分点|同比提高5.0个百分点", R, "1/10", "5%"),
        ("5.0个百分点|同比提高5.0个百分点", R, "5.0%", "0%"),
    ],
)  # fmt: skip
def test_a_number_is_compared_with_that_of_the_year_before(expected: str, metric: str, now: str, ago: str) -> None:
    assert told(book(metric, ("济南", NOW_, now), ("济南", AGO, ago)), f"{metric}@济南.yoy") == expected


@pytest.mark.parametrize(
    ("expected", "aspect", "metric", "cells"),
    [
        ("137个|同比增加137个", "yoy_amount", V, {NOW_: "2712个", AGO: "2575个"}),
        ("-137个|同比减少137个", "yoy_amount", V, {NOW_: "2575个", AGO: "2712个"}),
        ("0个|与上年同期持平", "yoy_amount", V, {NOW_: "5个", AGO: "5个"}),
        ("280个|同比增加280个", "yoy_amount", V, {NOW_: "280个", AGO: "0个"}),
        ("1,200.5万元|同比增加1,200.5万元", "yoy_amount", F, {NOW_: "13,200.5万元", AGO: "12,000万元"}),
        ("不少于200个|同比增加不少于200个", "yoy_amount", V, {NOW_: "2700余个", AGO: "2500个"}),
        ("减超过200个|同比减少超过200个", "yoy_amount", V, {NOW_: "2500个", AGO: "超2700个"}),
        ("2.1个百分点|同比提高2.1个百分点", "yoy_amount", R, {NOW_: "87.2%", AGO: "85.1%"}),
        ("1.0%|环比增长1.0%", "mom", V, {NOW_: "404个", LAST: "400个"}),
        ("-1.0%|环比下降1.0%", "mom", V, {NOW_: "396个", LAST: "400个"}),
        ("0.0%|与上月持平", "mom", V, {NOW_: "400个", LAST: "400个"}),
        ("D283", "mom", V, {NOW_: "400个", AGO: "300个"}),
        ("4个|环比增加4个", "mom_amount", V, {NOW_: "404个", LAST: "400个"}),
        # of 累计 only what came in the month is told 环比
        ("50.0%|环比增长50.0%", "mom", F, {NOW_: "450万元", LAST: "300万元", "2026-08": "200万元"}),
        ("D194", "mom", F, {NOW_: "450万元", LAST: "300万元"}),
        ("150万元", "alone", F, {NOW_: "450万元", LAST: "300万元"}),
        ("D180", "alone", F, {NOW_: "450余万元", LAST: "300万元"}),
        ("D194", "alone", F, {NOW_: "450万元"}),
        ("450万元", "cumulative", F, {NOW_: "450万元"}),
        ("D284", "cumulative", V, {NOW_: "450个"}),
        ("D194", "cumulative", P, {NOW_: "450人次"}),
        ("100人次", "cumulative", P, {f"2026-{month:02}": "10人次" for month in range(1, 11)}),
        ("100余人次", "cumulative", P, {f"2026-{month:02}": "10余人次" for month in range(1, 11)}),
        ("450个", "value", V, {NOW_: "450个"}),
        ("0个", "value", V, {NOW_: "0个"}),
        ("D280", "value", V, {NOW_: ""}),
        ("D280", "value", V, {}),
        ("83.3%|时序进度83.3%", "elapsed", V, {}),
        ("D191", "target", V, {NOW_: "450个"}),
        ("D191", "completion", V, {NOW_: "450个"}),
    ],
)
def test_every_aspect_says_what_is_certain(expected: str, aspect: str, metric: str, cells: dict[str, str]) -> None:
    of = book(metric, *(("济南", period, text) for period, text in cells.items()))
    assert told(of, f"{metric}@济南.{aspect}") == expected


@pytest.mark.parametrize(
    ("expected", "done", "target"),
    [
        ("85.1%|完成年度目标的85.1%", "851万元", "1000万元"),
        ("100.0%|完成年度目标的100.0%", "1,000万元", "1000万元"),
        ("112.5%|完成年度目标的112.5%", "9,000万元", "8,000万元"),
        ("不足100%|完成年度目标不足100%", "9,999.9万元", "1亿元"),
        ("超过100%|完成年度目标超过100%", "10,000.1万元", "1亿元"),
        ("不足0.1%|完成年度目标不足0.1%", "0.1万元", "1亿元"),
        ("0.0%|完成年度目标的0.0%", "0万元", "1亿元"),
        ("不低于90.0%|完成年度目标不低于90.0%", "900余万元", "1000万元"),
        ("不足90.0%|完成年度目标不足90.0%", "近900万元", "1000万元"),
        ("D175", "约900万元", "1000万元"),
        ("D192", "900余万元", "1000余万元"),
        ("D172", "900万元", "0万元"),
        ("D188", "-5万元", "1000万元"),
        ("D171", "900万元", "1000人"),
        ("D280", "", "1000万元"),
    ],
)
def test_what_is_done_is_measured_by_the_target_of_the_year(expected: str, done: str, target: str) -> None:
    assert told(book(F, ("济南", NOW_, done), target=target), f"{F}@济南.completion") == expected


@pytest.mark.parametrize(
    ("expected", "metric", "cells"),
    [
        ("第1位|居全省第1位", V, "30个 20个 10个"),
        ("第2位|居全省第2位", V, "20个 30个 10个"),
        ("第1位|居全省第1位（并列）", V, "30个 30个 10个"),
        ("第3位|居全省第3位", V, "10个 30个 30个"),
        ("第1位|居全省第1位", V, "30余个 20个 10个"),
        ("D288", V, "30余个 35个 10个"),
        ("D287", V, "30个  10个"),
        ("D280", V, " 20个 10个"),
        ("第1位|居全省第1位（并列）", R, "92.5% 92.5% 91.0%"),
    ],
)
def test_a_place_is_told_where_everybody_reported(expected: str, metric: str, cells: str) -> None:
    of = book(metric, *((city, NOW_, text) for city, text in zip(CITIES, cells.split(" "), strict=False)))
    assert told(of, f"{metric}@济南.rank") == expected


def test_the_least_is_first_where_less_is_better() -> None:
    of = book(V, ("济南", NOW_, "10个"), ("青岛", NOW_, "20个"), better="less")
    assert told(of, f"{V}@济南.rank") == "第1位|居全省第1位"


def test_all_who_share_a_place_are_named() -> None:
    of = book(V, *((city, NOW_, "9个") for city in CITIES))
    fact = derive(of, f"{V}@淄博.rank")
    assert isinstance(fact, Fact)
    assert fact.note == "与济南、青岛、枣庄并列"
    assert fact.source.at == "据4个市填报数排列"


@pytest.mark.parametrize(
    ("expected", "aspect", "now", "ago"),
    [
        ("25.0%|占全省的25.0%", "share", ("10个", "30个"), ("", "")),
        ("0.0%|占全省的0.0%", "share", ("0个", "30个"), ("", "")),
        ("不足100%|占全省不足100%", "share", ("99999个", "1个"), ("", "")),
        ("D282", "share", ("10个", ""), ("", "")),
        ("D172", "share", ("0个", "0个"), ("", "")),
        ("D192", "share", ("10余个", "30个"), ("", "")),
        ("20.0%|对全省增长的贡献率为20.0%", "contribution", ("12个", "28个"), ("10个", "20个")),
        ("-25.0%|对全省增长的贡献率为-25.0%", "contribution", ("8个", "30个"), ("10个", "20个")),
        ("100.0%|对全省下降的贡献率为100.0%", "contribution", ("8个", "20个"), ("10个", "20个")),
        ("D172", "contribution", ("12个", "18个"), ("10个", "20个")),
        ("D282", "contribution", ("12个", "28个"), ("10个", "")),
    ],
)
def test_a_member_is_measured_by_the_whole(
    expected: str, aspect: str, now: tuple[str, str], ago: tuple[str, str]
) -> None:
    cells = [(city, period, text) for period, row in ((NOW_, now), (AGO, ago)) for city, text in zip(CITIES, row)]  # noqa: B905
    assert told(book(V, *cells), f"{V}@济南.{aspect}") == expected


@pytest.mark.parametrize("aspect", ["rank", "share", "contribution"])
def test_the_whole_has_no_place_and_no_share(aspect: str) -> None:
    assert told(sample_book(), f"{V}.{aspect}") == "D285"


@pytest.mark.parametrize("key", ["nobody.knows", "slgj.funds@烟台", "slgj.funds:2026-13", "slgj.funds.growth"])
def test_an_id_that_the_book_does_not_know_is_a_key_error(key: str) -> None:
    with pytest.raises(KeyError):
        derive(sample_book(), key)


def test_a_fact_says_what_it_is_and_where_it_comes_from() -> None:
    fact = derive(sample_book(), "slgj.funds@济南")
    assert isinstance(fact, Fact)
    assert (fact.id, fact.program, fact.metric, fact.kind) == ("slgj.funds@济南", "slgj", "投入资金", "flow")
    assert (fact.period.start, fact.period.end, fact.period.text) == ("2026-01", "2026-10", "2026年1—10月")
    assert (fact.scope, fact.source.table, fact.source.at) == ("济南", "月报表", "济南 › 投入资金")
    assert not fact.computed
    assert fact.cumulative


def test_what_was_computed_says_of_what_in_the_words_of_the_source() -> None:
    of = book(V, ("济南", NOW_, "2,712个"), ("济南", AGO, "2,575个"))
    fact = derive(of, f"{V}@济南.yoy")
    assert isinstance(fact, Fact)
    assert fact.computed
    assert (fact.metric, fact.kind) == ("联建村同比", "change")
    assert fact.source.at == "据本期2,712个、上年同期2,575个计算"
    assert fact.source.table == "月报表"


def test_a_stock_is_true_of_a_day_and_what_the_table_says_of_it_wins() -> None:
    of = sample_book()
    fact = derive(of, f"{V}@济南")
    assert isinstance(fact, Fact)
    assert (fact.as_of.date, fact.period.start) == ("2026-10", "")
    key: Key = (V, "济南", NOW, "alone")
    said = replace(of.observations[key], as_of=AsOf("2026-10-25"))
    fact = derive(replace(of, observations={**of.observations, key: said}), f"{V}@济南")
    assert isinstance(fact, Fact)
    assert fact.as_of.date == "2026-10-25"


def test_a_number_that_is_only_expected_says_so() -> None:
    of = book(V, ("济南", NOW_, "12个"))
    key: Key = (V, "济南", NOW, "alone")
    fact = derive(replace(of, observations={key: replace(of.observations[key], flag="预计")}), f"{V}@济南")
    assert isinstance(fact, Fact)
    assert fact.note == "预计数"


def test_what_is_made_of_a_number_that_is_only_expected_says_so_too() -> None:
    of = book(V, ("济南", NOW_, "12个"), ("青岛", NOW_, "13个"))
    key: Key = (V, "济南", NOW, "alone")
    said = {**of.observations, key: replace(of.observations[key], flag="预计")}
    fact = derive(replace(of, observations=said), V)
    assert isinstance(fact, Fact)
    assert (str(fact.quantity), fact.note) == ("25个", "含预计数")


def test_the_members_digest_asks_for_its_member_and_the_whole_by_name() -> None:
    of = sample_book().for_member("青岛")
    assert told(of, V) == told(sample_book(), f"{V}@青岛")
    assert told(of, f"{V}@全省") == told(sample_book(), V)


@pytest.mark.parametrize(
    ("expected", "aspect", "change"),
    [
        ("5.3%|同比增长5.3%", "yoy", Change("percent", False, parse_quantity("5.3%"), "同比", Aside("5.3"))),  # noqa: FBT003
        ("-5.3%|同比下降5.3%", "yoy", Change("percent", True, parse_quantity("5.3%"), "同比", Aside("5.3"))),  # noqa: FBT003
        ("1.2倍|同比增长1.2倍", "yoy", Change("times", False, parse_quantity("1.2倍"), "同比", Aside("1.2倍"))),  # noqa: FBT003
        ("0.0%|与上年同期持平", "yoy", Level("同比", Aside("持平"))),
        ("D283", "yoy_amount", Change("percent", False, parse_quantity("5.3%"), "同比", Aside("5.3"))),  # noqa: FBT003
    ],
)
def test_where_the_base_is_missing_the_change_that_was_reported_is_told(
    expected: str, aspect: str, change: Change | Level
) -> None:
    of = book(V, ("济南", NOW_, "2712个"))
    of = replace(of, stated={(V, "济南", NOW, "alone", "year_on_year"): Stated(change, "月报表", "济南 › 同比")})
    assert told(of, f"{V}@济南.{aspect}") == expected
    fact = derive(of, f"{V}@济南.{aspect}")
    assert isinstance(fact, Incomparable) or (fact.source.at == "济南 › 同比（据填报）" and not fact.computed)


def test_a_half_goes_up_unless_the_even_neighbour_is_asked_for() -> None:
    of = book(V, ("济南", NOW_, "2009个"), ("济南", AGO, "2000个"))
    assert told(of, f"{V}@济南.yoy") == "0.5%|同比增长0.5%"
    of = replace(of, rule="half_even")
    assert told(of, f"{V}@济南.yoy") == "0.4%|同比增长0.4%"


def test_shares_that_do_not_add_up_as_printed_carry_a_note() -> None:
    of = book(V, *((city, NOW_, "1个") for city in CITIES[:3]))
    facts = [derive(of, f"{V}@{city}.share") for city in CITIES[:3]]
    assert note_on_shares(fact for fact in facts if isinstance(fact, Fact)) == "因四舍五入，各项占比之和不等于100%"
    of = book(V, *((city, NOW_, "1个") for city in CITIES))
    facts = [derive(of, f"{V}@{city}.share") for city in CITIES]
    assert note_on_shares(fact for fact in facts if isinstance(fact, Fact)) == ""


@pytest.mark.parametrize(
    ("expected", "period", "now", "ago"),
    [
        ("20.0%|比上年增长20.0%", "2026", "120个", "100个"),
        ("0.0%|与上年持平", "2026", "100个", "100个"),
        ("20.0%|同比增长20.0%", "2026-Q3", "120个", "100个"),
    ],
)
def test_years_and_quarters_have_words_of_their_own(expected: str, period: str, now: str, ago: str) -> None:
    base = str(replace(parse_period(period), year=2025))
    of = replace(book(V, ("济南", period, now), ("济南", base, ago)), period=parse_period(period))
    assert told(of, f"{V}@济南.yoy") == expected


@given(
    st.lists(st.tuples(st.sampled_from(CITIES), st.integers(0, 25), st.sampled_from(METRICS), st.integers(-5, 10**9))),
    st.sampled_from(("", "余", "约")),
)
def test_every_question_has_an_answer_whatever_was_reported(
    cells: list[tuple[str, int, Metric, int]], qualifier: str
) -> None:
    seen: list[Observation] = []
    for member, ago, metric, number in cells:
        year, month = divmod(2026 * 12 + 9 - ago, 12)
        front, after = ("约", "") if qualifier == "约" else ("", qualifier)
        text = f"{front}{number}{after}{metric.unit}"
        seen.append(observation(metric.id, member, str(Period(year, month + 1)), text))
    of = book_of(seen)
    for metric in METRICS:
        for member in ("", "@济南"):
            for aspect in ASPECTS:
                key = f"{metric.id}{member}.{aspect}"
                answer = derive(of, key)
                if isinstance(answer, Incomparable):
                    assert answer.code in answer.code
                    assert answer.message
                else:
                    assert answer.id == key
                    level = answer.wording.endswith("持平")  # says no number
                    assert not answer.wording or level or answer.quantity.unit in answer.wording


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from((0, 1, 2)))
def test_what_is_printed_of_a_change_is_true(now: int, ago: int, digits: int) -> None:
    of = book(V, ("济南", NOW_, f"{now}个"), ("济南", AGO, f"{ago}个"), digits=digits)
    fact = derive(of, f"{V}@济南.yoy")
    assert isinstance(fact, Fact)
    truth, step = Fraction(now - ago, ago) * 100, Fraction(1, 10**digits)
    number = fact.quantity.value
    if fact.quantity.qualifier == "不足":
        assert abs(truth) < abs(number)
    else:
        assert abs(number - truth) <= step / 2
        assert (number == 0) == (now == ago)
        assert (number < 0) == (now < ago)
