"""The book: ids, what is known of a number, and what follows where nobody reported it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.book import ASPECTS, Asked, Book, Metric
from digest.data.period import Period
from digest.data.quantity import parse_quantity
from tests.data.books import CITIES, METRICS, NOW, book_of, observation, sample_book

V, F, P, R = (metric.id for metric in METRICS)


def known(book: Book, metric: str, member: str = "", period: str = "2026-10", reach: str = "") -> str:
    """The quantity, or why there is none."""
    year, month = (int(part) for part in period.split("-"))
    wanted = "cumulative" if reach == "cumulative" else "alone" if reach else None
    found = book.known(metric, member, Period(year, month), wanted)  # type: ignore[arg-type]
    if found is None:
        return "nothing"
    return str(found.quantity) if found.quantity else found.refused.code if found.refused else found.why


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        (V, Asked(V, None, None, "value")),
        (f"{V}@济南", Asked(V, "济南", None, "value")),
        (f"{V}@全省", Asked(V, "", None, "value")),
        (f"{V}:2025-10", Asked(V, None, Period(2025, 10), "value")),
        (f"{V}@济南:2025-10.yoy", Asked(V, "济南", Period(2025, 10), "yoy")),
        (f"{V}.yoy_amount", Asked(V, None, None, "yoy_amount")),
        (f"{V}:2025-Q3.rank", Asked(V, None, Period(2025, quarter=3), "rank")),
        (f"{V}@", Asked(V, "", None, "value")),
        (f"{V}@烟台", None),
        (f"{V}:2025-00", None),
        (f"{V}.growth", None),
        ("nobody.knows", None),
    ],
)
def test_an_id_says_what_it_asks_for(key: str, asked: Asked | None) -> None:
    assert sample_book().parse(key) == asked


@given(
    st.sampled_from([metric.id for metric in METRICS]),
    st.sampled_from([None, "", *CITIES]),
    st.none() | st.builds(Period, st.integers(1000, 9999), st.integers(1, 12)),
    st.sampled_from(ASPECTS),
)
def test_what_is_asked_for_is_an_id_again(metric: str, member: str | None, period: Period | None, aspect: str) -> None:
    asked = Asked(metric, member, period, aspect)  # type: ignore[arg-type]
    assert sample_book().parse(str(asked)) == asked


@pytest.mark.parametrize(
    ("expected", "texts"),
    [
        ("100个", ("10个", "20个", "30个", "40个")),
        ("1,090个", ("1,000个", "20个", "30个", "40个")),
        ("10100个", ("1万个", "20个", "30个", "50个")),
        ("100余个", ("10余个", "20个", "30余个", "40个")),
        ("超过100个", ("超10个", "20个", "30个", "40个")),
        ("不足100个", ("近10个", "20个", "30个", "40个")),
        ("D282", ("10个", "", "30个", "40个")),
        ("D192", ("10余个", "近20个", "30个", "40个")),
        ("D192", ("约10个", "20个", "30个", "40个")),
        ("D171", ("10个", "20户", "30个", "40个")),
        ("not_reported", ()),
    ],
)
def test_the_whole_is_the_sum_of_all_members_or_nothing(expected: str, texts: tuple[str, ...]) -> None:
    seen = [observation(V, city, "2026-10", text) for city, text in zip(CITIES, texts, strict=False)]
    if not texts:
        seen = [observation(V, "", "2026-10", "")]
    assert known(book_of(seen), V) == expected


def test_who_is_missing_from_the_whole_is_named() -> None:
    whole = sample_book().known(P)
    assert whole is not None
    assert whole.without == ("淄博",)
    assert whole.refused is not None
    assert "淄博" in whole.refused.message


def test_a_total_that_was_reported_wins() -> None:
    cells = [observation(V, city, "2026-10", "10个") for city in CITIES]
    book = book_of([*cells, observation(V, "", "2026-10", "41个")])
    assert known(book, V) == "41个"
    found = book.known(V)
    assert found is not None
    assert not found.computed


def test_those_beside_the_roster_count_in_the_whole() -> None:
    cells = [observation(V, city, "2026-10", "10个") for city in (*CITIES, "省直")]
    book = replace(book_of(cells), apart=("省直",))
    assert known(book, V) == "50个"
    whole = book.known(V)
    assert whole is not None
    assert whole.at == "据4个市和省直填报数相加"
    assert known(replace(book_of(cells[:-1]), apart=("省直",)), V) == "40个"


def test_those_to_whom_it_does_not_apply_are_not_missing() -> None:
    cells = [observation(V, city, "2026-10", "10个") for city in CITIES[:3]]
    not_here = observation(V, "枣庄", "2026-10", "", why="not_applicable")
    assert known(book_of([*cells, not_here]), V) == "30个"


def test_a_share_is_never_added_up_and_a_mean_has_one_decimal_more() -> None:
    cells = [observation(R, city, "2026-10", "90.0%") for city in CITIES]
    of_sum = tuple(replace(metric, total="sum") for metric in METRICS)
    assert known(book_of(cells, metrics=of_sum), R) == "nothing"
    numbers = [
        observation(V, city, "2026-10", text) for city, text in zip(CITIES, ("1个", "2个", "3个", "5个"), strict=True)
    ]
    of_mean = tuple(replace(metric, total="mean") for metric in METRICS)
    mean = book_of(numbers, metrics=of_mean).known(V)
    assert mean is not None
    assert str(mean.quantity) == "2.8个"
    assert mean.quantity is not None
    assert mean.quantity.value * 4 == 11


@pytest.mark.parametrize(
    ("expected", "metric", "reach", "months"),
    [
        ("150万元", F, "alone", {10: "450万元", 9: "300万元"}),
        ("nothing", F, "alone", {9: "300万元"}),
        ("D194", F, "alone", {10: "450万元"}),
        ("D180", F, "alone", {10: "450余万元", 9: "300万元"}),
        ("-10万元", F, "alone", {10: "290万元", 9: "300万元"}),
        ("1,000.5万元", F, "alone", {10: "1,300.5万元", 9: "300万元"}),
        ("55人次", P, "cumulative", {month: f"{month}人次" for month in range(1, 11)}),
        ("D194", P, "cumulative", {month: f"{month}人次" for month in range(2, 11)}),
        ("nothing", P, "cumulative", {month: f"{month}人次" for month in range(1, 10)}),
        ("nothing", V, "cumulative", {month: f"{month}个" for month in range(1, 11)}),
    ],
)
def test_months_follow_from_their_sum_and_the_sum_from_all_months(
    expected: str, metric: str, reach: str, months: dict[int, str]
) -> None:
    book = book_of(observation(metric, "济南", f"2026-{month:02}", text) for month, text in months.items())
    assert known(book, metric, "济南", reach=reach) == expected


def test_the_sum_up_to_january_is_january() -> None:
    book = book_of([observation(F, "济南", "2026-01", "累计12万元")], period="2026-01")
    assert known(book, F, "济南", "2026-01", "alone") == "12万元"


def test_what_was_reported_is_not_computed_again() -> None:
    both = [observation(F, "济南", "2026-10", "7万元", "alone"), observation(F, "济南", "2026-10", "450万元")]
    book = book_of([*both, observation(F, "济南", "2026-09", "300万元")])
    assert known(book, F, "济南", reach="alone") == "7万元"


def test_a_series_ends_with_the_period_and_keeps_its_gaps() -> None:
    series = sample_book().series(P, "淄博", 3)
    assert [str(one.period) for one in series] == ["2026-08", "2026-09", "2026-10"]
    assert [one.quantity is None for one in series] == [False, False, True]
    assert sample_book().for_member("淄博").series(P, months=3) == series


def test_a_series_crosses_the_year() -> None:
    series = replace(sample_book(), period=Period(2026, 1)).series(V, "济南", 3)
    assert [str(one.period) for one in series] == ["2025-11", "2025-12", "2026-01"]


def test_the_number_an_id_is_about_is_dated() -> None:
    book = sample_book()
    asked = book.parse(f"{F}@济南.alone")
    assert asked is not None
    dated = book.dated(asked)
    assert dated is not None
    assert (str(dated.quantity), str(dated.period), dated.reach) == ("1,010.0万元", "2026-10", "alone")
    assert book.dated(Asked(V, "济南", Period(1999, 1), "value")) is None


def test_the_target_of_the_whole_is_given_or_the_sum_of_all() -> None:
    book = sample_book()
    summed = book.target(F)
    assert summed is not None
    assert str(summed.quantity) == "36,000万元"
    given = replace(book.metrics[F], targets={2026: parse_quantity("4亿元")})
    own = replace(book, metrics={**book.metrics, F: given}).target(F)
    assert own is not None
    assert str(own.quantity) == "4亿元"
    assert book.target(F, year=2025) is None
    assert book.target(V) is None


def test_there_is_no_digest_for_a_stranger() -> None:
    with pytest.raises(KeyError):
        sample_book().for_member("烟台")


@given(st.lists(st.integers(0, 10**9), min_size=4, max_size=4), st.integers(0, 3))
def test_a_sum_is_that_of_all_its_members(numbers: list[int], decimals: int) -> None:
    metric = Metric("m.x", "m", "资金", "万元", "flow")
    texts = [f"{number / 10**decimals:.{decimals}f}万元" for number in numbers]
    seen = [
        replace(observation(V, city, "2026-10", text), metric="m.x") for city, text in zip(CITIES, texts, strict=True)
    ]
    whole = book_of(seen, metrics=(metric,)).known("m.x", period=NOW)
    assert whole is not None
    assert whole.quantity is not None
    assert whole.quantity.value == sum(parse_quantity(text).value for text in texts)
    assert parse_quantity(str(whole.quantity)) == whole.quantity
