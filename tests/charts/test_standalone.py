from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from digest.charts.standalone import settled, standalone, without_chance
from digest.fonts import Face

if TYPE_CHECKING:
    from pathlib import Path

    from digest.fonts import FontSet

RULE = re.compile(r"@font-face\{font-family:'([^']*)';font-weight:(\w+);unicode-range:([^;]*);.*?base64,([^)]*)\)")


def text(family: str, words: str, more: str = "") -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text style="font-family: {family}; {more}">{words}</text></svg>'


def test_every_face_that_draws_some_of_the_text_is_brought_with_just_that(fonts: FontSet, tmp_path: Path) -> None:
    svg = standalone(text("Open Sans, sans-serif", "王頔&amp;1"), "题", fonts)
    rules = RULE.findall(svg)
    assert [(family, weight, held) for family, weight, held, _ in rules] == [
        ("Noto Sans SC", "normal", "U+26,U+31,U+738B"),
        ("Noto Sans SC", "normal", "U+9814"),  # no Hei has it: a rarer face does
    ]
    (tmp_path / "a.ttf").write_bytes(base64.b64decode(rules[0][3]))
    face = Face("hei", tmp_path / "a.ttf")
    assert face.has("王")
    assert not face.has("国")
    assert face.advance("1") == fonts.face("hei").advance("1")


@pytest.mark.parametrize("family", ["SimSun", "&quot;SimSun&quot;, serif", "TOBESTRIPPEDSimSunTOBESTRIPPED, serif"])
def test_a_family_is_known_however_it_is_quoted(fonts: FontSet, family: str) -> None:
    svg = standalone(text(family, "王", "font-weight: bold;"), "题", fonts)
    assert "font-family: 'Noto Serif SC', 'Noto Serif CJK SC'" in svg
    assert {(name, weight) for name, weight, *_ in RULE.findall(svg)} == {
        ("Noto Serif SC", "normal"),
        ("Noto Serif SC", "bold"),
    }


def test_a_title_is_no_markup(fonts: FontSet) -> None:
    assert "<title>甲&lt;b&gt; &amp; 乙</title>" in standalone("<svg></svg>", "甲<b> & 乙", fonts)


def test_a_drawing_without_text_brings_no_glyphs(fonts: FontSet) -> None:
    assert "<style>" not in standalone("<svg><path/></svg>", "题", fonts)


def test_names_inside_a_browsers_file_depend_on_nothing() -> None:
    one, other = (
        f'<svg><defs id="defs-{uid}"><clipPath id="clip{uid}xy"/></defs>'
        f'<g clip-path="url(#clip{uid}xy)" style="fill: url(&quot;#p{uid}-t0&quot;)">bc18f1</g></svg>'
        for uid in ("bc18f1", "50b0cb")
    )
    assert without_chance(one) == without_chance(other)
    assert ">bc18f1<" in without_chance(one)


def test_traces_without_names_get_some() -> None:
    figure = {"data": [{"type": "bar"}, {"uid": "mine"}], "layout": {}}
    assert [trace["uid"] for trace in settled(figure)["data"]] == ["trace0", "mine"]
