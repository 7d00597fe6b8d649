"""Headings, captions and cells: broken at word ends, balanced."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.fonts import load_fonts
from digest.layout.breaking import natural_width
from digest.layout.glyphs import reads
from digest.layout.ragged import break_ragged
from digest.layout.shaping import shape
from digest.layout.words import word_starts
from digest.story.blocks import plain

VOICES = {"body": "song-bold", "strong": "hei", "kai": "kai", "lead": "kai"}
FONTS = load_fonts()


def broken(text: str, measure: float, *, balanced: bool = True) -> list[str]:
    shaped = shape(plain(text), FONTS, VOICES, gap=0.0)
    lines = break_ragged(shaped, measure, balanced=balanced)
    return [reads(shaped.string[a:b]) for a, b in lines]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("关于培育新型经营主体发展情况的报告", 12, ["关于培育新型经营", "主体发展情况的报告"]),
        (
            "全省加强模范机关建设、服务经济社会高质量发展工作情况",
            18,
            ["全省加强模范机关建设、服务", "经济社会高质量发展工作情况"],
        ),
        ("命名公布150个省直机关模范机关创建示范集体", 14, ["命名公布150个省直机关", "模范机关创建示范集体"]),
        ("短标题", 12, ["短标题"]),
    ],
)
def test_a_heading_breaks_at_word_ends_into_lines_alike(text: str, measure: float, lines: list[str]) -> None:
    assert broken(text, float(measure)) == lines


def test_a_cell_is_filled_and_parts_no_word() -> None:
    assert broken("命名公布150个省直机关模范机关创建示范集体", 17.0, balanced=False) == [
        "命名公布150个省直机关模范机关创建",
        "示范集体",
    ]


def test_a_name_in_quotation_marks_is_not_parted() -> None:
    assert all("“双联共建”" in "|".join(broken("深入推进“双联共建”工作情况的报告", float(n))) for n in range(8, 14))


def test_no_line_starts_with_a_particle_when_that_can_be_helped() -> None:
    for measure in range(8, 16):
        lines = broken("关于省直机关党组织和在职党员下沉社区的情况", float(measure))
        assert not any(line[0] in "的和" for line in lines[1:])


def test_words_begin_where_the_dictionary_says() -> None:
    assert word_starts("培育新型经营主体") == {0, 2, 4, 6, 8}


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="省直机关党组织，。“”（）0123456789.%联共建ABab ", min_size=1, max_size=50), st.integers(4, 30))
def test_nothing_is_lost_and_no_line_is_wider_than_it_may_be(text: str, measure: int) -> None:
    shaped = shape(plain(text), FONTS, VOICES, gap=0.0)
    lines = break_ragged(shaped, float(measure), balanced=True)
    assert [index for line in lines for index in range(*line)] == list(range(len(shaped)))
    for a, b in lines:
        assert natural_width(shaped, a, b) <= measure + 1e-6 or "1" not in shaped.stops[a + 1 : b]


def test_a_heading_parts_no_term() -> None:
    shaped = shape(plain("省直机关开展以下看上专题调研情况"), FONTS, VOICES, gap=0.0, terms=("以下看上",))
    for measure in range(8, 15):
        assert not {end for _, end in break_ragged(shaped, float(measure), balanced=True)} & {7, 8, 9}, measure
