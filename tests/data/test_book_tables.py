"""Tables over the book as a project declares them: what is read, and every name that nothing goes by."""

from __future__ import annotations

import tomllib

import pytest

from digest.data.book_tables import read_book_tables, table_faults
from digest.data.model import TableSpec
from digest.data.schema import Taken
from digest.findings import Finding, Place
from tests.data.books import sample_book

PLACE = Place("digest.toml", "section[1].part[1]")


def read(text: str) -> tuple[tuple[TableSpec, ...], list[Finding]]:
    seen: list[Finding] = []
    return read_book_tables(Taken(PLACE, tomllib.loads(text)), seen), seen


def faults(spec: TableSpec) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.cell if one.place else "", one.hint) for one in table_faults(spec, sample_book())]


def test_a_table_is_read_with_its_rows_and_all_that_stands_around_them() -> None:
    (spec,), seen = read("""
        [[tables]]
        rows = "成员"
        columns = ["slgj.funds", "slgj.funds.yoy"]
        members = ["全部"]
        months = 6
        whole = "首行"
        spark = "slgj.funds"
        sort = "slgj.funds"
        caption = "各市投入资金"
        note = "初步数。"
    """)
    assert not seen
    assert (spec.rows, spec.columns, spec.whole) == ("members", ("slgj.funds", "slgj.funds.yoy"), "first")
    assert (spec.members, spec.months, spec.spark, spec.sort) == (("全部",), 6, "slgj.funds", "slgj.funds")
    assert (spec.caption, spec.note, str(spec.place)) == (
        "各市投入资金", "初步数。", "digest.toml › section[1].part[1].tables[1]",
    )  # fmt: skip


def test_the_whole_stands_last_where_nobody_says() -> None:
    (spec,), _ = read('tables = [{ rows = "members", columns = ["slgj.funds"] }]')
    assert spec.whole == "last"


def test_unknown_words_are_told_with_the_nearest_and_the_other_tables_are_read() -> None:
    specs, seen = read("""
        tables = [
          { rows = "member", columns = ["slgj.funds"] },
          { rows = "months", columns = ["slgj.funds"], whole = "最后" },
          { rows = "metrics", colums = ["value"] },
        ]
    """)
    assert [spec.rows for spec in specs] == ["months", "metrics"]
    assert [(one.code, one.hint) for one in seen if one.code == "D107"] == [
        ("D107", "是否应为“members”"),
        ("D107", "可用的有：首行、末行、无、first、last、none"),
    ]
    assert [one.code for one in seen if one.code != "D107"] == ["D101", "D103"]


def test_a_table_of_known_names_has_no_fault() -> None:
    assert not faults(
        TableSpec("members", ("slgj.funds", "slgj.funds@济南:2025.yoy"), spark="slgj.funds", sort="slgj.funds")
    )
    assert not faults(TableSpec("metrics", ("value", "累计"), metrics=("slgj.funds",), spark="value"))


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        (TableSpec("members", ("slgj.fund.yoy",)), ("D105", "columns", "是否应为“slgj.funds.yoy”")),
        (TableSpec("members", ("slgj.funds",), sort="slgj.funds.rnk"), ("D105", "sort", "是否应为“slgj.funds.rank”")),
        (TableSpec("members", ("slgj.funds",), spark="slgj.fonds"), ("D105", "spark", "是否应为“slgj.funds”")),
        (TableSpec("members", ("slgj.funds",), members=("济宁",)), ("D105", "members", "是否应为“济南”")),
        (TableSpec("metrics", ("数",), metrics=("slgj.funds",)), ("D107", "columns", "是否应为“数量”")),
        (TableSpec("metrics", ("value",), metrics=("zyfw.peple",)), ("D105", "metrics", "是否应为“zyfw.people”")),
        (TableSpec("metrics", ("value",)), ("D335", "metrics", "metrics 列出各行的指标编号")),
        (
            TableSpec("months", ("slgj.funds",), spark="slgj.funds"),
            ("D335", "spark", "迷你图本身就是各月走势，请放在成员或指标的表里"),
        ),
    ],
)
def test_a_name_that_nothing_goes_by_is_told_with_the_nearest(spec: TableSpec, found: tuple[str, str, str]) -> None:
    assert faults(spec) == [found]
