"""What the lint finds in texts with facts, and where it says it stands."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digest import Digest, Fact, Header, Part, Program, Section, Source
from digest.data.quantity import parse_quantity
from digest.findings import Place
from digest.story.blocks import Caption, Heading, Paragraph, Plate, Run, Table, plain
from digest.story.draft import draft
from digest.story.lint.lint import lint
from digest.story.lint.rules import RULES
from digest.story.lint.story_texts import Heard, lint_story

FUNDS = Fact("a.funds", "a", "资金", parse_quantity("4.1亿元"), "flow", Source("d", "资金4.1亿元"))
RATE = replace(FUNDS, id="a.rate", metric="合格率", quantity=parse_quantity("82%"), kind="share")
BEFORE = replace(RATE, id="a.before", quantity=parse_quantity("65%"))
ROUGH = replace(FUNDS, id="a.rough", metric="事项", quantity=parse_quantity("1.3余万件"))
SPENT = replace(FUNDS, id="a.spent", quantity=parse_quantity("3000万元"))
FACTS = {fact.id: fact for fact in (FUNDS, RATE, BEFORE, ROUGH, SPENT)}


def codes(*runs: Run) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in lint(runs, None, FACTS)]


def told(fact: Fact) -> Run:
    return Run(str(fact.quantity), fact=fact.id)


def test_each_rule_has_a_code_of_its_own_that_follows_from_its_number() -> None:
    assert [rule.number for rule in RULES] == list(range(1, 23))
    assert [rule.code for rule in RULES] == [f"F{311 + n}" for n in range(22)]


def test_the_number_of_a_fact_is_its_sources_and_no_fault_of_the_text() -> None:
    assert not codes(Run("办理"), told(ROUGH))
    assert codes(Run("办理1.3余万件")) == [("F317", "warning")]


def test_a_word_put_before_the_number_of_a_fact_is_a_fault_of_the_text() -> None:
    assert ("F318", "warning") in codes(Run("办理近"), told(ROUGH))
    assert codes(Run("资金超"), told(FUNDS)) == [("F319", "warning")]
    assert codes(Run("资金约"), told(FUNDS)) == [("F319", "note")]


def test_two_shares_that_are_facts_are_compared_in_percent_points() -> None:
    runs = (Run("合格率由"), told(BEFORE), Run("到"), told(RATE), Run("，上升17%。"))
    assert codes(*runs) == [("F320", "warning")]
    assert not codes(*runs[:-1], Run("，上升17个百分点。"))


def test_one_metric_in_two_scales_is_a_note() -> None:
    assert codes(Run("资金"), told(FUNDS), Run("，其中"), told(SPENT)) == [("F331", "note")]
    assert not codes(Run("资金"), told(FUNDS), Run("。其中"), told(SPENT))


def test_quotes_titles_and_vouched_numbers_are_spared() -> None:
    assert not lint("«截止目前，约100余家»；《5大行动,方案》")
    assert [finding.code for finding in lint("约100余家")] == ["F318"]
    assert not lint("约100余家", vouched=("约100余家",))
    assert lint("近约100余家", vouched=("约100余家",))


def test_a_finding_quotes_what_is_wrong_and_names_its_rule_and_what_would_be_right() -> None:
    (finding,) = lint("各市截止10月底完成情况", Place("digest.toml", "section[2]"))
    assert str(finding) == (
        "警告 F326 digest.toml › section[2]：截至的时间不明（R16）：“各市截止10月底完成”"
        "；应为“截至”；“截至”后接日期；“截止”是停止的意思"
    )


def test_what_is_found_more_than_once_in_a_text_is_told_once() -> None:
    (finding,) = lint("甲,乙,丙,丁")
    assert "等3处" in finding.message


def test_what_is_sure_is_a_warning_and_nothing_an_error() -> None:
    found = [finding for rule in RULES for text in rule.wrong for finding in lint(text)]
    assert {finding.severity for finding in found} == {"warning", "note"}


@given(
    st.text(
        alphabet="约近超过余多左右以上0123456789.,%％~—-月年、截止至目前同环比增长减少倍万亿元个人（次）占率“”，。",
        max_size=40,
    )
)
def test_any_text_can_be_looked_at_and_what_is_found_stands_in_it(text: str) -> None:
    for finding in lint(text):
        assert finding.value
        assert finding.value in text


@given(st.sampled_from([text for rule in RULES for text in rule.wrong]))
def test_what_is_quoted_is_never_found(text: str) -> None:
    assert not lint(f"«{text}»")


# --- whole stories --------------------------------------------------------------------------------------


def test_every_text_of_a_story_is_looked_at_and_placed_by_its_section() -> None:
    caption = Caption("图1", "截止10月", "约100余家")
    blocks = (Heading("一、", "5大任务,", "s"), Paragraph(plain("减少1倍")), Plate(None, caption))  # type: ignore[arg-type]
    found = [(finding.code, str(finding.place)) for finding in lint_story(blocks, {}, ())]
    assert found == [
        ("F311", "文稿 › 一、5大任务, › 标题"),
        ("F332", "文稿 › 一、5大任务, › 标题"),
        ("F322", "文稿 › 一、5大任务, › 正文"),
        ("F326", "文稿 › 一、5大任务, › 图1"),
        ("F318", "文稿 › 一、5大任务, › 图1注"),
    ]


def test_what_an_office_wrote_is_placed_where_it_wrote_it() -> None:
    here = Place("digest.toml", "section[1]")
    heard = (Heard("截止10月，共16个。", here, ("16",)),)
    text = plain("（一）情况。截止10月，共16个。截止11月。")
    found = [(finding.place, finding.value) for finding in lint_story([Paragraph(text)], {}, heard)]
    assert found == [(here, "截止"), (Place("文稿", "", "正文"), "截止")]


def test_separators_are_compared_over_the_whole_story() -> None:
    blocks = [Paragraph(plain("共5,482个。")), Paragraph(plain("其中1234个。"))]
    assert [finding.code for finding in lint_story(blocks, {}, ())] == ["F313"]
    assert not lint_story(blocks[:1], {}, ())


def test_the_annex_quotes_and_is_not_looked_at() -> None:
    table = Table((), (), Caption("附表", "截止10月"), anchor="annex")
    assert not lint_story([table], {}, ())


def test_a_draft_tells_what_is_wrong_with_its_words() -> None:
    section = Section(
        "双联", ("a",), (Part(text="截止目前,资金{a.funds}。", place=Place("digest.toml", "section[1]")),)
    )
    digest = Digest(Header("简报"), (section,), (Program("a", "双联"),), (FUNDS,))
    _, findings = draft(digest)
    assert [(one.code, str(one.place)) for one in findings] == [
        ("F326", "digest.toml › section[1]"),
        ("F332", "digest.toml › section[1]"),
    ]
