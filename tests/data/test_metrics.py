"""Metrics and tables as a project declares them."""

from __future__ import annotations

import tomllib

import pytest

from digest.data import schema
from digest.data.book import ASPECTS, Metric
from digest.data.metrics import TableSource, read_metrics, read_rounding, read_since, read_table_sources
from digest.data.schema import Taken
from digest.findings import Finding, Place

METRIC = '[[metric]]\nid = "a.b"\nprogram = "a"\nname = "资金"\nunit = "万元"\n'
TABLE = '[[table]]\ntitle = "月报"\n'


def taken(text: str, seen: list[Finding]) -> Taken:
    return schema.take(tomllib.loads(text), {**schema.PROJECT}, Place("digest.toml"), seen)


def metric(more: str) -> tuple[Metric, list[Finding]]:
    seen: list[Finding] = []
    (one,) = read_metrics(taken(METRIC + more, []), seen).values()
    return one, seen


def source(more: str, frames: tuple[str, ...] = ()) -> tuple[TableSource, list[Finding]]:
    seen: list[Finding] = []
    (one,) = read_table_sources(taken(TABLE + more, []), frames, seen)
    return one, seen


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ("", "kind", "flow"),
        ("", "reach", "alone"),
        ("", "total", "sum"),
        ("", "better", "more"),
        ("", "digits", 1),
        ('kind = "存量"', "kind", "stock"),
        ('kind = "占比"', "kind", "share"),
        ('kind = "占比"', "total", "given"),
        ('kind = "活动"', "kind", "event"),
        ('kind = "时长"', "kind", "duration"),
        ('reach = "累计"', "reach", "cumulative"),
        ('reach = "当月"', "reach", "alone"),
        ('reach = "cumulative"', "reach", "cumulative"),
        ('total = "平均"', "total", "mean"),
        ('total = "表中"', "total", "given"),
        ('total = "不合"', "total", "none"),
        ('better = "少"', "better", "less"),
        ('better = "中"', "better", ""),
        ("digits = 0", "digits", 0),
        ("digits = 2", "digits", 2),
        ('columns = ["资金投入"]', "columns", ("资金投入",)),
    ],
)
def test_words_of_a_metric_say_what_they_say(more: str, field: str, value: object) -> None:
    one, seen = metric(more)
    assert seen == []
    assert getattr(one, field) == value


@pytest.mark.parametrize(
    ("written", "printed"), [("4亿元", "4亿元"), ("40000", "40000万元"), ("40,000", "40000万元"), ("3.5", "3.5万元")]
)
def test_a_target_is_in_the_unit_of_its_metric(written: str, printed: str) -> None:
    one, seen = metric(f'targets = {{ "2026" = "{written}" }}')
    assert seen == []
    assert str(one.targets[2026]) == printed


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("D107", 'kind = "库存"'),
        ("D107", 'reach = "全年"'),
        ("D107", 'total = "最大"'),
        ("D107", 'better = "好"'),
        ("D293", 'targets = { "2026" = "4亿人" }'),
        ("D293", 'targets = { "2026" = "很多" }'),
        ("D293", 'targets = { "明年" = "4亿元" }'),
        ("D101", 'colour = "红"'),
    ],
)
def test_what_is_wrong_with_a_metric_is_told_with_what_would_be_right(code: str, more: str) -> None:
    _, seen = metric(more)
    assert [finding.code for finding in seen] == [code]
    assert seen[0].hint


@pytest.mark.parametrize("aspect", ASPECTS)
def test_no_metric_ends_in_a_word_that_asks(aspect: str) -> None:
    seen: list[Finding] = []
    read_metrics(taken(METRIC.replace("a.b", f"a.{aspect}"), []), seen)
    assert [finding.code for finding in seen] == ["D291"]


@pytest.mark.parametrize(("key", "code"), [("资金", "D291"), ("a b", "D291"), ("a@b", "D291"), ("yoy", "")])
def test_an_id_has_letters_and_dots(key: str, code: str) -> None:
    seen: list[Finding] = []
    read_metrics(taken(METRIC.replace("a.b", key), []), seen)
    assert [finding.code for finding in seen] == ([code] if code else [])


@pytest.mark.parametrize("unit", ["万元", "个", "人次", "%", "亩", "万千瓦时", "公里", "个百分点", "场次"])
def test_units_of_offices_are_units(unit: str) -> None:
    seen: list[Finding] = []
    read_metrics(taken(METRIC.replace("万元", unit), []), seen)
    assert seen == []


@pytest.mark.parametrize("unit", ["3个", "个以上", "余", "。"])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    seen: list[Finding] = []
    read_metrics(taken(METRIC.replace("万元", unit), []), seen)
    assert [finding.code for finding in seen] == ["D292"]


def test_an_id_given_twice_is_told_with_the_place_of_the_first() -> None:
    seen: list[Finding] = []
    read_metrics(taken(METRIC + METRIC, []), seen)
    assert [finding.code for finding in seen] == ["D104"]
    assert "metric[1]" in seen[0].hint


@pytest.mark.parametrize(
    ("codes", "more", "frames"),
    [
        ([], 'file = "a.csv"', ()),
        ([], 'query = "a.sql"\nconnection = "A"', ()),
        ([], "", ("月报",)),
        ([], 'file = "a.csv"', ("月报",)),
        (["D294"], "", ()),
        (["D294"], "", ("年报",)),
        (["D294"], 'file = "a.csv"\nquery = "a.sql"', ()),
        (["D107"], 'file = "a.csv"\nreach = "全年"', ()),
    ],
)
def test_a_table_comes_from_one_place(codes: list[str], more: str, frames: tuple[str, ...]) -> None:
    assert [finding.code for finding in source(more, frames)[1]] == codes


def test_a_table_names_its_columns_of_words() -> None:
    one, _ = source('file = "a.csv"\nmember = "市"\nperiod = "月份"\nmetric = "指标"\nrange = "A1:C9"\nheader = 2')
    assert one.labels == ("市", "月份", "指标")
    assert (one.cells, one.header) == ("A1:C9", 2)


def test_beginning_and_rounding_are_read_or_told() -> None:
    seen: list[Finding] = []
    good = Taken(Place("digest.toml"), {"since": "2024年1月", "rounding": "四舍六入五成双"})
    assert (str(read_since(good, seen)), read_rounding(good, seen)) == ("2024-01", "half_even")
    empty = Taken(Place("digest.toml"))
    assert (read_since(empty, seen), read_rounding(empty, seen)) == (None, "half_up")
    assert seen == []
    bad = Taken(Place("digest.toml"), {"since": "去年", "rounding": "进一"})
    assert (read_since(bad, seen), read_rounding(bad, seen)) == (None, "half_up")
    assert [finding.code for finding in seen] == ["D106", "D107"]
