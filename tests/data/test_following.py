"""What follows from reports: wholes that lack members are not compared with others, and 余 and 余 are 余."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.data.answers import Aside, Change
from digest.data.book import Book, Stated
from digest.data.derived import derive
from digest.data.incomparable import Incomparable
from digest.data.model import Fact
from digest.data.period import Period
from digest.data.quantity import parse_quantity
from digest.data.shelf import Shelf
from digest.story.blocks import reads
from digest.story.phrases import Phrases
from digest.story.telling import tell
from tests.data.books import CITIES, METRICS, NOW, book_of, observation

V, F, P, R = (metric.id for metric in METRICS)
AGO = "2025-10"


def stated(metric: str, period: str, whole: str, *silent: str, text: str = "10", why: str = "not_reported") -> Book:
    """A table of one period with a 合计 and members, of whom those in `silent` have no number."""
    unit = next(one.unit for one in METRICS if one.id == metric)
    members = [
        observation(metric, city, period, "" if city in silent else text + unit, why=why)  # type: ignore[arg-type]
        for city in CITIES
    ]
    return book_of([*members, observation(metric, "", period, whole + unit)])


def both(*books: Book) -> Book:
    """Several tables as one book."""
    seen = {key: one for book in books for key, one in book.observations.items()}
    return replace(books[0], observations=seen)


def told(book: Book, key: str) -> str:
    found = derive(book, key)
    if isinstance(found, Incomparable):
        return found.code
    return f"{found.wording or found.quantity}"


def said(book: Book, key: str) -> str:
    return reads(tell([key], Shelf(book), Phrases())[0])


# --- a 合计 that lacks members --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("without", "silent", "why"),
    [
        ((), (), "not_reported"),
        (("青岛",), ("青岛",), "not_reported"),
        (("青岛", "枣庄"), ("枣庄", "青岛"), "blank"),
        ((), ("青岛",), "not_applicable"),
        ((), ("青岛",), "unread"),
    ],
)
def test_a_total_that_was_reported_says_who_has_no_number_beside_it(
    without: tuple[str, ...], silent: tuple[str, ...], why: str
) -> None:
    whole = stated(V, "2026-10", "41", *silent, why=why).known(V)
    assert whole is not None
    assert whole.without == without
    assert str(whole.quantity) == "41个"


def test_who_is_missing_in_another_table_or_has_no_row_is_not_missing_from_the_total() -> None:
    book = stated(V, "2026-10", "41", "青岛")
    elsewhere = {key: replace(one, table="另一张表") if one.member else one for key, one in book.observations.items()}
    rowless = {key: one for key, one in book.observations.items() if one.member != "青岛"}
    for seen in (elsewhere, rowless):
        whole = replace(book, observations=seen).known(V)
        assert whole is not None
        assert whole.without == ()


@pytest.mark.parametrize(
    ("expected", "now", "ago"),
    [
        ("同比增长10.0%", (), ()),
        ("同比增长10.0%", ("青岛",), ("青岛",)),
        ("同比增长10.0%", ("青岛", "枣庄"), ("枣庄", "青岛")),
        ("D308", ("青岛",), ()),
        ("D308", (), ("青岛",)),
        ("D308", ("青岛",), ("枣庄",)),
    ],
)
def test_totals_are_compared_where_they_lack_the_same(
    expected: str, now: tuple[str, ...], ago: tuple[str, ...]
) -> None:
    book = both(stated(V, "2026-10", "44", *now), stated(V, AGO, "40", *ago))
    assert told(book, f"{V}.yoy") == expected
    assert told(book, f"{V}@济南.yoy") == "与上年同期持平"


def test_a_refusal_names_who_is_missing_when() -> None:
    book = both(stated(V, "2026-10", "44", "青岛"), stated(V, AGO, "40"))
    found = derive(book, f"{V}.yoy")
    assert isinstance(found, Incomparable)
    assert found.message == "2026年10月的合计缺青岛，2025年10月的合计不缺，口径不同，不能比较"
    assert found.short == "口径不同"


def test_the_comparison_that_the_table_gives_is_told_all_the_same() -> None:
    book = both(stated(V, "2026-10", "44", "青岛"), stated(V, AGO, "40"))
    change = Change("percent", falls=False, size=parse_quantity("5.3%"), basis="同比", aside=Aside("5.3"))
    given = Stated(change, "月报表", "全省 › 同比")
    assert told(replace(book, stated={(V, "", NOW, "alone", "year_on_year"): given}), f"{V}.yoy") == "同比增长5.3%"


@pytest.mark.parametrize(
    ("expected", "now", "last"),
    [
        ("160万元", (), ()),
        ("160万元", ("青岛",), ("青岛",)),
        ("D282", ("青岛",), ()),
        ("D194", (), ("青岛",)),  # what 青岛 did in nine months would be told as of the tenth
    ],
)
def test_a_month_is_the_difference_of_totals_that_lack_the_same(
    expected: str, now: tuple[str, ...], last: tuple[str, ...]
) -> None:
    october = stated(F, "2026-10", "440", *now, text="110")
    book = both(october, stated(F, "2026-09", "280", *last, text="70"))
    assert told(book, f"{F}.alone") == expected
    month = book.known(F, "", reach="alone")
    assert month is not None
    assert month.quantity is None or month.without == now


def test_a_year_so_far_lacks_whom_any_of_its_months_lacks() -> None:
    months = [stated(P, f"2026-{month:02}", "10", *(("青岛",) if month == 3 else ())) for month in range(1, 11)]
    upto = both(months[-1], *months).known(P, "", reach="cumulative")
    assert upto is not None
    assert (str(upto.quantity), upto.without) == ("100人次", ("青岛",))


def test_what_is_made_of_such_a_total_says_so() -> None:
    book = stated(F, "2026-10", "450", "青岛")
    book = replace(book, targets={(F, "", 2026): observation(F, "", "2026", "900万元")})
    for key in (F, f"{F}.completion", f"{F}.pace", f"{F}@济南.share"):
        fact = derive(book, key)
        assert isinstance(fact, Fact)
        assert fact.without == ("青岛",), key
        assert fact.source.at.endswith("（青岛未报）"), key
    own = derive(book, f"{F}@济南")
    assert isinstance(own, Fact)
    assert own.without == ()


def test_text_names_who_is_missing_once_behind_the_number() -> None:
    book = stated(F, "2026-10", "450", "青岛")
    book = replace(book, targets={(F, "", 2026): observation(F, "", "2026", "900万元")})
    assert said(book, F).startswith("2026年1—10月，全省投入资金累计450万元（青岛未报）；完成年度目标的50.0%，")
    assert said(book, f"{F}.completion") == "2026年1—10月，全省投入资金完成年度目标的50.0%（青岛未报）。"
    assert "占全省的2.2%（青岛未报）" in said(book, f"{F}@济南")


def test_a_share_of_the_whole_lacks_nobody() -> None:
    whole = stated(R, "2026-10", "91.8", "青岛").known(R)
    assert whole is not None
    assert whole.without == ()


def test_many_names_are_counted() -> None:
    cities = tuple(f"{number}市" for number in range(9))
    seen = [observation(V, city, "2026-10", "") for city in cities]
    book = book_of([*seen, observation(V, "", "2026-10", "41个")], roster=cities)
    assert said(book, V).endswith("41个（0市、1市、2市、3市、4市、5市等9个单位未报）。")


# --- adding up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "months"),
    [
        ("12700余人次", ("1000人次",) * 9 + ("3700余人次",)),
        ("12700余人次", ("2700余人次", *("1000余人次",) * 8, "2000人次")),
        ("1200000人次", ("1.3万人次", *("1.3万人次",) * 8, "1083000人次")),
        ("1217405小时", ("1.3万小时", *("0小时",) * 8, "1204405小时")),
        ("1217405.5小时", ("1.3万小时", *("0小时",) * 8, "1204405.5小时")),
        ("13000.5小时", ("1.30005万小时", *("0小时",) * 9)),
        ("D192", ("2700余人次", "近1000人次", *("1000人次",) * 8)),
        ("D192", ("约2700人次", *("1000人次",) * 9)),
        ("超过11700人次", ("超2700人次", *("1000人次",) * 9)),
    ],
)
def test_a_year_so_far_is_as_certain_as_its_months(expected: str, months: tuple[str, ...]) -> None:
    seen = (observation(P, "济南", f"2026-{number:02}", text) for number, text in enumerate(months, 1))
    assert told(book_of(seen), f"{P}@济南.cumulative") == expected


@pytest.mark.parametrize(
    ("expected", "not_here", "apart"),
    [
        ("据4个市填报数相加", (), ()),
        ("据3个市填报数相加，1个市不适用", ("枣庄",), ()),
        ("据2个市和省直填报数相加，2个市不适用", ("济南", "枣庄"), ("省直",)),
        ("据3个市填报数相加，1个市和省直不适用", ("枣庄", "省直"), ("省直",)),
    ],
)
def test_a_whole_says_of_whom_it_is_and_to_whom_it_does_not_apply(
    expected: str, not_here: tuple[str, ...], apart: tuple[str, ...]
) -> None:
    seen = [
        observation(V, one, "2026-10", "" if one in not_here else "10个", why="not_applicable")
        for one in (*CITIES, *apart)
    ]
    whole = replace(book_of(seen), apart=apart).known(V)
    assert whole is not None
    assert whole.at == expected
    assert whole.period == Period(2026, 10)
