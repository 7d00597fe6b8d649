"""Lines: where every glyph stands."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from digest.errors import GlyphError
from digest.fonts import load_fonts
from digest.layout.glyphs import placed
from digest.layout.lines import set_label, set_line, set_lines
from digest.layout.typefaces import typefaces
from digest.story.blocks import Run, plain
from digest.style import BRIEFING
from tests.layout.reading import only_line, origins, place

if TYPE_CHECKING:
    from digest.fonts import FontSet

FACES = typefaces(BRIEFING)
BODY = FACES.body
EM = BODY.size


def test_every_line_but_the_last_ends_flush_at_the_measure(fonts: FontSet) -> None:
    text = plain(
        "“双联共建”始于2017年，由省直机关党组织与村结对，先后服务脱贫攻坚、乡村振兴和黄河滩区。目前137个部门单位"
        "结对169个村，涉及65个县（市、区）；落实资金4.1亿元，培育经营主体2700余家——实施增收民生项目2000多个。"
    )
    for measure in (300.0, 350.5, BRIEFING.measure):
        lines = set_lines(text, BODY, measure, fonts)
        assert len(lines) > 2
        assert all(line.width == pytest.approx(measure, abs=0.02 * EM) for line in lines[:-1])
        assert lines[-1].width <= measure + 0.01


def test_twenty_eight_han_fill_the_measure_without_stretching(fonts: FontSet) -> None:
    line = set_lines(plain("省" * 60), BODY, BRIEFING.measure, fonts)[0]
    assert line.text == "省" * 28
    assert [x for _, x in origins(line, fonts)] == pytest.approx(range(28), abs=1e-3)


def test_a_mark_at_the_line_end_takes_half_an_em(fonts: FontSet) -> None:
    line = set_lines(
        plain("省直机关党组织与村结对共建美丽乡村和谐家园工作，" + "继续做好后面的事情" * 3), BODY, 23.5 * EM, fonts
    )[0]
    assert line.text.endswith("，")
    assert place(line, fonts, "，") == pytest.approx(23.0, abs=0.02)


def test_two_marks_in_a_row_take_one_and_a_half_em(fonts: FontSet) -> None:
    line = set_line("他说“好”，走", BODY, fonts)
    assert place(line, fonts, "，") - place(line, fonts, "”") == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize(
    "marks", ["）》", "）》，", "）》（", "》）（《", "。”“", "，“‘", "……”。", "！”）。", "）））", "“““", "？！！"]
)
def test_a_row_of_n_marks_takes_half_an_em_less_for_each_but_the_first(marks: str, fonts: FontSet) -> None:
    line = set_line(f"字{marks}字", BODY, fonts)
    (_, first), *_, (_, last) = origins(line, fonts)
    row = marks.removeprefix("……")
    assert last - first == pytest.approx(1 + 2 * marks.startswith("……") + len(row) - (len(row) - 1) / 2, abs=1e-3)


@pytest.mark.parametrize("marks", ["？！", "！！", "？？"])
def test_two_stacked_marks_take_one_em(marks: str, fonts: FontSet) -> None:
    (_, first), *_, (_, last) = origins(set_line(f"字{marks}字", BODY, fonts), fonts)
    assert last - first == pytest.approx(2.0, abs=1e-3)
    line = set_lines(plain("工作" * 4 + f"吗{marks}" + "工作" * 9), BODY, 10 * EM, fonts)[0]
    assert line.text.endswith(marks)
    assert line.width == pytest.approx(10 * EM, abs=0.01)


def test_a_line_that_ends_in_a_word_or_a_blank_is_flush(fonts: FontSet) -> None:
    for between in ("", " "):
        text = f"推动数字化转型要达到ISO{between}第十五个五年规划的要求和目标"
        for tenths in range(110, 200):
            for line in set_lines(plain(text), BODY, tenths / 10 * EM, fonts)[:-1]:
                drawn = list(placed(only_line(line), fonts))
                end = max(x + advance for glyph, _, x, advance, _ in drawn if glyph.reads != " ")
                if line.text.rstrip()[-1].isalnum():
                    assert end == pytest.approx(tenths / 10 * EM, abs=0.02 * EM), (tenths, line.text)


def test_what_is_wider_than_an_indented_first_line_is_parted_and_told(fonts: FontSet) -> None:
    first, *_ = set_lines(plain("1234567890123456"), BODY, 9.4 * EM, fonts, indent=2 * EM)
    assert first.over > 0
    assert first.width <= 7.4 * EM + 0.01


def test_a_joiner_before_a_narrow_mark_draws_nothing(fonts: FontSet) -> None:
    assert set_line("25\u2060℃", BODY, fonts).text == "25\u2060℃"


def test_an_address_is_parted_behind_its_strokes_alone(fonts: FontSet) -> None:
    text = plain("请登录https://www.example.com/a/bcdef/ghijk查看有关情况并于月底之前反馈意见")
    for measure in range(14, 30):
        for line in set_lines(text, BODY, measure * EM, fonts)[:-1]:
            if line.text[-1].isascii():
                assert line.text.endswith(("/", ".", "ghijk")), line.text


def test_a_character_between_two_numbers_has_a_gap_on_both_sides(fonts: FontSet) -> None:
    places = [x for _, x in origins(set_line("3个5", BODY, fonts), fonts)]
    digit = fonts.face("song-light").advance("3")
    assert places == pytest.approx([0.0, digit + 0.25, digit + 1.5], abs=1e-3)


def test_the_gaps_before_and_behind_a_number_are_alike_however_loose_the_line(fonts: FontSet) -> None:
    text = plain("省直机关党组织与村结对25个部门一起来" + "继续做好后面的事情" * 3)
    digit = fonts.face("song-light").advance("5")
    for tenths in range(120, 260):
        for line in set_lines(text, BODY, tenths / 10 * EM, fonts)[:-1]:
            if "对25个" in line.text:
                before = place(line, fonts, "2") - place(line, fonts, "对") - 1
                behind = place(line, fonts, "个") - place(line, fonts, "5") - digit
                assert before == pytest.approx(behind, abs=1e-3)
                assert before < 0.36


def test_a_quarter_em_stands_between_han_and_digits_and_none_beside_marks(fonts: FontSet) -> None:
    line = set_line("共9个（9）", BODY, fonts)
    digits = [x for cluster, x in origins(line, fonts) if cluster == "9"]
    assert digits[0] == pytest.approx(1.25, abs=1e-3)
    bracket = place(line, fonts, "（")
    assert digits[1] - bracket == pytest.approx(1.0, abs=1e-3)


def test_a_long_dash_is_two_em_wide(fonts: FontSet) -> None:
    line = set_line("会——议", BODY, fonts)
    assert [x for cluster, x in origins(line, fonts) if cluster == "—"] == pytest.approx([1.0, 2.0])
    assert place(line, fonts, "议") == pytest.approx(3.0, abs=0.02)


def test_an_opening_quote_gives_its_white_half_at_a_turn_and_under_the_indent(fonts: FontSet) -> None:
    first = set_lines(plain("“双联共建”" + "工作" * 30), BODY, 20 * EM, fonts, indent=2 * EM)[0]
    assert place(first, fonts, "“") == pytest.approx(-0.5, abs=1e-3)  # so that its ink begins where Han does
    assert first.width == pytest.approx(18 * EM, abs=0.02 * EM)
    lines = set_lines(plain("工" * 20 + "“双联共建”" + "作" * 30), BODY, 20 * EM, fonts)
    assert lines[1].text.startswith("“")
    assert place(lines[1], fonts, "“") == pytest.approx(-0.5, abs=1e-3)


def test_a_line_reads_as_its_text_without_any_blank(fonts: FontSet) -> None:
    (line,) = set_lines(plain("落实资金4.1亿元"), BODY, 400.0, fonts)
    assert only_line(line).text == "落实资金4.1亿元"


def test_a_fact_knows_where_it_is_printed(fonts: FontSet) -> None:
    (line,) = set_lines((Run("资金"), Run("4.1亿元", fact="slgj.funds"), Run("到位")), BODY, 400.0, fonts)
    (spot,) = line.spots
    assert spot.fact == "slgj.funds"
    assert spot.x0 == pytest.approx(2.25 * EM, abs=0.01)
    assert spot.x1 > spot.x0 + 3 * EM


def test_a_label_is_broken_into_balanced_lines(fonts: FontSet) -> None:
    lines = set_label("为需要心理疏导和情感慰藉群体", FACES.label, 8.5 * FACES.label.size, fonts)
    assert [line.text for line in lines] == ["为需要心理疏导和", "情感慰藉群体"]


def test_all_characters_without_a_glyph_are_named_at_once(fonts: FontSet) -> None:
    with pytest.raises(GlyphError, match=r"U\+1F680.*U\+0007|U\+0007.*U\+1F680"):
        set_lines(plain("升空\U0001f680响铃\a"), BODY, 400.0, fonts)


def test_a_middle_dot_takes_half_an_em_and_never_starts_a_line(fonts: FontSet) -> None:
    line = set_line("蒂·罗", BODY, fonts)
    assert place(line, fonts, "罗") == pytest.approx(1.5, abs=1e-3)
    for measure in range(4, 9):
        lines = set_lines(plain("罗塞蒂·李四罗塞蒂·李"), BODY, measure * EM, fonts)
        assert not any(line.text.startswith("·") for line in lines)


def test_an_apostrophe_is_as_narrow_as_its_ink(fonts: FontSet) -> None:
    line = set_line("it’s", BODY, fonts)
    assert place(line, fonts, "s") - place(line, fonts, "t") < 0.7


def test_a_lone_mark_gives_a_quarter_of_its_em_at_most(fonts: FontSet) -> None:
    text = plain("工作，" * 60)
    for measure in range(10, 30):
        for line in set_lines(text, BODY, measure * EM, fonts)[:-1]:
            found = origins(line, fonts)
            for (mark, x), (_, following) in pairwise(found):
                assert mark != "，" or following - x >= 0.75


def test_marks_of_one_tier_give_alike(fonts: FontSet) -> None:
    for measure in (14.3, 17.3, 21.3, 25.3):
        for line in set_lines(plain("省直，机关、党的；组织：" * 20), BODY, measure * EM, fonts)[:-1]:
            found = origins(line, fonts)
            pairs = pairwise(found)
            cells = [following - x for (mark, x), (_, following) in pairs if mark in "，、；："]
            assert not cells or max(cells) - min(cells) < 0.01


def test_words_and_numerals_are_never_letterspaced(fonts: FontSet) -> None:
    text = plain("推动数字化转型ISO9001和2023年重点工作落实到位" * 3)
    for line in set_lines(text, BODY, 13.7 * EM, fonts)[:-1]:
        found = origins(line, fonts)
        for (left, x), (right, following) in pairwise(found):
            if left.isascii() and right.isascii():
                face = fonts.face(fonts.choose("fang", left))
                assert following - x == pytest.approx(face.advance(left), abs=1e-6)


def test_a_word_wider_than_the_line_is_parted_and_said_so(fonts: FontSet) -> None:
    lines = set_lines(plain("共和国" + "abcdefghijklm" * 2), BODY, 10 * EM, fonts)
    assert lines[0].over > 0
    assert all(line.width <= 10 * EM + 0.01 for line in lines)


def test_an_address_wider_than_the_line_is_parted_after_a_stroke(fonts: FontSet) -> None:
    lines = set_lines(plain("http://www.example.com/a/long/way/to/go?x=1&y=2"), BODY, 10 * EM, fonts)
    assert "".join(line.text for line in lines) == "http://www.example.com/a/long/way/to/go?x=1&y=2"
    assert lines[0].over == 0
    assert all(line.text[-1] in "/?&=.#" for line in lines[:-1])


def test_pieces_remembered_are_pieces_set_anew(fonts: FontSet) -> None:
    text = plain("落实资金4.1亿元，培育经营主体2700余家；“双联共建”覆盖15个市（青岛除外）。" * 3)
    again = load_fonts()
    first = [(line.text, origins(line, fonts)) for line in set_lines(text, BODY, 20 * EM, fonts)]
    assert first == [(line.text, origins(line, again)) for line in set_lines(text, BODY, 20 * EM, again)]
