from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.charts import samples
from digest.charts.samples import FIGURES, PRINTS, drawn_print, known_prints, print_of
from digest.charts.svg import marks_of
from digest.drawing import Color, GlyphRun, Group
from digest.drawing import Path as Stroke

if TYPE_CHECKING:
    from digest.charts.engine import InProcess
    from digest.fonts import FontSet

RUN = GlyphRun(10.0, 20.0, "hei", 9.0, "甲")


def test_samples_are_drawn_as_the_golden_prints_tell(
    engine: InProcess, fonts: FontSet, request: pytest.FixtureRequest
) -> None:
    drawn = {name: drawn_print(name, engine, fonts) for name in FIGURES}
    if request.config.getoption("--rewrite-golden"):
        text = json.dumps(drawn, ensure_ascii=False, indent=2) + "\n"
        Path(samples.__file__).with_name(PRINTS).write_text(text, encoding="utf-8", newline="\n")
    assert drawn == known_prints(), "charts are drawn otherwise; if they should be: make golden"


def test_a_print_does_not_see_what_nobody_sees() -> None:
    assert print_of([replace(RUN, x=10.004)]) == print_of([RUN])
    line = Stroke((("M", 0.5, 1.25), ("L", 2.0, 3.75)), stroke=Color(0.1, 0.2, 0.3))
    near = Stroke((("M", 0.4999, 1.2501), ("L", 2.0001, 3.7499)), stroke=Color(0.1, 0.2, 0.3))
    assert print_of([line]) == print_of([near])


@pytest.mark.parametrize(
    "other",
    [
        replace(RUN, x=10.2),
        replace(RUN, clusters="乙"),
        replace(RUN, face="song"),
        replace(RUN, color=Color(0.0, 0.0, 0.02)),
        Group((RUN,)),
    ],
)
def test_a_print_sees_what_moved_or_changed(other: GlyphRun | Group) -> None:
    assert print_of([other]) != print_of([RUN])


def test_every_sample_has_its_title(engine: InProcess, fonts: FontSet) -> None:
    for name in FIGURES:
        svg = engine.draw(samples.sample(name), samples.WIDTH, samples.HEIGHT, fonts)
        assert name in svg
        assert len(marks_of(svg, fonts)) > 1
