from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from digest.charts.categories import category_axes, with_labels
from digest.charts.figures import plain_figure, sized
from digest.charts.svg import marks_of
from digest.style import BRIEFING
from tests.charts.marks import runs, words

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

LONG = ["市直机关工作委员会办公室", "组织部", "基层党建工作处", "机关纪检监察工作委员会", "宣传部", "群团处"]


def bars(names: list[str], **shape: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - Plotly JSON
    return [{"type": "bar", "x": names, "y": list(range(1, len(names) + 1)), **shape}]


def test_long_names_are_broken_at_word_ends_and_stand_upright(engine: InProcess, fonts: FontSet) -> None:
    figure = sized(plain_figure({"data": bars(LONG)}), BRIEFING)
    drawn = runs(marks_of(engine.draw(*figure, fonts), fonts))
    assert all(run.tilt == 0 for run in drawn)
    printed = words(drawn)
    assert "宣传部" in printed
    assert "市直机关工作委员会办公室" in "".join(printed)
    assert "市直机关工作委员会办公室" not in printed


def test_names_that_fit_are_left_to_plotly() -> None:
    assert with_labels(bars(["甲市", "乙市"]), {}, 440, 180) == {"xaxis": {}}


def test_names_at_the_left_take_no_more_than_a_third_of_the_picture() -> None:
    data = [
        {"type": "bar", "orientation": "h", "y": ["中共山东省委省直机关工作委员会办公室综合调研处", "乙"], "x": [1, 2]}
    ]
    axis = with_labels(data, {}, 440, 180)["yaxis"]
    assert axis["tickvals"] == data[0]["y"]
    assert axis["ticktext"][0].count("<br>") == 1


def test_names_that_fit_no_way_may_be_turned() -> None:
    assert with_labels(bars([f"第{n}党支部委员会" for n in range(40)]), {}, 440, 180)["xaxis"] == {"tickangle": "auto"}


@pytest.mark.parametrize("own", [{"tickangle": 30}, {"ticktext": ["甲"], "tickvals": [LONG[0]]}, {"nticks": 3}])
def test_an_axis_that_speaks_of_its_labels_is_let_be(own: dict[str, Any]) -> None:
    assert with_labels(bars(LONG), {"xaxis": own}, 440, 180)["xaxis"] == own


def test_numbers_and_days_are_no_names() -> None:
    assert category_axes(bars(["2021", "2022"]), {}) == {}
    assert category_axes(bars(["2026-01-01", "2026-02-01"]), {}) == {}
    assert category_axes(bars(["2021", "2022"]), {"xaxis": {"type": "category"}}) == {"xaxis": ("2021", "2022")}
    assert category_axes(bars(["甲", "乙"], xaxis="x2"), {}) == {"xaxis2": ("甲", "乙")}


def test_months_and_numbers_are_told_in_chinese(engine: InProcess, fonts: FontSet) -> None:
    data = [{"x": [f"2026-{month:02}-01" for month in range(1, 7)], "y": [120_000 * month for month in range(1, 7)]}]
    figure = sized(plain_figure({"data": data, "layout": {"xaxis": {"dtick": "M1", "tickformat": "%b"}}}), BRIEFING)
    printed = words(marks_of(engine.draw(*figure, fonts), fonts))
    assert [word for word in printed if word.endswith("月")] == ["1月", "2月", "3月", "4月", "5月", "6月"]
    assert "600000" in printed
    whole = "".join(printed)
    assert not {"k", "M", ","} & set(whole)
