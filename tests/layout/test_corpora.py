"""Line breaking on texts that nobody here wrote; they lie beside the checkout, or the tests say that they do not."""

from __future__ import annotations

import json
import re
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Final

import pytest

from digest.fonts import load_fonts
from digest.layout.breaking import break_lines, natural_width, room_of
from digest.layout.glyphs import reads
from digest.layout.phrases import cut
from digest.layout.shaping import Shaped, shape
from digest.story.blocks import plain

CORPORA: Final = Path(__file__).resolve().parents[3] / "shared" / "corpora"
VOICES: Final = {"body": "song", "strong": "hei", "kai": "kai", "lead": "kai"}
FONTS: Final = load_fonts()
NEVER_FIRST: Final = frozenset("。，、；：？！．”’）》〉】〕』」〗］｝·～%％‰℃°)]}")
NEVER_LAST: Final = frozenset("“‘（《〈【〔『「〖［｛￥$/／")
MEASURE_WORDS: Final = "元年月日个人名家户件次项吨亩岁倍天里米条处所座期批辆台套"
# What no line parts, in words of its own: numbers with what they count, dates, ordinals, codes, latin words.
WHOLE: Final = re.compile(
    r"\d+(?:[.,]\d+)*(?:[%‰℃]|[多余]?[万亿]{0,2}[多余]?(?:个百分点|平方公里|公里|千瓦时|吉瓦|美元|元|个|家|项|人|吨|年|月|件))?"
    r"|\d{1,2}月\d{1,2}日|第[一二三四五六七八九十]+[届次个轮代批]|——|……|[A-Za-z]{2,}"
)
# One token a rule of section 2.2: whole at every offset.
TOKENS: Final = re.findall(
    r"\S+",
    """
    4.1亿元 2023年 10月1日 1.3万余件 2700余家 196个 第14次 第三届 3～5年 100万～200万元 〔2024〕12号 24小时×7天
    60%—70% GB/T9704 -3.5℃ ￥500 …… —— 1,234.56 12345678 11.6% 5G P2P H7N9 8:30 10:1 3/4 15‰ 65个 34万余小时
    近5亿元 470余亩 100多次 2021—2025年 1/10 16市 +5.3% 0.5个百分点 1400万吨/年 0.6人/百亿元
    """,
)

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="no sample texts beside the checkout")


def paragraphs(every: int) -> list[str]:
    files = sorted((CORPORA / "gov2026").glob("*.txt"))
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if len(line) > 60][::every]


def shaped_of(text: str) -> Shaped:
    return shape(plain(text), FONTS, VOICES)


def lines_of(shaped: Shaped, measure: float) -> list[tuple[int, int, str]]:
    return [(a, b, reads(shaped.string[a:b])) for a, b in break_lines(shaped, measure, 2.0)]


def parted(text: str, lines: list[str]) -> list[str]:
    """What stands on two lines and should be on one."""
    ends = set(accumulate(map(len, lines)))
    return [found.group() for found in WHOLE.finditer(text) if ends.intersection(range(found.start() + 1, found.end()))]


@needs_corpora
def test_no_line_of_ten_government_reports_breaks_a_rule_at_any_measure() -> None:
    shaped = [shaped_of(text) for text in paragraphs(9)]
    for n, text in enumerate(shaped):
        for half_ems in range(20 + n % 5, 91, 5):  # every half em in turn
            measure = half_ems / 2
            lines = lines_of(text, measure)
            assert "".join(line for _, _, line in lines) == reads(text.string)
            for (_, _, before), (_, _, after) in pairwise(lines):
                cut_here = (measure, before[-8:], after[:8])
                assert after[0] not in NEVER_FIRST, cut_here
                assert before[-1] not in NEVER_LAST, cut_here
                assert not (before[-1] in "0123456789.," and after[0] in "0123456789.%"), cut_here
                assert not (before[-1].isdigit() and after[0] in MEASURE_WORDS + "万亿余多"), cut_here
                assert not (re.search(r"\d[余多]?[万亿]$", before) and after[0] in MEASURE_WORDS), cut_here
                assert before[-1] + after[0] not in ("——", "……"), cut_here
            assert parted(reads(text.string), [line for _, _, line in lines]) == [], measure


@needs_corpora
@pytest.mark.parametrize("measure", [20.0, 28.0, 36.5])
def test_every_line_fits_and_no_last_line_is_one_character(measure: float) -> None:
    for text in map(shaped_of, paragraphs(3)):
        lines = lines_of(text, measure)
        for a, b, line in lines:
            room = measure - (2.0 if a == 0 else 0.0)
            assert natural_width(text, a, b) <= room + sum(room_of(text, a, b)) + 1e-6, line
        if len(lines) > 1:
            last = lines[-1][2]
            assert sum(1 for char in last if char not in NEVER_FIRST and char not in NEVER_LAST) > 1, last


@needs_corpora
def test_a_typed_blank_between_han_and_a_number_parts_neither_numbers_nor_units() -> None:
    for text in paragraphs(30):
        spaced = shaped_of(re.sub(r"(?<=[一-鿿])(?=\d)|(?<=[\d%])(?=[一-鿿])", " ", text))
        for measure in (14.0, 20.5, 36.5):
            lines = [line for _, _, line in lines_of(spaced, measure)]
            assert "".join(lines) == reads(spaced.string)
            for before, after in pairwise(lines):
                assert not (before.rstrip()[-1].isdigit() and after[0] in MEASURE_WORDS + "万亿"), (before, after)


@needs_corpora
def test_the_strict_cases_of_the_web_tests_hold() -> None:
    cases = [json.loads(line) for line in (CORPORA / "w3c_linebreak.jsonl").read_text(encoding="utf-8").splitlines()]
    strict = [case for case in cases if case["lang"].startswith("zh") and not case["line_start_allowed"]]
    assert len(strict) > 50
    for case in strict:
        pieces = cut(f"中文{case['ch']}文字")
        assert not any(piece.startswith(case["ch"]) for piece in pieces), case["name"]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_is_whole_at_every_offset(token: str) -> None:
    for offset in range(22):
        text = "字" * offset + token + "末尾的文字还要写很长才能够换行" * 2
        lines = lines_of(shaped_of(text), 20.0)
        assert any(token in line for _, _, line in lines), (offset, [line for _, _, line in lines])
