"""Where lines end."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.fonts import load_fonts
from digest.layout.breaking import break_lines, fit_line
from digest.layout.classes import NEVER_ENDS_LINE, NEVER_STARTS_LINE
from digest.layout.shaping import shape
from digest.story.blocks import plain

if TYPE_CHECKING:
    from digest.fonts import FontSet

VOICES = {"body": "fang", "strong": "hei", "kai": "kai", "lead": "kai"}
FONTS = load_fonts()


def lines_of(text: str, measure: float, indent: float = 0.0) -> list[str]:
    shaped = shape(plain(text), FONTS, VOICES)
    return ["".join(shaped.clusters[a:b]) for a, b in break_lines(shaped, measure, indent)]


def drawn(text: str) -> list[str]:
    return [line.strip("|") for line in dedent(text).strip().splitlines()]


def test_full_stop_takes_a_character_down_with_it() -> None:
    assert lines_of("党员双报到服务群众啊。", measure=10) == drawn("""
        |党员双报到服务群|
        |众啊。|
    """)


def test_closing_mark_at_the_line_end_takes_half_an_em_and_stays_up() -> None:
    assert lines_of("党员双报到服务群众，稳步提升经济", measure=9.5)[0] == "党员双报到服务群众，"


@pytest.mark.parametrize(
    ("whole", "text"),
    [
        ("4.1亿元", "落实到位的各类资金合计4.1亿元用于村庄"),
        ("2700余家", "培育壮大各类新型经营主体2700余家并带动增收"),
        ("1.3万余件", "为社区办实事和解决问题共1.3万余件得到好评"),
        ("34万余小时", "志愿服务的总服务时长达到34万余小时之多"),
        ("近5亿元", "协调落实各类资金合计近5亿元支持企业发展"),
        ("2023年", "这项工作开始的时间应当是2023年而不是别的"),
        ("10月1日", "活动启动的时间初步定在10月1日上午举行仪式"),
        ("第14次", "省直机关工委日前召开了第14次会议研究部署"),
        ("第三届", "这个案例获评了全国第三届党建创新成果案例"),
        ("60%—70%", "各地区的平均完成比例约在60%—70%之间浮动"),
        ("〔2024〕12号", "请按照有关文件鲁发〔2024〕12号的要求执行"),
        ("1,234.56", "本月全省累计共支出经费1,234.56万元用于培训"),
        ("——", "会议强调了一个重要观点——必须融入中心工作"),
        ("……", "这里还列举了许许多多……后面的内容不再重复"),
        ("15000个", "全省提速建设的重点项目有15000个正在推进"),
    ],
)
def test_phrases_stay_whole_at_every_offset(whole: str, text: str) -> None:
    for measure in range(8, 16):
        for pad in range(6):
            lines = lines_of("字" * pad + text, float(measure))
            assert any(whole in line for line in lines), (measure, pad, lines)


def test_an_enumerator_never_ends_a_line() -> None:
    assert all(not line.endswith("（一）") for n in range(6, 14) for line in lines_of("（一）党建链动行动", float(n)))


def test_the_last_line_is_never_a_single_character_when_that_can_be_helped() -> None:
    text = "更加响亮地喊出服务群众的口号并且落到实处"
    for measure in range(7, 19):
        assert len(lines_of(text, float(measure))[-1]) > 1


def test_what_is_wider_than_the_measure_is_broken_and_never_loops() -> None:
    lines = lines_of("1234567890" * 4, 10.0)
    assert "".join(lines) == "1234567890" * 4
    assert len(lines) > 1


def test_a_number_breaks_the_same_whether_or_not_it_is_stressed() -> None:
    from digest.story.blocks import Run

    text = "目前推进整改95个问题其余状态没有注明需要继续跟踪"
    stressed = (Run("目前推进整改"), Run("95个", "strong"), Run("问题其余状态没有注明需要继续跟踪"))
    shaped = shape(stressed, FONTS, VOICES)
    assert ["".join(shaped.clusters[a:b]) for a, b in break_lines(shaped, 9.0)] == lines_of(text, 9.0)


HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
MARKS = "，。、；：！？“”《》（）"


@settings(max_examples=120, deadline=None)
@given(
    st.text(alphabet=HAN + MARKS + "0123456789%.—…·AB", min_size=1, max_size=120),
    st.integers(min_value=10, max_value=40),
)
def test_nothing_is_lost_and_no_mark_stands_where_it_may_not(text: str, measure: int) -> None:
    shaped = shape(plain(text), FONTS, VOICES)
    broken = break_lines(shaped, float(measure))
    assert "".join("".join(shaped.clusters[a:b]) for a, b in broken) == text
    for a, _ in broken[1:]:
        if shaped.legal[a]:
            assert shaped.clusters[a][0] not in NEVER_STARTS_LINE
            assert shaped.clusters[a - 1][-1] not in NEVER_ENDS_LINE
    for a, b in broken:
        fit = fit_line(shaped, a, b, float(measure))
        emergency = not shaped.legal[b] and b < len(shaped)
        assert fit.excess <= sum(fit.room) + 1e-6 or emergency or b - a == 1 or not any(shaped.legal[a + 1 : b])


def test_the_same_text_breaks_the_same_every_time(fonts: FontSet) -> None:
    text = plain("“双联共建”始于2017年，由省直机关党组织与村结对，先后服务脱贫攻坚、乡村振兴和黄河滩区。")
    first = break_lines(shape(text, fonts, VOICES), 15.0, 2.0)
    assert all(break_lines(shape(text, fonts, VOICES), 15.0, 2.0) == first for _ in range(5))
