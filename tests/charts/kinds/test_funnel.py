from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.funnel import BAR, CAP, GAP, MOST_STAGES
from digest.charts.kit.bars import NOTCH
from digest.errors import ChartError
from digest.story.charts import Funnel
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, shares

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.charts.paths import Box
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture

DEEP, PALE = "#1F3A5F", "#D5E0EC"


def bars(picture: Picture) -> list[Box]:
    """Plain bars from the top, without the tips of notches."""
    found = [box for box in picture.filled(DEEP) if box[3] - box[1] == pytest.approx(BAR, abs=0.01)]
    return sorted((box for box in found if box[2] - box[0] > 3 * NOTCH), key=lambda box: box[1])


THREE = Funnel(shares(("征集", "300个"), ("认领", "150个"), ("办结", "75个")), "个")


def test_words_are_those_of_the_report_and_stand_at_the_sides(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(THREE, engine, fonts)
    assert sorted(picture.words) == sorted(("征集", "300个", "认领", "150个", "办结", "75个"))
    assert picture.run("征集").x < bars(picture)[0][0] < bars(picture)[0][2] < picture.run("300个").x


def test_bars_are_as_wide_as_their_numbers_about_one_middle(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(THREE, engine, fonts)
    first, second, third = bars(picture)
    assert (second[2] - second[0]) / (first[2] - first[0]) == pytest.approx(0.5, abs=0.001)
    assert (third[2] - third[0]) / (first[2] - first[0]) == pytest.approx(0.25, abs=0.001)
    middle = first[0] + first[2]
    assert [box[0] + box[2] for box in (second, third)] == [pytest.approx(middle, abs=0.02)] * 2


def test_slopes_join_what_was_reported(engine: InProcess, fonts: FontSet) -> None:
    assert len(seen(THREE, engine, fonts).filled(PALE)) == 2
    chart = Funnel(shares(("征集", "300个"), ("认领", ""), ("办结", "75个")), "个")
    picture = seen(chart, engine, fonts)
    assert picture.filled(PALE) == []
    assert len(bars(picture)) == 2
    assert "未报" in picture.words


def test_at_least_is_open_at_both_ends(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Funnel(shares(("征集", "2700余个"), ("办结", "90个")), "个"), engine, fonts)
    assert "两端留口：原文为“余”，不少于所画长度" in picture.words
    assert picture.run("2700余个").x - bars(picture)[0][2] == pytest.approx(CAP + GAP, abs=0.1)


def test_at_most_is_notched_at_both_ends(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Funnel(shares(("征集", "300个"), ("办结", "近300个")), "个"), engine, fonts)
    exact, cut = bars(picture)
    assert cut[0] - exact[0] == pytest.approx(NOTCH, abs=0.01)
    assert exact[2] - cut[2] == pytest.approx(NOTCH, abs=0.01)
    assert "两端缺口：原文为“近”，不到所画长度" in picture.words


def test_nought_is_a_line_and_no_bar(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Funnel(shares(("征集", "3个"), ("办结", "0个")), "个"), engine, fonts)
    assert len(bars(picture)) == 1
    assert "0个" in picture.words


def test_a_stage_that_may_be_smaller_is_drawn(engine: InProcess, fonts: FontSet) -> None:
    assert seen(Funnel(shares(("征集", "300余个"), ("办结", "320个")), "个"), engine, fonts)


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    assert seen(Funnel(shares((text, "3个"), (text, "1个")), "个"), engine, fonts).words.count(text) == 2


NAMES = st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=40)
STAGE = st.none() | st.tuples(st.sampled_from(("", "近", "超", "约")), st.integers(0, 10**10))


@FEW
@given(st.lists(st.tuples(NAMES, STAGE), min_size=1, max_size=7))
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, stages: list[tuple[str, tuple[str, int] | None]]
) -> None:
    numbers = sorted((told for _, told in stages if told), key=lambda told: -told[1])
    texts = iter([f"{word}{number - i}个" for i, (word, number) in enumerate(numbers) if number > i])
    pairs = [(name, next(texts, "") if told else "") for name, told in stages]
    assert seen(Funnel(shares(("全部", f"{10**10 + 1}个"), *pairs), "个"), engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (Funnel(shares(("甲", "1个")), "个"), "C131"),
        (Funnel(shares(*[("甲", "1个")] * (MOST_STAGES + 1)), "个"), "C131"),
        (Funnel(shares(("甲", "1个"), ("乙", "-1个")), "个"), "C132"),
        (Funnel(shares(("甲", ""), ("乙", "暂无")), "个"), "C133"),
        (Funnel(shares(("甲", "1个"), ("乙", "2个")), "个"), "C140"),
        (Funnel(shares(("甲", "近100个"), ("乙", "100多个")), "个"), "C140"),
        (Funnel(shares(("甲", "100个"), ("乙", ""), ("丙", "101个")), "个"), "C140"),
        (Funnel(shares(("甲", "3个"), ("乙", "2户")), "个"), "C140"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: Funnel, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_a_stage_that_grows_is_named_with_the_one_before() -> None:
    with pytest.raises(ChartError, match="“办结”12个，多于前一级“认领”9个，漏斗图只画逐级减少的"):
        figure_of(Funnel(shares(("认领", "9个"), ("办结", "12个")), "个"), BRIEFING)


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    chart = Funnel(shares(("征集", "300余个"), ("认领", ""), ("办结", "75个")), "个")
    assert alt_text(chart) == "漏斗图（单位：个）。征集300余个，认领未报，办结75个。"
