from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from digest.charts.kit.words import escaped, lines_of, numbers_parted, text_width, wrapped

if TYPE_CHECKING:
    from digest.fonts import FontSet


def test_escaped_text_holds_no_sign_that_plotly_reads() -> None:
    assert escaped("<b>R&D</b>$%") == "&lt;b&gt;R&amp;D&lt;/b&gt;&#36;&#37;"


def test_lines_of_a_label_keep_numbers_whole_and_begin_with_no_closing_mark() -> None:
    for line in wrapped("实施增收项目2000多个（含民生实事项目），共建", 10, 62):
        assert text_width(line, 10) <= 62
        assert line[0] not in "），"
    assert any("2000" in line for line in wrapped("实施增收项目2000多个", 10, 62))


def test_no_label_is_wider_than_it_was_taken_for(fonts: FontSet) -> None:
    text = "".join(map(chr, range(0x20, 0x7F))) + "中文，。“”（）·—…％"
    for face in ("hei", "hei-bold"):
        for character in text:
            assert fonts.face(face).advance(character) * 10 <= text_width(character, 10) + 0.01, character


@given(st.text("甲乙（）、AB12 ，", min_size=1, max_size=60), st.floats(12, 200))
def test_every_line_fits_its_room_and_nothing_is_lost(text: str, room: float) -> None:
    lines = lines_of(text, 9.5, room)
    assert all(text_width(line, 9.5) <= room or len(line) == 1 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_numeral_that_was_parted_is_seen() -> None:
    assert numbers_parted("123456个", ("123", "456个"))
    assert not numbers_parted("近12个以上", ("近12", "个以上"))


def test_a_year_is_not_parted_from_its_word_however_narrow_its_place_is() -> None:
    assert wrapped("2025年11月", 9.0, 20.0) == ("2025年", "11月")
    assert wrapped("2025年11月", 9.0, 34.0) == ("2025年", "11月")
