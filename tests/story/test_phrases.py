"""The table of phrases, and a project's own in its place."""

from __future__ import annotations

import pytest

from digest import Digest, Header
from digest.findings import Place
from digest.story.blocks import Contents, Run, reads
from digest.story.draft import draft
from digest.story.phrases import PHRASES, Phrases, phrases_of


def test_a_phrase_is_said_with_its_slots_filled_and_runs_stay_as_they_are() -> None:
    number = (Run("12个", fact="a"),)
    assert Phrases().say("数量", 主体="全省", 指标="联建村", 数=number) == (Run("全省"), Run("联建村"), *number)


def test_what_stands_in_a_slot_is_never_a_phrase_itself() -> None:
    assert reads(Phrases().say("比率", 主体="{数}", 指标="{0.__class__}", 数="5%")) == "{数}{0.__class__}为5%"


def test_a_phrase_of_the_project_stands_in_place_of_ours() -> None:
    phrases, findings = phrases_of({"比率": "{指标}达到{数}"})
    assert not findings
    assert reads(phrases.say("比率", 主体="全省", 指标="满意率", 数="5%")) == "满意率达到5%"
    assert phrases["本期要目"] == "本期要目"


@pytest.mark.parametrize(
    ("key", "words", "code", "message", "hint"),
    [
        ("比列", "…", "D340", "没有这个用语：“比列”", "是否应为“比率”"),
        ("比率", "{指标}为{数字}", "D341", "用语“比率”中没有“{数字}”", "是否应为“{数}”"),
        ("比率", "{指标}很高", "D341", "用语“比率”缺少“{数}”", "原来是“{主体}{指标}为{数}”"),
        ("比率", "{指标}{数}{数}", "D341", "用语“比率”中“{数}”出现了2次", "只写一次"),
        ("比率", "{指标}为{数}}", "D341", "用语“比率”中的大括号不成对", "可用的有：{主体}、{指标}、{数}"),
        ("比率", " ", "D341", "用语“比率”是空的", "原来是“{主体}{指标}为{数}”"),
        (
            "比率",
            "{指标}{数}{0.__class__}",
            "D341",
            "用语“比率”中没有“{0.__class__}”",
            "可用的有：{主体}、{指标}、{数}",
        ),
        ("本期要目", "要目{数}", "D341", "用语“本期要目”中没有“{数}”", "这个用语中没有要填的数"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_told_and_ours_is_used(
    key: str, words: str, code: str, message: str, hint: str
) -> None:
    phrases, findings = phrases_of({key: words})
    assert [(one.code, one.severity, one.message, one.hint) for one in findings if one.message == message] == [
        (code, "error", message, hint)
    ]
    assert findings[0].place == Place("digest.toml", "phrases", key)
    assert phrases == Phrases()


def test_every_phrase_of_ours_would_be_taken_from_a_project() -> None:
    assert not phrases_of(PHRASES)[1]


def test_a_digest_is_told_in_the_phrases_of_its_project() -> None:
    story, findings = draft(Digest(Header("简报"), (), (), (), phrases={"本期要目": "目　录", "要目": ""}))
    assert [block.heading for block in story.blocks if isinstance(block, Contents)] == ["目　录"]
    assert [finding.code for finding in findings] == ["D340"]
