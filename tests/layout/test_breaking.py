"""Where lines end."""

from __future__ import annotations

from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.fonts import load_fonts
from digest.layout.breaking import break_lines, natural_width, room_of
from digest.layout.classes import NEVER_ENDS_LINE, NEVER_STARTS_LINE
from digest.layout.glyphs import reads
from digest.layout.phrases import cut
from digest.layout.shaping import shape
from digest.story.blocks import Run, Text, plain

VOICES = {"body": "fang", "strong": "hei", "kai": "kai", "lead": "kai"}
FONTS = load_fonts()


def lines_of(text: str | Text, measure: float, indent: float = 0.0) -> list[str]:
    shaped = shape(plain(text) if isinstance(text, str) else text, FONTS, VOICES)
    return [reads(shaped.string[a:b]) for a, b in break_lines(shaped, measure, indent)]


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


def test_a_number_breaks_the_same_whether_or_not_it_is_stressed() -> None:
    text = "目前推进整改95个问题其余状态没有注明需要继续跟踪"
    stressed = (Run("目前推进整改"), Run("95", "strong"), Run("个问题其余状态没有注明需要继续跟踪"))
    for measure in range(6, 15):
        assert lines_of(stressed, float(measure)) == lines_of(text, float(measure))


def test_a_term_of_the_house_is_parted_only_where_the_line_would_be_loose() -> None:
    text = "省直机关持续推进双联共建和双报到工作并且把以下看上作为改进作风的抓手来服务群众"
    terms = ("双联共建", "双报到", "以下看上")
    kept = 0
    for measure in range(12, 36):
        plainly = shape(plain(text), FONTS, VOICES)
        shaped = shape(plain(text), FONTS, VOICES, terms=terms)
        kept += any(end in shaped.terms for _, end in break_lines(plainly, float(measure)))
        for start, end in break_lines(shaped, float(measure)):
            if end in shaped.terms:
                term = next(place for place in range(end, 0, -1) if place not in shaped.terms)
                each = (measure - natural_width(shaped, start, term)) / shaped.joints(start, term)
                assert each > 1 / 8, (measure, text[start:end])
                kept -= 1
    assert kept > 2


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("（一）党建链动", "（一）党|建|链|动"),
        ("1.开展工作", "1.开|展|工|作"),
        ("共15个市。", "共|15个|市。"),
        ("4.1亿元、2700余家、1.3万余件", "4.1亿元、|2700余家、|1.3万余件"),
        ("2023年10月1日", "2023年|10月1日"),
        ("2021—2025年；3～5年", "2021—2025年；|3～5年"),
        ("100万～200万元", "100万～200万元"),
        ("鲁发〔2024〕12号文", "鲁|发|〔2024〕12号|文"),
        ("按GB/T 9704—2012执行", "按|GB/T 9704—2012|执|行"),
        ("罗塞蒂·李", "罗|塞|蒂·|李"),
        ("-3.5℃和￥500", "-3.5℃|和|￥500"),
        ("他说“好”，走", "他|说|“好”，|走"),
        ("破折，——这样", "破|折，|——|这|样"),
        ("中国—中东", "中|国—|中|东"),
        ("A/B岗和5G", "A/B|岗|和|5G"),
        ("完成①。", "完|成①。"),
        ("是吗？！对", "是|吗？！|对"),
        ("一《《", "一|《《"),
        ("一《 一", "一|《 一"),
        ("（“《一", "（“《一"),
        ("共\u00a0（一", "共\u00a0（一"),
        ("24小时×7天", "24小时×7天"),
        ("和/或", "和/或"),
        ("产能1400万吨/年", "产|能|1400万吨/年"),
        ("降5分/千瓦时", "降|5分/千瓦时"),
        ("装在/usr/lib里", "装|在/usr/lib|里"),
        ("（退休）/编辑", "（退|休）/编|辑"),
        ("甲 / 乙", "甲 / 乙"),
        ("12吉瓦时、5亿美元", "12吉瓦时、|5亿美元"),
        ("第二轮、第三代", "第二轮、|第三代"),
        ("1960年代、2025年度", "1960年代、|2025年度"),
        ("1665年-1678年", "1665年-1678年"),
        ("上午9:00AM前", "上|午|9:00AM|前"),
        ("共 196 个", "共 |196 个"),
        ("于 2023 年 10 月 1 日到 4.1 亿元", "于 |2023 年 |10 月 1 日|到 |4.1 亿元"),
        ("第 14 次", "第 14 次"),
        ("他说“ 好”", "他|说|“ 好”"),
        ("三年来、四张清单", "三年|来、|四张|清|单"),
    ],
)
def test_text_is_cut_only_where_a_line_may_break(text: str, pieces: str) -> None:
    assert "|".join(cut(text)) == pieces


HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
MARKS = "，。、；：！？“”《》（）"


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=HAN + MARKS + "0123456789%.—…·AB ", min_size=1, max_size=120),
    st.integers(min_value=8, max_value=40),
)
def test_nothing_is_lost_and_no_mark_stands_where_it_may_not(text: str, measure: int) -> None:
    shaped = shape(plain(text), FONTS, VOICES)
    broken = break_lines(shaped, float(measure))
    lines = [reads(shaped.string[a:b]) for a, b in broken]
    assert "".join(lines) == text
    for before, after in pairwise(lines):
        assert after[0] not in NEVER_STARTS_LINE or before[-1] == after[0]
        assert before.rstrip(" ")[-1:] not in NEVER_ENDS_LINE or before.strip(" ") == ""
    for a, b in broken:
        excess = natural_width(shaped, a, b) - measure
        assert excess <= sum(room_of(shaped, a, b)) + 1e-6 or "1" not in shaped.stops[a + 1 : b]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_cutting_loses_nothing_of_any_text(text: str) -> None:
    assert "".join(cut(text)) == text


def test_the_same_text_breaks_the_same_every_time() -> None:
    text = "“双联共建”始于2017年，由省直机关党组织与村结对，先后服务脱贫攻坚、乡村振兴和黄河滩区。"
    first = lines_of(text, 15.0, 2.0)
    assert all(lines_of(text, 15.0, 2.0) == first for _ in range(5))
