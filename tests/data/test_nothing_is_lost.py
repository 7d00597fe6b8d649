"""From the file to the book: every number of a table is reported, told of, or declared as not to be read."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.data.book import Metric, Observation
from digest.data.gather import Plan, gather
from digest.data.metrics import TableSource
from digest.data.period import Period
from digest.data.roster import Roster
from digest.data.sources.opened import Sources
from digest.data.taking import take_figures

if TYPE_CHECKING:
    from digest.data.book import Stated
    from digest.data.gather import Gathered
    from digest.data.taking import Reported

NOW = Period(2026, 10)
ROSTER = Roster(("济南", "青岛", "淄博"), apart=("省直",), merged={"莱芜": "济南"})
METRICS = {
    one.id: one
    for one in (
        Metric("a.villages", "a", "联建村", "个", "stock"),
        Metric("a.funds", "a", "投入资金", "万元", reach="cumulative"),
        Metric("a.rate", "a", "满意率", "%", "share", total="given"),
    )
}
WIDE = TableSource("月报", file="月报.csv", skip=("电话",))
TIDY = TableSource("明细", file="明细.csv", member="市", period="月份", metric="指标", value="数值", skip=("电话",))


class Case(NamedTuple):
    """A table of texts, and how the project has it."""

    rows: tuple[tuple[str, ...], ...]
    source: TableSource


names = st.sampled_from(
    ["济南", "济 南 市", "青岛市", "淄博", "淄博", "省直", "莱芜", "烟台", "合计", "小计", "平均", "其中：市直", ""]
)
numbers = st.one_of(
    st.integers(-50, 99999).map(str),
    st.integers(1000, 9_999_999).map("{:,}".format),
    st.sampled_from(
        ["１２３", " 45 ", "1.3万", "1.3万余", "近5", "约20", "95/196", "12.50", "48.5%", "0.485", "7户",
         "8万元", "", "—", "未报", "不适用", "无", "同上", "大约", "4O", "123①", "123（预计）", "增长5.3%", "持平"]
    ),
)  # fmt: skip
titles = st.sampled_from(
    ["联建村", "联建村（个）", "联建村（户）", "投入资金（万元）", "投入资金（元）", "累计投入资金（万元）",
     "满意率（%）", "投入资金同比（%）", "投入资金增长（%）", "投入资金环比", "投入资金年度目标（万元）", "党员数",
     "电话", "备注"]
)  # fmt: skip
times = st.sampled_from(["2026年10月", "2026-09", "10月", "2026年1—10月", "2025年10月", "", "本次", "2026年三季度"])


@st.composite
def wide(draw: st.DrawFn) -> Case:
    head = draw(st.lists(titles, min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(names, *[numbers] * len(head)), min_size=1, max_size=5))
    above = draw(st.sampled_from([(), (("2026年10月情况表",),), (("单位：万元",),)]))
    return Case((*above, ("市", *head), *rows), WIDE)


@st.composite
def tidy(draw: st.DrawFn) -> Case:
    kinds = st.sampled_from(["联建村", "投入资金", "满意率", "好人好事", ""])
    rows = draw(st.lists(st.tuples(names, times, kinds, numbers, numbers), min_size=1, max_size=6))
    return Case((("市", "月份", "指标", "数值", draw(st.sampled_from(["电话", "上年数"]))), *rows), TIDY)


def gathered(case: Case, folder: Path) -> Gathered:
    text = io.StringIO()
    width = max(map(len, case.rows))
    csv.writer(text).writerows((*row, *[""] * (width - len(row))) for row in case.rows)
    (folder / case.source.file).write_text(text.getvalue(), encoding="utf-8")
    with Sources() as opened:
        return gather(Plan(METRICS, (case.source,), ROSTER), NOW, folder, opened)


def lost(case: Case, found: Gathered) -> list[str]:
    """The cells with digits below the head that neither the book nor a finding has."""
    if any(one.severity == "error" for one in found.findings):
        return []  # the whole table is not read, and that is told
    head = next(n for n, row in enumerate(case.rows) if row[0] == "市")
    book = found.book
    stood: list[Observation | Stated] = [*book.observations.values(), *book.targets.values(), *book.stated.values()]
    taken = {one.place.cell for one in stood if one.place}
    quoted = [(one.place.cell if one.place else "", f"{one.message}{one.value}") for one in found.findings]
    gone = []
    for n, row in enumerate(case.rows[head + 1 :], head + 2):
        for title, text in zip(case.rows[head][1:], row[1:], strict=False):
            where = f"第{n}行 › {title}"
            if title in {"电话", "备注", "月份", "指标"} or not any(char.isdigit() for char in text) or where in taken:
                continue
            if not _is_told(where, n, row, title, quoted, case, book_has=_value_is_there(row, title, text, stood)):
                gone.append(f"{where} “{text}” {row}")
    return gone


def _is_told(
    where: str,
    line: int,
    row: tuple[str, ...],
    title: str,
    quoted: list[tuple[str, str]],
    case: Case,
    *,
    book_has: bool,
) -> bool:
    """Whether a finding has the cell, its row, its column or what it is called; or the book another of the same."""
    if book_has:
        return True
    named = row[2] if case.source is TIDY and title == "数值" else title.partition("（")[0]
    for cell, words in quoted:
        of_column = any(named.startswith(one) or title.startswith(one) for one in _QUOTED.findall(words))
        at_row = cell.startswith(f"第{line}行") and (
            where == cell or " › 市" in cell or "›" not in cell or "月份" in cell
        )
        if at_row or of_column or (row[0] and row[0].strip() in words):
            return True
    return False


def _value_is_there(row: tuple[str, ...], title: str, text: str, stood: list[Observation | Stated]) -> bool:
    """A second report of the same number, or one that was added to another: nothing was lost by keeping one of them."""
    told = [one.text if isinstance(one, Observation) else one.change.aside.text for one in stood]
    of_former = row[0] == "莱芜" and any(getattr(one, "computed", False) for one in stood)
    return text in told or of_former or not title


@settings(max_examples=80, deadline=None)
@given(st.one_of(wide(), tidy()))
def test_every_number_of_a_table_is_reported_told_of_or_declared(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert lost(case, gathered(case, Path(folder))) == []


@settings(max_examples=40, deadline=None)
@given(st.one_of(wide(), tidy()))
def test_no_number_is_missing_without_a_reason(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = gathered(case, Path(folder)).book
    for one in (*book.observations.values(), *book.targets.values()):
        assert (one.quantity is None) == bool(one.why), one
        assert one.quantity is None or one.quantity.value == one.quantity.value  # a fraction, and never NaN


_QUOTED = re.compile("“([^”]+)”")
CASE = Case((("市", "联建村（个）"), ("济南", "12"), ("青岛", "1,234"), ("淄博", "5余")), WIDE)


def test_nothing_is_lost_of_a_table_as_it_should_be(tmp_path: Path) -> None:
    found = gathered(CASE, tmp_path)
    assert lost(CASE, found) == []
    assert [str(one.quantity) for one in found.book.observations.values()] == ["12个", "1234个", "5余个"]


@pytest.mark.parametrize("broken", ["drops a number", "drops what cannot be read", "forgets a finding"])
def test_one_who_loses_a_number_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    def losing(*given_: object, **named: object) -> Reported:
        report = take_figures(*given_, **named)  # type: ignore[arg-type]
        if broken == "drops a number":
            return replace(report, observations=report.observations[1:])
        if broken == "drops what cannot be read":
            return replace(report, observations=tuple(one for one in report.observations if one.quantity), findings=())
        return replace(report, findings=(), unclaimed=())

    case = CASE
    if broken == "drops what cannot be read":
        case = CASE._replace(rows=(*CASE.rows[:-1], ("淄博", "5户")))
    if broken == "forgets a finding":
        case = Case(tuple((*row, text) for row, text in zip(CASE.rows, ("党员数", "1", "2", "3"), strict=True)), WIDE)
    assert lost(case, gathered(case, tmp_path)) == []
    monkeypatch.setattr("digest.data.gather.take_figures", losing)
    assert lost(case, gathered(case, tmp_path))
