from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.figures import plain_figure, sized
from digest.charts.guards import doubts_of
from digest.charts.svg import marks_of
from digest.drawing import GlyphRun, Group, Picture, rectangle
from digest.style import BRIEFING

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.drawing import Mark
    from digest.findings import Finding
    from digest.fonts import FontSet

NO_FIGURE: dict[str, Any] = {"data": [], "layout": {}}


def word(text: str, x: float, y: float, size: float = 10, tilt: float = 0, stroke: float = 0) -> GlyphRun:
    return GlyphRun(x, y, "hei", size, text, tilt=tilt, stroke=stroke)


def seen(fonts: FontSet, *marks: Mark, figure: dict[str, Any] = NO_FIGURE) -> list[str]:
    return [finding.code for finding in doubts_of(Picture(200, 100, marks), figure, fonts)]


def drawn(engine: InProcess, fonts: FontSet, data: list[dict[str, Any]], **layout: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - Plotly JSON
    figure = sized(plain_figure({"data": data, "layout": layout}), BRIEFING)
    picture = Picture(figure[1], figure[2], marks_of(engine.draw(*figure, fonts), fonts))
    return doubts_of(picture, figure[0], fonts)


def test_words_apart_raise_no_doubt(fonts: FontSet) -> None:
    assert seen(fonts, word("甲乙", 10, 20), word("丙丁", 31, 20), word("戊己", 10, 31)) == []


def test_words_over_each_other_are_named(fonts: FontSet) -> None:
    (finding,) = doubts_of(Picture(200, 100, (word("甲乙", 10, 20), word("丙丁", 25, 22))), NO_FIGURE, fonts)
    assert (finding.code, finding.severity) == ("C152", "warning")
    assert finding.message == "文字相互重叠：“甲乙”和“丙丁”"
    assert finding.hint


def test_only_the_first_of_many_are_named(fonts: FontSet) -> None:
    marks = tuple(word(f"第{n}", 10, 20 + n) for n in range(5))
    (finding,) = doubts_of(Picture(200, 100, marks), NO_FIGURE, fonts)
    assert finding.message.endswith("等 10 处")


@pytest.mark.parametrize(
    ("mark", "where"),
    [
        (word("甲乙丙", 180, 50), "right"),
        (word("甲乙丙", -5, 50), "left"),
        (word("甲", 50, 5), "top"),
        (word("甲", 50, 102), "foot"),
        (word("甲", 500, 50), "outside"),
        (Group((word("甲乙丙", 50, 50),), clip=rectangle(40, 30, 30, 40)), "under a clip"),
        (Group((word("甲乙丙", 10, 10),), transform=(1.0, 0.0, 0.0, 1.0, 175.0, 40.0)), "moved there"),
    ],
)
def test_a_word_that_is_cut_is_named(mark: Mark, where: str, fonts: FontSet) -> None:
    assert where
    assert seen(fonts, mark) == ["C151"]


def test_turned_words_are_looked_at_as_they_lie(fonts: FontSet) -> None:
    slanting = [word("一二三四五", 20 + 15 * n, 20, tilt=60) for n in range(3)]
    assert seen(fonts, *slanting) == []
    assert seen(fonts, word("一二三四五", 20, 20, tilt=60), word("一二三四五", 45, 20, tilt=120)) == ["C152"]
    assert seen(fonts, word("一二三四五", 20, 20, tilt=90), word("横", 16, 60)) == ["C152"]


def test_the_halo_of_a_word_and_a_word_drawn_twice_are_no_other_words(fonts: FontSet) -> None:
    assert seen(fonts, word("字", 50, 50, stroke=2), word("字", 50, 50), word("字", 50, 50)) == []


def test_small_type_is_named_but_not_a_raised_figure(fonts: FontSet) -> None:
    assert seen(fonts, word("小", 50, 50, size=7)) == ["C154"]
    assert seen(fonts, word("m", 50, 50), word("2", 59, 46, size=7)) == []
    assert seen(fonts, Group((word("小", 50, 50),), transform=(0.5, 0.0, 0.0, 0.5, 0.0, 0.0))) == ["C154"]


def test_more_than_can_be_read_is_counted() -> None:
    def told(data: list[dict[str, Any]]) -> str:
        findings = doubts_of(Picture(442, 180, ()), {"data": data, "layout": {}}, None)  # type: ignore[arg-type]
        return "".join(f"{finding.code} {finding.message}" for finding in findings)

    many = [f"第{n}项" for n in range(41)]
    assert told([{"type": "bar", "x": many, "y": [1] * 41}]) == "C153 太多，看不清：xaxis 上有 41 类，每类约 10 磅"
    assert "yaxis 上有 20 类" in told([{"type": "bar", "orientation": "h", "y": many[:20], "x": [1] * 20}])
    assert told([{"type": "pie", "labels": many[:9], "values": [1] * 9}]).endswith("data[0] 有 9 份")
    assert told([{"name": name, "y": [1]} for name in many[:13]]).endswith("有 13 个系列")
    assert told([{"type": "pie", "labels": many[:3] * 4, "values": [1] * 12}]) == ""
    assert told([{"type": "bar", "x": many[:12], "y": [1] * 12}, {"type": "pie", "values": [1] * 8}]) == ""


def test_names_that_plotly_left_out_are_named(engine: InProcess, fonts: FontSet) -> None:
    names = [f"甲{n}" for n in range(60)]
    codes = [finding.code for finding in drawn(engine, fonts, [{"type": "bar", "x": names, "y": [1] * 60}])]
    assert codes == ["C155", "C153"]


def test_a_usual_figure_raises_no_doubt(engine: InProcess, fonts: FontSet) -> None:
    names = ["市直机关工作委员会办公室", "组织部", "机关纪检监察工作委员会"]
    data = [{"type": "bar", "name": name, "x": names, "y": [3, 4, 5], "text": ["3", "4", "5"]} for name in "甲乙丙"]
    assert drawn(engine, fonts, data, yaxis={"title": "件数"}) == ()
    assert drawn(engine, fonts, [{"type": "pie", "labels": names, "values": [3, 2, 1]}]) == ()
    assert drawn(engine, fonts, [{"type": "indicator", "mode": "gauge+number", "value": 3, "title": "完成率"}]) == ()


def test_labels_that_lie_on_each_other_in_a_real_figure_are_seen(engine: InProcess, fonts: FontSet) -> None:
    data = [
        {"type": "scatter", "mode": "text", "x": [1, 1.01, 3], "y": [1, 1, 3], "text": ["同心共建", "先锋行动", "丙"]}
    ]
    assert [finding.code for finding in drawn(engine, fonts, data)] == ["C152"]


def test_small_type_a_figure_asks_for_is_raised_to_eight_points(engine: InProcess, fonts: FontSet) -> None:
    data = [
        {
            "type": "bar",
            "x": ["甲"],
            "y": [3],
            "text": ["<i>三</i>"],
            "textfont": {"size": 5, "family": "Arial", "style": "italic"},
        }
    ]
    tiny = {"size": 4}
    assert (
        drawn(engine, fonts, data, font=tiny, xaxis={"tickfont": tiny}, annotations=[{"text": "注", "font": tiny}])
        == ()
    )
