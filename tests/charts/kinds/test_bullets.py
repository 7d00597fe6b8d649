from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.charts.drawn import alt_text
from digest.charts.drawn import drawn as figure_of
from digest.charts.kinds.bullets import BAR, MOST_ROWS
from digest.charts.kit.bars import NOTCH
from digest.charts.paths import bounds
from digest.errors import ChartError
from digest.story.charts import Bullet, Bullets
from digest.style import BRIEFING
from tests.charts.kinds.seen import FEW, HARD, seen, value
from tests.charts.marks import paths

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.charts.paths import Box
    from digest.fonts import FontSet
    from tests.charts.kinds.seen import Picture

DEEP, PALE, OCHRE = "#1F3A5F", "#D5E0EC", "#B07A00"


def row(label: str, reached: str, target: str, deadline: str = "") -> Bullet:
    return Bullet(label, value(reached), value(target), deadline)


def bars(picture: Picture, color: str) -> list[Box]:
    return [box for box in picture.filled(color) if box[3] - box[1] == pytest.approx(BAR, abs=0.01)]


def uprights(picture: Picture, width: float) -> list[float]:
    """Where upright lines of that width stand."""
    found = []
    for path in paths(picture.marks):
        if path.stroke is not None and path.width == pytest.approx(width):
            left, _, right, _ = bounds(path.segments) or (0, 0, 1, 0)
            found += [left] if left == right else []
    return found


TWO = Bullets(
    (row("甲项", "120个", "150个", "2024年底"), row("乙项", "1.3万户", "2万户")), Fraction(7, 12), "时序进度58.3%"
)


def test_words_are_those_of_the_report_and_stand_once(engine: InProcess, fonts: FontSet) -> None:
    said = seen(TWO, engine, fonts).words
    for word in ("甲项", "120个", "目标150个，2024年底", "乙项", "1.3万户", "目标2万户", "时序进度58.3%"):
        assert said.count(word) == 1


def test_a_bar_is_the_share_of_its_target_that_was_reached(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    tracks, reached = bars(picture, PALE), bars(picture, DEEP)
    for track, bar, share in zip(tracks, reached, (0.8, 0.65), strict=True):
        assert (bar[2] - bar[0]) / (track[2] - track[0]) == pytest.approx(share, abs=0.001)


def test_the_time_stands_at_its_share_of_every_track(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    left, _, right, _ = bars(picture, PALE)[0]
    assert left + (right - left) * 7 / 12 in [pytest.approx(x, abs=0.01) for x in uprights(picture, 0.8)]


def test_every_track_ends_at_an_ochre_line(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(TWO, engine, fonts)
    right = bars(picture, PALE)[0][2]
    assert uprights(picture, 1.6) == [pytest.approx(right, abs=0.01)] * 2


def test_where_nothing_was_reported_the_track_is_hollow_and_says_so(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("迁建社区", "", "55个", "2024年"),)), engine, fonts)
    assert "目标已定、尚无进度" in picture.words
    assert bars(picture, DEEP) == bars(picture, PALE) == []


def test_words_for_what_is_missing_are_kept(engine: InProcess, fonts: FontSet) -> None:
    said = seen(Bullets((row("迁建社区", "下月报送", "55个"),)), engine, fonts).words
    assert "下月报送" in said
    assert "目标已定、尚无进度" not in said


def test_nought_is_a_track_without_a_bar(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("甲", "0个", "5个"),)), engine, fonts)
    assert len(bars(picture, PALE)) == 1
    assert "0个" in picture.words
    assert all(right - left == pytest.approx(0, abs=0.01) for left, _, right, _ in bars(picture, DEEP))


def test_at_most_ends_in_a_notch_that_never_reads_as_reached(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("甲", "近150个", "150个"),)), engine, fonts)
    (track,), (cut, *_) = bars(picture, PALE), bars(picture, DEEP)
    assert cut[2] == pytest.approx(track[2] - NOTCH, abs=0.01)
    assert "末端缺口：原文为“近”，不到所画长度" in picture.words


def test_at_least_ends_in_an_open_cap_with_its_key(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("甲", "2700余家", "3000家"),)), engine, fonts)
    assert "末端留口：原文为“余”，不少于所画长度" in picture.words
    (track,), bar = bars(picture, PALE), bars(picture, DEEP)[0]
    assert (bar[2] - bar[0]) / (track[2] - track[0]) == pytest.approx(0.9, abs=0.001)


def test_a_bar_far_beyond_its_target_is_broken_and_says_so(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("甲", "3亿元", "100万元"),)), engine, fonts)
    (track,), bar = bars(picture, PALE), bars(picture, DEEP)[0]
    assert (bar[2] - bar[0]) / (track[2] - track[0]) == pytest.approx(2, abs=0.001)
    assert any("未按比例画" in word for word in picture.words)


def test_names_end_before_the_zero_line(engine: InProcess, fonts: FontSet) -> None:
    picture = seen(Bullets((row("名称很长很长很长很长很长很长的一项工作" * 2, "1个", "2个"),)), engine, fonts)
    assert picture.run("1个").x > bars(picture, PALE)[0][2]


@pytest.mark.parametrize("text", HARD)
def test_text_of_the_data_prints_as_it_was_written(text: str, engine: InProcess, fonts: FontSet) -> None:
    chart = Bullets((Bullet(text, value(text), value("3个")),), Fraction(1, 2), text)
    assert seen(chart, engine, fonts).words.count(text) == 3


NAMES = st.text("甲乙丙工作项目（）、AB12", min_size=1, max_size=40)
SOME = st.tuples(st.sampled_from(("", "近", "超", "约")), st.integers(0, 10**11)).map(lambda p: f"{p[0]}{p[1]}个")


@FEW
@given(
    st.lists(st.tuples(NAMES, st.just("") | SOME, st.integers(1, 10**11)), min_size=1, max_size=6),
    st.none() | st.fractions(0, 1),
)
def test_nothing_leaves_the_picture_and_no_word_covers_another(
    engine: InProcess, fonts: FontSet, rows: list[tuple[str, str, int]], elapsed: Fraction | None
) -> None:
    chart = Bullets(
        tuple(row(name, reached, f"{goal}个", name[:9]) for name, reached, goal in rows), elapsed, "时序进度"
    )
    assert seen(chart, engine, fonts)


@pytest.mark.parametrize(
    ("chart", "code"),
    [
        (Bullets(()), "C131"),
        (Bullets((row("甲", "1个", "2个"),) * (MOST_ROWS + 1)), "C131"),
        (Bullets((row("甲", "-1个", "2个"),)), "C132"),
        (Bullets((row("甲", "", ""),)), "C133"),
        (Bullets((row("甲", "1个", ""),)), "C141"),
        (Bullets((row("甲", "1个", "0个"),)), "C141"),
        (Bullets((row("甲", "1户", "3个"),)), "C140"),
        (Bullets((row("甲", "1个", "3个"),), Fraction(3, 2)), "C140"),
    ],
)
def test_what_cannot_be_drawn_is_told_by_its_code(chart: Bullets, code: str) -> None:
    with pytest.raises(ChartError) as caught:
        figure_of(chart, BRIEFING)
    assert caught.value.code == code


def test_unlike_units_are_named() -> None:
    with pytest.raises(ChartError, match="“甲”报的是 1户，目标是 3个，单位对不上"):
        figure_of(Bullets((row("甲", "1户", "3个"),)), BRIEFING)


def test_the_words_for_those_who_cannot_see_come_from_the_data() -> None:
    chart = Bullets((*TWO.rows, row("丙项", "", "55个", "2024年")), TWO.elapsed, TWO.elapsed_words)
    assert alt_text(chart) == (
        "进度图（时序进度58.3%）。甲项120个，目标150个（2024年底）；乙项1.3万户，目标2万户；"
        "丙项目标已定、尚无进度，目标55个（2024年）。"
    )
