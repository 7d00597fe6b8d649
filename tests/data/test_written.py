"""Written paragraphs: figures come in by name, and no number without one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.numbers import numbers_in
from digest.data.written import FactRef, Piece, PlainNumber, Words, parse_written
from digest.findings import Place


def test_facts_and_plain_numbers_are_told_apart_and_double_braces_print_as_written() -> None:
    pieces, findings = parse_written("到位{slgj.funds}，全省{=16}市{{原样}}。", {"slgj.funds"})
    assert pieces == (Words("到位"), FactRef("slgj.funds"), Words("，全省"), PlainNumber("16"), Words("市{{原样}}。"))
    assert findings == ()


def test_an_unknown_fact_is_named_with_the_nearest_one() -> None:
    _, (finding,) = parse_written("{slgj.fund}", {"slgj.funds"}, Place("digest.toml", "section[1].part[1]", "text"))
    assert finding.code == "F303"
    assert "slgj.funds" in finding.hint
    assert str(finding.place) == "digest.toml › section[1].part[1] › text"


@pytest.mark.parametrize("text", ["共{", "共}", "{a b}", "{}", "{=}"])
def test_a_stray_brace_is_an_error_and_stays_as_it_was_written(text: str) -> None:
    pieces, findings = parse_written(text)
    assert {finding.code for finding in findings} >= {"F302"}
    assert "".join(piece.text for piece in pieces if isinstance(piece, Words)) == text


def test_a_bare_number_is_a_warning_and_a_name_or_title_is_none() -> None:
    text = "（一）省直机关137个单位落实“四同”机制，《十四五规划》三年来成效明显。"
    _, findings = parse_written(text, set(), names=["“四同”工作机制"])
    assert [(finding.code, finding.severity, finding.value) for finding in findings] == [
        ("F301", "warning", "137"),
        ("F301", "warning", "三"),
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2023年12月29日印发，占63%，约1/10。", ["2023年12月29日", "63%", "约1/10"]),
        ("近5亿元、1.3万余件、1,234个、2700余家", ["近5亿", "1.3万余", "1,234", "2700余"]),
        ("第三届、首位、五大基地、百余家、十余万人", ["三", "首", "五", "百余", "十余万"]),
        ("一是统一思想。二是一批项目、一系列措施。1.开展调研", []),
        ("“五为”志愿服务、“三年”行动", ["三"]),
    ],
)
def test_numbers_are_found_and_words_are_left_alone(text: str, tokens: list[str]) -> None:
    found = numbers_in(text)
    assert [number.token for number in found] == tokens
    assert all(text[number.start : number.end] == number.token for number in found)


def test_a_named_word_counts_only_in_quotation_marks_and_only_if_it_is_a_name() -> None:
    assert numbers_in("“五为”志愿服务", ["“五为”志愿服务"]) == []
    assert numbers_in("“三年”行动", ["“五为”志愿服务"]) != []


def _back(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case FactRef(key):
            return f"{{{key}}}"
        case PlainNumber(text):
            return f"{{={text}}}"


@given(st.text(alphabet="{}=ab.1三个“四同”《》（） \n<&", max_size=30))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    pieces, findings = parse_written(text)
    if not any(finding.code == "F302" for finding in findings):
        assert "".join(map(_back, pieces)) == text


def test_a_bare_number_beside_a_fact_is_told_without_strange_characters() -> None:
    _, (finding,) = parse_written("共{a.b}，三个村", ["a.b"])
    assert finding.message == "数字未挂接数据：“共…，三个村”"
