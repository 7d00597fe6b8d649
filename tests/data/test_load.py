"""Projects: what they hold, and everything that is wrong with them at once."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

from digest.data.facts import facts_from_frame
from digest.data.load import in_order, load
from digest.data.model import AsOf, Digest, Span
from digest.data.provenance import check_digest
from digest.data.schema import COLUMNS
from digest.data.starter import init_project
from digest.errors import DataError, UsageError
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    return init_project(tmp_path / "project")


@pytest.fixture(scope="session")
def mofan(project: Path) -> Digest:
    return load(project)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def edit_cell(project: Path, key: str, title: str, value: str) -> None:
    """Put another value into a cell of the facts table."""
    file = project / "data" / "figures.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    next(row for row in rows if row["编号"] == key)[title] = value
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(out.getvalue().encode("utf-8-sig"))


def faults(project: Path) -> tuple[Finding, ...]:
    with pytest.raises(DataError) as caught:
        load(project)
    return caught.value.findings


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.place)) for finding in findings]


# --- the example ------------------------------------------------------------------------------------


def test_the_example_holds_what_the_two_documents_report(mofan: Digest) -> None:
    counts = [len(group) for group in (mofan.facts, mofan.mechanisms, mofan.commitments, mofan.commendations)]
    assert counts == [54, 21, 9, 5]
    assert [document.id for document in mofan.documents] == ["s000", "s003"]
    assert mofan.period == "2023-12"
    assert mofan.findings == ()


def test_every_fact_of_the_example_has_words_a_label_and_a_source(mofan: Digest) -> None:
    for fact in mofan.facts:
        assert fact.phrase.count("{}") == 1
        assert 0 < sum("\u4e00" <= char <= "\u9fff" for char in fact.label) <= 10
        assert fact.source.document
        assert fact.source.quote
        assert fact.place is not None


def test_our_own_words_of_the_example_are_not_the_source(mofan: Digest) -> None:
    for fact in mofan.facts:
        sentence = fact.phrase.replace("{}", str(fact.quantity))
        is_a_name = fact.kind == "ordinal"  # the full name of an award has no other words
        assert fact.source.quote not in sentence or len(fact.source.quote) <= 6 or is_a_name


def test_our_own_words_use_full_width_marks_and_quotes_stay_as_they_are(mofan: Digest) -> None:
    own = [text for fact in mofan.facts for text in (fact.metric, fact.label, fact.phrase, fact.note)]
    own += [mechanism.name for mechanism in mofan.mechanisms] + [one.name for one in mofan.commendations]
    own += [commitment.text for commitment in mofan.commitments]
    assert not [text for text in own if any(mark in text for mark in ",:;?()")]
    assert "(市、区)" in mofan.fact("slgj.counties").source.quote


def test_a_fact_is_read_with_all_that_is_known_of_it(mofan: Digest) -> None:
    fact = mofan.fact("yxks.rectifying")
    assert (str(fact.quantity), fact.kind, fact.of, fact.cumulative) == ("95个", "ledger_part", "yxks.issues", True)
    assert fact.period == Span("2023", "2023", "目前", inferred=True)
    assert (fact.as_of.date, fact.as_of.text, fact.as_of.inferred) == ("2023-12", "目前", True)
    assert (fact.source.speaker, fact.source.outlet) == ("卞汉林", "中宏网")
    assert str(fact.place) == "data/figures.csv › 第33行"
    with pytest.raises(KeyError):
        mofan.fact("none")


def test_targets_are_targets(mofan: Digest) -> None:
    assert {fact.id for fact in mofan.facts if fact.is_target} == {
        *("slgj.target_2024_year", "slgj.target_communities", "fg.tasks"),
        *("plan.from", "plan.themes", "plan.collectives"),
    }


def test_what_stands_outside_the_body_of_a_page_is_no_source(mofan: Digest) -> None:
    page = mofan.documents[1].text
    assert page.startswith("今天下午")
    assert page.endswith("(山东省人民政府新闻办公室)")
    assert "相关阅读" not in page
    assert "服务粉丝" not in page


def test_a_digest_is_handed_back_as_it_is(mofan: Digest) -> None:
    assert load(mofan) is mofan
    assert load(mofan, "2023年11月").period == "2023-11"


# --- calls that cannot be followed ------------------------------------------------------------------


def test_no_folder_and_no_project_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个文件夹"):
        load(tmp_path / "none")
    with pytest.raises(UsageError, match=r"没有 digest\.toml"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[digest]\nname = "甲\n', "第2行"),
        ("[digest\n", "第1行"),
        ('[digest]\nname = "甲"\nname = "乙"\n', "第3行"),
        ("a = [", "文件末尾|第1行"),
        ("a = " + "[" * 5000, "."),
    ],
)
def test_broken_toml_is_told_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "digest.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        load(tmp_path)
    assert caught.value.code == "U103"
    assert "digest.toml" in caught.value.message


def test_a_broken_structures_file_is_named(small_project: Path) -> None:
    (small_project / "data" / "structures.toml").write_text("[[mechanism]\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"data/structures\.toml › 第1行"):
        load(small_project)


def test_a_period_the_project_does_not_have_is_a_usage_error(small_project: Path) -> None:
    assert load(small_project, "2026年10月").period == "2026-10"
    with pytest.raises(UsageError, match="没有2026年9月的数据"):
        load(small_project, "2026-09")
    with pytest.raises(UsageError, match="写法不对"):
        load(small_project, "九月")


def test_figures_kept_by_period_are_found_by_period(small_project: Path) -> None:
    data = small_project / "data"
    edit(small_project / "digest.toml", "data/figures.csv", "data/{period}.csv")
    (data / "figures.csv").rename(data / "2026-10.csv")
    (data / "2026-09.csv").write_bytes((data / "2026-10.csv").read_bytes())
    assert load(small_project).period == "2026-10"
    assert str(load(small_project, "2026-09").facts[0].place) == "data/2026-09.csv › 第2行"
    with pytest.raises(DataError, match=r"data/2026-08\.csv"):
        load(small_project, "2026-08")


# --- everything that is wrong, at once --------------------------------------------------------------


def test_a_wrong_number_a_missing_quote_an_unknown_key_and_a_bad_date_are_told_together(
    copy_of_example: Path,
) -> None:
    edit_cell(copy_of_example, "slgj.depts", "数据", "138个")
    edit_cell(copy_of_example, "slgj.funds", "原文", "")
    edit_cell(copy_of_example, "ld.land", "截至", "2023年末")
    edit(copy_of_example / "digest.toml", "copies =", "copys =")
    findings = faults(copy_of_example)
    assert told(findings) == [
        ("D101", "digest.toml › colophon › copys"),
        ("P203", "data/figures.csv › 第3行 › 数据"),
        ("D111", "data/figures.csv › 第9行 › 原文"),
        ("D106", "data/figures.csv › 第26行 › 截至"),
    ]
    assert "copies" in findings[0].hint
    assert "138个" in findings[1].message
    assert "2023-12-29" in findings[3].hint


@pytest.mark.parametrize(
    ("key", "title", "value", "code", "said"),
    [
        ("bf.funds", "数据", "若干", "D108", "不是数量"),
        ("bf.funds", "数据", "", "D103", "是空的"),
        ("bf.funds", "类别", "总量", "D107", "存量"),
        ("bf.funds", "状态", "完成", "D107", "已报告"),
        ("bf.funds", "累计", "对", "D107", "是、否"),
        ("bf.funds", "期间止", "2026-13", "D106", "不是日期"),
        ("bf.funds", "项目", "bg", "D105", "bf"),
        ("bf.funds", "来源", "reports", "D105", "report"),
        ("bf.funds", "来源", "", "D111", "没有来源"),
        ("bf.funds", "编号", "bf.deeds", "D104", "重复"),
        ("ck.handling", "隶属", "ck.opinion", "D105", "ck.opinions"),
        ("bf.funds", "表述", "落实资金", "D113", "{}"),
        ("bf.funds", "表述", "落实{}资金{}", "D113", "{}"),
    ],
)
def test_a_wrong_cell_is_told_with_what_stands_there_and_what_is_accepted(
    small_project: Path, key: str, title: str, value: str, code: str, said: str
) -> None:
    edit_cell(small_project, key, title, value)
    findings = [finding for finding in faults(small_project) if finding.code == code]
    assert findings
    assert title in str(findings[0].place)
    assert said in str(findings[0])


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('name = "工作简报"', 'nam = "工作简报"', "D101", "digest.toml › digest › nam"),
        ('name = "工作简报"', "name = 3", "D102", "digest.toml › digest › name"),
        ('name = "工作简报"', "", "D103", "digest.toml › digest › name"),
        ("issue = 1", 'issue = "一"', "D102", "digest.toml › digest › issue"),
        ("issue = 1", "issue = -1", "D102", "digest.toml › digest › issue"),
        ("issue = 1", "issue = true", "D102", "digest.toml › digest › issue"),
        ('date = "2026-10-31"', 'date = "2026-10-32"', "D106", "digest.toml › digest › date"),
        ('period = "2026-10"', 'period = "十月"', "D106", "digest.toml › digest › period"),
        ("[colophon]", "[colofon]", "D101", "digest.toml › colofon"),
        ("headlines = [", 'headlines = ["bf.fund", ', "D105", "digest.toml › digest › headlines"),
        ('"bf.branches", "bf.villages"', '"bf.branch"', "D105", "digest.toml › section[1].part[1] › panels"),
        ("panels = [{ facts", "panels = [{ fact", "D101", "digest.toml › section[1].part[1].panels[1] › fact"),
        ('[["sanxiang"]]', '["sanxiang"]', "D102", "digest.toml › section[2].part[1] › mechanisms"),
        ('[["sanxiang"]]', '[["sixiang"]]', "D105", "digest.toml › section[2].part[1] › mechanisms"),
        ('commitments = ["', 'commitments = ["x', "D105", "digest.toml › section[2].part[1] › commitments"),
        ('programs = ["ck"]', 'programs = ["kc"]', "D105", "digest.toml › section[2] › programs"),
        ('total = "ck.opinions"', 'total = "ck.opinion"', "D105", "digest.toml › section[2].part[1] › ledger"),
        ("{bf.funds}", "{bf.fund}", "F303", "digest.toml › section[1].part[1] › text"),
        ("{bf.funds}", "{bf.funds", "F302", "digest.toml › section[1].part[1] › text"),
        ('id = "ck"', 'id = "bf"', "D104", "digest.toml › program[2] › id"),
        ('"sources/report.txt"', '"sources/none.txt"', "D109", "digest.toml › source[1] › file"),
        ('"sources/report.txt"', '"../../etc/passwd"', "D109", "digest.toml › source[1] › file"),
        ('"sources/report.txt"', '"/etc/passwd"', "D109", "digest.toml › source[1] › file"),
        ('"data/figures.csv"', '"data/none.csv"', "D109", "digest.toml › data › facts"),
        ('"data/figures.csv"', '"data"', "D109", "digest.toml › data › facts"),
        ('"data/figures.csv"', f'"{"x" * 300}.csv"', "D109", "digest.toml › data › facts"),
        ('"data/figures.csv"', '"data/\\u0000.csv"', "D124", "digest.toml › data › facts"),
        ("[[program]]", 'body_start = "无此句"\n[[program]]', "D110", "digest.toml › source[1] › body_start"),
        ("[[program]]", 'body_end = "无此句"\n[[program]]', "D110", "digest.toml › source[1] › body_end"),
        ('name = "工作简报"', 'name = "工作\\u0007简报"', "D124", "digest.toml › digest › name"),
    ],
)
def test_a_wrong_key_is_told_with_its_table(small_project: Path, old: str, new: str, code: str, place: str) -> None:
    edit(small_project / "digest.toml", old, new)
    assert (code, place) in told(faults(small_project))


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ('kind = "并列"', 'kind = "平行"', "D107", "data/structures.toml › mechanism[1] › kind"),
        ('source = "report"', 'source = "repor"', "D105", "data/structures.toml › mechanism[1] › source"),
        ('program = "ck"', 'program = "cc"', "D105", "data/structures.toml › mechanism[1] › program"),
        (
            "owner_inferred = true",
            'owner_inferred = "是"',
            "D102",
            "data/structures.toml › commitment[1] › owner_inferred",
        ),
        ('text = "', 'txt = "', "D101", "data/structures.toml › commitment[1] › txt"),
    ],
)
def test_a_wrong_structure_is_told_with_its_table(
    small_project: Path, old: str, new: str, code: str, place: str
) -> None:
    edit(small_project / "data" / "structures.toml", old, new)
    assert (code, place) in told(faults(small_project))


def test_a_roster_that_is_not_there_and_a_stranger_in_it_are_told(small_project: Path) -> None:
    file = small_project / "digest.toml"
    edit(
        file,
        "[[section.part]]",
        '[[section.part]]\ncoverage = { fact = "bf.villages", roster = "各村", missing = ["丙"] }',
    )
    assert ("D105", "digest.toml › section[1].part[1].coverage › roster") in told(faults(small_project))
    edit(file, "[data]", '[rosters]\n"各村" = ["甲", "乙"]\n[data]')
    assert ("D105", "digest.toml › section[1].part[1].coverage › missing") in told(faults(small_project))


def test_unknown_and_missing_columns_are_told_with_the_nearest_name(small_project: Path) -> None:
    edit(small_project / "data" / "figures.csv", "发言人", "发言者")
    edit(small_project / "data" / "figures.csv", "类别", "类型")
    findings = faults(small_project)
    assert ("D103", "data/figures.csv") in told(findings)
    hints = {finding.value: finding.hint for finding in findings if finding.code == "D101"}
    assert "发言人" in hints["发言者"]
    assert "类型" in hints


def test_a_row_of_another_length_is_told_by_its_line(small_project: Path) -> None:
    edit(small_project / "data" / "figures.csv", "1500多件,", "1,500多件,")
    assert ("D123", "data/figures.csv › 第5行") in told(faults(small_project))


def test_findings_come_once_and_by_file_and_line() -> None:
    last = Finding("D1", "error", "丙", Place("data/a.csv", "", "第10行 › 数据"))
    first = Finding("D1", "error", "乙", Place("data/a.csv", "", "第9行 › 数据"))
    top = Finding("D1", "error", "甲", Place("digest.toml", "section[2]", "title"))
    assert in_order([last, first, top, last]) == (top, first, last)


# --- other files ------------------------------------------------------------------------------------


def test_a_project_in_gb18030_loads_with_one_note_for_all_files(small_project: Path) -> None:
    for name in ("data/figures.csv", "sources/report.txt"):
        file = small_project / name
        file.write_bytes(file.read_text(encoding="utf-8-sig").replace("\n", "\r\n").encode("gb18030"))
    digest = load(small_project)
    assert [finding.code for finding in digest.findings] == ["D121"]
    assert digest.findings[0].message.endswith("（等2个文件）")
    assert check_digest(digest) == ()


def test_figures_in_a_sheet_of_a_workbook_are_the_same_facts(small_project: Path) -> None:
    by_csv = load(small_project)
    with (small_project / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    book = openpyxl.Workbook()
    page = book.create_sheet("十月")
    for row in rows:
        page.append(row)
    book.save(small_project / "data" / "台账.xlsx")
    edit(small_project / "digest.toml", "data/figures.csv", "data/台账.xlsx#十月")
    by_sheet = load(small_project)
    assert [replace(fact, place=None) for fact in by_sheet.facts] == [
        replace(fact, place=None) for fact in by_csv.facts
    ]
    assert str(by_sheet.facts[0].place) == "data/台账.xlsx › 十月 › 第2行"
    assert check_digest(by_sheet) == ()


def test_a_bare_number_in_a_workbook_is_a_warning(small_project: Path) -> None:
    with (small_project / "data" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows: list[list[object]] = [list(row) for row in csv.reader(file)]
    rows[1][list(COLUMNS).index("数据")] = 18
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(small_project / "data" / "t.xlsx")
    edit(small_project / "digest.toml", "data/figures.csv", "data/t.xlsx")
    assert told(load(small_project).findings) == [("D139", "data/t.xlsx › Sheet › E2")]


def frame_of(project: Path) -> pd.DataFrame:
    return pd.read_csv(project / "data" / "figures.csv", dtype=str, keep_default_na=False)


def test_facts_of_a_frame_are_the_same_facts(small_project: Path) -> None:
    facts = facts_from_frame(frame_of(small_project))
    assert [replace(fact, place=None) for fact in facts] == [
        replace(fact, place=None) for fact in load(small_project).facts
    ]


def test_a_wrong_frame_tells_all_that_is_wrong(small_project: Path) -> None:
    frame = frame_of(small_project)
    frame.loc[0, "数据"] = "十几个"
    frame.loc[2, "类别"] = "其他"
    with pytest.raises(DataError) as caught:
        facts_from_frame(frame, "十月数据")
    assert told(caught.value.findings) == [("D108", "十月数据 › 第1行 › 数据"), ("D107", "十月数据 › 第3行 › 类别")]


def test_hostile_texts_are_kept_as_they_were_written(small_project: Path) -> None:
    hostile = "A<B且C>D R&D <b>x</b> =cmd|x 𠮷🚀℃ ${x} {{y}} \\n <para>"
    edit_cell(small_project, "bf.funds", "备注", hostile)
    edit_cell(small_project, "bf.funds", "指标", hostile)
    fact = load(small_project).fact("bf.funds")
    assert (fact.note, fact.metric) == (hostile, hostile)


def test_the_date_is_the_period_where_none_is_given(small_project: Path) -> None:
    edit(small_project / "digest.toml", 'date = "2026-10-31"', "")
    assert load(small_project).header.date == "2026-10"


def test_empty_spans_are_empty(small_project: Path) -> None:
    edit_cell(small_project, "bf.funds", "截至", "")
    assert load(small_project).fact("bf.funds").as_of == AsOf()


def test_a_figure_that_cannot_be_read_is_not_told_as_one_that_is_not_there(small_project: Path) -> None:
    edit_cell(small_project, "bf.funds", "数据", "好几百万元")
    assert [finding.code for finding in faults(small_project)] == ["D108"]


def test_a_facts_table_that_cannot_be_read_is_told_once_not_at_every_reference(small_project: Path) -> None:
    (small_project / "data" / "figures.csv").unlink()
    assert [finding.code for finding in faults(small_project)] == ["D109"]


def test_a_cell_that_was_refused_is_not_told_as_empty(small_project: Path) -> None:
    table = small_project / "data" / "figures.csv"
    frame = pd.read_csv(table, dtype=str, keep_default_na=False).astype(object)
    frame.loc[frame["编号"] == "bf.funds", "数据"] = 0.1
    frame.to_excel(small_project / "data" / "figures.xlsx", index=False)
    edit(small_project / "digest.toml", "data/figures.csv", "data/figures.xlsx")
    assert [finding.code for finding in faults(small_project)] == ["D132"]
    with pytest.raises(DataError) as caught:
        facts_from_frame(frame)
    assert [finding.code for finding in caught.value.findings] == ["D132"]


def test_a_file_given_for_the_folder_is_called_a_file(small_project: Path) -> None:
    with pytest.raises(UsageError, match="这是一个文件"):
        load(small_project / "digest.toml")
